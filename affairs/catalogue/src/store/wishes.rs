//! 未满足的需求: what people looked for and did not find, until a person has dealt with it.

use store::{FromQueryResult, Statements, StoreError, Transaction, Value};
use web::{Wanted, WantedBy};

/// What became of a wish.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// 采纳: it becomes an item, or is published.
    Adopted,
    /// 已经公开, and it is said where.
    Answered,
    /// 不采纳, with the reason.
    Dismissed,
}

impl Verdict {
    /// Its word in tables.
    pub fn word(self) -> &'static str {
        match self {
            Self::Adopted => "adopted",
            Self::Answered => "answered",
            Self::Dismissed => "dismissed",
        }
    }
}

/// One wish, as it was found out in one way.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Wish {
    /// What was asked for.
    pub words: String,
    /// The division on whose site.
    pub division: String,
    /// How it was found out: search, request, reminder.
    pub source: String,
    /// How many times.
    pub times: i64,
    /// The first day, ISO.
    pub first_on: String,
    /// The last day, ISO.
    pub last_on: String,
    /// open, adopted, answered or dismissed.
    pub state: String,
    /// What the person who dealt with it wrote.
    pub note: Option<String>,
}

/// Which wishes a list holds; what is left empty does not narrow.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WishAsk {
    /// The division and what lies below it: the lowest and highest code.
    pub divisions: Option<(String, String)>,
    /// Those already dealt with as well.
    pub settled: bool,
    /// Leave out so many of the first.
    pub offset: i64,
    /// How many.
    pub most: i64,
}

/// How a source is stored.
fn source(source: WantedBy) -> &'static str {
    match source {
        WantedBy::Search => "search",
        WantedBy::Reminder => "reminder",
    }
}

impl Wish {
    /// A list, what was asked for most often first.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn list(from: &impl Statements, ask: &WishAsk) -> Result<Vec<Self>, StoreError> {
        let sql = "SELECT words, division, source, times, first_on, last_on, state, note
                     FROM unmet_wish
                    WHERE division BETWEEN $1 AND $2 AND ($3 = 1 OR state = 'open')
                    ORDER BY times DESC, words, division, source LIMIT $4 OFFSET $5";
        let all = || (String::new(), "9".repeat(13));
        let (low, high) = ask.divisions.clone().unwrap_or_else(all);
        let values = vec![
            low.into(),
            high.into(),
            i64::from(ask.settled).into(),
            ask.most.into(),
            ask.offset.into(),
        ];
        from.all(sql, values).await
    }

    /// Adds what was wanted on a day.
    ///
    /// # Errors
    /// The database refuses.
    pub(crate) async fn add(
        change: &Transaction,
        wanted: &[Wanted],
        day: &str,
    ) -> Result<(), StoreError> {
        let sql =
            "INSERT INTO unmet_wish (words, division, source, times, first_on, last_on, state)
                   VALUES ($1, $2, $3, $4, $5, $5, 'open')
                   ON CONFLICT (division, words, source) DO UPDATE
                      SET times = unmet_wish.times + excluded.times, last_on = excluded.last_on";
        for one in wanted {
            let values: Vec<Value> = vec![
                one.words.clone().into(),
                one.division.clone().into(),
                source(one.source).into(),
                one.times.into(),
                day.into(),
            ];
            change.run(sql, values).await?;
        }
        Ok(())
    }

    /// Closes the open wishes of a division with these words; says how many there were.
    ///
    /// # Errors
    /// The database refuses.
    pub(crate) async fn settle(
        change: &Transaction,
        (division, words): (&str, &str),
        verdict: Verdict,
        (note, link): (&str, Option<&str>),
    ) -> Result<u64, StoreError> {
        let sql = "UPDATE unmet_wish SET state = $1, note = $2, link = $3
                    WHERE division = $4 AND words = $5 AND state = 'open'";
        let note = Some(note.to_owned()).filter(|note| !note.is_empty());
        let values = vec![
            verdict.word().into(),
            note.into(),
            link.map(str::to_owned).into(),
            division.into(),
            words.into(),
        ];
        change.run(sql, values).await
    }
}

/// What was asked for in the same words on one division's site, however it was found out.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct WishLine {
    /// What was asked for.
    pub words: String,
    /// How many searches found nothing.
    pub searched: i64,
    /// How many times a reader said that it is missing.
    pub told: i64,
    /// The first day, ISO.
    pub first_day: String,
    /// The last day, ISO.
    pub last_day: String,
    /// open, adopted, answered or dismissed.
    pub verdict: String,
    /// What the person who dealt with it wrote.
    pub note: Option<String>,
    /// Where it is, if it was answered.
    pub link: Option<String>,
    /// How it was found out; of several ways the first by name.
    pub source: String,
}

/// Where a list goes on: the last line before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WishMark {
    /// Its last day, ISO.
    pub day: String,
    /// How many times it was asked for.
    pub times: i64,
    /// Its words.
    pub words: String,
    /// How it was found out: the same words may have been dealt with twice.
    pub source: String,
}

/// The columns of a line, from the wishes of one division.
const LINES: &str = "SELECT words,
            CAST(SUM(CASE WHEN source = 'search' THEN times ELSE 0 END) AS BIGINT) AS searched,
            CAST(SUM(CASE WHEN source = 'search' THEN 0 ELSE times END) AS BIGINT) AS told,
            MIN(first_on) AS first_day, MAX(last_on) AS last_day, state AS verdict,
            note, link, MIN(source) AS source
       FROM unmet_wish";

/// What makes one line: what was dealt with at different times stands apart, each with its own words.
const ONE_LINE: &str = "GROUP BY words, state, note, link";

impl WishLine {
    /// How many times in all.
    pub fn times(&self) -> i64 {
        self.searched + self.told
    }

    /// What was asked for on a division's site, what was asked for last first, and of one day what was
    /// asked for most often; those that wait for a person, or those dealt with.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn list(
        from: &impl Statements,
        division: &str,
        settled: bool,
        after: Option<&WishMark>,
        most: i64,
    ) -> Result<Vec<Self>, StoreError> {
        let sql = format!(
            "{LINES} WHERE division = $1 AND ((state = 'open' AND $2 = 0) OR (state <> 'open' AND $2 = 1))
              {ONE_LINE}
             HAVING MAX(last_on) < $3
                 OR (MAX(last_on) = $3 AND CAST(SUM(times) AS BIGINT) < $4)
                 OR (MAX(last_on) = $3 AND CAST(SUM(times) AS BIGINT) = $4 AND words > $5)
                 OR (MAX(last_on) = $3 AND CAST(SUM(times) AS BIGINT) = $4 AND words = $5 AND MIN(source) > $6)
              ORDER BY MAX(last_on) DESC, SUM(times) DESC, words, MIN(source) LIMIT $7"
        );
        let first = WishMark {
            day: "9999-12-31".into(),
            times: i64::MAX,
            words: String::new(),
            source: String::new(),
        };
        let after = after.unwrap_or(&first);
        let values = vec![
            division.into(),
            i64::from(settled).into(),
            after.day.clone().into(),
            after.times.into(),
            after.words.clone().into(),
            after.source.clone().into(),
            most.into(),
        ];
        from.all(&sql, values).await
    }

    /// What waits for a person under these words.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn open(
        from: &impl Statements,
        division: &str,
        words: &str,
    ) -> Result<Option<Self>, StoreError> {
        let sql =
            format!("{LINES} WHERE division = $1 AND words = $2 AND state = 'open' {ONE_LINE}");
        from.one(&sql, vec![division.into(), words.into()]).await
    }
}
