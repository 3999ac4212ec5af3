//! What of this room can be searched: every public consultation, with its draft and, once they are public, its answers;
//! and what stands beside: hearings and lists of decisions.

mod beside;
mod interviews;
mod questionnaires;

use ::store::Transaction;
use ledger::Event;
use search::{Found, SearchDocument};
use web::{Fault, House, Later, Listener, SearchBatch, SearchSource};

use crate::inscription::subject;
use crate::store::{Consultation, Told};

/// One is found as soon as its publication has been heard of.
pub(crate) const LISTENERS: &[Listener] = &[Listener {
    name: SOURCE.listener,
    acts: &[
        "participation.consultation",
        "participation.answers",
        "participation.answers_correction",
        "participation.withdrawal",
        "participation.gathering",
        "participation.gathering_cancellation",
        "participation.gathering_record",
        "participation.gathering_withdrawal",
        "participation.interview",
        "participation.interview_transcript",
        "participation.interview_withdrawal",
        "participation.questionnaire",
        "participation.questionnaire_results",
        "participation.questionnaire_withdrawal",
        "participation.hearing",
        "participation.hearing_cancellation",
        "participation.hearing_record",
        "participation.hearing_withdrawal",
        "participation.decision_list",
        "participation.decision_list_withdrawal",
        "participation.answers_withdrawal",
    ],
    hear,
}];

/// For the index.
pub(crate) const SOURCE: SearchSource =
    SearchSource { batch, listener: "participation.search", changed };

/// How many are read at a time when the index is built anew.
const BATCH: i64 = 50;

fn batch<'a>(house: &'a House, after: Option<&'a str>) -> Later<'a, SearchBatch> {
    Box::pin(async move {
        let after = after.unwrap_or_default();
        if let Some(after) = after.strip_prefix(questionnaires::QUESTIONNAIRES) {
            return questionnaires::batch(house, after, interviews::INTERVIEWS).await;
        }
        if let Some(after) = after.strip_prefix(interviews::INTERVIEWS) {
            return interviews::batch(house, after, beside::HEARINGS).await;
        }
        if let Some(batch) = beside::batch(house, after).await? {
            return Ok(batch);
        }
        let found = Consultation::public_after(house.store(), after, BATCH).await?;
        let then = questionnaires::QUESTIONNAIRES;
        let next = found.last().map_or(then.to_owned(), |last| last.id.clone());
        Ok((documents(house, &found).await?, Some(next)))
    })
}

/// These as documents, in the order of their keys; what was answered is asked for once for all of them.
async fn documents(house: &House, of: &[Consultation]) -> Result<Vec<SearchDocument>, Fault> {
    let (Some(first), Some(last)) = (of.first(), of.last()) else { return Ok(vec![]) };
    let mut words = Told::words(house.store(), (&first.id, &last.id)).await?;
    Ok(of.iter().map(|one| document(one, words.remove(&one.id).unwrap_or_default())).collect())
}

/// One, with what was answered to each opinion.
fn document(of: &Consultation, answers: Vec<String>) -> SearchDocument {
    let mut body = vec![of.said.explanation.clone(), of.said.draft.clone()];
    if of.answered_on.is_some() {
        body.push(of.summary.clone());
        body.extend(answers);
    }
    SearchDocument {
        id: subject(&of.id),
        room: "participation".into(),
        kind: "征求意见".into(),
        title: of.said.title.clone(),
        body: body.join("\n"),
        url: of.path(),
        division: of.division.clone(),
        organ_name: of.organ_short.clone(),
        year: of.opened_on.map(|day| day.year()),
        date: of.opened_on.map(|day| day.to_string()),
        ..SearchDocument::default()
    }
}

fn hear<'a>(house: &'a House, event: &'a Event, _: &'a Transaction) -> Later<'a, ()> {
    Box::pin(async move { house.tell_index(vec![changed(house, event).await?]).await })
}

fn changed<'a>(house: &'a House, event: &'a Event) -> Later<'a, Found> {
    Box::pin(async move {
        let rest = event.subject.strip_prefix("consultation:").unwrap_or_default();
        if let Some(rest) = rest.strip_prefix(questionnaires::QUESTIONNAIRES) {
            return questionnaires::changed(house, rest).await;
        }
        if let Some(rest) = rest.strip_prefix(interviews::INTERVIEWS) {
            return interviews::changed(house, rest).await;
        }
        if let Some(found) = beside::changed(house, rest).await? {
            return Ok(found);
        }
        let id = rest.trim_end_matches(":result");
        let found = Consultation::find(house.store(), id).await?;
        let found = found.filter(|found| found.opened_on.is_some());
        Ok(match found {
            Some(found) if found.withdrawn.is_some() => {
                Found { gone: vec![subject(&found.id)], there: vec![] }
            }
            Some(found) => Found { gone: vec![], there: documents(house, &[found]).await? },
            None => Found::default(),
        })
    })
}
