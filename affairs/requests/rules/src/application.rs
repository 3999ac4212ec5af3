//! 申请: what an application must say and no more (条例第二十九条).
//!
//! There is no field for a purpose: what the information is wanted for is nobody's concern since 2019,
//! and may be asked only under 第三十五条.

use law::Date;
use serde::{Deserialize, Serialize};

use crate::applicant::{Applicant, ApplicantFault};
use crate::fee::ProvidedForm;
use crate::receipt::Channel;

/// An application.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Application {
    /// Who asks.
    pub applicant: Applicant,
    /// What is asked for.
    pub wanted: Wanted,
    /// 获取方式.
    pub form: Option<ProvidedForm>,
    /// 获取途径.
    pub by: Option<DeliveryWay>,
    /// How it came.
    pub channel: Channel,
    /// 代填: it was read back to the applicant, who agreed.
    pub read_back: bool,
    /// 无障碍协助 the applicant asks for (第四十三条), in words.
    pub assistance: Option<String>,
}

/// What is asked for: 名称, 文号 or another description by which it can be found.
#[derive(Debug, Clone, PartialEq, Eq, Default, Hash, Serialize, Deserialize)]
pub struct Wanted {
    /// 名称.
    pub title: Option<String>,
    /// 文号.
    pub number: Option<String>,
    /// 其他特征性描述.
    pub description: Option<String>,
}

/// 获取途径: how the applicant wants to get it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryWay {
    /// 当面领取.
    Collect,
    /// 邮寄.
    Post,
    /// 网上获取.
    Online,
    /// 电子邮件.
    Email,
    /// 传真.
    Fax,
    /// 现场查阅.
    OnSite,
}

/// What an application lacks; asked for in one 补正告知, all at once.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ApplicationFault {
    /// Something about the applicant.
    #[error(transparent)]
    Applicant(#[from] ApplicantFault),
    /// Nothing by which to find what is wanted.
    #[error("没有写要什么信息。改法: 名称、文号、其他特征性描述至少写一项")]
    NothingWanted,
    /// No form or way.
    #[error("没有写获取信息的方式、途径。改法: 各选一项")]
    NoForm,
    /// Written down by the office and not read back.
    #[error("口头申请由工作人员代填后，没有读给申请人确认。改法: 读一遍，请申请人确认")]
    NotReadBack,
}

impl Application {
    /// What it lacks, in the order of the form.
    pub fn faults(&self, on: Date) -> Vec<ApplicationFault> {
        let mut faults: Vec<ApplicationFault> =
            self.applicant.faults(on).into_iter().map(ApplicationFault::from).collect();
        if self.wanted.is_empty() {
            faults.push(ApplicationFault::NothingWanted);
        }
        if self.form.is_none() || self.by.is_none() {
            faults.push(ApplicationFault::NoForm);
        }
        if self.channel == Channel::Oral && !self.read_back {
            faults.push(ApplicationFault::NotReadBack);
        }
        faults
    }
}

impl Wanted {
    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        self.essence().is_empty()
    }

    /// The same wish written in other spacing, width or punctuation has the same essence.
    pub fn essence(&self) -> String {
        let parts = [&self.title, &self.number, &self.description];
        let text: String = parts.into_iter().flatten().map(String::as_str).collect();
        text.chars().filter(|one| one.is_alphanumeric()).flat_map(half_width).collect()
    }
}

fn half_width(one: char) -> impl Iterator<Item = char> {
    let half = match one {
        '！'..='～' => char::from_u32(u32::from(one) - 0xFEE0).unwrap_or(one),
        other => other,
    };
    half.to_lowercase()
}

impl DeliveryWay {
    /// All, in the order of a form.
    pub const ALL: [Self; 6] =
        [Self::Collect, Self::Post, Self::Online, Self::Email, Self::Fax, Self::OnSite];

    /// What people call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Collect => "当面领取",
            Self::Post => "邮寄",
            Self::Online => "网上获取",
            Self::Email => "电子邮件",
            Self::Fax => "传真",
            Self::OnSite => "现场查阅",
        }
    }
}
