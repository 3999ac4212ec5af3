//! `/tingzheng/wode`: who has the query code sees whether he takes part, and may withdraw while one enrols.

use participation_rules::{HearingStage, HearingStep};
use secrets::Sealer;
use web::components::Tag;
use web::{Fault, Pace, Visit};

use super::own::{Found, Own, Words, title};
use super::{HEARINGS, OWN_ENROLMENT, RETRACT_ENROLMENT};
use crate::acts::{ActError, enrolment};
use crate::draw::List;
use crate::store::{Enrolment, EnrolmentState, Hearing};

impl Own for Enrolment {
    const WORDS: Words = Words {
        title: "查我的报名",
        description: "凭查询码看听证报名有没有选上，截止以前可以撤回",
        hint: "报名以后页面上显示的 12 位字母和数字。",
        path: OWN_ENROLMENT,
        retract: RETRACT_ENROLMENT,
        column: ("听证会", HEARINGS),
        lost: "撤回以后，姓名和联系方式一起删除，不能恢复。",
        button: "撤回报名",
        retracted: "已经撤回。姓名和联系方式已经删除。",
    };
    const TRYING: Pace =
        Pace { name: "participation.enrolment_code", at_once: 20, one_more: 10_000 };

    async fn found(visit: &Visit, sealer: &Sealer, code: &str) -> Result<Option<Found>, Fault> {
        let found = enrolment::with_code(visit.house.store(), sealer, code).await;
        let found = found.map_err(ActError::into_fault)?;
        Ok(found.map(|(own, of)| told(visit, &own, &of, code)))
    }

    async fn take_back(visit: &Visit, sealer: &Sealer, code: &str) -> Result<(), ActError> {
        enrolment::retract(visit.house.ledger(), sealer, code).await
    }
}

fn told(visit: &Visit, own: &Enrolment, of: &Hearing, code: &str) -> Found {
    let stage = of.stage(visit.house.ledger().clock().today());
    let (tag, note) = standing(own, of, stage);
    let side = own.side.checked_sub(1).and_then(|at| of.said.seats().into_iter().nth(at));
    let side = side.map(|side| side.name).unwrap_or_default();
    let may = own.state == EnrolmentState::Enrolled && stage.after(HearingStep::Retract).is_ok();
    Found {
        title: title(visit, (&of.said.title, &of.path()), (&of.division, true)),
        told: format!("报名编号 {}，{side}，名单上的标记 {}", own.number, own.mark),
        words: String::new(),
        tag,
        note,
        reason: String::new(),
        may_retract: may.then(|| code.to_owned()),
    }
}

/// What became of it, and what to do now.
fn standing(own: &Enrolment, of: &Hearing, stage: HearingStage) -> (Tag, String) {
    match (own.state, stage) {
        (EnrolmentState::Retracted, _) => (Tag::plain("已撤回"), "您已经撤回报名。".into()),
        (EnrolmentState::Excluded, _) if own.reason.is_empty() => {
            (Tag::warn("没有算进名单"), "原因和您的报名信息一起删除了。".into())
        }
        (EnrolmentState::Excluded, _) => {
            (Tag::warn("没有算进名单"), format!("原因：{}。有异议的，打公告上的电话。", own.reason))
        }
        (_, HearingStage::Withdrawn) => (Tag::over("听证公告已撤下"), "原因写在公告页上。".into()),
        (_, HearingStage::Cancelled) => (Tag::over("听证已取消"), "原因写在公告页上。".into()),
        (_, _) if own.takes_part => {
            let words = "您选上了。到时候请带身份证，材料会提前送给您。";
            (Tag::good("参加"), words.into())
        }
        (_, _) if of.confirmed_on.is_some() => {
            let words = format!("您没有选上，候补第 {} 位。也可以提书面意见。", reserve(own, of));
            (Tag::plain("候补"), words)
        }
        _ => (Tag::info("已报名"), "报名截止以后按公告的办法抽取，选上的公布姓名。".into()),
    }
}

/// The place among who stands by on the same side.
fn reserve(own: &Enrolment, of: &Hearing) -> usize {
    let drawn = List::read(&of.list_text).map(|list| list.drawn(&of.seed)).unwrap_or_default();
    let mut others = drawn.iter().filter(|one| one.entry.side == own.side && !one.takes_part);
    others.position(|one| one.entry.number == own.number).map_or(0, |at| at + 1)
}
