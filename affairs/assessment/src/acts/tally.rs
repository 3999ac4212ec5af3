//! 计数: what rooms hand over becomes the numbers of every organ and every place. Nothing is kept here.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use assessment_rules::{Case, CaseKind, Figures, Outcome, Period, Shelf, Until};
use identity::{Division, Level, Organ};
use law::{Date, WorkCalendar};
use requests_rules::REPLY_PERIOD;
use sha2::{Digest, Sha256};
use store::{Reading, Statements, StoreError};
use web::{Assessed, AssessedCase, AssessedRow, AssessedSource, Assessing};

use super::ActError;
use crate::store::{CaseLine, Fresh, Line, ScopeKind, ShelfLine};

/// What a period comes to.
#[derive(Debug, Clone)]
pub struct Counted {
    /// The period.
    pub period: Period,
    /// Up to when it was counted.
    pub until: Until,
    /// What is told and what it was counted from.
    pub fresh: Fresh,
    /// SHA-256 of what it was counted from.
    pub digest: String,
    /// Whether anything belongs to the period at all.
    pub is_empty: bool,
}

/// Counts a period as it is known on a day. Each room is asked once, however many organs there are.
///
/// # Errors
/// A room cannot hand over what is assessed, or the database refuses.
pub async fn count(
    from: &Reading<'_>,
    sources: &[AssessedSource],
    (period, today): (Period, Date),
    calendar: &WorkCalendar,
) -> Result<Counted, ActError> {
    let until = period.until(today);
    let asked = Assessing {
        first: period.first(),
        last: period.last(),
        known: until.known,
        over: until.over,
    };
    let mut told = Assessed::default();
    for source in sources {
        let more = (source.hand_over)(from, asked).await?;
        told.cases.extend(more.cases);
        told.rows.extend(more.rows);
    }
    let cases: Vec<(AssessedCase, Case)> = told
        .cases
        .into_iter()
        .filter_map(|one| Some((ruled(&one, calendar)?, one)))
        .map(|(case, one)| (one, case))
        .collect();
    let shelves: Vec<Shelf> = told.rows.iter().map(shelf).collect();
    let lines = Scopes::read(from).await?.lines(&cases, &shelves, (period, until));
    let digest = digest(&cases, &shelves);
    let few = few_answers(&lines);
    let cases = case_lines(cases, (period, until), &few);
    let is_empty = cases.is_empty();
    let shelves = shelf_lines(told.rows);
    Ok(Counted { period, until, fresh: Fresh { lines, cases, shelves }, digest, is_empty })
}

/// The case as the rules see it; none of a kind they do not know.
fn ruled(one: &AssessedCase, calendar: &WorkCalendar) -> Option<Case> {
    let kind = CaseKind::parse(one.kind)?;
    let days = one.arose.zip(one.done).filter(|_| kind == CaseKind::Answer);
    let days = days.and_then(|(arose, done)| calendar.working_days_between(arose, done).ok());
    let days = days.map(|known| known.value);
    let allowed = one.arose.and_then(|arose| REPLY_PERIOD.on(arose).ok());
    let within = days.zip(allowed).is_some_and(|(days, allowed)| days <= allowed.value);
    Some(Case {
        kind,
        organ: one.organ.clone(),
        division: one.division.clone(),
        domain: one.domain.clone(),
        arose: one.arose,
        last: one.last,
        done: one.done,
        days: days.map(|days| days.0),
        within,
        extended: one.extended,
        stated: one.stated,
        left_out: one.left_out.clone(),
    })
}

fn shelf(row: &AssessedRow) -> Shelf {
    Shelf {
        organ: row.organ.clone(),
        division: row.division.clone(),
        domain: row.domain.clone(),
        due_since: row.due_since,
        published_since: row.published_since,
        is_current: row.is_current,
    }
}

/// The rows of which something had to be there, or is.
fn shelf_lines(rows: Vec<AssessedRow>) -> Vec<ShelfLine> {
    let counts = |row: &AssessedRow| row.due_since.is_some() || row.published_since.is_some();
    let mut rows: Vec<AssessedRow> = rows.into_iter().filter(counts).collect();
    rows.sort_by(|one, other| {
        let key = |row: &AssessedRow| (row.organ.clone(), row.domain.clone(), row.words.clone());
        key(one).cmp(&key(other)).then_with(|| one.path.cmp(&other.path))
    });
    let day = |day: Option<Date>| day.map(|day| day.to_string());
    let line = |(ordinal, row): (i64, AssessedRow)| ShelfLine {
        ordinal,
        organ: row.organ,
        division: row.division,
        domain: row.domain,
        words: row.words,
        path: row.path,
        due_since: day(row.due_since),
        published_since: day(row.published_since),
        renewed: i64::from(row.is_current),
        listed: i64::from(row.listed),
    };
    (1..).zip(rows).map(line).collect()
}

/// Of what something is told: every organ that had to do something, every place down to townships.
struct Scopes {
    organs: HashMap<String, String>,
    divisions: Vec<Division>,
}

impl Scopes {
    async fn read(from: &impl Statements) -> Result<Self, StoreError> {
        let organs = Organ::all(from).await?;
        let divisions = Division::down_to(from, Level::Township).await?;
        Ok(Self {
            organs: organs.into_iter().map(|organ| (organ.code, organ.short_name)).collect(),
            divisions,
        })
    }

    fn lines(
        &self,
        cases: &[(AssessedCase, Case)],
        shelves: &[Shelf],
        counted: (Period, Until),
    ) -> Vec<Line> {
        let mut of_organ: BTreeMap<&str, (Vec<&Case>, Vec<&Shelf>)> = BTreeMap::new();
        for (_, case) in cases {
            of_organ.entry(&case.organ).or_default().0.push(case);
        }
        for shelf in shelves {
            of_organ.entry(&shelf.organ).or_default().1.push(shelf);
        }
        let mut lines = Vec::new();
        for (organ, (cases, shelves)) in &of_organ {
            let figures = Figures::of(cases.iter().copied(), shelves.iter().copied(), counted);
            let division = cases.first().map(|case| &case.division);
            let division = division.or(shelves.first().map(|shelf| &shelf.division));
            lines.push(Line {
                scope: (*organ).to_owned(),
                kind: ScopeKind::Organ,
                division: division.cloned().unwrap_or_default(),
                name: self.organs.get(*organ).cloned().unwrap_or_else(|| (*organ).to_owned()),
                figures,
            });
        }
        for division in &self.divisions {
            let (low, high) = division.range();
            let own = |code: &String| low <= *code && *code <= high;
            let figures = Figures::of(
                cases.iter().map(|(_, case)| case).filter(|case| own(&case.division)),
                shelves.iter().filter(|shelf| own(&shelf.division)),
                counted,
            );
            lines.push(Line {
                scope: division.code.clone(),
                kind: ScopeKind::Division,
                division: division.code.clone(),
                name: division.name.clone(),
                figures,
            });
        }
        lines.retain(|line| !line.figures.is_empty());
        lines
    }
}

/// The organs that answered so few that nothing is told of one.
fn few_answers(lines: &[Line]) -> BTreeSet<String> {
    let organs = lines.iter().filter(|line| line.kind == ScopeKind::Organ);
    let few = organs.filter(|line| line.figures.answers.are_few());
    few.map(|line| line.scope.clone()).collect()
}

/// The rows that belong to the period. Answers stand in the order of how long they took, which says nothing of
/// when; where there are few they are counted and not listed.
fn case_lines(
    cases: Vec<(AssessedCase, Case)>,
    counted: (Period, Until),
    few: &BTreeSet<String>,
) -> Vec<CaseLine> {
    let row = |(one, case): (AssessedCase, Case)| {
        let (outcome, reason) = told(&case, counted)?;
        let is_answer = case.kind == CaseKind::Answer;
        let shown = |day: Option<Date>| day.filter(|_| !is_answer).map(|day| day.to_string());
        Some(CaseLine {
            ordinal: 0,
            kind: case.kind.word().into(),
            domain: case.domain,
            words: if is_answer { String::new() } else { one.words },
            path: one.path.filter(|_| !is_answer),
            last_on: shown(one.last),
            done_on: shown(one.done.filter(|done| *done <= counted.1.known)),
            days: case.days.map(i64::from).filter(|_| is_answer && outcome != Outcome::Overdue),
            extended: i64::from(case.extended),
            stated: i64::from(one.stated),
            outcome: outcome.word().into(),
            reason,
            listed: i64::from(one.listed && !(is_answer && few.contains(&case.organ))),
            organ: case.organ,
            division: case.division,
        })
    };
    let mut rows: Vec<CaseLine> = cases.into_iter().filter_map(row).collect();
    rows.sort_by(|one, other| key(one).cmp(&key(other)));
    for (ordinal, row) in (1..).zip(&mut rows) {
        row.ordinal = ordinal;
    }
    rows
}

type SortKey<'a> = (&'a str, &'a str, Option<i64>, Option<&'a str>, &'a str, &'a str);

fn key(row: &CaseLine) -> SortKey<'_> {
    let (last, path) = (row.last_on.as_deref(), row.path.as_deref().unwrap_or_default());
    // Publications first.
    let kind = if row.kind == CaseKind::Publication.word() { "" } else { "answer" };
    (kind, &row.organ, row.days, last, &row.outcome, path)
}

/// How a row stands in the period, and why it is left out or counted elsewhere; none where it does not belong.
fn told(case: &Case, (period, until): (Period, Until)) -> Option<(Outcome, String)> {
    match case.outcome(period, until) {
        Some(Outcome::LeftOut) => {
            let undated = || "算不出最后一日，或者期限中止".to_owned();
            Some((Outcome::LeftOut, case.left_out.clone().unwrap_or_else(undated)))
        }
        Some(outcome) => Some((outcome, String::new())),
        None if case.kind == CaseKind::Answer && case.is_done_in(period, until) => {
            let is_late = case.done > case.last && case.last.is_some();
            Some(match is_late {
                true => (Outcome::Late, "逾期已计入最后一日所在的一期".into()),
                false => (Outcome::InTime, String::new()),
            })
        }
        None => None,
    }
}

/// The digest of what was counted, without what things are called.
fn digest(cases: &[(AssessedCase, Case)], shelves: &[Shelf]) -> String {
    let mut lines: Vec<String> = cases
        .iter()
        .map(|(one, case)| {
            format!("{} {}", one.key, serde_json::to_string(case).unwrap_or_default())
        })
        .collect();
    lines.sort_unstable();
    let mut shelves: Vec<String> =
        shelves.iter().map(|shelf| serde_json::to_string(shelf).unwrap_or_default()).collect();
    shelves.sort_unstable();
    lines.append(&mut shelves);
    ledger::hex(&Sha256::digest(lines.join("\n")))
}
