//! Hearings and lists of decisions as documents of the index.

use search::{Found, SearchDocument};
use web::{Fault, House, SearchBatch};

use crate::inscription::{decisions, gathering, hearing};
use crate::store::{DecisionList, Gathering, Hearing};

/// How a mark begins that goes on with hearings, and with lists of decisions.
pub(super) const HEARINGS: &str = "hearing:";
pub(super) const DECISIONS: &str = "decisions:";
pub(super) const GATHERINGS: &str = "gathering:";

/// How many are read at a time when the index is built anew.
const BATCH: i64 = 50;

/// The batch after a mark, where the mark goes on with hearings or lists of decisions.
pub(super) async fn batch(house: &House, mark: &str) -> Result<Option<SearchBatch>, Fault> {
    if let Some(after) = mark.strip_prefix(HEARINGS) {
        let found = Hearing::public_after(house.store(), after, BATCH).await?;
        let next =
            found.last().map_or(DECISIONS.to_owned(), |last| format!("{HEARINGS}{}", last.id));
        return Ok(Some((found.iter().map(of_hearing).collect(), Some(next))));
    }
    if let Some(after) = mark.strip_prefix(DECISIONS) {
        let found = DecisionList::public_after(house.store(), after, BATCH).await?;
        let next =
            found.last().map_or(GATHERINGS.to_owned(), |last| format!("{DECISIONS}{}", last.id));
        return Ok(Some((found.iter().map(of_list).collect(), Some(next))));
    }
    if let Some(after) = mark.strip_prefix(GATHERINGS) {
        let found = Gathering::public_after(house.store(), after, BATCH).await?;
        let next = found.last().map(|last| format!("{GATHERINGS}{}", last.id));
        return Ok(Some((found.iter().map(of_gathering).collect(), next)));
    }
    Ok(None)
}

/// What the index is told after an act on a hearing or a list, by the rest of its subject; none where it is of neither.
pub(super) async fn changed(house: &House, rest: &str) -> Result<Option<Found>, Fault> {
    if let Some(rest) = rest.strip_prefix(GATHERINGS) {
        let id = rest.split(':').next().unwrap_or_default();
        let found = Gathering::find(house.store(), id).await?;
        let found = found.filter(|found| found.opened_on.is_some());
        return Ok(Some(found.map_or_else(Found::default, |found| match found.withdrawn_on {
            Some(_) => Found { gone: vec![gathering::subject(&found.id, "")], there: vec![] },
            None => Found { gone: vec![], there: vec![of_gathering(&found)] },
        })));
    }
    if let Some(rest) = rest.strip_prefix(HEARINGS) {
        let id = rest.split(':').next().unwrap_or_default();
        let found = Hearing::find(house.store(), id).await?;
        let found = found.filter(|found| found.opened_on.is_some());
        return Ok(Some(found.map_or_else(Found::default, |found| match found.withdrawn {
            Some(_) => Found { gone: vec![hearing::subject(&found.id, "")], there: vec![] },
            None => Found { gone: vec![], there: vec![of_hearing(&found)] },
        })));
    }
    if let Some(id) = rest.strip_prefix(DECISIONS) {
        let found = DecisionList::find(house.store(), id).await?;
        let found = found.filter(|found| found.published_on.is_some());
        return Ok(Some(found.map_or_else(Found::default, |found| match found.withdrawn {
            Some(_) => Found { gone: vec![decisions::subject(&found.id)], there: vec![] },
            None => Found { gone: vec![], there: vec![of_list(&found)] },
        })));
    }
    Ok(None)
}

fn of_hearing(of: &Hearing) -> SearchDocument {
    let said = &of.said;
    // A record is nobody's to find before its review.
    let record = if of.recorded_on.is_some() { of.record.as_str() } else { "" };
    let body = [&said.matters, &said.place, &said.conditions, &of.draft_title].map(String::as_str);
    SearchDocument {
        id: hearing::subject(&of.id, ""),
        room: "participation".into(),
        kind: "听证会".into(),
        title: said.title.clone(),
        body: format!("{}\n{record}", body.join("\n")),
        url: of.path(),
        division: of.division.clone(),
        organ_name: of.organ_name.clone(),
        year: of.opened_on.map(|day| day.year()),
        date: of.opened_on.map(|day| day.to_string()),
        ..SearchDocument::default()
    }
}

fn of_list(of: &DecisionList) -> SearchDocument {
    let said = &of.said;
    SearchDocument {
        id: decisions::subject(&of.id),
        room: "participation".into(),
        kind: "决策事项目录".into(),
        title: said.title.clone(),
        body: format!("{}\n{}", said.mechanism, said.items),
        url: of.path(),
        division: of.division.clone(),
        organ_name: of.organ_name.clone(),
        year: Some(said.year),
        date: of.published_on.map(|day| day.to_string()),
        ..SearchDocument::default()
    }
}

fn of_gathering(of: &Gathering) -> SearchDocument {
    let said = &of.said;
    // A record is nobody's to find before its review.
    let record = if of.recorded_on.is_some() { of.record.as_str() } else { "" };
    let body = [&said.matters, &said.place, &said.who].map(String::as_str);
    SearchDocument {
        id: gathering::subject(&of.id, ""),
        room: "participation".into(),
        kind: said.kind.name().into(),
        title: said.title.clone(),
        body: format!("{}\n{record}", body.join("\n")),
        url: of.path(),
        division: of.division.clone(),
        organ_name: of.organ_name.clone(),
        year: of.opened_on.map(|day| day.year()),
        date: of.opened_on.map(|day| day.to_string()),
        ..SearchDocument::default()
    }
}
