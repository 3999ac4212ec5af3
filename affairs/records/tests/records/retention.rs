//! 提供、移交、销毁: a batch with its receipt, and what two persons destroy when its time is over; and the
//! package that is read without us.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::path::Path;
use std::process::Command;

use axum::http::StatusCode;
use law::day;
use ledger::LogKey;
use records::acts::{ActError, Hand, Submission, deposit, destruction, intake, retention};
use records::archive;
use records::store::{DepositBatch, Destruction, DestructionState, KeptRecord, Record};
use records_rules::{Deposit, Retention};
use sha2::{Digest, Sha256};
use store::Statements;

use super::drafts::hand;
use super::house::{NOW, Sample, TODAY, drafter, manuscript, on_both};

/// A document of 2010, taken over from the site that was there before.
pub fn old(title: &str, retention: &str) -> String {
    manuscript(
        title,
        &[
            ("成文日期", "2010-03-01"),
            ("原发布日期", "2010-03-05"),
            ("原发布日期来源", "https://old.example/1"),
            ("保管期限", retention),
        ],
    )
}

pub async fn published(sample: &Sample, text: &str) -> String {
    let file = records::acts::File { name: "一览表.txt".into(), bytes: "甲,1".into() };
    let clock = ledger::Clock::Fixed(NOW.parse().expect("a moment"));
    let out = sample.publish_with(text, vec![file], clock).await.expect("publishes");
    out[0].id.clone()
}

async fn proposed(sample: &Sample, by: &Hand, ids: &[String]) -> Result<Destruction, ActError> {
    let desk = sample.desk(&by.person).await;
    destruction::propose(desk, by, ids, "复制件，无继续保存价值").await
}

async fn refused(sample: &Sample, sql: &str, words: &str) {
    let change = sample.house.store().begin().await.expect("begins");
    let told = format!("{:?}", change.run(sql, vec![]).await.expect_err(sql));
    assert!(told.contains(words), "{sql}: {told}");
}

#[tokio::test]
async fn a_batch_goes_once_with_its_list_and_its_receipt_comes_back() {
    on_both(async |sample| {
        let id = published(sample, &manuscript("甲", &[])).await;
        let store = sample.house.store();
        let due = KeptRecord::to_supply(store, "XM00002").await.expect("lists");
        let (by, ids) = (hand("lin"), [id]);
        assert_eq!(due.iter().map(|one| one.id.clone()).collect::<Vec<_>>(), ids);
        let make = async |receiver: &str| {
            let desk = sample.desk("lin").await;
            deposit::make(desk, &by, Deposit::Supply, receiver, &ids).await
        };
        assert!(make(" ").await.is_err(), "it says to whom");
        let batch = make("市档案馆").await.expect("a batch");
        assert!(KeptRecord::to_supply(store, "XM00002").await.expect("lists").is_empty());
        let again = make("市档案馆").await;
        assert!(matches!(again, Err(ActError::Refused(why, _)) if why.contains("另一批")));
        let receive = async |on| {
            let desk = sample.desk("lin").await;
            deposit::receive(desk, &by, &batch.id, ("2026-17", on, "苏某")).await
        };
        assert!(receive(Some(day(2026, 12, 1))).await.is_err(), "not of tomorrow");
        receive(Some(TODAY)).await.expect("a receipt");
        assert!(receive(Some(TODAY)).await.is_err(), "one receipt");
        let found = DepositBatch::find(store, &batch.id).await.expect("asks").expect("is there");
        assert_eq!(found.receipt.map(|receipt| receipt[1].clone()), Some(TODAY.to_string()));
        refused(sample, "DELETE FROM record_deposit_item", "移交清单不能改动").await;
    })
    .await;
}

#[tokio::test]
async fn what_is_kept_for_ever_or_still_in_its_time_is_not_destroyed_whoever_asks() {
    on_both(async |sample| {
        for (text, words) in [
            (old("永久的", "永久"), "永久保管"),
            (old("三十年的", "30年"), "期限未满"),
            (manuscript("没定的", &[]), "没定保管期限"),
        ] {
            let id = published(sample, &text).await;
            let done = proposed(sample, &hand("lin"), &[id]).await;
            assert!(
                matches!(&done, Err(ActError::Refused(why, _)) if why.contains(words)),
                "{done:?}"
            );
        }
        let id = published(sample, &old("十年的", "10年")).await;
        let one = std::slice::from_ref(&id);
        let (lin, chen) = (hand("lin"), hand("chen"));
        let desk = sample.desk("lin").await;
        retention::set(desk, &lin, one, Retention::Ten).await.expect("as long as before");
        let found = proposed(sample, &hand("lin"), std::slice::from_ref(&id)).await;
        let found = found.expect("proposes");
        // It was appraised as worth keeping meanwhile: it stays.
        let desk = sample.desk("chen").await;
        retention::set(desk, &chen, one, Retention::Permanent).await.expect("longer");
        let desk = sample.desk("chen").await;
        let shorter = retention::set(desk, &chen, one, Retention::Ten).await;
        assert!(matches!(shorter, Err(ActError::Refused(why, _)) if why.contains("不能缩短")));
        let desk = sample.desk("chen").await;
        let done = destruction::decide(desk, &hand("chen"), &found.id, (true, "同意")).await;
        assert!(
            matches!(&done, Err(ActError::Refused(why, _)) if why.contains("永久保管")),
            "{done:?}"
        );
        let sql = "UPDATE record_destruction SET state = 'done', decided_by = 'chen'";
        refused(sample, sql, "不能销毁").await;
        let sql = "INSERT INTO record_destruction_item (destruction, record, retention, ended_on)
                   SELECT d.id, r.id, '10年', '2020-12-31' FROM record_destruction d, record r
                    WHERE r.retention = '永久' AND r.title = '永久的'";
        refused(sample, sql, "不能销毁").await;
        refused(sample, "UPDATE record SET body = '', plain = ''", "不能在原地修改").await;
    })
    .await;
}

#[tokio::test]
async fn one_person_alone_destroys_nothing_whatever_post_is_used() {
    on_both(async |sample| {
        let id = published(sample, &old("十年的", "10年")).await;
        let desk = sample.desk("lin").await;
        let ids = [id];
        let lin = Hand { stands_in_for: Some("wang".into()), ..hand("lin") };
        let found = destruction::propose(desk, &lin, &ids, "无保存价值").await;
        let found = found.expect("proposes");
        for (person, stands_for) in
            [("lin", None), ("chen", Some("lin")), ("wang", None), ("chen", Some("wang"))]
        {
            let desk = sample.desk(person).await;
            let stands_in_for = stands_for.map(str::to_owned);
            let by = Hand { stands_in_for, ..hand(person) };
            let done = destruction::decide(desk, &by, &found.id, (true, "同意")).await;
            assert!(
                matches!(&done, Err(ActError::Refused(why, _)) if why.contains("不能自己决定")),
                "{person} {stands_for:?}: {done:?}"
            );
        }
        for person in ["lin", "wang"] {
            let sql =
                format!("UPDATE record_destruction SET state = 'done', decided_by = '{person}'");
            let change = sample.house.store().begin().await.expect("begins");
            change.run(&sql, vec![]).await.expect_err("the database refuses");
        }
        let change = sample.house.store().begin().await.expect("begins");
        let sql = "UPDATE record_destruction SET state = 'done'";
        change.run(sql, vec![]).await.expect_err("the database refuses");
    })
    .await;
}

/// The upload that a published copy was made of, kept in custody, where an upload is put.
async fn uploaded(sample: &Sample, copy: &str) -> std::path::PathBuf {
    let upload = format!("{}0", &"a".repeat(63));
    let place = sample.house.folder().join("originals").join("files").join("aa");
    std::fs::create_dir_all(&place).expect("a folder");
    std::fs::write(place.join(&upload), "原件").expect("writes");
    let change = sample.house.store().begin().await.expect("begins");
    let sql = "INSERT INTO record_original (id, organ, copy, sha256, name, size, person,
                                            person_name, kept_at)
               VALUES ('o', 'XM00002', $1, $2, '原件.txt', 6, 'lin', '林某', '')";
    let values = vec![copy.into(), upload.clone().into()];
    change.run(sql, values).await.expect("keeps");
    change.commit().await.expect("commits");
    place.join(upload)
}

#[tokio::test]
async fn what_two_persons_destroy_is_gone_and_its_fact_stays() {
    on_both(async |sample| {
        let key = LogKey::open_or_make(&sample.house.folder().join(format!("key-{}", uuid::Uuid::now_v7())), Some("a.example/d"));
        let (key, ledger) = (key.expect("a key"), sample.house.ledger());
        ledger.found_log(ledger::Actor::Timer, &key).await.expect("founds");
        let id = published(sample, &old("十年的", "10年")).await;
        let twin = published(sample, &old("同一附件", "10年")).await;
        let store = sample.house.store();
        let file = Record::find(store, &id).await.expect("asks").expect("is shown");
        let sha256 = file.attachments[0].sha256.clone();
        let path = sample.house.folder().join("files").join(&sha256[..2]).join(&sha256);
        let upload = uploaded(sample, &sha256).await;
        let own = sample.house.folder().join("originals/files").join(&sha256[..2]).join(&sha256);
        assert!(own.exists(), "it was uploaded itself");
        let found = proposed(sample, &hand("lin"), std::slice::from_ref(&id)).await;
        let found = found.expect("proposes");
        let desk = ledger.desk(ledger::Actor::Person("chen".into())).await.expect("a desk");
        destruction::decide(desk, &hand("chen"), &found.id, (true, "同意"))
            .await
            .expect("destroys");
        sample.work_at("2026-11-25T18:00:00Z").await;
        assert!(path.exists(), "another document has the same file");
        assert!(upload.exists() && own.exists(), "and its uploads");
        let found = Destruction::find(store, "XM00002", &found.id).await.expect("asks");
        assert_eq!(found.map(|one| one.state), Some(DestructionState::Done));
        assert!(Record::find(store, &id).await.expect("asks").is_none());
        let sql = "SELECT COUNT(*) FROM record WHERE id = $1 AND body = '' AND plain = '' AND title <> ''";
        assert_eq!(store.number(sql, vec![id.clone().into()]).await.expect("counts"), Some(1));
        let (status, page) = sample.page(&format!("/wenjian/{id}")).await;
        assert!(status == StatusCode::GONE && page.contains("经鉴定已销毁"), "{status} {page}");
        let history = ledger.log().history(&format!("record:{id}")).await.expect("lists");
        let words: Vec<_> = history.iter().map(|leaf| leaf.body.words()).collect();
        assert_eq!(words, ["发布", "销毁（保管期满）"]);
        assert!(history[0].opens, "only what was published in error loses its salt");
        ledger.log().grow(&key).await.expect("grows");
        assert_eq!(ledger.log().scrub().await.expect("counts").unsound, vec![]);
        let entries = ledger.events_on(&format!("record:{id}")).await.expect("lists");
        assert!(entries.iter().any(|event| event.act == "destruction" && event.basis.contains("档案法")));
        refused(sample, "UPDATE record SET withdrawn = 0", "不能恢复公开").await;
        refused(sample, &format!("UPDATE record SET body = 'x' WHERE id = '{id}'"), "不能在原地修改").await;
        refused(sample, "UPDATE record_destruction SET reason = 'x'", "不能改动").await;
        // The last document that has the file takes it along.
        let found = proposed(sample, &hand("lin"), &[twin]).await.expect("proposes");
        let desk = ledger.desk(ledger::Actor::Person("chen".into())).await.expect("a desk");
        destruction::decide(desk, &hand("chen"), &found.id, (true, "同意"))
            .await
            .expect("destroys");
        sample.work_at("2026-11-25T18:00:00Z").await;
        assert!(!path.exists(), "the file is gone");
        assert!(!upload.exists() && !own.exists(), "and the uploads it was made of");
        let bytes = archive::of_record(ledger, sample.house.folder(), &id).await.expect("packs");
        let index = KeptRecord::find(store, "XM00002", &id).await.expect("asks").expect("one").index;
        let by_index = archive::of_record(ledger, sample.house.folder(), &format!(" {index} ")).await;
        assert_eq!(by_index.expect("packs").len(), bytes.len(), "it is known by its 索引号 as well");
        let none = archive::of_record(ledger, sample.house.folder(), "XM00002-0201-1999-00001").await;
        assert!(matches!(none, Err(archive::Unpacked::None)));
        let page = &opened(&bytes)["guidangbao/data/records/0001/document.html"];
        assert!(String::from_utf8_lossy(page).contains("正文已经销毁"));
    })
    .await;
}

#[tokio::test]
async fn what_a_draft_still_holds_is_not_taken_away_with_the_document_that_had_it_too() {
    on_both(async |sample| {
        let id = published(sample, &old("十年的", "10年")).await;
        let file = sample.clean_file("一览表.txt", "甲,1".as_bytes()).await;
        let folder = sample.house.folder();
        let below = |root: &str| folder.join(root).join(&file.sha256[..2]).join(&file.sha256);
        let (copy, original) = (below("files"), below("originals/files"));
        let text = manuscript("新稿", &[]);
        let given = Submission::read_all(&text, TODAY).expect("a manuscript").remove(0);
        let (by, desk) = (drafter("XM00002"), sample.desk("lin").await);
        let begun = intake::begin(desk, folder, &by, given.keeping(vec![file.clone()])).await;
        begun.expect("a draft");
        let found = proposed(sample, &hand("lin"), &[id]).await.expect("proposes");
        let desk = sample.desk("chen").await;
        let done = destruction::decide(desk, &hand("chen"), &found.id, (true, "同意")).await;
        done.expect("destroys");
        sample.work_at("2026-11-25T18:00:00Z").await;
        assert!(copy.exists(), "the draft will be published with it");
        assert!(original.exists(), "and its upload is in custody");
    })
    .await;
}

/// What is in a ZIP.
fn opened(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).expect("a ZIP");
    let mut files = BTreeMap::new();
    for at in 0..zip.len() {
        let mut file = zip.by_index(at).expect("a file");
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).expect("reads");
        let name = file.name().expect("a name").into_owned();
        files.insert(name, bytes);
    }
    files
}

/// Runs the package's own script on what lies in a folder; what it says last, and whether it is content.
fn verified(folder: &Path, key: &str) -> (bool, String) {
    let script = folder.join("guidangbao/data/verify.py");
    let told = Command::new("python3").arg(script).arg(key).output().expect("python3 runs");
    let text = String::from_utf8_lossy(&told.stdout).into_owned();
    let errors = String::from_utf8_lossy(&told.stderr).into_owned();
    (told.status.success(), format!("{text}{errors}"))
}

#[tokio::test]
async fn a_package_is_read_and_checked_with_nothing_of_ours() {
    on_both(async |sample| {
        let folder = sample.house.folder();
        let key = LogKey::open_or_make(
            &folder.join(format!("key-{}", uuid::Uuid::now_v7())),
            Some("a.example/log"),
        );
        let (key, ledger) = (key.expect("a key"), sample.house.ledger());
        ledger.found_log(ledger::Actor::Timer, &key).await.expect("founds");
        let titles = ["甲：带附件/的", "乙", "丙"];
        let mut ids = Vec::new();
        for title in titles {
            ids.push(published(sample, &manuscript(title, &[("保管期限", "永久")])).await);
        }
        ledger.log().grow(&key).await.expect("grows");
        let desk = sample.desk("lin").await;
        let by = hand("lin");
        let batch = deposit::make(desk, &by, Deposit::Supply, "市档案馆", &ids).await;
        let batch = batch.expect("a batch");
        let bytes = archive::of_batch(ledger, folder, &batch.id).await.expect("packs");
        let files = opened(&bytes);
        // With sha2: every line of the manifest, and nothing beside it.
        let manifest = String::from_utf8(files["guidangbao/manifest-sha256.txt"].clone());
        let manifest = manifest.expect("text");
        for line in manifest.lines() {
            let (digest, path) = line.split_once("  ").expect("digest and path");
            let own = Sha256::digest(&files[&format!("guidangbao/{path}")]);
            let own: String = own.iter().map(|byte| format!("{byte:02x}")).collect();
            assert_eq!(own, digest, "{path}");
        }
        let payload = files.keys().filter(|path| path.starts_with("guidangbao/data/")).count();
        assert_eq!(payload, manifest.lines().count());
        // With tlog: each leaf under the signed checkpoint.
        let text = String::from_utf8(files["guidangbao/data/log/vkey.txt"].clone()).expect("text");
        assert_eq!(text.trim(), key.vkey());
        let verifier = tlog::Verifier::parse(&key.vkey(), tlog::Kind::Note).expect("a key");
        let leaves = files.keys().filter_map(|path| path.strip_suffix(".leaf.json"));
        let leaves: Vec<_> = leaves.collect();
        assert_eq!(leaves.len(), 3);
        for stem in leaves {
            let proof = String::from_utf8(files[&format!("{stem}.tlog-proof")].clone());
            let proof = tlog::Proof::parse(&proof.expect("text")).expect("a proof");
            proof
                .check(&files[&format!("{stem}.leaf.json")], &verifier)
                .expect("stands in the log");
        }
        for (at, title) in (1..).zip(titles) {
            let page = &files[&format!("guidangbao/data/records/{at:04}/document.html")];
            assert!(String::from_utf8_lossy(page).contains(title), "{title}");
        }
        checked_by_script(folder, &files, &key.vkey(), &manifest);
    })
    .await;
}

/// The script that lies in the package finds it sound, and every change in it.
fn checked_by_script(folder: &Path, files: &BTreeMap<String, Vec<u8>>, key: &str, manifest: &str) {
    // With the script that lies in the package.
    let place = folder.join("opened");
    for (path, bytes) in files {
        let path = place.join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, bytes).expect("writes");
    }
    let (sound, told) = verified(&place, key);
    assert!(sound && told.contains("日志条目 3 条有证明"), "{told}");
    assert_eq!(told.trim().lines().last(), Some("核对通过"), "{told}");
    let other = LogKey::open_or_make(
        &folder.join(format!("key-{}", uuid::Uuid::now_v7())),
        Some("a.example/log"),
    );
    let (sound, told) = verified(&place, &other.expect("a key").vkey());
    assert!(!sound && told.contains("没有日志的签名"), "{told}");
    for (path, words) in [
        ("data/records/0001/document.txt", "改动过"),
        ("data/records/0002/files/01-一览表.txt", "改动过"),
        ("data/log/checkpoint.txt", "改动过"),
    ] {
        let path = place.join("guidangbao").join(path);
        let whole = std::fs::read(&path).expect("reads");
        std::fs::write(&path, [&whole[..], b" "].concat()).expect("writes");
        let (sound, told) = verified(&place, key);
        assert!(!sound && told.contains(words), "{told}");
        std::fs::write(&path, whole).expect("writes");
    }
    forged(&place, key, manifest);
    std::fs::remove_dir_all(place).expect("removes");
}

/// A text changed together with every manifest is still found out: the log tells another digest.
fn forged(place: &Path, key: &str, manifest: &str) {
    let bag = place.join("guidangbao");
    let hex = |bytes: &[u8]| -> String {
        Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
    };
    let path = "data/records/0001/document.txt";
    let whole = std::fs::read(bag.join(path)).expect("reads");
    let other = [&whole[..], "改".as_bytes()].concat();
    std::fs::write(bag.join(path), &other).expect("writes");
    let line = |bytes: &[u8]| format!("{}  {path}", hex(bytes));
    let told = manifest.replace(&line(&whole), &line(&other));
    std::fs::write(bag.join("manifest-sha256.txt"), &told).expect("writes");
    let tags = std::fs::read_to_string(bag.join("tagmanifest-sha256.txt")).expect("reads");
    let tags = tags.replace(&hex(manifest.as_bytes()), &hex(told.as_bytes()));
    std::fs::write(bag.join("tagmanifest-sha256.txt"), tags).expect("writes");
    let (sound, told) = verified(place, key);
    assert!(!sound && told.contains("正文与日志里的不符"), "{told}");
}
