//! Words of letters that are kept sealed are found by the office that answers them, and by nobody else.

use store::testing;
use suggestions::acts::{acceptance, transfer};
use suggestions::finding::{Memory, find};
use suggestions::store::Query;
use suggestions_rules::SuggestionKind;

use crate::office::{ORGAN, OTHER, Office, person};

#[tokio::test]
async fn words_of_sealed_letters_are_found_in_the_order_of_the_list_and_names_are_not() {
    testing::on_both("letter_words", async |place| {
        let mut office = Office::opened(&place, "words").await;
        for (at, words) in ["路灯坏了三天", "公交站路灯不亮", "要带什么材料", "小区路灯太暗"]
            .into_iter()
            .enumerate()
        {
            office.on(&format!("2026-11-{:02}", 2 + at));
            office.writes(words, SuggestionKind::Complaint, words).await.expect("takes");
        }
        let memory = Memory::default();
        let (store, keys) = (office.ledger.store(), (&office.sealer, &memory));
        let open = Query::default();
        let found = async |organ: &str, query: &Query, words: &str, rows: usize| {
            find(store, keys, (organ, query), (words, rows)).await.expect("looks")
        };
        let three = ["投诉〔2026〕1号", "投诉〔2026〕2号", "投诉〔2026〕4号"];
        let none: &[&str] = &[];
        // Twice: what was opened the first time is known the second.
        for _ in 0..2 {
            for (words, wanted) in [
                ("路灯", &three[..]),
                ("低保 公交站", &three[1..2]),
                ("水管", none),
                ("林秀英", none),
            ] {
                let found = found(ORGAN, &open, words, 9).await;
                let numbers: Vec<_> = found.rows.iter().map(|one| one.number.as_str()).collect();
                assert_eq!(numbers, wanted, "{words}");
            }
        }
        let first = found(ORGAN, &open, "路灯", 2).await;
        assert_eq!((first.rows.len(), first.next.is_some()), (2, true));
        let rest = Query { after: first.next, ..Query::default() };
        let rest = found(ORGAN, &rest, "路灯", 2).await;
        assert_eq!((rest.rows.len(), rest.next), (1, None));
        assert_eq!(found(OTHER, &open, "路灯", 9).await.rows.len(), 0, "another organ's");
        let closed = Query { closed: true, ..Query::default() };
        assert_eq!(found(ORGAN, &closed, "路灯", 9).await.rows.len(), 0, "nothing has ended");
    })
    .await;
}

#[tokio::test]
async fn a_letter_that_was_transferred_is_found_where_it_went() {
    testing::on_both("letter_words_moved", async |place| {
        let office = Office::opened(&place, "words_moved").await;
        let handler = person("甲", ORGAN);
        let by = office.by(&handler);
        let came = office.writes("a", SuggestionKind::Inquiry, "幼儿园招生").await.expect("takes");
        acceptance::accept(office.desk().await, by, &came.id, (false, "")).await.expect("accepts");
        let memory = Memory::default();
        let (store, keys) = (office.ledger.store(), (&office.sealer, &memory));
        let open = Query::default();
        let found = async |organ: &str| {
            let found = find(store, keys, (organ, &open), ("幼儿园", 9)).await.expect("looks");
            found.rows.len()
        };
        assert_eq!((found(ORGAN).await, found(OTHER).await), (1, 0));
        transfer::transfer(office.desk().await, by, &came.id, (OTHER, "教育的事"))
            .await
            .expect("goes");
        assert_eq!((found(ORGAN).await, found(OTHER).await), (0, 1));
    })
    .await;
}
