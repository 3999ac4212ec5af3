//! 回应关切: a concern is heard, verified, answered and told, each within hours; or somebody who answers for the organ
//! says why it is not (国办发〔2016〕61号、80号; docs/readings/301).

use identity::Organ;
use interpretation_rules::{BadBody, Concern, RESPONDING, Reply, ResponseEvent, ResponseState};
use jiff::Timestamp;
use ledger::{Desk, Entry, Leaf, Withdrawal};
use review::{Publishers, Signatory, Unit, submission};
use secrets::Sealer;
use serde_json::{Value, json};
use store::moment;
use web::{Appeared, Approved};

use super::{ActError, line, needed};
use crate::checks;
use crate::drafts::RESPONSE;
use crate::inscription;
use crate::store::{Heard, Response, Told};

/// The organ has none with that key.
const NONE: ActError = ActError::Refused("本机关没有这件回应", "在“回应关切”中查看");

/// The longest note of what was found out, in letters: a decision of ours (docs/readings/301).
const LONGEST_NOTE: usize = 2_000;

/// What a form says of a concern.
#[derive(Debug, Clone, Copy, Default)]
pub struct Said<'a> {
    /// 特别重大、重大突发事件, or another, by its word.
    pub concern: &'a str,
    /// The day and the minute it was heard, in China's time: 2026-11-26 and 09:30.
    pub heard: (&'a str, &'a str),
    /// Where.
    pub source: &'a str,
    /// What people ask or say.
    pub words: &'a str,
    /// Whether many ask it.
    pub by_many: bool,
}

/// 立项: a concern was heard. Its clocks run from the moment it was heard, not from the moment it is written down.
///
/// # Errors
/// A field is not as it must be, it cannot be sealed, or the database refuses.
pub async fn hear(
    mut desk: Desk,
    sealer: &Sealer,
    by: &Signatory,
    said: &Said<'_>,
) -> Result<Response, ActError> {
    let concern = Concern::read(said.concern)
        .ok_or_else(|| ActError::field("zhonglei", "没有选是哪一种。请选一种。"))?;
    let at = moment_in_china("riqi", said.heard, desk.now())?;
    let heard = Heard { concern, at: moment(at), by_many: said.by_many };
    let told = Told {
        source: needed("laiyuan", "在哪里看到、听到", said.source)?,
        words: note("neirong", "群众问什么、说什么", said.words)?,
    };
    concern
        .due(at, ledger::day_in_china(at))
        .map_err(|_| ActError::field("riqi", "那一天还没有回应时限的规定。请核对日期。"))?;
    let organ = Organ::find(desk.change(), &by.organ).await?;
    let division = organ.map(|organ| organ.division).unwrap_or_default();
    let now = moment(desk.now());
    let what = (&heard, &told);
    let id = Response::add(desk.change(), sealer, what, (by, &division), &now).await?;
    let one = response_of(&desk, by, &id).await?;
    let facts =
        json!({ "concern": concern.word(), "heard_at": heard.at, "by_many": heard.by_many });
    desk.record(draft_entry("concern", &one, facts)).await?;
    desk.seal().await?;
    Ok(one)
}

/// A day and a minute of China's clock that has passed.
fn moment_in_china(
    field: &str,
    (day, minute): (&str, &str),
    now: Timestamp,
) -> Result<Timestamp, ActError> {
    let text = format!("{}T{}:00+08:00", day.trim(), minute.trim());
    let at: Timestamp = text.parse().map_err(|_| {
        ActError::field(field, "日期写成 2026-11-26，时间写成 09:30。请照这样填写。")
    })?;
    if at > now {
        return Err(ActError::field(field, "这个时间还没有到。请核对日期和时间。"));
    }
    Ok(at)
}

/// A note of several lines that must not be empty.
fn note(field: &str, name: &str, text: &str) -> Result<String, ActError> {
    let text = text.replace("\r\n", "\n").trim().to_owned();
    if text.is_empty() {
        return Err(ActError::field(field, format!("没有写{name}。请填写。")));
    }
    if text.chars().count() > LONGEST_NOTE {
        return Err(ActError::field(field, format!("超过 {LONGEST_NOTE} 字。请写短一些。")));
    }
    Ok(text)
}

/// 核实: what was found out.
///
/// # Errors
/// There is none of the organ that may be verified, nothing is said, it cannot be sealed, or the database refuses.
pub async fn verify(
    mut desk: Desk,
    sealer: &Sealer,
    by: &Signatory,
    (id, found): (&str, &str),
) -> Result<(), ActError> {
    let one = response_of(&desk, by, id).await?;
    one.state.after(ResponseEvent::Verify)?;
    let found = note("heshi", "核实情况", found)?;
    let (authors, now) = (authors_with(&one, by), moment(desk.now()));
    if !one.verify(desk.change(), sealer, &found, (&by.name, &authors, &now)).await? {
        return Err(ActError::OVERTAKEN);
    }
    desk.record(draft_entry("concern_verification", &one, json!({}))).await?;
    Ok(desk.seal().await?)
}

/// Keeps the answer over the revision it was shown in; half of it is kept as well.
///
/// # Errors
/// There is none of the organ that may be written, somebody saved meanwhile, or the database refuses.
pub async fn write(
    mut desk: Desk,
    by: &Signatory,
    id: &str,
    (reply, revision): (&Reply, i64),
) -> Result<(), ActError> {
    let one = response_of(&desk, by, id).await?;
    if !matches!(one.state, ResponseState::Heard | ResponseState::Verified) {
        return Err(ActError::UNDER_REVIEW);
    }
    let reply = Reply { title: line("biaoti", &reply.title)?, ..reply.clone() };
    let (authors, now) = (authors_with(&one, by), moment(desk.now()));
    if !one.write(desk.change(), (&reply, revision), (&authors, &now)).await? {
        return Err(ActError::OVERTAKEN);
    }
    desk.record(draft_entry("response_writing", &one, json!({ "revision": revision + 1 }))).await?;
    Ok(desk.seal().await?)
}

/// Those who wrote it, with whoever acts now.
fn authors_with(one: &Response, by: &Signatory) -> Vec<String> {
    let mut authors = one.authors.clone();
    authors.extend(by.persons().map(str::to_owned));
    authors.sort();
    authors.dedup();
    authors
}

/// Hands it in for review.
///
/// # Errors
/// Nobody has verified it, it is not whole or holds personal data, or the database refuses.
pub async fn submit(
    mut desk: Desk,
    publishers: &Publishers,
    by: &Signatory,
    (id, note): (&str, Option<&str>),
) -> Result<Unit, ActError> {
    let one = response_of(&desk, by, id).await?;
    one.state.after(ResponseEvent::Submit)?;
    examine(&one)?;
    desk.record(draft_entry("response_submission", &one, json!({}))).await?;
    let pieces = [(RESPONSE, id)];
    let given =
        submission::Submitted { pieces: &pieces, note, added: vec![], for_another: false, by };
    let unit = submission::within(&mut desk, publishers, given).await?;
    desk.seal().await?;
    Ok(unit)
}

/// Refuses an answer that is not whole or holds what must not be public, field by field.
fn examine(one: &Response) -> Result<(), ActError> {
    let field = |bad: BadBody| (bad.field, bad.words);
    let checked = one.reply.check(one.heard.by_many);
    checked.map_err(|bad| ActError::Fields(bad.into_iter().map(field).collect()))?;
    let told = [
        ("biaoti".to_owned(), one.reply.title.clone()),
        ("huiying".to_owned(), one.reply.answer.clone()),
    ];
    let turns = one.reply.turns.iter().enumerate().flat_map(|(at, turn)| {
        let at = at + 1;
        [(format!("wen-{at}"), turn.question.clone()), (format!("da-{at}"), turn.answer.clone())]
    });
    for (field, text) in told.into_iter().chain(turns) {
        if let Some(words) = checks::stopping_line(&text) {
            return Err(ActError::field(&field, format!("{words}。请删去或者遮盖。")));
        }
    }
    Ok(())
}

/// It becomes public.
pub(crate) async fn publish(desk: &mut Desk, approved: &Approved) -> Result<Appeared, ActError> {
    let one = Response::find(desk.change(), &approved.id).await?.ok_or(NONE)?;
    one.state.after(ResponseEvent::Publish)?;
    examine(&one)?;
    let at = moment(desk.now());
    if !one.appear(desk.change(), &approved.publication, (&at, desk.today())).await? {
        return Err(ActError::OVERTAKEN);
    }
    let shown = Response::find(desk.change(), &one.id).await?.ok_or(NONE)?;
    let facts = json!({ "title": one.reply.title, "concern": one.heard.concern.word() });
    desk.record(public_entry("response", &one, facts)).await?;
    desk.publish_leaf(inscription::response_leaf(&shown))?;
    Ok(Appeared { subject: one.subject(), path: Some(one.path()) })
}

/// 新闻发布会 was held.
///
/// # Errors
/// There is none of the organ, one was noted before, the moment is none that has passed, or the database refuses.
pub async fn confer(
    mut desk: Desk,
    by: &Signatory,
    id: &str,
    held: (&str, &str),
) -> Result<(), ActError> {
    let one = response_of(&desk, by, id).await?;
    let at = moment(moment_in_china("fabuhui-riqi", held, desk.now())?);
    if at < one.heard.at {
        return Err(ActError::field("fabuhui-riqi", "早于立项的时间。请核对日期和时间。"));
    }
    if !one.confer(desk.change(), &at).await? {
        return Err(ActError::Refused("已经登记过新闻发布会", "刷新页面再看"));
    }
    let entry = match one.state {
        ResponseState::Published => public_entry("press_conference", &one, json!({ "at": at })),
        _ => draft_entry("press_conference", &one, json!({ "at": at })),
    };
    desk.record(entry).await?;
    Ok(desk.seal().await?)
}

/// Closes one without a response, or takes down what was published, with a reason that is kept, and read where it was
/// public. Whoever wrote it does not decide this.
///
/// # Errors
/// There is none of the organ that stands so, the person wrote it, it is under review, the reason is missing or holds
/// personal data, or the database refuses.
pub async fn end(mut desk: Desk, by: &Signatory, id: &str, reason: &str) -> Result<(), ActError> {
    let one = response_of(&desk, by, id).await?;
    let (event, act) = match one.state {
        ResponseState::Published => (ResponseEvent::Withdraw, "response_withdrawal"),
        _ => (ResponseEvent::Close, "response_closing"),
    };
    let to = one.state.after(event)?;
    let reason = needed(web::workbench::REASON, "理由", reason)?;
    if let Some(words) = checks::stopping_line(&reason) {
        let words = format!("{words}。请删去或者遮盖。");
        return Err(ActError::field(web::workbench::REASON, words));
    }
    if one.authors.iter().any(|author| by.counts_as(author)) {
        return Err(ActError::Refused("您写了这件回应，不能自己决定", "请另一位负责人决定"));
    }
    let now = moment(desk.now());
    if !one.end(desk.change(), to, (by, &now), &reason).await? {
        return Err(ActError::OVERTAKEN);
    }
    let facts = json!({ "reason": reason });
    if to == ResponseState::Withdrawn {
        desk.record(public_entry(act, &one, facts)).await?;
        desk.publish_leaf(Leaf::withdrawal(one.subject(), Withdrawal::InError))?;
    } else {
        desk.record(draft_entry(act, &one, facts)).await?;
    }
    Ok(desk.seal().await?)
}

/// The organ's one as it stands now.
async fn response_of(desk: &Desk, by: &Signatory, id: &str) -> Result<Response, ActError> {
    let found = Response::find(desk.change(), id).await?;
    found.filter(|one| one.organ == by.organ).ok_or(NONE)
}

fn draft_entry(act: &'static str, one: &Response, facts: Value) -> Entry {
    entry(act, format!("interpretation_draft:huiying:{}", one.id), one, facts)
}

fn public_entry(act: &'static str, one: &Response, facts: Value) -> Entry {
    entry(act, one.subject(), one, facts)
}

fn entry(act: &'static str, subject: String, one: &Response, facts: Value) -> Entry {
    Entry {
        room: "interpretation",
        act,
        subject,
        organ: one.organ.clone(),
        basis: RESPONDING.to_string(),
        facts,
    }
}
