//! 公布: a frozen report becomes public when its review is finished; a correction takes the place of what
//! stood before, which stays readable.

use ::store::{Statements, StoreError, moment};
use ledger::Desk;
use reports_rules::{ReportCorrection, ReportStage, Section, year_is_over};
use web::{Appeared, Approved, Content as Signed, Fault, Publisher};

use super::{ActError, entry, freezing, subject};
use crate::grid;
use crate::inscription;
use crate::store::{self, Content, Version, VersionState};

/// The kind of pieces by which review knows versions of reports.
pub const KIND: &str = "annual_report";

/// How reports are reviewed and published.
pub const PUBLISHER: Publisher = Publisher {
    kind: KIND,
    words: "年度报告",
    approve: "report.approve",
    release: "report.publish",
    releasers: &["publisher", "foi_head"],
    content: |from, id| Box::pin(async move { Ok(as_signed(from, id).await?) }),
    standing: |from, id| Box::pin(async move { Ok(standing(from, id).await?) }),
    ready: |_, _, _| Box::pin(async { Ok(()) }),
    signable: Some(|from, id| Box::pin(async move { freezing::signable(from, id).await? })),
    holds: None,
    laid_out: Publisher::as_signed,
    plain: Publisher::unmarked,
    publish: |desk, _, approved| Box::pin(carried_out(desk, approved)),
};

/// What is reviewed and signed of a version that was handed in; `None` of any other.
async fn as_signed(from: &impl Statements, id: &str) -> Result<Option<Signed>, StoreError> {
    let found = Version::find(from, id).await?;
    let bound =
        |one: &Version| matches!(one.state, VersionState::UnderReview | VersionState::Frozen);
    let Some(version) = found.filter(bound) else {
        return Ok(None);
    };
    let authors = version.writers(from).await?;
    let content = Content::of(from, id).await?;
    Ok(Some(signed(&version, &content, authors)))
}

/// What a correction would take the place of.
async fn standing(from: &impl Statements, id: &str) -> Result<Option<Signed>, StoreError> {
    let Some(version) = Version::find(from, id).await? else { return Ok(None) };
    let published = Version::published_of(from, &version.report).await?;
    let before = published.into_iter().rfind(|before| before.number < version.number);
    let Some(before) = before else { return Ok(None) };
    let content = Content::of(from, &before.id).await?;
    Ok(Some(signed(&before, &content, vec![])))
}

/// A version as it is signed: every text and every cell.
pub fn signed(version: &Version, content: &Content, authors: Vec<String>) -> Signed {
    let of_government = version.reporter == reports_rules::Reporter::Government;
    let mut signed = Signed {
        title: version.title.clone(),
        organ: version.organ.clone(),
        unit: String::new(),
        authors,
        normative: false,
        findings: vec![],
        parts: vec![],
    };
    signed = signed
        .part("年度", version.year.to_string())
        .part("更正说明", &version.explanation)
        .part("原公布日期", version.original_on.clone().unwrap_or_default())
        .part("来源", version.original_source.clone().unwrap_or_default());
    let tables = content.tables(version.origin);
    for section in Section::ALL {
        for (topic, text) in content.prose(section, of_government) {
            let name = topic.map_or(section.title(), |topic| topic.name());
            signed = signed.part(name, text);
        }
        if section.is_table() {
            signed = signed.part(section.title(), grid::as_lines(section, &tables));
        }
    }
    for (name, words) in &content.explained {
        signed = signed.part(&format!("说明 {name}"), words);
    }
    signed
}

async fn carried_out(desk: &mut Desk, approved: &Approved) -> Result<Appeared, Fault> {
    done(desk, approved).await.map_err(ActError::into_fault)
}

async fn done(desk: &mut Desk, approved: &Approved) -> Result<Appeared, ActError> {
    let version = Version::find(desk.change(), &approved.id).await?;
    let version = version.ok_or(ActError::NO_REPORT)?;
    if version.frozen_hash.as_deref() != Some(approved.hash.as_str()) {
        return Err(ActError::OVERTAKEN);
    }
    let before = Version::published_of(desk.change(), &version.report).await?;
    let on = desk.today();
    year_is_over(version.year, on)?;
    let stage = version.stage(&before);
    let next = match before.is_empty() {
        true => stage.publish(on)?,
        false => {
            stage.correct(ReportCorrection { on, explanation: version.explanation.clone() })?
        }
    };
    let at = moment(desk.now());
    if !store::published(desk.change(), &version.id, &approved.publication, (at, on)).await? {
        return Err(ActError::OVERTAKEN);
    }
    let version = Version::find(desk.change(), &version.id).await?.ok_or(ActError::NO_REPORT)?;
    let content = Content::of(desk.change(), &version.id).await?;
    let corrects =
        matches!(&next, ReportStage::Published { corrections, .. } if !corrections.is_empty());
    let act = if corrects { "correction" } else { "publication" };
    let facts = serde_json::json!({ "title": version.title, "explanation": version.explanation });
    desk.record(entry(act, &version, facts)).await?;
    let leaf = inscription::leaf(&version, &content);
    desk.publish_leaf(if corrects { leaf.correcting() } else { leaf })?;
    Ok(Appeared { subject: subject(&version.report), path: Some(version.path()) })
}
