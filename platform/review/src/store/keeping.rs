//! Writing units, steps and publications.

use std::collections::BTreeSet;

use law::Counted;
use ledger::Desk;
use store::{StoreError, Value, moment};
use web::{Content, ContentHash};

use super::{Snapshot, Unit};
use crate::steps::State;
use crate::submitted::Submitted;
use crate::{Course, Signatory};

/// Nobody else changes the unit before this act is done.
pub(crate) async fn hold(desk: &Desk, unit: &str) -> Result<(), StoreError> {
    let sql = "UPDATE review_unit SET state = state WHERE id = $1";
    desk.change().run(sql, vec![unit.into()]).await?;
    Ok(())
}

/// Keeps a unit just submitted.
pub(crate) async fn put_unit(
    desk: &Desk,
    id: &str,
    given: &Submitted<'_>,
    contents: &[(Content, ContentHash)],
    hash: &ContentHash,
    authors: &BTreeSet<String>,
    course: &Course,
) -> Result<(), StoreError> {
    let change = desk.change();
    let first = contents.first().map(|(content, _)| content);
    let normative = contents.iter().any(|(content, _)| content.normative);
    let row: Vec<Value> = vec![
        id.into(),
        first.map(|content| content.organ.clone()).unwrap_or_default().into(),
        first.map(|content| content.unit.clone()).unwrap_or_default().into(),
        title(contents).into(),
        hash.as_str().into(),
        i64::from(normative).into(),
        State::InReview.word().into(),
        given.note.map(str::to_owned).into(),
        moment(desk.now()).into(),
        given.by.person.clone().into(),
        given.by.name.clone().into(),
    ];
    let columns = [
        "id",
        "organ",
        "unit",
        "title",
        "hash",
        "normative",
        "state",
        "note",
        "submitted_at",
        "submitted_by",
        "submitted_name",
    ];
    change.insert("review_unit", &columns, vec![row]).await?;
    let persons = authors.iter().map(|person| vec![id.into(), person.clone().into()]).collect();
    change.insert("review_author", &["unit", "person"], persons).await?;
    let demands = course.demands().iter().enumerate().map(|(at, demand)| {
        let partner = demand.partner.clone();
        vec![id.into(), (at as i64).into(), demand.step.word().into(), partner.into()]
    });
    let columns = ["unit", "ordinal", "step", "partner"];
    change.insert("review_demand", &columns, demands.collect()).await?;
    let pieces = given.pieces.iter().zip(contents).enumerate();
    let pieces = pieces.map(|(at, ((kind, thing), (content, hash)))| {
        let body = Snapshot { parts: content.parts.clone(), findings: content.findings.clone() };
        let body = serde_json::to_string(&body).unwrap_or_default();
        vec![
            id.into(),
            (at as i64).into(),
            (*kind).into(),
            (*thing).into(),
            hash.as_str().into(),
            content.title.clone().into(),
            body.into(),
            1i64.into(),
        ]
    });
    let columns = ["unit", "ordinal", "kind", "id", "hash", "title", "body", "open"];
    change.insert("review_piece", &columns, pieces.collect()).await
}

fn title(contents: &[(Content, ContentHash)]) -> String {
    match contents {
        [(only, _)] => only.title.clone(),
        [(first, _), ..] => format!("{} 等 {} 件", first.title, contents.len()),
        [] => String::new(),
    }
}

/// Keeps a step taken.
pub(crate) async fn put_step(
    desk: &Desk,
    unit: &Unit,
    demand: usize,
    reason: Option<&str>,
    by: &Signatory,
) -> Result<(), StoreError> {
    let step = unit.course.demands().get(demand).map(|one| one.step.word()).unwrap_or_default();
    let row: Vec<Value> = vec![
        uuid::Uuid::now_v7().to_string().into(),
        unit.id.clone().into(),
        (demand as i64).into(),
        step.into(),
        if reason.is_some() { "return" } else { "pass" }.into(),
        unit.hash.as_str().into(),
        by.person.clone().into(),
        by.stands_in_for.clone().into(),
        by.name.clone().into(),
        by.post.clone().into(),
        by.role.clone().into(),
        by.organ.clone().into(),
        reason.map(|reason| reason.trim().to_owned()).into(),
        moment(desk.now()).into(),
    ];
    let columns = [
        "id",
        "unit",
        "demand",
        "step",
        "verdict",
        "hash",
        "person",
        "stands_in_for",
        "name",
        "post",
        "role",
        "organ",
        "reason",
        "taken_at",
    ];
    desk.change().insert("review_step", &columns, vec![row]).await
}

/// Notes by when the 初审 of an urgent publication must follow.
pub(crate) async fn put_late_day(desk: &Desk, unit: &str, due: Counted) -> Result<(), StoreError> {
    let sql = "UPDATE review_unit SET late_due = $1, late_provisional = $2 WHERE id = $3";
    let provisional = i64::from(due.provisional);
    let values = vec![due.date.to_string().into(), provisional.into(), unit.into()];
    desk.change().run(sql, values).await.map(|_| ())
}

/// Says where the unit is now.
pub(crate) async fn set_state(desk: &Desk, unit: &str, state: State) -> Result<(), StoreError> {
    let sql = "UPDATE review_unit SET state = $1 WHERE id = $2";
    desk.change().run(sql, vec![state.word().into(), unit.into()]).await?;
    Ok(())
}

/// Ends a unit; its pieces may be submitted anew.
pub(crate) async fn close(
    desk: &Desk,
    unit: &str,
    state: State,
    name: &str,
    reason: Option<&str>,
) -> Result<(), StoreError> {
    let sql = "UPDATE review_unit SET state = $1, ended_at = $2, ended_name = $3, ended_reason = $4
                WHERE id = $5";
    let values = vec![
        state.word().into(),
        moment(desk.now()).into(),
        name.into(),
        reason.map(str::to_owned).into(),
        unit.into(),
    ];
    desk.change().run(sql, values).await?;
    let sql = "UPDATE review_piece SET open = 0 WHERE unit = $1";
    desk.change().run(sql, vec![unit.into()]).await?;
    Ok(())
}
