//! `/gongkai/nianbao/{organ}`: an organ's years side by side.

use askama::Template;
use axum::extract::Path;
use axum::response::Html;
use reports_rules::{Cell, CellPlace, Figure, RemedyCell, RemedyGroup, Row, TOTAL, Tables};
use web::layout::{Frame, Link};
use web::page::Page;
use web::{Fault, Visit};

use super::chart::{Chart, Shown};
use super::{frame, organ_of};
use crate::store::{Content, Version};

#[derive(Template)]
#[template(path = "portal/years.html")]
struct YearsPage {
    frame: Frame,
    organ: String,
    demo: bool,
    years: Vec<Link>,
    charts: Vec<Chart>,
    rows: Vec<Line>,
    notes: Vec<String>,
}

struct Line {
    name: &'static str,
    numbers: Vec<String>,
}

/// So many years are set side by side: a decision of ours.
const MOST: usize = 8;

/// What is compared, each with the cells that make it up.
fn measures() -> Vec<(&'static str, Vec<CellPlace>)> {
    let total = |row: Row| vec![CellPlace::Table3(row, TOTAL)];
    let rows = |from: u8, to: u8| -> Vec<CellPlace> {
        let rows = Row::all().filter(|row| (from..=to).contains(&row.number()));
        rows.map(|row| CellPlace::Table3(row, TOTAL)).collect()
    };
    let remedies = |group| vec![CellPlace::Table4(group, RemedyCell::Total)];
    let named = |name: &str| CellPlace::named(name).into_iter().collect::<Vec<_>>();
    vec![
        ("本年新收申请", total(Row::RECEIVED)),
        ("上年结转", total(Row::CARRIED_IN)),
        ("办理结果总计", total(Row::CLOSED)),
        ("予以公开", rows(3, 3)),
        ("部分公开", rows(4, 4)),
        ("不予公开", rows(5, 12)),
        ("无法提供", rows(13, 15)),
        ("不予处理", rows(16, 20)),
        ("其他处理", rows(21, 23)),
        ("结转下年度", total(Row::CARRIED_OUT)),
        ("行政复议", remedies(RemedyGroup::Review)),
        ("行政诉讼（直接起诉）", remedies(RemedyGroup::SuitDirect)),
        ("行政诉讼（复议后起诉）", remedies(RemedyGroup::SuitAfterReview)),
        ("规范性文件制发", named("t2.normative_issued")),
        ("规范性文件现行有效", named("t2.normative_in_force")),
        ("行政许可", named("t2.licences")),
        ("行政处罚", named("t2.penalties")),
        ("行政强制", named("t2.coercion")),
        ("行政事业性收费（万元）", named("t2.fees")),
    ]
}

/// The measures that are drawn.
const DRAWN: [&str; 3] = ["本年新收申请", "办理结果总计", "行政复议"];

/// The sum at several places; `None` where the form of the year has none of them.
fn number(tables: &Tables, places: &[CellPlace]) -> Option<Figure> {
    let there = places.iter().any(|place| *tables.cell(*place) != Cell::Absent);
    there.then(|| places.iter().map(|place| tables.cell(*place).value()).sum())
}

/// Shows the years.
pub async fn show(visit: Visit, Path(code): Path<String>) -> Result<Html<String>, Fault> {
    let organ = organ_of(&visit, &code).await?;
    let store = visit.house.store();
    let mut versions = Version::public_of(store, &organ.code).await?;
    if versions.is_empty() {
        return Err(Fault::NotFound);
    }
    versions.truncate(MOST);
    versions.reverse();
    let tables = Content::tables_of(store, &versions.iter().collect::<Vec<_>>()).await?;
    let tables: Vec<(&Version, &Tables)> =
        versions.iter().filter_map(|version| Some((version, tables.get(&version.id)?))).collect();
    let title = format!("{}历年年度报告", organ.name);
    let frame = frame(&visit, &title, format!("{}政府信息公开工作年度报告逐年比较", organ.name));
    let link = |(version, _): &(&Version, &Tables)| {
        Link::new(version.year.to_string(), visit.site.link(&version.path()))
    };
    web::page::answer(&YearsPage {
        frame: frame.at("历年比较"),
        organ: organ.name,
        demo: versions.iter().any(|version| version.demo),
        years: tables.iter().map(link).collect(),
        charts: charts(&tables),
        rows: lines(&tables),
        notes: notes(&tables),
    })
}

fn lines(tables: &[(&Version, &Tables)]) -> Vec<Line> {
    let line = |(name, places): (&'static str, Vec<CellPlace>)| Line {
        name,
        numbers: tables
            .iter()
            .map(|(_, tables)| number(tables, &places).map_or("—".into(), |one| one.to_string()))
            .collect(),
    };
    measures().into_iter().map(line).collect()
}

/// Why a year has no bar.
const NO_REPORT: &str = "没有报告";
const NO_NUMBER: &str = "没有这个数";

/// A chart shows every year from the first to the last, also those that have no report.
fn charts(tables: &[(&Version, &Tables)]) -> Vec<Chart> {
    let years: Vec<(i16, &Tables)> =
        tables.iter().map(|(version, tables)| (version.year, *tables)).collect();
    let drawn = measures().into_iter().filter(|(name, _)| DRAWN.contains(name));
    drawn.map(|(name, places)| Chart::of(name, &bars(&years, &places))).collect()
}

fn bars(years: &[(i16, &Tables)], places: &[CellPlace]) -> Vec<(String, Shown)> {
    let (Some((first, _)), Some((last, _))) = (years.first(), years.last()) else {
        return Vec::new();
    };
    let shown = |year: i16| {
        let Some((_, tables)) = years.iter().find(|(one, _)| *one == year) else {
            return Shown::Gap(NO_REPORT);
        };
        let count = number(tables, places).and_then(Figure::as_count);
        count.map_or(Shown::Gap(NO_NUMBER), Shown::Number)
    };
    // years far apart are not drawn one by one
    let all = (*first..=*last).filter(|year| {
        usize::try_from(last - first).is_ok_and(|span| span < 2 * MOST)
            || years.iter().any(|(one, _)| one == year)
    });
    all.map(|year| (year.to_string(), shown(year))).collect()
}

/// What does not fit from one year to the next, so that nobody compares what cannot be compared.
fn notes(tables: &[(&Version, &Tables)]) -> Vec<String> {
    let pairs = tables.iter().zip(tables.iter().skip(1));
    let note =
        |((before, earlier), (after, later)): (&(&Version, &Tables), &(&Version, &Tables))| {
            if after.year != before.year + 1 {
                return Some(format!("没有{}年度的报告。", before.year + 1));
            }
            let out = earlier.cell(CellPlace::Table3(Row::CARRIED_OUT, TOTAL)).value();
            let carried = later.cell(CellPlace::Table3(Row::CARRIED_IN, TOTAL)).value();
            (out != carried).then(|| {
                format!(
                    "{}年度结转下年 {out} 件，{}年度报告写上年结转 {carried} 件。",
                    before.year, after.year
                )
            })
        };
    pairs.filter_map(note).collect()
}

impl Page for YearsPage {
    fn samples() -> Vec<(&'static str, Self)> {
        vec![(
            "两年",
            Self {
                frame: Frame::sample("历年年度报告").within("gongkai").at("历年比较"),
                organ: "示范区民政局".into(),
                demo: true,
                years: vec![Link::new("2024", "/a/2024"), Link::new("2025", "/a/2025")],
                charts: vec![Chart::of(
                    "本年新收申请",
                    &[
                        ("2023".into(), Shown::Number(3)),
                        ("2024".into(), Shown::Gap(NO_REPORT)),
                        ("2025".into(), Shown::Number(5)),
                    ],
                )],
                rows: vec![Line {
                    name: "本年新收申请", numbers: vec!["3".into(), "5".into()]
                }],
                notes: vec!["2024年度结转下年 1 件，2025年度报告写上年结转 0 件。".into()],
            },
        )]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_without_a_report_or_without_the_number_is_no_zero() {
        let place = CellPlace::Table3(Row::RECEIVED, TOTAL);
        let mut some = Tables::default();
        some.set(place, Cell::count(7));
        let mut none = Tables::default();
        none.set(place, Cell::Absent);
        let blank = Tables::default();
        let found = bars(&[(2019, &some), (2021, &none), (2022, &blank)], &[place]);
        let shown: Vec<_> = found.into_iter().map(|(_, shown)| shown).collect();
        let gaps = (Shown::Gap(NO_REPORT), Shown::Gap(NO_NUMBER));
        assert_eq!(shown, [Shown::Number(7), gaps.0, gaps.1, Shown::Number(0)]);
        assert_eq!(bars(&[(1990, &some), (2025, &some)], &[place]).len(), 2);
    }

    #[test]
    fn the_page_of_years_is_sound() {
        assert_eq!(web::page::faults::<super::YearsPage>(), Vec::<String>::new());
    }
}
