//! Making a backup while others write.
//!
//! The database is copied as it was at one moment; attachments are only ever added under the digest of
//! what is in them and before the act that names them is sealed, so whatever the copy names is there when
//! they are copied after it. The log's guard is taken before: it may not be ahead of the copy.

use std::fs;
use std::path::Path;

use ledger::{Clock, Entry, Ledger};
use store::{Store, moment, snapshot};

use super::manifest::{Counts, FORM, Held, Log, Manifest};
use super::tree::{Making, around, copied, files_below, told};
use super::{DATABASE, LOG, SECRETS, is_key, manifest, stuck, verification};
use crate::commands::files::operator;
use crate::failure::{Exit, Failure};
use crate::opening::Whereabouts;
use crate::rooms;

/// How often the copy is begun anew because the log was signed in between.
const TRIES: usize = 5;

/// Makes a backup and says what is in it.
///
/// # Errors
/// There are no data, the place is taken, or something cannot be read or written; nothing is left then.
pub(super) async fn run(place: &Whereabouts, to: &Path, with_key: bool) -> Result<(), Failure> {
    if !place.is_founded().await? {
        return Err(place.nothing_there());
    }
    free(&place.data, to)?;
    let began = moment(Clock::Wall.now());
    let making = Making::beside(to, "part").map_err(|error| stuck(to, "写不进", error))?;
    let files = copy(&place.data, making.path(), with_key).await?;
    let manifest = described(making.path(), began, files, with_key).await?;
    let digest = manifest.write(making.path())?;
    verification::check(making.path()).await.map_err(unfit)?;
    making.settle(to).map_err(|error| stuck(to, "写不进", error))?;
    println!("备份已写到 {}", to.display());
    println!("清单的 SHA-256: {digest}");
    if !with_key && manifest.log.is_some() {
        println!("公开日志的密钥不在备份里; 请另外抄一份 {} 保管", place.data.join(LOG).display());
    }
    let secrets = place.data.join(SECRETS);
    if !with_key && secrets.exists() {
        println!("个人信息的密钥也不在备份里; 请另外抄一份 {} 保管", secrets.display());
    }
    if let Err(failure) = record(place, &manifest, &digest).await {
        eprintln!("注意: 备份已经写好, 但没有记入审计: {}", failure.message);
    }
    Ok(())
}

/// Whether the backup may go there.
fn free(data: &Path, to: &Path) -> Result<(), Failure> {
    if fs::symlink_metadata(to).is_ok() {
        let message = format!("{} 已经存在", to.display());
        return Err(Failure::new(Exit::Conflict, message, "请写一个新的文件夹名, 例如带上日期"));
    }
    let folder = around(to);
    let folder = fs::canonicalize(folder).map_err(|error| stuck(folder, "没有文件夹", error))?;
    let data = fs::canonicalize(data).map_err(|error| stuck(data, "读不出", error))?;
    if folder.starts_with(&data) {
        let message = "备份不能放在数据目录里面";
        return Err(Failure::new(Exit::Usage, message, "请写到另一块磁盘或者另一台机器上"));
    }
    Ok(())
}

/// The data do not hold up by themselves: the copy is as good as they are.
fn unfit(failure: Failure) -> Failure {
    let message = format!("现有数据核对不过, 没有写出备份: {}", failure.message);
    let remedy = "停止服务, 把整个数据目录原样复制一份留作证据, 再按 gongkai log verify 的提示查清";
    Failure { message, remedy: Some(remedy.into()), ..failure }
}

/// Copies everything; answers what was copied.
async fn copy(data: &Path, to: &Path, with_key: bool) -> Result<Vec<Held>, Failure> {
    let mut tries = 0;
    loop {
        tries += 1;
        let mut held = vec![];
        if with_key {
            held.extend(copy_files(data, to, is_key)?);
        }
        let copy = to.join(DATABASE);
        snapshot::copy(&data.join(DATABASE), &copy).await.map_err(|error| {
            let remedy = "请核对数据目录的权限和备份所在磁盘的剩余空间";
            Failure::new(Exit::Failure, format!("数据库复制不了: {error}"), remedy).because(error)
        })?;
        if ahead(to).await? && tries < TRIES {
            fs::remove_file(&copy).map_err(|error| stuck(&copy, "写不进", error))?;
            for keys in [to.join(LOG), to.join(SECRETS)].iter().filter(|keys| keys.exists()) {
                fs::remove_dir_all(keys).map_err(|error| stuck(keys, "写不进", error))?;
            }
            continue;
        }
        fs::File::open(&copy)
            .and_then(|file| file.sync_all())
            .map_err(|error| stuck(&copy, "写不进", error))?;
        let (size, sha256) = told(&copy).map_err(|error| stuck(&copy, "读不出", error))?;
        held.push(Held { path: DATABASE.into(), size, sha256 });
        held.extend(copy_files(data, to, |path| !is_key(path))?);
        held.sort_by(|one, other| one.path.cmp(&other.path));
        return Ok(held);
    }
}

/// Whether the guard that was copied tells of more than the copy of the database knows.
async fn ahead(backup: &Path) -> Result<bool, Failure> {
    let Ok(text) = fs::read_to_string(backup.join(LOG).join("signed")) else { return Ok(false) };
    let guard: i64 = text.split(' ').next().and_then(|word| word.parse().ok()).unwrap_or_default();
    let store = Store::as_it_lies(&backup.join(DATABASE)).await?;
    let ledger = Ledger::open(store.clone(), Clock::Wall, vec![]).await?;
    let signed = ledger.log().checkpoint().await?.map_or(0, |signed| signed.size);
    store.close().await?;
    Ok(guard > signed)
}

/// Copies the files of a data folder that are wanted, without what is made anew or is not finished.
fn copy_files(data: &Path, to: &Path, wanted: impl Fn(&str) -> bool) -> Result<Vec<Held>, Failure> {
    let (files, odd) = files_below(data).map_err(|error| stuck(data, "读不出", error))?;
    for path in odd {
        eprintln!("注意: {path} 不是普通文件 (链接等), 没有备份");
    }
    let mut held = vec![];
    for path in files.into_iter().filter(|path| belongs(path) && wanted(path)) {
        let from = data.join(&path);
        let (size, sha256) = match copied(&from, &to.join(&path)) {
            Ok(told) => told,
            // Destroyed meanwhile; whether the copy of the database still names it is asked below.
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => continue,
            Err(error) => return Err(stuck(&from, "复制不了", error)),
        };
        held.push(Held { path, size, sha256 });
    }
    Ok(held)
}

/// Whether a file of a data folder belongs into a backup beside the database.
fn belongs(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let made_anew = path.starts_with("index/") || path.starts_with(DATABASE);
    let unfinished = name.starts_with('.') || name.contains(".new-");
    !made_anew && !unfinished
}

/// The manifest of what was copied.
async fn described(
    backup: &Path,
    made_at: String,
    files: Vec<Held>,
    with_key: bool,
) -> Result<Manifest, Failure> {
    let store = Store::as_it_lies(&backup.join(DATABASE)).await?;
    let ledger = Ledger::open(store.clone(), Clock::Wall, vec![]).await?;
    let audited = ledger.audit().await?;
    let log = match ledger.log().identity().await? {
        Some(identity) => {
            let checkpoint = ledger.log().checkpoint().await?.map(|signed| signed.note);
            Some(Log { origin: identity.origin, vkey: identity.vkey, checkpoint })
        }
        None => None,
    };
    let counts = counts(&store).await?;
    let named = records::store::file_names(&store).await?;
    let manifest = Manifest {
        form: FORM.into(),
        made_at,
        program: format!("gongkai {}", env!("CARGO_PKG_VERSION")),
        schema: store.schema().await?,
        counts,
        audit: manifest::Audit { entries: audited.entries, last: audited.last },
        log,
        holds_log_key: with_key && files.iter().any(|held| held.path == "log/key"),
        files,
    };
    store.close().await?;
    if let Some(path) = named.iter().find(|path| !manifest.holds(path)) {
        let message = format!("有一个附件的文件不在数据目录里: {path}");
        let remedy = "备份期间有附件被销毁的, 再备份一次; 仍然如此的, 从以前的备份找回这个文件";
        return Err(Failure::new(Exit::Invalid, message, remedy));
    }
    Ok(manifest)
}

/// How much a database holds.
pub(super) async fn counts(store: &Store) -> Result<Counts, Failure> {
    let (records, drafts) = records::store::how_many(store).await?;
    let ledger = Ledger::open(store.clone(), Clock::Wall, vec![]).await?;
    Ok(Counts { records, drafts, leaves: ledger.log().leaves().await? })
}

/// That a backup was made stands in the audit.
async fn record(place: &Whereabouts, manifest: &Manifest, digest: &str) -> Result<(), Failure> {
    let newest = rooms::migrations(&rooms::rooms()).newest();
    if manifest.schema != newest {
        let message = "数据库还是旧结构, 备份不改动它";
        return Err(Failure::new(Exit::Conflict, message, "升级启动以后的备份会记入"));
    }
    let ledger = place.existing().await?;
    let mut desk = ledger.desk(operator()).await?;
    desk.record(Entry {
        room: "ledger",
        act: "backup",
        subject: format!("backup:{digest}"),
        organ: String::new(),
        basis: BASIS.into(),
        facts: serde_json::json!({
            "entries": manifest.audit.entries, "leaves": manifest.counts.leaves,
            "files": manifest.files.len(), "holds_log_key": manifest.holds_log_key,
        }),
    })
    .await?;
    Ok(desk.seal().await?)
}

/// What backups and restoring rest on.
pub(super) const BASIS: &str = "GB/T 22239-2019 数据备份恢复";
