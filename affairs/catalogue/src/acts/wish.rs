//! 处理未满足的需求: a person turns what people looked for into an item, or says why not.

use catalogue_rules::WordsRefused;
use catalogue_rules::reminder::answer_words;
use ledger::{Desk, DeskError, Entry};
use serde_json::json;
use store::StoreError;

use super::BASIS;
use super::answer::existing;
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
    /// What was done, or why nothing: always there where it is dismissed.
    pub note: String,
    /// Where it is: always there where it is answered.
    pub link: String,
    /// The code of the organ that settles it; empty for whoever works at the machine itself.
    pub organ: String,
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
    /// It is said to be published and not where.
    #[error("没有写明信息在哪里")]
    NoLink,
    /// The note cannot be taken.
    #[error(transparent)]
    Words(#[from] WordsRefused),
    /// The address leads to nothing.
    #[error(transparent)]
    Link(WordsRefused),
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
            Self::NoLink => "写上文件或者事项的地址",
            Self::Words(_) => "改好理由再提交",
            Self::Link(_) => "改好地址再提交",
            Self::Desk(_) | Self::Store(_) => "请稍后再试；数据保持原样",
        }
    }
}

/// Settles what was asked for in these words, however it was found out.
///
/// # Errors
/// There is no such wish, it is dismissed without a reason or answered without an address that leads to
/// something, or the database refuses.
pub async fn settle(mut desk: Desk, settlement: Settlement) -> Result<(), WishError> {
    close(&mut desk, settlement).await?;
    Ok(desk.seal().await?)
}

/// Settles a wish as [`settle`] does, within an act that goes on.
///
/// # Errors
/// As [`settle`].
pub(super) async fn close(desk: &mut Desk, settlement: Settlement) -> Result<(), WishError> {
    let Settlement { division, words, verdict, note, link, organ } = settlement;
    let link = match verdict {
        Verdict::Answered => Some(found(desk, &division, &link).await?.ok_or(WishError::NoLink)?),
        Verdict::Adopted | Verdict::Dismissed => None,
    };
    let note = match note.trim() {
        "" if verdict == Verdict::Dismissed => return Err(WishError::NoReason),
        "" => String::new(),
        given => answer_words(given)?,
    };
    let place = (division.as_str(), words.as_str());
    if Wish::settle(desk.change(), place, verdict, (&note, link.as_deref())).await? == 0 {
        return Err(WishError::Unknown(words));
    }
    let entry = Entry {
        room: "catalogue",
        act: "wish",
        subject: format!("wish:{division}:{words}"),
        organ,
        basis: BASIS.into(),
        facts: json!({ "verdict": verdict.word(), "note": note, "link": link }),
    };
    desk.record(entry).await?;
    Ok(())
}

/// The address as it is kept, once it is sure that it leads to something.
async fn found(desk: &Desk, division: &str, text: &str) -> Result<Option<String>, WishError> {
    existing(desk, division, text).await.map_err(|error| match error {
        WishError::Words(refused) => WishError::Link(refused),
        other => other,
    })
}
