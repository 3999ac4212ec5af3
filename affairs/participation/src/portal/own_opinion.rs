//! `/yijian/wode`: who has the query code reads his opinion and its answer, and may withdraw it while it is asked for.

use participation_rules::{Step, Verdict, about};
use secrets::Sealer;
use web::components::Tag;
use web::{Fault, Pace, Visit};

use super::own::{Found, Own, Words, title};
use super::{LIST, OWN, RETRACT};
use crate::acts::{ActError, opinion};
use crate::store::{Consultation, HandedIn, Opinion, OpinionState};

impl Own for Opinion {
    const WORDS: Words = Words {
        title: "查我提的意见",
        description: "凭查询码看自己的意见和答复，截止以前可以撤回",
        hint: "提交意见以后页面上显示的 12 位字母和数字。",
        path: OWN,
        retract: RETRACT,
        column: ("征求意见", LIST),
        lost: "撤回以后，内容、姓名和联系方式一起删除，不能恢复。",
        button: "撤回这条意见",
        retracted: "已经撤回。意见的内容、姓名和联系方式已经删除。",
    };
    const TRYING: Pace = Pace { name: "participation.opinion_code", at_once: 20, one_more: 10_000 };

    async fn found(visit: &Visit, sealer: &Sealer, code: &str) -> Result<Option<Found>, Fault> {
        let found = opinion::with_code(visit.house.store(), sealer, code).await;
        match found.map_err(ActError::into_fault)? {
            Some(found) => told(visit, sealer, found, code).await.map(Some),
            None => Ok(None),
        }
    }

    async fn take_back(visit: &Visit, sealer: &Sealer, code: &str) -> Result<(), ActError> {
        opinion::retract(visit.house.ledger(), sealer, code).await
    }
}

async fn told(
    visit: &Visit,
    sealer: &Sealer,
    (own, of): (Opinion, Consultation),
    code: &str,
) -> Result<Found, Fault> {
    let clauses = of.clauses(visit.house.store()).await?;
    let about = about(own.clause, &clauses);
    let answered = of.answered_on.is_some();
    // Who says the same as another has the other's answer.
    let lead = match (&own.first, answered) {
        (Some(first), true) => Opinion::with_id(visit.house.store(), first).await?,
        _ => None,
    };
    let told = lead.as_ref().unwrap_or(&own);
    let (tag, note) = match (own.state, answered) {
        (OpinionState::Retracted, _) => (Tag::plain("已撤回"), "您已经撤回这条意见。".to_owned()),
        (OpinionState::Hidden, _) => (
            Tag::warn("不公布"),
            "这条意见里有违法内容，经两个人审定，不公布。有异议的，打公告上的电话。".into(),
        ),
        (OpinionState::Open, true) => (verdict(told.verdict), String::new()),
        (OpinionState::Open, false) => {
            (Tag::info("已收到"), "截止以后逐条研究，采纳没有、为什么，一起公布。".into())
        }
    };
    let stage = of.stage(visit.house.ledger().clock().today());
    let may = own.state == OpinionState::Open && stage.after(Step::Retract).is_ok();
    // Who has the code reads what he said as he said it, while that is kept.
    let words = match own.is_erased() {
        true => own.shown.clone(),
        false => own.original(sealer).map_err(Fault::inside)?.words,
    };
    Ok(Found {
        title: title(visit, (&of.said.title, &of.path()), (&of.division, of.withdrawn.is_none())),
        told: format!("第 {} 条意见，关于{about}，{} 收到", own.number, own.received_on),
        reason: if answered && own.state == OpinionState::Open {
            told.reason.clone()
        } else {
            String::new()
        },
        words,
        tag,
        note,
        may_retract: may.then(|| code.to_owned()),
    })
}

pub(super) fn verdict(verdict: Option<Verdict>) -> Tag {
    match verdict {
        Some(one @ Verdict::Adopted) => Tag::good(one.name()),
        Some(one @ Verdict::Partly) => Tag::info(one.name()),
        Some(one @ Verdict::Declined) => Tag::plain(one.name()),
        None => Tag::warn("还没有答复"),
    }
}
