//! What tells who somebody is in a 更正申请, a complaint or a suggestion: its result and the reasons kept beside it
//! tell nobody, so that they may stay when the names go (docs/readings/205).

use requests_rules::Contact;
use secrets::{Place, Sealer};
use store::{FromQueryResult, Statements};

use super::{CaseError, Complainant, RectificationWish, Suggested};

/// The words that tell whose a matter is; none where they are gone.
pub(crate) async fn telling_of(
    from: &impl Statements,
    sealer: &Sealer,
    about: &str,
) -> Result<Vec<String>, CaseError> {
    #[derive(FromQueryResult)]
    struct Row {
        sealed: String,
    }
    let Some((kind, id)) = about.split_once(':') else { return Ok(Vec::new()) };
    let table = match kind {
        "rectification" => "request_rectification",
        "complaint" => "request_complaint",
        _ => "request_suggestion",
    };
    let sql = format!("SELECT sealed FROM {table} WHERE id = $1");
    let row: Option<Row> = from.one(&sql, vec![id.into()]).await?;
    let sealed = row.map(|row| row.sealed).unwrap_or_default();
    let text = sealer.open_text(Place::new(table, id, "sealed"), &sealed)?;
    let words = match kind {
        "rectification" => of_wish(&text),
        "complaint" => of_complainant(&text),
        _ => of_suggested(&text),
    };
    let long_enough = |word: &String| word.chars().count() > 1;
    Ok(words.into_iter().map(|word| word.trim().to_owned()).filter(long_enough).collect())
}

fn of_wish(text: &str) -> Vec<String> {
    let Ok(wish) = serde_json::from_str::<RectificationWish>(text) else { return Vec::new() };
    let proof = wish.proof.map(|proof| proof.number().to_owned());
    [vec![wish.name], reach(wish.contact), proof.into_iter().collect()].concat()
}

fn of_complainant(text: &str) -> Vec<String> {
    let Ok(said) = serde_json::from_str::<Complainant>(text) else { return Vec::new() };
    [vec![said.name], reach(said.contact)].concat()
}

fn of_suggested(text: &str) -> Vec<String> {
    let said = serde_json::from_str::<Suggested>(text).unwrap_or_default();
    vec![said.name, said.contact]
}

fn reach(contact: Contact) -> Vec<String> {
    [contact.telephone, contact.address, contact.email].into_iter().flatten().collect()
}
