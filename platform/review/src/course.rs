//! 审查环节: which steps there are, in their order, and who takes each.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A step of a review, in the order in which they are taken (docs/readings/061).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// 初审: the head of the 科室 the content comes from.
    First,
    /// 科室会签: another 科室 of the same organ.
    CoSign,
    /// 会商: another organ that is involved confirms that what is published agrees (条例第十一条).
    Concert,
    /// 合法性审核 of 规范性文件.
    Legal,
    /// 保密审查 (条例第十七条).
    Secrecy,
    /// 报批: what needs an approval by another organ is approved first (条例第十一条).
    Referral,
    /// 签发: whoever answers for the organ signs.
    Signature,
}

/// A word that names no step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("没有这个审查环节")]
pub struct NoStep;

impl Step {
    /// All of them, in order.
    pub const ALL: [Self; 7] = [
        Self::First,
        Self::CoSign,
        Self::Concert,
        Self::Legal,
        Self::Secrecy,
        Self::Referral,
        Self::Signature,
    ];

    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::First => "初审",
            Self::CoSign => "科室会签",
            Self::Concert => "会商",
            Self::Legal => "合法性审核",
            Self::Secrecy => "保密审查",
            Self::Referral => "报批",
            Self::Signature => "签发",
        }
    }

    /// The word stored for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::CoSign => "cosign",
            Self::Concert => "concert",
            Self::Legal => "legal",
            Self::Secrecy => "secrecy",
            Self::Referral => "referral",
            Self::Signature => "signature",
        }
    }

    /// The roles in which it is taken, by their ids in the access policy.
    pub fn roles(self) -> &'static [&'static str] {
        match self {
            Self::First | Self::CoSign => &["reviewer"],
            Self::Legal => &["legal_reviewer"],
            Self::Secrecy => &["secrecy_reviewer"],
            Self::Signature => &["approver"],
            Self::Concert | Self::Referral => &["approver", "foi_head"],
        }
    }

    /// What those roles are called.
    pub fn who(self) -> &'static str {
        match self {
            Self::First => "起草科室的初审人",
            Self::CoSign => "会签科室的初审人",
            Self::Legal => "合法性审核人员",
            Self::Secrecy => "保密审查员",
            Self::Signature => "签发人",
            Self::Concert => "会商机关的签发人或公开工作机构负责人",
            Self::Referral => "批准机关的签发人或公开工作机构负责人",
        }
    }

    /// The act of the access policy that it is.
    pub fn act(self) -> &'static str {
        match self {
            Self::First | Self::CoSign => "record.review",
            Self::Concert | Self::Referral => "record.co_confirm",
            Self::Legal => "record.legal_review",
            Self::Secrecy => "record.secrecy_review",
            Self::Signature => "record.approve",
        }
    }

    /// How its address at the workbench ends.
    pub fn slug(self) -> &'static str {
        match self {
            Self::First => "chushen",
            Self::CoSign => "huiqian",
            Self::Concert => "huishang",
            Self::Legal => "hefa",
            Self::Secrecy => "baomi",
            Self::Referral => "baopi",
            Self::Signature => "qianfa",
        }
    }

    /// What it rests on.
    pub fn basis(self) -> &'static str {
        match self {
            Self::First | Self::CoSign | Self::Signature => "厦府办〔2020〕67号三（一）",
            Self::Concert | Self::Referral => "《政府信息公开条例》第十一条",
            Self::Legal => "国办发〔2018〕115号",
            Self::Secrecy => "《政府信息公开条例》第十七条；《保守国家秘密法实施条例》第四十二条",
        }
    }

    /// Whether an organ may add it for itself. 初审, 保密审查 and 签发 are always there.
    pub fn may_be_added(self) -> bool {
        matches!(self, Self::CoSign | Self::Concert | Self::Legal | Self::Referral)
    }

    /// Whether it is taken by someone outside the drafting 科室 or organ, who must be named.
    pub fn has_partner(self) -> bool {
        matches!(self, Self::CoSign | Self::Concert | Self::Referral)
    }

    /// Whether one person may take both (access policy: 合法性审核 and 保密审查 alone).
    pub fn may_share_a_person(self, other: Self) -> bool {
        let free = |step| matches!(step, Self::Legal | Self::Secrecy);
        free(self) && free(other)
    }
}

impl fmt::Display for Step {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.name())
    }
}

impl FromStr for Step {
    type Err = NoStep;

    fn from_str(word: &str) -> Result<Self, NoStep> {
        Self::ALL.into_iter().find(|step| step.word() == word).ok_or(NoStep)
    }
}

/// What is said at a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// 通过.
    Pass,
    /// 退回, with the reason.
    Return(String),
}

/// A step that is demanded of a unit.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Demand {
    /// Which.
    pub step: Step,
    /// The 科室 that signs too, or the organ asked, by code; empty for the organ's own steps.
    pub partner: String,
}

impl Demand {
    /// A step of the organ itself.
    pub fn own(step: Step) -> Self {
        Self { step, partner: String::new() }
    }
}

/// 审查程序: the steps demanded of a unit, in their order. There is none without 初审, 保密审查 and 签发.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Course(Vec<Demand>);

/// A step that cannot be added.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadAddition {
    /// It is always there.
    #[error("{0}是必经环节，不用另加，也不能取消")]
    Always(Step),
    /// It says nothing of with whom.
    #[error("{0}没有写明由谁办理")]
    NoPartner(Step),
}

impl Course {
    /// The usual course with what the organ or the drafter adds; 合法性审核 where it is 规范性文件.
    ///
    /// # Errors
    /// An added step is always there, or lacks its partner.
    pub fn with(normative: bool, added: Vec<Demand>) -> Result<Self, BadAddition> {
        let always = [Step::First, Step::Secrecy, Step::Signature];
        let mut demands: Vec<Demand> = always.into_iter().map(Demand::own).collect();
        if normative {
            demands.push(Demand::own(Step::Legal));
        }
        for mut demand in added {
            if !demand.step.may_be_added() {
                return Err(BadAddition::Always(demand.step));
            }
            demand.partner = demand.partner.trim().to_owned();
            match (demand.step.has_partner(), demand.partner.is_empty()) {
                (true, true) => return Err(BadAddition::NoPartner(demand.step)),
                (false, false) => demand.partner.clear(),
                _ => {}
            }
            demands.push(demand);
        }
        demands.sort();
        demands.dedup();
        Ok(Self(demands))
    }

    /// A course as it was kept.
    pub fn kept(demands: Vec<Demand>) -> Self {
        Self(demands)
    }

    /// Its steps, in order.
    pub fn demands(&self) -> &[Demand] {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(course: &Course) -> Vec<&'static str> {
        course.demands().iter().map(|demand| demand.step.name()).collect()
    }

    #[test]
    fn steps_are_added_in_their_place_and_the_three_are_always_there() {
        let added = |step, partner: &str| Demand { step, partner: partner.into() };
        let usual = Course::with(false, vec![]).expect("the usual course");
        assert_eq!(names(&usual), ["初审", "保密审查", "签发"]);
        let normative = Course::with(true, vec![Demand::own(Step::Legal)]).expect("a course");
        assert_eq!(names(&normative), ["初审", "合法性审核", "保密审查", "签发"]);
        let long = vec![
            added(Step::Referral, "XM00001"),
            added(Step::CoSign, "财务科"),
            added(Step::CoSign, "法规科"),
            added(Step::CoSign, " 财务科 "),
            added(Step::Concert, "XM00011"),
        ];
        let long = Course::with(false, long).expect("a course");
        let wanted = ["初审", "科室会签", "科室会签", "会商", "保密审查", "报批", "签发"];
        assert_eq!(names(&long), wanted);
    }

    #[test]
    fn what_is_always_there_is_not_added_and_a_partner_is_named() {
        for step in [Step::First, Step::Secrecy, Step::Signature] {
            let refused = Course::with(false, vec![Demand::own(step)]);
            assert_eq!(refused, Err(BadAddition::Always(step)));
        }
        for step in [Step::CoSign, Step::Concert, Step::Referral] {
            let blank = Demand { step, partner: " ".into() };
            assert_eq!(Course::with(false, vec![blank]), Err(BadAddition::NoPartner(step)));
        }
    }

    #[test]
    fn every_step_reads_back_by_its_word() {
        for step in Step::ALL {
            assert_eq!(step.word().parse(), Ok(step));
        }
        assert_eq!("none".parse::<Step>(), Err(NoStep));
    }
}
