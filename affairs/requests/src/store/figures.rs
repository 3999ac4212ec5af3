//! 年报的数: what tables 3 and 4 count, from the register, each number with the requests behind it. The room of
//! the reports hears of them through whoever introduces the two.

use law::Date;
use requests_rules::ApplicantClass;
use store::{FromQueryResult, Statements, StoreError, Value};

use super::remedies::{RemedyCase, RemedyKind, RemedyResult};
use super::writing::{day, known_day, read};

/// Requests of one class that came and went alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// The column of table 3.
    pub class: ApplicantClass,
    /// Received in the year; otherwise carried over into it.
    pub new: bool,
    /// The code of the answer with which it was closed in the year; none: carried over out of it.
    pub result: Option<String>,
    /// How many.
    pub count: i64,
}

/// A request as the report counts it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Registered {
    /// Its key.
    pub id: String,
    /// Its number.
    pub number: String,
    /// 收到之日.
    pub received: Date,
    /// The applicant's class.
    pub class: ApplicantClass,
    /// The code of its answer.
    pub result: Option<String>,
    /// The day it was closed.
    pub closed: Option<Date>,
    /// 复议 and suits against its answer: which, brought when, concluded when, with what result.
    pub remedies: Vec<(RemedyKind, Date, Option<Date>, Option<RemedyResult>)>,
}

/// Which requests stand behind a number of table 3.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Behind<'a> {
    /// 本年新收.
    New,
    /// 上年结转.
    CarriedIn,
    /// Closed in the year with one of these codes.
    Closed(&'a [&'a str]),
    /// All that were closed in the year.
    AllClosed,
    /// 结转下年度继续办理.
    CarriedOut,
}

#[derive(FromQueryResult)]
struct FigureRow {
    class: String,
    new: i64,
    result: Option<String>,
    count: i64,
}

#[derive(FromQueryResult)]
struct RegisteredRow {
    id: String,
    number: String,
    received_on: String,
    class: String,
    result: Option<String>,
    closed_on: Option<String>,
}

#[derive(FromQueryResult)]
struct Numbered {
    id: String,
    number: String,
}

/// The first and the last day of a year, as stored.
fn ends(year: i16) -> [Value; 2] {
    [format!("{year:04}-01-01").into(), format!("{year:04}-12-31").into()]
}

/// Whether the year counts request `r` at all: it was received by its end and not closed before it.
const COUNTED: &str =
    "r.organ = $1 AND r.received_on <= $3 AND (r.closed_on IS NULL OR r.closed_on >= $2)";

/// Whether the register of an organ had begun by the end of a year.
///
/// # Errors
/// The database refuses.
pub async fn knows(from: &impl Statements, organ: &str, year: i16) -> Result<bool, StoreError> {
    let sql = "SELECT CAST(CASE WHEN EXISTS (
                   SELECT 1 FROM request WHERE organ = $1 AND year <= $2) THEN 1 ELSE 0 END AS BIGINT)";
    let known = from.number(sql, vec![organ.into(), i64::from(year).into()]).await?;
    Ok(known == Some(1))
}

/// What table 3 counts of an organ's year, in one query.
///
/// # Errors
/// The database refuses.
pub async fn of_year(
    from: &impl Statements,
    organ: &str,
    year: i16,
) -> Result<Vec<Figure>, StoreError> {
    let sql = format!(
        "SELECT class, new, result, COUNT(*) AS count
           FROM (SELECT r.class, CAST(CASE WHEN r.received_on >= $2 THEN 1 ELSE 0 END AS BIGINT) AS new,
                        CASE WHEN r.closed_on <= $3 THEN r.result ELSE NULL END AS result
                   FROM request r WHERE {COUNTED}) counted
          GROUP BY class, new, result ORDER BY class, new, result"
    );
    let [first, last] = ends(year);
    let rows: Vec<FigureRow> = from.all(&sql, vec![organ.into(), first, last]).await?;
    let figure = |row: FigureRow| {
        Some(Figure {
            class: read(&row.class)?,
            new: row.new != 0,
            result: row.result,
            count: row.count,
        })
    };
    Ok(rows.into_iter().filter_map(figure).collect())
}

/// The answers of an organ's year by kind and class: `(code, class, count)`.
///
/// # Errors
/// The database refuses.
pub async fn results(
    from: &impl Statements,
    organ: &str,
    year: i16,
) -> Result<Vec<(String, ApplicantClass, i64)>, StoreError> {
    let mut results: Vec<(String, ApplicantClass, i64)> = Vec::new();
    for figure in of_year(from, organ, year).await? {
        let Some(code) = figure.result else { continue };
        match results.iter_mut().find(|one| one.0 == code && one.1 == figure.class) {
            Some(one) => one.2 += figure.count,
            None => results.push((code, figure.class, figure.count)),
        }
    }
    results.sort();
    Ok(results)
}

/// The key and number of each request behind a number of table 3; of one class, or of all.
///
/// # Errors
/// The database refuses.
pub async fn behind(
    from: &impl Statements,
    (organ, year): (&str, i16),
    (which, class): (Behind<'_>, Option<ApplicantClass>),
) -> Result<Vec<(String, String)>, StoreError> {
    let [first, last] = ends(year);
    let mut values: Vec<Value> = vec![organ.into(), first, last];
    let mut mark = |value: Value| {
        values.push(value);
        format!("${}", values.len())
    };
    let which = match which {
        Behind::New => "r.received_on >= $2".to_owned(),
        Behind::CarriedIn => "r.received_on < $2".to_owned(),
        Behind::CarriedOut => "(r.closed_on IS NULL OR r.closed_on > $3)".to_owned(),
        Behind::AllClosed => "r.closed_on <= $3".to_owned(),
        Behind::Closed(codes) => {
            let marks: Vec<String> = codes.iter().map(|code| mark((*code).into())).collect();
            format!("r.closed_on <= $3 AND r.result IN ({})", marks.join(", "))
        }
    };
    let class = match class {
        Some(class) => format!("AND r.class = {}", mark(class.name().into())),
        None => String::new(),
    };
    let sql = format!(
        "SELECT r.id, r.number FROM request r WHERE {COUNTED} AND {which} {class} ORDER BY r.id"
    );
    let rows: Vec<Numbered> = from.all(&sql, values).await?;
    Ok(rows.into_iter().map(|row| (row.id, row.number)).collect())
}

/// Every request that tables 3 and 4 of an organ's year count, with its 复议 and suits; two queries.
///
/// # Errors
/// The database refuses.
pub async fn register(
    from: &impl Statements,
    organ: &str,
    year: i16,
) -> Result<Vec<Registered>, StoreError> {
    let sql = "
SELECT r.id, r.number, r.received_on, r.class, r.result, r.closed_on FROM request r
 WHERE r.organ = $1 AND r.received_on <= $3
   AND (r.closed_on IS NULL OR r.closed_on >= $2
        OR r.id IN (SELECT m.request FROM request_remedy m WHERE m.organ = $1 AND m.filed_on <= $3
                       AND (m.concluded_on IS NULL OR m.concluded_on >= $2)))
 ORDER BY r.id";
    let [first, last] = ends(year);
    let rows: Vec<RegisteredRow> = from.all(sql, vec![organ.into(), first, last]).await?;
    let mut register: Vec<Registered> =
        rows.into_iter().filter_map(RegisteredRow::registered).collect();
    let end = Date::new(year, 12, 31).unwrap_or(Date::MAX);
    for remedy in RemedyCase::of_organ(from, organ, end).await? {
        if let Ok(at) = register.binary_search_by(|one| one.id.cmp(&remedy.request)) {
            register[at].remedies.push((
                remedy.kind,
                remedy.filed_on,
                remedy.concluded_on,
                remedy.result,
            ));
        }
    }
    Ok(register)
}

/// The requests for which an organ was paid a fee or paid one back in a year.
///
/// # Errors
/// The database refuses.
pub async fn paying(
    from: &impl Statements,
    organ: &str,
    year: i16,
) -> Result<Vec<Registered>, StoreError> {
    let sql = "
SELECT r.id, r.number, r.received_on, r.class, r.result, r.closed_on FROM request r
 WHERE r.organ = $1
   AND r.id IN (SELECT f.request FROM request_fee f
                 WHERE (f.paid_on >= $2 AND f.paid_on <= $3)
                    OR (f.refunded_on >= $2 AND f.refunded_on <= $3))
 ORDER BY r.id";
    let [first, last] = ends(year);
    let rows: Vec<RegisteredRow> = from.all(sql, vec![organ.into(), first, last]).await?;
    Ok(rows.into_iter().filter_map(RegisteredRow::registered).collect())
}

impl RegisteredRow {
    fn registered(self) -> Option<Registered> {
        Some(Registered {
            class: read(&self.class)?,
            received: known_day(&self.received_on),
            closed: day(&self.closed_on),
            id: self.id,
            number: self.number,
            result: self.result,
            remedies: Vec::new(),
        })
    }
}
