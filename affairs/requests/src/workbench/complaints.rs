//! `/gongzuo/tousu`: 投诉举报 (条例第四十七条、第五十一条), taken up and told by the office above; `/gongzuo/shensu`:
//! 申诉 about a 公共企事业单位 (第五十五条第二款), by its competent department. Who complains and in which words stands
//! on a page of its own; who opened it is written down.

use ::identity::Organ;
use ::identity::powers::Tie;
use ::review::Signatory;
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{Html, Response};
use documents::writing::Article;
use law::{Date, WorkCalendar};
use requests_rules::{ComplaintGround, ComplaintOutcome, ComplaintStanding};
use serde::Deserialize;
use web::components::{Empty, Tag};
use web::workbench::{REASON, Submitted, Workbench};
use web::{Clerk, Fault, Visit};

use super::choices::meant;
use super::matters::{self, Matter};
use super::{APPEALS, COMPLAINTS, LIST, seen, sent_to};
use crate::acts::{complaint, perusal};
use crate::store::{Complainant, ComplaintCase};

#[derive(Template)]
#[template(path = "workbench/complaints.html")]
struct ComplaintsPage {
    desk: Workbench,
    side: &'static Side,
    rows: Vec<Row>,
}

struct Row {
    number: String,
    about: String,
    ground: &'static str,
    tag: Tag,
    due: String,
    href: String,
}

#[derive(Template)]
#[template(path = "workbench/complaint.html")]
struct ComplaintPage {
    desk: Workbench,
    side: &'static Side,
    number: String,
    about: String,
    ground: &'static str,
    tag: Tag,
    due: String,
    complainant: Complainant,
    reached: String,
    take_up: Option<String>,
    tell: Option<String>,
    result: String,
    /// The masked file it is about, while it is open.
    file: Option<String>,
    letter: Option<Result<Article, String>>,
    here: String,
}

/// Which of the two it is.
pub(super) struct Side {
    base: &'static str,
    key: &'static str,
    power: &'static str,
    heading: &'static str,
    explained: &'static str,
    none: &'static str,
    appeals: bool,
}

const OF_ORGANS: Side = Side {
    base: COMPLAINTS,
    key: "tousu",
    power: "foi.complaint.handle",
    heading: "投诉举报",
    explained: "对下级机关不依法公开、不依法答复的投诉举报，五个工作日内受理，二十个工作日内核实并告知结果。",
    none: "有人投诉下级机关不依法公开、不答复，会出现在这里。",
    appeals: false,
};

const OF_ENTERPRISES: Side = Side {
    base: APPEALS,
    key: "shensu",
    power: "foi.appeal.handle",
    heading: "公共企事业单位申诉",
    explained: "认为本机关主管的公共企事业单位没有依照规定公开信息的申诉，五个工作日内受理，二十个工作日内调查处理并告知申诉人。",
    none: "有人就本机关主管的学校、医院、供水供电等单位提出申诉，会出现在这里。",
    appeals: true,
};

/// What was done just now.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    done: String,
}

const SAID: &[(&str, &str)] =
    &[("shouli", "已经受理。"), ("jieguo", "结果已经记下，对方凭查询码能看到；告知书在下面。")];

/// What a complaint comes to, by its words.
const OUTCOMES: [(&str, ComplaintOutcome); 4] = [
    ("zhenggai", ComplaintOutcome::ToRectify),
    ("tongbao", ComplaintOutcome::Criticised),
    ("buchengli", ComplaintOutcome::Unfounded),
    ("qita", ComplaintOutcome::Redirected),
];

fn side_of(visit: &Visit) -> &'static Side {
    if visit.path.contains(APPEALS) { &OF_ENTERPRISES } else { &OF_ORGANS }
}

impl Side {
    const fn has(&self, case: &ComplaintCase) -> bool {
        matches!(case.complaint.ground, ComplaintGround::PublicEnterprise) == self.appeals
    }

    /// What the policy is told: a complaint belongs to the organ complained of, an 申诉 to the competent
    /// department.
    fn tie(&self, case: &ComplaintCase) -> Tie {
        Tie::to(if self.appeals { &case.organ } else { &case.about })
    }
}

/// Shows them; what is complained of, and not by whom.
pub async fn show(visit: Visit, clerk: Clerk) -> Result<Html<String>, Fault> {
    let (store, side) = (visit.house.store(), side_of(&visit));
    let all = ComplaintCase::of_organ(store, &clerk.organ.code).await?;
    let organs = Organ::all(store).await?;
    let today = visit.house.ledger().clock().today();
    let calendar = visit.house.ledger().calendar();
    let mut rows = Vec::with_capacity(all.len());
    for case in all.into_iter().filter(|case| side.has(case)) {
        let (tag, due) = standing(&case, today, &calendar)?;
        rows.push(Row {
            about: named(&organs, &case.about),
            ground: case.complaint.ground.name(),
            tag,
            due,
            href: visit.site.link(&format!("{}/{}", side.base, case.id)),
            number: case.number,
        });
    }
    let desk = Workbench::of(&visit, clerk, side.key, side.heading).await?;
    web::page::answer(&ComplaintsPage { desk, side, rows })
}

fn named(organs: &[Organ], about: &str) -> String {
    let found = organs.iter().find(|organ| organ.code == about);
    found.map_or_else(|| about.to_owned(), |organ| organ.name.clone())
}

fn standing(
    case: &ComplaintCase,
    today: Date,
    calendar: &WorkCalendar,
) -> Result<(Tag, String), Fault> {
    let tag = |late: bool, words: &'static str| {
        if late { Tag::over(format!("{words}，已逾期")) } else { Tag::warn(words) }
    };
    Ok(match case.standing(today, calendar).map_err(Fault::inside)? {
        ComplaintStanding::Fresh { due, overdue } => {
            (tag(overdue, "待受理"), format!("最迟 {} 受理", due.date))
        }
        ComplaintStanding::Verifying { due, overdue } => {
            (tag(overdue, "核查中"), format!("最迟 {} 告知结果", due.date))
        }
        ComplaintStanding::Told { on, .. } => (Tag::good("已告知结果"), format!("{on} 告知结果")),
    })
}

/// The complaint of a side that a clerk may handle.
async fn found(
    visit: &Visit,
    clerk: &Clerk,
    (side, id, reason): (&Side, &str, &str),
) -> Result<ComplaintCase, Fault> {
    let found = ComplaintCase::find(visit.house.store(), &clerk.organ.code, id).await?;
    let case = found.filter(|case| side.has(case)).ok_or(Fault::NotFound)?;
    clerk.may(side.power, &side.tie(&case).because(reason))?;
    Ok(case)
}

/// Opens one: who opened it is written down.
async fn opened(
    visit: &Visit,
    clerk: &Clerk,
    (side, id): (&Side, &str),
) -> Result<(ComplaintCase, Complainant), Fault> {
    found(visit, clerk, (side, id, "查看")).await?;
    let sealer = visit.house.sealer().map_err(Fault::inside)?;
    let desk = visit.house.ledger().desk(clerk.actor()).await?;
    seen(perusal::of_complaint(desk, sealer, &Signatory::of(clerk), id).await, REASON)
}

fn matter<'a>(case: &'a ComplaintCase, said: &'a Complainant) -> Matter<'a> {
    Matter {
        about: format!("complaint:{}", case.id),
        number: &case.number,
        name: &said.name,
        received: case.complaint.received,
        words: &said.words,
        ground: Some(case.complaint.ground),
    }
}

/// Shows one.
pub async fn one(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Html<String>, Fault> {
    let side = side_of(&visit);
    let (case, complainant) = opened(&visit, &clerk, (side, &id)).await?;
    let organs = Organ::all(visit.house.store()).await?;
    let today = visit.house.ledger().clock().today();
    let calendar = visit.house.ledger().calendar();
    let (tag, due) = standing(&case, today, &calendar)?;
    let letter = matters::letter(&visit, &clerk, &matter(&case, &complainant)).await?;
    let base = format!("{}/{id}", side.base);
    let link = |act: &str| visit.site.link(&format!("{base}/{act}"));
    let (fresh, told) = (case.complaint.taken_up.is_none(), case.complaint.told.is_some());
    let file = case.request.as_ref().filter(|_| !told && !side.appeals);
    let page = ComplaintPage {
        side,
        about: named(&organs, &case.about),
        ground: case.complaint.ground.name(),
        tag,
        due,
        reached: matters::reached(&complainant.contact),
        complainant,
        take_up: (fresh && !told).then(|| link("shouli")),
        tell: (!fresh && !told).then(|| link("jieguo")),
        result: match case.outcome {
            Some(outcome) => format!("{}：{}", outcome.name(), case.result),
            None => String::new(),
        },
        file: file.map(|request| visit.site.link(&format!("{LIST}/{request}/chayue"))),
        letter: letter.map(|one| one.map(|letter| letter.article)),
        here: visit.site.link(&base),
        desk: Workbench::of(&visit, clerk, side.key, case.number.as_str())
            .await?
            .under(side.heading, side.base)
            .saying(&asked.done, SAID),
        number: case.number,
    };
    web::page::answer(&page)
}

/// Gives the letter that tells the result.
pub async fn letter(
    visit: Visit,
    clerk: Clerk,
    Path((id, ending)): Path<(String, String)>,
) -> Result<Response, Fault> {
    let (case, said) = opened(&visit, &clerk, (side_of(&visit), &id)).await?;
    let letter = matters::letter(&visit, &clerk, &matter(&case, &said)).await?;
    matters::give(&visit, letter, &ending).await
}

/// Takes one up.
pub async fn take_up(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
) -> Result<Response, Fault> {
    let side = side_of(&visit);
    found(&visit, &clerk, (side, &id, "受理")).await?;
    let desk = visit.house.ledger().desk(clerk.actor()).await?;
    seen(complaint::take_up(desk, &Signatory::of(&clerk), &id).await, REASON)?;
    Ok(sent_to(&visit, &format!("{}/{id}?done=shouli", side.base)))
}

/// Tells the result.
pub async fn tell(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    let (side, result) = (side_of(&visit), form.get(REASON).trim());
    found(&visit, &clerk, (side, &id, result)).await?;
    let outcome = meant(&OUTCOMES, form.get("jieguo"));
    let outcome = outcome.ok_or_else(|| Fault::field("jieguo", "没有选结果。请选一项。"))?;
    let desk = visit.house.ledger().desk(clerk.actor()).await?;
    let sealer = visit.house.sealer().map_err(Fault::inside)?;
    let told = complaint::tell(desk, sealer, &Signatory::of(&clerk), &id, (outcome, result)).await;
    seen(told, "jieguo")?;
    Ok(sent_to(&visit, &format!("{}/{id}?done=jieguo", side.base)))
}

impl ComplaintsPage {
    fn empty(&self) -> Empty {
        Empty::new(format!("没有{}", self.side.heading)).because(self.side.none)
    }
}

impl ComplaintPage {
    fn outcomes() -> Vec<(&'static str, &'static str)> {
        OUTCOMES.iter().map(|(word, outcome)| (*word, outcome.name())).collect()
    }
}
