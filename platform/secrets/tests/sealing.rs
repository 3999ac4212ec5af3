//! What was sealed opens with its key at its place and nowhere else.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use ledger::{Actor, Clock, Ledger};
use secrets::{Algorithm, KeyFault, Mark, Place, Refused, Sealed, SealedColumn, Sealer};
use store::testing::Folder;
use store::{Migration, Migrations, Statements, Store};

const HERE: Place<'static> = Place { table: "request_applicant", row: "7", column: "name" };
const NAME: &str = "林秀英";

fn on_all(check: impl Fn(Algorithm, &Sealer, &Folder)) {
    for algorithm in Algorithm::ALL {
        let folder = Folder::new("secrets");
        let sealer = Sealer::open_or_make(folder.path(), algorithm).expect("keys");
        check(algorithm, &sealer, &folder);
    }
}

#[test]
fn what_was_sealed_opens_here_and_at_no_other_place() {
    on_all(|algorithm, sealer, _| {
        let sealed = sealer.seal(HERE, NAME.as_bytes()).expect("sealed");
        assert_eq!(sealed.algorithm(), algorithm);
        assert_eq!(sealer.open(HERE, &sealed).expect("opens"), NAME.as_bytes());
        for elsewhere in [
            Place::new("request_agent", "7", "name"),
            Place::new("request_applicant", "8", "name"),
            Place::new("request_applicant", "7", "phone"),
            Place::new("request_applicant7", "", "name"),
        ] {
            let refused = sealer.open(elsewhere, &sealed);
            assert!(matches!(refused, Err(Refused::Broken)), "{algorithm:?} {elsewhere:?}");
        }
    });
}

#[test]
fn a_text_and_a_file_keep_algorithm_key_and_nonce() {
    on_all(|algorithm, sealer, _| {
        let sealed = sealer.seal(HERE, NAME.as_bytes()).expect("sealed");
        assert_eq!(Sealed::parse(&sealed.to_text()), Some(sealed.clone()), "{algorithm:?}");
        assert_eq!(Sealed::from_bytes(&sealed.to_bytes()), Some(sealed.clone()), "{algorithm:?}");
        assert!(sealed.to_text().starts_with(algorithm.name()));
        let again = sealer.seal(HERE, NAME.as_bytes()).expect("sealed");
        assert_ne!(sealed.to_text(), again.to_text(), "a nonce is never used again");
        assert!(!sealed.to_text().contains(NAME));
    });
}

#[test]
fn a_flipped_bit_anywhere_does_not_open() {
    on_all(|algorithm, sealer, _| {
        let bytes = sealer.seal(HERE, NAME.as_bytes()).expect("sealed").to_bytes();
        for at in 0..bytes.len() {
            for bit in 0..8 {
                let mut other = bytes.clone();
                other[at] ^= 1 << bit;
                let opened = Sealed::from_bytes(&other).map(|sealed| sealer.open(HERE, &sealed));
                assert!(!matches!(opened, Some(Ok(_))), "{algorithm:?} byte {at} bit {bit}");
            }
        }
    });
}

#[test]
fn what_was_cut_short_does_not_open() {
    on_all(|algorithm, sealer, _| {
        let sealed = sealer.seal(HERE, NAME.as_bytes()).expect("sealed");
        let (bytes, text) = (sealed.to_bytes(), sealed.to_text());
        for length in 0..bytes.len() {
            let opened = Sealed::from_bytes(&bytes[..length]).map(|cut| sealer.open(HERE, &cut));
            assert!(!matches!(opened, Some(Ok(_))), "{algorithm:?} {length} bytes");
        }
        for length in 1..text.len() {
            assert!(sealer.open_text(HERE, &text[..length]).is_err(), "{algorithm:?} {length}");
        }
        assert!(matches!(sealer.open_text(HERE, NAME), Err(Refused::NotSealed)));
    });
}

#[test]
fn the_keys_of_another_house_do_not_open_it() {
    on_all(|algorithm, sealer, _| {
        let folder = Folder::new("secrets-other");
        let other = Sealer::open_or_make(folder.path(), algorithm).expect("keys");
        let sealed = sealer.seal(HERE, NAME.as_bytes()).expect("sealed");
        assert!(matches!(other.open(HERE, &sealed), Err(Refused::KeyGone(_))));
        // And where a wrong key bears the right id:
        let own = other.seal(HERE, NAME.as_bytes()).expect("sealed").to_text();
        let forged = own.rsplit_once('.').expect("three parts").0.to_owned();
        let bytes = sealed.to_text().rsplit_once('.').expect("three parts").1.to_owned();
        let refused = other.open_text(HERE, &format!("{forged}.{bytes}"));
        assert!(matches!(refused, Err(Refused::Broken)), "{algorithm:?}");
    });
}

#[test]
fn a_new_key_seals_and_the_old_one_opens_in_a_running_program_too() {
    on_all(|algorithm, sealer, folder| {
        let old = sealer.seal(HERE, NAME.as_bytes()).expect("sealed");
        let beside = Sealer::open_or_make(folder.path(), algorithm).expect("keys");
        std::thread::sleep(std::time::Duration::from_millis(20));
        let id = beside.rotate().expect("a new key");
        let new = sealer.seal(HERE, NAME.as_bytes()).expect("sealed");
        assert_eq!((new.key(), old.key() != id), (id.as_str(), true));
        assert_eq!(sealer.open(HERE, &old).expect("opens"), NAME.as_bytes());
        assert_eq!(beside.open(HERE, &new).expect("opens"), NAME.as_bytes());
    });
}

#[test]
fn another_algorithm_by_setting_seals_what_is_new() {
    let folder = Folder::new("secrets");
    let aes = Sealer::open_or_make(folder.path(), Algorithm::Aes256Gcm).expect("keys");
    let old = aes.seal(HERE, NAME.as_bytes()).expect("sealed");
    let sm4 = Sealer::open_or_make(folder.path(), Algorithm::Sm4Gcm).expect("keys");
    assert_eq!(sm4.seal(HERE, b"").expect("sealed").algorithm(), Algorithm::Sm4Gcm);
    assert_eq!(sm4.open(HERE, &old).expect("opens"), NAME.as_bytes());
}

#[test]
fn keys_are_for_their_owner_alone_and_made_once() {
    let folder = Folder::new("secrets");
    let place = folder.path().join("secrets");
    let first = Sealer::open_or_make(&place, Algorithm::Sm4Gcm).expect("keys");
    let files = || -> Vec<_> {
        let entries = fs::read_dir(&place).expect("a folder").map(|entry| entry.expect("a file"));
        entries.map(|entry| entry.path()).collect()
    };
    assert_eq!((files().len(), first.is_founded_now()), (2, true));
    for file in files() {
        let mode = fs::metadata(&file).expect("is there").permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{}", file.display());
    }
    let again = Sealer::open_or_make(&place, Algorithm::Sm4Gcm).expect("keys");
    assert_eq!((files().len(), again.is_founded_now()), (2, false));

    let file = files().remove(0);
    fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).expect("opened");
    let refused = Sealer::open_or_make(&place, Algorithm::Sm4Gcm);
    assert!(matches!(refused, Err(KeyFault::Open(_))));
    fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).expect("closed");
    fs::write(&file, "gongkai-secret-1\nsm4-gcm\n1\nab\nAAAA\n").expect("written");
    let refused = Sealer::open_or_make(&place, Algorithm::Sm4Gcm);
    assert!(matches!(refused, Err(KeyFault::Content(_))), "half a key is none, and not replaced");
}

#[test]
fn a_mark_is_found_again_and_says_nothing_of_the_text() {
    on_all(|_, sealer, folder| {
        let place = Place::new("request", "7", "phone_tail");
        let mark = sealer.mark(place, "0187").expect("a mark");
        assert_eq!(sealer.marks(place, "0187").expect("marks"), vec![mark.clone()]);
        for (text, kept, fits) in [
            ("0187", mark.clone(), true),
            ("0188", mark.clone(), false),
            ("0187", Mark::kept(""), false),
            ("0187", Mark::kept("没有"), false),
            ("0187", Mark::kept("0".repeat(64)), false),
        ] {
            assert_eq!(sealer.fits(place, text, &kept).expect("tried"), fits, "{text} {kept:?}");
        }
        let other = sealer.mark(Place::new("request", "8", "phone_tail"), "0187").expect("a mark");
        assert_ne!(other, mark, "equal tails of two requests do not look alike");
        let again = Sealer::open_or_make(folder.path(), Algorithm::Aes256Gcm).expect("keys");
        assert!(again.fits(place, "0187", &mark).expect("tried"), "the key of marks stays");
    });
}

const COLUMN: SealedColumn = SealedColumn { table: "person_kept", id: "id", column: "name" };

#[tokio::test]
async fn old_rows_get_the_new_key_in_small_steps() {
    const TABLE: &str = "CREATE TABLE person_kept (id TEXT PRIMARY KEY, name TEXT NOT NULL)";
    let own = [Migration { number: 20_261_126_999, name: "kept", sql: TABLE }];
    let all = jobs::MIGRATIONS.iter().chain(ledger::MIGRATIONS).chain(&own).copied();
    let migrations = Migrations::of(all);
    store::testing::on_both("secrets", async |place| {
        let store = Store::open(&place, &migrations).await.expect("opens");
        let ledger = Ledger::open(store, Clock::Wall, vec![]).await.expect("opens");
        let folder = Folder::new("secrets");
        let sealer = Sealer::open_or_make(folder.path(), Algorithm::Aes256Gcm).expect("keys");
        let row = |n: usize| {
            let id = format!("{n:04}");
            let name = if n == 3 { "" } else { NAME };
            let place = Place::new("person_kept", &id, "name");
            let sealed = sealer.seal_text(place, name).expect("sealed");
            vec![id.clone().into(), sealed.into()]
        };
        let rows = (0..230).map(row).collect();
        let change = ledger.store().begin().await.expect("begins");
        change.insert("person_kept", &["id", "name"], rows).await.expect("kept");
        change.commit().await.expect("kept");

        let sm4 = Sealer::open_or_make(folder.path(), Algorithm::Sm4Gcm).expect("keys");
        let actor = || Actor::Operator("root".into());
        let mut steps = vec![];
        loop {
            let many = secrets::reseal(&ledger, &sm4, actor(), COLUMN).await.expect("a step");
            steps.push(many);
            if many == 0 {
                break;
            }
        }
        assert_eq!(steps, [100, 100, 29, 0]);
        let kept = secrets::kept(ledger.store(), &sm4, COLUMN).await.expect("counted");
        assert_eq!(kept.by_key.iter().map(|(_, many)| *many).collect::<Vec<_>>(), [0, 229]);
        assert_eq!(kept.unreadable, 0);
        let sql = "SELECT COUNT(*) FROM ledger_event WHERE room = 'secrets'";
        assert_eq!(ledger.store().number(sql, vec![]).await.expect("counted"), Some(3));

        let wrong = "UPDATE person_kept SET name = $1 WHERE id = '0007'";
        let change = ledger.store().begin().await.expect("begins");
        let copied = sealer.seal_text(Place::new("person_kept", "0008", "name"), NAME);
        change.run(wrong, vec![copied.expect("sealed").into()]).await.expect("changed");
        change.commit().await.expect("kept");
        let refused = secrets::reseal(&ledger, &sm4, actor(), COLUMN).await.expect_err("refused");
        assert!(refused.to_string().contains("0007"), "{refused}");
    })
    .await;
}
