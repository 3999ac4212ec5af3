//! 答复催一下: the organ says what it did, and where what was missing is now.

use catalogue_rules::ReminderStanding;
use catalogue_rules::reminder::{ANSWER_PERIOD, answer_link, answer_words};
use ledger::{Desk, Entry};
use store::moment;

use super::reminder::ReminderError;
use crate::store::{Answered, Reminder};

/// Keeps the answer to an entry. `link` may be empty, or the address below a site where what was
/// missing is to be found. An answer after its day is kept and shown as late.
///
/// # Errors
/// There is no such entry, it is answered already, the words cannot be taken, or the database
/// refuses.
pub async fn keep(
    mut desk: Desk,
    id: &str,
    text: &str,
    link: &str,
) -> Result<Reminder, ReminderError> {
    let answer =
        Answered { on: desk.today(), words: answer_words(text)?, link: answer_link(link)? };
    let change = desk.change();
    let open = Reminder::find(change, id).await?;
    let open = open.ok_or_else(|| ReminderError::Unknown(id.into()))?;
    let (by, at) = (desk.actor().word(), moment(desk.now()));
    if !Reminder::keep_answer(change, id, &answer, &by, &at).await? {
        return Err(ReminderError::AlreadyAnswered(id.into()));
    }
    let answered = Reminder { answer: Some(answer), ..open };
    let period = ANSWER_PERIOD.on(answered.asked_on).map_err(catalogue_rules::NoAnswerDay::from)?;
    let late = answered.standing(desk.today()) == ReminderStanding::AnsweredLate;
    let entry = Entry {
        room: "catalogue",
        act: "answer",
        subject: format!("reminder:{id}"),
        organ: answered.organ.clone(),
        basis: period.basis.to_string(),
        facts: serde_json::json!({
            "division": answered.division,
            "domain": answered.domain,
            "item": answered.item,
            "due": answered.due_on.to_string(),
            "late": late,
        }),
    };
    desk.record(entry).await?;
    desk.seal().await?;
    Ok(answered)
}
