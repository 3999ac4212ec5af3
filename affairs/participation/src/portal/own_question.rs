//! `/fangtan/wode`: who has the query code sees whether his question was put, and may take it back before the interview.

use participation_rules::{InterviewStage, InterviewStep};
use secrets::Sealer;
use web::components::Tag;
use web::{Fault, Pace, Visit};

use super::own::{Found, Own, Words, title};
use super::{INTERVIEWS, OWN_QUESTION, RETRACT_QUESTION};
use crate::acts::{ActError, asking};
use crate::store::{Asker, Interview, InterviewQuestion};

impl Own for InterviewQuestion {
    const WORDS: Words = Words {
        title: "查我的提问",
        description: "凭查询码看在线访谈有没有问到您的问题，开始以前可以撤回",
        hint: "提问以后页面上显示的 12 位字母和数字。",
        path: OWN_QUESTION,
        retract: RETRACT_QUESTION,
        column: ("在线访谈", INTERVIEWS),
        lost: "撤回以后，问题和名字一起删除，不能恢复。",
        button: "撤回提问",
        retracted: "已经撤回。问题和名字已经删除。",
    };
    const TRYING: Pace =
        Pace { name: "participation.question_code", at_once: 20, one_more: 10_000 };

    async fn found(visit: &Visit, sealer: &Sealer, code: &str) -> Result<Option<Found>, Fault> {
        let found = asking::with_code(visit.house.store(), sealer, code).await;
        let found = found.map_err(ActError::into_fault)?;
        Ok(found.map(|(own, of, who)| told(visit, (&own, who), &of, code)))
    }

    async fn take_back(visit: &Visit, sealer: &Sealer, code: &str) -> Result<(), ActError> {
        asking::retract(visit.house.ledger(), sealer, code).await
    }
}

fn told(
    visit: &Visit,
    (own, who): (&InterviewQuestion, Asker),
    of: &Interview,
    code: &str,
) -> Found {
    let stage = of.stage(visit.house.ledger().clock().today());
    let (tag, note) = standing(own, stage);
    let may = !own.retracted && stage.after(InterviewStep::Retract).is_ok();
    Found {
        title: title(visit, (&of.said.title, &of.path()), (&of.division, stage.is_public())),
        told: format!("第 {} 个问题", own.number),
        tag,
        note,
        words: who.words,
        reason: String::new(),
        may_retract: may.then(|| code.to_owned()),
    }
}

/// What became of it.
fn standing(own: &InterviewQuestion, stage: InterviewStage) -> (Tag, String) {
    if own.retracted {
        return (Tag::plain("已撤回"), "您已经撤回这个问题。".into());
    }
    match stage {
        InterviewStage::Cancelled => (Tag::over("访谈已取消"), "原因写在访谈页上。".into()),
        InterviewStage::Withdrawn => (Tag::over("访谈已撤下"), "原因写在访谈页上。".into()),
        _ if own.picked > 0 => (Tag::good("已经问到"), "回答在访谈页上。".into()),
        InterviewStage::Announced | InterviewStage::Closed => {
            (Tag::info("已收到"), "访谈当天从收到的问题里选。".into())
        }
        InterviewStage::Live => (Tag::info("正在访谈"), "还没有问到。".into()),
        _ => {
            let words = "时间有限，这次没有问到。可以打访谈页上的电话，或者写信问。";
            (Tag::plain("没有问到"), words.into())
        }
    }
}
