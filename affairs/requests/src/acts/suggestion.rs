//! 建议主动公开 (条例第四十四条第二款): whoever got information on request may suggest that it be published; the
//! organ looks into it and, where it may be published, publishes it in time.

use law::{Provision, article};
use ledger::{Actor, Entry, Ledger};
use requests_rules::REGULATION;
use review::Signatory;
use secrets::{Place, Sealer};
use serde_json::json;

use super::{ActError, reasoned};
use crate::store::putting::{letter_number, new_key, next};
use crate::store::suggestions::NewSuggestion;
use crate::store::{Suggested, SuggestionCase};

const BASIS: Provision = article(REGULATION, 44).paragraph(2);

/// The word of its numbers.
const WORD: &str = "建议";

/// Takes a suggestion to an organ; answers its number. The same form handed in twice is one suggestion.
///
/// # Errors
/// Something cannot be sealed, or the database refuses.
pub async fn suggest(
    ledger: &Ledger,
    sealer: &Sealer,
    (organ, about, key): (&str, &str, &str),
    suggested: &Suggested,
) -> Result<String, ActError> {
    let key_mark = sealer.mark(Place::new("request_suggestion", "", "key_mark"), key)?;
    let mut desk = ledger.desk(Actor::Visitor).await?;
    let change = desk.change();
    if let Some(before) = SuggestionCase::with_key(change, key_mark.as_str()).await? {
        return Ok(before.number);
    }
    let (id, year) = (new_key(), desk.today().year());
    let number = letter_number(WORD, year, next(change, organ, WORD, year).await?);
    let number = format!("{organ}{number}");
    let (about, on) = (about.trim(), desk.today());
    let new =
        NewSuggestion { id: &id, organ, number: &number, about, key_mark: key_mark.as_str(), on };
    new.add(change, sealer, suggested).await?;
    desk.record(entry("suggestion", (organ, &id), &number)).await?;
    desk.seal().await?;
    Ok(number)
}

/// Decides a suggestion: what is adopted is published by way of a draft of its own.
///
/// # Errors
/// It was decided before, the result is missing, or the database refuses.
pub async fn decide(
    ledger: &Ledger,
    (actor, by): (Actor, &Signatory),
    suggestion: &str,
    (adopted, result): (bool, &str),
) -> Result<(), ActError> {
    let result = reasoned(result)?;
    let mut desk = ledger.desk(actor).await?;
    let decided = (adopted, result.as_str(), desk.today());
    let (key, who) = ((by.organ.as_str(), suggestion), (by.person.as_str(), by.name.as_str()));
    if !SuggestionCase::decide(desk.change(), key, decided, who).await? {
        return Err(ActError::DECIDED);
    }
    let word = if adopted { "采纳" } else { "不采纳" };
    desk.record(entry("suggestion_decision", key, word)).await?;
    Ok(desk.seal().await?)
}

fn entry(act: &'static str, (organ, id): (&str, &str), said: &str) -> Entry {
    Entry {
        room: "requests",
        act,
        subject: format!("suggestion:{id}"),
        organ: organ.to_owned(),
        basis: BASIS.to_string(),
        facts: json!({ "said": said }),
    }
}
