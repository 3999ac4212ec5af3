//! `/gongzuo/fangtan`: 在线访谈: drafted, handed in, questions sorted, live text entered by one and released by another, the
//! transcript.

mod live;
mod releasing;
mod transcript;
mod waiting;

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::Method;
use axum::response::{Html, Response};
use identity::powers::{Condition, Tie};
use participation_rules::{InterviewLack, InterviewStage, InterviewStep};
use review::unit_path;
use serde::Deserialize;
use web::components::{ErrorSummary, FieldError, Tag};
use web::layout::Link;
use web::workbench::{DeskEntry, DeskSample, SHOWN, Submitted, Workbench};
use web::{Clerk, Fault, Route, Visit};

use super::{
    DRAFT, Done, HEARING_CANCEL, HEARING_RECORD, READ, READ_OPINIONS, TAKE_DOWN, by, cancellation,
    desk_of, drafts, review_of, seen, sent_to, withdrawal,
};
use crate::acts::{interview, transcript as written};
use crate::portal::day_words;
use crate::store::{Cancellable, Interview, InterviewQuestion, InterviewSaid, Withdrawable};

pub(super) use waiting::todos;

/// The list, below a site.
pub(super) const LIST: &str = "/gongzuo/fangtan";
const ONE: &str = "/gongzuo/fangtan/{id}";
const QUESTIONS: &str = "/gongzuo/fangtan/{id}/tiwen";
const LIVE: &str = "/gongzuo/fangtan/{id}/xianchang";
const RELEASING: &str = "/gongzuo/fangtan/{id}/fangxing";
const TRANSCRIPT: &str = "/gongzuo/fangtan/{id}/shilu";
const CANCELLING: &str = "/gongzuo/fangtan/{id}/quxiao";
const WITHDRAW: &str = "/gongzuo/fangtan/{id}/chexia";
const WITHDRAWAL: &str = "/gongzuo/fangtan/{id}/chexia/shending";

/// To begin, enter, amend and end; and to let everybody see what another entered.
const ENTER: &str = "interview.enter";
const RELEASE: &str = "interview.release";

/// Rows at once.
const AT_ONCE: i64 = 100;

const SAID: &[(&str, &str)] = &[
    ("qicao", "已起草。写好以后保存，再送审。"),
    ("baocun", "已保存。"),
    ("songshen", "已送审。审查、签发以后公布，公布以后收提问。"),
    ("shilu", "访谈实录已送审。"),
];

/// The entry in the menu.
pub(crate) const NAV: &[DeskEntry] =
    &[DeskEntry { heading: "公开", rank: 30, key: "fangtan", words: "在线访谈", path: LIST }];

/// The pages of interviews at the workbench.
pub(crate) fn routes() -> Vec<Route> {
    let (get, post) = (|| Method::GET, || Method::POST);
    let mut all = vec![
        Route::power(READ, get(), LIST, all),
        Route::power(DRAFT, post(), LIST, begin),
        Route::power(READ, get(), ONE, show),
        Route::power(DRAFT, post(), ONE, act),
        Route::power(READ_OPINIONS, get(), QUESTIONS, questions),
        Route::power(ENTER, get(), LIVE, live::show),
        Route::power(ENTER, post(), LIVE, live::act),
        Route::power(RELEASE, get(), RELEASING, releasing::show),
        Route::power(RELEASE, post(), RELEASING, releasing::act),
        Route::power(HEARING_RECORD, get(), TRANSCRIPT, transcript::show),
        Route::power(HEARING_RECORD, post(), TRANSCRIPT, transcript::act),
    ];
    all.extend(cancellation::routes(Cancellable::Interview, CANCELLING));
    all.extend(withdrawal::routes(Some(Withdrawable::Interview), (WITHDRAW, WITHDRAWAL)));
    all
}

macro_rules! of_example {
    ($name:literal, $asking:literal, $rest:literal) => {
        DeskSample {
            name: $name,
            path: |house, organ| {
                Box::pin(async move {
                    let found = Interview::example(house.store(), &organ.code, $asking).await?;
                    Ok(found.map(|id| format!("{LIST}/{id}{}", $rest)))
                })
            },
        }
    };
}

/// An address of each type of page.
pub(crate) const SAMPLES: &[DeskSample] = &[
    DeskSample { name: "interviews desk", path: |_, _| Box::pin(async { Ok(Some(LIST.into())) }) },
    of_example!("interview desk", true, ""),
    of_example!("interview questions desk", true, "/tiwen"),
    of_example!("interview live desk", false, "/xianchang"),
    of_example!("interview releasing desk", false, "/fangxing"),
    of_example!("interview transcript desk", false, "/shilu"),
    of_example!("interview cancelling", true, "/quxiao"),
    of_example!("interview withdrawal", false, "/chexia"),
];

#[derive(Template)]
#[template(path = "workbench/interview/all.html")]
struct AllPage {
    desk: Workbench,
    rows: Vec<(Link, Tag, String, i64)>,
    here: String,
    begins: bool,
}

#[derive(Template)]
#[template(path = "workbench/interview/one.html")]
struct OnePage {
    desk: Workbench,
    errors: ErrorSummary,
    of: Interview,
    /// What the form shows, or what was said.
    said: InterviewSaid,
    tag: Tag,
    here: String,
    drafts: bool,
    lacks: Vec<InterviewLack>,
    days: Vec<(&'static str, String)>,
    ways: Vec<Link>,
}

#[derive(Template)]
#[template(path = "workbench/interview/questions.html")]
struct QuestionsPage {
    desk: Workbench,
    title: String,
    rows: Vec<InterviewQuestion>,
    next: Option<String>,
}

/// How far one has come, as a mark.
fn tag(stage: InterviewStage) -> Tag {
    match stage {
        InterviewStage::Announced | InterviewStage::Live => Tag::info(stage.name()),
        InterviewStage::Closed | InterviewStage::Ended => Tag::warn(stage.name()),
        InterviewStage::Published => Tag::good(stage.name()),
        other => Tag::plain(other.name()),
    }
}

/// What holds of an interview at its stage, as the access policy asks.
pub(super) fn tie(of: &Interview, stage: InterviewStage) -> Tie {
    let tie = Tie::to(&of.organ).in_unit(of.unit.clone()).holding([Condition::Masked]);
    match stage {
        InterviewStage::Draft => tie.holding([Condition::DraftState]),
        InterviewStage::InReview => tie.holding([Condition::InReview]),
        InterviewStage::Announced => tie.holding([Condition::WhileOpen]),
        InterviewStage::TranscriptInReview => {
            tie.holding([Condition::InReview, Condition::AfterClose])
        }
        _ => tie.holding([Condition::AfterClose]),
    }
}

/// The organ's interview at an address, as it stands today; the caller asks the policy.
pub(super) async fn of_organ(
    visit: &Visit,
    clerk: &Clerk,
    id: &str,
) -> Result<(Interview, InterviewStage), Fault> {
    let found = Interview::find(visit.house.store(), id).await?;
    let found = found.filter(|found| found.organ == clerk.organ.code).ok_or(Fault::NotFound)?;
    let stage = found.stage(visit.house.ledger().clock().today());
    Ok((found, stage))
}

/// A page of one interview, below it.
fn below(of: &Interview, rest: &str) -> String {
    format!("{}{rest}", of.desk_path())
}

/// A workbench page of an interview.
async fn desk_for(visit: &Visit, clerk: Clerk, words: &str) -> Result<Workbench, Fault> {
    let desk = Workbench::of(visit, clerk, "fangtan", words.to_owned()).await?;
    Ok(desk.under("在线访谈", LIST))
}

/// All of the organ that the clerk may read, the newest first.
async fn all(visit: Visit, clerk: Clerk) -> Result<Html<String>, Fault> {
    let today = visit.house.ledger().clock().today();
    let found = Interview::of_organ(visit.house.store(), &clerk.organ.code, AT_ONCE).await?;
    let may = |of: &&Interview| clerk.may(READ, &tie(of, of.stage(today))).is_ok();
    let row = |of: &Interview| {
        let day = of.said.held_on.map(|day| day.to_string()).unwrap_or_default();
        let link = Link::new(&of.said.title, visit.site.link(&of.desk_path()));
        (link, tag(of.stage(today)), day, of.questions)
    };
    let rows = found.iter().filter(may).map(row).collect();
    let begins = clerk.has_power(DRAFT);
    let desk = Workbench::of(&visit, clerk, "fangtan", "在线访谈").await?;
    web::page::answer(&AllPage { desk, rows, here: visit.site.link(LIST), begins })
}

/// Begins one.
async fn begin(visit: Visit, clerk: Clerk, form: Submitted) -> Result<Response, Fault> {
    let tie = Tie::to(&clerk.organ.code).in_unit(clerk.unit.clone());
    clerk.may(DRAFT, &tie.holding([Condition::DraftState]))?;
    let desk = desk_of(&visit, &clerk).await?;
    let of = (&clerk.organ, visit.house.is_demo());
    let begun = seen(interview::begin(desk, &by(&clerk), of, form.get("mingcheng")).await)?;
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
    (of, stage): (Interview, InterviewStage),
    refused: Option<(InterviewSaid, Vec<FieldError>)>,
) -> Result<OnePage, Fault> {
    let today = visit.house.ledger().clock().today();
    let drafts = stage == InterviewStage::Draft && clerk.may(DRAFT, &tie(&of, stage)).is_ok();
    let ways = ways(visit, &clerk, &of, stage).await?;
    let (said, errors) = refused.unwrap_or_else(|| (of.said.clone(), vec![]));
    let desk = desk_for(visit, clerk, &of.said.title).await?;
    Ok(OnePage {
        desk: if errors.is_empty() { desk } else { desk.with_errors() },
        errors: ErrorSummary(errors),
        said,
        tag: tag(stage),
        here: visit.site.link(&of.desk_path()),
        drafts,
        lacks: if drafts { interview::lacks(&of.said, today) } else { vec![] },
        days: days(&of),
        ways,
        of,
    })
}

fn days(of: &Interview) -> Vec<(&'static str, String)> {
    let days = [
        ("公布预告", of.opened_on),
        ("提问收到", of.said.ask_until),
        ("访谈", of.said.held_on),
        ("公布实录", of.published_on),
        ("取消", of.cancelled.as_ref().map(|(day, _)| *day)),
        ("撤下", of.withdrawn.as_ref().map(|(day, _)| *day)),
    ];
    days.into_iter().filter_map(|(name, day)| day.map(|day| (name, day_words(day)))).collect()
}

/// Where one goes on from here, as far as the clerk may.
async fn ways(
    visit: &Visit,
    clerk: &Clerk,
    of: &Interview,
    stage: InterviewStage,
) -> Result<Vec<Link>, Fault> {
    let mut ways = Vec::new();
    let mut way = |words: &str, path: String| ways.push(Link::new(words, visit.site.link(&path)));
    let kind = match stage {
        InterviewStage::InReview => Some(interview::KIND),
        InterviewStage::TranscriptInReview => Some(written::KIND),
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
    let follows = |step: InterviewStep| stage.after(step).is_ok();
    if stage.is_public() && clerk.may(READ_OPINIONS, &tie).is_ok() {
        way("收到的提问", below(of, "/tiwen"));
    }
    let enters = follows(InterviewStep::Start) || follows(InterviewStep::Amend);
    if enters && clerk.may(ENTER, &tie).is_ok() {
        way("访谈现场", below(of, "/xianchang"));
    }
    if follows(InterviewStep::Release) && clerk.may(RELEASE, &tie).is_ok() {
        way("放行", below(of, "/fangxing"));
    }
    if follows(InterviewStep::SubmitTranscript) && clerk.may(HEARING_RECORD, &tie).is_ok() {
        way("整理实录", below(of, "/shilu"));
    }
    if follows(InterviewStep::Cancel) && clerk.has_power(HEARING_CANCEL) {
        way("取消访谈", below(of, "/quxiao"));
    }
    if follows(InterviewStep::Withdraw) && clerk.has_power(TAKE_DOWN.0) {
        way("撤下", below(of, "/chexia"));
    }
    Ok(ways)
}

/// What a form says.
fn read(form: &Submitted) -> InterviewSaid {
    let text = |name: &str| form.get(name).to_owned();
    let day = |name: &str| form.get(name).trim().parse().ok();
    InterviewSaid {
        title: text("mingcheng"),
        topic: text("zhuti"),
        guests: text("jiabin"),
        held_on: day("riqi"),
        held_at: text("shijian"),
        ask_until: day("jiezhi"),
        enterers: text("luru"),
        releasers: text("fangxing"),
        telephone: text("dianhua"),
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
        return drafts::given_up::<Interview>(&visit, &clerk, &id, LIST).await;
    }
    let said = read(&form);
    let version = drafts::version(&form);
    let which = (organ.as_str(), id.as_str(), version);
    let kept = interview::keep(desk_of(&visit, &clerk).await?, &who, which, &said).await;
    let errors = drafts::wrong(kept)?;
    if !errors.is_empty() {
        // The form stays that of the version it was shown in.
        let mut shown = of;
        shown.version = version;
        let page = page(&visit, clerk, (shown, stage), Some((said, errors))).await?;
        return drafts::refused(&page);
    }
    drafts::on::<Interview>(&visit, &clerk, &form, (&id, &here, "")).await
}

/// Where the list of questions goes on.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Behind {
    hou: String,
}

/// The questions that came, in their order.
async fn questions(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    Query(behind): Query<Behind>,
) -> Result<Html<String>, Fault> {
    let (of, stage) = of_organ(&visit, &clerk, &id).await?;
    clerk.may_see(READ_OPINIONS, &tie(&of, stage))?;
    let from = behind.hou.parse().unwrap_or_default();
    let rows = InterviewQuestion::after(visit.house.store(), &id, (from, AT_ONCE)).await?;
    let last = rows.last().map(|last| last.number).filter(|last| *last < of.questions);
    let here = visit.site.link(&below(&of, "/tiwen"));
    let desk = desk_for(&visit, clerk, "收到的提问").await?;
    let desk = desk.under(of.said.title.clone(), &of.desk_path());
    let next = last.map(|last| format!("{here}?hou={last}"));
    web::page::answer(&QuestionsPage { desk, title: of.said.title, rows, next })
}

impl OnePage {
    fn shown(&self) -> &'static str {
        SHOWN
    }

    fn error(&self, field: &str) -> Option<&str> {
        self.errors.0.iter().find(|one| one.field == field).map(|one| one.message.as_str())
    }

    fn day(&self, field: &str) -> String {
        let day = if field == "riqi" { self.said.held_on } else { self.said.ask_until };
        day.map(|day| day.to_string()).unwrap_or_default()
    }
}
