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

/// What brings a document into being or changes it, and the word by which such a title ends: 关于印发…的通知,
/// 关于修改〈…〉的决定.
const WRAPPINGS: [(&str, &str); 9] = [
    ("印发", "的通知"),
    ("发布", "的通知"),
    ("公布", "的通知"),
    ("发布", "的公告"),
    ("公布", "的公告"),
    ("修改", "的决定"),
    ("修改", "的通知"),
    ("修订", "的通知"),
    ("修正", "的决定"),
];

/// What stands in brackets after a name without making it another thing: （试行）, （2021—2025年）, （2024年修订）.
const BRACKETS: [(char, char); 3] = [('（', '）'), ('(', ')'), ('〔', '〕')];

/// Kinds of documents that set no policy, whatever their title: they explain one, show something before it is
/// decided, or speak to one organ alone.
const OTHERS: [&str; 8] =
    ["解读", "公示", "批复", "函", "纪要", "统计数据", "预算决算", "年度报告"];

/// What a title says that only shows something before it is decided.
const SHOWN_BEFORE: [&str; 2] = ["征求意见", "公开征求"];

/// What is to be thought of a document by its 体裁 and title; `normative` where it is a 规范性文件, `judged` where it
/// corrects what is published and was judged then.
///
/// ```
/// use interpretation_rules::{Presumption, presumed};
///
/// let notice = "关于印发厦门市养老服务补贴办法（试行）的通知";
/// assert!(matches!(presumed("通知", notice, false, false), Presumption::Expected(_)));
/// assert_eq!(presumed("通知", "关于召开会议的通知", false, false), Presumption::Free);
/// assert_eq!(presumed("公告", "关于征求《办法》意见的公告", false, false), Presumption::Free);
/// ```
pub fn presumed(genre: &str, title: &str, normative: bool, judged: bool) -> Presumption {
    if judged {
        return Presumption::Free;
    }
    if normative {
        return Presumption::Expected("规范性文件");
    }
    let name = name_of(title);
    let sets_policy = POLICIES.iter().any(|word| name.ends_with(word));
    let is_other = OTHERS.contains(&genre) || SHOWN_BEFORE.iter().any(|word| title.contains(word));
    match sets_policy && !is_other {
        true => Presumption::Expected("名称是政策性文件的"),
        false => Presumption::Free,
    }
}

/// The name of what a title sets: 厦门市…办法 of 关于印发厦门市…办法（试行）的通知.
fn name_of(title: &str) -> &str {
    let mut name = without_notes(title.trim());
    for (asked, tail) in WRAPPINGS {
        if let (true, Some(inner)) = (name.contains(asked), name.strip_suffix(tail)) {
            name = without_notes(inner);
        }
    }
    name
}

/// A name without the marks that close it and what stands after it in brackets.
fn without_notes(name: &str) -> &str {
    let mut name = name;
    loop {
        let shorter = without_brackets(name.trim_end_matches(['》', '〉', '”', '>', ' ', '　']));
        if shorter.len() == name.len() {
            return name;
        }
        name = shorter;
    }
}

fn without_brackets(name: &str) -> &str {
    for (open, close) in BRACKETS {
        if let (true, Some((before, _))) = (name.ends_with(close), name.rsplit_once(open)) {
            return before;
        }
    }
    name
}
