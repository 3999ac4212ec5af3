//! `/gongzuo/yiwu`: what the clerk's organ owes and by when, the events that make information due, and
//! obligations that do not hold this time.

use askama::Template;
use axum::extract::Query;
use axum::response::{Html, IntoResponse, Response};
use catalogue_rules::obligation::ObligationState;
use law::{Date, WorkCalendar};
use serde::Deserialize;
use web::components::{Empty, ErrorSummary, FieldError, Figure, Strip, Tag, Tone};
use web::workbench::{Submitted, Workbench};
use web::{Clerk, Fault, Visit, icons};

use super::charges::{self, Charge};
use super::{sent_to, words_of};
use crate::acts::{ActError, event, waiver};
use crate::store::{Domain, EventLine, Obligation, Owing, OwingAsk};

/// Where the page stands.
const PATH: &str = "/gongzuo/yiwu";

/// How many obligations a page lists.
const MOST: i64 = 100;

/// How many events a page lists.
const MOST_EVENTS: i64 = 20;

#[derive(Template)]
#[template(path = "workbench/owing.html")]
struct OwingPage {
    desk: Workbench,
    organ: String,
    strip: Strip,
    heading: String,
    rows: Vec<Row>,
    charges: Vec<Charge>,
    events: Vec<Happened>,
    filled: Filled,
    errors: Vec<FieldError>,
}

struct Row {
    id: String,
    domain: String,
    name: String,
    href: Option<String>,
    cause: String,
    due: Option<String>,
    provisional: bool,
    tag: Tag,
    remark: String,
    open: bool,
}

/// A registered event.
struct Happened {
    id: String,
    name: String,
    words: String,
    on: String,
    ended: Option<String>,
}

/// What the clerk has filled in.
#[derive(Default)]
struct Filled {
    item: String,
    words: String,
    day: String,
    /// The obligation or event that a reason was written for, and the reason.
    about: String,
    reason: String,
}

/// Which obligations are asked for, and what was done just now.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    zt: String,
    done: String,
}

const SAID: &[(&str, &str)] = &[
    ("registered", "已登记，公开期限从这件事起算。"),
    ("waived", "已标注本期不适用，理由对外公开。"),
    ("ended", "已撤回登记，理由留存。"),
];

/// Shows what is owed.
pub async fn show(
    visit: Visit,
    clerk: Clerk,
    Query(asked): Query<Asked>,
) -> Result<Html<String>, Fault> {
    page(&visit, clerk, &asked, Filled::default(), vec![]).await
}

async fn page(
    visit: &Visit,
    clerk: Clerk,
    asked: &Asked,
    filled: Filled,
    errors: Vec<FieldError>,
) -> Result<Html<String>, Fault> {
    let (house, organ) = (&visit.house, clerk.organ.clone());
    let today = house.ledger().clock().today();
    let mut desk = Workbench::of(visit, clerk, "yiwu", "公开义务").await?;
    desk = desk.saying(&asked.done, SAID);
    if !errors.is_empty() {
        desk = desk.with_errors();
    }
    let state = ObligationState::parse(&asked.zt);
    let charges = charges::of(house, &organ, today).await?;
    let page = OwingPage {
        strip: strip(visit, &organ.code).await?,
        heading: state.map_or_else(|| "逾期和即将到期".to_owned(), |state| state.name().to_owned()),
        rows: rows(visit, &organ.code, state).await?,
        events: events(visit, &organ.code, &charges).await?,
        charges,
        organ: organ.short_name,
        desk,
        filled,
        errors,
    };
    web::page::answer(&page)
}

/// Every division: an organ may owe by the catalogue of another division than its own.
fn everywhere() -> (String, String) {
    ("0".into(), "9999999999999".into())
}

async fn strip(visit: &Visit, organ: &str) -> Result<Strip, Fault> {
    let (low, high) = everywhere();
    let tally = Obligation::tally(visit.house.store(), (&low, &high)).await?;
    let figure = |state: ObligationState| {
        let own = tally.iter().filter(|one| one.organ == organ && one.state == state.word());
        let number: i64 = own.map(|one| one.number).sum();
        let figure = Figure::new(number, state.name());
        let tone = match state {
            ObligationState::Overdue => Tone::Over,
            ObligationState::DueSoon | ObligationState::KeptLate => Tone::Warn,
            ObligationState::Kept => Tone::Good,
            _ => Tone::Plain,
        };
        match number {
            0 => figure,
            _ => figure
                .meant(tone)
                .leading_to(visit.site.link(&format!("{PATH}?zt={}", state.word()))),
        }
    };
    let shown = [
        ObligationState::Overdue,
        ObligationState::DueSoon,
        ObligationState::NotDue,
        ObligationState::Kept,
        ObligationState::KeptLate,
        ObligationState::Waived,
    ];
    Ok(Strip(shown.into_iter().map(figure).collect()))
}

async fn rows(
    visit: &Visit,
    organ: &str,
    state: Option<ObligationState>,
) -> Result<Vec<Row>, Fault> {
    let (house, today) = (&visit.house, visit.house.ledger().clock().today());
    let wanted = match state {
        Some(state) => vec![state],
        None => vec![ObligationState::Overdue, ObligationState::DueSoon],
    };
    let mut owing: Vec<Owing> = Vec::new();
    for state in wanted {
        let ask = OwingAsk {
            divisions: everywhere(),
            organ: Some(organ.to_owned()),
            state: Some(state.word().to_owned()),
            most: MOST,
            ..OwingAsk::default()
        };
        owing.extend(Owing::list(house.store(), &ask).await?);
    }
    owing.sort_by(|a, b| a.due_on.cmp(&b.due_on));
    let names =
        charges::names(house, owing.iter().map(|one| one.catalogue.as_str()), today).await?;
    let domains = Domain::all(house.store(), today).await?;
    let calendar = house.ledger().calendar();
    let shown = owing.into_iter().map(|one| {
        let name = names.get(&(one.catalogue.clone(), one.item.clone())).cloned();
        let domain = domains.iter().find(|domain| domain.slug == one.domain);
        Row {
            domain: domain.map_or_else(|| one.domain.clone(), |domain| domain.name.clone()),
            name: name.unwrap_or_else(|| one.item.clone()),
            href: Some(visit.site.link(&format!("/mulu/{}/{}", one.domain, one.item))),
            cause: cause(&one),
            tag: tag(&one, today, &calendar),
            due: one.due_on.clone(),
            provisional: one.provisional != 0,
            remark: one.waived.clone().or(one.title.clone()).unwrap_or_default(),
            open: one.kept_on.is_none()
                && ![ObligationState::Waived, ObligationState::Overdue]
                    .iter()
                    .any(|state| state.word() == one.state),
            id: one.id,
        }
    });
    Ok(shown.collect())
}

/// What set an obligation off, in words.
fn cause(owing: &Owing) -> String {
    if let Some(words) = &owing.event {
        return format!("{words}（{}）", owing.arose_on);
    }
    match owing.trigger_key.split_once(':') {
        Some(("period", name)) => format!("{name} 这一期"),
        _ => format!("信息形成于 {}", owing.arose_on),
    }
}

/// Where an obligation stands, counted in working days where it is still open.
fn tag(owing: &Owing, today: Date, calendar: &WorkCalendar) -> Tag {
    let state = ObligationState::parse(&owing.state).unwrap_or(ObligationState::Undated);
    let days = |from: Date, to: Date| {
        calendar.working_days_between(from, to).map(|days| days.value.0).unwrap_or_default()
    };
    match (state, owing.due()) {
        (ObligationState::Overdue, Some(due)) => {
            Tag::over(format!("逾期 {} 天", days(due, today).max(1)))
        }
        (ObligationState::DueSoon, Some(due)) => match days(today, due) {
            0 => Tag::warn("今天到期"),
            left => Tag::warn(format!("剩 {left} 个工作日")),
        },
        (ObligationState::NotDue, Some(due)) => {
            Tag::marked(Tone::Good, icons::CLOCK, format!("剩 {} 个工作日", days(today, due)))
        }
        (ObligationState::Kept, _) => Tag::good(state.name()),
        (ObligationState::KeptLate, _) => Tag::warn(state.name()),
        (ObligationState::Waived, _) => Tag::void(state.name()),
        _ => Tag::plain(state.name()),
    }
}

async fn events(visit: &Visit, organ: &str, charges: &[Charge]) -> Result<Vec<Happened>, Fault> {
    let store = visit.house.store();
    let today = visit.house.ledger().clock().today();
    let events = EventLine::of_organ(store, organ, MOST_EVENTS).await?;
    let domains = Domain::all(store, today).await?;
    let shown = events.into_iter().map(|event| {
        let domain = domains.iter().find(|domain| domain.slug == event.domain);
        let mut own = charges.iter().filter(|charge| charge.domain == event.domain);
        let item = own.find_map(|charge| charge.name_of(&event.item));
        let named = |domain: &str| match item {
            Some(item) => format!("{domain}：{item}"),
            None => domain.to_owned(),
        };
        Happened {
            name: named(domain.map_or(event.domain.as_str(), |domain| &domain.name)),
            words: event.words,
            on: event.happened_on,
            ended: event.ended_reason,
            id: event.id,
        }
    });
    Ok(shown.collect())
}

/// Registers an event, withdraws one, or marks an obligation as not holding this time.
pub async fn act(visit: Visit, clerk: Clerk, form: Submitted) -> Result<Response, Fault> {
    let about = form.get("id").to_owned();
    let done = match form.get("do") {
        "register" => register(&visit, &clerk, &form).await?,
        "waive" => {
            let owed = Obligation::find(visit.house.store(), &about).await?;
            owed.filter(|owed| owed.organ == clerk.organ.code).ok_or_else(not_ours)?;
            let desk = visit.house.ledger().desk(clerk.actor()).await?;
            let reason = form.get("liyou").to_owned();
            let given = waiver::Waive { obligation: about.clone(), reason };
            told(waiver::keep(desk, given).await.map(|_| "waived"), &format!("liyou-{about}"))?
        }
        "end" => {
            let event = EventLine::find(visit.house.store(), &about).await?;
            event.filter(|event| event.organ == clerk.organ.code).ok_or_else(not_ours)?;
            let desk = visit.house.ledger().desk(clerk.actor()).await?;
            let ended = event::end(desk, &about, form.get("liyou")).await;
            told(ended.map(|()| "ended"), &format!("liyou-{about}"))?
        }
        _ => return Err(Fault::WrongMethod),
    };
    match done {
        Ok(word) => Ok(sent_to(&visit, &format!("{PATH}?done={word}"))),
        Err(error) => {
            let filled = Filled {
                item: form.get("shixiang").into(),
                words: form.get("shijian").into(),
                day: form.get("riqi").into(),
                about,
                reason: form.get("liyou").into(),
            };
            let asked = Asked { zt: form.get("zt").into(), done: String::new() };
            Ok(page(&visit, clerk, &asked, filled, vec![error]).await?.into_response())
        }
    }
}

fn not_ours() -> Fault {
    Fault::Forbidden("这一条不是本机关的，不能在这里办理。请刷新页面再看。".into())
}

type Done = Result<&'static str, FieldError>;

fn told(done: Result<&'static str, ActError>, field: &str) -> Result<Done, Fault> {
    match done {
        Ok(word) => Ok(Ok(word)),
        Err(error) => {
            let message = words_of(error)?;
            Ok(Err(FieldError { field: field.into(), message }))
        }
    }
}

async fn register(visit: &Visit, clerk: &Clerk, form: &Submitted) -> Result<Done, Fault> {
    let wrong = |field: &str, message: &str| {
        Ok(Err(FieldError { field: field.into(), message: message.into() }))
    };
    let Some((domain, item)) = form.get("shixiang").split_once('/') else {
        return wrong("shixiang", "请选择这件事对应的目录事项。");
    };
    let Some(happened_on) = form.words("riqi").and_then(|day| day.parse().ok()) else {
        return wrong("riqi", "请按 2026-12-31 这样写事情发生的年月日。");
    };
    let charges =
        charges::of(&visit.house, &clerk.organ, visit.house.ledger().clock().today()).await?;
    if !charges.iter().any(|charge| charge.has(domain, item)) {
        return wrong("shixiang", "这个事项不由本机关公开。请从列出的事项里选择。");
    }
    let given = event::Registration {
        organ: clerk.organ.code.clone(),
        domain: domain.into(),
        item: item.into(),
        words: form.get("shijian").into(),
        happened_on,
    };
    let desk = visit.house.ledger().desk(clerk.actor()).await?;
    told(event::keep(desk, given).await.map(|_| "registered"), "shijian")
}

impl OwingPage {
    fn summary(&self) -> ErrorSummary {
        ErrorSummary(self.errors.clone())
    }

    fn wrong(&self, field: &str) -> Option<&str> {
        let found = self.errors.iter().find(|error| error.field == field);
        found.map(|error| error.message.as_str())
    }

    /// What was written as a reason for an obligation or an event.
    fn reason(&self, id: &str) -> &str {
        if self.filled.about == id { &self.filled.reason } else { "" }
    }

    fn empty(&self) -> Empty {
        Empty::new("没有这一类公开义务")
            .because("信息形成、登记的事情发生、或者周期开始以后，要公开的事项和期限会列在这里。")
            .way("看逾期和即将到期的", self.desk.href(PATH))
    }
}
