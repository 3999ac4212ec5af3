//! `/gongzuo/huodong`: 座谈会、实地走访、列席会议、政策大讲堂、问政: drafted, handed in, and what waits of each now.

mod places;
mod record;
mod waiting;

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::Method;
use axum::response::{Html, Response};
use identity::powers::{Condition, Tie};
use participation_rules::{
    Enrols, GatheringKind, GatheringLack, GatheringStage, GatheringStep, Placing,
};
use review::unit_path;
use web::components::{ErrorSummary, FieldError, Tag};
use web::layout::Link;
use web::workbench::{DeskSample, SHOWN, Submitted, Workbench};
use web::{Clerk, Fault, Route, Visit};

use super::{
    DRAFT, Done, HEARING_CANCEL, HEARING_RECORD, HEARING_SELECT, READ, REGISTERING, TAKE_DOWN, by,
    cancellation, desk_of, drafts, review_of, seen, sent_to, withdrawal,
};
use crate::acts::gathering::{self, minutes};
use crate::portal::day_words;
use crate::store::{
    Cancellable, Consultation, DecisionList, Gathering, GatheringSaid, ListState, Withdrawable,
};

pub(super) use waiting::todos;

/// The list, below a site.
pub(super) const LIST: &str = "/gongzuo/huodong";
const ONE: &str = "/gongzuo/huodong/{id}";
const PLACES: &str = "/gongzuo/huodong/{id}/baoming";
const RECORD: &str = "/gongzuo/huodong/{id}/jiyao";
const SAYING: &str = "/gongzuo/huodong/{id}/yijian";
const CANCELLING: &str = "/gongzuo/huodong/{id}/quxiao";
const WITHDRAW: &str = "/gongzuo/huodong/{id}/chexia";
const WITHDRAWAL: &str = "/gongzuo/huodong/{id}/chexia/shending";

/// So many lists of decisions, the newest, are offered.
const OFFERED: usize = 3;

const SAID: &[(&str, &str)] = &[
    ("qicao", "已起草。写好以后保存，再送审。"),
    ("baocun", "已保存。"),
    ("songshen", "已送审。审查、签发以后公布。"),
    ("jiyao", "纪要已送审。"),
];

/// The pages of gatherings at the workbench.
pub(crate) fn routes() -> Vec<Route> {
    let (get, post) = (|| Method::GET, || Method::POST);
    let mut all = vec![
        Route::power(READ, get(), LIST, all),
        Route::power(DRAFT, post(), LIST, begin),
        Route::power(READ, get(), ONE, show),
        Route::power(DRAFT, post(), ONE, act),
        Route::power(HEARING_SELECT, get(), PLACES, places::show),
        Route::power(HEARING_SELECT, post(), PLACES, places::act),
        Route::power(HEARING_RECORD, get(), RECORD, record::show),
        Route::power(HEARING_RECORD, post(), RECORD, record::act),
        Route::power(REGISTERING, get(), SAYING, record::saying),
        Route::power(REGISTERING, post(), SAYING, record::say),
    ];
    all.extend(cancellation::routes(Cancellable::Gathering, CANCELLING));
    all.extend(withdrawal::routes(Some(Withdrawable::Gathering), (WITHDRAW, WITHDRAWAL)));
    all
}

macro_rules! of_example {
    ($name:literal, $recorded:literal, $rest:literal) => {
        DeskSample {
            name: $name,
            path: |house, organ| {
                Box::pin(async move {
                    let which = (organ.code.as_str(), $recorded);
                    let found = Gathering::example(house.store(), which).await?;
                    Ok(found.map(|id| format!("{LIST}/{id}{}", $rest)))
                })
            },
        }
    };
}

/// An address of each type of page.
pub(crate) const SAMPLES: &[DeskSample] = &[
    DeskSample { name: "gatherings desk", path: |_, _| Box::pin(async { Ok(Some(LIST.into())) }) },
    of_example!("gathering desk", false, ""),
    of_example!("gathering places desk", true, "/baoming"),
    of_example!("gathering record desk", true, "/jiyao"),
    of_example!("gathering opinions desk", true, "/yijian"),
    of_example!("gathering withdrawal", true, "/chexia"),
    of_example!("gathering cancelling", false, "/quxiao"),
];

#[derive(Template)]
#[template(path = "workbench/gathering/all.html")]
struct AllPage {
    desk: Workbench,
    rows: Vec<(Link, Tag, &'static str, String)>,
    here: String,
    begins: bool,
    kinds: [GatheringKind; 5],
}

#[derive(Template)]
#[template(path = "workbench/gathering/one.html")]
struct OnePage {
    desk: Workbench,
    errors: ErrorSummary,
    of: Gathering,
    /// What the form shows, or what was said.
    said: GatheringSaid,
    tag: Tag,
    here: String,
    drafts: bool,
    lacks: Vec<GatheringLack>,
    days: Vec<(&'static str, String)>,
    ways: Vec<Link>,
    /// Drafts and decisions that it may be about: what the form sends, and what is read.
    consultations: Vec<(String, String)>,
    decisions: Vec<(String, String)>,
    placings: Vec<Placing>,
    enrols: bool,
}

/// How far one has come, as a mark.
fn tag(stage: GatheringStage) -> Tag {
    match stage {
        GatheringStage::Open => Tag::info(stage.name()),
        GatheringStage::Held => Tag::warn(stage.name()),
        GatheringStage::Recorded => Tag::good(stage.name()),
        other => Tag::plain(other.name()),
    }
}

/// What holds of a gathering at its stage, as the access policy asks.
pub(super) fn tie(of: &Gathering, stage: GatheringStage) -> Tie {
    let tie = Tie::to(&of.organ).in_unit(of.unit.clone()).holding([Condition::Masked]);
    match stage {
        GatheringStage::Draft => tie.holding([Condition::DraftState]),
        GatheringStage::InReview => tie.holding([Condition::InReview]),
        GatheringStage::Open => tie.holding([Condition::WhileOpen]),
        GatheringStage::RecordInReview => tie.holding([Condition::InReview, Condition::AfterClose]),
        _ => tie.holding([Condition::AfterClose]),
    }
}

/// The organ's gathering at an address, as it stands today; the caller asks the policy.
pub(super) async fn of_organ(
    visit: &Visit,
    clerk: &Clerk,
    id: &str,
) -> Result<(Gathering, GatheringStage), Fault> {
    let found = Gathering::find(visit.house.store(), id).await?;
    let found = found.filter(|found| found.organ == clerk.organ.code).ok_or(Fault::NotFound)?;
    let stage = found.stage(visit.house.ledger().clock().today());
    Ok((found, stage))
}

/// A page of one gathering, below it.
fn below(of: &Gathering, rest: &str) -> String {
    format!("{}{rest}", of.desk_path())
}

/// A workbench page below a gathering.
async fn desk_below(
    visit: &Visit,
    clerk: Clerk,
    of: &Gathering,
    words: &str,
) -> Result<Workbench, Fault> {
    let desk = Workbench::of(visit, clerk, "huodong", words.to_owned()).await?;
    Ok(desk.under("活动和会议", LIST).under(of.said.title.clone(), &of.desk_path()))
}

/// The gatherings of an organ.
async fn all(visit: Visit, clerk: Clerk, Query(done): Query<Done>) -> Result<Html<String>, Fault> {
    let today = visit.house.ledger().clock().today();
    let all = Gathering::of_organ(visit.house.store(), &clerk.organ.code).await?;
    let seen = all.iter().filter(|of| clerk.may(READ, &tie(of, of.stage(today))).is_ok());
    let row = |of: &Gathering| {
        let day = of.said.held_on.map(|day| day.to_string()).unwrap_or_default();
        let link = Link::new(&of.said.title, visit.site.link(&of.desk_path()));
        (link, tag(of.stage(today)), of.said.kind.name(), day)
    };
    let rows = seen.map(row).collect();
    let (here, begins) = (visit.site.link(LIST), clerk.has_power(DRAFT));
    let desk = Workbench::of(&visit, clerk, "huodong", "活动和会议").await?;
    let desk = desk.saying(&done.done, &[("fangqi", "已放弃这份草稿。")]);
    web::page::answer(&AllPage { desk, rows, here, begins, kinds: GatheringKind::ALL })
}

/// Begins one of a kind.
async fn begin(visit: Visit, clerk: Clerk, form: Submitted) -> Result<Response, Fault> {
    let tie = Tie::to(&clerk.organ.code).in_unit(clerk.unit.clone());
    clerk.may(DRAFT, &tie.holding([Condition::DraftState]))?;
    let kind = GatheringKind::parse(form.get("zhonglei"));
    let kind = kind.ok_or_else(|| Fault::field("zhonglei", "选办什么活动"))?;
    let desk = desk_of(&visit, &clerk).await?;
    let of = (&clerk.organ, visit.house.is_demo());
    let begun = seen(gathering::begin(desk, &by(&clerk), of, kind).await)?;
    Ok(sent_to(&visit, &format!("{LIST}/{begun}?done=qicao")))
}

/// Shows one.
async fn show(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    Query(done): Query<Done>,
) -> Result<Html<String>, Fault> {
    let (of, stage) = of_organ(&visit, &clerk, &id).await?;
    clerk.may_see(READ, &tie(&of, stage))?;
    let page = page(&visit, clerk, (of, stage), None).await?;
    let desk = page.desk.saying(&done.done, SAID);
    web::page::answer(&OnePage { desk, ..page })
}

async fn page(
    visit: &Visit,
    clerk: Clerk,
    (of, stage): (Gathering, GatheringStage),
    refused: Option<(GatheringSaid, Vec<FieldError>)>,
) -> Result<OnePage, Fault> {
    let today = visit.house.ledger().clock().today();
    let drafts = stage == GatheringStage::Draft && clerk.may(DRAFT, &tie(&of, stage)).is_ok();
    let ways = ways(visit, &clerk, &of, stage).await?;
    let (said, errors) = refused.unwrap_or_else(|| (of.said.clone(), vec![]));
    let (consultations, decisions) = match drafts {
        true => (consultations(visit, &of.organ).await?, decisions(visit, &of.organ).await?),
        false => (vec![], vec![]),
    };
    let terms = of.said.kind.terms();
    let desk = Workbench::of(visit, clerk, "huodong", of.said.title.clone()).await?;
    let desk = desk.under("活动和会议", LIST);
    Ok(OnePage {
        desk: if errors.is_empty() { desk } else { desk.with_errors() },
        errors: ErrorSummary(errors),
        said,
        tag: tag(stage),
        here: visit.site.link(&of.desk_path()),
        drafts,
        lacks: if drafts { gathering::lacks(&of.said, today) } else { vec![] },
        days: days(&of),
        ways,
        consultations,
        decisions,
        placings: terms.placings.to_vec(),
        enrols: terms.enrols != Enrols::Never,
        of,
    })
}

/// The organ's drafts that are public.
async fn consultations(visit: &Visit, organ: &str) -> Result<Vec<(String, String)>, Fault> {
    let today = visit.house.ledger().clock().today();
    let (all, _) = Consultation::of_organ(visit.house.store(), organ, (None, 100)).await?;
    let public = all.into_iter().filter(|of| of.stage(today).is_public());
    Ok(public.map(|of| (of.id, of.said.title)).collect())
}

/// The decisions of the organ's newest lists.
async fn decisions(visit: &Visit, organ: &str) -> Result<Vec<(String, String)>, Fault> {
    let store = visit.house.store();
    let lists = DecisionList::of_organ(store, organ).await?.into_iter();
    let public = lists.filter(|of| of.state == ListState::Published).take(OFFERED);
    let mut offered = Vec::new();
    for list in public {
        let Some(of) = DecisionList::find(store, &list.id).await? else { continue };
        for (item, one) in (1..).zip(of.said.decisions()) {
            offered.push((decision_word(&of.id, item), format!("{} {}", of.said.year, one.title)));
        }
    }
    Ok(offered)
}

/// A decision as the form sends it.
fn decision_word(list: &str, item: i64) -> String {
    format!("{list}_{item}")
}

fn days(of: &Gathering) -> Vec<(&'static str, String)> {
    let days = [
        ("公布公告", of.opened_on),
        ("报名截止", of.said.enrol_until),
        ("选定参加人", of.chosen_on),
        ("活动", of.said.held_on),
        ("公布纪要", of.recorded_on),
        ("取消", of.cancelled.as_ref().map(|(day, _)| *day)),
        ("撤下", of.withdrawn_on),
    ];
    days.into_iter().filter_map(|(name, day)| day.map(|day| (name, day_words(day)))).collect()
}

/// Where one goes on from here, as far as the clerk may.
async fn ways(
    visit: &Visit,
    clerk: &Clerk,
    of: &Gathering,
    stage: GatheringStage,
) -> Result<Vec<Link>, Fault> {
    let mut ways = Vec::new();
    let mut way = |words: &str, path: String| ways.push(Link::new(words, visit.site.link(&path)));
    let kind = match stage {
        GatheringStage::InReview => Some(gathering::KIND),
        GatheringStage::RecordInReview => Some(minutes::KIND),
        _ => None,
    };
    if let Some(kind) = kind
        && let Some((unit, _)) = review_of(visit, kind, &of.id).await?
    {
        way("看审查", unit_path(&unit.id));
    }
    if stage.is_public() {
        way("门户上的样子", of.path());
    }
    let tie = tie(of, stage);
    let follows = |step: GatheringStep| stage.after(step).is_ok();
    let enrols = !of.said.groups.is_empty() && of.opened_on.is_some();
    if enrols && clerk.may(HEARING_SELECT, &tie.clone().because("看")).is_ok() {
        way("报名的人", below(of, "/baoming"));
    }
    let draft = !of.said.consultation.is_empty();
    if draft && follows(GatheringStep::Note) && clerk.may(REGISTERING, &tie).is_ok() {
        way("登记会上的意见", below(of, "/yijian"));
    }
    if follows(GatheringStep::Record) && clerk.may(HEARING_RECORD, &tie).is_ok() {
        way(of.said.kind.terms().record, below(of, "/jiyao"));
    }
    if follows(GatheringStep::Cancel) && clerk.has_power(HEARING_CANCEL) {
        way("取消", below(of, "/quxiao"));
    }
    if follows(GatheringStep::Withdraw) && clerk.has_power(TAKE_DOWN.0) {
        way("撤下", below(of, "/chexia"));
    }
    Ok(ways)
}

/// What a form says of one of its kind.
fn read(form: &Submitted, kind: GatheringKind) -> GatheringSaid {
    let text = |name: &str| form.get(name).to_owned();
    let day = |name: &str| form.get(name).trim().parse().ok();
    let first = kind.terms().placings.first().copied();
    let placing = Placing::parse(form.get("fangshi")).or(first);
    let decision = form.words("juece").map(|word| {
        let (list, item) = word.rsplit_once('_').unwrap_or((word, ""));
        (list.to_owned(), item.parse().unwrap_or_default())
    });
    GatheringSaid {
        kind,
        title: text("mingcheng"),
        matters: text("shixiang"),
        place: text("didian"),
        held_on: day("kaihui"),
        held_at: text("shijian"),
        who: text("shui"),
        groups: text("minge"),
        placing: placing.unwrap_or(Placing::Arrival),
        rule: text("banfa"),
        enrol_until: day("jiezhi"),
        telephone: text("dianhua"),
        consultation: form.get("caoan").trim().to_owned(),
        decision,
    }
}

/// Keeps, hands in or gives up a draft.
async fn act(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    let (of, stage) = of_organ(&visit, &clerk, &id).await?;
    clerk.may(DRAFT, &tie(&of, stage))?;
    let (who, here, organ) = (by(&clerk), of.desk_path(), of.organ.clone());
    if form.get("zuo") == "fangqi" {
        return drafts::given_up::<Gathering>(&visit, &clerk, &id, &format!("{LIST}?done=fangqi"))
            .await;
    }
    let said = read(&form, of.said.kind);
    let version = drafts::version(&form);
    let which = (organ.as_str(), id.as_str(), version);
    let kept = gathering::keep(desk_of(&visit, &clerk).await?, &who, which, &said).await;
    let errors = drafts::wrong(kept)?;
    if !errors.is_empty() {
        // The form stays that of the version it was shown in.
        let mut shown = of;
        shown.version = version;
        let page = page(&visit, clerk, (shown, stage), Some((said, errors))).await?;
        return drafts::refused(&page);
    }
    drafts::on::<Gathering>(&visit, &clerk, &form, (&id, &here, "")).await
}

impl OnePage {
    fn shown(&self) -> &'static str {
        SHOWN
    }

    fn error(&self, field: &str) -> Option<&str> {
        self.errors.0.iter().find(|one| one.field == field).map(|one| one.message.as_str())
    }

    fn day(&self, field: &str) -> String {
        let day = match field {
            "kaihui" => self.said.held_on,
            _ => self.said.enrol_until,
        };
        day.map(|day| day.to_string()).unwrap_or_default()
    }

    fn is_draft(&self, id: &str) -> bool {
        self.said.consultation == id
    }

    fn is_decision(&self, word: &str) -> bool {
        let own = self.said.decision.as_ref();
        own.is_some_and(|(list, item)| decision_word(list, *item) == word)
    }

    fn is_placing(&self, word: &str) -> bool {
        self.said.placing.word() == word
    }
}
