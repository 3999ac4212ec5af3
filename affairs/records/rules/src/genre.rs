//! 体裁 (文种): the statutory kinds of official document, which have changed once, and the other
//! kinds that portals publish.

use std::fmt;
use std::str::FromStr;

use law::{Dated, article, day};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};

/// The statutory kinds in the order of their article.
const STATUTORY: Dated<&[&str]> = Dated::since(&[
    (
        day(2001, 1, 1),
        &[
            "命令（令）",
            "决定",
            "公告",
            "通告",
            "通知",
            "通报",
            "议案",
            "报告",
            "请示",
            "批复",
            "意见",
            "函",
            "会议纪要",
        ],
        article("国家行政机关公文处理办法", 9),
    ),
    (
        day(2012, 7, 1),
        &[
            "决议",
            "决定",
            "命令（令）",
            "公报",
            "公告",
            "通告",
            "意见",
            "通知",
            "通报",
            "报告",
            "请示",
            "批复",
            "议案",
            "函",
            "纪要",
        ],
        article("党政机关公文处理工作条例", 8),
    ),
]);

/// What is published besides: kinds that no statute lists.
const OTHERS: [&str; 14] = [
    "法律法规",
    "规章",
    "公示",
    "方案",
    "规划",
    "预案",
    "指南",
    "目录",
    "清单",
    "预算决算",
    "年度报告",
    "解读",
    "统计数据",
    "其他",
];

/// Other ways of writing a kind, and the kind meant.
const ALIASES: [(&str, &str); 4] = [
    ("命令", "命令（令）"),
    ("令", "命令（令）"),
    ("命令(令)", "命令（令）"),
    ("预决算", "预算决算"),
];

/// The last words of a title that tell its kind, the longer before the shorter, and that kind.
const LAST_WORDS: [(&str, &str); 19] = [
    ("会议纪要", "纪要"),
    ("决议", "决议"),
    ("决定", "决定"),
    ("命令", "命令（令）"),
    ("公报", "公报"),
    ("公告", "公告"),
    ("通告", "通告"),
    ("公示", "公示"),
    ("意见", "意见"),
    ("通知", "通知"),
    ("通报", "通报"),
    ("报告", "报告"),
    ("请示", "请示"),
    ("批复", "批复"),
    ("议案", "议案"),
    ("的函", "函"),
    ("复函", "函"),
    ("公函", "函"),
    ("纪要", "纪要"),
];

/// Kinds that say what a document is about or what it does, whatever form it has: a 预算报告 is 预算决算, an
/// 修改规章的决定 is a 规章, a picture that explains a 通知 is an 解读.
const OF_ANY_FORM: [&str; 8] =
    ["法律法规", "规章", "预算决算", "年度报告", "统计数据", "解读", "目录", "清单"];

/// 体裁 of a document: a name of the lists above.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Genre(&'static str);

/// A word that is no kind of document known here.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("体裁“{0}”不在表内")]
pub struct UnknownGenre(pub String);

impl UnknownGenre {
    /// What to do about it: every name that is accepted.
    pub fn remedy(&self) -> String {
        let names: Vec<_> = Genre::all().map(|genre| genre.name()).collect();
        format!("从下列各项中选一项: {}", names.join("、"))
    }
}

impl Genre {
    /// Every kind: the statutory ones of today first, then those of before, then the others.
    pub fn all() -> impl Iterator<Item = Self> {
        let statutory = STATUTORY.versions().map(|(_, list)| list.value).collect::<Vec<_>>();
        let mut names: Vec<&'static str> = Vec::new();
        for name in statutory.into_iter().rev().flatten().copied().chain(OTHERS) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names.into_iter().map(Self)
    }

    /// The statutory kinds on a day, in their article's order; none before 2001.
    pub fn statutory_on(date: law::Date) -> impl Iterator<Item = Self> {
        STATUTORY.on(date).map_or(&[][..], |list| list.value).iter().copied().map(Self)
    }

    /// The statutory kind that a title's last words tell; `None` where they tell none. What follows in
    /// brackets (试行, 第二次) is not looked at.
    pub fn told_by(title: &str) -> Option<Self> {
        let mut bare = title.trim();
        while let Some(inner) = bare.strip_suffix(['）', ')']) {
            bare = inner.rsplit_once(['（', '('])?.0.trim_end();
        }
        if bare.ends_with("征求意见") {
            return None;
        }
        let told = LAST_WORDS.iter().find(|(words, _)| bare.ends_with(words));
        told.map(|(_, kind)| Self(kind))
    }

    /// Whether the last words of a title tell another kind than this; which.
    pub fn contradicted_by(self, title: &str) -> Option<Self> {
        let told = Self::told_by(title).filter(|told| *told != self)?;
        let of_any_form = OF_ANY_FORM.contains(&self.0);
        // 会议纪要 was the statutory word for 纪要 until 2012.
        let former = self.0.ends_with(told.0);
        (!of_any_form && !former).then_some(told)
    }

    /// Its name: 通知.
    pub const fn name(self) -> &'static str {
        self.0
    }

    /// Whether a statute listed it on that day.
    pub fn is_statutory_on(self, date: law::Date) -> bool {
        Self::statutory_on(date).any(|genre| genre == self)
    }
}

impl fmt::Display for Genre {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.0)
    }
}

impl FromStr for Genre {
    type Err = UnknownGenre;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        let meant = ALIASES.iter().find(|(alias, _)| *alias == text).map_or(text, |(_, name)| name);
        let known = Self::all().find(|genre| genre.name() == meant);
        known.ok_or_else(|| UnknownGenre(text.to_owned()))
    }
}

// By hand: a derived one would borrow the name from what is read.
impl<'de> Deserialize<'de> for Genre {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        String::deserialize(source)?.parse().map_err(D::Error::custom)
    }
}
