//! `/kanban/bijiao`: organs side by side, sorted by whatever heading is chosen; without script.

use askama::Template;
use axum::extract::Query;
use axum::response::{IntoResponse, Response};
use serde_json::json;
use web::layout::{Frame, Link};
use web::page::Page;
use web::{Fault, Visit};

use super::chosen::{Choice, Chosen, Wish};
use super::{csv, figures, frame, json};
use crate::store::{Line, ScopeKind};

#[derive(Template)]
#[template(path = "portal/compare.html")]
struct ComparePage {
    frame: Frame,
    heading: String,
    known: String,
    choices: Vec<Choice>,
    notes: Vec<String>,
    headings: Vec<Heading>,
    rows: Vec<RowOf>,
    csv: String,
    json: String,
    method: String,
}

/// A heading that sorts.
struct Heading {
    link: Link,
    /// `ascending`, `descending`, or nothing.
    sorted: &'static str,
}

struct RowOf {
    link: Link,
    cells: Vec<(&'static str, String)>,
}

/// By what one may sort: the word, the heading, what of a line it is. What cannot be told comes last.
type Column = (&'static str, &'static str, fn(&Line) -> Option<u64>, fn(&Line) -> String);

const COLUMNS: [Column; 8] = [
    (
        "anshi",
        "按时率",
        |line| line.figures.kept.rate().thousandths().map(u64::from),
        |line| line.figures.kept.rate().words(),
    ),
    (
        "daoqi",
        "到期",
        |line| Some(line.figures.kept.rate().whole.into()),
        |line| line.figures.kept.rate().whole.to_string(),
    ),
    (
        "yuqi",
        "逾期",
        |line| Some(line.figures.kept.overdue.into()),
        |line| line.figures.kept.overdue.to_string(),
    ),
    (
        "fugai",
        "应公开覆盖率",
        |line| line.figures.shelves.covered.thousandths().map(u64::from),
        |line| line.figures.shelves.covered.words(),
    ),
    (
        "gengxin",
        "更新率",
        |line| line.figures.shelves.current.thousandths().map(u64::from),
        |line| line.figures.shelves.current.words(),
    ),
    (
        "dafu",
        "答复",
        |line| Some(line.figures.answers.answered.into()),
        |line| line.figures.answers.answered.to_string(),
    ),
    (
        "yongshi",
        "用时中位数",
        |line| line.figures.answers.spread.map(|one| one.median.into()),
        |line| figures::median(&line.figures),
    ),
    (
        "shenqingyuqi",
        "申请逾期",
        |line| Some(line.figures.answers.overdue.into()),
        |line| line.figures.answers.overdue.to_string(),
    ),
];

/// Shows all organs of the site.
pub async fn show(visit: Visit, Query(wish): Query<Wish>) -> Result<Response, Fault> {
    let chosen = Chosen::find(&visit, &wish).await?.ok_or(Fault::NotFound)?;
    let (low, high) = &visit.site.range;
    let store = visit.house.store();
    let mut lines = Line::within(store, &chosen.count.id, ScopeKind::Organ, (low, high)).await?;
    sort(&mut lines, &wish.paixu)?;
    match wish.format.as_str() {
        "" => {}
        "json" => {
            let organs: Vec<_> = lines.iter().map(figures::told).collect();
            let period = chosen.count.period.key();
            return Ok(json(&json!({ "schema_version": 1, "period": period, "organs": organs })));
        }
        "csv" => {
            let rows = lines.iter().map(figures::cells).collect();
            let file = format!("bijiao-{}", chosen.count.period.key());
            return csv(&file, &figures::HEADINGS, rows);
        }
        _ => return Err(Fault::BadInput("format 请写 json 或者 csv。".into())),
    }
    let page = page(&visit, &chosen, &wish, &lines);
    Ok(web::page::answer(&page)?.into_response())
}

/// Sorts by a column's word, the highest first, or the lowest first where a stroke stands before it.
fn sort(lines: &mut [Line], wish: &str) -> Result<(), Fault> {
    let (word, descends) = direction(wish);
    if word.is_empty() {
        lines.sort_by_key(|line| {
            (std::cmp::Reverse(line.figures.kept.rate().whole), line.scope.clone())
        });
        return Ok(());
    }
    let column = COLUMNS.iter().find(|(own, ..)| *own == word);
    let Some((_, _, value, _)) = column else {
        return Err(Fault::BadInput("没有这一列。请点表头排序。".into()));
    };
    lines.sort_by_key(|line| {
        let value = value(line);
        let order = value.map(|value| if descends { u64::MAX - value } else { value });
        (value.is_none(), order, line.scope.clone())
    });
    Ok(())
}

fn direction(wish: &str) -> (&str, bool) {
    match wish.trim().strip_prefix('-') {
        Some(word) => (word, false),
        None => (wish.trim(), true),
    }
}

fn page(visit: &Visit, chosen: &Chosen, wish: &Wish, lines: &[Line]) -> ComparePage {
    let described = "各机关政务公开按时率、应公开覆盖率、更新率和申请答复用时比较";
    let framed = frame(visit, "各机关公开质量比较", described);
    let (word, descends) = direction(&wish.paixu);
    let heading = |(own, name, ..): &Column| {
        let is_sorted = *own == word;
        let wanted = if is_sorted && descends { format!("-{own}") } else { (*own).to_owned() };
        let href = chosen.link(visit, "/kanban/bijiao", &[("paixu", &wanted)]);
        let sorted = match (is_sorted, descends) {
            (false, _) => "",
            (true, true) => "descending",
            (true, false) => "ascending",
        };
        Heading { link: Link::new(*name, href), sorted }
    };
    let row = |line: &Line| {
        let path = format!("/kanban/{}", line.scope);
        RowOf {
            link: Link::new(line.name.clone(), chosen.link(visit, &path, &[])),
            cells: COLUMNS.iter().map(|(_, name, _, words)| (*name, words(line))).collect(),
        }
    };
    // One file whatever the page is sorted by: a spreadsheet sorts it itself, and a copy need not keep sixteen.
    let file = |format| chosen.link(visit, "/kanban/bijiao", &[("format", format)]);
    ComparePage {
        frame: framed
            .under("政府信息公开", "/gongkai")
            .under("公开质量看板", "/kanban")
            .at("各机关比较"),
        heading: format!("各机关公开质量比较：{}", chosen.count.period.name()),
        known: chosen.count.known_on.to_string(),
        choices: chosen.choices(visit, "/kanban/bijiao"),
        notes: chosen.notes(),
        headings: COLUMNS.iter().map(heading).collect(),
        rows: lines.iter().map(row).collect(),
        csv: file("csv"),
        json: file("json"),
        method: visit.site.link("/kanban/suanfa"),
    }
}

impl Page for ComparePage {
    fn samples() -> Vec<(&'static str, Self)> {
        let heading = |(own, name, ..): &Column| Heading {
            link: Link::new(*name, format!("/a?paixu={own}")),
            sorted: "",
        };
        let cells = COLUMNS.iter().map(|(_, name, ..)| (*name, "1".to_owned())).collect();
        let page = Self {
            frame: Frame::sample("各机关公开质量比较").within("gongkai").at("各机关比较"),
            heading: "各机关公开质量比较".into(),
            known: "2026-11-26".into(),
            choices: Vec::new(),
            notes: vec!["还没有定稿。".into()],
            headings: COLUMNS.iter().map(heading).collect(),
            rows: vec![RowOf { link: Link::new("示范局", "/a"), cells }],
            csv: "/c".into(),
            json: "/j".into(),
            method: "/m".into(),
        };
        vec![("一个机关", page)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use assessment_rules::Figures;

    fn line(scope: &str, in_time: u32, late: u32) -> Line {
        let mut figures = Figures::default();
        figures.kept.in_time = in_time;
        figures.kept.late = late;
        let (name, division) = (scope.to_owned(), String::new());
        Line { scope: scope.into(), kind: ScopeKind::Organ, division, name, figures }
    }

    #[test]
    fn organs_are_sorted_either_way_and_what_is_no_rate_comes_last() {
        let sorted = |wish: &str| {
            let mut lines = vec![line("few", 1, 1), line("low", 5, 5), line("high", 9, 1)];
            sort(&mut lines, wish).expect("a column");
            lines.into_iter().map(|line| line.scope).collect::<Vec<_>>()
        };
        assert_eq!(sorted("anshi"), ["high", "low", "few"]);
        assert_eq!(sorted("-anshi"), ["low", "high", "few"]);
        assert_eq!(sorted(""), ["high", "low", "few"]);
        assert!(sort(&mut [], "x").is_err());
    }

    #[test]
    fn the_comparison_is_sound() {
        assert_eq!(web::page::faults::<super::ComparePage>(), Vec::<String>::new());
    }
}
