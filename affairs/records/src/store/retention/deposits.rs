//! Batches that went to an archive or a library.

use law::Date;
use records_rules::Deposit;
use store::{FromQueryResult, Statements, StoreError, Transaction, Value};

use super::KeptRecord;
use crate::hand::Hand;

/// One batch, with its receipt once it has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DepositBatch {
    /// Its key.
    pub id: String,
    /// The organ that hands over.
    pub organ: String,
    /// How.
    pub kind: Deposit,
    /// The archive or library.
    pub receiver: String,
    /// When it was made up, as stored.
    pub made_at: String,
    /// By whom.
    pub made_name: String,
    /// How many records.
    pub number: i64,
    /// The number of the receipt, the day on it, who signed it there, who entered it.
    pub receipt: Option<[String; 4]>,
}

#[derive(FromQueryResult)]
struct Row {
    id: String,
    organ: String,
    kind: String,
    receiver: String,
    made_at: String,
    made_name: String,
    number: i64,
    receipt: Option<String>,
    received_on: Option<String>,
    received_from: Option<String>,
    noted_name: Option<String>,
}

const BATCH: &str = "
SELECT d.id, d.organ, d.kind, d.receiver, d.made_at, d.made_name, d.receipt, d.received_on,
       d.received_from, d.noted_name,
       (SELECT COUNT(*) FROM record_deposit_item i WHERE i.deposit = d.id) AS number
  FROM record_deposit d";

impl DepositBatch {
    /// The batches of an organ, those without a receipt first, then the newest.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of_organ(from: &impl Statements, organ: &str) -> Result<Vec<Self>, StoreError> {
        let sql = format!(
            "{BATCH} WHERE d.organ = $1
              ORDER BY CASE WHEN d.received_on IS NULL THEN 0 ELSE 1 END, d.id DESC LIMIT 100"
        );
        let rows: Vec<Row> = from.all(&sql, vec![organ.into()]).await?;
        Ok(rows.into_iter().map(Row::batch).collect())
    }

    /// The batch with that key.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn find(from: &impl Statements, id: &str) -> Result<Option<Self>, StoreError> {
        let row: Option<Row> =
            from.one(&format!("{BATCH} WHERE d.id = $1"), vec![id.into()]).await?;
        Ok(row.map(Row::batch))
    }

    /// What is in it, in the order of its list.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn records(&self, from: &impl Statements) -> Result<Vec<KeptRecord>, StoreError> {
        let sql = format!(
            "{} JOIN record_deposit_item i ON i.record = r.id
              WHERE i.deposit = $1 ORDER BY i.ordinal",
            super::KEPT
        );
        KeptRecord::all(from, &sql, vec![self.id.clone().into()]).await
    }

    pub(crate) async fn add(
        &self,
        change: &Transaction,
        by: &Hand,
        records: &[KeptRecord],
    ) -> Result<(), StoreError> {
        let names = ["id", "organ", "kind", "receiver", "made_at", "made_by", "made_name"];
        let row: [Value; 7] = [
            self.id.clone().into(),
            self.organ.clone().into(),
            self.kind.word().into(),
            self.receiver.clone().into(),
            self.made_at.clone().into(),
            by.person.clone().into(),
            by.name.clone().into(),
        ];
        change.insert("record_deposit", &names, vec![row.to_vec()]).await?;
        let rows = records.iter().zip(1_i64..).map(|(record, ordinal)| {
            let row: [Value; 4] = [
                self.id.clone().into(),
                ordinal.into(),
                record.id.clone().into(),
                self.kind.word().into(),
            ];
            row.to_vec()
        });
        let names = ["deposit", "ordinal", "record", "kind"];
        change.insert("record_deposit_item", &names, rows.collect()).await
    }

    /// Enters the receipt; `false` where it was entered already.
    pub(crate) async fn receive(
        &self,
        change: &Transaction,
        (number, on, from): (&str, Date, &str),
        by: &Hand,
        at: &str,
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE record_deposit SET receipt = $1, received_on = $2, received_from = $3,
                          noted_at = $4, noted_by = $5, noted_name = $6
                    WHERE id = $7 AND received_on IS NULL";
        let values: Vec<Value> = vec![
            number.into(),
            on.to_string().into(),
            from.into(),
            at.into(),
            by.person.clone().into(),
            by.name.clone().into(),
            self.id.clone().into(),
        ];
        Ok(change.run(sql, values).await? == 1)
    }
}

impl Row {
    fn batch(self) -> DepositBatch {
        let text = |text: Option<String>| text.unwrap_or_default();
        let receipt = self
            .received_on
            .map(|on| [text(self.receipt), on, text(self.received_from), text(self.noted_name)]);
        DepositBatch {
            kind: Deposit::parse(&self.kind).unwrap_or(Deposit::Supply),
            id: self.id,
            organ: self.organ,
            receiver: self.receiver,
            made_at: self.made_at,
            made_name: self.made_name,
            number: self.number,
            receipt,
        }
    }
}
