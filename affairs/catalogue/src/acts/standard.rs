//! 标准登记: the market supervision bureaus of city and district keep the register of standards.

use ::store::StoreError;
use catalogue_rules::standard::{RowDoubt, StandardLine, read_standards, standard_code};
use identity::{Level, Organ};
use law::Date;
use ledger::{Desk, DeskError};

use super::entry_beside;
use crate::reading::{self, ListUnread};
use crate::store::standards::Standard;

/// The standards that the platform's own rules rest on, for a register that is begun.
const OF_THE_LAW: &str = include_str!("../../data/standards.csv");

/// 职能 of the organs that keep the register.
const KEEPERS: &str = "market";

/// Why an act on the register was not carried out. Nothing of it was stored.
#[derive(Debug, thiserror::Error)]
pub enum StandardError {
    /// No organ has this code.
    #[error("没有代码为 {0} 的机关")]
    NoOrgan(String),
    /// The organ does not keep the register.
    #[error("{0}不是市、区市场监管部门，不能登记标准")]
    NotKeeper(String),
    /// Another bureau keeps it.
    #[error("{0} 由{1}登记")]
    Others(String, String),
    /// It is in the register already.
    #[error("{0} 已经登记过")]
    Known(String),
    /// Somebody else has changed it since it was opened.
    #[error("您打开以后，这个标准的登记内容已经被别人改过")]
    Overwritten,
    /// It has no title.
    #[error("没有写标准名称")]
    NoTitle,
    /// More is said than fits.
    #[error("名称、发布机构和备注最多各 {0} 个字")]
    TooWordy(usize),
    /// A day lies in a year that cannot be meant.
    #[error("日期 {0} 的年份不对")]
    Implausible(Date),
    /// Something stands in its place, and it is not said from when.
    #[error("写了代替它的标准，没有写最后有效日")]
    NoLastDay,
    /// What was written is no code.
    #[error("“{0}”不是标准号")]
    NoCode(String),
    /// It is not in the register.
    #[error("没有登记 {0}")]
    Unknown(String),
    /// It ends before it begins.
    #[error("废止日期 {last} 早于实施日期 {from}")]
    TooEarly {
        /// Its first day.
        from: Date,
        /// The last day given.
        last: Date,
    },
    /// It cannot stand in its own place.
    #[error("{0} 不能被自己代替")]
    Itself(String),
    /// The act was not kept.
    #[error(transparent)]
    Desk(#[from] DeskError),
    /// The database refused.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl StandardError {
    /// What the person may do about it.
    pub const fn remedy(&self) -> &'static str {
        match self {
            Self::NoOrgan(_) => "用 gongkai organ list 查看机关代码",
            Self::NotKeeper(_) => "请由市、区市场监管部门登记（厦府办〔2020〕67号一（二））",
            Self::Others(..) => "请由登记它的单位更正或者废止",
            Self::Known(_) => "在它的页面上更正",
            Self::Overwritten => "看清现在的内容，把要改的并进去，再保存",
            Self::NoTitle => "照标准文本的封面填写",
            Self::TooWordy(_) => "写短一些",
            Self::Implausible(_) => "请核对年、月、日",
            Self::NoLastDay => "写上它最后有效的一天，或者删去代替它的标准",
            Self::NoCode(_) => "写成 GB/T 9704-2012 的样子",
            Self::Unknown(_) => "用 gongkai standard list 查看；没有的先用 standard import 登记",
            Self::TooEarly { .. } => "请核对日期",
            Self::Itself(_) => "请写代替它的那个标准",
            Self::Desk(_) | Self::Store(_) => "请稍后再试；数据保持原样",
        }
    }
}

/// Reads the standards in a file (XLSX, CSV and whatever else tables come in), and the rows that a
/// person should look at.
///
/// # Errors
/// The file cannot be read or holds no such list.
pub fn read(bytes: &[u8], name: &str) -> Result<(Vec<StandardLine>, Vec<RowDoubt>), ListUnread> {
    Ok(read_standards(&reading::sheets(bytes, name)?)?)
}

/// The standards that the platform's own rules rest on.
///
/// # Errors
/// The list that comes with the program is not sound.
pub fn of_the_law() -> Result<Vec<StandardLine>, ListUnread> {
    Ok(read(OF_THE_LAW.as_bytes(), "standards.csv")?.0)
}

/// What became of the standards that were handed in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Registered {
    /// How many were taken in or brought up to date.
    pub kept: usize,
    /// Those that another organ keeps: they stay as they are.
    pub others: Vec<String>,
}

/// Takes standards into the register, as kept by an organ; those it keeps already are brought up to date.
///
/// # Errors
/// The organ is no market supervision bureau of a city or district, or the database refuses.
pub async fn keep(
    mut desk: Desk,
    organ: &str,
    lines: &[StandardLine],
) -> Result<Registered, StandardError> {
    let keeper = keeper(&desk, organ).await?;
    let known = Standard::all_held(desk.change(), &keeper.code).await?;
    let known_as = |code: &str| known.iter().find(|standard| standard.code == code);
    let is_others = |line: &StandardLine| {
        known_as(&line.code).is_some_and(|standard| standard.keeper != keeper.code)
    };
    let (others, ours): (Vec<_>, Vec<_>) = lines.iter().cloned().partition(is_others);
    let mut others: Vec<_> = others.into_iter().map(|line| line.code).collect();
    let (mut codes, mut before) = (Vec::new(), Vec::new());
    for mut line in ours {
        // A list that does not say that a standard has ended does not bring it back.
        if let (None, Some(standard)) = (line.valid_to, known_as(&line.code)) {
            line.valid_to = standard.valid_to;
            line.successor = line.successor.take().or_else(|| standard.successor.clone());
        }
        if !Standard::keep(desk.change(), &keeper.code, &line).await? {
            // Another bureau was faster.
            others.push(line.code);
            continue;
        }
        let told = facts_of(&line);
        let stood = known_as(&line.code).map(|standard| facts_of(&standard.line()));
        before.extend(stood.filter(|stood| *stood != told));
        codes.push(line.code);
    }
    let facts = serde_json::json!({ "codes": codes, "before": before });
    desk.record(entry_beside("standards", "catalogue:standards".into(), &keeper.code, facts))
        .await?;
    desk.seal().await?;
    Ok(Registered { kept: codes.len(), others })
}

/// Ends a standard: `last` is its last day, `successor` what stands in its place.
///
/// # Errors
/// It is not in the register, the organ does not keep it, the days do not fit, or the database refuses.
pub async fn end(
    mut desk: Desk,
    organ: &str,
    code: &str,
    last: Date,
    successor: Option<&str>,
) -> Result<Standard, StandardError> {
    let keeper = keeper(&desk, organ).await?;
    let usual = |code: &str| standard_code(code).ok_or_else(|| StandardError::NoCode(code.into()));
    let (code, successor) = (usual(code)?, successor.map(usual).transpose()?);
    if successor.as_ref() == Some(&code) {
        return Err(StandardError::Itself(code));
    }
    let found = Standard::held(desk.change(), &code).await?;
    let found = found.ok_or_else(|| StandardError::Unknown(code.clone()))?;
    is_kept_by(&desk, &found, &keeper.code).await?;
    if let Some(from) = found.valid_from.filter(|from| last < *from) {
        return Err(StandardError::TooEarly { from, last });
    }
    Standard::end(desk.change(), &code, last, successor.as_deref()).await?;
    let before = facts_of(&found.line());
    let facts = serde_json::json!({
        "code": code, "last": last, "successor": successor, "before": before,
    });
    let subject = format!("catalogue:standard:{code}");
    desk.record(entry_beside("standard_end", subject, &keeper.code, facts)).await?;
    desk.seal().await?;
    Ok(Standard { valid_to: Some(last), successor, ..found })
}

/// Whether an organ may keep the register on a day.
pub fn may_keep(organ: &Organ, day: Date) -> bool {
    let level = matches!(organ.level, Level::City | Level::District);
    organ.role == KEEPERS && level && organ.stands_on(day)
}

/// The organ, where it may keep the register.
pub(super) async fn keeper(desk: &Desk, code: &str) -> Result<Organ, StandardError> {
    let organ = Organ::find(desk.change(), code).await?;
    let organ = organ.ok_or_else(|| StandardError::NoOrgan(code.into()))?;
    if may_keep(&organ, desk.today()) {
        Ok(organ)
    } else {
        Err(StandardError::NotKeeper(organ.name))
    }
}

/// Makes sure that the organ is the one that keeps a standard.
pub(super) async fn is_kept_by(
    desk: &Desk,
    standard: &Standard,
    organ: &str,
) -> Result<(), StandardError> {
    if standard.keeper == organ {
        return Ok(());
    }
    let own = Organ::find(desk.change(), &standard.keeper).await?;
    let own = own.map_or_else(|| standard.keeper.clone(), |organ| organ.name);
    Err(StandardError::Others(standard.code.clone(), own))
}

/// What the ledger keeps of what the register says of a standard.
pub(super) fn facts_of(line: &StandardLine) -> serde_json::Value {
    serde_json::json!({
        "code": line.code, "title": line.title, "rank": line.rank, "issuer": line.issuer,
        "from": line.valid_from, "last": line.valid_to, "successor": line.successor,
        "note": line.note,
    })
}
