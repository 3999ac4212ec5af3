//! 办理找错和评价: answer, transfer to the organ whose page it is, the longer time, closing without an answer.

use identity::Organ;
use ledger::{Desk, Entry};
use sites_rules::answer_due;
use store::moment;

use super::message::{BASIS, LONGEST};
use super::{ActError, reasoned};
use crate::store::{MessageState, SiteMessage, add_step};

/// What is done with a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Handling {
    /// 答复, as the visitor reads it.
    Answer(String),
    /// 转办 to another organ, and why.
    Transfer(String, String),
    /// 情况复杂, and why.
    Extend(String),
    /// 不予答复 (what is no fault, or was reported before), and why; the visitor reads it.
    Close(String),
}

impl Handling {
    /// Its name in the ledger and among the steps.
    pub const fn act(&self) -> &'static str {
        match self {
            Self::Answer(_) => "message_answer",
            Self::Transfer(..) => "message_transfer",
            Self::Extend(_) => "message_extension",
            Self::Close(_) => "message_closing",
        }
    }
}

/// Who handles it: the person's key and name, and the organ acted for.
#[derive(Debug, Clone, Copy)]
pub struct By<'a> {
    /// The key of the natural person.
    pub person: &'a str,
    /// What the person is called.
    pub name: &'a str,
    /// The organ's code.
    pub organ: &'a str,
    /// The organ's short name.
    pub organ_name: &'a str,
}

/// Handles it.
///
/// # Errors
/// There is no such message of the organ, it is settled, words are missing, or the database refuses.
pub async fn settle(
    mut desk: Desk,
    by: By<'_>,
    id: &str,
    handling: Handling,
) -> Result<SiteMessage, ActError> {
    let message = SiteMessage::find(desk.change(), by.organ, id).await?;
    let message = message.filter(|message| message.state == MessageState::Open);
    let message =
        message.ok_or_else(|| ActError::refused("这一件已经办结，或者已经转给别的机关。"))?;
    let (now, words) = handled(&desk, &message, &handling).await?;
    if !message.change(desk.change(), &now).await? {
        return Err(ActError::refused("这一件已经有人处理。请刷新再看。"));
    }
    let (act, at) = (handling.act(), moment(desk.now()));
    let who = (by.person, by.name, by.organ_name);
    add_step(desk.change(), id, (act, &at), who, &words).await?;
    desk.record(Entry {
        room: "sites",
        act,
        subject: format!("site_message:{id}"),
        organ: by.organ.to_owned(),
        basis: BASIS.to_string(),
        facts: serde_json::json!({ "number": message.number, "to": now.organ }),
    })
    .await?;
    desk.seal().await?;
    Ok(now)
}

/// The message as it stands afterwards, and what is said in the step.
async fn handled(
    desk: &Desk,
    message: &SiteMessage,
    handling: &Handling,
) -> Result<(SiteMessage, String), ActError> {
    let today = desk.today().to_string();
    let mut now = message.clone();
    let words = match handling {
        Handling::Answer(words) | Handling::Close(words) => {
            let words = words.trim().to_owned();
            if words.is_empty() {
                return Err(ActError::Field("dafu", "写明答复的内容".into()));
            }
            if words.chars().count() > LONGEST {
                return Err(ActError::Field("dafu", format!("不超过 {LONGEST} 字")));
            }
            let answered = matches!(handling, Handling::Answer(_));
            now.state = if answered { MessageState::Answered } else { MessageState::Closed };
            now.ended_on = Some(today);
            now.answer = words.clone();
            words
        }
        Handling::Transfer(to, why) => {
            let why = reasoned(why)?;
            let organ = Organ::find(desk.change(), to).await?;
            let organ = organ.filter(|organ| organ.stands_on(desk.today()));
            let organ = organ.filter(|organ| organ.code != message.organ);
            let organ = organ.ok_or_else(|| ActError::Field("jiguan", "选另一个机关".into()))?;
            let words = format!("转给{}：{why}", organ.short_name);
            now.organ = organ.code;
            words
        }
        Handling::Extend(why) => {
            if message.extended {
                return Err(ActError::refused("这一件已经延长过一次。"));
            }
            if !message.may_be_extended(desk.today()) {
                let words = "最迟答复的日子已经过了，不能再延长。请尽快答复。";
                return Err(ActError::refused(words));
            }
            let why = reasoned(why)?;
            let received: Option<law::Date> = message.received_on.parse().ok();
            let due = received.and_then(|day| answer_due(day, true, desk.calendar()).ok());
            now.due_on = due.or(message.due_on);
            now.extended = true;
            why
        }
    };
    Ok((now, words))
}
