//! 撤下 (条例第六条第二款): proposed by one person, approved by another. To stop a leak one person alone
//! withdraws, and another confirms or restores within a working day.

use ::store::moment;
use law::Date;
use ledger::{Change, Desk, Entry, Leaf};
use records_rules::{PUNISHMENT_WITHDRAWAL, Withdrawal, confirmation_due, punishment_due};

use super::{ActError, Hand, first, reasoned};
use crate::inscription;
use crate::store::{self, Record, WithdrawalCase, WithdrawalState};

/// Somebody was first.
const WITHDRAWN: ActError =
    ActError::Refused("这份信息已经撤下，或者已有人提出撤下", "在“撤下与更正”中查看");

/// The entry of the form where the day stands on which a decision of punishment was changed.
pub const DECISION_CHANGED: &str = "biangeng";

/// The entry of the form where the new address stands.
pub const NEW_ADDRESS: &str = "dizhi";

/// The entry of the form where 废止日期 stands.
pub const REPEALED_FROM: &str = "feizhi";

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WithdrawalForm {
    /// How.
    pub kind: Withdrawal,
    /// Why, as it will stand at the old address.
    pub reason: String,
    /// 行政处罚决定被变更、撤销、确认违法或者确认无效的日期.
    pub decision_changed_on: Option<Date>,
}

/// Proposes the withdrawal of a record.
///
/// # Errors
/// The organ has no such record, it is withdrawn or something waits already, the reason or a day
/// cannot be taken, or the database refuses.
pub async fn propose(
    mut desk: Desk,
    hand: &Hand,
    record: &str,
    form: WithdrawalForm,
) -> Result<WithdrawalCase, ActError> {
    let due_on = match form.decision_changed_on {
        Some(day) if day > desk.today() => {
            let message = "处罚决定变更、撤销的日期在今天以后";
            return Err(ActError::Entry(DECISION_CHANGED, message, "核对日期"));
        }
        Some(day) => punishment_due(day, desk.calendar())?.map(|due| due.date),
        None => None,
    };
    let case = begun(&desk, hand, record, form, due_on, false).await?;
    desk.record(entry("withdrawal_proposal", &desk, &case)).await?;
    desk.seal().await?;
    Ok(case)
}

/// Withdraws a record at once, alone, because it leaks a secret or personal data. It is out of sight
/// when this returns; another person confirms or restores it within a working day.
///
/// # Errors
/// As for a proposal.
pub async fn emergency(
    mut desk: Desk,
    hand: &Hand,
    record: &str,
    reason: &str,
) -> Result<WithdrawalCase, ActError> {
    let due = confirmation_due(desk.today(), desk.calendar())?.map(|due| due.date);
    let form = WithdrawalForm {
        kind: Withdrawal::Mistaken,
        reason: reason.to_owned(),
        decision_changed_on: None,
    };
    let case = begun(&desk, hand, record, form, due, true).await?;
    store::show(desk.change(), record, false).await?;
    desk.record(entry("withdrawal", &desk, &case)).await?;
    inscribe(&mut desk, &case).await?;
    desk.seal().await?;
    Ok(case)
}

/// Approves or refuses a proposal; confirms an emergency or restores the record.
///
/// # Errors
/// There is no such withdrawal, it is decided, whoever decides has proposed it, it is refused without
/// a reason, or the database refuses.
pub async fn decide(
    mut desk: Desk,
    hand: &Hand,
    id: &str,
    agreed: bool,
    words: &str,
) -> Result<WithdrawalCase, ActError> {
    let case = WithdrawalCase::find(desk.change(), &hand.organ, id).await?;
    let case = case.ok_or(ActError::NO_PROPOSAL)?;
    if hand.is_among(case.proposers()) {
        return Err(ActError::SAME_PERSON);
    }
    let words = reasoned(words)?;
    let late = case.is_late(desk.today());
    let (state, act) = match (case.state, agreed) {
        (WithdrawalState::Proposed, true) => (WithdrawalState::Stands, "withdrawal"),
        (WithdrawalState::Proposed, false) => (WithdrawalState::Refused, "withdrawal_refusal"),
        (WithdrawalState::Alone, true) => (WithdrawalState::Stands, "withdrawal_confirmation"),
        (WithdrawalState::Alone, false) => (WithdrawalState::Restored, "restoration"),
        _ => return Err(ActError::DECIDED),
    };
    if !case.decide(desk.change(), state, &words, hand, &moment(desk.now())).await? {
        return Err(ActError::DECIDED);
    }
    let decided = WithdrawalCase { state, words, ..case.clone() };
    follow(&desk, &decided).await?;
    let mut entry = entry(act, &desk, &decided);
    entry.facts["late"] = late.into();
    let told = |state: WithdrawalState| serde_json::json!({ "state": state.name() });
    let change = Change { before: told(case.state), after: told(state) };
    desk.record_change(entry, change).await?;
    inscribe(&mut desk, &decided).await?;
    desk.seal().await?;
    Ok(decided)
}

/// What follows for the record.
async fn follow(desk: &Desk, case: &WithdrawalCase) -> Result<(), ActError> {
    let change = desk.change();
    match (case.state, &case.kind) {
        (WithdrawalState::Stands, Withdrawal::NoLongerInForce { from, by }) => {
            store::repeal(change, &case.record, *from, by.as_deref()).await?;
        }
        (WithdrawalState::Stands, _) => store::show(change, &case.record, false).await?,
        (WithdrawalState::Restored, _) => store::show(change, &case.record, true).await?,
        _ => {}
    }
    Ok(())
}

/// What the public log is told: a leak leaves it at once, together with all that would tell what it was.
async fn inscribe(desk: &mut Desk, case: &WithdrawalCase) -> Result<(), ActError> {
    let reason = match case.kind {
        Withdrawal::Mistaken => ledger::Withdrawal::InError,
        Withdrawal::Moved { .. } => ledger::Withdrawal::Moved,
        Withdrawal::NoLongerInForce { .. } => ledger::Withdrawal::NoLongerInForce,
        Withdrawal::Ended { .. } => ledger::Withdrawal::Ended,
    };
    let leaf = match (case.state, case.emergency) {
        (WithdrawalState::Alone, _) | (WithdrawalState::Stands, false) => {
            Leaf::withdrawal(inscription::subject(&case.record), reason)
        }
        (WithdrawalState::Restored, _) => {
            let shown = Record::find(desk.change(), &case.record).await?;
            let Some(shown) = shown else { return Ok(()) };
            inscription::leaf_of(&shown).restoring()
        }
        _ => return Ok(()),
    };
    desk.publish_leaf(leaf)?;
    Ok(())
}

async fn begun(
    desk: &Desk,
    hand: &Hand,
    record: &str,
    form: WithdrawalForm,
    due_on: Option<Date>,
    emergency: bool,
) -> Result<WithdrawalCase, ActError> {
    let reason = reasoned(&form.reason)?;
    let kind = checked(desk, form.kind, record).await?;
    let found = Record::of_organ(desk.change(), &hand.organ, record).await?;
    let found = found.ok_or(ActError::NO_RECORD)?;
    if let Withdrawal::NoLongerInForce { from, .. } = &kind
        && *from < found.metadata.made_on.0
    {
        return Err(ActError::Entry(REPEALED_FROM, "废止日期早于成文日期", "核对废止日期"));
    }
    if store::is_destroyed(desk.change(), record).await? {
        return Err(ActError::Refused("这份信息已经销毁", "刷新页面再看"));
    }
    let waits = WithdrawalCase::waiting_on(desk.change(), record).await?.is_some();
    if waits || WithdrawalCase::standing(desk.change(), record).await?.is_some() {
        return Err(WITHDRAWN);
    }
    let state = if emergency { WithdrawalState::Alone } else { WithdrawalState::Proposed };
    let case = WithdrawalCase {
        id: uuid::Uuid::now_v7().to_string(),
        record: found.id,
        organ: hand.organ.clone(),
        title: found.metadata.title,
        kind,
        reason,
        decision_changed_on: form.decision_changed_on,
        due_on,
        emergency,
        state,
        proposed_by: hand.person.clone(),
        proposed_for: hand.stands_in_for.clone(),
        proposed_name: hand.name.clone(),
        proposed_at: moment(desk.now()),
        words: String::new(),
        decided_name: None,
        decided_at: None,
    };
    first(case.add(desk.change()).await, WITHDRAWN)?;
    Ok(case)
}

/// Where it moved is another page of ours.
async fn checked(desk: &Desk, kind: Withdrawal, record: &str) -> Result<Withdrawal, ActError> {
    let Withdrawal::Moved { to } = kind else { return Ok(kind) };
    let wrong = ActError::Entry(
        NEW_ADDRESS,
        "没有写明并入或移到哪里",
        "写本站的地址，如 /wenjian/…，或者新文件的地址",
    );
    let unfit = |one: char| one == '\\' || one.is_whitespace() || one.is_control();
    let to = to.trim().to_owned();
    let below = to.find("/wenjian/").map_or(to.as_str(), |at| &to[at..]);
    if !to.starts_with('/') || to.starts_with("//") || to.contains(unfit) {
        return Err(wrong);
    }
    let Some(id) = below.strip_prefix("/wenjian/") else {
        return Ok(Withdrawal::Moved { to });
    };
    if id == record || Record::find(desk.change(), id).await?.is_none() {
        let message = "没有并入或移到的那份文件";
        return Err(ActError::Entry(NEW_ADDRESS, message, "核对地址；新文件先发布"));
    }
    Ok(Withdrawal::Moved { to: below.to_owned() })
}

fn entry(act: &'static str, desk: &Desk, case: &WithdrawalCase) -> Entry {
    let punished = case.decision_changed_on.and_then(|day| PUNISHMENT_WITHDRAWAL.on(day).ok());
    let basis = match punished {
        Some(period) => period.basis,
        None if case.emergency => law::article("保守国家秘密法", 34),
        None => law::article("政府信息公开条例", 6).paragraph(2),
    };
    let facts = serde_json::json!({
        "withdrawal": case.id,
        "kind": case.kind.word(),
        "reason": case.reason,
        "state": case.state.name(),
        "hides": case.kind.hides(),
        "on": desk.today(),
        "due": case.due_on,
    });
    Entry {
        room: "records",
        act,
        subject: format!("record:{}", case.record),
        organ: case.organ.clone(),
        basis: basis.to_string(),
        facts,
    }
}
