//! What can be done with a unit. Each act is a noun with a file of its own.

pub mod addition;
pub mod forgetting;
pub mod lapse;
pub mod late_day;
pub mod pace;
pub mod publication;
pub mod scheduling;
pub mod step;
pub mod submission;
pub mod urgency;
pub mod withdrawal;

use law::Date;
use ledger::{Desk, DeskError, Entry};
use store::StoreError;
use web::{ContentHash, Fault, Publishers};

use crate::course::BadAddition;
use crate::refused::Refused;
use crate::steps::NoLateDay;
use crate::store::{Unit, hold};

/// Why an act on a unit was not carried out. Nothing of it was stored.
#[derive(Debug, thiserror::Error)]
pub enum ActError {
    /// The rules refuse.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// A step cannot be added.
    #[error(transparent)]
    Addition(#[from] BadAddition),
    /// The working days for a step are none.
    #[error("办理时限是 1 到 {} 个工作日", crate::store::Pace::MOST)]
    Pace,
    /// There is no such unit.
    #[error("没有这一件送审")]
    NoUnit,
    /// Nothing was submitted.
    #[error("没有写明送审什么")]
    Nothing,
    /// There is no such thing to publish.
    #[error("没有可以送审的{0}")]
    NoPiece(String),
    /// The pieces of one unit belong to several organs.
    #[error("一起送审的内容属于不同的机关")]
    SeveralOrgans,
    /// It belongs to another organ.
    #[error("这一件属于其他机关，谁制作的信息由谁送审")]
    OthersPiece,
    /// It is under review already.
    #[error("“{0}”正在审查中")]
    UnderReview(String),
    /// The set moment is not to come.
    #[error("定时发布的时间已经过去")]
    Past,
    /// The set moment is far away.
    #[error("定时发布的时间太远，最多一年以后")]
    Far,
    /// The clock may not release what is in it.
    #[error("这一类不定时发布")]
    NotByClock,
    /// The day for a 初审 that follows publication is past.
    #[error("补审的最后期限是{0}，已经过去")]
    LateOver(Date),
    /// 应急: it cannot be told by when the 初审 must follow.
    #[error("算不出补审的期限：{0}")]
    NoLateDay(#[from] NoLateDay),
    /// The room could not read or publish the thing.
    #[error(transparent)]
    Room(#[from] Fault),
    /// The act was not kept.
    #[error(transparent)]
    Desk(#[from] DeskError),
    /// The database refused.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl ActError {
    /// What the person may do about it.
    pub fn remedy(&self) -> &'static str {
        match self {
            Self::Refused(refused) => refused.remedy(),
            Self::Addition(BadAddition::Always(_)) => "只加会签、会商、合法性审核、报批",
            Self::Addition(BadAddition::NoPartner(_)) => "写明会签的科室，或者会商、报批的机关",
            Self::Pace => "改成这之间的整数",
            Self::NoUnit | Self::Nothing | Self::NoPiece(_) => "请刷新后再看",
            Self::SeveralOrgans => "各机关的内容分别送审",
            Self::OthersPiece => "请制作它的机关送审",
            Self::UnderReview(_) => "等这一次审查办完，或者由起草人撤回",
            Self::Past | Self::Far => "改写一个将来的时间，或者现在发布",
            Self::NotByClock => "请由发布员当场发布",
            Self::LateOver(_) => "已经报警，不能再补审；请签发人撤下，或者由主管部门处理",
            Self::NoLateDay(_) => "先办初审，按通常的程序发布；并请运维人员核对服务器的日期",
            Self::Room(_) | Self::Desk(_) | Self::Store(_) => "请稍后再试；数据保持原样",
        }
    }

    /// Whether the content was found to be another than what was signed.
    pub fn is_changed_content(&self) -> bool {
        matches!(self, Self::Refused(Refused::ContentChanged))
    }
}

impl From<ActError> for Fault {
    fn from(error: ActError) -> Self {
        match error {
            ActError::Room(fault) => fault,
            ActError::Store(_) | ActError::Desk(_) => Self::inside(error),
            ActError::NoUnit => Self::NotFound,
            refused => Self::Refused(format!("{refused}。{}。", refused.remedy())),
        }
    }
}

/// The unit as it stands now, which nobody else changes before this act is done.
async fn held(desk: &Desk, unit: &str) -> Result<Unit, ActError> {
    hold(desk, unit).await?;
    Unit::find(desk.change(), unit).await?.ok_or(ActError::NoUnit)
}

/// The hash over pieces: what each is and the hash of its content.
fn over<'a>(pieces: impl IntoIterator<Item = (&'a str, &'a str, &'a ContentHash)>) -> ContentHash {
    let words = pieces.into_iter().flat_map(|(kind, id, hash)| [kind, id, hash.as_str()]);
    ContentHash::of(std::iter::once("gongkai unit 1").chain(words))
}

/// The hash of a unit's content as it is at this moment. A piece that is gone makes it another.
async fn hash_now(
    desk: &Desk,
    publishers: &Publishers,
    unit: &Unit,
) -> Result<ContentHash, ActError> {
    let reading = desk.change().reading();
    let mut hashes = Vec::with_capacity(unit.pieces.len());
    for piece in &unit.pieces {
        let content = (publishers.get(&piece.kind)?.content)(&reading, &piece.id).await?;
        hashes.push(content.map_or_else(|| ContentHash::of([]), |content| content.hash()));
    }
    let pieces = unit.pieces.iter().zip(&hashes);
    Ok(over(pieces.map(|(piece, hash)| (piece.kind.as_str(), piece.id.as_str(), hash))))
}

/// The roles in which all of its pieces may be released.
fn releasers(publishers: &Publishers, unit: &Unit) -> Vec<&'static str> {
    let kinds: Vec<String> = unit.pieces.iter().map(|piece| piece.kind.clone()).collect();
    publishers.releasers_of(&kinds)
}

/// What the ledger is told of an act on a unit.
fn entry(
    act: &'static str,
    unit: &Unit,
    basis: impl Into<String>,
    more: serde_json::Value,
) -> Entry {
    let mut facts = serde_json::json!({
        "unit": unit.id,
        "hash": unit.hash,
        "pieces": unit.pieces.iter().map(|piece| [&piece.kind, &piece.id]).collect::<Vec<_>>(),
    });
    if let (Some(facts), serde_json::Value::Object(more)) = (facts.as_object_mut(), more) {
        facts.extend(more);
    }
    Entry {
        room: "review",
        act,
        subject: format!("review:{}", unit.id),
        organ: unit.organ.clone(),
        basis: basis.into(),
        facts,
    }
}

/// What the ledger is told when a 初审 did not follow in time.
pub(crate) fn entry_of_alarm(unit: &Unit) -> Entry {
    let due = unit.urgency.as_ref().and_then(|urgency| urgency.late_due);
    let facts = serde_json::json!({ "due": due });
    entry("alarm", unit, "国办发〔2016〕80号", facts)
}
