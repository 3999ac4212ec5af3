//! 定稿: what has passed its review is bound by its hash. Exactly that is signed, and exactly that becomes public
//! (docs/readings/187).

use ledger::Desk;
use reports_rules::year_is_over;
use review::{Signatory, Step, Unit};
use web::{ContentHash, FigureSource};

use super::publication::{KIND, signed};
use super::{ActError, counting, entry, version_of};
use crate::store::{self, Content, Origin, Version};

/// Freezes a version by the hash of what was reviewed. Whoever freezes changes nothing and is no author.
///
/// # Errors
/// Its year still runs; it is not under review, or not yet through everything before 签发; the registers have moved since it was
/// handed in; its content is another than what was reviewed; or the database refuses.
pub async fn keep(
    mut desk: Desk,
    sources: &[FigureSource],
    by: &Signatory,
    id: &str,
) -> Result<ContentHash, ActError> {
    let version = version_of(&desk, by, id).await?;
    let unit = match &version.unit {
        Some(unit) => Unit::find(desk.change(), unit).await?,
        None => None,
    };
    let reviewed = unit.as_ref().is_some_and(is_reviewed);
    year_is_over(version.year, desk.today())?;
    version.stage(&[]).freeze(desk.today(), reviewed)?;
    let content = Content::of(desk.change(), id).await?;
    if version.origin == Origin::Own && version.number == 1 {
        let moved = counting::moved(&desk, sources, &version, &content).await?;
        if let Some(place) = moved {
            return Err(ActError::Moved(place));
        }
    }
    let hash = signed(&version, &content, vec![]).hash();
    let pieces = unit.iter().flat_map(|unit| &unit.pieces);
    let reviewed =
        pieces.clone().any(|piece| piece.kind == KIND && piece.id == id && piece.hash == hash);
    if !reviewed || !store::frozen(desk.change(), id, (desk.today(), &hash)).await? {
        return Err(ActError::OVERTAKEN);
    }
    desk.record(entry("freezing", &version, serde_json::json!({ "hash": hash }))).await?;
    desk.seal().await?;
    Ok(hash)
}

/// Whether everything before 签发 was passed.
pub fn is_reviewed(unit: &Unit) -> bool {
    unit.state == review::State::InReview && unit.review().waits_for() == Some(Step::Signature)
}

/// Refuses 签发 of what is not frozen (access policy: `report.approve` asks for `frozen`).
pub(super) async fn signable(
    from: &impl ::store::Statements,
    id: &str,
) -> Result<Result<(), web::Fault>, ::store::StoreError> {
    let version = Version::find(from, id).await?;
    if version.is_some_and(|version| version.frozen_hash.is_some()) {
        return Ok(Ok(()));
    }
    let words = "报告还没有定稿，不能签发。请公开工作机构负责人先定稿。".to_owned();
    Ok(Err(web::Fault::Refused(words)))
}
