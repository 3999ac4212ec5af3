//! `gongkai standard`: the register of standards, and how far catalogues keep to them.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use catalogue::acts::conformance::{self, Assessment, AssessmentError};
use catalogue::acts::standard::{self, StandardError};
use catalogue::reading::ListUnread;
use catalogue::store::standards::{Conformance, Standard};
use catalogue_rules::standard::{Extent, RowDoubt, StandardLine, StandardState};
use law::Date;
use serde::Serialize;

use super::files::{bytes_of, operator};
use crate::failure::{Exit, Failure};
use crate::opening::Whereabouts;

/// What can be done with standards.
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// 登记标准: 从 xlsx、csv 等表格导入; 不写文件则登记本平台规则所依据的标准
    Import {
        /// 标准清单: 标准号、标准名称, 可有级别、发布机构、实施日期、废止日期、被代替、备注
        #[arg(value_name = "文件")]
        file: Option<PathBuf>,
        /// 登记的机关: 市、区市场监管部门
        #[arg(long)]
        organ: String,
        /// 只看会登记什么, 不存入
        #[arg(long)]
        dry_run: bool,
    },
    /// 列出登记的标准和它们的状态
    List {
        /// 输出 JSON
        #[arg(long)]
        json: bool,
    },
    /// 废止一个标准
    End {
        /// 标准号
        #[arg(value_name = "标准号")]
        code: String,
        /// 登记它的机关
        #[arg(long)]
        organ: String,
        /// 最后有效的一天
        #[arg(long, value_name = "日期")]
        on: Date,
        /// 代替它的标准
        #[arg(long, value_name = "标准号")]
        successor: Option<String>,
    },
    /// 填写一份目录是否符合一个标准
    Assess {
        /// 标准号
        #[arg(value_name = "标准号")]
        code: String,
        /// 目录的机关
        #[arg(long)]
        organ: String,
        /// 目录的领域
        #[arg(long)]
        domain: String,
        /// 全部符合 full、部分符合 partly、不符合 not
        #[arg(long, value_name = "程度")]
        extent: String,
        /// 哪里不符合; 全部符合的可以不写
        #[arg(long, value_name = "说明", default_value = "")]
        note: String,
        /// 由谁填写: 目录的机关或者登记标准的机关; 不写则为目录的机关
        #[arg(long, value_name = "机关代码")]
        by: Option<String>,
    },
}

/// Carries a command out.
///
/// # Errors
/// The file is no list, or what was asked for is not there.
pub async fn run(command: Command, place: &Whereabouts) -> Result<(), Failure> {
    match command {
        Command::Import { file, organ, dry_run } => {
            take_in(place, file.as_deref(), &organ, dry_run).await
        }
        Command::List { json } => list(place, json).await,
        Command::End { code, organ, on, successor } => {
            let ledger = place.existing().await?;
            let desk = ledger.desk(operator()).await?;
            let ended = standard::end(desk, &organ, &code, on, successor.as_deref()).await;
            let ended = ended.map_err(refused)?;
            println!("{} 到 {on} 为止有效", ended.code);
            Ok(())
        }
        Command::Assess { code, organ, domain, extent, note, by } => {
            let extent = Extent::parse(&extent).ok_or_else(|| {
                let message = format!("不认识的程度 {extent}");
                Failure::new(Exit::Usage, message, "写 full、partly 或 not")
            })?;
            let by = by.as_deref().unwrap_or(&organ);
            let (organ, domain, standard) = (&*organ, &*domain, &*code);
            let said = Assessment { by, organ, domain, standard, extent, note: &note };
            let desk = place.existing().await?.desk(operator()).await?;
            conformance::keep(desk, said).await.map_err(not_assessed)?;
            println!("已记下: {organ} 的{domain}目录与 {code} {}", extent.name());
            Ok(())
        }
    }
}

async fn take_in(
    place: &Whereabouts,
    file: Option<&Path>,
    organ: &str,
    dry_run: bool,
) -> Result<(), Failure> {
    place.present().await?;
    let (lines, doubts) = read(file)?;
    let mut out = io::stdout().lock();
    for doubt in &doubts {
        writeln!(out, "核对: {doubt}")?;
    }
    if dry_run {
        writeln!(out, "试读: {} 个标准; 没有存入", lines.len())?;
        return Ok(());
    }
    let desk = place.existing().await?.desk(operator()).await?;
    let registered = standard::keep(desk, organ, &lines).await.map_err(refused)?;
    for code in &registered.others {
        writeln!(out, "核对: {code} 由别的机关登记, 没有改动")?;
    }
    let kept = registered.kept;
    writeln!(out, "已登记 {kept} 个标准, 需要核对 {} 处", doubts.len() + registered.others.len())?;
    Ok(())
}

fn read(file: Option<&Path>) -> Result<(Vec<StandardLine>, Vec<RowDoubt>), Failure> {
    let unread = |name: String| {
        move |error: ListUnread| {
            Failure::invalid(format!("{name}: {error}"), error.remedy()).because(error)
        }
    };
    let Some(file) = file else {
        let lines = standard::of_the_law().map_err(unread("随程序带的清单".into()))?;
        return Ok((lines, vec![]));
    };
    let name = file.display().to_string();
    standard::read(&bytes_of(file)?, &name).map_err(unread(name))
}

#[derive(Serialize)]
struct Answer {
    schema_version: u32,
    standards: Vec<StandardAnswer>,
}

#[derive(Serialize)]
struct StandardAnswer {
    code: String,
    title: String,
    rank: &'static str,
    issuer: Option<String>,
    valid_from: Option<Date>,
    valid_to: Option<Date>,
    successor: Option<String>,
    keeper: String,
    #[serde(flatten)]
    state: StandardState,
    catalogues: Vec<ConformanceAnswer>,
}

#[derive(Serialize)]
struct ConformanceAnswer {
    organ: String,
    domain: String,
    extent: Extent,
    note: Option<String>,
    assessed_on: String,
}

async fn list(place: &Whereabouts, json: bool) -> Result<(), Failure> {
    let ledger = place.existing().await?;
    let (store, today) = (ledger.store(), ledger.clock().today());
    let all = (String::new(), "9".repeat(12));
    let assessed = Conformance::within(store, &all, today).await?;
    let standards = Standard::all(store).await?;
    let mut out = io::stdout().lock();
    if json {
        let standards = standards.into_iter().map(|one| answer(one, today, &assessed)).collect();
        serde_json::to_writer_pretty(&mut out, &Answer { schema_version: 1, standards })?;
        writeln!(out)?;
        return Ok(());
    }
    for one in standards {
        let (state, keeper) = (one.state(today).words(), &one.keeper);
        let count = assessed.iter().filter(|kept| kept.standard == one.code).count();
        writeln!(out, "{}  {}  {state}  登记 {keeper}  对照的目录 {count}", one.code, one.title)?;
    }
    Ok(())
}

fn answer(standard: Standard, today: Date, assessed: &[Conformance]) -> StandardAnswer {
    let catalogues = assessed.iter().filter(|one| one.standard == standard.code);
    let catalogues = catalogues.cloned().map(|one| ConformanceAnswer {
        organ: one.organ,
        domain: one.domain,
        extent: one.extent,
        note: one.note,
        assessed_on: one.assessed_on,
    });
    StandardAnswer {
        state: standard.state(today),
        catalogues: catalogues.collect(),
        code: standard.code,
        title: standard.title,
        rank: standard.rank.name(),
        issuer: standard.issuer,
        valid_from: standard.valid_from,
        valid_to: standard.valid_to,
        successor: standard.successor,
        keeper: standard.keeper,
    }
}

fn refused(error: StandardError) -> Failure {
    let exit = match error {
        StandardError::NoOrgan(_) | StandardError::Unknown(_) => Exit::NotFound,
        StandardError::Desk(_) | StandardError::Store(_) => Exit::Failure,
        _ => Exit::Invalid,
    };
    Failure::new(exit, error.to_string(), error.remedy()).because(error)
}

fn not_assessed(error: AssessmentError) -> Failure {
    let exit = match error {
        AssessmentError::NoStandard(_) | AssessmentError::NoCatalogue { .. } => Exit::NotFound,
        AssessmentError::Desk(_) | AssessmentError::Store(_) => Exit::Failure,
        _ => Exit::Invalid,
    };
    Failure::new(exit, error.to_string(), error.remedy()).because(error)
}
