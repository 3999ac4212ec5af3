//! Requests come in.

use std::collections::BTreeSet;
use std::sync::Arc;

use ledger::Actor;
use requests::acts::ActError;
use requests::acts::intake::{self, Intake, Way};
use requests::acts::letter_text;
use requests::files;
use requests::letters::Sender;
use requests::store::{CaseFile, FilingState, Particulars, Purpose, Several};
use requests_rules::{Channel, Receipt, Relation};
use store::{FromQueryResult, Statements};

use crate::house::{ORGAN, application, at, day, officer, on_both};

/// Channel, what is known of its arrival, and what comes of it on 2026-03-02.
const CHANNELS: [(Channel, Option<&str>, bool, bool, &str); 9] = [
    (Channel::Counter, None, false, false, "received 2026-03-02, due 2026-03-30"),
    (Channel::Oral, None, false, false, "received 2026-03-02, due 2026-03-30"),
    (Channel::SignedPost, Some("2026-02-27"), false, false, "received 2026-02-27, due 2026-03-26"),
    (Channel::PlainLetter, None, true, false, "received 2026-03-02, due 2026-03-30"),
    (Channel::PlainLetter, None, false, false, "waits until 2026-03-02"),
    (Channel::Online, None, false, false, "waits until 2026-03-03"),
    (Channel::Fax, None, false, false, "waits until 2026-03-03"),
    (Channel::Email, None, true, false, "received 2026-03-02, due 2026-03-30"),
    (Channel::Counter, Some("2026-02-27"), false, true, "waits until 2026-03-03"),
];

#[tokio::test]
async fn each_channel_has_its_day_of_receipt() {
    on_both(async |house| {
        for (channel, arrived, confirmed_now, misdirected, expected) in CHANNELS {
            let arrived_on = arrived.map(day);
            let way = Way { arrived_on, confirmed_now, misdirected };
            let told = house
                .asks_by("2026-03-02", application(channel, "林秀英", "某某路改造预算"), way, None)
                .await
                .expect("registered");
            let words = match told.receipt {
                Receipt::Received { on, .. } => {
                    format!("received {on}, due {}", told.due.expect("a last day").date)
                }
                Receipt::Unconfirmed { confirm_by, .. } => {
                    format!("waits until {}", confirm_by.date)
                }
            };
            assert_eq!(words, expected, "{channel:?}");
            let case = house.case(&told.request).await;
            assert_eq!(case.filing.received_on, told.receipt.on());
            assert_eq!(case.filing.state == FilingState::Unconfirmed, told.due.is_none());
        }
    })
    .await;
}

/// An organ says whether it binds itself to the day of submission.
async fn binds(house: &crate::house::House, on: &str, by_submission: bool, seen: i64) {
    let head = crate::house::people().head;
    let own = Sender {
        organ: "思明区政府办".into(),
        mark: "思府办公开".into(),
        review_organ: "某某人民政府".into(),
        court: "某某人民法院".into(),
        by_submission,
        ..Sender::default()
    };
    let desk = house.of(on, &head).await;
    letter_text::set_up(desk, &head, (&own, "便民承诺", seen)).await.expect("set up");
}

#[tokio::test]
async fn an_organ_that_binds_itself_to_the_day_of_submission_has_received_what_comes_online() {
    on_both(async |house| {
        let ask = async |on: &str, channel: Channel| {
            let told = house.asks(on, application(channel, "林秀英", "某某路改造预算")).await;
            (told.receipt.on(), told.request)
        };
        assert_eq!(ask("2026-03-02", Channel::Online).await.0, None, "nothing was said");
        binds(house, "2026-03-02", true, 0).await;
        for channel in [Channel::Online, Channel::Email, Channel::Fax, Channel::PlainLetter] {
            let (on, request) = ask("2026-03-03", channel).await;
            assert_eq!(on, Some(day("2026-03-03")), "{channel:?}");
            let filing = house.case(&request).await.filing;
            assert!(filing.arrival.by_submission && filing.due.is_some(), "{channel:?}");
        }
        let (_, bound) = ask("2026-03-03", Channel::Online).await;
        binds(house, "2026-03-04", false, 1).await;
        assert_eq!(ask("2026-03-04", Channel::Online).await.0, None, "no longer said");
        let filing = house.case(&bound).await.filing;
        assert_eq!(filing.received_on, Some(day("2026-03-03")), "what was promised stays");
        let change = house.ledger.store().begin().await.expect("begins");
        let sql = "UPDATE request SET by_submission = 0 WHERE by_submission = 1";
        change.run(sql, vec![]).await.expect_err("not taken back for one request");
    })
    .await;
}

#[tokio::test]
async fn no_channel_takes_a_day_that_the_platform_knows_itself() {
    on_both(async |house| {
        for (channel, arrived) in [
            (Channel::Online, "2026-03-01"),
            (Channel::Counter, "2026-02-27"),
            (Channel::SignedPost, "2026-03-03"),
        ] {
            let way = Way { arrived_on: Some(day(arrived)), ..Way::default() };
            let asked = application(channel, "林秀英", "某某路改造预算");
            let refused = house.asks_by("2026-03-02", asked, way, None).await;
            assert!(matches!(refused, Err(ActError::Refused(..))), "{channel:?}: {refused:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn fifty_at_once_get_fifty_numbers_and_fifty_receipts_and_none_is_crossed() {
    on_both(async |house| {
        let sealer = Arc::new(
            secrets::Sealer::open_or_make(
                &house.folder.with_file_name("secrets"),
                secrets::Algorithm::Aes256Gcm,
            )
            .expect("keys"),
        );
        let asking = (0..50).map(|at_once| {
            let (ledger, sealer) =
                (house.ledger.clone().with_clock(at("2026-03-02")), sealer.clone());
            tokio::spawn(async move {
                let name = format!("申请人{at_once:02}");
                let intake = Intake {
                    organ: ORGAN.into(),
                    application: application(
                        Channel::Counter,
                        &name,
                        &format!("第{at_once}号地块"),
                    ),
                    way: Way::default(),
                    items: 1,
                    files: vec![],
                    key: Some(format!("form-{at_once}")),
                };
                let desk = ledger.desk(Actor::Visitor).await.expect("a desk");
                let told = intake::register(desk, &sealer, None, intake).await;
                (name, at_once, told.expect("registered"))
            })
        });
        let asking: Vec<_> = asking.collect();
        let (mut numbers, mut codes, mut letters) =
            (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        let mut crossed = 0;
        for one in asking {
            let (name, at_once, told) = one.await.expect("answered");
            let case = house.case(&told.request).await;
            let who = Particulars::open(house.ledger.store(), &sealer, &told.request).await;
            let who = who.expect("opens").expect("somebody").applicant.name;
            let wanted = case.filing.wanted.title.expect("a title");
            if who != name
                || wanted != format!("第{at_once}号地块")
                || case.filing.number != told.number
            {
                crossed += 1;
            }
            numbers.insert(told.number);
            codes.insert(told.code);
            letters.insert(told.letter.number);
        }
        let serials: BTreeSet<String> =
            (1..=50).map(|one| format!("{ORGAN}-2026-{one:05}")).collect();
        assert_eq!(numbers, serials, "without gaps");
        println!("{} numbers, {} receipts, {crossed} crossed", numbers.len(), letters.len());
        assert_eq!((numbers.len(), codes.len(), letters.len(), crossed), (50, 50, 50, 0));
    })
    .await;
}

#[tokio::test]
async fn the_same_form_twice_is_one_request_and_is_told_the_same() {
    on_both(async |house| {
        let asked = || application(Channel::Online, "林秀英", "某某路改造预算");
        let form = Some("form-1");
        let once = house.asks_by("2026-03-02", asked(), Way::default(), form).await.expect("once");
        let again =
            house.asks_by("2026-03-03", asked(), Way::default(), form).await.expect("again");
        assert_eq!((&once.number, &once.code, again.again), (&again.number, &again.code, true));
        assert_eq!(once.letter, again.letter);
        let other = application(Channel::Online, "林秀英", "另一件");
        let refused = house.asks_by("2026-03-03", other, Way::default(), form).await;
        assert!(matches!(refused, Err(ActError::Refused(..))), "{refused:?}");
        let third = house.asks("2026-03-03", asked()).await;
        assert_eq!(third.number, format!("{ORGAN}-2026-00002"), "nothing took a number in between");
        assert_ne!(third.code, once.code);
    })
    .await;
}

#[tokio::test]
async fn ten_clicks_at_once_are_one_request() {
    on_both(async |house| {
        let keys = house.folder.with_file_name("secrets");
        let sealer = secrets::Sealer::open_or_make(&keys, secrets::Algorithm::Aes256Gcm);
        let sealer = Arc::new(sealer.expect("keys"));
        let clicks = (0..10).map(|_| {
            let (ledger, sealer) =
                (house.ledger.clone().with_clock(at("2026-03-02")), sealer.clone());
            tokio::spawn(async move {
                let intake = Intake {
                    organ: ORGAN.into(),
                    application: application(Channel::Online, "林秀英", "某某路改造预算"),
                    way: Way::default(),
                    items: 1,
                    files: vec![],
                    key: Some("one form".into()),
                };
                let desk = ledger.desk(Actor::Visitor).await.expect("a desk");
                intake::register(desk, &sealer, None, intake).await.expect("answered")
            })
        });
        let clicks: Vec<_> = clicks.collect();
        let mut told = BTreeSet::new();
        for click in clicks {
            let one = click.await.expect("answered");
            told.insert((one.number, one.code));
        }
        assert_eq!(told.len(), 1, "{told:?}");
        let kept = house.ledger.store().number("SELECT COUNT(*) FROM request", vec![]).await;
        assert_eq!(kept.expect("reads"), Some(1));
    })
    .await;
}

#[tokio::test]
async fn what_came_with_it_lies_sealed_and_opens_again() {
    on_both(async |house| {
        let scan = house.file("林秀英身份证.jpg", Purpose::Identity, b"350203198001010011").await;
        let lost = house.file("没有用上.jpg", Purpose::Identity, b"x").await;
        drop(lost);
        let intake = Intake {
            organ: ORGAN.into(),
            application: application(Channel::Counter, "林秀英", "某某路改造预算"),
            way: Way::default(),
            items: 1,
            files: vec![scan],
            key: None,
        };
        let clerk = officer("chen", "hall_clerk");
        let desk = house.of("2026-03-02", &clerk).await;
        let told = intake::register(desk, &house.sealer, Some(&clerk), intake).await.expect("kept");
        let kept = CaseFile::of(house.ledger.store(), &told.request).await.expect("reads");
        let [scan] = kept.as_slice() else { panic!("one file, not {}", kept.len()) };
        assert_eq!(scan.name(&house.sealer).expect("opens"), "林秀英身份证.jpg");
        let bytes = files::read(&house.folder, &house.sealer, scan).await.expect("reads");
        assert_eq!(bytes, b"350203198001010011");
        let lying = lying(&house.folder);
        assert_eq!(lying.len(), 1, "what no act took is gone");
        let on_disk = std::fs::read(&lying[0]).expect("reads");
        assert!(!on_disk.windows(6).any(|part| part == b"350203"), "sealed");
    })
    .await;
}

fn lying(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        match entry.path() {
            path if path.is_dir() => found.extend(lying(&path)),
            path => found.push(path),
        }
    }
    found
}

/// Everything that is kept in tables that people or programs may read without the keys.
const KEPT: [&str; 4] = [
    "SELECT facts || subject AS text FROM ledger_event",
    "SELECT facts || name AS text FROM request_event",
    "SELECT title || doc_number || description || number || officer_name AS text FROM request",
    "SELECT sealed || identity_mark AS text FROM request_applicant",
];

#[derive(FromQueryResult)]
struct Kept {
    text: String,
}

#[tokio::test]
async fn who_asked_stands_nowhere_in_clear() {
    on_both(async |house| {
        let mut asked = application(Channel::Counter, "欧阳金雀", "某某路改造预算");
        asked.wanted.description = Some("欧阳金雀家门口，电话13950012345".into());
        asked.assistance = Some("金雀要手语".into());
        let told = house.asks("2026-03-02", asked).await;
        for sql in KEPT {
            let rows: Vec<Kept> = house.ledger.store().all(sql, vec![]).await.expect("reads");
            for row in rows {
                for canary in ["金雀", "13950012345", "35020319800101"] {
                    assert!(!row.text.contains(canary), "{sql}: {canary} in {}", row.text);
                }
            }
        }
        let case = house.case(&told.request).await;
        assert_eq!(case.filing.wanted.description.as_deref(), Some("※家门口，电话※"));
        let who = Particulars::open(house.ledger.store(), &house.sealer, &told.request).await;
        let who = who.expect("opens").expect("somebody");
        assert_eq!(who.wanted.description.as_deref(), Some("欧阳金雀家门口，电话13950012345"));
    })
    .await;
}

#[tokio::test]
async fn what_several_ask_for_is_proposed_to_be_published_once() {
    on_both(async |house| {
        let mut told = Vec::new();
        for name in ["甲某", "乙某", "甲某", "丙某", "丁某"] {
            let asked = application(Channel::Counter, name, "2025年 征地补偿标准");
            told.push(house.asks("2026-03-02", asked).await);
        }
        let relations: Vec<&Relation> = told.iter().map(|one| &one.relation).collect();
        assert_eq!(*relations[0], Relation::New);
        assert_eq!(*relations[1], Relation::AskedByOthers { applicants: 2 });
        assert!(
            matches!(relations[2], Relation::Mergeable { earlier } if *earlier == told[0].number)
        );
        assert_eq!(*relations[3], Relation::AskedByOthers { applicants: 3 });
        let proposed = Several::of_organ(house.ledger.store(), ORGAN).await.expect("reads");
        let [one] = proposed.as_slice() else { panic!("one proposal, not {proposed:?}") };
        assert_eq!((one.applicants, &one.request), (4, &told[3].request));
        let heard = house.ledger.events_on(&format!("request:{}", told[3].request)).await;
        let acts: Vec<String> = heard.expect("reads").into_iter().map(|one| one.act).collect();
        assert_eq!(acts, ["intake", "several"]);
    })
    .await;
}
