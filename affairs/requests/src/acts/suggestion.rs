//! 建议主动公开 (条例第四十四条第二款): whoever got information on request may suggest that it be published; the
//! organ looks into it and, where it may be published, publishes it in time ([`super::conversion`]).

use law::article;
use ledger::{Actor, Entry, Ledger};
use requests_rules::REGULATION;
use secrets::{Place, Sealer};
use serde_json::json;

use super::{ActError, intake};
use crate::store::putting::{letter_number, new_key, next};
use crate::store::suggestions::NewSuggestion;
use crate::store::{Suggested, SuggestionCase};

/// The word of its numbers.
const WORD: &str = "建议";

/// What whoever suggests takes home.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// The key.
    pub id: String,
    /// The number.
    pub number: String,
    /// 查询码; kept nowhere.
    pub code: String,
}

/// Takes a suggestion to an organ. The same form handed in twice is one suggestion.
///
/// # Errors
/// Something cannot be sealed, or the database refuses.
pub async fn suggest(
    ledger: &Ledger,
    sealer: &Sealer,
    (organ, about, key): (&str, &str, &str),
    suggested: &Suggested,
) -> Result<Taken, ActError> {
    let key_mark = sealer.mark(Place::new("request_suggestion", "", "key_mark"), key)?;
    let code = intake::query_code(sealer, &format!("suggestion:{key}"))?;
    let code_mark = intake::code_mark(sealer, "request_suggestion", &code)?;
    let mut desk = ledger.desk(Actor::Visitor).await?;
    let change = desk.change();
    if let Some(before) = SuggestionCase::with_key(change, key_mark.as_str()).await? {
        return Ok(Taken { id: before.id, number: before.number, code });
    }
    let (id, year) = (new_key(), desk.today().year());
    let number = letter_number(WORD, year, next(change, organ, WORD, year).await?);
    let number = format!("{organ}{number}");
    let new = NewSuggestion {
        id: &id,
        organ,
        number: &number,
        about: about.trim(),
        key_mark: key_mark.as_str(),
        code_mark: &code_mark,
        on: desk.today(),
    };
    new.add(change, sealer, suggested).await?;
    desk.record(Entry {
        room: "requests",
        act: "suggestion",
        subject: format!("suggestion:{id}"),
        organ: organ.to_owned(),
        basis: article(REGULATION, 44).paragraph(2).to_string(),
        facts: json!({ "number": number }),
    })
    .await?;
    desk.seal().await?;
    Ok(Taken { id, number, code })
}
