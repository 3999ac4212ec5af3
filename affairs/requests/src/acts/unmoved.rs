//! 案卷有变动: what was sent from a page that showed a file otherwise than it lies now is not done.

use ledger::Desk;

use super::{ActError, course};

/// Holds a file for the act that follows at the same desk, if it lies as it was shown: `shown` is its
/// revision then.
///
/// # Errors
/// Something happened to it since, the organ has no such request, or the database refuses.
pub async fn unmoved(
    desk: &Desk,
    (organ, request): (&str, &str),
    shown: i64,
) -> Result<(), ActError> {
    let case = course::take(desk, organ, request).await?;
    if case.filing.revision == shown {
        return Ok(());
    }
    Err(ActError::Refused(
        "打开这一页以后案卷有变动，也可能这件事刚才已经办过，这次没有办理",
        "看案卷的经过；还没有办的，您填的都在下面，核对以后再提交",
    ))
}
