//! Who takes a petition is told by a name that says where to turn.

use suggestions_rules::names_an_office;

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
