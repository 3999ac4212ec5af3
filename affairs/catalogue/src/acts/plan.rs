//! 工作方案: a notice's plan is taken in as data. Where organs stand with it is never stored.

use ::store::{Statements, StoreError};
use catalogue_rules::plan::{Plan, PlanFault};
use ledger::{Actor, Desk, DeskError, Entry, Ledger};

use crate::store::{Domain, plans};

/// The plan of the notice 厦府办〔2020〕67号, which every store has from the start.
const OF_THE_NOTICE: &str = include_str!("../../data/plan-xiafuban-2020-67.json");

/// Why a plan was not taken in. Nothing of it was stored.
#[derive(Debug, thiserror::Error)]
pub enum PlanError {
    /// The text is no plan.
    #[error("第 {line} 行第 {column} 列: {problem}")]
    Unread {
        /// The line, from 1.
        line: usize,
        /// The column, from 1.
        column: usize,
        /// What is wrong.
        problem: String,
    },
    /// It does not hold together.
    #[error(transparent)]
    Fault(#[from] PlanFault),
    /// The act was not kept.
    #[error(transparent)]
    Desk(#[from] DeskError),
    /// The database refused.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl PlanError {
    /// What the person may do about it.
    pub const fn remedy(&self) -> &'static str {
        match self {
            Self::Unread { .. } => {
                "对照随程序带的 plan-xiafuban-2020-67.json 改好这一处再导入；日期写成 2020-07-25"
            }
            Self::Fault(_) => "改好再导入；这次什么也没有存入",
            Self::Desk(_) | Self::Store(_) => "请稍后再试；数据保持原样",
        }
    }
}

/// Reads a plan from its JSON.
///
/// # Errors
/// [`PlanError::Unread`] with the place.
pub fn read(text: &str) -> Result<Plan, PlanError> {
    let text = text.trim_start_matches('\u{feff}');
    serde_json::from_str(text).map_err(|error| PlanError::Unread {
        line: error.line(),
        column: error.column(),
        problem: problem_of(&error),
    })
}

/// What a reader of JSON found wrong, in Chinese; the field's name stands between its backquotes.
fn problem_of(error: &serde_json::Error) -> String {
    let said = error.to_string();
    let named = said.split('`').nth(1).unwrap_or_default();
    match () {
        () if !error.is_data() => "不是完整的 JSON".into(),
        () if said.starts_with("missing field") => format!("缺少 {named} 这一项"),
        () if said.starts_with("unknown field") => format!("不认识 {named} 这一项"),
        () if said.starts_with("unknown variant") => format!("不认识 {named} 这个值"),
        () => "这里的值不合要求".into(),
    }
}

/// Gives a new store the plan of the notice.
///
/// # Errors
/// The database refuses.
pub async fn seed_if_none(ledger: &Ledger) -> Result<(), PlanError> {
    let known = ledger.store().number("SELECT count(*) FROM catalogue_plan", vec![]).await?;
    if known != Some(0) {
        return Ok(());
    }
    keep(ledger.desk(Actor::Timer).await?, &read(OF_THE_NOTICE)?).await
}

/// Takes a plan in; one of the same slug is replaced.
///
/// # Errors
/// It does not hold together, or the database refuses.
pub async fn keep(mut desk: Desk, plan: &Plan) -> Result<(), PlanError> {
    plan.check(&Domain::slugs(desk.change()).await?)?;
    plans::keep(desk.change(), plan).await?;
    let entry = Entry {
        room: "catalogue",
        act: "plan",
        subject: format!("catalogue:plan:{}", plan.slug),
        organ: String::new(),
        basis: plan.number.clone(),
        facts: serde_json::json!({ "slug": plan.slug, "tasks": plan.tasks.len() }),
    };
    desk.record(entry).await?;
    Ok(desk.seal().await?)
}
