//! 送审: an interpretation of a policy that is published already goes to review by itself. One that goes with its
//! policy is handed in with it.

use interpretation_rules::InterpretationEvent;
use ledger::Desk;
use review::{Publishers, Signatory, Unit, submission};
use serde_json::json;
use web::Fault;

use super::{ActError, draft_entry, material_of};
use crate::checks;
use crate::drafts::MATERIAL;
use crate::store::Policy;

/// Hands it in.
///
/// # Errors
/// There is none of the organ, its policy is not published or not shown to everybody, it is not whole or holds personal
/// data, or the database refuses.
pub async fn keep(
    mut desk: Desk,
    publishers: &Publishers,
    by: &Signatory,
    (id, note): (&str, Option<&str>),
) -> Result<Unit, ActError> {
    let one = material_of(&desk, by, id).await?;
    one.state.after(InterpretationEvent::Submit)?;
    let policy = Policy::find(desk.change(), &one.policy).await?.ok_or(ActError::NO_POLICY)?;
    if !policy.state.is_published() {
        return Err(ActError::Refused(
            "所解读的文件还没有发布",
            "解读与文件一起送审：在“我的稿件”里把文件送审",
        ));
    }
    if policy.is_for_a_group() {
        return Err(ActError::FOR_A_GROUP);
    }
    if !policy.shown {
        return Err(ActError::TAKEN_DOWN);
    }
    let field = |bad: interpretation_rules::BadBody| (bad.field, bad.words);
    one.body
        .check(one.form)
        .map_err(|bad| ActError::Fields(bad.into_iter().map(field).collect()))?;
    checks::examine(&one).map_err(Fault::Refused)?;
    desk.record(draft_entry("submission", &one, json!({}))).await?;
    let pieces = [(MATERIAL, id)];
    let given =
        submission::Submitted { pieces: &pieces, note, added: vec![], for_another: false, by };
    let unit = submission::within(&mut desk, publishers, given).await?;
    desk.seal().await?;
    Ok(unit)
}
