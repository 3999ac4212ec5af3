//! What of this room can be searched: every interpretation, question, response and topic that is public now.

use interpretation_rules::{InterpretationState, QuestionState, ResponseState, TopicState};
use ledger::Event;
use search::{Found, SearchDocument};
use store::Transaction;
use web::{Fault, House, Later, Listener, SearchBatch, SearchSource};

use crate::inscription::{QUESTIONS, RESPONSES, SUBJECTS, TOPICS};
use crate::store::{Interpretation, Question, Response, Topic};

/// One is found as soon as its publication has been heard of, and no more when it is gone.
pub(crate) const LISTENERS: &[Listener] = &[Listener {
    name: SOURCE.listener,
    acts: &[
        "interpretation.publication",
        "interpretation.withdrawal",
        "interpretation.restoration",
        "interpretation.question",
        "interpretation.question_withdrawal",
        "interpretation.question_taking_down",
        "interpretation.question_restoration",
        "interpretation.response",
        "interpretation.response_withdrawal",
        "interpretation.topic",
        "interpretation.topic_closing",
    ],
    hear,
}];

/// For the index.
pub(crate) const SOURCE: SearchSource =
    SearchSource { batch, listener: "interpretation.search", changed };

/// How many are read at a time when the index is built anew.
const BATCH: i64 = 100;

/// Interpretations first, then questions, responses and topics: each mark says of which kind the last one was.
fn batch<'a>(house: &'a House, after: Option<&'a str>) -> Later<'a, SearchBatch> {
    Box::pin(async move {
        let mark = after.unwrap_or_default();
        let store = house.store();
        if !mark.starts_with(SUBJECTS) {
            let found = Interpretation::after(store, mark, BATCH).await?;
            if let Some(next) = found.last().map(|one| one.id.clone()) {
                return Ok((found.into_iter().map(document).collect(), Some(next)));
            }
        }
        if !mark.starts_with(RESPONSES) && !mark.starts_with(TOPICS) {
            let id = mark.strip_prefix(QUESTIONS).unwrap_or_default();
            let found = Question::after(store, id, BATCH).await?;
            if let Some(next) = found.last().map(Question::subject) {
                return Ok((found.into_iter().map(question).collect(), Some(next)));
            }
        }
        if !mark.starts_with(TOPICS) {
            let id = mark.strip_prefix(RESPONSES).unwrap_or_default();
            let found = Response::after(store, id, BATCH).await?;
            if let Some(next) = found.last().map(Response::subject) {
                return Ok((found.into_iter().map(response).collect(), Some(next)));
            }
        }
        let id = mark.strip_prefix(TOPICS).unwrap_or_default();
        let found = Topic::after(store, id, BATCH).await?;
        // By its edition: topics are read in the order of those.
        let next = found.last().map(|one| format!("{TOPICS}{}", one.id));
        Ok((found.into_iter().map(topic).collect(), next))
    })
}

fn question(one: Question) -> SearchDocument {
    let said = &one.said;
    SearchDocument {
        id: one.subject(),
        room: "interpretation".into(),
        kind: "政策问答".into(),
        number: None,
        body: format!(
            "{}\n依据：{} {}\n{}",
            said.answer, one.document.title, said.place, said.quote
        ),
        url: one.path(),
        year: one.published_on.map(|day| day.year()),
        date: one.published_on.map(|day| day.to_string()),
        domain: None,
        validity: None,
        title: one.said.question,
        division: one.division,
        organ_name: one.organ_name,
        ..SearchDocument::default()
    }
}

fn response(one: Response) -> SearchDocument {
    let turns = one.reply.turns.iter().map(|turn| format!("{}\n{}", turn.question, turn.answer));
    let told: Vec<String> = std::iter::once(one.reply.answer.clone()).chain(turns).collect();
    SearchDocument {
        id: one.subject(),
        room: "interpretation".into(),
        kind: "回应关切".into(),
        number: None,
        body: told.join("\n"),
        url: one.path(),
        year: one.published_on.map(|day| day.year()),
        date: one.published_on.map(|day| day.to_string()),
        domain: None,
        validity: None,
        title: one.reply.title,
        division: one.division,
        organ_name: one.organ_name,
        ..SearchDocument::default()
    }
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

fn topic(one: Topic) -> SearchDocument {
    SearchDocument {
        id: one.subject(),
        room: "interpretation".into(),
        kind: "专题".into(),
        number: None,
        body: one.body.whole_text(),
        url: one.path(),
        year: one.published_on.map(|day| day.year()),
        date: one.published_on.map(|day| day.to_string()),
        domain: None,
        validity: None,
        title: one.body.title,
        division: one.division,
        organ_name: one.organ_name,
        ..SearchDocument::default()
    }
}

/// One thing as it stands now, where it does.
fn as_found(subject: &str, one: Option<SearchDocument>) -> Found {
    let mut found = Found::default();
    match one {
        Some(document) => found.there.push(document),
        None => found.gone.push(subject.to_owned()),
    }
    found
}

/// What an act changed: the one it names, and the one whose place it took.
fn changed<'a>(house: &'a House, event: &'a Event) -> Later<'a, Found> {
    Box::pin(async move {
        let Some(id) = event.subject.strip_prefix(SUBJECTS) else { return Ok(Found::default()) };
        if let Some(id) = event.subject.strip_prefix(QUESTIONS) {
            let one = Question::find(house.store(), id).await.map_err(Fault::from)?;
            let one = one.filter(|one| one.state == QuestionState::Published);
            return Ok(as_found(&event.subject, one.map(question)));
        }
        if let Some(id) = event.subject.strip_prefix(RESPONSES) {
            let one = Response::find(house.store(), id).await.map_err(Fault::from)?;
            let one = one.filter(|one| one.state == ResponseState::Published);
            return Ok(as_found(&event.subject, one.map(response)));
        }
        if let Some(id) = event.subject.strip_prefix(TOPICS) {
            let one = Topic::shown(house.store(), id).await.map_err(Fault::from)?;
            let one = one.filter(|one| one.state == TopicState::Published);
            return Ok(as_found(&event.subject, one.map(topic)));
        }
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
