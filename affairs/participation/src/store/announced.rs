//! 公布事项: what the room drafts, has reviewed and makes known to everybody: consultations, questionnaires, hearings,
//! interviews, gatherings, lists of decisions and reports. How each is kept differs in its table and its columns, which are
//! data here; what is done to the rows is written once.

use identity::Organ;
use law::Date;
use store::{FromQueryResult, Statements, StoreError, Transaction, Value};

use super::words_of;

/// What everything drafted here has: its key, whose it is, who wrote it, and how often it was changed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Head<'a> {
    /// Its key.
    pub id: &'a str,
    /// The organ's code.
    pub organ: &'a str,
    /// The 科室; empty where the organ has none.
    pub unit: &'a str,
    /// The natural persons who wrote it.
    pub authors: &'a [String],
    /// Grows with every change.
    pub version: i64,
}

/// The head of what has these fields.
macro_rules! head {
    () => {
        fn head(&self) -> $crate::store::Head<'_> {
            $crate::store::Head {
                id: &self.id,
                organ: &self.organ,
                unit: &self.unit,
                authors: &self.authors,
                version: self.version,
            }
        }
    };
}
pub(super) use head;

/// What of one is reviewed and made known together: the notice, the record, the answers.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Piece<S> {
    /// Where it stands while it is written,
    pub written: S,
    /// while it is reviewed,
    pub reviewed: S,
    /// and once it is public.
    pub public: S,
    /// The columns that keep its publication, its day and, where that is asked for, its moment.
    pub kept: (&'static str, &'static str, Option<&'static str>),
}

/// How a kind of 公布事项 is kept.
pub(crate) trait Announced: Sized {
    /// A row as it is read.
    type Row: FromQueryResult + Send + Into<Self>;
    /// What it says, as it is drafted.
    type Said;
    /// What the column `state` keeps.
    type State: Copy;

    /// The table.
    const TABLE: &'static str;
    /// All of each, and what its statement calls the key.
    const SELECT: &'static str;
    const KEY: &'static str;
    /// The columns of what it says.
    const SAID: &'static [&'static str];
    /// The columns that a new draft has empty, those that count from nought, and those that name nobody yet.
    const NOT_YET: (&'static [&'static str], &'static [&'static str], &'static [&'static str]);
    /// What a change of the draft takes back, as the statement says it; nothing where it ends the list.
    const TAKEN_BACK: &'static str = "";
    /// What is drafted first, and where it stands once it is given up.
    const NOTICE: Piece<Self::State>;
    /// Given up before it was public.
    const DROPPED: Self::State;

    /// Its head.
    fn head(&self) -> Head<'_>;
    /// A state as the column keeps it.
    fn word(state: Self::State) -> &'static str;
    /// What it says, in the order of [`Self::SAID`].
    fn said_values(said: &Self::Said) -> Vec<Value>;
}

/// One by its key.
pub(crate) async fn found<T: Announced>(
    from: &impl Statements,
    id: &str,
) -> Result<Option<T>, StoreError> {
    let sql = format!("{} WHERE {} = $1", T::SELECT, T::KEY);
    let row: Option<T::Row> = from.one(&sql, vec![id.into()]).await?;
    Ok(row.map(Into::into))
}

/// Those a statement names, in its order.
pub(super) async fn all<T: Announced>(
    from: &impl Statements,
    sql: &str,
    values: Vec<Value>,
) -> Result<Vec<T>, StoreError> {
    let rows: Vec<T::Row> = from.all(sql, values).await?;
    Ok(rows.into_iter().map(Into::into).collect())
}

/// The key a statement names, for examples of pages.
pub(super) async fn key(
    from: &impl Statements,
    sql: &str,
    values: Vec<Value>,
) -> Result<Option<String>, StoreError> {
    #[derive(FromQueryResult)]
    struct Id {
        id: String,
    }
    let found: Option<Id> = from.one(sql, values).await?;
    Ok(found.map(|row| row.id))
}

/// Holds its row until the act is sealed, so that nobody moves it on meanwhile. Its state stays out of the statement: what
/// is over would refuse even that.
pub(crate) async fn hold<T: Announced>(change: &Transaction, id: &str) -> Result<(), StoreError> {
    let sql = format!("UPDATE {} SET version = version WHERE id = $1", T::TABLE);
    change.run(&sql, vec![id.into()]).await.map(|_| ())
}

/// The next number that a column counts; its row is held until the act is sealed, so numbers are seen in their order.
pub(super) async fn next<T: Announced>(
    change: &Transaction,
    counted: &'static str,
    id: &str,
) -> Result<i64, StoreError> {
    let table = T::TABLE;
    let sql = format!("UPDATE {table} SET {counted} = {counted} + 1 WHERE id = $1");
    change.run(&sql, vec![id.into()]).await?;
    let sql = format!("SELECT {counted} FROM {table} WHERE id = $1");
    Ok(change.number(&sql, vec![id.into()]).await?.unwrap_or(1))
}

/// Takes a new draft in, with what its table keeps beside: columns and their values.
pub(crate) async fn add<T: Announced>(
    change: &Transaction,
    (id, organ, unit): (&str, &Organ, &str),
    said: &T::Said,
    (authors, at, demo): (&[String], &str, bool),
    beside: Vec<(&'static str, Value)>,
) -> Result<(), StoreError> {
    let mut row: Vec<(&'static str, Value)> = vec![
        ("id", id.into()),
        ("organ", organ.code.clone().into()),
        ("division", organ.division.clone().into()),
        ("unit", unit.into()),
        ("state", T::word(T::NOTICE.written).into()),
        ("authors", words_of(authors).into()),
        ("created_at", at.into()),
        ("changed_at", at.into()),
        ("demo", i64::from(demo).into()),
        ("version", 1_i64.into()),
    ];
    row.extend(beside);
    row.extend(T::SAID.iter().copied().zip(T::said_values(said)));
    let (empty, counted, persons) = T::NOT_YET;
    row.extend(empty.iter().map(|column| (*column, Value::from(""))));
    row.extend(counted.iter().map(|column| (*column, Value::from(0_i64))));
    row.extend(persons.iter().map(|column| (*column, Value::from(words_of(&[])))));
    let (columns, values): (Vec<&'static str>, Vec<Value>) = row.into_iter().unzip();
    change.insert(T::TABLE, &columns, vec![values]).await
}

/// Keeps what the draft says; `false` where somebody was first.
pub(crate) async fn keep<T: Announced>(
    change: &Transaction,
    of: Head<'_>,
    said: &T::Said,
    (authors, at): (&[String], &str),
) -> Result<bool, StoreError> {
    let mut values = T::said_values(said);
    let number = values.len();
    let told = T::SAID.iter().zip(1..).map(|(column, place)| format!("{column} = ${place}, "));
    let sql = format!(
        "UPDATE {table} SET {told}authors = ${authors}, changed_at = ${at}, {taken_back}version = version + 1
          WHERE id = ${id} AND version = ${version} AND state = 'draft'",
        table = T::TABLE,
        told = told.collect::<String>(),
        taken_back = T::TAKEN_BACK,
        authors = number + 1,
        at = number + 2,
        id = number + 3,
        version = number + 4,
    );
    values.extend([words_of(authors).into(), at.into(), of.id.into(), of.version.into()]);
    Ok(change.run(&sql, values).await? == 1)
}

/// From one state to the next; `false` where it is in another.
pub(crate) async fn turn<T: Announced>(
    change: &Transaction,
    id: &str,
    (from, to): (T::State, T::State),
    (returned, at): (&str, &str),
) -> Result<bool, StoreError> {
    let sql = format!(
        "UPDATE {} SET state = $1, returned = $2, changed_at = $3, version = version + 1
          WHERE id = $4 AND state = $5",
        T::TABLE
    );
    let (from, to) = (T::word(from), T::word(to));
    let values = vec![to.into(), returned.into(), at.into(), id.into(), from.into()];
    Ok(change.run(&sql, values).await? == 1)
}

/// A piece of it is public from now on, with what is noted beside: columns and their days; `false` where it was not under
/// review.
pub(crate) async fn appear<T: Announced>(
    change: &Transaction,
    id: &str,
    piece: &Piece<T::State>,
    (publication, on, at): (&str, Date, &str),
    beside: Option<(&'static str, Date)>,
) -> Result<bool, StoreError> {
    let (numbered, day, moment) = piece.kept;
    let moment = moment.map(|column| format!("{column} = $4, ")).unwrap_or_default();
    let more = beside.map(|(column, _)| format!("{column} = $7, ")).unwrap_or_default();
    let sql = format!(
        "UPDATE {} SET state = $1, {numbered} = $2, {day} = $3, {moment}{more}changed_at = $4, version = version + 1
          WHERE id = $5 AND state = $6",
        T::TABLE
    );
    let (from, to) = (T::word(piece.reviewed), T::word(piece.public));
    let mut values: Vec<Value> = vec![
        to.into(),
        publication.into(),
        on.to_string().into(),
        at.into(),
        id.into(),
        from.into(),
    ];
    values.extend(beside.map(|(_, day)| Value::from(day.to_string())));
    Ok(change.run(&sql, values).await? == 1)
}

/// Where a page of a list ended: the day and the key of its last row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// The day.
    pub day: String,
    /// The key.
    pub id: String,
}

impl Mark {
    /// As an address says it.
    pub fn word(&self) -> String {
        format!("{}_{}", self.day, self.id)
    }

    /// The mark of an address; none where it is none.
    pub fn parse(word: &str) -> Option<Self> {
        let (day, id) = word.split_once('_')?;
        day.parse::<Date>().ok()?;
        Some(Self { day: day.to_owned(), id: id.to_owned() })
    }
}

/// A page of a list: what a statement names, by a day and then by keys, from a mark on; at most so many, and the mark of
/// the next page. What comes later has the greater day where `later` is `>`, the smaller where it is `<`.
pub(super) async fn page<T: Announced>(
    from: &impl Statements,
    (select, mut values): (&str, Vec<Value>),
    (day, later): (&str, &str),
    (after, most): (Option<&Mark>, usize),
    day_of: impl Fn(&T) -> Option<Date>,
) -> Result<(Vec<T>, Option<Mark>), StoreError> {
    let key = T::KEY;
    let mut then = String::new();
    if let Some(mark) = after {
        let (first, second) = (values.len() + 1, values.len() + 2);
        then =
            format!("AND ({day} {later} ${first} OR {day} = ${first} AND {key} {later} ${second})");
        values.extend([mark.day.clone().into(), mark.id.clone().into()]);
    }
    let order = if later == "<" { "DESC" } else { "ASC" };
    let limit = values.len() + 1;
    values.push(i64::try_from(most + 1).unwrap_or(i64::MAX).into());
    let sql = format!("{select} {then} ORDER BY {day} {order}, {key} {order} LIMIT ${limit}");
    let mut found: Vec<T> = all(from, &sql, values).await?;
    let more = found.len() > most;
    found.truncate(most);
    let mark =
        |last: &T| Some(Mark { day: day_of(last)?.to_string(), id: last.head().id.to_owned() });
    let next = found.last().filter(|_| more).and_then(mark);
    Ok((found, next))
}

/// A list of words as it stands in a column.
pub(super) fn list_of(text: &str) -> Vec<String> {
    serde_json::from_str(text).unwrap_or_default()
}

/// A day as it stands in a column.
pub(super) fn date(text: Option<String>) -> Option<Date> {
    text.and_then(|day| day.parse().ok())
}

/// A day as a column of a draft keeps it: empty where it is open.
pub(super) fn day(day: Option<Date>) -> Value {
    day.map(|day| day.to_string()).unwrap_or_default().into()
}
