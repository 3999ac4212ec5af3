//! Whose visits and whose turn it is, and how long what visitors wrote is kept.

use super::*;

#[tokio::test]
async fn the_city_is_judged_by_its_own_visits_and_not_by_those_of_its_districts() {
    testing::on_both("care_own_visits", async |place| {
        let city = City::founded(&place, "care-own-visits").await;
        seed(sound());
        let count = |site: &str, back: i64, failed| VisitCount {
            day: day(2026, 11, 25).saturating_sub(jiff::Span::new().days(back)),
            site: site.into(),
            kind: "/".into(),
            times: 100,
            failed,
        };
        let week = (1..=7).flat_map(|back| [count("/siming", back, 50), count("", back, 1)]);
        visits::keep(&city.ledger, &week.collect::<Vec<_>>()).await.expect("kept");
        for (base, falls) in [("", false), ("/siming", true), ("/huli", false)] {
            let inspection = city.look(base).await.inspection;
            let fallen = inspection.vetoes.iter().any(|veto| veto.id() == "V2");
            assert_eq!(fallen, falls, "{base}");
        }
    })
    .await;
}

#[tokio::test]
async fn what_somebody_waits_for_is_inspected_first_and_what_breaks_off_keeps_nobody_waiting() {
    testing::on_both("care_turns", async |place| {
        let city = City::founded(&place, "care-turns").await;
        seed(sound());
        let errand = city.house.errands().find(|errand| errand.name == "sites.inspection");
        let errand = errand.expect("an errand").step;
        let store = city.ledger.store();
        let inspected =
            async |base: &str| KeptInspection::newest(store, base).await.expect("asks").is_some();
        *BROKEN.lock().unwrap_or_else(PoisonError::into_inner) = Some(String::new());
        errand(&city.house).await.expect_err("the city's own site breaks off");
        assert!(!errand(&city.house).await.expect("goes on"), "and is not tried again at once");
        for base in ["/siming", ""] {
            inspection::ask(city.desk().await, &city.site(base)).await.expect("asked");
        }
        let waits = Turn::of(store, "/siming").await.expect("asks").expect("somebody waits");
        assert!(waits.asked_at.is_some());
        let mut went = [errand(&city.house).await, errand(&city.house).await];
        went.sort_by_key(Result::is_err);
        assert!(matches!(went, [Ok(true), Err(_)]), "both were tried: {went:?}");
        assert!(inspected("/siming").await && !inspected("").await);
        assert_eq!(Turn::of(store, "/siming").await.expect("asks"), None);
        let broken = Turn::of(store, "").await.expect("asks").expect("is remembered");
        assert!(broken.asked_at.is_none() && broken.failed_at.is_some());
    })
    .await;
}

#[tokio::test]
async fn a_year_after_it_ended_what_somebody_wrote_is_gone_and_its_answer_is_not() {
    testing::on_both("care_erasure", async |place| {
        let city = City::founded(&place, "care-erasure").await;
        for said in ["fenshu=5", "fenshu=2&neirong=%E5%AD%97%E5%A4%AA%E5%B0%8F"] {
            let body = form(&city, "/siming/pingjia", said).await;
            city.ask(Method::POST, "/siming/pingjia", &body).await;
        }
        let organ = city.site("/siming").organ.clone();
        let all =
            async || SiteMessage::of_organ(city.ledger.store(), &organ, 10).await.expect("asks");
        let open = all().await.into_iter().find(|one| one.state == MessageState::Open);
        let open = open.expect("one waits");
        let by = By { person: "p", name: "林某", organ: &organ, organ_name: "思明区政府" };
        let late = city.at("2026-12-07T02:00:00Z").await;
        let extended = Handling::Extend("要问几个部门".into());
        let desk = late.desk(Actor::Operator("test".into())).await.expect("a desk");
        let refused = handling::settle(desk, by, &open.id, extended).await;
        let words = refused.expect_err("its last day was 4 December").to_string();
        assert!(words.contains("不能再延长"), "{words}");
        let answer = Handling::Answer("已经改正".into());
        let desk = late.desk(Actor::Operator("test".into())).await.expect("a desk");
        handling::settle(desk, by, &open.id, answer).await.expect("answered");
        for (moment, left) in
            [("2027-11-24T04:00:00Z", 2), ("2027-12-06T04:00:00Z", 1), ("2027-12-09T04:00:00Z", 0)]
        {
            erasure::erase(&city.at(moment).await).await.expect("looks");
            let whole = all().await.iter().filter(|one| !one.is_erased()).count();
            assert_eq!(whole, left, "{moment}");
        }
        let sealer = city.house.sealer().expect("keys");
        let kept = all().await.into_iter().find(|one| one.id == open.id).expect("is there");
        assert_eq!(kept.answer, "已经改正");
        assert_eq!(kept.open(sealer).expect("nothing to open").words, "");
        let events = city.ledger.events_on("sites:messages").await.expect("asks");
        assert_eq!(events.len(), 2, "each time it is told how many, and nothing else");
    })
    .await;
}
