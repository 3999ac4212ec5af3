//! What people looked for and did not find, until a person has dealt with it.

use catalogue::acts::wish::{self, Settlement, WishError};
use catalogue::store::{Verdict, Wish, WishAsk};
use ledger::{Actor, Entry};
use web::WantedBy;

use crate::house::{DISTRICT, Sample, on_both};

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
