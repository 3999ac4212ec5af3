//! 标准符合情况: how far a catalogue keeps to a standard, said by its own organ, by the one that compiles
//! it (docs/readings/028), or by whoever keeps the standard.

use ::store::StoreError;
use catalogue_rules::standard::{Extent, StandardState, standard_code};
use identity::Organ;
use ledger::{Desk, DeskError, Entry};

use super::BASIS;
use crate::store::standards::{Conformance, Standard};
use crate::store::{Catalogue, Domain};

/// What is said of which catalogue.
#[derive(Debug, Clone)]
pub struct Assessment<'a> {
    /// The code of the organ that says so.
    pub by: &'a str,
    /// The code of the organ whose catalogue it is.
    pub organ: &'a str,
    /// The domain, by any of its names.
    pub domain: &'a str,
    /// The standard's code, however it is written.
    pub standard: &'a str,
    /// How far it keeps to it.
    pub extent: Extent,
    /// In what it does not; never blank where it does not keep to all of it.
    pub note: &'a str,
}

/// Why an assessment was not kept. Nothing of it was stored.
#[derive(Debug, thiserror::Error)]
pub enum AssessmentError {
    /// What was written is no code, or the register does not have it.
    #[error("没有登记 {0}")]
    NoStandard(String),
    /// The organ has no catalogue in this domain.
    #[error("{organ} 没有{domain}领域的目录")]
    NoCatalogue {
        /// The organ's code.
        organ: String,
        /// The domain as it was asked for.
        domain: String,
    },
    /// The standard does not hold.
    #[error("{code} {state}，不能再对照")]
    NotInForce {
        /// The standard's code.
        code: String,
        /// Where it stands.
        state: String,
    },
    /// Neither one that compiles the catalogue nor the standard's keeper.
    #[error("{0}既不编制这份目录，也不是登记这个标准的机关")]
    Stranger(String),
    /// It is not said in what the catalogue does not keep to it.
    #[error("没有写明哪里不符合")]
    NoNote,
    /// The act was not kept.
    #[error(transparent)]
    Desk(#[from] DeskError),
    /// The database refused.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl AssessmentError {
    /// What the person may do about it.
    pub const fn remedy(&self) -> &'static str {
        match self {
            Self::NoStandard(_) => "用 gongkai standard list 查看；没有的先由市场监管部门登记",
            Self::NoCatalogue { .. } => "先导入或者承接这个领域的目录",
            Self::NotInForce { .. } => "请对照代替它的标准",
            Self::Stranger(_) => "请由编制这份目录的机关或者登记标准的机关填写",
            Self::NoNote => "写明哪些事项或者要素不符合",
            Self::Desk(_) | Self::Store(_) => "请稍后再试；数据保持原样",
        }
    }
}

/// Keeps an assessment; an earlier one of the same catalogue and standard gives way.
///
/// # Errors
/// Standard or catalogue are not there, the standard is not in force, the organ has no say in it, a note
/// is missing, or the database refuses.
pub async fn keep(mut desk: Desk, assessment: Assessment<'_>) -> Result<(), AssessmentError> {
    let Assessment { by, organ, domain, extent, .. } = assessment;
    let (standard, catalogue) = matter(&desk, &assessment).await?;
    let state = standard.state(desk.today());
    if state != StandardState::InForce {
        return Err(AssessmentError::NotInForce { code: standard.code, state: state.words() });
    }
    if by != organ && by != standard.keeper {
        let asked = Organ::find(desk.change(), by).await?;
        if !asked.as_ref().is_some_and(|organ| catalogue.is_compiled_by(organ)) {
            let name = asked.map_or_else(|| by.to_owned(), |organ| organ.name);
            return Err(AssessmentError::Stranger(name));
        }
    }
    let note = Some(assessment.note.trim()).filter(|note| !note.is_empty());
    if extent != Extent::Full && note.is_none() {
        return Err(AssessmentError::NoNote);
    }
    let (change, day) = (desk.change(), desk.today());
    let which = (catalogue.id.as_str(), standard.code.as_str());
    Conformance::keep(change, which, (extent, note), (day, by)).await?;
    let entry = Entry {
        room: "catalogue",
        act: "conformance",
        subject: format!("catalogue:{}", catalogue.id),
        organ: by.into(),
        basis: BASIS.into(),
        facts: serde_json::json!({
            "standard": standard.code, "domain": domain, "extent": extent, "note": note,
        }),
    };
    desk.record(entry).await?;
    Ok(desk.seal().await?)
}

async fn matter(
    desk: &Desk,
    assessment: &Assessment<'_>,
) -> Result<(Standard, Catalogue), AssessmentError> {
    let Assessment { organ, domain, standard: written, .. } = *assessment;
    let change = desk.change();
    let unknown = || AssessmentError::NoStandard(written.into());
    let code = standard_code(written).ok_or_else(unknown)?;
    let standard = Standard::find(change, &code).await?.ok_or_else(unknown)?;
    let none = || AssessmentError::NoCatalogue { organ: organ.into(), domain: domain.into() };
    let slug = Domain::called(change, domain).await?.ok_or_else(none)?;
    let catalogue = Catalogue::of(change, organ, &slug).await?.ok_or_else(none)?;
    Ok((standard, catalogue))
}
