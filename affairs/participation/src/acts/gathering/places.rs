//! 报名和候补: whoever may come enrols without an account. By order of arrival one has a place at once, or waits for one;
//! when somebody cancels, whoever waits first moves up.

use ::store::{Statements, Transaction};
use law::Provision;
use ledger::{Actor, Desk, Ledger};
use participation_rules::{GatheringStep, Placing, Queued};
use secrets::Sealer;
use serde_json::{Value, json};

use super::super::enrolment::{USED, checked, person_mark};
use super::super::handed_in::{self, Drawn, OPENED, OWN, once};
use super::super::{ActError, ENROLMENTS, lasting_reason, reasoned};
use super::{basis, gathering_entry, taken};
use crate::store::{Enroller, Gathering, HandedIn, NewPlace, Place};

/// Who enrols for what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coming {
    /// The group, from 1.
    pub group: usize,
    /// Who.
    pub who: Enroller,
    /// What the form drew, so that the same form sent twice is one enrolment.
    pub key: String,
    /// Whether it is 演示数据.
    pub demo: bool,
}

/// What whoever enrolled takes home.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Came {
    /// The number among those who enrolled.
    pub number: i64,
    /// 查询码; kept nowhere.
    pub code: String,
    /// Has a place.
    pub placed: bool,
    /// The place among those of the group who wait, from 1; none where it does not wait.
    pub waits: Option<usize>,
}

/// Takes an enrolment from the web.
///
/// # Errors
/// One does not enrol now, a field is not as it must be, the same person enrolled before, it cannot be sealed, or the
/// database refuses.
pub async fn enrol(
    ledger: &Ledger,
    sealer: &Sealer,
    gathering: &str,
    given: &Coming,
) -> Result<Came, ActError> {
    once(|| enrolled(ledger, sealer, gathering, given)).await
}

async fn enrolled(
    ledger: &Ledger,
    sealer: &Sealer,
    gathering: &str,
    given: &Coming,
) -> Result<Came, ActError> {
    let mut desk = ledger.desk(Actor::Visitor).await?;
    let drawn = Drawn::of::<Place>(sealer, gathering, &given.key)?;
    let missing = "没有这次活动。请从列表里重新打开。";
    let found = handed_in::held::<Place>(&desk, gathering, missing).await?;
    let who = checked((&given.who, given.group), found.said.seats().len())?;
    if let Some(before) = Place::with_key(desk.change(), &drawn.key_mark).await? {
        let same = before.group == given.group && before.original(sealer)? == who;
        handed_in::the_same(same, ("xingming", USED))?;
        return came(desk.change(), &found, (before.number, drawn.code)).await;
    }
    found.stage(desk.today()).after(GatheringStep::Enrol)?;
    let person = person_mark::<Place>(sealer, &who)?;
    if Place::of_person(desk.change(), (gathering, &person)).await?.is_some() {
        let words =
            "这个姓名和联系方式已经报过名，只算一次。用当时的查询码查，查询码丢了的打公告上的电话";
        return Err(ActError::Field("xingming", words.into()));
    }
    let id = uuid::Uuid::now_v7().to_string();
    let number = Gathering::next_number(desk.change(), gathering).await?;
    let new = NewPlace {
        id: &id,
        gathering,
        number,
        group: given.group,
        sealed: Place::seal(sealer, &id, &who)?,
        key_mark: &drawn.key_mark,
        code_mark: &drawn.code_mark,
        person_mark: &person,
        received_on: desk.today(),
        demo: given.demo,
    };
    new.add(desk.change()).await?;
    settle(desk.change(), &found, Some(number)).await?;
    let came = came(desk.change(), &found, (number, drawn.code)).await?;
    let facts = json!({ "group": given.group, "placed": came.placed });
    desk.record(told("place_enrolment", (&found, number), basis(&found), facts)).await?;
    desk.seal().await?;
    Ok(came)
}

/// What whoever has a number takes home now.
async fn came(
    from: &impl Statements,
    of: &Gathering,
    (number, code): (i64, String),
) -> Result<Came, ActError> {
    let queue = Place::queue(from, &of.id).await?;
    let placed = queue.iter().any(|one| one.number == number && one.placed);
    Ok(Came { number, code, placed, waits: Queued::place(&queue, number) })
}

/// Gives the places that are free to whoever waits first; says who moved up. Whoever is there sees it himself, all
/// others are to be told. Where people are chosen, nobody moves up before that.
pub(super) async fn settle(
    change: &Transaction,
    of: &Gathering,
    there: Option<i64>,
) -> Result<Vec<i64>, ActError> {
    if of.said.placing == Placing::Chosen && of.chosen_on.is_none() {
        return Ok(vec![]);
    }
    let up = Queued::moved_up(&of.said.seats(), &Place::queue(change, &of.id).await?);
    for number in &up {
        let told = there == Some(*number);
        Place::place(change, (&of.id, *number), ("", !told)).await?;
    }
    Ok(up)
}

/// An entry about one enrolment; nothing of who it is.
pub(super) fn told(
    act: &'static str,
    (of, number): (&Gathering, i64),
    basis: Provision,
    facts: Value,
) -> ledger::Entry {
    let subject = format!("{ENROLMENTS}{}:{number}", of.id);
    ledger::Entry { subject, ..gathering_entry(act, of, basis, facts) }
}

/// The enrolment with a query code and its gathering, for whoever has it.
///
/// # Errors
/// The keys cannot be used, or the database refuses.
pub async fn with_code(
    from: &impl Statements,
    sealer: &Sealer,
    code: &str,
) -> Result<Option<(Place, Gathering)>, ActError> {
    handed_in::with_code::<Place>(from, sealer, code).await
}

/// Cancels the enrolment with a query code: name, contact and words are taken out, and whoever waits first moves up.
///
/// # Errors
/// There is none with that code, it was held already, or the database refuses.
pub async fn retract(ledger: &Ledger, sealer: &Sealer, code: &str) -> Result<(), ActError> {
    let mut desk = ledger.desk(Actor::Visitor).await?;
    let (own, of) = handed_in::own::<Place>(&desk, sealer, code).await?;
    of.stage(desk.today()).after(GatheringStep::Retract)?;
    if !own.state.counts() || !own.retract(desk.change()).await? {
        return Err(ActError::standing("这次报名已经撤回或者不符合条件，不用再办。"));
    }
    let up = settle(desk.change(), &of, None).await?;
    let facts = json!({ "moved_up": up });
    desk.record(told("place_retraction", (&of, own.number), OWN, facts)).await?;
    Ok(desk.seal().await?)
}

/// Excludes who does not fit the conditions of the notice; whoever waits first moves up.
///
/// # Errors
/// One still enrols, it counts no more, no reason is given, or the database refuses.
pub async fn exclude(
    mut desk: Desk,
    (organ, id, number): (&str, &str, i64),
    reason: &str,
) -> Result<(), ActError> {
    let reason = reasoned(reason)?;
    let (found, _) = taken(&desk, organ, id, GatheringStep::Exclude).await?;
    let own = Place::find(desk.change(), id, number).await?;
    let own = own.ok_or_else(|| ActError::standing("没有这个编号。请从名单里重新打开。"))?;
    if !own.exclude(desk.change(), &reason).await? {
        return Err(ActError::standing("这个编号已经撤回或者认定过，不用再办。"));
    }
    let up = settle(desk.change(), &found, None).await?;
    // Why is told to him alone; the ledger keeps that it was decided, and by whom.
    let facts = json!({ "moved_up": up });
    desk.record(told("place_exclusion", (&found, number), basis(&found), facts)).await?;
    Ok(desk.seal().await?)
}

/// Notes that these have been told what became of their enrolment.
///
/// # Errors
/// None of them is to be told, the gathering is over, or the database refuses.
pub async fn tell(
    mut desk: Desk,
    (organ, id): (&str, &str),
    numbers: &[i64],
) -> Result<(), ActError> {
    let (found, _) = taken(&desk, organ, id, GatheringStep::Tell).await?;
    let today = desk.today();
    let mut noted = Vec::new();
    for number in numbers {
        if Place::tell(desk.change(), (id, *number), today).await? {
            noted.push(*number);
        }
    }
    if noted.is_empty() {
        let words = "写要通知的报名编号，可以写几个，例如 3、5";
        return Err(ActError::Field("bianhao", words.into()));
    }
    let facts = json!({ "numbers": noted });
    desk.record(gathering_entry("place_notice", &found, basis(&found), facts)).await?;
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
) -> Result<Vec<(Place, Enroller)>, ActError> {
    let reason = lasting_reason(reason)?;
    let found = Gathering::find(desk.change(), id).await?.filter(|found| found.organ == organ);
    let found =
        found.ok_or_else(|| ActError::standing("本机关没有这次活动。请从列表里重新打开。"))?;
    let entry = |facts| gathering_entry("place_contact", &found, OPENED, facts);
    handed_in::open::<Place>(desk, sealer, (id, after, most), &reason, entry).await
}
