//! 起草: a draft is begun, saved, dropped. 公开属性 is decided at the first save (源头认定,
//! 厦府办〔2020〕67号 三（一）).

use std::collections::BTreeSet;

use law::Date;
use ledger::{Desk, Entry};
use records_rules::{Attribute, Field, MadeOn, PublicationDue};
use store::moment;

use super::{ActError, Hand};
use crate::draft::content_hash;
use crate::files::Shelf;
use crate::store::{Attachment, Content, ConvertedDraft, Draft, DraftState, Saved};

/// What drafting rests on.
pub(crate) const NOTICE: &str = "厦府办〔2020〕67号三（一）";

/// What came of a save.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kept {
    /// It was kept.
    Kept(Box<Draft>),
    /// Somebody has changed it since; nothing was kept. The draft as it stands now.
    Overtaken(Box<Draft>),
}

/// Begins a draft with its attribute.
///
/// # Errors
/// The content cannot be kept, or the database refuses.
pub async fn begin(
    desk: Desk,
    hand: &Hand,
    attribute: Attribute,
    content: Content,
) -> Result<Draft, ActError> {
    begin_as(desk, hand, attribute, content, None).await
}

/// Begins a draft, of a correction where `corrects` names a record and why.
pub(super) async fn begin_as(
    mut desk: Desk,
    hand: &Hand,
    attribute: Attribute,
    content: Content,
    corrects: Option<(String, String)>,
) -> Result<Draft, ActError> {
    let draft = begin_within(&mut desk, hand, attribute, content, corrects).await?;
    desk.seal().await?;
    Ok(draft)
}

/// The same within another act, which seals.
pub(super) async fn begin_within(
    desk: &mut Desk,
    hand: &Hand,
    attribute: Attribute,
    content: Content,
    corrects: Option<(String, String)>,
) -> Result<Draft, ActError> {
    let at = moment(desk.now());
    let (corrects, reason) = corrects.unzip();
    let draft = Draft {
        id: uuid::Uuid::now_v7().to_string(),
        organ: hand.organ.clone(),
        unit: hand.unit.clone(),
        author: hand.person.clone(),
        author_name: hand.name.clone(),
        state: DraftState::Draft,
        revision: 1,
        version: 1,
        due_on: due_on(desk, &attribute, &content, None),
        attribute,
        clock_from: None,
        corrects,
        reason: reason.unwrap_or_default(),
        returned: String::new(),
        record: None,
        changed_at: at.clone(),
        content,
    };
    hold(desk, &draft.content.files, &[]).await?;
    draft.add(desk.change(), &saved(&draft, hand, &at, false)).await?;
    let basis = draft.attribute.basis().to_string();
    let facts = serde_json::json!({
        "openness": draft.attribute.openness().name(),
        "review_on": draft.attribute.review_on(),
        "corrects": draft.corrects,
    });
    desk.record(entry("drafting", &draft, basis, facts)).await?;
    Ok(draft)
}

/// Saves a draft over the revision its writer began from. `itself` where the page saved by itself.
///
/// # Errors
/// There is no such draft, it may not be changed now, or the database refuses.
pub async fn save(
    mut desk: Desk,
    hand: &Hand,
    id: &str,
    seen: i64,
    content: Content,
    itself: bool,
) -> Result<Kept, ActError> {
    let now = draft_of(&desk, hand, id).await?;
    now.may_change()?;
    if now.revision != seen {
        return Ok(Kept::Overtaken(Box::new(now)));
    }
    hold(&desk, &content.files, &now.content.files).await?;
    let at = moment(desk.now());
    let due_on = due_on(&desk, &now.attribute, &content, now.clock_from);
    let next = Draft { content, due_on, changed_at: at.clone(), ..now };
    let saved = saved(&next, hand, &at, itself);
    let Some(number) = next.save(desk.change(), seen, &saved).await? else {
        // Another act came between reading and saving: only on an engine that lets both begin.
        let now = draft_of(&desk, hand, id).await?;
        return Ok(Kept::Overtaken(Box::new(now)));
    };
    let next = Draft { version: number, revision: seen + 1, ..next };
    let facts = serde_json::json!({ "version": number, "itself": itself });
    desk.record(entry("edit", &next, NOTICE.into(), facts)).await?;
    desk.seal().await?;
    Ok(Kept::Kept(Box::new(next)))
}

/// Holds the attachments a draft did not have before until the act is sealed: none of them is erased with
/// a document that is destroyed meanwhile.
async fn hold(desk: &Desk, files: &[Attachment], before: &[Attachment]) -> Result<(), ActError> {
    let known = |file: &Attachment| before.iter().any(|old| old.sha256 == file.sha256);
    let new = files.iter().filter(|file| !known(file));
    // In the order in which every act takes its turns, not in that of the form.
    let digests: BTreeSet<&str> = new.map(|file| file.sha256.as_str()).collect();
    for sha256 in digests {
        if Shelf::Copies.held(desk.change(), sha256).await? {
            return Err(ActError::Refused("附件已经随期满销毁的文件删去", "重新上传这个附件"));
        }
    }
    Ok(())
}

/// Drops a draft that was never handed in for review.
///
/// # Errors
/// There is no such draft, it was handed in, or the database refuses.
pub async fn drop_draft(mut desk: Desk, hand: &Hand, id: &str) -> Result<(), ActError> {
    let draft = draft_of(&desk, hand, id).await?;
    if draft.state != DraftState::Draft || !draft.returned.is_empty() {
        return Err(ActError::Refused(
            "送审过的稿件不能删去",
            "可以留作草稿；不再公开的，变更公开属性",
        ));
    }
    let at = moment(desk.now());
    if !draft.move_to(desk.change(), DraftState::Dropped, "", &at).await? {
        return Err(ActError::OVERTAKEN);
    }
    // whoever began it out of something that was asked for may begin anew
    let begun = ConvertedDraft::of_draft(desk.change(), id).await?;
    let facts = begun.map_or_else(
        || serde_json::json!({}),
        |begun| serde_json::json!({ "source": begun.source }),
    );
    desk.record(entry("deletion", &draft, NOTICE.into(), facts)).await?;
    Ok(desk.seal().await?)
}

/// The draft of the hand's organ, for an act.
pub(super) async fn draft_of(desk: &Desk, hand: &Hand, id: &str) -> Result<Draft, ActError> {
    let found = Draft::find(desk.change(), &hand.organ, id).await?;
    found.filter(|draft| draft.state != DraftState::Dropped).ok_or(ActError::NO_DRAFT)
}

impl Draft {
    /// Whether its text may be changed now.
    ///
    /// # Errors
    /// It is under review, finished, published or dropped.
    pub fn may_change(&self) -> Result<(), ActError> {
        if self.is_open() {
            return Ok(());
        }
        let remedy = match self.state {
            DraftState::Submitted => "先撤回送审，或者等审核人退回",
            DraftState::Published => "已发布的信息用“更正”修改",
            _ => "先变更公开属性，再修改",
        };
        Err(ActError::Refused("稿件现在不能修改", remedy))
    }
}

fn saved<'a>(draft: &'a Draft, hand: &'a Hand, at: &'a str, itself: bool) -> Saved<'a> {
    Saved {
        content: &draft.content,
        hash: content_hash(draft).to_string(),
        hand,
        at,
        itself,
        due_on: draft.due_on,
    }
}

/// By when what is 主动公开 must be out: from 成文日期, or from the day it was turned to 主动公开.
fn due_on(
    desk: &Desk,
    attribute: &Attribute,
    content: &Content,
    clock_from: Option<Date>,
) -> Option<Date> {
    let made = content.head.get(Field::MadeOn).parse::<Date>().ok();
    // What was published elsewhere before was out already.
    let before = !content.head.get(Field::OriginalDay).is_empty();
    let made = made.filter(|_| !before);
    let from = clock_from.or(made).filter(|_| attribute.is_public())?;
    PublicationDue::of(MadeOn(from), desk.calendar()).ok().map(|due| due.due().date)
}

/// What stands in the ledger of an act on a draft: never its title or text.
pub(super) fn entry(
    act: &'static str,
    draft: &Draft,
    basis: String,
    facts: serde_json::Value,
) -> Entry {
    Entry {
        room: "records",
        act,
        subject: format!("draft:{}", draft.id),
        organ: draft.organ.clone(),
        basis,
        facts,
    }
}
