//! 答复草稿: what was typed of an answer survives, sealed, for the people of the office alone; and who asked again is not
//! sent the same once more.

use ledger::Actor;
use store::{Statements, testing};
use suggestions::acts::{acceptance, answer, answer_saving, transfer, writer};
use suggestions::store::AnswerDraft;
use suggestions_rules::SuggestionKind;

use crate::office::{ORGAN, OTHER, Office, field, person, refused};

/// Who has a draft of the letter's answer, and what it says.
async fn drafts(office: &Office, letter: &str) -> Vec<(String, String)> {
    let found = AnswerDraft::of(office.ledger.store(), letter).await.expect("lists");
    let told = |draft: AnswerDraft| {
        let words = draft.words(&office.sealer).expect("opens");
        (draft.name, words)
    };
    let mut told: Vec<_> = found.into_iter().map(told).collect();
    told.sort();
    told
}

#[tokio::test]
async fn what_was_typed_of_an_answer_is_kept_sealed_for_each_clerk_until_he_hands_it_in() {
    testing::on_both("letter_draft", async |place| {
        let office = Office::opened(&place, "draft").await;
        let came = office.writes("a", SuggestionKind::Inquiry, "要带什么").await.expect("takes");
        let id = came.id.as_str();
        let (one, two) = (person("甲", ORGAN), person("乙", ORGAN));
        let (by, other) = (office.by(&one), office.by(&two));
        let save =
            async |by, words: &str| answer_saving::save(office.desk().await, by, id, words).await;
        assert!(refused(save(by, "请带").await).contains("还没有受理"));
        acceptance::accept(office.desk().await, by, id, (false, "")).await.expect("accepts");
        assert!(save(by, "请带户口簿，").await.expect("keeps"));
        assert!(!save(by, "请带户口簿，").await.expect("looks"), "nothing of it is new");
        assert!(!save(other, " ").await.expect("looks"), "nothing was typed");
        assert!(save(other, "另一种写法").await.expect("keeps"));
        assert!(save(by, "请带户口簿、身份证").await.expect("keeps"));
        let told = [("乙", "另一种写法"), ("甲", "请带户口簿、身份证")];
        assert_eq!(
            drafts(&office, id).await,
            told.map(|(who, said)| (who.to_owned(), said.to_owned()))
        );
        assert_eq!(office.told("answer_saving").await, 3);
        assert_eq!(field(save(by, &"长".repeat(3_001)).await), "dafu");
        let sql = "SELECT COUNT(*) FROM suggestion_draft WHERE sealed LIKE '%户口簿%'";
        let open = office.ledger.store().number(sql, vec![]).await.expect("counts");
        assert_eq!(open, Some(0), "sealed as the letter is");
        assert!(save(other, "").await.expect("takes away"));
        answer::draft(office.desk().await, by, id, "请带户口簿、身份证").await.expect("hands in");
        assert_eq!(drafts(&office, id).await, [], "handed in, it is a draft no more");
    })
    .await;
}

#[tokio::test]
async fn drafts_go_with_the_letter_where_it_goes_to_another_organ_or_ends() {
    testing::on_both("letter_draft_gone", async |place| {
        let office = Office::opened(&place, "draft_gone").await;
        let handler = person("甲", ORGAN);
        let by = office.by(&handler);
        let mut letters = Vec::new();
        for key in ["a", "b"] {
            let came = office.writes(key, SuggestionKind::Inquiry, key).await.expect("takes");
            acceptance::accept(office.desk().await, by, &came.id, (false, ""))
                .await
                .expect("accepts");
            answer_saving::save(office.desk().await, by, &came.id, "请带").await.expect("keeps");
            letters.push(came.id);
        }
        transfer::transfer(office.desk().await, by, &letters[0], (OTHER, "教育的事"))
            .await
            .expect("goes");
        let letter = office.letter(&letters[1]).await;
        let desk = office.ledger.desk(Actor::Visitor).await.expect("a desk");
        writer::withdraw(desk, &office.sealer, &letter).await.expect("withdraws");
        for letter in &letters {
            assert_eq!(drafts(&office, letter).await, []);
        }
    })
    .await;
}

#[tokio::test]
async fn who_asked_again_is_not_sent_the_same_answer_once_more() {
    testing::on_both("letter_same_answer", async |place| {
        let office = Office::opened(&place, "same_answer").await;
        let came = office.writes("a", SuggestionKind::Inquiry, "要带什么").await.expect("takes");
        let (id, handler) = (came.id.as_str(), person("甲", ORGAN));
        let by = office.by(&handler);
        acceptance::accept(office.desk().await, by, id, (false, "")).await.expect("accepts");
        office.answers(id, "带户口簿，到街道办理。").await;
        let letter = office.letter(id).await;
        let desk = office.ledger.desk(Actor::Visitor).await.expect("a desk");
        writer::ask_again(desk, &office.sealer, &letter, "地址在哪").await.expect("asks");
        for same in ["带户口簿，到街道办理。", " 带户口簿 到街道办理"] {
            let done = answer::draft(office.desk().await, by, id, same).await;
            assert_eq!(field(done), "dafu", "{same}");
        }
        answer::draft(office.desk().await, by, id, "到湖滨路 1 号街道便民中心，带户口簿。")
            .await
            .expect("says more");
    })
    .await;
}
