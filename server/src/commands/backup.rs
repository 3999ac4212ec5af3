//! `gongkai backup`: a whole copy of a data folder while the server runs, the proof that such a copy is
//! whole, and putting it back into an empty data folder.
//!
//! What is in a backup and what is not is told in docs/backup.md.

mod creation;
mod manifest;
mod restoring;
mod tree;
mod verification;

use std::path::{Path, PathBuf};

use crate::failure::{Exit, Failure};
use crate::opening::Whereabouts;

/// What can be done with backups.
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// 备份: 服务照常运行, 写出一个自带清单的文件夹, 写完当场核对
    #[command(after_help = HELD)]
    Create {
        /// 备份写到哪个文件夹; 不能已经存在, 不能在数据目录里面
        #[arg(value_name = "备份文件夹")]
        to: PathBuf,
        /// 连公开日志的私钥和个人信息的密钥一起备份; 这样的备份要像密钥一样保管
        #[arg(long)]
        with_key: bool,
    },
    /// 核对一份备份是否完整: 每个文件的哈希、数据库、审计链、公开日志; 不碰正在用的数据
    Verify {
        /// 备份文件夹
        #[arg(value_name = "备份文件夹")]
        backup: PathBuf,
    },
    /// 恢复到空的数据目录 (用 --data 指明); 先核对, 要么全部恢复, 要么什么都不留
    Restore {
        /// 备份文件夹
        #[arg(value_name = "备份文件夹")]
        backup: PathBuf,
    },
}

/// What a backup holds.
const HELD: &str = "备份里有:
  数据库 (含账号的密码摘要、动态口令种子、未公开的稿件, 所以备份要按内部资料保管), 附件, 国徽等自备文件
备份里没有:
  公开日志的私钥和签署记录 (log 文件夹), 个人信息的密钥 (secrets 文件夹), 除非写 --with-key;
  请另外抄一份, 与备份分开保管: 没有 secrets 里的密钥, 备份里申请人的个人信息谁也打不开
  检索索引 (启动时自动重建); 环境变量和启动参数里的密钥 (单点登录等)
用 PostgreSQL 的: 用 pg_dump 备份数据库, 说明见 docs/backup.md";

/// Carries a command out.
///
/// # Errors
/// Whatever stands in the way, in words for the person; nothing half is left behind.
pub async fn run(command: Command, place: &Whereabouts) -> Result<(), Failure> {
    match command {
        Command::Create { to, with_key } => {
            only_sqlite(place)?;
            creation::run(place, &to, with_key).await
        }
        Command::Verify { backup } => verification::run(&backup).await,
        Command::Restore { backup } => {
            only_sqlite(place)?;
            restoring::run(place, &backup).await
        }
    }
}

/// The name of the database in a data folder and in a backup.
const DATABASE: &str = "gongkai.db";

/// The folder of the log's key.
const LOG: &str = "log";

/// The folder of the keys of personal data.
const SECRETS: &str = "secrets";

/// Whether a file of a data folder is a key: it goes into a backup only where that is asked for.
fn is_key(path: &str) -> bool {
    path.starts_with("log/") || path.starts_with("secrets/")
}

fn only_sqlite(place: &Whereabouts) -> Result<(), Failure> {
    if place.database.is_none() {
        return Ok(());
    }
    let message = "用 --database 指定了 PostgreSQL, gongkai backup 只备份 SQLite 的数据目录";
    let remedy = "数据库用 pg_dump -Fc 备份、pg_restore 恢复; 先备份数据库, 再复制数据目录里的 files 文件夹、\
                  log 和 secrets 文件夹 (密钥, 另外保管) 和自备的国徽文件; 恢复后运行 gongkai log verify 和 \
                  gongkai audit verify。步骤见 docs/backup.md";
    Err(Failure::new(Exit::Usage, message, remedy))
}

/// Something of a backup or a data folder that could not be read or written.
fn stuck(path: &Path, doing: &str, error: std::io::Error) -> Failure {
    let remedy = match error.kind() {
        std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => {
            "磁盘已满; 请清理后再试, 或者写到别处"
        }
        std::io::ErrorKind::NotFound => "没有这个文件或者文件夹; 请核对路径",
        _ => "请核对权限和磁盘",
    };
    Failure::new(Exit::Failure, format!("{doing} {}", path.display()), remedy).because(error)
}
