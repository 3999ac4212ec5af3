//! 合并 (docs/readings/124): a later request of the same applicant for the same is joined to the one that waits,
//! and is told so.
//!
//! One person does it. Neither the Regulation nor the access policy asks for a second, because nothing is refused:
//! the act itself finds that applicant and wish are the same and that the earlier request is open, and that
//! one is answered after every step of its review. Abandonment (第三十条), which ends a request without an answer,
//! takes two.

use law::document;
use ledger::Desk;
use requests_rules::{Happening, Letter, Relation};
use review::Signatory;
use serde_json::json;

use super::course::{self, By, Step};
use super::{ActError, intake};
use crate::store::putting::Marked;
use crate::store::{self, Filing, FilingState, IssuedLetter};

/// Joins a request to the earlier one of the same applicant.
///
/// # Errors
/// It is not assigned to whoever joins, the two are not the same wish of one applicant, the earlier is
/// closed, or the database refuses.
pub async fn join(
    mut desk: Desk,
    by: &Signatory,
    request: &str,
    earlier: &str,
) -> Result<IssuedLetter, ActError> {
    let mut case = course::take_open(&desk, by, request).await?;
    let identity = store::identity_of(desk.change(), request).await?;
    let relation = intake::relation_of(&desk, &case.filing, &identity).await?;
    let found = Filing::numbered(desk.change(), earlier).await?;
    let same = matches!(&relation, Relation::Mergeable { earlier: number } if number == earlier);
    let into = found.filter(|found| same && !found.is_closed() && found.id.as_str() < request);
    let into = into.ok_or(ActError::Refused(
        "两份申请不是同一申请人要同一信息，或者前一份已经办结",
        "前一份已经答复的，按重复申请答复",
    ))?;
    let (today, by) = (desk.today(), By::Officer(by));
    let facts = json!({ "code": "O3", "joined_to": into.number });
    let letter =
        course::issue(&desk, &case, by, (Letter::ClosingNotice, "", facts.clone())).await?;
    let step = Step::new("joining", today)
        .moving(Happening::Replied)
        .saying(facts)
        .about(letter.id.clone());
    course::happen(&desk, &mut case, by, step).await?;
    course::close(&mut case, FilingState::Joined, "O3", today);
    course::settle(&desk, &mut case).await?;
    Filing::mark(desk.change(), request, Marked::Joined(&into.id)).await?;
    let facts = json!({ "joined_to": into.number, "letter": letter.number });
    let basis = document("国办公开办函〔2021〕30号");
    desk.record(course::entry("joining", &case, basis, facts)).await?;
    desk.seal().await?;
    Ok(letter)
}
