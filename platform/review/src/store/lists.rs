//! Lists of units: what waits, what was decided.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use law::Date;
use store::{FromQueryResult, Statements, StoreError, Value};

use crate::steps::{Passed, Review, State};
use crate::{Course, Demand, Step};

/// Which units are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked<'a> {
    /// Everything under way that an organ has a part in.
    UnderWay(&'a str),
    /// What has ended, of an organ, the newest first.
    Ended(&'a str),
    /// What was decided to be urgent, of an organ, the newest first.
    Urgent(&'a str),
    /// What an organ has submitted whose title fits a pattern in small letters, the newest first.
    Called(&'a str, &'a str),
}

/// A unit in a list, with what rules need to say who may do what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Its key.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// The 科室 it comes from.
    pub unit: String,
    /// When it was submitted.
    pub submitted_at: String,
    /// By whom.
    pub submitted_name: String,
    /// The set moment of its release.
    pub release_at: Option<String>,
    /// The last day for a 初审 that follows publication.
    pub late_due: Option<Date>,
    /// 暂定: that day rests on a year whose arrangement of holidays has not been issued.
    pub late_provisional: bool,
    /// When it ended.
    pub ended_at: Option<String>,
    /// Why it was returned or lapsed.
    pub ended_reason: Option<String>,
    /// The kinds of its pieces.
    pub kinds: Vec<String>,
    /// When each demand was passed, by its place.
    pub passed_at: Vec<(usize, String)>,
    /// What rules need to know.
    pub review: Review,
}

#[derive(FromQueryResult)]
struct Row {
    id: String,
    organ: String,
    unit: String,
    title: String,
    hash: String,
    state: String,
    submitted_at: String,
    submitted_name: String,
    urgent_by: Option<String>,
    urgent_for: Option<String>,
    release_at: Option<String>,
    late_due: Option<String>,
    late_provisional: i64,
    ended_at: Option<String>,
    ended_reason: Option<String>,
}

#[derive(FromQueryResult)]
struct Beside {
    unit: String,
    ordinal: i64,
    word: String,
    person: String,
    other: Option<String>,
    moment: Option<String>,
}

/// A list is looked through by people; more than this is no list.
const MOST: i64 = 300;

const COLUMNS: &str = "u.id, u.organ, u.unit, u.title, u.hash, u.state, u.submitted_at,
       u.submitted_name, u.urgent_by, u.urgent_for, u.release_at, u.late_due,
       u.late_provisional, u.ended_at, u.ended_reason";

/// What is under way in the own organ, what other organs ask for, and urgent publications whose 初审 is
/// still to follow.
const UNDER_WAY: &str = "
 WHERE (u.organ = $1 AND u.state IN ('in_review', 'signed', 'scheduled'))
    OR (u.organ = $1 AND u.state = 'published' AND u.late_due IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM review_step s WHERE s.unit = u.id AND s.step = 'first'))
    OR (u.state = 'in_review' AND u.id IN (SELECT d.unit FROM review_demand d
                                            WHERE d.partner = $1 AND d.step <> 'cosign'))
 ORDER BY u.id LIMIT $2";

const ENDED: &str = "
 WHERE u.organ = $1 AND u.state IN ('published', 'returned', 'withdrawn', 'lapsed')
 ORDER BY u.id DESC LIMIT $2";

const URGENT: &str = "
 WHERE u.organ = $1 AND u.urgent_at IS NOT NULL
 ORDER BY u.id DESC LIMIT $2";

const CALLED: &str = "
 WHERE u.organ = $1 AND lower(u.title) LIKE $3 ESCAPE '\\'
 ORDER BY u.id DESC LIMIT $2";

impl Listed {
    /// The units asked for, at most three hundred; four queries.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn all(from: &impl Statements, asked: Asked<'_>) -> Result<Vec<Self>, StoreError> {
        let (rest, organ) = match asked {
            Asked::UnderWay(organ) => (UNDER_WAY, organ),
            Asked::Ended(organ) => (ENDED, organ),
            Asked::Urgent(organ) => (URGENT, organ),
            Asked::Called(organ, _) => (CALLED, organ),
        };
        let sql = format!("SELECT {COLUMNS} FROM review_unit u {rest}");
        let mut values: Vec<Value> = vec![organ.into(), MOST.into()];
        if let Asked::Called(_, pattern) = asked {
            values.push(pattern.into());
        }
        let rows: Vec<Row> = from.all(&sql, values).await?;
        let beside = Besides::of(from, &rows).await?;
        rows.into_iter().map(|row| listed(row, &beside)).collect()
    }

    /// Since when a step waits, as stored: since the last one before it was passed, or since the submission.
    /// `None` asks for the release, which all come before.
    pub fn waits_since(&self, step: Option<Step>) -> &str {
        let demands = self.review.course.demands();
        let before = |at: &usize| {
            let passed = demands.get(*at).map(|demand| demand.step);
            step.is_none_or(|step| passed.is_some_and(|passed| passed < step))
        };
        let passed = self.passed_at.iter().filter(|(at, _)| before(at));
        passed.map(|(_, moment)| moment.as_str()).max().unwrap_or(&self.submitted_at)
    }
}

/// What stands beside the units of a list.
#[derive(Default)]
struct Besides {
    demands: HashMap<String, Vec<Demand>>,
    passed: HashMap<String, Vec<Passed>>,
    passed_at: HashMap<String, Vec<(usize, String)>>,
    authors: HashMap<String, BTreeSet<String>>,
    released: HashMap<String, BTreeSet<String>>,
    kinds: HashMap<String, Vec<String>>,
}

impl Besides {
    async fn of(from: &impl Statements, rows: &[Row]) -> Result<Self, StoreError> {
        let mut own = Self::default();
        if rows.is_empty() {
            return Ok(own);
        }
        let marks: Vec<_> = (1..=rows.len()).map(|at| format!("${at}")).collect();
        let marks = marks.join(", ");
        let values = || rows.iter().map(|row| Value::from(row.id.clone())).collect();
        let sql = format!(
            "SELECT unit, ordinal, step AS word, partner AS person, NULL AS other,
                    NULL AS moment
               FROM review_demand WHERE unit IN ({marks}) ORDER BY unit, ordinal"
        );
        let found: Vec<Beside> = from.all(&sql, values()).await?;
        for row in found {
            let Ok(step) = row.word.parse::<Step>() else { continue };
            own.demands.entry(row.unit).or_default().push(Demand { step, partner: row.person });
        }
        let sql = format!(
            "SELECT unit, demand AS ordinal, step AS word, person, stands_in_for AS other,
                    taken_at AS moment
               FROM review_step WHERE verdict = 'pass' AND unit IN ({marks})"
        );
        let found: Vec<Beside> = from.all(&sql, values()).await?;
        for row in found {
            let persons = std::iter::once(row.person).chain(row.other).collect();
            let demand = usize::try_from(row.ordinal).unwrap_or(usize::MAX);
            let at = row.moment.unwrap_or_default();
            own.passed_at.entry(row.unit.clone()).or_default().push((demand, at));
            own.passed.entry(row.unit).or_default().push(Passed { demand, persons });
        }
        let sql = format!(
            "SELECT unit, CAST(0 AS BIGINT) AS ordinal, 'author' AS word, person, NULL AS other,
                    NULL AS moment
               FROM review_author WHERE unit IN ({marks})
              UNION ALL
             SELECT unit, CAST(0 AS BIGINT), 'released', person, stands_in_for, NULL
               FROM publication WHERE unit IN ({marks})
              UNION ALL
             SELECT unit, ordinal, 'piece', kind, NULL, NULL
               FROM review_piece WHERE unit IN ({marks})"
        );
        let found: Vec<Beside> = from.all(&sql, values()).await?;
        for row in found {
            let whose = match row.word.as_str() {
                "piece" => {
                    own.kinds.entry(row.unit).or_default().push(row.person);
                    continue;
                }
                "author" => own.authors.entry(row.unit),
                _ => own.released.entry(row.unit),
            };
            whose.or_default().extend(std::iter::once(row.person).chain(row.other));
        }
        Ok(own)
    }
}

fn listed(row: Row, beside: &Besides) -> Result<Listed, StoreError> {
    let of =
        |map: &HashMap<String, BTreeSet<String>>| map.get(&row.id).cloned().unwrap_or_default();
    let review = Review {
        organ: row.organ.clone(),
        hash: super::hash(&row.hash)?,
        authors: of(&beside.authors),
        course: Course::kept(beside.demands.get(&row.id).cloned().unwrap_or_default()),
        passed: beside.passed.get(&row.id).cloned().unwrap_or_default(),
        urgent: row.urgent_by.iter().chain(&row.urgent_for).cloned().collect(),
        released: of(&beside.released),
        state: State::kept(&row.state).unwrap_or(State::Lapsed),
    };
    Ok(Listed {
        review,
        kinds: beside.kinds.get(&row.id).cloned().unwrap_or_default(),
        passed_at: beside.passed_at.get(&row.id).cloned().unwrap_or_default(),
        id: row.id,
        title: row.title,
        unit: row.unit,
        submitted_at: row.submitted_at,
        submitted_name: row.submitted_name,
        release_at: row.release_at,
        late_due: row.late_due.and_then(|day| day.parse().ok()),
        late_provisional: row.late_provisional != 0,
        ended_at: row.ended_at,
        ended_reason: row.ended_reason,
    })
}

/// The pieces of these units by their kinds, each by its key in its room.
pub(crate) async fn things_in(
    from: &impl Statements,
    units: &[String],
) -> Result<BTreeMap<String, Vec<String>>, StoreError> {
    #[derive(FromQueryResult)]
    struct Row {
        kind: String,
        id: String,
    }
    let mut things: BTreeMap<String, Vec<String>> = BTreeMap::new();
    if units.is_empty() {
        return Ok(things);
    }
    let marks: Vec<_> = (1..=units.len()).map(|at| format!("${at}")).collect();
    let sql = format!(
        "SELECT kind, id FROM review_piece WHERE unit IN ({}) ORDER BY unit, ordinal",
        marks.join(", ")
    );
    let rows: Vec<Row> = from.all(&sql, units.iter().map(|id| id.clone().into()).collect()).await?;
    for row in rows {
        things.entry(row.kind).or_default().push(row.id);
    }
    Ok(things)
}
