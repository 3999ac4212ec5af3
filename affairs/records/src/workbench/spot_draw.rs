//! `/gongzuo/choucha/chouqu/{id}`: one draw, with all that is needed to count it again.

use askama::Template;
use axum::extract::Path;
use axum::http::HeaderValue;
use axum::response::{IntoResponse, Response};
use documents::writing::{Column, Sheet};
use web::components::Tag;
use web::workbench::Workbench;
use web::{Clerk, Fault, Visit};

use super::minute;
use super::spot_checks::state_tag;
use crate::acts::check_draw::{drawn, lot};
use crate::portal::attachment::saved;
use crate::store::{CheckCase, CheckRule, Draw};

#[derive(Template)]
#[template(path = "workbench/spot_draw.html")]
struct SpotDrawPage {
    desk: Workbench,
    rule: String,
    days: String,
    at: String,
    entry: i64,
    seed: String,
    all: usize,
    again: bool,
    rows: Vec<Row>,
    list: String,
}

struct Row {
    rank: i64,
    title: String,
    href: String,
    organ: String,
    checker: String,
    lot: String,
    tag: Tag,
}

/// Shows a draw; with `.csv` all that could be drawn.
pub async fn show(visit: Visit, clerk: Clerk, Path(name): Path<String>) -> Result<Response, Fault> {
    let store = visit.house.store();
    let (id, as_list) = match name.strip_suffix(".csv") {
        Some(id) => (id, true),
        None => (name.as_str(), false),
    };
    let draw = Draw::find(store, id).await?.ok_or(Fault::NotFound)?;
    let rule = CheckRule::find(store, &draw.rule).await?.ok_or(Fault::NotFound)?;
    if rule.organ != clerk.organ.code {
        return Err(Fault::NotFound);
    }
    let cases = CheckCase::of_draw(store, id).await?;
    if as_list {
        return list(&draw, &cases);
    }
    let taken: Vec<String> = cases.iter().map(|case| case.record.clone()).collect();
    let again = drawn(&draw.seed.hash, draw.population.iter(), cases.len()) == taken;
    let rows = cases.into_iter().map(|case| row(&visit, &draw, case)).collect();
    let desk = Workbench::of(&visit, clerk, "choucha", "抽取结果").await?;
    let page = SpotDrawPage {
        desk: desk.under("抽查", "/gongzuo/choucha"),
        rule: rule.words(),
        days: draw.days(),
        at: minute(&draw.drawn_at),
        entry: draw.seed.entry,
        all: draw.population.len(),
        seed: draw.seed.hash,
        again,
        rows,
        list: visit.site.link(&format!("/gongzuo/choucha/chouqu/{id}.csv")),
    };
    Ok(web::page::answer(&page)?.into_response())
}

fn row(visit: &Visit, draw: &Draw, case: CheckCase) -> Row {
    Row {
        rank: case.rank,
        href: visit.site.link(&format!("/gongzuo/choucha/{}", case.id)),
        lot: lot(&draw.seed.hash, &case.record),
        tag: state_tag(case.state, case.sound),
        checker: case.checker.map_or("待接办".into(), |_| case.checker_name),
        title: case.title,
        organ: case.organ_name,
    }
}

/// Every record that could be drawn, with its lot and whether it was.
fn list(draw: &Draw, cases: &[CheckCase]) -> Result<Response, Fault> {
    let taken = |id: &String| cases.iter().any(|case| case.record == *id);
    let mut rows: Vec<Vec<String>> = draw
        .population
        .iter()
        .map(|id| {
            let drawn = if taken(id) { "抽中" } else { "" };
            vec![lot(&draw.seed.hash, id), id.clone(), drawn.to_owned()]
        })
        .collect();
    rows.sort();
    let sheet = Sheet {
        columns: ["签号（SHA-256）", "文件的编号", "结果"].map(Column::new).to_vec(),
        rows,
        ..Sheet::default()
    };
    let bytes = sheet.to_csv().map_err(Fault::inside)?;
    let kind = HeaderValue::from_static("text/csv; charset=utf-8");
    Ok(saved(bytes, kind, "抽取依据.csv"))
}
