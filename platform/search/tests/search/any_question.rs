//! Whatever is typed, search answers or says why not.

use crate::corpus::{filled, plain};
use proptest::prelude::*;
use search::{Query, SearchError};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn no_question_makes_search_fail(text in any::<String>(), offset in 0usize..1100, limit in 0usize..200) {
        no_failure(&text, offset, limit);
    }

    #[test]
    fn no_question_of_the_field_makes_search_fail(
        text in "[政府信息公开厦门税的怎么xiamenlv0-9０-９〔〕\\[\\]（）()号第 \u{3000}\"\\-+*:^~○\u{200b}]{0,60}",
    ) {
        no_failure(&text, 0, 10);
    }
}

proptest! {
    // Each case fills an index of its own.
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn marks_never_change_the_text(body in any::<String>(), text in "[a-z0-9公开厦门 ]{1,8}") {
        let search = search::Search::in_memory().expect("memory");
        let mut batch = search.batch().expect("a writer");
        let title = format!("{body}{text}");
        let document = search::SearchDocument { id: "a:1".into(), title: title.clone(), body, ..Default::default() };
        batch.replace([document]).expect("a document");
        batch.commit().expect("a commit");
        if let Ok(hits) = search.query(&Query::new(text)) {
            let squeeze = |text: &str| text.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect::<String>();
            for hit in hits.hits {
                prop_assert_eq!(squeeze(&plain(&hit.title)), squeeze(&title));
            }
        }
    }
}

fn no_failure(text: &str, offset: usize, limit: usize) {
    thread_local!(static SEARCH: search::Search = filled());
    SEARCH.with(|search| {
        let answer = search.query(&Query { offset, limit, ..Query::new(text) });
        assert!(matches!(answer, Ok(_) | Err(SearchError::Refused(_))), "{answer:?}");
        search.suggest(text, Some("3502"), 5).expect("suggestions");
    });
}
