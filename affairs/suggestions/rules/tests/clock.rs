//! Last days and cards, read from a table.

use law::{Date, WorkCalendar, day};
use suggestions_rules::{
    Card, Difficulty, Elsewhere, PetitionWay, SuggestionKind, answer_due, petition_notice_due,
    unanswered_after,
};

#[test]
fn last_days_and_cards_stand_in_the_table() {
    let calendar = WorkCalendar::state_council();
    let rows = include_str!("clock.md").lines().filter(|line| line.starts_with("| "));
    let mut seen = 0;
    for row in rows.skip(1) {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let date = |at: usize| cells[at].parse::<Date>().expect("a day");
        let difficulty = Difficulty::parse(cells[3]).expect("how hard");
        let due = answer_due(date(2), difficulty, calendar).expect("a last day").date;
        assert_eq!(due, date(4), "{}", cells[1]);
        let card = Card::on(date(5), due, calendar).expect("in the calendar");
        assert_eq!(card.map_or("-", Card::word), cells[6], "{}", cells[1]);
        seen += 1;
    }
    assert_eq!(seen, 15);
}

#[test]
fn the_span_of_a_card_holds_exactly_the_last_days_that_bear_it() {
    let calendar = WorkCalendar::state_council();
    for today in [day(2025, 3, 3), day(2025, 3, 7), day(2025, 3, 8), day(2025, 9, 29)] {
        for card in Card::ALL {
            let (from, to) = card.span(today, calendar).expect("in the calendar");
            for ahead in -20..30 {
                let due = today.saturating_add(jiff::Span::new().days(ahead));
                let within = from.is_none_or(|from| from <= due) && to.is_none_or(|to| due <= to);
                let bears = Card::on(today, due, calendar).expect("in the calendar");
                assert_eq!(within, bears == Some(card), "{today} {due} {card:?}");
            }
        }
    }
}

#[test]
fn before_the_guideline_there_was_no_term() {
    let calendar = WorkCalendar::state_council();
    assert!(answer_due(day(2017, 5, 12), Difficulty::Usual, calendar).is_err());
}

#[test]
fn three_months_without_an_answer_fail_the_site() {
    assert_eq!(unanswered_after(day(2026, 8, 31)), Ok(day(2026, 11, 30)));
}

#[test]
fn the_writer_of_a_petition_is_told_within_fifteen_days_rest_days_counted() {
    assert_eq!(petition_notice_due(day(2026, 9, 25)), Ok(day(2026, 10, 10)));
    assert!(petition_notice_due(day(2022, 4, 30)).is_err());
}

#[test]
fn petitions_and_applications_are_told_apart_by_what_is_wanted() {
    for (words, elsewhere) in [
        ("申请公开某路拆迁补偿安置方案", Some(Elsewhere::Disclosure)),
        ("我要求信访复查，上次的处理意见书不服", Some(Elsewhere::Petition)),
        ("生育津贴怎么领", None),
        ("申请公开信访处理的依据", Some(Elsewhere::Disclosure)),
    ] {
        assert_eq!(Elsewhere::hinted_by(words), elsewhere, "{words}");
    }
}

#[test]
fn a_report_is_neither_published_nor_counted_as_consultation() {
    for kind in SuggestionKind::ALL {
        assert_eq!(SuggestionKind::parse(kind.word()), Some(kind));
        assert_eq!(SuggestionKind::named(kind.name()), Some(kind));
        let report = kind == SuggestionKind::Report;
        assert_eq!((kind.may_be_published(), kind.is_consultation()), (!report, !report));
    }
}

#[test]
fn a_writer_of_a_petition_is_told_who_takes_it_and_whether_it_was_forwarded() {
    for (way, forwards, says) in [
        (PetitionWay::Own, true, "属于本机关职权范围"),
        (PetitionWay::Below, true, "已经转送区信访局"),
        (PetitionWay::Outside, false, "请向区信访局提出"),
    ] {
        let opening = way.opening("区信访局");
        assert!(opening.contains(says) && opening.contains("区信访局"), "{opening}");
        assert_eq!((way.forwards(), opening.contains("没有转送")), (forwards, !forwards));
        assert_eq!(PetitionWay::parse(way.word()), Some(way));
    }
}
