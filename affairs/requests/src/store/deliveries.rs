//! 送达: how each letter left, when it arrived, and what proves it.

use law::Date;
use requests_rules::{Delivery, ServingMethod};
use store::{FromQueryResult, Statements, StoreError, Transaction};

use super::writing::{self, Columns, day, known_day, read, stored, word};

/// A letter on its way or arrived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterDelivery {
    /// Its key.
    pub id: String,
    /// The request.
    pub request: String,
    /// The letter.
    pub letter: String,
    /// How, when sent, when arrived, what proves it.
    pub delivery: Delivery,
    /// 送达之日, once it is proved.
    pub served_on: Option<Date>,
    /// The file that proves it.
    pub evidence: Option<String>,
    /// The number of the post or of the slip; empty for none.
    pub slip: String,
    /// Who sent it.
    pub name: String,
}

#[derive(FromQueryResult)]
struct Row {
    id: String,
    request: String,
    letter: String,
    method: String,
    sent_on: String,
    arrived_on: Option<String>,
    served_on: Option<String>,
    proof: Option<String>,
    evidence: Option<String>,
    slip: String,
    name: String,
}

const SELECT: &str = "SELECT id, request, letter, method, sent_on, arrived_on, served_on, proof, evidence, \
                      slip, name FROM request_delivery";

impl LetterDelivery {
    /// The deliveries of a request, the oldest first.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of(from: &impl Statements, request: &str) -> Result<Vec<Self>, StoreError> {
        let sql = format!("{SELECT} WHERE request = $1 ORDER BY id");
        let rows: Vec<Row> = from.all(&sql, vec![request.into()]).await?;
        Ok(rows.into_iter().filter_map(Row::delivery).collect())
    }

    /// A delivery of a request.
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
        Ok(row.and_then(Row::delivery))
    }

    pub(crate) async fn add(
        &self,
        change: &Transaction,
        (person, at): (&str, &str),
    ) -> Result<(), StoreError> {
        let delivery = &self.delivery;
        let columns: Columns = vec![
            ("id", self.id.clone().into()),
            ("request", self.request.clone().into()),
            ("letter", self.letter.clone().into()),
            ("method", word(delivery.method).into()),
            ("sent_on", delivery.sent.to_string().into()),
            ("arrived_on", stored(delivery.arrived)),
            ("served_on", stored(self.served_on)),
            ("proof", delivery.proof.map(word).into()),
            ("evidence", self.evidence.clone().into()),
            ("slip", self.slip.clone().into()),
            ("person", person.into()),
            ("name", self.name.clone().into()),
            ("at", at.into()),
        ];
        writing::add(change, "request_delivery", columns).await
    }

    /// Keeps that it arrived; `false` where that was shown already.
    pub(crate) async fn arrive(&self, change: &Transaction) -> Result<bool, StoreError> {
        let sql =
            "UPDATE request_delivery SET arrived_on = $1, served_on = $2, proof = $3, evidence = $4
                    WHERE id = $5 AND served_on IS NULL";
        let values = vec![
            stored(self.delivery.arrived),
            stored(self.served_on),
            self.delivery.proof.map(word).into(),
            self.evidence.clone().into(),
            self.id.clone().into(),
        ];
        Ok(change.run(sql, values).await? == 1)
    }
}

impl Row {
    fn delivery(self) -> Option<LetterDelivery> {
        let method: ServingMethod = read(&self.method)?;
        Some(LetterDelivery {
            delivery: Delivery {
                method,
                sent: known_day(&self.sent_on),
                arrived: day(&self.arrived_on),
                proof: self.proof.as_deref().and_then(read),
            },
            served_on: day(&self.served_on),
            id: self.id,
            request: self.request,
            letter: self.letter,
            evidence: self.evidence,
            slip: self.slip,
            name: self.name,
        })
    }
}
