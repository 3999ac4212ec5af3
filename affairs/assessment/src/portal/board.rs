//! `/kanban` and `/kanban/{organ}`: how well openness is done on a site and by an organ, as it was counted.

use std::collections::HashMap;

use askama::Template;
use assessment_rules::{Figures, LeftOut};
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use identity::{Level, Organ};
use serde_json::json;
use web::components::{Chart, Empty, Strip};
use web::layout::{Frame, Link};
use web::page::Page;
use web::{Fault, Visit};

use super::chosen::{Choice, Chosen, Wish};
use super::{charts, csv, figures, frame, json};
use crate::store::{Line, Measure, ScopeKind};

#[derive(Template)]
#[template(path = "portal/board.html")]
struct BoardPage {
    frame: Frame,
    heading: String,
    known: String,
    demo: bool,
    choices: Vec<Choice>,
    notes: Vec<String>,
    versions: Vec<Link>,
    strip: Strip,
    charts: Vec<Chart>,
    /// The places below, each with its numbers and its board.
    places: Vec<Place>,
    organs: Vec<Place>,
    left_out: Vec<LeftOut>,
    links: Links,
}

/// A row of the table of places or organs.
struct Place {
    link: Link,
    cells: [String; 6],
}

/// Where a board leads.
#[derive(Default)]
struct Links {
    csv: String,
    json: String,
    rows: String,
    left_out: String,
    compare: String,
    method: String,
    /// The organ's own page.
    organ: Option<Link>,
}

#[derive(Template)]
#[template(path = "portal/no_board.html")]
struct NoBoard {
    frame: Frame,
    empty: Empty,
}

/// What a board is of.
struct Scope {
    code: String,
    name: String,
    /// Its page below the site.
    path: String,
    organ: Option<Organ>,
}

/// Shows the board of the site.
pub async fn show(visit: Visit, Query(wish): Query<Wish>) -> Result<Response, Fault> {
    let scope = Scope {
        code: visit.site.division.clone(),
        name: visit.site.place.clone(),
        path: "/kanban".into(),
        organ: None,
    };
    answer(&visit, &wish, scope).await
}

/// Shows the board of an organ of the site.
pub async fn of_organ(
    visit: Visit,
    Path(code): Path<String>,
    Query(wish): Query<Wish>,
) -> Result<Response, Fault> {
    let organ = Organ::find(visit.house.store(), &code).await?.ok_or(Fault::NotFound)?;
    let (low, high) = &visit.site.range;
    if !(*low <= organ.division && organ.division <= *high) {
        return Err(Fault::NotFound);
    }
    let path = format!("/kanban/{code}");
    let scope = Scope { code, name: organ.name.clone(), path, organ: Some(organ) };
    answer(&visit, &wish, scope).await
}

async fn answer(visit: &Visit, wish: &Wish, scope: Scope) -> Result<Response, Fault> {
    let Some(chosen) = Chosen::find(visit, wish).await? else {
        return none(visit, &scope);
    };
    let store = visit.house.store();
    let trend = chosen.trend();
    let counts: Vec<&str> = trend.iter().map(|one| one.id.as_str()).collect();
    let over = Line::over(store, &counts, &scope.code).await?;
    let own = over.get(&chosen.count.id).cloned().unwrap_or_else(|| nothing(&scope));
    let (low, high) = &visit.site.range;
    let organs = match scope.organ {
        Some(_) => Vec::new(),
        None => {
            let kind = ScopeKind::Organ;
            Line::within(store, &chosen.count.id, kind, (low, high)).await?
        }
    };
    match wish.format.as_str() {
        "" => {}
        "json" => return Ok(json(&told(&chosen, &own, &organs))),
        "csv" if wish.tu.is_empty() => {
            let lines = [&own].into_iter().chain(&organs).map(figures::cells).collect();
            let file = format!("kanban-{}-{}", scope.code, chosen.count.period.key());
            return csv(&file, &figures::HEADINGS, lines);
        }
        "csv" => {
            let charts = drawn(visit, (&chosen, &scope), (&own, &over), &organs).await?;
            let chart = charts.iter().find(|chart| chart.id() == wish.tu).ok_or(Fault::NotFound)?;
            let file = format!("kanban-{}-{}-{}", scope.code, chosen.count.period.key(), wish.tu);
            return csv(&file, &chart.table().headings, chart.table().rows.clone());
        }
        _ => return Err(Fault::BadInput("format 请写 json 或者 csv。".into())),
    }
    let places = match scope.organ {
        None if visit.site.level < Level::Township => {
            let kind = ScopeKind::Division;
            Line::within(store, &chosen.count.id, kind, (low, high)).await?
        }
        _ => Vec::new(),
    };
    let charts = drawn(visit, (&chosen, &scope), (&own, &over), &organs).await?;
    let page = page(visit, &chosen, &scope, (own, charts), (&places, &organs));
    Ok(web::page::answer(&page)?.into_response())
}

/// The charts of a board, each with its numbers as a file.
async fn drawn(
    visit: &Visit,
    (chosen, scope): (&Chosen, &Scope),
    (own, over): (&Line, &HashMap<String, Line>),
    organs: &[Line],
) -> Result<Vec<Chart>, Fault> {
    let names = domain_names(visit).await?;
    let trend = chosen.trend().into_iter();
    let periods: Vec<_> =
        trend.map(|one| (one.period, over.get(&one.id).map(|line| &line.figures))).collect();
    let charts = match scope.organ {
        Some(_) => organ_charts(own, &periods, &names),
        None => site_charts(own, &periods, organs, &names),
    };
    let with_file = |chart: Chart| {
        let more = [("format", "csv"), ("tu", chart.id())];
        let href = chosen.link(visit, &scope.path, &more);
        chart.with_csv(href)
    };
    Ok(charts.into_iter().map(with_file).collect())
}

type Periods<'a> = [(assessment_rules::Period, Option<&'a Figures>)];

fn site_charts(
    own: &Line,
    periods: &Periods<'_>,
    organs: &[Line],
    names: &HashMap<String, String>,
) -> Vec<Chart> {
    let rates = organs.iter().map(|line| (line.name.clone(), line.figures.kept.rate())).collect();
    let whole = ("全部机关", &own.figures);
    let all = [
        charts::on_time("jiguan", "机关", rates),
        charts::trend("zoushi", periods),
        charts::kept("yiwu", &own.figures),
        charts::answers("dafu", whole, organs),
        charts::crossing("lingyu", organs, names),
    ];
    all.into_iter().flatten().collect()
}

fn organ_charts(own: &Line, periods: &Periods<'_>, names: &HashMap<String, String>) -> Vec<Chart> {
    let name = |slug: &String| names.get(slug).unwrap_or(slug).clone();
    let rates = own.figures.domains.iter().map(|(slug, rate)| (name(slug), *rate)).collect();
    let all = [
        charts::on_time("lingyu", "领域", rates),
        charts::trend("zoushi", periods),
        charts::kept("yiwu", &own.figures),
        charts::answers("dafu", (&own.name, &own.figures), &[]),
    ];
    all.into_iter().flatten().collect()
}

/// What is told of a scope to which nothing belongs in the period.
fn nothing(scope: &Scope) -> Line {
    Line {
        scope: scope.code.clone(),
        kind: if scope.organ.is_some() { ScopeKind::Organ } else { ScopeKind::Division },
        division: String::new(),
        name: scope.name.clone(),
        figures: Figures::default(),
    }
}

async fn domain_names(visit: &Visit) -> Result<HashMap<String, String>, Fault> {
    match visit.house.themes() {
        Some(themes) => Ok((themes.domains)(&visit.house).await?.into_iter().collect()),
        None => Ok(HashMap::new()),
    }
}

fn page(
    visit: &Visit,
    chosen: &Chosen,
    scope: &Scope,
    (own, charts): (Line, Vec<Chart>),
    (places, organs): (&[Line], &[Line]),
) -> BoardPage {
    let title = match scope.organ {
        Some(_) => format!("{}公开质量看板", scope.name),
        None => "公开质量看板".to_owned(),
    };
    let described = "政务公开的按时率、应公开覆盖率、更新率和申请答复用时，逐件可查";
    let framed = frame(visit, &title, described).under("政府信息公开", "/gongkai");
    let framed = match &scope.organ {
        Some(organ) => framed.under("公开质量看板", "/kanban").at(organ.short_name.clone()),
        None => framed.at("公开质量看板"),
    };
    let below = places.iter().filter(|line| is_below(visit, line));
    let mut worst: Vec<&Line> = organs.iter().collect();
    worst.sort_by_key(|line| std::cmp::Reverse(line.figures.kept.rate().whole));
    BoardPage {
        frame: framed,
        heading: format!("{title}：{}", chosen.count.period.name()),
        known: chosen.count.known_on.to_string(),
        demo: visit.house.is_demo(),
        choices: chosen.choices(visit, &scope.path),
        notes: chosen.notes().into_iter().chain(taken_over(&own.figures)).collect(),
        versions: chosen.other_versions(visit, &scope.path),
        strip: figures::strip(
            &own.figures,
            |more| rows_link(visit, chosen, scope, more),
            |measure| shelf_link(visit, chosen, scope, measure),
        ),
        charts,
        places: below.map(|line| place(line, board_of(visit, chosen, line))).collect(),
        organs: worst
            .into_iter()
            .take(TOP)
            .map(|line| {
                let path = format!("/kanban/{}", line.scope);
                place(line, chosen.link(visit, &path, &[]))
            })
            .collect(),
        left_out: own.figures.left_out,
        links: links(visit, chosen, scope),
    }
}

/// What has to be said where numbers rest on what was taken over: nobody sees what was not brought along.
fn taken_over(figures: &Figures) -> Option<String> {
    let stated = figures.kept.stated;
    (stated > 0).then(|| {
        format!(
            "其中 {stated} 件是导入的历史信息，公开日期由来源载明；没有导入的，看不出有没有逾期，所以以前各期的按时率偏高。"
        )
    })
}

/// So many organs stand on the board of a site; the comparison has all.
const TOP: usize = 10;

/// A division directly below the site's.
fn is_below(visit: &Visit, line: &Line) -> bool {
    let directory = visit.house.directory();
    let depth = |base: &str| base.matches('/').count();
    directory
        .serving(&line.division)
        .is_some_and(|site| depth(site.base()) == depth(visit.site.base()) + 1)
}

/// The board of a place on its own site.
fn board_of(visit: &Visit, chosen: &Chosen, line: &Line) -> String {
    let site = visit.house.directory().serving(&line.division);
    let base = site.map_or_else(|| visit.site.link("/kanban"), |site| site.link("/kanban"));
    web::address::with_query(&base, &[("jidu", &chosen.count.period.key())])
}

fn place(line: &Line, href: String) -> Place {
    let figures = &line.figures;
    let kept = figures.kept;
    Place {
        link: Link::new(line.name.clone(), href),
        cells: [
            kept.rate().words(),
            format!("{}/{}", kept.late, kept.overdue),
            figures.shelves.covered.words(),
            figures.shelves.current.words(),
            figures::median(figures),
            figures.answers.overdue.to_string(),
        ],
    }
}

fn rows_link(visit: &Visit, chosen: &Chosen, scope: &Scope, more: &[(&str, &str)]) -> String {
    let own = scope.organ.as_ref().map(|organ| ("jiguan", organ.code.as_str()));
    let all: Vec<(&str, &str)> = own.into_iter().chain(more.iter().copied()).collect();
    chosen.link(visit, "/kanban/mingxi", &all)
}

fn shelf_link(visit: &Visit, chosen: &Chosen, scope: &Scope, measure: Measure) -> String {
    let own = scope.organ.as_ref().map(|organ| ("jiguan", organ.code.as_str()));
    let all: Vec<(&str, &str)> = [("zhibiao", measure.word())].into_iter().chain(own).collect();
    chosen.link(visit, super::shelves::PATH, &all)
}

fn links(visit: &Visit, chosen: &Chosen, scope: &Scope) -> Links {
    let organ = scope.organ.as_ref().map(|organ| {
        let path = format!("/gongkai/jigou/{}", organ.code);
        Link::new(organ.name.clone(), visit.site.link(&path))
    });
    Links {
        csv: chosen.link(visit, &scope.path, &[("format", "csv")]),
        json: chosen.link(visit, &scope.path, &[("format", "json")]),
        rows: rows_link(visit, chosen, scope, &[]),
        left_out: rows_link(visit, chosen, scope, &[("jieguo", "left_out")]),
        compare: chosen.link(visit, "/kanban/bijiao", &[]),
        method: visit.site.link("/kanban/suanfa"),
        organ,
    }
}

fn told(chosen: &Chosen, own: &Line, organs: &[Line]) -> serde_json::Value {
    let count = &chosen.count;
    json!({
        "schema_version": 1,
        "period": count.period.key(),
        "version": count.version,
        "known_on": count.known_on.to_string(),
        "counted_at": count.counted_at,
        "fixed": count.is_fixed,
        "baseline": count.is_baseline,
        "correction": count.note,
        "sha256": count.digest,
        "scope": figures::told(own),
        "organs": organs.iter().map(figures::told).collect::<Vec<_>>(),
    })
}

fn none(visit: &Visit, scope: &Scope) -> Result<Response, Fault> {
    let frame = frame(visit, "公开质量看板", "政务公开的按时率、应公开覆盖率和申请答复用时");
    let empty = Empty::new("还没有可以统计的数字")
        .because("目录施行、信息公开、申请答复以后，后台每十分钟计数一次，数字列在这里。")
        .way("数字怎么算", visit.site.link("/kanban/suanfa"))
        .way("标准目录", visit.site.link("/mulu"));
    let frame = frame.under("政府信息公开", "/gongkai").at(match &scope.organ {
        Some(organ) => format!("公开质量看板：{}", organ.short_name),
        None => "公开质量看板".into(),
    });
    Ok(web::page::answer(&NoBoard { frame, empty })?.into_response())
}

impl Page for BoardPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let mut own = Figures::default();
        own.kept.in_time = 18;
        own.kept.late = 2;
        let line = Line {
            scope: "A".into(),
            kind: ScopeKind::Organ,
            division: "350299000000".into(),
            name: "示范局".into(),
            figures: own.clone(),
        };
        let period = assessment_rules::Period::quarter_of(law::day(2026, 11, 26));
        let page = Self {
            frame: Frame::sample("公开质量看板").within("gongkai").at("公开质量看板"),
            heading: format!("公开质量看板：{period}"),
            known: "2026-11-26".into(),
            demo: true,
            choices: vec![Choice { link: Link::new(period.name(), "/a"), is_shown: true }],
            notes: vec!["更正（第 2 版）：台账有变动。".into()],
            versions: vec![Link::new("第 1 版", "/a?banben=1")],
            strip: figures::strip(&own, |_| "/a".into(), |_| "/b".into()),
            charts: site_charts(
                &line,
                &[(period, Some(&own))],
                std::slice::from_ref(&line),
                &HashMap::new(),
            ),
            places: vec![place(&line, "/a".into())],
            organs: vec![place(&line, "/b".into())],
            left_out: Vec::new(),
            links: Links {
                csv: "/c".into(),
                json: "/j".into(),
                rows: "/r".into(),
                left_out: "/l".into(),
                compare: "/v".into(),
                method: "/m".into(),
                organ: Some(Link::new("示范局", "/o")),
            },
        };
        vec![("有数", page)]
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_board_is_sound() {
        assert_eq!(web::page::faults::<super::BoardPage>(), Vec::<String>::new());
    }
}
