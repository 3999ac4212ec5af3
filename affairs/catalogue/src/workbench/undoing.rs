//! 撤销上一步: what the last change was, and taking it back.

use axum::response::Response;
use catalogue_rules::{DraftStage, Keyed};
use web::{Clerk, Fault, Visit};

use super::bench::{Bench, Rows};
use super::{seen, sent_to};
use crate::acts::restoration;
use crate::store::{KeyedItem, Step};

/// The last change to the draft, where this clerk made it and may take it back: its key, and what taking
/// it back does.
///
/// # Errors
/// The database refuses.
pub async fn offered(
    visit: &Visit,
    bench: &Bench,
    clerk: &Clerk,
    rows: &Rows,
) -> Result<Option<(String, String)>, Fault> {
    let drafting = |draft: &&crate::store::Version| draft.stage == DraftStage::Drafting;
    let Some(draft) = bench.draft.as_ref().filter(drafting) else { return Ok(None) };
    let last = Step::last(visit.house.store(), &draft.id).await?;
    let Some(last) = last.filter(|last| last.made_by == clerk.actor().word()) else {
        return Ok(None);
    };
    let now: Vec<Keyed<'_>> = rows.ours.iter().map(KeyedItem::keyed).collect();
    let words = match last.act.as_str() {
        "adjustment" => format!("{}，上级调整重新待决定", last.step.in_words(&now)),
        "replacement" => format!("粘贴或者导入的表格退回，{}", last.step.in_words(&now)),
        _ => last.step.in_words(&now),
    };
    Ok(Some((last.id, words)))
}

/// Takes back the last change, and goes back to the row it concerned.
///
/// # Errors
/// It cannot be taken back, or the database refuses.
pub async fn act(
    visit: &Visit,
    clerk: &Clerk,
    bench: &Bench,
    step: &str,
) -> Result<Response, Fault> {
    let catalogue = bench.catalogue()?.id.clone();
    let desk = visit.house.ledger().desk(clerk.actor()).await?;
    let undone = seen(restoration::make(desk, &catalogue, step).await)?;
    let touched = undone.step.touched(&[]);
    let place = match touched.as_slice() {
        [key] => format!("&row={key}#hang-{key}"),
        _ => String::new(),
    };
    Ok(sent_to(visit, &bench.path(&format!("?done=undone{place}"))))
}
