//! What a notice must say and how long it stands (重大行政决策程序暂行条例第十四、十五条), how a draft is divided, what
//! changed, what is hidden.

use law::{WorkCalendar, day};
use participation_rules::{
    AnswerLack, Change, Notice, Period, Piece, Sender, Verdict, WHOLE, Way, about, answers_due,
    changes, clauses, is_masked_name, kept_since, masked_name, masked_words, pieces,
};

#[test]
fn thirty_days_are_usual_and_the_day_of_the_notice_does_not_count() {
    let today = day(2026, 11, 27);
    for (days, short, ends) in [
        (30, false, day(2026, 12, 27)),
        (29, true, day(2026, 12, 26)),
        (1, true, day(2026, 11, 28)),
        (45, false, day(2027, 1, 11)),
        (365, false, day(2027, 11, 27)),
    ] {
        let period = Period::of(days, today).expect("a period");
        assert_eq!((period.is_short(), period.ends_on(today)), (short, ends), "{days}");
    }
    assert_eq!(Period::usual(today).map(Period::days), Ok(30));
    let basis = Period::usual(today).expect("in force").least().basis;
    assert_eq!(basis.to_string(), "《重大行政决策程序暂行条例》第十五条");
    for days in [0, 366] {
        assert!(Period::of(days, today).is_err(), "{days}");
    }
    assert!(Period::of(30, day(2019, 8, 31)).is_err(), "the regulation was not in force");
    assert!(Period::of(30, day(2019, 9, 1)).is_ok());
}

fn whole(today: law::Date, days: u32) -> Notice<'static> {
    Notice {
        title: "供水条例（草案）",
        explanation: "为了保障供水。",
        draft: "第一条 为了保障供水。",
        ways: &[Way::Public],
        post: "湖滨北路 1 号",
        telephone: "0592-0000000",
        period: Period::of(days, today).ok(),
        short_reason: "",
    }
}

#[test]
fn a_notice_lacks_what_the_law_asks_for_and_nothing_else() {
    let today = day(2026, 11, 27);
    let notice = whole(today, 30);
    let lacks = |notice: Notice<'_>| -> Vec<&'static str> {
        notice.lacks().iter().map(|lack| lack.field).collect()
    };
    assert_eq!(lacks(notice.clone()), Vec::<&str>::new());
    for (changed, lacking) in [
        (Notice { title: " ", ..notice.clone() }, "title"),
        (Notice { explanation: "", ..notice.clone() }, "explanation"),
        (Notice { draft: "\n", ..notice.clone() }, "draft"),
        (Notice { ways: &[Way::Hearing], ..notice.clone() }, "ways"),
        (Notice { post: "", ..notice.clone() }, "post"),
        (Notice { telephone: "", ..notice.clone() }, "telephone"),
        (Notice { period: None, ..notice.clone() }, "days"),
        (whole(today, 7), "short_reason"),
    ] {
        assert_eq!(lacks(changed), [lacking]);
    }
    assert!(lacks(Notice { short_reason: "台风将至。", ..whole(today, 7) }).is_empty());
    let all = Notice::default().lacks();
    assert!(all.iter().all(|lack| lack.basis.to_string().contains("第十")), "{all:?}");
}

#[test]
fn every_way_of_the_article_has_a_word_and_a_name_of_its_own() {
    for way in Way::ALL {
        assert_eq!(Way::parse(way.word()), Some(way));
        assert_eq!(Way::ALL.iter().filter(|one| one.name() == way.name()).count(), 1);
    }
}

#[test]
fn a_draft_is_divided_by_what_it_is_written_in() {
    for (text, marks) in [
        ("第一条 甲\n乙\n第二条 丙", vec!["第一条", "第二条"]),
        (
            "关于供水的办法\n第一章 总则\n第一条　甲\n第二章 附则\n第二条　乙",
            vec!["开头", "第一条", "第二条"],
        ),
        (
            "一、目标\n（一）甲\n（二）乙\n二、措施\n（一）丙",
            vec!["一", "一（一）", "一（二）", "二", "二（一）"],
        ),
        ("为了什么。\n一、目标\n甲", vec!["开头", "一"]),
        ("甲。\n\n　　乙。\r\n丙。", vec!["第1段", "第2段", "第3段"]),
        ("第一条 按照\n第三条规定办理的，从其规定。\n第二条 乙", vec!["第一条", "第二条"]),
        ("第10条 甲\n第 11 条 乙", vec!["第10条", "第11条"]),
        ("", vec![]),
    ] {
        let found = clauses(text);
        let told: Vec<&str> = found.iter().map(|clause| clause.mark.as_str()).collect();
        assert_eq!(told, marks, "{text}");
        let numbers: Vec<u32> = found.iter().map(|clause| clause.number).collect();
        assert_eq!(numbers, (1..=u32::try_from(marks.len()).expect("few")).collect::<Vec<_>>());
    }
}

#[test]
fn an_opinion_is_about_a_clause_or_the_whole() {
    let draft = clauses("第一条 甲\n第二条 乙");
    for (number, words) in [(WHOLE, "整个草案"), (2, "第二条"), (9, "整个草案")] {
        assert_eq!(about(number, &draft), words);
    }
}

#[test]
fn nothing_of_a_draft_is_lost_and_the_same_text_gives_the_same_clauses() {
    let letters = |text: &str| text.chars().filter(|one| !one.is_whitespace()).collect::<String>();
    for text in [
        "关于供水\n第一章 总则\n第一节 一般\n第一条 甲\n  乙\n第二章 附则",
        "一、甲\n说明\n（一）乙\n（三）丙\n二、丁",
        "甲\n乙",
        "第一章 只有章\n第一条",
    ] {
        let found = clauses(text);
        let told: String = found.iter().map(|one| format!("{}{}", one.heading, one.text)).collect();
        assert_eq!(letters(&told), letters(text), "{text}");
        assert_eq!(found, clauses(text));
    }
}

#[test]
fn headings_stand_above_the_clause_that_follows() {
    let found =
        clauses("第一章 总则\n第一节 一般规定\n第一条 甲\n第二条 乙\n第二章 附则\n第三条 丙");
    let headings: Vec<&str> = found.iter().map(|clause| clause.heading.as_str()).collect();
    assert_eq!(headings, ["第一章 总则　第一节 一般规定", "", "第二章 附则"]);
}

fn told(change: &Change) -> String {
    let pieces = change.pieces.iter().map(|piece| match piece {
        Piece::Same(text) => text.clone(),
        Piece::Gone(text) => format!("[-{text}]"),
        Piece::New(text) => format!("[+{text}]"),
    });
    format!("{}>{} {}", change.mark, change.now, pieces.collect::<String>())
}

#[test]
fn what_changed_is_told_clause_by_clause_and_letter_by_letter() {
    let draft = clauses(
        "第一条 供水单位应当保障供水。\n第二条 停水提前一日通知用户。\n第三条 本办法自公布之日起施行。",
    );
    let last = clauses(
        "第一条 供水单位应当保障供水。\n第二条 停水提前三日通知用户。\n第三条 老旧水管由供水单位更换，费用不向居民收取。\n第四条 本办法自公布之日起施行。",
    );
    let found: Vec<String> = changes(&draft, &last).iter().map(told).collect();
    assert_eq!(
        found,
        [
            "第一条>第一条 供水单位应当保障供水。",
            "第二条>第二条 停水提前[-一][+三]日通知用户。",
            "第三条>第三条 [+老旧水管由供水单位更换，费用不向居民收取。]",
            "第三条>第四条 本办法自公布之日起施行。",
        ]
    );
    let shorter = clauses("第一条 供水单位应当保障供水。\n第二条 本办法自公布之日起施行。");
    let found: Vec<String> = changes(&draft, &shorter).iter().map(told).collect();
    assert_eq!(found[1], "第二条> [-停水提前一日通知用户。]");
    assert!(changes(&draft, &draft).iter().all(Change::is_none));
}

#[test]
fn two_long_texts_are_compared_in_a_moment_and_nothing_of_either_is_lost() {
    let text = |shift: u32| -> String {
        let line = |clause: u32| -> String {
            let letters = (0..190).map(|at| (clause * 7 + at * 13 + shift * (at % 5)) % 400);
            let letters = letters.filter_map(|at| char::from_u32(0x4e00 + at));
            format!("第{clause}条 {}\n", letters.collect::<String>())
        };
        (1..=500).map(line).collect()
    };
    let (draft, last) = (clauses(&text(0)), clauses(&text(1)));
    assert_eq!((draft.len(), last.len()), (500, 500));
    let began = std::time::Instant::now();
    let found = changes(&draft, &last);
    let took = began.elapsed();
    assert!(took.as_secs() < 30, "{took:?}");
    let now = found.iter().filter(|change| !change.now.is_empty()).count();
    assert_eq!(now, 500, "every clause of the final text is told");
}

#[test]
fn a_clause_of_many_lines_is_divided_in_a_moment() {
    let text = format!("第一条 甲\n{}", "乙\n".repeat(50_000));
    let found = clauses(&text);
    assert_eq!((found.len(), found[0].text.lines().count()), (1, 50_001));
}

#[test]
fn both_texts_can_be_read_out_of_the_pieces() {
    for (before, after) in
        [("", "甲"), ("甲", ""), ("甲乙丙", "甲丙丁"), ("一二三", "三二一"), ("同", "同")]
    {
        let found = pieces(before, after);
        let side =
            |keep: fn(&Piece) -> Option<&str>| found.iter().filter_map(keep).collect::<String>();
        let one = side(|piece| match piece {
            Piece::Same(text) | Piece::Gone(text) => Some(text),
            Piece::New(_) => None,
        });
        let other = side(|piece| match piece {
            Piece::Same(text) | Piece::New(text) => Some(text),
            Piece::Gone(_) => None,
        });
        assert_eq!((one.as_str(), other.as_str()), (before, after));
    }
}

#[test]
fn a_person_is_not_named_in_public_and_an_organisation_is() {
    for (name, sender, shown) in [
        ("朱自清", Sender::Person, "朱**"),
        ("欧阳修", Sender::Person, "欧**"),
        ("李", Sender::Person, "李**"),
        ("  ", Sender::Person, "匿名"),
        ("思明区某物业公司", Sender::Organisation, "某单位"),
    ] {
        assert_eq!(masked_name(name, sender), shown);
    }
}

#[test]
fn a_person_is_published_by_the_family_name_alone() {
    for (name, is) in [
        ("朱**", true),
        ("欧阳**", true),
        ("匿名", true),
        ("朱演示", false),
        ("朱演示**", false),
        ("朱*", false),
        ("", false),
    ] {
        assert_eq!(is_masked_name(name), is, "{name}");
    }
}

#[test]
fn numbers_and_mail_that_tell_of_somebody_are_hidden_and_other_numbers_are_not() {
    for (words, shown) in [
        ("请打13800138000找我", "请打***找我"),
        ("身份证35020019800101001X。", "身份证***。"),
        ("0592-5555123", "***"),
        ("写给 a.b@example.cn 谢谢", "写给 *** 谢谢"),
        ("2026年改成500元，第15条", "2026年改成500元，第15条"),
        ("打138 0013 8000或者139-0013-8000", "打***或者***"),
        ("１３８００１３８０００", "***"),
        ("写给 ａ＠example.cn", "写给 ***"),
        ("自2026-11-27起，到2026.12.31止", "自2026-11-27起，到2026.12.31止"),
        ("拨款12000000元，每年1200.5万元", "拨款12000000元，每年1200.5万元"),
        ("分 3 组，每组 20 人", "分 3 组，每组 20 人"),
        ("", ""),
    ] {
        assert_eq!(masked_words(words), shown);
    }
}

#[test]
fn no_answer_stands_without_a_verdict_and_a_reason() {
    assert_eq!(Verdict::given("", "因为"), Err(AnswerLack::Verdict));
    assert_eq!(Verdict::given("maybe", "因为"), Err(AnswerLack::Verdict));
    for verdict in Verdict::ALL {
        assert_eq!(Verdict::given(verdict.word(), " \n"), Err(AnswerLack::Reason));
        assert_eq!(Verdict::given(verdict.word(), " 因为 "), Ok((verdict, "因为".into())));
    }
}

#[test]
fn answers_are_due_in_working_days_and_senders_are_kept_for_a_year() {
    let calendar = WorkCalendar::state_council();
    for (ends, due) in [(day(2026, 5, 29), day(2026, 6, 29)), (day(2026, 9, 18), day(2026, 10, 22))]
    {
        assert_eq!(answers_due(ends, calendar), Ok(due), "{ends}");
    }
    assert_eq!(kept_since(day(2026, 11, 27)), day(2025, 11, 27));
}
