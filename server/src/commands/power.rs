//! `gongkai power`: lists of powers and services, which items disclose them, and what is missing.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use catalogue::acts::power::{self, List, Pair, PowerError};
use catalogue::power_view::{self, GapReport, ListedItem, ListedPower};
use catalogue_rules::power::{PowerList, stage_of_kind};
use serde::Serialize;

use super::files::{bytes_of, operator};
use crate::failure::{Exit, Failure};
use crate::opening::Whereabouts;

/// What can be done with powers.
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// 导入一个机关的权责清单或公共服务事项清单; 不在新清单里的到昨天为止
    Import {
        /// 清单文件: xlsx、csv 等表格
        file: PathBuf,
        /// 机关代码
        #[arg(long)]
        organ: String,
        /// 权责清单 powers, 公共服务事项清单 services
        #[arg(long, value_name = "清单", default_value = "powers")]
        list: String,
        /// 只看会导入什么, 不存入
        #[arg(long)]
        dry_run: bool,
    },
    /// 按文字相似, 为权责事项建议公开事项
    Suggest {
        /// 机关代码; 不写则为所有机关
        #[arg(long)]
        organ: Option<String>,
    },
    /// 列出权责事项, 以及建议和确认的公开事项
    List {
        /// 机关代码; 不写则为所有机关
        #[arg(long)]
        organ: Option<String>,
        /// 输出 JSON
        #[arg(long)]
        json: bool,
    },
    /// 确认一个公开事项就是公开这个权责事项的
    Confirm(Decided),
    /// 排除一个建议
    Reject(Decided),
    /// 缺口: 没有公开事项的权责事项, 没有权责事项的公开事项
    Gaps {
        /// 机关代码; 不写则为所有机关
        #[arg(long)]
        organ: Option<String>,
        /// 输出 JSON
        #[arg(long)]
        json: bool,
        /// 写成 CSV
        #[arg(long, value_name = "文件")]
        csv: Option<PathBuf>,
        /// 写成 XLSX
        #[arg(long, value_name = "文件")]
        xlsx: Option<PathBuf>,
    },
}

/// Which power and which item.
#[derive(Debug, clap::Args)]
pub struct Decided {
    /// 权责事项的编号, 见 power list
    #[arg(value_name = "编号")]
    power: String,
    /// 公开事项的领域
    #[arg(long)]
    domain: String,
    /// 公开事项的编号
    #[arg(long, value_name = "编号")]
    item: String,
}

/// Carries a command out.
///
/// # Errors
/// The file is no list, or what was asked for is not there.
pub async fn run(command: Command, place: &Whereabouts) -> Result<(), Failure> {
    match command {
        Command::Import { file, organ, list, dry_run } => {
            take_in(place, &file, &organ, &list, dry_run).await
        }
        Command::Suggest { organ } => {
            let desk = place.existing().await?.desk(operator()).await?;
            let count = power::suggest(desk, organ.as_deref()).await.map_err(refused)?;
            println!("建议了 {count} 条, 请用 power confirm 或 power reject 逐条确认");
            Ok(())
        }
        Command::List { organ, json } => list(place, organ.as_deref(), json).await,
        Command::Confirm(decided) => decide(place, decided, true).await,
        Command::Reject(decided) => decide(place, decided, false).await,
        Command::Gaps { organ, json, csv, xlsx } => {
            show_gaps(place, organ.as_deref(), json, csv.as_deref(), xlsx.as_deref()).await
        }
    }
}

async fn take_in(
    place: &Whereabouts,
    file: &Path,
    organ: &str,
    list: &str,
    dry_run: bool,
) -> Result<(), Failure> {
    place.present().await?;
    let list = PowerList::parse(list).ok_or_else(|| {
        let message = format!("不认识的清单 {list}");
        Failure::new(Exit::Usage, message, "权责清单写 powers, 公共服务事项清单写 services")
    })?;
    let name = file.display().to_string();
    let (lines, mut doubts) = power::read(&bytes_of(file)?, &name, list).map_err(|error| {
        Failure::invalid(format!("{name}: {error}"), error.remedy()).because(error)
    })?;
    let mut said = format!("试读: {} 个事项; 没有存入", lines.len());
    if !dry_run {
        let source = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let desk = place.existing().await?.desk(operator()).await?;
        let list = List { organ, list, source: &source, lines: &lines };
        let done = power::keep(desk, list).await.map_err(refused)?;
        let (added, updated, ended) = (done.added, done.updated, done.ended);
        said = format!("已导入: 新增 {added} 个, 更新 {updated} 个, 终止 {ended} 个");
        doubts.extend(done.doubts);
    }
    let mut out = io::stdout().lock();
    for doubt in &doubts {
        writeln!(out, "核对: {doubt}")?;
    }
    writeln!(out, "{said}, 需要核对 {} 处", doubts.len())?;
    Ok(())
}

async fn decide(place: &Whereabouts, decided: Decided, yes: bool) -> Result<(), Failure> {
    let desk = place.existing().await?.desk(operator()).await?;
    let Decided { power: id, domain, item } = &decided;
    let pair = Pair { power: id, domain, item };
    let done = if yes { power::confirm(desk, pair).await } else { power::reject(desk, pair).await };
    let done = done.map_err(refused)?;
    println!("{}: {} {}", done.state.name(), done.domain, done.item);
    Ok(())
}

#[derive(Serialize)]
struct Answer {
    schema_version: u32,
    powers: Vec<PowerAnswer>,
}

#[derive(Serialize)]
struct PowerAnswer {
    id: String,
    organ: String,
    list: PowerList,
    code: Option<String>,
    name: String,
    kind: String,
    stage: &'static str,
    ended_on: Option<String>,
    items: Vec<ItemAnswer>,
}

#[derive(Serialize)]
struct ItemAnswer {
    domain: String,
    item: String,
    name: Option<String>,
    likeness: i64,
    state: &'static str,
    #[serde(skip)]
    state_name: &'static str,
}

async fn list(place: &Whereabouts, organ: Option<&str>, json: bool) -> Result<(), Failure> {
    let ledger = place.existing().await?;
    let listed = power_view::listed(ledger.store(), organ, ledger.clock().today()).await?;
    let powers: Vec<PowerAnswer> = listed.into_iter().map(answer).collect();
    let mut out = io::stdout().lock();
    if json {
        serde_json::to_writer_pretty(&mut out, &Answer { schema_version: 1, powers })?;
        writeln!(out)?;
        return Ok(());
    }
    for power in powers {
        let end = power.ended_on.map(|day| format!("  至 {day}")).unwrap_or_default();
        writeln!(out, "{}  {}  {}  {}{end}", power.id, power.organ, power.kind, power.name)?;
        for item in power.items {
            let (state, likeness) = (item.state_name, item.likeness);
            let name = item.name.as_deref().unwrap_or("（已不在现行目录）");
            writeln!(out, "    {state} {likeness}‰  {name}  {} {}", item.domain, item.item)?;
        }
    }
    Ok(())
}

fn answer(listed: ListedPower) -> PowerAnswer {
    let ListedPower { power, items } = listed;
    let item = |ListedItem { link, name }: ListedItem| ItemAnswer {
        state: link.state.word(),
        state_name: link.state.name(),
        domain: link.domain,
        item: link.item,
        name,
        likeness: link.likeness,
    };
    PowerAnswer {
        items: items.into_iter().map(item).collect(),
        stage: stage_of_kind(&power.kind).name(),
        ended_on: power.ended_on.map(|day| day.to_string()),
        id: power.id,
        organ: power.organ,
        list: power.list,
        code: power.code,
        name: power.name,
        kind: power.kind,
    }
}

async fn show_gaps(
    place: &Whereabouts,
    organ: Option<&str>,
    json: bool,
    csv: Option<&Path>,
    xlsx: Option<&Path>,
) -> Result<(), Failure> {
    let ledger = place.existing().await?;
    let report = GapReport::of(ledger.store(), organ, ledger.clock().today()).await?;
    let write = |file: &Path, bytes: Vec<u8>| {
        fs::write(file, bytes).map_err(|error| Failure::unwritten(file, error))?;
        eprintln!("已写入 {}", file.display());
        Ok::<(), Failure>(())
    };
    if let Some(file) = csv {
        write(file, report.sheet().to_csv()?)?;
    }
    if let Some(file) = xlsx {
        write(file, report.book().to_xlsx()?)?;
    }
    let mut out = io::stdout().lock();
    if json {
        serde_json::to_writer_pretty(&mut out, &report)?;
        writeln!(out)?;
        return Ok(());
    }
    if csv.is_some() || xlsx.is_some() {
        return Ok(());
    }
    if report.organs.is_empty() {
        let remedy = "先用 gongkai power import 导入权责清单";
        return Err(Failure::new(Exit::NotFound, "没有权责清单", remedy));
    }
    tell(&report, &mut out)
}

fn tell(report: &GapReport, out: &mut impl Write) -> Result<(), Failure> {
    for organ in &report.organs {
        let (powers, services) = (organ.powers, organ.services);
        writeln!(out, "{}: 权责事项 {powers}, 公共服务事项 {services}", organ.name)?;
        for stage in &organ.gaps.stages {
            writeln!(
                out,
                "  {}: 权责事项 {}, 没有公开事项 {}; 公开事项 {}, 没有权责事项 {}",
                stage.stage.name(),
                stage.powers,
                stage.without_item,
                stage.items,
                stage.without_power
            )?;
        }
        for gap in &organ.gaps.powers {
            writeln!(out, "  没有公开事项: [{}] {} {}", gap.stage.name(), gap.kind, gap.name)?;
        }
        for gap in &organ.gaps.items {
            let domain = report.domains.get(&gap.kind).unwrap_or(&gap.kind);
            writeln!(out, "  没有权责事项: [{}] {domain} {}", gap.stage.name(), gap.name)?;
        }
    }
    Ok(())
}

fn refused(error: PowerError) -> Failure {
    let exit = match error {
        PowerError::NoOrgan(_) | PowerError::NoPower(_) | PowerError::NoItem { .. } => {
            Exit::NotFound
        }
        PowerError::Empty | PowerError::Ended(_) => Exit::Invalid,
        PowerError::Desk(_) | PowerError::Store(_) => Exit::Failure,
    };
    Failure::new(exit, error.to_string(), error.remedy()).because(error)
}
