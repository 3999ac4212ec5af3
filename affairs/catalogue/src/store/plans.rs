//! 工作方案 as data, and what their state depends on.

use std::collections::{BTreeMap, BTreeSet};

use catalogue_rules::Tier;
use catalogue_rules::plan::{Drafted, Issued, Plan, PlanOrgan, Progress, concerns_towns};
use identity::{Level, Organ};
use law::Date;
use ledger::Clock;
use store::{FromQueryResult, Statements, StoreError, Transaction, parse_moment};

use super::versions::HOLDS;

/// Takes in a plan; one of the same slug is replaced.
///
/// # Errors
/// The database refuses.
pub async fn keep(change: &Transaction, plan: &Plan) -> Result<(), StoreError> {
    let body = serde_json::to_string(plan).unwrap_or_default();
    let row = vec![
        plan.slug.clone().into(),
        plan.number.clone().into(),
        plan.title.clone().into(),
        plan.issued_on.to_string().into(),
        body.into(),
    ];
    let columns = ["slug", "number", "title", "issued_on", "body"];
    change.replace("catalogue_plan", &columns, vec![row]).await
}

/// All plans, the newest notice first.
///
/// # Errors
/// The database refuses.
pub async fn all(from: &impl Statements) -> Result<Vec<Plan>, StoreError> {
    #[derive(FromQueryResult)]
    struct Row {
        body: String,
    }
    let sql = "SELECT body FROM catalogue_plan ORDER BY issued_on DESC, slug";
    let rows: Vec<Row> = from.all(sql, vec![]).await?;
    Ok(rows.iter().filter_map(|row| serde_json::from_str(&row.body).ok()).collect())
}

/// What the state of every plan on a day depends on, and the organs by code.
#[derive(Debug, Clone)]
pub struct PlanGround {
    /// As the rules take it.
    pub progress: Progress,
    /// The organs, for their names.
    pub organs: BTreeMap<String, Organ>,
}

impl PlanGround {
    /// Reads it, in four statements however many organs there are.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn read(from: &impl Statements, as_of: Date) -> Result<Self, StoreError> {
        let organs = Organ::all(from).await?;
        let mut listed: Vec<PlanOrgan> = organs.iter().map(plan_organ).collect();
        listed.sort_by(|one, other| (one.level, &one.code).cmp(&(other.level, &other.code)));
        let decided = release_days(from).await?;
        let (issues, drafts) = versions(from, &decided).await?;
        let town_domains = town_domains(from, as_of).await?;
        let progress = Progress { organs: listed, issues, drafts, town_domains };
        let organs = organs.into_iter().map(|organ| (organ.code.clone(), organ)).collect();
        Ok(Self { progress, organs })
    }
}

fn plan_organ(organ: &Organ) -> PlanOrgan {
    let level = match organ.level {
        Level::City => Tier::City,
        Level::District => Tier::District,
        Level::Township => Tier::Township,
        Level::Village => Tier::Village,
    };
    PlanOrgan {
        code: organ.code.clone(),
        level,
        kind: organ.kind.clone(),
        role: organ.role.clone(),
        division: organ.division.clone(),
        remit: organ.remit.clone(),
        valid_from: organ.valid_from,
        valid_to: organ.valid_to,
        successor: organ.successor.clone(),
    }
}

/// The day in China on which each version's release was decided, as the ledger has it.
async fn release_days(from: &impl Statements) -> Result<BTreeMap<String, Date>, StoreError> {
    #[derive(FromQueryResult)]
    struct Row {
        happened_at: String,
        facts: String,
    }
    let sql = "SELECT happened_at, facts FROM ledger_event
                WHERE room = 'catalogue' AND act = 'release' ORDER BY id";
    let rows: Vec<Row> = from.all(sql, vec![]).await?;
    let day = |row: Row| {
        let facts: serde_json::Value = serde_json::from_str(&row.facts).ok()?;
        Some((facts.get("version")?.as_str()?.to_owned(), day_of(&row.happened_at)?))
    };
    Ok(rows.into_iter().filter_map(day).collect())
}

/// The day in China of a stored moment.
fn day_of(moment: &str) -> Option<Date> {
    Some(Clock::Fixed(parse_moment(moment)?).today())
}

#[derive(FromQueryResult)]
struct VersionRow {
    id: String,
    organ: String,
    domain: String,
    above: Option<String>,
    state: String,
    made_at: String,
    effective_from: Option<String>,
}

/// Every version of every catalogue but those that were overtaken before their day, oldest first,
/// with whose catalogue it takes up.
const VERSIONS: &str = "
SELECT v.id, c.organ, c.domain, t.organ AS above, v.state, v.made_at, v.effective_from
  FROM catalogue_version v
  JOIN catalogue c ON c.id = v.catalogue
  LEFT JOIN catalogue t ON t.id = c.template
 WHERE v.effective_to IS NULL OR v.effective_to >= v.effective_from
 ORDER BY c.organ, c.domain, v.effective_from, v.number";

/// The first release of each catalogue, and the drafts.
async fn versions(
    from: &impl Statements,
    decided: &BTreeMap<String, Date>,
) -> Result<(Vec<Issued>, Vec<Drafted>), StoreError> {
    let rows: Vec<VersionRow> = from.all(VERSIONS, vec![]).await?;
    let (mut issues, mut drafts): (Vec<Issued>, Vec<Drafted>) = (Vec::new(), Vec::new());
    for row in rows {
        let (organ, domain) = (row.organ, row.domain);
        if row.state == "draft" {
            drafts.extend(day_of(&row.made_at).map(|since| Drafted { organ, domain, since }));
            continue;
        }
        let Some(published_on) = row.effective_from.and_then(|day| day.parse().ok()) else {
            continue;
        };
        // What was decided after it was in force was taken in from elsewhere: its making is undated.
        let made_on = decided.get(&row.id).copied().filter(|day| *day <= published_on);
        if issues.last().is_none_or(|last| last.organ != organ || last.domain != domain) {
            issues.push(Issued { organ, domain, above: row.above, made_on, published_on });
        }
    }
    Ok((issues, drafts))
}

/// The domains whose catalogue at city level, on a day, has items for towns and streets.
async fn town_domains(from: &impl Statements, day: Date) -> Result<BTreeSet<String>, StoreError> {
    #[derive(FromQueryResult)]
    struct Row {
        domain: String,
        body: String,
    }
    let sql = format!(
        "SELECT c.domain, i.body FROM catalogue_item i
           JOIN catalogue_version v ON v.id = i.version AND {HOLDS}
           JOIN catalogue c ON c.id = v.catalogue
           JOIN organ o ON o.code = c.organ AND o.level = 'city'"
    );
    let rows: Vec<Row> = from.all(&sql, vec![day.to_string().into()]).await?;
    let concerns =
        |row: &Row| serde_json::from_str(&row.body).is_ok_and(|item| concerns_towns(&item));
    Ok(rows.into_iter().filter(concerns).map(|row| row.domain).collect())
}
