//! Questionnaires as documents of the index: what is asked and, once they are public, the results.

use search::{Found, SearchDocument};
use web::{Fault, House, SearchBatch};

use crate::acts::questionnaire::results::{each, lines};
use crate::inscription::questionnaire::subject;
use crate::store::{PublishedText, Questionnaire};

/// How a mark begins that goes on with questionnaires.
pub(super) const QUESTIONNAIRES: &str = "questionnaire:";

/// How many are read at a time when the index is built anew.
const BATCH: i64 = 50;

/// The batch after a mark; `then` is where it goes on after the last of them.
pub(super) async fn batch(house: &House, after: &str, then: &str) -> Result<SearchBatch, Fault> {
    let found = Questionnaire::public_after(house.store(), after, BATCH).await?;
    let next = found.last().map_or(then.to_owned(), |last| format!("{QUESTIONNAIRES}{}", last.id));
    let mut documents = Vec::with_capacity(found.len());
    for one in &found {
        documents.push(document(house, one).await?);
    }
    Ok((documents, Some(next)))
}

/// What the index is told after an act on one, by the rest of its subject.
pub(super) async fn changed(house: &House, rest: &str) -> Result<Found, Fault> {
    let id = rest.split(':').next().unwrap_or_default();
    let found = Questionnaire::find(house.store(), id).await?;
    let found = found.filter(|found| found.opened_on.is_some());
    Ok(match found {
        Some(found) if found.withdrawn.is_some() => {
            Found { gone: vec![subject(&found.id)], there: vec![] }
        }
        Some(found) => Found { gone: vec![], there: vec![document(house, &found).await?] },
        None => Found::default(),
    })
}

async fn document(house: &House, of: &Questionnaire) -> Result<SearchDocument, Fault> {
    let questions = of.questions();
    let mut body = vec![of.said.introduction.clone()];
    body.extend(questions.numbered().map(|(_, question)| question.text.clone()));
    if let (Some(tally), Some(_)) = (&of.tally, of.results_on) {
        body.push(of.summary.clone());
        for (_, question, counted) in each(&questions, tally) {
            body.extend(lines(question, counted));
        }
        let texts = PublishedText::of(house.store(), &of.id).await?;
        body.extend(texts.into_iter().map(|one| one.words));
    }
    Ok(SearchDocument {
        id: subject(&of.id),
        room: "participation".into(),
        kind: "问卷".into(),
        title: of.said.title.clone(),
        body: body.join("\n"),
        url: of.path(),
        division: of.division.clone(),
        organ_name: of.organ_short.clone(),
        year: of.opened_on.map(|day| day.year()),
        date: of.opened_on.map(|day| day.to_string()),
        ..SearchDocument::default()
    })
}
