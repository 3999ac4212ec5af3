//! Where each organ stands with each task of a plan on a day.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::{Debtor, DomainScope, Fulfilment, Plan, Task, TaskRow, TaskState};
use crate::Tier;

/// An organ as a plan sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanOrgan {
    /// Its code.
    pub code: String,
    /// Its level.
    pub level: Tier,
    /// government, department, town, subdistrict …
    pub kind: String,
    /// 职能.
    pub role: String,
    /// The division it serves.
    pub division: String,
    /// The domains it leads, by slug.
    pub remit: Vec<String>,
    /// Its first day, where known.
    pub valid_from: Option<Date>,
    /// Its last day, if it is gone.
    pub valid_to: Option<Date>,
    /// What it became.
    pub successor: Option<String>,
}

/// A catalogue that was released for the first time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issued {
    /// Whose catalogue.
    pub organ: String,
    /// Its domain.
    pub domain: String,
    /// The organ whose catalogue it takes up.
    pub above: Option<String>,
    /// When it was made, where that is known.
    pub made_on: Option<Date>,
    /// Its first 施行日期, which counts as the day of publication.
    pub published_on: Date,
}

/// A catalogue that somebody is working on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drafted {
    /// Whose.
    pub organ: String,
    /// Its domain.
    pub domain: String,
    /// Since when.
    pub since: Date,
}

/// All that the state of a plan depends on, besides the plan and the day.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Progress {
    /// The organs, in the order in which they are to be listed.
    pub organs: Vec<PlanOrgan>,
    /// First releases.
    pub issues: Vec<Issued>,
    /// Drafts.
    pub drafts: Vec<Drafted>,
    /// The domains whose 落实意见 has rows for towns and streets.
    pub town_domains: BTreeSet<String>,
}

/// Every organ and task of the plan on a day: tasks in their order, organs in theirs. What happened
/// after the day is not seen.
pub fn standings(plan: &Plan, progress: &Progress, as_of: Date) -> Vec<TaskRow> {
    let ground = Ground::of(plan, progress, as_of);
    plan.tasks.iter().flat_map(|task| ground.rows(task)).collect()
}

/// A domain that is done.
#[derive(Clone, Copy)]
struct Done {
    on: Date,
    inferred: bool,
    in_time: bool,
}

struct Ground<'a> {
    plan: &'a Plan,
    progress: &'a Progress,
    as_of: Date,
    issues: BTreeMap<(&'a str, &'a str), &'a Issued>,
    drafts: BTreeSet<(&'a str, &'a str)>,
    governments: BTreeMap<&'a str, &'a str>,
    others: Vec<&'a str>,
}

impl<'a> Ground<'a> {
    fn of(plan: &'a Plan, progress: &'a Progress, as_of: Date) -> Self {
        let issues: BTreeMap<_, _> = progress
            .issues
            .iter()
            .filter(|issue| issue.published_on <= as_of)
            .map(|issue| ((issue.organ.as_str(), issue.domain.as_str()), issue))
            .collect();
        let begun = progress.drafts.iter().filter(|draft| draft.since <= as_of);
        let government = |organ: &&PlanOrgan| organ.role == "government";
        let listed: BTreeSet<&str> = plan.domains.iter().map(String::as_str).collect();
        let city: BTreeSet<&str> = progress
            .organs
            .iter()
            .filter(|organ| organ.level == Tier::City)
            .map(|organ| organ.code.as_str())
            .collect();
        let others: BTreeSet<&str> = issues
            .keys()
            .filter(|(organ, domain)| city.contains(organ) && !listed.contains(domain))
            .map(|(_, domain)| *domain)
            .collect();
        Self {
            drafts: begun.map(|draft| (draft.organ.as_str(), draft.domain.as_str())).collect(),
            governments: progress
                .organs
                .iter()
                .filter(government)
                .map(|organ| (organ.division.as_str(), organ.code.as_str()))
                .collect(),
            others: others.into_iter().collect(),
            plan,
            progress,
            as_of,
            issues,
        }
    }

    fn rows(&self, task: &Task) -> Vec<TaskRow> {
        let mut rows = Vec::new();
        for organ in &self.progress.organs {
            let Some(debtor) = task.owed_by.iter().find(|debtor| debtor.means(organ)) else {
                continue;
            };
            if self.is_gone_or_to_come(organ, debtor, task) {
                continue;
            }
            let owed = self.owed(organ, debtor, task);
            if debtor.lead && owed.is_empty() {
                continue;
            }
            rows.push(self.row(organ, task, &owed));
        }
        rows
    }

    /// An organ of a later day answers for its predecessor's duty, unless that one still stands.
    fn is_gone_or_to_come(&self, organ: &PlanOrgan, debtor: &Debtor, task: &Task) -> bool {
        if organ.valid_to.is_some_and(|last| last < self.as_of) {
            return true;
        }
        let to_come = organ.valid_from.is_some_and(|first| first > self.as_of);
        to_come
            && self.progress.organs.iter().any(|before| {
                before.successor.as_deref() == Some(&organ.code)
                    && debtor.means(before)
                    && !self.owed(before, debtor, task).is_empty()
            })
    }

    /// The domains for which an organ owes a task, in the plan's order.
    fn owed(&self, organ: &PlanOrgan, debtor: &Debtor, task: &Task) -> Vec<&'a str> {
        if !debtor.binds(organ) {
            return Vec::new();
        }
        let scope: Vec<&'a str> = match task.domains {
            DomainScope::Listed => self.plan.domains.iter().map(String::as_str).collect(),
            DomainScope::Others => self.others.clone(),
        };
        let towns = &self.progress.town_domains;
        let is_owed = |domain: &&str| {
            let led = !debtor.lead || organ.remit.iter().any(|one| one == domain);
            led && (organ.level != Tier::Township || towns.contains(*domain))
        };
        scope.into_iter().filter(is_owed).collect()
    }

    fn row(&self, organ: &PlanOrgan, task: &Task, owed: &[&str]) -> TaskRow {
        let mut done = Vec::new();
        let mut missing = Vec::new();
        for domain in owed {
            match self.done(organ, task, domain) {
                Some(day) => done.push(day),
                None => missing.push((*domain).to_owned()),
            }
        }
        let begun =
            |domain: &&String| self.drafts.contains(&(organ.code.as_str(), domain.as_str()));
        let drafts = missing.iter().filter(begun).count();
        let state = self.state(task, &done, missing.len(), drafts);
        TaskRow {
            organ: organ.code.clone(),
            task: task.key.clone(),
            owed: owed.len(),
            missing,
            state,
        }
    }

    fn state(&self, task: &Task, done: &[Done], missing: usize, drafts: usize) -> TaskState {
        let days_late = days_after(task.due_on, self.as_of);
        match (done.iter().map(|one| one.on).max(), missing, days_late) {
            (None, 0, _) => TaskState::NotOwed,
            (Some(on), 0, _) if done.iter().all(|one| one.in_time) => {
                TaskState::Done { on, inferred: done.iter().any(|one| one.inferred) }
            }
            (Some(on), 0, _) => TaskState::DoneLate {
                on,
                days_late: days_after(task.due_on, on).unwrap_or_default(),
            },
            (Some(_), _, days_late) => TaskState::Partly { done: done.len(), days_late },
            (None, _, Some(days_late)) => TaskState::Late { days_late, drafts },
            (None, _, None) if drafts > 0 => TaskState::InProgress { drafts },
            (None, _, None) => TaskState::NotBegun,
        }
    }

    /// When the organ did the task for a domain.
    fn done(&self, organ: &PlanOrgan, task: &Task, domain: &str) -> Option<Done> {
        let exact = |on: Date| Done { on, inferred: false, in_time: on <= task.due_on };
        match task.done_when {
            Fulfilment::Guidance => self.guided(organ, domain).map(exact),
            Fulfilment::Published | Fulfilment::Adjusted => {
                self.issue(&organ.code, domain).map(|issue| exact(issue.published_on))
            }
            Fulfilment::Made { published_by } => {
                let issue = self.issue(&organ.code, domain)?;
                Some(issue.made_on.map_or(
                    Done {
                        on: issue.published_on,
                        inferred: true,
                        in_time: issue.published_on <= published_by,
                    },
                    exact,
                ))
            }
        }
    }

    /// From when a 落实意见 holds at the organ's level: its own, its government's, or what that one
    /// takes up (docs/readings/025).
    fn guided(&self, organ: &PlanOrgan, domain: &str) -> Option<Date> {
        let government = self.governments.get(organ.division.as_str());
        let own = self.issue(&organ.code, domain);
        let of_government = government.and_then(|code| self.issue(code, domain));
        let above = of_government
            .and_then(|issue| issue.above.as_deref())
            .and_then(|above| self.issue(above, domain));
        [own, of_government, above].into_iter().flatten().map(|issue| issue.published_on).min()
    }

    fn issue(&self, organ: &str, domain: &str) -> Option<&'a Issued> {
        self.issues.get(&(organ, domain)).copied()
    }
}

impl Debtor {
    /// Whether organs of this sort are meant, bound or not.
    fn means(&self, organ: &PlanOrgan) -> bool {
        let role = self.roles.is_empty() || self.roles.contains(&organ.role);
        self.level == organ.level && role
    }

    /// Whether an organ that is meant is also bound.
    fn binds(&self, organ: &PlanOrgan) -> bool {
        self.kinds.is_empty() || self.kinds.contains(&organ.kind)
    }
}

/// How many days `on` lies after `due`; `None` if it does not.
fn days_after(due: Date, on: Date) -> Option<i32> {
    let days = due.until(on).map(|span| span.get_days()).unwrap_or_default();
    (days > 0).then_some(days)
}
