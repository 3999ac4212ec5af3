//! 查阅: who read a masked file without working on it, and why.

use review::Signatory;
use store::{FromQueryResult, Statements, StoreError, Transaction};

use super::writing::{self, Columns};

/// Somebody of another office read a masked file.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Perusal {
    /// Who, the name.
    pub name: String,
    /// As what, by the word of the role.
    pub role: String,
    /// Why.
    pub reason: String,
    /// When, as stored.
    pub read_at: String,
}

impl Perusal {
    /// Who read the file of a request, the oldest first.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of(from: &impl Statements, request: &str) -> Result<Vec<Self>, StoreError> {
        let sql = "SELECT name, role, reason, read_at FROM request_perusal
                    WHERE request = $1 ORDER BY id";
        from.all(sql, vec![request.into()]).await
    }

    pub(crate) async fn add(
        &self,
        change: &Transaction,
        (request, by): (&str, &Signatory),
    ) -> Result<(), StoreError> {
        let columns: Columns = vec![
            ("id", writing::new_key().into()),
            ("request", request.into()),
            ("organ", by.organ.clone().into()),
            ("person", by.person.clone().into()),
            ("name", self.name.clone().into()),
            ("role", self.role.clone().into()),
            ("reason", self.reason.clone().into()),
            ("read_at", self.read_at.clone().into()),
        ];
        writing::add(change, "request_perusal", columns).await
    }
}
