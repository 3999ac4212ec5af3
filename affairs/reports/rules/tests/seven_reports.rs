//! Seven real annual reports of one district, as they were published, and what they break.

use std::path::Path;

use reports_rules::{
    Breach, Cell, Doubt, Figure, ProseNumber, RemedyCell, RemedyGroup, Row, Stock, TOTAL, Table2,
    Table3, Table4, breaches, carried_in_breaches, prose_doubts, stock_doubts, table2_breaches,
};
use serde_json::Value;

const REPORTS: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../../../shared/data/annual-reports/pingtan-2019-2025.json"
);

/// The results in the order of the rows r03 to r23.
const RESULTS: [&str; 21] = [
    "予以公开",
    "部分公开",
    "国家秘密",
    "其他法律行政法规禁止公开",
    "危及三安全一稳定",
    "保护第三方合法权益",
    "三类内部事务信息",
    "四类过程性信息",
    "行政执法案卷",
    "行政查询事项",
    "本机关不掌握",
    "没有现成信息需另行制作",
    "补正后仍不明确",
    "信访举报投诉类",
    "重复申请",
    "要求提供公开出版物",
    "无正当理由大量反复申请",
    "要求确认或重新出具",
    "逾期不补正",
    "逾期不缴费",
    "其他处理-其他",
];

struct Report {
    year: i64,
    table2: Option<Table2>,
    table3: Table3,
    table4: Table4,
    prose: Vec<(ProseNumber, Figure)>,
}

/// The reports from the oldest; none where the data is not at hand, which is said and counted.
fn reports() -> Option<Vec<Report>> {
    if !Path::new(REPORTS).is_file() {
        skipped(&format!("{REPORTS} is absent"));
        return None;
    }
    let text = std::fs::read_to_string(REPORTS).expect("a readable file");
    let data: Value = serde_json::from_str(&text).expect("JSON");
    let mut reports: Vec<Report> =
        data["reports"].as_array().expect("reports").iter().map(report).collect();
    reports.sort_by_key(|report| report.year);
    Some(reports)
}

fn skipped(why: &str) {
    assert!(std::env::var_os("CI").is_none(), "nothing may be left out in CI: {why}");
    println!("skipped: {why}");
    if let Some(log) = std::env::var_os("GONGKAI_SKIP_LOG") {
        use std::io::Write;
        let log = std::fs::OpenOptions::new().create(true).append(true).open(log);
        writeln!(log.expect("the log of what is skipped"), "skipped: {why}").expect("written");
    }
}

fn cells(values: &Value) -> Vec<Cell> {
    values.as_array().expect("cells").iter().map(|value| Cell::read(&value.to_string())).collect()
}

fn report(data: &Value) -> Report {
    let mut table3 = Table3::default();
    let mut set = |row: Row, values: &Value| {
        for (column, cell) in cells(values).into_iter().enumerate() {
            table3.set(row, column, cell);
        }
    };
    set(Row::RECEIVED, &data["new"]);
    set(Row::CARRIED_IN, &data["carry_in"]);
    for (row, name) in Row::results().zip(RESULTS) {
        if !data["results"][name].is_null() {
            set(row, &data["results"][name]);
        }
    }
    set(Row::CLOSED, &data["total"]);
    set(Row::CARRIED_OUT, &data["carry_out"]);
    let mut table4 = Table4::default();
    for group in RemedyGroup::ALL {
        for (place, cell) in RemedyCell::ALL.into_iter().zip(cells(&data[group.page_word()])) {
            table4.set(group, place, cell);
        }
    }
    let names = ["applications", "carry_in", "done", "carry", "review", "litigation"];
    let prose = ProseNumber::ALL.into_iter().zip(names);
    let prose = prose.filter_map(|(number, name)| {
        data["prose"][name].as_u64().map(|said| (number, Figure::count(said)))
    });
    Report {
        year: data["year"].as_i64().expect("a year"),
        table2: (!data["t2"].is_null()).then(|| table2(&data["t2"])),
        table3,
        table4,
        prose: prose.collect(),
    }
}

fn table2(data: &Value) -> Table2 {
    let stock = |name: &str| {
        let [issued, ended, in_force] = cells(&data[name]).try_into().expect("three cells");
        Stock { issued, ended, in_force }
    };
    let one = |name: &str| Cell::read(data[name].to_string().trim_matches('"'));
    Table2 {
        rules: stock("规章"),
        normative: stock("行政规范性文件"),
        licences: one("行政许可"),
        penalties: one("行政处罚"),
        coercion: one("行政强制"),
        fees: one("行政事业性收费万元"),
    }
}

#[test]
fn the_broken_identities_of_seven_real_reports_are_named_exactly() {
    let Some(reports) = reports() else { return };
    let broken = reports.iter().flat_map(|report| {
        let mut found = breaches(&report.table3, &report.table4);
        found.extend(report.table2.iter().flat_map(table2_breaches));
        found.into_iter().map(|breach| format!("{} {breach}", report.year))
    });
    assert_eq!(broken.collect::<Vec<_>>(), ["2020 I2:c1", "2020 I2:c7"]);
}

#[test]
fn what_was_carried_over_agrees_from_year_to_year() {
    let Some(reports) = reports() else { return };
    for pair in reports.windows(2) {
        let carried_out = pair[0].table3.row(Row::CARRIED_OUT);
        assert_eq!(carried_in_breaches(&pair[1].table3, carried_out), [], "{}", pair[1].year);
    }
}

#[test]
fn three_years_of_normative_documents_do_not_follow_from_the_year_before() {
    let Some(reports) = reports() else { return };
    let pairs = reports.windows(2).filter_map(|pair| {
        Some((pair[1].year, stock_doubts(pair[0].table2.as_ref()?, pair[1].table2.as_ref()?)))
    });
    let told = pairs.flat_map(|(year, doubts)| {
        doubts.into_iter().map(move |doubt| match doubt {
            Doubt::Stock { content, expected, found } => {
                format!("{year} {content} {expected}≠{found}")
            }
            other => other.to_string(),
        })
    });
    assert_eq!(
        told.collect::<Vec<_>>(),
        [
            "2023 行政规范性文件 643≠470",
            "2024 行政规范性文件 499≠440",
            "2025 行政规范性文件 453≠546",
        ]
    );
}

#[test]
fn the_prose_says_what_the_tables_say_save_where_it_is_named() {
    let Some(reports) = reports() else { return };
    let doubts = reports.iter().flat_map(|report| {
        let doubts = prose_doubts(&report.prose, &report.table3, &report.table4);
        doubts.into_iter().map(|doubt| format!("{} {doubt} {}", report.year, doubt.words()))
    });
    let doubts: Vec<String> = doubts.collect();
    assert_eq!(doubts, ["2022 I7:new 文字写本年新收75件，表格是74件"]);
    let compared: usize = reports.iter().map(|report| report.prose.len()).sum();
    assert!(compared >= 10, "{compared}");
}

#[test]
fn any_other_number_in_any_cell_is_noticed() {
    let Some(reports) = reports() else { return };
    let report = reports.last().expect("seven reports");
    for row in Row::all() {
        for column in 0..=TOTAL {
            let mut table = report.table3.clone();
            table.set(row, column, Cell::count(999));
            let found = breaches(&table, &report.table4);
            let across = found.contains(&Breach::Across(row));
            let down = found.contains(&Breach::Balance(column))
                || found.contains(&Breach::Results(column));
            assert!(across && down, "{} c{}: {found:?}", row.name(), column + 1);
        }
    }
}
