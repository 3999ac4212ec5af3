//! What is published of a letter: taken down, replaced, and nothing of it left.

use ledger::Actor;
use review::Publishers;
use store::testing;
use suggestions::acts::piece::{self, Prepared};
use suggestions::acts::{acceptance, piece_withdrawal, writer};
use suggestions::store::{Piece, PieceState, TakenDown};
use suggestions_rules::SuggestionKind;

use crate::office::{ORGAN, Office, field, person, refused};

#[tokio::test]
async fn what_was_published_in_error_is_taken_down_by_two_persons_and_says_nothing_any_more() {
    testing::on_both("letter_taken_down", async |place| {
        let office = Office::opened(&place, "taken_down").await;
        let came = office.writes("a", SuggestionKind::Inquiry, "要带什么").await.expect("takes");
        let id = came.id.as_str();
        let (handler, head) = (person("甲", ORGAN), person("乙", ORGAN));
        let (by, other) = (office.by(&handler), office.by(&head));
        acceptance::accept(office.desk().await, by, id, (false, "")).await.expect("accepts");
        office.answers(id, "带户口簿").await;
        let early = piece_withdrawal::propose(office.desk().await, by, id, "有误").await;
        assert!(refused(early).contains("没有公开的答复"));
        let piece = office.piece(id, "published").await;
        let named = piece_withdrawal::propose(office.desk().await, by, id, "写了13900001234").await;
        assert_eq!(field(named), "liyou");
        let none = piece_withdrawal::decide(office.desk().await, other, id, (true, "同意")).await;
        assert!(refused(none).contains("没有人提出撤下"));
        piece_withdrawal::propose(office.desk().await, by, id, "标准写错了")
            .await
            .expect("proposes");
        let own = piece_withdrawal::decide(office.desk().await, by, id, (true, "同意")).await;
        assert!(refused(own).contains("要由另一人审批"));
        let waits = Piece::proposed_away(office.ledger.store(), ORGAN, 9).await.expect("lists");
        assert_eq!(waits.len(), 1);
        piece_withdrawal::decide(office.desk().await, other, id, (false, "没有错"))
            .await
            .expect("denies");
        assert_eq!(office.found(&piece).await.state, PieceState::Published);
        piece_withdrawal::propose(office.desk().await, by, id, "标准写错了")
            .await
            .expect("proposes");
        piece_withdrawal::decide(office.desk().await, other, id, (true, "同意"))
            .await
            .expect("agrees");
        let gone = office.found(&piece).await;
        assert_eq!(
            (gone.state, gone.withdrawal),
            (PieceState::Withdrawn, Some(TakenDown::InError))
        );
        assert_eq!((gone.why.as_str(), gone.question.as_str()), ("标准写错了", ""));
        assert_eq!(office.told("piece_withdrawal").await, 1);
        let range = ("350203000000", "350203999999");
        let (store, since) = (office.ledger.store(), law::day(2026, 11, 2));
        let left = Piece::gone(store, range, since, 9).await.expect("lists");
        assert_eq!(left.len(), 1, "reading programs are told");
    })
    .await;
}

#[tokio::test]
async fn who_no_longer_agrees_ends_review_and_publication_in_the_same_act() {
    testing::on_both("letter_consent", async |place| {
        let office = Office::opened(&place, "consent").await;
        let came = office.writes("a", SuggestionKind::Inquiry, "要带什么").await.expect("takes");
        let id = came.id.as_str();
        let (public, waiting) =
            (office.piece(id, "published").await, office.piece(id, "submitted").await);
        let letter = office.letter(id).await;
        let desk = office.ledger.desk(Actor::Visitor).await.expect("a desk");
        writer::consent(desk, &office.sealer, &letter, false).await.expect("takes back");
        let public = office.found(&public).await;
        assert_eq!(
            (public.state, public.withdrawal),
            (PieceState::Withdrawn, Some(TakenDown::Consent))
        );
        let waiting = office.found(&waiting).await;
        assert_eq!((waiting.state, waiting.answer.as_str()), (PieceState::Returned, ""));
    })
    .await;
}

#[tokio::test]
async fn nothing_is_handed_in_for_publication_that_names_who_wrote() {
    testing::on_both("letter_names_nobody", async |place| {
        let office = Office::opened(&place, "names_nobody").await;
        let words = "我是林秀英，要带什么";
        let came = office.writes("a", SuggestionKind::Inquiry, words).await.expect("takes");
        let (id, handler) = (came.id.as_str(), person("甲", ORGAN));
        let by = office.by(&handler);
        acceptance::accept(office.desk().await, by, id, (false, "")).await.expect("accepts");
        office.answers(id, "带户口簿").await;
        let publishers = Publishers::of(&[suggestions::room()], &std::env::temp_dir());
        let whole = Prepared {
            title: "要带什么".into(),
            question: "要带什么".into(),
            answer: "带户口簿".into(),
        };
        for (named, wrong) in [
            ("biaoti", Prepared { title: "林秀英要带什么".into(), ..whole.clone() }),
            ("wen", Prepared { question: words.into(), ..whole.clone() }),
            ("da", Prepared { answer: "请打 0592 7703123".into(), ..whole.clone() }),
        ] {
            let handed = piece::submit(office.desk().await, &publishers, by, (id, &wrong)).await;
            assert_eq!(field(handed), named);
        }
        let handed = piece::submit(office.desk().await, &publishers, by, (id, &whole)).await;
        handed.expect("names nobody");
    })
    .await;
}
