//! Killed again and again at random while it releases what is due, signs the public log and tells the index,
//! the program publishes each approval exactly once: one publication, one record under one 索引号, one leaf,
//! one page, one entry of the index. Beside it a command takes in what was published elsewhere, and is killed
//! too: all of its manuscripts are there, or none.
//!
//! `GONGKAI_CRASH_PUBLICATIONS` sets how many approvals there are, `GONGKAI_CRASH_SEED` repeats a run:
//! `scripts/crash 20000` runs it in the release build.

use std::path::PathBuf;
use std::process::Stdio;
use std::time::{Duration, Instant};

use jiff::SignedDuration;
use ledger::{Clock, Ledger};
use records::acts::{Submission, handing_in, intake};
use review::{Publishers, scheduling, testing};
use search::{Query, Search};
use store::{FromQueryResult, Migrations, Place, Statements, Store};

use super::house::{Folder, Server, ask, manuscripts, program};

/// How many approvals there are where nothing else is asked for.
const APPROVALS: usize = 500;

/// How often the program is killed while they are released, about.
const KILLS: u64 = 8;

/// How many manuscripts are taken in by one command.
const TOGETHER: usize = 10;

pub(crate) const ORGAN: &str = "XM00001";

/// Numbers that look random and are the same whenever the seed is.
struct Dice(u64);

impl Dice {
    fn rolled() -> Self {
        let given = std::env::var("GONGKAI_CRASH_SEED").ok().and_then(|text| text.parse().ok());
        let seed = given.unwrap_or_else(|| {
            let mut bytes = [0; 8];
            getrandom::fill(&mut bytes).expect("the system gives random bytes");
            u64::from_le_bytes(bytes)
        });
        println!("GONGKAI_CRASH_SEED={seed}");
        Self(seed)
    }

    fn below(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % most.max(1)
    }

    async fn pause(&mut self, most: u64) {
        tokio::time::sleep(Duration::from_millis(self.below(most))).await;
    }
}

/// The store of the data folder, beside the program.
pub(crate) async fn ledger_of(folder: &Folder) -> Ledger {
    let rooms = [
        sites::room(),
        records::room(),
        catalogue::room(),
        requests::room(),
        reports::room(),
        assessment::room(),
        channels::room(),
        review::room(),
        transparency::room(),
        notices::room(),
        opendata::room(),
        suggestions::room(),
        participation::room(),
        interpretation::room(),
    ];
    let platform = [jobs::MIGRATIONS, identity::MIGRATIONS, ledger::MIGRATIONS];
    let rooms = rooms.iter().map(|room| room.migrations);
    let all = platform.into_iter().chain(rooms).flatten().copied();
    let place = Place::File(folder.data().join("gongkai.db"));
    let store = Store::open(&place, &Migrations::of(all)).await.expect("opens");
    Ledger::open(store, Clock::Wall, vec![]).await.expect("opens")
}

/// A manuscript of its own title, number and day.
pub(crate) fn manuscript(number: usize, today: law::Date) -> String {
    let made = today.checked_sub(jiff::Span::new().days((number % 300) as i64)).expect("a day");
    format!(
        "---\n标题：崩溃演练文件{number:05}号\n文号：厦崩演〔{}〕{}号\n发布机构：{ORGAN}\n\
         成文日期：{made}\n主题分类：综合政务/政务公开\n体裁：通知\n公开属性：主动公开\n\
         ---\n\n演练正文{number:05}。\n",
        made.year(),
        number + 1
    )
}

/// Writes, reviews and sets the release of every document, each for a moment soon.
async fn approve(ledger: Ledger, data: PathBuf, many: usize, today: law::Date) {
    let publishers = Publishers::of(&[records::room()], &data);
    let drafter = testing::someone(ORGAN, "drafter");
    let publisher = testing::someone(ORGAN, "publisher");
    for number in 0..many {
        let text = manuscript(number, today);
        let submission = Submission::read_all(&text, today).expect("reads").remove(0);
        let desk = ledger.desk(drafter.actor()).await.expect("a desk");
        let draft = intake::begin(desk, &data, &drafter, submission).await.expect("begins");
        let desk = ledger.desk(drafter.actor()).await.expect("a desk");
        let unit = handing_in::keep(desk, &publishers, &drafter, &draft.id, None).await;
        let unit = unit.expect("hands in");
        testing::sign(&ledger, &publishers, &unit).await.expect("signs");
        let desk = ledger.desk(publisher.actor()).await.expect("a desk");
        // Whoever waited long for his turn still sets a time to come.
        let at = desk.now() + SignedDuration::from_millis(500);
        let set = scheduling::keep(desk, &publishers, &unit.id, &publisher, at).await;
        set.expect("sets the time");
    }
}

async fn count(ledger: &Ledger, sql: &str) -> i64 {
    ledger.store().number(sql, vec![]).await.expect("counts").unwrap_or_default()
}

/// How many approvals were published so far.
const OUT: &str = "SELECT count(*) FROM publication WHERE kind = 'record'
                     AND piece IN (SELECT id FROM record_draft)";

/// What the worker and whoever signs the log still have to do now.
const LEFT: &str = "
SELECT (SELECT count(*) FROM job WHERE state = 'running'
           OR (state = 'ready' AND kind IN ('records.search', 'house.pages')))
     + (SELECT count(*) FROM log_leaf)
     - (SELECT coalesce(max(size), 0) FROM log_checkpoint)";

/// Takes in what was published elsewhere, and is killed while it does, or soon after.
async fn take_in(folder: &Folder, dice: &mut Dice, round: usize) {
    let file = folder.file("round.md", &manuscripts(&format!("第{round}轮"), TOGETHER));
    let mut importing = program(&["record", "import", &file], &folder.data());
    let importing = importing.stdout(Stdio::null()).stderr(Stdio::null());
    let mut importing = importing.spawn().expect("runs");
    dice.pause(1_500).await;
    importing.kill().ok();
    importing.wait().ok();
}

#[tokio::test(flavor = "multi_thread")]
async fn each_approval_is_published_exactly_once_however_often_the_program_is_killed() {
    let asked = std::env::var("GONGKAI_CRASH_PUBLICATIONS").ok();
    let many: usize = asked.and_then(|text| text.parse().ok()).unwrap_or(APPROVALS);
    let whole = i64::try_from(many).expect("small");
    let mut dice = Dice::rolled();
    let folder = Folder::new("log-killed").furnished();
    folder.does(&["site", "open", "--domain", "www.x.gov.cn", "--id-code", "3502000001"]);
    let ledger = ledger_of(&folder).await;
    let today = ledger.clock().today();
    let approving = tokio::spawn(approve(ledger.clone(), folder.data(), many, today));
    let (began, mut kills) = (Instant::now(), 0);
    let patience = Duration::from_secs(120 + many as u64);
    let step = 2 * many as u64 / KILLS.max(many as u64 / 300) + 1;
    // While approvals are released, and then while what was released is signed and told to the index.
    loop {
        let out = count(&ledger, OUT).await;
        if out == whole && (kills > 3 || count(&ledger, LEFT).await == 0) {
            break;
        }
        let written = count(&ledger, "SELECT count(*) FROM review_unit").await;
        assert!(!approving.is_finished() || written == whole, "all are approved: {written}");
        let mut server = Server::start(&folder, "serve", &["serve", "--listen", "127.0.0.1:0"]);
        server.address();
        let until = (out + 1 + dice.below(step) as i64).min(whole);
        take_in(&folder, &mut dice, kills).await;
        while out < whole && count(&ledger, OUT).await < until {
            assert!(began.elapsed() < patience, "{out} of {whole}: {}", server.said());
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        dice.pause(60).await;
        server.kill();
        kills += 1;
    }
    approving.await.expect("all were approved");
    let mut server = Server::start(&folder, "serve", &["serve", "--listen", "127.0.0.1:0"]);
    let address = server.address();
    while count(&ledger, OUT).await < whole || count(&ledger, LEFT).await > 0 {
        assert!(began.elapsed() < patience, "all is done: {}", server.said());
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let took = began.elapsed().as_secs_f64();
    check_rows(&ledger, whole).await;
    let pages = check_pages(&ledger, &address).await;
    server.kill();
    let entries = check_index(&ledger, &folder, many, today).await;
    let verified = folder.does(&["log", "verify"]);
    assert!(verified.contains("全部相符"), "{verified}");
    let leaves =
        count(&ledger, "SELECT count(*) FROM log_leaf WHERE subject LIKE 'record:%'").await;
    println!(
        "{many} approvals, {kills} kills in {took:.1} s: records and leaves {leaves}, pages {pages}, \
         index entries {entries}; lost 0, double 0"
    );
    assert!(kills >= 4, "it was killed {kills} times");
}

/// Each approval is one publication and one record with one leaf, under numbers without gap or double; and
/// of what a command took in, all is there or none.
async fn check_rows(ledger: &Ledger, whole: i64) {
    let taken = count(ledger, "SELECT count(*) FROM record WHERE imported = 1").await;
    assert_eq!(taken % TOGETHER as i64, 0, "all of a command's manuscripts, or none: {taken}");
    let all = whole + taken;
    for (sql, wanted) in [
        (OUT, whole),
        ("SELECT count(*) FROM publication", whole),
        ("SELECT count(*) FROM record", all),
        ("SELECT count(DISTINCT title) FROM record", all),
        ("SELECT count(DISTINCT publication) FROM record", whole),
        ("SELECT count(DISTINCT index_number) FROM record", all),
        ("SELECT sum(last) FROM record_serial", all),
        ("SELECT count(*) FROM log_leaf WHERE subject LIKE 'record:%'", all),
        (
            "SELECT count(*) FROM record r WHERE (SELECT count(*) FROM log_leaf l
              WHERE l.subject = 'record:' || r.id AND l.version = 1) = 1",
            all,
        ),
        ("SELECT count(*) FROM ledger_event WHERE room = 'records' AND act = 'publication'", all),
        ("SELECT count(*) FROM review_unit WHERE state <> 'published'", 0),
        ("SELECT count(*) FROM review_piece WHERE open = 1", 0),
        ("SELECT count(*) FROM job WHERE state = 'failed'", 0),
    ] {
        assert_eq!(count(ledger, sql).await, wanted, "{sql}");
    }
}

#[derive(FromQueryResult)]
struct Key {
    id: String,
    title: String,
}

async fn keys(ledger: &Ledger) -> Vec<Key> {
    ledger.store().all("SELECT id, title FROM record", vec![]).await.expect("reads")
}

/// Every record has a page that says its title.
async fn check_pages(ledger: &Ledger, address: &str) -> usize {
    let keys = keys(ledger).await;
    for Key { id, title } in &keys {
        let (status, _, page) = ask(address, "GET", &format!("/wenjian/{id}"), "");
        assert!(status == 200 && page.contains(title), "{title}: {status}");
    }
    keys.len()
}

/// Every record stands in the index, once, and nothing stands there besides the organ.
async fn check_index(ledger: &Ledger, folder: &Folder, many: usize, today: law::Date) -> u64 {
    let organs = count(ledger, "SELECT count(*) FROM organ").await;
    let records = count(ledger, "SELECT count(*) FROM record").await;
    let index = Search::open(&folder.data().join("index")).expect("opens");
    assert!(!index.needs_rebuild(), "the index is whole");
    assert_eq!(index.len(), u64::try_from(records + organs).expect("small"), "no entry too many");
    for number in 0..many {
        let text = manuscript(number, today);
        let said = text.lines().find_map(|line| line.strip_prefix("文号：")).expect("a number");
        let own = format!("崩溃演练文件{number:05}号");
        let hits = index.query(&Query::new(said.to_owned())).expect("answers").hits;
        let found = hits.iter().filter(|hit| hit.plain_title() == own);
        assert_eq!(found.count(), 1, "{own} stands in the index once");
    }
    index.len() - u64::try_from(organs).expect("small")
}
