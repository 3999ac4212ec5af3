//! What published attachments say: read from the clean copy, kept once, told to the search, gone with the file.

use documents::examining::here;
use ledger::Clock;
use records::acts::attachment_text::{Found, Reader, read_waiting};
use records::acts::withdrawal::emergency;
use store::Statements;

use super::drafts::hand;
use super::house::{NOW, Sample, manuscript, on_both};

const READ: Reader = |bytes, name| {
    Found::of(here::scan(bytes, name).map(|(_, text)| text), here::preview(bytes, name))
};

async fn published(sample: &Sample, title: &str, (name, text): (&str, &str)) -> String {
    let file = records::acts::File { name: name.into(), bytes: text.as_bytes().to_vec() };
    let clock = Clock::Fixed(NOW.parse().expect("a moment"));
    let out = sample.publish_with(&manuscript(title, &[]), vec![file], clock).await;
    format!("record:{}", out.expect("publishes")[0].id)
}

/// The documents in whose attachments the index would find a word.
async fn saying(sample: &Sample, word: &str) -> Vec<String> {
    let source = records::room().search.expect("records are found");
    let (documents, _) = (source.batch)(&sample.house, None).await.expect("reads");
    let says = |one: &search::SearchDocument| one.attachments.iter().any(|a| a.text.contains(word));
    documents.into_iter().filter(says).map(|one| one.id).collect()
}

async fn texts(sample: &Sample) -> i64 {
    let sql = "SELECT COUNT(*) FROM record_attachment_text WHERE state = 'read'";
    sample.house.store().number(sql, vec![]).await.expect("counts").unwrap_or_default()
}

#[tokio::test]
async fn what_an_attachment_says_is_read_once_and_told_of_every_record_with_it() {
    on_both(async |sample| {
        let first = published(sample, "甲通知", ("一览.csv", "名称,说明\n紫云英,绿肥\n")).await;
        let second = published(sample, "乙通知", ("又一览.csv", "名称,说明\n紫云英,绿肥\n")).await;
        assert!(saying(sample, "紫云英").await.is_empty());
        let (ledger, folder) = (sample.house.ledger(), sample.house.folder());
        let read = async || read_waiting(ledger, folder, READ, 10).await.expect("reads");
        assert_eq!(read().await, 1, "one file, of which both records hear");
        assert_eq!((read().await, texts(sample).await), (0, 1), "the same content is read once");
        assert_eq!(saying(sample, "紫云英").await, [first.as_str(), second.as_str()]);
        for subject in [&first, &second] {
            let events = ledger.events_on(subject).await.expect("asks");
            let last = events.last().expect("an entry");
            let heard = records::room().listeners.into_iter().find(|l| l.name == "records.search");
            assert!(
                heard.expect("the index").acts.contains(&format!("records.{}", last.act).as_str())
            );
        }
        let id = first.trim_start_matches("record:");
        let desk = sample.desk("bao").await;
        emergency(desk, &hand("bao"), id, "含有公民身份号码").await.expect("withdraws");
        assert_eq!(saying(sample, "紫云英").await, [second]);
    })
    .await;
}

#[tokio::test]
async fn a_form_attached_to_more_documents_than_a_step_reads_is_found_with_each_of_them() {
    on_both(async |sample| {
        let mut all = Vec::new();
        for title in ["甲通知", "乙通知", "丙通知"] {
            all.push(published(sample, title, ("申请表.csv", "名称\n紫云英\n")).await);
        }
        published(sample, "丁通知", ("别的表.csv", "名称\n苜蓿\n")).await;
        let (ledger, folder) = (sample.house.ledger(), sample.house.folder());
        let read = async || read_waiting(ledger, folder, READ, 1).await.expect("reads");
        assert_eq!((read().await, read().await, read().await), (1, 1, 0), "a content at a time");
        for subject in &all {
            let events = ledger.events_on(subject).await.expect("asks");
            let told = events.iter().filter(|event| event.act == "attachment_text").count();
            assert_eq!(told, 1, "the search hears of {subject}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_file_that_cannot_be_read_is_not_tried_for_ever() {
    on_both(async |sample| {
        published(sample, "丙通知", ("表.csv", "名称\n紫云英\n")).await;
        let (ledger, folder) = (sample.house.ledger(), sample.house.folder());
        let broken: Reader = |_, _| Found::default();
        assert_eq!(read_waiting(ledger, folder, broken, 10).await.expect("tries"), 1);
        assert_eq!(read_waiting(ledger, folder, READ, 10).await.expect("asks"), 0);
        assert_eq!(texts(sample).await, 0);
    })
    .await;
}
