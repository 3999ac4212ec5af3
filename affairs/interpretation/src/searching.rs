//! What of interpretations can be searched: every one that is public now.

use interpretation_rules::InterpretationState;
use ledger::Event;
use search::{Found, SearchDocument};
use store::Transaction;
use web::{Fault, House, Later, Listener, SearchBatch, SearchSource};

use crate::inscription::SUBJECTS;
use crate::store::Interpretation;

/// One is found as soon as its publication has been heard of, and no more when it is gone.
pub(crate) const LISTENERS: &[Listener] = &[Listener {
    name: SOURCE.listener,
    acts: &[
        "interpretation.publication",
        "interpretation.withdrawal",
        "interpretation.restoration",
    ],
    hear,
}];

/// For the index.
pub(crate) const SOURCE: SearchSource =
    SearchSource { batch, listener: "interpretation.search", changed };

/// How many are read at a time when the index is built anew.
const BATCH: i64 = 100;

fn batch<'a>(house: &'a House, after: Option<&'a str>) -> Later<'a, SearchBatch> {
    Box::pin(async move {
        let found = Interpretation::after(house.store(), after.unwrap_or_default(), BATCH).await?;
        let next = found.last().map(|one| one.id.clone());
        Ok((found.into_iter().map(document).collect(), next))
    })
}

fn document(one: Interpretation) -> SearchDocument {
    SearchDocument {
        id: one.subject(),
        room: "interpretation".into(),
        kind: "政策解读".into(),
        number: None,
        body: one.body.whole_text(),
        url: one.path(),
        title: one.title,
        division: one.division,
        organ_name: one.organ_name,
        domain: None,
        year: one.published_on.map(|day| day.year()),
        date: one.published_on.map(|day| day.to_string()),
        validity: None,
        ..SearchDocument::default()
    }
}

fn hear<'a>(house: &'a House, event: &'a Event, _: &'a Transaction) -> Later<'a, ()> {
    Box::pin(async move { house.tell_index(vec![changed(house, event).await?]).await })
}

/// What an act changed: the one it names, and the one whose place it took.
fn changed<'a>(house: &'a House, event: &'a Event) -> Later<'a, Found> {
    Box::pin(async move {
        let Some(id) = event.subject.strip_prefix(SUBJECTS) else { return Ok(Found::default()) };
        let replaced = event.facts.get("replaces").and_then(serde_json::Value::as_str);
        let mut found = Found::default();
        for id in std::iter::once(id).chain(replaced) {
            let one = Interpretation::find(house.store(), id).await.map_err(Fault::from)?;
            match one.filter(|one| one.state == InterpretationState::Published) {
                Some(one) => found.there.push(document(one)),
                None => found.gone.push(format!("{SUBJECTS}{id}")),
            }
        }
        Ok(found)
    })
}
