//! `/gongzuo/toudi`: what waits, what did not arrive and why, and whether each way works. No address is shown.

use askama::Template;
use axum::extract::Query;
use axum::response::{Html, Response};
use identity::powers::Tie;
use ledger::Entry;
use serde::Deserialize;
use web::components::Tag;
use web::workbench::{REASON, Submitted, Workbench};
use web::{Clerk, Fault, Visit};

use super::{MEND, SEE, desk_of, sent_to};
use crate::acts::{ActError, retry};
use crate::contact::{Contact, Way};
use crate::message::{Message, Purpose};
use crate::sending::Ways;
use crate::store::{Delivery, DeliveryState, MOST_TALLIED};

/// Its address below a site.
pub(super) const PATH: &str = "/gongzuo/toudi";

/// Deliveries that are shown.
const SHOWN: i64 = 100;

#[derive(Template)]
#[template(path = "workbench/deliveries.html")]
struct DeliveriesPage {
    desk: Workbench,
    ways: Vec<WayLine>,
    states: Vec<(&'static str, &'static str, bool)>,
    rows: Vec<Row>,
    /// How many failed; nothing where none did.
    failed: Option<String>,
    may_mend: bool,
    mail: bool,
    here: String,
}

struct WayLine {
    name: &'static str,
    tag: Tag,
    advice: &'static str,
    counts: Vec<(&'static str, String)>,
}

struct Row {
    id: String,
    made: String,
    way: &'static str,
    purpose: &'static str,
    state: Tag,
    attempts: i64,
    fault: String,
    off: bool,
    again: bool,
}

/// What is shown, and what was done just now.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Wish {
    zhuangtai: String,
    done: String,
}

const SAID: &[(&str, &str)] = &[
    ("chongfa", "已排进队列，马上重发。"),
    ("shifa", "试发邮件已经交给邮件服务器，请到那个邮箱里看。"),
];

/// Shows the queue.
pub(super) async fn show(
    visit: Visit,
    clerk: Clerk,
    Query(wish): Query<Wish>,
) -> Result<Html<String>, Fault> {
    clerk.may(SEE, &Tie::to(clerk.operator()))?;
    let store = visit.house.store();
    let tallies = Delivery::tallies(store).await?;
    let state = DeliveryState::ALL.iter().find(|(_, word, _)| *word == wish.zhuangtai);
    let rows = Delivery::newest(store, state.map(|(state, ..)| *state), SHOWN).await?;
    let ways = visit.house.furnishing::<Ways>();
    let counts = |way: Way| {
        let own = tallies.iter().filter(move |one| one.way == way.word());
        own.map(|one| (DeliveryState::named(&one.state).name(), many(one.many))).collect()
    };
    let line = |(way, _, name): &(Way, &str, &'static str)| {
        let open = ways.is_some_and(|ways| ways.is_open(*way));
        WayLine {
            name,
            tag: if open { Tag::good("已开通") } else { Tag::plain("没有设置") },
            advice: if open { "" } else { advice(*way) },
            counts: counts(*way),
        }
    };
    let failed = tallies.iter().filter(|one| one.state == DeliveryState::Failed.word());
    let may_mend = clerk.has_power(MEND);
    let here = visit.site.link(PATH);
    let lines = Way::ALL.iter().map(line).collect();
    let chosen = |(_, word, name): &(DeliveryState, &'static str, &'static str)| {
        (*word, *name, *word == wish.zhuangtai)
    };
    let desk = Workbench::of(&visit, clerk, "toudi", "订阅投递").await?;
    web::page::answer(&DeliveriesPage {
        ways: lines,
        states: DeliveryState::ALL.iter().map(chosen).collect(),
        rows: rows.into_iter().map(row).collect(),
        failed: Some(failed.map(|one| one.many).sum()).filter(|all| *all > 0).map(many),
        may_mend,
        mail: ways.is_some_and(|ways| ways.is_open(Way::Email)),
        here,
        desk: desk.saying(&wish.done, SAID),
    })
}

/// How many, or at least so many, where no more are counted.
fn many(counted: i64) -> String {
    match counted < MOST_TALLIED {
        true => counted.to_string(),
        false => format!("{MOST_TALLIED} 以上"),
    }
}

/// What to set, so that a way is offered.
fn advice(way: Way) -> &'static str {
    match way {
        Way::Email => "启动时写 --smtp 和 --mail-from，门户的网址用站点登记的或者 --portal",
        Way::Webhook => "启动时写 --webhooks",
        Way::Sms => "启动时写 --sms-gateway 和短信平台的参数",
        Way::Wechat => "启动时写 --wechat-app 和公众号的参数",
    }
}

fn row(one: Delivery) -> Row {
    let state = DeliveryState::named(&one.state);
    Row {
        made: web::moments::minute(&one.made_at),
        way: Way::named(&one.way).map_or("", Way::name),
        purpose: Purpose::named(&one.purpose).map_or("", Purpose::name),
        state: match state {
            DeliveryState::Sent => Tag::good(state.name()),
            DeliveryState::Failed => Tag::over(state.name()),
            _ => Tag::plain(state.name()),
        },
        attempts: one.attempts,
        fault: one.fault,
        off: one.off_reason.is_some(),
        again: state == DeliveryState::Failed,
        id: one.id,
    }
}

/// Sends again: one, or all that failed.
pub(super) async fn again(visit: Visit, clerk: Clerk, form: Submitted) -> Result<Response, Fault> {
    clerk.may(MEND, &Tie::to(clerk.operator()).because(form.get(REASON)))?;
    let desk = desk_of(&visit, &clerk).await?;
    let kept = retry::keep(desk, (form.words("toudi"), None), form.get(REASON)).await;
    kept.map_err(ActError::into_fault)?;
    Ok(sent_to(&visit, &format!("{PATH}?done=chongfa")))
}

/// Sends a letter to try the way; the address is kept nowhere.
pub(super) async fn test(visit: Visit, clerk: Clerk, form: Submitted) -> Result<Response, Fault> {
    clerk.may(MEND, &Tie::to(clerk.operator()).because(form.get(REASON)))?;
    let contact = Contact::read(Way::Email, form.get("dizhi"));
    let contact = contact.map_err(|words| Fault::field("dizhi", words))?;
    let ways = visit.house.furnishing::<Ways>();
    let ways = ways.ok_or_else(|| Fault::Refused("还没有设置邮件。请先设置再试发。".into()))?;
    let now = visit.house.ledger().clock().now();
    let message = Message {
        id: uuid::Uuid::now_v7().to_string(),
        purpose: Purpose::Test,
        at: now.as_second(),
        site: visit.site.frame.name.clone(),
        subject: format!("{}政务公开平台试发", visit.site.place),
        topics: vec![],
        told: vec![],
        onward: String::new(),
        leave: None,
        challenge: String::new(),
        tells_secret: false,
    };
    let sent = ways.send(Way::Email, &contact, &message).await;
    let mut desk = desk_of(&visit, &clerk).await?;
    let went = sent.as_ref().map_or_else(ToString::to_string, |()| "送出".to_owned());
    let recorded = desk.record(Entry {
        room: "notices",
        act: "test",
        subject: "notice_way:email".into(),
        organ: clerk.operator().to_owned(),
        basis: "GB/T 22239-2019 管理".into(),
        facts: serde_json::json!({ "outcome": went, "reason": form.get(REASON).trim() }),
    });
    recorded.await.map_err(Fault::inside)?;
    desk.seal().await.map_err(Fault::inside)?;
    sent.map_err(|fault| Fault::Refused(format!("没有送出：{fault}。请核对邮件设置。")))?;
    Ok(sent_to(&visit, &format!("{PATH}?done=shifa")))
}
