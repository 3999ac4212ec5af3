//! `/gongzuo/chexia`: withdrawals that wait for a decision and those decided, and the way to a document.

use askama::Template;
use axum::extract::Query;
use axum::response::{Html, Response};
use identity::powers::{Condition, Tie};
use records_rules::Withdrawal;
use serde::Deserialize;
use web::components::{Empty, Tag, Tone};
use web::workbench::{Submitted, Workbench};
use web::{Clerk, Fault, Visit, icons};

use super::{hand, minute, seen, sent_to};
use crate::acts::withdrawal;
use crate::store::{Record, WithdrawalCase, WithdrawalState};

#[derive(Template)]
#[template(path = "workbench/withdrawals.html")]
struct WithdrawalsPage {
    desk: Workbench,
    wanted: String,
    missing: bool,
    found: Vec<(String, String)>,
    rows: Vec<Row>,
    here: String,
}

struct Row {
    id: String,
    title: String,
    href: String,
    kind: String,
    reason: String,
    tag: Tag,
    due: Option<law::Date>,
    by: String,
    at: String,
    decision: Option<(String, String)>,
    /// Whether the clerk may decide it now: by which address, and under which words.
    offer: Option<Offer>,
    own: bool,
}

struct Offer {
    to: &'static str,
    yes: &'static str,
    no: &'static str,
}

/// What was done just now, and what is searched for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    done: String,
    q: String,
}

const SAID: &[(&str, &str)] = &[
    ("tichu", "撤下已提出，等另一人批准。"),
    ("pizhun", "已批准，原网址从现在起这样回答。"),
    ("butongyi", "没有同意，文件照旧。"),
    ("jinji", "已撤下。另一人要在一个工作日内追认或者恢复。"),
    ("zhuiren", "已追认。"),
    ("huifu", "已恢复公开。"),
];

/// Shows the withdrawals.
pub async fn show(
    visit: Visit,
    clerk: Clerk,
    Query(asked): Query<Asked>,
) -> Result<Html<String>, Fault> {
    let store = visit.house.store();
    let wanted = asked.q.trim().to_owned();
    let found = Record::sought(store, &clerk.organ.code, &wanted).await?;
    let link =
        |(id, title): (String, String)| (title, visit.site.link(&format!("/gongzuo/chexia/{id}")));
    let cases = WithdrawalCase::of_organ(store, &clerk.organ.code).await?;
    let all = clerk.may("record.read_trail", &Tie::to(&clerk.organ.code)).is_ok();
    let seen = cases.into_iter().filter(|case| all || clerk.is_among(case.proposers()));
    let rows = seen.map(|case| row(&visit, &clerk, case)).collect();
    let desk = Workbench::of(&visit, clerk, "chexia", "更正与撤下").await?;
    let page = WithdrawalsPage {
        desk: desk.saying(&asked.done, SAID),
        missing: !wanted.is_empty() && found.is_empty(),
        wanted,
        found: found.into_iter().map(link).collect(),
        rows,
        here: visit.site.link("/gongzuo/chexia"),
    };
    web::page::answer(&page)
}

fn row(visit: &Visit, clerk: &Clerk, case: WithdrawalCase) -> Row {
    let own = clerk.is_among(case.proposers());
    let today = visit.house.ledger().clock().today();
    let late = case.is_late(today);
    let offer = match case.state {
        // What was not confirmed in time is decided like any withdrawal (docs/readings/092).
        WithdrawalState::Alone if late => {
            let may = clerk.has_power("record.withdraw.approve");
            may.then_some(Offer {
                to: "pizhun", yes: "批准撤下（逾期）", no: "恢复公开"
            })
        }
        WithdrawalState::Proposed if clerk.has_power("record.withdraw.approve") => {
            Some(Offer { to: "pizhun", yes: "批准撤下", no: "不同意" })
        }
        WithdrawalState::Alone if clerk.has_power("record.withdraw_confirm") => {
            Some(Offer { to: "zhuiren", yes: "追认", no: "恢复公开" })
        }
        _ => None,
    };
    let kind = match &case.kind {
        Withdrawal::Moved { to } => format!("{}：{to}", case.kind.name()),
        Withdrawal::NoLongerInForce { from, by } => {
            let by = by.as_ref().map(|by| format!("，依据{by}")).unwrap_or_default();
            format!("{}：自 {from} 起{by}", case.kind.name())
        }
        Withdrawal::Ended { last } => format!("{}：公示到 {last}", case.kind.name()),
        Withdrawal::Mistaken => case.kind.name().to_owned(),
    };
    Row {
        href: visit.site.link(&format!("/wenjian/{}", case.record)),
        tag: if late {
            Tag::over(format!("{}，已逾期", case.state.name()))
        } else {
            state_tag(case.state)
        },
        due: case.due_on.filter(|_| case.decided_at.is_none()),
        at: minute(&case.proposed_at),
        decision: case.decided_name.zip(Some(case.words)),
        id: case.id,
        title: case.title,
        reason: case.reason,
        by: case.proposed_name,
        kind,
        offer,
        own,
    }
}

fn state_tag(state: WithdrawalState) -> Tag {
    let name = state.name();
    match state {
        WithdrawalState::Proposed => Tag::warn(name),
        WithdrawalState::Alone => Tag::over(name),
        WithdrawalState::Stands => Tag::void(name),
        WithdrawalState::Refused => Tag::plain(name),
        WithdrawalState::Restored => Tag::marked(Tone::Good, icons::CHECK, name),
    }
}

/// Approves a proposal, or refuses it.
pub async fn approve(visit: Visit, clerk: Clerk, form: Submitted) -> Result<Response, Fault> {
    let case = case_of(&visit, &clerk, &form).await?;
    let today = visit.house.ledger().clock().today();
    if case.state == WithdrawalState::Alone && !case.is_late(today) {
        return Err(Fault::Refused("这是紧急撤下，还没有逾期。请用“追认”。".into()));
    }
    let tie = tie(&case, &form);
    let tie = if case.emergency { after_emergency(tie, &case) } else { tie };
    let tie = if clerk.is_fresh() { tie.holding([Condition::Reauth]) } else { tie };
    clerk.may("record.withdraw.approve", &tie)?;
    let agreed = form.get("do") == "tongyi";
    decide(&visit, &clerk, &form, &case, agreed, if agreed { "pizhun" } else { "butongyi" }).await
}

/// Confirms what one person alone has withdrawn, or restores it.
pub async fn confirm(visit: Visit, clerk: Clerk, form: Submitted) -> Result<Response, Fault> {
    let case = case_of(&visit, &clerk, &form).await?;
    let mut tie = after_emergency(tie(&case, &form), &case);
    if !case.is_late(visit.house.ledger().clock().today()) {
        tie = tie.holding([Condition::InTime]);
    }
    clerk.may("record.withdraw_confirm", &tie)?;
    let agreed = form.get("do") == "tongyi";
    decide(&visit, &clerk, &form, &case, agreed, if agreed { "zhuiren" } else { "huifu" }).await
}

async fn case_of(visit: &Visit, clerk: &Clerk, form: &Submitted) -> Result<WithdrawalCase, Fault> {
    let store = visit.house.store();
    let found = WithdrawalCase::find(store, &clerk.organ.code, form.get("jian")).await?;
    found.ok_or(Fault::NotFound)
}

fn tie(case: &WithdrawalCase, form: &Submitted) -> Tie {
    let tie = Tie::to(&case.organ).because(form.get("liyou").trim());
    case.proposers().fold(tie, |tie, person| tie.by(person))
}

fn after_emergency(tie: Tie, case: &WithdrawalCase) -> Tie {
    case.proposers().fold(tie, |tie, person| tie.after("record.withdraw_emergency", person))
}

async fn decide(
    visit: &Visit,
    clerk: &Clerk,
    form: &Submitted,
    case: &WithdrawalCase,
    agreed: bool,
    done: &str,
) -> Result<Response, Fault> {
    let desk = visit.house.ledger().desk(clerk.actor()).await?;
    let words = form.get("liyou");
    seen(withdrawal::decide(desk, &hand(clerk), &case.id, agreed, words).await)?;
    Ok(sent_to(visit, &format!("/gongzuo/chexia?done={done}")))
}

impl WithdrawalsPage {
    fn empty(&self) -> Empty {
        Empty::new("没有更正和撤下的记录")
            .because("要更正或者撤下已发布的文件，先在上面按标题、文号或索引号找到它。")
    }
}
