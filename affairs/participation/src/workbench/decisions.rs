//! `/gongzuo/juece`: lists of decisions: drafted, handed in, and what became public of each decision noted.

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use identity::powers::{Condition, Tie};
use participation_rules::{DecisionItem, Milestone};
use review::unit_path;
use web::components::{ErrorSummary, FieldError, Tag};
use web::layout::Link;
use web::workbench::{SHOWN, Submitted, Workbench};
use web::{Clerk, Fault, Visit};

use super::{
    DECISIONS, Done, LIST_EDIT, LIST_MARK, TAKE_DOWN, by, desk_of, drafts, review_of, seen,
    sent_to, withdrawal,
};
use crate::acts::{ActError, decisions};
use crate::store::{DecisionList, DecisionSaid, ListState, Progress, Withdrawable};

const SAID: &[(&str, &str)] = &[
    ("qicao", "已起草。写好以后保存，再送审。"),
    ("baocun", "已保存。"),
    ("songshen", "已送审。审查、签发以后公布。"),
    ("jinzhan", "已登记。"),
    ("chexiao", "已撤销登记错的。"),
];

#[derive(Template)]
#[template(path = "workbench/decisions.html")]
struct ListsPage {
    desk: Workbench,
    rows: Vec<(Link, Tag, i16)>,
    here: String,
}

#[derive(Template)]
#[template(path = "workbench/decision_list.html")]
struct ListPage {
    desk: Workbench,
    errors: ErrorSummary,
    of: DecisionList,
    said: DecisionSaid,
    year: String,
    tag: Tag,
    here: String,
    drafts: bool,
    marks: bool,
    lacks: Vec<&'static str>,
    ways: Vec<Link>,
    items: Vec<(i64, DecisionItem)>,
    progress: Vec<Progress>,
    milestones: [Milestone; 16],
}

/// What holds of a list as it stands, as the access policy asks.
pub(super) fn tie(of: &DecisionList) -> Tie {
    let tie = Tie::to(&of.organ).in_unit(of.unit.clone());
    match of.state {
        ListState::Draft => tie.holding([Condition::DraftState]),
        ListState::Review => tie.holding([Condition::InReview]),
        _ => tie,
    }
}

fn tag(state: ListState) -> Tag {
    match state {
        ListState::Published => Tag::good(state.name()),
        _ => Tag::plain(state.name()),
    }
}

/// The lists of an organ.
pub(super) async fn all(
    visit: Visit,
    clerk: Clerk,
    Query(done): Query<Done>,
) -> Result<Html<String>, Fault> {
    let all = DecisionList::of_organ(visit.house.store(), &clerk.organ.code).await?;
    let row = |one: &DecisionList| {
        let link = Link::new(&one.said.title, visit.site.link(&one.desk_path()));
        (link, tag(one.state), one.said.year)
    };
    let rows = all.iter().map(row).collect();
    let here = visit.site.link(DECISIONS);
    let desk = Workbench::of(&visit, clerk, "juece", "决策事项目录").await?;
    let desk = desk.saying(&done.done, &[("fangqi", "已放弃这份草稿。")]);
    web::page::answer(&ListsPage { desk, rows, here })
}

/// Begins one.
pub(super) async fn begin(visit: Visit, clerk: Clerk, _form: Submitted) -> Result<Response, Fault> {
    let tie = Tie::to(&clerk.organ.code).in_unit(clerk.unit.clone());
    clerk.may(LIST_EDIT, &tie.holding([Condition::DraftState]))?;
    let desk = desk_of(&visit, &clerk).await?;
    let of = (&clerk.organ, visit.house.is_demo());
    let begun = seen(decisions::begin(desk, &by(&clerk), of).await)?;
    Ok(sent_to(&visit, &format!("{DECISIONS}/{begun}?done=qicao")))
}

async fn own(visit: &Visit, clerk: &Clerk, id: &str) -> Result<DecisionList, Fault> {
    let found = DecisionList::find(visit.house.store(), id).await?;
    found.filter(|found| found.organ == clerk.organ.code).ok_or(Fault::NotFound)
}

/// Shows one.
pub(super) async fn show(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    Query(done): Query<Done>,
) -> Result<Html<String>, Fault> {
    let of = own(&visit, &clerk, &id).await?;
    let page = page(&visit, clerk, of, None).await?;
    let desk = page.desk.saying(&done.done, SAID);
    web::page::answer(&ListPage { desk, ..page })
}

/// What a form brought back: what it says, the year as it was typed, and what is wrong.
type Refused = Option<(DecisionSaid, String, Vec<FieldError>)>;

async fn page(
    visit: &Visit,
    clerk: Clerk,
    of: DecisionList,
    refused: Refused,
) -> Result<ListPage, Fault> {
    let drafts = of.state == ListState::Draft && clerk.may(LIST_EDIT, &tie(&of)).is_ok();
    let marks = of.state == ListState::Published && clerk.may(LIST_MARK, &tie(&of)).is_ok();
    let mut ways = Vec::new();
    if of.state == ListState::Review
        && let Some((unit, _)) = review_of(visit, decisions::KIND, &of.id).await?
    {
        ways.push(Link::new("看审查", visit.site.link(&unit_path(&unit.id))));
    }
    if of.state == ListState::Published {
        ways.push(Link::new("门户上的样子", visit.site.link(&of.path())));
        if clerk.may(TAKE_DOWN.0, &tie(&of).because("看")).is_ok() {
            let path = withdrawal::path(Withdrawable::DecisionList, &of.id);
            ways.push(Link::new("公布错了，撤下", visit.site.link(&path)));
        }
    }
    let kept = || (of.said.clone(), of.said.year.to_string(), vec![]);
    let (said, year, errors) = refused.unwrap_or_else(kept);
    let desk = Workbench::of(visit, clerk, "juece", of.said.title.clone()).await?;
    let desk = desk.under("决策事项目录", DECISIONS);
    let progress = Progress::of(visit.house.store(), &of.id).await?;
    Ok(ListPage {
        desk: if errors.is_empty() { desk } else { desk.with_errors() },
        errors: ErrorSummary(errors),
        said,
        year,
        tag: tag(of.state),
        here: visit.site.link(&of.desk_path()),
        drafts,
        marks,
        lacks: if drafts { decisions::lacks(&of.said) } else { vec![] },
        ways,
        items: (1..).zip(of.said.decisions()).collect(),
        progress,
        milestones: Milestone::ALL,
        of,
    })
}

/// Keeps, hands in or gives up a draft.
pub(super) async fn act(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    let of = own(&visit, &clerk, &id).await?;
    clerk.may(LIST_EDIT, &tie(&of))?;
    let (who, here, organ) = (by(&clerk), of.desk_path(), of.organ.clone());
    if form.get("zuo") == "fangqi" {
        return drafts::given_up::<DecisionList>(
            &visit,
            &clerk,
            &id,
            &format!("{DECISIONS}?done=fangqi"),
        )
        .await;
    }
    let said = DecisionSaid {
        year: form.get("niandu").trim().parse().unwrap_or_default(),
        title: form.get("mingcheng").to_owned(),
        approved_by: form.get("pizhun").to_owned(),
        approved_on: form.get("pizhunri").trim().parse().ok(),
        mechanism: form.get("jizhi").to_owned(),
        items: form.get("shixiang").to_owned(),
    };
    let version = drafts::version(&form);
    let which = (organ.as_str(), id.as_str(), version);
    let kept = decisions::keep(desk_of(&visit, &clerk).await?, &who, which, &said).await;
    let errors = drafts::wrong(kept)?;
    if !errors.is_empty() {
        let mut shown = of;
        shown.version = version;
        let brought = Some((said, form.get("niandu").to_owned(), errors));
        return drafts::refused(&page(&visit, clerk, shown, brought).await?);
    }
    drafts::on::<DecisionList>(&visit, &clerk, &form, (&id, &here, "")).await
}

fn refused(page: ListPage) -> Result<Response, Fault> {
    Ok((StatusCode::UNPROCESSABLE_ENTITY, web::page::answer(&page)?).into_response())
}

/// Notes what became public of a decision, or takes back what was noted by mistake.
pub(super) async fn mark(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    let of = own(&visit, &clerk, &id).await?;
    clerk.may(LIST_MARK, &tie(&of))?;
    let (who, here, organ) = (by(&clerk), of.desk_path(), of.organ.clone());
    let desk = desk_of(&visit, &clerk).await?;
    if let Some(progress) = form.words("chexiao") {
        seen(decisions::unmark(desk, (&organ, &id), progress).await)?;
        return Ok(sent_to(&visit, &format!("{here}?done=chexiao")));
    }
    let item = form.get("jian").parse().unwrap_or_default();
    let day = form.get("riqi").trim().parse().ok();
    let what = (Milestone::parse(form.get("jinzhan")), day, form.get("wangzhi"));
    match decisions::mark(desk, &who, (&organ, &id, item), what).await {
        Err(ActError::Field(field, message)) => {
            let errors = vec![FieldError { field: field.into(), message }];
            let brought = Some((of.said.clone(), of.said.year.to_string(), errors));
            refused(page(&visit, clerk, of, brought).await?)
        }
        other => {
            seen(other)?;
            Ok(sent_to(&visit, &format!("{here}?done=jinzhan")))
        }
    }
}

impl ListPage {
    fn shown(&self) -> &'static str {
        SHOWN
    }

    fn error(&self, field: &str) -> Option<&str> {
        self.errors.0.iter().find(|one| one.field == field).map(|one| one.message.as_str())
    }

    fn approved_on(&self) -> String {
        self.said.approved_on.map(|day| day.to_string()).unwrap_or_default()
    }
}
