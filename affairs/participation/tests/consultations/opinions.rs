//! How opinions come, are read again, withdrawn and registered.

use law::day;
use participation::acts::{ActError, contact, opinion};
use participation::store::{HandedIn, OpinionState};
use participation_rules::{Sender, Source, Stage};
use store::testing;

use super::house::{City, DRAFT, ORGAN, TODAY, given, organiser, said};

#[tokio::test]
async fn a_notice_is_public_after_its_review_for_thirty_days_from_that_day() {
    testing::on_both("participation_notice", async |place| {
        let city = City::founded(&place, "participation-notice").await;
        let id = city.drafted(&said(30)).await;
        assert_eq!(city.stage(&id).await, Stage::Draft);
        let refused = city.say(&id, &given(0, "", "早了")).await.expect_err("is no notice yet");
        assert!(refused.to_string().contains("还没有公布"), "{refused}");
        let unit = city.submitted(&id).await.expect("hands in");
        assert_eq!(city.stage(&id).await, Stage::InReview);
        // The review takes two days: people lose none of theirs.
        let city = city.after(2);
        city.publish(&unit).await;
        let of = city.of(&id).await;
        assert_eq!((of.opened_on, of.ends_on), (Some(day(2026, 11, 29)), Some(day(2026, 12, 29))));
        let clauses = of.clauses(city.ledger.store()).await.expect("asks");
        let marks: Vec<&str> = clauses.iter().map(|clause| clause.mark.as_str()).collect();
        assert_eq!(marks, ["第一条", "第二条", "第三条"]);
        let leaves = "SELECT subject AS text FROM log_leaf WHERE subject LIKE 'consultation:%'";
        assert_eq!(city.texts(leaves).await, [format!("consultation:{id}")]);
    })
    .await;
}

#[tokio::test]
async fn a_notice_that_lacks_what_the_law_asks_for_is_not_handed_in() {
    testing::on_both("participation_lacks", async |place| {
        let city = City::founded(&place, "participation-lacks").await;
        let bare = participation::store::Said {
            explanation: String::new(),
            telephone: String::new(),
            ..said(10)
        };
        let id = city.drafted(&bare).await;
        match city.submitted(&id).await {
            Err(ActError::Lacks(lacks)) => {
                let fields: Vec<_> = lacks.iter().map(|lack| lack.field).collect();
                assert_eq!(fields, ["explanation", "telephone", "short_reason"]);
            }
            other => panic!("{other:?}"),
        }
        assert_eq!(city.stage(&id).await, Stage::Draft, "nothing half-done");
        assert_eq!(city.told("consultation_submission").await, 0);
    })
    .await;
}

#[tokio::test]
async fn an_opinion_needs_no_name_and_the_same_form_sent_twice_is_one() {
    testing::on_both("participation_opinion", async |place| {
        let city = City::founded(&place, "participation-opinion").await;
        let id = city.opened().await;
        let first = given(2, "", "提前一天通知");
        let receipt = city.say(&id, &first).await.expect("is taken");
        assert_eq!(city.say(&id, &first).await.expect("again"), receipt);
        assert_eq!(city.of(&id).await.opinions, 1);
        let other = opinion::Given { words: "提前两天".into(), ..first.clone() };
        let refused = city.say(&id, &other).await;
        assert!(matches!(refused, Err(ActError::Field("yijian", _))), "it is not dropped silently");
        let beside = city.opened().await;
        let there = city.say(&beside, &first).await.expect("another consultation's form");
        assert!(there.number == 1 && there.code != receipt.code);
        let named = given(2, "朱演示", "请打13800138000");
        assert_eq!(city.say(&id, &named).await.expect("is taken").number, 2);
        let kept = city.one(&id, 2).await;
        assert_eq!((kept.masked.as_str(), kept.shown.as_str()), ("朱**", "请打***"));
        assert_eq!(city.one(&id, 1).await.masked, "匿名");
        for (wrong, field) in [
            (given(9, "", "没有这一条"), "tiao"),
            (given(1, "", "  "), "yijian"),
            (given(1, "", &"长".repeat(3_001)), "yijian"),
        ] {
            match city.say(&id, &wrong).await {
                Err(ActError::Field(own, _)) => assert_eq!(own, field),
                other => panic!("{other:?}"),
            }
        }
        let nameless = opinion::Given { sender: Sender::Organisation, ..given(1, "", "单位") };
        assert!(matches!(city.say(&id, &nameless).await, Err(ActError::Field("xingming", _))));
        assert_eq!(city.of(&id).await.opinions, 2, "what was refused took no number");
        let city = city.after(31);
        let late = city.say(&id, &given(0, "", "晚了")).await.expect_err("it is over");
        assert!(late.to_string().contains("已经截止"), "{late}");
    })
    .await;
}

#[tokio::test]
async fn who_gave_an_opinion_is_sealed_and_whoever_looks_is_written_down_first() {
    testing::on_both("participation_sealed", async |place| {
        let city = City::founded(&place, "participation-sealed").await;
        let id = city.opened().await;
        let words = "写清楚，打13800138000";
        city.say(&id, &given(1, "朱演示某", words)).await.expect("is taken");
        let rows = "SELECT masked || shown || sealed || key_mark || code_mark AS text
                      FROM consultation_opinion";
        let ledger = "SELECT subject || facts || actor AS text FROM ledger_event";
        for text in [city.texts(rows).await, city.texts(ledger).await].concat() {
            assert!(!text.contains("朱演示某") && !text.contains("13800138000"), "{text}");
            assert!(!text.contains("form-1"), "{text}");
        }
        let by = organiser();
        let which = (ORGAN, id.as_str(), 1);
        let silent = contact::open(city.desk(&by).await, &city.sealer, which, " ").await;
        assert!(matches!(silent, Err(ActError::Field(_, _))));
        let naming =
            contact::open(city.desk(&by).await, &city.sealer, which, "打13800138000").await;
        let naming = naming.expect_err("the ledger keeps it for good").to_string();
        assert!(naming.contains("台账一直留着"), "{naming}");
        assert_eq!(city.told("opinion_contact").await, 0);
        let other = ("XM00002", id.as_str(), 1);
        contact::open(city.desk(&by).await, &city.sealer, other, "看")
            .await
            .expect_err("not theirs");
        let opened =
            contact::open(city.desk(&by).await, &city.sealer, which, "意见没有写清楚").await;
        let opened = opened.expect("opens");
        assert_eq!((opened.contact.name.as_str(), opened.words.as_str()), ("朱演示某", words));
        assert_eq!(city.told("opinion_contact").await, 1);
        assert!(city.folder().exists());
    })
    .await;
}

#[tokio::test]
async fn who_has_the_code_reads_his_opinion_and_takes_it_back_while_it_is_asked_for() {
    testing::on_both("participation_own", async |place| {
        let city = City::founded(&place, "participation-own").await;
        let id = city.opened().await;
        let code = city.say(&id, &given(1, "朱演示", "收回")).await.expect("is taken").code;
        let late = city.say(&id, &given(1, "林演示", "不收回")).await.expect("is taken").code;
        let store = city.ledger.store();
        let typed = code.to_lowercase().replace('-', " ");
        let found = opinion::with_code(store, &city.sealer, &typed).await.expect("asks");
        assert_eq!(found.map(|(own, _)| own.number), Some(1));
        for wrong in ["", "0000-0000-0000", "一二三"] {
            let found = opinion::with_code(store, &city.sealer, wrong).await.expect("asks");
            assert!(found.is_none(), "{wrong}");
        }
        opinion::retract(&city.ledger, &city.sealer, &code).await.expect("takes it back");
        opinion::retract(&city.ledger, &city.sealer, &code).await.expect_err("once");
        let gone = city.one(&id, 1).await;
        assert_eq!((gone.state, gone.shown.as_str()), (OpinionState::Retracted, ""));
        assert!(gone.is_erased() && gone.masked.is_empty());
        let city = city.after(31);
        let refused = opinion::retract(&city.ledger, &city.sealer, &late).await;
        assert!(refused.expect_err("it is over").to_string().contains("已经截止"));
    })
    .await;
}

#[tokio::test]
async fn a_letter_counts_from_the_day_it_came_even_when_it_is_registered_later() {
    testing::on_both("participation_register", async |place| {
        let city = City::founded(&place, "participation-register").await;
        let id = city.opened().await;
        let city = city.after(33);
        assert_eq!(city.stage(&id).await, Stage::Closed);
        let by = organiser();
        let register = async |on, words: &str| {
            let which = (ORGAN, id.as_str());
            let given = given(1, "陈演示", words);
            let desk = city.desk(&by).await;
            opinion::register(desk, (&city.sealer, &by), which, (Source::Letter, on), &given).await
        };
        assert_eq!(register(day(2026, 12, 27), "最后一天的信").await.expect("in time"), 1);
        for on in [day(2026, 12, 28), day(2026, 11, 26), day(2027, 1, 1)] {
            let refused = register(on, "不在期限里").await;
            assert!(matches!(refused, Err(ActError::Field("riqi", _))), "{on}");
        }
        let kept = city.one(&id, 1).await;
        assert_eq!((kept.source, kept.received_on.as_str()), (Source::Letter, "2026-12-27"));
        assert_eq!(city.told("opinion_registration").await, 1);
        assert_eq!(city.of(&id).await.said.draft, DRAFT);
        assert_eq!(city.of(&id).await.opened_on, Some(TODAY));
    })
    .await;
}
