//! By when the 初审 of an urgent publication follows: settled, provisional, or not to be told
//! (docs/readings/098).

use review::{ActError, NoLateDay, Step, step};

use crate::ground::{PASS, on_both, publisher, usual};
use crate::walks::urgent;

#[test]
fn the_day_for_a_first_review_that_follows_is_counted_provisional_or_refused_and_never_guessed() {
    let calendar = law::WorkCalendar::state_council();
    let settled = |date| Ok(law::Counted { date, provisional: false });
    for (published, due) in [
        (law::day(2026, 11, 26), settled(law::day(2026, 11, 27))),
        (law::day(2026, 11, 27), settled(law::day(2026, 11, 30))),
        (
            law::day(2026, 12, 31),
            Ok(law::Counted { date: law::day(2027, 1, 4), provisional: true }),
        ),
    ] {
        assert_eq!(review::late_review_due(published, calendar), due, "{published}");
    }
    let before = review::late_review_due(law::day(2016, 7, 29), calendar);
    assert!(matches!(before, Err(NoLateDay::NotInForce(_))), "{before:?}");
    let beyond = review::late_review_due(law::day(2099, 12, 31), calendar);
    assert!(matches!(beyond, Err(NoLateDay::Gap(_))), "{beyond:?}");
}

/// The notice of a year in which the Monday after New Year is off.
const NOTICE_2027: &str = "年 2027\n文号 国办发明电〔2026〕9号\n元旦 休 01-01..01-04 班 01-09\n\
    春节 休 02-05..02-10\n清明节 休 04-05\n劳动节 休 05-01..05-04\n端午节 休 06-09\n\
    中秋节 休 09-15\n国庆节 休 10-01..10-05\n";

#[tokio::test]
async fn a_provisional_day_for_a_first_review_is_told_as_such_and_moves_with_the_notice_of_its_year()
 {
    on_both(async |ground| {
        let eve = ground.at("2026-12-31T01:00:00Z").await;
        let (secrecy, signer) = (usual(Step::Secrecy), usual(Step::Signature));
        let unit = urgent(&eve, "三").await;
        eve.pass(&unit, Step::Secrecy, &secrecy).await.expect("passes");
        eve.pass(&unit, Step::Signature, &signer).await.expect("signs");
        eve.publish(&unit, &signer).await.expect("publishes");
        let due = async || {
            let urgency = ground.unit(&unit).await.urgency.expect("urgent");
            (urgency.late_due, urgency.late_provisional)
        };
        assert_eq!(due().await, (Some(law::day(2027, 1, 4)), true));
        let page = eve.page("/tongji/yingji").await;
        assert!(page.contains("2027-01-04</time> 以前（暂定）"), "{page}");
        let changed = "SELECT count(*) FROM ledger_event WHERE act = 'late_day'";
        review::alarm(&eve.house).await.expect("looks");
        assert_eq!(ground.count(changed).await, 0, "nothing is known that was not");
        let actor = ledger::Actor::Operator("clerk".into());
        eve.ledger.import_arrangement(actor, NOTICE_2027).await.expect("imports");
        // Whoever looks after the old day has passed and before the new one raises no alarm.
        let tuesday = ground.at("2027-01-05T01:00:00Z").await;
        for _ in 0..2 {
            review::alarm(&tuesday.house).await.expect("looks");
        }
        assert_eq!(due().await, (Some(law::day(2027, 1, 5)), false));
        assert_eq!(ground.count(changed).await, 1);
        let alarms = "SELECT count(*) FROM ledger_event WHERE act = 'alarm'";
        assert_eq!(ground.count(alarms).await, 0);
        let page = tuesday.page("/tongji/yingji").await;
        assert!(page.contains("2027-01-05</time> 以前<"), "{page}");
        let desk = tuesday.desk().await;
        let first = usual(Step::First);
        step::keep(desk, &ground.publishers, &unit, Step::First, &PASS, &first)
            .await
            .expect("is in time");
    })
    .await;
}

#[tokio::test]
async fn what_cannot_say_by_when_its_first_review_follows_waits_for_it() {
    on_both(async |ground| {
        let last = ground.at("2099-12-31T01:00:00Z").await;
        let (secrecy, signer) = (usual(Step::Secrecy), usual(Step::Signature));
        let unit = urgent(&last, "四").await;
        last.pass(&unit, Step::Secrecy, &secrecy).await.expect("passes");
        last.pass(&unit, Step::Signature, &signer).await.expect("signs");
        let refused = last.publish(&unit, &signer).await.expect_err("no day can be told");
        assert!(matches!(refused, ActError::NoLateDay(_)), "{refused:?}");
        let told = web::Fault::from(refused);
        assert!(format!("{told:?}").contains("先办初审"), "{told:?}");
        assert_eq!(ground.count("SELECT count(*) FROM publication").await, 0);
        last.pass(&unit, Step::First, &usual(Step::First)).await.expect("passes");
        last.publish(&unit, &publisher()).await.expect("publishes in the usual way");
    })
    .await;
}
