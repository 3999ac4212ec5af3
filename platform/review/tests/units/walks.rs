//! How units go through review, and what stops them.

use review::submission::Submitted;
use review::{
    ActError, Demand, Refused, State, Step, addition, lapse, scheduling, step, submission,
    withdrawal,
};

use crate::ground::{Ground, PASS, on_both, person, publisher, usual};

fn refusal<T: std::fmt::Debug>(outcome: Result<T, ActError>) -> Refused {
    match outcome {
        Err(ActError::Refused(refused)) => refused,
        other => panic!("refused by the rules: {other:?}"),
    }
}

const OUT: &str = "SELECT count(*) FROM note_out";

#[tokio::test]
async fn three_persons_review_a_fourth_releases_and_the_note_is_out_once() {
    on_both(async |ground| {
        ground.write("一", "正文").await;
        let unit = ground.submit(&["一"]).await.expect("submits");
        assert_eq!(unit.state, State::InReview);
        let early = refusal(ground.pass(&unit.id, Step::Secrecy, &usual(Step::Secrecy)).await);
        assert_eq!(early, Refused::NotItsTurn(Step::Secrecy, Some(Step::First)));
        let unready = refusal(ground.publish(&unit.id, &publisher()).await);
        assert_eq!(unready, Refused::NotCleared(Some(Step::First)));
        for of in [Step::First, Step::Secrecy, Step::Signature] {
            ground.pass(&unit.id, of, &usual(of)).await.expect("passes");
            let again = refusal(ground.pass(&unit.id, of, &person("郑", of.roles()[0])).await);
            assert_eq!(again, Refused::PassedAlready(of));
        }
        assert_eq!(ground.unit(&unit.id).await.state, State::Signed);
        assert_eq!(ground.count(OUT).await, 0);
        let out = ground.publish(&unit.id, &publisher()).await.expect("publishes");
        assert_eq!(out.len(), 1);
        let twice = refusal(ground.publish(&unit.id, &publisher()).await);
        assert_eq!(twice, Refused::Ended(State::Published));
        assert_eq!(ground.count(OUT).await, 1);
        assert_eq!(ground.count("SELECT count(*) FROM publication").await, 1);
        let kept = ground.unit(&unit.id).await;
        assert_eq!(kept.pieces[0].path, out[0].path);
        let events = ground.ledger.events_on(&format!("review:{}", unit.id)).await.expect("asks");
        let acts: Vec<_> = events.iter().map(|event| event.act.as_str()).collect();
        assert_eq!(acts, ["submission", "step", "step", "step", "publication"]);
    })
    .await;
}

/// The table of who may not take two parts, whichever post he uses.
#[tokio::test]
async fn one_person_takes_one_step_whichever_account_post_or_stand_in_he_uses() {
    on_both(async |ground| {
        let stand_in = |who: &str, role: &str, whom: &str| {
            let mut by = person(who, role);
            by.post = format!("another post of {who}");
            by.stands_in_for = Some(whom.into());
            by
        };
        ground.write("一", "正文").await;
        let unit = ground.submit(&["一"]).await.expect("submits").id;
        let steps = [Step::First, Step::Secrecy, Step::Signature];
        for (at, of) in steps.into_iter().enumerate() {
            let role = of.roles()[0];
            // The author, himself, by another, or for another.
            for by in [person("张", role), stand_in("郑", role, "张"), stand_in("张", role, "郑")]
            {
                assert_eq!(refusal(ground.pass(&unit, of, &by).await), Refused::Author);
            }
            for before in &steps[..at] {
                let who = usual(*before).person;
                for by in
                    [person(&who, role), stand_in("郑", role, &who), stand_in(&who, role, "郑")]
                {
                    let refused = refusal(ground.pass(&unit, of, &by).await);
                    assert_eq!(refused, Refused::TookAnother(*before), "{by:?}");
                }
            }
            // Another role, another organ.
            let other = if of == Step::First { "approver" } else { "reviewer" };
            let refused = refusal(ground.pass(&unit, of, &person("吴", other)).await);
            assert_eq!(refused, Refused::NotYours(of));
            let mut stranger = person("吴", role);
            stranger.organ = "XM00011".into();
            assert_eq!(refusal(ground.pass(&unit, of, &stranger).await), Refused::NotYours(of));
            ground.pass(&unit, of, &usual(of)).await.expect("passes");
        }
        for by in [person("张", "publisher"), stand_in("郑", "publisher", "张")] {
            assert_eq!(refusal(ground.publish(&unit, &by).await), Refused::Author);
        }
        let refused = refusal(ground.publish(&unit, &person("吴", "reviewer")).await);
        assert_eq!(refused, Refused::NotReleaser);
        // The signer may release in the author's stead.
        ground.publish(&unit, &usual(Step::Signature)).await.expect("publishes");
        assert_eq!(ground.count(OUT).await, 1);
    })
    .await;
}

#[tokio::test]
async fn an_edit_ends_every_step_and_nothing_of_it_goes_out() {
    on_both(async |ground| {
        let unit = ground.signed("一").await.id;
        ground.raw("UPDATE note SET body = '正文。' WHERE id = '一'").await.expect("edits");
        let refused = refusal(ground.publish(&unit, &publisher()).await);
        assert_eq!(refused, Refused::ContentChanged);
        let desk = ground.desk().await;
        assert!(lapse::keep(desk, &ground.publishers, &unit).await.expect("lapses"));
        assert_eq!(ground.unit(&unit).await.state, State::Lapsed);
        assert_eq!(ground.count(OUT).await, 0);
        // Submitted anew, it begins from the first step; the edit may be undone and is still another unit.
        let anew = ground.submit(&["一"]).await.expect("submits");
        assert_eq!(anew.review().waits_for(), Some(Step::First));
        ground.pass(&anew.id, Step::First, &usual(Step::First)).await.expect("passes");
        ground.raw("UPDATE note SET body = '正文' WHERE id = '一'").await.expect("edits");
        let refused = refusal(ground.pass(&anew.id, Step::Secrecy, &usual(Step::Secrecy)).await);
        assert_eq!(refused, Refused::ContentChanged);
    })
    .await;
}

#[tokio::test]
async fn a_returned_unit_says_why_and_its_pieces_may_be_submitted_anew() {
    on_both(async |ground| {
        ground.write("一", "正文").await;
        let unit = ground.submit(&["一"]).await.expect("submits").id;
        assert!(matches!(ground.submit(&["一"]).await, Err(ActError::UnderReview(_))));
        let silent = ground.give_back(&unit, Step::First, &usual(Step::First), " ").await;
        assert_eq!(refusal(silent), Refused::NoReason);
        let why = "成文日期与原件不符";
        let back = ground.give_back(&unit, Step::First, &usual(Step::First), why).await;
        assert_eq!(back.expect("returns").state, State::Returned);
        let ending = ground.unit(&unit).await.ending.expect("ended");
        assert_eq!((ending.name.as_str(), ending.reason.as_deref()), ("王", Some(why)));
        let refused = refusal(ground.pass(&unit, Step::Secrecy, &usual(Step::Secrecy)).await);
        assert_eq!(refused, Refused::Ended(State::Returned));
        ground.submit(&["一"]).await.expect("submits again");
    })
    .await;
}

#[tokio::test]
async fn the_author_takes_it_back_and_nobody_else_does() {
    on_both(async |ground| {
        let unit = ground.signed("一").await.id;
        let other = withdrawal::keep(ground.desk().await, &unit, &usual(Step::First)).await;
        assert_eq!(refusal(other), Refused::NotAuthor);
        let author = person("张", "drafter");
        withdrawal::keep(ground.desk().await, &unit, &author).await.expect("withdraws");
        let refused = refusal(ground.publish(&unit, &publisher()).await);
        assert_eq!(refused, Refused::Ended(State::Withdrawn));
        assert_eq!(ground.count(OUT).await, 0);
    })
    .await;
}

#[tokio::test]
async fn of_several_pieces_all_go_out_or_none() {
    on_both(async |ground| {
        for id in ["一", "二", "torn"] {
            ground.write(id, "正文").await;
        }
        let go = async |ids: &[&str]| {
            let unit = ground.submit(ids).await.expect("submits").id;
            for of in [Step::First, Step::Secrecy, Step::Signature] {
                ground.pass(&unit, of, &usual(of)).await.expect("passes");
            }
            ground.publish(&unit, &publisher()).await
        };
        go(&["一", "torn"]).await.expect_err("the second cannot be published");
        assert_eq!(ground.count(OUT).await, 0);
        assert_eq!(ground.count("SELECT count(*) FROM publication").await, 0);
        let author = person("张", "drafter");
        let open = ground.count("SELECT count(*) FROM review_piece WHERE open = 1").await;
        assert_eq!(open, 2, "it still waits for release");
        let units = review::store::Listed::all(
            ground.ledger.store(),
            review::store::Asked::UnderWay("XM00002"),
        )
        .await
        .expect("lists");
        withdrawal::keep(ground.desk().await, &units[0].id, &author).await.expect("withdraws");
        assert_eq!(go(&["一", "二"]).await.expect("publishes").len(), 2);
        assert_eq!(ground.count(OUT).await, 2);
    })
    .await;
}

#[tokio::test]
async fn an_organ_adds_steps_and_normative_documents_have_their_own_reviewer() {
    on_both(async |ground| {
        let added = vec![Demand { step: Step::Concert, partner: "XM00011".into() }];
        let desk = ground.desk().await;
        addition::set(desk, "XM00002", "*", added, "历次会签").await.expect("sets");
        let removed = vec![Demand::own(Step::Secrecy)];
        let desk = ground.desk().await;
        assert!(matches!(
            addition::set(desk, "XM00002", "*", removed, "不再会签").await,
            Err(ActError::Addition(_))
        ));
        ground.write("一", "正文").await;
        ground.raw("UPDATE note SET normative = 1 WHERE id = '一'").await.expect("marks");
        let unit = ground.submit(&["一"]).await.expect("submits");
        let steps: Vec<_> = unit.course.demands().iter().map(|demand| demand.step).collect();
        let wanted = [Step::First, Step::Concert, Step::Legal, Step::Secrecy, Step::Signature];
        assert_eq!(steps, wanted);
        let unit = unit.id;
        ground.pass(&unit, Step::First, &usual(Step::First)).await.expect("passes");
        let mut partner = person("钱", "approver");
        let refused = refusal(ground.pass(&unit, Step::Concert, &partner).await);
        assert_eq!(refused, Refused::NotYours(Step::Concert));
        partner.organ = "XM00011".into();
        ground.pass(&unit, Step::Concert, &partner).await.expect("the organ asked agrees");
        let first = person("王", "legal_reviewer");
        let refused = refusal(ground.pass(&unit, Step::Legal, &first).await);
        assert_eq!(refused, Refused::TookAnother(Step::First));
        ground.pass(&unit, Step::Legal, &usual(Step::Legal)).await.expect("passes");
        // 合法性审核 and 保密审查 may be one person; 合法性审核 and 签发 may not.
        let legal = |role: &str| person("周", role);
        ground.pass(&unit, Step::Secrecy, &legal("secrecy_reviewer")).await.expect("passes");
        let refused = refusal(ground.pass(&unit, Step::Signature, &legal("approver")).await);
        assert!(matches!(refused, Refused::TookAnother(_)), "{refused:?}");
        ground.pass(&unit, Step::Signature, &usual(Step::Signature)).await.expect("passes");
        let refused = refusal(ground.publish(&unit, &legal("publisher")).await);
        assert_eq!(refused, Refused::TookAnother(Step::Legal));
        ground.publish(&unit, &publisher()).await.expect("publishes");
    })
    .await;
}

#[tokio::test]
async fn what_holds_one_piece_that_no_clock_may_release_is_released_by_a_person() {
    on_both(async |ground| {
        ground.write("一", "正文").await;
        ground.write("二", "正文").await;
        let by = person("张", "drafter");
        let pieces = [("note", "一"), ("slip", "二")];
        let given =
            Submitted { pieces: &pieces, note: None, added: vec![], for_another: false, by: &by };
        let desk = ground.desk().await;
        let unit = submission::keep(desk, &ground.publishers, given).await.expect("submits");
        for of in [Step::First, Step::Secrecy, Step::Signature] {
            ground.pass(&unit.id, of, &usual(of)).await.expect("passes");
        }
        let at = "2026-11-27T01:00:00Z".parse().expect("a moment");
        let desk = ground.desk().await;
        let set = scheduling::keep(desk, &ground.publishers, &unit.id, &publisher(), at).await;
        assert!(matches!(set, Err(ActError::NotByClock)), "{set:?}");
        assert_eq!(ground.unit(&unit.id).await.state, State::Signed);
        ground.publish(&unit.id, &publisher()).await.expect("publishes");
        assert_eq!(ground.count(OUT).await, 2);
    })
    .await;
}

#[tokio::test]
async fn a_set_release_is_carried_out_at_its_time_if_it_still_is_what_was_signed() {
    on_both(async |ground| {
        let (good, bad) = (ground.signed("一").await.id, ground.signed("二").await.id);
        let at = "2026-11-27T01:00:00Z".parse().expect("a moment");
        let past = "2026-11-26T00:59:59Z".parse().expect("a moment");
        let desk = ground.desk().await;
        let early = scheduling::keep(desk, &ground.publishers, &good, &publisher(), past).await;
        assert!(matches!(early, Err(ActError::Past)));
        for unit in [&good, &bad] {
            let desk = ground.desk().await;
            scheduling::keep(desk, &ground.publishers, unit, &publisher(), at)
                .await
                .expect("sets the time");
        }
        ground.raw("UPDATE note SET body = '改' WHERE id = '二'").await.expect("edits");
        review::release(&ground.house).await.expect("looks");
        assert_eq!(ground.count(OUT).await, 0, "not yet");
        let later = ground.at("2026-11-27T01:00:01Z").await;
        for _ in 0..2 {
            review::release(&later.house).await.expect("releases");
        }
        assert_eq!(ground.count(OUT).await, 1);
        assert_eq!(ground.unit(&good).await.state, State::Published);
        assert_eq!(ground.unit(&bad).await.state, State::Lapsed);
        // A time that was given up is not carried out.
        let third = ground.signed("三").await.id;
        let desk = ground.desk().await;
        let at = "2026-11-27T02:00:00Z".parse().expect("a moment");
        scheduling::keep(desk, &ground.publishers, &third, &publisher(), at).await.expect("sets");
        scheduling::drop(ground.desk().await, &ground.publishers, &third, &publisher())
            .await
            .expect("gives up");
        let later = ground.at("2026-11-27T03:00:00Z").await;
        review::release(&later.house).await.expect("looks");
        assert_eq!(ground.count(OUT).await, 1);
    })
    .await;
}

/// What is urgent goes out after 保密审查 and 签发; the 初审 follows, by a person apart.
#[tokio::test]
async fn in_the_urgent_path_only_the_first_review_follows_and_within_one_working_day() {
    on_both(async |ground| {
        let (secrecy, signer) = (usual(Step::Secrecy), usual(Step::Signature));
        ground.write("零", "正文").await;
        let usual_unit = ground.submit(&["零"]).await.expect("submits").id;
        for (by, why, refused) in [
            (person("张", "approver"), "急", Refused::Author),
            (secrecy.clone(), "急", Refused::NotYours(Step::Signature)),
            (signer.clone(), " ", Refused::NoReason),
        ] {
            let outcome = ground.hasten(&usual_unit, &by, why).await;
            assert_eq!(refusal(outcome), refused, "{by:?}");
        }
        let unit = urgent(ground, "一").await;
        let early = refusal(ground.pass(&unit, Step::Signature, &signer).await);
        assert_eq!(early, Refused::NotItsTurn(Step::Signature, Some(Step::Secrecy)));
        assert_eq!(
            refusal(ground.publish(&unit, &signer).await),
            Refused::NotCleared(Some(Step::Secrecy))
        );
        ground.pass(&unit, Step::Secrecy, &secrecy).await.expect("passes");
        ground.pass(&unit, Step::Signature, &signer).await.expect("signs");
        assert_eq!(refusal(ground.publish(&unit, &publisher()).await), Refused::NotReleaser);
        let own = person("李", "approver");
        assert_eq!(refusal(ground.publish(&unit, &own).await), Refused::TookAnother(Step::Secrecy));
        ground.publish(&unit, &signer).await.expect("publishes");
        let due = ground.unit(&unit).await.urgency.expect("urgent").late_due;
        assert_eq!(due, Some(law::day(2026, 11, 27)), "the next working day");
        for (who, refused) in [
            ("张", Refused::Author),
            ("李", Refused::TookAnother(Step::Secrecy)),
            ("赵", Refused::TookAnother(Step::Signature)),
        ] {
            let outcome = ground.pass(&unit, Step::First, &person(who, "reviewer")).await;
            assert_eq!(refusal(outcome), refused, "{who}");
        }
        ground.pass(&unit, Step::First, &usual(Step::First)).await.expect("follows");
        assert!(!ground.unit(&unit).await.review().owes_first());
        let told = urgent_of_the_city(ground).await;
        assert_eq!((told.len(), told[0].verdict.as_deref()), (1, Some("pass")));
    })
    .await;
}

/// What the statistics list of the city's urgent units.
async fn urgent_of_the_city(ground: &Ground) -> Vec<review::store::Hastened> {
    let range = ("350200000000".into(), "350299999999".into());
    review::store::Urgent::of_range(ground.ledger.store(), &range).await.expect("lists")
}

/// A unit under the urgent path.
pub async fn urgent(ground: &Ground, id: &str) -> String {
    ground.write(id, "台风红色预警").await;
    let unit = ground.submit(&[id]).await.expect("submits").id;
    ground.hasten(&unit, &usual(Step::Signature), "台风预警").await.expect("hastens");
    unit
}

#[tokio::test]
async fn what_is_open_no_more_is_counted_among_the_urgent_but_neither_named_nor_linked() {
    on_both(async |ground| {
        let (secrecy, signer) = (usual(Step::Secrecy), usual(Step::Signature));
        let unit = urgent(ground, "甲某").await;
        ground.pass(&unit, Step::Secrecy, &secrecy).await.expect("passes");
        ground.pass(&unit, Step::Signature, &signer).await.expect("signs");
        let out = ground.publish(&unit, &signer).await.expect("publishes");
        let path = out[0].path.as_deref().expect("a page");
        let page = ground.page("/tongji/yingji").await;
        assert!(page.contains("贴出的便条") && page.contains(path), "{page}");
        assert!(!page.contains("甲某"), "it is called what its room calls it now: {page}");
        ground.raw("DELETE FROM note_out").await.expect("withdraws");
        let page = ground.page("/tongji/yingji").await;
        assert!(page.contains("一件已经撤下的信息") && page.contains("等待补初审"), "{page}");
        for gone in ["贴出的便条", "甲某", path] {
            assert!(!page.contains(gone), "{gone}: {page}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_first_review_that_does_not_follow_in_its_time_raises_an_alarm_once_and_is_not_made_up_for()
 {
    on_both(async |ground| {
        let (secrecy, signer) = (usual(Step::Secrecy), usual(Step::Signature));
        let late = urgent(ground, "二").await;
        ground.pass(&late, Step::Secrecy, &secrecy).await.expect("passes");
        ground.pass(&late, Step::Signature, &signer).await.expect("signs");
        ground.publish(&late, &signer).await.expect("publishes");
        let friday = ground.at("2026-11-27T09:00:00Z").await;
        review::alarm(&friday.house).await.expect("looks");
        let alarms = "SELECT count(*) FROM ledger_event WHERE room = 'review' AND act = 'alarm'";
        assert_eq!(ground.count(alarms).await, 0);
        let saturday = ground.at("2026-11-28T01:00:00Z").await;
        for _ in 0..2 {
            review::alarm(&saturday.house).await.expect("looks");
        }
        assert_eq!(ground.count(alarms).await, 1);
        let desk = saturday.desk().await;
        let first = usual(Step::First);
        let over = step::keep(desk, &ground.publishers, &late, Step::First, &PASS, &first).await;
        assert!(matches!(over, Err(ActError::LateOver(_))), "{over:?}");
        let told = urgent_of_the_city(ground).await;
        assert_eq!(told.len(), 1);
        assert!(told[0].reviewed_at.is_none());
    })
    .await;
}

#[tokio::test]
async fn a_list_says_of_each_unit_what_the_unit_says_itself_in_four_queries() {
    on_both(async |ground: &Ground| {
        let signed = ground.signed("一").await.id;
        ground.write("二", "正文").await;
        let fresh = ground.submit(&["二"]).await.expect("submits").id;
        let asked = review::store::Asked::UnderWay("XM00002");
        let listed = review::store::Listed::all(ground.ledger.store(), asked).await;
        let listed = listed.expect("lists");
        assert_eq!(listed.len(), 2);
        for (row, id) in listed.iter().zip([&signed, &fresh]) {
            assert_eq!(row.id, **id);
            assert_eq!(row.review, ground.unit(id).await.review());
        }
        let none = review::store::Asked::UnderWay("XM00011");
        let none = review::store::Listed::all(ground.ledger.store(), none).await.expect("lists");
        assert!(none.is_empty());
    })
    .await;
}
