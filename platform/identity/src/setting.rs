//! What is settled once for the whole installation.

use ledger::Desk;
use store::{FromQueryResult, Statements, StoreError};

/// The salt under which identity documents are marked.
pub(crate) const SALT: &str = "document_salt";
/// The organ that operates the platform; settings, accounts and the ledger belong to it.
pub(crate) const OPERATOR: &str = "operator";
/// The word of the [`crate::Profile`] in force.
pub(crate) const PROFILE: &str = "password_profile";

#[derive(FromQueryResult)]
struct Row {
    value: String,
}

/// What is settled under a name.
pub(crate) async fn read(from: &impl Statements, name: &str) -> Result<Option<String>, StoreError> {
    let sql = "SELECT value FROM identity_setting WHERE name = $1";
    let row: Option<Row> = from.one(sql, vec![name.into()]).await?;
    Ok(row.map(|row| row.value))
}

pub(crate) async fn keep(desk: &Desk, name: &str, value: &str) -> Result<(), StoreError> {
    let row = vec![name.into(), value.into()];
    desk.change().replace("identity_setting", &["name", "value"], vec![row]).await
}

/// The organ that operates the platform, once the first security administrators are appointed.
///
/// # Errors
/// The database refuses.
pub async fn operator(from: &impl Statements) -> Result<Option<String>, StoreError> {
    read(from, OPERATOR).await
}
