//! 保管、提供和移交、销毁: what is due, what went where, what was destroyed.

mod deposits;
mod destructions;

use law::Date;
use records_rules::{Deposit, Retention, transfer_through};
use store::{FromQueryResult, Statements, StoreError, Transaction, Value};

pub use deposits::DepositBatch;
pub use destructions::{Destruction, DestructionState};
pub(crate) use destructions::{
    destroyed_on, empty, is_destroyed, is_kept_elsewhere, is_original_of_kept, originals_of,
};

/// A record as those who keep files see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptRecord {
    /// Its key.
    pub id: String,
    /// Its title.
    pub title: String,
    /// 索引号.
    pub index: String,
    /// 成文日期.
    pub made_on: Date,
    /// 发布日期.
    pub published_on: Date,
    /// 保管期限; `None` where none was decided.
    pub retention: Option<Retention>,
    /// Whether it was withdrawn.
    pub withdrawn: bool,
    /// Whether everybody can see it.
    pub open: bool,
}

#[derive(FromQueryResult)]
struct Row {
    id: String,
    title: String,
    index_number: String,
    made_on: String,
    published_on: String,
    retention: Option<String>,
    withdrawn: i64,
    reach: String,
}

const KEPT: &str = "
SELECT r.id, r.title, r.index_number, r.made_on, r.published_on, r.retention, r.withdrawn, r.reach
  FROM record r";

const STANDS: &str = "NOT EXISTS (SELECT 1 FROM record_destroyed d WHERE d.record = r.id)";

/// Rows of one list: a decision of ours; what is done leaves it, and the next come up.
const AT_ONCE: i64 = 100;

impl KeptRecord {
    /// What an organ has published to everybody and not yet supplied, the oldest first.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn to_supply(from: &impl Statements, organ: &str) -> Result<Vec<Self>, StoreError> {
        let sql = format!(
            "{KEPT} WHERE r.organ = $1 AND {open} AND NOT EXISTS
                    (SELECT 1 FROM record_deposit_item i WHERE i.record = r.id AND i.kind = $2)
              ORDER BY r.published_at, r.id LIMIT $3",
            open = super::OPEN
        );
        let values = vec![organ.into(), Deposit::Supply.word().into(), AT_ONCE.into()];
        Self::all(from, &sql, values).await
    }

    /// What belongs in the archive by now and has not gone there, the oldest first.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn to_transfer(
        from: &impl Statements,
        organ: &str,
        of_city: bool,
        today: Date,
    ) -> Result<Vec<Self>, StoreError> {
        let Some(through) = transfer_through(of_city, today) else { return Ok(vec![]) };
        let sql = format!(
            "{KEPT} WHERE r.organ = $1 AND {open} AND r.made_on <= $2 AND r.retention IN ($3, $4)
                AND NOT EXISTS
                    (SELECT 1 FROM record_deposit_item i WHERE i.record = r.id AND i.kind = $5)
              ORDER BY r.made_on, r.id LIMIT $6",
            open = super::OPEN
        );
        let values = vec![
            organ.into(),
            through.to_string().into(),
            Retention::Permanent.name().into(),
            Retention::Thirty.name().into(),
            Deposit::Transfer.word().into(),
            AT_ONCE.into(),
        ];
        Self::all(from, &sql, values).await
    }

    /// What is kept for a time that is over, and waits for no decision, the oldest first.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn expired(
        from: &impl Statements,
        organ: &str,
        today: Date,
    ) -> Result<Vec<Self>, StoreError> {
        let year = |period: Retention| Value::from(period.over_through(today).map(i64::from));
        let sql = format!(
            "{KEPT} WHERE r.organ = $1 AND {STANDS}
                AND ((r.retention = $2 AND r.made_year <= $3)
                  OR (r.retention = $4 AND r.made_year <= $5))
                AND NOT EXISTS
                    (SELECT 1 FROM record_destruction_item i
                       JOIN record_destruction d ON d.id = i.destruction
                      WHERE i.record = r.id AND d.state = 'proposed')
              ORDER BY r.made_on, r.id LIMIT $6"
        );
        let values = vec![
            organ.into(),
            Retention::Thirty.name().into(),
            year(Retention::Thirty),
            Retention::Ten.name().into(),
            year(Retention::Ten),
            AT_ONCE.into(),
        ];
        Self::all(from, &sql, values).await
    }

    /// What has no period yet, the newest first.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn undecided(from: &impl Statements, organ: &str) -> Result<Vec<Self>, StoreError> {
        let sql = format!(
            "{KEPT} WHERE r.organ = $1 AND {STANDS} AND r.retention IS NULL
              ORDER BY r.published_at DESC, r.id DESC LIMIT $2"
        );
        Self::all(from, &sql, vec![organ.into(), AT_ONCE.into()]).await
    }

    /// One record of an organ.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn find(
        from: &impl Statements,
        organ: &str,
        id: &str,
    ) -> Result<Option<Self>, StoreError> {
        let sql = format!("{KEPT} WHERE r.organ = $1 AND r.id = $2");
        Ok(Self::all(from, &sql, vec![organ.into(), id.into()]).await?.pop())
    }

    /// Keeps another period for it.
    pub(crate) async fn keep_for(
        &self,
        change: &Transaction,
        period: Retention,
    ) -> Result<(), StoreError> {
        let sql = "UPDATE record SET retention = $1 WHERE id = $2";
        change.run(sql, vec![period.name().into(), self.id.clone().into()]).await.map(|_| ())
    }

    async fn all(
        from: &impl Statements,
        sql: &str,
        values: Vec<Value>,
    ) -> Result<Vec<Self>, StoreError> {
        let rows: Vec<Row> = from.all(sql, values).await?;
        let day = |text: &str| text.parse().unwrap_or(Date::MIN);
        let kept = |row: Row| Self {
            made_on: day(&row.made_on),
            published_on: day(&row.published_on),
            retention: row.retention.and_then(|text| text.parse().ok()),
            withdrawn: row.withdrawn != 0,
            open: row.withdrawn == 0 && row.reach == "whole",
            id: row.id,
            title: row.title,
            index: row.index_number,
        };
        Ok(rows.into_iter().map(kept).collect())
    }
}
