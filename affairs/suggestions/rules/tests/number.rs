//! The number of a letter, however it is typed.

use suggestions_rules::letter_number;

#[test]
fn a_number_is_known_with_any_brackets_and_blanks() {
    for typed in [
        "咨询〔2026〕12号",
        "咨询[2026]12号",
        "咨询［2026］12号",
        "咨询(2026)12号",
        "咨询（2026）12 号",
        "咨询【2026】12号",
        "咨询﹝2026﹞12",
        " 咨询 〔 2026 〕 012 号 ",
        "咨询２０２６年第１２号",
        "咨询2026-12",
    ] {
        assert_eq!(letter_number(typed).as_deref(), Some("咨询〔2026〕12号"), "{typed}");
    }
}

#[test]
fn what_is_no_number_of_a_letter_is_none() {
    for typed in [
        "",
        "12",
        "咨询",
        "咨询〔2026〕",
        "咨询〔26〕1号",
        "咨询〔2026〕0号",
        "咨询〔2026〕1号2",
        "厦府办〔2020〕67号",
        "咨询〔2026〕甲1号",
    ] {
        assert_eq!(letter_number(typed), None, "{typed}");
    }
}
