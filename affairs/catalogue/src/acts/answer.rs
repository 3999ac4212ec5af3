//! 答复催一下: the organ says what it did, and where what was missing is now.

use catalogue_rules::reminder::{ANSWER_PERIOD, answer_words};
use catalogue_rules::{AnswerLink, ReminderStanding, WordsRefused};
use ledger::{Desk, Entry};
use store::{StoreError, moment};

use super::reminder::ReminderError;
use crate::store::{Answered, Reminder, is_there};

/// Keeps the answer to an entry. `link` may be empty, the address of a document or an item of this
/// platform, which must be there, or a whole address elsewhere, which is kept as text. An answer after its day is kept and shown as late.
///
/// # Errors
/// There is no such entry, it is answered already, the words cannot be taken, the link leads to no page
/// of ours, or the database
/// refuses.
pub async fn keep(
    mut desk: Desk,
    id: &str,
    text: &str,
    link: &str,
) -> Result<Reminder, ReminderError> {
    let open = Reminder::find(desk.change(), id).await?;
    let open = open.ok_or_else(|| ReminderError::Unknown(id.into()))?;
    let link = existing::<ReminderError>(&desk, &open.division, link).await?;
    let answer = Answered { on: desk.today(), words: answer_words(text)?, link };
    let change = desk.change();
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

/// The link as it is kept, once it is sure that it leads to something from the site of the division.
pub(super) async fn existing<E: From<WordsRefused> + From<StoreError>>(
    desk: &Desk,
    division: &str,
    text: &str,
) -> Result<Option<String>, E> {
    let Some(link) = AnswerLink::read(text)? else { return Ok(None) };
    match is_there(desk.change(), &link, (division, desk.today())).await? {
        true => Ok(Some(link.to_string())),
        false => Err(WordsRefused::NoSuchPage.into()),
    }
}
