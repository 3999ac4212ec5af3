//! `/gongzuo/keshi`: the units of organs, established by one and confirmed by another.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use identity::powers::Tie;
use identity::{Organ, Unit};
use serde::Deserialize;

use super::{UNITS, done};
use crate::entrance::fresh;
use crate::workbench::{Submitted, Workbench};
use crate::{Clerk, Fault, Visit};

#[derive(Template)]
#[template(path = "administration/units.html")]
struct UnitsPage {
    desk: Workbench,
    organ: String,
    rows: Vec<Row>,
    may_edit: bool,
}

struct Row {
    organ: String,
    name: String,
    confirmed: bool,
    to: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    organ: String,
}

/// The list.
pub(super) async fn show(
    visit: Visit,
    clerk: Clerk,
    Query(asked): Query<Asked>,
) -> Result<Response, Fault> {
    let store = visit.house.store();
    let organs = Organ::all(store).await?.into_iter();
    let organs: HashMap<String, String> = organs.map(|one| (one.code, one.name)).collect();
    let confirms = clerk.has_power("organ.confirm");
    let wanted = asked.organ.trim();
    let row = |unit: Unit| {
        let seen = clerk.may("organ.read", &Tie::to(unit.organ.clone())).is_ok();
        let organ = organs.get(&unit.organ).cloned().unwrap_or_else(|| unit.organ.clone());
        let fits = wanted.is_empty() || organ.contains(wanted) || unit.organ == wanted;
        let waits = confirms && !unit.is_confirmed() && !clerk.is_among(unit.proposers());
        (seen && fits).then(|| Row {
            to: waits.then(|| visit.site.link(&format!("{UNITS}/{}/queren", unit.id))),
            confirmed: unit.is_confirmed(),
            organ,
            name: unit.name,
        })
    };
    let rows = Unit::all(store).await?.into_iter().filter_map(row).collect();
    let may_edit = clerk.has_power("organ.edit");
    let desk = Workbench::of(&visit, clerk, "keshi", "机关科室").await?;
    fresh(&UnitsPage { desk, organ: wanted.to_owned(), rows, may_edit })
}

/// 设立科室.
pub(super) async fn establish(
    visit: Visit,
    clerk: Clerk,
    form: Submitted,
) -> Result<Response, Fault> {
    let (organ, reason) = (form.get("organ").trim(), form.get("reason"));
    if Organ::find(visit.house.store(), organ).await?.is_none() {
        return Err(Fault::field("organ", "没有这个机关。请填写机关代码，可在机关表里查到。"));
    }
    clerk.may("organ.edit", &Tie::to(organ).because(reason))?;
    let desk = visit.house.ledger().desk(clerk.actor()).await?;
    let outcome = Unit::establish(desk, organ, form.get("name"), reason).await;
    done(&visit, outcome, UNITS)
}

/// 确认机构变更.
pub(super) async fn confirm(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    let units = Unit::all(visit.house.store()).await?;
    let unit = units.into_iter().find(|unit| unit.id == id).ok_or(Fault::NotFound)?;
    let reason = form.get("reason");
    let mut tie = Tie::to(&unit.organ).because(reason);
    for person in unit.proposers() {
        tie = tie.after("organ.edit", person);
    }
    clerk.may("organ.confirm", &tie)?;
    let desk = visit.house.ledger().desk(clerk.actor()).await?;
    done(&visit, Unit::confirm(desk, &clerk.id, &id, reason).await, UNITS)
}
