//! What readers who follow a record are told of it: what is new, and what is gone; nothing of what goes on behind.

use std::sync::{Arc, Mutex};

use documents::examining::here;
use ledger::Clock;
use records::acts::attachment_text::{Found, Reader, read_waiting};
use records::acts::correction;
use records::acts::drafting::{Kept, save};
use records::store::Content;
use records_rules::Field;
use web::{Announcement, Announcing, Became, House, Room};

use crate::drafts::hand;
use crate::house::{NOW, Sample, manuscript, on_both};

/// What was announced to the ears of these tests.
static HEARD: Mutex<Vec<Announcement>> = Mutex::new(Vec::new());

const EARS: Announcing = Announcing {
    take: |_, _, told, _| {
        Box::pin(async move {
            HEARD.lock().expect("no test panics while it notes").push(told);
            Ok(())
        })
    },
};

/// What is told of the acts on a record, as the worker would tell it now.
async fn told(sample: &Sample, path: &str, acts: &[&str]) -> Vec<Announcement> {
    let ears = Room { name: "ears", announcing: Some(EARS), ..Room::default() };
    let search = search::Search::in_memory().expect("memory");
    let rooms = vec![records::room(), ears];
    let folder = sample.house.folder().to_owned();
    let house = Arc::new(House::new(sample.at(NOW).await, search, rooms, folder, true));
    let listener = house.listeners().find(|one| one.name == "records.announcement").copied();
    let listener = listener.expect("tells");
    let subject = path.replace("/wenjian/", "record:");
    let change = house.store().begin().await.expect("begins");
    for event in house.ledger().events_on(&subject).await.expect("asks") {
        let act = format!("records.{}", event.act);
        if acts.contains(&event.act.as_str()) && listener.acts.contains(&act.as_str()) {
            (listener.hear)(&house, &event, &change).await.expect("hears");
        }
    }
    let mut heard = HEARD.lock().expect("no test panics while it notes");
    let (own, others) = heard.drain(..).partition(|told| told.path == path);
    *heard = others;
    own
}

/// Corrects a record, so that it is for a group.
async fn for_a_group(sample: &Sample, path: &str) {
    let id = path.trim_start_matches("/wenjian/");
    let (desk, lin) = (sample.desk("lin").await, hand("lin"));
    let draft = correction::begin(desk, &lin, id, "公开范围有误").await.expect("begins");
    let reach = ["特定群体（村集体成员）".to_owned()];
    let head = draft.content.head.with(Field::Reach, reach);
    let head = head.with(Field::Title, ["村民名单".to_owned()]);
    let said = Content { head, ..draft.content.clone() };
    let saved = save(sample.desk("lin").await, &hand("lin"), &draft.id, 1, said, false).await;
    let Kept::Kept(draft) = saved.expect("saves") else { panic!("overtaken") };
    sample.out_at(&draft, "2026-11-27T02:00:00Z").await.expect("corrects");
}

#[tokio::test]
async fn that_an_attachment_was_read_is_news_to_nobody() {
    on_both(async |sample| {
        let name = "一览.csv".to_owned();
        let file = records::acts::File { name, bytes: "名称\n绿肥\n".into() };
        let clock = Clock::Fixed(NOW.parse().expect("a moment"));
        let text = manuscript("关于附件的通知", &[]);
        let path = sample.publish_with(&text, vec![file], clock).await.expect("out").remove(0).path;
        let read: Reader = |bytes, name| {
            Found::of(here::scan(bytes, name).map(|(_, text)| text), here::preview(bytes, name))
        };
        let (ledger, folder) = (sample.house.ledger(), sample.house.folder());
        assert_eq!(read_waiting(ledger, folder, read, 10).await.expect("reads"), 1);
        let news = told(sample, &path, &["publication", "attachment_text"]).await;
        let news: Vec<_> = news.iter().map(|told| told.became).collect();
        assert_eq!(news, [Became::Public], "it appeared, and that is all");
    })
    .await;
}

#[tokio::test]
async fn what_is_corrected_to_be_for_a_group_is_told_to_be_gone_and_nothing_of_what_it_says() {
    on_both(async |sample| {
        let text = manuscript("关于丁的通知", &[]);
        let path = sample.publish(&text).await.expect("publishes").remove(0).path;
        for_a_group(sample, &path).await;
        assert_eq!(sample.page(&path).await.0, 404);
        let news = told(sample, &path, &["correction"]).await;
        assert_eq!(news.len(), 1, "whoever was told of it hears that it is gone");
        assert_eq!(news[0].became, Became::Gone);
        assert_eq!((news[0].title.as_str(), news[0].text.as_str()), ("", ""));
    })
    .await;
}

#[tokio::test]
async fn what_always_was_for_a_group_is_not_told_of_when_it_is_corrected() {
    on_both(async |sample| {
        let group = [("目录事项", "受限征地 > 告知"), ("公开范围", "特定群体（村集体成员）")];
        let text = manuscript("征收补偿", &group);
        let path = sample.publish(&text).await.expect("publishes").remove(0).path;
        for_a_group(sample, &path).await;
        let news = told(sample, &path, &["publication", "correction"]).await;
        assert_eq!(news, [], "nobody outside ever knew of it");
    })
    .await;
}
