//! `gongkai organ`: divisions and organs.

use std::io::{self, Write};
use std::path::PathBuf;

use documents::folder::PassingFolder;
use identity::{ImportError, Imported, Organ, Table, Tables};
use ledger::Clock;

use super::files::{operator, text_of};
use crate::failure::{Exit, Failure};
use crate::opening::Whereabouts;

/// Each 县级以上 government names the bodies that carry the openness of its departments.
const BASIS: &str = "《政府信息公开条例》第四条";

/// What the tables look like.
const COLUMNS: &str = "区划表 (CSV, UTF-8, 第一行是列名; 没有标“可不写”的都要写):
  code    统计用区划代码, 12 位数字
  name    名称
  level   层级: city 市, district 县区, township 镇街, village 村居
  parent  上级区划的代码, 可不写
  slug    网址里的英文名, 同一上级下不能重复, 可不写 (用代码代替)
  例:
    code,name,level,parent,slug
    350200000000,厦门市,city,350000000000,xiamen
    350203000000,思明区,district,350200000000,siming

机关表:
  code        机关代码, 自己编定, 以后不变
  name        全称
  short_name  简称, 可不写
  kind        类别: government 政府, office 办公室, department 部门 等
  role        职能: government 本级政府, office 办公室, finance 财政 等, 可不写
  level       层级, 同上
  division    所在区划的代码, 区划表里要有
  valid_from  起始日, valid_to 终止日: 2020-01-31 的样子, 可不写
  successor   撤并以后由哪个机关承接: 机关代码, 可不写
  domains     牵头哪些领域: 领域代号, 几个用分号隔开, 可不写
  address, postcode, hours, phone, note  地址、邮编、办公时间、电话、备注, 可不写
  例:
    code,name,short_name,kind,role,level,division,domains
    XM00001,厦门市人民政府,市政府,government,government,city,350200000000,
    XM00012,厦门市财政局,市财政局,department,,city,350200000000,caizhengyujuesuan";

/// What can be done with divisions and organs.
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// 从 CSV 导入区划和机关; 已有的按代码更新
    #[command(after_help = COLUMNS)]
    #[command(group = clap::ArgGroup::new("table").required(true).multiple(true))]
    Import {
        /// 区划表; 各列见下面
        #[arg(long, group = "table", value_name = "CSV")]
        divisions: Option<PathBuf>,
        /// 机关表; 各列见下面
        #[arg(long, group = "table", value_name = "CSV")]
        organs: Option<PathBuf>,
        /// 只检查, 不存入
        #[arg(long)]
        dry_run: bool,
    },
    /// 列出机关
    List {
        /// 只列名称或代码含有这些字的
        #[arg(default_value = "")]
        words: String,
    },
}

/// Carries a command out.
///
/// # Errors
/// A table has a fault; then nothing of it was stored.
pub async fn run(command: Command, place: &Whereabouts) -> Result<(), Failure> {
    match command {
        Command::Import { divisions, organs, dry_run } => {
            take_in(place, divisions, organs, dry_run).await
        }
        Command::List { words } => list(place, &words).await,
    }
}

async fn take_in(
    place: &Whereabouts,
    divisions: Option<PathBuf>,
    organs: Option<PathBuf>,
    dry_run: bool,
) -> Result<(), Failure> {
    if dry_run && !place.is_founded().await? {
        return Err(nothing_to_try_on(place));
    }
    let divisions_text = divisions.as_deref().map(text_of).transpose()?;
    let organs_text = organs.as_deref().map(text_of).transpose()?;
    let tables = Tables { divisions: divisions_text.as_deref(), organs: organs_text.as_deref() };
    let told = |error: ImportError| {
        let file = match &error {
            ImportError::Line { table: Table::Divisions, .. } => divisions.clone(),
            ImportError::Line { table: Table::Organs, .. } => organs.clone(),
            ImportError::Desk(_) | ImportError::Store(_) => None,
        };
        faulty(file, error)
    };
    if !place.is_founded().await? {
        place.may_found().await?;
        try_elsewhere(&tables).await?.map_err(told)?;
        eprintln!("{} 里还没有数据, 现在建立", place.name());
    }
    let desk = place.founding(Clock::Wall).await?.desk(operator()).await?;
    let outcome = if dry_run { tables.check(&desk).await } else { tables.keep(desk, BASIS).await };
    let Imported { divisions: places, organs: bodies } = outcome.map_err(told)?;
    if dry_run {
        println!("检查通过: 区划 {places} 个, 机关 {bodies} 个; 没有存入");
    } else {
        println!("已导入区划 {places} 个, 机关 {bodies} 个");
    }
    Ok(())
}

/// A trial founds nothing, and there is nothing yet against which to try.
fn nothing_to_try_on(place: &Whereabouts) -> Failure {
    let remedy = "请核对 --data 写的目录; 第一次导入的, 不写 --dry-run 直接导入: 表里有错就什么也不存, 也不建立数据";
    Failure { remedy: Some(remedy.into()), ..place.nothing_there() }
}

/// Tables with a fault found nothing: the first are tried in a store that is gone afterwards.
async fn try_elsewhere(tables: &Tables<'_>) -> Result<Result<Imported, ImportError>, Failure> {
    let folder = PassingFolder::new("gongkai-organs")
        .map_err(|error| Failure::unwritten(&std::env::temp_dir(), error))?;
    let trial = Whereabouts::folder(folder.path());
    let ledger = trial.founding(Clock::Wall).await?;
    let outcome = tables.check(&ledger.desk(operator()).await?).await;
    ledger.store().clone().close().await?;
    Ok(outcome)
}

/// A fault of a line with the file it stands in, or a failure of our own.
fn faulty(file: Option<PathBuf>, error: ImportError) -> Failure {
    let Some(file) = file else { return Failure::from(error) };
    let message = format!("{}: {error}", file.display());
    Failure::invalid(message, "改好这一行再导入; 这次什么也没有存入").because(error)
}

async fn list(place: &Whereabouts, words: &str) -> Result<(), Failure> {
    let ledger = place.existing().await?;
    let organs = Organ::all(ledger.store()).await?;
    let wanted = |organ: &&Organ| organ.name.contains(words) || organ.code.contains(words);
    let found: Vec<_> = organs.iter().filter(wanted).collect();
    if found.is_empty() {
        return Err(none_found(words));
    }
    let mut out = io::stdout().lock();
    for organ in found {
        let end = organ.valid_to.map(|day| format!("  至 {day}")).unwrap_or_default();
        let next =
            organ.successor.as_ref().map(|code| format!(", 后继 {code}")).unwrap_or_default();
        writeln!(out, "{}  {}{end}{next}", organ.code, organ.name)?;
    }
    Ok(())
}

fn none_found(words: &str) -> Failure {
    if words.is_empty() {
        let remedy = "先用 gongkai organ import 导入区划表和机关表";
        return Failure::new(Exit::NotFound, "还没有任何机关", remedy);
    }
    let message = format!("没有名称或代码含有“{words}”的机关");
    Failure::new(Exit::NotFound, message, "换几个字再找; 不写字则列出全部机关")
}
