//! The letters themselves. What people wrote is only ever kept sealed.

use law::{Counted, Date};
use secrets::{Place, Refused, Sealer};
use serde::{Deserialize, Serialize};
use store::{FromQueryResult, Statements, StoreError, Transaction, Value};
use suggestions_rules::{
    Course, Difficulty, Extension, Satisfaction, SuggestionKind, SuggestionState,
};

use super::{kept_persons, persons_of};

/// What the writer wrote; only ever kept sealed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written {
    /// 标题.
    pub subject: String,
    /// 内容.
    pub words: String,
    /// What he calls himself; may be empty.
    pub name: String,
    /// How to reach him; may be empty.
    pub phone: String,
}

/// Where a letter came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Source {
    /// The entrance of a site.
    Web,
    /// 12345 政务服务便民热线.
    Hotline,
}

impl Source {
    /// As a column keeps it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Web => "web",
            Self::Hotline => "12345",
        }
    }

    /// As people read it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Web => "网站",
            Self::Hotline => "12345 热线",
        }
    }
}

/// A letter as the organ has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// Its key.
    pub id: String,
    /// Its number.
    pub number: String,
    /// The site it was written on.
    pub base: String,
    /// What kind it is.
    pub kind: SuggestionKind,
    /// Where it came from.
    pub source: Source,
    /// Its number where it came from.
    pub order_number: Option<String>,
    /// The organ that answers.
    pub organ: String,
    /// The 科室 it was given to; empty for the whole organ.
    pub unit: String,
    /// Where it stands.
    pub course: Course,
    /// How hard it is.
    pub difficulty: Difficulty,
    /// The natural persons who proposed the extension that waits.
    pub proposer: Vec<String>,
    /// What the writer says of the answer he rated last.
    pub rating: Option<Satisfaction>,
    /// Which answer that was: 1, and 2 where he asked again; 0 where he rated none.
    pub rated_round: i64,
    /// Whether the writer agrees to publication.
    pub consent: bool,
    /// The day it came.
    pub received_on: Date,
    /// The day from which the term is counted.
    pub counted_from: Date,
    /// The last day for an answer.
    pub due_on: Date,
    /// Whether that day is 暂定: it rests on a year whose holidays are not arranged yet.
    pub provisional: bool,
    /// The day of the first answer.
    pub answered_on: Option<Date>,
    /// By when that answer was owed.
    pub answer_due: Option<Date>,
    /// The day it ended.
    pub ended_on: Option<Date>,
    /// The first letter of which it is a duplicate.
    pub first: Option<String>,
    /// Who takes it where it is a petition; empty otherwise.
    pub handed_to: String,
    /// Whether it is 演示数据.
    pub demo: bool,
    pub(crate) tail_mark: String,
    pub(crate) words_mark: String,
    sealed: String,
    revision: i64,
}

#[derive(FromQueryResult)]
pub(super) struct Row {
    id: String,
    number: String,
    base: String,
    kind: String,
    source: String,
    order_number: Option<String>,
    organ: String,
    unit: String,
    state: String,
    difficulty: String,
    extension: String,
    proposer: String,
    again: i64,
    rating: String,
    rated_round: i64,
    consent: i64,
    received_on: String,
    counted_from: String,
    due_on: String,
    provisional: i64,
    answered_on: Option<String>,
    answer_due: Option<String>,
    ended_on: Option<String>,
    first: Option<String>,
    handed_to: String,
    sealed: String,
    tail_mark: String,
    words_mark: String,
    revision: i64,
    demo: i64,
}

pub(super) const SELECT: &str =
    "SELECT id, number, base, kind, source, order_number, organ, unit, state,
        difficulty, extension, proposer, again, rating, rated_round, consent, received_on, counted_from, due_on,
        provisional, answered_on, answer_due, ended_on, first, handed_to, sealed, tail_mark, words_mark, revision, demo
   FROM suggestion";

/// So many numbers are looked for at once.
const NUMBERS: usize = 500;

/// Where what was written is sealed.
fn place(id: &str) -> Place<'_> {
    Place::new("suggestion", id, "sealed")
}

/// What was written in a letter, by its key; nothing where it was taken out.
pub(super) fn open_written(sealer: &Sealer, id: &str, sealed: &str) -> Result<Written, Refused> {
    if sealed.is_empty() {
        return Ok(Written::default());
    }
    let text = sealer.open_text(place(id), sealed)?;
    Ok(serde_json::from_str(&text).unwrap_or_default())
}

fn day(text: &str) -> Date {
    text.parse().unwrap_or(Date::MIN)
}

fn perhaps(text: &Option<String>) -> Option<Date> {
    text.as_deref().and_then(|text| text.parse().ok())
}

/// Which answer it is that the writer has, or waits for.
const fn round_of(again: bool) -> i64 {
    if again { 2 } else { 1 }
}

impl From<Row> for Suggestion {
    fn from(row: Row) -> Self {
        let rating = Satisfaction::parse(&row.rating);
        Self {
            kind: SuggestionKind::parse(&row.kind).unwrap_or(SuggestionKind::Inquiry),
            source: if row.source == Source::Hotline.word() {
                Source::Hotline
            } else {
                Source::Web
            },
            course: Course {
                state: SuggestionState::parse(&row.state).unwrap_or(SuggestionState::Withdrawn),
                extension: Extension::parse(&row.extension).unwrap_or(Extension::Granted),
                again: row.again != 0,
                rated: rating.is_some() && row.rated_round == round_of(row.again != 0),
            },
            difficulty: Difficulty::parse(&row.difficulty).unwrap_or(Difficulty::Usual),
            proposer: persons_of(&row.proposer),
            rating,
            rated_round: row.rated_round,
            consent: row.consent != 0,
            received_on: day(&row.received_on),
            counted_from: day(&row.counted_from),
            due_on: day(&row.due_on),
            provisional: row.provisional != 0,
            answered_on: perhaps(&row.answered_on),
            answer_due: perhaps(&row.answer_due),
            ended_on: perhaps(&row.ended_on),
            demo: row.demo != 0,
            id: row.id,
            number: row.number,
            base: row.base,
            order_number: row.order_number,
            organ: row.organ,
            unit: row.unit,
            first: row.first,
            handed_to: row.handed_to,
            tail_mark: row.tail_mark,
            words_mark: row.words_mark,
            sealed: row.sealed,
            revision: row.revision,
        }
    }
}

/// A letter on its way into the table.
pub(crate) struct NewSuggestion<'a> {
    pub id: &'a str,
    pub number: &'a str,
    pub base: &'a str,
    pub kind: SuggestionKind,
    pub source: Source,
    pub order_number: Option<&'a str>,
    pub organ: &'a str,
    pub consent: bool,
    pub on: Date,
    pub counted_from: Date,
    pub due: Counted,
    pub key_mark: &'a str,
    pub code_mark: &'a str,
    pub tail_mark: &'a str,
    pub words_mark: &'a str,
    pub demo: bool,
}

/// The columns of a new letter; the others are empty until something happens to it.
const COLUMNS: [&str; 30] = [
    "id",
    "number",
    "base",
    "kind",
    "source",
    "order_number",
    "organ",
    "unit",
    "state",
    "open",
    "difficulty",
    "extension",
    "proposer",
    "again",
    "rating",
    "rated_round",
    "consent",
    "received_on",
    "counted_from",
    "due_on",
    "provisional",
    "sort_on",
    "handed_to",
    "sealed",
    "key_mark",
    "code_mark",
    "tail_mark",
    "words_mark",
    "revision",
    "demo",
];

/// So many letters are taken in by one statement.
const AT_ONCE: usize = 100;

impl NewSuggestion<'_> {
    pub(crate) fn sealed(&self, sealer: &Sealer, written: &Written) -> Result<String, Refused> {
        sealer.seal_text(place(self.id), &serde_json::json!(written).to_string())
    }

    /// Its row, in the order of [`COLUMNS`].
    pub(crate) fn row(&self, sealed: String) -> Vec<Value> {
        let received = SuggestionState::Received;
        vec![
            self.id.into(),
            self.number.into(),
            self.base.into(),
            self.kind.word().into(),
            self.source.word().into(),
            self.order_number.map(str::to_owned).into(),
            self.organ.into(),
            "".into(),
            received.word().into(),
            i64::from(received.is_open()).into(),
            Difficulty::Usual.word().into(),
            Extension::None.word().into(),
            kept_persons(&[]).into(),
            0_i64.into(),
            "".into(),
            0_i64.into(),
            i64::from(self.consent).into(),
            self.on.to_string().into(),
            self.counted_from.to_string().into(),
            self.due.date.to_string().into(),
            i64::from(self.due.provisional).into(),
            self.due.date.to_string().into(),
            "".into(),
            sealed.into(),
            self.key_mark.into(),
            self.code_mark.into(),
            self.tail_mark.into(),
            self.words_mark.into(),
            0_i64.into(),
            i64::from(self.demo).into(),
        ]
    }

    /// Takes letters in by their rows; says how many. Left out are those of whose form, or of whose order, another
    /// was first.
    pub(crate) async fn add(
        change: &Transaction,
        rows: Vec<Vec<Value>>,
    ) -> Result<usize, StoreError> {
        let (mut rows, mut added) = (rows.into_iter().peekable(), 0);
        while rows.peek().is_some() {
            let some: Vec<Vec<Value>> = rows.by_ref().take(AT_ONCE).collect();
            let sql = format!(
                "INSERT INTO suggestion ({}) VALUES {} ON CONFLICT DO NOTHING",
                COLUMNS.join(", "),
                change.rows_text(some.len(), COLUMNS.len())
            );
            added += change.run(&sql, some.into_iter().flatten().collect()).await?;
        }
        Ok(usize::try_from(added).unwrap_or(usize::MAX))
    }
}

impl Suggestion {
    /// Where the office works at it, below a site.
    pub fn desk_path(&self) -> String {
        format!("/gongzuo/liuyan/{}", self.id)
    }

    /// How often it has changed: what is decided on a page is decided of exactly this.
    pub const fn revision(&self) -> i64 {
        self.revision
    }

    /// Which answer it is that the writer has, or waits for: 1, and 2 where he asked again.
    pub const fn round(&self) -> i64 {
        round_of(self.course.again)
    }

    /// Whether what was written has been taken out.
    pub fn is_erased(&self) -> bool {
        self.sealed.is_empty()
    }

    /// What was written; nothing where it was taken out. The caller has asked the access policy.
    ///
    /// # Errors
    /// What is sealed cannot be opened.
    pub fn open(&self, sealer: &Sealer) -> Result<Written, Refused> {
        open_written(sealer, &self.id, &self.sealed)
    }

    async fn one(
        from: &impl Statements,
        clause: &str,
        values: Vec<Value>,
    ) -> Result<Option<Self>, StoreError> {
        let row: Option<Row> = from.one(&format!("{SELECT} WHERE {clause}"), values).await?;
        Ok(row.map(Self::from))
    }

    /// One of an organ.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn find(
        from: &impl Statements,
        organ: &str,
        id: &str,
    ) -> Result<Option<Self>, StoreError> {
        Self::one(from, "organ = $1 AND id = $2", vec![organ.into(), id.into()]).await
    }

    /// One by its key, whoever answers it.
    pub(crate) async fn with_id(
        from: &impl Statements,
        id: &str,
    ) -> Result<Option<Self>, StoreError> {
        Self::one(from, "id = $1", vec![id.into()]).await
    }

    /// One of an organ by its number.
    pub(crate) async fn numbered(
        from: &impl Statements,
        organ: &str,
        number: &str,
    ) -> Result<Option<Self>, StoreError> {
        Self::one(from, "organ = $1 AND number = $2", vec![organ.into(), number.into()]).await
    }

    /// The one that came by a form.
    pub(crate) async fn with_key(
        from: &impl Statements,
        key_mark: &str,
    ) -> Result<Option<Self>, StoreError> {
        Self::one(from, "key_mark = $1", vec![key_mark.into()]).await
    }

    /// Those that came from the hotline of a site with these numbers: two hotlines may number alike.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn with_orders(
        from: &impl Statements,
        base: &str,
        numbers: &[&str],
    ) -> Result<Vec<Self>, StoreError> {
        let mut found = Vec::new();
        for some in numbers.chunks(NUMBERS) {
            let marks: Vec<String> = (2..some.len() + 2).map(|at| format!("${at}")).collect();
            let sql = format!(
                "{SELECT} WHERE source = '12345' AND base = $1 AND order_number IN ({})",
                marks.join(", ")
            );
            let mut values: Vec<Value> = vec![base.into()];
            values.extend(some.iter().map(|number| Value::from(*number)));
            let rows: Vec<Row> = from.all(&sql, values).await?;
            found.extend(rows.into_iter().map(Self::from));
        }
        Ok(found)
    }

    /// The one with a query code.
    pub(crate) async fn with_code(
        from: &impl Statements,
        code_mark: &str,
    ) -> Result<Option<Self>, StoreError> {
        Self::one(from, "code_mark = $1", vec![code_mark.into()]).await
    }

    /// The earliest other letter of the organ with exactly the same words.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn same_before(&self, from: &impl Statements) -> Result<Option<Self>, StoreError> {
        let values =
            vec![self.organ.clone().into(), self.words_mark.clone().into(), self.id.clone().into()];
        // Words that were taken out are like none.
        let clause =
            "organ = $1 AND words_mark = $2 AND words_mark <> '' AND id < $3 AND first IS NULL
                      ORDER BY id LIMIT 1";
        Self::one(from, clause, values).await
    }

    /// Writes a change down; `false` where somebody was first.
    pub(crate) async fn change(
        &self,
        change: &Transaction,
        now: &Self,
    ) -> Result<bool, StoreError> {
        let state = now.course.state;
        let sort_on = if state.is_open() { Some(now.due_on) } else { now.ended_on };
        let text = |day: Option<Date>| day.map(|day| day.to_string());
        let sql =
            "UPDATE suggestion SET organ = $1, unit = $2, state = $3, open = $4, difficulty = $5,
                          extension = $6, proposer = $7, again = $8, rating = $9, consent = $10,
                          counted_from = $11, due_on = $12, answered_on = $13, answer_due = $14,
                          ended_on = $15, sort_on = $16, first = $17, handed_to = $18,
                          rated_round = $19, provisional = $20, revision = revision + 1
                    WHERE id = $21 AND revision = $22";
        let values: Vec<Value> = vec![
            now.organ.clone().into(),
            now.unit.clone().into(),
            state.word().into(),
            i64::from(state.is_open()).into(),
            now.difficulty.word().into(),
            now.course.extension.word().into(),
            kept_persons(&now.proposer).into(),
            i64::from(now.course.again).into(),
            now.rating.map_or("", Satisfaction::word).into(),
            i64::from(now.consent).into(),
            now.counted_from.to_string().into(),
            now.due_on.to_string().into(),
            text(now.answered_on).into(),
            text(now.answer_due).into(),
            text(now.ended_on).into(),
            sort_on.unwrap_or(now.due_on).to_string().into(),
            now.first.clone().into(),
            now.handed_to.clone().into(),
            now.rated_round.into(),
            i64::from(now.provisional).into(),
            self.id.clone().into(),
            self.revision.into(),
        ];
        Ok(change.run(sql, values).await? == 1)
    }

    /// Holds a letter as it is until the act is sealed.
    pub(crate) async fn hold(change: &Transaction, id: &str) -> Result<(), StoreError> {
        let sql = "UPDATE suggestion SET revision = revision WHERE id = $1";
        change.run(sql, vec![id.into()]).await.map(|_| ())
    }

    /// What waits with a last day that is 暂定; at most so many.
    pub(crate) async fn provisional(
        from: &impl Statements,
        most: i64,
    ) -> Result<Vec<Self>, StoreError> {
        let sql = format!("{SELECT} WHERE provisional = 1 AND open = 1 ORDER BY id LIMIT $1");
        let rows: Vec<Row> = from.all(&sql, vec![most.into()]).await?;
        Ok(rows.into_iter().map(Self::from).collect())
    }

    /// It is as hard as this, and its answer is owed by that day.
    pub(crate) fn owe(&mut self, difficulty: Difficulty, due: Counted) {
        (self.difficulty, self.due_on, self.provisional) = (difficulty, due.date, due.provisional);
    }

    /// What is joined to a letter, the oldest first.
    pub(crate) async fn joined_to(
        from: &impl Statements,
        first: &str,
    ) -> Result<Vec<Self>, StoreError> {
        let sql = format!("{SELECT} WHERE first = $1 ORDER BY id");
        let rows: Vec<Row> = from.all(&sql, vec![first.into()]).await?;
        Ok(rows.into_iter().map(Self::from).collect())
    }

    /// What is joined to one letter is joined to another from now on.
    pub(crate) async fn point_on(
        change: &Transaction,
        (from, to): (&str, &str),
    ) -> Result<(), StoreError> {
        let sql = "UPDATE suggestion SET first = $1, revision = revision + 1 WHERE first = $2";
        change.run(sql, vec![to.into(), from.into()]).await.map(|_| ())
    }

    /// Holds a letter whose writer agrees to publication until the act is sealed; `false` where he does not.
    pub(crate) async fn hold_agreed(change: &Transaction, id: &str) -> Result<bool, StoreError> {
        let sql = "UPDATE suggestion SET revision = revision WHERE id = $1 AND consent = 1";
        Ok(change.run(sql, vec![id.into()]).await? == 1)
    }

    /// Whether anything written is left of what ended before a day.
    pub(crate) async fn has_written_before(
        from: &impl Statements,
        day: Date,
    ) -> Result<bool, StoreError> {
        let sql = "SELECT CAST(1 AS BIGINT) FROM suggestion
                    WHERE ended_on < $1 AND sealed <> '' LIMIT 1";
        Ok(from.number(sql, vec![day.to_string().into()]).await?.is_some())
    }

    /// Takes out what was written in what ended before a day, and what was said of it; says in how many.
    pub(crate) async fn erase_before(change: &Transaction, day: Date) -> Result<u64, StoreError> {
        let ended = "SELECT id FROM suggestion WHERE ended_on < $1 AND sealed <> ''";
        for sql in [
            format!("UPDATE suggestion_event SET sealed = '' WHERE suggestion IN ({ended})"),
            format!("UPDATE suggestion_answer SET sealed = '' WHERE suggestion IN ({ended})"),
            format!(
                "UPDATE suggestion_assistance SET asked = '', reply = '' WHERE suggestion IN ({ended})"
            ),
            format!("DELETE FROM suggestion_draft WHERE suggestion IN ({ended})"),
        ] {
            change.run(&sql, vec![day.to_string().into()]).await?;
        }
        // The marks go as well: whoever has the key tries words until one fits.
        let sql = "UPDATE suggestion SET sealed = '', tail_mark = '', words_mark = ''
                    WHERE ended_on < $1 AND sealed <> ''";
        change.run(sql, vec![day.to_string().into()]).await
    }
}
