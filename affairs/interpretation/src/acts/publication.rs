//! 发布: what was settled of a policy and its interpretations are published in the act that publishes it, after it.

use interpretation_rules::{InterpretationEvent, PolicyEvent, PolicyState, last_day};
use ledger::Desk;
use serde_json::json;
use store::moment;
use web::{Appeared, Approved};

use super::{ActError, entry, public_entry};
use crate::inscription;
use crate::store::{Appearance, Interpretation, Policy, beside_in_unit};

/// The document is published: what was settled of it holds, and the clock of what it owes begins.
pub(crate) async fn of_plan(desk: &mut Desk, approved: &Approved) -> Result<Appeared, ActError> {
    let policy = Policy::find(desk.change(), &approved.id).await?.ok_or(ActError::NO_POLICY)?;
    let (kind, piece) = (policy.piece.0.as_str(), policy.piece.1.as_str());
    let became = beside_in_unit(desk.change(), &approved.publication, (kind, piece)).await?;
    let became = became
        .ok_or(ActError::Refused("解读方案不能离开文件单独发布", "由起草人把文件重新送审"))?;
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
    let policy = Policy::find(desk.change(), &one.policy).await?.ok_or(ActError::NO_POLICY)?;
    let at = moment(desk.now());
    let (when, domains) = ((at.as_str(), desk.today()), policy.domains.as_slice());
    if !one.appear(desk.change(), &approved.publication, when, domains).await? {
        return Err(ActError::OVERTAKEN);
    }
    let state = policy.state.after(PolicyEvent::Interpret)?;
    policy.interpreted(desk.change(), (state, &at)).await?;
    if let Some(old) = &one.replaces {
        Interpretation::replace(desk.change(), old, &one.id).await?;
    }
    let shown = Interpretation::find(desk.change(), &one.id).await?.ok_or(ActError::NO_MATERIAL)?;
    let facts = json!({
        "title": one.title, "form": one.form.word(), "policy": policy.id, "replaces": one.replaces,
    });
    desk.record(public_entry("publication", &one, facts)).await?;
    desk.publish_leaf(inscription::leaf(&shown, &policy))?;
    Ok(Appeared { subject: one.subject(), path: Some(one.path()) })
}
