//! Cells, identities, derivation from a register, last days and stages.

use law::{Date, day};
use proptest::prelude::*;
use proptest::sample::select;
use reports_rules::{
    Breach, COLUMNS, Cell, CellPlace, Checked, Doubt, Figure, RegisterEntry, RemedyCell,
    RemedyEntry, RemedyGroup, RemedyOutcome, ReportCorrection, ReportRefused, ReportStage,
    ReportYear, Row, Section, TOTAL, Table2Cell, Table3, Table4, Topic, behind, breaches,
    carried_in_breaches, derive, fee_said, prose_numbers, register_breaches, together,
    whole_doubts,
};
use requests_rules::ApplicantClass;

#[test]
fn a_cell_is_read_as_it_stands() {
    let number = |text| Cell::Number(Figure::read(text).expect("a number"));
    for (text, strict, printed) in [
        ("12", number("12"), number("12")),
        ("０１２", number("12"), number("12")),
        ("0.50", number("0.5"), number("0.5")),
        ("4166.241619", number("4166.241619"), number("4166.241619")),
        ("-3", number("-3"), number("-3")),
        ("", Cell::Blank, Cell::Blank),
        ("&nbsp;", Cell::Blank, Cell::Blank),
        ("\u{a0}", Cell::Blank, Cell::Blank),
        ("/", Cell::Unreadable("/".into()), Cell::Blank),
        ("—", Cell::Unreadable("—".into()), Cell::Blank),
        ("12件", Cell::Unreadable("12件".into()), Cell::Unreadable("12件".into())),
        ("1,234", Cell::Unreadable("1,234".into()), number("1234")),
        ("12,34", Cell::Unreadable("12,34".into()), Cell::Unreadable("12,34".into())),
        ("1 234", Cell::Unreadable("1 234".into()), number("1234")),
        ("1e3", Cell::Unreadable("1e3".into()), Cell::Unreadable("1e3".into())),
        ("true", Cell::Unreadable("true".into()), Cell::Unreadable("true".into())),
    ] {
        assert_eq!(Cell::read(text), strict, "{text:?} strictly");
        assert_eq!(Cell::printed(text), printed, "{text:?} as printed");
    }
    assert_eq!(number("0012.500").to_string(), "12.5");
    assert_eq!(number("-0.25").to_string(), "-0.25");
    assert_eq!(Figure::read("9".repeat(40).as_str()), None);
}

#[test]
fn the_form_of_the_national_report_keeps_its_identities() {
    // 行: 自然人, 总计; 其余各列合为“其他”
    let own = [
        13612, 535, 5345, 2120, 13, 30, 11, 49, 103, 84, 282, 147, 3075, 177, 19, 199, 147, 0, 100,
        5, 315, 202, 941, 13364, 783,
    ];
    let all = [
        14069, 560, 5548, 2168, 13, 30, 11, 51, 104, 85, 286, 150, 3222, 180, 19, 203, 148, 0, 101,
        5, 318, 203, 965, 13810, 819,
    ];
    let mut table3 = Table3::default();
    for ((row, own), all) in Row::all().zip(own).zip(all) {
        table3.set(row, 0, Cell::count(own));
        table3.set(row, 5, Cell::count(all - own));
        table3.set(row, TOTAL, Cell::count(all));
    }
    let mut table4 = Table4::default();
    let groups = [[376, 97, 196, 121, 790], [16, 1, 12, 27, 56], [74, 1, 30, 51, 156]];
    for (group, cells) in RemedyGroup::ALL.into_iter().zip(groups) {
        for (place, number) in RemedyCell::ALL.into_iter().zip(cells) {
            table4.set(group, place, Cell::count(number));
        }
    }
    assert_eq!(breaches(&table3, &table4), []);
}

#[test]
fn the_numbers_of_the_prose_are_found_by_the_words_before_them() {
    for (text, found) in [
        (
            "2025年共收到政府信息公开申请154件，上年结转0件。全年办结148件，结转下年度继续办理6件。\
             因政府信息公开引发的行政复议36件、行政诉讼9件。",
            "new 154 carry_in 0 done 148 carry_out 6 review 36 litigation 9",
        ),
        ("本年度新收政府信息公开申请８１件，均按时限答复", "new 81"),
        ("行政复议案件2件，行政诉讼案件7件，均依法应对", "review 2 litigation 7"),
        ("2022年共收到公民提出的政府信息公开申请 1,075 件。", "new 1075"),
        ("收到群众留言300件，收到政府信息公开申请20件", "new 20"),
        ("按时办结率100%，办结 12 件", "done 12"),
        ("行政复议、行政诉讼案件共9件", ""),
        ("行政复议和行政诉讼9件，其中行政诉讼2件", "litigation 2"),
        ("行政复议维持3件", ""),
        ("共收到信访投诉申请5件", ""),
        ("办结政府信息公开申请。2024年5件", ""),
        ("收到申请后20个工作日内答复", ""),
        ("新收申请若干", ""),
        ("", ""),
    ] {
        let words = prose_numbers(text).into_iter();
        let words: Vec<String> =
            words.map(|(number, figure)| format!("{} {figure}", number.word())).collect();
        assert_eq!(words.join(" "), found, "{text}");
    }
}

#[test]
fn a_breach_is_named_by_its_place_for_cases_for_pages_and_for_people() {
    let row = |number| Row::new(number).expect("a row");
    for (breach, name, page) in [
        (Breach::Balance(2), "I1:c3", "I1:c3"),
        (Breach::Results(6), "I2:c7", "I2:c7"),
        (Breach::Across(row(5)), "I3:r05", "I3:r05"),
        (Breach::CarriedIn(0), "I4:c1", "I4:c1"),
        (Breach::Remedies(RemedyGroup::SuitDirect), "I5:suit_direct", "I5:lit_direct"),
        (Breach::Table2Cell("规章", 2), "I6:t2:规章:2", "I6:t2:规章:2"),
        (Breach::Table2Cell("行政许可", 0), "I6:t2:行政许可", "I6:t2:行政许可"),
        (Breach::Table3Cell(row(8), 1), "I6:r08.c2", "I6:t3:r08:c2"),
        (
            Breach::Table4Cell(RemedyGroup::SuitAfterReview, RemedyCell::Pending),
            "I6:suit_after_review.pending",
            "I6:t4:lit_after:4",
        ),
        (Breach::Unfilled(CellPlace::Table2(Table2Cell::Fees)), "I6:t2.fees", "I6:t2.fees"),
        (Breach::UnfilledTable(Section::Remedies), "I6:remedies", "I6:remedies"),
        (
            Breach::Fee { said: None, collected: Figure::count(1) },
            "S6:processing_fee",
            "S6:processing_fee",
        ),
        (Breach::Unplaced("2024-0017".into()), "I10:2024-0017", "I10:2024-0017"),
    ] {
        assert_eq!(breach.to_string(), name);
        assert_eq!(breach.page_name(), page);
        assert!(!breach.words().is_empty());
    }
    assert_eq!((Row::new(0), Row::new(26)), (None, None));
    assert_eq!(Row::named("r13").map(Row::label), Some("1.本机关不掌握相关政府信息"));
}

#[test]
fn a_report_is_reviewed_when_nothing_stands_in_the_way_and_frozen_when_it_was_reviewed() {
    let on = day(2027, 1, 20);
    let checked = |breaches, doubts, explained| Checked { breaches, doubts, explained };
    let doubt =
        [Doubt::Stock { content: "规章", expected: Figure::count(3), found: Figure::count(4) }];
    let named = ["I8:规章".to_owned(), "I4:c1".to_owned(), "I1:c1".to_owned()];
    let draft = ReportStage::Draft;
    let balance = [Breach::Balance(0)];
    assert_eq!(
        draft.submit(&checked(&balance, &[], &named)),
        Err(ReportRefused::Broken(1)),
        "an identity of the form itself cannot be explained away"
    );
    let carried = [Breach::CarriedIn(0)];
    assert_eq!(draft.submit(&checked(&carried, &[], &[])), Err(ReportRefused::Broken(1)));
    assert_eq!(draft.submit(&checked(&[], &doubt, &[])), Err(ReportRefused::Unexplained(1)));
    let register = [Breach::Register(Row::RECEIVED, 0)];
    let why = ["I10:r01.c1".to_owned()];
    assert_eq!(draft.submit(&checked(&register, &[], &[])), Err(ReportRefused::Broken(1)));
    assert_eq!(draft.submit(&checked(&register, &[], &why)), Ok(ReportStage::UnderReview));
    let unplaced = [Breach::Unplaced("2024-0017".into())];
    let why = ["I10:2024-0017".to_owned()];
    assert_eq!(draft.submit(&checked(&unplaced, &[], &why)), Err(ReportRefused::Broken(1)));
    let submitted = draft.submit(&checked(&carried, &doubt, &named)).expect("explained");
    assert_eq!(submitted.submit(&checked(&[], &[], &[])), Err(ReportRefused::Stage("正在审查")));
    assert_eq!(submitted.freeze(on, false), Err(ReportRefused::Unreviewed));
    assert_eq!(draft.freeze(on, true), Err(ReportRefused::Stage("正在起草")));
    let frozen = submitted.freeze(on, true).expect("reviewed");
    assert_eq!(draft.publish(on), Err(ReportRefused::Stage("正在起草")));
    assert_eq!(submitted.publish(on), Err(ReportRefused::Stage("正在审查")));
    assert_eq!(submitted.reopen(), Ok(ReportStage::Draft));
    assert_eq!(frozen.publish(day(2027, 1, 19)), Err(ReportRefused::Before(on)));
    assert_eq!(frozen.reopen(), Ok(ReportStage::Draft));
    let published = frozen.publish(on).expect("frozen");
    assert_eq!(published.reopen(), Err(ReportRefused::Stage("已经公布")));
    let correction = |explanation: &str| ReportCorrection { on, explanation: explanation.into() };
    assert_eq!(published.correct(correction(" ")), Err(ReportRefused::NoExplanation));
    let corrected = published.correct(correction("表三第二行误为3，应为2")).expect("explained");
    assert!(
        matches!(corrected, ReportStage::Published { corrections, .. } if corrections.len() == 1)
    );
}

#[test]
fn the_fee_that_prose_tells_is_the_net_sum_or_the_first_or_none_and_else_it_tells_nothing() {
    for (text, fee) in [
        ("本年度没有收取信息处理费。", Some("0")),
        ("全年未向申请人收取信息处理费", Some("0")),
        ("收取信息处理费4,700元。", Some("4700")),
        ("收取信息处理费 4700.50 元", Some("4700.5")),
        ("收取信息处理费０.４７万元", Some("4700")),
        ("收取1.23456万元", Some("12345.6")),
        ("退还300元，收取信息处理费5000元", Some("5000")),
        ("收取5000元，退还300元，实收4700元。", Some("4700")),
        ("没有", Some("0")),
        ("按规定办理收费事项。", None),
        ("收取信息处理费四千七百元。", None),
        ("", None),
    ] {
        assert_eq!(fee_said(text).map(|fee| fee.to_string()).as_deref(), fee, "{text}");
    }
}

#[test]
fn the_sections_stand_in_their_order_and_a_governments_report_speaks_of_assessment() {
    let titles: Vec<char> =
        Section::ALL.iter().filter_map(|section| section.title().chars().next()).collect();
    assert_eq!(titles, ['一', '二', '三', '四', '五', '六']);
    assert!(Section::Overview.topics(true).contains(&Topic::Assessment));
    assert!(!Section::Overview.topics(false).contains(&Topic::Assessment));
    assert_eq!(Section::Other.topics(false), [Topic::ProcessingFee]);
}

const CODES: [&str; 25] = [
    "G1", "G2", "P1", "D1", "D2", "D3", "D4", "D5", "D6", "D7", "D8", "U1a", "U1b", "U2", "U3",
    "N1", "N2", "N3", "N4", "N5", "O1", "O2", "O3", "X9", "",
];

fn any_day() -> impl Strategy<Value = Date> {
    (0_i64..1_400).prop_map(|later| day(2023, 6, 1).saturating_add(jiff::Span::new().days(later)))
}

prop_compose! {
    fn remedy()(
        kind in select(RemedyGroup::ALL.to_vec()), filed in any_day(), later in 0_i64..500,
        concluded in any::<bool>(),
        result in select(vec![RemedyOutcome::Upheld, RemedyOutcome::Corrected, RemedyOutcome::Other]),
    ) -> RemedyEntry {
        let over = filed.saturating_add(jiff::Span::new().days(later));
        RemedyEntry {
            kind, filed, concluded: concluded.then_some(over), result: concluded.then_some(result),
        }
    }
}

prop_compose! {
    fn entry()(
        no in any::<u32>(), received in any_day(), later in 0_i64..500, closed in any::<bool>(),
        class in select(ApplicantClass::ALL.to_vec()), code in select(CODES.to_vec()),
        remedies in prop::collection::vec(remedy(), 0..3),
    ) -> RegisterEntry {
        let over = received.saturating_add(jiff::Span::new().days(later));
        RegisterEntry {
            no: no.to_string(), received, class, result: closed.then(|| code.to_owned()),
            closed: closed.then_some(over), remedies,
        }
    }
}

proptest! {
    #[test]
    fn a_register_without_unknown_answers_makes_tables_that_break_nothing(
        register in prop::collection::vec(entry(), 0..60), year in 2022_i16..2028,
    ) {
        let year = ReportYear::new(year);
        let known: Vec<RegisterEntry> = register
            .iter()
            .filter(|entry| !matches!(entry.result.as_deref(), Some("X9" | "")))
            .cloned()
            .collect();
        let derived = derive(&known, year);
        prop_assert_eq!(breaches(&derived.table3, &derived.table4), []);
        prop_assert_eq!(derived.unplaced, []);
        let mut written_over = derived.table3.clone();
        written_over.set(Row::RECEIVED, 2, Cell::count(99));
        let named = [Breach::Register(Row::RECEIVED, 2)];
        prop_assert_eq!(register_breaches(&written_over, &derived.table3), named);
        let all = derive(&register, year);
        prop_assert_eq!(all.unplaced.is_empty(), breaches(&all.table3, &all.table4).is_empty());
    }

    #[test]
    fn what_one_year_carries_out_the_next_carries_in(
        register in prop::collection::vec(entry(), 0..60), year in 2022_i16..2028,
    ) {
        let (one, next) =
            (derive(&register, ReportYear::new(year)), derive(&register, ReportYear::new(year + 1)));
        let carried = one.table3.row(Row::CARRIED_OUT);
        prop_assert_eq!(carried_in_breaches(&next.table3, carried), []);
    }

    #[test]
    fn every_number_opens_down_to_its_rows(
        register in prop::collection::vec(entry(), 0..40), year in 2022_i16..2028,
    ) {
        let year = ReportYear::new(year);
        let derived = derive(&register, year);
        for row in Row::all() {
            for column in 0..COLUMNS {
                let behind = behind(&register, year, (row, column)).len() as u64;
                prop_assert_eq!(derived.table3.cell(row, column), &Cell::count(behind));
            }
        }
    }

    #[test]
    fn the_whole_is_the_sum_of_its_organs(
        one in prop::collection::vec(entry(), 0..30), other in prop::collection::vec(entry(), 0..30),
    ) {
        let year = ReportYear::new(2025);
        let (first, second) = (derive(&one, year).table3, derive(&other, year).table3);
        let register: Vec<RegisterEntry> = one.into_iter().chain(other).collect();
        let whole = derive(&register, year).table3;
        prop_assert_eq!(together(&[&first, &second]), whole.clone());
        prop_assert_eq!(whole_doubts(&whole, &[&first, &second]), []);
    }

    #[test]
    fn no_text_in_a_cell_makes_it_panic_and_what_is_printed_is_read_back(text in "\\PC{0,12}") {
        let _ = Cell::printed(&text);
        let _ = prose_numbers(&format!("收到申请{text}件，行政复议{text}件"));
        if let Cell::Number(figure) = Cell::read(&text) {
            prop_assert_eq!(Figure::read(&figure.to_string()), Some(figure));
        }
    }
}
