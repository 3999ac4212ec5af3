//! The day on which what is withheld returns: a job of that day opens its assessment.

use ledger::Event;
use store::{StoreError, Transaction};
use web::{House, Later, Listener};

use crate::store::{Draft, DraftState, Reassessment};

/// The name of the jobs that wait for a 复核日期.
pub(crate) const REVIEW_DAY: &str = "records.review_day";

/// It hears no act at once: acts that withhold something leave a job for the day.
pub(crate) const LISTENERS: &[Listener] = &[Listener { name: REVIEW_DAY, acts: &[], hear }];

fn hear<'a>(house: &'a House, event: &'a Event, change: &'a Transaction) -> Later<'a, ()> {
    Box::pin(async move {
        let Some(draft) = event.subject.strip_prefix("draft:") else { return Ok(()) };
        Ok(comes_back(change, draft, house.ledger().clock()).await?)
    })
}

/// Opens the assessment of a withheld document whose day has come; hearing twice changes nothing.
async fn comes_back(
    change: &Transaction,
    draft: &str,
    clock: ledger::Clock,
) -> Result<(), StoreError> {
    let Some(draft) = Draft::called(change, draft).await? else { return Ok(()) };
    let day = draft.attribute.review_on().filter(|day| *day <= clock.today());
    if let (Some(day), DraftState::Kept) = (day, draft.state) {
        Reassessment::open(change, &draft, day).await?;
    }
    Ok(())
}
