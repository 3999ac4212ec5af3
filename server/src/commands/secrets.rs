//! `gongkai secrets`: the keys of personal data: looking at them, a new one, the new one for old rows.

use ledger::Entry;
use secrets::Refused;

use super::files::operator;
use crate::failure::{Exit, Failure};
use crate::opening::Whereabouts;
use crate::rooms;

/// What can be done with the keys.
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// 列出密钥, 每把密钥加密了多少行
    Show,
    /// 生成一把新密钥: 从此新内容用它加密, 旧密钥只用来打开旧内容; 正在运行的门户自动换用
    Rotate,
    /// 把用旧密钥加密的内容改用最新的密钥, 每次一百行; 中断后再运行会接着做
    Reseal,
}

/// Carries a command out.
///
/// # Errors
/// A key cannot be used, something does not open, or the database refuses.
pub async fn run(command: Command, place: &Whereabouts) -> Result<(), Failure> {
    match command {
        Command::Show => show(place).await,
        Command::Rotate => rotate(place).await,
        Command::Reseal => reseal(place).await,
    }
}

fn refused(error: Refused) -> Failure {
    let remedy = "核对数据目录里 secrets 文件夹的文件和权限, 说明见 docs/backup.md";
    Failure::new(Exit::Failure, error.to_string(), remedy).because(error)
}

fn undone(error: secrets::ResealError) -> Failure {
    let remedy = "已经改好的行不受影响; 处理好这一行 (放回密钥, 或者从备份恢复) 再运行一次";
    Failure::new(Exit::Failure, error.to_string(), remedy).because(error)
}

async fn show(place: &Whereabouts) -> Result<(), Failure> {
    let ledger = place.existing().await?;
    let sealer = place.sealer()?;
    let (_, current) = sealer.current().map_err(refused)?;
    let mut rows: Vec<i64> = vec![];
    let (mut unreadable, keys) = (0, sealer.keys().map_err(refused)?);
    for column in rooms::sealed_columns() {
        let kept = secrets::kept(ledger.store(), &sealer, column).await.map_err(undone)?;
        rows.resize(kept.by_key.len().max(rows.len()), 0);
        rows.iter_mut().zip(&kept.by_key).for_each(|(sum, (_, many))| *sum += many);
        unreadable += kept.unreadable;
    }
    for ((algorithm, id), many) in keys.iter().zip(rows.iter().chain(std::iter::repeat(&0))) {
        let word = if *id == current { ", 新内容用它" } else { "" };
        println!("密钥 {id} ({}): {many} 处{word}", algorithm.name());
    }
    if unreadable > 0 {
        let message = format!("有 {unreadable} 处是用不在这里的密钥加密的, 打不开");
        let remedy = "把另外保管的 secrets 文件夹里的文件放回数据目录的 secrets 里";
        return Err(Failure::new(Exit::Invalid, message, remedy));
    }
    Ok(())
}

async fn rotate(place: &Whereabouts) -> Result<(), Failure> {
    let ledger = place.existing().await?;
    let sealer = place.sealer()?;
    let id = sealer.rotate().map_err(refused)?;
    let mut desk = ledger.desk(operator()).await?;
    desk.record(Entry {
        room: "secrets",
        act: "rotation",
        subject: format!("key:{id}"),
        organ: String::new(),
        basis: "个人信息保护法第五十一条".into(),
        facts: serde_json::json!({ "algorithm": place.cipher }),
    })
    .await?;
    desk.seal().await?;
    println!("新密钥 {id} ({}), 从现在起新内容用它", place.cipher);
    println!("密钥在 {}, 请另外抄一份保管", secrets::Sealer::folder(&place.data).display());
    println!("旧内容用 gongkai secrets reseal 改用新密钥; 旧密钥不要删");
    Ok(())
}

async fn reseal(place: &Whereabouts) -> Result<(), Failure> {
    let ledger = place.existing().await?;
    let sealer = place.sealer()?;
    let mut sum = 0;
    for column in rooms::sealed_columns() {
        loop {
            let step = secrets::reseal(&ledger, &sealer, operator(), column).await;
            let many = step.map_err(undone)?;
            if many == 0 {
                break;
            }
            sum += many;
        }
    }
    match sum {
        0 => println!("都已经用最新的密钥加密, 没有要改的"),
        _ => println!("改好 {sum} 处; 以前的备份里仍是旧密钥加密的, 旧密钥请继续保管"),
    }
    Ok(())
}
