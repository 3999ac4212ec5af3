//! 公开属性: decided where a document is drafted; who does not publish says why (条例第十四至十六条).

use std::fmt;
use std::str::FromStr;

use law::{Provision, article};
use serde::{Deserialize, Serialize};

const REGULATION: &str = "政府信息公开条例";

/// The three attributes a document may have.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Openness {
    /// 主动公开.
    Proactive,
    /// 依申请公开.
    OnRequest,
    /// 不予公开, and why.
    Withheld(Withholding),
}

/// The grounds on which a document is withheld, in the order of the articles.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Withholding {
    /// 第十四条: 国家秘密.
    StateSecret,
    /// 第十四条: a law or administrative regulation, named here, forbids it; a local regulation or a
    /// rule is not enough.
    ForbiddenBy(String),
    /// 第十四条: it could endanger 国家安全、公共安全、经济安全、社会稳定.
    Security,
    /// 第十五条: 商业秘密、个人隐私 whose disclosure would harm a third party.
    ThirdParty,
    /// 第十六条第一款: internal affairs, which may be withheld.
    Internal(InternalAffair),
    /// 第十六条第二款: information of a process, which may be withheld.
    Process(ProcessRecord),
    /// 第十六条第二款: 行政执法案卷, which may be withheld.
    EnforcementFile,
}

/// The three kinds of internal affairs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InternalAffair {
    /// 人事管理.
    Personnel,
    /// 后勤管理.
    Logistics,
    /// 内部工作流程.
    Workflow,
}

/// The four kinds of process information.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProcessRecord {
    /// 讨论记录.
    Discussion,
    /// 过程稿.
    Draft,
    /// 磋商信函.
    Consultation,
    /// 请示报告.
    Report,
}

/// A text that states no attribute, or withholds without a reason.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UnknownOpenness {
    /// None of the three words.
    #[error("公开属性“{0}”不是主动公开、依申请公开、不予公开之一")]
    Attribute(String),
    /// 不予公开 without a ground that the articles know.
    #[error("不予公开没有写明理由: “{0}”")]
    Reason(String),
}

impl UnknownOpenness {
    /// What to do about it.
    pub fn remedy(&self) -> String {
        match self {
            Self::Attribute(_) => "写“主动公开”“依申请公开”或者“不予公开（理由）”".to_owned(),
            Self::Reason(_) => {
                let names: Vec<_> = PLAIN_GROUNDS.iter().map(|(name, _)| *name).collect();
                format!(
                    "在括号内写一项理由: {}；或者写“依《法律、行政法规名称》”",
                    names.join("、")
                )
            }
        }
    }
}

/// The grounds that need no further word, by the name they go under.
const PLAIN_GROUNDS: [(&str, Withholding); 11] = [
    ("国家秘密", Withholding::StateSecret),
    ("危及三安全一稳定", Withholding::Security),
    ("商业秘密、个人隐私", Withholding::ThirdParty),
    ("人事管理", Withholding::Internal(InternalAffair::Personnel)),
    ("后勤管理", Withholding::Internal(InternalAffair::Logistics)),
    ("内部工作流程", Withholding::Internal(InternalAffair::Workflow)),
    ("讨论记录", Withholding::Process(ProcessRecord::Discussion)),
    ("过程稿", Withholding::Process(ProcessRecord::Draft)),
    ("磋商信函", Withholding::Process(ProcessRecord::Consultation)),
    ("请示报告", Withholding::Process(ProcessRecord::Report)),
    ("行政执法案卷", Withholding::EnforcementFile),
];

impl Openness {
    /// The attribute alone: 主动公开.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Proactive => "主动公开",
            Self::OnRequest => "依申请公开",
            Self::Withheld(_) => "不予公开",
        }
    }

    /// What stands in the 附注 of the document: 此件主动公开.
    pub fn note(&self) -> String {
        format!("此件{}", self.name())
    }

    /// Whether it may stand on a public page.
    pub const fn is_public(&self) -> bool {
        matches!(self, Self::Proactive)
    }
}

impl Withholding {
    /// The provision it rests on.
    pub const fn basis(&self) -> Provision {
        match self {
            Self::StateSecret | Self::ForbiddenBy(_) | Self::Security => article(REGULATION, 14),
            Self::ThirdParty => article(REGULATION, 15),
            Self::Internal(_) => article(REGULATION, 16).paragraph(1),
            Self::Process(_) | Self::EnforcementFile => article(REGULATION, 16).paragraph(2),
        }
    }

    /// Whether the organ may still choose to publish (第十六条 says 可以不予公开).
    pub const fn is_discretionary(&self) -> bool {
        matches!(self, Self::Internal(_) | Self::Process(_) | Self::EnforcementFile)
    }
}

impl fmt::Display for Withholding {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Self::ForbiddenBy(statute) = self {
            return write!(out, "依《{statute}》");
        }
        let named = PLAIN_GROUNDS.iter().find(|(_, ground)| ground == self);
        out.write_str(named.map_or("", |(name, _)| name))
    }
}

impl fmt::Display for Openness {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Withheld(ground) => write!(out, "不予公开（{ground}）"),
            open => out.write_str(open.name()),
        }
    }
}

impl FromStr for Openness {
    type Err = UnknownOpenness;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let even = text.trim().replace('(', "（").replace(')', "）");
        match even.as_str() {
            "主动公开" => return Ok(Self::Proactive),
            "依申请公开" => return Ok(Self::OnRequest),
            _ => {}
        }
        let Some(reason) = even.strip_prefix("不予公开") else {
            return Err(UnknownOpenness::Attribute(even));
        };
        let reason = reason.trim_start_matches('（').trim_end_matches('）').trim();
        ground(reason).map(Self::Withheld).ok_or_else(|| UnknownOpenness::Reason(even.clone()))
    }
}

fn ground(reason: &str) -> Option<Withholding> {
    if let Some(statute) = reason.strip_prefix("依《").and_then(|rest| rest.strip_suffix('》')) {
        return (!statute.is_empty()).then(|| Withholding::ForbiddenBy(statute.to_owned()));
    }
    PLAIN_GROUNDS.iter().find(|(name, _)| *name == reason).map(|(_, ground)| ground.clone())
}
