//! 提请和决定: extension, delay, fee, abandonment, a second 补正告知 and 去标识 are proposed by whoever works on a
//! file and decided by another person (条例第三十条、第三十三条第二款、第三十五条; 个人信息保护法第四十七条) (docs/readings/152).

use ::store::moment;
use law::{Provision, article};
use ledger::Desk;
use requests_rules::{
    CorrectionNotice, Event, FeeMethod, Happening, Letter, REASONS_BASIS, REGULATION, Standing,
};
use review::Signatory;
use secrets::Sealer;
use serde_json::{Value as Json, json};

use super::course::{self, By, Step};
use super::{ActError, charging, correction, opinion, reasoned, removal};
use crate::store::putting::new_key;
use crate::store::{Case, Fee, FilingState, IssuedLetter, Proposal, ProposalKind};

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wish {
    /// Extension, delay, abandonment, second correction, removal: as it is to be.
    Plain(ProposalKind),
    /// A fee by a method; 按量 with the pages.
    Fee(FeeMethod, u64),
}

/// Proposes something on a file.
///
/// # Errors
/// The file is not assigned to whoever proposes, the law does not allow it as things stand, the same waits
/// already, no reason is given, or the database refuses.
pub async fn propose(
    mut desk: Desk,
    sealer: &Sealer,
    by: &Signatory,
    request: &str,
    (wish, reason): (Wish, &str),
) -> Result<Proposal, ActError> {
    let mut case = course::take(&desk, &by.organ, request).await?;
    let kind = match wish {
        Wish::Plain(kind) => kind,
        Wish::Fee(method, pages) => charging::proposed(&desk, &case, method, pages).await?,
    };
    if kind != ProposalKind::Removal {
        course::assigned(&case, by)?;
    }
    possible(&desk, &case, &kind).await?;
    let items = match &kind {
        ProposalKind::SecondCorrection { items, .. } => items.join("\n"),
        _ => String::new(),
    };
    // the reason stands in the letter that tells the decision, and in the file
    opinion::keeps_quiet(&desk, sealer, request, &format!("{reason}\n{items}")).await?;
    let proposal = made(&desk, by, request, (kind, reason))?;
    match proposal.add(desk.change()).await {
        Err(::store::StoreError::Duplicate(_)) => {
            return Err(ActError::Refused("已经提请过，正在等待决定", "等负责人决定"));
        }
        other => other?,
    }
    let facts = told(&proposal);
    let step = Step::new("proposal", desk.today()).saying(facts.clone()).about(proposal.id.clone());
    course::happen(&desk, &mut case, By::Officer(by), step).await?;
    course::settle(&desk, &mut case).await?;
    desk.record(course::entry("proposal", &case, basis(&proposal.kind), facts)).await?;
    desk.seal().await?;
    Ok(proposal)
}

/// A proposal that nobody has decided.
fn made(
    desk: &Desk,
    by: &Signatory,
    request: &str,
    (kind, reason): (ProposalKind, &str),
) -> Result<Proposal, ActError> {
    Ok(Proposal {
        id: new_key(),
        request: request.to_owned(),
        organ: by.organ.clone(),
        reason: reasoned(reason)?,
        proposed_by: by.person.clone(),
        proposed_for: by.stands_in_for.clone(),
        proposed_name: by.name.clone(),
        proposed_at: moment(desk.now()),
        agreed: None,
        words: String::new(),
        decided_name: None,
        decided_at: None,
        kind,
    })
}

/// The letter that would tell it if it were agreed to, with the file as it would stand: nothing is kept. None
/// where nothing is told.
///
/// # Errors
/// As for proposing it.
pub async fn would_tell(
    desk: Desk,
    sealer: &Sealer,
    by: &Signatory,
    request: &str,
    (wish, reason): (Wish, &str),
) -> Result<Option<(Case, IssuedLetter)>, ActError> {
    let case = course::take(&desk, &by.organ, request).await?;
    let kind = match wish {
        Wish::Plain(kind) => kind,
        Wish::Fee(method, pages) => charging::proposed(&desk, &case, method, pages).await?,
    };
    course::assigned(&case, by)?;
    opinion::keeps_quiet(&desk, sealer, request, reason).await?;
    let proposal = made(&desk, by, request, (kind, reason))?;
    tried(&desk, case, by, &proposal).await
}

/// The same for what is proposed and waits for a decision.
///
/// # Errors
/// There is no such proposal, or the law does not allow it any more.
pub async fn would_decide(
    desk: Desk,
    by: &Signatory,
    id: &str,
) -> Result<Option<(Case, IssuedLetter)>, ActError> {
    let found = Proposal::find(desk.change(), &by.organ, id).await?;
    let proposal = found.ok_or(ActError::Refused("没有这项提请", "刷新页面再看"))?;
    let case = course::take(&desk, &by.organ, &proposal.request).await?;
    tried(&desk, case, by, &proposal).await
}

/// Carries out what is proposed on a desk that is never sealed. What takes something away for good is not
/// tried.
async fn tried(
    desk: &Desk,
    mut case: Case,
    by: &Signatory,
    proposal: &Proposal,
) -> Result<Option<(Case, IssuedLetter)>, ActError> {
    if proposal.kind == ProposalKind::Removal {
        return Ok(None);
    }
    possible(desk, &case, &proposal.kind).await?;
    let letter = carry_out(desk, &mut case, by, proposal).await?;
    Ok(letter.map(|letter| (case, letter)))
}

/// Agrees to what was proposed, which is carried out at once and told to the applicant, or refuses it.
///
/// # Errors
/// There is no such proposal, it is decided, whoever decides has proposed it, the law does not allow it any
/// more, no reason is given, or the database refuses.
pub async fn decide(
    mut desk: Desk,
    by: &Signatory,
    id: &str,
    (agreed, words): (bool, &str),
) -> Result<Option<IssuedLetter>, ActError> {
    let found = Proposal::find(desk.change(), &by.organ, id).await?;
    let proposal = found.ok_or(ActError::Refused("没有这项提请", "刷新页面再看"))?;
    let mut case = course::take(&desk, &by.organ, &proposal.request).await?;
    if proposal.is_by(by) {
        return Err(ActError::SAME_PERSON);
    }
    let words = reasoned(words)?;
    let decision = (agreed, words.as_str(), moment(desk.now()));
    if !proposal.decide(desk.change(), by, (decision.0, decision.1, &decision.2)).await? {
        return Err(ActError::DECIDED);
    }
    let facts = json!({ "kind": proposal.kind.word(), "agreed": agreed });
    let step = Step::new("decision", desk.today())
        .saying(json!({ "kind": proposal.kind.name(), "agreed": agreed, "words": words }))
        .about(proposal.id.clone());
    course::happen(&desk, &mut case, By::Officer(by), step).await?;
    let letter = if agreed {
        possible(&desk, &case, &proposal.kind).await?;
        carry_out(&desk, &mut case, by, &proposal).await?
    } else {
        None
    };
    course::settle(&desk, &mut case).await?;
    let act = if agreed { proposal.kind.word() } else { "refusal" };
    desk.record(course::entry(act, &case, basis(&proposal.kind), facts)).await?;
    desk.seal().await?;
    Ok(letter)
}

/// What agreeing to it does.
async fn carry_out(
    desk: &Desk,
    case: &mut Case,
    by: &Signatory,
    proposal: &Proposal,
) -> Result<Option<IssuedLetter>, ActError> {
    let (today, who) = (desk.today(), By::Officer(by));
    let facts = json!({ "reason": proposal.reason });
    Ok(Some(match &proposal.kind {
        ProposalKind::Extension { days } => {
            let happening = Happening::Extended { days: *days, approved: true };
            let letter = (Letter::ExtensionNotice, facts, json!({ "days": days }));
            noticed(desk, case, who, ("extension", happening), letter).await?
        }
        ProposalKind::Delay { until } => {
            let happening = Happening::Delayed { until: *until };
            let letter = (Letter::DelayNotice, facts, json!({ "until": until }));
            noticed(desk, case, who, ("delay", happening), letter).await?
        }
        ProposalKind::Fee { method, amount, shown, .. } => {
            let fee = charging::fee(desk, case, &proposal.kind).await?;
            let facts =
                json!({ "method": method, "amount": amount, "shown": shown, "fee": fee.id });
            let happening = Happening::FeeNoticed { served: None };
            let letter = (Letter::FeeNotice, facts, json!({ "amount": amount }));
            let letter = noticed(desk, case, who, ("fee_notice", happening), letter).await?;
            Fee::add(&fee, desk.change()).await?;
            letter
        }
        ProposalKind::SecondCorrection { items, days } => {
            let notice = CorrectionNotice { items: items.clone(), days: *days, supervisor: true };
            correction::tell(desk, case, who, &notice).await?
        }
        ProposalKind::Abandonment => {
            let code = given_up(desk, case)?.ok_or(NOT_LAPSED)?;
            let facts = json!({ "code": code, "reason": proposal.reason });
            let letter = course::issue(desk, case, who, (Letter::ClosingNotice, "", facts)).await?;
            let step = Step::new("abandonment", today)
                .saying(json!({ "code": code, "letter": letter.number }))
                .about(letter.id.clone());
            course::happen(desk, case, who, step).await?;
            course::close(case, FilingState::Abandoned, code, today);
            letter
        }
        ProposalKind::Removal => {
            removal::remove(desk, case, by, &proposal.proposed_by).await?;
            return Ok(None);
        }
    }))
}

/// A letter that moves the clock.
async fn noticed(
    desk: &Desk,
    case: &mut Case,
    by: By<'_>,
    (act, happening): (&'static str, Happening),
    (kind, mut facts, more): (Letter, Json, Json),
) -> Result<IssuedLetter, ActError> {
    if let (Json::Object(facts), Json::Object(more)) = (&mut facts, more.clone()) {
        facts.extend(more);
    }
    let letter = course::issue(desk, case, by, (kind, "", facts)).await?;
    let step = Step::new(act, desk.today()).moving(happening).saying(more).about(letter.id.clone());
    course::happen(desk, case, by, step).await?;
    Ok(letter)
}

const NOT_LAPSED: ActError =
    ActError::Refused("申请人补正、缴费的期限没有届满", "有送达证明、期限届满以后才能决定不再处理");

/// The code with which a file is given up whose applicant let his time pass; none where he did not.
fn given_up(desk: &Desk, case: &Case) -> Result<Option<&'static str>, ActError> {
    let standing = case.standing(desk.today(), desk.calendar())?;
    Ok(standing
        .filter(|one| matches!(one, Standing::Abandoned { .. }))
        .and_then(|one| one.closing_code()))
}

/// Whether what is proposed may be done as things stand.
async fn possible(desk: &Desk, case: &Case, kind: &ProposalKind) -> Result<(), ActError> {
    let today = desk.today();
    if matches!(kind, ProposalKind::Removal) {
        return removal::possible(desk, case).await;
    }
    if case.filing.is_closed() {
        return Err(ActError::CLOSED);
    }
    let happening = match kind {
        ProposalKind::Extension { days } => Happening::Extended { days: *days, approved: true },
        ProposalKind::Delay { until } => {
            reasonable(case)?;
            Happening::Delayed { until: *until }
        }
        ProposalKind::Fee { .. } => {
            charging::still(desk, case, kind).await?;
            Happening::FeeNoticed { served: None }
        }
        ProposalKind::SecondCorrection { items, days } => {
            let notice = CorrectionNotice { items: items.clone(), days: *days, supervisor: true };
            notice
                .check(case.filing.received_on.unwrap_or(today))
                .map_err(|fault| ActError::Faults(vec![fault.to_string()]))?;
            notice.event(None)
        }
        ProposalKind::Abandonment => {
            return given_up(desk, case)?.map(|_| ()).ok_or(NOT_LAPSED);
        }
        ProposalKind::Removal => return Ok(()),
    };
    if case.filing.received_on.is_none() {
        return Err(ActError::Refused("这份申请还没有确认收到", "先确认收到之日"));
    }
    Ok(case.admit(&Event::new(today, happening), desk.calendar())?)
}

/// 第三十五条: the reply is put off only where the reasons asked for were judged reasonable.
fn reasonable(case: &Case) -> Result<(), ActError> {
    let judged = case.events.iter().rfind(|event| event.kind == "reasons_judged");
    if judged.is_some_and(|event| event.facts["judged"] == "go_on") {
        return Ok(());
    }
    Err(ActError::Refused("没有认定申请理由合理", "先发说明理由通知书，认定理由合理的才能延迟"))
}

fn told(proposal: &Proposal) -> Json {
    json!({ "kind": proposal.kind.name(), "proposal": proposal.id })
}

fn basis(kind: &ProposalKind) -> Provision {
    match kind {
        ProposalKind::Extension { .. } => Letter::ExtensionNotice.basis(),
        ProposalKind::Delay { .. } => REASONS_BASIS,
        ProposalKind::Fee { .. } => Letter::FeeNotice.basis(),
        ProposalKind::Abandonment | ProposalKind::SecondCorrection { .. } => {
            article(REGULATION, 30)
        }
        ProposalKind::Removal => article("个人信息保护法", 47),
    }
}
