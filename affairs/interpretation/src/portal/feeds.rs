//! `/wenda.atom`, `/huiying.atom`, `/zhuanti.atom`: the newest questions, responses and topics of a site as feeds, and
//! what of them was withdrawn within a year.

use axum::response::Response as Answer;
use jiff::Span;
use web::page::{Feed, FeedEntry};
use web::{Fault, Gone, Visit};

use super::{questions, responses, topics};
use crate::store::{AskedFor, Public, Question, Response, Topic};

/// The addresses.
pub(crate) const QUESTIONS: &str = "/wenda.atom";
pub(crate) const RESPONSES: &str = "/huiying.atom";
pub(crate) const TOPICS: &str = "/zhuanti.atom";

/// Entries of a feed.
const ENTRIES: i64 = 50;

/// What is told as withdrawn: reading programs let go of what they have of it.
const TOLD_GONE: i64 = 50;

fn range(visit: &Visit) -> (&str, &str) {
    (visit.site.range.0.as_str(), visit.site.range.1.as_str())
}

/// Questions.
pub async fn of_questions(visit: Visit) -> Result<Answer, Fault> {
    let asked = AskedFor { range: visit.site.range.clone(), ..AskedFor::default() };
    let found = Question::page(visit.house.store(), &asked, ENTRIES).await?;
    let entry = |one: Question| FeedEntry {
        summary: format!("{}　{}", one.document.title, one.said.place),
        path: one.path(),
        updated: one.published_at.clone().unwrap_or_default(),
        title: one.said.question,
        organ: one.organ_name,
    };
    let entries = found.into_iter().map(entry).collect();
    give(&visit, ("政策问答", questions::LIST, QUESTIONS), (Public::Questions, entries)).await
}

/// Responses.
pub async fn of_responses(visit: Visit) -> Result<Answer, Fault> {
    let found = Response::page(visit.house.store(), range(&visit), "", ENTRIES).await?;
    let entry = |one: Response| FeedEntry {
        summary: one.heard.concern.name().to_owned(),
        path: one.path(),
        updated: one.published_at.clone().unwrap_or_default(),
        title: one.reply.title,
        organ: one.organ_name,
    };
    let entries = found.into_iter().map(entry).collect();
    give(&visit, ("回应关切", responses::LIST, RESPONSES), (Public::Responses, entries)).await
}

/// Topics, by the day of their latest edition.
pub async fn of_topics(visit: Visit) -> Result<Answer, Fault> {
    let found = Topic::standing(visit.house.store(), range(&visit)).await?;
    let entry = |one: Topic| FeedEntry {
        path: one.path(),
        updated: one.published_at.clone().unwrap_or_default(),
        summary: one.body.lead,
        title: one.body.title,
        organ: one.organ_name,
    };
    let entries = found.into_iter().map(entry).collect();
    give(&visit, ("专题", topics::LIST, TOPICS), (Public::Topics, entries)).await
}

async fn give(
    visit: &Visit,
    (title, path, own_path): (&str, &str, &str),
    (kind, entries): (Public, Vec<FeedEntry>),
) -> Result<Answer, Fault> {
    let since = visit.house.ledger().clock().today().saturating_sub(Span::new().years(1));
    let gone = kind.gone(visit.house.store(), range(visit), since, TOLD_GONE).await?;
    let feed = Feed {
        site: &visit.site.frame,
        title: title.to_owned(),
        path: path.to_owned(),
        own_path: own_path.to_owned(),
        entries,
        gone: gone.into_iter().map(|(path, at)| Gone { path, at }).collect(),
    };
    feed.answer()
}
