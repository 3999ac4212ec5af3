//! 报名: whoever fits the conditions enrols without an account; who does not fit is excluded with a reason that he reads
//! with his code, and everybody reads how many. Whoever enrols more than once counts once.

use ::store::Statements;
use law::Provision;
use ledger::{Actor, Desk, Ledger};
use participation_rules::{EnrolmentStep, HearingStep};
use secrets::{Place, Sealer};
use serde_json::{Value, json};

use super::handed_in::{self, Drawn, OPENED, OWN, once, one_line};
use super::hearing::BASIS;
use super::{
    ActError, ENROLMENTS, hearing_entry, lasting_reason, reasoned, taken_hearing, tidy, within,
};
use crate::draw::digest;
use crate::store::{Enroller, Enrolment, HandedIn, Hearing, NewEnrolment};

/// The longest of what is written, in letters: decisions of ours.
const LONGEST_LINE: usize = 50;
const LONGEST_WORDS: usize = 500;

/// What a form says when it has brought an enrolment already.
pub(crate) const USED: &str =
    "这份表单已经报过一次名，这一次还没有收下。页面已经换成新的表单，请再提交一次";

/// So many letters of a mark stand on the list.
const MARK: usize = 16;

/// Who enrols for what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enrolling {
    /// The side, from 1.
    pub side: usize,
    /// Who.
    pub who: Enroller,
    /// What the form drew, so that the same form sent twice is one enrolment.
    pub key: String,
    /// Whether it is 演示数据.
    pub demo: bool,
}

/// What whoever enrolled takes home.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enrolled {
    /// The number among those who enrolled.
    pub number: i64,
    /// 查询码; kept nowhere.
    pub code: String,
    /// How the list names it.
    pub mark: String,
}

/// Takes an enrolment from the web.
///
/// # Errors
/// The hearing is not open, a field is not as it must be, it cannot be sealed, or the database refuses.
pub async fn enrol(
    ledger: &Ledger,
    sealer: &Sealer,
    hearing: &str,
    given: &Enrolling,
) -> Result<Enrolled, ActError> {
    once(|| enrolled(ledger, sealer, hearing, given)).await
}

async fn enrolled(
    ledger: &Ledger,
    sealer: &Sealer,
    hearing: &str,
    given: &Enrolling,
) -> Result<Enrolled, ActError> {
    let mut desk = ledger.desk(Actor::Visitor).await?;
    let drawn = Drawn::of::<Enrolment>(sealer, hearing, &given.key)?;
    let missing = "没有这次听证。请从列表里重新打开。";
    let found = handed_in::held::<Enrolment>(&desk, hearing, missing).await?;
    let who = checked((&given.who, given.side), found.said.seats().len())?;
    if let Some(before) = Enrolment::with_key(desk.change(), &drawn.key_mark).await? {
        let same = before.side == given.side && before.original(sealer)? == who;
        handed_in::the_same(same, ("xingming", USED))?;
        return Ok(Enrolled { number: before.number, code: drawn.code, mark: before.mark });
    }
    found.stage(desk.today()).after(HearingStep::Enrol)?;
    let id = uuid::Uuid::now_v7().to_string();
    let number = Hearing::next_number(desk.change(), hearing).await?;
    let mark = listed_as(sealer, &drawn.code)?;
    let new = NewEnrolment {
        id: &id,
        hearing,
        number,
        side: given.side,
        mark: &mark,
        sealed: Enrolment::seal(sealer, &id, &who)?,
        key_mark: &drawn.key_mark,
        code_mark: &drawn.code_mark,
        person_mark: &person_mark::<Enrolment>(sealer, &who)?,
        received_on: desk.today(),
        demo: given.demo,
    };
    new.add(desk.change()).await?;
    desk.record(told("enrolment", (&found, number), BASIS, json!({ "side": given.side }))).await?;
    desk.seal().await?;
    Ok(Enrolled { number, code: drawn.code, mark })
}

/// How the list names who has a code: nobody else can tell whose it is.
fn listed_as(sealer: &Sealer, code: &str) -> Result<String, ActError> {
    let mark = sealer.mark(Place::new(Enrolment::TABLE, "", "mark"), code)?;
    Ok(digest(mark.as_str()).chars().take(MARK).collect())
}

/// The same for the same name and contact, however they are spaced.
pub(super) fn person_mark<T: HandedIn>(
    sealer: &Sealer,
    who: &Enroller,
) -> Result<String, ActError> {
    let bare = |text: &str| text.chars().filter(|one| !one.is_whitespace()).collect::<String>();
    let both = format!("{}\n{}", bare(&who.name), bare(&who.contact).replace('-', ""));
    Ok(sealer.mark(Place::new(T::TABLE, "", "person_mark"), &both)?.as_str().to_owned())
}

/// An entry about one enrolment; nothing of who it is.
fn told(
    act: &'static str,
    (of, number): (&Hearing, i64),
    basis: Provision,
    facts: Value,
) -> ledger::Entry {
    let subject = format!("{ENROLMENTS}{}:{number}", of.id);
    ledger::Entry { subject, ..hearing_entry(act, of, basis, facts) }
}

/// Who enrols for one of so many sides, as it is kept.
pub(super) fn checked(
    (given, side): (&Enroller, usize),
    sides: usize,
) -> Result<Enroller, ActError> {
    let who = Enroller {
        name: one_line(&given.name),
        contact: one_line(&given.contact),
        words: tidy(&given.words),
    };
    if !(1..=sides).contains(&side) {
        return Err(ActError::Field("fang", "选您代表哪一方".into()));
    }
    if who.name.is_empty() {
        return Err(ActError::Field("xingming", "写下您的姓名，到会场要核对身份证".into()));
    }
    if who.contact.chars().filter(char::is_ascii_digit).count() < 7 && !who.contact.contains('@') {
        return Err(ActError::Field("lianxi", "写下电话或者邮箱，选上了要通知您".into()));
    }
    within("xingming", &who.name, LONGEST_LINE)?;
    within("lianxi", &who.contact, LONGEST_LINE)?;
    within("guandian", &who.words, LONGEST_WORDS)?;
    Ok(who)
}

/// The enrolment with a query code and its hearing, for whoever has it.
///
/// # Errors
/// The keys cannot be used, or the database refuses.
pub async fn with_code(
    from: &impl Statements,
    sealer: &Sealer,
    code: &str,
) -> Result<Option<(Enrolment, Hearing)>, ActError> {
    handed_in::with_code::<Enrolment>(from, sealer, code).await
}

/// Withdraws the enrolment with a query code: name, contact and words are taken out.
///
/// # Errors
/// There is none with that code, the enrolment is over, or the database refuses.
pub async fn retract(ledger: &Ledger, sealer: &Sealer, code: &str) -> Result<(), ActError> {
    let mut desk = ledger.desk(Actor::Visitor).await?;
    let (own, of) = handed_in::own::<Enrolment>(&desk, sealer, code).await?;
    of.stage(desk.today()).after(HearingStep::Retract)?;
    own.state.after(EnrolmentStep::Retract)?;
    if !own.retract(desk.change()).await? {
        return Err(ActError::overtaken());
    }
    desk.record(told("enrolment_retraction", (&of, own.number), OWN, json!({}))).await?;
    Ok(desk.seal().await?)
}

/// Excludes who does not fit the conditions of the notice.
///
/// # Errors
/// The list is bound, it counts no more, no reason is given, or the database refuses.
pub async fn exclude(
    mut desk: Desk,
    (organ, id, number): (&str, &str, i64),
    reason: &str,
) -> Result<(), ActError> {
    let reason = reasoned(reason)?;
    let (found, _) = taken_hearing(&desk, organ, id, HearingStep::Exclude).await?;
    let own = Enrolment::find(desk.change(), id, number).await?;
    let own = own.ok_or_else(|| ActError::standing("没有这个编号。请从名单里重新打开。"))?;
    own.state.after(EnrolmentStep::Exclude)?;
    if !own.exclude(desk.change(), &reason).await? {
        return Err(ActError::overtaken());
    }
    // Why is told to him alone; the ledger keeps that it was decided, and by whom.
    desk.record(told("enrolment_exclusion", (&found, number), BASIS, json!({}))).await?;
    Ok(desk.seal().await?)
}

/// Opens who enrolled, those with a number after this and at most so many, once it is written down who looks and why.
///
/// # Errors
/// No reason is given or it names somebody, what is sealed cannot be opened, or the database refuses.
pub async fn open(
    desk: Desk,
    sealer: &Sealer,
    (organ, id): (&str, &str),
    (after, most): (i64, i64),
    reason: &str,
) -> Result<Vec<(Enrolment, Enroller)>, ActError> {
    let reason = lasting_reason(reason)?;
    let found = Hearing::find(desk.change(), id).await?.filter(|found| found.organ == organ);
    let found =
        found.ok_or_else(|| ActError::standing("本机关没有这次听证。请从列表里重新打开。"))?;
    let entry = |facts| hearing_entry("enrolment_contact", &found, OPENED, facts);
    handed_in::open::<Enrolment>(desk, sealer, (id, after, most), &reason, entry).await
}
