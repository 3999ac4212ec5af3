//! When the program looks for more in files than before, what is released at a set time is looked through
//! again first, by a child of the program and before the act that publishes it.

use std::time::{Duration, Instant};

use documents::personal::RULES;
use documents::{Examined, Findings};
use jiff::SignedDuration;
use ledger::Ledger;
use records::acts::{Hand, Submission, handing_in, intake, upload};
use review::{Publishers, scheduling, testing};
use store::Statements;

use super::house::{Folder, Server};
use super::killed::{ORGAN, ledger_of, manuscript};

/// A document with a file, reviewed and set for a moment soon; the key of its unit.
async fn set(ledger: &Ledger, folder: &Folder, number: usize, file: &str) -> String {
    let (data, today) = (folder.data(), ledger.clock().today());
    let publishers = Publishers::of(&[records::room()], &data);
    let drafter = testing::someone(ORGAN, "drafter");
    let examined = Examined {
        findings: Findings::default(),
        cleaned: Ok(file.as_bytes().to_vec()),
        text: String::new(),
    };
    let desk = ledger.desk(drafter.actor()).await.expect("a desk");
    let given = ("表.csv", file.as_bytes().to_vec());
    let kept = upload::keep(desk, &data, &Hand::from(&drafter), given, examined).await;
    let read = Submission::read_all(&manuscript(number, today), today).expect("reads").remove(0);
    let submission = read.keeping(vec![kept.expect("keeps")]);
    let desk = ledger.desk(drafter.actor()).await.expect("a desk");
    let draft = intake::begin(desk, &data, &drafter, submission).await.expect("begins");
    let desk = ledger.desk(drafter.actor()).await.expect("a desk");
    let unit = handing_in::keep(desk, &publishers, &drafter, &draft.id, None).await;
    let unit = unit.expect("hands in");
    testing::sign(ledger, &publishers, &unit).await.expect("signs");
    let publisher = testing::someone(ORGAN, "publisher");
    let desk = ledger.desk(publisher.actor()).await.expect("a desk");
    let at = desk.now() + SignedDuration::from_millis(500);
    scheduling::keep(desk, &publishers, &unit.id, &publisher, at).await.expect("sets the time");
    unit.id
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_released_after_the_rules_have_changed_is_looked_through_again_before() {
    let folder = Folder::new("log-looked-again").furnished();
    folder.does(&["site", "open", "--domain", "www.x.gov.cn", "--id-code", "3502000001"]);
    let ledger = ledger_of(&folder).await;
    let sound = set(&ledger, &folder, 1, "序号,事项\n1,甲\n").await;
    let leak = set(&ledger, &folder, 2, "姓名,公民身份号码\n张三,11010519491231002X\n").await;
    let change = ledger.store().begin().await.expect("begins");
    change.run("UPDATE record_file SET detector = 0", vec![]).await.expect("older rules");
    change.commit().await.expect("commits");
    let mut server = Server::start(&folder, "serve", &["serve", "--listen", "127.0.0.1:0"]);
    server.address();
    let state = async |unit: &str| {
        let unit = review::Unit::find(ledger.store(), unit).await.expect("reads");
        unit.expect("is there").state
    };
    let began = Instant::now();
    while state(&sound).await == review::State::Scheduled
        || state(&leak).await == review::State::Scheduled
    {
        assert!(began.elapsed() < Duration::from_secs(120), "{}", server.said());
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    server.kill();
    assert_eq!(state(&sound).await, review::State::Published);
    assert_eq!(state(&leak).await, review::State::Lapsed, "what was found stops it");
    for (sql, wanted) in [
        ("SELECT min(detector) FROM record_file", RULES),
        ("SELECT count(*) FROM record", 1),
        ("SELECT count(*) FROM ledger_event WHERE room = 'records' AND act = 'examination'", 2),
    ] {
        assert_eq!(
            ledger.store().number(sql, vec![]).await.expect("counts"),
            Some(wanted),
            "{sql}"
        );
    }
}
