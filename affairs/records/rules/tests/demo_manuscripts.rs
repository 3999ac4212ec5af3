//! The demonstration's own manuscripts read without a fault.

use law::{WorkCalendar, day};
use records_rules::{Manuscript, Origin, PublicationDue, Timeliness, Validity};

const NOTICE: &str = include_str!("../../../../server/demo/notice.md");
const DOCUMENTS: &str = include_str!("../../../../server/demo/documents.md");
const OPENNESS: &str = include_str!("../../../../server/demo/openness.md");

#[test]
fn the_notice_keeps_its_four_parts_and_sixteen_clauses() {
    let notice = Manuscript::read(NOTICE, day(2026, 11, 25)).expect("no faults");
    assert_eq!(
        notice.metadata.number.map(|n| n.to_string()).as_deref(),
        Some("厦府办〔2020〕67号")
    );
    assert_eq!(notice.metadata.made_on.0, day(2020, 7, 7));
    assert!(!notice.metadata.demo && notice.doubts.is_empty());
    assert_eq!(notice.text.matches("\n## ").count(), 4);
    assert_eq!(notice.text.matches("\n### ").count(), 16);
    assert_eq!(notice.text.matches("（责任单位：").count(), 16);
}

#[test]
fn the_demo_documents_are_marked_and_show_every_validity_and_some_lateness() {
    let today = day(2026, 11, 25);
    let documents = Manuscript::read_all(DOCUMENTS, today).expect("no faults");
    assert_eq!(documents.len(), 68);
    let mut validities: Vec<_> = Vec::new();
    let (mut late, mut soon) = (0, 0);
    for document in &documents {
        let metadata = &document.metadata;
        assert!(metadata.demo && metadata.title.starts_with("演示数据："), "{}", metadata.title);
        assert!(document.text.contains("本件为演示数据") && document.doubts.is_empty());
        validities.push(metadata.life.validity_on(today));
        soon += usize::from(metadata.life.lapses_soon(today).is_some());
        let Origin::Imported(Some(original)) = &metadata.origin else { panic!("dated") };
        let calendar = WorkCalendar::state_council();
        let due = PublicationDue::of(metadata.made_on, calendar).expect("a due day");
        let timeliness = due.timeliness(original.on(), calendar).expect("in the calendar");
        late += usize::from(matches!(timeliness, Timeliness::Late(_)));
    }
    for validity in Validity::ALL {
        assert!(validities.contains(&validity), "none is {validity}");
    }
    assert_eq!((late, soon), (2, 3));
}

#[test]
fn what_is_shown_of_openness_is_marked_and_one_document_ends_another() {
    let today = day(2026, 11, 25);
    let documents = Manuscript::read_all(OPENNESS, today).expect("no faults");
    assert_eq!(documents.len(), 14);
    for document in &documents {
        let metadata = &document.metadata;
        assert!(metadata.demo && metadata.title.starts_with("演示数据："), "{}", metadata.title);
        assert!(document.doubts.is_empty(), "{}: {:?}", metadata.title, document.doubts);
    }
    let ended = &documents[0].metadata.life;
    let by = ended.repealed.as_ref().and_then(|repeal| repeal.by.as_deref());
    assert_eq!(by, documents[1].metadata.number.as_ref().map(ToString::to_string).as_deref());
}
