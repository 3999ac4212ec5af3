//! Whose turn it is to be inspected.

use store::{FromQueryResult, Statements, StoreError, Transaction};

/// A site, and what is known of its inspections; all moments as stored.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Turn {
    /// The site's address prefix.
    pub base: String,
    /// When it was inspected last.
    pub made_at: Option<String>,
    /// Since when somebody waits for an inspection.
    pub asked_at: Option<String>,
    /// When the last one broke off.
    pub failed_at: Option<String>,
}

impl Turn {
    /// Every site's, the root first.
    pub(crate) async fn all(from: &impl Statements) -> Result<Vec<Self>, StoreError> {
        let sql = "SELECT s.base, max(i.made_at) AS made_at, t.asked_at, t.failed_at
                     FROM site s LEFT JOIN site_inspection i ON i.base = s.base
                     LEFT JOIN site_inspection_turn t ON t.base = s.base
                    GROUP BY s.base, t.asked_at, t.failed_at ORDER BY s.base";
        from.all(sql, vec![]).await
    }

    /// One site's; `None` where nobody waits and nothing broke off.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of(from: &impl Statements, base: &str) -> Result<Option<Self>, StoreError> {
        let sql = "SELECT base, NULL AS made_at, asked_at, failed_at
                     FROM site_inspection_turn WHERE base = $1";
        from.one(sql, vec![base.into()]).await
    }

    /// Somebody waits; whoever asks twice waits since the first time.
    pub(crate) async fn ask(change: &Transaction, base: &str, at: &str) -> Result<(), StoreError> {
        let sql =
            "INSERT INTO site_inspection_turn (base, asked_at, failed_at) VALUES ($1, $2, NULL)
                   ON CONFLICT (base) DO UPDATE
                      SET asked_at = COALESCE(site_inspection_turn.asked_at, $2), failed_at = NULL";
        change.run(sql, vec![base.into(), at.into()]).await.map(|_| ())
    }

    /// It broke off.
    pub(crate) async fn fail(change: &Transaction, base: &str, at: &str) -> Result<(), StoreError> {
        let sql =
            "INSERT INTO site_inspection_turn (base, asked_at, failed_at) VALUES ($1, NULL, $2)
                   ON CONFLICT (base) DO UPDATE SET asked_at = NULL, failed_at = $2";
        change.run(sql, vec![base.into(), at.into()]).await.map(|_| ())
    }

    /// It was inspected.
    pub(crate) async fn end(change: &Transaction, base: &str) -> Result<(), StoreError> {
        let sql = "DELETE FROM site_inspection_turn WHERE base = $1";
        change.run(sql, vec![base.into()]).await.map(|_| ())
    }
}
