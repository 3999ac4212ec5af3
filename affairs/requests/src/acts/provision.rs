//! 提供的信息 (条例第三十七条、第四十条): of a file that is to go out with the answer the copy that was written anew is
//! put into the file, with what was taken out of it, why and by which provision; what it was made from stays
//! beside it and never goes out (docs/readings/184).

use ::store::moment;
use law::article;
use ledger::Desk;
use requests_rules::{REGULATION, Removal};
use review::Signatory;
use serde_json::json;

use super::ActError;
use super::course::{self, By, Step};
use crate::files::StagedFile;
use crate::store::ProvidedFile;

/// A copy to be provided, with what it was made from.
#[derive(Debug)]
pub struct Redacted {
    /// The copy.
    pub copy: StagedFile,
    /// The file as it came.
    pub source: StagedFile,
    /// What was taken out.
    pub removals: Vec<Removal>,
}

/// Puts a file into the file, to be provided with the answer.
///
/// # Errors
/// It is not said of everything taken out what it was and why, the file is closed or not assigned to whoever
/// adds, or the database refuses.
pub async fn add(
    mut desk: Desk,
    by: &Signatory,
    request: &str,
    redacted: Redacted,
) -> Result<ProvidedFile, ActError> {
    let today = desk.today();
    let faults: Vec<String> = redacted
        .removals
        .iter()
        .flat_map(|removal| removal.faults(today))
        .map(|fault| fault.to_string())
        .collect();
    if !faults.is_empty() {
        return Err(ActError::Faults(faults));
    }
    let mut case = course::take_open(&desk, by, request).await?;
    let Redacted { copy, source, removals } = redacted;
    let at = moment(desk.now());
    source.row("", &at).add(desk.change(), (request, &by.person)).await?;
    let row = copy.row(source.id(), &at);
    row.add(desk.change(), (request, &by.person)).await?;
    let told: Vec<String> = removals.iter().map(|removal| removal.told(today)).collect();
    let step = Step::new("provision", today).saying(json!({ "removed": told })).about(&*row.id);
    course::happen(&desk, &mut case, By::Officer(by), step).await?;
    course::settle(&desk, &mut case).await?;
    let basis = article(REGULATION, if removals.is_empty() { 40 } else { 37 });
    let facts = json!({ "file": row.id, "source": source.id(), "removals": removals });
    desk.record(course::entry("provision", &case, basis, facts)).await?;
    desk.seal().await?;
    source.taken();
    copy.taken();
    Ok(ProvidedFile { id: row.id, sha256: row.sha256, removals })
}
