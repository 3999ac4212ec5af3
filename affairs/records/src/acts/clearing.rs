//! 清理: a 规范性文件 is looked at again, before its term ends and from time to time. What is decided is
//! kept; amending and repealing are acts of their own that follow.

use ledger::{Change, Desk, Entry};

use super::{ActError, Hand, reasoned};
use crate::store::{Clearing, Record};

/// What is decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClearingOutcome {
    /// 继续有效.
    Keep,
    /// 修改.
    Amend,
    /// 废止.
    Repeal,
}

impl ClearingOutcome {
    /// All three, with the words they are stored and read by.
    pub const ALL: [(Self, &'static str, &'static str); 3] = [
        (Self::Keep, "keep", "继续有效"),
        (Self::Amend, "amend", "修改"),
        (Self::Repeal, "repeal", "废止"),
    ];

    /// The word it is stored by.
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|(own, ..)| *own == self).map_or("", |(_, word, _)| word)
    }

    /// The outcome stored by a word.
    pub fn stored(word: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, own, _)| *own == word).map(|(own, ..)| *own)
    }
}

/// Keeps what was decided of a 规范性文件.
///
/// # Errors
/// The organ has no such record, it is no 规范性文件, no reason is given, or the database refuses.
pub async fn keep(
    mut desk: Desk,
    hand: &Hand,
    record: &str,
    outcome: ClearingOutcome,
    reason: &str,
) -> Result<(), ActError> {
    let reason = reasoned(reason)?;
    let found = Record::of_organ(desk.change(), &hand.organ, record).await?;
    let found = found.ok_or(ActError::NO_RECORD)?;
    if !found.metadata.normative {
        return Err(ActError::Refused("这份文件不是规范性文件", "只清理规范性文件"));
    }
    let told = (outcome.word(), reason.as_str());
    Clearing::add(desk.change(), record, told, hand, desk.today()).await?;
    let entry = Entry {
        room: "records",
        act: "clearing",
        subject: format!("record:{record}"),
        organ: hand.organ.clone(),
        basis: "国办发〔2018〕37号".to_owned(),
        facts: serde_json::json!({ "outcome": outcome.word(), "reason": reason }),
    };
    let last = found.metadata.life.last_day;
    let change = Change {
        before: serde_json::json!({ "last_day": last }),
        after: serde_json::json!({ "last_day": last, "outcome": outcome.word() }),
    };
    desk.record_change(entry, change).await?;
    Ok(desk.seal().await?)
}
