//! 填写中的申请: what somebody has filled in so far, sealed, and found again by its code alone.

use law::Date;
use secrets::{Place, Sealer};
use serde::{Deserialize, Serialize};
use store::{FromQueryResult, Statements, StoreError, Transaction};

use super::writing::{self, Columns, known_day, read, word};
use super::{CaseError, Purpose};

/// What was filled in, as it was typed: nothing is thrown away because it is wrong.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DraftContent {
    /// The organ asked, by code.
    pub organ: String,
    /// 申请人类别, as table 3 calls it.
    pub class: String,
    /// 姓名 or 名称.
    pub name: String,
    /// The kind of proof: `resident_card`, `credit_code` …
    pub proof: String,
    /// The number on it.
    pub number: String,
    /// 联系电话.
    pub telephone: String,
    /// 通信地址.
    pub address: String,
    /// 电子邮箱.
    pub email: String,
    /// `self`, `authorised` or `guardian`.
    pub agency: String,
    /// The agent's name.
    pub agent_name: String,
    /// The kind of the agent's proof.
    pub agent_proof: String,
    /// The number on it.
    pub agent_number: String,
    /// 名称 of what is wanted.
    pub title: String,
    /// 文号.
    pub doc_number: String,
    /// 其他特征性描述.
    pub description: String,
    /// 获取方式.
    pub form: String,
    /// 获取途径.
    pub way: String,
    /// 无障碍协助, in words; empty where none is wanted.
    pub assistance: String,
    /// The pages that were filled in.
    pub done: Vec<String>,
}

/// A draft as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Its key, which is also the key of the form that is handed in.
    pub id: String,
    /// What was filled in; empty once it was handed in.
    pub content: DraftContent,
    /// The last day on which it is kept.
    pub expires_on: Date,
    /// The organ and the key of the request it became.
    pub became: Option<(String, String)>,
    /// The files that were added.
    pub files: Vec<DraftFile>,
}

/// A file of a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftFile {
    /// Its key, under which it lies.
    pub id: String,
    /// What for.
    pub purpose: Purpose,
    /// Its name.
    pub name: String,
    /// Bytes before it was sealed.
    pub size: i64,
}

#[derive(FromQueryResult)]
struct Row {
    id: String,
    sealed: String,
    expires_on: String,
    organ: String,
    request: Option<String>,
}

#[derive(FromQueryResult)]
struct FileRow {
    id: String,
    purpose: String,
    sealed: String,
    size: i64,
}

fn place(id: &str) -> Place<'_> {
    Place::new("request_draft", id, "sealed")
}

fn name_place(id: &str) -> Place<'_> {
    Place::new("request_draft_file", id, "sealed")
}

impl Draft {
    /// The draft with that mark of its code.
    ///
    /// # Errors
    /// The database refuses, or what is sealed cannot be opened.
    pub async fn find(
        from: &impl Statements,
        sealer: &Sealer,
        mark: &str,
    ) -> Result<Option<Self>, CaseError> {
        Self::by(from, sealer, ("code_mark", mark)).await
    }

    /// The draft with that key.
    ///
    /// # Errors
    /// The database refuses, or what is sealed cannot be opened.
    pub async fn keyed(
        from: &impl Statements,
        sealer: &Sealer,
        id: &str,
    ) -> Result<Option<Self>, CaseError> {
        Self::by(from, sealer, ("id", id)).await
    }

    async fn by(
        from: &impl Statements,
        sealer: &Sealer,
        (column, value): (&'static str, &str),
    ) -> Result<Option<Self>, CaseError> {
        let sql = format!(
            "SELECT id, sealed, expires_on, organ, request FROM request_draft WHERE {column} = $1"
        );
        let row: Option<Row> = from.one(&sql, vec![value.into()]).await?;
        let Some(row) = row else { return Ok(None) };
        let text = sealer.open_text(place(&row.id), &row.sealed)?;
        let sql =
            "SELECT id, purpose, sealed, size FROM request_draft_file WHERE draft = $1 ORDER BY id";
        let files: Vec<FileRow> = from.all(sql, vec![row.id.clone().into()]).await?;
        let files = files.into_iter().map(|file| file.file(sealer));
        Ok(Some(Self {
            content: serde_json::from_str(&text).unwrap_or_default(),
            expires_on: known_day(&row.expires_on),
            became: row.request.map(|request| (row.organ, request)),
            files: files.collect::<Result<_, _>>()?,
            id: row.id,
        }))
    }

    pub(crate) async fn add(
        change: &Transaction,
        sealer: &Sealer,
        (id, mark): (&str, &str),
        content: &DraftContent,
        (at, expires_on): (&str, Date),
    ) -> Result<(), CaseError> {
        let columns: Columns = vec![
            ("id", id.into()),
            ("code_mark", mark.into()),
            ("sealed", sealed(sealer, id, content)?.into()),
            ("saved_at", at.into()),
            ("expires_on", expires_on.to_string().into()),
            ("organ", "".into()),
        ];
        Ok(writing::add(change, "request_draft", columns).await?)
    }

    /// Writes what was filled in; `false` where it was handed in meanwhile.
    pub(crate) async fn keep(
        change: &Transaction,
        sealer: &Sealer,
        id: &str,
        content: &DraftContent,
        (at, expires_on): (&str, Date),
    ) -> Result<bool, CaseError> {
        let sql = "UPDATE request_draft SET sealed = $1, saved_at = $2, expires_on = $3
                    WHERE id = $4 AND request IS NULL";
        let values = vec![
            sealed(sealer, id, content)?.into(),
            at.into(),
            expires_on.to_string().into(),
            id.into(),
        ];
        Ok(change.run(sql, values).await? == 1)
    }

    /// Empties it: it has become a request. `false` where it had become one before.
    pub(crate) async fn close(
        change: &Transaction,
        id: &str,
        (organ, request): (&str, &str),
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE request_draft SET sealed = '', organ = $1, request = $2
                    WHERE id = $3 AND request IS NULL";
        let closed = change.run(sql, vec![organ.into(), request.into(), id.into()]).await? == 1;
        let sql = "DELETE FROM request_draft_file WHERE draft = $1";
        change.run(sql, vec![id.into()]).await?;
        Ok(closed)
    }

    /// Takes one away that was not handed in, with the rows of its files; says whether there was one.
    pub(crate) async fn drop(change: &Transaction, id: &str) -> Result<bool, StoreError> {
        let sql = "DELETE FROM request_draft_file WHERE draft IN
                     (SELECT id FROM request_draft WHERE id = $1 AND request IS NULL)";
        change.run(sql, vec![id.into()]).await?;
        let sql = "DELETE FROM request_draft WHERE id = $1 AND request IS NULL";
        Ok(change.run(sql, vec![id.into()]).await? == 1)
    }

    /// Takes drafts away whose last day is over; answers the keys of their files.
    pub(crate) async fn remove_old(
        change: &Transaction,
        today: Date,
        most: i64,
    ) -> Result<(u64, Vec<String>), StoreError> {
        #[derive(FromQueryResult)]
        struct Key {
            id: String,
        }
        let old =
            format!("SELECT id FROM request_draft WHERE expires_on < $1 ORDER BY id LIMIT {most}");
        let day = || vec![today.to_string().into()];
        let sql = format!("SELECT id FROM request_draft_file WHERE draft IN ({old})");
        let files: Vec<Key> = change.all(&sql, day()).await?;
        let sql = format!("DELETE FROM request_draft_file WHERE draft IN ({old})");
        change.run(&sql, day()).await?;
        let sql = format!("DELETE FROM request_draft WHERE id IN ({old})");
        let gone = change.run(&sql, day()).await?;
        Ok((gone, files.into_iter().map(|key| key.id).collect()))
    }
}

impl DraftFile {
    /// Holds a draft so that no other file comes to it meanwhile; answers how many it has.
    pub(crate) async fn hold(change: &Transaction, draft: &str) -> Result<i64, StoreError> {
        let sql = "UPDATE request_draft SET saved_at = saved_at WHERE id = $1";
        change.run(sql, vec![draft.into()]).await?;
        let sql = "SELECT COUNT(*) FROM request_draft_file WHERE draft = $1";
        Ok(change.number(sql, vec![draft.into()]).await?.unwrap_or_default())
    }

    pub(crate) async fn add(
        &self,
        change: &Transaction,
        sealer: &Sealer,
        draft: &str,
    ) -> Result<(), CaseError> {
        let columns: Columns = vec![
            ("id", self.id.clone().into()),
            ("draft", draft.into()),
            ("purpose", word(self.purpose).into()),
            ("sealed", sealer.seal_text(name_place(&self.id), &self.name)?.into()),
            ("size", self.size.into()),
        ];
        Ok(writing::add(change, "request_draft_file", columns).await?)
    }

    pub(crate) async fn remove(
        change: &Transaction,
        draft: &str,
        id: &str,
    ) -> Result<bool, StoreError> {
        let sql = "DELETE FROM request_draft_file WHERE draft = $1 AND id = $2";
        Ok(change.run(sql, vec![draft.into(), id.into()]).await? == 1)
    }
}

impl FileRow {
    fn file(self, sealer: &Sealer) -> Result<DraftFile, CaseError> {
        Ok(DraftFile {
            name: sealer.open_text(name_place(&self.id), &self.sealed)?,
            purpose: read(&self.purpose).unwrap_or(Purpose::Application),
            size: self.size,
            id: self.id,
        })
    }
}

fn sealed(sealer: &Sealer, id: &str, content: &DraftContent) -> Result<String, CaseError> {
    Ok(sealer.seal_text(place(id), &serde_json::json!(content).to_string())?)
}
