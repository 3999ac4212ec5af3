//! What becomes of a version, from the day it is begun to its publication. Each step changes it only where it
//! still stands as the step asks for.

use law::Date;
use reports_rules::Reporter;
use store::{StoreError, Transaction, Value};

use super::versions::{Version, VersionState};

/// Keeps a new report and its first version, or another version of it.
pub(crate) async fn begin(change: &Transaction, version: &Version) -> Result<(), StoreError> {
    if version.number == 1 {
        let row: Vec<Value> = vec![
            version.report.clone().into(),
            version.organ.clone().into(),
            i64::from(version.year).into(),
            reporter_word(version.reporter).into(),
            i64::from(version.demo).into(),
        ];
        let columns = ["id", "organ", "year", "reporter", "demo"];
        change.insert("annual_report", &columns, vec![row]).await?;
    }
    let columns: Vec<(&'static str, Value)> = vec![
        ("id", version.id.clone().into()),
        ("report", version.report.clone().into()),
        ("number", version.number.into()),
        ("state", VersionState::Draft.stored().into()),
        ("origin", version.origin.word().into()),
        ("form", version.form.clone().into()),
        ("title", version.title.clone().into()),
        ("explanation", version.explanation.clone().into()),
        ("opened_at", version.opened_at.clone().into()),
        ("opened_name", version.opened_name.clone().into()),
        ("returned", "".into()),
        ("original_on", version.original_on.clone().into()),
        ("original_source", version.original_source.clone().into()),
    ];
    let (names, values) = columns.into_iter().unzip::<_, _, Vec<_>, Vec<_>>();
    change.insert("annual_report_version", &names, vec![values]).await
}

/// Notes that these persons wrote it.
pub(crate) async fn written_by<'a>(
    change: &Transaction,
    version: &str,
    persons: impl Iterator<Item = &'a str>,
) -> Result<(), StoreError> {
    for person in persons {
        let sql = "INSERT INTO annual_report_writer (version, person) VALUES ($1, $2)
                   ON CONFLICT (version, person) DO NOTHING";
        change.run(sql, vec![version.into(), person.into()]).await?;
    }
    Ok(())
}

/// Sets one of a version's marks; says whether it still stood as asked for.
async fn set(
    change: &Transaction,
    version: &str,
    what: &str,
    (from, values): (VersionState, Vec<Value>),
) -> Result<bool, StoreError> {
    let state = format!("${}", values.len() + 2);
    let sql = format!("UPDATE annual_report_version SET {what} WHERE id = $1 AND state = {state}");
    let mut all: Vec<Value> = vec![version.into()];
    all.extend(values);
    all.push(from.stored().into());
    Ok(change.run(&sql, all).await? > 0)
}

/// When the numbers were taken from the registers last.
pub(crate) async fn counted(
    change: &Transaction,
    version: &str,
    at: String,
) -> Result<bool, StoreError> {
    set(change, version, "counted_at = $2", (VersionState::Draft, vec![at.into()])).await
}

/// 送审.
pub(crate) async fn submitted(
    change: &Transaction,
    version: &str,
    at: String,
) -> Result<bool, StoreError> {
    let what = "state = 'frozen', returned = '', asked_at = $2";
    set(change, version, what, (VersionState::Draft, vec![at.into()])).await
}

/// 定稿, by the hash of what was reviewed.
pub(crate) async fn frozen(
    change: &Transaction,
    version: &str,
    (on, hash): (Date, &web::ContentHash),
) -> Result<bool, StoreError> {
    let what = "frozen_on = $2, frozen_hash = $3";
    let values = vec![on.to_string().into(), hash.as_str().into()];
    set(change, version, what, (VersionState::UnderReview, values)).await
}

/// The review it is in.
pub(crate) async fn reviewed_in(
    change: &Transaction,
    version: &str,
    unit: &str,
) -> Result<bool, StoreError> {
    set(change, version, "unit = $2", (VersionState::Frozen, vec![unit.into()])).await
}

/// 退回起草.
pub(crate) async fn reopened(
    change: &Transaction,
    version: &str,
    why: &str,
) -> Result<bool, StoreError> {
    let what =
        "state = 'draft', asked_at = NULL, frozen_on = NULL, frozen_hash = NULL, unit = NULL,
                returned = $2";
    set(change, version, what, (VersionState::Frozen, vec![why.into()])).await
}

/// A 更正 is given up.
pub(crate) async fn dropped(change: &Transaction, version: &str) -> Result<bool, StoreError> {
    set(change, version, "state = 'dropped'", (VersionState::Draft, vec![])).await
}

/// A draft that was taken over is taken out, with its report.
pub(crate) async fn taken_out(change: &Transaction, version: &Version) -> Result<(), StoreError> {
    for sql in [
        "DELETE FROM annual_report_cell WHERE version = $1",
        "DELETE FROM annual_report_text WHERE version = $1",
        "DELETE FROM annual_report_explanation WHERE version = $1",
        "DELETE FROM annual_report_basis WHERE version = $1",
        "DELETE FROM annual_report_member WHERE version = $1",
        "DELETE FROM annual_report_writer WHERE version = $1",
        "DELETE FROM annual_report_version WHERE id = $1",
    ] {
        change.run(sql, vec![version.id.clone().into()]).await?;
    }
    let sql = "DELETE FROM annual_report WHERE id = $1";
    change.run(sql, vec![version.report.clone().into()]).await?;
    Ok(())
}

/// 公布.
pub(crate) async fn published(
    change: &Transaction,
    version: &str,
    publication: &str,
    (at, on): (String, Date),
) -> Result<bool, StoreError> {
    let what = "state = 'published', publication = $2, published_at = $3, published_on = $4";
    let values = vec![publication.into(), at.into(), on.to_string().into()];
    set(change, version, what, (VersionState::Frozen, values)).await
}

/// The word a reporter is stored by.
const fn reporter_word(reporter: Reporter) -> &'static str {
    match reporter {
        Reporter::Department => "department",
        Reporter::Government => "government",
    }
}
