//! 访谈提问: whoever wants to know something asks before an interview, without an account and without a name, and may take
//! it back with the query code while none of it has been put. An officer picks what is put; nobody else reads the rest.

use std::time::Duration;

use ::store::{Statements, StoreError};
use law::{Provision, article};
use ledger::{Actor, Entry, Ledger};
use participation_rules::{InterviewStep, Sender, kept_since, masked_name, masked_words};
use secrets::Sealer;
use serde_json::json;
use web::{Chore, Fault, House, Later};

use super::interview::{BASIS, interview_entry};
use super::{ActError, OPINIONS, UNSEEN, code, tidy, within};
use crate::store::{Asker, Interview, InterviewQuestion, NewQuestion, asker_place};

/// The table whose forms and codes are marked.
const TABLE: &str = "interview_question";

/// 个人信息保护法第四十五条: one's own data are read and taken back.
const OWN: Provision = article("个人信息保护法", 45);

/// The longest of what is written, in letters: decisions of ours.
pub(crate) const LONGEST: usize = 500;
const LONGEST_LINE: usize = 50;

/// What a form says when it has brought a question already.
pub(crate) const USED: &str =
    "这份表单已经交过一个问题，这一个还没有收下。页面已经换成新的表单，请再提交一次";

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asking {
    /// Who, and the words.
    pub who: Asker,
    /// What the form drew, so that the same form sent twice is one question.
    pub key: String,
    /// Whether it is 演示数据.
    pub demo: bool,
}

/// What whoever asked takes home.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// The number among the questions.
    pub number: i64,
    /// 查询码; kept nowhere.
    pub code: String,
}

/// Takes a question from the web.
///
/// # Errors
/// No questions are taken, a field is not as it must be, it cannot be sealed, or the database refuses.
pub async fn receive(
    ledger: &Ledger,
    sealer: &Sealer,
    interview: &str,
    given: &Asking,
) -> Result<Taken, ActError> {
    match received(ledger, sealer, interview, given).await {
        // The same form was sent twice at once; the other has been kept, and is found now.
        Err(ActError::Store(StoreError::Duplicate(_))) => {
            received(ledger, sealer, interview, given).await
        }
        done => done,
    }
}

async fn received(
    ledger: &Ledger,
    sealer: &Sealer,
    interview: &str,
    given: &Asking,
) -> Result<Taken, ActError> {
    let mut desk = ledger.desk(Actor::Visitor).await?;
    let key = format!("{interview}:{}", given.key);
    let code = code::of_form(sealer, TABLE, &key)?;
    let key_mark = code::form_mark(sealer, TABLE, &key)?;
    Interview::hold(desk.change(), interview).await?;
    let found = Interview::find(desk.change(), interview).await?;
    let found = found.ok_or_else(|| ActError::standing("没有这次访谈。请从列表里重新打开。"))?;
    let who = checked(&given.who)?;
    if let Some(before) = InterviewQuestion::with_key(desk.change(), &key_mark).await? {
        // Another question on the same form is not dropped silently.
        return match before.asker(sealer)? == who {
            true => Ok(Taken { number: before.number, code }),
            false => Err(ActError::Field("wenti", USED.into())),
        };
    }
    found.stage(desk.today()).after(InterviewStep::Ask)?;
    let id = uuid::Uuid::now_v7().to_string();
    let number = Interview::next_question(desk.change(), interview).await?;
    let masked = match who.name.is_empty() {
        true => "网友".to_owned(),
        false => masked_name(&who.name, Sender::Person),
    };
    let new = NewQuestion {
        id: &id,
        interview,
        number,
        masked: &masked,
        shown: &masked_words(&who.words),
        sealed: sealer.seal_text(asker_place(&id), &json!(who).to_string())?,
        key_mark: &key_mark,
        code_mark: &code::mark(sealer, TABLE, &code)?,
        received_on: desk.today(),
        demo: given.demo,
    };
    new.add(desk.change()).await?;
    desk.record(told("interview_question", (&found, number), BASIS)).await?;
    desk.seal().await?;
    Ok(Taken { number, code })
}

/// An entry about one question; nothing of who asks, and none of the words.
fn told(act: &'static str, (of, number): (&Interview, i64), basis: Provision) -> Entry {
    let subject = format!("{OPINIONS}interview:{}:{number}", of.id);
    Entry { subject, ..interview_entry(act, of, basis, json!({ "number": number })) }
}

fn checked(given: &Asker) -> Result<Asker, ActError> {
    let name = given.name.split_whitespace().collect::<Vec<_>>().join(" ");
    let who = Asker { name, words: tidy(&given.words) };
    if who.words.is_empty() {
        return Err(ActError::Field("wenti", "写下您想问的".into()));
    }
    within("wenti", &who.words, LONGEST)?;
    within("xingming", &who.name, LONGEST_LINE)?;
    Ok(who)
}

/// The question with a query code and its interview, for whoever has it; and the words as they came.
///
/// # Errors
/// The keys cannot be used, or the database refuses.
pub async fn with_code(
    from: &impl Statements,
    sealer: &Sealer,
    code: &str,
) -> Result<Option<(InterviewQuestion, Interview, Asker)>, ActError> {
    if !code::is_whole(code) {
        return Ok(None);
    }
    let mark = code::mark(sealer, TABLE, code)?;
    let found = InterviewQuestion::with_code(from, &mark).await?;
    let Some(own) = found else { return Ok(None) };
    let Some(of) = Interview::find(from, &own.interview).await? else { return Ok(None) };
    let who = own.asker(sealer)?;
    Ok(Some((own, of, who)))
}

/// Takes back the question with a query code: name and words are taken out.
///
/// # Errors
/// There is none with that code, the interview has begun, or the database refuses.
pub async fn retract(ledger: &Ledger, sealer: &Sealer, code: &str) -> Result<(), ActError> {
    let mut desk = ledger.desk(Actor::Visitor).await?;
    let found = with_code(desk.change(), sealer, code).await?;
    let (own, of, _) =
        found.ok_or_else(|| ActError::standing("没有这个查询码。请核对以后再写一次。"))?;
    Interview::hold(desk.change(), &of.id).await?;
    let of = Interview::find(desk.change(), &of.id).await?.unwrap_or(of);
    of.stage(desk.today()).after(InterviewStep::Retract)?;
    if own.retracted || !own.retract(desk.change()).await? {
        return Err(ActError::standing("这个问题已经撤回，不用再办。"));
    }
    desk.record(told("interview_question_retraction", (&of, own.number), OWN)).await?;
    Ok(desk.seal().await?)
}

/// 个人信息保护法第十九条: no longer than is needed.
const KEPT: Provision = article("个人信息保护法", 19);

/// Looks once an hour for who asked at interviews that ended a year ago (docs/readings/276).
pub(crate) const CHORE: Chore =
    Chore { name: "participation.question_erasure", every: Duration::from_secs(3600), work };

fn work(house: &House) -> Later<'_, ()> {
    Box::pin(async move { erase(house.ledger()).await.map(drop).map_err(Fault::inside) })
}

/// Takes out who asked, and the words as they came, a year after the interview; says of how many.
///
/// # Errors
/// The database refuses.
pub async fn erase(ledger: &Ledger) -> Result<u64, ActError> {
    let since = kept_since(ledger.clock().today());
    if !InterviewQuestion::has_kept_before(ledger.store(), since).await? {
        return Ok(0);
    }
    let mut desk = ledger.desk(Actor::Timer).await?;
    let erased = InterviewQuestion::erase_before(desk.change(), since).await?;
    desk.record(Entry {
        room: "participation",
        act: "interview_question_erasure",
        subject: format!("{UNSEEN}interview_questions"),
        organ: String::new(),
        basis: KEPT.to_string(),
        facts: json!({ "questions": erased, "before": since }),
    })
    .await?;
    desk.seal().await?;
    Ok(erased)
}
