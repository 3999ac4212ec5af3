//! `gongkai events`: what happened that makes information due.

use std::io::{self, Write};

use catalogue::acts::event::{self, Registration};
use catalogue::store::EventLine;
use law::Date;
use serde_json::json;

use super::catalogue::refused;
use super::files::operator;
use crate::failure::Failure;
use crate::opening::Whereabouts;

/// Events listed at most; more are a page of the workbench.
const MOST: i64 = 1000;

/// What can be done with events.
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// 登记一件事, 从此开始计算公开期限
    Register {
        /// 应当公开的机关
        #[arg(long)]
        organ: String,
        /// 领域名称
        #[arg(long)]
        domain: String,
        /// 事项编号, 八位数字
        #[arg(long, value_name = "编号")]
        item: String,
        /// 发生的日子, 或者将要发生的日子
        #[arg(long, value_name = "日期")]
        on: Date,
        /// 发生了什么, 例如 预算已批准
        #[arg(long)]
        words: String,
        /// 输出 JSON
        #[arg(long)]
        json: bool,
    },
    /// 列出一个机关登记的事件, 新的在前
    List {
        /// 机关代码
        #[arg(long)]
        organ: String,
        /// 输出 JSON
        #[arg(long)]
        json: bool,
    },
    /// 撤回登错的事件; 登记和理由都留着
    Withdraw {
        /// 编号, 见 gongkai events list
        #[arg(value_name = "编号")]
        id: String,
        /// 理由
        #[arg(long, value_name = "文字")]
        reason: String,
    },
}

/// Carries a command out.
///
/// # Errors
/// What is named is not known, what is given cannot be taken, or the database refuses.
pub async fn run(command: Command, place: &Whereabouts) -> Result<(), Failure> {
    let ledger = place.existing().await?;
    match command {
        Command::Register { organ, domain, item, on, words, json } => {
            let given = Registration { organ, domain, item, words, happened_on: on };
            let kept = event::keep(ledger.desk(operator()).await?, given).await.map_err(refused)?;
            let owed = kept.obligation;
            if json {
                return print_json(json!({
                    "schema_version": 1, "event": kept.id, "obligation": owed,
                }));
            }
            let due = owed.due_on.map_or_else(
                || "时限没有可以计算的日子".to_owned(),
                |day| format!("最后一日 {day}"),
            );
            println!("已登记 {}; {due}, {}", kept.id, owed.state);
            println!("说明: gongkai obligations explain {}", owed.id);
            Ok(())
        }
        Command::List { organ, json } => {
            let found = EventLine::of_organ(ledger.store(), &organ, MOST).await?;
            if json {
                return print_json(json!({ "schema_version": 1, "events": found }));
            }
            print(&found)
        }
        Command::Withdraw { id, reason } => {
            event::end(ledger.desk(operator()).await?, &id, &reason).await.map_err(refused)?;
            println!("已撤回 {id}");
            Ok(())
        }
    }
}

fn print_json(answer: serde_json::Value) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    serde_json::to_writer_pretty(&mut out, &answer)?;
    writeln!(out)?;
    Ok(())
}

fn print(found: &[EventLine]) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    if found.is_empty() {
        writeln!(out, "这个机关还没有登记过起算事件")?;
        return Ok(());
    }
    for one in found {
        let ended = one.ended_reason.as_ref().map(|reason| format!("  已撤回: {reason}"));
        let (ended, place) = (ended.unwrap_or_default(), format!("{}/{}", one.domain, one.item));
        writeln!(out, "{}  {}  {}  {place}{ended}", one.id, one.happened_on, one.words)?;
    }
    Ok(())
}
