//! An organ's lists of powers and services: taken in, matched with items, and what is missing.

use catalogue::acts::power::{self, Imported, List, Pair};
use catalogue::power_view::GapReport;
use catalogue::store::powers::{LinkState, Power, PowerItem};
use catalogue::store::{KeyedItem, keyed};
use catalogue_rules::power::PowerList;
use law::day;
use ledger::Ledger;

use crate::house::{desk, item, on_both, releases};

const ORGAN: &str = "XM01023";
const FIRST: &str = "事项名称,事项类型,实施主体
最低生活保障对象认定,行政确认,区民政局
最低生活保障监督检查,行政检查,区民政局
地名命名更名审批,行政许可,区民政局
";
const SECOND: &str = "事项名称,事项类型,实施主体
最低生活保障对象认定,行政给付,区民政局
社会团体成立登记,行政许可,区教育局
";

async fn take_in(ledger: &Ledger, text: &str) -> Imported {
    let (lines, doubts) =
        power::read(text.as_bytes(), "清单.csv", PowerList::Powers).expect("a list");
    assert_eq!(doubts, []);
    let list = List { organ: ORGAN, list: PowerList::Powers, source: "清单.csv", lines: &lines };
    power::keep(desk(ledger).await, list).await.expect("is taken in")
}

async fn powers(ledger: &Ledger) -> Vec<Power> {
    Power::all(ledger.store(), Some(ORGAN)).await.expect("asks")
}

async fn id_of(ledger: &Ledger, name: &str) -> String {
    let all = powers(ledger).await;
    all.into_iter().find(|power| power.name == name).expect("is there").id
}

async fn links(ledger: &Ledger, power: &str) -> Vec<PowerItem> {
    let all = PowerItem::all(ledger.store(), None).await.expect("asks");
    all.into_iter().filter(|link| link.power == power).collect()
}

/// The district's catalogue, and the keys of its three items.
async fn catalogue(ledger: &Ledger) -> [String; 3] {
    let items = vec![
        item("对象认定", "思明区民政局"),
        item("监督检查", "思明区民政局"),
        item("信访电话", "思明区人民政府"),
    ];
    releases(ledger, "XM01001", items.clone(), day(2020, 11, 10)).await;
    let keys: Vec<String> = keyed(items).into_iter().map(|one: KeyedItem| one.key).collect();
    keys.try_into().expect("three keys")
}

#[tokio::test]
async fn a_second_list_updates_by_name_ends_what_is_gone_and_deletes_nothing() {
    on_both(async |ledger| {
        let first = take_in(&ledger, FIRST).await;
        assert_eq!((first.added, first.updated, first.ended), (3, 0, 0));
        let before = id_of(&ledger, "最低生活保障对象认定").await;
        let second = take_in(&ledger, SECOND).await;
        assert_eq!((second.added, second.updated, second.ended), (1, 1, 2));
        let doubts: Vec<String> = second.doubts.iter().map(ToString::to_string).collect();
        assert_eq!(doubts.len(), 1);
        assert!(doubts[0].starts_with("第 3 行: “社会团体成立登记”的实施主体写的是区教育局"));
        assert_eq!(id_of(&ledger, "最低生活保障对象认定").await, before);
        let all = powers(&ledger).await;
        let ended: Vec<_> = all.iter().filter(|power| !power.stands()).collect();
        assert_eq!((all.len(), ended.len()), (4, 2));
        assert_eq!(ended[0].ended_on, Some(day(2026, 11, 24)));
        let third = take_in(&ledger, FIRST).await;
        assert_eq!((third.added, third.updated, third.ended), (2, 1, 1));
        assert_eq!(powers(&ledger).await.len(), 4);
    })
    .await;
}

#[tokio::test]
async fn items_are_suggested_by_likeness_and_what_a_person_decided_is_never_suggested_again() {
    on_both(async |ledger| {
        let [subject, check, phone] = catalogue(&ledger).await;
        take_in(&ledger, FIRST).await;
        power::suggest(desk(&ledger).await, None).await.expect("suggests");
        let (found, named) = (
            id_of(&ledger, "最低生活保障对象认定").await,
            id_of(&ledger, "地名命名更名审批").await,
        );
        let suggested = links(&ledger, &found).await;
        assert_eq!(suggested[0].item, subject);
        assert!(suggested.iter().all(|link| link.state == LinkState::Suggested));
        assert!(suggested.len() <= 3 && suggested[0].likeness >= 900, "{suggested:?}");
        assert_eq!(links(&ledger, &named).await, []);
        let pair = |item| Pair { power: &found, domain: "社会救助", item };
        power::confirm(desk(&ledger).await, pair(&subject)).await.expect("is confirmed");
        power::reject(desk(&ledger).await, pair(&check)).await.expect("is rejected");
        let by_hand = power::confirm(desk(&ledger).await, pair(&phone)).await.expect("by hand");
        assert!(by_hand.likeness < suggested[0].likeness);
        power::suggest(desk(&ledger).await, Some(ORGAN)).await.expect("suggests again");
        let after = links(&ledger, &found).await;
        let state = |item: &str| after.iter().find(|link| link.item == item).map(|link| link.state);
        assert_eq!(after.len(), 3);
        assert_eq!(state(&subject), Some(LinkState::Confirmed));
        assert_eq!(state(&check), Some(LinkState::Rejected));
        assert_eq!(state(&phone), Some(LinkState::Confirmed));
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_decided_says_why() {
    on_both(async |ledger| {
        let [subject, ..] = catalogue(&ledger).await;
        take_in(&ledger, FIRST).await;
        take_in(&ledger, SECOND).await;
        let (standing, ended) =
            (id_of(&ledger, "社会团体成立登记").await, id_of(&ledger, "地名命名更名审批").await);
        for (power, domain, item, words) in [
            ("0", "社会救助", subject.as_str(), "没有编号为 0 的权责事项"),
            (&ended, "社会救助", &subject, "已不在清单里"),
            (&standing, "社会救助", "00000000", "现行目录里没有编号为 00000000"),
            (&standing, "渔业", &subject, "渔业领域的现行目录里没有"),
        ] {
            let refused = power::confirm(desk(&ledger).await, Pair { power, domain, item }).await;
            let refused = refused.expect_err("is refused").to_string();
            assert!(refused.contains(words), "{refused}");
        }
        let nobody = power::suggest(desk(&ledger).await, Some("XM99999")).await;
        assert!(nobody.expect_err("is refused").to_string().contains("没有代码为 XM99999"));
    })
    .await;
}

#[tokio::test]
async fn the_gaps_of_an_organ_are_its_powers_without_items_and_its_items_without_powers() {
    on_both(async |ledger| {
        let [subject, ..] = catalogue(&ledger).await;
        let today = day(2026, 11, 25);
        let none = GapReport::of(ledger.store(), None, today).await.expect("asks");
        assert!(none.organs.is_empty());
        take_in(&ledger, FIRST).await;
        power::suggest(desk(&ledger).await, None).await.expect("suggests");
        let found = id_of(&ledger, "最低生活保障对象认定").await;
        let pair = Pair { power: &found, domain: "shehuijiuzhu", item: &subject };
        power::confirm(desk(&ledger).await, pair).await.expect("is confirmed");
        let report = GapReport::of(ledger.store(), None, today).await.expect("asks");
        let organ = &report.organs[0];
        assert_eq!((organ.powers, organ.services, organ.disclosed), (3, 0, 1));
        let names: Vec<_> = organ.gaps.powers.iter().map(|gap| gap.name.as_str()).collect();
        assert_eq!(names, ["最低生活保障监督检查", "地名命名更名审批"]);
        // 信访电话 is the government's, not this organ's.
        let names: Vec<_> = organ.gaps.items.iter().map(|gap| gap.name.as_str()).collect();
        assert_eq!(names, ["最低生活保障：监督检查"]);
        assert_eq!(report.sheet().rows.len(), 3);
        assert!(report.book().to_xlsx().is_ok() && report.sheet().to_csv().is_ok());
        let elsewhere = ("350205000000".to_owned(), "350205999999".to_owned());
        let other = GapReport::within(ledger.store(), &elsewhere, today).await.expect("asks");
        assert!(other.organs.is_empty());
        let here = ("350203000000".to_owned(), "350203999999".to_owned());
        let own = GapReport::within(ledger.store(), &here, today).await.expect("asks");
        assert_eq!(own.organs.len(), 1);
    })
    .await;
}
