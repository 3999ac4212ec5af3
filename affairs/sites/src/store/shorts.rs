//! 短链接.

use store::{FromQueryResult, Statements, StoreError, Transaction, Value};

/// A short address and where it leads.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct ShortLink {
    /// What stands after /w/.
    pub short: String,
    /// The site on which it was made.
    pub base: String,
    /// Where it leads: a full path, with the query.
    pub path: String,
    /// What it is for.
    pub words: String,
    /// The organ that made it.
    pub organ: String,
    /// When, as stored.
    pub made_at: String,
}

const SELECT: &str = "SELECT short, base, path, words, organ, made_at FROM site_short";

impl ShortLink {
    /// The one with that short address.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn find(from: &impl Statements, short: &str) -> Result<Option<Self>, StoreError> {
        from.one(&format!("{SELECT} WHERE short = $1"), vec![short.into()]).await
    }

    /// The one that leads to an address.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn to(from: &impl Statements, path: &str) -> Result<Option<Self>, StoreError> {
        from.one(&format!("{SELECT} WHERE path = $1"), vec![path.into()]).await
    }

    /// Those made on a site, newest first.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of_site(
        from: &impl Statements,
        base: &str,
        most: i64,
    ) -> Result<Vec<Self>, StoreError> {
        let sql = format!("{SELECT} WHERE base = $1 ORDER BY made_at DESC, short LIMIT $2");
        from.all(&sql, vec![base.into(), most.into()]).await
    }

    pub(crate) async fn add(&self, change: &Transaction) -> Result<(), StoreError> {
        let sql = "INSERT INTO site_short (short, base, path, words, organ, made_at)
                   VALUES ($1, $2, $3, $4, $5, $6)";
        let values: Vec<Value> = vec![
            self.short.clone().into(),
            self.base.clone().into(),
            self.path.clone().into(),
            self.words.clone().into(),
            self.organ.clone().into(),
            self.made_at.clone().into(),
        ];
        change.run(sql, values).await.map(|_| ())
    }
}
