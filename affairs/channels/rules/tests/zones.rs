//! Tables of what zones are held to.

use channels_rules::{
    Closure, Equipment, Facts, Hours, Movement, Opening, Purpose, REQUIREMENTS, Stock, Unity,
    check, is_silent, left_after, look_is_due, next_name, sound_pin,
};
use law::{WorkCalendar, day};

fn whole() -> Facts {
    Facts {
        working: Equipment::ALL.to_vec(),
        materials: 3,
        run_out: 0,
        staff: 2,
        hours: true,
        phone: true,
        keeper: true,
    }
}

fn looked(there: bool) -> Vec<(String, bool)> {
    let asked = REQUIREMENTS.iter().filter(|one| one.is_looked_at());
    asked.map(|one| (one.key.to_owned(), there)).collect()
}

#[test]
fn each_of_the_four_has_requirements_and_each_requirement_a_name_of_its_own() {
    for unity in Unity::ALL {
        assert!(REQUIREMENTS.iter().any(|one| one.unity == unity), "{}", unity.name());
    }
    let mut keys: Vec<&str> = REQUIREMENTS.iter().map(|one| one.key).collect();
    keys.sort_unstable();
    keys.dedup();
    assert_eq!(keys.len(), REQUIREMENTS.len());
}

#[test]
fn a_zone_is_whole_when_all_is_there_and_somebody_has_looked() {
    assert!(check(&whole(), &looked(true)).is_whole());
    let unseen = check(&whole(), &[]);
    assert!(unseen.missing.is_empty() && !unseen.is_whole(), "待检查的不算有，也不算缺");
    assert_eq!(unseen.unseen.len(), looked(true).len());
}

#[test]
fn what_is_wanting_is_named() {
    for (words, facts, missing) in [
        (
            "查询机、电脑都坏了",
            Facts {
                working: vec![
                    Equipment::Printer,
                    Equipment::Rack,
                    Equipment::Board,
                    Equipment::Seat,
                    Equipment::Access,
                ],
                ..whole()
            },
            vec!["look-up", "inquiry"],
        ),
        (
            "电脑顶查询机",
            Facts {
                working: Equipment::ALL
                    .into_iter()
                    .filter(|one| *one != Equipment::Kiosk)
                    .collect(),
                ..whole()
            },
            vec![],
        ),
        ("没有人值守", Facts { staff: 0, ..whole() }, vec!["application", "consultation"]),
        ("没有电话", Facts { phone: false, ..whole() }, vec!["consultation"]),
        ("一种资料发完了", Facts { run_out: 1, ..whole() }, vec!["stock"]),
        ("没有资料", Facts { materials: 0, ..whole() }, vec!["inquiry", "stock"]),
        ("没有公布开放时间", Facts { hours: false, ..whole() }, vec!["hours"]),
        ("没有写谁负责", Facts { keeper: false, ..whole() }, vec!["keeper"]),
    ] {
        assert_eq!(check(&facts, &looked(true)).missing, missing, "{words}");
    }
}

fn hours() -> Hours {
    Hours::read("8:30-12:00，14:30—17:30", "9:00-12:00").expect("hours")
}

#[test]
fn hours_are_read_as_people_write_them() {
    for (working, rest, words) in [
        ("8:30-12:00 14:30-17:30", "", "工作日 8:30—12:00，14:30—17:30"),
        ("14：30至17：30、8:30~12:00", "", "工作日 8:30—12:00，14:30—17:30"),
        ("", "9:00-12:00", "休息日 9:00—12:00"),
        ("9:00-24:00", "9:00-12:00", "工作日 9:00—24:00；休息日 9:00—12:00"),
        ("", "", ""),
    ] {
        assert_eq!(Hours::read(working, rest).map(|hours| hours.words()), Ok(words.into()));
    }
    for (bad, words) in [
        ("上午", "不是时间段"),
        ("8:30", "不是时间段"),
        ("25:00-26:00", "不是时间段"),
        ("12:00-8:30", "结束在开始以前"),
        ("8:00-12:00 11:00-13:00", "重叠"),
        ("1:00-2:00 3:00-4:00 5:00-6:00 7:00-8:00 9:00-10:00", "最多写 4 段"),
    ] {
        let refused = Hours::read(bad, "").expect_err(bad).to_string();
        assert!(refused.contains(words), "{bad}: {refused}");
    }
    let (working, rest) = hours().fields();
    assert_eq!(Hours::read(&working, &rest), Ok(hours()), "what is shown can be sent again");
}

#[test]
fn a_zone_is_open_by_the_arrangements_of_the_state_council() {
    let calendar = WorkCalendar::state_council();
    let closure =
        Closure { from: day(2020, 6, 8), to: day(2020, 6, 9), why: "设备检修".into() };
    for (words, at, expected) in [
        ("工作日上午", (day(2020, 6, 3), 9 * 60), Opening::Until(12 * 60)),
        ("开门那一分钟", (day(2020, 6, 3), 8 * 60 + 30), Opening::Until(12 * 60)),
        ("关门那一分钟", (day(2020, 6, 3), 12 * 60), Opening::From(day(2020, 6, 3), 14 * 60 + 30)),
        ("中午", (day(2020, 6, 3), 13 * 60), Opening::From(day(2020, 6, 3), 14 * 60 + 30)),
        ("晚上", (day(2020, 6, 3), 20 * 60), Opening::From(day(2020, 6, 4), 8 * 60 + 30)),
        ("周六上午", (day(2020, 6, 6), 10 * 60), Opening::Until(12 * 60)),
        ("周六下午", (day(2020, 6, 6), 15 * 60), Opening::From(day(2020, 6, 7), 9 * 60)),
        ("端午放假", (day(2020, 6, 25), 10 * 60), Opening::From(day(2020, 6, 28), 8 * 60 + 30)),
        ("周日调休上班", (day(2020, 6, 28), 15 * 60), Opening::Until(17 * 60 + 30)),
        ("闭区", (day(2020, 6, 8), 10 * 60), Opening::From(day(2020, 6, 10), 8 * 60 + 30)),
    ] {
        let closures = std::slice::from_ref(&closure);
        assert_eq!(hours().at(at, calendar, closures), Ok(expected), "{words}");
    }
    let none = Hours::default().at((day(2020, 6, 3), 600), calendar, &[]);
    assert_eq!(none, Ok(Opening::Closed), "没有公布的，不猜");
}

#[test]
fn stock_goes_up_and_down_and_never_below_nothing() {
    let stock = |left| Stock { left, low: 20 };
    for (words, left, movement, after, low) in [
        ("入库", 10, Movement::In(50), Ok(60), false),
        ("发放", 60, Movement::Out(40), Ok(20), true),
        ("发光", 20, Movement::Out(20), Ok(0), true),
        ("盘点", 20, Movement::Counted(33), Ok(33), false),
        ("盘点为零", 20, Movement::Counted(0), Ok(0), true),
        ("不够发", 5, Movement::Out(6), Err("只有 5 份，发不出 6 份"), false),
        ("没有数量", 5, Movement::In(0), Err("数量是 0"), false),
        ("太多", 5, Movement::In(2_000_000), Err("请核对"), false),
    ] {
        match (stock(left).after(movement), after) {
            (Ok(found), Ok(left)) => {
                assert_eq!((found.left, found.is_low()), (left, low), "{words}")
            }
            (Err(refused), Err(said)) => assert!(refused.to_string().contains(said), "{words}"),
            (found, _) => panic!("{words}: {found:?}"),
        }
    }
    assert!(!Stock { left: 0, low: 0 }.is_low(), "写 0 的不提醒");
}

#[test]
fn ten_pages_go_to_the_printer_and_no_more() {
    for (used, pages, left) in [
        (0, 1, Some(9)),
        (0, 10, Some(0)),
        (0, 11, None),
        (9, 1, Some(0)),
        (9, 2, None),
        (10, 1, None),
        (0, 0, None),
    ] {
        assert_eq!(left_after(used, pages).ok(), left, "{used} {pages}");
    }
}

#[test]
fn a_machine_without_a_name_takes_the_smallest_number_that_is_free() {
    for (taken, name) in [
        (vec![], "1 号自助机"),
        (vec!["1 号自助机"], "2 号自助机"),
        (vec!["1 号自助机", "3 号自助机"], "2 号自助机"),
        (vec!["门口那台", "2 号自助机", "2 号自助机"], "1 号自助机"),
        (vec!["2 号自助机", "1 号自助机"], "3 号自助机"),
    ] {
        assert_eq!(next_name(&taken), name, "{taken:?}");
    }
}

#[test]
fn a_number_that_is_guessed_at_once_opens_no_corner() {
    for (pin, sound) in [
        ("246813", true),
        ("100000", true),
        ("111111", false),
        ("123456", false),
        ("654321", false),
        ("24681", false),
        ("24681a", false),
        ("", false),
    ] {
        assert_eq!(sound_pin(pin).is_ok(), sound, "{pin}");
    }
}

#[test]
fn words_that_are_kept_are_read_again() {
    for kind in Equipment::ALL {
        assert_eq!(Equipment::of_word(kind.word()), Some(kind));
    }
    for purpose in Purpose::ALL {
        assert_eq!(Purpose::of_word(purpose.word()), Some(purpose));
    }
    assert_eq!(Purpose::of_word(""), Some(Purpose::Inquiry), "只是看看，算查询");
    for movement in [Movement::In(1), Movement::Out(2), Movement::Counted(3)] {
        assert_eq!(Movement::of_word(movement.word(), movement.number()), Some(movement));
    }
}

#[test]
fn a_zone_is_looked_at_twice_a_year() {
    for (since, today, due) in [
        (day(2026, 5, 26), day(2026, 11, 25), false),
        (day(2026, 5, 25), day(2026, 11, 25), true),
        (day(2026, 8, 31), day(2027, 2, 27), false),
        (day(2026, 8, 31), day(2027, 2, 28), true),
    ] {
        assert_eq!(look_is_due(since, today), due, "{since} {today}");
    }
}

#[test]
fn a_machine_that_was_never_heard_of_is_silent_ten_minutes_after_anybody_could_have_heard_it() {
    let at = |minute: i64| jiff::Timestamp::UNIX_EPOCH + jiff::SignedDuration::from_mins(minute);
    for (heard, connected, begun, now, silent) in [
        (Some(50), 0, 0, 60, false),
        (Some(49), 0, 0, 60, true),
        (None, 0, 50, 60, false),
        (None, 0, 49, 60, true),
        (None, 55, 0, 60, false),
        (None, 40, 0, 60, true),
    ] {
        let found = is_silent(heard.map(at), (at(connected), at(begun)), at(now));
        assert_eq!(found, silent, "{heard:?} {connected} {begun}");
    }
}
