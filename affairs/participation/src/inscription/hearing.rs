//! What of a hearing stands behind its leaves: the notice, the list that was bound, who was drawn, the record, and that it
//! was cancelled.

use ::store::{Store, StoreError};
use law::Date;
use ledger::Leaf;
use serde::Serialize;
use web::layout::Link;

use crate::store::{Enrolment, Hearing};

const SUBJECTS: &str = "consultation:hearing:";

/// The parts of a hearing that stand in the log beside its notice, as their subjects end.
pub(crate) const LIST: &str = ":list";
pub(crate) const DRAW: &str = ":draw";
pub(crate) const RECORD: &str = ":record";
pub(crate) const CANCELLED: &str = ":cancelled";

/// How a part of a hearing is named in the log and in the ledger; the notice without a part.
pub(crate) fn subject(id: &str, part: &str) -> String {
    format!("{SUBJECTS}{id}{part}")
}

/// The key and the part in a subject; none where it is of no hearing.
fn parted(subject: &str) -> Option<(&str, &str)> {
    let rest = subject.strip_prefix(SUBJECTS)?;
    Some(rest.find(':').map_or((rest, ""), |at| rest.split_at(at)))
}

/// Whether a subject is of a hearing.
pub(super) fn is_of(subject: &str) -> bool {
    parted(subject).is_some()
}

/// The leaf of a notice.
pub(crate) fn leaf(of: &Hearing) -> Leaf {
    Leaf::publication(subject(&of.id, ""), &of.organ, "听证公告", notice(of))
}

/// The leaf of the list that was bound: it is there before anybody knows the value of the draw.
pub(crate) fn list_leaf(of: &Hearing) -> Leaf {
    Leaf::publication(subject(&of.id, LIST), &of.organ, "听证报名名单", of.list_text.clone())
}

/// The leaf of who takes part.
pub(crate) fn draw_leaf(of: &Hearing, taking: &[Enrolment]) -> Leaf {
    Leaf::publication(subject(&of.id, DRAW), &of.organ, "听证参加人", drawn(of, taking))
}

/// The leaf of the record.
pub(crate) fn record_leaf(of: &Hearing) -> Leaf {
    Leaf::publication(subject(&of.id, RECORD), &of.organ, "听证记录", of.record.clone())
}

/// The leaf that says it is not held.
pub(crate) fn cancelled_leaf(of: &Hearing) -> Leaf {
    Leaf::publication(subject(&of.id, CANCELLED), &of.organ, "取消听证", cancelled(of))
}

/// One line of JSON, its parts in this order for ever; what changes it gets another form's name.
fn notice(of: &Hearing) -> String {
    #[derive(Serialize)]
    struct Whole<'a> {
        form: &'static str,
        organ: &'a str,
        consultation: &'a str,
        title: &'a str,
        matters: &'a str,
        place: &'a str,
        held_on: Option<Date>,
        held_at: &'a str,
        enrol_until: Option<Date>,
        conditions: &'a str,
        sides: &'a str,
        value_source: &'a str,
        value_on: Option<Date>,
        telephone: &'a str,
        opened_on: Option<Date>,
    }
    let said = &of.said;
    let whole = Whole {
        form: "gongkai-hearing/1",
        organ: &of.organ,
        consultation: &of.consultation,
        title: &said.title,
        matters: &said.matters,
        place: &said.place,
        held_on: said.held_on,
        held_at: &said.held_at,
        enrol_until: said.enrol_until,
        conditions: &said.conditions,
        sides: &said.sides,
        value_source: &said.value_source,
        value_on: said.value_on,
        telephone: &said.telephone,
        opened_on: of.opened_on,
    };
    serde_json::to_string(&whole).unwrap_or_default()
}

fn drawn(of: &Hearing, taking: &[Enrolment]) -> String {
    #[derive(Serialize)]
    struct One<'a> {
        side: usize,
        place: i64,
        number: i64,
        name: &'a str,
    }
    #[derive(Serialize)]
    struct Whole<'a> {
        form: &'static str,
        hearing: &'a str,
        value: &'a str,
        seed: &'a str,
        confirmed_on: Option<Date>,
        participants: Vec<One<'a>>,
    }
    let participants = taking.iter().map(|own| One {
        side: own.side,
        place: own.rank,
        number: own.number,
        name: &own.named,
    });
    let whole = Whole {
        form: "gongkai-hearing-participants/1",
        hearing: &of.id,
        value: &of.drawn_value,
        seed: &of.seed,
        confirmed_on: of.confirmed_on,
        participants: participants.collect(),
    };
    serde_json::to_string(&whole).unwrap_or_default()
}

fn cancelled(of: &Hearing) -> String {
    #[derive(Serialize)]
    struct Whole<'a> {
        form: &'static str,
        hearing: &'a str,
        cancelled_on: Option<Date>,
        reason: &'a str,
    }
    let (cancelled_on, reason) = match &of.cancelled {
        Some((day, reason)) => (Some(*day), reason.as_str()),
        None => (None, ""),
    };
    let whole =
        Whole { form: "gongkai-hearing-cancelled/1", hearing: &of.id, cancelled_on, reason };
    serde_json::to_string(&whole).unwrap_or_default()
}

/// The hearing of a subject, where what the subject names is public.
async fn standing(store: &Store, subject: &str) -> Result<Option<Hearing>, StoreError> {
    let Some((id, part)) = parted(subject) else { return Ok(None) };
    let found = Hearing::find(store, id).await?;
    let shown = |found: &Hearing| match part {
        LIST => found.list_on.is_some(),
        DRAW => found.confirmed_on.is_some(),
        RECORD => found.recorded_on.is_some(),
        CANCELLED => found.cancelled.is_some(),
        _ => found.opened_on.is_some(),
    };
    Ok(found.filter(|found| found.withdrawn.is_none() && shown(found)))
}

/// What a subject says to everybody now.
pub(super) async fn content_of(store: &Store, subject: &str) -> Result<Option<String>, StoreError> {
    let Some(found) = standing(store, subject).await? else { return Ok(None) };
    Ok(Some(match parted(subject).map_or("", |(_, part)| part) {
        LIST => found.list_text,
        DRAW => drawn(&found, &Enrolment::taking_part(store, &found.id).await?),
        RECORD => found.record,
        CANCELLED => cancelled(&found),
        _ => notice(&found),
    }))
}

/// The address of a subject.
pub(super) fn address(subject: &str) -> Option<String> {
    parted(subject).map(|(id, _)| format!("/tingzheng/{id}"))
}

/// The page of a subject; none where nothing is shown any more.
pub(super) async fn page(store: &Store, subject: &str) -> Result<Option<Link>, StoreError> {
    let found = standing(store, subject).await?;
    Ok(found.map(|found| Link::new(&found.said.title, found.path())))
}
