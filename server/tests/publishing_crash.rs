//! Killed again and again while it releases what is due, the program publishes each approval exactly once:
//! one publication, one record, one leaf of the public log, one page, one entry of the index.
//!
//! `GONGKAI_CRASH_PUBLICATIONS` sets how many approvals there are; the release gate takes 20,000.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use jiff::SignedDuration;
use ledger::{Clock, Ledger};
use records::acts::{Submission, handing_in, intake};
use review::{Publishers, scheduling, testing};
use search::{Query, Search};
use store::{Migrations, Place, Statements, Store};

/// How many approvals there are where nothing else is asked for.
const APPROVALS: usize = 500;

/// The organ whose documents they are.
const ORGAN: &str = "XM00002";

/// The program at work on a data folder, until it is killed.
struct Program(Child);

impl Program {
    fn start(data: &Path) -> (Self, String) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_gongkai"));
        command.args(["demo", "--listen", "127.0.0.1:0", "--data"]).arg(data);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("runs");
        let out = child.stdout.take().expect("its words");
        let mut lines = BufReader::new(out).lines().map_while(Result::ok);
        let address = lines.find_map(|line| line.split("http://").nth(1).map(str::to_owned));
        (Self(child), address.expect("it says where it listens").trim().to_owned())
    }

    fn kill(mut self) {
        self.0.kill().expect("is killed");
        self.0.wait().expect("has stopped");
    }
}

/// A number that looks random and is the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % most
    }
}

/// The store of a data folder, beside the program.
async fn ledger_of(data: &Path) -> Ledger {
    let rooms =
        [sites::room(), records::room(), catalogue::room(), review::room(), transparency::room()];
    let platform = [jobs::MIGRATIONS, identity::MIGRATIONS, ledger::MIGRATIONS];
    let rooms = rooms.iter().map(|room| room.migrations);
    let all = platform.into_iter().chain(rooms).flatten().copied();
    let place = Place::File(data.join("gongkai.db"));
    let store = Store::open(&place, &Migrations::of(all)).await.expect("opens");
    Ledger::open(store, Clock::Wall, vec![]).await.expect("opens")
}

/// A manuscript of its own title and number.
fn manuscript(number: usize, day: law::Date) -> String {
    format!(
        "---\n标题：崩溃演练文件{number:05}号\n文号：厦崩演〔2026〕{}号\n发布机构：{ORGAN}\n\
         成文日期：{day}\n主题分类：综合政务/政务公开\n体裁：通知\n公开属性：主动公开\n演示数据：是\n\
         ---\n\n演练正文{number:05}。\n",
        number + 1
    )
}

/// Writes, reviews and sets the release of every document, all for one moment.
async fn approve(ledger: &Ledger, data: &Path, many: usize) {
    let publishers = Publishers::of(&[records::room()], data);
    let drafter = testing::someone(ORGAN, "drafter");
    let publisher = testing::someone(ORGAN, "publisher");
    let today = ledger.clock().today();
    let text: Vec<_> = (0..many).map(|number| manuscript(number, today)).collect();
    let read = Submission::read_all(&text.join("=====\n"), today).expect("reads");
    let mut units = Vec::with_capacity(many);
    for submission in read {
        let desk = ledger.desk(drafter.actor()).await.expect("a desk");
        let draft = intake::begin(desk, data, &drafter, submission).await.expect("begins");
        let desk = ledger.desk(drafter.actor()).await.expect("a desk");
        let unit = handing_in::keep(desk, &publishers, &drafter, &draft.id, None).await;
        let unit = unit.expect("hands in");
        testing::sign(ledger, &publishers, &unit).await.expect("signs");
        units.push(unit.id);
    }
    let at = ledger.clock().now() + SignedDuration::from_secs(3 + many as i64 / 50);
    for unit in &units {
        let desk = ledger.desk(publisher.actor()).await.expect("a desk");
        let set = scheduling::keep(desk, &publishers, unit, &publisher, at).await;
        set.expect("sets the time");
    }
    let left = at.duration_since(ledger.clock().now());
    let left = Duration::try_from(left).unwrap_or_default();
    tokio::time::sleep(left).await;
}

async fn count(ledger: &Ledger, sql: &str) -> i64 {
    ledger.store().number(sql, vec![]).await.expect("counts").unwrap_or_default()
}

/// How many approvals were published so far.
const OUT: &str = "SELECT count(*) FROM publication WHERE kind = 'record' AND urgent = 0
                     AND piece IN (SELECT id FROM record_draft WHERE title LIKE '崩溃演练%')";

/// Whether the worker still has something to do now.
const WORK: &str = "SELECT count(*) FROM job
                     WHERE state = 'running' OR (state = 'ready' AND kind = 'records.search')";

fn status_of(address: &str, path: &str) -> u16 {
    let mut stream = TcpStream::connect(address).expect("connects");
    let words = format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    stream.write_all(words.as_bytes()).expect("asks");
    let mut answer = String::new();
    BufReader::new(stream).take(64).read_to_string(&mut answer).ok();
    answer.split(' ').nth(1).and_then(|code| code.parse().ok()).unwrap_or_default()
}

fn folder() -> PathBuf {
    std::env::temp_dir().join(format!("gongkai-publishing-{}", std::process::id()))
}

#[tokio::test(flavor = "multi_thread")]
async fn each_approval_is_published_exactly_once_however_often_the_program_is_killed() {
    let asked = std::env::var("GONGKAI_CRASH_PUBLICATIONS").ok();
    let many = asked.and_then(|text| text.parse().ok()).unwrap_or(APPROVALS);
    let data = folder();
    Program::start(&data).0.kill();
    let ledger = ledger_of(&data).await;
    let before = count(&ledger, "SELECT count(*) FROM record").await;
    let leaves = count(&ledger, "SELECT count(*) FROM log_leaf").await;
    approve(&ledger, &data, many).await;
    let whole = i64::try_from(many).expect("small");
    let (mut dice, mut kills, mut out) = (Dice(0x9e37_79b9_7f4a_7c15), 0, 0);
    let began = Instant::now();
    while out < whole {
        assert!(began.elapsed() < Duration::from_secs(60 + many as u64 * 2), "{out} of {whole}");
        let (program, _) = Program::start(&data);
        // Struck after so many more were published, at some moment within the next.
        let until = out + 1 + i64::try_from(dice.below(many as u64 / 6 + 2)).expect("small");
        while count(&ledger, OUT).await < until.min(whole) {
            assert!(
                began.elapsed() < Duration::from_secs(60 + many as u64 * 2),
                "{out} of {whole}"
            );
            tokio::time::sleep(Duration::from_millis(dice.below(12))).await;
        }
        tokio::time::sleep(Duration::from_millis(dice.below(25))).await;
        program.kill();
        kills += 1;
        out = count(&ledger, OUT).await;
    }
    let (program, address) = Program::start(&data);
    while count(&ledger, WORK).await > 0 {
        assert!(began.elapsed() < Duration::from_secs(240 + many as u64 * 2), "the worker is done");
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    println!("{many} approvals, {kills} kills");
    for (sql, wanted) in [
        (OUT, whole),
        ("SELECT count(*) FROM record", before + whole),
        ("SELECT count(DISTINCT publication) FROM record WHERE title LIKE '崩溃演练%'", whole),
        ("SELECT count(DISTINCT title) FROM record WHERE title LIKE '崩溃演练%'", whole),
        ("SELECT count(*) FROM log_leaf", leaves + whole),
        (
            "SELECT count(DISTINCT l.subject) FROM log_leaf l
               JOIN record r ON l.subject = 'record:' || r.id WHERE r.title LIKE '崩溃演练%'",
            whole,
        ),
        ("SELECT count(*) FROM review_unit WHERE state = 'scheduled'", 0),
        ("SELECT count(*) FROM review_piece WHERE open = 1 AND title LIKE '崩溃演练%'", 0),
    ] {
        assert_eq!(count(&ledger, sql).await, wanted, "{sql}");
    }
    let serials = "SELECT count(DISTINCT index_number) FROM record WHERE title LIKE '崩溃演练%'";
    assert_eq!(count(&ledger, serials).await, whole, "no index number twice");
    let some: Vec<usize> = (0..many).step_by((many / 40).max(1)).collect();
    #[derive(store::FromQueryResult)]
    struct Key {
        id: String,
    }
    for number in &some {
        let title = format!("崩溃演练文件{number:05}号");
        let sql = "SELECT id FROM record WHERE title = $1";
        let keys: Vec<Key> = ledger.store().all(sql, vec![title.into()]).await.expect("reads");
        assert_eq!(keys.len(), 1);
        assert_eq!(status_of(&address, &format!("/wenjian/{}", keys[0].id)), 200, "has a page");
    }
    program.kill();
    let index = Search::open(&data.join("index")).expect("opens");
    for number in &some {
        let hits = index.query(&Query::new(format!("厦崩演〔2026〕{}号", number + 1)));
        let hits = hits.expect("answers");
        let own = format!("崩溃演练文件{number:05}号");
        let found = hits.hits.iter().filter(|hit| hit.plain_title() == own);
        assert_eq!(found.count(), 1, "{own} stands in the index once");
    }
    assert!(kills >= 3, "it was killed {kills} times");
    fs::remove_dir_all(&data).ok();
}
