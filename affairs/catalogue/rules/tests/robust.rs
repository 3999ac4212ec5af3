//! Whatever stands in a table, reading it ends, and ends without a panic.

use catalogue_rules::reading::{Cell, Row, Sheet, Spans, read};
use proptest::collection::vec;
use proptest::prelude::*;

/// Pieces of catalogues, whole and broken, and what does not belong into one.
const PIECES: [&str; 64] = [
    "序号",
    "公开事项",
    "一级事项",
    "二级事项",
    "三级事项",
    "公开内容（要素）",
    "公开依据",
    "公开时限",
    "公开主体",
    "公开渠道和载体",
    "全社会",
    "特定群体",
    "主动",
    "依申请公开",
    "县级",
    "乡级",
    "公开层级",
    "公开对象",
    "备注",
    "1",
    "2",
    "12",
    "（一）",
    "一、",
    "1.",
    "①",
    "●",
    "（",
    "）",
    "(",
    ")",
    "〔",
    "〕",
    "《",
    "》",
    "2017",
    "42号",
    "国办发",
    "第",
    "√",
    "□",
    "■",
    "口",
    "☒",
    "[√]",
    "[ ]",
    "政府网站",
    "其他",
    "同上",
    "—",
    "/",
    "、",
    "；",
    "\n",
    "20个工作日内",
    "二十日前",
    "每年1月31日前",
    "公示",
    "自",
    "之日起",
    " ",
    "\u{3000}",
    "某县救灾领域基层政务公开标准目录",
    "\u{f0fe}",
];

fn text() -> impl Strategy<Value = String> {
    let pieces =
        vec(0..PIECES.len(), 0..8).prop_map(|at| at.iter().map(|at| PIECES[*at]).collect());
    prop_oneof![4 => pieces, 1 => ".{0,40}"]
}

fn cell() -> impl Strategy<Value = Cell> {
    prop_oneof![6 => text().prop_map(Cell::Text), 1 => Just(Cell::Above), 1 => Just(Cell::Left)]
}

fn header() -> Vec<Cell> {
    PIECES[..16]
        .iter()
        .filter(|piece| **piece != "公开事项")
        .map(|piece| Cell::Text((*piece).to_owned()))
        .collect()
}

fn sheet() -> impl Strategy<Value = Sheet> {
    (vec(vec(cell(), 0..18), 0..12), vec(text(), 0..3), any::<bool>(), any::<bool>()).prop_map(
        |(rows, before, with_header, is_lost)| {
            let header = with_header.then(header);
            let rows = header.into_iter().chain(rows);
            Sheet {
                name: None,
                before,
                rows: rows.enumerate().map(|(at, cells)| Row { number: at + 1, cells }).collect(),
                spans: if is_lost { Spans::Lost } else { Spans::Stated },
            }
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_table_is_read_or_refused_and_what_is_read_is_plain_data(sheets in vec(sheet(), 0..4), title in text()) {
        if let Ok(read) = read(&sheets, Some(&title)) {
            let stored = serde_json::to_string(&read).expect("plain data");
            let back: catalogue_rules::ReadCatalogue = serde_json::from_str(&stored).expect("what was written");
            prop_assert_eq!(back, read);
        }
    }
}

#[test]
fn a_cell_of_ten_thousand_marks_takes_no_more_than_its_length() {
    let long = |piece: &str| piece.repeat(10_000 / piece.len());
    for piece in [
        "（",
        "《",
        "1.",
        "●甲",
        "■政府网站",
        "〔2017",
        "20",
        "自",
        "、",
        "\n",
        "口",
        "国办发2017 ",
    ] {
        let mut rows = vec![Row { number: 1, cells: header() }];
        let cells = (0..15).map(|_| Cell::Text(long(piece))).collect();
        rows.push(Row { number: 2, cells });
        let sheet = Sheet { rows, ..Sheet::default() };
        let read = read(&[sheet], None);
        assert_eq!(read.is_ok(), piece != "\n", "{piece}");
    }
}
