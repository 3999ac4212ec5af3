//! 访谈提问: whoever wants to know something asks before an interview, without an account and without a name, and may take
//! it back with the query code while none of it has been put. An officer picks what is put; nobody else reads the rest.

use ::store::Statements;
use law::Provision;
use ledger::{Actor, Entry, Ledger};
use participation_rules::{InterviewStep, Sender, masked_name, masked_words};
use secrets::Sealer;
use serde_json::json;
use web::{Chore, Fault, House, Later};

use super::handed_in::{self, Drawn, OWN, once, one_line};
use super::interview::{BASIS, interview_entry};
use super::{ActError, OPINIONS, erasure, tidy, within};
use crate::store::{Asker, HandedIn, Interview, InterviewQuestion, NewQuestion};

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
    once(|| received(ledger, sealer, interview, given)).await
}

async fn received(
    ledger: &Ledger,
    sealer: &Sealer,
    interview: &str,
    given: &Asking,
) -> Result<Taken, ActError> {
    let mut desk = ledger.desk(Actor::Visitor).await?;
    let drawn = Drawn::of::<InterviewQuestion>(sealer, interview, &given.key)?;
    let missing = "没有这次访谈。请从列表里重新打开。";
    let found = handed_in::held::<InterviewQuestion>(&desk, interview, missing).await?;
    let who = checked(&given.who)?;
    if let Some(before) = InterviewQuestion::with_key(desk.change(), &drawn.key_mark).await? {
        handed_in::the_same(before.original(sealer)? == who, ("wenti", USED))?;
        return Ok(Taken { number: before.number, code: drawn.code });
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
        sealed: InterviewQuestion::seal(sealer, &id, &who)?,
        key_mark: &drawn.key_mark,
        code_mark: &drawn.code_mark,
        received_on: desk.today(),
        demo: given.demo,
    };
    new.add(desk.change()).await?;
    desk.record(told("interview_question", (&found, number), BASIS)).await?;
    desk.seal().await?;
    Ok(Taken { number, code: drawn.code })
}

/// An entry about one question; nothing of who asks, and none of the words.
fn told(act: &'static str, (of, number): (&Interview, i64), basis: Provision) -> Entry {
    let subject = format!("{OPINIONS}interview:{}:{number}", of.id);
    Entry { subject, ..interview_entry(act, of, basis, json!({ "number": number })) }
}

fn checked(given: &Asker) -> Result<Asker, ActError> {
    let who = Asker { name: one_line(&given.name), words: tidy(&given.words) };
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
    let found = handed_in::with_code::<InterviewQuestion>(from, sealer, code).await?;
    let Some((own, of)) = found else { return Ok(None) };
    let who = own.original(sealer)?;
    Ok(Some((own, of, who)))
}

/// Takes back the question with a query code: name and words are taken out.
///
/// # Errors
/// There is none with that code, the interview has begun, or the database refuses.
pub async fn retract(ledger: &Ledger, sealer: &Sealer, code: &str) -> Result<(), ActError> {
    let mut desk = ledger.desk(Actor::Visitor).await?;
    let (own, of) = handed_in::own::<InterviewQuestion>(&desk, sealer, code).await?;
    of.stage(desk.today()).after(InterviewStep::Retract)?;
    if own.retracted || !own.retract(desk.change()).await? {
        return Err(ActError::standing("这个问题已经撤回，不用再办。"));
    }
    desk.record(told("interview_question_retraction", (&of, own.number), OWN)).await?;
    Ok(desk.seal().await?)
}

/// Looks once an hour for who asked at interviews that ended a year ago (docs/readings/276).
pub(crate) const CHORE: Chore =
    Chore { name: "participation.question_erasure", every: erasure::EVERY, work };

fn work(house: &House) -> Later<'_, ()> {
    Box::pin(async move { erase(house.ledger()).await.map(drop).map_err(Fault::inside) })
}

/// Takes out who asked, and the words as they came, a year after the interview; says of how many.
///
/// # Errors
/// The database refuses.
pub async fn erase(ledger: &Ledger) -> Result<u64, ActError> {
    let told = ("interview_question_erasure", "interview_questions", "questions");
    erasure::of::<InterviewQuestion>(ledger, told).await
}
