//! 不予受理、信访、告知依申请公开、并入: closed by two persons, in words that the writer reads.

use store::testing;
use suggestions::acts::closing::{self, Ending};
use suggestions::acts::{acceptance, answer, assistance, extension};
use suggestions::noticing::notice_owed;
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
        let (handler, head) = (person("甲", ORGAN), person("乙", ORGAN));
        let (by, other) = (office.by(&handler), office.by(&head));
        let came = office.writes("a", SuggestionKind::Inquiry, "要预算明细").await.expect("takes");
        let (id, ending) = (came.id.as_str(), Ending::Disclosure(DISCLOSURE_OPENING));
        let bare = closing::propose(office.desk().await, by, id, (ending, " ")).await;
        assert_eq!(field(bare), "liyou");
        let silent = Ending::Disclosure(" ");
        let silent = closing::propose(office.desk().await, by, id, (silent, "明细没有公开")).await;
        assert_eq!(field(silent), "gaozhi");
        closing::propose(office.desk().await, by, id, (ending, "明细没有公开"))
            .await
            .expect("proposes");
        assert_eq!(office.letter(id).await.course.state, State::Received, "one alone ends nothing");
        let waits = Closing::of(office.ledger.store(), id).await.expect("asks").expect("waits");
        let seen = (id, waits.id.as_str());
        let own = closing::decide(office.desk().await, by, seen, (true, "同意")).await;
        assert!(refused(own).contains("要由另一人审批"));
        closing::decide(office.desk().await, other, seen, (true, "同意")).await.expect("agrees");
        assert_eq!(office.letter(id).await.course.state, State::Disclosure);
        let events = Event::of(office.ledger.store(), id).await.expect("asks");
        let said = |act: &str| {
            let event = events.iter().find(|event| event.act == act).expect("is there");
            event.words(&office.sealer).expect("opens")
        };
        assert!(said("closing_proposal").contains("明细没有公开"));
        assert_eq!(said("disclosure_referral"), DISCLOSURE_OPENING, "all that its writer reads");
    })
    .await;
}

#[tokio::test]
async fn a_duplicate_is_joined_by_two_persons_and_only_while_there_is_a_first() {
    testing::on_both("letter_joining", async |place| {
        let office = Office::opened(&place, "joining").await;
        let (handler, head) = (person("甲", ORGAN), person("乙", ORGAN));
        let (by, other) = (office.by(&handler), office.by(&head));
        let write = async |key: &str| {
            office.writes(key, SuggestionKind::Inquiry, "路灯不亮").await.expect("takes")
        };
        let (first, second, same) = (write("a").await, write("b").await, write("c").await);
        let id = same.id.as_str();
        let ending = (Ending::Joining(&first.number), "");
        closing::propose(office.desk().await, by, id, ending).await.expect("proposes");
        let waits = async || {
            let found = Closing::of(office.ledger.store(), id).await.expect("asks");
            found.map(|one| one.id)
        };
        let key = waits().await.expect("waits");
        let now = office.letter(id).await;
        assert_eq!(
            (now.course.state, now.first),
            (State::Received, None),
            "one alone joins nothing"
        );
        let own = closing::decide(office.desk().await, by, (id, &key), (true, "同意")).await;
        assert!(refused(own).contains("要由另一人审批"));
        let refusal = Ending::Refusal("写的不是本机关能办的事");
        office.closes(&first.id, refusal).await.expect("the first ends meanwhile");
        let late = closing::decide(office.desk().await, other, (id, &key), (true, "同意")).await;
        assert!(refused(late).contains("不能再并入"));
        closing::decide(office.desk().await, other, (id, &key), (false, "没有第一件"))
            .await
            .expect("denies");
        office.closes(id, Ending::Joining(&second.number)).await.expect("joins");
        let now = office.letter(id).await;
        assert_eq!((now.course.state, now.first), (State::Duplicate, Some(second.id)));
        assert_eq!(now.handed_to, "", "no petition");
        let events = Event::of(office.ledger.store(), id).await.expect("asks");
        let last = events.last().expect("is told").words(&office.sealer).expect("opens");
        assert!(last.contains(&second.number), "{last}");
        assert_eq!(office.told("joining").await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_petition_of_the_organ_itself_goes_on_with_the_term_it_has() {
    testing::on_both("letter_petition_own", async |place| {
        let mut office = Office::opened(&place, "petition_own").await;
        let came = office.writes("a", SuggestionKind::Complaint, "不服处理").await.expect("takes");
        let id = came.id.as_str();
        office.on("2026-11-04");
        let ending = Ending::Petition(PetitionWay::Own, "本机关信访室", "");
        office.closes(id, ending).await.expect("registers");
        let letter = office.letter(id).await;
        assert_eq!((letter.course.state, letter.ended_on), (State::InHand, None), "it goes on");
        assert_eq!(letter.due_on, came.due, "from the day it came");
        assert_eq!(letter.handed_to, "本机关信访室");
        let events = Event::of(office.ledger.store(), id).await.expect("asks");
        let last = events.last().expect("is told");
        assert_eq!(
            (last.act.as_str(), last.title()),
            ("petition_registration", "登记接收信访事项")
        );
        let told = last.words(&office.sealer).expect("opens");
        assert!(told.contains("已经登记接收") && told.contains("继续办理"), "{told}");
        assert!(refused(office.closes(id, ending).await).contains("已经登记接收过"));
        office.answers(id, "已经重新处理").await;
        assert_eq!(office.letter(id).await.course.state, State::Answered);
    })
    .await;
}

#[tokio::test]
async fn what_may_be_a_petition_has_the_day_of_its_notice_where_the_answer_is_owed_later() {
    testing::on_both("letter_notice", async |place| {
        let office = Office::opened(&place, "notice").await;
        let (handler, head) = (person("甲", ORGAN), person("乙", ORGAN));
        let (by, other) = (office.by(&handler), office.by(&head));
        let mut ids = Vec::new();
        for (key, words) in [("a", "信访处理意见不服"), ("b", "路灯不亮")] {
            let came = office.writes(key, SuggestionKind::Complaint, words).await.expect("takes");
            let id = came.id.as_str();
            acceptance::accept(office.desk().await, by, id, (false, "")).await.expect("accepts");
            ids.push(came.id);
        }
        let owed = async |id: &str| {
            let letter = office.letter(id).await;
            let written = letter.open(&office.sealer).expect("opens");
            notice_owed(&letter, &written)
        };
        assert_eq!(owed(&ids[0]).await, None, "the answer is owed before");
        for id in &ids {
            let reason = "要会同街道";
            extension::propose(office.desk().await, by, id, reason).await.expect("proposes");
            let seen = (id.as_str(), office.letter(id).await.revision());
            let granted = extension::decide(office.desk().await, other, seen, (true, "同意"));
            granted.await.expect("grants");
        }
        assert_eq!(owed(&ids[0]).await, Some(law::day(2026, 11, 17)), "fifteen calendar days");
        assert_eq!(owed(&ids[1]).await, None, "nothing hints at a petition");
        let ending = Ending::Petition(PetitionWay::Own, "本机关信访室", "");
        office.closes(&ids[0], ending).await.expect("registers");
        assert_eq!(owed(&ids[0]).await, None, "its writer was told");
    })
    .await;
}
