//! What people looked for and did not find, until a person has dealt with it.

use catalogue::acts::ActError;
use catalogue::acts::row::{self, Writing};
use catalogue::acts::wish::{self, Settlement, WishError};
use catalogue::store::{Catalogue, Verdict, Wish, WishAsk, WishLine, WishMark};
use catalogue_rules::Item;
use ledger::{Actor, Entry};
use web::WantedBy;

use crate::house::{DISTRICT, Sample, on_both, over_days};

const FORM: &str = "/siming/mulu/yanglaofuwu/xuqiu";

/// What the sites room would write down of the house's counts, heard by this room.
async fn written(sample: &Sample) {
    let wanted = sample.house.unmet().take();
    let entry = Entry {
        room: "sites",
        act: "unmet",
        subject: "sites:unmet".into(),
        organ: String::new(),
        basis: "国办发〔2017〕47号".into(),
        facts: serde_json::json!({ "wanted": wanted }),
    };
    let mut desk = sample.ledger().desk(Actor::Timer).await.expect("a desk");
    let id = desk.record(entry).await.expect("records");
    desk.seal().await.expect("seals");
    sample.hears(&id, "sites.unmet").await;
}

async fn open(sample: &Sample) -> Vec<(String, String, i64)> {
    let ask = WishAsk { most: 10, ..WishAsk::default() };
    let found = Wish::list(sample.house.store(), &ask).await.expect("lists");
    found.into_iter().map(|wish| (wish.words, wish.source, wish.times)).collect()
}

#[tokio::test]
async fn what_is_asked_for_again_and_again_waits_for_a_person_with_its_count() {
    on_both("links_wishes", async |sample| {
        let unmet = sample.house.unmet();
        for words in ["加装电梯", "加装电梯", "加装电梯补贴"] {
            unmet.note(DISTRICT, words, WantedBy::Search);
        }
        written(&sample).await;
        unmet.note(DISTRICT, "加装电梯", WantedBy::Search);
        let form = "neirong=%E5%8A%A0%E8%A3%85%E7%94%B5%E6%A2%AF";
        let (status, headers, _) = sample.send(FORM, form, Some("http://localhost")).await;
        assert_eq!(status.as_u16(), 303);
        let told = sample.sound(headers["location"].to_str().expect("ascii")).await;
        assert!(told.contains("已经记下"), "{told}");
        written(&sample).await;
        let line = |words: &str, source: &str, times| (words.to_owned(), source.to_owned(), times);
        assert_eq!(
            open(&sample).await,
            [
                line("加装电梯", "search", 3),
                line("加装电梯", "reminder", 1),
                line("加装电梯补贴", "search", 1),
            ]
        );
        let settled = |verdict, note: &str| Settlement {
            division: DISTRICT.into(),
            words: "加装电梯".into(),
            verdict,
            note: note.into(),
            link: String::new(),
            organ: String::new(),
        };
        let silent = settled(Verdict::Dismissed, " ");
        let refused = wish::settle(sample.desk().await, silent).await;
        assert!(matches!(refused, Err(WishError::NoReason)), "{refused:?}");
        let adopted = settled(Verdict::Adopted, "列入市政服务领域");
        wish::settle(sample.desk().await, adopted.clone()).await.expect("settles");
        assert_eq!(open(&sample).await, [line("加装电梯补贴", "search", 1)]);
        let again = wish::settle(sample.desk().await, adopted).await;
        assert!(matches!(again, Err(WishError::Unknown(_))), "{again:?}");
        let subject = format!("wish:{DISTRICT}:加装电梯");
        let events = sample.ledger().events_on(&subject).await.expect("asks");
        assert_eq!((events.len(), events[0].act.as_str()), (1, "wish"));
    })
    .await;
}

#[tokio::test]
async fn a_wish_that_names_somebody_or_comes_from_elsewhere_is_not_taken() {
    on_both("links_wish_refused", async |sample| {
        sample.sound(FORM).await;
        for (form, origin, status) in [
            ("neirong=", None, 422),
            ("neirong=13800000000", None, 422),
            ("neirong=a%40b.example", None, 422),
            ("neirong=%E4%BD%8E%E4%BF%9D", Some("https://evil.example"), 403),
        ] {
            let (answer, _, page) = sample.send(FORM, form, origin).await;
            assert_eq!(answer.as_u16(), status, "{form}");
            assert_eq!(web::page::inspect(&page), Vec::<String>::new(), "{form}");
        }
        assert!(sample.house.unmet().take().is_empty());
        assert_eq!(sample.send("/siming/mulu/yuye/xuqiu", "", None).await.0.as_u16(), 404);
    })
    .await;
}

#[tokio::test]
async fn what_is_asked_for_is_listed_by_its_words_the_newest_and_most_frequent_first() {
    over_days("links_wish_lines", async |place| {
        let first = Sample::at(&place, "2026-11-25").await;
        let note = |sample: &Sample, words: &str, source, times| {
            for _ in 0..times {
                sample.house.unmet().note(DISTRICT, words, source);
            }
        };
        note(&first, "充电桩", WantedBy::Search, 9);
        note(&first, "学区", WantedBy::Search, 4);
        written(&first).await;
        let next = Sample::at(&place, "2026-11-26").await;
        for (words, source, times) in [
            ("加装电梯", WantedBy::Search, 3),
            ("加装电梯", WantedBy::Reminder, 2),
            ("停车", WantedBy::Search, 5),
            ("公园", WantedBy::Search, 1),
        ] {
            note(&next, words, source, times);
        }
        next.house.unmet().note("350203001000", "别处的", WantedBy::Search);
        written(&next).await;
        let store = next.house.store();
        let mut listed = Vec::new();
        let mut mark: Option<WishMark> = None;
        loop {
            let page = WishLine::list(store, DISTRICT, false, mark.as_ref(), 2).await;
            let page = page.expect("lists");
            let Some(last) = page.last() else { break };
            let (day, times, words) = (last.last_day.clone(), last.times(), last.words.clone());
            mark = Some(WishMark { day, times, words, source: last.source.clone() });
            listed.extend(page);
        }
        let told: Vec<_> =
            listed.iter().map(|one| (one.words.as_str(), one.searched, one.told)).collect();
        let tied = if told[0].0 == "停车" {
            ["停车", "加装电梯"]
        } else {
            ["加装电梯", "停车"]
        };
        assert_eq!(listed.iter().map(|one| &*one.words).collect::<Vec<_>>()[..2], tied);
        assert!(told.contains(&("加装电梯", 3, 2)) && told.contains(&("停车", 5, 0)), "{told:?}");
        assert_eq!(told[2..], [("公园", 1, 0), ("充电桩", 9, 0), ("学区", 4, 0)]);
    })
    .await;
}

#[tokio::test]
async fn what_is_published_already_is_settled_with_an_address_that_leads_to_it() {
    on_both("links_wish_answered", async |sample| {
        let key = sample.key("扶持补贴").await;
        sample.publishes("0190a", &key, "XM01006", "2026-11-20").await;
        for source in [WantedBy::Search, WantedBy::Reminder] {
            sample.house.unmet().note(DISTRICT, "养老补贴", source);
        }
        written(&sample).await;
        let settled = async |link: &str| {
            let settlement = Settlement {
                division: DISTRICT.into(),
                words: "养老补贴".into(),
                verdict: Verdict::Answered,
                note: String::new(),
                link: link.into(),
                organ: "XM01006".into(),
            };
            wish::settle(sample.desk().await, settlement).await
        };
        let nowhere = format!("/mulu/yanglaofuwu/{key}x");
        let next_door = format!("/haicang/mulu/yanglaofuwu/{}", sample.neighbour().await);
        for (link, words) in [
            ("", "没有写明信息在哪里"),
            ("/wenjian/0190b", "本平台没有这个地址"),
            (nowhere.as_str(), "本平台没有这个地址"),
            (next_door.as_str(), "本平台没有这个地址"),
            ("/gongzuo", "地址请写本平台的"),
        ] {
            let refused = settled(link).await.expect_err("is refused").to_string();
            assert!(refused.contains(words), "{link}: {refused}");
        }
        settled("/siming/wenjian/0190a").await.expect("settles");
        let store = sample.house.store();
        assert!(WishLine::list(store, DISTRICT, false, None, 9).await.expect("lists").is_empty());
        let done = WishLine::list(store, DISTRICT, true, None, 9).await.expect("lists").remove(0);
        assert_eq!((done.verdict.as_str(), done.times()), ("answered", 2));
        assert_eq!(done.link.as_deref(), Some("/wenjian/0190a"));
    })
    .await;
}

#[tokio::test]
async fn a_row_made_of_a_wish_and_the_end_of_the_wish_are_kept_together_or_not_at_all() {
    on_both("links_wish_row", async |sample| {
        sample.house.unmet().note(DISTRICT, "加装电梯", WantedBy::Search);
        written(&sample).await;
        let store = sample.house.store();
        let catalogue = Catalogue::of(store, "XM01001", "yanglaofuwu").await.expect("asks");
        let catalogue = catalogue.expect("there is one").id;
        let writes = async |name: Option<&str>| {
            let item = Item { level2: name.map(str::to_owned), ..Item::default() };
            let written = Writing { item, reason: None, seen: None };
            let wanted = Settlement {
                division: DISTRICT.into(),
                words: "加装电梯".into(),
                verdict: Verdict::Adopted,
                note: "列入养老服务领域目录草稿".into(),
                link: String::new(),
                organ: "XM01001".into(),
            };
            row::write_wanted(sample.desk().await, &catalogue, written, wanted).await
        };
        let refused = writes(None).await;
        assert!(matches!(refused, Err(ActError::NoName)), "{refused:?}");
        assert_eq!(open(&sample).await.len(), 1, "the wish waits on");
        writes(Some("加装电梯")).await.expect("is kept");
        assert!(open(&sample).await.is_empty(), "the wish is settled");
        writes(Some("加装电梯补贴")).await.expect("a wish settled meanwhile keeps no row back");
    })
    .await;
}

#[tokio::test]
async fn the_same_words_dealt_with_twice_are_two_lines_each_with_its_own_reason() {
    on_both("links_wish_twice", async |sample| {
        for (source, verdict, note) in [
            (WantedBy::Search, Verdict::Adopted, "列入市政服务领域"),
            (WantedBy::Reminder, Verdict::Dismissed, "属于个人信息"),
        ] {
            sample.house.unmet().note(DISTRICT, "加装电梯", source);
            written(&sample).await;
            let settlement = Settlement {
                division: DISTRICT.into(),
                words: "加装电梯".into(),
                verdict,
                note: note.into(),
                link: String::new(),
                organ: String::new(),
            };
            wish::settle(sample.desk().await, settlement).await.expect("settles");
        }
        let store = sample.house.store();
        let mut told = Vec::new();
        let mut mark: Option<WishMark> = None;
        while let Some(line) =
            WishLine::list(store, DISTRICT, true, mark.as_ref(), 1).await.expect("lists").pop()
        {
            assert!(told.len() < 2, "the list ends");
            told.push((line.verdict.clone(), line.note.clone().unwrap_or_default()));
            let (times, day) = (line.times(), line.last_day);
            mark = Some(WishMark { day, times, words: line.words, source: line.source });
        }
        let line = |verdict: &str, note: &str| (verdict.to_owned(), note.to_owned());
        assert_eq!(told, [line("dismissed", "属于个人信息"), line("adopted", "列入市政服务领域")]);
    })
    .await;
}
