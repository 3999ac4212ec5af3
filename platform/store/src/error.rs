//! Why the store could not do what was asked.

use std::path::PathBuf;

use sea_orm::DbErr;

/// What went wrong between us and the database.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The folder for the database file cannot be made.
    #[error("数据目录 {path} 无法建立，请检查路径和权限")]
    Folder {
        /// The folder.
        path: PathBuf,
        /// What the system said.
        #[source]
        cause: std::io::Error,
    },
    /// The database does not answer.
    #[error("数据库无法打开，请检查 --data 或 --database 所指的位置、权限和网络")]
    Unreachable(#[source] DbErr),
    /// The SQLite inside is too old to be trusted with commits.
    #[error("SQLite {0} 过旧，可能丢失已提交的数据；需要 3.51.3 或更新")]
    OldSqlite(String),
    /// A durability setting is not as it must be.
    #[error("数据库设置 {name} 是 {found}，必须是 {wanted}，否则断电会丢数据")]
    Setting {
        /// The question put to the engine.
        name: &'static str,
        /// Its answer.
        found: String,
        /// What is needed.
        wanted: &'static str,
    },
    /// The engine gave no answer to a question that always has one.
    #[error("数据库没有回答")]
    Silent,
    /// The schema belongs to a newer program.
    #[error("数据库结构比本程序新（第 {0} 号变更），请使用更新的程序打开，数据未动")]
    Newer(i64),
    /// A migration failed; what it had begun was undone.
    #[error("数据库结构变更失败，数据保持原样")]
    Migration(#[source] sea_orm::sqlx::migrate::MigrateError),
    /// A value that must not repeat is there already.
    #[error("已有相同的记录")]
    Duplicate(#[source] DbErr),
    /// What is kept is not in the form this program keeps it in.
    #[error("{what}读不出来，可能是别的版本的程序写的；请用写它的版本打开，数据未动：{cause}")]
    Unreadable {
        /// What was to be read or written, in Chinese.
        what: &'static str,
        /// What is wrong with it.
        cause: String,
    },
    /// Anything else the engine refused.
    #[error("数据库操作失败")]
    Refused(#[source] DbErr),
}

/// What triggers say of a value that must not repeat.
const REPEATED: &str = "已有相同的记录";

impl From<DbErr> for StoreError {
    fn from(error: DbErr) -> Self {
        match error.sql_err() {
            Some(sea_orm::SqlErr::UniqueConstraintViolation(_)) => Self::Duplicate(error),
            // A trigger that refuses a repeated value before the key does says it in these words.
            _ if error.to_string().contains(REPEATED) => Self::Duplicate(error),
            _ => Self::Refused(error),
        }
    }
}
