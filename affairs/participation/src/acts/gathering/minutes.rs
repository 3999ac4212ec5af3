//! 纪要 (条例第三十三条; 67号三（三）): what was said and what becomes of it is written down, reviewed and published after
//! every gathering; what it is called and what it says is the kind's.

use ::store::Statements;
use law::{Provision, article};
use ledger::Desk;
use participation_rules::{DECISIONS, GatheringStep};
use review::{Signatory, Unit, submission};
use serde_json::json;
use web::{Appeared, Approved, Content, Fault, Publisher, Publishers};

use super::super::{ActError, at, tidy, with_author, within};
use super::{gathering_entry, taken};
use crate::inscription::gathering as inscribed;
use crate::store::Gathering;

/// 第三十三条: the whole course is kept.
const BASIS: Provision = article(DECISIONS, 33);

/// The kind of pieces by which review knows what is published after a gathering.
pub const KIND: &str = "gathering_record";

/// The longest record, in letters, and the most who come: decisions of ours.
const LONGEST: usize = 100_000;
const MOST: i64 = 1_000_000;

/// Hands the record in for review: the text, and how many came.
///
/// # Errors
/// It has not been held, the record is empty, nobody counted who came, or the database refuses.
pub async fn submit(
    mut desk: Desk,
    publishers: &Publishers,
    by: &Signatory,
    (organ, id): (&str, &str),
    (record, attended): (&str, Option<i64>),
) -> Result<Unit, ActError> {
    let (found, _) = taken(&desk, organ, id, GatheringStep::Record).await?;
    let record = tidy(record);
    if record.is_empty() {
        return Err(ActError::Field("jiyao", found.said.kind.terms().record_says.into()));
    }
    within("jiyao", &record, LONGEST)?;
    let attended = attended.filter(|many| (0..=MOST).contains(many));
    let attended =
        attended.ok_or_else(|| ActError::Field("renshu", "写来了几个人，没有人来的写 0".into()))?;
    let authors = with_author(&found.record_authors, by);
    let kept = (record.as_str(), attended, authors.as_slice());
    if !Gathering::hand_record_in(desk.change(), (id, &at(&desk)), kept).await? {
        return Err(ActError::overtaken());
    }
    let entry = gathering_entry("gathering_record_submission", &found, BASIS, json!({}));
    desk.record(entry).await?;
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
    words: "活动纪要",
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
    let found = Gathering::find(from, id).await?;
    let found = found.filter(|found| !found.record.is_empty() && found.recorded_on.is_none());
    Ok(found.map(|found| {
        let name = found.said.kind.terms().record;
        let empty = Content {
            title: format!("{}：{name}", found.said.title),
            organ: found.organ.clone(),
            unit: found.unit.clone(),
            authors: found.record_authors.clone(),
            normative: false,
            findings: vec![],
            parts: vec![],
        };
        empty.part("到场人数", found.attended.to_string()).part(name, &found.record)
    }))
}

async fn publish(desk: &mut Desk, approved: &Approved) -> Result<Appeared, Fault> {
    Gathering::hold(desk.change(), &approved.id).await?;
    let found = Gathering::find(desk.change(), &approved.id).await?.ok_or(Fault::NotFound)?;
    let (on, at) = (desk.today(), at(desk));
    let follows = found.stage(on).after(GatheringStep::PublishRecord);
    follows.map_err(|refused| ActError::from(refused).into_fault())?;
    if !found.publish_record(desk.change(), &approved.publication, (on, &at)).await? {
        return Err(ActError::overtaken().into_fault());
    }
    let subject = inscribed::subject(&found.id, inscribed::RECORD);
    let mut told = gathering_entry("gathering_record", &found, BASIS, json!({}));
    told.subject.clone_from(&subject);
    desk.record(told).await.map_err(Fault::inside)?;
    let now = Gathering::find(desk.change(), &found.id).await?.ok_or(Fault::NotFound)?;
    desk.publish_leaf(inscribed::record_leaf(&now)).map_err(Fault::inside)?;
    Ok(Appeared { subject, path: Some(now.path()) })
}
