//! Answers: put together, given with reasons, reviewed and released together, kept.

use identity::powers::Condition;
use participation::acts::answering::{self, Answer, Outcome};
use participation::acts::{ActError, drafting, erasure, grouping, hiding, withdrawal};
use participation::store::{
    COVERED, Consultation, HandedIn, Mark, Opinion, Shelf, Told, Withdrawable,
};
use participation_rules::{Ground, Stage, Verdict};
use review::testing::someone;
use store::testing;

use super::following;
use super::house::{City, ORGAN, given, organiser, said};

pub(super) fn answer<'a>(verdict: &'a str, reason: &'a str) -> Answer<'a> {
    Answer { named: "", shown: "停水提前一天通知", verdict, reason, version: 1 }
}

const TOLD: Outcome<'_> = Outcome {
    summary: "收到意见三条。",
    final_text: "第一条 供水单位应当保障供水。\n第二条 停水提前二十四小时通知用水人。",
    final_path: "/wenjian/1",
};

/// A consultation that is over, with three opinions of which two say the same.
pub(super) async fn closed(city: City) -> (City, String) {
    let id = city.opened().await;
    for (clause, words) in [(2, "提前一天"), (2, "提前一天通知"), (3, "晚些施行")] {
        city.say(&id, &given(clause, "朱演示", words)).await.expect("is taken");
    }
    (city.after(31), id)
}

/// Answers one on a form that was shown just now.
pub(super) async fn put(
    city: &City,
    id: &str,
    number: i64,
    given: Answer<'_>,
) -> Result<(), ActError> {
    let by = organiser();
    let given = Answer { version: city.one(id, number).await.version, ..given };
    answering::answer(city.desk(&by).await, &by, (ORGAN, id, number), given).await
}

pub(super) async fn keep(city: &City, id: &str) -> Result<(), ActError> {
    let by = organiser();
    let version = city.of(id).await.version;
    answering::keep(city.desk(&by).await, &by, (ORGAN, id, version), TOLD).await
}

pub(super) async fn submit(city: &City, id: &str) -> Result<review::Unit, ActError> {
    let by = organiser();
    answering::submit(city.desk(&by).await, &city.publishers, &by, (ORGAN, id)).await
}

#[tokio::test]
async fn every_opinion_is_answered_with_a_reason_and_all_are_released_together() {
    testing::on_both("participation_answers", async |place| {
        let city = City::founded(&place, "participation-answers").await;
        let early = city.opened().await;
        city.say(&early, &given(1, "", "早")).await.expect("is taken");
        let refused = put(&city, &early, 1, answer("adopted", "写了")).await.expect_err("not over");
        assert!(refused.to_string().contains("还没有截止"), "{refused}");
        let (city, id) = closed(city).await;
        let by = organiser();
        let which = (ORGAN, id.as_str());
        grouping::group(city.desk(&by).await, &by, which, (&[1], None))
            .await
            .expect_err("one is no group");
        let first = grouping::group(city.desk(&by).await, &by, which, (&[2, 1], None)).await;
        assert_eq!(first.expect("puts together"), 1);
        put(&city, &id, 2, answer("adopted", "写了")).await.expect_err("it says the same as 1");
        assert!(matches!(
            put(&city, &id, 1, answer("", "写了")).await,
            Err(ActError::Field("caina", _))
        ));
        assert!(matches!(
            put(&city, &id, 1, answer("partly", " ")).await,
            Err(ActError::Field("liyou", _))
        ));
        put(&city, &id, 1, answer("adopted", "第二条已改。")).await.expect("answers");
        keep(&city, &id).await.expect("keeps");
        let refused = submit(&city, &id).await.expect_err("one is open");
        assert!(refused.to_string().contains("第 3 条"), "{refused}");
        put(&city, &id, 3, answer("declined", "已经留了时间。")).await.expect("answers");
        let unit = submit(&city, &id).await.expect("hands in");
        assert_eq!(city.stage(&id).await, Stage::AnswersInReview);
        put(&city, &id, 3, answer("adopted", "改主意")).await.expect_err("under review");
        city.publish(&unit).await;
        assert_eq!(city.stage(&id).await, Stage::Answered);
        let all = Opinion::all(city.ledger.store(), &id).await.expect("asks");
        let told: Vec<_> =
            all.iter().map(|one| (one.number, one.verdict, one.first.is_some())).collect();
        assert_eq!(
            told,
            [
                (1, Some(Verdict::Adopted), false),
                (2, None, true),
                (3, Some(Verdict::Declined), false)
            ]
        );
        let leaves = "SELECT subject AS text FROM log_leaf WHERE subject LIKE '%:result'";
        assert_eq!(city.texts(leaves).await, [format!("consultation:{id}:result")]);
        assert_eq!(city.told("answers").await, 1);
    })
    .await;
}

#[tokio::test]
async fn who_signs_answers_is_told_that_the_time_is_over_and_who_signs_a_notice_is_not() {
    testing::on_both("participation_holds", async |place| {
        let (city, id) = closed(City::founded(&place, "participation-holds").await).await;
        let holding = async |city: &City, kind: &str| {
            let reading = city.ledger.store().reading();
            let pieces = [(kind, id.as_str())];
            city.publishers.holding(&reading, pieces.into_iter()).await.expect("asks")
        };
        assert!(holding(&city, answering::KIND).await.is_empty(), "nothing is handed in");
        for number in 1..=3 {
            put(&city, &id, number, answer("adopted", "写了")).await.expect("answers");
        }
        keep(&city, &id).await.expect("keeps");
        submit(&city, &id).await.expect("hands in");
        let held = holding(&city, answering::KIND).await;
        assert_eq!(held, [Condition::AfterClose, Condition::Masked]);
        assert!(holding(&city, drafting::KIND).await.is_empty(), "a notice has no such thing");
    })
    .await;
}

#[tokio::test]
async fn of_two_who_answer_one_opinion_the_second_is_told_and_whoever_signs_sees_what_was_edited() {
    testing::on_both("participation_two_answers", async |place| {
        let (city, id) = closed(City::founded(&place, "participation-two-answers").await).await;
        let by = organiser();
        let given = answer("adopted", "写了");
        let same = Answer { shown: "提前一天", ..given };
        let first = answering::answer(city.desk(&by).await, &by, (ORGAN, &id, 1), same).await;
        first.expect("answers");
        let stale = answering::answer(city.desk(&by).await, &by, (ORGAN, &id, 1), given).await;
        assert!(stale.expect_err("another was first").to_string().contains("刚才有人改动过"));
        let kept = city.one(&id, 1).await;
        assert_eq!((kept.shown.as_str(), kept.edited), ("提前一天", false));
        for (wrong, field) in [
            (Answer { named: "朱演示", ..same }, "mingcheng"),
            (Answer { shown: "提前一天，打13800138000", ..same }, "gongbu"),
            (Answer { reason: "已电话13800138000告知", ..same }, "liyou"),
        ] {
            let refused = put(&city, &id, 1, wrong).await.expect_err("names somebody");
            assert!(matches!(refused, ActError::Field(own, _) if own == field), "{refused:?}");
        }
        let named = Answer { named: "朱 **", ..same };
        put(&city, &id, 1, named).await.expect("answers again");
        let kept = city.one(&id, 1).await;
        assert_eq!((kept.masked.as_str(), kept.edited), ("朱 **", true));
        put(&city, &id, 2, Answer { shown: "提前一天通知", ..given }).await.expect("answers");
        put(&city, &id, 3, Answer { shown: "***晚些施行", ..given }).await.expect("answers");
        keep(&city, &id).await.expect("keeps");
        submit(&city, &id).await.expect("hands in");
        let publisher = city.publishers.get(answering::KIND).expect("is there");
        let reading = city.ledger.store().reading();
        let content = (publisher.content)(&reading, &id).await.expect("asks").expect("is there");
        assert_eq!(content.findings.len(), 1);
        assert!(content.findings[0].contains("第 1、3 条"), "{:?}", content.findings);
    })
    .await;
}

#[tokio::test]
async fn opinions_are_put_together_once_and_stand_for_themselves_again() {
    testing::on_both("participation_grouping", async |place| {
        let (city, id) = closed(City::founded(&place, "participation-grouping").await).await;
        let (by, which) = (organiser(), (ORGAN, id.as_str()));
        put(&city, &id, 2, answer("adopted", "写了")).await.expect("answers");
        grouping::group(city.desk(&by).await, &by, which, (&[1, 2], None))
            .await
            .expect("puts together");
        assert_eq!(city.one(&id, 2).await.verdict, None, "its own answer is cleared");
        let again = grouping::group(city.desk(&by).await, &by, which, (&[2, 3], None)).await;
        again.expect_err("2 says the same as 1");
        let elsewhere = grouping::group(city.desk(&by).await, &by, which, (&[9], Some(1))).await;
        assert!(elsewhere.expect_err("there is no 9").to_string().contains("第 9 条"));
        let under = grouping::group(city.desk(&by).await, &by, which, (&[1, 3], None)).await;
        assert_eq!(under.expect("1 stands for itself"), 1);
        let part =
            async |number| grouping::part(city.desk(&by).await, &by, (ORGAN, &id, number)).await;
        part(2).await.expect("parts");
        part(2).await.expect_err("once");
        assert!(city.one(&id, 2).await.is_own());
        let at = grouping::group(city.desk(&by).await, &by, which, (&[1], Some(2))).await;
        at.expect_err("3 says the same as 1, so 1 leads");
        part(3).await.expect("parts");
        let at = grouping::group(city.desk(&by).await, &by, which, (&[1], Some(2))).await;
        assert_eq!(at.expect("puts 1 to 2"), 2);
        assert!(city.one(&id, 1).await.first.is_some());
    })
    .await;
}

#[tokio::test]
async fn answers_under_review_are_not_published_once_the_consultation_is_withdrawn() {
    testing::on_both("participation_withdrawn_answers", async |place| {
        let city = City::founded(&place, "participation-withdrawn-answers").await;
        let id = city.opened().await;
        let city = city.after(31);
        keep(&city, &id).await.expect("keeps");
        let unit = submit(&city, &id).await.expect("hands in");
        let (by, signer) = (organiser(), someone(ORGAN, "approver"));
        let which = (ORGAN, Withdrawable::Consultation, id.as_str());
        let proposed = withdrawal::propose(city.desk(&by).await, &by, which, "发错了草案").await;
        proposed.expect("proposes");
        let desk = city.desk(&signer).await;
        withdrawal::decide(desk, &signer, which, (true, "看过了")).await.expect("withdraws");
        let out = review::testing::publish(&city.ledger, &city.publishers, &unit).await;
        assert!(out.is_err(), "nothing of it becomes public");
        assert_eq!(city.stage(&id).await, Stage::Withdrawn);
    })
    .await;
}

#[tokio::test]
async fn of_a_published_opinion_name_and_words_are_covered_by_two_and_its_answer_stays() {
    testing::on_both("participation_covering", async |place| {
        let (city, id) = closed(City::founded(&place, "participation-covering").await).await;
        for number in 1..=3 {
            put(&city, &id, number, answer("adopted", "写了")).await.expect("answers");
        }
        keep(&city, &id).await.expect("keeps");
        let unit = submit(&city, &id).await.expect("hands in");
        city.publish(&unit).await;
        let cover = format!(
            "UPDATE consultation_opinion SET shown = '已隐去', masked = '已隐去'
              WHERE consultation = '{id}' AND number = 1"
        );
        assert!(city.raw(&cover).await.contains("不能改动"), "nobody decided it");
        let (by, which) = (organiser(), (ORGAN, id.as_str(), 1));
        let given = (Some(Ground::Privacy), "写了别人的住址");
        let proposed = hiding::propose(city.desk(&by).await, &by, which, given).await;
        proposed.expect("proposes");
        let other = someone(ORGAN, "secrecy_reviewer");
        let desk = city.desk(&other).await;
        hiding::decide(desk, &other, which, (true, "是住址")).await.expect("decides");
        let signed =
            "SELECT title || body AS text FROM review_piece WHERE kind = 'consultation_answers'";
        assert_eq!(city.texts(signed).await, [""], "what was signed is not kept beside it");
        let kept = city.one(&id, 1).await;
        assert_eq!((kept.masked.as_str(), kept.shown.as_str()), (COVERED, COVERED));
        assert_eq!((kept.verdict, kept.reason.as_str()), (Some(Verdict::Adopted), "写了"));
        assert_eq!(city.stage(&id).await, Stage::Answered);
        let leaves = "SELECT subject AS text FROM log_leaf WHERE subject LIKE '%:result'";
        assert_eq!(city.texts(leaves).await.len(), 2, "the log tells that it was corrected");
        assert_eq!(city.told("answers_correction").await, 1);
        let again = hiding::propose(city.desk(&by).await, &by, which, given).await;
        again.expect_err("it is covered");
    })
    .await;
}

#[tokio::test]
async fn the_document_that_was_decided_leads_back_to_what_became_of_what_people_said() {
    testing::on_both("participation_outcomes", async |place| {
        let (city, id) = closed(City::founded(&place, "participation-outcomes").await).await;
        for number in 1..=3 {
            put(&city, &id, number, answer("adopted", "写了")).await.expect("answers");
        }
        keep(&city, &id).await.expect("keeps");
        let beside = async |city: &City, path: &str| {
            let range = ("350200000000", "350299999999");
            let found = Consultation::led_to(city.ledger.store(), path, range).await;
            found.expect("asks").into_iter().map(|one| one.id).collect::<Vec<_>>()
        };
        let unit = submit(&city, &id).await.expect("hands in");
        assert!(beside(&city, "/wenjian/1").await.is_empty(), "they are not public");
        city.publish(&unit).await;
        assert_eq!(beside(&city, "/wenjian/1").await, std::slice::from_ref(&id));
        assert!(beside(&city, "/wenjian/2").await.is_empty(), "another document");
        assert!(beside(&city, "").await.is_empty());
        let (house, _) = following::opened(&city).await;
        let site = house.directory().all().first().cloned().expect("a site");
        let told = house.outcomes(&site, "/wenjian/1").await.expect("asks");
        let path = format!("/yijian/{id}/jieguo");
        assert!(told.len() == 1 && told[0].path == path, "{told:?}");
        assert_eq!(told[0].title, "供水办法（草案）：意见采纳情况");
        let (by, signer) = (organiser(), someone(ORGAN, "approver"));
        let which = (ORGAN, Withdrawable::Consultation, id.as_str());
        let proposed = withdrawal::propose(city.desk(&by).await, &by, which, "发错了").await;
        proposed.expect("proposes");
        let desk = city.desk(&signer).await;
        withdrawal::decide(desk, &signer, which, (true, "看过了")).await.expect("withdraws");
        assert!(beside(&city, "/wenjian/1").await.is_empty(), "it is gone");
    })
    .await;
}

#[tokio::test]
async fn what_the_index_learns_of_several_answers_is_asked_for_at_once() {
    testing::on_both("participation_words", async |place| {
        let (city, id) = closed(City::founded(&place, "participation-words").await).await;
        let by = organiser();
        let which = (ORGAN, id.as_str());
        let group = grouping::group(city.desk(&by).await, &by, which, (&[1, 2], None)).await;
        group.expect("puts together");
        for number in [1, 3] {
            put(&city, &id, number, answer("adopted", "写了")).await.expect("answers");
        }
        keep(&city, &id).await.expect("keeps");
        let words =
            async |city: &City| Told::words(city.ledger.store(), (&id, &id)).await.expect("asks");
        assert!(words(&city).await.is_empty(), "nothing is public");
        let unit = submit(&city, &id).await.expect("hands in");
        city.publish(&unit).await;
        let said = words(&city).await.remove(&id).unwrap_or_default();
        assert_eq!(said, ["停水提前一天通知", "写了", "停水提前一天通知", "写了"]);
        let (house, _) = following::opened(&city).await;
        let source = participation::room().search.expect("can be searched");
        let (found, _) = (source.batch)(&house, None).await.expect("asks");
        assert!(found.len() == 1 && found[0].body.contains("写了"), "{found:?}");
    })
    .await;
}

#[tokio::test]
async fn answers_wait_for_a_word_on_the_whole_even_where_nobody_spoke() {
    testing::on_both("participation_silence", async |place| {
        let city = City::founded(&place, "participation-silence").await;
        let id = city.opened().await;
        let city = city.after(31);
        assert!(matches!(submit(&city, &id).await, Err(ActError::Field("zongti", _))));
        keep(&city, &id).await.expect("keeps");
        let by = organiser();
        let stale = answering::keep(city.desk(&by).await, &by, (ORGAN, &id, 1), TOLD).await;
        assert!(stale.expect_err("another was first").to_string().contains("刚才有人改动过"));
        let unit = submit(&city, &id).await.expect("hands in");
        city.publish(&unit).await;
        assert_eq!(city.stage(&id).await, Stage::Answered);
        let signer = someone(ORGAN, "approver");
        let which = (ORGAN, Withdrawable::Consultation, id.as_str());
        let proposed = withdrawal::propose(city.desk(&by).await, &by, which, "发错了定稿").await;
        proposed.expect("proposes");
        let desk = city.desk(&signer).await;
        let gone = withdrawal::decide(desk, &signer, which, (true, "看过了")).await;
        gone.expect("what is answered is withdrawn as well");
        assert_eq!(city.stage(&id).await, Stage::Withdrawn);
        let leaves = "SELECT subject AS text FROM log_leaf WHERE subject LIKE '%:result'";
        assert_eq!(city.texts(leaves).await.len(), 2, "and so are its answers");
    })
    .await;
}

#[tokio::test]
async fn who_spoke_is_taken_out_a_year_after_the_answers_and_what_was_said_is_kept() {
    testing::on_both("participation_erasure", async |place| {
        let (city, id) = closed(City::founded(&place, "participation-erasure").await).await;
        for number in 1..=3 {
            put(&city, &id, number, answer("adopted", "写了")).await.expect("answers");
        }
        keep(&city, &id).await.expect("keeps");
        let unit = submit(&city, &id).await.expect("hands in");
        city.publish(&unit).await;
        let city = city.after(365);
        assert_eq!(erasure::erase(&city.ledger).await.expect("looks"), 0, "a day too early");
        let city = city.after(1);
        assert_eq!(erasure::erase(&city.ledger).await.expect("looks"), 3);
        assert_eq!(erasure::erase(&city.ledger).await.expect("looks"), 0);
        let kept = city.one(&id, 1).await;
        assert!(kept.is_erased() && kept.masked == "朱**" && kept.verdict.is_some());
        assert_eq!(kept.shown, "停水提前一天通知", "what everybody reads is kept");
        assert_eq!(city.told("opinion_erasure").await, 1);
    })
    .await;
}

#[tokio::test]
async fn each_shelf_has_its_own_and_goes_on_where_a_page_ended() {
    testing::on_both("participation_shelves", async |place| {
        let city = City::founded(&place, "participation-shelves").await;
        let mut opened = Vec::new();
        for _ in 0..3 {
            opened.push(city.opened().await);
        }
        let draft = city.drafted(&said(30)).await;
        let gone = drafting::drop(city.desk(&organiser()).await, ORGAN, &draft).await;
        gone.expect("gives up");
        let (store, today) = (city.ledger.store(), city.ledger.clock().today());
        let range = ("350200000000", "350299999999");
        let page = async |shelf, after: Option<&Mark>| {
            let found =
                participation::store::Consultation::shelf(store, (shelf, range), today, (after, 2));
            let (found, next) = found.await.expect("asks");
            (found.into_iter().map(|one| one.id).collect::<Vec<_>>(), next)
        };
        let (first, next) = page(Shelf::Open, None).await;
        let next = next.expect("there is more");
        assert_eq!(Mark::parse(&next.word()), Some(next.clone()));
        let (rest, end) = page(Shelf::Open, Some(&next)).await;
        assert_eq!([first, rest].concat(), opened);
        assert_eq!(end, None);
        for shelf in [Shelf::Closed, Shelf::Answered] {
            assert!(page(shelf, None).await.0.is_empty());
        }
        let elsewhere = ("350100000000", "350199999999");
        let other = participation::store::Consultation::shelf(
            store,
            (Shelf::Open, elsewhere),
            today,
            (None, 2),
        );
        assert!(other.await.expect("asks").0.is_empty(), "another city's");
        for word in ["", "2026-11-27", "heute_1"] {
            assert_eq!(Mark::parse(word), None, "{word}");
        }
    })
    .await;
}

#[tokio::test]
async fn the_tables_go_on_after_a_number_and_name_the_first_of_a_group_by_its_own() {
    testing::on_both("participation_numbers", async |place| {
        let city = City::founded(&place, "participation-numbers").await;
        let beside = city.opened().await;
        city.say(&beside, &given(1, "", "别的草案")).await.expect("is taken");
        let (city, id) = closed(city).await;
        let (by, which) = (organiser(), (ORGAN, id.as_str()));
        let group = grouping::group(city.desk(&by).await, &by, which, (&[2, 1], None)).await;
        group.expect("puts together");
        let store = city.ledger.store();
        for (after, most, numbers) in [(0, 2, vec![1, 2]), (2, 2, vec![3]), (3, 2, vec![])] {
            let read = Opinion::after(store, &id, (after, most)).await.expect("asks");
            let read: Vec<i64> = read.iter().map(|one| one.number).collect();
            assert_eq!(read, numbers, "after {after}");
        }
        let numbers = Opinion::numbers(store, &id).await.expect("asks");
        let second = city.one(&id, 2).await.first.expect("says the same as the first");
        assert_eq!(numbers.into_iter().collect::<Vec<_>>(), [(second, 1)]);
        assert!(Opinion::numbers(store, &beside).await.expect("asks").is_empty());
        for number in [1, 3] {
            put(&city, &id, number, answer("adopted", "写了")).await.expect("answers");
        }
        keep(&city, &id).await.expect("keeps");
        let unit = submit(&city, &id).await.expect("hands in");
        city.publish(&unit).await;
        let (_house, portal) = following::opened(&city).await;
        let address = format!("/yijian/{id}/jieguo?format=csv");
        let (status, table) = web::testing::read(&portal, &address).await;
        let cells =
            table.lines().skip(1).map(|line| (line.split(',').next(), line.rsplit(',').next()));
        let cells: Vec<_> = cells.collect();
        let wanted = [(Some("1"), Some("2")), (Some("3"), Some("1"))];
        assert!(status.is_success() && cells == wanted, "{table}");
    })
    .await;
}
