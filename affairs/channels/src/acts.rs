//! What can be done in 公开渠道: one file for each act, named by its noun.

pub mod call;
pub mod device;
pub mod equipment;
pub mod inspection;
pub mod material;
pub mod staff;
pub mod visit;
pub mod zone;

use channels_rules::{HoursRefused, PinRefused, PrintRefused, StockRefused, ZONES};
use identity::secret::SecretError;
use ledger::{Desk, DeskError, Entry};
use serde_json::Value;
use store::StoreError;
use web::Fault;

use crate::store::Zone;

/// Why an act on a zone was not carried out. Nothing of it was stored.
#[derive(Debug, thiserror::Error)]
pub enum ActError {
    /// It may not be done as things stand: why, and what to do.
    #[error("{0}")]
    Refused(&'static str, &'static str),
    /// A field is not as it must be: its name, and what is wrong with it and to be done.
    #[error("{1}")]
    Field(&'static str, String),
    /// A number cannot be kept or compared.
    #[error(transparent)]
    Secret(#[from] SecretError),
    /// The act was not kept.
    #[error(transparent)]
    Desk(#[from] DeskError),
    /// The database refused.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl ActError {
    pub(crate) const NO_ZONE: Self =
        Self::Refused("没有这个专区，或者已经停办", "在“公开专区”中查看");
    pub(crate) const GONE: Self = Self::Refused("这一项已经没有了", "刷新页面再看");

    /// What the person may do about it.
    pub fn remedy(&self) -> &'static str {
        match self {
            Self::Refused(_, remedy) => remedy,
            Self::Field(..) => "照提示改正后再提交",
            Self::Secret(_) | Self::Desk(_) | Self::Store(_) => "请稍后再试；数据保持原样",
        }
    }

    /// The same as a page.
    pub fn into_fault(self) -> Fault {
        match self {
            Self::Field(field, words) => Fault::field(field, words),
            Self::Refused(..) => Fault::Refused(format!("{self}。{}。", self.remedy())),
            Self::Secret(_) | Self::Desk(_) | Self::Store(_) => Fault::inside(self),
        }
    }
}

impl From<StockRefused> for ActError {
    fn from(refused: StockRefused) -> Self {
        Self::Field("shuliang", format!("{refused}。"))
    }
}

impl From<HoursRefused> for ActError {
    fn from(refused: HoursRefused) -> Self {
        Self::Field("gongzuori", format!("{refused}。"))
    }
}

impl From<PinRefused> for ActError {
    fn from(refused: PinRefused) -> Self {
        Self::Field("kouling", format!("口令{refused}。"))
    }
}

impl From<PrintRefused> for ActError {
    fn from(refused: PrintRefused) -> Self {
        Self::Field("yeshu", format!("{refused}。"))
    }
}

/// The longest line of a field, in letters: a decision of ours.
const LONGEST: usize = 200;

/// The longest text of several lines, in letters: a decision of ours.
const LONGEST_TEXT: usize = 2000;

/// A field on one line that must not be empty.
pub(crate) fn line(field: &'static str, name: &str, text: &str) -> Result<String, ActError> {
    let text = optional(field, text)?;
    if text.is_empty() {
        return Err(ActError::Field(field, format!("没有写{name}。请填写。")));
    }
    Ok(text)
}

/// A field on one line that may be empty.
pub(crate) fn optional(field: &'static str, text: &str) -> Result<String, ActError> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() > LONGEST {
        return Err(ActError::Field(field, format!("超过 {LONGEST} 字。请写短一些。")));
    }
    Ok(text)
}

/// A text of several lines, without empty ones.
pub(crate) fn lines(field: &'static str, text: &str) -> Result<String, ActError> {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let text = lines.join("\n");
    if text.chars().count() > LONGEST_TEXT {
        return Err(ActError::Field(field, format!("超过 {LONGEST_TEXT} 字。请写短一些。")));
    }
    Ok(text)
}

/// The organ's zone, as it stands now.
pub(crate) async fn zone_of(desk: &Desk, organ: &str, id: &str) -> Result<Zone, ActError> {
    let found = Zone::find(desk.change(), id).await?;
    let own = |zone: &Zone| zone.organ == organ && zone.closed_on.is_none();
    found.filter(own).ok_or(ActError::NO_ZONE)
}

/// What the ledger is told of an act on a zone.
pub(crate) fn entry(act: &'static str, zone: (&str, &str), facts: Value) -> Entry {
    let (organ, id) = zone;
    Entry {
        room: "channels",
        act,
        subject: format!("zone:{id}"),
        organ: organ.to_owned(),
        basis: ZONES.to_string(),
        facts,
    }
}
