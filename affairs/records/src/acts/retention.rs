//! 定保管期限: for what was published without one, or longer than before; never shorter.

use ledger::{Change, Desk, Entry};
use records_rules::Retention;
use serde_json::json;

use super::{ActError, Hand};
use crate::store::{KeptRecord, is_destroyed};

/// Sets the period of records of an organ, all of them or none.
///
/// # Errors
/// One is not the organ's, has a longer period or was destroyed; none is named; the database refuses.
pub async fn set(
    mut desk: Desk,
    hand: &Hand,
    records: &[String],
    period: Retention,
) -> Result<(), ActError> {
    if records.is_empty() {
        return Err(ActError::Refused("没有选文件", "勾选文件再提交"));
    }
    for id in records {
        let kept = KeptRecord::find(desk.change(), &hand.organ, id).await?;
        let kept = kept.ok_or(ActError::NO_RECORD)?;
        if is_destroyed(desk.change(), id).await? {
            return Err(ActError::Refused("这份文件已经销毁", "刷新页面再看"));
        }
        if kept.retention.is_some_and(|old| !period.is_no_shorter(old)) {
            return Err(ActError::Refused("保管期限只能延长，不能缩短", "选更长的期限"));
        }
        kept.keep_for(desk.change(), period).await?;
        let entry = Entry {
            room: "records",
            act: "retention",
            subject: format!("record:{id}"),
            organ: hand.organ.clone(),
            basis: law::article("机关文件材料归档范围和文书档案保管期限规定", 6).to_string(),
            facts: json!({ "retention": period.name() }),
        };
        let name = |period: Retention| period.name();
        let change = Change {
            before: json!({ "retention": kept.retention.map(name) }),
            after: json!({ "retention": period.name() }),
        };
        desk.record_change(entry, change).await?;
    }
    Ok(desk.seal().await?)
}
