//! 栏目保障.

use store::{FromQueryResult, Statements, StoreError, Transaction, Value};

/// What is settled of a column.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct KeptColumn {
    /// Its code: P20-01.
    pub name: String,
    /// The organ that keeps it.
    pub owner: String,
    /// That organ's short name.
    pub owner_name: String,
    /// Its class: news, documents, other.
    pub class: String,
    /// Something new within so many days.
    pub days: Option<i64>,
    /// 1: open although nothing is in it.
    pub opened: i64,
}

impl KeptColumn {
    /// All columns of a site of which something is settled.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn all(from: &impl Statements, base: &str) -> Result<Vec<Self>, StoreError> {
        let sql = "SELECT c.name, c.owner, o.short_name AS owner_name, c.class, c.days, c.opened
                     FROM site_column c JOIN organ o ON o.code = c.owner
                    WHERE c.base = $1 ORDER BY c.name";
        from.all(sql, vec![base.into()]).await
    }

    pub(crate) async fn set(
        &self,
        change: &Transaction,
        base: &str,
        at: &str,
    ) -> Result<(), StoreError> {
        let sql = "INSERT INTO site_column (base, name, owner, class, days, opened, set_at)
                   VALUES ($1, $2, $3, $4, $5, $6, $7)
                   ON CONFLICT (base, name) DO UPDATE
                      SET owner = $3, class = $4, days = $5, opened = $6, set_at = $7";
        let values: Vec<Value> = vec![
            base.into(),
            self.name.clone().into(),
            self.owner.clone().into(),
            self.class.clone().into(),
            self.days.into(),
            self.opened.into(),
            at.into(),
        ];
        change.run(sql, values).await.map(|_| ())
    }
}
