//! 取消: what was announced for a day is not held; why stands where it was announced, and whoever enrolled for a gathering is
//! told.

use ledger::Desk;
use participation_rules::{GatheringStep, HearingStep, InterviewStep};
use serde_json::json;

use super::{ActError, at, entry, gathering, hearing, interview, public_reason, taken};
use crate::inscription::{gathering as held, hearing as heard, interview as talked};
use crate::store::{Cancellable, Gathering, Hearing, Interview, Place};

/// Cancels one.
///
/// # Errors
/// It is not public, over or has begun, no reason is given or it names somebody, or the database refuses.
pub async fn cancel(
    mut desk: Desk,
    (organ, what, id): (&str, Cancellable, &str),
    reason: &str,
) -> Result<(), ActError> {
    let reason = public_reason(reason)?;
    let mut facts = json!({ "reason": reason });
    let (from, subject, mut told) = match what {
        Cancellable::Hearing => {
            let (of, stage) = taken(&desk, organ, id, HearingStep::Cancel).await?;
            let told = entry("hearing_cancellation", &of, hearing::BASIS, json!({}));
            (stage.word(), heard::subject(id, heard::CANCELLED), told)
        }
        Cancellable::Gathering => {
            let (of, stage) = taken(&desk, organ, id, GatheringStep::Cancel).await?;
            let told = entry("gathering_cancellation", &of, gathering::basis(&of), json!({}));
            (stage.word(), held::subject(id, held::CANCELLED), told)
        }
        Cancellable::Interview => {
            let (of, stage) = taken(&desk, organ, id, InterviewStep::Cancel).await?;
            let told = entry("interview_cancellation", &of, interview::BASIS, json!({}));
            (stage.word(), talked::subject(id, talked::CANCELLED), told)
        }
    };
    let off = (desk.today(), at(&desk));
    if !what.cancel(desk.change(), (id, from), (off.0, &off.1, &reason)).await? {
        return Err(ActError::overtaken());
    }
    if what == Cancellable::Gathering {
        facts["to_tell"] = Place::tell_all(desk.change(), id).await?.into();
    }
    told.facts = facts;
    told.subject = subject;
    desk.record(told).await?;
    publish_leaf(&mut desk, (what, id)).await?;
    Ok(desk.seal().await?)
}

/// Everybody can prove when it was cancelled, and why.
async fn publish_leaf(desk: &mut Desk, (what, id): (Cancellable, &str)) -> Result<(), ActError> {
    let change = desk.change();
    let leaf = match what {
        Cancellable::Hearing => {
            Hearing::find(change, id).await?.as_ref().map(heard::cancelled_leaf)
        }
        Cancellable::Gathering => {
            Gathering::find(change, id).await?.as_ref().map(held::cancelled_leaf)
        }
        Cancellable::Interview => {
            Interview::find(change, id).await?.as_ref().map(talked::cancelled_leaf)
        }
    };
    let leaf = leaf.ok_or_else(ActError::overtaken)?;
    Ok(desk.publish_leaf(leaf)?)
}
