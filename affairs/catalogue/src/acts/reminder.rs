//! 催一下: a reader asks an organ for what should have been published (条例第四十七条第二款).
//!
//! The first press opens an entry with its day of answer; later ones join it. Of the reader nothing
//! is kept but the words, and those go to the organ alone.

pub use catalogue_rules::reminder::RIGHT_TO_ASK as BASIS;
use catalogue_rules::reminder::{PRESSES_A_MINUTE, readers_words};
use catalogue_rules::{AnswerDue, NoAnswerDay, WordsRefused};
use ledger::{Actor, DeskError, Entry, Ledger};
use store::{StoreError, moment};

use crate::store::Reminder;

/// What is asked for, where, and of whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Press {
    /// The division on whose site it is asked.
    pub division: String,
    /// The domain's slug.
    pub domain: String,
    /// The item's key.
    pub item: String,
    /// What the item is called.
    pub name: String,
    /// The organ that has to answer.
    pub organ: String,
    /// What the reader wrote; may be empty.
    pub words: String,
}

/// What became of a press.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pressed {
    /// It was counted; this is the entry now.
    Counted(Box<Reminder>),
    /// It was noted, but so many came within a minute that it was not counted.
    Noted,
}

/// Why an act on an entry was not carried out. Nothing of it was stored.
#[derive(Debug, thiserror::Error)]
pub enum ReminderError {
    /// The words cannot be taken.
    #[error(transparent)]
    Words(#[from] WordsRefused),
    /// There is no such entry.
    #[error("没有编号为 {0} 的催一下")]
    Unknown(String),
    /// It has been answered.
    #[error("编号为 {0} 的催一下已经答复过了")]
    AlreadyAnswered(String),
    /// There is no day by which to answer.
    #[error(transparent)]
    NoDay(#[from] NoAnswerDay),
    /// The act was not kept.
    #[error(transparent)]
    Desk(#[from] DeskError),
    /// The database refused.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl ReminderError {
    /// What the person may do about it.
    pub fn remedy(&self) -> &'static str {
        match self {
            Self::Words(_) => "改好内容再提交",
            Self::Unknown(_) => "用 gongkai reminders list 查看编号",
            Self::AlreadyAnswered(_) => "需要补充的，请更新所指的文件；读者可以再催",
            Self::NoDay(_) => "请先导入当年的放假安排",
            Self::Desk(_) | Self::Store(_) => "请稍后再试；数据保持原样",
        }
    }
}

/// Counts a press.
///
/// # Errors
/// The words cannot be taken, or the database refuses.
pub async fn keep(ledger: &Ledger, press: Press) -> Result<Pressed, ReminderError> {
    let words = readers_words(&press.words)?;
    let minute = moment(ledger.clock().now()).get(..16).unwrap_or_default().to_owned();
    let (division, domain, item) = (&press.division, &press.domain, &press.item);
    // Asked before the desk is opened: a flood must not hold the one writer of the database.
    let counted = Reminder::counted_in(ledger.store(), division, domain, item, &minute).await?;
    if counted >= PRESSES_A_MINUTE {
        return Ok(Pressed::Noted);
    }
    let mut desk = ledger.desk(Actor::Visitor).await?;
    let due = AnswerDue::of(desk.today(), desk.calendar())?;
    let fresh = Reminder {
        id: uuid::Uuid::now_v7().to_string(),
        division: press.division,
        domain: press.domain,
        item: press.item,
        name: press.name,
        organ: press.organ,
        times: 0,
        words: vec![],
        asked_on: desk.today(),
        due_on: due.day.date,
        provisional: due.day.provisional,
        answer: None,
    };
    let open = fresh.press(desk.change(), words.as_deref(), &minute).await?;
    desk.record(entry(&open)).await?;
    desk.seal().await?;
    Ok(Pressed::Counted(Box::new(open)))
}

/// What the ledger is told: never a reader's words.
fn entry(open: &Reminder) -> Entry {
    Entry {
        room: "catalogue",
        act: "reminder",
        subject: format!("reminder:{}", open.id),
        organ: open.organ.clone(),
        basis: BASIS.to_string(),
        facts: serde_json::json!({
            "division": open.division,
            "domain": open.domain,
            "item": open.item,
            "times": open.times,
            "due": open.due_on.to_string(),
        }),
    }
}
