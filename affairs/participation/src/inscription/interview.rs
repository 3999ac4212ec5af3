//! What of an interview stands behind its leaves: the notice with who enters and who releases, the transcript, and that it
//! was cancelled. The live text stands in the ledger, change by change, and its transcript here.

use ::store::{Store, StoreError};
use law::Date;
use ledger::Leaf;
use serde::Serialize;
use web::layout::Link;

use crate::store::Interview;

const SUBJECTS: &str = "consultation:interview:";

/// The parts of an interview that stand in the log beside its notice, as their subjects end.
pub(crate) const TRANSCRIPT: &str = ":transcript";
pub(crate) const CANCELLED: &str = ":cancelled";

/// How a part of an interview is named in the log and in the ledger; the notice without a part.
pub(crate) fn subject(id: &str, part: &str) -> String {
    format!("{SUBJECTS}{id}{part}")
}

/// The key and the part in a subject; none where it is of no interview.
fn parted(subject: &str) -> Option<(&str, &str)> {
    let rest = subject.strip_prefix(SUBJECTS)?;
    Some(rest.find(':').map_or((rest, ""), |at| rest.split_at(at)))
}

/// Whether a subject is of an interview.
pub(super) fn is_of(subject: &str) -> bool {
    parted(subject).is_some()
}

/// The leaf of a notice.
pub(crate) fn leaf(of: &Interview) -> Leaf {
    Leaf::publication(subject(&of.id, ""), &of.organ, "访谈预告", notice(of))
}

/// The leaf of the transcript.
pub(crate) fn transcript_leaf(of: &Interview) -> Leaf {
    let content = of.transcript.clone();
    Leaf::publication(subject(&of.id, TRANSCRIPT), &of.organ, "访谈实录", content)
}

/// The leaf that says it is not held.
pub(crate) fn cancelled_leaf(of: &Interview) -> Leaf {
    Leaf::publication(subject(&of.id, CANCELLED), &of.organ, "取消访谈", cancelled(of))
}

/// One line of JSON, its parts in this order for ever; what changes it gets another form's name.
fn notice(of: &Interview) -> String {
    #[derive(Serialize)]
    struct Whole<'a> {
        form: &'static str,
        organ: &'a str,
        title: &'a str,
        topic: &'a str,
        guests: &'a str,
        held_on: Option<Date>,
        held_at: &'a str,
        ask_until: Option<Date>,
        enterers: &'a str,
        releasers: &'a str,
        telephone: &'a str,
        opened_on: Option<Date>,
    }
    let said = &of.said;
    let whole = Whole {
        form: "gongkai-interview/1",
        organ: &of.organ,
        title: &said.title,
        topic: &said.topic,
        guests: &said.guests,
        held_on: said.held_on,
        held_at: &said.held_at,
        ask_until: said.ask_until,
        enterers: &said.enterers,
        releasers: &said.releasers,
        telephone: &said.telephone,
        opened_on: of.opened_on,
    };
    serde_json::to_string(&whole).unwrap_or_default()
}

fn cancelled(of: &Interview) -> String {
    #[derive(Serialize)]
    struct Whole<'a> {
        form: &'static str,
        interview: &'a str,
        cancelled_on: Option<Date>,
        reason: &'a str,
    }
    let (cancelled_on, reason) = match &of.cancelled {
        Some((day, reason)) => (Some(*day), reason.as_str()),
        None => (None, ""),
    };
    let whole =
        Whole { form: "gongkai-interview-cancelled/1", interview: &of.id, cancelled_on, reason };
    serde_json::to_string(&whole).unwrap_or_default()
}

/// The interview of a subject, where what the subject names is public.
async fn standing(store: &Store, subject: &str) -> Result<Option<Interview>, StoreError> {
    let Some((id, part)) = parted(subject) else { return Ok(None) };
    let found = Interview::find(store, id).await?;
    let shown = |found: &Interview| match part {
        TRANSCRIPT => found.published_on.is_some(),
        CANCELLED => found.cancelled.is_some(),
        _ => found.opened_on.is_some(),
    };
    Ok(found.filter(|found| found.withdrawn.is_none() && shown(found)))
}

/// What a subject says to everybody now.
pub(super) async fn content_of(store: &Store, subject: &str) -> Result<Option<String>, StoreError> {
    let Some(found) = standing(store, subject).await? else { return Ok(None) };
    Ok(Some(match parted(subject).map_or("", |(_, part)| part) {
        TRANSCRIPT => found.transcript,
        CANCELLED => cancelled(&found),
        _ => notice(&found),
    }))
}

/// The address of a subject.
pub(super) fn address(subject: &str) -> Option<String> {
    parted(subject).map(|(id, _)| format!("/fangtan/{id}"))
}

/// The page of a subject; none where nothing is shown any more.
pub(super) async fn page(store: &Store, subject: &str) -> Result<Option<Link>, StoreError> {
    let found = standing(store, subject).await?;
    Ok(found.map(|found| Link::new(&found.said.title, found.path())))
}
