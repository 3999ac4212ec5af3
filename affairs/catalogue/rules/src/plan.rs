//! 工作方案: which organs owe which catalogues by when, as data from a notice.
//!
//! A plan is nothing but data: its tasks name a clause, who owes it, for which domains, what counts
//! as done and the last day. A new notice is a new plan. Where every organ stands on a day is a
//! pure function of the plan and of what was released ([`standings`]; docs/readings/025).

mod standing;
mod state;

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{Item, Tier};

pub use standing::{Drafted, Issued, PlanOrgan, Progress, standings};
pub use state::{TaskRow, TaskState};

/// 工作方案 of one notice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// Its part of an address: small letters, digits and hyphens.
    pub slug: String,
    /// 文号.
    pub number: String,
    /// The notice's title.
    pub title: String,
    /// 成文日期.
    pub issued_on: Date,
    /// The domains the notice lists, by slug.
    pub domains: Vec<String>,
    /// Its tasks, in the order of their clauses.
    pub tasks: Vec<Task>,
}

/// One thing that organs owe by a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Task {
    /// Its key within the plan.
    pub key: String,
    /// What people call it.
    pub name: String,
    /// The clause: 一（二）.
    pub clause: String,
    /// What is to be done, in our own words.
    pub words: String,
    /// Who owes it.
    pub owed_by: Vec<Debtor>,
    /// For which domains.
    pub domains: DomainScope,
    /// What counts as done.
    pub done_when: Fulfilment,
    /// The last day that is in time.
    pub due_on: Date,
    /// What it rests on, as printed.
    pub basis: String,
}

/// 责任单位 of a task: a kind of organ at a level.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Debtor {
    /// The level it belongs to.
    pub level: Tier,
    /// Whether it owes only the domains it leads (领域业务主管部门).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub lead: bool,
    /// 职能 of the organs meant; empty only for leads.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<String>,
    /// The kinds of organ among them that owe it; empty for all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kinds: Vec<String>,
}

/// 领域范围 of a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DomainScope {
    /// The domains that the notice lists.
    Listed,
    /// 其他领域: those outside the list for which a 落实意见 is in force.
    Others,
}

/// 完成标准: what counts as done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fulfilment {
    /// 出台落实意见: the domain's catalogue at that level is in force, in the name of the lead or of
    /// its government, or taken up from above.
    Guidance,
    /// 编制完成. A catalogue whose making nobody dated counts as made in time where it was published
    /// by the given day (docs/readings/025).
    Made {
        /// The last day of publication that shows making in time.
        published_by: Date,
    },
    /// 公开: the organ's own catalogue is in force and so stands on the site.
    Published,
    /// 调整完善: as [`Fulfilment::Published`], for domains added later.
    Adjusted,
}

/// What is wrong with a plan. The text is for people.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PlanFault {
    /// The slug cannot stand in an address.
    #[error("slug“{0}”不能用作网址，请只用小写字母、数字和连字符")]
    Slug(String),
    /// A field is empty.
    #[error("{place}没有写{field}，请补上")]
    Empty {
        /// Where: 方案 or 第2项任务.
        place: String,
        /// What is missing.
        field: &'static str,
    },
    /// Two tasks have one key.
    #[error("有两项任务的 key 都是“{0}”，请改一个")]
    Twice(String),
    /// A task is due before the notice was issued.
    #[error("任务“{task}”的期限 {due_on} 早于发文日期 {issued_on}，请核对")]
    TooEarly {
        /// The task's name.
        task: String,
        /// Its last day.
        due_on: Date,
        /// When the notice was issued.
        issued_on: Date,
    },
    /// Nobody is named.
    #[error("任务“{0}”的责任单位没有写职能（roles），也没有写明是牵头部门（lead）")]
    Nobody(String),
    /// A domain nobody knows.
    #[error("没有名为“{0}”的领域，请用领域的拼音代码")]
    Domain(String),
}

impl Plan {
    /// The first thing wrong with it; `known` are the slugs of all domains.
    ///
    /// # Errors
    /// [`PlanFault`] names it and says what to do.
    pub fn check(&self, known: &BTreeSet<String>) -> Result<(), PlanFault> {
        let letter = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        if self.slug.is_empty() || !self.slug.bytes().all(letter) {
            return Err(PlanFault::Slug(self.slug.clone()));
        }
        filled("方案", &[("文号", &self.number), ("标题", &self.title)])?;
        if self.tasks.is_empty() {
            return Err(PlanFault::Empty { place: "方案".into(), field: "任务" });
        }
        if let Some(stranger) = self.domains.iter().find(|domain| !known.contains(*domain)) {
            return Err(PlanFault::Domain(stranger.clone()));
        }
        let mut keys = BTreeSet::new();
        for (at, task) in self.tasks.iter().enumerate() {
            task.check(&format!("第{}项任务", at + 1), self.issued_on)?;
            if !keys.insert(&task.key) {
                return Err(PlanFault::Twice(task.key.clone()));
            }
        }
        Ok(())
    }
}

impl Task {
    fn check(&self, place: &str, issued_on: Date) -> Result<(), PlanFault> {
        let fields = [
            ("key", &self.key),
            ("名称", &self.name),
            ("条款", &self.clause),
            ("内容", &self.words),
            ("依据", &self.basis),
        ];
        filled(place, &fields)?;
        if self.owed_by.is_empty() || self.owed_by.iter().any(Debtor::names_nobody) {
            return Err(PlanFault::Nobody(self.name.clone()));
        }
        if self.due_on < issued_on {
            let (task, due_on) = (self.name.clone(), self.due_on);
            return Err(PlanFault::TooEarly { task, due_on, issued_on });
        }
        Ok(())
    }
}

impl Debtor {
    fn names_nobody(&self) -> bool {
        !self.lead && self.roles.is_empty()
    }
}

fn filled(place: &str, fields: &[(&'static str, &String)]) -> Result<(), PlanFault> {
    match fields.iter().find(|(_, text)| text.trim().is_empty()) {
        Some((field, _)) => Err(PlanFault::Empty { place: place.into(), field }),
        None => Ok(()),
    }
}

/// Whether an item of a catalogue above is also for towns and streets: its 公开层级 names them, or
/// its 公开主体 does (docs/readings/026).
pub fn concerns_towns(item: &Item) -> bool {
    let level = |label: &str| label.contains(['乡', '镇', '街']);
    let body = |name: &str| {
        ["乡镇", "镇人民政府", "镇政府", "街道办", "镇街", "镇（街"]
            .iter()
            .any(|word| name.contains(word))
    };
    item.levels.iter().flatten().any(|one| level(&one.0))
        || item.subjects.iter().any(|one| body(one))
}
