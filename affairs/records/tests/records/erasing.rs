//! Whoever uploads a file at the moment in which the same file is erased with a destroyed document has it
//! afterwards, or is told; no draft names a file that is not there.

use documents::{Examined, Findings};
use records::acts::drafting::begin;
use records::acts::{ActError, File, destruction, upload};
use records::store::{Attachment, Content, Draft};
use records_rules::Attribute;

use crate::drafts::{content, hand};
use crate::house::{NOW, Sample, manuscript, on_both};

/// When the worker comes by.
const LATER: &str = "2026-11-25T18:00:00Z";

/// A document of 2010 with a file, whose destruction two persons have decided; the file is still there.
async fn destroyed(sample: &Sample, title: &str, bytes: &[u8]) -> Attachment {
    let text = manuscript(
        title,
        &[
            ("成文日期", "2010-03-01"),
            ("原发布日期", "2010-03-05"),
            ("原发布日期来源", "https://old.example/1"),
            ("保管期限", "10年"),
        ],
    );
    let file = File { name: "一览表.txt".into(), bytes: bytes.to_vec() };
    let clock = ledger::Clock::Fixed(NOW.parse().expect("a moment"));
    let id = sample.publish_with(&text, vec![file], clock).await.expect("publishes").remove(0).id;
    let store = sample.house.store();
    let record = records::store::Record::find(store, &id).await.expect("reads").expect("is there");
    let by = hand("lin");
    let desk = sample.desk("lin").await;
    let found = destruction::propose(desk, &by, &[id], "无继续保存价值").await;
    let found = found.expect("proposes");
    let ledger = sample.at(NOW).await;
    let desk = ledger.desk(ledger::Actor::Person("chen".into())).await.expect("a desk");
    let done = destruction::decide(desk, &hand("chen"), &found.id, (true, "同意")).await;
    done.expect("destroys");
    record.attachments[0].clone()
}

/// Uploads a file that needs no cleaning.
async fn uploaded(sample: &Sample, at: &str, bytes: &[u8]) -> Result<Attachment, ActError> {
    let examined = Examined {
        findings: Findings::default(),
        cleaned: Ok(bytes.to_vec()),
        text: String::new(),
    };
    let desk = sample.desk_at("wang", at).await;
    let given = ("一览表.txt", bytes.to_vec());
    upload::keep(desk, sample.house.folder(), &hand("wang"), given, examined).await
}

/// Begins a draft with a file.
async fn drafted(sample: &Sample, title: &str, file: Attachment) -> Result<Draft, ActError> {
    let content = Content { files: vec![file], ..content(title) };
    let desk = sample.desk_at("wang", LATER).await;
    begin(desk, &hand("wang"), Attribute::Proactive, content).await
}

/// What lies where the copy of a file and its upload are kept.
fn lying(sample: &Sample, sha256: &str) -> [Option<Vec<u8>>; 2] {
    ["files", "originals/files"].map(|root| {
        std::fs::read(sample.house.folder().join(root).join(&sha256[..2]).join(sha256)).ok()
    })
}

#[tokio::test]
async fn what_was_uploaded_anew_since_a_destruction_is_not_erased_with_it() {
    on_both(async |sample| {
        let bytes = "甲,1".as_bytes();
        let old = destroyed(sample, "旧名单", bytes).await;
        let file = uploaded(sample, "2026-11-25T17:00:00Z", bytes).await.expect("uploads");
        assert_eq!(file.sha256, old.sha256);
        assert!(sample.work_at(LATER).await > 0);
        for there in lying(sample, &file.sha256) {
            assert_eq!(there.as_deref(), Some(bytes), "whoever uploaded it goes on");
        }
        drafted(sample, "新名单", file).await.expect("begins");
    })
    .await;
}

#[tokio::test]
async fn no_draft_names_a_file_that_was_erased_until_it_is_uploaded_again() {
    on_both(async |sample| {
        let bytes = "乙,2".as_bytes();
        // Uploaded before the decision, and not saved in time.
        let late = uploaded(sample, NOW, bytes).await.expect("uploads");
        destroyed(sample, "旧名单", bytes).await;
        sample.work_at(LATER).await;
        assert_eq!(lying(sample, &late.sha256), [None, None]);
        let refused = drafted(sample, "新名单", late).await;
        assert!(
            matches!(&refused, Err(ActError::Refused(why, _)) if why.contains("期满销毁")),
            "{refused:?}"
        );
        let again = uploaded(sample, LATER, bytes).await.expect("uploads");
        drafted(sample, "新名单", again.clone()).await.expect("begins");
        assert_eq!(lying(sample, &again.sha256), [(); 2].map(|()| Some(bytes.to_vec())));
    })
    .await;
}

#[tokio::test]
async fn an_upload_and_an_erasure_at_the_same_moment_leave_the_file_or_a_word() {
    on_both(async |sample| {
        for round in 0..8 {
            let bytes = format!("丙,{round}").into_bytes();
            destroyed(sample, &format!("旧名单{round}"), &bytes).await;
            let writes = async {
                // A little later each time, so that the two meet in the middle as well.
                tokio::time::sleep(std::time::Duration::from_millis(round * 3)).await;
                uploaded(sample, NOW, &bytes).await
            };
            let (file, _) = tokio::join!(writes, sample.work_at(LATER));
            let file = file.expect("uploads");
            let sha256 = file.sha256.clone();
            match drafted(sample, &format!("新名单{round}"), file).await {
                Ok(_) => assert_eq!(lying(sample, &sha256)[0], Some(bytes), "round {round}"),
                Err(refused) => assert!(matches!(refused, ActError::Refused(..)), "{refused:?}"),
            }
        }
    })
    .await;
}

#[tokio::test]
async fn no_draft_takes_a_file_from_the_decision_on_whatever_becomes_of_the_erasure() {
    on_both(async |sample| {
        let bytes = "丁,4".as_bytes();
        let late = uploaded(sample, NOW, bytes).await.expect("uploads");
        destroyed(sample, "旧名单", bytes).await;
        // The worker was killed between the file and the transaction: the one is gone, of the other nothing.
        for root in ["files", "originals/files"] {
            let place = sample.house.folder().join(root).join(&late.sha256[..2]);
            std::fs::remove_file(place.join(&late.sha256)).expect("was there");
        }
        let refused = drafted(sample, "新名单", late).await;
        assert!(matches!(&refused, Err(ActError::Refused(..))), "{refused:?}");
        let again = uploaded(sample, "2026-11-25T17:00:00Z", bytes).await.expect("uploads");
        drafted(sample, "新名单", again.clone()).await.expect("begins");
        assert!(sample.work_at(LATER).await > 0);
        assert_eq!(lying(sample, &again.sha256), [(); 2].map(|()| Some(bytes.to_vec())));
    })
    .await;
}

#[tokio::test]
async fn two_drafts_with_the_same_files_in_another_order_do_not_wait_for_one_another() {
    on_both(async |sample| {
        let file = |number: usize| Attachment {
            name: format!("{number}.txt"),
            media_type: "text/plain".into(),
            size: 1,
            sha256: format!("{number:064}"),
        };
        for round in 0..6 {
            let files: Vec<_> = (0..40).map(|at| file(round * 40 + at)).collect();
            let turned: Vec<_> = files.iter().rev().cloned().collect();
            let begins = async |files: Vec<Attachment>| {
                let desk = sample.desk_at("wang", LATER).await;
                let content = Content { files, ..content("名单") };
                begin(desk, &hand("wang"), Attribute::Proactive, content).await
            };
            let (one, other) = tokio::join!(begins(files), begins(turned));
            one.expect("begins");
            other.expect("begins");
        }
    })
    .await;
}
