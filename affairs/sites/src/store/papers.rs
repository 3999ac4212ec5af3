//! The versions of 指南 and 目录.

use std::collections::BTreeMap;

use law::Date;
use sites_rules::PaperKind;
use store::{FromQueryResult, Statements, StoreError, Transaction, Value};

/// What a paper says, by the keys of its fields.
pub type Said = BTreeMap<String, String>;

/// One version of a paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    /// Its key.
    pub id: String,
    /// The organ whose paper it is, by code.
    pub organ: String,
    /// Which paper.
    pub kind: PaperKind,
    /// 1, 2, 3 …
    pub number: i64,
    /// How far it has come.
    pub state: PaperState,
    /// What it says.
    pub said: Said,
    /// The natural persons who wrote it.
    pub authors: Vec<String>,
    /// Why it came back from review; empty where it did not.
    pub returned: String,
    /// The day from which it is public.
    pub published_on: Option<String>,
}

/// How far a version has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaperState {
    /// 起草.
    Draft,
    /// 送审.
    Submitted,
    /// 公布.
    Published,
    /// 放弃.
    Dropped,
}

impl PaperState {
    const ALL: [Self; 4] = [Self::Draft, Self::Submitted, Self::Published, Self::Dropped];

    fn word(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Submitted => "submitted",
            Self::Published => "published",
            Self::Dropped => "dropped",
        }
    }
}

#[derive(FromQueryResult)]
struct Row {
    id: String,
    organ: String,
    kind: String,
    number: i64,
    state: String,
    content: String,
    authors: String,
    returned: String,
    published_on: Option<String>,
}

const PAPER: &str =
    "SELECT id, organ, kind, number, state, content, authors, returned, published_on
                       FROM site_paper";

impl Row {
    fn paper(self) -> Paper {
        let state = PaperState::ALL.into_iter().find(|state| state.word() == self.state);
        Paper {
            kind: PaperKind::of_word(&self.kind).unwrap_or(PaperKind::Guide),
            state: state.unwrap_or(PaperState::Dropped),
            said: serde_json::from_str(&self.content).unwrap_or_default(),
            authors: serde_json::from_str(&self.authors).unwrap_or_default(),
            id: self.id,
            organ: self.organ,
            number: self.number,
            returned: self.returned,
            published_on: self.published_on,
        }
    }
}

impl Paper {
    /// Where what is public now is read, below a site.
    pub fn path(&self) -> String {
        format!("/gongkai/jigou/{}/{}", self.organ, self.kind.slug())
    }

    /// What it says in a field; `None` where it does not have that field.
    pub fn field(&self, key: &str) -> Option<String> {
        self.said.get(key).cloned()
    }

    /// One version by its key.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn find(from: &impl Statements, id: &str) -> Result<Option<Self>, StoreError> {
        let row: Option<Row> = from.one(&format!("{PAPER} WHERE id = $1"), vec![id.into()]).await?;
        Ok(row.map(Row::paper))
    }

    /// The public versions of an organ's paper, the newest first.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn published(
        from: &impl Statements,
        organ: &str,
        kind: PaperKind,
    ) -> Result<Vec<Self>, StoreError> {
        let sql = format!(
            "{PAPER} WHERE organ = $1 AND kind = $2 AND state = 'published' ORDER BY number DESC"
        );
        let rows: Vec<Row> = from.all(&sql, vec![organ.into(), kind.word().into()]).await?;
        Ok(rows.into_iter().map(Row::paper).collect())
    }

    /// What is public now.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn now(
        from: &impl Statements,
        organ: &str,
        kind: PaperKind,
    ) -> Result<Option<Self>, StoreError> {
        let sql = format!(
            "{PAPER} WHERE organ = $1 AND kind = $2 AND state = 'published'
              ORDER BY number DESC LIMIT 1"
        );
        let row: Option<Row> = from.one(&sql, vec![organ.into(), kind.word().into()]).await?;
        Ok(row.map(Row::paper))
    }

    /// The version that is being written or reviewed.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn open(
        from: &impl Statements,
        organ: &str,
        kind: PaperKind,
    ) -> Result<Option<Self>, StoreError> {
        let sql =
            format!("{PAPER} WHERE organ = $1 AND kind = $2 AND state IN ('draft', 'submitted')");
        let row: Option<Row> = from.one(&sql, vec![organ.into(), kind.word().into()]).await?;
        Ok(row.map(Row::paper))
    }

    /// The organs that have a paper of this kind for everybody, by code.
    pub(crate) async fn organs_with(
        from: &impl Statements,
        kind: PaperKind,
    ) -> Result<Vec<String>, StoreError> {
        #[derive(FromQueryResult)]
        struct Code {
            organ: String,
        }
        let sql = "SELECT DISTINCT organ FROM site_paper WHERE kind = $1 AND state = 'published'";
        let rows: Vec<Code> = from.all(sql, vec![kind.word().into()]).await?;
        Ok(rows.into_iter().map(|row| row.organ).collect())
    }

    /// Keeps a new version as a draft, under the next number.
    pub(crate) async fn add(&self, change: &Transaction, at: &str) -> Result<(), StoreError> {
        let sql =
            "INSERT INTO site_paper (id, organ, kind, number, state, content, authors, returned,
                                           changed_at)
                   SELECT $1, $2, $3, COALESCE(MAX(number), 0) + 1, 'draft', $4, $5, '', $6
                     FROM site_paper WHERE organ = $2 AND kind = $3";
        let values: Vec<Value> = vec![
            self.id.clone().into(),
            self.organ.clone().into(),
            self.kind.word().into(),
            serde_json::json!(self.said).to_string().into(),
            serde_json::json!(self.authors).to_string().into(),
            at.into(),
        ];
        change.run(sql, values).await.map(|_| ())
    }

    /// Keeps what a draft says now and who has written it.
    pub(crate) async fn keep(&self, change: &Transaction, at: &str) -> Result<bool, StoreError> {
        let sql = "UPDATE site_paper SET content = $2, authors = $3, changed_at = $4
                    WHERE id = $1 AND state = 'draft'";
        let values: Vec<Value> = vec![
            self.id.clone().into(),
            serde_json::json!(self.said).to_string().into(),
            serde_json::json!(self.authors).to_string().into(),
            at.into(),
        ];
        Ok(change.run(sql, values).await? == 1)
    }

    /// Moves a version on, or back with a reason; `false` where it does not stand where it was.
    pub(crate) async fn turn(
        change: &Transaction,
        id: &str,
        (from, to): (PaperState, PaperState),
        reason: &str,
        at: &str,
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE site_paper SET state = $3, returned = $4, changed_at = $5
                    WHERE id = $1 AND state = $2";
        let values: Vec<Value> =
            vec![id.into(), from.word().into(), to.word().into(), reason.into(), at.into()];
        Ok(change.run(sql, values).await? == 1)
    }

    /// Makes a version public by a publication.
    pub(crate) async fn publish(
        change: &Transaction,
        id: &str,
        publication: &str,
        on: Date,
        at: &str,
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE site_paper
                      SET state = 'published', publication = $2, published_on = $3, changed_at = $4
                    WHERE id = $1 AND state = 'submitted'";
        let values: Vec<Value> =
            vec![id.into(), publication.into(), on.to_string().into(), at.into()];
        Ok(change.run(sql, values).await? == 1)
    }
}
