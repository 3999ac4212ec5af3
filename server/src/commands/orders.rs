//! `gongkai orders`: 12345 工单 by tables, and the platforms that hand them in by program.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use identity::Division;
use ledger::Ledger;
use sites::store::SiteKey;
use suggestions::acts::order_intake::{IntakeError, Reception, plan, take_in};
use suggestions::acts::{ActError, platform};
use suggestions::orders;
use suggestions::store::{OrderLine, OrderQuery, Platform};

use super::files::{bytes_of, operator};
use crate::failure::{Exit, Failure};
use crate::opening::Whereabouts;

/// The most orders written into one table.
const MOST_GIVEN: usize = 1_000_000;

/// What can be done with orders.
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// 把 12345 平台导出的工单收进来, 全部或者一件也不收
    Import {
        /// CSV(UTF-8 或者 GB18030), 列名见 docs/orders.md
        #[arg(value_name = "文件")]
        file: PathBuf,
        /// 收进哪个网站, 写它的地址前缀, 例如 /siming; 不写是总站
        #[arg(long, value_name = "前缀", default_value = "")]
        site: String,
        /// 只看会怎样, 不收
        #[arg(long)]
        dry_run: bool,
    },
    /// 把工单的办理情况写成 CSV, 交回 12345 平台
    Export {
        /// 写到哪个文件
        #[arg(value_name = "文件")]
        file: PathBuf,
        /// 哪个网站收进的, 写它的地址前缀; 不写是总站
        #[arg(long, value_name = "前缀", default_value = "")]
        site: String,
        /// 只要这一天和以后收进的
        #[arg(long, value_name = "日期")]
        since: Option<law::Date>,
    },
    /// 接入一个 12345 平台, 给出它的凭证; 凭证只显示这一次
    Admit {
        /// 平台的名称
        #[arg(long, value_name = "名称")]
        name: String,
        /// 为哪个网站, 写它的地址前缀; 不写是总站
        #[arg(long, value_name = "前缀", default_value = "")]
        site: String,
        /// 没有写承办单位的交给哪个机关, 写代码; 不写是办这个网站的机关
        #[arg(long, value_name = "代码")]
        organ: Option<String>,
    },
    /// 列出接入的平台
    Platforms,
    /// 收回一个平台的凭证, 马上生效
    End {
        /// 平台的编号, 见 gongkai orders platforms
        #[arg(value_name = "编号")]
        id: String,
    },
}

impl Command {
    /// Carries it out.
    ///
    /// # Errors
    /// The table has a fault, there is no such site or platform, or the database refuses.
    pub async fn run(self, place: &Whereabouts) -> Result<(), Failure> {
        let ledger = place.existing().await?;
        match self {
            Self::Import { file, site, dry_run } => {
                import(place, &ledger, &file, (&site, dry_run)).await
            }
            Self::Export { file, site, since } => {
                export(place, &ledger, &file, (&site, since)).await
            }
            Self::Admit { name, site, organ } => admit(place, &ledger, (&name, &site, organ)).await,
            Self::Platforms => platforms(&ledger).await,
            Self::End { id } => {
                let ended = platform::end(ledger.desk(operator()).await?, &id).await;
                println!("{} 的凭证已经收回", ended.map_err(refused)?.name);
                Ok(())
            }
        }
    }
}

/// The site with an address prefix.
async fn site_of(ledger: &Ledger, base: &str) -> Result<SiteKey, Failure> {
    let base = base.trim_end_matches('/');
    let found = SiteKey::all(ledger.store()).await?.into_iter().find(|site| site.base == base);
    found.ok_or_else(|| {
        let remedy = "请核对 --site; 已开设的网站见 gongkai site check";
        Failure::new(Exit::NotFound, format!("没有 {base} 这个网站"), remedy)
    })
}

/// The lowest and highest code of the divisions of a site; nothing lies within where its division is gone.
async fn range_of(ledger: &Ledger, site: &SiteKey) -> Result<(String, String), Failure> {
    let division = Division::find(ledger.store(), &site.division).await?;
    Ok(division.map(|division| division.range()).unwrap_or_default())
}

async fn import(
    place: &Whereabouts,
    ledger: &Ledger,
    file: &Path,
    (base, dry_run): (&str, bool),
) -> Result<(), Failure> {
    let bytes = bytes_of(file)?;
    let today = ledger.clock().today();
    let read = orders::read(&bytes, today).map_err(|faults| faulty(&faults))?;
    let site = site_of(ledger, base).await?;
    let (low, high) = range_of(ledger, &site).await?;
    let of = (site.base.as_str(), site.organ.as_str());
    let reception = Reception::of_site(ledger.store(), of, (&low, &high), today).await?;
    let sealer = place.sealer()?;
    if dry_run {
        let planned = plan(ledger.store(), &sealer, &read, &reception).await.map_err(untaken)?;
        let before = planned.iter().filter(|one| one.before.is_some()).count();
        println!("没有错: 将新收 {} 件, {before} 件以前收过", planned.len() - before);
        return Ok(());
    }
    let desk = ledger.desk(operator()).await?;
    let taken = take_in(desk, &sealer, &read, &reception).await.map_err(untaken)?;
    let before = taken.iter().filter(|one| one.before).count();
    println!("新收 {} 件, {before} 件以前收过", taken.len() - before);
    Ok(())
}

async fn export(
    place: &Whereabouts,
    ledger: &Ledger,
    file: &Path,
    (base, since): (&str, Option<law::Date>),
) -> Result<(), Failure> {
    let site = site_of(ledger, base).await?;
    let query = OrderQuery { base: Some(site.base), since, ..OrderQuery::default() };
    let lines = OrderLine::of(ledger.store(), &query, MOST_GIVEN).await?;
    let sheet = orders::sheet(&lines, &place.sealer()?, ledger.clock().today())?;
    let bytes = sheet.to_csv()?;
    fs::write(file, bytes).map_err(|error| Failure::unwritten(file, error))?;
    println!("写出 {} 件", lines.len());
    Ok(())
}

async fn admit(
    place: &Whereabouts,
    ledger: &Ledger,
    (name, base, organ): (&str, &str, Option<String>),
) -> Result<(), Failure> {
    let site = site_of(ledger, base).await?;
    let (low, high) = range_of(ledger, &site).await?;
    let organ = organ.unwrap_or(site.organ);
    let credential = identity::secret::random_hex(32)?;
    let desk = ledger.desk(operator()).await?;
    let of = (name, site.base.as_str(), organ.as_str());
    let admitted = platform::admit(desk, &place.sealer()?, of, (&low, &high), &credential).await;
    let admitted = admitted.map_err(refused)?;
    println!("{} 已接入, 编号 {}", admitted.name, admitted.id);
    println!("凭证(只显示这一次): {credential}");
    Ok(())
}

async fn platforms(ledger: &Ledger) -> Result<(), Failure> {
    let all = Platform::all(ledger.store()).await?;
    let mut out = io::stdout().lock();
    for one in &all {
        let state = if one.ended_at.is_some() { "已收回" } else { "在用" };
        let base = if one.base.is_empty() { "/" } else { &one.base };
        writeln!(out, "{}  {}  {base}  {}  {state}", one.id, one.name, one.organ)?;
    }
    if all.is_empty() {
        writeln!(out, "还没有接入平台")?;
    }
    Ok(())
}

fn faulty(faults: &[orders::OrderFault]) -> Failure {
    let lines: Vec<String> = faults.iter().map(ToString::to_string).collect();
    let message = format!("工单有错, 一件也没有收:\n  {}", lines.join("\n  "));
    Failure::invalid(message, "请按列出的行改正以后再导入; 列名和写法见 docs/orders.md")
}

fn untaken(error: IntakeError) -> Failure {
    match error {
        IntakeError::Faults(faults) => faulty(&faults),
        IntakeError::Act(error) => refused(error),
    }
}

fn refused(error: ActError) -> Failure {
    match error {
        ActError::Refused(_) | ActError::Field(..) => {
            Failure::new(Exit::Conflict, error.to_string(), "请核对以后再试")
        }
        other => other.into(),
    }
}
