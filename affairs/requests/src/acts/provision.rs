//! 提供的信息 (条例第四十条): a file that is to go out with the answer is put into the file, sealed like all others.

use ::store::moment;
use law::article;
use ledger::Desk;
use requests_rules::REGULATION;
use review::Signatory;
use serde_json::json;

use super::ActError;
use super::course::{self, By, Step};
use crate::files::StagedFile;
use crate::store::ProvidedFile;

/// Puts a file into the file, to be provided with the answer.
///
/// # Errors
/// The file is closed or not assigned to whoever adds, or the database refuses.
pub async fn add(
    mut desk: Desk,
    by: &Signatory,
    request: &str,
    file: StagedFile,
) -> Result<ProvidedFile, ActError> {
    let mut case = course::take_open(&desk, by, request).await?;
    let row = file.row("", &moment(desk.now()));
    row.add(desk.change(), (request, &by.person)).await?;
    let step = Step::new("provision", desk.today()).about(row.id.clone());
    course::happen(&desk, &mut case, By::Officer(by), step).await?;
    course::settle(&desk, &mut case).await?;
    let basis = article(REGULATION, 40);
    desk.record(course::entry("provision", &case, basis, json!({ "file": row.id }))).await?;
    desk.seal().await?;
    file.taken();
    Ok(ProvidedFile { id: row.id, sha256: row.sha256 })
}
