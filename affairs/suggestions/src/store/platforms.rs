//! 接入的 12345 平台: who may hand orders in by program, for which site and until when.

use law::Date;
use secrets::{Place, Sealer};
use store::{FromQueryResult, Statements, StoreError, Transaction, Value};

use super::KeepError;

/// A platform of the hotline that hands orders in by program.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Platform {
    /// Its key.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// The address prefix of the site for which it does.
    pub base: String,
    /// The organ that takes what names none, by code.
    pub organ: String,
    /// Since when, as stored.
    pub made_at: String,
    /// The last day on which its credential holds, as stored.
    pub ends_on: String,
    /// The last day on which it asked how its orders stand, as stored; empty where it never did.
    pub read_on: String,
    /// When its credential was taken back, as stored; none where that was not done.
    pub ended_at: Option<String>,
}

const PLATFORMS: &str = "SELECT id, name, base, organ, made_at, ends_on, read_on, ended_at
   FROM suggestion_platform";

/// Where the mark of a credential stands.
fn credential_place() -> Place<'static> {
    Place::new("suggestion_platform", "", "mark")
}

impl Platform {
    /// How its credential stands on a day, in Chinese.
    pub fn standing(&self, today: Date) -> &'static str {
        match &self.ended_at {
            Some(_) => "已收回",
            None if self.ends_on < today.to_string() => "已到期",
            None => "在用",
        }
    }

    /// All of them, the oldest first.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn all(from: &impl Statements) -> Result<Vec<Self>, StoreError> {
        from.all(&format!("{PLATFORMS} ORDER BY id"), vec![]).await
    }

    /// One by its key.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn find(from: &impl Statements, id: &str) -> Result<Option<Self>, StoreError> {
        from.one(&format!("{PLATFORMS} WHERE id = $1"), vec![id.into()]).await
    }

    /// The one of a site that bears a name and whose credential was not taken back.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn named(
        from: &impl Statements,
        base: &str,
        name: &str,
    ) -> Result<Option<Self>, StoreError> {
        let sql = format!("{PLATFORMS} WHERE base = $1 AND name = $2 AND ended_at IS NULL LIMIT 1");
        from.one(&sql, vec![base.into(), name.into()]).await
    }

    /// The one that a credential is of, for a site, while it holds.
    ///
    /// # Errors
    /// The keys cannot be used, or the database refuses.
    pub async fn known(
        from: &impl Statements,
        sealer: &Sealer,
        (base, credential): (&str, &str),
        today: Date,
    ) -> Result<Option<Self>, KeepError> {
        for mark in sealer.marks(credential_place(), credential)? {
            let sql = format!(
                "{PLATFORMS} WHERE mark = $1 AND base = $2 AND ended_at IS NULL AND ends_on >= $3"
            );
            let values = vec![mark.as_str().into(), base.into(), today.to_string().into()];
            let found: Option<Self> = from.one(&sql, values).await?;
            if found.is_some() {
                return Ok(found);
            }
        }
        Ok(None)
    }

    /// Keeps a new one; of its credential there is a mark alone.
    pub(crate) async fn add(
        &self,
        change: &Transaction,
        sealer: &Sealer,
        credential: &str,
    ) -> Result<(), KeepError> {
        let mark = sealer.mark(credential_place(), credential)?;
        let columns = ["id", "name", "base", "organ", "mark", "made_at", "ends_on", "read_on"];
        let row: Vec<Value> = vec![
            self.id.clone().into(),
            self.name.clone().into(),
            self.base.clone().into(),
            self.organ.clone().into(),
            mark.as_str().into(),
            self.made_at.clone().into(),
            self.ends_on.clone().into(),
            self.read_on.clone().into(),
        ];
        Ok(change.insert("suggestion_platform", &columns, vec![row]).await?)
    }

    /// Lets its credential hold until another day; `false` where it was taken back.
    pub(crate) async fn renew(
        change: &Transaction,
        id: &str,
        ends_on: Date,
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE suggestion_platform SET ends_on = $1 WHERE id = $2 AND ended_at IS NULL";
        Ok(change.run(sql, vec![ends_on.to_string().into(), id.into()]).await? == 1)
    }

    /// It asks how its orders stand; `false` where it did so before on that day.
    pub(crate) async fn read(
        change: &Transaction,
        id: &str,
        today: Date,
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE suggestion_platform SET read_on = $1 WHERE id = $2 AND read_on < $1";
        Ok(change.run(sql, vec![today.to_string().into(), id.into()]).await? == 1)
    }

    /// Takes its credential back; `false` where that was done before.
    pub(crate) async fn end(
        change: &Transaction,
        (id, at): (&str, &str),
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE suggestion_platform SET ended_at = $1 WHERE id = $2 AND ended_at IS NULL";
        Ok(change.run(sql, vec![at.into(), id.into()]).await? == 1)
    }
}
