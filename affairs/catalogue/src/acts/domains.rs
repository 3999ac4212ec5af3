//! 设定领域: the domains with the names they have or had, as the ministries' guides and the notices
//! name them. More can be added, and a name can end without the domain ending.

use ledger::{Desk, Entry};

use super::ActError;
use crate::store::{Domain, DomainLine};

/// Takes in domains; those already known are replaced. `basis` is what names them.
///
/// # Errors
/// The database refuses.
pub async fn keep(mut desk: Desk, lines: &[DomainLine], basis: &str) -> Result<(), ActError> {
    Domain::keep(desk.change(), lines).await?;
    let entry = Entry {
        room: "catalogue",
        act: "domains",
        subject: "catalogue:domains".into(),
        organ: String::new(),
        basis: basis.into(),
        facts: serde_json::json!({ "count": lines.len() }),
    };
    desk.record(entry).await?;
    Ok(desk.seal().await?)
}
