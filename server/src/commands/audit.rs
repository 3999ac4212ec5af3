//! `gongkai audit`: the chain of all that was done.

use crate::failure::{Exit, Failure};
use crate::opening::Whereabouts;

/// What can be done with the audit.
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// 核对审计链: 每条记录的编号、前一条的哈希和自己的哈希
    Verify,
}

/// Carries a command out.
///
/// # Errors
/// The chain does not hold, or the database cannot be opened.
pub async fn run(command: Command, place: &Whereabouts) -> Result<(), Failure> {
    let Command::Verify = command;
    let ledger = place.existing().await?;
    let found = ledger.audit().await?;
    if found.breaks.is_empty() {
        println!("审计链完整: {} 条, 末尾哈希 {}", found.entries, found.last);
        return Ok(());
    }
    for broken in &found.breaks {
        println!("第 {} 条: {}", broken.seq, broken.what);
    }
    let message = format!("审计链不完整: {} 条中有 {} 处不符", found.entries, found.breaks.len());
    let remedy =
        "数据库被人越过程序改动过, 或者磁盘有坏块; 保留现场, 与备份和公开日志里的审计链记录比较";
    Err(Failure::new(Exit::Invalid, message, remedy))
}
