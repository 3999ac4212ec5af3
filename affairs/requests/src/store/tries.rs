//! 查询: the pair of query code and telephone tail, and how often wrong pairs were tried.

use store::{FromQueryResult, Statements, StoreError, Transaction};

/// What a query code belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tracked {
    /// 政府信息公开申请.
    Request,
    /// 投诉举报、申诉.
    Complaint,
    /// 更正申请.
    Rectification,
    /// 主动公开的建议.
    Suggestion,
}

/// What has that code, with what else is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coded {
    /// What it is.
    pub kind: Tracked,
    /// Its key.
    pub id: String,
    /// Its organ.
    pub organ: String,
    /// Its number, asked for where there is no telephone.
    pub number: String,
    /// The mark of the telephone's last four.
    pub tail_mark: Option<String>,
}

#[derive(FromQueryResult)]
struct Row {
    kind: String,
    id: String,
    organ: String,
    number: String,
    tail_mark: Option<String>,
}

impl Tracked {
    /// Its table, also in the places of its marks.
    pub(crate) const fn table(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Complaint => "request_complaint",
            Self::Rectification => "request_rectification",
            Self::Suggestion => "request_suggestion",
        }
    }

    /// All, in the order of [`Coded::find`].
    pub(crate) const ALL: [Self; 4] =
        [Self::Request, Self::Complaint, Self::Rectification, Self::Suggestion];
}

impl Coded {
    /// What has one of these marks of its code: one for each table, in the order of [`Tracked`].
    pub(crate) async fn find(
        from: &impl Statements,
        marks: [&str; 4],
    ) -> Result<Option<Self>, StoreError> {
        let of = |at: usize, table: &str| {
            format!(
                "SELECT '{table}' AS kind, id, organ, number, tail_mark FROM {table}
                  WHERE code_mark = ${at}"
            )
        };
        let each = Tracked::ALL.iter().enumerate();
        let each: Vec<String> = each.map(|(at, kind)| of(at + 1, kind.table())).collect();
        let sql = each.join(" UNION ALL ");
        let row: Option<Row> = from.one(&sql, marks.map(Into::into).to_vec()).await?;
        let kind_of = |table: &str| Tracked::ALL.into_iter().find(|kind| kind.table() == table);
        Ok(row.map(|row| Self {
            kind: kind_of(&row.kind).unwrap_or(Tracked::Request),
            id: row.id,
            organ: row.organ,
            number: row.number,
            tail_mark: row.tail_mark,
        }))
    }
}

/// Whether one of these marks was tried wrongly too often.
pub(crate) async fn any_locked(
    from: &impl Statements,
    marks: [&str; 2],
    now: &str,
) -> Result<bool, StoreError> {
    let sql = "SELECT COUNT(*) FROM request_wrong_try WHERE mark IN ($1, $2) AND locked_until > $3";
    let values = vec![marks[0].into(), marks[1].into(), now.into()];
    Ok(from.number(sql, values).await?.unwrap_or_default() > 0)
}

/// One more wrong try; after `most` within the time the mark is locked. Counted in the database, so that
/// tries at the same moment count each.
pub(crate) async fn count(
    change: &Transaction,
    mark: &str,
    most: i64,
    (now, until): (&str, &str),
) -> Result<(), StoreError> {
    let sql = "INSERT INTO request_wrong_try (mark, tries, since) VALUES ($1, 1, $2)
               ON CONFLICT (mark) DO UPDATE SET tries = request_wrong_try.tries + 1";
    change.run(sql, vec![mark.into(), now.into()]).await?;
    let sql =
        "UPDATE request_wrong_try SET tries = 0, locked_until = $1 WHERE mark = $2 AND tries >= $3";
    change.run(sql, vec![until.into(), mark.into(), most.into()]).await.map(|_| ())
}

/// Forgets what was tried before a time and is not locked any more.
pub(crate) async fn forget(
    change: &Transaction,
    before: &str,
    now: &str,
) -> Result<(), StoreError> {
    let sql = "DELETE FROM request_wrong_try
                WHERE since < $1 AND (locked_until IS NULL OR locked_until < $2)";
    change.run(sql, vec![before.into(), now.into()]).await.map(|_| ())
}
