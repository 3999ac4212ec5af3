//! What happened in the reach of a scope, as it is stored.

use catalogue_rules::obligation::{Disclosure, Facts, Occurrence};
use store::{FromQueryResult, Statements, StoreError, parse_moment};

use super::Scope;

#[derive(FromQueryResult)]
struct EventRow {
    id: String,
    organ: String,
    division: String,
    item: String,
    words: String,
    happened_on: String,
    registered_at: String,
}

#[derive(FromQueryResult)]
struct PublicationRow {
    record: String,
    organ: String,
    division: String,
    item: String,
    title: String,
    made_on: String,
    published_on: String,
    stated_on: Option<String>,
    event: Option<String>,
}

#[derive(FromQueryResult)]
struct WaiverRow {
    obligation: String,
    reason: String,
}

/// Everything that happened in a scope.
pub(super) async fn facts(from: &impl Statements, scope: &Scope) -> Result<Facts, StoreError> {
    let (condition, values) = scope.condition();
    let sql = format!(
        "SELECT id, organ, division, item, words, happened_on, registered_at
           FROM catalogue_event WHERE {condition} AND ended_reason IS NULL"
    );
    let events: Vec<EventRow> = from.all(&sql, values.clone()).await?;
    let sql = format!(
        "SELECT record, organ, division, item, title, made_on, published_on, stated_on, event
           FROM catalogue_publication WHERE {condition} AND judged = 1"
    );
    let publications: Vec<PublicationRow> = from.all(&sql, values.clone()).await?;
    let sql = format!("SELECT obligation, reason FROM obligation_waiver WHERE {condition}");
    let waivers: Vec<WaiverRow> = from.all(&sql, values).await?;
    Ok(Facts {
        occurrences: events.into_iter().filter_map(EventRow::occurrence).collect(),
        disclosures: publications.into_iter().filter_map(PublicationRow::disclosure).collect(),
        waivers: waivers.into_iter().map(|row| (row.obligation, row.reason)).collect(),
    })
}

impl EventRow {
    fn occurrence(self) -> Option<Occurrence> {
        let registered = parse_moment(&self.registered_at)?;
        Some(Occurrence {
            happened_on: self.happened_on.parse().ok()?,
            registered_on: ledger::day_in_china(registered),
            id: self.id,
            organ: self.organ,
            division: self.division,
            item: self.item,
            words: self.words,
        })
    }
}

impl PublicationRow {
    fn disclosure(self) -> Option<Disclosure> {
        Some(Disclosure {
            made_on: self.made_on.parse().ok()?,
            published_on: self.published_on.parse().ok()?,
            stated_on: self.stated_on.and_then(|day| day.parse().ok()),
            record: self.record,
            organ: self.organ,
            division: self.division,
            item: self.item,
            title: self.title,
            answers: self.event,
        })
    }
}
