//! 送审: an interpretation of a policy that is published already goes to review by itself. One that goes with its
//! policy is handed in with it.

use interpretation_rules::InterpretationEvent;
use ledger::Desk;
use review::{Publishers, Signatory, Unit, submission};
use serde_json::json;

use super::{ActError, draft_entry, material_of};
use crate::drafts::MATERIAL;
use crate::store::Policy;

/// Hands it in.
///
/// # Errors
/// There is none of the organ, its policy is not published, it is not whole, or the database refuses.
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
    if !policy.shown {
        return Err(ActError::Refused("所解读的文件已经撤下", "文件恢复以后再送审"));
    }
    let field = |bad: interpretation_rules::BadBody| (bad.field, bad.words);
    one.body
        .check(one.form)
        .map_err(|bad| ActError::Fields(bad.into_iter().map(field).collect()))?;
    desk.record(draft_entry("submission", &one, json!({}))).await?;
    let pieces = [(MATERIAL, id)];
    let given =
        submission::Submitted { pieces: &pieces, note, added: vec![], for_another: false, by };
    let unit = submission::within(&mut desk, publishers, given).await?;
    desk.seal().await?;
    Ok(unit)
}
