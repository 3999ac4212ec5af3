//! `/gongzuo/daili`: stand-ins, named beforehand, for a time, agreed to by somebody else.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use identity::powers::Tie;
use identity::{Post, Stage, StandIn};

use super::{STAND_INS, done};
use crate::entrance::fresh;
use crate::workbench::{Submitted, Workbench};
use crate::{Clerk, Fault, Visit};

#[derive(Template)]
#[template(path = "administration/stand_ins.html")]
struct StandInsPage {
    desk: Workbench,
    rows: Vec<Row>,
    colleagues: Vec<(String, String)>,
    today: String,
    stands_in: bool,
}

struct Row {
    id: String,
    role: &'static str,
    holder: String,
    person: String,
    period: String,
    reason: String,
    state: &'static str,
    decide: Option<String>,
    end: Option<String>,
}

fn state(stage: Stage) -> &'static str {
    match stage {
        Stage::Waiting => "待批准",
        Stage::Confirmed => "已批准",
        Stage::Refused => "不同意",
        Stage::Ended => "已结束",
    }
}

/// The stand-ins of the clerk's organ.
pub(super) async fn show(visit: Visit, clerk: Clerk) -> Result<Response, Fault> {
    let (store, today) = (visit.house.store(), visit.house.ledger().clock().today());
    let persons = identity::Person::all(store).await?;
    let name = |id: &str| {
        persons.iter().find(|one| one.id == id).map(|one| one.name.clone()).unwrap_or_default()
    };
    let posts = Post::all(store).await?;
    let here: Vec<&Post> = posts.iter().filter(|post| post.organ == clerk.organ.code).collect();
    let row = |one: StandIn| -> Option<Row> {
        let post = here.iter().find(|post| post.id == one.post)?;
        let involved = [&one.proposed_by, &one.person, &post.person];
        let involved = clerk.is_among(involved.map(String::as_str));
        let waits = one.stage == Stage::Waiting;
        let decides = waits && !involved && clerk.has_power("standin.approve");
        let open = matches!(one.stage, Stage::Waiting | Stage::Confirmed);
        Some(Row {
            role: post.role.name(),
            holder: name(&post.person),
            person: name(&one.person),
            period: format!("{} 至 {}", one.from, one.until),
            state: state(one.stage),
            decide: decides.then(|| visit.site.link(&format!("{STAND_INS}/{}", one.id))),
            end: (open && post.person == clerk.id)
                .then(|| visit.site.link(&format!("{STAND_INS}/{}/jieshu", one.id))),
            reason: one.reason,
            id: one.id,
        })
    };
    let all = StandIn::in_organ(store, &clerk.organ.code, today).await?;
    let mut colleagues: Vec<(String, String)> = here
        .iter()
        .filter(|post| post.holds_on(today) && post.person != clerk.id)
        .map(|post| (post.person.clone(), name(&post.person)))
        .collect();
    colleagues.sort();
    colleagues.dedup();
    let stands_in = clerk.standing().stands_in_for.is_some();
    let rows = all.into_iter().filter_map(row).collect();
    let desk = Workbench::of(&visit, clerk, "daili", "代理").await?;
    let today = today.to_string();
    fresh(&StandInsPage { desk, rows, colleagues, today, stands_in })
}

/// The tie of the clerk to the post acted in.
fn own(clerk: &Clerk, reason: &str) -> Tie {
    Tie::to(clerk.organ.code.clone())
        .in_unit(clerk.unit.clone())
        .by(clerk.id.clone())
        .because(reason)
}

/// 提出代理, for the post acted in.
pub(super) async fn propose(
    visit: Visit,
    clerk: Clerk,
    form: Submitted,
) -> Result<Response, Fault> {
    let reason = form.get("reason");
    clerk.may("standin.propose", &own(&clerk, reason))?;
    let day = |name: &str| {
        let read = form.get(name).trim().parse::<law::Date>();
        read.map_err(|_| Fault::field(name, "日期不对。请写成 2026-01-31 的样子。"))
    };
    let period = (day("from")?, day("until")?);
    let desk = visit.house.ledger().desk(clerk.actor()).await?;
    let to = (clerk.post.as_str(), form.get("person"));
    done(&visit, StandIn::propose(desk, &clerk.id, to, period, reason).await, STAND_INS)
}

/// 批准代理, or turning it down.
pub(super) async fn decide(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    let store = visit.house.store();
    let stand_in = StandIn::find(store, &id).await?.ok_or(Fault::NotFound)?;
    let post = Post::find(store, &stand_in.post).await?.ok_or(Fault::NotFound)?;
    let reason = form.get("reason");
    let tie = Tie::to(post.organ)
        .in_unit(post.unit)
        .after("standin.propose", stand_in.proposed_by)
        .about(stand_in.person)
        .about(post.person)
        .because(reason);
    clerk.may("standin.approve", &tie)?;
    let desk = visit.house.ledger().desk(clerk.actor()).await?;
    let agreed = form.get("decision") == "confirm";
    done(&visit, StandIn::decide(desk, &clerk.id, &id, agreed, reason).await, STAND_INS)
}

/// 提前结束代理.
pub(super) async fn end(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
) -> Result<Response, Fault> {
    clerk.may("standin.propose", &own(&clerk, "提前结束代理"))?;
    let desk = visit.house.ledger().desk(clerk.actor()).await?;
    done(&visit, StandIn::end(desk, &clerk.id, &id).await, STAND_INS)
}
