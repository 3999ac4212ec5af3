//! `/gongzuo/chexia/{id}`: one published document, to be corrected or withdrawn.

use askama::Template;
use axum::extract::Path;
use axum::response::{Html, Response};
use identity::powers::{Condition, Tie};
use records_rules::Withdrawal;
use web::workbench::{Submitted, Workbench};
use web::{Clerk, Fault, Visit};

use super::{hand, seen, sent_to};
use crate::acts::correction;
use crate::acts::withdrawal::{self, DECISION_CHANGED, NEW_ADDRESS, REPEALED_FROM, WithdrawalForm};
use crate::store::{Record, WithdrawalCase};

#[derive(Template)]
#[template(path = "workbench/withdraw.html")]
struct WithdrawPage {
    desk: Workbench,
    title: String,
    public: String,
    published: String,
    waiting: Option<String>,
    may_correct: bool,
    may_propose: bool,
    may_alone: bool,
    here: String,
    today: law::Date,
}

async fn record(visit: &Visit, clerk: &Clerk, id: &str) -> Result<Record, Fault> {
    let found = Record::of_organ(visit.house.store(), &clerk.organ.code, id).await?;
    found.ok_or(Fault::NotFound)
}

/// Shows the document and what can be done.
pub async fn show(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
) -> Result<Html<String>, Fault> {
    let record = record(&visit, &clerk, &id).await?;
    let store = visit.house.store();
    let standing = match WithdrawalCase::waiting_on(store, &id).await? {
        Some(case) => Some(case),
        None => WithdrawalCase::standing(store, &id).await?,
    };
    let powers = ["record.correct", "record.withdraw.propose", "record.withdraw_emergency"];
    let [may_correct, may_propose, may_alone] = powers.map(|act| clerk.has_power(act));
    let desk = Workbench::of(&visit, clerk, "chexia", &record.metadata.title).await?;
    let page = WithdrawPage {
        desk: desk.under("更正与撤下", "/gongzuo/chexia"),
        title: record.metadata.title,
        public: visit.site.link(&format!("/wenjian/{id}")),
        published: record.dates.here.day().to_string(),
        waiting: standing.map(|case| format!("{}：{}", case.state.name(), case.reason)),
        may_correct,
        may_propose,
        may_alone,
        here: visit.site.link(&format!("/gongzuo/chexia/{id}")),
        today: visit.house.ledger().clock().today(),
    };
    web::page::answer(&page)
}

/// Proposes the withdrawal.
pub async fn propose(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    let record = record(&visit, &clerk, &id).await?;
    let reason = form.get("liyou").trim().to_owned();
    clerk.may("record.withdraw.propose", &tie(&record, &reason))?;
    let given = WithdrawalForm {
        kind: kind(&form)?,
        reason,
        decision_changed_on: day(&form, DECISION_CHANGED)?,
    };
    let desk = visit.house.ledger().desk(clerk.actor()).await?;
    seen(withdrawal::propose(desk, &hand(&clerk), &id, given).await)?;
    Ok(sent_to(&visit, "/gongzuo/chexia?done=tichu"))
}

/// Withdraws at once, alone.
pub async fn emergency(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    let record = record(&visit, &clerk, &id).await?;
    let reason = form.get("liyou").trim().to_owned();
    let leaks = matches!(form.get("xielu"), "mimi" | "geren");
    let tie = tie(&record, &reason);
    let tie = if leaks { tie.holding([Condition::Emergency]) } else { tie };
    clerk.may("record.withdraw_emergency", &tie)?;
    let desk = visit.house.ledger().desk(clerk.actor()).await?;
    seen(withdrawal::emergency(desk, &hand(&clerk), &id, &reason).await)?;
    Ok(sent_to(&visit, "/gongzuo/chexia?done=jinji"))
}

/// Begins a correction.
pub async fn correct(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    let record = record(&visit, &clerk, &id).await?;
    let reason = form.get("liyou").trim().to_owned();
    clerk.may("record.correct", &tie(&record, &reason))?;
    let desk = visit.house.ledger().desk(clerk.actor()).await?;
    let draft = seen(correction::begin(desk, &hand(&clerk), &id, &reason).await)?;
    Ok(sent_to(&visit, &format!("/gongzuo/gaojian/{}", draft.id)))
}

fn tie(record: &Record, reason: &str) -> Tie {
    Tie::to(record.metadata.publisher.as_str()).because(reason)
}

fn kind(form: &Submitted) -> Result<Withdrawal, Fault> {
    Ok(match form.get("zenyang") {
        "wufa" => Withdrawal::Mistaken,
        "yizou" => Withdrawal::Moved { to: form.get(NEW_ADDRESS).trim().to_owned() },
        "shixiao" => {
            let from = day(form, REPEALED_FROM)?;
            let missing =
                || Fault::field(REPEALED_FROM, "没有写废止日期。请写出从哪一天起不再有效。");
            let by = form.words("yiju").map(str::to_owned);
            Withdrawal::NoLongerInForce { from: from.ok_or_else(missing)?, by }
        }
        _ => return Err(Fault::field("zenyang", "没有选怎样撤下。请选一项再提交。")),
    })
}

fn day(form: &Submitted, name: &str) -> Result<Option<law::Date>, Fault> {
    let Some(text) = form.words(name) else { return Ok(None) };
    let bad = |_| Fault::field(name, format!("“{text}”不是日期。请写成 2026-11-25。"));
    text.parse().map(Some).map_err(bad)
}
