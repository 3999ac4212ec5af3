//! 意见 as they come in: by the web without an account, or registered by an officer from a letter, the counter, a
//! meeting; all in one place. Who gave one may read it again and withdraw it with its query code.

use ::store::Statements;
use law::{Date, Provision, article, document};
use ledger::{Actor, Desk, Ledger};
use participation_rules::{
    DECISIONS, NOTICE_2020, OpinionStep, Sender, Source, Step, WHOLE, masked_name, masked_words,
};
use review::Signatory;
use secrets::Sealer;
use serde_json::json;

use super::handed_in::{self, Drawn, OWN, once, one_line};
use super::{ActError, at, entry_of, taken, tidy, within};
use crate::store::{Consultation, Contact, HandedIn, NewOpinion, Opinion, Original};

/// 三（三）: people are heard.
const HEARD: Provision = document(NOTICE_2020);

/// 第十四条: what is heard otherwise is kept as well.
const REGISTERED: Provision = article(DECISIONS, 14);

/// The longest opinion, in letters.
pub(crate) const LONGEST: usize = 3_000;

/// The longest name or contact.
pub(crate) const LONGEST_LINE: usize = 100;

/// What somebody says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// The clause it is about; 0 of the whole.
    pub clause: u32,
    /// Who gives it.
    pub sender: Sender,
    /// The words.
    pub words: String,
    /// Who, and how he is reached; both may be empty.
    pub contact: Contact,
    /// What the form drew, so that the same form sent twice is one opinion.
    pub key: String,
    /// Whether it is 演示数据.
    pub demo: bool,
}

/// What whoever gave an opinion takes home.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// The number among the opinions on this draft.
    pub number: i64,
    /// 查询码; kept nowhere.
    pub code: String,
}

/// Takes an opinion from the web.
///
/// # Errors
/// The consultation is not open, a field is not as it must be, it cannot be sealed, or the database refuses.
pub async fn receive(
    ledger: &Ledger,
    sealer: &Sealer,
    consultation: &str,
    given: &Given,
) -> Result<Receipt, ActError> {
    once(|| received(ledger, sealer, consultation, given)).await
}

async fn received(
    ledger: &Ledger,
    sealer: &Sealer,
    consultation: &str,
    given: &Given,
) -> Result<Receipt, ActError> {
    let mut desk = ledger.desk(Actor::Visitor).await?;
    let drawn = Drawn::of::<Opinion>(sealer, consultation, &given.key)?;
    let today = desk.today();
    let missing = "没有这次征求意见。请从列表里重新打开。";
    let found = handed_in::held::<Opinion>(&desk, consultation, missing).await?;
    if let Some(before) = Opinion::with_key(desk.change(), &drawn.key_mark).await? {
        return Ok(Receipt { number: same(sealer, &before, given)?, code: drawn.code });
    }
    found.stage(today).after(Step::Opinion)?;
    let marks = (drawn.key_mark, drawn.code_mark);
    let told = Told { given, source: Source::Web, received_on: today, marks, registered_by: "" };
    let number = add(&mut desk, sealer, &found, told).await?;
    desk.seal().await?;
    Ok(Receipt { number, code: drawn.code })
}

/// Registers an opinion that came otherwise; it counts from the day it came.
///
/// # Errors
/// It came before the notice or after the last day, the answers are under review, a field is not as it must be, or
/// the database refuses.
pub async fn register(
    mut desk: Desk,
    who: (&Sealer, &Signatory),
    which: (&str, &str),
    when: (Source, Date),
    given: &Given,
) -> Result<i64, ActError> {
    let number = registered(&mut desk, who, which, when, given).await?;
    desk.seal().await?;
    Ok(number)
}

/// The same within another act.
pub(super) async fn registered(
    desk: &mut Desk,
    (sealer, by): (&Sealer, &Signatory),
    (organ, consultation): (&str, &str),
    (source, received_on): (Source, Date),
    given: &Given,
) -> Result<i64, ActError> {
    let (found, _) = taken(desk, organ, consultation, Step::Register).await?;
    let in_time = found.opened_on.is_some_and(|first| first <= received_on)
        && found.ends_on.is_some_and(|last| received_on <= last)
        && received_on <= desk.today();
    if !in_time {
        let words = "写收到的日子，在公告公布以后、截止以前；来信以寄出的邮戳为准";
        return Err(ActError::Field("riqi", words.into()));
    }
    // Whoever wrote a letter has no code: only the mark of the form is kept.
    let mark = Drawn::of::<Opinion>(sealer, consultation, &given.key)?.key_mark;
    if let Some(before) = Opinion::with_key(desk.change(), &mark).await? {
        return same(sealer, &before, given);
    }
    let marks = (mark, String::new());
    let told = Told { given, source, received_on, marks, registered_by: &by.person };
    add(desk, sealer, &found, told).await
}

/// What a form says when it has brought an opinion already.
pub(crate) const USED: &str =
    "这份表单已经交过一条意见，这一条还没有收下。页面已经换成新的表单，请再提交一次";

/// The number of what a form brought before, where it brings the same again; another opinion is not dropped
/// silently.
fn same(sealer: &Sealer, before: &Opinion, given: &Given) -> Result<i64, ActError> {
    let kept = before.original(sealer)?;
    let same = before.clause == given.clause && kept.words == tidy(&given.words);
    handed_in::the_same(same, ("yijian", USED)).map(|()| before.number)
}

struct Told<'a> {
    given: &'a Given,
    source: Source,
    received_on: Date,
    marks: (String, String),
    registered_by: &'a str,
}

async fn add(
    desk: &mut Desk,
    sealer: &Sealer,
    of: &Consultation,
    told: Told<'_>,
) -> Result<i64, ActError> {
    let given = told.given;
    let (words, contact) = checked(given)?;
    let known = of.clauses(desk.change()).await?;
    if given.clause != WHOLE && !known.iter().any(|clause| clause.number == given.clause) {
        return Err(ActError::Field("tiao", "选草案里的一条，或者选“对整个草案”".into()));
    }
    let id = uuid::Uuid::now_v7().to_string();
    let number = Consultation::next_number(desk.change(), &of.id).await?;
    let (masked, shown) = (masked_name(&contact.name, given.sender), masked_words(&words));
    let sealed = Opinion::seal(sealer, &id, &Original { contact, words })?;
    let new = NewOpinion {
        id: &id,
        consultation: &of.id,
        number,
        clause: given.clause,
        source: told.source,
        sender: given.sender,
        masked: &masked,
        shown: &shown,
        sealed,
        key_mark: &told.marks.0,
        code_mark: &told.marks.1,
        received_on: told.received_on,
        at: &at(desk),
        registered_by: told.registered_by,
        demo: given.demo,
    };
    new.add(desk.change()).await?;
    let (act, basis) = match told.source {
        Source::Web => ("opinion", HEARD),
        _ => ("opinion_registration", REGISTERED),
    };
    let facts = json!({ "source": told.source.word(), "clause": given.clause });
    desk.record(entry_of(act, (of, number), basis, facts)).await?;
    Ok(number)
}

fn checked(given: &Given) -> Result<(String, Contact), ActError> {
    let words = tidy(&given.words);
    if words.is_empty() {
        return Err(ActError::Field("yijian", "写下您的意见".into()));
    }
    let told = &given.contact;
    let contact = Contact { name: one_line(&told.name), contact: one_line(&told.contact) };
    within("yijian", &words, LONGEST)?;
    within("xingming", &contact.name, LONGEST_LINE)?;
    within("lianxi", &contact.contact, LONGEST_LINE)?;
    if given.sender == Sender::Organisation && contact.name.is_empty() {
        return Err(ActError::Field("xingming", "以单位名义提意见的，写单位名称".into()));
    }
    Ok((words, contact))
}

/// The opinion with a query code and the consultation it answers, for whoever has it.
///
/// # Errors
/// The keys cannot be used, or the database refuses.
pub async fn with_code(
    from: &impl Statements,
    sealer: &Sealer,
    code: &str,
) -> Result<Option<(Opinion, Consultation)>, ActError> {
    handed_in::with_code::<Opinion>(from, sealer, code).await
}

/// Withdraws the opinion with a query code: words, name and contact are taken out.
///
/// # Errors
/// There is none with that code, the time is over, or the database refuses.
pub async fn retract(ledger: &Ledger, sealer: &Sealer, code: &str) -> Result<(), ActError> {
    let mut desk = ledger.desk(Actor::Visitor).await?;
    let (opinion, of) = handed_in::own::<Opinion>(&desk, sealer, code).await?;
    of.stage(desk.today()).after(Step::Retract)?;
    opinion.state.after(OpinionStep::Retract)?;
    if !opinion.retract(desk.change()).await? {
        return Err(ActError::overtaken());
    }
    desk.record(entry_of("opinion_retraction", (&of, opinion.number), OWN, json!({}))).await?;
    Ok(desk.seal().await?)
}
