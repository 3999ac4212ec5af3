//! 转主动公开 (第四十四条): a draft begins because information was given to one who asked; it goes through its own
//! review, and the record says where it comes from and names nobody.

use axum::http::StatusCode;
use ledger::{Actor, Entry};
use records::acts::drafting::{drop_draft, save};
use records::store::{ConvertedDraft, Draft, DraftLine, DraftState};
use records_rules::Field;
use serde_json::json;
use store::Statements;

use super::drafts::{content, hand};
use super::house::{NOW, Sample, on_both};

/// Another room tells of what is to be published.
async fn told(sample: &Sample, source: &str, publish: bool) {
    let actor = Actor::Officer { person: "lin".into(), post: "post-lin".into() };
    let mut desk = sample.at(NOW).await.desk(actor).await.expect("a desk");
    let many = desk.change().number("SELECT COUNT(*) FROM ledger_parcel", vec![]).await;
    let parcel = format!("{source}-{}", many.expect("counts").unwrap_or_default());
    let text = "# 答复\n\n每户五百元。";
    ledger::parcel::enclose(desk.change(), &parcel, text).await.expect("laid down");
    let facts = json!({
        "publish": publish,
        "title": "2025年补贴标准",
        "parcel": parcel,
        "path": "/gongzuo/shenqing/1",
        "unit": "",
    });
    desk.record(Entry {
        room: "requests",
        act: "conversion",
        subject: source.into(),
        organ: "XM00002".into(),
        basis: "《政府信息公开条例》第四十四条".into(),
        facts,
    })
    .await
    .expect("records");
    desk.seal().await.expect("sealed");
    sample.work_at(NOW).await;
}

async fn drafts(sample: &Sample) -> usize {
    DraftLine::of_organ(sample.house.store(), "XM00002").await.expect("lists").len()
}

#[tokio::test]
async fn what_was_asked_for_begins_as_a_draft_once_and_only_where_it_is_to_be_published() {
    on_both(async |sample| {
        told(sample, "several:1", false).await;
        assert_eq!(drafts(sample).await, 0, "it is not to be published");
        told(sample, "request:1", true).await;
        told(sample, "request:1", true).await;
        assert_eq!(drafts(sample).await, 1, "told twice it is one draft");
        let store = sample.house.store();
        let begun = ConvertedDraft::of_source(store, "request:1").await.expect("asks");
        let begun = begun.expect("begun");
        assert_eq!(begun.path, "/gongzuo/shenqing/1");
        let draft = Draft::find(store, "XM00002", &begun.draft).await.expect("asks");
        let draft = draft.expect("is there");
        assert_eq!(
            (draft.state, draft.author.as_str(), draft.content.head.get(Field::Title)),
            (DraftState::Draft, "lin", "2025年补贴标准")
        );
        assert!(draft.content.body.contains("每户五百元"), "{}", draft.content.body);
        let sql = "SELECT COUNT(*) FROM ledger_parcel WHERE id LIKE 'request:1%' AND text <> ''";
        let left = store.number(sql, vec![]).await.expect("counts");
        assert_eq!(left, Some(0), "what was handed over is kept nowhere else");
    })
    .await;
}

#[tokio::test]
async fn a_draft_that_was_thrown_away_tells_so_and_may_be_begun_anew() {
    on_both(async |sample| {
        told(sample, "request:3", true).await;
        let store = sample.house.store();
        let first = ConvertedDraft::of_source(store, "request:3").await.expect("asks");
        let first = first.expect("begun").draft;
        drop_draft(sample.desk("lin").await, &hand("lin"), &first).await.expect("drops");
        let entries = sample.house.ledger().events_on(&format!("draft:{first}")).await;
        let entries = entries.expect("reads");
        let told_so = entries.iter().find(|one| one.act == "deletion").expect("told");
        assert_eq!(told_so.facts["source"], "request:3");
        told(sample, "request:3", true).await;
        let second = ConvertedDraft::of_source(store, "request:3").await.expect("asks");
        let second = second.expect("begun anew").draft;
        assert_ne!(second, first);
        let draft = Draft::find(store, "XM00002", &second).await.expect("asks").expect("there");
        assert_eq!(draft.state, DraftState::Draft);
        assert!(draft.content.body.contains("每户五百元"), "{}", draft.content.body);
        told(sample, "request:3", true).await;
        assert_eq!(drafts(sample).await, 1, "told again it stays one");
    })
    .await;
}

#[tokio::test]
async fn the_record_it_becomes_after_its_own_review_says_so_and_tells_whoever_asked() {
    on_both(async |sample| {
        told(sample, "request:2", true).await;
        let store = sample.house.store();
        let begun = ConvertedDraft::of_source(store, "request:2").await.expect("asks");
        let begun = begun.expect("begun");
        let draft = Draft::find(store, "XM00002", &begun.draft).await.expect("asks");
        let draft = draft.expect("is there");
        let more = content("2025年补贴标准").head;
        let whole = records::store::Content { head: more, ..draft.content.clone() };
        let (desk, lin) = (sample.desk("lin").await, hand("lin"));
        let saved = save(desk, &lin, &draft.id, draft.revision, whole, false).await;
        saved.expect("saved");
        let draft = Draft::find(store, "XM00002", &draft.id).await.expect("asks").expect("there");
        let published = sample.out_at(&draft, NOW).await.expect("published");
        let (status, page) = sample.page(&published.path).await;
        assert_eq!(status, StatusCode::OK);
        assert!(page.contains("由依申请公开转为主动公开"), "{page}");
        assert!(page.contains("href=\"/shenqing\"") && !page.contains("request:2"), "{page}");
        let subject = format!("record:{}", published.id);
        let entries = sample.house.ledger().events_on(&subject).await.expect("reads");
        let told = entries.iter().find(|one| one.act == "converted").expect("told");
        assert_eq!(told.facts["source"], "request:2");
        let other = sample.publish(&super::house::manuscript("乙", &[])).await.expect("publishes");
        let (_, page) = sample.page(&other[0].path).await;
        assert!(!page.contains("由依申请公开"), "others do not say so");
    })
    .await;
}
