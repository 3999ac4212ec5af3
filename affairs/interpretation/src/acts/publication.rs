//! 发布: what was settled of a policy and its interpretations are published in the act that publishes it, after it.

use interpretation_rules::{InterpretationEvent, PolicyEvent, PolicyState, last_day};
use ledger::Desk;
use serde_json::json;
use store::moment;
use web::{Appeared, Approved, Fault};

use super::{ActError, entry, public_entry};
use crate::store::{Appearance, Interpretation, Policy, beside_in_unit};
use crate::{checks, inscription};

/// The document is published: what was settled of it holds, and the clock of what it owes begins.
pub(crate) async fn of_plan(desk: &mut Desk, approved: &Approved) -> Result<Appeared, ActError> {
    let policy = Policy::find(desk.change(), &approved.id).await?.ok_or(ActError::NO_POLICY)?;
    let (kind, piece) = (policy.piece.0.as_str(), policy.piece.1.as_str());
    let became = beside_in_unit(desk.change(), &approved.publication, (kind, piece)).await?;
    let became = became
        .ok_or(ActError::Refused("解读方案不能离开文件单独发布", "由起草人把文件重新送审"))?;
    if Policy::called(desk.change(), &became.subject).await?.is_some() {
        return Err(ActError::Refused(
            "这份文件已经另有认定，不能再发布一份",
            "由起草人撤回，照原来的认定办",
        ));
    }
    let state = policy.state.after(PolicyEvent::Publish)?;
    let due = match state {
        PolicyState::Owing => Some(last_day(desk.today(), desk.calendar())?),
        _ => None,
    };
    let appearance = Appearance {
        state,
        became: &became,
        publication: &approved.publication,
        at: moment(desk.now()),
        on: desk.today(),
        due: due.map(|due| (due.date, due.provisional)),
    };
    if !policy.appear(desk.change(), &appearance).await? {
        return Err(ActError::OVERTAKEN);
    }
    let facts =
        json!({ "document": became.subject, "state": state.word(), "reason": policy.reason });
    desk.record(entry("settlement", &policy, facts)).await?;
    Ok(Appeared { subject: policy.subject(), path: None })
}

/// An interpretation becomes public.
pub(crate) async fn of_material(
    desk: &mut Desk,
    approved: &Approved,
) -> Result<Appeared, ActError> {
    let found = Interpretation::find(desk.change(), &approved.id).await?;
    let one = found.ok_or(ActError::NO_MATERIAL)?;
    one.state.after(InterpretationEvent::Publish)?;
    Policy::hold(desk.change(), &one.policy).await?;
    let policy = Policy::find(desk.change(), &one.policy).await?.ok_or(ActError::NO_POLICY)?;
    if !policy.shown {
        return Err(ActError::TAKEN_DOWN);
    }
    if policy.is_for_a_group() {
        return Err(ActError::FOR_A_GROUP);
    }
    checks::examine(&one).map_err(Fault::Refused)?;
    let at = moment(desk.now());
    let (when, domains) = ((at.as_str(), desk.today()), policy.domains.as_slice());
    if !one.appear(desk.change(), &approved.publication, when, domains).await? {
        return Err(ActError::OVERTAKEN);
    }
    let state = policy.state.after(PolicyEvent::Interpret)?;
    policy.interpreted(desk.change(), (state, &at)).await?;
    replace(desk, &one).await?;
    let shown = Interpretation::find(desk.change(), &one.id).await?.ok_or(ActError::NO_MATERIAL)?;
    let facts = json!({
        "title": one.title, "form": one.form.word(), "policy": policy.id, "replaces": one.replaces,
    });
    desk.record(public_entry("publication", &one, facts)).await?;
    desk.publish_leaf(inscription::leaf(&shown, &policy))?;
    Ok(Appeared { subject: one.subject(), path: Some(one.path()) })
}

/// The published one whose place it takes stands no more; that is told of it as well, so that its kept page is let go.
async fn replace(desk: &mut Desk, new: &Interpretation) -> Result<(), ActError> {
    let Some(old) = &new.replaces else { return Ok(()) };
    if !Interpretation::replace(desk.change(), old, &new.id).await? {
        return Err(ActError::Refused(
            "要代替的解读已经不在网上，或者已由另一份代替",
            "由起草人重新写一份",
        ));
    }
    let old = Interpretation::find(desk.change(), old).await?.ok_or(ActError::NO_MATERIAL)?;
    desk.record(public_entry("replacement", &old, json!({ "by": new.subject() }))).await?;
    Ok(())
}
