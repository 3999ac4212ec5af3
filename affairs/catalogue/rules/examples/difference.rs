//! Measures how long it takes to tell two catalogues apart: `difference [ROWS]`. The second has every
//! third row changed in one cell, every tenth gone, as many new, and the rest in another order. Prints
//! one line with the median of 20 comparisons.

use std::time::Instant;

use catalogue_rules::{Item, Keyed, compare};

const ROWS: usize = 1_000;
const TIMES: usize = 20;

fn main() {
    let rows = std::env::args().nth(1).and_then(|rows| rows.parse().ok()).unwrap_or(ROWS);
    let before: Vec<(String, Item)> =
        (0..rows).map(|row| (format!("{row:08}"), item(row))).collect();
    let mut after: Vec<(String, Item)> =
        before.iter().cloned().enumerate().filter_map(later).collect();
    after.extend((rows..rows + rows / 10).map(|row| (format!("{row:08}"), item(row))));
    after.rotate_left(rows / 4);
    let (one, two) = (keyed(&before), keyed(&after));
    let mut found = 0;
    let mut times: Vec<f64> = (0..TIMES)
        .map(|_| {
            let begun = Instant::now();
            found = compare(&one, &two).len();
            begun.elapsed().as_secs_f64() * 1000.0
        })
        .collect();
    times.sort_by(f64::total_cmp);
    println!(
        "difference: rows={rows} changes={found} median_ms={:.2} max_ms={:.2}",
        times[TIMES / 2],
        times[TIMES - 1]
    );
}

/// The row in the second catalogue, if it is still there.
fn later((at, (key, mut item)): (usize, (String, Item))) -> Option<(String, Item)> {
    if at % 10 == 9 {
        return None;
    }
    if at % 3 == 0 {
        item.time_limit_raw = "信息形成或者变更之日起10个工作日内".into();
    }
    Some((key, item))
}

fn keyed(rows: &[(String, Item)]) -> Vec<Keyed<'_>> {
    rows.iter().map(|(key, item)| Keyed { key, item }).collect()
}

/// A row as long-winded as those that are published.
fn item(row: usize) -> Item {
    let elements = [
        "文件依据",
        "对象范围",
        "申请条件",
        "申请材料",
        "办理流程",
        "办理时限",
        "办理地点",
        "结果",
    ];
    Item {
        seq: Some((row + 1).to_string()),
        level1: Some(format!("就业服务第{}类", row / 10 + 1)),
        level2: Some(format!("第{row}号岗位信息")),
        elements: elements.map(Into::into).into(),
        basis: vec!["《中华人民共和国政府信息公开条例》".into(), "《人力资源市场暂行条例》".into()],
        time_limit_raw: "信息形成或者变更之日起20个工作日内".into(),
        subjects: vec!["市人力资源和社会保障局".into()],
        extra: [("来源地区".to_owned(), "厦门市".to_owned())].into(),
        ..Item::default()
    }
}
