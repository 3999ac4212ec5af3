//! 文号: one form out of the many in which it is written.

use records_rules::{BadDocumentNumber, DocumentNumber, NumberForm};

fn read(text: &str) -> String {
    match DocumentNumber::read(text) {
        Ok(Some(number)) => number.to_string(),
        Ok(None) => "没有".to_owned(),
        Err(bad) => bad.to_string(),
    }
}

#[test]
fn every_way_of_writing_a_number_becomes_the_standard_one() {
    for (written, standard) in [
        ("厦府办[2020]67号", "厦府办〔2020〕67号"),
        ("厦府办〔2020〕67号", "厦府办〔2020〕67号"),
        ("厦府办（2020）67号", "厦府办〔2020〕67号"),
        ("厦府办(2020) 67 号", "厦府办〔2020〕67号"),
        ("厦府办【2020】第067号", "厦府办〔2020〕67号"),
        ("厦府办﹝２０２０﹞６７号", "厦府办〔2020〕67号"),
        ("厦府办［2020年］67号", "厦府办〔2020〕67号"),
        ("　厦府办 〔2020〕 67\n号", "厦府办〔2020〕67号"),
        ("厦府办〔2020〕67", "厦府办〔2020〕67号"),
        ("闽岚环罚〔2019〕21号", "闽岚环罚〔2019〕21号"),
        ("国办公开办函〔2019〕61号", "国办公开办函〔2019〕61号"),
        ("国务院令第711号", "国务院令第711号"),
        ("中华人民共和国国务院令 第 711 号", "中华人民共和国国务院令第711号"),
        ("财政部公告2019年第39号", "财政部公告2019年第39号"),
        ("国家发展改革委2017年第10号令", "国家发展改革委2017年第10号"),
    ] {
        assert_eq!(read(written), standard, "{written}");
        assert_eq!(read(standard), standard, "the standard form is stable");
    }
}

#[test]
fn a_field_that_says_there_is_none_has_none() {
    for nothing in ["", "  ", "无", " 无 ", "—", "-", "/", "无文号", "\u{feff}"] {
        assert_eq!(read(nothing), "没有", "{nothing:?}");
    }
}

#[test]
fn a_text_that_is_no_number_is_refused_with_the_reason() {
    for (text, reason) in [
        ("〔2020〕67号", "文号“〔2020〕67号”前面没有机关代字"),
        ("厦府办〔20〕67号", "文号“厦府办〔20〕67号”没有四位年份"),
        ("厦府办〔201744号", "文号“厦府办〔201744号”没有四位年份"),
        ("厦府办〔3020〕67号", "文号“厦府办〔3020〕67号”没有四位年份"),
        ("厦府办〔2020〕号", "文号“厦府办〔2020〕号”没有序号"),
        ("厦府办〔2020〕0号", "文号“厦府办〔2020〕0号”没有序号"),
        ("厦府办〔2020〕99999999999号", "文号“厦府办〔2020〕99999999999号”没有序号"),
        ("关于印发方案的通知", "“关于印发方案的通知”不像文号"),
        ("《关于…》，厦府办〔2020〕67号", "“《关于…》,厦府办〔2020〕67号”不像文号"),
    ] {
        assert_eq!(read(text), reason);
    }
}

#[test]
fn the_parts_can_be_told_apart() {
    let number: DocumentNumber = "厦府办[2020]67号".parse().expect("a number");
    assert_eq!(
        (number.word(), number.year(), number.number(), number.form()),
        ("厦府办", Some(2020), 67, NumberForm::Bracketed(2020))
    );
    let order: DocumentNumber = "国务院令第711号".parse().expect("an order");
    assert_eq!((order.word(), order.year(), order.number()), ("国务院令", None, 711));
    assert!(matches!("无".parse::<DocumentNumber>(), Err(BadDocumentNumber::NotOne(_))));
}
