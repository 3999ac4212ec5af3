//! 听证材料和听证记录 (条例第十六、十七条): papers reach who takes part seven days before; what was said is written down,
//! signed by who took part, reviewed and published.

use ::store::Statements;
use law::{Date, Provision, article};
use ledger::Desk;
use participation_rules::{DECISIONS, HearingStep};
use review::{Signatory, Unit, submission};
use serde_json::json;
use web::{Appeared, Approved, Content, Fault, Publisher, Publishers};

use super::hearing::BASIS as CALLED;
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
    let pieces = [(KIND, id)];
    let given = submission::Submitted {
        pieces: &pieces,
        note: None,
        added: vec![],
        for_another: false,
        by,
    };
    let unit = submission::within(&mut desk, publishers, given).await?;
    desk.seal().await?;
    Ok(unit)
}

/// How records are reviewed and published.
pub const PUBLISHER: Publisher = Publisher {
    kind: KIND,
    words: "听证记录",
    approve: "consultation.approve",
    release: "consultation.open",
    releasers: &["publisher"],
    content: |from, id| Box::pin(async move { as_signed(from, id).await }),
    standing: |_, _| Box::pin(async { Ok(None) }),
    ready: |_, _, _| Box::pin(async { Ok(()) }),
    signable: None,
    holds: None,
    laid_out: Publisher::as_signed,
    plain: Publisher::unmarked,
    publish: |desk, _, approved| Box::pin(publish(desk, approved)),
};

async fn as_signed(from: &impl Statements, id: &str) -> Result<Option<Content>, Fault> {
    let found = Hearing::find(from, id).await?;
    let found = found.filter(|found| !found.record.is_empty() && found.recorded_on.is_none());
    Ok(found.map(|found| {
        let empty = Content {
            title: format!("{}：听证记录", found.said.title),
            organ: found.organ.clone(),
            unit: found.unit.clone(),
            authors: found.record_authors.clone(),
            normative: false,
            findings: doubts(&found.record),
            parts: vec![],
        };
        empty.part("听证记录", &found.record)
    }))
}

async fn publish(desk: &mut Desk, approved: &Approved) -> Result<Appeared, Fault> {
    Hearing::hold(desk.change(), &approved.id).await?;
    let found = Hearing::find(desk.change(), &approved.id).await?.ok_or(Fault::NotFound)?;
    let (on, at) = (desk.today(), at(desk));
    let follows = found.stage(on).after(HearingStep::PublishRecord);
    follows.map_err(|refused| ActError::from(refused).into_fault())?;
    if !found.publish_record(desk.change(), &approved.publication, (on, &at)).await? {
        return Err(ActError::overtaken().into_fault());
    }
    let subject = inscribed::subject(&found.id, inscribed::RECORD);
    let mut told = hearing_entry("hearing_record", &found, BASIS, json!({}));
    told.subject.clone_from(&subject);
    desk.record(told).await.map_err(Fault::inside)?;
    let now = Hearing::find(desk.change(), &found.id).await?.ok_or(Fault::NotFound)?;
    desk.publish_leaf(inscribed::record_leaf(&now)).map_err(Fault::inside)?;
    Ok(Appeared { subject, path: Some(now.path()) })
}
