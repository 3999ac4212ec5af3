//! 文书 of what stands beside requests: numbered and kept when the result is told, set from the texts of that
//! moment; who receives it is filled in where it is handed out.

use ::store::moment;
use ledger::Desk;
use requests_rules::Letter;
use review::Signatory;
use serde_json::Value as Json;

use super::ActError;
use crate::store::MatterLetter;
use crate::store::putting::{self, letter_number, new_key};

/// Numbers and keeps the letter of a matter.
pub(super) async fn issue(
    desk: &Desk,
    by: &Signatory,
    (kind, about): (Letter, String),
    facts: Json,
) -> Result<MatterLetter, ActError> {
    let (word, year) = (kind.serial(), desk.today().year());
    let serial = putting::next(desk.change(), &by.organ, word, year).await?;
    let letter = MatterLetter {
        id: new_key(),
        organ: by.organ.clone(),
        about,
        kind,
        number: letter_number(word, year, serial),
        facts,
        issued_on: desk.today(),
        issued_at: moment(desk.now()),
        name: by.name.clone(),
    };
    letter.add(desk.change(), &by.person).await?;
    Ok(letter)
}
