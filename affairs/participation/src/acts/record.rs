//! 听证材料和听证记录 (条例第十六、十七条): papers reach who takes part seven days before; what was said is written down,
//! signed by who took part, reviewed and published.

use law::{Date, Provision, article};
use ledger::Desk;
use participation_rules::{DECISIONS, HearingStep};
use review::{Signatory, Unit};
use serde_json::json;
use web::{Content, Publisher, Publishers};

use super::hearing::BASIS as CALLED;
use super::publication::{PLAIN, Release, blank, content, handed_in, release};
use super::{ActError, at, doubts, hearing_entry, taken_hearing, tidy, with_author, within};
use crate::inscription::hearing as inscribed;
use crate::store::Hearing;

/// 第十七条.
const BASIS: Provision = article(DECISIONS, 17);

/// The kind of pieces by which review knows records of hearings.
pub const KIND: &str = "hearing_record";

/// The longest record, in letters: a decision of ours.
const LONGEST: usize = 100_000;

/// Notes that papers have reached who takes part.
///
/// # Errors
/// Who takes part is not public, the day lies ahead, before that or after the hearing, or the database refuses.
pub async fn deliver(
    mut desk: Desk,
    (organ, id): (&str, &str),
    on: Option<Date>,
) -> Result<(), ActError> {
    let (found, _) = taken_hearing(&desk, organ, id, HearingStep::Deliver).await?;
    let today = desk.today();
    let (first, held) = (found.confirmed_on, found.said.held_on);
    let fits = |on: &Date| {
        let before = held.is_none_or(|held| *on <= held);
        *on <= today && before && first.is_some_and(|first| first <= *on)
    };
    let on = on.filter(fits).ok_or_else(|| {
        let words = "写送达的日子，例如 2026-11-20，在公布参加人以后，不晚于开会那天和今天";
        ActError::Field("songda", words.into())
    })?;
    if !Hearing::deliver(desk.change(), (id, &at(&desk)), on).await? {
        return Err(ActError::overtaken());
    }
    let mut told = hearing_entry("hearing_papers", &found, CALLED, json!({ "on": on }));
    told.subject = inscribed::subject(id, "");
    desk.record(told).await?;
    Ok(desk.seal().await?)
}

/// Hands the record in for review.
///
/// # Errors
/// It has not been held, nobody has noted when papers reached who takes part, the record is empty or not signed, or the
/// database refuses.
pub async fn submit(
    mut desk: Desk,
    publishers: &Publishers,
    (by, signed): (&Signatory, bool),
    (organ, id): (&str, &str),
    record: &str,
) -> Result<Unit, ActError> {
    let (found, _) = taken_hearing(&desk, organ, id, HearingStep::Record).await?;
    if found.said.held_on.is_none_or(|held| desk.today() < held) {
        return Err(ActError::standing("听证会还没有开。开完以后写记录。"));
    }
    if found.papers_on.is_none() {
        let words = format!("先登记材料哪天送到参加人（{CALLED}），再送审记录");
        return Err(ActError::Field("songda", words));
    }
    let record = tidy(record);
    if record.is_empty() {
        return Err(ActError::Field("jilu", "写明谁主持、谁参加、各方说了什么".into()));
    }
    within("jilu", &record, LONGEST)?;
    if !signed {
        let words = "参加人确认并签字以后再送审，确认了的勾上";
        return Err(ActError::Field("qianzi", words.into()));
    }
    let authors = with_author(&found.record_authors, by);
    let kept = (record.as_str(), authors.as_slice());
    if !Hearing::hand_record_in(desk.change(), (id, &at(&desk)), kept).await? {
        return Err(ActError::overtaken());
    }
    desk.record(hearing_entry("hearing_record_submission", &found, BASIS, json!({}))).await?;
    handed_in(desk, publishers, by, (KIND, id)).await
}

/// How it becomes public.
static RELEASE: Release<Hearing> = Release {
    step: HearingStep::PublishRecord,
    piece: Hearing::RECORD,
    fits: |_, _| Ok(()),
    told: |_| ("hearing_record", BASIS, json!({})),
    subject: |id| inscribed::subject(id, inscribed::RECORD),
    path: Hearing::path,
};

/// How records are reviewed and published.
pub const PUBLISHER: Publisher = Publisher {
    kind: KIND,
    words: "听证记录",
    content: |from, id| Box::pin(content(from, id, signed)),
    publish: |desk, _, approved| {
        Box::pin(release(desk, approved, &RELEASE, inscribed::record_leaf))
    },
    ..PLAIN
};

fn signed(of: &Hearing) -> Option<Content> {
    if of.record.is_empty() || of.recorded_on.is_some() {
        return None;
    }
    let empty = Content {
        authors: of.record_authors.clone(),
        findings: doubts(&of.record),
        ..blank(of, format!("{}：听证记录", of.said.title))
    };
    Some(empty.part("听证记录", &of.record))
}
