//! `gongkai catalogue`: reading, taking in, checking, releasing and writing out 标准目录.

mod findings;

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use catalogue::acts::{ActError, import, release};
use catalogue::store::{Catalogue, Domain, Version};
use catalogue::writing::{Form, Printed};
use catalogue::{Stats, reading};
use catalogue_rules::ReadCatalogue;
use identity::{Division, Organ};
use law::Date;
use ledger::Ledger;
use sha2::{Digest, Sha256};
use store::Statements;

use super::files::{bytes_of, operator, size_of};
use crate::failure::{Exit, Failure};
use crate::opening::{Whereabouts, printer};

/// What can be done with catalogues.
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// 读出一个目录文件(网页、xls/xlsx、docx、csv、粘贴文本), 不存入
    Read {
        /// 目录文件
        file: PathBuf,
        /// 输出 JSON
        #[arg(long)]
        json: bool,
    },
    /// 把目录文件导入为某机关的草稿
    Import {
        /// 目录文件
        file: PathBuf,
        /// 机关代码
        #[arg(long)]
        organ: String,
        /// 领域名称; 文件写明领域时可以不填
        #[arg(long)]
        domain: Option<String>,
        /// 只看会导入什么, 不存入
        #[arg(long)]
        dry_run: bool,
    },
    /// 对照通知要求和法定时限检查目录文件
    Lint {
        /// 目录文件
        file: PathBuf,
        /// 输出 JSON
        #[arg(long)]
        json: bool,
    },
    /// 发布草稿, 自某日起施行
    Release {
        /// 机关代码
        #[arg(long)]
        organ: String,
        /// 领域名称
        #[arg(long)]
        domain: String,
        /// 施行日期
        #[arg(long, value_name = "日期")]
        from: Date,
    },
    /// 导出现行目录: 按文件名后缀写成 xlsx、docx、pdf、csv 或 json
    Export {
        /// 机关代码
        #[arg(long)]
        organ: String,
        /// 领域名称
        #[arg(long)]
        domain: String,
        /// 写到哪个文件
        file: PathBuf,
        /// 导出草稿而不是现行版本
        #[arg(long)]
        draft: bool,
    },
    /// 各领域有多少目录和事项
    Stats {
        /// 输出 JSON
        #[arg(long)]
        json: bool,
    },
}

/// Carries a command out.
///
/// # Errors
/// The file is no catalogue, or what was asked for is not there.
pub async fn run(command: Command, place: &Whereabouts) -> Result<(), Failure> {
    match command {
        Command::Read { file, json } => show_read(&read_file(&file)?.0, json),
        Command::Lint { file, json } => findings::show(&read_file(&file)?.0, json),
        Command::Import { file, organ, domain, dry_run } => {
            take_in(place, &file, organ, domain, dry_run).await
        }
        Command::Release { organ, domain, from } => {
            put_in_force(place, &organ, &domain, from).await
        }
        Command::Export { organ, domain, file, draft } => {
            write_out(place, &organ, &domain, &file, draft).await
        }
        Command::Stats { json } => show_stats(place, json).await,
    }
}

/// Whether the data folder has been founded.
pub fn is_founded(place: &Whereabouts) -> bool {
    place.database.is_some() || place.data.join("gongkai.db").exists()
}

/// The ledger, where there is one: whoever asks for what is there must not found a data folder.
///
/// # Errors
/// There is none, or it cannot be opened.
pub async fn existing(place: &Whereabouts) -> Result<Ledger, Failure> {
    if is_founded(place) {
        return place.ledger().await;
    }
    let message = format!("{} 里没有数据", place.data.display());
    let remedy = "请用 --data 指明数据目录; 还没有的, 先用 gongkai organ import 导入区划和机关";
    Err(Failure::new(Exit::NotFound, message, remedy))
}

/// Reads a file that may hold a catalogue; the second part is its SHA-256.
fn read_file(file: &Path) -> Result<(ReadCatalogue, String), Failure> {
    let name = file.display().to_string();
    reading::check_size(size_of(file)?).map_err(|refused| unread(&name, &refused))?;
    read_bytes(&bytes_of(file)?, &name)
}

/// Reads bytes that may hold a catalogue.
///
/// # Errors
/// They hold none; the words name the place and what to do.
pub fn read_bytes(bytes: &[u8], name: &str) -> Result<(ReadCatalogue, String), Failure> {
    let read = reading::read(bytes, name).map_err(|refused| unread(name, &refused))?;
    let digest = Sha256::digest(bytes);
    Ok((read, digest.iter().map(|byte| format!("{byte:02x}")).collect()))
}

fn unread(name: &str, refused: &reading::Unread) -> Failure {
    Failure::invalid(format!("{name}: {refused}"), refused.remedy())
}

fn refused(error: ActError) -> Failure {
    let exit = match error {
        ActError::NoOrgan(_) | ActError::NoDomain(_) | ActError::NoDraft => Exit::NotFound,
        ActError::Empty | ActError::NoTemplate => Exit::Invalid,
        ActError::Desk(_) | ActError::Store(_) => Exit::Failure,
    };
    Failure::new(exit, error.to_string(), error.remedy()).because(error)
}

fn show_read(read: &ReadCatalogue, json: bool) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    if json {
        serde_json::to_writer_pretty(&mut out, read)?;
        writeln!(out)?;
        return Ok(());
    }
    writeln!(out, "{}", read.title.as_deref().unwrap_or("（没有标题）"))?;
    writeln!(out, "领域: {}", read.domain.as_deref().unwrap_or("（未写明或有几个）"))?;
    writeln!(out, "事项: {} 个", read.items.len())?;
    for item in &read.items {
        let names = [&item.level1, &item.level2, &item.level3];
        let names: Vec<_> = names.into_iter().flatten().map(String::as_str).collect();
        let seq = item.seq.as_deref().unwrap_or("");
        writeln!(out, "{seq:>5}  {}", names.join(" > "))?;
        let (limit, subjects) = (said(&item.time_limit_raw), item.subjects.join("、"));
        writeln!(out, "       时限: {limit}  主体: {}", said(&subjects))?;
    }
    show_issues(&mut out, read)
}

fn said(words: &str) -> &str {
    if words.trim().is_empty() { "（未写明）" } else { words }
}

fn show_issues(out: &mut impl Write, read: &ReadCatalogue) -> Result<(), Failure> {
    if read.issues.is_empty() {
        writeln!(out, "没有需要人工核对的地方")?;
        return Ok(());
    }
    writeln!(out, "需要人工核对 {} 处:", read.issues.len())?;
    for issue in &read.issues {
        writeln!(out, "  {issue}")?;
    }
    Ok(())
}

async fn take_in(
    place: &Whereabouts,
    file: &Path,
    organ: String,
    domain: Option<String>,
    dry_run: bool,
) -> Result<(), Failure> {
    let (read, source_sha256) = read_file(file)?;
    let domain = domain.or_else(|| read.domain.clone()).ok_or_else(|| {
        Failure::invalid("文件没有写明是哪个领域", "请用 --domain 写明领域, 例如 --domain 就业")
    })?;
    let read = of_domain(read, &domain);
    let ledger = existing(place).await?;
    let known = Organ::find(ledger.store(), &organ).await?;
    let known = known.ok_or_else(|| refused(ActError::NoOrgan(organ.clone())))?;
    if let Some(caution) = foreign(ledger.store(), &read, &known).await? {
        eprintln!("提醒: {caution}");
    }
    let mut out = io::stdout().lock();
    if dry_run {
        let called = Domain::called(ledger.store(), &domain).await?;
        called.ok_or_else(|| refused(ActError::NoDomain(domain.clone())))?;
        writeln!(
            out,
            "试读: {} 个事项将成为 {organ} 的 {domain} 目录草稿; 没有存入",
            read.items.len()
        )?;
        return show_issues(&mut out, &read);
    }
    let draft = import::Import {
        organ,
        domain,
        read: read.clone(),
        source_name: file.file_name().unwrap_or_default().to_string_lossy().into_owned(),
        source_sha256,
        demo: false,
    };
    let version = import::keep(ledger.desk(operator()).await?, draft).await.map_err(refused)?;
    writeln!(out, "已存为第 {} 版草稿: {} 个事项", version.number, read.items.len())?;
    show_issues(&mut out, &read)
}

/// A word of caution where the file names another place than the one the organ serves: its subjects
/// are then still that other place's bodies.
async fn foreign(
    from: &impl Statements,
    read: &ReadCatalogue,
    organ: &Organ,
) -> Result<Option<String>, Failure> {
    let Some(hint) = read.region_hint.as_deref() else { return Ok(None) };
    let division = Division::find(from, &organ.division).await?;
    let home = division.as_ref().map_or("", |division| division.name.as_str());
    // 厦门市同安区 and 同安区 are one place.
    if hint.ends_with(home) && !home.is_empty() || organ.name.contains(hint) {
        return Ok(None);
    }
    let name = &organ.name;
    Ok(Some(format!("文件写的是 {hint}, 要存为 {name} 的目录; 请确认公开主体已改为本地机关")))
}

/// A file with several domains gives each its own items.
fn of_domain(mut read: ReadCatalogue, domain: &str) -> ReadCatalogue {
    if read.domain.is_none() {
        let bare = domain.trim_end_matches("领域");
        let ours = |of: &Option<String>| of.as_deref().is_none_or(|of| of == bare);
        if read.items.iter().any(|item| item.domain.as_deref() == Some(bare)) {
            read.items.retain(|item| ours(&item.domain));
            read.issues.retain(|issue| ours(&issue.domain));
        }
    }
    read
}

async fn put_in_force(
    place: &Whereabouts,
    organ: &str,
    domain: &str,
    from: Date,
) -> Result<(), Failure> {
    let ledger = existing(place).await?;
    let desk = ledger.desk(operator()).await?;
    let version = release::grant(desk, organ, domain, from).await.map_err(refused)?;
    println!("已发布第 {} 版, 自 {from} 起施行", version.number);
    Ok(())
}

async fn write_out(
    place: &Whereabouts,
    organ: &str,
    domain: &str,
    file: &Path,
    draft: bool,
) -> Result<(), Failure> {
    let ending = file.extension().unwrap_or_default().to_string_lossy();
    let form = Form::by_ending(&ending).ok_or_else(|| {
        let message = format!("不认识的文件后缀 {ending}");
        Failure::new(Exit::Usage, message, "请写成 .xlsx、.docx、.pdf、.csv 或 .json")
    })?;
    let ledger = existing(place).await?;
    let (store, today) = (ledger.store(), ledger.clock().today());
    let of = Organ::find(store, organ).await?;
    let of = of.ok_or_else(|| refused(ActError::NoOrgan(organ.into())))?;
    let slug = Domain::called(store, domain).await?;
    let slug = slug.ok_or_else(|| refused(ActError::NoDomain(domain.into())))?;
    let absent = || {
        let message =
            format!("{}没有{}的{domain}目录", of.name, if draft { "草稿状态" } else { "已发布" });
        Failure::new(Exit::NotFound, message, "先用 gongkai catalogue import 和 release")
    };
    let catalogue = Catalogue::of(store, organ, &slug).await?.ok_or_else(absent)?;
    let version = match draft {
        true => Version::draft(store, &catalogue.id).await?,
        false => Version::live(store, &catalogue.id, today).await?,
    };
    let version = version.ok_or_else(absent)?;
    let printed = Printed::of_version(store, &version.id, &of.name, today).await?;
    let printed = printed.ok_or_else(absent)?;
    let bytes = printed.write(form, Some(&printer())).await.map_err(|error| {
        let remedy = "请按提示处理; 装好字体 (apt-get install fonts-noto-cjk) 后才能生成 PDF";
        Failure::new(Exit::Failure, error.to_string(), remedy).because(error)
    })?;
    fs::write(file, bytes).map_err(|error| Failure::unwritten(file, error))?;
    println!("已写入 {}: {} 个事项", file.display(), printed.catalogue.items.len());
    Ok(())
}

async fn show_stats(place: &Whereabouts, json: bool) -> Result<(), Failure> {
    let ledger = existing(place).await?;
    let stats = Stats::on(ledger.store(), ledger.clock().today()).await?;
    let mut out = io::stdout().lock();
    if json {
        serde_json::to_writer_pretty(&mut out, &stats)?;
        writeln!(out)?;
        return Ok(());
    }
    writeln!(out, "领域 {}  区划 {}  机关 {}", stats.domains, stats.divisions, stats.organs)?;
    writeln!(out, "目录 {}  现行事项 {}", stats.catalogues, stats.items)?;
    for domain in &stats.by_domain {
        writeln!(
            out,
            "{:>5} 个事项  {:>3} 个目录  {}",
            domain.items, domain.catalogues, domain.name
        )?;
    }
    Ok(())
}
