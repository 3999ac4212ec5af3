//! The kinds of answer, one by one: provision, row of the report, what they must say, remedy, letter.

use law::day;
use records_rules::Withholding;
use requests_rules::{
    ANSWER_TYPES, AnswerClass, AnswerType, Fact, ItemAnswer, Letter, NoWhole, Recipient, Recourse,
    RemedyRoute, SearchFault, SearchRecord, answer_type, combined, last_days,
};

/// 代码 | 条款 | 行 | 复议前置 | 须写明.
const TABLE: &str = "\
G1  | 第三十六条第（一）项 | 3  |    | 获取信息的方式、途径
G2  | 第三十六条第（二）项、第四十条 | 3 | | 所提供的信息，或者获取的方式、途径和时间
P1  | 第三十七条 | 4 | 部分 | 公开的部分；理由
D1  | 第十四条 | 5 | 前置 | 理由
D2  | 第十四条 | 6 | 前置 | 理由；禁止公开的法律、行政法规及条款
D3  | 第十四条 | 7 | 前置 | 理由
D4  | 第十五条、第三十二条 | 8 | 前置 | 理由；征求第三方意见的情况
D5  | 第十六条第一款 | 9 | 前置 | 理由；属于哪一类
D6  | 第十六条第二款 | 10 | 前置 | 理由；属于哪一类
D7  | 第十六条第二款 | 11 | 前置 | 理由
D8  | 第三十六条第（七）项 | 12 | | 有特别规定的法律、行政法规和查询途径
U1a | 第三十六条第（四）项 | 13 | | 检索记录（系统、检索词、人员、时间）
U1b | 第三十六条第（五）项 | 13 | | 理由；负责公开的机关及联系方式（能够确定的）
U2  | 第三十八条 | 14 | | 理由
U3  | 第三十条 | 15 | | 仍不明确的内容
N1  | 第三十九条第一款 | 16 | | 理由
N2  | 第三十六条第（六）项 | 17 | | 此前答复的文号
N3  | 第三十九条第二款 | 18 | | 获取信息的方式、途径
N4  | 第三十五条 | 19 | | 要求说明的理由及认定
N5  | 国办公开办函〔2021〕30号 | 20 | | 此前提供的时间和方式
O1  | 第三十条 | 21 | | 告知、通知的送达证明
O2  | 国办函〔2020〕109号 | 22 | | 告知、通知的送达证明
O3  | 国办公开办函〔2021〕30号 | 23 | | ";

#[test]
fn every_kind_of_answer_is_as_the_table_has_it() {
    let kinds = ANSWER_TYPES.on(day(2026, 11, 26)).expect("in force").value;
    assert_eq!(TABLE.lines().count(), kinds.len());
    for (line, kind) in TABLE.lines().zip(kinds) {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let basis = kind.basis.iter().map(|basis| match basis.place() {
            place if place.is_empty() => basis.name().to_owned(),
            place => place,
        });
        let basis: Vec<String> = basis.collect();
        let first = match kind.remedy {
            RemedyRoute::Any => "",
            RemedyRoute::ReviewFirst => "前置",
            RemedyRoute::ReviewFirstForWithheld => "部分",
        };
        let facts: Vec<&str> = kind.required.iter().map(|fact| fact.label()).collect();
        let row = kind.report_row.to_string();
        let found = [kind.code, &basis.join("、"), &row, first, &facts.join("；")];
        assert_eq!(found.as_slice(), cells, "{}", kind.name);
    }
}

#[test]
fn there_are_twenty_two_kinds_over_the_twenty_one_rows_of_results() {
    let kinds = ANSWER_TYPES.on(day(2026, 11, 26)).expect("in force").value;
    let mut numbers: Vec<u8> = kinds.iter().map(|kind| kind.number).collect();
    numbers.dedup();
    assert_eq!(numbers, (1..=22).collect::<Vec<u8>>());
    let mut rows: Vec<u8> = kinds.iter().map(|kind| kind.report_row).collect();
    rows.dedup();
    assert_eq!(rows, (3..=23).collect::<Vec<u8>>());
    for kind in kinds {
        let letter = match kind.class {
            AnswerClass::Otherwise => Letter::ClosingNotice,
            _ => Letter::Answer,
        };
        assert_eq!(kind.letter, letter, "{}", kind.code);
    }
}

#[test]
fn refusals_under_articles_14_to_16_are_reviewed_first_and_no_other() {
    for kind in ANSWER_TYPES.on(day(2026, 11, 26)).expect("in force").value {
        let refuses = kind.basis.iter().any(|basis| {
            [14, 15, 16]
                .iter()
                .any(|number| law::article("政府信息公开条例", *number).covers(basis))
        });
        assert_eq!(kind.remedy == RemedyRoute::ReviewFirst, refuses, "{}", kind.code);
    }
}

#[test]
fn an_answer_says_what_it_lacks() {
    let kind = |code| answer_type(code, day(2026, 11, 26)).expect("a known code");
    for (code, contained, missing) in [
        ("U1a", vec![], vec![Fact::SearchRecord]),
        ("U1a", vec![Fact::SearchRecord], vec![]),
        ("U1b", vec![Fact::Reason], vec![]),
        ("D2", vec![Fact::Reason], vec![Fact::ForbiddingStatute]),
        ("P1", vec![Fact::OpenPart], vec![Fact::Reason]),
        ("O3", vec![], vec![]),
    ] {
        assert_eq!(kind(code).missing(&contained), missing, "{code}");
    }
    assert_eq!(answer_type("X9", day(2026, 11, 26)), None);
    assert_eq!(answer_type("G1", day(2019, 5, 14)), None);
    assert_eq!(AnswerType::code_of(&Withholding::ThirdParty), "D4");
    assert_eq!(AnswerType::code_of(&Withholding::EnforcementFile), "D7");
}

#[test]
fn the_letter_ends_with_the_remedy_of_its_kind_and_day() {
    let recourse =
        Recourse {
            review_organ: "厦门市人民政府", court: "厦门市思明区人民法院", online: None
        };
    let words = RemedyRoute::ReviewFirst.words(day(2026, 11, 26), &recourse);
    assert_eq!(
        words,
        "对本答复不服的，应当先自收到本答复之日起60日内向厦门市人民政府申请行政复议；\
         对行政复议决定仍不服的，可以自收到行政复议决定书之日起15日内向厦门市思明区人民法院提起行政诉讼。"
    );
    let any = RemedyRoute::Any.words(day(2026, 11, 26), &recourse);
    assert!(any.contains("60日") && any.contains("6个月内直接"), "{any}");
    let before_2024 = RemedyRoute::ReviewFirst.words(day(2023, 12, 31), &recourse);
    assert_eq!(before_2024, RemedyRoute::Any.words(day(2023, 12, 31), &recourse));
    let part = RemedyRoute::ReviewFirstForWithheld.words(day(2026, 11, 26), &recourse);
    assert!(part.contains("不予公开的部分") && part.contains("对其余部分"), "{part}");
    let online = Recourse { online: Some("https://example.gov.cn/fuyi"), ..recourse };
    assert!(RemedyRoute::Any.words(day(2026, 11, 26), &online).contains("互联网申请行政复议"));
    assert_eq!(last_days(day(2026, 8, 31)), Some((day(2026, 10, 30), day(2027, 2, 28))));
}

#[test]
fn every_letter_has_a_title_a_word_for_its_number_and_a_basis() {
    let mut serials: Vec<&str> = Letter::ALL.iter().map(|letter| letter.serial()).collect();
    serials.sort_unstable();
    let count = serials.len();
    serials.dedup();
    assert_eq!((serials.len(), count), (18, 18), "{serials:?}");
    for letter in Letter::ALL {
        assert!(!letter.title().is_empty() && !letter.basis().to_string().is_empty());
    }
    assert_eq!(Letter::ThirdPartyInquiry.to(), Recipient::ThirdParty);
    assert_eq!(Letter::ServiceProof.to(), Recipient::File);
}

#[test]
fn a_request_of_several_things_counts_once() {
    let whole = |codes: &[&str]| {
        let item = |code: &&str| ItemAnswer { asked: "甲".into(), code: (*code).into() };
        combined(&codes.iter().map(item).collect::<Vec<_>>(), day(2026, 11, 26))
            .map(|kind| kind.code)
    };
    for (codes, code) in [
        (&["G2"][..], "G2"),
        (&["G1", "G2"], "G1"),
        (&["G2", "D1"], "P1"),
        (&["G1", "U1a"], "P1"),
        (&["P1", "D1"], "P1"),
        (&["U1b", "D5"], "D5"),
        (&["N2", "U1a", "U1a"], "U1a"),
        (&["U1a", "U1b"], "U1a"),
    ] {
        assert_eq!(whole(codes), Ok(code), "{codes:?}");
    }
    assert_eq!(whole(&[]), Err(NoWhole::Nothing));
    let unknown = NoWhole::Unknown { place: 2, code: "G3".into() };
    assert_eq!(whole(&["G1", "G3"]), Err(unknown));
}

#[test]
fn what_is_said_not_to_exist_was_looked_for() {
    let record = SearchRecord {
        places: vec!["档案室".into(), "公文系统".into()],
        words: vec!["征地补偿".into()],
        by: vec!["林秀英".into()],
        on: day(2026, 11, 10),
        outcome: "没有找到".into(),
    };
    let (received, answered) = (day(2026, 11, 2), day(2026, 11, 26));
    assert_eq!(record.faults(received, answered), []);
    let empty = SearchRecord {
        places: vec![" ".into()],
        words: vec![],
        by: vec![],
        on: day(2026, 10, 30),
        outcome: String::new(),
    };
    assert_eq!(
        empty.faults(received, answered),
        [
            SearchFault::NoPlaces,
            SearchFault::NoWords,
            SearchFault::Nobody,
            SearchFault::NoOutcome,
            SearchFault::NotThen(received, answered),
        ]
    );
}
