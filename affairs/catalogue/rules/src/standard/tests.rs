use law::day;

use super::*;
use crate::reading::{Cell, Row};

fn sheet(rows: &[&[&str]]) -> Sheet {
    let row = |(at, cells): (usize, &&[&str])| Row {
        number: at + 1,
        cells: cells.iter().map(|text| Cell::Text((*text).into())).collect(),
    };
    Sheet { rows: rows.iter().enumerate().map(row).collect(), ..Sheet::default() }
}

#[test]
fn a_code_has_one_form_however_it_is_written() {
    for (written, code) in [
        ("GB/T 9704-2012", Some("GB/T 9704-2012")),
        ("GB/T9704—2012", Some("GB/T 9704-2012")),
        ("ＧＢ／Ｔ　９７０４－２０１２", Some("GB/T 9704-2012")),
        ("gb 18030-2022", Some("GB 18030-2022")),
        ("GB/T 39554.1-2020", Some("GB/T 39554.1-2020")),
        ("DB35/T 1234-2020", Some("DB35/T 1234-2020")),
        ("DB3502/T 001-2021", Some("DB3502/T 001-2021")),
        ("MZ/T 170-2021", Some("MZ/T 170-2021")),
        ("T/CAS 400-2020", Some("T/CAS 400-2020")),
        ("GB/T 9704", None),
        ("公文格式-2012", None),
        ("GB/T -2012", None),
        ("", None),
        ("-", None),
        ("DB/", None),
    ] {
        assert_eq!(standard_code(written).as_deref(), code, "{written}");
    }
}

#[test]
fn a_code_shows_its_rank() {
    for (code, rank) in [
        ("GB/T 9704-2012", StandardRank::National),
        ("GB 18030-2022", StandardRank::National),
        ("GBZ 2-2002", StandardRank::National),
        ("DB35/T 1234-2020", StandardRank::Local),
        ("MZ/T 170-2021", StandardRank::Trade),
        ("T/CAS 400-2020", StandardRank::Association),
    ] {
        assert_eq!(StandardRank::of_code(code), rank, "{code}");
    }
}

#[test]
fn a_standard_holds_from_its_first_day_to_its_last() {
    let (from, to) = (Some(day(2008, 11, 1)), Some(day(2019, 11, 30)));
    let next = Some("GB/T 22239-2019");
    let replaced = StandardState::Replaced { by: "GB/T 22239-2019".into() };
    for (on, to, successor, state) in [
        (day(2008, 10, 31), to, next, StandardState::ToCome { from: day(2008, 11, 1) }),
        (day(2008, 11, 1), to, next, StandardState::InForce),
        (day(2019, 11, 30), to, next, StandardState::InForce),
        (day(2019, 12, 1), to, next, replaced),
        (day(2019, 12, 1), to, None, StandardState::Ended { on: day(2019, 11, 30) }),
        (day(2026, 11, 25), None, None, StandardState::InForce),
    ] {
        assert_eq!(StandardState::on(on, from, to, successor), state, "{on}");
    }
}

#[test]
fn a_list_is_read_under_any_of_its_headings_and_what_is_doubtful_is_named_with_its_row() {
    let table = sheet(&[
        &["标准清单", "", "", ""],
        &["序号", "标准编号", "标准名称", "实施日期"],
        &["1", "GB/T9704-2012", "党政机关公文格式", "2012年7月1日"],
        &["2", "GB/T 9704—2012", "党政机关公文格式", ""],
        &["3", "九七〇四", "公文格式", ""],
        &["4", "GB/T 37668-2019", "", ""],
        &["5", "GB/T 22239-2019", "网络安全等级保护基本要求", "2019冬"],
    ]);
    let (lines, doubts) = read_standards(&[table]).expect("is a list");
    let read: Vec<_> = lines.iter().map(|line| (line.code.as_str(), line.valid_from)).collect();
    assert_eq!(read, [("GB/T 9704-2012", Some(day(2012, 7, 1))), ("GB/T 22239-2019", None)]);
    let doubts: Vec<String> = doubts.iter().map(ToString::to_string).collect();
    for (doubt, words) in doubts.iter().zip([
        "第 4 行: GB/T 9704-2012 与前面重复",
        "第 5 行: 标准号“九七〇四”读不出",
        "第 6 行: GB/T 37668-2019 没有名称",
        "第 7 行: 日期“2019冬”读不出",
    ]) {
        assert!(doubt.starts_with(words), "{doubt}");
    }
    assert_eq!(doubts.len(), 4);
    let other = sheet(&[&["一级事项", "公开内容"], &["a", "b"]]);
    let refused = read_standards(&[other]).expect_err("is no list").to_string();
    assert!(refused.contains("标准号、标准名称"), "{refused}");
}

#[test]
fn what_stands_in_the_place_of_a_standard_is_found_through_all_that_were_replaced() {
    let replaced = |by: &str| Some(StandardState::Replaced { by: by.into() });
    let states = |code: &str| match code {
        "A" => replaced("B"),
        "B" => replaced("C"),
        "C" | "Z" => Some(StandardState::InForce),
        "D" => replaced("E"),
        "E" => Some(StandardState::ToCome { from: day(2027, 1, 1) }),
        "F" => replaced("not registered"),
        "G" => Some(StandardState::Ended { on: day(2020, 1, 1) }),
        "H" => replaced("G"),
        "I" => replaced("J"),
        "J" => replaced("I"),
        _ => None,
    };
    for (code, found) in [
        ("Z", Succession::Stands),
        ("E", Succession::Stands),
        ("unknown", Succession::Stands),
        ("A", Succession::By("C".into())),
        ("B", Succession::By("C".into())),
        ("D", Succession::Awaited("E".into())),
        ("F", Succession::Awaited("not registered".into())),
        ("G", Succession::Nothing),
        ("H", Succession::Nothing),
        ("I", Succession::Nothing),
    ] {
        assert_eq!(Succession::of(code, states), found, "{code}");
    }
}
