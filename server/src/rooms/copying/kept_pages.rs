//! Kept pages after an act: none says what was so before, and what the act did not reach is kept.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use ledger::{Actor, Entry};
use store::testing::on_both;
use tower::ServiceExt;

use super::{CITY, DISTRICT, Sample, links};

/// The most pages that are looked at.
const MOST: usize = 1_500;

impl Sample {
    /// What a visitor is answered, where it is a page.
    async fn visited(&self, address: &str) -> Option<String> {
        let request = Request::get(address).header(header::HOST, "www.x.example");
        let request = request.body(Body::empty()).expect("an address");
        let answer = self.portal.as_ref().clone().oneshot(request).await.expect("answers");
        let said = answer.headers().get(header::CONTENT_TYPE);
        let is_page = said.is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
        let status = answer.status();
        if !is_page || (status != StatusCode::OK && status != StatusCode::GONE) {
            return None;
        }
        let body = to_bytes(answer.into_body(), usize::MAX).await.expect("reads");
        Some(String::from_utf8_lossy(&body).into_owned())
    }

    /// Every page that links lead to from both home pages.
    async fn walked(&self) -> BTreeMap<String, String> {
        let (mut found, mut seen) = (BTreeMap::new(), BTreeSet::new());
        let mut ahead: VecDeque<String> = ["/".to_owned(), "/siming".to_owned()].into();
        while let Some(address) = ahead.pop_front() {
            let fresh = seen.insert(address.clone()) && found.len() < MOST;
            let Some(page) = (if fresh { self.visited(&address).await } else { None }) else {
                continue;
            };
            let further = links(&page).into_iter().filter_map(|href| {
                let whole = href.split('#').next().unwrap_or_default();
                // Marks, days and words narrow lists down without end.
                (!whole.contains('?')).then(|| whole.to_owned())
            });
            ahead.extend(further);
            found.insert(address, page);
        }
        found
    }

    async fn all_of(&self, addresses: &BTreeSet<String>) -> BTreeMap<String, String> {
        let mut found = BTreeMap::new();
        for address in addresses {
            found.insert(address.clone(), self.visited(address).await.unwrap_or_default());
        }
        found
    }

    /// An act on what is no single thing, though its subject begins like one's.
    async fn powers_changed(&self) {
        self.recorded("catalogue", "powers", "catalogue:powers:XM00001").await;
    }

    /// What a citizen has filled in so far of an application.
    async fn filled_in(&self) {
        self.recorded("requests", "draft", "draft:0199aaaa").await;
    }

    async fn recorded(&self, room: &'static str, act: &'static str, subject: &str) {
        let operator = Actor::Operator("走查".into());
        let mut desk = self.ledger().desk(operator).await.expect("a desk");
        let entry = Entry {
            room,
            act,
            subject: subject.into(),
            organ: CITY.into(),
            basis: "走查".into(),
            facts: serde_json::json!({}),
        };
        desk.record(entry).await.expect("is recorded");
        desk.seal().await.expect("is sealed");
    }

    fn kept(&self) -> BTreeSet<String> {
        self.house.kept_addresses().into_iter().collect()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn after_each_act_no_kept_page_says_what_was_so_before_and_the_others_stay() {
    on_both("kept_pages", async |place| {
        let sample = Sample::open(&place).await;
        let first = sample.publish(DISTRICT, "关于新建公园的通告").await;
        let other = sample.publish(DISTRICT, "关于保护古树的通告").await;
        sample.settle().await;
        let (one, city, both) =
            ("published in the district", "published in the city", "both at once");
        for step in [one, "corrected", "withdrawn", city, both, "of no thing"] {
            sample.house.forget_pages();
            let before = sample.walked().await;
            let held = sample.kept();
            assert!(held.len() > 60, "{} pages are kept", held.len());
            match step {
                "corrected" => sample.correct(DISTRICT, &first).await,
                "withdrawn" => sample.withdraw(DISTRICT, &first).await,
                "of no thing" => sample.powers_changed().await,
                "both at once" => {
                    sample.publish(CITY, "关于开放展馆的通告").await;
                    sample.publish(DISTRICT, "关于清理河道的通告").await;
                }
                "published in the city" => drop(sample.publish(CITY, "关于召开会议的通告").await),
                _ => drop(sample.publish(DISTRICT, "关于修桥的通告").await),
            }
            sample.settle().await;
            let left = sample.kept();
            let addresses: BTreeSet<String> =
                before.keys().filter(|address| held.contains(*address)).cloned().collect();
            let now = sample.all_of(&addresses).await;
            sample.house.forget_pages();
            let fresh = sample.all_of(&addresses).await;
            let stale = |address: &&String| now[*address] != fresh[*address];
            let stale: Vec<&String> = addresses.iter().filter(stale).collect();
            assert!(stale.is_empty(), "{step}: {stale:?}");
            let another = format!("/siming/wenjian/{other}");
            assert!(held.contains(&another) && left.contains(&another), "{step}: {another}");
            let list = left.contains("/siming/mulu");
            assert_eq!(list, step == city, "{step}: the lists of the district");
            let changed = |address: &&String| before[*address] != fresh[*address];
            println!(
                "{step}: {} kept, {} of them left, {} pages say something else",
                held.len(),
                held.intersection(&left).count(),
                addresses.iter().filter(changed).count()
            );
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_nobody_outside_sees_lets_no_page_go() {
    on_both("kept_unseen", async |place| {
        let sample = Sample::open(&place).await;
        sample.house.forget_pages();
        sample.walked().await;
        let held = sample.kept();
        sample.drafted(CITY, "关于尚未定稿的通告").await;
        sample.filled_in().await;
        sample.settle().await;
        assert_eq!(sample.kept(), held);
    })
    .await;
}
