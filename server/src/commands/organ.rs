//! `gongkai organ`: divisions and organs.

use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;

use identity::{Organ, import_divisions, import_organs};
use ledger::Entry;

use super::catalogue::operator;
use crate::failure::{Exit, Failure};
use crate::opening::Whereabouts;

/// What can be done with divisions and organs.
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// 从 CSV 导入区划和机关; 已有的按代码更新
    #[command(group = clap::ArgGroup::new("table").required(true).multiple(true))]
    Import {
        /// 区划表: code,name,level,parent,slug
        #[arg(long, group = "table", value_name = "CSV")]
        divisions: Option<PathBuf>,
        /// 机关表: code,name,short_name,kind,role,level,division,valid_from,valid_to,successor,domains
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
    let ledger = place.ledger().await?;
    let mut desk = ledger.desk(operator()).await?;
    let mut counts = (0, 0);
    if let Some(file) = &divisions {
        let text = text_of(file)?;
        counts.0 = import_divisions(desk.change(), &text).await.map_err(|e| faulty(file, e))?;
    }
    if let Some(file) = &organs {
        let text = text_of(file)?;
        counts.1 = import_organs(desk.change(), &text).await.map_err(|e| faulty(file, e))?;
    }
    if dry_run {
        println!("检查通过: 区划 {} 个, 机关 {} 个; 没有存入", counts.0, counts.1);
        return Ok(());
    }
    let entry = Entry {
        room: "identity",
        act: "import",
        subject: "identity:table".into(),
        organ: String::new(),
        basis: "《政府信息公开条例》第四条".into(),
        facts: serde_json::json!({ "divisions": counts.0, "organs": counts.1 }),
    };
    desk.record(entry).await?;
    desk.seal().await?;
    println!("已导入区划 {} 个, 机关 {} 个", counts.0, counts.1);
    Ok(())
}

fn text_of(file: &PathBuf) -> Result<String, Failure> {
    let name = file.display();
    let bytes = fs::read(file).map_err(|error| {
        Failure::new(Exit::NotFound, format!("打不开 {name}"), "请核对文件名和读取权限")
            .because(error)
    })?;
    String::from_utf8(bytes).map_err(|error| {
        Failure::invalid(format!("{name} 不是 UTF-8 编码"), "请另存为 UTF-8 编码的 CSV")
            .because(error)
    })
}

fn faulty(file: &std::path::Path, error: identity::ImportError) -> Failure {
    let exit = match error {
        identity::ImportError::Line { .. } => Exit::Invalid,
        identity::ImportError::Store(_) => Exit::Failure,
    };
    Failure::new(
        exit,
        format!("{}: {error}", file.display()),
        "改好这一行再导入; 这次什么也没有存入",
    )
    .because(error)
}

async fn list(place: &Whereabouts, words: &str) -> Result<(), Failure> {
    let ledger = place.ledger().await?;
    let organs = Organ::all(ledger.store()).await?;
    let mut out = io::stdout().lock();
    let wanted = |organ: &&Organ| organ.name.contains(words) || organ.code.contains(words);
    for organ in organs.iter().filter(wanted) {
        let end = organ.valid_to.map(|day| format!("  至 {day}")).unwrap_or_default();
        let next =
            organ.successor.as_ref().map(|code| format!(", 后继 {code}")).unwrap_or_default();
        writeln!(out, "{}  {}{end}{next}", organ.code, organ.name)?;
    }
    Ok(())
}
