//! `gongkai log`: the public log: founding, showing, checking, proving, and its witnesses.

mod proof;
mod verify;
mod witness;
mod witnesses;

use std::net::SocketAddr;
use std::path::PathBuf;

use super::files::operator;
use crate::failure::{Exit, Failure};
use crate::log_keeping;
use crate::opening::Whereabouts;

pub use verify::check;

/// What can be done with the public log.
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// 建立日志并生成密钥; 启动门户时也会自动建立
    Found {
        /// 日志名称, 一般用门户域名, 例如 www.x.gov.cn; 建立后不能改
        #[arg(long, value_name = "名称")]
        origin: Option<String>,
    },
    /// 显示日志名称、公钥和最新的检查点
    Show,
    /// 核对全部: 条目、哈希、检查点、现在公开的内容和审计链
    Verify,
    /// 写出一个条目的证明 (C2SP tlog-proof), 不联网也能核对
    Proof(proof::Wanted),
    /// 核对一份证明: 证明文件、条目文件和日志公钥
    Check(proof::Handed),
    /// 作为见证人运行: 核对别家的日志没有改写过, 然后会签
    Witness {
        /// 存放见证人密钥和所见检查点的目录
        #[arg(long, value_name = "目录")]
        state: PathBuf,
        /// 见证人名称, 例如 sheng.gov.cn/jianzheng; 只在第一次运行时用
        #[arg(long, value_name = "名称")]
        name: Option<String>,
        /// 见证哪些日志: 它们的公钥, 可以写多次
        #[arg(long = "log", value_name = "公钥", required = true)]
        logs: Vec<String>,
        /// 服务地址
        #[arg(long, default_value = "127.0.0.1:8090")]
        listen: SocketAddr,
    },
    /// 本日志请哪些见证人会签
    #[command(subcommand)]
    Witnesses(witnesses::Command),
}

/// Carries a command out.
///
/// # Errors
/// Whatever stands in the way, in words for the person.
pub async fn run(command: Command, place: &Whereabouts) -> Result<(), Failure> {
    match command {
        Command::Found { origin } => found(place, origin.as_deref()).await,
        Command::Show => show(place).await,
        Command::Verify => verify::run(place).await,
        Command::Proof(wanted) => proof::write(wanted, place).await,
        Command::Check(handed) => proof::check(&handed),
        Command::Witness { state, name, logs, listen } => {
            witness::run(&state, name.as_deref(), &logs, listen).await
        }
        Command::Witnesses(command) => witnesses::run(command, place).await,
    }
}

async fn found(place: &Whereabouts, origin: Option<&str>) -> Result<(), Failure> {
    let ledger = place.existing().await?;
    let key = log_keeping::found(&ledger, &place.data, operator(), origin).await?;
    if let Some(other) = origin.filter(|name| *name != key.origin()) {
        let message = format!("日志已经以 {} 的名称建立, 不能改为 {other}", key.origin());
        return Err(Failure::new(Exit::Conflict, message, "名称和密钥一经使用就不能更换"));
    }
    println!("日志: {}", key.origin());
    println!("公钥: {}", key.vkey());
    println!("密钥在 {}/key, 请备份到安全的地方", log_keeping::folder(&place.data).display());
    Ok(())
}

async fn show(place: &Whereabouts) -> Result<(), Failure> {
    let log = place.existing().await?.log();
    let identity = log.identity().await?.ok_or_else(unfounded)?;
    println!("日志: {}\n公钥: {}", identity.origin, identity.vkey);
    println!("等待签署: {} 条", log.waiting().await?);
    if let Some(text) = log.checkpoint_text().await? {
        println!("检查点:\n{text}");
    }
    Ok(())
}

fn unfounded() -> Failure {
    let remedy = "运行 gongkai log found, 或者启动一次门户";
    Failure::new(Exit::NotFound, "日志还没有建立", remedy)
}
