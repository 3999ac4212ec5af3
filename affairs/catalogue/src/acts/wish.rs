//! 处理未满足的需求: a person turns what people looked for into an item, or says why not.

use catalogue_rules::WordsRefused;
use catalogue_rules::reminder::answer_words;
use ledger::{Desk, DeskError, Entry};
use serde_json::json;
use store::StoreError;

use super::BASIS;
use crate::store::{Verdict, Wish};

/// What is done with a wish.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settlement {
    /// The division on whose site it was asked for.
    pub division: String,
    /// The words, as they are listed.
    pub words: String,
    /// What becomes of it.
    pub verdict: Verdict,
    /// What was done, or why nothing: always there where it is not adopted.
    pub note: String,
}

/// Why a wish was not settled. Nothing was stored.
#[derive(Debug, thiserror::Error)]
pub enum WishError {
    /// There is no open wish with these words.
    #[error("没有待处理的“{0}”")]
    Unknown(String),
    /// It is not adopted and nothing says why.
    #[error("不采纳的要写明理由")]
    NoReason,
    /// The note cannot be taken.
    #[error(transparent)]
    Words(#[from] WordsRefused),
    /// The act was not kept.
    #[error(transparent)]
    Desk(#[from] DeskError),
    /// The database refused.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl WishError {
    /// What the person may do about it.
    pub fn remedy(&self) -> &'static str {
        match self {
            Self::Unknown(_) => "用 gongkai wishes list 查看文字和区划代码",
            Self::NoReason => "补上理由再提交",
            Self::Words(_) => "改好理由再提交",
            Self::Desk(_) | Self::Store(_) => "请稍后再试；数据保持原样",
        }
    }
}

/// Settles what was asked for in these words, however it was found out.
///
/// # Errors
/// There is no such wish, it is dismissed without a reason, or the database refuses.
pub async fn settle(mut desk: Desk, settlement: Settlement) -> Result<(), WishError> {
    let Settlement { division, words, verdict, note } = settlement;
    let note = match note.trim() {
        "" if verdict == Verdict::Dismissed => return Err(WishError::NoReason),
        "" => String::new(),
        given => answer_words(given)?,
    };
    let place = (division.as_str(), words.as_str());
    if Wish::settle(desk.change(), place, verdict, &note).await? == 0 {
        return Err(WishError::Unknown(words));
    }
    let entry = Entry {
        room: "catalogue",
        act: "wish",
        subject: format!("wish:{division}:{words}"),
        organ: String::new(),
        basis: BASIS.into(),
        facts: json!({ "verdict": verdict.word(), "note": note }),
    };
    desk.record(entry).await?;
    Ok(desk.seal().await?)
}
