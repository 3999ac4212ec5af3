//! 起算事件 as people registered them.

use law::Date;
use serde::Serialize;
use store::{FromQueryResult, Statements, StoreError, Transaction};

/// An event about to be registered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEvent {
    /// Its key, time-ordered.
    pub id: String,
    /// The organ that owes the information.
    pub organ: String,
    /// The division that organ serves.
    pub division: String,
    /// The domain's slug.
    pub domain: String,
    /// The item's key.
    pub item: String,
    /// What happened, as people say it.
    pub words: String,
    /// The day it happened, or will.
    pub happened_on: Date,
}

/// A registered event.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult, Serialize)]
pub struct EventLine {
    /// Its key.
    pub id: String,
    /// The organ that owes the information.
    pub organ: String,
    /// The division that organ serves.
    pub division: String,
    /// The domain's slug.
    pub domain: String,
    /// The item's key.
    pub item: String,
    /// What happened, as people say it.
    pub words: String,
    /// The day it happened, or will, ISO.
    pub happened_on: String,
    /// Why it was withdrawn, if it was.
    pub ended_reason: Option<String>,
    /// When it was registered.
    pub registered_at: String,
    /// By whom.
    pub registered_by: String,
}

const COLUMNS: &str = "id, organ, division, domain, item, words, happened_on, ended_reason,
    registered_at, registered_by";

impl NewEvent {
    /// Keeps it.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn add(&self, change: &Transaction, at: &str, by: &str) -> Result<(), StoreError> {
        let columns = [
            "id",
            "organ",
            "division",
            "domain",
            "item",
            "words",
            "happened_on",
            "registered_at",
            "registered_by",
        ];
        let row = vec![
            self.id.clone().into(),
            self.organ.clone().into(),
            self.division.clone().into(),
            self.domain.clone().into(),
            self.item.clone().into(),
            self.words.clone().into(),
            self.happened_on.to_string().into(),
            at.into(),
            by.into(),
        ];
        change.insert("catalogue_event", &columns, vec![row]).await
    }
}

impl EventLine {
    /// One by its key.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn find(from: &impl Statements, id: &str) -> Result<Option<Self>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM catalogue_event WHERE id = $1");
        from.one(&sql, vec![id.into()]).await
    }

    /// Those of an organ, newest first, withdrawn ones included; at most `most`.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of_organ(
        from: &impl Statements,
        organ: &str,
        most: i64,
    ) -> Result<Vec<Self>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM catalogue_event WHERE organ = $1 ORDER BY id DESC LIMIT $2"
        );
        from.all(&sql, vec![organ.into(), most.into()]).await
    }

    /// Withdraws it; it stays, with the reason.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn end(&self, change: &Transaction, reason: &str) -> Result<(), StoreError> {
        let sql = "UPDATE catalogue_event SET ended_reason = $1 WHERE id = $2";
        change.run(sql, vec![reason.into(), self.id.clone().into()]).await?;
        Ok(())
    }
}
