//! Lists of consultations: what is open, what waits for its answers, what is answered.

use law::Date;
use store::{FromQueryResult, Statements, StoreError, Value};

use super::Consultation;
use super::announced::{self, Mark};
use super::consultation::{BRIEF, Row, SELECT};

/// A part of the public list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shelf {
    /// 征求中, the one that ends first first.
    Open,
    /// 已截止, the newest first.
    Closed,
    /// 已反馈, the newest first.
    Answered,
}

impl Shelf {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Open, Self::Closed, Self::Answered];

    /// As an address says it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Open => "zhengqiu",
            Self::Closed => "jiezhi",
            Self::Answered => "fankui",
        }
    }

    /// As people read it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Open => "正在征求",
            Self::Closed => "已截止，正在研究",
            Self::Answered => "已公布采纳情况",
        }
    }

    /// The shelf of an address.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|shelf| shelf.word() == word)
    }

    /// Which rows stand on it, on day `$1`.
    fn condition(self) -> &'static str {
        match self {
            Self::Open => "c.state = 'open' AND c.ends_on >= $1",
            Self::Closed => "(c.state = 'open' AND c.ends_on < $1 OR c.state = 'answers_review')",
            Self::Answered => "c.state = 'answered' AND c.answered_on <= $1",
        }
    }

    /// The day by which it is in order, and how later pages follow.
    fn order(self) -> (&'static str, &'static str) {
        match self {
            Self::Open => ("c.ends_on", ">"),
            Self::Closed => ("c.ends_on", "<"),
            Self::Answered => ("c.answered_on", "<"),
        }
    }
}

/// What the site map for machines tells of one.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Mapped {
    /// Its key.
    pub id: String,
    /// The day of the notice.
    pub opened_on: Option<String>,
    /// The day of the answers.
    pub answered_on: Option<String>,
}

impl Mapped {
    /// The public ones of a division; at most so many.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of_division(
        from: &impl Statements,
        division: &str,
        most: i64,
    ) -> Result<Vec<Self>, StoreError> {
        let sql = "SELECT id, opened_on, answered_on FROM consultation
                    WHERE division = $1 AND state IN ('open', 'answers_review', 'answered') AND withdrawn_on IS NULL
                    ORDER BY id DESC LIMIT $2";
        from.all(sql, vec![division.into(), most.into()]).await
    }
}

impl Consultation {
    /// A page of a shelf, of the divisions of a site; with the mark of the next page.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn shelf(
        from: &impl Statements,
        (shelf, range): (Shelf, (&str, &str)),
        today: Date,
        (after, most): (Option<&Mark>, usize),
    ) -> Result<(Vec<Self>, Option<Mark>), StoreError> {
        let (day, later) = shelf.order();
        let values = vec![today.to_string().into(), range.0.into(), range.1.into()];
        let select = format!(
            "{BRIEF} WHERE {} AND c.withdrawn_on IS NULL AND c.division BETWEEN $2 AND $3",
            shelf.condition()
        );
        let day_of = move |last: &Self| match shelf {
            Shelf::Answered => last.answered_on,
            _ => last.ends_on,
        };
        announced::page(from, (&select, values), (day, later), (after, most), day_of).await
    }

    /// Those of the divisions of a site that are answered and whose decision is read at an address below it, the newest
    /// first; at most twenty.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn led_to(
        from: &impl Statements,
        path: &str,
        (low, high): (&str, &str),
    ) -> Result<Vec<Self>, StoreError> {
        let sql = format!(
            "{BRIEF} WHERE c.final_path <> '' AND c.final_path = $1 AND c.state = 'answered'
                AND c.withdrawn_on IS NULL AND c.division BETWEEN $2 AND $3
              ORDER BY c.answered_on DESC, c.id DESC LIMIT 20"
        );
        announced::all(from, &sql, vec![path.into(), low.into(), high.into()]).await
    }

    /// Where what was withdrawn since a day stood, the notice or its answers alone, and when, of the divisions of a site,
    /// the newest first; at most so many withdrawals.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn gone(
        from: &impl Statements,
        (low, high): (&str, &str),
        since: Date,
        most: i64,
    ) -> Result<Vec<(String, String)>, StoreError> {
        #[derive(FromQueryResult)]
        struct Gone {
            id: String,
            whole: i64,
            changed_at: String,
        }
        let sql = "SELECT id, CAST(CASE WHEN withdrawn_on IS NULL THEN 0 ELSE 1 END AS BIGINT) AS whole, changed_at
                     FROM consultation
                    WHERE division BETWEEN $1 AND $2
                      AND (withdrawn_on >= $3 OR answers_withdrawn_on >= $3 AND answered_on IS NULL)
                    ORDER BY changed_at DESC, id LIMIT $4";
        let values = vec![low.into(), high.into(), since.to_string().into(), most.into()];
        let rows: Vec<Gone> = from.all(sql, values).await?;
        let stood = |row: Gone| {
            let notice = format!("/yijian/{}", row.id);
            let answers = (format!("{notice}/jieguo"), row.changed_at.clone());
            let whole = (row.whole != 0).then_some((notice, row.changed_at));
            whole.into_iter().chain([answers])
        };
        Ok(rows.into_iter().flat_map(stood).collect())
    }

    /// An organ's, the newest first, after one; at most so many, and whether there are more.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of_organ(
        from: &impl Statements,
        organ: &str,
        (before, most): (Option<&str>, i64),
    ) -> Result<(Vec<Self>, bool), StoreError> {
        let sql = format!(
            "{BRIEF} WHERE c.organ = $1 AND c.id < $2 AND c.state <> 'dropped' ORDER BY c.id DESC LIMIT $3"
        );
        let values: Vec<Value> =
            vec![organ.into(), before.unwrap_or("g").into(), (most + 1).into()];
        let rows: Vec<Row> = from.all(&sql, values).await?;
        let mut found: Vec<Self> = rows.into_iter().map(Self::from).collect();
        let most = usize::try_from(most).unwrap_or(usize::MAX);
        let more = found.len() > most;
        found.truncate(most);
        Ok((found, more))
    }

    /// An organ's that are not at their end, for its to-dos.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn going_on(from: &impl Statements, organ: &str) -> Result<Vec<Self>, StoreError> {
        let sql = format!(
            "{BRIEF} WHERE c.organ = $1 AND c.state IN ('draft', 'review', 'open', 'answers_review')
                AND c.withdrawn_on IS NULL ORDER BY c.id DESC LIMIT 100"
        );
        announced::all(from, &sql, vec![organ.into()]).await
    }

    /// The public ones with a key after this, in the order of keys; for index and site map.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn public_after(
        from: &impl Statements,
        after: &str,
        most: i64,
    ) -> Result<Vec<Self>, StoreError> {
        let sql = format!(
            "{SELECT} WHERE c.id > $1 AND c.state IN ('open', 'answers_review', 'answered')
                AND c.withdrawn_on IS NULL ORDER BY c.id LIMIT $2"
        );
        announced::all(from, &sql, vec![after.into(), most.into()]).await
    }

    /// Public ones without a leaf in the log: notices, and those whose answers have none.
    pub(crate) async fn without_leaf(
        from: &impl Statements,
        (answers, most): (bool, i64),
    ) -> Result<Vec<Self>, StoreError> {
        let (states, tail) = match answers {
            true => ("'answered'", ":result"),
            false => ("'open', 'answers_review', 'answered'", ""),
        };
        let sql = format!(
            "{SELECT} WHERE c.state IN ({states}) AND c.withdrawn_on IS NULL
                AND NOT EXISTS (SELECT 1 FROM log_leaf l WHERE l.subject = 'consultation:' || c.id || '{tail}')
              ORDER BY c.id LIMIT $1"
        );
        announced::all(from, &sql, vec![most.into()]).await
    }

    /// The newest of an organ in a state, for examples of pages.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn example(
        from: &impl Statements,
        organ: Option<&str>,
        answered: bool,
    ) -> Result<Option<String>, StoreError> {
        let state = if answered { "answered" } else { "open" };
        let sql = "SELECT id FROM consultation WHERE state = $1 AND ($2 = '' OR organ = $2) AND withdrawn_on IS NULL
                    ORDER BY ends_on DESC LIMIT 1";
        let values = vec![state.into(), organ.unwrap_or_default().into()];
        announced::key(from, sql, values).await
    }
}
