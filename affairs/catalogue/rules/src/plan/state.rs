//! 完成状态: where one organ stands with one task, and how that is said.

use jiff::civil::Date;
use serde::Serialize;

/// Where an organ stands with a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum TaskState {
    /// 无此项任务: nothing is owed, for the organ is not bound or there is no domain for it.
    NotOwed,
    /// 未开始: nothing is there, and it is not due yet.
    NotBegun,
    /// 进行中: drafts are there, nothing is released, and it is not due yet.
    InProgress {
        /// How many drafts.
        drafts: usize,
    },
    /// 部分完成.
    Partly {
        /// How many domains are done.
        done: usize,
        /// For how many days the rest has been overdue.
        days_late: Option<i32>,
    },
    /// 按期完成.
    Done {
        /// The day on which the last domain was done.
        on: Date,
        /// Whether the day is only known to be no later than this.
        inferred: bool,
    },
    /// 迟完成.
    DoneLate {
        /// The day on which the last domain was done.
        on: Date,
        /// How many days after the due day.
        days_late: i32,
    },
    /// 逾期.
    Late {
        /// For how many days.
        days_late: i32,
        /// How many drafts there are.
        drafts: usize,
    },
}

impl TaskState {
    /// The state's key, as the JSON has it.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::NotOwed => "not_owed",
            Self::NotBegun => "not_begun",
            Self::InProgress { .. } => "in_progress",
            Self::Partly { .. } => "partly",
            Self::Done { .. } => "done",
            Self::DoneLate { .. } => "done_late",
            Self::Late { .. } => "late",
        }
    }

    /// The keys of all states with what people call them, in the order in which filters offer them.
    pub const NAMES: [(&'static str, &'static str); 7] = [
        ("late", "逾期"),
        ("partly", "部分完成"),
        ("in_progress", "进行中"),
        ("not_begun", "未开始"),
        ("done_late", "迟完成"),
        ("done", "按期完成"),
        ("not_owed", "无此项任务"),
    ];

    /// The state without its facts, in Chinese.
    pub fn name(&self) -> &'static str {
        Self::NAMES.iter().find(|(key, _)| *key == self.key()).map_or("", |(_, name)| name)
    }

    /// The state with its facts, in Chinese; `owed` is the number of domains owed.
    pub fn words(&self, owed: usize) -> String {
        let name = self.name();
        match self {
            Self::NotOwed | Self::NotBegun => name.into(),
            Self::InProgress { drafts } => format!("{name}（{drafts} 个领域在起草）"),
            Self::Partly { done, days_late: None } => format!("{name} {done}/{owed}"),
            Self::Partly { done, days_late: Some(days) } => {
                format!("{name} {done}/{owed}，其余逾期 {days} 天")
            }
            Self::Done { on, inferred: false } => format!("{name} {on}"),
            Self::Done { on, inferred: true } => format!("{name}（不晚于 {on}）"),
            Self::DoneLate { on, days_late } => format!("{name} {on}，迟 {days_late} 天"),
            Self::Late { days_late, drafts: 0 } => format!("{name} {days_late} 天"),
            Self::Late { days_late, drafts } => {
                format!("{name} {days_late} 天，{drafts} 个领域在起草")
            }
        }
    }
}

/// One organ and one task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TaskRow {
    /// The organ's code.
    pub organ: String,
    /// The task's key.
    pub task: String,
    /// How many domains are owed.
    pub owed: usize,
    /// The domains that are not done, by slug.
    pub missing: Vec<String>,
    /// Where it stands.
    #[serde(flatten)]
    pub state: TaskState,
}
