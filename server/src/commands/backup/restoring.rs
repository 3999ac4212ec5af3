//! Putting a backup into an empty data folder: all of it or nothing, whatever happens meanwhile.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use ledger::Entry;
use store::private;

use super::creation::BASIS;
use super::manifest::{Manifest, damaged};
use super::tree::{Making, around, copied};
use super::{LOG, SECRETS, stuck, verification};
use crate::commands::files::operator;
use crate::failure::{Exit, Failure};
use crate::opening::Whereabouts;

/// Checks a backup and puts it in place.
///
/// # Errors
/// The data folder is not empty, the backup does not hold, or something cannot be written; the data folder
/// stays as it was.
pub(super) async fn run(place: &Whereabouts, backup: &Path) -> Result<(), Failure> {
    let data = &place.data;
    empty(data)?;
    let (manifest, digest) = verification::check(backup).await?;
    let folder = around(data);
    private::folder(folder).map_err(|error| stuck(folder, "写不进", error))?;
    let making = Making::beside(data, "restoring").map_err(|error| stuck(data, "写不进", error))?;
    copy(backup, making.path(), &manifest)?;
    record(making.path(), &manifest, &digest).await?;
    making.settle(data).map_err(|error| unsettled(data, error))?;
    println!("已恢复到 {}: {} 时的数据", data.display(), manifest.made_in_china());
    println!("检索索引在启动时自动重建。接着运行 gongkai log verify 和 gongkai audit verify");
    if manifest.log.is_some() && !manifest.holds_log_key {
        println!(
            "公开日志的密钥不在备份里: 启动前把另外保管的 {LOG} 文件夹 (key 和 signed) 放进 {}",
            data.display()
        );
    }
    if !manifest.files.iter().any(|held| held.path.starts_with(SECRETS)) {
        println!(
            "个人信息的密钥不在备份里: 启动前把另外保管的 {SECRETS} 文件夹放进 {}",
            data.display()
        );
    }
    Ok(())
}

/// Whether a data folder is empty, or not there.
fn empty(data: &Path) -> Result<(), Failure> {
    let taken = match fs::read_dir(data) {
        Ok(mut entries) => entries.next().is_some(),
        Err(error) if error.kind() == ErrorKind::NotFound => false,
        Err(error) => return Err(stuck(data, "不是可用的文件夹", error)),
    };
    if !taken {
        return Ok(());
    }
    let message = format!("数据目录 {} 不是空的, 不会覆盖已有的数据", data.display());
    let remedy =
        "用 --data 指明一个空的或者还没有的文件夹; 确要替换的, 先停止服务, 把旧的数据目录改名留存";
    Err(Failure::new(Exit::Conflict, message, remedy))
}

/// Copies every file; what was copied is what was checked.
fn copy(backup: &Path, to: &Path, manifest: &Manifest) -> Result<(), Failure> {
    for held in &manifest.files {
        let (Some(from), Some(into)) = (held.below(backup), held.below(to)) else {
            return Err(damaged(format!("清单里的“{}”指到备份外面去了", held.path)));
        };
        let (size, sha256) =
            copied(&from, &into).map_err(|error| stuck(&into, "复制不了", error))?;
        if (size, &sha256) != (held.size, &held.sha256) {
            return Err(damaged(format!("{} 在复制时变了", held.path)));
        }
    }
    Ok(())
}

/// The restored data say themselves that they were restored, and from what.
async fn record(folder: &Path, manifest: &Manifest, digest: &str) -> Result<(), Failure> {
    let restored = Whereabouts::folder(folder);
    let ledger = restored.existing().await?;
    let mut desk = ledger.desk(operator()).await?;
    desk.record(Entry {
        room: "ledger",
        act: "restore",
        subject: format!("backup:{digest}"),
        organ: String::new(),
        basis: BASIS.into(),
        facts: serde_json::json!({
            "made_at": manifest.made_at, "entries": manifest.audit.entries,
            "leaves": manifest.counts.leaves,
        }),
    })
    .await?;
    desk.seal().await?;
    Ok(ledger.store().clone().close().await?)
}

fn unsettled(data: &Path, error: std::io::Error) -> Failure {
    match error.kind() {
        ErrorKind::ResourceBusy | ErrorKind::CrossesDevices => {
            let message = format!("{} 是一个挂载点, 不能整个放上去", data.display());
            Failure::new(Exit::Failure, message, "请用 --data 指明它下面的一个子文件夹")
                .because(error)
        }
        ErrorKind::DirectoryNotEmpty | ErrorKind::AlreadyExists => {
            let message = format!("恢复时有人往 {} 里放了东西, 没有恢复", data.display());
            Failure::new(Exit::Conflict, message, "查清是哪个程序在用它, 换一个空文件夹再试")
                .because(error)
        }
        _ => stuck(data, "写不进", error),
    }
}
