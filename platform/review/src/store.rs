//! The tables of units, steps and publications.

mod additions;
mod begun;
mod keeping;
mod lists;
mod pace;
mod urgent;

use std::collections::BTreeSet;

use law::Date;
use serde::{Deserialize, Serialize};
use store::{FromQueryResult, Statements, StoreError};
use web::{ContentHash, Part};

use crate::steps::{Passed, Review, State};
use crate::{Course, Demand, Step};

pub use additions::Addition;
pub use begun::Begun;
pub(crate) use keeping::{close, hold, put_late_day, put_step, put_unit, set_state};
pub(crate) use lists::things_in;
pub use lists::{Asked, Listed};
pub use pace::Pace;
pub use urgent::{Due, Hastened, Owed, Urgent};

/// A piece of a unit, as it was signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// Its place among the pieces, from 0.
    pub ordinal: i64,
    /// What kind of thing it is: `record`, `catalogue`.
    pub kind: String,
    /// Its key in its room.
    pub id: String,
    /// The hash of its content.
    pub hash: ContentHash,
    /// What it is called.
    pub title: String,
    /// Its content as it was submitted.
    pub body: Snapshot,
    /// Where it stands now, below a site, once published on an open page.
    pub path: Option<String>,
}

/// The content of a piece, as it was submitted and is signed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snapshot {
    /// All of it, in order.
    pub parts: Vec<Part>,
    /// What the checks found.
    #[serde(default)]
    pub findings: Vec<String>,
}

/// A step that was taken.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct TakenStep {
    /// Which of the demands.
    pub demand: i64,
    /// Its word.
    pub step: String,
    /// `pass` or `return`.
    pub verdict: String,
    /// The natural person.
    pub person: String,
    /// For whom he stood in.
    pub stands_in_for: Option<String>,
    /// What he is called.
    pub name: String,
    /// Why it was returned.
    pub reason: Option<String>,
    /// The moment.
    pub taken_at: String,
}

/// 应急 of a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Urgency {
    /// The moment it was decided.
    pub at: String,
    /// Who decided it.
    pub by: String,
    /// For whom he stood in.
    pub stands_in_for: Option<String>,
    /// What he is called.
    pub name: String,
    /// Why.
    pub reason: String,
    /// The last day for the 初审, once published.
    pub late_due: Option<Date>,
    /// 暂定: it rests on a year whose arrangement of holidays has not been issued.
    pub late_provisional: bool,
}

/// 定时发布 of a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Release {
    /// The moment.
    pub at: String,
    /// Who set it.
    pub by: String,
    /// For whom he stood in.
    pub stands_in_for: Option<String>,
    /// What he is called.
    pub name: String,
}

/// How a unit ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ending {
    /// The moment.
    pub at: String,
    /// By whom.
    pub name: String,
    /// Why, where it was returned or lapsed.
    pub reason: Option<String>,
}

/// 发布单元: one or more pieces that are signed and published together, or not at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// Its key.
    pub id: String,
    /// The organ in whose name it will be published.
    pub organ: String,
    /// The 科室 it comes from; empty where there is none.
    pub unit: String,
    /// What it is called in lists.
    pub title: String,
    /// Over the hashes of its pieces.
    pub hash: ContentHash,
    /// Where it is.
    pub state: State,
    /// What the submitter says to the reviewers.
    pub note: Option<String>,
    /// When it was submitted.
    pub submitted_at: String,
    /// By whom.
    pub submitted_name: String,
    /// Whoever wrote, changed or submitted it.
    pub authors: BTreeSet<String>,
    /// The steps demanded.
    pub course: Course,
    /// The steps taken, in order of time.
    pub steps: Vec<TakenStep>,
    /// The pieces.
    pub pieces: Vec<Piece>,
    /// 应急.
    pub urgency: Option<Urgency>,
    /// 定时发布.
    pub release: Option<Release>,
    /// How it ended.
    pub ending: Option<Ending>,
    /// As whom the one counts who released it.
    pub released: BTreeSet<String>,
}

#[derive(FromQueryResult)]
struct UnitRow {
    id: String,
    organ: String,
    unit: String,
    title: String,
    hash: String,
    state: String,
    note: Option<String>,
    submitted_at: String,
    submitted_name: String,
    urgent_at: Option<String>,
    urgent_by: Option<String>,
    urgent_for: Option<String>,
    urgent_name: Option<String>,
    urgent_reason: Option<String>,
    late_due: Option<String>,
    late_provisional: i64,
    release_at: Option<String>,
    release_by: Option<String>,
    release_for: Option<String>,
    release_name: Option<String>,
    ended_at: Option<String>,
    ended_name: Option<String>,
    ended_reason: Option<String>,
}

#[derive(FromQueryResult)]
struct PieceRow {
    ordinal: i64,
    kind: String,
    id: String,
    hash: String,
    title: String,
    body: String,
    path: Option<String>,
}

#[derive(FromQueryResult)]
struct DemandRow {
    step: String,
    partner: String,
}

#[derive(FromQueryResult)]
struct PersonRow {
    person: String,
    stands_in_for: Option<String>,
}

/// One unit.
const UNIT: &str = "
SELECT id, organ, unit, title, hash, state, note, submitted_at, submitted_name, urgent_at, urgent_by,
       urgent_for, urgent_name, urgent_reason, late_due, late_provisional, release_at, release_by,
       release_for, release_name, ended_at, ended_name, ended_reason
  FROM review_unit WHERE id = $1";

/// Its pieces, in order.
const PIECES: &str = "
SELECT ordinal, kind, id, hash, title, body, path FROM review_piece WHERE unit = $1 ORDER BY ordinal";

/// Its steps taken, in order of time.
const STEPS: &str = "
SELECT demand, step, verdict, person, stands_in_for, name, reason, taken_at
  FROM review_step WHERE unit = $1 ORDER BY id";

/// Whoever wrote or submitted it.
const AUTHORS: &str =
    "SELECT person, NULL AS stands_in_for FROM review_author WHERE unit = $1 ORDER BY person";

/// Whoever released it.
const RELEASED: &str = "SELECT person, stands_in_for FROM publication WHERE unit = $1";

/// The steps demanded, in order.
const DEMANDS: &str = "SELECT step, partner FROM review_demand WHERE unit = $1 ORDER BY ordinal";

impl Unit {
    /// The unit with this key, whole.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn find(from: &impl Statements, id: &str) -> Result<Option<Self>, StoreError> {
        let key = || vec![id.into()];
        let row: Option<UnitRow> = from.one(UNIT, key()).await?;
        let Some(row) = row else { return Ok(None) };
        let pieces: Vec<PieceRow> = from.all(PIECES, key()).await?;
        let steps: Vec<TakenStep> = from.all(STEPS, key()).await?;
        let demands: Vec<DemandRow> = from.all(DEMANDS, key()).await?;
        let authors: Vec<PersonRow> = from.all(AUTHORS, key()).await?;
        let released: Vec<PersonRow> = match row.state.as_str() {
            "published" => from.all(RELEASED, key()).await?,
            _ => vec![],
        };
        let persons = |row: PersonRow| std::iter::once(row.person).chain(row.stands_in_for);
        Ok(Some(Self {
            authors: authors.into_iter().flat_map(persons).collect(),
            released: released.into_iter().flat_map(persons).collect(),
            course: Course::kept(demands.into_iter().filter_map(demand).collect()),
            pieces: pieces.into_iter().map(piece).collect::<Result<_, _>>()?,
            steps,
            urgency: row.urgency(),
            release: row.release(),
            ending: row.ending(),
            hash: hash(&row.hash)?,
            state: State::kept(&row.state).unwrap_or(State::Lapsed),
            id: row.id,
            organ: row.organ,
            unit: row.unit,
            title: row.title,
            note: row.note,
            submitted_at: row.submitted_at,
            submitted_name: row.submitted_name,
        }))
    }

    /// The unit as far as rules need to know it.
    pub fn review(&self) -> Review {
        let passed = self.steps.iter().filter(|step| step.verdict == "pass").map(|step| Passed {
            demand: usize::try_from(step.demand).unwrap_or(usize::MAX),
            persons: persons(&step.person, step.stands_in_for.as_ref()),
        });
        let urgent = self.urgency.as_ref();
        Review {
            organ: self.organ.clone(),
            hash: self.hash.clone(),
            authors: self.authors.clone(),
            course: self.course.clone(),
            passed: passed.collect(),
            urgent: urgent
                .map(|one| persons(&one.by, one.stands_in_for.as_ref()))
                .unwrap_or_default(),
            released: self.released.clone(),
            state: self.state,
        }
    }

    /// The content of a thing as it was last submitted before this unit, and how that ended.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn submitted_before(
        from: &impl Statements,
        piece: &Piece,
        unit: &str,
    ) -> Result<Option<(State, Snapshot)>, StoreError> {
        #[derive(FromQueryResult)]
        struct Row {
            state: String,
            body: String,
        }
        let sql = "SELECT u.state, p.body
                     FROM review_piece p
                     JOIN review_unit u ON u.id = p.unit
                    WHERE p.kind = $1 AND p.id = $2 AND p.unit < $3
                    ORDER BY p.unit DESC LIMIT 1";
        let values = vec![piece.kind.clone().into(), piece.id.clone().into(), unit.into()];
        let row: Option<Row> = from.one(sql, values).await?;
        let read = |row: Row| {
            let state = State::kept(&row.state).unwrap_or(State::Lapsed);
            (state, serde_json::from_str(&row.body).unwrap_or_default())
        };
        Ok(row.map(read))
    }

    /// The unit in which a thing is under review now.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn open_with(
        from: &impl Statements,
        kind: &str,
        id: &str,
    ) -> Result<Option<String>, StoreError> {
        #[derive(FromQueryResult)]
        struct Row {
            unit: String,
        }
        let sql = "SELECT unit FROM review_piece WHERE kind = $1 AND id = $2 AND open = 1";
        let row: Option<Row> = from.one(sql, vec![kind.into(), id.into()]).await?;
        Ok(row.map(|row| row.unit))
    }

    /// The things of an organ that are signed and wait to be released: kind and key of each.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn signed_of(
        from: &impl Statements,
        organ: &str,
    ) -> Result<BTreeSet<(String, String)>, StoreError> {
        #[derive(FromQueryResult)]
        struct Row {
            kind: String,
            id: String,
        }
        let sql = "SELECT p.kind, p.id
                     FROM review_unit u
                     JOIN review_piece p ON p.unit = u.id AND p.open = 1
                    WHERE u.organ = $1 AND u.state = 'signed'";
        let rows: Vec<Row> = from.all(sql, vec![organ.into()]).await?;
        Ok(rows.into_iter().map(|row| (row.kind, row.id)).collect())
    }
}

fn persons(person: &str, stands_in_for: Option<&String>) -> BTreeSet<String> {
    std::iter::once(person.to_owned()).chain(stands_in_for.cloned()).collect()
}

fn demand(row: DemandRow) -> Option<Demand> {
    row.step.parse::<Step>().ok().map(|step| Demand { step, partner: row.partner })
}

fn hash(text: &str) -> Result<ContentHash, StoreError> {
    text.parse().map_err(|_| StoreError::Silent)
}

fn piece(row: PieceRow) -> Result<Piece, StoreError> {
    Ok(Piece {
        ordinal: row.ordinal,
        hash: hash(&row.hash)?,
        body: serde_json::from_str(&row.body).unwrap_or_default(),
        kind: row.kind,
        id: row.id,
        title: if row.title.is_empty() { "（内容已删除）".to_owned() } else { row.title },
        path: row.path,
    })
}

impl UnitRow {
    fn urgency(&self) -> Option<Urgency> {
        Some(Urgency {
            at: self.urgent_at.clone()?,
            by: self.urgent_by.clone()?,
            stands_in_for: self.urgent_for.clone(),
            name: self.urgent_name.clone().unwrap_or_default(),
            reason: self.urgent_reason.clone()?,
            late_due: self.late_due.as_ref().and_then(|day| day.parse().ok()),
            late_provisional: self.late_provisional != 0,
        })
    }

    fn release(&self) -> Option<Release> {
        Some(Release {
            at: self.release_at.clone()?,
            by: self.release_by.clone()?,
            stands_in_for: self.release_for.clone(),
            name: self.release_name.clone().unwrap_or_default(),
        })
    }

    fn ending(&self) -> Option<Ending> {
        Some(Ending {
            at: self.ended_at.clone()?,
            name: self.ended_name.clone().unwrap_or_default(),
            reason: self.ended_reason.clone(),
        })
    }
}
