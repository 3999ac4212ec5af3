//! `gongkai obligations`: what is owed by which day, why that day, and computing it again.

use std::collections::HashMap;
use std::io::{self, Write};

use catalogue::acts::ActError;
use catalogue::acts::computation::{self, Explained, Summary};
use catalogue::acts::{measure, waiver};
use catalogue::store::{Measure, Obligation};
use catalogue_rules::obligation::ObligationState;
use identity::Organ;
use law::WorkingDays;
use ledger::Ledger;
use serde_json::json;

use super::catalogue::refused;
use super::files::operator;
use crate::failure::Failure;
use crate::opening::Whereabouts;

/// The version of every JSON answer here; it changes when fields change their meaning.
const SCHEMA: u32 = 1;

/// What can be done with obligations.
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// 列出公开义务, 先到期的在前
    List {
        /// 只列这个机关的
        #[arg(long)]
        organ: Option<String>,
        /// 只列这些状态的, 可写多次
        #[arg(long, value_name = "状态", value_parser = state)]
        state: Vec<ObligationState>,
        /// 最多列多少条
        #[arg(long, value_name = "条数", default_value_t = 1000)]
        most: u32,
        /// 输出 JSON
        #[arg(long)]
        json: bool,
    },
    /// 说明一条: 从哪天起算, 怎样数到最后一日, 依据什么
    Explain {
        /// 编号, 见 gongkai obligations list
        #[arg(value_name = "编号")]
        id: String,
        /// 输出 JSON
        #[arg(long)]
        json: bool,
    },
    /// 全部重算; 只改写与原来不同的, 并记下改前改后
    Recompute {
        /// 输出 JSON
        #[arg(long)]
        json: bool,
    },
    /// 标为本期不适用, 理由公开
    Waive {
        /// 编号, 见 gongkai obligations list
        #[arg(value_name = "编号")]
        id: String,
        /// 理由
        #[arg(long, value_name = "文字")]
        reason: String,
    },
    /// 设定“实时”“及时”按多少个工作日衡量; 不写天数的, 恢复按条例的一般期限
    Measure {
        /// 实时 或 及时
        #[arg(value_name = "词", value_parser = word)]
        word: Measure,
        /// 工作日数
        #[arg(long, value_name = "天数", value_parser = clap::value_parser!(u32).range(1..=366))]
        days: Option<u32>,
        /// 依据, 例如本机关的公开规定及文号
        #[arg(long, value_name = "文字")]
        basis: String,
    },
}

/// Carries a command out.
///
/// # Errors
/// There is no such obligation, what is given cannot be taken, or the database refuses.
pub async fn run(command: Command, place: &Whereabouts) -> Result<(), Failure> {
    let ledger = place.existing().await?;
    match command {
        Command::List { organ, state, most, json } => {
            let (store, organ) = (ledger.store(), organ.as_deref());
            let found = Obligation::listed(store, organ, &state, None, most.into()).await?;
            if json {
                return print_json(json!({ "schema_version": SCHEMA, "obligations": found }));
            }
            print(&found, &Organ::all(store).await?)
        }
        Command::Explain { id, json } => explain(&ledger, id, json).await,
        Command::Recompute { json } => recompute(&ledger, json).await,
        Command::Waive { id, reason } => {
            let given = waiver::Waive { obligation: id, reason };
            let desk = ledger.desk(operator()).await?;
            let waived = waiver::keep(desk, given).await.map_err(refused)?;
            println!("{}  {}", waived.id, waived.state);
            Ok(())
        }
        Command::Measure { word, days, basis } => {
            let desk = ledger.desk(operator()).await?;
            let days = days.map(WorkingDays);
            measure::keep(desk, word, days, &basis).await.map_err(refused)?;
            match days {
                Some(days) => println!("“{}”按{days}衡量, 已重算", word.name()),
                None => println!("“{}”恢复按条例的一般期限, 已重算", word.name()),
            }
            Ok(())
        }
    }
}

async fn explain(ledger: &Ledger, id: String, json: bool) -> Result<(), Failure> {
    let (calendar, today) = (ledger.calendar(), ledger.clock().today());
    let found = computation::explained(ledger.store(), &calendar, today, &id).await?;
    let found = found.ok_or_else(|| refused(ActError::NoObligation(id)))?;
    if json {
        let Explained { obligation, explanation } = found;
        return print_json(json!({
            "schema_version": SCHEMA, "obligation": obligation, "explanation": explanation,
        }));
    }
    tell(&found)
}

async fn recompute(ledger: &Ledger, json: bool) -> Result<(), Failure> {
    let began = std::time::Instant::now();
    let summary = computation::all(ledger.desk(operator()).await?).await.map_err(refused)?;
    let seconds = began.elapsed().as_secs_f64();
    if json {
        return print_json(json!({
            "schema_version": SCHEMA, "seconds": seconds, "summary": summary,
        }));
    }
    print_summary(&summary, seconds)
}

/// A state on the command line, by its word or its name.
fn state(written: &str) -> Result<ObligationState, String> {
    let found = ObligationState::ALL
        .into_iter()
        .find(|state| state.word() == written || state.name() == written);
    let all = || ObligationState::ALL.map(ObligationState::name).join("、");
    found.ok_or_else(|| format!("不是状态, 请写 {} 之一", all()))
}

fn word(written: &str) -> Result<Measure, String> {
    let found = [Measure::Realtime, Measure::Timely]
        .into_iter()
        .find(|word| word.name() == written || word.word() == written);
    found.ok_or_else(|| "不是可以设定的时限, 请写 实时 或 及时".to_owned())
}

fn print_json(answer: serde_json::Value) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    serde_json::to_writer_pretty(&mut out, &answer)?;
    writeln!(out)?;
    Ok(())
}

fn print(found: &[Obligation], organs: &[Organ]) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    if found.is_empty() {
        writeln!(out, "没有这样的公开义务")?;
        return Ok(());
    }
    let names: HashMap<&str, &str> =
        organs.iter().map(|organ| (organ.code.as_str(), organ.name.as_str())).collect();
    for one in found {
        let due = one.due_on.map_or_else(|| "----------".to_owned(), |day| day.to_string());
        let organ = names.get(one.organ.as_str()).copied().unwrap_or(&one.organ);
        let (id, state, place) = (&one.id, one.state, format!("{}/{}", one.domain, one.item));
        let provisional = if one.provisional { " 暂定" } else { "" };
        writeln!(
            out,
            "{id}  {due}{provisional}  {state}  {organ}  {place}  {}",
            one.trigger.key()
        )?;
    }
    Ok(())
}

fn tell(found: &Explained) -> Result<(), Failure> {
    let Explained { obligation, explanation } = found;
    let mut out = io::stdout().lock();
    writeln!(out, "{}  {}", explanation.name, obligation.state)?;
    for sentence in &explanation.sentences {
        writeln!(out, "  {sentence}")?;
    }
    if !explanation.basis.is_empty() {
        writeln!(out, "依据  {}", explanation.basis.join("；"))?;
    }
    Ok(())
}

fn print_summary(summary: &Summary, seconds: f64) -> Result<(), Failure> {
    let Summary { domains, obligations, added, changed, gone, publications } = summary;
    let mut out = io::stdout().lock();
    writeln!(out, "公开义务 {obligations} 条, 领域 {domains} 个, 用时 {seconds:.2} 秒")?;
    writeln!(out, "新增 {added}  变化 {changed}  消失 {gone}  补收公开信息 {publications}")?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use catalogue_rules::obligation::ObligationState;

    use super::{state, word};

    #[test]
    fn a_state_is_named_by_its_word_or_its_name_and_anything_else_is_refused_with_the_list() {
        assert_eq!(state("overdue"), Ok(ObligationState::Overdue));
        assert_eq!(state("逾期"), Ok(ObligationState::Overdue));
        let refused = state("late").expect_err("no state");
        assert!(refused.contains("迟公开") && refused.contains("本期不适用"), "{refused}");
        assert!(word("及时").is_ok() && word("马上").is_err());
    }
}
