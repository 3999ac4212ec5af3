//! `/gongzuo/pinggu`: what is withheld and has come back for its assessment (条例第十八条).

use askama::Template;
use axum::extract::Query;
use axum::response::{Html, Response};
use identity::powers::{Condition, Tie};
use records_rules::{OnRequestGround, Outcome, review_day};
use review::{Signatory, Step, Unit, unit_path};
use serde::Deserialize;
use web::components::{Empty, Tag};
use web::workbench::{Submitted, Workbench};
use web::{Clerk, Fault, Visit};

use super::{hand, seen, sent_to};
use crate::acts::reassessment;
use crate::store::{Content, Reassessment, titled};

#[derive(Template)]
#[template(path = "workbench/assess.html")]
struct AssessPage {
    desk: Workbench,
    rows: Vec<Row>,
    here: String,
    latest: String,
    may_propose: bool,
    may_decide: bool,
}

struct Row {
    id: String,
    title: String,
    href: String,
    review_on: String,
    late: bool,
    proposal: Option<Proposal>,
    /// The last decision sent the proposal back, and why.
    returned: String,
    /// What the decision started and by when it must be done.
    clock: Option<(String, String)>,
    /// 转依申请: it is done here, when the catalogue of information names it.
    to_list: bool,
}

struct Proposal {
    words: String,
    reason: String,
    by: String,
    own: bool,
    /// How far its review has come, where it is, and whether it may be decided now.
    stage: &'static str,
    cleared: bool,
    review: String,
}

/// What was done just now.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Done {
    done: String,
}

const SAID: &[(&str, &str)] = &[
    ("tichu", "评估意见已提出并送审：初审、保密审查、签发以后，由公开工作机构负责人决定。"),
    ("jueding", "已决定。"),
    ("tuihui", "已退回，可以另提意见。"),
    ("lieru", "已记下列入目录的日子。"),
];

/// Shows what waits.
pub async fn show(
    visit: Visit,
    clerk: Clerk,
    Query(done): Query<Done>,
) -> Result<Html<String>, Fault> {
    // Whoever is to propose what becomes of it reads what it is.
    let own = Tie::to(&clerk.organ.code);
    let read = clerk.may("record.reassess.propose", &own);
    read.or_else(|_| clerk.may("record.read_withheld", &own))?;
    let today = visit.house.ledger().clock().today();
    let store = visit.house.store();
    let mut rows = Vec::new();
    for one in Reassessment::waiting(store, &clerk.organ.code).await? {
        let unit = match &one.unit {
            Some(unit) => Unit::find(store, unit).await?,
            None => None,
        };
        rows.push(row(&visit, &clerk, one, today, unit.as_ref()));
    }
    let may_propose = clerk.has_power("record.reassess.propose");
    let may_decide = clerk.has_power("record.reassess.decide");
    let desk = Workbench::of(&visit, clerk, "pinggu", "不予公开评估").await?;
    let page = AssessPage {
        desk: desk.saying(&done.done, SAID),
        rows,
        here: visit.site.link("/gongzuo/pinggu"),
        latest: today.saturating_add(jiff::Span::new().months(12)).to_string(),
        may_propose,
        may_decide,
    };
    web::page::answer(&page)
}

fn row(
    visit: &Visit,
    clerk: &Clerk,
    one: Reassessment,
    today: law::Date,
    unit: Option<&Unit>,
) -> Row {
    let proposal = one.outcome.as_ref().filter(|_| !one.decided).map(|outcome| Proposal {
        words: words(outcome),
        reason: one.reason.clone(),
        by: one.proposed_name.clone().unwrap_or_default(),
        own: clerk.is_among(one.proposers()),
        stage: unit.map(|unit| unit.state.name()).unwrap_or_default(),
        cleared: unit.is_some_and(|unit| unit.state == review::State::Signed),
        review: unit.map(|unit| visit.site.link(&unit_path(&unit.id))).unwrap_or_default(),
    });
    let clock = one.due_on.clone().zip(one.outcome.as_ref());
    let clock = clock.filter(|_| one.decided).map(|(due, outcome)| {
        let what = match outcome {
            Outcome::ToProactive => "转为主动公开，送审发布",
            _ => "转为依申请公开，列入政府信息公开目录",
        };
        (what.to_owned(), due)
    });
    let to_list = one.decided && matches!(one.outcome, Some(Outcome::ToOnRequest(_)));
    Row {
        title: titled(&one.title).to_owned(),
        href: visit.site.link(&format!("/gongzuo/gaojian/{}", one.draft)),
        late: one.review_on.parse().is_ok_and(|day: law::Date| day < today),
        returned: if one.outcome.is_none() { one.words } else { String::new() },
        id: one.id,
        review_on: one.review_on,
        proposal,
        clock,
        to_list,
    }
}

fn words(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Keep { review_on } => format!("维持不予公开，下次复核 {review_on}"),
        Outcome::ToProactive => "转为主动公开".to_owned(),
        Outcome::ToOnRequest(ground) => format!("转为依申请公开（{}）", ground.name()),
    }
}

/// Proposes what is to become of it.
pub async fn propose(visit: Visit, clerk: Clerk, form: Submitted) -> Result<Response, Fault> {
    let today = visit.house.ledger().clock().today();
    let told = |fault: records_rules::Fault| {
        Fault::field("fuhe", format!("{}。{}。", fault.message, fault.remedy))
    };
    let outcome = match form.get("jieguo") {
        "weichi" => Outcome::Keep { review_on: review_day(form.get("fuhe"), today).map_err(told)? },
        "zhudong" => Outcome::ToProactive,
        "shenqing" => {
            let ground = OnRequestGround::named(form.get("yiju"));
            let missing = || Fault::field("yiju", "依申请公开没有选依据。请选一项再提交。");
            Outcome::ToOnRequest(ground.ok_or_else(missing)?)
        }
        _ => return Err(Fault::field("jieguo", "没有选评估结果。请选一项再提交。")),
    };
    let (id, reason) = (form.get("jian").to_owned(), form.get("liyou").to_owned());
    clerk.may("record.reassess.propose", &Tie::to(&clerk.organ.code))?;
    let (publishers, by) = (visit.house.publishers(), Signatory::of(&clerk));
    let desk = visit.house.ledger().desk(clerk.actor()).await?;
    seen(reassessment::propose(desk, &publishers, &by, &id, outcome, &reason).await)?;
    Ok(sent_to(&visit, "/gongzuo/pinggu?done=tichu"))
}

/// Decides what has passed its review, or sends it back.
pub async fn decide(visit: Visit, clerk: Clerk, form: Submitted) -> Result<Response, Fault> {
    let (id, agreed) = (form.get("jian").to_owned(), form.get("do") == "tongyi");
    let store = visit.house.store();
    let found = Reassessment::find(store, &clerk.organ.code, &id).await?;
    let found = found.ok_or(Fault::NotFound)?;
    let reason = form.words("liyou").unwrap_or_default();
    let mut tie = Tie::to(&found.organ).because(reason);
    if let Some(unit) = &found.unit
        && let Some(unit) = Unit::find(store, unit).await?
        && has_passed(&unit, Step::Secrecy)
    {
        tie = tie.holding([Condition::AfterSecrecyReview]);
    }
    for person in Content::writers(store, &found.draft).await? {
        tie = tie.by(person);
    }
    for person in found.proposers() {
        tie = tie.by(person);
    }
    clerk.may("record.reassess.decide", &tie)?;
    let (publishers, by) = (visit.house.publishers(), Signatory::of(&clerk));
    let desk = visit.house.ledger().desk(clerk.actor()).await?;
    if agreed {
        seen(reassessment::decide(desk, &publishers, &by, &id, reason).await)?;
        return Ok(sent_to(&visit, "/gongzuo/pinggu?done=jueding"));
    }
    seen(reassessment::send_back(desk, &by, &id, reason).await)?;
    Ok(sent_to(&visit, "/gongzuo/pinggu?done=tuihui"))
}

/// Whether every demand of a kind was passed in the review of exactly this content.
fn has_passed(unit: &Unit, step: Step) -> bool {
    let review = unit.review();
    let mut all =
        unit.course.demands().iter().enumerate().filter(|(_, demand)| demand.step == step);
    all.all(|(at, _)| review.passed.iter().any(|passed| passed.demand == at))
}

/// 已列入政府信息公开目录.
pub async fn list(visit: Visit, clerk: Clerk, form: Submitted) -> Result<Response, Fault> {
    clerk.may("record.reassess.propose", &Tie::to(&clerk.organ.code))?;
    let desk = visit.house.ledger().desk(clerk.actor()).await?;
    seen(reassessment::list(desk, &hand(&clerk), form.get("jian")).await)?;
    Ok(sent_to(&visit, "/gongzuo/pinggu?done=lieru"))
}

impl AssessPage {
    fn empty(&self) -> Empty {
        Empty::new("现在没有要评估的信息")
            .because("不予公开的信息到了复核日期，会回到这里。依据：条例第十八条。")
    }

    fn grounds(&self) -> [OnRequestGround; 4] {
        OnRequestGround::ALL
    }

    fn tag(row: &Row) -> Tag {
        if row.late { Tag::over("已过复核日期") } else { Tag::warn("今天复核") }
    }
}
