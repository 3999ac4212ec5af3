//! 退回起草: what was handed in or frozen may be changed again. A review that has not ended ends with it; one that ended
//! without a publication is heard of here.

use ::store::{StoreError, Transaction};
use ledger::{Event, Ledger};
use review::{Signatory, Unit};
use web::{House, Later, Listener};

use super::{ActError, entry, version_of};
use crate::acts::publication::KIND;
use crate::store::{self, Version, VersionState};

/// Takes a version back to its drafters; its review ends.
///
/// # Errors
/// It is neither under review nor frozen, no reason is given, or the database refuses.
pub async fn keep(ledger: &Ledger, by: &Signatory, id: &str, why: &str) -> Result<(), ActError> {
    let why = super::noted(web::workbench::REASON, why)?;
    if why.is_empty() {
        let words = "没有写理由。请写明为什么退回。".to_owned();
        return Err(ActError::Field(web::workbench::REASON.to_owned(), words));
    }
    let desk = ledger.desk(by.actor()).await?;
    let version = version_of(&desk, by, id).await?;
    version.stage(&[]).reopen()?;
    let open = Unit::open_with(desk.change(), KIND, id).await?;
    drop(desk);
    if let Some(unit) = open {
        review::lapse::because(ledger.desk(by.actor()).await?, &unit, &why).await?;
    }
    let mut desk = ledger.desk(by.actor()).await?;
    // Whoever heard of the end of the review may have been faster.
    store::reopened(desk.change(), id, &why).await?;
    desk.record(entry("reopening", &version, serde_json::json!({ "reason": why }))).await?;
    Ok(desk.seal().await?)
}

/// A version comes back as soon as its review has ended without a publication.
pub(crate) const LISTENERS: &[Listener] = &[Listener {
    name: "reports.review",
    acts: &["review.step", "review.withdrawal", "review.lapse"],
    hear,
}];

fn hear<'a>(_: &'a House, event: &'a Event, change: &'a Transaction) -> Later<'a, ()> {
    Box::pin(async move {
        let fact = |name: &str| event.facts.get(name).and_then(serde_json::Value::as_str);
        if event.act == "step" && fact("verdict") != Some("return") {
            return Ok(());
        }
        let reason = fact("reason").unwrap_or("已撤回送审");
        let pieces = event.facts.get("pieces").cloned().unwrap_or_default();
        let pieces: Vec<[String; 2]> = serde_json::from_value(pieces).unwrap_or_default();
        for [kind, id] in pieces {
            if kind == KIND {
                comes_back(change, &id, reason).await?;
            }
        }
        Ok(())
    })
}

/// Hearing twice changes nothing: it has come back, or was handed in anew.
async fn comes_back(change: &Transaction, id: &str, reason: &str) -> Result<(), StoreError> {
    let Some(version) = Version::find(change, id).await? else { return Ok(()) };
    let under_review = Unit::open_with(change, KIND, id).await?.is_some();
    let bound = matches!(version.state, VersionState::UnderReview | VersionState::Frozen);
    if bound && !under_review {
        store::reopened(change, id, reason).await?;
    }
    Ok(())
}
