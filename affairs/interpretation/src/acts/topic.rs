//! 专题: written in editions, each reviewed and published by itself; the latest takes the place of the one before
//! (docs/readings/302).

use identity::Organ;
use interpretation_rules::{BadBody, INTERPRETING, TopicBody, TopicEvent};
use ledger::{Desk, Entry, Leaf, Withdrawal};
use review::{Publishers, Signatory, Unit, submission};
use serde_json::{Value, json};
use store::{StoreError, moment};
use web::{Appeared, Approved};

use super::{ActError, needed};
use crate::checks;
use crate::drafts::TOPIC;
use crate::inscription;
use crate::store::Topic;

/// The organ has none with that key.
const NONE: ActError = ActError::Refused("本机关没有这个专题", "在“专题”中查看");

/// Begins a topic, or another edition of the one that stands.
///
/// # Errors
/// There is no such topic of the organ that stands, another edition is being written, or the database refuses.
pub async fn begin(
    mut desk: Desk,
    by: &Signatory,
    (standing, title): (Option<&str>, &str),
) -> Result<Topic, ActError> {
    let body = match standing {
        Some(id) => {
            let one = topic_of(&desk, by, id).await?;
            one.state.after(TopicEvent::Replace)?;
            (Some(one.topic), one.body)
        }
        None => {
            let title = needed("biaoti", "名称", title)?;
            (None, TopicBody { title, ..TopicBody::default() })
        }
    };
    let organ = Organ::find(desk.change(), &by.organ).await?;
    let division = organ.map(|organ| organ.division).unwrap_or_default();
    let (what, at) = ((body.0.as_deref(), &body.1), moment(desk.now()));
    let id = match Topic::add(desk.change(), what, (by, &division), &at).await {
        Err(StoreError::Duplicate(_)) => {
            return Err(ActError::Refused("这个专题已经有一版在写", "在“专题”里打开那一版接着写"));
        }
        other => other?,
    };
    let one = topic_of(&desk, by, &id).await?;
    desk.record(draft_entry("topic_beginning", &one, json!({ "topic": one.topic }))).await?;
    desk.seal().await?;
    Ok(one)
}

/// Keeps what was written; what is still missing is asked for when it is handed in.
///
/// # Errors
/// There is none of the organ that may be written, somebody saved meanwhile, or the database refuses.
pub async fn write(
    mut desk: Desk,
    by: &Signatory,
    id: &str,
    (body, revision): (&TopicBody, i64),
) -> Result<(), ActError> {
    let one = topic_of(&desk, by, id).await?;
    one.state.after(TopicEvent::Write)?;
    needed("biaoti", "名称", &body.title)?;
    let mut authors = one.authors.clone();
    authors.extend(by.persons().map(str::to_owned));
    authors.sort();
    authors.dedup();
    let at = moment(desk.now());
    if !one.write(desk.change(), (body, revision), (&authors, &at)).await? {
        return Err(ActError::OVERTAKEN);
    }
    desk.record(draft_entry("topic_writing", &one, json!({ "revision": revision + 1 }))).await?;
    Ok(desk.seal().await?)
}

/// Deletes one before anybody saw it.
///
/// # Errors
/// There is none of the organ, it is under review or published, or the database refuses.
pub async fn drop_it(mut desk: Desk, by: &Signatory, id: &str) -> Result<(), ActError> {
    let one = topic_of(&desk, by, id).await?;
    one.state.after(TopicEvent::Drop)?;
    if !one.drop_it(desk.change()).await? {
        return Err(ActError::OVERTAKEN);
    }
    desk.record(draft_entry("topic_deletion", &one, json!({ "title": one.body.title }))).await?;
    Ok(desk.seal().await?)
}

/// Hands it in for review.
///
/// # Errors
/// There is none of the organ, it is not whole or holds personal data, or the database refuses.
pub async fn submit(
    mut desk: Desk,
    publishers: &Publishers,
    by: &Signatory,
    (id, note): (&str, Option<&str>),
) -> Result<Unit, ActError> {
    let one = topic_of(&desk, by, id).await?;
    one.state.after(TopicEvent::Submit)?;
    examine(&one.body)?;
    desk.record(draft_entry("topic_submission", &one, json!({}))).await?;
    let pieces = [(TOPIC, id)];
    let given =
        submission::Submitted { pieces: &pieces, note, added: vec![], for_another: false, by };
    let unit = submission::within(&mut desk, publishers, given).await?;
    desk.seal().await?;
    Ok(unit)
}

/// Refuses what is not whole or holds what must not be public.
fn examine(body: &TopicBody) -> Result<(), ActError> {
    let field = |bad: BadBody| (bad.field, bad.words);
    body.check().map_err(|bad| ActError::Fields(bad.into_iter().map(field).collect()))?;
    let named = body.tables.iter().enumerate();
    let tables = named.map(|(at, table)| {
        let text = [table.title.clone(), table.note.clone(), table.cells_as_text()].join("\n");
        (format!("biao-{}", at + 1), text)
    });
    let lead = ("daoyu".to_owned(), format!("{}\n{}", body.title, body.lead));
    for (field, text) in std::iter::once(lead).chain(tables) {
        if let Some(words) = checks::stopping_line(&text) {
            return Err(ActError::field(&field, format!("{words}。请删去或者遮盖。")));
        }
    }
    Ok(())
}

/// It becomes public in the place of the edition before.
pub(crate) async fn publish(desk: &mut Desk, approved: &Approved) -> Result<Appeared, ActError> {
    let one = Topic::find(desk.change(), &approved.id).await?.ok_or(NONE)?;
    one.state.after(TopicEvent::Publish)?;
    examine(&one.body)?;
    let again = Topic::give_place(desk.change(), &one.topic).await?;
    let at = moment(desk.now());
    if !one.appear(desk.change(), &approved.publication, (&at, desk.today())).await? {
        return Err(ActError::OVERTAKEN);
    }
    let shown = Topic::find(desk.change(), &one.id).await?.ok_or(NONE)?;
    let facts = json!({ "title": one.body.title, "edition": one.id, "again": again });
    desk.record(public_entry("topic", &one, facts)).await?;
    let leaf = inscription::topic_leaf(&shown);
    desk.publish_leaf(if again { leaf.correcting() } else { leaf })?;
    Ok(Appeared { subject: one.subject(), path: Some(one.path()) })
}

/// The topic is over, or something in it is wrong: the reason stands where its page was. Whoever wrote it does not
/// decide this.
///
/// # Errors
/// There is none of the organ that stands, the person wrote it, the reason is missing or holds personal data, or the
/// database refuses.
pub async fn close(mut desk: Desk, by: &Signatory, id: &str, reason: &str) -> Result<(), ActError> {
    let one = topic_of(&desk, by, id).await?;
    one.state.after(TopicEvent::Close)?;
    let reason = needed(web::workbench::REASON, "理由", reason)?;
    if let Some(words) = checks::stopping_line(&reason) {
        let words = format!("理由会公布，{words}。请删去或者遮盖。");
        return Err(ActError::field(web::workbench::REASON, words));
    }
    if one.authors.iter().any(|author| by.counts_as(author)) {
        return Err(ActError::Refused("您写了这个专题，不能自己结束", "请另一位负责人结束"));
    }
    if !one.close(desk.change(), &moment(desk.now()), &reason).await? {
        return Err(ActError::OVERTAKEN);
    }
    desk.record(public_entry("topic_closing", &one, json!({ "reason": reason }))).await?;
    desk.publish_leaf(Leaf::withdrawal(one.subject(), Withdrawal::NoLongerInForce))?;
    Ok(desk.seal().await?)
}

/// The organ's edition as it stands now.
async fn topic_of(desk: &Desk, by: &Signatory, id: &str) -> Result<Topic, ActError> {
    let found = Topic::find(desk.change(), id).await?;
    found.filter(|one| one.organ == by.organ).ok_or(NONE)
}

fn draft_entry(act: &'static str, one: &Topic, facts: Value) -> Entry {
    entry(act, format!("interpretation_draft:zhuanti:{}", one.id), one, facts)
}

fn public_entry(act: &'static str, one: &Topic, facts: Value) -> Entry {
    entry(act, one.subject(), one, facts)
}

fn entry(act: &'static str, subject: String, one: &Topic, facts: Value) -> Entry {
    Entry {
        room: "interpretation",
        act,
        subject,
        organ: one.organ.clone(),
        basis: INTERPRETING.to_string(),
        facts,
    }
}
