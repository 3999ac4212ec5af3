//! `gongkai orders`: 12345 工单 by tables, and the platforms that hand them in by program.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use identity::Division;
use law::Date;
use ledger::Ledger;
use sites::store::SiteKey;
use suggestions::acts::order_export::{self, Exported};
use suggestions::acts::order_intake::{IntakeError, Planned, Reception, plan_table, take_in};
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
        /// 收进哪个网站, 写它的地址前缀, 例如 /siming, 总站写 /; 只有一个网站的可以不写
        #[arg(long, value_name = "前缀")]
        site: Option<String>,
        /// 只看会怎样, 不收
        #[arg(long)]
        dry_run: bool,
    },
    /// 把工单的办理情况写成 CSV, 交回 12345 平台; 记入留痕
    Export {
        /// 写到哪个文件
        #[arg(value_name = "文件")]
        file: PathBuf,
        /// 哪个网站收进的, 写它的地址前缀, 总站写 /; 只有一个网站的可以不写
        #[arg(long, value_name = "前缀")]
        site: Option<String>,
        /// 只要这一天和以后收进的
        #[arg(long, value_name = "日期", value_parser = super::calendar::date)]
        since: Option<Date>,
        /// 已经有这个文件的, 覆盖它
        #[arg(long)]
        force: bool,
    },
    /// 接入一个 12345 平台, 给出它的凭证; 凭证只显示这一次, 到期的日子可以续
    Admit {
        /// 平台的名称
        #[arg(long, value_name = "名称")]
        name: String,
        /// 为哪个网站, 写它的地址前缀, 总站写 /; 只有一个网站的可以不写
        #[arg(long, value_name = "前缀")]
        site: Option<String>,
        /// 没有写承办单位的交给哪个机关, 写代码; 不写是办这个网站的机关
        #[arg(long, value_name = "代码")]
        organ: Option<String>,
        /// 用到哪一天, 最长两年; 不写是一年
        #[arg(long, value_name = "日期", value_parser = super::calendar::date)]
        until: Option<Date>,
    },
    /// 列出接入的平台和凭证用到哪一天
    #[command(alias = "platforms")]
    Credentials,
    /// 续一个平台的凭证, 从今天起一年
    Renew {
        /// 平台的编号, 见 gongkai orders credentials
        #[arg(value_name = "编号")]
        id: String,
        /// 用到哪一天, 最长两年; 不写是一年
        #[arg(long, value_name = "日期", value_parser = super::calendar::date)]
        until: Option<Date>,
    },
    /// 收回一个平台的凭证, 马上生效
    End {
        /// 平台的编号, 见 gongkai orders credentials
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
                import(place, &ledger, &file, (site.as_deref(), dry_run)).await
            }
            Self::Export { file, site, since, force } => {
                export(place, &ledger, (&file, force), (site.as_deref(), since)).await
            }
            Self::Admit { name, site, organ, until } => {
                admit(place, &ledger, (&name, site.as_deref(), organ), until).await
            }
            Self::Credentials => credentials(&ledger).await,
            Self::Renew { id, until } => {
                let renewed = platform::renew(ledger.desk(operator()).await?, &id, until).await;
                let renewed = renewed.map_err(refused)?;
                println!("{} 的凭证用到 {}", renewed.name, renewed.ends_on);
                Ok(())
            }
            Self::End { id } => {
                let ended = platform::end(ledger.desk(operator()).await?, &id).await;
                println!("{} 的凭证已经收回", ended.map_err(refused)?.name);
                Ok(())
            }
        }
    }
}

/// The site with an address prefix; the only one where none is named.
async fn site_of(ledger: &Ledger, base: Option<&str>) -> Result<SiteKey, Failure> {
    let mut all = SiteKey::all(ledger.store()).await?;
    let shown = |base: &str| if base.is_empty() { "/".to_owned() } else { base.to_owned() };
    let Some(base) = base.map(|base| base.trim_end_matches('/')) else {
        if all.len() > 1 {
            let bases: Vec<String> = all.iter().map(|site| shown(&site.base)).collect();
            let message = format!("有 {} 个网站, 没有写是哪一个", all.len());
            let remedy = format!("请写 --site, 例如 --site {}", bases.join("、"));
            return Err(Failure::new(Exit::Usage, message, remedy));
        }
        let remedy = "请先开设网站, 见 gongkai site open --help";
        return all.pop().ok_or_else(|| Failure::new(Exit::NotFound, "还没有网站", remedy));
    };
    let found = all.into_iter().find(|site| site.base == base);
    found.ok_or_else(|| {
        let remedy = "请核对 --site; 已开设的网站见 gongkai site check";
        Failure::new(Exit::NotFound, format!("没有 {} 这个网站", shown(base)), remedy)
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
    (base, dry_run): (Option<&str>, bool),
) -> Result<(), Failure> {
    let bytes = bytes_of(file)?;
    let site = site_of(ledger, base).await?;
    let today = ledger.clock().today();
    let table = orders::read(&bytes, today).map_err(|faults| faulty(&faults))?;
    for name in &table.ignored {
        eprintln!("提醒: 列{name}不收");
    }
    let (low, high) = range_of(ledger, &site).await?;
    let of = (site.base.as_str(), site.organ.as_str());
    let reception = Reception::of_site(ledger.store(), of, (&low, &high), today).await?;
    let sealer = place.sealer()?;
    let planned = plan_table(ledger.store(), &sealer, &table, &reception).await.map_err(untaken)?;
    warned(ledger, &planned)?;
    if dry_run {
        let before = planned.iter().filter(|one| one.before.is_some()).count();
        println!("没有错: 将新收 {} 件, {before} 件以前收过", planned.len() - before);
        return Ok(());
    }
    let desk = ledger.desk(operator()).await?;
    let taken = take_in(desk, &sealer, &table.orders, &reception).await.map_err(untaken)?;
    let before = taken.iter().filter(|one| one.before).count();
    println!("新收 {} 件, {before} 件以前收过", taken.len() - before);
    Ok(())
}

/// Tells of new orders that were given out long before, and of old ones that only their numbers are known by.
fn warned(ledger: &Ledger, planned: &[Planned]) -> Result<(), Failure> {
    let (today, calendar) = (ledger.clock().today(), ledger.calendar());
    for one in planned {
        if let Some(words) = one.warning(today, &calendar)? {
            eprintln!("提醒: 第 {} 行 {}: {words}", one.order.line, one.order.number);
        }
    }
    Ok(())
}

async fn export(
    place: &Whereabouts,
    ledger: &Ledger,
    (file, force): (&Path, bool),
    (base, since): (Option<&str>, Option<Date>),
) -> Result<(), Failure> {
    let site = site_of(ledger, base).await?;
    if file.is_file() && !force {
        let message = format!("已经有 {} 这个文件", file.display());
        let remedy = "请换一个文件名; 要覆盖的, 加 --force";
        return Err(Failure::new(Exit::Conflict, message, remedy));
    }
    let query = OrderQuery { base: Some(site.base.clone()), since, ..OrderQuery::default() };
    let lines = OrderLine::of(ledger.store(), &query, MOST_GIVEN).await?;
    let sheet = orders::sheet(&lines, &place.sealer()?, ledger.clock().today())?;
    let bytes = sheet.to_csv()?;
    let exported = Exported {
        organ: &site.organ,
        base: Some(&site.base),
        since,
        until: None,
        orders: lines.len(),
    };
    let kept = order_export::keep(ledger.desk(operator()).await?, exported).await;
    kept.map_err(refused)?;
    fs::write(file, bytes).map_err(|error| Failure::unwritten(file, error))?;
    println!("写出 {} 件", lines.len());
    Ok(())
}

async fn admit(
    place: &Whereabouts,
    ledger: &Ledger,
    (name, base, organ): (&str, Option<&str>, Option<String>),
    until: Option<Date>,
) -> Result<(), Failure> {
    let site = site_of(ledger, base).await?;
    let (low, high) = range_of(ledger, &site).await?;
    let organ = organ.unwrap_or(site.organ);
    let credential = identity::secret::random_hex(32)?;
    let desk = ledger.desk(operator()).await?;
    let of = (name, site.base.as_str(), organ.as_str());
    let given = (credential.as_str(), until);
    let admitted = platform::admit(desk, &place.sealer()?, of, (&low, &high), given).await;
    let admitted = admitted.map_err(refused)?;
    println!("{} 已接入, 编号 {}, 用到 {}", admitted.name, admitted.id, admitted.ends_on);
    println!("凭证(只显示这一次): {credential}");
    Ok(())
}

async fn credentials(ledger: &Ledger) -> Result<(), Failure> {
    let all = Platform::all(ledger.store()).await?;
    let (today, mut out) = (ledger.clock().today(), io::stdout().lock());
    for one in &all {
        let base = if one.base.is_empty() { "/" } else { &one.base };
        let read = match one.read_on.as_str() {
            "" => "还没有取过办理情况".to_owned(),
            day => format!("最近 {day} 取过办理情况"),
        };
        let standing = one.standing(today);
        writeln!(
            out,
            "{}  {}  {base}  {}  {standing}  用到 {}  {read}",
            one.id, one.name, one.organ, one.ends_on
        )?;
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
        ActError::Refused(words) if words == platform::UNKNOWN => {
            Failure::new(Exit::NotFound, words, "已接入的平台见 gongkai orders credentials")
        }
        ActError::Refused(words) => Failure::new(Exit::Conflict, words, "请核对以后再试"),
        ActError::Field(_, words) => Failure::new(Exit::Usage, words, "请改正以后再试"),
        other => other.into(),
    }
}
