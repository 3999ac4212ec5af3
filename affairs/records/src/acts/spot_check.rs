//! 抽查一份文件: what was found, how it was put right, and whether that was enough. The checker had no
//! hand in the record; whoever answers is another person.

use ::store::moment;
use ledger::{Change, Desk, Entry};
use records_rules::rectification_due;
use serde_json::json;

use super::check_rule::basis;
use super::{ActError, Hand, reasoned};
use crate::store::{Answer, CheckCase, CheckState, Finding, Judged, hands_in};

/// How many findings one case holds: a decision of ours.
const MOST_FINDINGS: usize = 20;

const NOT_YOURS: ActError = ActError::Refused("这一件由别人抽查", "由写明的抽查人办理，或者先接办");
const HAD_A_HAND: ActError =
    ActError::Refused("起草、审查、签发过这份文件的人不能抽查它", "请另一位有权限的人办理");
const CHECKER: ActError = ActError::Refused("抽查人不能自己整改", "请本机关另一位同事答复");

/// 接办: a case that nobody has, or whose checker is prevented, goes to whoever may check it. Whoever
/// takes it from its checker says why: who looks at what was drawn nobody chooses either
/// (docs/readings/097).
///
/// # Errors
/// There is no such case, whoever asks had a hand in the record or answered in the case, it is
/// closed, it is taken from its checker without a reason, or the database refuses.
pub async fn take_over(
    mut desk: Desk,
    hand: &Hand,
    id: &str,
    reason: &str,
) -> Result<(), ActError> {
    let case = checked_by(&desk, hand, id).await?;
    apart(&desk, hand, &case).await?;
    if case.checker.as_deref() == Some(&hand.person) {
        return Err(ActError::DECIDED);
    }
    let given = case.checker.is_some() || !reason.trim().is_empty();
    let reason = if given { reasoned(reason)? } else { String::new() };
    if !case.give(desk.change(), hand, &reason).await? {
        return Err(ActError::DECIDED);
    }
    let change = Change {
        before: json!({ "checker": case.checker, "stands_in_for": case.checker_for }),
        after: json!({ "checker": hand.person, "stands_in_for": hand.stands_in_for }),
    };
    let facts = json!({ "reason": reason });
    desk.record_change(entry("check_assignment", &case, facts), change).await?;
    Ok(desk.seal().await?)
}

/// 抽查结论: nothing was found, which closes the case, or what was found, which the organ puts right by
/// a day.
///
/// # Errors
/// There is no such case or it is not this person's, a finding has no words, or the database refuses.
pub async fn tell(
    mut desk: Desk,
    hand: &Hand,
    id: &str,
    findings: Vec<Finding>,
    words: &str,
) -> Result<CheckCase, ActError> {
    let case = own(&desk, hand, id, CheckState::Assigned).await?;
    if findings.len() > MOST_FINDINGS {
        return Err(ActError::Refused("发现的问题超过20个", "合并同类的问题"));
    }
    let mut told = Vec::with_capacity(findings.len());
    for finding in findings {
        told.push(Finding { words: reasoned(&finding.words)?, ..finding });
    }
    let words = if told.is_empty() { reasoned(words)? } else { words.trim().to_owned() };
    let gravest = told.iter().map(|finding| finding.severity).max();
    let due = rectification_due(desk.today(), gravest, desk.calendar())?.map(|due| due.date);
    let at = moment(desk.now());
    let to = if told.is_empty() { CheckState::Closed } else { CheckState::Found };
    let step = Judged { to, sound: Some(told.is_empty()), words: &words, due_on: due, at: &at };
    follow(&desk, &case, &step).await?;
    case.checked_by(desk.change(), hand).await?;
    Finding::add_all(desk.change(), id, &told).await?;
    let found: Vec<_> = told
        .iter()
        .map(|one| json!({ "kind": one.kind.name(), "severity": one.severity.name(), "words": one.words }))
        .collect();
    let change = Change {
        before: json!({ "state": case.state.name() }),
        after: json!({ "state": to.name(), "findings": found, "due": due }),
    };
    let facts = json!({ "findings": told.len(), "due": due });
    desk.record_change(entry("check_finding", &case, facts), change).await?;
    desk.seal().await?;
    Ok(case)
}

/// 整改: the organ says what it did.
///
/// # Errors
/// The organ has no such case, it waits for none, the checker answers himself, nothing is said, or the
/// database refuses.
pub async fn answer(mut desk: Desk, hand: &Hand, id: &str, words: &str) -> Result<(), ActError> {
    let case = CheckCase::find(desk.change(), id).await?;
    let case = case.filter(|case| case.organ == hand.organ).ok_or(ActError::NO_PROPOSAL)?;
    if case.state != CheckState::Found {
        return Err(ActError::DECIDED);
    }
    let hands = case.hands(desk.change()).await?;
    if hand.is_among(case.checkers().chain(hands.iter().map(String::as_str))) {
        return Err(CHECKER);
    }
    let (words, at) = (reasoned(words)?, moment(desk.now()));
    let step = Judged {
        to: CheckState::Answered,
        sound: None,
        words: &case.words,
        due_on: case.due_on,
        at: &at,
    };
    follow(&desk, &case, &step).await?;
    Answer::add(desk.change(), id, &words, hand, &at).await?;
    let change = Change {
        before: json!({ "state": case.state.name() }),
        after: json!({ "state": CheckState::Answered.name(), "words": words }),
    };
    desk.record_change(entry("check_rectification", &case, json!({})), change).await?;
    Ok(desk.seal().await?)
}

/// 复查: the checker looks again; enough closes the case, else a new period begins.
///
/// # Errors
/// There is no such case or it is not this person's, no answer waits, it is sent back without words, or
/// the database refuses.
pub async fn look_again(
    mut desk: Desk,
    hand: &Hand,
    id: &str,
    passed: bool,
    words: &str,
) -> Result<(), ActError> {
    let case = own(&desk, hand, id, CheckState::Answered).await?;
    let words = if passed { words.trim().to_owned() } else { reasoned(words)? };
    let at = moment(desk.now());
    let (to, due) = match passed {
        true => (CheckState::Closed, case.due_on),
        false => {
            let findings = Finding::of(desk.change(), id).await?;
            let gravest = findings.iter().map(|finding| finding.severity).max();
            let due = rectification_due(desk.today(), gravest, desk.calendar())?;
            (CheckState::Found, due.map(|due| due.date))
        }
    };
    let step = Judged { to, sound: None, words: &case.words, due_on: due, at: &at };
    follow(&desk, &case, &step).await?;
    case.checked_by(desk.change(), hand).await?;
    if !Answer::judge(desk.change(), id, (passed, &words), hand, &at).await? {
        return Err(ActError::DECIDED);
    }
    let change = Change {
        before: json!({ "state": case.state.name() }),
        after: json!({ "state": to.name(), "words": words, "due": due }),
    };
    desk.record_change(entry("check_again", &case, json!({ "passed": passed })), change).await?;
    Ok(desk.seal().await?)
}

async fn checked_by(desk: &Desk, hand: &Hand, id: &str) -> Result<CheckCase, ActError> {
    let case = CheckCase::find(desk.change(), id).await?;
    let case = case.filter(|case| case.checks == hand.organ).ok_or(ActError::NO_PROPOSAL)?;
    if case.state == CheckState::Closed { Err(ActError::DECIDED) } else { Ok(case) }
}

async fn own(desk: &Desk, hand: &Hand, id: &str, state: CheckState) -> Result<CheckCase, ActError> {
    let case = checked_by(desk, hand, id).await?;
    if case.checker.as_deref() != Some(&hand.person) {
        return Err(NOT_YOURS);
    }
    // In whose stead the checker acts now may be another than when the case came to him.
    apart(desk, hand, &case).await?;
    if case.state == state { Ok(case) } else { Err(ActError::DECIDED) }
}

/// Whoever checks had no hand in the record, and did not put right what was found.
async fn apart(desk: &Desk, hand: &Hand, case: &CheckCase) -> Result<(), ActError> {
    let hands = hands_in(desk.change(), std::slice::from_ref(&case.record)).await?;
    let hands = hands.get(&case.record).into_iter().flatten();
    if hand.is_among(hands.map(String::as_str)) {
        return Err(HAD_A_HAND);
    }
    let answers = Answer::of(desk.change(), &case.id).await?;
    if hand.is_among(answers.iter().flat_map(Answer::answerers)) {
        return Err(CHECKER);
    }
    Ok(())
}

async fn follow(desk: &Desk, case: &CheckCase, step: &Judged<'_>) -> Result<(), ActError> {
    if case.step(desk.change(), step).await? { Ok(()) } else { Err(ActError::DECIDED) }
}

fn entry(act: &'static str, case: &CheckCase, facts: serde_json::Value) -> Entry {
    let mut facts = facts;
    facts["record"] = json!(case.record);
    Entry {
        room: "records",
        act,
        subject: format!("check:{}", case.id),
        organ: case.organ.clone(),
        basis: basis(),
        facts,
    }
}
