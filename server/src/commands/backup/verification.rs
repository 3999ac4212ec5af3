//! Whether a backup is whole: every file as the manifest tells it, the database sound in itself, the audit
//! chain and the public log counted again and ending where they ended.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use ledger::{Clock, Ledger};
use store::{Place, Store};

use super::creation::counts;
use super::manifest::{Manifest, NAME, damaged};
use super::tree::{files_below, told};
use super::{DATABASE, SECRETS, stuck};
use crate::commands::log;
use crate::failure::{Exit, Failure};
use crate::rooms;

/// Checks a backup and says so.
///
/// # Errors
/// Something does not hold.
pub(super) async fn run(backup: &Path) -> Result<(), Failure> {
    let (manifest, digest) = check(backup).await?;
    let (made, records) = (manifest.made_in_china(), manifest.counts.records);
    println!("备份完整: {made} 时的数据, 政府信息 {records} 件");
    println!("清单的 SHA-256: {digest}");
    if manifest.holds_log_key {
        println!("注意: 备份里有公开日志的私钥, 要像密钥一样保管");
    }
    if manifest.files.iter().any(|held| held.path.starts_with(SECRETS)) {
        println!("注意: 备份里有个人信息的密钥, 要像密钥一样保管");
    }
    Ok(())
}

/// Checks a backup and changes nothing of it; answers its manifest and the SHA-256 of that.
///
/// # Errors
/// Something does not hold.
pub(super) async fn check(backup: &Path) -> Result<(Manifest, String), Failure> {
    let (manifest, digest) = Manifest::read(backup)?;
    files(backup, &manifest)?;
    let size: u64 = manifest.files.iter().map(|held| held.size).sum();
    println!("文件 {} 个, 共 {} MB: 哈希全部相符", manifest.files.len(), size.div_ceil(1 << 20));
    database(backup, &manifest).await?;
    Ok((manifest, digest))
}

/// Every file is there and is what it was, and no other.
fn files(backup: &Path, manifest: &Manifest) -> Result<(), Failure> {
    let (there, odd) = files_below(backup).map_err(|error| stuck(backup, "读不出", error))?;
    if let Some(path) = odd.first() {
        return Err(damaged(format!("{path} 不是普通文件")));
    }
    let told_of: BTreeSet<&str> = manifest.files.iter().map(|held| held.path.as_str()).collect();
    if told_of.len() != manifest.files.len() {
        return Err(damaged("清单里有一个文件写了两次"));
    }
    let other = there.iter().find(|path| *path != NAME && !told_of.contains(path.as_str()));
    if let Some(path) = other {
        return Err(damaged(format!("{path} 不在清单里, 是后来放进去的")));
    }
    if !manifest.holds(DATABASE) {
        return Err(damaged("清单里没有数据库"));
    }
    for held in &manifest.files {
        let path = held.below(backup).unwrap_or_default();
        let (size, sha256) = match told(&path) {
            Ok(told) => told,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Err(damaged(format!("缺少文件 {}", held.path)));
            }
            Err(error) => return Err(stuck(&path, "读不出", error)),
        };
        if size != held.size {
            return Err(damaged(format!(
                "{} 有 {size} 字节, 清单写的是 {} 字节",
                held.path, held.size
            )));
        }
        if sha256 != held.sha256 {
            return Err(damaged(format!("{} 的内容变了, 哈希不符", held.path)));
        }
        let named_by_content = ["files/", "originals/files/"];
        let misnamed = named_by_content.iter().any(|folder| held.path.starts_with(folder))
            && !held.path.ends_with(&sha256);
        if misnamed {
            return Err(damaged(format!("附件 {} 的内容与它的名称不符", held.path)));
        }
    }
    Ok(())
}

/// The database is sound, ends where the manifest says, and names no file that is not there.
async fn database(backup: &Path, manifest: &Manifest) -> Result<(), Failure> {
    let file = backup.join(DATABASE);
    let store = Store::as_it_lies(&file).await.map_err(|error| unsound(&error))?;
    let faults = store.faults_of_file().await.map_err(|error| unsound(&error))?;
    if let Some(fault) = faults.first() {
        return Err(damaged(format!("数据库损坏: {fault} (共 {} 处)", faults.len())));
    }
    println!("数据库: 完整性检查通过");
    let newest = rooms::migrations(&rooms::rooms()).newest();
    let schema = store.schema().await?;
    if schema > newest {
        let message = format!("备份的数据库结构 (第 {schema} 号变更) 比本程序新");
        return Err(Failure::new(Exit::Conflict, message, "请用写这份备份的版本或者更新的版本"));
    }
    let checked = match schema == newest {
        true => contents(&store, manifest).await,
        false => on_a_copy(&file, manifest).await,
    };
    store.close().await?;
    checked
}

fn unsound(error: &store::StoreError) -> Failure {
    damaged(format!("数据库打不开, 不是完整的数据库文件: {error}"))
}

/// An older schema is brought up to date in a copy; the backup stays as it is.
async fn on_a_copy(file: &Path, manifest: &Manifest) -> Result<(), Failure> {
    let name = format!("gongkai-verify-{}", std::process::id());
    let scratch = std::env::temp_dir().join(name);
    fs::remove_dir_all(&scratch).ok();
    let copy = scratch.join(DATABASE);
    let copied = super::tree::copied(file, &copy);
    copied.map_err(|error| stuck(&copy, "复制不了", error))?;
    println!("数据库结构较旧, 在临时的副本上升级后核对");
    let opened = Store::open(&Place::File(copy), &rooms::migrations(&rooms::rooms())).await;
    let checked = match opened {
        Ok(store) => {
            let checked = contents(&store, manifest).await;
            store.close().await?;
            checked
        }
        Err(error) => Err(error.into()),
    };
    fs::remove_dir_all(&scratch).ok();
    checked
}

async fn contents(store: &Store, manifest: &Manifest) -> Result<(), Failure> {
    let ledger = Ledger::open(store.clone(), Clock::Wall, vec![]).await?;
    log::check(&ledger).await?;
    let audited = ledger.audit().await?;
    if (audited.entries, &audited.last) != (manifest.audit.entries, &manifest.audit.last) {
        return Err(damaged("审计链的末尾不是清单里写的那一条"));
    }
    let checkpoint = ledger.log().checkpoint().await?.map(|signed| signed.note);
    let told = manifest.log.as_ref().and_then(|log| log.checkpoint.clone());
    if checkpoint != told {
        return Err(damaged("最新的检查点不是清单里写的那一个"));
    }
    if counts(store).await? != manifest.counts {
        return Err(damaged("数据库里的件数与清单不同"));
    }
    let named = records::store::file_names(store).await?;
    match named.iter().find(|path| !manifest.holds(path)) {
        Some(path) => Err(damaged(format!("缺少附件 {path}"))),
        None => Ok(()),
    }
}
