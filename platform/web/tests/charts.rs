//! Charts: what they draw, what they say, and what they leave out.

use web::components::{Bar, Chart, ChartTable, Meets, Point, Portion, StackRow};

fn table() -> ChartTable {
    ChartTable {
        headings: vec!["机关".into(), "按时率".into()],
        rows: vec![vec!["民政局".into(), "92.1%".into()], vec!["财政局<".into(), "80%".into()]],
    }
}

fn bars(values: &[(u32, Meets)]) -> String {
    let bar = |(at, (part, meets)): (usize, &(u32, Meets))| Bar {
        name: format!("机关{at}"),
        words: format!("{part}‰"),
        part: Some(*part),
        meets: *meets,
    };
    let bars: Vec<Bar> = values.iter().enumerate().map(bar).collect();
    Chart::bars("tu", "都按时", &bars, Some((900, "合格线 90%"))).with_table(table()).to_string()
}

#[test]
fn a_chart_has_neither_script_nor_style_and_says_its_numbers_in_words() {
    let html = bars(&[(921, Meets::Yes), (800, Meets::No)]);
    assert!(!html.contains("style") && !html.contains("<script"), "{html}");
    assert!(html.contains("role=\"img\"") && html.contains("<title"), "{html}");
    assert!(html.contains("民政局：按时率 92.1%；财政局&#60;：按时率 80%"), "{html}");
    assert!(html.contains("合格线 90%") && html.contains("<details"), "{html}");
}

#[test]
fn a_bar_is_as_long_as_its_part_and_none_is_longer_than_the_drawing() {
    let html = bars(&[(921, Meets::Yes), (1000, Meets::Yes), (4000, Meets::No), (0, Meets::No)]);
    for width in ["92.10%", "100%", "0%"] {
        assert!(html.contains(&format!("width=\"{width}\"")), "{width}: {html}");
    }
    assert!(!html.contains("width=\"400%\""), "{html}");
}

#[test]
fn where_there_is_no_number_nothing_is_drawn_and_a_line_is_broken() {
    let point = |part: Option<u32>| Point {
        name: "Q1".into(),
        under: String::new(),
        words: part.map_or("无".into(), |part| part.to_string()),
        part,
    };
    let drawn = |parts: &[Option<u32>]| {
        let points: Vec<Point> = parts.iter().map(|part| point(*part)).collect();
        let html = Chart::line("tu", "走势", &points, (0, 1000)).to_string();
        (html.matches("<circle").count(), html.matches("class=\"way\"").count())
    };
    assert_eq!(drawn(&[Some(900), Some(950), Some(1000)]), (3, 2));
    assert_eq!(drawn(&[Some(900), None, Some(1000)]), (2, 0));
    assert_eq!(drawn(&[]), (0, 0));
}

#[test]
fn the_parts_of_a_ring_and_of_a_row_make_it_whole() {
    let portions = [
        Portion { name: "按时".into(), number: 1, meets: Meets::Yes },
        Portion { name: "迟".into(), number: 1, meets: Meets::No },
        Portion { name: "逾期".into(), number: 1, meets: Meets::Worse },
    ];
    let ring = Chart::ring("tu", "三分之一", ("1/3", "按时"), &portions).to_string();
    for arc in ["7.66em 15.57em", "7.90em 15.33em"] {
        assert!(ring.contains(&format!("stroke-dasharray=\"{arc}\"")), "{arc}: {ring}");
    }
    let row = StackRow { name: "市".into(), words: "1".into(), portions: portions.to_vec() };
    let stack = Chart::stack("tu", "三分之一", &[row]).to_string();
    assert!(stack.contains("x=\"66.66%\"") && stack.contains("width=\"33.34%\""), "{stack}");
}

#[test]
fn a_page_with_charts_is_still_a_page_with_one_title() {
    let page = format!(
        "<!doctype html><html lang=\"zh-CN\"><head><title>页</title></head><body><main><h1>页</h1>{}</main></body></html>",
        bars(&[(921, Meets::Yes)])
    );
    assert_eq!(web::page::inspect(&page), Vec::<String>::new());
}
