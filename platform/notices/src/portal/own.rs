//! `/dingyue/wode/{pass}`: what is kept of an address, for whoever has its link: to see, change, take along and
//! erase (个人信息保护法第四十四条至第四十七条).

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use store::parse_moment;
use web::components::{Choice, ErrorSummary, FieldError, Radios, Tag};
use web::layout::{Frame, Link};
use web::page::Page;
use web::{Fault, FromWhere, OwnUpload, Visit};

use super::{START, desk, fresh, leave, pressed, returned, said, unkept, whose};
use crate::acts::dispatch::told;
use crate::acts::{ActError, change, departure, retry};
use crate::contact::Way;
use crate::message::{Purpose, Told};
use crate::pass::Pass;
use crate::rhythm::Rhythm;
use crate::store::{Delivery, DeliveryState, State, Subscriber};
use crate::topic::Topic;

/// Deliveries that are shown, and exported.
const SHOWN: i64 = 20;

#[derive(Template)]
#[template(path = "portal/own.html")]
struct OwnPage {
    frame: Frame,
    errors: ErrorSummary,
    said: Option<&'static str>,
    /// What one message told.
    told: Vec<Told>,
    address: String,
    way: &'static str,
    state: Tag,
    reason: Option<String>,
    topics: Vec<(String, String, bool)>,
    rhythms: Radios,
    sent: Vec<SentLine>,
    again: bool,
    here: String,
    export: String,
    add: String,
}

struct SentLine {
    id: String,
    day: String,
    purpose: &'static str,
    state: Tag,
    fault: String,
}

/// What was done just now.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Done {
    done: String,
    /// The delivery of which everything is listed.
    toudi: String,
}

const SAID: &[(&str, &str)] =
    &[("gai", "已经按您选的改好。"), ("chongfa", "正在重发，几分钟内送到。")];

/// Shows what is kept.
pub(super) async fn show(
    visit: Visit,
    Path(given): Path<String>,
    Query(done): Query<Done>,
) -> Result<Response, Fault> {
    let Some(known) = whose(&visit, Pass::Manage, &given).await? else {
        return said::gone(&visit);
    };
    let said = SAID.iter().find(|(word, _)| *word == done.done).map(|(_, said)| *said);
    let listed = match done.toudi.is_empty() {
        true => vec![],
        false => told(&visit.house, &visit.site, (&done.toudi, &known.id))
            .await
            .map_err(ActError::into_fault)?,
    };
    page(&visit, &known, &given, (said, vec![], listed)).await
}

/// Changes what is followed, and how often.
pub(super) async fn change(
    visit: Visit,
    from: FromWhere,
    Path(given): Path<String>,
    sent: OwnUpload,
) -> Result<Response, Fault> {
    pressed(&visit, &from)?;
    let Some(known) = whose(&visit, Pass::Manage, &given).await? else {
        return said::gone(&visit);
    };
    let OwnUpload::Form(form) = sent else {
        return page(&visit, &known, &given, (None, vec![], vec![])).await;
    };
    let all = Subscriber::topics(visit.house.store(), &known.id, true).await?;
    let chosen: Vec<&str> = form.all("neirong").collect();
    let kept: Vec<Topic> =
        all.into_iter().filter(|topic| chosen.contains(&value(topic).as_str())).collect();
    let rhythm = Rhythm::named(form.get("pinci")).unwrap_or(known.rhythm);
    match change::keep(desk(&visit).await?, &known.id, &kept, rhythm).await {
        Ok(()) => Ok(super::onward(&visit, &format!("/dingyue/wode/{given}?done=gai"))),
        Err(ActError::Field(field, message)) => {
            let errors = vec![FieldError { field: field.into(), message }];
            page(&visit, &known, &given, (None, errors, vec![])).await
        }
        Err(error) => Err(error.into_fault()),
    }
}

/// Everything that is kept of an address, for a program.
pub(super) async fn export(visit: Visit, Path(given): Path<String>) -> Result<Response, Fault> {
    let Some(known) = whose(&visit, Pass::Manage, &given).await? else {
        return Err(Fault::NotFound);
    };
    let (store, sealer) = (visit.house.store(), visit.house.sealer().map_err(Fault::inside)?);
    let contact = known.contact(sealer).map_err(Fault::inside)?;
    let topics = Subscriber::topics(store, &known.id, false).await?;
    let sent = Delivery::of(store, &known.id, 1000).await?;
    let sent = sent.iter().map(|one| {
        serde_json::json!({
            "id": one.id, "purpose": one.purpose, "state": one.state, "made_at": one.made_at,
            "done_at": one.done_at, "attempts": one.attempts, "fault": one.fault,
        })
    });
    let all = serde_json::json!({
        "schema_version": 1,
        "site": visit.site.frame.name,
        "way": known.way.word(),
        "address": contact.map(|contact| contact.to),
        "state": known.state.word(),
        "rhythm": known.rhythm.word(),
        "asked_at": known.asked_at,
        "confirmed_at": known.confirmed_at,
        "off_reason": known.off_reason,
        "topics": topics,
        "sent": sent.collect::<Vec<_>>(),
    });
    let text = serde_json::to_string_pretty(&all).map_err(Fault::inside)?;
    let kind = (header::CONTENT_TYPE, "application/json");
    let saved = (header::CONTENT_DISPOSITION, "attachment; filename=\"dingyue.json\"");
    Ok(unkept(([kind, saved], text).into_response()))
}

/// Sends one once more.
pub(super) async fn again(
    visit: Visit,
    from: FromWhere,
    Path(given): Path<String>,
    sent: OwnUpload,
) -> Result<Response, Fault> {
    pressed(&visit, &from)?;
    let Some(known) = whose(&visit, Pass::Manage, &given).await? else {
        return said::gone(&visit);
    };
    if let OwnUpload::Form(form) = sent {
        let one = (Some(form.get("toudi")).filter(|id| !id.is_empty()), Some(known.id.as_str()));
        let kept = retry::keep(desk(&visit).await?, one, "").await;
        kept.map_err(ActError::into_fault)?;
    }
    Ok(super::onward(&visit, &format!("/dingyue/wode/{given}?done=chongfa")))
}

/// Erases all that is kept.
pub(super) async fn erase(visit: Visit, Path(given): Path<String>) -> Result<Response, Fault> {
    if let Some(known) = whose(&visit, Pass::Manage, &given).await? {
        let kept = departure::keep(desk(&visit).await?, &known.id, "own").await;
        kept.map_err(ActError::into_fault)?;
    }
    leave::left(&visit)
}

/// Draws another secret for a program, and shows it once.
pub(super) async fn secret(
    visit: Visit,
    from: FromWhere,
    Path(given): Path<String>,
) -> Result<Response, Fault> {
    pressed(&visit, &from)?;
    let Some(known) = whose(&visit, Pass::Manage, &given).await? else {
        return said::gone(&visit);
    };
    let sealer = visit.house.sealer().map_err(Fault::inside)?;
    let drawn = change::secret(desk(&visit).await?, sealer, &known.id).await;
    fresh(&said::SaidPage {
        frame: super::frame(&visit, "签名密钥换好了"),
        heading: "签名密钥换好了".into(),
        lines: vec!["从现在起，发给您的都用新的密钥签名；旧的已经没有用了。".into()],
        secret: drawn.map_err(ActError::into_fault)?,
        ways: vec![Link::new("回到我的订阅", visit.site.link(&format!("/dingyue/wode/{given}")))],
    })
}

/// A topic as a form sends it.
fn value(topic: &Topic) -> String {
    format!("{} {}", topic.kind.word(), topic.key)
}

async fn page(
    visit: &Visit,
    known: &Subscriber,
    given: &str,
    (said, errors, told): (Option<&'static str>, Vec<FieldError>, Vec<Told>),
) -> Result<Response, Fault> {
    let (store, sealer) = (visit.house.store(), visit.house.sealer().map_err(Fault::inside)?);
    let contact = known.contact(sealer).map_err(Fault::inside)?;
    let topics = Subscriber::topics(store, &known.id, true).await?;
    let sent = Delivery::of(store, &known.id, SHOWN).await?;
    let wrong = !errors.is_empty();
    let mut frame = super::frame(visit, "我的订阅");
    frame.has_errors = wrong;
    let here = visit.site.link(&format!("/dingyue/wode/{given}"));
    let page = OwnPage {
        errors: ErrorSummary(errors),
        said,
        told,
        address: contact.map(|contact| contact.hinted()).unwrap_or_default(),
        way: known.way.name(),
        state: tag(known.state),
        reason: known.off_reason.clone(),
        topics: topics.iter().map(|topic| (value(topic), topic.named(), true)).collect(),
        rhythms: rhythms(known.rhythm),
        sent: sent.into_iter().map(line).collect(),
        again: known.way == Way::Webhook,
        export: format!("{here}/daochu.json"),
        add: visit.site.link(START),
        here,
        frame,
    };
    Ok(returned(fresh(&page)?, wrong))
}

fn tag(state: State) -> Tag {
    match state {
        State::Waiting => Tag::warn("待确认"),
        State::Active => Tag::good("接收中"),
        State::Off => Tag::over("已停用"),
    }
}

fn rhythms(chosen: Rhythm) -> Radios {
    let choice = |(_, word, name): &(Rhythm, &str, &str)| Choice {
        value: (*word).into(),
        words: (*name).into(),
    };
    Radios {
        name: "pinci".into(),
        label: "多久一次".into(),
        choices: Rhythm::ALL.iter().map(choice).collect(),
        chosen: chosen.word().into(),
        ..Radios::default()
    }
}

fn line(one: Delivery) -> SentLine {
    let day = parse_moment(&one.made_at).map(|at| ledger::day_in_china(at).to_string());
    let state = DeliveryState::named(&one.state);
    SentLine {
        id: one.id,
        day: day.unwrap_or_default(),
        purpose: Purpose::named(&one.purpose).map_or("", Purpose::name),
        state: match state {
            DeliveryState::Sent => Tag::good(state.name()),
            DeliveryState::Failed => Tag::over(state.name()),
            _ => Tag::plain(state.name()),
        },
        fault: one.fault,
    }
}

impl Page for OwnPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let told = vec![Told {
            became: "public".into(),
            title: "就业补贴办法".into(),
            address: "/linhu/wenjian/1".into(),
            organ: "人社局".into(),
            day: "2026-11-26".into(),
            words: String::new(),
        }];
        let page = |state: State, sent: Vec<SentLine>| Self {
            frame: Frame::sample("我的订阅").under("订阅", START).at("我的订阅"),
            errors: ErrorSummary::default(),
            said: Some("已经按您选的改好。"),
            told: told.clone(),
            address: "l…@example.cn".into(),
            way: "电子邮件",
            state: tag(state),
            reason: (state == State::Off).then(|| "邮件服务器拒收（550）".into()),
            topics: vec![("domain jiuye".into(), "领域“就业”".into(), true)],
            rhythms: rhythms(Rhythm::Daily),
            sent,
            again: true,
            here: "/linhu/dingyue/wode/a".into(),
            export: "/linhu/dingyue/wode/a/daochu.json".into(),
            add: "/linhu/dingyue".into(),
        };
        let sent = SentLine {
            id: "d-1".into(),
            day: "2026-11-26".into(),
            purpose: "订阅内容",
            state: Tag::over("没有送到"),
            fault: "邮件服务器拒收（550）".into(),
        };
        vec![("还没有发过", page(State::Active, vec![])), ("停用", page(State::Off, vec![sent]))]
    }
}

#[cfg(test)]
mod tests {
    use super::OwnPage;

    #[test]
    fn the_page_of_ones_own_is_sound() {
        assert_eq!(web::page::faults::<OwnPage>(), Vec::<String>::new());
    }
}
