//! 不予受理、按信访告知: closed by two persons, in words that the writer reads.

use store::testing;
use suggestions::acts::closing::{self, Ending};
use suggestions::acts::{acceptance, answer, assistance, handing_over};
use suggestions::store::{Assistance, Closing, Event};
use suggestions_rules::{
    DISCLOSURE_OPENING, PetitionWay, SuggestionKind, SuggestionState as State,
};

use crate::office::{ORGAN, OTHER, Office, field, person, refused};

#[tokio::test]
async fn a_letter_is_closed_without_an_answer_by_two_persons() {
    testing::on_both("letter_closing", async |place| {
        let office = Office::opened(&place, "closing").await;
        let (handler, head) = (person("甲", ORGAN), person("乙", ORGAN));
        let (by, other) = (office.by(&handler), office.by(&head));
        let came = office.writes("a", SuggestionKind::Complaint, "不服处理").await.expect("takes");
        let id = came.id.as_str();
        let nobody = Ending::Petition(PetitionWay::Below, " ", "");
        let done = closing::propose(office.desk().await, by, id, (nobody, "")).await;
        assert_eq!(field(done), "jieshou", "who takes it is said");
        for (way, receiver) in [
            (PetitionWay::Outside, "领导"),
            (PetitionWay::Outside, "思明区民政局"),
            (PetitionWay::Below, "本机关信访室"),
            (PetitionWay::Own, "思明区教育局"),
        ] {
            let ending = Ending::Petition(way, receiver, "");
            let done = closing::propose(office.desk().await, by, id, (ending, "")).await;
            assert_eq!(field(done), "jieshou", "{receiver}");
        }
        let named = Ending::Refusal("请打13900001234");
        let done = closing::propose(office.desk().await, by, id, (named, "")).await;
        assert_eq!(field(done), "shuoming");
        let ending = Ending::Petition(PetitionWay::Outside, "市信访局", "带上处理意见书");
        closing::propose(office.desk().await, by, id, (ending, "不服")).await.expect("proposes");
        let twice = closing::propose(office.desk().await, by, id, (ending, "不服")).await;
        assert!(refused(twice).contains("已经有人提请办结"));
        assert_eq!(office.letter(id).await.course.state, State::Received, "nothing is closed yet");
        let waits = Closing::of(office.ledger.store(), id).await.expect("asks").expect("waits");
        let seen = (id, waits.id.as_str());
        let own = closing::decide(office.desk().await, by, seen, (true, "同意")).await;
        assert!(refused(own).contains("要由另一人审批"));
        let unseen = closing::decide(office.desk().await, other, (id, ""), (true, "同意")).await;
        assert!(refused(unseen).contains("刚才有人处理过"));
        closing::decide(office.desk().await, other, seen, (true, "同意")).await.expect("agrees");
        let letter = office.letter(id).await;
        assert_eq!((letter.course.state, letter.handed_to.as_str()), (State::Petition, "市信访局"));
        let events = Event::of(office.ledger.store(), id).await.expect("asks");
        let last = events.last().expect("is told").words(&office.sealer).expect("opens");
        assert!(last.contains("请向市信访局提出") && last.contains("没有转送"), "{last}");
        assert_eq!(Closing::of(office.ledger.store(), id).await.expect("asks"), None);
    })
    .await;
}

#[tokio::test]
async fn what_was_proposed_falls_away_where_the_letter_goes_another_way() {
    testing::on_both("letter_closing_denied", async |place| {
        let office = Office::opened(&place, "closing_denied").await;
        let (handler, head) = (person("甲", ORGAN), person("乙", ORGAN));
        let (by, other) = (office.by(&handler), office.by(&head));
        let came = office.writes("a", SuggestionKind::Complaint, "不服处理").await.expect("takes");
        let id = came.id.as_str();
        let refusal = Ending::Refusal("写的不是本机关能办的事");
        let waits = async || {
            let found = Closing::of(office.ledger.store(), id).await.expect("asks");
            found.map(|one| one.id)
        };
        closing::propose(office.desk().await, by, id, (refusal, "")).await.expect("proposes");
        let key = waits().await.expect("waits");
        closing::decide(office.desk().await, other, (id, &key), (false, "能办"))
            .await
            .expect("denies");
        assert_eq!((office.letter(id).await.course.state, waits().await), (State::Received, None));
        closing::propose(office.desk().await, by, id, (refusal, "")).await.expect("proposes");
        let unknown = acceptance::accept(office.desk().await, by, id, (false, "王某某")).await;
        assert_eq!(field(unknown), "keshi", "the organ has no such unit");
        acceptance::accept(office.desk().await, by, id, (false, "")).await.expect("accepts");
        assert_eq!(waits().await, None, "who accepts it has decided otherwise");
        let late = closing::propose(office.desk().await, by, id, (refusal, "")).await;
        assert!(refused(late).contains("已经受理"));
        let petition = Ending::Petition(PetitionWay::Own, "本机关信访室", "");
        closing::propose(office.desk().await, by, id, (petition, "")).await.expect("proposes");
        answer::draft(office.desk().await, by, id, "已经处理").await.expect("drafts");
        assert_eq!(waits().await, None);
    })
    .await;
}

#[tokio::test]
async fn nobody_waits_for_what_another_organ_says_of_a_letter_that_has_ended() {
    testing::on_both("letter_assistance_ended", async |place| {
        let office = Office::opened(&place, "assistance_ended").await;
        let (handler, other) = (person("甲", ORGAN), person("丁", OTHER));
        let by = office.by(&handler);
        let came = office.writes("a", SuggestionKind::Inquiry, "招生").await.expect("takes");
        let id = came.id.as_str();
        acceptance::accept(office.desk().await, by, id, (false, "")).await.expect("accepts");
        assistance::ask(office.desk().await, by, id, (OTHER, "招生时间")).await.expect("asks");
        office.answers(id, "九月").await;
        let asked = Assistance::asked_of(office.ledger.store(), OTHER, 9).await.expect("lists");
        assert!(!asked[0].is_open());
        let late = assistance::reply(office.desk().await, office.by(&other), &asked[0].id, "九月");
        assert!(refused(late.await).contains("留言已经办结"));
    })
    .await;
}

#[tokio::test]
async fn why_a_letter_is_thought_a_request_is_kept_for_the_office() {
    testing::on_both("letter_referral", async |place| {
        let office = Office::opened(&place, "referral").await;
        let handler = person("甲", ORGAN);
        let by = office.by(&handler);
        let came = office.writes("a", SuggestionKind::Inquiry, "要预算明细").await.expect("takes");
        let id = came.id.as_str();
        let bare = (DISCLOSURE_OPENING, " ");
        let bare = handing_over::refer(office.desk().await, by, id, bare).await;
        assert_eq!(field(bare), "liyou");
        let told = (DISCLOSURE_OPENING, "明细没有公开");
        handing_over::refer(office.desk().await, by, id, told).await.expect("refers");
        let events = Event::of(office.ledger.store(), id).await.expect("asks");
        let said = |act: &str| {
            let event = events.iter().find(|event| event.act == act).expect("is there");
            event.words(&office.sealer).expect("opens")
        };
        assert_eq!(said("referral_reason"), "明细没有公开");
        assert_eq!(said("disclosure_referral"), DISCLOSURE_OPENING, "all that its writer reads");
    })
    .await;
}
