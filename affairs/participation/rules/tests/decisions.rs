//! The list of decisions, and what becomes public of each.

use participation_rules::{BadItems, DecisionItem, Milestone, Phase};

#[test]
fn every_milestone_stands_under_one_of_the_five_and_is_kept_by_a_word_of_its_own() {
    for one in Milestone::ALL {
        assert_eq!(Milestone::parse(one.word()), Some(one));
    }
    for phase in Phase::ALL {
        assert!(Milestone::ALL.iter().any(|one| one.phase() == phase), "{}", phase.name());
    }
    let phases: Vec<Phase> = Milestone::ALL.into_iter().map(Milestone::phase).collect();
    assert!(phases.is_sorted(), "as they usually come");
}

#[test]
fn a_line_of_the_list_has_four_parts() {
    let text = "供水条例 | 市水务局 | 2026 年三季度 | 征求意见、听证会\n\n停车收费｜市发改委｜四季度｜征求意见";
    let read = DecisionItem::read(text).expect("reads");
    assert_eq!(read.len(), 2);
    assert_eq!((read[0].title.as_str(), read[1].undertaker.as_str()), ("供水条例", "市发改委"));
    for (text, bad) in [
        ("", BadItems::None),
        ("供水条例", BadItems::Line(1)),
        ("供水条例|市水务局|三季度|听证\n停车|发改委||征求意见", BadItems::Line(2)),
        ("a|b|c|d|e", BadItems::Line(1)),
    ] {
        assert_eq!(DecisionItem::read(text), Err(bad), "{text}");
    }
}
