//! What can be done to a catalogue. Each act is a noun with a file of its own.

pub mod adoption;
pub mod domains;
pub mod import;
pub mod release;

use identity::Organ;
use ledger::{Desk, DeskError, Entry};
use store::StoreError;

use crate::store::Catalogue;

/// The basis of every act on a catalogue: the notice asks each organ to compile, publish and keep
/// its catalogue up to date.
pub(crate) const BASIS: &str = "厦府办〔2020〕67号一（二）";

/// The organ's catalogue in a domain; begun, as one that takes up `template`, if there is none yet.
async fn catalogue_of(
    desk: &Desk,
    organ: &Organ,
    domain: &str,
    template: Option<String>,
    demo: bool,
) -> Result<Catalogue, StoreError> {
    if let Some(found) = Catalogue::of(desk.change(), &organ.code, domain).await? {
        return Ok(found);
    }
    let catalogue = Catalogue {
        id: uuid::Uuid::now_v7().to_string(),
        organ: organ.code.clone(),
        division: organ.division.clone(),
        domain: domain.into(),
        template,
        demo,
    };
    catalogue.add(desk.change()).await?;
    Ok(catalogue)
}

/// What the ledger is told of an act on a catalogue.
fn entry(act: &'static str, catalogue: &Catalogue, facts: serde_json::Value) -> Entry {
    Entry {
        room: "catalogue",
        act,
        subject: format!("catalogue:{}", catalogue.id),
        organ: catalogue.organ.clone(),
        basis: BASIS.into(),
        facts,
    }
}

/// Why an act on a catalogue was not carried out. Nothing of it was stored.
#[derive(Debug, thiserror::Error)]
pub enum ActError {
    /// No organ has this code.
    #[error("没有代码为 {0} 的机关")]
    NoOrgan(String),
    /// No domain has this name.
    #[error("没有名为 {0} 的领域")]
    NoDomain(String),
    /// The catalogue has no rows.
    #[error("目录里没有事项")]
    Empty,
    /// There is no draft to release.
    #[error("没有待发布的草稿")]
    NoDraft,
    /// There is nothing above to take up.
    #[error("上级没有已发布的目录可以承接")]
    NoTemplate,
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
            Self::NoOrgan(_) => "用 gongkai organ list 查看机关代码",
            Self::NoDomain(_) => "用 gongkai catalogue stats 查看领域名称",
            Self::Empty => "请检查文件里是否有目录表格",
            Self::NoDraft => "先用 gongkai catalogue import 导入一个文件",
            Self::NoTemplate => "请先发布上级目录",
            Self::Desk(_) | Self::Store(_) => "请稍后再试；数据保持原样",
        }
    }
}
