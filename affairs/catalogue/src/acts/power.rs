//! 权责清单, 公共服务事项清单: an organ's lists of powers and services are taken in.

use std::collections::{BTreeMap, BTreeSet};

use ::store::StoreError;
use catalogue_rules::power::{PowerLine, PowerList, read_powers};
use catalogue_rules::standard::RowDoubt;
use identity::Organ;
use ledger::{Desk, DeskError};

use super::entry_beside;
use crate::reading::{self, ListUnread};
use crate::store::powers::Power;

pub use super::power_match::{Pair, confirm, reject, suggest};

/// Why an act on powers was not carried out. Nothing of it was stored.
#[derive(Debug, thiserror::Error)]
pub enum PowerError {
    /// No organ has this code.
    #[error("没有代码为 {0} 的机关")]
    NoOrgan(String),
    /// The list is empty.
    #[error("清单里没有可以导入的事项")]
    Empty,
    /// There is no such line.
    #[error("没有编号为 {0} 的权责事项")]
    NoPower(String),
    /// The line is no longer in the list.
    #[error("“{0}”已不在清单里")]
    Ended(String),
    /// No item in force has this key.
    #[error("{domain}领域的现行目录里没有编号为 {item} 的事项")]
    NoItem {
        /// The domain as it was asked for.
        domain: String,
        /// The item's key.
        item: String,
    },
    /// The act was not kept.
    #[error(transparent)]
    Desk(#[from] DeskError),
    /// The database refused.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl PowerError {
    /// What the person may do about it.
    pub const fn remedy(&self) -> &'static str {
        match self {
            Self::NoOrgan(_) => "用 gongkai organ list 查看机关代码",
            Self::Empty => "请核对文件里的事项名称一列",
            Self::NoPower(_) => "用 gongkai power list 查看编号",
            Self::Ended(_) => "请先导入新的清单",
            Self::NoItem { .. } => "请核对领域和事项编号，编号在事项页的网址里",
            Self::Desk(_) | Self::Store(_) => "请稍后再试；数据保持原样",
        }
    }
}

/// Reads the lines of a list in a file (XLSX, CSV and whatever else tables come in), and the rows that a
/// person should look at.
///
/// # Errors
/// The file cannot be read or holds no such list.
pub fn read(
    bytes: &[u8],
    name: &str,
    list: PowerList,
) -> Result<(Vec<PowerLine>, Vec<RowDoubt>), ListUnread> {
    Ok(read_powers(&reading::sheets(bytes, name)?, list)?)
}

/// A list that was read, and whose it is.
#[derive(Debug, Clone)]
pub struct List<'a> {
    /// The organ's code.
    pub organ: &'a str,
    /// Which list.
    pub list: PowerList,
    /// The file's name.
    pub source: &'a str,
    /// Its lines.
    pub lines: &'a [PowerLine],
}

/// What became of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Imported {
    /// Lines that are new, or stand again.
    pub added: usize,
    /// Lines known already, brought up to date.
    pub updated: usize,
    /// Lines that are gone from the list; they stay in the store with their last day.
    pub ended: usize,
    /// Lines that name another body than the organ.
    pub doubts: Vec<RowDoubt>,
}

/// Takes an organ's list in: lines are known by their names; what the list no longer has ends with
/// yesterday.
///
/// # Errors
/// The organ is unknown, the list is empty, or the database refuses.
pub async fn keep(mut desk: Desk, list: List<'_>) -> Result<Imported, PowerError> {
    let change = desk.change();
    let organ = Organ::find(change, list.organ).await?;
    let organ = organ.ok_or_else(|| PowerError::NoOrgan(list.organ.into()))?;
    if list.lines.is_empty() {
        return Err(PowerError::Empty);
    }
    let known = Power::all(change, Some(&organ.code)).await?;
    let known: BTreeMap<&str, &Power> = known
        .iter()
        .filter(|power| power.list == list.list)
        .map(|power| (power.name.as_str(), power))
        .collect();
    let stood = |name: &str| known.get(name).filter(|power| power.stands());
    let updated = list.lines.iter().filter(|line| stood(&line.name).is_some()).count();
    let with_key = |line| {
        let line: &PowerLine = line;
        let id = known.get(line.name.as_str()).map(|power| power.id.clone());
        (id.unwrap_or_else(|| uuid::Uuid::now_v7().to_string()), line)
    };
    let rows: Vec<(String, &PowerLine)> = list.lines.iter().map(with_key).collect();
    Power::keep(change, (&organ.code, list.list, list.source), &rows).await?;
    let here: BTreeSet<&str> = list.lines.iter().map(|line| line.name.as_str()).collect();
    let gone: Vec<&str> = known
        .values()
        .filter(|power| power.stands() && !here.contains(power.name.as_str()))
        .map(|power| power.id.as_str())
        .collect();
    let last = desk.today().yesterday().unwrap_or(desk.today());
    Power::end(change, &gone, last).await?;
    let imported = Imported {
        added: list.lines.len() - updated,
        updated,
        ended: gone.len(),
        doubts: list.lines.iter().filter_map(|line| foreign(line, &organ)).collect(),
    };
    let facts = serde_json::json!({
        "list": list.list, "source": list.source,
        "added": imported.added, "updated": updated, "ended": imported.ended,
    });
    desk.record(entry_beside(
        "powers",
        format!("catalogue:powers:{}", organ.code),
        &organ.code,
        facts,
    ))
    .await?;
    desk.seal().await?;
    Ok(imported)
}

/// A doubt where a line names another body than the organ whose list it is to be.
fn foreign(line: &PowerLine, organ: &Organ) -> Option<RowDoubt> {
    let body = line.body.as_deref()?;
    let ours = [&organ.name, &organ.short_name];
    let same = ours.iter().any(|name| body.contains(name.as_str()) || name.contains(body));
    (!same).then(|| RowDoubt {
        row: line.row,
        problem: format!("“{}”的实施主体写的是{body}，不是{}", line.name, organ.name),
    })
}
