//! What of the catalogue programs can ask for (`docs/api.md`).

use axum::extract::{Path, Query};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use catalogue_rules::{Coverage, Item};
use serde_json::{Value, json};
use web::{Fault, Visit};

use crate::portal::coverage::rows::{Listed, Meant, Narrowing};
use crate::portal::coverage::{Told, Wish};
use crate::store::{CoverageBy, CoverageLine, Owing};
use crate::words::item_name;

/// Changes when fields change their meaning.
const SCHEMA_VERSION: u32 = 1;

/// `/api/v1/catalogue/coverage`: 覆盖和按时情况 by domain, organ or level.
pub async fn coverage(visit: Visit, Query(wish): Query<Wish>) -> Result<Response, Fault> {
    let told = Told::read(&visit, &wish).await?;
    let row = |line: &CoverageLine| {
        let mut row = figures(line.figures);
        row["key"] = json!(line.key);
        row["name"] = json!(line.name);
        row
    };
    let by = match told.by {
        CoverageBy::Domain => "domain",
        CoverageBy::Organ => "organ",
        CoverageBy::Level => "level",
    };
    Ok(answer(&json!({
        "schema_version": SCHEMA_VERSION,
        "as_of": visit.house.ledger().clock().today().to_string(),
        "division": visit.site.division,
        "place": visit.site.place,
        "by": by,
        "total": figures(told.total),
        "rows": told.lines.iter().map(row).collect::<Vec<_>>(),
    })))
}

fn answer(value: &Value) -> Response {
    let kind = [(header::CONTENT_TYPE, "application/json; charset=utf-8")];
    (kind, value.to_string()).into_response()
}

/// Counts as they are; rates as parts of one, `null` where nothing can be said yet.
fn figures(figures: Coverage) -> Value {
    let rate = |thousandths: Option<i64>| thousandths.map(|part| part as f64 / 1000.0);
    let mut all = json!(figures);
    all["coverage"] = json!(rate(figures.coverage()));
    all["timeliness"] = json!(rate(figures.owed.timeliness()));
    all
}

/// `/api/v1/catalogue/coverage/{domain}`: the obligations behind the figures, page by page.
pub async fn obligations(
    visit: Visit,
    Path(domain): Path<String>,
    Query(narrowing): Query<Narrowing>,
) -> Result<Response, Fault> {
    let meant = Meant::of(&visit, &domain, &narrowing.organ).await?;
    let (_, ask) = narrowing.ask(&visit, &meant)?;
    let listed = Listed::read(&visit, &ask).await?;
    let row = |(owing, item): &(Owing, Item)| {
        json!({
            "id": owing.id,
            "domain": owing.domain,
            "item": owing.item,
            "name": item_name(item),
            "organ": owing.organ,
            "organ_name": owing.organ_name,
            "trigger": owing.trigger_key,
            "arose_on": owing.arose_on,
            "due_on": owing.due_on,
            "provisional": owing.provisional != 0,
            "kept_on": owing.kept_on,
            "record": owing.record,
            "state": owing.state,
            "waived": owing.waived,
        })
    };
    Ok(answer(&json!({
        "schema_version": SCHEMA_VERSION,
        "as_of": visit.house.ledger().clock().today().to_string(),
        "division": visit.site.division,
        "rows": listed.rows.iter().map(row).collect::<Vec<_>>(),
        "held": listed.held,
        "next": listed.next,
    })))
}
