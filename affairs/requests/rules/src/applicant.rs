//! 申请人: who asks, in which of the classes of the annual report, and by what he is known
//! (条例第二十九条第一款第（一）项; docs/readings/123).

use law::Date;
use serde::{Deserialize, Serialize};

use crate::identity_number::{BadNumber, CreditCode, ResidentNumber};

/// The columns of table 3: natural persons and the five kinds of 法人或其他组织.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ApplicantClass {
    /// 自然人.
    #[serde(rename = "自然人")]
    NaturalPerson,
    /// 商业企业.
    #[serde(rename = "商业企业")]
    Enterprise,
    /// 科研机构.
    #[serde(rename = "科研机构")]
    ResearchInstitute,
    /// 社会公益组织.
    #[serde(rename = "社会公益组织")]
    WelfareOrganisation,
    /// 法律服务机构.
    #[serde(rename = "法律服务机构")]
    LegalServices,
    /// 其他.
    #[serde(rename = "其他")]
    Other,
}

/// What an applicant is known by.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "document", content = "number", rename_all = "snake_case")]
pub enum IdentityProof {
    /// 居民身份证.
    ResidentCard(ResidentNumber),
    /// 护照.
    Passport(String),
    /// 港澳居民来往内地通行证 or 居住证.
    HongKongMacao(String),
    /// 台湾居民来往大陆通行证 or 居住证.
    Taiwan(String),
    /// 外国人永久居留身份证.
    PermanentResidence(String),
    /// 统一社会信用代码.
    CreditCode(CreditCode),
    /// Another document, named.
    Other(String),
}

/// Somebody who asks, or asks for another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Applicant {
    /// 姓名 or 名称.
    pub name: String,
    /// The class.
    pub class: ApplicantClass,
    /// 身份证明.
    pub proof: Option<IdentityProof>,
    /// 联系方式: telephone, address or mail, at least one.
    pub contact: Contact,
    /// Who asks for him.
    pub agent: Option<Agent>,
}

/// How to reach somebody.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Contact {
    /// 联系电话.
    pub telephone: Option<String>,
    /// 通信地址.
    pub address: Option<String>,
    /// 电子邮箱.
    pub email: Option<String>,
}

/// Who asks for another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agent {
    /// 姓名.
    pub name: String,
    /// 身份证明.
    pub proof: Option<IdentityProof>,
    /// In what capacity.
    pub capacity: Capacity,
    /// 授权委托书, or proof of guardianship, is in the file.
    pub authority_shown: bool,
}

/// In what capacity an agent acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Capacity {
    /// 委托代理人.
    Authorised,
    /// 监护人.
    Guardian,
}

/// What is wrong with what is told of an applicant; each is reason for a 补正告知, not for turning
/// the application away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ApplicantFault {
    /// No name.
    #[error("没有写姓名或者名称。改法: 按身份证明填写")]
    NoName,
    /// No proof of identity.
    #[error("没有身份证明。改法: 写明证件种类和号码，附上证件")]
    NoProof,
    /// The number on it is wrong.
    #[error("证件号码不对: {0}")]
    BadNumber(#[from] BadNumber),
    /// A number without a character.
    #[error("证件号码没有写。改法: 对照证件填写")]
    NoNumber,
    /// A person with an organisation's proof, or the reverse.
    #[error("身份证明与申请人类别不符。改法: 自然人用个人证件，法人和其他组织用统一社会信用代码")]
    WrongKind,
    /// Nothing to reach him by.
    #[error("没有联系方式。改法: 电话、通信地址、电子邮箱至少写一项")]
    NoContact,
    /// An agent without 授权委托书 or proof of guardianship.
    #[error("代理人没有授权委托书或者监护关系证明。改法: 补交，并附双方的身份证明")]
    NoAuthority,
    /// An agent without name or proof.
    #[error("代理人没有写姓名或者没有身份证明。改法: 补上代理人的姓名和证件")]
    AgentUnknown,
    /// A minor without a guardian.
    #[error("申请人未满十八周岁，没有写监护人。改法: 由监护人代为提出，附监护关系证明")]
    MinorAlone,
}

impl ApplicantClass {
    /// All, in the order of the columns.
    pub const ALL: [Self; 6] = [
        Self::NaturalPerson,
        Self::Enterprise,
        Self::ResearchInstitute,
        Self::WelfareOrganisation,
        Self::LegalServices,
        Self::Other,
    ];

    /// What the table calls it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::NaturalPerson => "自然人",
            Self::Enterprise => "商业企业",
            Self::ResearchInstitute => "科研机构",
            Self::WelfareOrganisation => "社会公益组织",
            Self::LegalServices => "法律服务机构",
            Self::Other => "其他",
        }
    }

    /// The class the table calls so.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|class| class.name() == name.trim())
    }

    /// Its column in table 3, from 0.
    pub const fn column(self) -> usize {
        self as usize
    }

    /// Whether it is a person.
    pub const fn is_person(self) -> bool {
        matches!(self, Self::NaturalPerson)
    }
}

impl IdentityProof {
    /// What people call it.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::ResidentCard(_) => "居民身份证",
            Self::Passport(_) => "护照",
            Self::HongKongMacao(_) => "港澳居民证件",
            Self::Taiwan(_) => "台湾居民证件",
            Self::PermanentResidence(_) => "外国人永久居留身份证",
            Self::CreditCode(_) => "统一社会信用代码",
            Self::Other(_) => "其他证件",
        }
    }

    /// The number on it, in full.
    pub fn number(&self) -> &str {
        match self {
            Self::ResidentCard(number) => number.as_str(),
            Self::CreditCode(code) => code.as_str(),
            Self::Passport(number)
            | Self::HongKongMacao(number)
            | Self::Taiwan(number)
            | Self::PermanentResidence(number)
            | Self::Other(number) => number,
        }
    }

    /// Whether it proves who somebody of that class is.
    const fn fits(&self, class: ApplicantClass) -> bool {
        match self {
            Self::CreditCode(_) => !class.is_person(),
            Self::Other(_) => true,
            _ => class.is_person(),
        }
    }

    fn is_minors(&self, on: Date) -> bool {
        matches!(self, Self::ResidentCard(number) if number.is_minor(on))
    }
}

impl Contact {
    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        let all = [&self.telephone, &self.address, &self.email];
        all.into_iter().flatten().all(|one| one.trim().is_empty())
    }

    /// The last four digits asked for with the query code: of the telephone; none without one.
    pub fn telephone_tail(&self) -> Option<String> {
        let digits: Vec<char> =
            self.telephone.as_deref()?.chars().filter(char::is_ascii_digit).collect();
        let tail = digits.len().checked_sub(4)?;
        Some(digits[tail..].iter().collect())
    }
}

impl Applicant {
    /// What is wrong, in the order of the form; nothing where all is well.
    pub fn faults(&self, on: Date) -> Vec<ApplicantFault> {
        let mut faults = Vec::new();
        if self.name.trim().is_empty() {
            faults.push(ApplicantFault::NoName);
        }
        match &self.proof {
            None => faults.push(ApplicantFault::NoProof),
            Some(proof) if !proof.fits(self.class) => faults.push(ApplicantFault::WrongKind),
            Some(proof) if proof.number().trim().is_empty() => {
                faults.push(ApplicantFault::NoNumber);
            }
            Some(_) => {}
        }
        if self.contact.is_empty() {
            faults.push(ApplicantFault::NoContact);
        }
        let guarded = self.agent.as_ref().is_some_and(|agent| agent.capacity == Capacity::Guardian);
        if self.proof.as_ref().is_some_and(|proof| proof.is_minors(on)) && !guarded {
            faults.push(ApplicantFault::MinorAlone);
        }
        faults.extend(self.agent.iter().filter_map(Agent::fault));
        faults
    }
}

impl Agent {
    fn fault(&self) -> Option<ApplicantFault> {
        if self.name.trim().is_empty() || self.proof.is_none() {
            Some(ApplicantFault::AgentUnknown)
        } else {
            (!self.authority_shown).then_some(ApplicantFault::NoAuthority)
        }
    }
}
