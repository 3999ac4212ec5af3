//! 未满足的需求: what people looked for and did not find, until a person has dealt with it.

use store::{FromQueryResult, Statements, StoreError, Transaction, Value};
use web::{Wanted, WantedBy};

/// What became of a wish.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// 采纳: it becomes an item, or is published.
    Adopted,
    /// 不采纳, with the reason.
    Dismissed,
}

impl Verdict {
    /// Its word in tables.
    pub fn word(self) -> &'static str {
        match self {
            Self::Adopted => "adopted",
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
    /// open, adopted or dismissed.
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
        note: &str,
    ) -> Result<u64, StoreError> {
        let sql = "UPDATE unmet_wish SET state = $1, note = $2
                    WHERE division = $3 AND words = $4 AND state = 'open'";
        let note = Some(note.to_owned()).filter(|note| !note.is_empty());
        let values = vec![verdict.word().into(), note.into(), division.into(), words.into()];
        change.run(sql, values).await
    }
}
