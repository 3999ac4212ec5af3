//! What is withdrawn, as far as its pages ask.

use identity::powers::Tie;
use participation_rules::{
    GatheringStep, HearingStep, InterviewStep, ListStep, QuestionnaireStep, ReportState, Step,
};
use web::{Clerk, Fault, Visit};

use super::super::{
    DECISIONS, LIST, READ, TAKE_DOWN, decision, decisions, gathering, hearing, interview, of_organ,
    questionnaires, tie,
};
use crate::store::{DecisionList, Withdrawable};

/// What stands at an address.
pub(super) struct Piece {
    pub what: Withdrawable,
    pub id: String,
    pub title: String,
    pub desk_path: String,
    pub tie: Tie,
    /// It may be withdrawn as it stands.
    pub public: bool,
}

/// What its pages say of a kind.
pub(super) struct Words {
    /// What is proposed.
    pub heading: &'static str,
    /// What one reads before; empty where the kind has a page of its own.
    pub before: &'static str,
    /// The entry of the menu, and what its list is called and where it is.
    pub entry: &'static str,
    pub above: &'static str,
    pub list: &'static str,
}

/// What an address that serves several kinds names.
pub(super) fn named(word: &str) -> Option<Withdrawable> {
    match word {
        "tingzheng" => Some(Withdrawable::Hearing),
        "juece" => Some(Withdrawable::DecisionList),
        "jieguo" => Some(Withdrawable::Answers),
        _ => None,
    }
}

/// Where one is proposed to be withdrawn.
pub(in crate::workbench) fn path(what: Withdrawable, id: &str) -> String {
    match what {
        Withdrawable::Consultation => format!("{LIST}/{id}/chexia"),
        Withdrawable::Answers => format!("/gongzuo/canyu/jieguo/{id}/chexia"),
        Withdrawable::Hearing => format!("/gongzuo/canyu/tingzheng/{id}/chexia"),
        Withdrawable::DecisionList => format!("/gongzuo/canyu/juece/{id}/chexia"),
        Withdrawable::DecisionReport => format!("/gongzuo/juece-baogao/{id}"),
        Withdrawable::Gathering => format!("{}/{id}/chexia", gathering::LIST),
        Withdrawable::Interview => format!("{}/{id}/chexia", interview::LIST),
        Withdrawable::Questionnaire => format!("{}/{id}/chexia", questionnaires::LIST),
    }
}

pub(super) fn words(what: Withdrawable) -> Words {
    let (heading, before) = asked(what);
    let (entry, above, list) = match what {
        Withdrawable::Consultation | Withdrawable::Answers | Withdrawable::Hearing => {
            ("zhengji", "征求意见", LIST)
        }
        Withdrawable::DecisionList | Withdrawable::DecisionReport => {
            ("juece", "决策事项目录", DECISIONS)
        }
        Withdrawable::Gathering => ("huodong", "活动和会议", gathering::LIST),
        Withdrawable::Interview => ("fangtan", "在线访谈", interview::LIST),
        Withdrawable::Questionnaire => ("wenjuan", "问卷", questionnaires::LIST),
    };
    Words { heading, before, entry, above, list }
}

/// What is proposed, and what one reads before.
const fn asked(what: Withdrawable) -> (&'static str, &'static str) {
    match what {
        Withdrawable::Consultation => (
            "撤下征求意见",
            "公布错了的才撤下，例如露出了不该公开的个人信息、发错了草案。撤下以后公告、采纳情况都看不到，原来的网址写明撤下和理由，公开日志留有记录；不再收意见，要征求的重新起草。",
        ),
        Withdrawable::Answers => (
            "撤下意见采纳情况",
            "公布错了的才撤下，例如露出了不该公开的个人信息、定稿贴错。公告还在；撤下以后采纳情况看不到，原来的网址写明撤下和理由，公开日志留有记录。每一条意见都要有答复：改正以后重新送审、公布。",
        ),
        Withdrawable::Hearing => (
            "撤下听证公告",
            "公布错了的才撤下，例如露出了不该公开的个人信息、事项写错。不开了的，取消，不是撤下。撤下以后公告、名单、参加人、记录都看不到，原来的网址写明撤下和理由，公开日志留有记录；不再报名，要听证的重新起草。",
        ),
        Withdrawable::DecisionList => (
            "撤下决策事项目录",
            "公布错了的才撤下，例如发的不是党委同意的那一份。有变化的，另起草一份。撤下以后目录和进展都看不到，原来的网址写明撤下和理由，公开日志留有记录；要公布的重新起草。",
        ),
        Withdrawable::DecisionReport => ("撤下报告", ""),
        Withdrawable::Gathering => (
            "撤下活动公告",
            "公布错了的才撤下，例如露出了不该公开的个人信息、写了依法不公开的议题。不开了的用“取消”。撤下以后公告、纪要都看不到，原来的网址写明撤下和理由，公开日志留有记录；报了名的逐个通知。",
        ),
        Withdrawable::Interview => (
            "撤下访谈",
            "公布错了的才撤下。写错一两句的，在访谈现场更正、删去。撤下以后预告、实时文字、实录都看不到，原来的网址写明撤下和理由，公开日志留有记录。",
        ),
        Withdrawable::Questionnaire => (
            "撤下问卷",
            "公布错了的才撤下，例如题目里露出了不该公开的个人信息、发错了问卷。撤下以后题目、结果都看不到，原来的网址写明撤下和理由，公开日志留有记录；不能再填，要问的重新起草。",
        ),
    }
}

impl Piece {
    /// The organ's piece at an address; the caller asks the policy.
    pub(super) async fn at(
        visit: &Visit,
        clerk: &Clerk,
        (what, id): (Withdrawable, &str),
    ) -> Result<Self, Fault> {
        let (title, desk_path, tie, public) = match what {
            Withdrawable::Consultation | Withdrawable::Answers => {
                let (of, stage) = of_organ(visit, clerk, id).await?;
                let whole = what == Withdrawable::Consultation;
                let step = if whole { Step::Withdraw } else { Step::WithdrawAnswers };
                let public = stage.after(step).is_ok();
                (of.said.title.clone(), of.desk_path(), tie(&of, stage), public)
            }
            Withdrawable::Hearing => {
                let (of, stage) = hearing::of_organ(visit, clerk, id).await?;
                let public = stage.after(HearingStep::Withdraw).is_ok();
                (of.said.title.clone(), of.desk_path(), hearing::tie(&of, stage), public)
            }
            Withdrawable::DecisionList => {
                let found = DecisionList::find(visit.house.store(), id).await?;
                let found = found.filter(|found| found.organ == clerk.organ.code);
                let of = found.ok_or(Fault::NotFound)?;
                let public = of.state.after(ListStep::Withdraw).is_ok();
                (of.said.title.clone(), of.desk_path(), decisions::tie(&of), public)
            }
            Withdrawable::DecisionReport => {
                let of = decision::own(visit, clerk, id).await?;
                let public = of.state == ReportState::Published;
                let title = of.said.kind.name().to_owned();
                (title, of.desk_path(), decision::tie_of(&of), public)
            }
            Withdrawable::Gathering => {
                let (of, stage) = gathering::of_organ(visit, clerk, id).await?;
                let public = stage.after(GatheringStep::Withdraw).is_ok();
                (of.said.title.clone(), of.desk_path(), gathering::tie(&of, stage), public)
            }
            Withdrawable::Interview => {
                let (of, stage) = interview::of_organ(visit, clerk, id).await?;
                let public = stage.after(InterviewStep::Withdraw).is_ok();
                (of.said.title.clone(), of.desk_path(), interview::tie(&of, stage), public)
            }
            Withdrawable::Questionnaire => {
                let (of, stage) = questionnaires::of_organ(visit, clerk, id).await?;
                let public = stage.after(QuestionnaireStep::Withdraw).is_ok();
                (of.said.title.clone(), of.desk_path(), questionnaires::tie(&of, stage), public)
            }
        };
        Ok(Self { what, id: id.to_owned(), title, desk_path, tie, public })
    }

    /// Whether a clerk may see what can be proposed of it.
    pub(super) fn seen_by(&self, clerk: &Clerk) -> Result<(), Fault> {
        let reasoned = self.tie.clone().because("看");
        let may = match self.what {
            Withdrawable::Answers | Withdrawable::Hearing | Withdrawable::DecisionList => {
                clerk.may(TAKE_DOWN.0, &reasoned)
            }
            Withdrawable::Interview => clerk.may_see(TAKE_DOWN.0, &reasoned),
            Withdrawable::Consultation
            | Withdrawable::DecisionReport
            | Withdrawable::Gathering
            | Withdrawable::Questionnaire => clerk.may_see(READ, &self.tie),
        };
        may.map(|_| ())
    }
}
