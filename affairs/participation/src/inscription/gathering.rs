//! What of a gathering stands behind its leaves: the notice, what was published after it, and that it was cancelled.

use ::store::{Store, StoreError};
use law::Date;
use ledger::Leaf;
use serde::Serialize;
use web::layout::Link;

use crate::store::Gathering;

const SUBJECTS: &str = "consultation:gathering:";

/// The parts of a gathering that stand in the log beside its notice, as their subjects end.
pub(crate) const RECORD: &str = ":record";
pub(crate) const CANCELLED: &str = ":cancelled";

/// How a part of a gathering is named in the log and in the ledger; the notice without a part.
pub(crate) fn subject(id: &str, part: &str) -> String {
    format!("{SUBJECTS}{id}{part}")
}

/// The key and the part in a subject; none where it is of no gathering.
fn parted(subject: &str) -> Option<(&str, &str)> {
    let rest = subject.strip_prefix(SUBJECTS)?;
    Some(rest.find(':').map_or((rest, ""), |at| rest.split_at(at)))
}

/// Whether a subject is of a gathering.
pub(super) fn is_of(subject: &str) -> bool {
    parted(subject).is_some()
}

/// The leaf of a notice.
pub(crate) fn leaf(of: &Gathering) -> Leaf {
    Leaf::publication(subject(&of.id, ""), &of.organ, "活动公告", notice(of))
}

/// The leaf of what is published after it.
pub(crate) fn record_leaf(of: &Gathering) -> Leaf {
    Leaf::publication(subject(&of.id, RECORD), &of.organ, "活动纪要", record(of))
}

/// The leaf that says it is not held.
pub(crate) fn cancelled_leaf(of: &Gathering) -> Leaf {
    Leaf::publication(subject(&of.id, CANCELLED), &of.organ, "取消活动", cancelled(of))
}

/// One line of JSON, its parts in this order for ever; what changes it gets another form's name.
fn notice(of: &Gathering) -> String {
    #[derive(Serialize)]
    struct Whole<'a> {
        form: &'static str,
        organ: &'a str,
        kind: &'static str,
        title: &'a str,
        matters: &'a str,
        place: &'a str,
        held_on: Option<Date>,
        held_at: &'a str,
        who: &'a str,
        groups: &'a str,
        placing: &'static str,
        rule: &'a str,
        enrol_until: Option<Date>,
        telephone: &'a str,
        consultation: &'a str,
        decision: &'a Option<(String, i64)>,
        opened_on: Option<Date>,
    }
    let said = &of.said;
    let whole = Whole {
        form: "gongkai-gathering/1",
        organ: &of.organ,
        kind: said.kind.terms().word,
        title: &said.title,
        matters: &said.matters,
        place: &said.place,
        held_on: said.held_on,
        held_at: &said.held_at,
        who: &said.who,
        groups: &said.groups,
        placing: said.placing.word(),
        rule: &said.rule,
        enrol_until: said.enrol_until,
        telephone: &said.telephone,
        consultation: &said.consultation,
        decision: &said.decision,
        opened_on: of.opened_on,
    };
    serde_json::to_string(&whole).unwrap_or_default()
}

fn record(of: &Gathering) -> String {
    #[derive(Serialize)]
    struct Whole<'a> {
        form: &'static str,
        gathering: &'a str,
        attended: i64,
        record: &'a str,
        recorded_on: Option<Date>,
    }
    let whole = Whole {
        form: "gongkai-gathering-record/1",
        gathering: &of.id,
        attended: of.attended,
        record: &of.record,
        recorded_on: of.recorded_on,
    };
    serde_json::to_string(&whole).unwrap_or_default()
}

fn cancelled(of: &Gathering) -> String {
    #[derive(Serialize)]
    struct Whole<'a> {
        form: &'static str,
        gathering: &'a str,
        cancelled_on: Option<Date>,
        reason: &'a str,
    }
    let (cancelled_on, reason) = match &of.cancelled {
        Some((day, reason)) => (Some(*day), reason.as_str()),
        None => (None, ""),
    };
    let whole =
        Whole { form: "gongkai-gathering-cancelled/1", gathering: &of.id, cancelled_on, reason };
    serde_json::to_string(&whole).unwrap_or_default()
}

/// The gathering of a subject, where what the subject names is public.
async fn standing(store: &Store, subject: &str) -> Result<Option<Gathering>, StoreError> {
    let Some((id, part)) = parted(subject) else { return Ok(None) };
    let found = Gathering::find(store, id).await?;
    let shown = |found: &Gathering| {
        found.withdrawn_on.is_none()
            && match part {
                RECORD => found.recorded_on.is_some(),
                CANCELLED => found.cancelled.is_some(),
                _ => found.opened_on.is_some(),
            }
    };
    Ok(found.filter(shown))
}

/// What a subject says to everybody now.
pub(super) async fn content_of(store: &Store, subject: &str) -> Result<Option<String>, StoreError> {
    let found = standing(store, subject).await?;
    Ok(found.map(|found| match parted(subject).map_or("", |(_, part)| part) {
        RECORD => record(&found),
        CANCELLED => cancelled(&found),
        _ => notice(&found),
    }))
}

/// The address of a subject.
pub(super) fn address(subject: &str) -> Option<String> {
    parted(subject).map(|(id, _)| format!("/liexi/{id}"))
}

/// The page of a subject; none where nothing is shown any more.
pub(super) async fn page(store: &Store, subject: &str) -> Result<Option<Link>, StoreError> {
    let found = standing(store, subject).await?;
    Ok(found.map(|found| Link::new(&found.said.title, found.path())))
}
