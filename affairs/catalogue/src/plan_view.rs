//! A plan with everyone's state on a day, as pages, commands and files show it.

use std::collections::BTreeMap;

use catalogue_rules::plan::{Plan, Task, TaskRow, TaskState, standings};
use documents::writing::{Column, Sheet};
use identity::{Level, Organ};
use law::Date;
use serde::Serialize;
use store::{Statements, StoreError};

use crate::store::Domain;
use crate::store::plans::{self, PlanGround};

/// A plan, the day it is looked at, and where every organ stands.
#[derive(Debug, Clone)]
pub struct PlanView {
    /// The plan.
    pub plan: Plan,
    /// The day.
    pub as_of: Date,
    /// The organs by code.
    pub organs: BTreeMap<String, Organ>,
    /// Every task of every organ, tasks in their order, organs by level and code.
    pub rows: Vec<TaskRow>,
    /// The names of domains on that day, by slug.
    pub domains: BTreeMap<String, String>,
}

/// A plan's state as data.
#[derive(Debug, Serialize)]
pub struct PlanAnswer<'a> {
    /// Changes when fields change their meaning.
    pub schema_version: u32,
    /// The day it is looked at.
    pub as_of: Date,
    /// The plan itself.
    pub plan: &'a Plan,
    /// Every organ that a task concerns.
    pub organs: Vec<OrganAnswer<'a>>,
}

/// An organ with its tasks.
#[derive(Debug, Serialize)]
pub struct OrganAnswer<'a> {
    /// Its code.
    pub code: &'a str,
    /// Its full name.
    pub name: &'a str,
    /// government, department, town, subdistrict …
    pub kind: &'a str,
    /// city, district or township.
    pub level: &'a str,
    /// The division it serves.
    pub division: &'a str,
    /// Where it stands with each task.
    pub tasks: Vec<&'a TaskRow>,
}

impl PlanView {
    /// The plan with this slug, or of the newest notice, on a day; `None` if there is none.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of(
        from: &impl Statements,
        slug: Option<&str>,
        as_of: Date,
    ) -> Result<Option<Self>, StoreError> {
        let mut all = plans::all(from).await?.into_iter();
        let plan = match slug {
            Some(slug) => all.find(|plan| plan.slug == slug),
            None => all.next(),
        };
        let Some(plan) = plan else { return Ok(None) };
        let PlanGround { progress, organs } = PlanGround::read(from, as_of).await?;
        let rows = standings(&plan, &progress, as_of);
        let domains = Domain::all(from, as_of).await?;
        let domains = domains.into_iter().map(|domain| (domain.slug, domain.name)).collect();
        Ok(Some(Self { plan, as_of, organs, rows, domains }))
    }

    /// Leaves only organs of divisions within a range of codes.
    #[must_use]
    pub fn within(mut self, (low, high): &(String, String)) -> Self {
        let organs = &self.organs;
        self.rows.retain(|row| {
            organs
                .get(&row.organ)
                .is_some_and(|organ| *low <= organ.division && organ.division <= *high)
        });
        self
    }

    /// Leaves only rows in this state and of this level of organ; an empty word does not narrow.
    #[must_use]
    pub fn narrowed(mut self, state: &str, level: &str) -> Self {
        let organs = &self.organs;
        let fits = |row: &TaskRow| organs.get(&row.organ).is_some_and(|o| o.level.word() == level);
        self.rows.retain(|row| {
            (state.is_empty() || row.state.key() == state) && (level.is_empty() || fits(row))
        });
        self
    }

    /// The rows of a task.
    pub fn rows_of<'a>(&'a self, task: &'a Task) -> impl Iterator<Item = &'a TaskRow> {
        self.rows.iter().filter(move |row| row.task == task.key)
    }

    /// The organ of a row, where it is known.
    pub fn organ(&self, row: &TaskRow) -> Option<&Organ> {
        self.organs.get(&row.organ)
    }

    /// The full name of a row's organ.
    pub fn name<'a>(&'a self, row: &'a TaskRow) -> &'a str {
        self.organ(row).map_or(row.organ.as_str(), |organ| organ.name.as_str())
    }

    /// The domains a row still lacks, where it has some and lacks some.
    pub fn missing(&self, row: &TaskRow) -> Vec<&str> {
        if row.missing.len() == row.owed {
            return Vec::new();
        }
        let name = |slug: &'_ String| self.domains.get(slug).map_or("", String::as_str);
        row.missing.iter().map(name).filter(|name| !name.is_empty()).collect()
    }

    /// As data.
    pub fn answer(&self) -> PlanAnswer<'_> {
        let mut order: Vec<&str> = Vec::new();
        let mut tasks: BTreeMap<&str, Vec<&TaskRow>> = BTreeMap::new();
        for row in &self.rows {
            tasks.entry(&row.organ).or_insert_with(|| {
                order.push(&row.organ);
                Vec::new()
            });
            if let Some(tasks) = tasks.get_mut(row.organ.as_str()) {
                tasks.push(row);
            }
        }
        let answer = |code: &str| {
            let organ = self.organs.get(code)?;
            let (level, tasks) = (organ.level.word(), tasks.remove(code)?);
            let (code, name, kind) = (&organ.code, &organ.name, &organ.kind);
            Some(OrganAnswer { code, name, kind, level, division: &organ.division, tasks })
        };
        let organs = order.into_iter().filter_map(answer).collect();
        PlanAnswer { schema_version: 1, as_of: self.as_of, plan: &self.plan, organs }
    }

    /// As a table.
    pub fn sheet(&self) -> Sheet {
        let names = [
            "条款",
            "任务",
            "期限",
            "责任单位",
            "层级",
            "状态",
            "完成日期",
            "逾期天数",
            "应编领域",
            "未完成领域",
        ];
        let rows = self
            .plan
            .tasks
            .iter()
            .flat_map(|task| self.rows_of(task).map(move |row| self.line(task, row)));
        Sheet {
            name: "工作方案".into(),
            title: format!("{}（截至 {}）", self.plan.title, self.as_of),
            columns: names.map(Column::new).to_vec(),
            rows: rows.collect(),
            landscape: true,
            made: Some(self.as_of),
            ..Sheet::default()
        }
    }

    fn line(&self, task: &Task, row: &TaskRow) -> Vec<String> {
        let (on, late) = days(&row.state);
        let missing: Vec<&str> = row
            .missing
            .iter()
            .filter_map(|slug| self.domains.get(slug))
            .map(String::as_str)
            .collect();
        vec![
            task.clause.clone(),
            task.name.clone(),
            task.due_on.to_string(),
            self.name(row).to_owned(),
            self.organ(row).map(level_name).unwrap_or_default(),
            row.state.name().to_owned(),
            on.map(|day| day.to_string()).unwrap_or_default(),
            late.map(|days| days.to_string()).unwrap_or_default(),
            row.owed.to_string(),
            missing.join("、"),
        ]
    }
}

/// The day on which a row was done, and the days it is or was late.
fn days(state: &TaskState) -> (Option<Date>, Option<i32>) {
    match *state {
        TaskState::Done { on, .. } => (Some(on), None),
        TaskState::DoneLate { on, days_late } => (Some(on), Some(days_late)),
        TaskState::Partly { days_late, .. } => (None, days_late),
        TaskState::Late { days_late, .. } => (None, Some(days_late)),
        TaskState::NotOwed | TaskState::NotBegun | TaskState::InProgress { .. } => (None, None),
    }
}

fn level_name(organ: &Organ) -> String {
    let name = match organ.level {
        Level::City => "市",
        Level::District => "区",
        Level::Township => "镇街",
        Level::Village => "村居",
    };
    name.into()
}
