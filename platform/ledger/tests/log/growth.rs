//! Leaves get their places in the act; the tree grows over them once, whoever lets it grow.

use ledger::{Clock, LogKey};
use store::Place;
use tlog::{Checkpoint, Hash, Kind, Note, Tile, TileOf, Verifier, leaf_hash, root_of};

use super::house::{Sample, entry, on_both, open, operator, publication};

fn checkpoint(text: &str, key: &LogKey) -> Checkpoint {
    let verifier = Verifier::parse(&key.vkey(), Kind::Note).expect("a key");
    Checkpoint::open(&Note::parse(text).expect("a note"), &verifier).expect("ours")
}

/// Reads the whole log as a stranger does and checks that everything fits together.
async fn check_as_a_stranger(sample: &Sample, key: &LogKey, size: u64) {
    let log = sample.ledger.log();
    let text = log.checkpoint_text().await.expect("asks").expect("is signed");
    let head = checkpoint(&text, key);
    assert_eq!(head.size, size);
    let mut entries: Vec<Vec<u8>> = Vec::new();
    let mut levels: Vec<Vec<Hash>> = Vec::new();
    for tile in Tile::all(size) {
        let bytes = log.tile(tile).await.expect("asks").unwrap_or_else(|| panic!("{tile}"));
        match tile.of {
            TileOf::Entries => {
                let own = tlog::entries_of(&bytes).expect("a bundle");
                entries.extend(own.into_iter().map(<[u8]>::to_vec));
            }
            TileOf::Hashes(level) => {
                levels.resize(levels.len().max(level as usize + 1), vec![]);
                let hashes = bytes.chunks_exact(32).map(|hash| Hash::try_from(hash).expect("32"));
                levels[level as usize].extend(hashes);
            }
        }
    }
    let leaves: Vec<Hash> = entries.iter().map(|entry| leaf_hash(entry)).collect();
    assert_eq!((leaves.len() as u64, root_of(&leaves)), (size, head.root));
    let mut expected = leaves.clone();
    for level in &levels {
        assert_eq!(*level, expected);
        expected = expected.chunks_exact(256).map(root_of).collect();
    }
    assert_eq!(expected, Vec::<Hash>::new());
    let verifier = Verifier::parse(&key.vkey(), Kind::Note).expect("a key");
    for index in (0..size).step_by(37).chain(size.checked_sub(1)) {
        let proof = log.proof(index as i64).await.expect("asks").expect("a proof");
        let read = tlog::Proof::parse(&proof.to_text()).expect("a proof");
        assert!(read.check(&entries[index as usize], &verifier).is_ok(), "{index} of {size}");
    }
    for tile in [
        Tile { of: TileOf::Hashes(0), index: size / 256, width: size % 256 + 1 },
        Tile { of: TileOf::Entries, index: size / 256 + 1, width: 1 },
    ] {
        assert_eq!(log.tile(tile).await.expect("asks"), None, "{tile} is not there yet");
    }
}

#[tokio::test]
async fn the_log_is_whole_at_every_size_and_keeps_what_it_served_before() {
    on_both(async |sample| {
        let key = sample.key().await;
        let mut before: Vec<(Tile, Vec<u8>)> = Vec::new();
        let mut from = 0;
        for size in [0, 1, 2, 255, 256, 257, 511, 512, 1000] {
            if size > from {
                sample.publish(from, size - from).await;
                from = size;
            }
            let grown = sample.ledger.log().grow(&key).await.expect("grows").expect("anew");
            assert_eq!(grown.size, size);
            assert_eq!(sample.ledger.log().grow(&key).await.expect("asks"), None, "only once");
            check_as_a_stranger(&sample, &key, size).await;
            for (tile, bytes) in &before {
                let now = sample.ledger.log().tile(*tile).await.expect("asks");
                assert_eq!(now.as_ref(), Some(bytes), "{tile} at {size}");
            }
            for tile in Tile::all(size) {
                let bytes = sample.ledger.log().tile(tile).await.expect("asks").expect("is there");
                before.push((tile, bytes));
            }
        }
        let found = sample.ledger.log().scrub().await.expect("counts");
        assert_eq!((found.leaves, found.checkpoints, found.opened), (1000, 9, 1000));
        assert_eq!(found.unsound, vec![]);
    })
    .await;
}

#[tokio::test]
async fn each_act_has_its_leaf_and_an_act_given_up_has_none() {
    on_both(async |sample| {
        sample.act(vec![publication("record:a", "一"), publication("record:b", "二")]).await;
        let mut desk = sample.ledger.desk(operator()).await.expect("a desk");
        assert!(desk.publish_leaf(publication("record:c", "三")).is_err(), "nothing was recorded");
        desk.record(entry("record:c")).await.expect("records");
        desk.publish_leaf(publication("record:c", "三")).expect("takes it");
        drop(desk);
        sample.act(vec![publication("record:a", "一改").correcting()]).await;
        let history = sample.ledger.log().history("record:a").await.expect("asks");
        let told: Vec<_> =
            history.iter().map(|leaf| (leaf.position, leaf.body.version, leaf.body.prev)).collect();
        assert_eq!(told, [(0, 1, None), (2, 2, Some(0))]);
        assert_eq!(sample.ledger.log().history("record:c").await.expect("asks"), vec![]);
        assert_eq!(sample.ledger.log().waiting().await.expect("asks"), 3);
        assert_eq!(sample.ledger.log().proof(0).await.expect("asks"), None, "no checkpoint yet");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn many_who_publish_and_many_who_sign_make_one_history() {
    on_both(async |sample| {
        let key = sample.key().await;
        let (sample, key) = (&sample, &key);
        let log = sample.ledger.log();
        let publishing = (0..8_u64).map(|writer| async move {
            for round in 0..12 {
                sample.publish(writer * 1000 + round * 10, 3).await;
            }
        });
        let signing = (0..4).map(|_| {
            let log = log.clone();
            async move {
                for _ in 0..25 {
                    log.grow(key).await.expect("grows");
                    tokio::task::yield_now().await;
                }
            }
        });
        let mut all: Vec<std::pin::Pin<Box<dyn Future<Output = ()>>>> = Vec::new();
        all.extend(publishing.map(|one| Box::pin(one) as _));
        all.extend(signing.map(|one| Box::pin(one) as _));
        join(all).await;
        log.grow(key).await.expect("grows");
        check_as_a_stranger(sample, key, 8 * 12 * 3).await;
        assert_eq!(log.scrub().await.expect("counts").unsound, vec![]);
        assert_eq!(sample.ledger.audit().await.expect("counts").breaks, vec![]);
    })
    .await;
}

/// Lets all of them run at the same time.
async fn join(mut all: Vec<std::pin::Pin<Box<dyn Future<Output = ()> + '_>>>) {
    std::future::poll_fn(|context| {
        all.retain_mut(|one| one.as_mut().poll(context).is_pending());
        if all.is_empty() { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
    })
    .await;
}

#[tokio::test]
async fn a_clock_that_was_put_back_does_not_put_the_log_back() {
    store::testing::on_both("log_clock", async |place| {
        let at = |moment: &str| Clock::Fixed(moment.parse().expect("a moment"));
        let folder = std::env::temp_dir().join(format!("log-clock-{}", uuid::Uuid::now_v7()));
        for (moment, subject) in [
            ("2026-11-25T08:00:00Z", "a"),
            ("2026-11-24T08:00:00Z", "b"),
            ("2026-11-26T08:00:00Z", "c"),
        ] {
            let ledger = open(&place, at(moment)).await;
            let sample = Sample { ledger, folder: folder.clone() };
            sample.act(vec![publication(subject, "正文")]).await;
            let leaves = sample.ledger.log().newest_leaves(2).await.expect("asks");
            let times: Vec<_> = leaves.iter().map(|leaf| leaf.body.at.clone()).collect();
            assert!(times.is_sorted_by(|a, b| a >= b), "{times:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn the_key_is_for_its_owner_alone_and_never_replaced() {
    use std::os::unix::fs::PermissionsExt;
    on_both(async |sample| {
        let key = sample.key().await;
        let file = sample.folder.join("key");
        let mode = |path: &std::path::Path| {
            std::fs::metadata(path).expect("there").permissions().mode() & 0o777
        };
        assert_eq!((mode(&file), mode(&sample.folder)), (0o600, 0o700));
        let again = LogKey::open_or_make(&sample.folder, Some("other.example")).expect("a key");
        assert_eq!(again.vkey(), key.vkey(), "a second founding finds the first");
        let other = sample.folder.join("other");
        let other = LogKey::open_or_make(&other, Some("gongkai.example/log")).expect("a key");
        assert!(sample.ledger.found_log(operator(), &other).await.is_err());
        assert!(sample.ledger.log().grow(&other).await.is_err(), "the log is not this key's");
        assert!(sample.ledger.log().grow(&key).await.is_ok());
        std::fs::set_permissions(&file, PermissionsExt::from_mode(0o640)).expect("sets");
        assert!(LogKey::open(&sample.folder).is_err(), "others may read it");
        for name in ["", "a b", "a+b"] {
            assert!(
                LogKey::open_or_make(&sample.folder.join("new"), Some(name)).is_err(),
                "{name}"
            );
        }
    })
    .await;
}

/// A folder put back to yesterday while the world has seen today's checkpoint.
#[tokio::test]
async fn an_older_database_signs_no_second_history() {
    let folder = std::env::temp_dir().join(format!("log-older-{}", uuid::Uuid::now_v7()));
    let (now, backup) = (folder.join("a.db"), folder.join("b.db"));
    let sample = Sample {
        ledger: open(&Place::File(now.clone()), Clock::Wall).await,
        folder: folder.clone(),
    };
    let key = sample.key().await;
    sample.publish(0, 5).await;
    sample.ledger.log().grow(&key).await.expect("grows");
    let copy = format!("VACUUM INTO '{}'", backup.display());
    let store = sample.ledger.store();
    store::Statements::number(store, &copy, vec![]).await.expect("a backup");
    sample.publish(5, 5).await;
    sample.ledger.log().grow(&key).await.expect("grows");
    let older =
        Sample { ledger: open(&Place::File(backup), Clock::Wall).await, folder: folder.join("x") };
    older.publish(100, 2).await;
    let refused = older.ledger.log().grow(&key).await.expect_err("refused");
    assert!(refused.to_string().contains("恢复了旧备份"), "{refused}");
    older.publish(200, 3).await;
    assert!(older.ledger.log().grow(&key).await.is_err(), "nor when it is as large");
}
