//! Who takes a petition is told by a name that says where to turn.

use law::day;
use suggestions_rules::{names_an_office, petition_notice_before};

#[test]
fn a_receiver_is_an_office_and_not_just_any_word() {
    for name in ["市信访局", "法院", "本机关信访室", "思明区人民政府（信访局）", "厦港街道办事处"]
    {
        assert!(names_an_office(name), "{name}");
    }
    for name in ["", "abc", "123456", "领导", "那边", "局", "?局"] {
        assert!(!names_an_office(name), "{name}");
    }
}

#[test]
fn the_notice_has_a_clock_of_its_own_where_it_comes_before_the_answer() {
    let received = day(2026, 11, 2);
    assert_eq!(petition_notice_before(received, day(2026, 11, 11)), None);
    assert_eq!(petition_notice_before(received, day(2026, 11, 17)), None, "on the same day");
    assert_eq!(petition_notice_before(received, day(2026, 11, 23)), Some(day(2026, 11, 17)));
    assert_eq!(petition_notice_before(day(2022, 4, 30), day(2022, 6, 1)), None, "not in force");
}
