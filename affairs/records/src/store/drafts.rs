//! Drafts and their versions.

mod keeping;
mod lists;

use records_rules::{Attribute, Head, OnRequestGround, Openness};
use store::{FromQueryResult, Statements, StoreError};

use super::{Attachment, FoundItem};

pub(crate) use keeping::{Saved, columns};
pub(in crate::store) use lists::LINE;
pub use lists::{DraftLine, VersionLine};

/// How far a draft has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DraftState {
    /// 草稿.
    Draft,
    /// 审查中: it may not be changed.
    Submitted,
    /// 退回修改.
    Returned,
    /// 已定稿, not to be published: 依申请公开 or 不予公开.
    Kept,
    /// 已发布.
    Published,
    /// 已删去.
    Dropped,
}

/// A draft with its newest version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Its key.
    pub id: String,
    /// The organ whose it is.
    pub organ: String,
    /// 内设机构; empty for none.
    pub unit: String,
    /// The natural person who began it.
    pub author: String,
    /// What that person is called.
    pub author_name: String,
    /// How far it has come.
    pub state: DraftState,
    /// How often it was changed; the lock.
    pub revision: i64,
    /// The number of its newest version.
    pub version: i64,
    /// 公开属性 as it holds now.
    pub attribute: Attribute,
    /// 转主动: the day from which the twenty working days run.
    pub clock_from: Option<law::Date>,
    /// By when it must be out.
    pub due_on: Option<law::Date>,
    /// The record it corrects.
    pub corrects: Option<String>,
    /// Why that is corrected; empty where nothing is.
    pub reason: String,
    /// Why it came back from review; empty where it did not.
    pub returned: String,
    /// The record it became.
    pub record: Option<String>,
    /// The moment it was last changed, as stored.
    pub changed_at: String,
    /// What it says.
    pub content: Content,
}

/// What a version of a draft says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Content {
    /// The particulars as filled in.
    pub head: Head,
    /// The text, with the marks of a manuscript.
    pub body: String,
    /// The catalogue items found for what it names, one for each.
    pub items: Vec<Option<FoundItem>>,
    /// 附件, in order.
    pub files: Vec<Attachment>,
}

#[derive(FromQueryResult)]
struct Row {
    id: String,
    organ: String,
    unit: String,
    author: String,
    author_name: String,
    state: String,
    revision: i64,
    version: i64,
    openness: String,
    ground: String,
    review_on: Option<String>,
    clock_from: Option<String>,
    due_on: Option<String>,
    corrects: Option<String>,
    reason: String,
    returned: String,
    record: Option<String>,
    changed_at: String,
    head: String,
    body: String,
    items: String,
    files: String,
}

/// A draft with its newest version.
const DRAFT: &str = "
SELECT d.id, d.organ, d.unit, d.author, d.author_name, d.state, d.revision, d.version, d.openness,
       d.ground, d.review_on, d.clock_from, d.due_on, d.corrects, d.reason, d.returned, d.record,
       d.changed_at, v.head, v.body, v.items, v.files
  FROM record_draft d
  JOIN record_draft_version v ON v.draft = d.id AND v.number = d.version";

impl Draft {
    /// The draft of an organ with that key; `None` also where it is another organ's.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn find(
        from: &impl Statements,
        organ: &str,
        id: &str,
    ) -> Result<Option<Self>, StoreError> {
        let sql = format!("{DRAFT} WHERE d.id = $1 AND d.organ = $2");
        let row: Option<Row> = from.one(&sql, vec![id.into(), organ.into()]).await?;
        Ok(row.map(Row::draft))
    }

    /// The draft with that key, whosever it is: for acts that were told of it.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn called(from: &impl Statements, id: &str) -> Result<Option<Self>, StoreError> {
        let sql = format!("{DRAFT} WHERE d.id = $1");
        let row: Option<Row> = from.one(&sql, vec![id.into()]).await?;
        Ok(row.map(Row::draft))
    }

    /// Whether it may be changed now.
    pub const fn is_open(&self) -> bool {
        matches!(self.state, DraftState::Draft | DraftState::Returned)
    }

    /// Its title; a word that says so where it has none.
    pub fn title(&self) -> &str {
        titled(self.content.head.get(records_rules::Field::Title))
    }
}

/// A draft's title, or what stands for it.
pub(crate) fn titled(title: &str) -> &str {
    if title.is_empty() { "（还没有标题）" } else { title }
}

impl DraftState {
    const WORDS: [(Self, &'static str, &'static str); 6] = [
        (Self::Draft, "draft", "草稿"),
        (Self::Submitted, "submitted", "审查中"),
        (Self::Returned, "returned", "退回修改"),
        (Self::Kept, "kept", "已定稿"),
        (Self::Published, "published", "已发布"),
        (Self::Dropped, "dropped", "已删去"),
    ];

    /// The word by which it is stored.
    pub fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(state, ..)| *state == self).map_or("", |(_, word, _)| word)
    }

    /// The word people read.
    pub fn name(self) -> &'static str {
        Self::WORDS.iter().find(|(state, ..)| *state == self).map_or("", |(.., name)| name)
    }

    /// The state stored by that word; one that is not known may not be changed.
    pub(crate) fn stored(word: &str) -> Self {
        let known = Self::WORDS.iter().find(|(_, own, _)| *own == word);
        known.map_or(Self::Submitted, |(state, ..)| *state)
    }
}

impl Row {
    fn draft(self) -> Draft {
        let day = |text: &Option<String>| text.as_ref().and_then(|text| text.parse().ok());
        Draft {
            attribute: attribute(&self.openness, &self.ground, self.review_on.as_deref()),
            clock_from: day(&self.clock_from),
            due_on: day(&self.due_on),
            state: DraftState::stored(&self.state),
            content: Content {
                head: serde_json::from_str(&self.head).unwrap_or_default(),
                items: serde_json::from_str(&self.items).unwrap_or_default(),
                files: serde_json::from_str(&self.files).unwrap_or_default(),
                body: self.body,
            },
            id: self.id,
            organ: self.organ,
            unit: self.unit,
            author: self.author,
            author_name: self.author_name,
            revision: self.revision,
            version: self.version,
            corrects: self.corrects,
            reason: self.reason,
            returned: self.returned,
            record: self.record,
            changed_at: self.changed_at,
        }
    }
}

/// The attribute out of its columns. What cannot be read is taken as withheld: it is shown to nobody.
pub(crate) fn attribute(openness: &str, ground: &str, review_on: Option<&str>) -> Attribute {
    let review_on = review_on.and_then(|day| day.parse().ok()).unwrap_or(law::Date::MIN);
    match openness.parse() {
        Ok(Openness::Proactive) => Attribute::Proactive,
        Ok(Openness::OnRequest) => Attribute::OnRequest(
            OnRequestGround::named(ground).unwrap_or(OnRequestGround::NotOfPublicConcern),
        ),
        Ok(Openness::Withheld(ground)) => Attribute::Withheld { ground, review_on },
        Err(_) => Attribute::Withheld { ground: records_rules::Withholding::Security, review_on },
    }
}
