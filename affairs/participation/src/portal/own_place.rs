//! `/liexi/wode`: who has the query code sees whether he has a place, and may cancel until the day it is held.

use participation_rules::{GatheringStage, GatheringStep, Placing, Queued};
use secrets::Sealer;
use web::components::Tag;
use web::{Fault, Pace, Visit};

use super::gatherings::TITLE;
use super::own::{Found, Own, Words, title};
use super::{GATHERINGS, OWN_PLACE, RETRACT_PLACE};
use crate::acts::ActError;
use crate::acts::gathering::places;
use crate::store::{Gathering, Place, PlaceState};

impl Own for Place {
    const WORDS: Words = Words {
        title: "查我的报名",
        description: "凭查询码看活动报名有没有名额，来不了的可以撤回",
        hint: "报名以后页面上显示的 12 位字母和数字。",
        path: OWN_PLACE,
        retract: RETRACT_PLACE,
        column: (TITLE, GATHERINGS),
        lost: "撤回以后，姓名和联系方式一起删除，名额让给候补的人，不能恢复。",
        button: "撤回报名",
        retracted: "已经撤回，姓名和联系方式已经删除。名额让给候补的人。",
    };
    const TRYING: Pace = Pace { name: "participation.place_code", at_once: 20, one_more: 10_000 };

    async fn found(visit: &Visit, sealer: &Sealer, code: &str) -> Result<Option<Found>, Fault> {
        let found = places::with_code(visit.house.store(), sealer, code).await;
        match found.map_err(ActError::into_fault)? {
            Some((own, of)) => told(visit, &own, &of, code).await.map(Some),
            None => Ok(None),
        }
    }

    async fn take_back(visit: &Visit, sealer: &Sealer, code: &str) -> Result<(), ActError> {
        places::retract(visit.house.ledger(), sealer, code).await
    }
}

async fn told(visit: &Visit, own: &Place, of: &Gathering, code: &str) -> Result<Found, Fault> {
    let stage = of.stage(visit.house.ledger().clock().today());
    let queue = Place::queue(visit.house.store(), &of.id).await?;
    let (tag, note) = standing(own, of, (stage, Queued::place(&queue, own.number)));
    let group = own.group.checked_sub(1).and_then(|at| of.said.seats().into_iter().nth(at));
    let group = group.map(|group| group.name).unwrap_or_default();
    let may = own.state.counts() && stage.after(GatheringStep::Retract).is_ok();
    Ok(Found {
        title: title(visit, (&of.said.title, &of.path()), (&of.division, true)),
        told: format!("报名编号 {}，{group}", own.number),
        words: String::new(),
        tag,
        note,
        reason: String::new(),
        may_retract: may.then(|| code.to_owned()),
    })
}

/// What became of it, and what to do now.
fn standing(
    own: &Place,
    of: &Gathering,
    (stage, at): (GatheringStage, Option<usize>),
) -> (Tag, String) {
    let over = !matches!(stage, GatheringStage::Open | GatheringStage::Awaiting);
    match (own.state, stage) {
        (PlaceState::Retracted, _) => (Tag::plain("已撤回"), "您已经撤回报名。".into()),
        (PlaceState::Excluded, _) if own.reason.is_empty() => {
            (Tag::warn("不符合条件"), "原因和您的报名信息一起删除了。".into())
        }
        (PlaceState::Excluded, _) => {
            (Tag::warn("不符合条件"), format!("原因：{}。有异议的，打公告上的电话。", own.reason))
        }
        (_, GatheringStage::Withdrawn | GatheringStage::Cancelled) => {
            (Tag::over("活动不开了"), "原因写在公告页上。".into())
        }
        (PlaceState::Placed, _) => {
            let why = match own.reason.as_str() {
                "" => String::new(),
                reason => format!("选定的理由：{reason}。"),
            };
            (Tag::good("有名额"), format!("到时候请带身份证。{why}来不了的请撤回。"))
        }
        (PlaceState::Waiting, _) if over => {
            (Tag::plain("没有轮到"), "这次没有轮到您。可以看公告页上公布的内容。".into())
        }
        (PlaceState::Waiting, _)
            if of.said.placing == Placing::Chosen && of.chosen_on.is_none() =>
        {
            let words = "报名截止以后按公告的办法选定，选定了由工作人员通知您。";
            (Tag::info("已报名"), words.into())
        }
        (PlaceState::Waiting, _) => {
            let at = at.unwrap_or_default();
            let words = format!("候补第 {at} 位。有人撤回就按先后递补，递补了由工作人员通知您。");
            (Tag::plain("候补"), words)
        }
    }
}
