//! 订阅 by a program: the one thing that is sent to us through the interface (docs/readings/228). The address is
//! asked whether it is his who gave it, as ever; nothing is sent there before.

use serde::Deserialize;
use serde_json::json;
use web::api::{Call, Field, Operation, Reply, Resource, Shape};
use web::components::FieldError;
use web::{Fault, Visit};

use crate::acts::ActError;
use crate::acts::subscription::{Wanted, taken};
use crate::contact::Way;
use crate::finding::{MOST, found};
use crate::portal::{self, GIVING, desk, offered};
use crate::rhythm::Rhythm;
use crate::topic::{Kind, Topic};

/// Everything that can be asked.
pub(crate) fn operations() -> Vec<Operation> {
    let resources = (wanted(), answer());
    let subscribing = Operation::taking("/api/v1/subscriptions", "subscribe", resources, |call| {
        Box::pin(async move { subscribe(call).await })
    });
    vec![
        subscribing
            .titled("订阅", "订阅")
            .about(
                "有新公开的，推送到您的程序（webhook）或者邮箱。收下以后先核对地址：程序收到一次 type 为 confirm 的请求，\
                 里面有核对签名用的密钥（secret），邮箱收到一封确认邮件，确认了才开始推送。本站没有开通的方式答复 409。不留地址的，用 Atom。",
            ),
    ]
}

fn wanted() -> Resource {
    let kinds = ["site", "domain", "organ", "village", "item", "search"];
    let topic = Shape::Thing(vec![
        Field::new(
            "kind",
            "site 全部、domain 领域、organ 机关、village 村（居）、item 事项、search 检索词",
            Shape::Word(kinds.to_vec()),
        ),
        Field::new(
            "key",
            "领域的拼音名、机关或者村（居）的代码、“领域/事项编号”、检索词；site 的写空字",
            Shape::Text(60),
        ),
    ]);
    let rhythms = Rhythm::ALL.map(|(_, word, _)| word).to_vec();
    let fields = vec![
        Field::new("way", "怎样接收", Shape::Word(vec!["webhook", "email"])),
        Field::new("address", "接收地址：https:// 开头的网址，或者邮箱", Shape::Text(254)),
        Field::new("rhythm", "多久一次", Shape::Word(rhythms)),
        Field::new("consent", "同意保存这个地址，用来推送；不同意的不能订阅", Shape::Flag),
        Field::new("topics", "要什么，1 至 60 项", Shape::list(topic)),
    ];
    Resource { name: "SubscriptionWanted", about: "要订阅什么、怎样接收", fields }
}

fn answer() -> Resource {
    let fields = vec![
        Field::new("state", "等地址的主人确认", Shape::Word(vec!["awaiting_confirmation"])),
        Field::new("way", "怎样接收", Shape::Prose),
        Field::new("topics", "订了什么", Shape::list(Shape::Prose)),
    ];
    Resource { name: "SubscriptionAsked", about: "订阅收下了，等确认", fields }
}

#[derive(Deserialize)]
struct Sent {
    way: String,
    address: String,
    rhythm: String,
    consent: bool,
    topics: Vec<SentTopic>,
}

#[derive(Deserialize)]
struct SentTopic {
    kind: String,
    key: String,
}

async fn subscribe(call: Call) -> Result<Reply, Fault> {
    let visit = &call.visit;
    let sent: Sent = serde_json::from_value(call.body.clone()).map_err(Fault::inside)?;
    let way = Way::named(&sent.way).filter(|way| offered(visit).contains(way));
    let way = way.ok_or_else(|| {
        Fault::Refused("本站没有开通这种接收方式。可以用 Atom 订阅源，见 /dingyue/atom。".into())
    })?;
    visit.house.pace(GIVING, &call.from).map_err(Fault::TooFast)?;
    let wanted = read(visit, way, &sent).await?;
    let names: Vec<String> = wanted.topics.iter().map(Topic::named).collect();
    let sealer = visit.house.sealer().map_err(Fault::inside)?;
    let mut desk = desk(visit).await?;
    taken(&mut desk, sealer, wanted).await.map_err(ActError::into_fault)?;
    let answer = json!({
        "state": "awaiting_confirmation",
        "way": way.word(),
        "topics": names,
    });
    if let Some(once) = &call.once {
        once.keep(&visit.house, &desk, &answer).await?;
    }
    desk.seal().await.map_err(Fault::inside)?;
    Ok(Reply::One(answer))
}

/// What is wanted, with everything that is none said at its place.
async fn read(visit: &Visit, way: Way, sent: &Sent) -> Result<Wanted, Fault> {
    let mut wrong = Vec::new();
    let mut at = |field: String, message: &str| {
        wrong.push(FieldError { field, message: message.into() });
    };
    let contact = portal::taken(visit, way, &sent.address);
    let contact = contact.map_err(|words| at("/address".into(), words));
    let rhythm = Rhythm::named(&sent.rhythm);
    if rhythm.is_none() {
        at("/rhythm".into(), "写 at_once、daily、weekly 之一");
    }
    if !sent.consent {
        at("/consent".into(), "同意以后我们才能保存地址；不同意的，可以用不留地址的 Atom");
    }
    if sent.topics.is_empty() || sent.topics.len() > MOST {
        at("/topics".into(), "写 1 至 60 项");
    }
    let mut topics = Vec::new();
    for (place, one) in sent.topics.iter().take(MOST).enumerate() {
        let topic = match Kind::named(&one.kind) {
            Some(kind) => found(visit, kind, &one.key).await?,
            None => None,
        };
        match topic {
            Some(topic) => topics.push(topic),
            None => at(format!("/topics/{place}/key"), "本站没有这一项，核对一下"),
        }
    }
    let (Ok(contact), Some(rhythm), true) = (contact, rhythm, wrong.is_empty()) else {
        return Err(Fault::Fields(wrong));
    };
    Ok(Wanted {
        way,
        contact: Some(contact),
        rhythm,
        topics,
        site: visit.site.base().to_owned(),
        range: visit.site.range.clone(),
    })
}
