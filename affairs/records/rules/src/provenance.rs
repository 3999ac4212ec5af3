//! 产生方式: how information came to the organ, and who must disclose it for that reason
//! (条例第十条); who keeps it, and how long.

use std::fmt;
use std::str::FromStr;

use law::{Provision, article};
use serde::{Deserialize, Serialize};

/// How information came to be with the organ that drafts its publication.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Provenance {
    /// 制作: by the organ itself.
    Made,
    /// 共同制作, led by the organ named.
    MadeJointly(String),
    /// 获取 from a citizen, a legal person or another organisation, named as far as may be told.
    FromPersons(String),
    /// 获取 from the organ named.
    FromOrgan(String),
}

/// 公开责任机关: who must disclose, and on which provision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Discloser {
    /// Its code or name; `None` for the organ that holds the information.
    pub other: Option<String>,
    /// The provision.
    pub basis: Provision,
}

/// A text that tells no provenance.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UnknownProvenance {
    /// None of the four ways.
    #[error("产生方式“{0}”不是制作、共同制作、从公民等获取、从其他机关获取之一")]
    Way(String),
    /// It does not say by or from whom.
    #[error("产生方式“{0}”没有写明是谁")]
    Whom(String),
}

/// 保管期限 of files: the closed list of 机关文件材料归档范围和文书档案保管期限规定.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Retention {
    /// 永久.
    Permanent,
    /// 定期30年.
    Thirty,
    /// 定期10年.
    Ten,
}

/// 保管: who keeps the original, and how long.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct Custody {
    /// 保管单位, an organ or one of its units.
    pub keeper: Option<String>,
    /// 保管期限.
    pub retention: Option<Retention>,
}

/// A word that is no period of retention.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("保管期限“{0}”不是永久、30年、10年之一")]
pub struct UnknownRetention(pub String);

const REGULATION: &str = "政府信息公开条例";

impl Provenance {
    /// The ways in their order, each with its word and whether it names somebody.
    pub const WAYS: [(&'static str, bool); 4] = [
        ("本机关制作", false),
        ("共同制作", true),
        ("从公民、法人和其他组织获取", true),
        ("从其他行政机关获取", true),
    ];

    /// The word of its way.
    pub fn way(&self) -> &'static str {
        match self {
            Self::Made => Self::WAYS[0].0,
            Self::MadeJointly(_) => Self::WAYS[1].0,
            Self::FromPersons(_) => Self::WAYS[2].0,
            Self::FromOrgan(_) => Self::WAYS[3].0,
        }
    }

    /// By or from whom.
    pub fn whom(&self) -> Option<&str> {
        match self {
            Self::Made => None,
            Self::MadeJointly(whom) | Self::FromPersons(whom) | Self::FromOrgan(whom) => Some(whom),
        }
    }

    /// Who must disclose it: whoever made it; of what came from persons, whoever keeps it; of what
    /// came from an organ, the one that made or first obtained it; of several, the leading one
    /// (条例第十条).
    pub fn discloser(&self) -> Discloser {
        let (other, paragraph) = match self {
            Self::Made | Self::FromPersons(_) => (None, 1),
            Self::FromOrgan(organ) => (Some(organ.clone()), 1),
            Self::MadeJointly(lead) => (Some(lead.clone()), 3),
        };
        Discloser { other, basis: article(REGULATION, 10).paragraph(paragraph) }
    }
}

impl UnknownProvenance {
    /// What to do about it.
    pub fn remedy(&self) -> &'static str {
        "写“本机关制作”“共同制作（牵头机关）”“从公民、法人和其他组织获取（从谁）”或者“从其他行政机关获取（机关）”"
    }
}

impl fmt::Display for Provenance {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.whom() {
            None => out.write_str(self.way()),
            Some(whom) => write!(out, "{}（{whom}）", self.way()),
        }
    }
}

impl FromStr for Provenance {
    type Err = UnknownProvenance;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let even = text.trim().replace('(', "（").replace(')', "）");
        let (way, whom) = match even.split_once('（') {
            Some((way, rest)) => (way.trim(), rest.trim_end_matches('）').trim()),
            None => (even.as_str(), ""),
        };
        let named = |make: fn(String) -> Self| {
            let given = (!whom.is_empty()).then(|| make(whom.to_owned()));
            given.ok_or_else(|| UnknownProvenance::Whom(even.clone()))
        };
        match way {
            "本机关制作" | "制作" => Ok(Self::Made),
            "共同制作" => named(Self::MadeJointly),
            "从公民、法人和其他组织获取" => named(Self::FromPersons),
            "从其他行政机关获取" => named(Self::FromOrgan),
            _ => Err(UnknownProvenance::Way(even.clone())),
        }
    }
}

impl Retention {
    /// Every period, the longest first.
    pub const ALL: [Self; 3] = [Self::Permanent, Self::Thirty, Self::Ten];

    /// Its word.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Permanent => "永久",
            Self::Thirty => "30年",
            Self::Ten => "10年",
        }
    }
}

impl fmt::Display for Retention {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.name())
    }
}

impl FromStr for Retention {
    type Err = UnknownRetention;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let word = text.trim().trim_start_matches("定期");
        let known = Self::ALL.into_iter().find(|period| period.name() == word);
        known.ok_or_else(|| UnknownRetention(text.trim().to_owned()))
    }
}
