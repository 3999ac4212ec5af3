//! `gongkai catalogue plan`: the plans of notices, and where every organ stands with them.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use catalogue::acts::plan::{self, PlanError};
use catalogue::plan_view::PlanView;
use catalogue::store::plans;
use law::Date;
use ledger::Ledger;

use crate::commands::files::{operator, text_of};
use crate::failure::{Exit, Failure};
use crate::opening::Whereabouts;

/// What can be done with plans.
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// 导入一份通知的工作方案(JSON); 代号(slug)相同的被替换
    Import {
        /// 工作方案文件
        file: PathBuf,
    },
    /// 列出工作方案
    List,
    /// 某一天各机关完成到哪一步
    Show {
        /// 工作方案的代号; 不写则为最近一份通知的
        #[arg(value_name = "方案")]
        slug: Option<String>,
        /// 看哪一天的情况; 不写则为今天
        #[arg(long, value_name = "日期")]
        as_of: Option<Date>,
        /// 输出 JSON
        #[arg(long)]
        json: bool,
    },
}

/// Carries a command out.
///
/// # Errors
/// The plan has a fault or is not there.
pub async fn run(command: Command, place: &Whereabouts) -> Result<(), Failure> {
    match command {
        Command::Import { file } => take_in(place, &file).await,
        Command::List => list(&place.existing().await?).await,
        Command::Show { slug, as_of, json } => {
            let ledger = place.existing().await?;
            let as_of = as_of.unwrap_or_else(|| ledger.clock().today());
            let view = view(&ledger, slug.as_deref(), as_of).await?;
            if !json {
                return tell(&view);
            }
            let mut out = io::stdout().lock();
            serde_json::to_writer_pretty(&mut out, &view.answer())?;
            Ok(writeln!(out)?)
        }
    }
}

async fn take_in(place: &Whereabouts, file: &Path) -> Result<(), Failure> {
    place.present().await?;
    let text = text_of(file)?;
    let fault = |error: PlanError| {
        let message = format!("{}: {error}", file.display());
        Failure::invalid(message, error.remedy()).because(error)
    };
    let plan = plan::read(&text).map_err(fault)?;
    let ledger = place.existing().await?;
    plan::keep(ledger.desk(operator()).await?, &plan).await.map_err(fault)?;
    println!("已导入 {} 的工作方案: {} 项任务", plan.number, plan.tasks.len());
    Ok(())
}

async fn list(ledger: &Ledger) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    for plan in plans::all(ledger.store()).await? {
        let tasks = plan.tasks.len();
        writeln!(out, "{}  {}  {}  {tasks} 项任务", plan.slug, plan.issued_on, plan.number)?;
    }
    Ok(())
}

/// The plan with everyone's state on a day.
async fn view(ledger: &Ledger, slug: Option<&str>, as_of: Date) -> Result<PlanView, Failure> {
    let view = PlanView::of(ledger.store(), slug, as_of).await?;
    view.ok_or_else(|| {
        let message = slug.map_or_else(
            || "还没有工作方案".into(),
            |slug| format!("没有代号为 {slug} 的工作方案"),
        );
        Failure::new(Exit::NotFound, message, "用 gongkai catalogue plan list 查看有哪些方案")
    })
}

fn tell(view: &PlanView) -> Result<(), Failure> {
    let (plan, mut out) = (&view.plan, io::stdout().lock());
    writeln!(out, "{} {}（截至 {}）", plan.number, plan.title, view.as_of)?;
    for task in &plan.tasks {
        writeln!(out, "\n{}: {} 前（{}）", task.name, task.due_on, task.basis)?;
        for row in view.rows_of(task) {
            let missing = match view.missing(row).join("、") {
                names if names.is_empty() => names,
                names => format!("; 还缺: {names}"),
            };
            writeln!(out, "  {}  {}{missing}", view.name(row), row.state.words(row.owed))?;
        }
    }
    Ok(())
}
