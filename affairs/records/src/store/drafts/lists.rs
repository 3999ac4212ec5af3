//! Lists of drafts and of versions.

use law::Date;
use store::{FromQueryResult, Statements, StoreError, Value};

use super::{Content, Draft, DraftState};

/// One draft of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftLine {
    /// Its key.
    pub id: String,
    /// Its title; may be empty.
    pub title: String,
    /// How far it has come.
    pub state: DraftState,
    /// 公开属性 in words.
    pub openness: String,
    /// By when it must be out.
    pub due_on: Option<Date>,
    /// 复核日期.
    pub review_on: Option<Date>,
    /// 内设机构; empty for none.
    pub unit: String,
    /// The natural person who began it.
    pub author: String,
    /// What that person is called.
    pub author_name: String,
    /// Whether it corrects a record.
    pub corrects: bool,
    /// Why it came back; empty where it did not.
    pub returned: String,
    /// When it was last changed, as stored.
    pub changed_at: String,
}

/// One version of a draft.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct VersionLine {
    /// 1, 2, 3 ….
    pub number: i64,
    /// When it was saved, as stored.
    pub saved_at: String,
    /// Who wrote it.
    pub name: String,
    /// 代理: who was stood in for; empty where nobody was.
    pub stood_in_for: String,
    /// Whether the page saved it by itself: 1.
    pub itself: i64,
    /// SHA-256 of what would be signed.
    pub hash: String,
}

#[derive(FromQueryResult)]
struct Row {
    id: String,
    title: String,
    state: String,
    openness: String,
    due_on: Option<String>,
    review_on: Option<String>,
    unit: String,
    author: String,
    author_name: String,
    corrects: Option<String>,
    returned: String,
    changed_at: String,
}

#[derive(FromQueryResult)]
struct ContentRow {
    head: String,
    body: String,
    items: String,
    files: String,
}

/// The most drafts one list shows.
const MOST: i64 = 500;

pub(in crate::store) const LINE: &str = "
SELECT id, title, state, openness, due_on, review_on, unit, author, author_name, corrects, returned,
       changed_at
  FROM record_draft";

impl DraftLine {
    /// The drafts of an organ that are not dropped: those not yet done first, the newest first.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of_organ(from: &impl Statements, organ: &str) -> Result<Vec<Self>, StoreError> {
        let sql = format!(
            "{LINE} WHERE organ = $1 AND state <> 'dropped'
              ORDER BY CASE state WHEN 'returned' THEN 0 WHEN 'draft' THEN 1 WHEN 'submitted' THEN 2
                                  WHEN 'kept' THEN 3 ELSE 4 END, changed_at DESC, id DESC LIMIT $2"
        );
        Self::all(from, &sql, vec![organ.into(), MOST.into()]).await
    }

    /// The drafts of an organ that somebody must go on with.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn open(from: &impl Statements, organ: &str) -> Result<Vec<Self>, StoreError> {
        let sql = format!(
            "{LINE} WHERE organ = $1 AND state IN ('draft', 'returned')
              ORDER BY changed_at DESC, id DESC LIMIT $2"
        );
        Self::all(from, &sql, vec![organ.into(), MOST.into()]).await
    }

    pub(in crate::store) async fn all(
        from: &impl Statements,
        sql: &str,
        values: Vec<Value>,
    ) -> Result<Vec<Self>, StoreError> {
        let rows: Vec<Row> = from.all(sql, values).await?;
        Ok(rows.into_iter().map(Row::line).collect())
    }
}

impl Draft {
    /// Whether a correction of a record is being drafted or reviewed.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn correcting(from: &impl Statements, record: &str) -> Result<bool, StoreError> {
        let sql = "SELECT COUNT(*) FROM record_draft
                    WHERE corrects = $1 AND state IN ('draft', 'returned', 'submitted')";
        Ok(from.number(sql, vec![record.into()]).await? != Some(0))
    }
}

impl VersionLine {
    /// The versions of a draft, the newest first.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn all(from: &impl Statements, draft: &str) -> Result<Vec<Self>, StoreError> {
        let sql = "SELECT v.number, v.saved_at, v.name, v.itself, v.hash,
                          COALESCE(p.name, v.stands_in_for, '') AS stood_in_for
                     FROM record_draft_version v
                     LEFT JOIN person p ON p.id = v.stands_in_for
                    WHERE v.draft = $1 ORDER BY v.number DESC";
        from.all(sql, vec![draft.into()]).await
    }
}

impl Content {
    /// What a version of a draft says.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of_version(
        from: &impl Statements,
        draft: &str,
        number: i64,
    ) -> Result<Option<Self>, StoreError> {
        let sql = "SELECT head, body, items, files FROM record_draft_version
                    WHERE draft = $1 AND number = $2";
        let row: Option<ContentRow> = from.one(sql, vec![draft.into(), number.into()]).await?;
        Ok(row.map(|row| Self {
            head: serde_json::from_str(&row.head).unwrap_or_default(),
            items: serde_json::from_str(&row.items).unwrap_or_default(),
            files: serde_json::from_str(&row.files).unwrap_or_default(),
            body: row.body,
        }))
    }

    /// Everybody who wrote a version of a draft or was stood in for by who did, by key: none of them may
    /// review it.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn writers(from: &impl Statements, draft: &str) -> Result<Vec<String>, StoreError> {
        #[derive(FromQueryResult)]
        struct Writer {
            person: String,
        }
        let sql = "SELECT person FROM record_draft_version WHERE draft = $1
                   UNION SELECT stands_in_for FROM record_draft_version
                          WHERE draft = $1 AND stands_in_for IS NOT NULL
                    ORDER BY person";
        let rows: Vec<Writer> = from.all(sql, vec![draft.into()]).await?;
        Ok(rows.into_iter().map(|row| row.person).collect())
    }
}

impl Row {
    fn line(self) -> DraftLine {
        let day = |text: &Option<String>| text.as_ref().and_then(|text| text.parse().ok());
        DraftLine {
            due_on: day(&self.due_on),
            review_on: day(&self.review_on),
            state: DraftState::stored(&self.state),
            corrects: self.corrects.is_some(),
            id: self.id,
            title: self.title,
            openness: self.openness,
            unit: self.unit,
            author: self.author,
            author_name: self.author_name,
            returned: self.returned,
            changed_at: self.changed_at,
        }
    }
}
