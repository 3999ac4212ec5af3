//! 汇总范围: the organs whose reports a government's report adds up (docs/readings/133).

use law::Date;
use reports_rules::Member;
use store::{FromQueryResult, Statements, StoreError, Transaction};

/// An organ that could be added up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberLine {
    /// Its code.
    pub organ: String,
    /// Its name.
    pub name: String,
    /// What it is to the government.
    pub member: Member,
    /// Whether it is added up.
    pub counted: bool,
    /// Why, where that was decided otherwise than usual.
    pub reason: String,
    /// The version that is added up; `None` where it has published none.
    pub part: Option<String>,
}

#[derive(FromQueryResult)]
struct Row {
    organ: String,
    name: String,
    kind: String,
    counted: i64,
    reason: String,
    part: Option<String>,
}

impl MemberLine {
    /// Those of a version, in their order.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of(from: &impl Statements, version: &str) -> Result<Vec<Self>, StoreError> {
        let sql = "SELECT m.organ, o.name, o.kind, m.counted, m.reason, m.part
                     FROM annual_report_member m JOIN organ o ON o.code = m.organ
                    WHERE m.version = $1 ORDER BY m.organ";
        let rows: Vec<Row> = from.all(sql, vec![version.into()]).await?;
        let mut lines: Vec<Self> = rows.into_iter().filter_map(line).collect();
        lines.sort_by_key(|line| line.member);
        Ok(lines)
    }
}

fn line(row: Row) -> Option<MemberLine> {
    Some(MemberLine {
        member: Member::of_kind(&row.kind)?,
        counted: row.counted != 0,
        organ: row.organ,
        name: row.name,
        reason: row.reason,
        part: row.part,
    })
}

/// The organs below a government that stand on a day, each with its version on a year that is public now:
/// those of its own division, and of the divisions right below it towns, streets and governments.
///
/// # Errors
/// The database refuses.
pub async fn candidates(
    from: &impl Statements,
    government: &str,
    year: i16,
    day: Date,
) -> Result<Vec<MemberLine>, StoreError> {
    let sql = "
SELECT o.code AS organ, o.name, o.kind, CAST(0 AS BIGINT) AS counted, '' AS reason,
       (SELECT v.id FROM annual_report_version v JOIN annual_report r ON r.id = v.report
         WHERE r.organ = o.code AND r.year = $2 AND v.state = 'published'
         ORDER BY v.number DESC LIMIT 1) AS part
  FROM organ o
  JOIN organ g ON g.code = $1
  LEFT JOIN division d ON d.code = o.division
 WHERE o.code <> g.code
   AND ((o.division = g.division AND o.kind IN ('office', 'department', 'subdistrict', 'town'))
        OR (d.parent = g.division AND o.level = 'township'
            AND o.kind IN ('office', 'department', 'subdistrict', 'town'))
        OR (d.parent = g.division AND o.level <> 'township' AND o.kind = 'government'))
   AND (o.valid_from IS NULL OR o.valid_from <= $3)
   AND (o.valid_to IS NULL OR o.valid_to >= $3)
 ORDER BY o.code";
    let values = vec![government.into(), i64::from(year).into(), day.to_string().into()];
    let rows: Vec<Row> = from.all(sql, values).await?;
    let mut lines: Vec<MemberLine> = rows.into_iter().filter_map(line).collect();
    for line in &mut lines {
        line.counted = line.member.is_counted_by_default();
    }
    lines.sort_by_key(|line| line.member);
    Ok(lines)
}

/// Keeps the scope of a version anew.
pub(crate) async fn keep(
    change: &Transaction,
    version: &str,
    lines: &[MemberLine],
) -> Result<(), StoreError> {
    let sql = "DELETE FROM annual_report_member WHERE version = $1";
    change.run(sql, vec![version.into()]).await?;
    let row = |line: &MemberLine| {
        vec![
            version.into(),
            line.organ.clone().into(),
            i64::from(line.counted).into(),
            line.reason.clone().into(),
            line.part.clone().into(),
        ]
    };
    let columns = ["version", "organ", "counted", "reason", "part"];
    change.insert("annual_report_member", &columns, lines.iter().map(row).collect()).await
}
