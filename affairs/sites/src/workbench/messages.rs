//! `/gongzuo/jiucuo`: what visitors report of the site, and what is done with it.

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{Html, Response};
use identity::Organ;
use identity::powers::Tie;
use sites_rules::{FaultSubject, MessageKind};
use web::components::{Empty, Tag};
use web::workbench::{Clock, REASON, Submitted, Todo, Workbench};
use web::{Clerk, Fault, House, Later, Visit};

use super::{Done, HANDLE, desk_of, sent_to, site_of};
use crate::acts::ActError;
use crate::acts::handling::{self, By, Handling};
use crate::inspecting::whole_of;
use crate::store::{MessageState, SiteMessage, Written};

/// Its address below a site.
pub(super) const PATH: &str = "/gongzuo/jiucuo";
/// One message.
pub(super) const ONE: &str = "/gongzuo/jiucuo/{id}";

/// Messages that are shown.
const SHOWN: i64 = 200;

const SAID: &[(&str, &str)] = &[
    ("message_answer", "已答复，反映人凭查询码可以看到。"),
    ("message_transfer", "已转办。"),
    ("message_extension", "已延长。"),
    ("message_closing", "已办结。"),
];

#[derive(Template)]
#[template(path = "workbench/messages.html")]
struct MessagesPage {
    desk: Workbench,
    rows: Vec<Row>,
    stars: Vec<(i64, i64)>,
    average: Option<String>,
}

struct Row {
    number: String,
    href: String,
    about: String,
    page: String,
    received: String,
    due: String,
    tag: Tag,
    demo: bool,
}

#[derive(Template)]
#[template(path = "workbench/message.html")]
struct MessagePage {
    desk: Workbench,
    message: SiteMessage,
    about: String,
    tag: Tag,
    due: String,
    written: Written,
    page: Option<String>,
    steps: Vec<(String, &'static str, String, String)>,
    organs: Vec<(String, String)>,
    here: String,
    open: bool,
    extendable: bool,
}

/// What it is about, in a few words.
fn about(message: &SiteMessage) -> String {
    match (message.kind, message.stars) {
        (MessageKind::Rating, Some(stars)) => format!("评价 {stars} 分"),
        (MessageKind::Rating, None) => "评价".into(),
        (MessageKind::Fault, _) => message.subject.map_or("", FaultSubject::name).into(),
    }
}

fn tag(message: &SiteMessage, today: law::Date) -> Tag {
    match message.state {
        MessageState::Open if message.due_on.is_some_and(|due| due < today) => Tag::over("已逾期"),
        MessageState::Open => Tag::warn(message.state.name()),
        MessageState::Answered => Tag::good(message.state.name()),
        MessageState::Closed => Tag::plain(message.state.name()),
    }
}

/// Shows them.
pub(super) async fn show(
    visit: Visit,
    clerk: Clerk,
    Query(done): Query<Done>,
) -> Result<Html<String>, Fault> {
    clerk.may(HANDLE, &Tie::to(&clerk.organ.code))?;
    let (store, today) = (visit.house.store(), visit.house.ledger().clock().today());
    let messages = SiteMessage::of_organ(store, &clerk.organ.code, SHOWN).await?;
    let row = |message: &SiteMessage| Row {
        number: message.number.clone(),
        href: visit.site.link(&format!("{PATH}/{}", message.id)),
        about: about(message),
        page: message.page.clone(),
        received: message.received_on.clone(),
        due: message.due_on.map(|due| due.to_string()).unwrap_or_default(),
        tag: tag(message, today),
        demo: message.demo,
    };
    let bases = whole_of(&visit.house.directory(), &site_of(&visit, &clerk));
    let stars = SiteMessage::stars(store, &bases).await?;
    let desk = Workbench::of(&visit, clerk, "jiucuo", "找错和评价").await?;
    web::page::answer(&MessagesPage {
        desk: desk.saying(&done.done, SAID),
        rows: messages.iter().map(row).collect(),
        average: average(&stars),
        stars,
    })
}

/// The mean of all ratings, to a tenth.
fn average(stars: &[(i64, i64)]) -> Option<String> {
    let times: i64 = stars.iter().map(|(_, times)| times).sum();
    let sum: i64 = stars.iter().map(|(stars, times)| stars * times).sum();
    let tenths = (sum * 10 + times / 2).checked_div(times)?;
    Some(format!("{}.{}", tenths / 10, tenths % 10))
}

async fn found(visit: &Visit, clerk: &Clerk, id: &str) -> Result<SiteMessage, Fault> {
    let message = SiteMessage::find(visit.house.store(), &clerk.organ.code, id).await?;
    let message = message.ok_or(Fault::NotFound)?;
    clerk.may_see(HANDLE, &Tie::to(&message.organ))?;
    Ok(message)
}

/// Shows one.
pub(super) async fn one(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    Query(done): Query<Done>,
) -> Result<Html<String>, Fault> {
    let message = found(&visit, &clerk, &id).await?;
    let (store, today) = (visit.house.store(), visit.house.ledger().clock().today());
    let sealer = visit.house.sealer().map_err(Fault::inside)?;
    let written = message.open(sealer).map_err(Fault::inside)?;
    let steps = message.steps(store).await?.into_iter();
    let site = site_of(&visit, &clerk);
    let organs = Organ::serving(store, &site.division).await?;
    let name_of = |code: &str| {
        let own = organs.iter().find(|organ| organ.code == code);
        own.map_or_else(|| code.to_owned(), |organ| organ.short_name.clone())
    };
    let steps: Vec<_> = steps
        .map(|step| {
            let at = web::moments::minute(&step.made_at);
            let who = format!("{} {}", name_of(&step.organ), step.name);
            (at, step_name(&step.act), who, step.words)
        })
        .collect();
    let organs = organs.into_iter();
    let others = organs.filter(|organ| organ.stands_on(today) && organ.code != clerk.organ.code);
    let organs = others.map(|organ| (organ.code, organ.short_name)).collect();
    let desk = Workbench::of(&visit, clerk, "jiucuo", message.number.clone()).await?;
    web::page::answer(&MessagePage {
        about: about(&message),
        tag: tag(&message, today),
        due: message.due_on.map(|due| due.to_string()).unwrap_or_default(),
        written,
        page: Some(message.page.clone())
            .filter(|page| page.starts_with('/') && !page.starts_with("//")),
        steps,
        organs,
        here: visit.site.link(&format!("{PATH}/{id}")),
        open: message.state == MessageState::Open,
        extendable: message.may_be_extended(today),
        desk: desk.under("找错和评价", PATH).saying(&done.done, SAID),
        message,
    })
}

fn step_name(act: &str) -> &'static str {
    match act {
        "receipt" => "收到",
        "message_answer" => "答复",
        "message_transfer" => "转办",
        "message_extension" => "延长",
        "message_closing" => "办结",
        _ => "处理",
    }
}

/// Handles one.
pub(super) async fn settle(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    let message = found(&visit, &clerk, &id).await?;
    clerk.may(HANDLE, &Tie::to(&message.organ))?;
    let (words, reason) = (form.get("dafu").to_owned(), form.get(REASON).to_owned());
    let handling = match form.get("chuli") {
        "dafu" => Handling::Answer(words),
        "banjie" => Handling::Close(words),
        "zhuanban" => Handling::Transfer(form.get("jiguan").to_owned(), reason),
        "yanchang" => Handling::Extend(reason),
        _ => return Err(Fault::field("chuli", "选怎样处理。")),
    };
    let act = handling.act();
    let desk = desk_of(&visit, &clerk).await?;
    let by = By {
        person: &clerk.id,
        name: &clerk.name,
        organ: &clerk.organ.code,
        organ_name: &clerk.organ.short_name,
    };
    let kept = handling::settle(desk, by, &id, handling).await;
    kept.map_err(ActError::into_fault)?;
    Ok(sent_to(&visit, &format!("{PATH}?done={act}")))
}

/// A message of an organ, where it has one.
pub(super) fn sample<'a>(house: &'a House, organ: &'a Organ) -> Later<'a, Option<String>> {
    Box::pin(async move {
        let messages = SiteMessage::of_organ(house.store(), &organ.code, 1).await?;
        Ok(messages.first().map(|message| format!("{PATH}/{}", message.id)))
    })
}

/// What waits for the clerk's organ.
pub(super) async fn todos(house: &House, clerk: &Clerk) -> Result<Vec<Todo>, Fault> {
    let messages = SiteMessage::of_organ(house.store(), &clerk.organ.code, SHOWN).await?;
    let waiting = messages.into_iter().filter(|message| message.state == MessageState::Open);
    let todo = |message: SiteMessage| Todo {
        entry: "jiucuo",
        kind: "找错",
        title: format!("{} {}", message.number, about(&message)),
        detail: message.page.clone(),
        clock: message.due_on.map_or(Clock::Open, Clock::Due),
        path: format!("{PATH}/{}", message.id),
        act: "去处理",
    };
    Ok(waiting.map(todo).collect())
}

impl MessagesPage {
    fn empty() -> Empty {
        Empty::new("没有收到找错和评价")
            .because("页脚的“我为政府网站找错”和“网站评价”提交以后列在这里。")
    }
}

#[cfg(test)]
mod tests {
    use super::average;

    #[test]
    fn the_mean_is_told_to_a_tenth() {
        assert_eq!(average(&[(5, 2), (4, 1), (1, 1)]).as_deref(), Some("3.8"));
        assert_eq!(average(&[]), None);
    }
}
