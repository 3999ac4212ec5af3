//! 台账: the requests of an organ in pages, and how many of each kind there are.

use law::Date;
use store::{FromQueryResult, Statements, StoreError, Value};

use super::CaseError;
use super::filings::{COLUMNS, Filing, FilingState, Row};

/// Which requests of an organ are listed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Query {
    /// Closed ones, the newest first; otherwise open ones, the most urgent first.
    pub closed: bool,
    /// Only in this state.
    pub state: Option<FilingState>,
    /// Only whose last day is past on this day.
    pub overdue_on: Option<Date>,
    /// Only those of this 经办人, by key.
    pub officer: Option<String>,
    /// Only what is open to these.
    pub theirs: Option<Theirs>,
    /// Only whose number or title has these words.
    pub words: Option<String>,
    /// After this one.
    pub after: Option<Mark>,
}

/// Whose requests are wanted: those of an officer together with what nobody has taken, those of a unit.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Theirs {
    /// 经办人, by key; whoever he stands in for too. Empty for no officer.
    pub officers: Vec<String>,
    /// 科室; empty for none.
    pub unit: String,
}

/// Where a page ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// The day by which the list is in order, as stored.
    pub on: String,
    /// The key.
    pub id: String,
}

/// A row of the list.
pub type Line = Filing;

/// A page of the register.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Page {
    /// Its rows.
    pub lines: Vec<Line>,
    /// Where the next page begins; none at the end.
    pub next: Option<Mark>,
}

/// How many requests of an organ stand how.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, FromQueryResult)]
pub struct Tally {
    /// Open ones.
    pub open: i64,
    /// Waiting to be confirmed.
    pub unconfirmed: i64,
    /// Running, and the last day is past.
    pub overdue: i64,
    /// Running, and the last day is one of the next (see [`Page::tally`]).
    pub soon: i64,
    /// Standing still: opinions, corrections, payments awaited.
    pub stopped: i64,
    /// The applicant let his period pass; a decision waits.
    pub lapsed: i64,
}

#[derive(FromQueryResult)]
struct Sorted {
    id: String,
    sort_on: String,
}

impl Page {
    /// A page of so many rows.
    ///
    /// # Errors
    /// The database refuses, or a row cannot be read.
    pub async fn of(
        from: &impl Statements,
        organ: &str,
        query: &Query,
        rows: u16,
    ) -> Result<Self, CaseError> {
        let (sql, values) = query.sql(organ, rows + 1);
        let mut found: Vec<Sorted> = from.all(&sql, values).await?;
        let more = found.len() > usize::from(rows);
        found.truncate(usize::from(rows));
        let next = found.last().filter(|_| more);
        let next = next.map(|last| Mark { on: last.sort_on.clone(), id: last.id.clone() });
        Ok(Self { lines: Self::lines(from, &found).await?, next })
    }

    async fn lines(from: &impl Statements, found: &[Sorted]) -> Result<Vec<Line>, CaseError> {
        if found.is_empty() {
            return Ok(Vec::new());
        }
        let marks: Vec<_> = (1..=found.len()).map(|at| format!("${at}")).collect();
        let sql = format!("SELECT {COLUMNS} FROM request r WHERE r.id IN ({})", marks.join(", "));
        let values = found.iter().map(|one| one.id.clone().into()).collect();
        let rows: Vec<Row> = from.all(&sql, values).await?;
        let mut lines = rows.into_iter().map(Row::filing).collect::<Result<Vec<_>, _>>()?;
        let place = |id: &str| found.iter().position(|one| one.id == id);
        lines.sort_by_key(|line| place(&line.id));
        Ok(lines)
    }

    /// How many stand how, `soon` until that day.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn tally(
        from: &impl Statements,
        organ: &str,
        (today, soon): (Date, Date),
    ) -> Result<Tally, StoreError> {
        let count = |what: &str| {
            format!("CAST(COALESCE(SUM(CASE WHEN {what} THEN 1 ELSE 0 END), 0) AS BIGINT)")
        };
        let sql = format!(
            "SELECT COUNT(*) AS open, {} AS unconfirmed, {} AS overdue, {} AS soon, {} AS stopped,
                    {} AS lapsed
               FROM request WHERE organ = $1 AND open = 1",
            count("state = 'unconfirmed'"),
            count("state = 'running' AND due_on < $2"),
            count("state = 'running' AND due_on >= $2 AND due_on <= $3"),
            count("state IN ('opinion', 'correction', 'payment')"),
            count("state = 'lapsed'"),
        );
        let values = vec![organ.into(), today.to_string().into(), soon.to_string().into()];
        Ok(from.one(&sql, values).await?.unwrap_or_default())
    }
}

impl Theirs {
    /// What is theirs, after so many values.
    fn clause(&self, before: usize) -> (String, Vec<Value>) {
        let (mut any, mut values): (Vec<String>, Vec<Value>) = (Vec::new(), Vec::new());
        if !self.officers.is_empty() {
            any.push("r.officer = ''".to_owned());
        }
        for officer in &self.officers {
            values.push(officer.clone().into());
            any.push(format!("r.officer = ${}", before + values.len()));
        }
        if !self.unit.is_empty() {
            values.push(self.unit.clone().into());
            any.push(format!("r.unit = ${}", before + values.len()));
        }
        if any.is_empty() {
            any.push("1 = 0".to_owned());
        }
        (format!(" AND ({})", any.join(" OR ")), values)
    }
}

impl Query {
    /// The statement for the keys of so many rows.
    fn sql(&self, organ: &str, rows: u16) -> (String, Vec<Value>) {
        let (filter, mut values) = self.filter(organ);
        let order = if self.closed { "DESC" } else { "ASC" };
        values.push(i64::from(rows).into());
        let most = values.len();
        let sql = format!(
            "SELECT r.id, r.sort_on FROM request r WHERE {filter}
              ORDER BY r.sort_on {order}, r.id {order} LIMIT ${most}"
        );
        (sql, values)
    }

    fn filter(&self, organ: &str) -> (String, Vec<Value>) {
        let mut values: Vec<Value> = vec![organ.into(), i64::from(!self.closed).into()];
        // A state is open or closed as a whole: its own index leads along it, not that of what is open.
        let by_state = self.state.is_some() || self.overdue_on.is_some();
        let open = if by_state { "r.open + 0" } else { "r.open" };
        let mut filter = format!("r.organ = $1 AND {open} = $2");
        let mut also = |clause: &str, value: Value| {
            values.push(value);
            filter += &clause.replace("$?", &format!("${}", values.len()));
        };
        if let Some(state) = self.state {
            also(" AND r.state = $?", state.word().into());
        }
        if let Some(day) = self.overdue_on {
            // What runs stands in the list by its last day (`Projection::sort_on`): in order as it is.
            also(" AND r.state = 'running' AND r.sort_on < $?", day.to_string().into());
        }
        if let Some(officer) = &self.officer {
            also(" AND r.officer = $?", officer.clone().into());
        }
        if let Some(words) = self.words.as_ref().filter(|words| !words.trim().is_empty()) {
            let like = words.trim().replace(['%', '_', '\\'], "");
            also(" AND (r.title LIKE $? OR r.number LIKE $?)", format!("%{like}%").into());
        }
        if let Some(mark) = &self.after {
            let than = if self.closed { "<" } else { ">" };
            also(&format!(" AND r.sort_on {than}= $?"), mark.on.clone().into());
            let on = values.len();
            values.push(mark.id.clone().into());
            let id = values.len();
            filter += &format!(" AND (r.sort_on {than} ${on} OR r.id {than} ${id})");
        }
        if let Some(theirs) = &self.theirs {
            let (clause, its) = theirs.clause(values.len());
            filter += &clause;
            values.extend(its);
        }
        (filter, values)
    }
}

/// 答复口径: answered requests of the organ for the same, the newest first, and those whose title is alike.
///
/// # Errors
/// The database refuses, or a row cannot be read.
pub async fn alike(
    from: &impl Statements,
    organ: &str,
    filing: &Filing,
) -> Result<Vec<Filing>, CaseError> {
    let title = filing.wanted.title.clone().unwrap_or_default();
    let head: String = title.chars().take(ALIKE).filter(|one| !"%_\\".contains(*one)).collect();
    let like = if head.chars().count() < ALIKE { String::new() } else { format!("%{head}%") };
    let sql = format!(
        "SELECT {COLUMNS} FROM request r
          WHERE r.organ = $1 AND r.id <> $2 AND r.state = 'answered'
            AND ((r.wish_mark <> '' AND r.wish_mark = $3) OR ($4 <> '' AND r.title LIKE $4))
          ORDER BY r.closed_on DESC, r.id DESC LIMIT 5"
    );
    let values =
        vec![organ.into(), filing.id.clone().into(), filing.wish_mark.clone().into(), like.into()];
    let rows: Vec<Row> = from.all(&sql, values).await?;
    rows.into_iter().map(Row::filing).collect()
}

/// So many letters at the head of a title make it alike: a decision of ours.
const ALIKE: usize = 6;

#[cfg(test)]
mod tests {
    use store::testing::{Folder, plan};
    use store::{Migrations, Place, Store};

    use super::*;

    #[tokio::test]
    async fn no_list_is_sorted_and_none_opens_rows_to_look_for_words() {
        let folder = Folder::new("register");
        let tables =
            [jobs::MIGRATIONS, identity::MIGRATIONS, ledger::MIGRATIONS, review::MIGRATIONS];
        let all = tables.into_iter().chain([crate::MIGRATIONS]).flatten().copied();
        let place = Place::File(folder.path().join("a.db"));
        let store = Store::open(&place, &Migrations::of(all)).await.expect("opens");
        let day = Date::constant(2026, 11, 26);
        let after = Some(Mark { on: "2026-03-01".into(), id: "1".into() });
        let words = || Some("号地块".to_owned());
        let running = Some(FilingState::Running);
        for (query, index) in [
            (Query::default(), "request_list"),
            (Query { after: after.clone(), ..Query::default() }, "request_list"),
            (Query { closed: true, after, ..Query::default() }, "request_list"),
            (Query { state: running, ..Query::default() }, "request_state"),
            (Query { overdue_on: Some(day), ..Query::default() }, "request_state"),
            (Query { officer: Some("陈".into()), ..Query::default() }, "request_officer"),
            (Query { words: words(), ..Query::default() }, "request_words"),
            (Query { closed: true, words: words(), ..Query::default() }, "request_words"),
        ] {
            let (sql, values) = query.sql("XM01002", 51);
            let told = plan(&store, &sql, values).await;
            assert_eq!(told.len(), 1, "{query:?}: {told:?}");
            let searched =
                told[0].starts_with("SEARCH r ") && told[0].contains(&format!(" {index} "));
            assert!(searched, "{query:?}: {told:?}");
            assert!(query.words.is_none() || told[0].contains("COVERING"), "{told:?}");
        }
    }
}
