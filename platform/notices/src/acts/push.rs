//! 信息精准推送 (通知二(三)): one person chooses what was published and whom it is for, another approves; it goes
//! to those who chose that group themselves, and to nobody else.

use ledger::{Desk, Entry};
use review::Signatory;
use store::moment;
use web::{Ask, Fault, House};

use super::ActError;
use crate::message::Purpose;
use crate::store::{
    NewDelivery, Push, PushState, audience, put_announcement, put_deliveries, put_items,
};
use crate::topic::Topic;

/// What is to be pushed.
#[derive(Debug, Clone)]
pub struct Proposed {
    /// The title of what was published.
    pub title: String,
    /// Its address below a site.
    pub path: String,
    /// What is said besides.
    pub words: String,
    /// Those who chose one of these.
    pub audience: Vec<Topic>,
    /// Lowest and highest division code of the site.
    pub range: (String, String),
    /// Whether it is 演示数据.
    pub demo: bool,
}

/// The longest text beside the title, in letters: a decision of ours (docs/readings/216).
pub const LONGEST: usize = 200;

/// On what it rests.
pub(crate) const BASIS: &str = "厦府办〔2020〕67号二（三）";

/// Proposes a push.
///
/// # Errors
/// Something is missing or too long, or the database refuses.
pub async fn propose(mut desk: Desk, by: &Signatory, proposed: Proposed) -> Result<Push, ActError> {
    let words = proposed.words.trim().to_owned();
    if words.chars().count() > LONGEST {
        return Err(ActError::Field("shuoming", format!("说明不超过{LONGEST}字，请写短一些")));
    }
    if proposed.audience.is_empty() {
        return Err(ActError::Field("renqun", "至少选一个人群、领域或者村（居）".into()));
    }
    let push = Push {
        id: uuid::Uuid::now_v7().to_string(),
        organ: by.organ.clone(),
        title: proposed.title,
        path: proposed.path,
        words,
        audience: proposed.audience,
        range: proposed.range,
        state: PushState::Proposed,
        proposed_by: by.person.clone(),
        proposed_for: by.stands_in_for.clone(),
        proposed_name: by.name.clone(),
        proposed_at: moment(desk.now()),
        decided_name: None,
        decided_at: None,
        decided_words: String::new(),
        recipients: 0,
        demo: proposed.demo,
    };
    push.add(desk.change()).await?;
    let told: Vec<String> = push.audience.iter().map(Topic::named).collect();
    let facts = serde_json::json!({ "path": push.path, "title": push.title, "audience": told });
    desk.record(entry("push_proposal", &push, facts)).await?;
    desk.seal().await?;
    Ok(push)
}

/// What is decided about a push.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// It goes out.
    Approve,
    /// It does not.
    Refuse,
    /// Whoever wrote it takes it back.
    Drop,
}

/// Decides about a push. Approved, it lies before everybody it is for, once, and goes out at once.
///
/// # Errors
/// There is no such push, it is decided, the same person wrote it, it is refused without a reason, or the
/// database refuses.
pub async fn decide(
    mut desk: Desk,
    by: &Signatory,
    (id, organ_name): (&str, &str),
    (decision, words): (Decision, &str),
) -> Result<Push, ActError> {
    let push = Push::find(desk.change(), &by.organ, id).await?;
    let push = push.ok_or(ActError::Refused("没有这次推送。请刷新列表再看。"))?;
    let own = push
        .proposers()
        .any(|person| person == by.person || by.stands_in_for.as_deref() == Some(person));
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let (state, act) = match decision {
        Decision::Drop if !own => {
            return Err(ActError::Refused("只有写这次推送的人能撤回它。"));
        }
        Decision::Drop => (PushState::Dropped, "push_withdrawal"),
        _ if own => {
            return Err(ActError::Refused(
                "这次推送是您写的，要由另一个人审批（代理的算本人）。请转给别的负责人。",
            ));
        }
        Decision::Refuse if words.is_empty() => {
            return Err(ActError::Field("liyou", "写明不同意的理由".into()));
        }
        Decision::Refuse => (PushState::Refused, "push_refusal"),
        Decision::Approve => (PushState::Approved, "push"),
    };
    let to = match state {
        PushState::Approved => handed_out(&desk, &push, organ_name).await?,
        _ => 0,
    };
    if !push.decide(desk.change(), (state, &words), by, to, desk.now()).await? {
        return Err(ActError::Refused("这次推送已经有人处理。请刷新再看。"));
    }
    let facts = serde_json::json!({ "recipients": to, "words": words });
    desk.record(entry(act, &push, facts)).await?;
    desk.seal().await?;
    Ok(Push { state, ..push })
}

/// Approves a push, as long as what it tells of is still shown under the title that was written down: who approves
/// it may have it before him for days, and what was withdrawn or corrected in between is sent to nobody
/// (docs/readings/257).
///
/// # Errors
/// As [`decide`]; and it is shown no more, or under another title.
pub async fn approve(
    house: &House,
    desk: Desk,
    by: &Signatory,
    of: (&str, &str),
    words: &str,
) -> Result<Push, Fault> {
    let push = Push::find(house.store(), &by.organ, of.0).await?.ok_or(Fault::NotFound)?;
    if !is_shown(house, &push).await? {
        return Err(Fault::Refused(
            "要推送的信息已经撤下，或者改了标题，不能再照原样推送。请选不同意，由提出的人按现在的重新写。".into(),
        ));
    }
    decide(desk, by, of, (Decision::Approve, words)).await.map_err(ActError::into_fault)
}

/// Whether the lists still show what a push tells of, at its address and under its title.
async fn is_shown(house: &House, push: &Push) -> Result<bool, Fault> {
    let organ = Some(push.organ.clone());
    let mut ask = Ask { organ, words: Some(push.title.clone()), limit: 100, ..Ask::default() };
    loop {
        let found = house.rows(&ask).await?;
        if found.rows.iter().any(|row| row.path == push.path && row.title == push.title) {
            return Ok(true);
        }
        match found.next {
            Some(next) => ask.after = Some(next),
            None => return Ok(false),
        }
    }
}

/// Puts a push before everybody it is for; says how many that are.
async fn handed_out(desk: &Desk, push: &Push, organ_name: &str) -> Result<usize, ActError> {
    let (change, now) = (desk.change(), desk.now());
    let range = (push.range.0.as_str(), push.range.1.as_str());
    let to = audience(change, &push.audience, range).await?;
    if to.is_empty() {
        return Ok(0);
    }
    // It stands on the site of the organ's own division, wherever its readers subscribed (docs/readings/257).
    let of = (push.title.as_str(), push.path.as_str(), push.range.0.as_str());
    put_announcement(change, (&push.id, "push"), of, (organ_name, &push.words), now).await?;
    let deliveries = to.iter().map(|subscriber| NewDelivery {
        push: Some(push.id.clone()),
        slot: None,
        ..NewDelivery::now(subscriber, Purpose::Push, now)
    });
    let deliveries: Vec<NewDelivery> = deliveries.collect();
    put_deliveries(change, &deliveries, now).await?;
    let items: Vec<(&str, Option<&str>)> =
        deliveries.iter().map(|one| (one.subscriber.as_str(), Some(one.id.as_str()))).collect();
    put_items(change, &push.id, &items).await?;
    Ok(to.len())
}

fn entry(act: &'static str, push: &Push, facts: serde_json::Value) -> Entry {
    Entry {
        room: "notices",
        act,
        subject: format!("notice_push:{}", push.id),
        organ: push.organ.clone(),
        basis: BASIS.into(),
        facts,
    }
}
