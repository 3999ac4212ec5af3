//! What of the annual reports waits for an organ: the report that is due, what came back, what waits to be
//! frozen or published.

use law::Date;
use reports_rules::{Reporter, next_report, report_due};
use review::{State, Unit};
use store::Statements;
use web::workbench::{Clock, Todo};
use web::{Clerk, Fault, House, Later};

use super::{DRAFT, list};
use crate::acts::{freezing, reporter_of};
use crate::store::{Origin, Reminder, Version, VersionState};

/// From so many days before its last day a report that is not begun is a to-do (docs/readings/177).
const AHEAD: i64 = 92;

/// What the clerk's role can do something about.
pub(super) fn list<'a>(house: &'a House, clerk: &'a Clerk) -> Later<'a, Vec<Todo>> {
    Box::pin(async move {
        let (draft, freeze, publish) = (
            clerk.has_power(DRAFT),
            clerk.has_power("report.freeze"),
            clerk.has_power("report.publish"),
        );
        if !draft && !freeze && !publish {
            return Ok(vec![]);
        }
        let versions = Version::of_organ(house.store(), &clerk.organ.code).await?;
        let reporter = reporter_of(&clerk.organ);
        let mut todos = Vec::new();
        for version in &versions {
            let clock = clock(version, reporter);
            match version.state {
                VersionState::Draft if draft => {
                    todos.push(written(version, clock));
                }
                VersionState::UnderReview if freeze && passed(house, version).await? => {
                    todos.push(todo("年报定稿", version, clock, version.desk_path(), "去定稿"));
                }
                VersionState::Frozen if publish && signed(house, version).await? => {
                    let path = format!("{}/gongbu", version.desk_path());
                    todos.push(todo("年报公布", version, clock, path, "去公布"));
                }
                _ => {}
            }
        }
        if draft {
            todos.extend(owed(house, clerk, &versions, reporter).await?);
        }
        Ok(todos)
    })
}

/// Its last day; none for a correction or for what was published elsewhere before.
fn clock(version: &Version, reporter: Reporter) -> Clock {
    let own = version.origin == Origin::Own && version.number == 1;
    let due = report_due(reporter, version.year).ok().filter(|_| own);
    due.map_or(Clock::Open, |due| Clock::Due(due.value))
}

fn todo(
    kind: &'static str,
    version: &Version,
    clock: Clock,
    path: String,
    act: &'static str,
) -> Todo {
    Todo {
        entry: "nianbao",
        kind,
        title: version.title.clone(),
        detail: version.returned.clone(),
        clock,
        path,
        act,
    }
}

fn written(version: &Version, clock: Clock) -> Todo {
    let (kind, act) = match (version.returned.is_empty(), version.origin, version.number) {
        (false, ..) => ("年报退回", "去修改"),
        (true, Origin::Taken, _) => ("年报补录", "去核对"),
        (true, Origin::Own, 1) => ("编制年报", "继续编制"),
        (true, Origin::Own, _) => ("年报更正", "继续更正"),
    };
    todo(kind, version, clock, version.desk_path(), act)
}

async fn unit(house: &House, version: &Version) -> Result<Option<Unit>, Fault> {
    let Some(unit) = &version.unit else { return Ok(None) };
    Ok(Unit::find(house.store(), unit).await?)
}

/// Everything before 签发 was passed.
async fn passed(house: &House, version: &Version) -> Result<bool, Fault> {
    Ok(unit(house, version).await?.as_ref().is_some_and(freezing::is_reviewed))
}

async fn signed(house: &House, version: &Version) -> Result<bool, Fault> {
    Ok(unit(house, version).await?.is_some_and(|unit| unit.state == State::Signed))
}

/// Reports that are due and not begun: the next one, and those whose day is past since the platform is in
/// use.
async fn owed(
    house: &House,
    clerk: &Clerk,
    versions: &[Version],
    reporter: Reporter,
) -> Result<Vec<Todo>, Fault> {
    let today = house.ledger().clock().today();
    let (next, due) = next_report(reporter, today).map_err(Fault::inside)?;
    let begun = |year: i16| versions.iter().any(|version| version.year == year);
    let near = i64::from((due.value - today).get_days()) <= AHEAD;
    let mut open: Vec<(i16, Date)> =
        if near && !begun(next) { vec![(next, due.value)] } else { vec![] };
    // The year before, where its day has passed.
    let last = next.saturating_sub(1);
    if !begun(last)
        && let Ok(due) = report_due(reporter, last)
        && in_use_since(house).await?.is_some_and(|since| since <= due.value)
    {
        open.push((last, due.value));
    }
    let mut todos = Vec::with_capacity(open.len());
    for (year, due) in open {
        let reminded = Reminder::newest(house.store(), &clerk.organ.code, year).await?;
        todos.push(Todo {
            entry: "nianbao",
            kind: "编制年报",
            title: format!("{year} 年度政府信息公开工作年度报告"),
            detail: reminded
                .map(|one| format!("{} {} 催报", one.reminded_on, one.by_organ_name))
                .unwrap_or_default(),
            clock: Clock::Due(due),
            path: list::PATH.to_owned(),
            act: "开始编制",
        });
    }
    Ok(todos)
}

/// The day of the first act that the ledger tells of.
async fn in_use_since(house: &House) -> Result<Option<Date>, Fault> {
    #[derive(store::FromQueryResult)]
    struct Row {
        happened_at: String,
    }
    let sql = "SELECT happened_at FROM ledger_event ORDER BY seq LIMIT 1";
    let row: Option<Row> = house.store().one(sql, vec![]).await?;
    let at = row.and_then(|row| store::parse_moment(&row.happened_at));
    Ok(at.map(ledger::day_in_china))
}
