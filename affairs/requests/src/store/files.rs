//! 附件: the bytes lie sealed in the folder under the key of the row; the name is sealed too.

use secrets::{Place, Sealer};
use serde::{Deserialize, Serialize};
use store::{FromQueryResult, Statements, StoreError, Transaction};

use super::CaseError;
use super::writing::{self, Columns, read, word};

/// What a file is there for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// 申请表 or what came with it.
    Application,
    /// 身份证明.
    Identity,
    /// 授权委托书、监护关系证明.
    Authority,
    /// 补正材料.
    Correction,
    /// 送达、检索等的证明.
    Proof,
    /// What is provided with the answer: the copy that was written anew.
    Provided,
    /// What that copy was made from; it is never provided.
    Source,
    /// 第三方意见.
    Opinion,
    /// 复议、诉讼材料.
    Remedy,
}

/// A file of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseFile {
    /// Its key, under which it lies.
    pub id: String,
    /// What for.
    pub purpose: Purpose,
    /// Its media type.
    pub media_type: String,
    /// Bytes before it was sealed.
    pub size: i64,
    /// SHA-256 of the sealed bytes, hexadecimal.
    pub sha256: String,
    /// The key of what it proves; empty for none.
    pub about: String,
    /// When it came, as stored.
    pub added_at: String,
    /// Its name, sealed; empty once that was removed.
    pub(crate) sealed: String,
}

#[derive(FromQueryResult)]
struct Row {
    id: String,
    purpose: String,
    sealed: String,
    media_type: String,
    size: i64,
    sha256: String,
    about: String,
    added_at: String,
}

const SELECT: &str =
    "SELECT id, purpose, sealed, media_type, size, sha256, about, added_at FROM request_file";

pub(crate) fn name_place(id: &str) -> Place<'_> {
    Place::new("request_file", id, "sealed")
}

impl Purpose {
    /// What people call a file of it; its own name may tell who asked.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Application => "申请材料",
            Self::Identity => "身份证明",
            Self::Authority => "授权委托书、监护关系证明",
            Self::Correction => "补正材料",
            Self::Proof => "送达、检索证明",
            Self::Provided => "提供的信息",
            Self::Source => "提供的信息的原件（不提供）",
            Self::Opinion => "第三方意见",
            Self::Remedy => "复议、诉讼材料",
        }
    }
}

impl CaseFile {
    /// The files of a request, the oldest first.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of(from: &impl Statements, request: &str) -> Result<Vec<Self>, StoreError> {
        let sql = format!("{SELECT} WHERE request = $1 ORDER BY id");
        let rows: Vec<Row> = from.all(&sql, vec![request.into()]).await?;
        Ok(rows.into_iter().filter_map(Row::file).collect())
    }

    /// A file of a request.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn find(
        from: &impl Statements,
        request: &str,
        id: &str,
    ) -> Result<Option<Self>, StoreError> {
        let sql = format!("{SELECT} WHERE request = $1 AND id = $2");
        let row: Option<Row> = from.one(&sql, vec![request.into(), id.into()]).await?;
        Ok(row.and_then(Row::file))
    }

    /// Its name.
    ///
    /// # Errors
    /// What is sealed cannot be opened.
    pub fn name(&self, sealer: &Sealer) -> Result<String, CaseError> {
        Ok(sealer.open_text(name_place(&self.id), &self.sealed)?)
    }

    /// The ending of its name, which tells nobody: pdf.
    ///
    /// # Errors
    /// What is sealed cannot be opened.
    pub(crate) fn ending(&self, sealer: &Sealer) -> Result<String, CaseError> {
        let name = if self.sealed.is_empty() { String::new() } else { self.name(sealer)? };
        let ending = name.rsplit_once('.').map(|(_, ending)| ending).unwrap_or_default();
        let plain = ending.chars().filter(char::is_ascii_alphanumeric).take(5).collect::<String>();
        Ok(if plain.is_empty() { "bin".to_owned() } else { plain })
    }

    /// Whether it may go out with an answer: a copy that was written anew from what was put in.
    pub fn is_clean_copy(&self) -> bool {
        self.purpose == Purpose::Provided && !self.about.is_empty()
    }

    /// Whether it tells who somebody is: everything but the copy that is provided. A 送达回证 bears name and
    /// hand of whoever signed it.
    pub const fn is_personal(&self) -> bool {
        !matches!(self.purpose, Purpose::Provided)
    }

    pub(crate) async fn add(
        &self,
        change: &Transaction,
        (request, person): (&str, &str),
    ) -> Result<(), StoreError> {
        let columns: Columns = vec![
            ("id", self.id.clone().into()),
            ("request", request.into()),
            ("purpose", word(self.purpose).into()),
            ("sealed", self.sealed.clone().into()),
            ("media_type", self.media_type.clone().into()),
            ("size", self.size.into()),
            ("sha256", self.sha256.clone().into()),
            ("about", self.about.clone().into()),
            ("added_at", self.added_at.clone().into()),
            ("person", person.into()),
        ];
        writing::add(change, "request_file", columns).await
    }

    /// Takes the names of a request's files out for good.
    pub(crate) async fn forget_names(
        change: &Transaction,
        request: &str,
    ) -> Result<(), StoreError> {
        let sql = "UPDATE request_file SET sealed = '' WHERE request = $1";
        change.run(sql, vec![request.into()]).await.map(|_| ())
    }
}

impl Row {
    fn file(self) -> Option<CaseFile> {
        Some(CaseFile {
            purpose: read(&self.purpose)?,
            id: self.id,
            media_type: self.media_type,
            size: self.size,
            sha256: self.sha256,
            about: self.about,
            added_at: self.added_at,
            sealed: self.sealed,
        })
    }
}
