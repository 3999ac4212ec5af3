//! 打开以后: whoever presses a button does so on what the page showed. What somebody else wrote meanwhile is neither
//! overwritten, nor handed in or given up unseen.

use ledger::Desk;
use store::{Statements, StoreError};

use super::ActError;
use crate::store::{Content, MemberLine, Version};

/// The fingerprint of a version as it stands: its prose, numbers, explanations and scope, and where it stands.
///
/// # Errors
/// The database refuses.
pub async fn print(from: &impl Statements, version: &Version) -> Result<String, StoreError> {
    let content = Content::of(from, &version.id).await?;
    let members = MemberLine::of(from, &version.id).await?;
    let mut words = vec![format!("{:?}", version.state)];
    words.extend(content.texts.iter().map(|(part, text)| format!("{part}={text}")));
    words.extend(content.explained.iter().map(|(name, why)| format!("{name}={why}")));
    words.extend(content.cells.iter().map(|(place, cell)| format!("{place}={cell:?}")));
    words.extend(members.iter().map(|member| format!("{member:?}")));
    Ok(web::ContentHash::of(words.iter().map(String::as_str)).to_string())
}

/// Whether a version stands as it was shown.
///
/// # Errors
/// It does not, or the database refuses.
pub async fn unmoved(desk: &Desk, id: &str, shown: &str) -> Result<(), ActError> {
    let version = Version::find(desk.change(), id).await?.ok_or(ActError::NO_REPORT)?;
    if print(desk.change(), &version).await? == shown { Ok(()) } else { Err(ActError::OVERTAKEN) }
}
