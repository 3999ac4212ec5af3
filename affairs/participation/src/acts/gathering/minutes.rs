//! 纪要 (条例第三十三条; 67号三（三）): what was said and what becomes of it is written down, reviewed and published after
//! every gathering; what it is called and what it says is the kind's.

use law::{Provision, article};
use ledger::Desk;
use participation_rules::{DECISIONS, GatheringStep};
use review::{Signatory, Unit};
use serde_json::json;
use web::{Content, Publisher, Publishers};

use super::super::publication::{PLAIN, Release, blank, content, handed_in, release};
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
    handed_in(desk, publishers, by, (KIND, id)).await
}

/// How it becomes public.
static RELEASE: Release<Gathering> = Release {
    step: GatheringStep::PublishRecord,
    piece: Gathering::RECORD,
    fits: |_, _| Ok(()),
    told: |_| ("gathering_record", BASIS, json!({})),
    subject: |id| inscribed::subject(id, inscribed::RECORD),
    path: Gathering::path,
};

/// How records are reviewed and published.
pub const PUBLISHER: Publisher = Publisher {
    kind: KIND,
    words: "活动纪要",
    content: |from, id| Box::pin(content(from, id, signed)),
    publish: |desk, _, approved| {
        Box::pin(release(desk, approved, &RELEASE, inscribed::record_leaf))
    },
    ..PLAIN
};

fn signed(of: &Gathering) -> Option<Content> {
    if of.record.is_empty() || of.recorded_on.is_some() {
        return None;
    }
    let name = of.said.kind.terms().record;
    let empty = Content {
        authors: of.record_authors.clone(),
        ..blank(of, format!("{}：{name}", of.said.title))
    };
    Some(empty.part("到场人数", of.attended.to_string()).part(name, &of.record))
}
