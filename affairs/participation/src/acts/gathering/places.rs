//! 报名和候补: whoever may come enrols without an account. By order of arrival one has a place at once, or waits for one;
//! when somebody cancels, whoever waits first moves up.

use ::store::{Statements, StoreError, Transaction};
use law::{Provision, article};
use ledger::{Actor, Desk, Ledger};
use participation_rules::{GatheringStep, Placing, Queued};
use secrets::Sealer;
use serde_json::{Value, json};

use super::super::enrolment::{USED, checked, person_mark};
use super::super::{ActError, ENROLMENTS, code, lasting_reason, reasoned};
use super::{basis, gathering_entry, taken};
use crate::store::{Enroller, Gathering, NewPlace, Place, place_of};

/// The table whose forms and codes are marked.
const TABLE: &str = "gathering_entry";

/// 个人信息保护法第四十五条: one's own data are read and taken back.
const OWN: Provision = article("个人信息保护法", 45);

/// 个人信息保护法第六条: looked at only for what it was given for.
const OPENED: Provision = article("个人信息保护法", 6);

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
    match enrolled(ledger, sealer, gathering, given).await {
        // The same form was sent twice at once; the other has been kept, and is found now.
        Err(ActError::Store(StoreError::Duplicate(_))) => {
            enrolled(ledger, sealer, gathering, given).await
        }
        done => done,
    }
}

async fn enrolled(
    ledger: &Ledger,
    sealer: &Sealer,
    gathering: &str,
    given: &Coming,
) -> Result<Came, ActError> {
    let mut desk = ledger.desk(Actor::Visitor).await?;
    let key = format!("{gathering}:{}", given.key);
    let code = code::of_form(sealer, TABLE, &key)?;
    let key_mark = code::form_mark(sealer, TABLE, &key)?;
    Gathering::hold(desk.change(), gathering).await?;
    let found = Gathering::find(desk.change(), gathering).await?;
    let found = found.ok_or_else(|| ActError::standing("没有这次活动。请从列表里重新打开。"))?;
    let who = checked((&given.who, given.group), found.said.seats().len())?;
    if let Some(before) = Place::with_key(desk.change(), &key_mark).await? {
        // Somebody else on the same form is not dropped silently.
        return match before.group == given.group && before.enroller(sealer)? == who {
            true => came(desk.change(), &found, (before.number, code)).await,
            false => Err(ActError::Field("xingming", USED.into())),
        };
    }
    found.stage(desk.today()).after(GatheringStep::Enrol)?;
    let person = person_mark(sealer, TABLE, &who)?;
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
        sealed: sealer.seal_text(place_of(&id), &json!(who).to_string())?,
        key_mark: &key_mark,
        code_mark: &code::mark(sealer, TABLE, &code)?,
        person_mark: &person,
        received_on: desk.today(),
        demo: given.demo,
    };
    new.add(desk.change()).await?;
    settle(desk.change(), &found, Some(number)).await?;
    let came = came(desk.change(), &found, (number, code)).await?;
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
    if !code::is_whole(code) {
        return Ok(None);
    }
    let found = Place::with_code(from, &code::mark(sealer, TABLE, code)?).await?;
    let Some(own) = found else { return Ok(None) };
    let of = Gathering::find(from, &own.gathering).await?;
    Ok(of.map(|of| (own, of)))
}

/// Cancels the enrolment with a query code: name, contact and words are taken out, and whoever waits first moves up.
///
/// # Errors
/// There is none with that code, it was held already, or the database refuses.
pub async fn retract(ledger: &Ledger, sealer: &Sealer, code: &str) -> Result<(), ActError> {
    let mut desk = ledger.desk(Actor::Visitor).await?;
    let found = with_code(desk.change(), sealer, code).await?;
    let (own, of) =
        found.ok_or_else(|| ActError::standing("没有这个查询码。请核对以后再写一次。"))?;
    Gathering::hold(desk.change(), &of.id).await?;
    let of = Gathering::find(desk.change(), &of.id).await?.unwrap_or(of);
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
    mut desk: Desk,
    sealer: &Sealer,
    (organ, id): (&str, &str),
    (after, most): (i64, i64),
    reason: &str,
) -> Result<Vec<(Place, Enroller)>, ActError> {
    let reason = lasting_reason(reason)?;
    let found = Gathering::find(desk.change(), id).await?.filter(|found| found.organ == organ);
    let found =
        found.ok_or_else(|| ActError::standing("本机关没有这次活动。请从列表里重新打开。"))?;
    let all = Place::after(desk.change(), id, (after, most)).await?;
    let mut opened = Vec::with_capacity(all.len());
    for one in all {
        let who = one.enroller(sealer)?;
        opened.push((one, who));
    }
    let facts = json!({ "reason": reason, "after": after, "opened": opened.len() });
    desk.record(gathering_entry("place_contact", &found, OPENED, facts)).await?;
    desk.seal().await?;
    Ok(opened)
}
