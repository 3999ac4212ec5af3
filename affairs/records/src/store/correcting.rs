//! The one place where a record is changed after it was published: what it says, whether it is shown,
//! whether it holds. When it was published is not among it and never changes.

use law::Date;
use ledger::Desk;
use records_rules::Head;
use store::{FromQueryResult, Statements, StoreError, Transaction, Value, moment};

use super::Record;
use super::keeping::{NewRecord, belongings, said};

/// What a record said before it was corrected.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Former {
    /// 1 is what was published first.
    pub number: i64,
    /// Its title then.
    pub title: String,
    /// Its text then, with the marks of a manuscript.
    pub body: String,
    /// When it was corrected, as stored.
    pub replaced_at: String,
    /// Why, as the page says it.
    pub reason: String,
    /// 1 where the correction says that this and whatever was said before is shown no more.
    pub closed: i64,
}

impl Former {
    /// The corrections of a record, the newest first.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn all(from: &impl Statements, record: &str) -> Result<Vec<Self>, StoreError> {
        let sql = "SELECT number, title, body, replaced_at, reason, closed FROM record_former
                    WHERE record = $1 ORDER BY number DESC";
        from.all(sql, vec![record.into()]).await
    }
}

/// Keeps what a record said so far, and lets it say something else from now on: why, and whether what was said
/// so far is shown no more.
pub(crate) async fn correct(
    desk: &Desk,
    before: &Record,
    head: &Head,
    after: &NewRecord,
    (reason, closes): (&str, bool),
) -> Result<(), StoreError> {
    let change = desk.change();
    let json = |value: serde_json::Value| Value::from(value.to_string());
    let sql = "INSERT INTO record_former (record, number, title, body, head, files, replaced_at,
                                           reason, publication, closed)
               SELECT $1, COUNT(*) + 1, $2, $3, $4, $5, $6, $7, $8, CAST($9 AS BIGINT) FROM record_former WHERE record = $1";
    let values: Vec<Value> = vec![
        before.id.clone().into(),
        before.metadata.title.clone().into(),
        before.text.clone().into(),
        json(serde_json::json!(head)),
        json(serde_json::json!(before.attachments)),
        moment(desk.now()).into(),
        reason.into(),
        after.publication.clone().into(),
        i64::from(closes).into(),
    ];
    change.run(sql, values).await?;
    let (names, mut values): (Vec<_>, Vec<_>) = said(after).into_iter().unzip();
    let sets = names.iter().zip(1..).map(|(name, at)| format!("{name} = ${at}"));
    let sql = format!(
        "UPDATE record SET {} WHERE id = ${}",
        sets.collect::<Vec<_>>().join(", "),
        names.len() + 1
    );
    values.push(before.id.clone().into());
    change.run(&sql, values).await?;
    for table in ["record_statutory", "record_item", "record_attachment"] {
        let sql = format!("DELETE FROM {table} WHERE record = $1");
        change.run(&sql, vec![before.id.clone().into()]).await?;
    }
    belongings(change, after).await
}

/// Shows a record no longer, or again.
pub(crate) async fn show(
    change: &Transaction,
    record: &str,
    shown: bool,
) -> Result<(), StoreError> {
    let sql = "UPDATE record SET withdrawn = $1 WHERE id = $2";
    change.run(sql, vec![i64::from(!shown).into(), record.into()]).await.map(|_| ())
}

/// 废止: from a day on it no longer holds.
pub(crate) async fn repeal(
    change: &Transaction,
    record: &str,
    from: Date,
    by: Option<&str>,
) -> Result<(), StoreError> {
    let sql = "UPDATE record SET repealed_from = $1, repealed_by = $2 WHERE id = $3";
    let values: Vec<Value> =
        vec![from.to_string().into(), by.map(str::to_owned).into(), record.into()];
    change.run(sql, values).await.map(|_| ())
}
