//! 信息处理费, and what an applicant asked for in a month.

use law::Date;
use requests_rules::{CountedApplication, FeeMethod};
use store::{FromQueryResult, Statements, StoreError, Transaction};

use super::writing::{self, Columns, day, known_day, read, word};

/// A fee that was noticed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fee {
    /// Its key.
    pub id: String,
    /// The request.
    pub request: String,
    /// By which method.
    pub method: FeeMethod,
    /// 按件: the number of its first matter in the applicant's month; 按量: 1.
    pub first: u64,
    /// Of its last; 按量: pages.
    pub last: u64,
    /// 元.
    pub amount: u64,
    /// The sum by tiers.
    pub shown: String,
    /// The day of the notice.
    pub noticed_on: Date,
    /// When it was paid in full.
    pub paid_on: Option<Date>,
    /// 缴款凭证号; empty for none.
    pub voucher: String,
    /// When something of it was paid back last.
    pub refunded_on: Option<Date>,
    /// 元 paid back.
    pub refunded: u64,
}

#[derive(FromQueryResult)]
struct Row {
    id: String,
    request: String,
    method: String,
    first: i64,
    last: i64,
    amount: i64,
    shown: String,
    noticed_on: String,
    paid_on: Option<String>,
    voucher: String,
    refunded_on: Option<String>,
    refunded: i64,
}

impl Fee {
    /// Whether it was paid and something of it not paid back.
    pub const fn may_be_refunded(&self) -> bool {
        self.paid_on.is_some() && self.refunded < self.amount
    }

    /// Whether all of it was paid back, so that nothing was charged.
    pub const fn is_paid_back(&self) -> bool {
        self.refunded_on.is_some() && self.refunded >= self.amount
    }

    /// The fees of a request, the oldest first.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of(from: &impl Statements, request: &str) -> Result<Vec<Self>, StoreError> {
        let sql =
            "SELECT id, request, method, first, last, amount, shown, noticed_on, paid_on, voucher,
                          refunded_on, refunded FROM request_fee WHERE request = $1 ORDER BY id";
        let rows: Vec<Row> = from.all(sql, vec![request.into()]).await?;
        Ok(rows.into_iter().filter_map(Row::fee).collect())
    }

    /// 元 that an organ was paid in the days from one to another, less what it paid back in them; told in
    /// the annual report.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn collected(
        from: &impl Statements,
        organ: &str,
        (first, last): (Date, Date),
    ) -> Result<i64, StoreError> {
        let sql = "
SELECT CAST(COALESCE((SELECT SUM(f.amount) FROM request_fee f JOIN request r ON r.id = f.request
                       WHERE r.organ = $1 AND f.paid_on >= $2 AND f.paid_on <= $3), 0)
          - COALESCE((SELECT SUM(b.amount) FROM request_refund b JOIN request_fee f ON f.id = b.fee
                        JOIN request r ON r.id = f.request
                       WHERE r.organ = $1 AND b.refunded_on >= $2 AND b.refunded_on <= $3), 0)
       AS BIGINT)";
        let values = vec![organ.into(), first.to_string().into(), last.to_string().into()];
        Ok(from.number(sql, values).await?.unwrap_or_default())
    }

    pub(crate) async fn add(&self, change: &Transaction) -> Result<(), StoreError> {
        let number = |number: u64| i64::try_from(number).unwrap_or(i64::MAX).into();
        let columns: Columns = vec![
            ("id", self.id.clone().into()),
            ("request", self.request.clone().into()),
            ("method", word(self.method).into()),
            ("first", number(self.first)),
            ("last", number(self.last)),
            ("amount", number(self.amount)),
            ("shown", self.shown.clone().into()),
            ("noticed_on", self.noticed_on.to_string().into()),
            ("voucher", "".into()),
            ("refunded", 0i64.into()),
        ];
        writing::add(change, "request_fee", columns).await
    }

    pub(crate) async fn pay(
        &self,
        change: &Transaction,
        (on, voucher): (Date, &str),
    ) -> Result<bool, StoreError> {
        let sql =
            "UPDATE request_fee SET paid_on = $1, voucher = $2 WHERE id = $3 AND paid_on IS NULL";
        let values = vec![on.to_string().into(), voucher.into(), self.id.clone().into()];
        Ok(change.run(sql, values).await? == 1)
    }

    /// Keeps a part that was paid back; `false` where it is more than is left of what was paid.
    pub(crate) async fn refund(
        &self,
        change: &Transaction,
        (on, amount): (Date, u64),
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE request_fee SET refunded_on = $1, refunded = refunded + $2
                    WHERE id = $3 AND paid_on IS NOT NULL AND amount - refunded >= $2";
        let amount = i64::try_from(amount).unwrap_or(i64::MAX);
        let values = vec![on.to_string().into(), amount.into(), self.id.clone().into()];
        if change.run(sql, values).await? != 1 {
            return Ok(false);
        }
        let columns: Columns = vec![
            ("id", writing::new_key().into()),
            ("fee", self.id.clone().into()),
            ("refunded_on", on.to_string().into()),
            ("amount", amount.into()),
        ];
        writing::add(change, "request_refund", columns).await?;
        Ok(true)
    }
}

/// What one applicant asked an organ for in the days from one to another, by day of receipt and then in
/// the order of registration, each with the key of its request.
pub(crate) async fn of_applicant(
    from: &impl Statements,
    (organ, identity_mark): (&str, &str),
    (first, last): (Date, Date),
) -> Result<Vec<(String, CountedApplication)>, StoreError> {
    #[derive(FromQueryResult)]
    struct Counted {
        id: String,
        received_on: String,
        items: i64,
    }
    let sql = "
SELECT r.id, r.received_on, r.items FROM request r
 WHERE r.organ = $1 AND r.received_on >= $3 AND r.received_on <= $4
   AND $2 = (SELECT a.identity_mark FROM request_applicant a WHERE a.request = r.id ORDER BY a.id DESC LIMIT 1)
   AND r.id IN (SELECT b.request FROM request_applicant b WHERE b.identity_mark = $2)
 ORDER BY r.received_on, r.id";
    let values: Vec<store::Value> =
        vec![organ.into(), identity_mark.into(), first.to_string().into(), last.to_string().into()];
    let rows: Vec<Counted> = from.all(sql, values).await?;
    let counted = |row: Counted| {
        let application = CountedApplication {
            applicant: identity_mark.to_owned(),
            received: known_day(&row.received_on),
            items: u64::try_from(row.items).unwrap_or(1),
        };
        (row.id, application)
    };
    Ok(rows.into_iter().map(counted).collect())
}

impl Row {
    fn fee(self) -> Option<Fee> {
        let number = |number: i64| u64::try_from(number).unwrap_or_default();
        Some(Fee {
            method: read(&self.method)?,
            first: number(self.first),
            last: number(self.last),
            amount: number(self.amount),
            noticed_on: known_day(&self.noticed_on),
            paid_on: day(&self.paid_on),
            refunded_on: day(&self.refunded_on),
            refunded: number(self.refunded),
            id: self.id,
            request: self.request,
            shown: self.shown,
            voucher: self.voucher,
        })
    }
}
