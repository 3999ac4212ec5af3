//! Interviews as documents of the index: what is talked about and, once it is public, the transcript.

use search::{Found, SearchDocument};
use web::{Fault, House, SearchBatch};

use crate::inscription::interview::subject;
use crate::store::Interview;

/// How a mark begins that goes on with interviews.
pub(super) const INTERVIEWS: &str = "interview:";

/// How many are read at a time when the index is built anew.
const BATCH: i64 = 50;

/// The batch after a mark; `then` is where it goes on after the last of them.
pub(super) async fn batch(house: &House, after: &str, then: &str) -> Result<SearchBatch, Fault> {
    let found = Interview::public_after(house.store(), after, BATCH).await?;
    let next = found.last().map_or(then.to_owned(), |last| format!("{INTERVIEWS}{}", last.id));
    Ok((found.iter().map(document).collect(), Some(next)))
}

/// What the index is told after an act on one, by the rest of its subject.
pub(super) async fn changed(house: &House, rest: &str) -> Result<Found, Fault> {
    let id = rest.split(':').next().unwrap_or_default();
    let found = Interview::find(house.store(), id).await?;
    let found = found.filter(|found| found.opened_on.is_some());
    Ok(match found {
        Some(found) if found.withdrawn.is_some() => {
            Found { gone: vec![subject(&found.id, "")], there: vec![] }
        }
        Some(found) => Found { gone: vec![], there: vec![document(&found)] },
        None => Found::default(),
    })
}

fn document(of: &Interview) -> SearchDocument {
    let said = &of.said;
    // A transcript is nobody's to find before its review.
    let transcript = if of.published_on.is_some() { of.transcript.as_str() } else { "" };
    SearchDocument {
        id: subject(&of.id, ""),
        room: "participation".into(),
        kind: "在线访谈".into(),
        title: said.title.clone(),
        body: [said.topic.as_str(), said.guests.as_str(), transcript].join("\n"),
        url: of.path(),
        division: of.division.clone(),
        organ_name: of.organ_name.clone(),
        year: of.opened_on.map(|day| day.year()),
        date: of.opened_on.map(|day| day.to_string()),
        ..SearchDocument::default()
    }
}
