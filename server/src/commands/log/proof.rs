//! `gongkai log proof` and `gongkai log check`: proofs that need no network.

use std::fs;
use std::path::PathBuf;

use ledger::PublicLog;
use tlog::{Kind, Proof, Verifier};

use super::unfounded;
use crate::failure::{Exit, Failure};
use crate::opening::Whereabouts;

/// Which proof is wanted.
#[derive(Debug, clap::Args)]
pub struct Wanted {
    /// 第几条 (从 0 起), 或者 record:编号、catalogue:编号
    #[arg(value_name = "条目")]
    leaf: String,
    /// 写到哪个文件夹: 条目.json 和 证明.tlog-proof; 不写就打印证明
    #[arg(long, value_name = "文件夹")]
    out: Option<PathBuf>,
}

/// What is to be checked.
#[derive(Debug, clap::Args)]
pub struct Handed {
    /// 证明文件
    #[arg(value_name = "证明")]
    proof: PathBuf,
    /// 条目文件
    #[arg(value_name = "条目")]
    entry: PathBuf,
    /// 日志公钥
    #[arg(long, value_name = "公钥")]
    key: String,
}

/// Writes a proof.
///
/// # Errors
/// There is no such leaf, or it is not signed yet.
pub async fn write(wanted: Wanted, place: &Whereabouts) -> Result<(), Failure> {
    let log = place.existing().await?.log();
    log.identity().await?.ok_or_else(unfounded)?;
    let position = position(&log, &wanted.leaf).await?;
    let none = || {
        let message = format!("日志里没有 {}", wanted.leaf);
        Failure::new(Exit::NotFound, message, "在门户的“公开日志”里看条目的编号")
    };
    let leaf = log.leaf(position).await?.ok_or_else(none)?;
    let proof = log.proof(position).await?.ok_or_else(|| {
        let message = format!("第 {position} 条还没有签署");
        Failure::new(Exit::NotFound, message, "启动门户后一秒内会签署")
    })?;
    let Some(folder) = wanted.out else {
        print!("{}", proof.to_text());
        return Ok(());
    };
    for (name, text) in [
        (format!("{position}.json"), leaf.text),
        (format!("{position}.tlog-proof"), proof.to_text()),
    ] {
        let file = folder.join(name);
        fs::write(&file, text).map_err(|error| Failure::unwritten(&file, error))?;
        println!("{}", file.display());
    }
    Ok(())
}

/// The leaf that is meant; of a thing, its newest.
async fn position(log: &PublicLog, words: &str) -> Result<i64, Failure> {
    if let Ok(position) = words.parse() {
        return Ok(position);
    }
    let history = log.history(words).await?;
    Ok(history.last().map_or(-1, |leaf| leaf.position))
}

/// Checks a proof.
///
/// # Errors
/// It does not hold, or a file cannot be read.
pub fn check(handed: &Handed) -> Result<(), Failure> {
    let read = |file: &PathBuf| {
        fs::read(file).map_err(|error| {
            let message = format!("读不了 {}", file.display());
            Failure::new(Exit::NotFound, message, "核对文件名").because(error)
        })
    };
    let wrong = |message: &str| {
        Failure::invalid(message, "从门户重新下载证明和条目, 公钥从您信得过的地方取得")
    };
    let key =
        Verifier::parse(&handed.key, Kind::Note).map_err(|error| wrong(&error.to_string()))?;
    let text = String::from_utf8(read(&handed.proof)?).unwrap_or_default();
    let proof = Proof::parse(&text).ok_or_else(|| wrong("证明文件的格式不对"))?;
    let entry = read(&handed.entry)?;
    let head = proof.check(&entry, &key).map_err(|_| wrong("核对不通过: 条目不在这本日志里"))?;
    println!("核对通过: 第 {} 条在 {} 里 (共 {} 条时签署)", proof.index, head.origin, head.size);
    Ok(())
}
