//! 更正: a published report is corrected by another version beside it, with its 更正说明.

use ::store::{StoreError, moment};
use ledger::Desk;
use review::Signatory;

use super::{ActError, draft_of, entry, noted, version_of};
use crate::store::{self, Basis, Content, MemberLine, Version, VersionState};

/// Begins a correction of a published report, as it stands now.
///
/// # Errors
/// It is not published, nothing is explained, a correction is under way already, or the database refuses.
pub async fn begin(
    mut desk: Desk,
    by: &Signatory,
    id: &str,
    explanation: &str,
) -> Result<Version, ActError> {
    let found = version_of(&desk, by, id).await?;
    let published = Version::published_of(desk.change(), &found.report).await?;
    let explanation = noted(web::workbench::REASON, explanation)?;
    let on = desk.today();
    let correction = reports_rules::ReportCorrection { on, explanation: explanation.clone() };
    let Some(standing) = published.last().cloned() else { return Err(ActError::NO_REPORT) };
    standing.stage(&published).correct(correction)?;
    let version = Version {
        id: uuid::Uuid::now_v7().to_string(),
        number: Version::numbers(desk.change(), &found.report).await? + 1,
        state: VersionState::Draft,
        explanation,
        opened_at: moment(desk.now()),
        opened_name: by.name.clone(),
        submitted_at: None,
        frozen_on: None,
        frozen_hash: None,
        unit: None,
        publication: None,
        published_at: None,
        published_on: None,
        ..standing.clone()
    };
    store::begin(desk.change(), &version).await.map_err(|error| match error {
        StoreError::Duplicate(_) => {
            ActError::Refused("这份报告正在更正", "打开正在更正的一版继续写")
        }
        other => other.into(),
    })?;
    let content = Content::of(desk.change(), &standing.id).await?;
    store::keep_all(desk.change(), &version.id, &content).await?;
    let bases = Basis::of(desk.change(), &standing.id).await?;
    store::keep_bases(desk.change(), &version.id, &bases).await?;
    let members = MemberLine::of(desk.change(), &standing.id).await?;
    store::keep_members(desk.change(), &version.id, &members).await?;
    store::written_by(desk.change(), &version.id, by.persons()).await?;
    let facts = serde_json::json!({ "explanation": version.explanation });
    desk.record(entry("correction_draft", &version, facts)).await?;
    desk.seal().await?;
    Ok(version)
}

/// Gives a correction up that is being drafted.
///
/// # Errors
/// It is no draft of a correction, or the database refuses.
pub async fn drop(mut desk: Desk, by: &Signatory, id: &str) -> Result<(), ActError> {
    let version = draft_of(&desk, by, id).await?;
    if version.number == 1 {
        return Err(ActError::Refused("这不是更正", "年度报告依法要编制，不能放弃"));
    }
    if !store::dropped(desk.change(), id).await? {
        return Err(ActError::OVERTAKEN);
    }
    desk.record(entry("correction_dropped", &version, serde_json::json!({}))).await?;
    Ok(desk.seal().await?)
}
