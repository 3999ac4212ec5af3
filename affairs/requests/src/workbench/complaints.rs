//! `/gongzuo/tousu`: 投诉举报 (条例第四十七条、第五十一条) and 申诉, taken up and told with a clock of their own by
//! the office above.

use ::identity::Organ;
use ::identity::powers::Tie;
use ::review::Signatory;
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{Html, Response};
use requests_rules::{ComplaintOutcome, ComplaintStanding};
use serde::Deserialize;
use web::components::{Empty, Tag};
use web::workbench::{REASON, Submitted, Workbench};
use web::{Clerk, Fault, Visit};

use super::choices::meant;
use super::{COMPLAINTS, seen, sent_to};
use crate::acts::complaint;
use crate::store::ComplaintCase;

#[derive(Template)]
#[template(path = "workbench/complaints.html")]
struct ComplaintsPage {
    desk: Workbench,
    rows: Vec<Row>,
}

struct Row {
    id: String,
    number: String,
    about: String,
    ground: &'static str,
    words: String,
    tag: Tag,
    due: String,
    take_up: Option<String>,
    tell: Option<String>,
    result: String,
}

/// What was done just now.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    done: String,
}

const SAID: &[(&str, &str)] = &[("shouli", "已经受理。"), ("jieguo", "结果已经告知投诉人。")];

/// What a complaint comes to, by its words.
const OUTCOMES: [(&str, ComplaintOutcome); 4] = [
    ("zhenggai", ComplaintOutcome::ToRectify),
    ("tongbao", ComplaintOutcome::Criticised),
    ("buchengli", ComplaintOutcome::Unfounded),
    ("qita", ComplaintOutcome::Redirected),
];

/// Shows them; what is complained of, and not by whom.
pub async fn show(
    visit: Visit,
    clerk: Clerk,
    Query(asked): Query<Asked>,
) -> Result<Html<String>, Fault> {
    let store = visit.house.store();
    let all = ComplaintCase::of_organ(store, &clerk.organ.code).await?;
    let organs = Organ::all(store).await?;
    let today = visit.house.ledger().clock().today();
    let calendar = visit.house.ledger().calendar();
    let sealer = visit.house.sealer().map_err(Fault::inside)?;
    let mut rows = Vec::with_capacity(all.len());
    for case in all {
        let about = organs.iter().find(|organ| organ.code == case.about);
        let about = about.map_or(case.about.clone(), |organ| organ.name.clone());
        let standing = case.standing(today, &calendar).map_err(Fault::inside)?;
        let link = |act: &str| visit.site.link(&format!("{COMPLAINTS}/{}/{act}", case.id));
        let (tag, due, take_up, tell) = match standing {
            ComplaintStanding::Fresh { due, .. } => (
                tag_of(due.date < today, "待受理"),
                due.date.to_string(),
                Some(link("shouli")),
                None,
            ),
            ComplaintStanding::Verifying { due, .. } => (
                tag_of(due.date < today, "核查中"),
                due.date.to_string(),
                None,
                Some(link("jieguo")),
            ),
            ComplaintStanding::Told { on, .. } => {
                (Tag::good("已告知结果"), on.to_string(), None, None)
            }
        };
        let said = case.complainant(sealer)?;
        rows.push(Row {
            about,
            ground: case.complaint.ground.name(),
            words: said.map(|said| said.words).unwrap_or_default(),
            tag,
            due,
            take_up,
            tell,
            result: case.result,
            number: case.number,
            id: case.id,
        });
    }
    let desk = Workbench::of(&visit, clerk, "tousu", "投诉举报").await?;
    web::page::answer(&ComplaintsPage { desk: desk.saying(&asked.done, SAID), rows })
}

fn tag_of(late: bool, words: &'static str) -> Tag {
    if late { Tag::over(format!("{words}，已逾期")) } else { Tag::warn(words) }
}

async fn may(visit: &Visit, clerk: &Clerk, id: &str, reason: &str) -> Result<(), Fault> {
    let found = ComplaintCase::find(visit.house.store(), &clerk.organ.code, id).await?;
    let case = found.ok_or(Fault::NotFound)?;
    clerk.may("foi.complaint.handle", &Tie::to(&case.about).because(reason)).map(|_| ())
}

/// Takes one up.
pub async fn take_up(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
) -> Result<Response, Fault> {
    may(&visit, &clerk, &id, "受理").await?;
    let desk = visit.house.ledger().desk(clerk.actor()).await?;
    seen(complaint::take_up(desk, &Signatory::of(&clerk), &id).await, REASON)?;
    Ok(sent_to(&visit, &format!("{COMPLAINTS}?done=shouli")))
}

/// Tells the result.
pub async fn tell(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    let result = form.get(REASON).trim();
    may(&visit, &clerk, &id, result).await?;
    let outcome = meant(&OUTCOMES, form.get("jieguo"));
    let outcome = outcome.ok_or_else(|| Fault::field("jieguo", "没有选结果。请选一项。"))?;
    let desk = visit.house.ledger().desk(clerk.actor()).await?;
    let told = complaint::tell(desk, &Signatory::of(&clerk), &id, (outcome, result)).await;
    seen(told, "jieguo")?;
    Ok(sent_to(&visit, &format!("{COMPLAINTS}?done=jieguo")))
}

impl ComplaintsPage {
    fn outcomes() -> Vec<(&'static str, &'static str)> {
        OUTCOMES.iter().map(|(word, outcome)| (*word, outcome.name())).collect()
    }

    fn empty() -> Empty {
        Empty::new("没有投诉举报").because("有人投诉下级机关不依法公开、不答复，会出现在这里。")
    }
}
