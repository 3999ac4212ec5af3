//! 要不要解读: which documents set policy, so that somebody must say before they are signed whether they are
//! interpreted (docs/readings/280).

/// What is to be thought of a document before anybody has judged it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Presumption {
    /// 解读是常态: it is interpreted, unless somebody else agrees that it is not; why it is thought to set policy.
    Expected(&'static str),
    /// It may be interpreted; nobody has to say why it is not.
    Free,
}

/// The last words of names of documents that set policy.
const POLICIES: [&str; 10] =
    ["办法", "规定", "意见", "规划", "细则", "方案", "措施", "条例", "政策", "规则"];

/// What follows such a name without making it another thing.
const TRIALS: [&str; 4] = ["（试行）", "（暂行）", "(试行)", "(暂行)"];

/// Kinds of documents that set no policy, whatever their title: they explain one, show something before it is
/// decided, or speak to one organ alone.
const OTHERS: [&str; 9] =
    ["解读", "公示", "公告", "批复", "函", "纪要", "统计数据", "预算决算", "年度报告"];

/// What is to be thought of a document by its 体裁 and title; `normative` where it is a 规范性文件, `corrects` where it
/// only corrects what is published and was judged then.
///
/// ```
/// use interpretation_rules::{Presumption, presumed};
///
/// let notice = "关于印发厦门市养老服务补贴办法（试行）的通知";
/// assert!(matches!(presumed("通知", notice, false, false), Presumption::Expected(_)));
/// assert_eq!(presumed("通知", "关于召开会议的通知", false, false), Presumption::Free);
/// assert_eq!(presumed("公告", "关于征求《办法》意见的公告", false, false), Presumption::Free);
/// ```
pub fn presumed(genre: &str, title: &str, normative: bool, corrects: bool) -> Presumption {
    if corrects {
        return Presumption::Free;
    }
    if normative {
        return Presumption::Expected("规范性文件");
    }
    let name = name_of(title);
    let sets_policy = POLICIES.iter().any(|word| name.ends_with(word));
    match sets_policy && !OTHERS.contains(&genre) {
        true => Presumption::Expected("名称是政策性文件的"),
        false => Presumption::Free,
    }
}

/// The name of what a title sets: 厦门市…办法 of 关于印发厦门市…办法（试行）的通知.
fn name_of(title: &str) -> &str {
    let mut name = title.trim();
    for (asked, tail) in [("印发", "的通知"), ("发布", "的通知"), ("公布", "的通知")]
    {
        if let (true, Some(inner)) = (name.contains(asked), name.strip_suffix(tail)) {
            name = inner;
        }
    }
    for _ in 0..2 {
        name = name.trim_end_matches(['》', '〉', '”']);
        for trial in TRIALS {
            name = name.strip_suffix(trial).unwrap_or(name);
        }
    }
    name
}
