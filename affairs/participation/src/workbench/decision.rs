//! `/gongzuo/juece/{id}/jian/{item}` and `/gongzuo/juece-baogao/{id}`: what is handed in before a decision is discussed, how it
//! is executed, and what an evaluation found.

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::{Method, StatusCode};
use axum::response::{Html, IntoResponse, Response};
use identity::powers::{Condition, Tie};
use participation_rules::{
    DecisionItem, EvaluationGround, LegalOpinion, ListState, Material, MaterialFact, MaterialLack,
    ReportKind, ReportLack, ReportState,
};
use review::unit_path;
use web::components::{ErrorSummary, FieldError, Tag};
use web::layout::Link;
use web::workbench::{Clock, DeskSample, REASON, SHOWN, Submitted, Todo, Workbench};
use web::{Clerk, Fault, House, Route, Visit};

use super::{
    DECISIONS, Done, LIST_EDIT, LIST_MARK, TAKE_DOWN, by, desk_of, drafts, review_of, seen,
    sent_to, withdrawal,
};
use crate::acts::{ActError, decision_report, materials};
use crate::store::{DecisionList, DecisionReport, Materials, ReportSaid, Withdrawable};

const ONE: &str = "/gongzuo/juece/{id}/jian/{item}";
const REPORTING: &str = "/gongzuo/juece/{id}/jian/{item}/baogao";
const REPORT: &str = "/gongzuo/juece-baogao/{id}";
const WITHDRAW: &str = "/gongzuo/juece-baogao/{id}/chexia";
const WITHDRAWAL: &str = "/gongzuo/juece-baogao/{id}/shending";

const SAID: &[(&str, &str)] = &[
    ("cailiao", "已登记。"),
    ("qicao", "已起草。写好以后保存，再送审。"),
    ("baocun", "已保存。"),
    ("songshen", "已送审。审查、签发以后公布，进展里同时有这一条。"),
    ("fangqi", "已放弃这份草稿。"),
    ("tichu", "已提出撤下，由签发人审定。审定以前照常公开。"),
    ("shending", "已审定。"),
];

/// The pages of one decision at the workbench.
pub(crate) fn routes() -> Vec<Route> {
    let (get, post) = (|| Method::GET, || Method::POST);
    let mut all = vec![
        Route::power(LIST_MARK, get(), ONE, show),
        Route::power(LIST_MARK, post(), ONE, note),
        Route::power(LIST_EDIT, post(), REPORTING, begin),
        Route::power(LIST_EDIT, get(), REPORT, report),
        Route::power(LIST_EDIT, post(), REPORT, act),
        Route::power(TAKE_DOWN.1, get(), WITHDRAWAL, deciding),
    ];
    all.extend(withdrawal::forms(Some(Withdrawable::DecisionReport), (WITHDRAW, WITHDRAWAL)));
    all
}

/// An address of each type of page.
pub(crate) const SAMPLES: &[DeskSample] = &[
    DeskSample {
        name: "decision desk",
        path: |house, organ| {
            Box::pin(async move {
                let found = DecisionList::example(house.store(), &organ.code).await?;
                Ok(found.map(|id| format!("{DECISIONS}/{id}/jian/1")))
            })
        },
    },
    DeskSample {
        name: "decision report desk",
        path: |house, organ| {
            Box::pin(async move {
                let found = DecisionReport::example(house.store(), &organ.code).await?;
                Ok(found.map(|id| format!("/gongzuo/juece-baogao/{id}")))
            })
        },
    },
];

#[derive(Template)]
#[template(path = "workbench/decision/one.html")]
struct OnePage {
    desk: Workbench,
    errors: ErrorSummary,
    item: DecisionItem,
    here: String,
    rows: Vec<Row>,
    lacks: Vec<MaterialLack>,
    materials: [Material; 6],
    opinions: [LegalOpinion; 3],
    form: Submitted,
    reports: Vec<(Link, Tag)>,
    kinds: [ReportKind; 2],
}

/// A material as it stands.
struct Row {
    name: &'static str,
    words: String,
}

#[derive(Template)]
#[template(path = "workbench/decision/report.html")]
struct ReportPage {
    desk: Workbench,
    errors: ErrorSummary,
    of: DecisionReport,
    said: ReportSaid,
    tag: Tag,
    here: String,
    drafts: bool,
    evaluates: bool,
    lacks: Vec<ReportLack>,
    grounds: [EvaluationGround; 3],
    ways: Vec<Link>,
    proposes: bool,
    decides: bool,
}

/// The number of a decision in an address.
fn number(item: &str) -> Result<i64, Fault> {
    item.parse().map_err(|_| Fault::NotFound)
}

/// The organ's public list at an address, and one decision of it.
async fn decision(
    visit: &Visit,
    clerk: &Clerk,
    (id, item): (&str, i64),
) -> Result<(DecisionList, DecisionItem), Fault> {
    let found = DecisionList::find(visit.house.store(), id).await?;
    let own = |of: &DecisionList| of.organ == clerk.organ.code && of.state == ListState::Published;
    let of = found.filter(own).ok_or(Fault::NotFound)?;
    let at = usize::try_from(item).ok().and_then(|at| at.checked_sub(1));
    let one = at.and_then(|at| of.said.decisions().into_iter().nth(at));
    let one = one.ok_or(Fault::NotFound)?;
    Ok((of, one))
}

fn tie(organ: &str, unit: &str) -> Tie {
    Tie::to(organ).in_unit(unit)
}

/// Shows one.
async fn show(
    visit: Visit,
    clerk: Clerk,
    Path((id, item)): Path<(String, String)>,
    Query(done): Query<Done>,
) -> Result<Html<String>, Fault> {
    let item = number(&item)?;
    let (of, one) = decision(&visit, &clerk, (&id, item)).await?;
    clerk.may_see(LIST_MARK, &tie(&of.organ, &of.unit))?;
    let page = page(&visit, clerk, (of, item, one), (Submitted::default(), vec![])).await?;
    let desk = page.desk.saying(&done.done, SAID);
    web::page::answer(&OnePage { desk, ..page })
}

async fn page(
    visit: &Visit,
    clerk: Clerk,
    (of, number, item): (DecisionList, i64, DecisionItem),
    (form, errors): (Submitted, Vec<FieldError>),
) -> Result<OnePage, Fault> {
    let store = visit.house.store();
    let known = Materials::of(store, (&of.id, number)).await?;
    let reports = DecisionReport::of_list(store, &of.id, false).await?;
    let reports = reports.iter().filter(|one| one.decision.1 == number);
    let report = |one: &DecisionReport| {
        let until = one.said.until.map(|day| day.to_string()).unwrap_or_default();
        let words = format!("{} {until}", one.said.kind.name());
        (Link::new(words, visit.site.link(&one.desk_path())), tag(one.state))
    };
    let desk = Workbench::of(visit, clerk, "juece", item.title.clone()).await?;
    let desk = desk.under("决策事项目录", DECISIONS).under(of.said.title.clone(), &of.desk_path());
    Ok(OnePage {
        desk: if errors.is_empty() { desk } else { desk.with_errors() },
        errors: ErrorSummary(errors),
        here: visit.site.link(&format!("{}/jian/{number}", of.desk_path())),
        rows: Material::ALL.into_iter().map(|one| row(one, &known)).collect(),
        lacks: Material::lacks(&known, &visit.house.ledger().calendar()),
        materials: Material::ALL,
        opinions: LegalOpinion::ALL,
        form,
        reports: reports.map(report).collect(),
        kinds: ReportKind::ALL,
        item,
    })
}

fn row(material: Material, known: &[MaterialFact]) -> Row {
    let fact = known.iter().find(|fact| fact.material == material);
    let day = |fact: &MaterialFact| fact.day.map(|day| day.to_string()).unwrap_or_default();
    let words = match fact {
        None => "还没有登记".to_owned(),
        Some(fact) if !fact.there => format!("没有：{}", fact.reason),
        Some(fact) => {
            let opinion = fact.opinion.map(|one| format!("，{}", one.name())).unwrap_or_default();
            let why = match fact.reason.as_str() {
                "" => String::new(),
                reason => format!("，{reason}"),
            };
            format!("有，{}{opinion}{why}", day(fact))
        }
    };
    Row { name: material.name(), words }
}

fn tag(state: ReportState) -> Tag {
    match state {
        ReportState::Published => Tag::good(state.name()),
        ReportState::Withdrawn => Tag::over(state.name()),
        _ => Tag::plain(state.name()),
    }
}

/// Notes a material.
async fn note(
    visit: Visit,
    clerk: Clerk,
    Path((id, item)): Path<(String, String)>,
    form: Submitted,
) -> Result<Response, Fault> {
    let item = number(&item)?;
    let (of, one) = decision(&visit, &clerk, (&id, item)).await?;
    clerk.may(LIST_MARK, &tie(&of.organ, &of.unit))?;
    let day = |name: &str| form.get(name).trim().parse().ok();
    let material = Material::parse(form.get("cailiao"));
    let fact = material.map(|material| MaterialFact {
        material,
        there: form.get("you") == "you",
        day: day("riqi"),
        sent_on: day("songshen"),
        opinion: LegalOpinion::parse(form.get("jielun")),
        reason: form.get(REASON).to_owned(),
    });
    let done = match &fact {
        Some(fact) => {
            let desk = desk_of(&visit, &clerk).await?;
            materials::note(desk, &by(&clerk), (&of.organ, &id, item), fact).await
        }
        None => Err(ActError::Field("cailiao", "选哪一样材料".into())),
    };
    match done {
        Err(ActError::Field(field, message)) => {
            let errors = vec![FieldError { field: field.into(), message }];
            let page = page(&visit, clerk, (of, item, one), (form, errors)).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, web::page::answer(&page)?).into_response())
        }
        other => {
            seen(other)?;
            Ok(sent_to(&visit, &format!("{}/jian/{item}?done=cailiao", of.desk_path())))
        }
    }
}

/// Begins a report.
async fn begin(
    visit: Visit,
    clerk: Clerk,
    Path((id, item)): Path<(String, String)>,
    form: Submitted,
) -> Result<Response, Fault> {
    let item = number(&item)?;
    let (of, _) = decision(&visit, &clerk, (&id, item)).await?;
    clerk.may(LIST_EDIT, &tie(&of.organ, &of.unit).holding([Condition::DraftState]))?;
    let kind = ReportKind::parse(form.get("zhonglei"));
    let kind = kind.ok_or_else(|| Fault::field("zhonglei", "选执行情况还是后评估"))?;
    let desk = desk_of(&visit, &clerk).await?;
    let whose = (&clerk.organ, visit.house.is_demo());
    let begun = decision_report::begin(desk, &by(&clerk), whose, (&id, item, kind)).await;
    Ok(sent_to(&visit, &format!("/gongzuo/juece-baogao/{}?done=qicao", seen(begun)?)))
}

pub(super) async fn own(visit: &Visit, clerk: &Clerk, id: &str) -> Result<DecisionReport, Fault> {
    let found = DecisionReport::find(visit.house.store(), id).await?;
    found.filter(|found| found.organ == clerk.organ.code).ok_or(Fault::NotFound)
}

/// What holds of a report as it stands, as the access policy asks.
pub(super) fn tie_of(of: &DecisionReport) -> Tie {
    let tie = tie(&of.organ, &of.unit);
    match of.state {
        ReportState::Draft => tie.holding([Condition::DraftState]),
        ReportState::Review => tie.holding([Condition::InReview]),
        _ => tie,
    }
}

/// Shows a report.
async fn report(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    Query(done): Query<Done>,
) -> Result<Html<String>, Fault> {
    let of = own(&visit, &clerk, &id).await?;
    let page = report_page(&visit, clerk, of, None).await?;
    let desk = page.desk.saying(&done.done, SAID);
    web::page::answer(&ReportPage { desk, ..page })
}

async fn report_page(
    visit: &Visit,
    clerk: Clerk,
    of: DecisionReport,
    refused: Option<(ReportSaid, Vec<FieldError>)>,
) -> Result<ReportPage, Fault> {
    let drafts = of.state == ReportState::Draft && clerk.may(LIST_EDIT, &tie_of(&of)).is_ok();
    let mut ways = Vec::new();
    if of.state == ReportState::Review
        && let Some((unit, _)) = review_of(visit, decision_report::KIND, &of.id).await?
    {
        ways.push(Link::new("看审查", visit.site.link(&unit_path(&unit.id))));
    }
    let public = of.state == ReportState::Published;
    if public {
        ways.push(Link::new("门户上的样子", visit.site.link(&of.path())));
    }
    let proposes = public && of.proposed.is_none() && clerk.has_power(TAKE_DOWN.0);
    let decision = format!("{DECISIONS}/{}/jian/{}", of.decision.0, of.decision.1);
    let (said, errors) = refused.unwrap_or_else(|| (of.said.clone(), vec![]));
    let desk = Workbench::of(visit, clerk, "juece", of.said.kind.name()).await?;
    let desk = desk.under("决策事项目录", DECISIONS).under("这件决策", &decision);
    Ok(ReportPage {
        desk: if errors.is_empty() { desk } else { desk.with_errors() },
        errors: ErrorSummary(errors),
        said,
        tag: tag(of.state),
        here: visit.site.link(&of.desk_path()),
        drafts,
        evaluates: of.said.kind == ReportKind::Evaluation,
        lacks: if drafts { of.said.account().lacks() } else { vec![] },
        grounds: EvaluationGround::ALL,
        ways,
        proposes,
        decides: false,
        of,
    })
}

/// Keeps, hands in or gives up a draft.
async fn act(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    let of = own(&visit, &clerk, &id).await?;
    clerk.may(LIST_EDIT, &tie_of(&of))?;
    let (who, here, organ) = (by(&clerk), of.desk_path(), of.organ.clone());
    if form.get("zuo") == "fangqi" {
        let (list, item) = &of.decision;
        return drafts::given_up::<DecisionReport>(
            &visit,
            &clerk,
            &id,
            &format!("{DECISIONS}/{list}/jian/{item}?done=fangqi"),
        )
        .await;
    }
    let said = ReportSaid {
        kind: of.said.kind,
        until: form.get("jiezhi").trim().parse().ok(),
        by: form.get("danwei").to_owned(),
        body: form.get("zhengwen").to_owned(),
        ground: EvaluationGround::parse(form.get("qingxing")),
        heard: form.get("tingqu").to_owned(),
        used: form.get("yunyong").to_owned(),
        independent: form.has("duli"),
    };
    let version = drafts::version(&form);
    let which = (organ.as_str(), id.as_str(), version);
    let kept = decision_report::keep(desk_of(&visit, &clerk).await?, &who, which, &said).await;
    let errors = drafts::wrong(kept)?;
    if !errors.is_empty() {
        // The form stays that of the version it was shown in.
        let mut shown = of;
        shown.version = version;
        let page = report_page(&visit, clerk, shown, Some((said, errors))).await?;
        return drafts::refused(&page);
    }
    drafts::on::<DecisionReport>(&visit, &clerk, &form, (&id, &here, "")).await
}

/// Shows what is proposed to whoever decides.
async fn deciding(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    Query(done): Query<Done>,
) -> Result<Html<String>, Fault> {
    let of = own(&visit, &clerk, &id).await?;
    if of.proposed.is_none() && done.done.is_empty() {
        return Err(Fault::NotFound);
    }
    let decides = of.proposed.is_some() && of.state == ReportState::Published;
    let page = report_page(&visit, clerk, of, None).await?;
    let here = format!("{}/shending", page.here);
    let desk = page.desk.saying(&done.done, SAID);
    web::page::answer(&ReportPage { desk, decides, here, proposes: false, ..page })
}

/// What waits of reports.
pub(super) async fn todos(house: &House, clerk: &Clerk) -> Result<Vec<Todo>, Fault> {
    if !clerk.has_power(LIST_EDIT) && !clerk.has_power(TAKE_DOWN.1) {
        return Ok(vec![]);
    }
    let all = DecisionReport::waiting(house.store(), &clerk.organ.code).await?;
    let todo = |of: &DecisionReport| {
        let (kind, rest, act) = match &of.proposed {
            None if clerk.may(LIST_EDIT, &tie_of(of)).is_ok() => ("报告退回", "", "去修改"),
            Some(one)
                if clerk.has_power(TAKE_DOWN.1)
                    && !clerk.is_among(one.by.iter().map(String::as_str)) =>
            {
                ("审定撤下", "/shending", "去审定")
            }
            _ => return None,
        };
        Some(Todo {
            entry: "juece",
            kind,
            title: of.said.kind.name().to_owned(),
            detail: of.said.by.clone(),
            clock: Clock::Open,
            path: format!("{}{rest}", of.desk_path()),
            act,
        })
    };
    Ok(all.iter().filter_map(todo).collect())
}

impl OnePage {
    fn chosen(&self, field: &str, value: &str) -> bool {
        self.form.get(field) == value
    }

    fn error(&self, field: &str) -> Option<&str> {
        self.errors.0.iter().find(|one| one.field == field).map(|one| one.message.as_str())
    }
}

impl ReportPage {
    fn shown(&self) -> &'static str {
        SHOWN
    }

    fn error(&self, field: &str) -> Option<&str> {
        self.errors.0.iter().find(|one| one.field == field).map(|one| one.message.as_str())
    }

    fn until(&self) -> String {
        self.said.until.map(|day| day.to_string()).unwrap_or_default()
    }

    fn is_ground(&self, word: &str) -> bool {
        self.said.ground.is_some_and(|own| own.word() == word)
    }
}
