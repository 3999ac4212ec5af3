//! 2,000 applications, 200 letters and some opinions, whose personal data are words that stand nowhere else: none is
//! found in any anonymous answer, given out first or from the kept pages, in the search, in an export, a leaf of the
//! public log, a row of the audit, in the index, in a line of the operator's log, in a row of PostgreSQL, in a backup,
//! or in any byte of the data folder at all. That each of these places is looked at is shown by leaks planted there.

mod speaking;

use std::collections::BTreeSet;
use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock, Mutex};

use aho_corasick::AhoCorasick;
use axum::body::{Body, to_bytes};
use axum::http::{Method, Request, StatusCode, header};
use identity::Role;
use ledger::{Actor, Ledger};
use reports::writing::{self, Form};
use requests::acts::intake::{self, Intake, Way};
use requests_rules::{
    Agent, Applicant, ApplicantClass, Application, Capacity, Channel, Contact, DeliveryWay,
    IdentityProof, ProvidedForm, ResidentNumber, Wanted,
};
use secrets::Sealer;
use store::testing::Folder;
use store::{Engine, FromQueryResult, Place, Statements};
use tower::ServiceExt;

use self::speaking::{asks_before, comes, letter, speaks};
use super::applying::{Browser, Who};
use super::client::Client;
use super::routes::samples;
use crate::commands;
use crate::commands::backup::Command;
use crate::demo;
use crate::opening::{Opened, Whereabouts};
use crate::work;

/// The organ that is asked.
const ORGAN: &str = "XM00001";

/// How many apply by the pages, and how many more by the act behind them.
#[derive(Clone, Copy)]
struct Crowd {
    by_pages: usize,
    by_act: usize,
}

const CITY: Crowd = Crowd { by_pages: 60, by_act: 1_940 };
const FEW: Crowd = Crowd { by_pages: 1, by_act: 9 };

/// The personal data of one applicant.
struct Canary {
    name: String,
    number: String,
    telephone: String,
    address: String,
    email: String,
    agent: String,
}

impl Canary {
    fn new(at: usize) -> Self {
        Self {
            name: format!("金丝雀{at:04}号申请人"),
            number: resident_number(at),
            telephone: format!("1597{at:07}"),
            address: format!("雀鸣巷{at:04}号院3单元"),
            email: format!("canary{at:04}@example.cn"),
            agent: format!("代雀{at:04}号代理人"),
        }
    }

    fn words(&self) -> [&str; 6] {
        [&self.name, &self.number, &self.telephone, &self.address, &self.email, &self.agent]
    }

    /// What is asked for names whoever asks, as people do.
    fn wish(&self) -> String {
        format!("请公开{}（电话{}）名下{}的征收补偿档案", self.name, self.telephone, self.address)
    }

    fn application(&self) -> Application {
        let number = ResidentNumber::read(&self.number).expect("a number with its check digit");
        let agent = Agent {
            name: self.agent.clone(),
            proof: Some(IdentityProof::Passport(format!("E{}", self.telephone))),
            capacity: Capacity::Authorised,
            authority_shown: true,
        };
        Application {
            applicant: Applicant {
                name: self.name.clone(),
                class: ApplicantClass::NaturalPerson,
                proof: Some(IdentityProof::ResidentCard(number)),
                contact: Contact {
                    telephone: Some(self.telephone.clone()),
                    address: Some(self.address.clone()),
                    email: Some(self.email.clone()),
                },
                agent: Some(agent),
            },
            wanted: Wanted { description: Some(self.wish()), ..Wanted::default() },
            form: Some(ProvidedForm::Email),
            by: Some(DeliveryWay::Online),
            channel: Channel::Online,
            read_back: true,
            assistance: Some(format!("请打{}读给我听", self.telephone)),
        }
    }
}

/// A number with its check digit (GB 11643): a birthday, and the count spread over region and order.
fn resident_number(at: usize) -> String {
    let body = format!("3502{:02}19620318{:03}", at / 1000, at % 1000);
    "0123456789X"
        .chars()
        .map(|check| format!("{body}{check}"))
        .find(|number| ResidentNumber::read(number).is_ok())
        .expect("one fits")
}

/// The log of the whole process, every thread's, down to the last detail.
static LINES: LazyLock<Lines> = LazyLock::new(|| {
    let lines = Lines::default();
    let writer = lines.clone();
    let log = tracing_subscriber::fmt().with_writer(move || writer.clone());
    log.with_max_level(tracing::Level::TRACE).try_init().expect("nobody else keeps the log");
    lines
});

/// What the operator's log says meanwhile.
#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().expect("nobody panicked").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn of_two_thousand_applicants_nothing_is_found_anywhere() {
    let folder = Folder::new("canaries");
    let faults = swept(&Whereabouts::folder(folder.path()), CITY, false).await;
    assert_eq!(faults, Vec::<String>::new());
}

/// Where a planted leak is found, by what the sweep calls the place, and that of whose leak.
const LEAKS: [(&str, usize); 10] = [
    ("the audit: ", 1),
    ("the public log: ", 2),
    ("the operator's log: ", 3),
    ("search for ", 4),
    ("/gongkai/jigou: ", 5),
    ("/gongkai/jigou, kept: ", 5),
    ("the register as a table: ", 6),
    ("the register as a table: ", 7),
    ("gongkai.db-wal: ", 7),
    ("the backup, gongkai.db: ", 7),
];

#[tokio::test]
async fn a_leak_in_any_place_is_found_and_its_place_named() {
    let folder = Folder::new("canaries-leaking");
    let faults = swept(&Whereabouts::folder(folder.path()), FEW, true).await;
    for (place, of) in LEAKS {
        let whose = Canary::new(of);
        let named = |fault: &&String| {
            fault.contains(place) && whose.words().iter().any(|word| fault.ends_with(word))
        };
        assert!(faults.iter().any(|fault| named(&fault)), "{place}{}: {faults:#?}", whose.name);
    }
    let beyond = Canary::new(8);
    let told = faults.iter().filter(|fault| fault.ends_with(&beyond.name));
    assert_eq!(told.count(), 0, "who did not leak is not told: {faults:#?}");
}

/// Leaks one applicant in each kind of place.
async fn leaked(house: &web::House, canaries: &[Canary]) {
    let name = |at: usize| canaries[at].name.clone();
    let mut desk = house.ledger().desk(Actor::Visitor).await.expect("a desk");
    let entry = |subject: &str, facts: serde_json::Value| ledger::Entry {
        room: "requests",
        act: "own_copy",
        subject: subject.to_owned(),
        organ: ORGAN.into(),
        basis: "《个人信息保护法》第四十五条".into(),
        facts,
    };
    desk.record(entry("request:1", serde_json::json!({ "who": name(1) }))).await.expect("told");
    let leaf = ledger::Leaf::publication("request:2", ORGAN, name(2), String::new());
    desk.publish_leaf(leaf).expect("a leaf");
    for (sql, word) in [
        ("UPDATE organ SET address = $1 WHERE code = $2", canaries[5].address.clone()),
        ("UPDATE request SET title = $1 WHERE organ = $2 AND number LIKE '%00006'", name(6)),
        ("UPDATE request SET doc_number = $1 WHERE organ = $2 AND number LIKE '%00007'", name(7)),
    ] {
        desk.change().run(sql, vec![word.into(), ORGAN.into()]).await.expect("written");
    }
    desk.seal().await.expect("sealed");
    tracing::info!("{} called", name(3));
    let mut batch = house.search().batch().expect("a batch");
    let found = search::SearchDocument {
        id: "leak".into(),
        room: "requests".into(),
        title: name(4),
        url: "/leak".into(),
        division: "350200000000".into(),
        ..search::SearchDocument::default()
    };
    batch.replace([found]).expect("kept");
    batch.commit().expect("written");
}

#[tokio::test]
async fn of_two_thousand_applicants_nothing_is_found_anywhere_on_postgresql() {
    let Some(Place::Postgres(url)) = store::testing::postgres("canaries").await else {
        return store::testing::skipped("PostgreSQL 未提供，只在 SQLite 上找过");
    };
    let folder = Folder::new("canaries-postgres");
    let place = Whereabouts { database: Some(url), ..Whereabouts::folder(folder.path()) };
    assert_eq!(swept(&place, CITY, false).await, Vec::<String>::new());
}

/// Plants all canaries in a demo city and looks for them everywhere.
async fn swept(place: &Whereabouts, crowd: Crowd, leaking: bool) -> Vec<String> {
    demo::prepare(place).await.map_err(|failure| failure.to_string()).expect("the demo");
    let opened = place.open(true).await.map_err(|failure| failure.to_string()).expect("opens");
    let opened = opened.listing_demo_persons().await.map_err(|failure| failure.to_string());
    let Opened { house, routes, .. } = opened.expect("persons");
    work::rebuild_index_if_needed(&house).await.expect("an index");
    let open = routes.iter().filter(|route| route.method == Method::GET);
    let open = open.filter(|route| !route.admission.is_of_workbench());
    let paths: Vec<&str> =
        open.map(|route| route.path).filter(|path| !path.contains('{')).collect();
    let paths: Vec<String> = paths.into_iter().map(str::to_owned).collect();
    let house = Arc::new(house);
    let lines = &*LINES;
    let before = lines.0.lock().expect("nobody panicked").len();
    tracing::debug!("canaries are planted now");
    let portal = web::portal(&house, routes);
    let canaries = planted(&house, &portal, crowd).await;
    if leaking {
        leaked(&house, &canaries).await;
    }
    let (sweep, mut faults) = (Sweep::of(&canaries), Vec::new());
    answers(&portal, &house, &paths, &canaries, &sweep, &mut faults).await;
    samples_and_errors(&portal, &house, &canaries, &sweep, &mut faults).await;
    exports(&portal, &house, &sweep, (canaries.len(), &mut faults)).await;
    rows(house.store(), &sweep, &mut faults).await;
    let said = lines.0.lock().expect("nobody panicked")[before..].to_vec();
    let seen = String::from_utf8_lossy(&said).contains("canaries are planted now");
    assert!(seen, "the log is kept");
    sweep.look("the operator's log", &said, &mut faults);
    files(place, &sweep, &mut faults);
    backup(place, &sweep, &mut faults).await;
    faults
}

/// All who apply, some by the pages, the others by the act behind them.
async fn planted(house: &web::House, portal: &axum::Router, crowd: Crowd) -> Vec<Canary> {
    let many = async || {
        let sql = "SELECT COUNT(*) FROM request";
        house.store().number(sql, vec![]).await.expect("counted").unwrap_or_default()
    };
    let before = many().await;
    let canaries: Vec<Canary> = (0..crowd.by_pages + crowd.by_act).map(Canary::new).collect();
    for canary in canaries.iter().take(crowd.by_pages) {
        by_pages(portal, canary).await;
    }
    let sealer = house.sealer().expect("keys");
    for canary in canaries.iter().skip(crowd.by_pages) {
        by_act(house.ledger(), sealer, canary).await;
    }
    for canary in canaries.iter().step_by(10) {
        letter(house.ledger(), sealer, canary).await;
    }
    for canary in canaries.iter().take(20) {
        speaks(house, sealer, canary).await;
        comes(house, sealer, canary).await;
        asks_before(house, sealer, canary).await;
    }
    while work::round(house).await.expect("works") > 0 {}
    assert_eq!(many().await - before, canaries.len() as i64);
    let (_, searched) = get(portal, "/shenqing/xin?q=%E6%94%BF%E5%8A%A1%E5%85%AC%E5%BC%80").await;
    assert!(String::from_utf8_lossy(&searched).contains("可能已经公开了"), "search first finds it");
    canaries
}

/// Every file of the data folder.
fn files(place: &Whereabouts, sweep: &Sweep, faults: &mut Vec<String>) {
    let files = every_file(&place.data);
    let database = files.iter().any(|file| file.ends_with("gongkai.db"));
    assert_eq!(database, place.database.is_none(), "{files:?}");
    let indexed = files.iter().any(|file| file.to_string_lossy().contains("/index/"));
    assert!(indexed, "an index is there");
    let ahead = files.iter().any(|file| file.to_string_lossy().ends_with("gongkai.db-wal"));
    assert_eq!(ahead, place.database.is_none(), "what was written ahead is looked at: {files:?}");
    for file in files {
        let bytes = std::fs::read(&file).unwrap_or_default();
        sweep.look(&file.to_string_lossy(), &bytes, faults);
    }
}

/// Every file of a backup, which goes elsewhere: database, attachments, its list.
async fn backup(place: &Whereabouts, sweep: &Sweep, faults: &mut Vec<String>) {
    if place.database.is_some() {
        return;
    }
    let folder = Folder::new("canaries-backup");
    std::fs::create_dir_all(folder.path()).expect("a folder");
    let to = folder.path().join("beifen");
    let create = Command::Create { to: to.clone(), with_key: false };
    let done = commands::backup::run(create, place).await;
    done.map_err(|failure| failure.to_string()).expect("a backup");
    let files = every_file(&to);
    assert!(files.iter().any(|file| file.ends_with("gongkai.db")), "{files:?}");
    for file in files {
        let bytes = std::fs::read(&file).expect("reads");
        let name = file.strip_prefix(&to).unwrap_or(&file).to_string_lossy().into_owned();
        sweep.look(&format!("the backup, {name}"), &bytes, faults);
    }
}

/// A page of each kind in every form in which pages are given out, and what is told where there is nothing.
async fn samples_and_errors(
    portal: &axum::Router,
    house: &web::House,
    canaries: &[Canary],
    sweep: &Sweep,
    faults: &mut Vec<String>,
) {
    let (mut given, mut reports) = (0, 0);
    for path in samples(house).await {
        let endings = ["", ".json", ".csv", ".xlsx", ".docx", ".html", ".xml", ".ics"];
        for ending in endings.iter().filter(|ending| ending.is_empty() || !path.contains('?')) {
            let (status, bytes) = get(portal, &format!("{path}{ending}")).await;
            given += usize::from(status == StatusCode::OK);
            let report = path.starts_with("/gongkai/nianbao/") && status == StatusCode::OK;
            reports += usize::from(report && !ending.is_empty());
            sweep.look(&format!("{path}{ending}"), &bytes, faults);
            sweep.look(&format!("{path}{ending}, unpacked"), &unpacked(&bytes), faults);
        }
    }
    assert!(given > 40 && reports >= 4, "{given} given, {reports} files of reports");
    for path in
        ["/meiyou", "/wenjian/0", "/shenqing/jindu/wenshu/0/pdf", "/gongzuo/shenqing", "/%00"]
    {
        sweep.look(path, &get(portal, path).await.1, faults);
    }
    for canary in canaries.iter().step_by(500) {
        let mut browser = Browser::of(portal.clone());
        let tail = &canary.telephone[canary.telephone.len() - 4..];
        let pair = [("chaxunma", "0000-0000-0000-0000"), ("weihao", tail)];
        let seen = browser.post("/shenqing/jindu", &pair).await;
        sweep.look("a wrong pair", seen.text.as_bytes(), faults);
    }
}

/// What an officer takes out of the register, and what the year's report keeps of it.
async fn exports(
    portal: &axum::Router,
    house: &web::House,
    sweep: &Sweep,
    (asked, faults): (usize, &mut Vec<String>),
) {
    let persons = demo::listed(house.ledger()).await.map_err(|failure| failure.to_string());
    let persons = persons.expect("persons");
    let found = demo::who_has(&persons, ORGAN, &[Role::FoiOfficer]);
    let (person, role) = found.expect("an officer");
    let mut officer = Client::of(portal.clone());
    officer.sign_in_as(person, role).await;
    let register = officer.ask(&Method::GET, "/gongzuo/shenqing.csv", "").await;
    assert!(register.text.matches(ORGAN).count() > asked / 2, "{}", register.text.len());
    sweep.look("the register as a table", register.text.as_bytes(), faults);
    let by = review::testing::someone(ORGAN, "foi_officer");
    let desk = house.ledger().desk(by.actor()).await.expect("a desk");
    let year = desk.today().year();
    let opened = reports::acts::opening::keep(desk, &house.figures(), &by, year, true).await;
    let version = opened.expect("opened");
    let content = reports::store::Content::of(house.store(), &version.id).await.expect("reads");
    for form in [Form::Json, Form::Html, Form::Xlsx, Form::Docx] {
        let bytes = writing::write(&version, &content, form, None).await.expect("written");
        sweep.look("the year's report", &bytes, faults);
        sweep.look("the year's report, unpacked", &unpacked(&bytes), faults);
    }
}

/// What is in a package; nothing where it is none.
fn unpacked(bytes: &[u8]) -> Vec<u8> {
    let start = bytes.windows(4).position(|four| four == b"PK\x03\x04");
    let Some(start) = start else { return Vec::new() };
    let Ok(mut archive) = zip::ZipArchive::new(Cursor::new(&bytes[start..])) else {
        return Vec::new();
    };
    let mut all = Vec::new();
    for at in 0..archive.len() {
        let mut entry = archive.by_index(at).expect("an entry");
        entry.read_to_end(&mut all).expect("reads");
    }
    all
}

async fn by_pages(portal: &axum::Router, canary: &Canary) {
    let mut browser = Browser::of(portal.clone());
    let wish = canary.wish();
    let who = Who {
        name: &canary.name,
        number: &canary.number,
        telephone: &canary.telephone,
        address: &canary.address,
        email: &canary.email,
        description: &wish,
    };
    // A number with a wrong check digit first, as it happens; the refusal is no place to keep it.
    let wrong = format!("{}A", &canary.number[..17]);
    browser
        .post("/shenqing/xin/shenqingren", &[("zhengjian", "resident_card"), ("haoma", &wrong)])
        .await;
    browser.fill_in(&who).await;
    let seen = browser.post("/shenqing/xin/hedui", &[]).await;
    assert_eq!(seen.to, "/shenqing/wancheng", "{}", seen.text);
    let seen = browser.get("/shenqing/wancheng").await;
    assert_eq!(seen.status, StatusCode::OK);
}

async fn by_act(ledger: &Ledger, sealer: &Sealer, canary: &Canary) {
    let intake = Intake {
        organ: ORGAN.into(),
        application: canary.application(),
        way: Way::default(),
        items: 1,
        files: vec![],
        key: None,
    };
    let desk = ledger.desk(Actor::Visitor).await.expect("a desk");
    intake::register(desk, sealer, None, intake).await.expect("registered");
}

/// All words of all applicants, plain and as other spellings have them, looked for in one pass.
struct Sweep {
    finder: AhoCorasick,
    words: Vec<String>,
}

impl Sweep {
    fn of(canaries: &[Canary]) -> Self {
        let plain: Vec<&str> = canaries.iter().flat_map(Canary::words).collect();
        let (mut patterns, mut words) = (Vec::new(), Vec::new());
        for word in plain {
            let wide: Vec<u8> = word.encode_utf16().flat_map(u16::to_le_bytes).collect();
            let escaped = web::address::encoded(word).into_bytes();
            let json = word.escape_unicode().to_string().into_bytes();
            let mut spellings = vec![word.as_bytes().to_vec(), wide, escaped, json];
            spellings.push(ledger::hex(word.as_bytes()).into_bytes());
            spellings.extend((0..3).map(|shift| base64(word.as_bytes(), shift)));
            words.extend(spellings.iter().map(|_| word.to_owned()));
            patterns.extend(spellings);
        }
        Self { finder: AhoCorasick::new(patterns).expect("patterns"), words }
    }

    fn look(&self, place: &str, bytes: &[u8], faults: &mut Vec<String>) {
        let found: BTreeSet<&String> = self
            .finder
            .find_iter(bytes)
            .filter_map(|found| self.words.get(found.pattern().as_usize()))
            .collect();
        faults.extend(found.into_iter().take(TOLD).map(|word| format!("{place}: {word}")));
    }
}

/// So many different words are told of one place: enough to name each leak, few enough to be read.
const TOLD: usize = 20;

/// As base64 has it in the middle of something longer, so many bytes behind a whole group.
fn base64(word: &[u8], shift: usize) -> Vec<u8> {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let bytes: Vec<u8> = std::iter::repeat_n(0, shift).chain(word.iter().copied()).collect();
    let groups = bytes.chunks_exact(3).skip(usize::from(shift > 0));
    let four = |three: &[u8]| {
        let joined = three.iter().fold(0u32, |sum, byte| sum << 8 | u32::from(*byte));
        [18, 12, 6, 0].map(|places| LETTERS[(joined >> places & 63) as usize])
    };
    groups.flat_map(four).collect()
}

/// Every open address of the city, as page and as data, and the search for the words themselves.
async fn answers(
    portal: &axum::Router,
    house: &web::House,
    paths: &[String],
    canaries: &[Canary],
    sweep: &Sweep,
    faults: &mut Vec<String>,
) {
    let mut asked = 0;
    for path in paths {
        for ending in ["", "?format=csv", "?format=json"] {
            let (status, bytes) = get(portal, &format!("{path}{ending}")).await;
            if status.is_server_error() {
                faults.push(format!("{path}{ending}: {status}"));
            }
            sweep.look(&format!("{path}{ending}"), &bytes, faults);
            let (_, kept) = get(portal, &format!("{path}{ending}")).await;
            sweep.look(&format!("{path}{ending}, kept"), &kept, faults);
            asked += 1;
        }
    }
    assert!(asked > 100, "{asked} addresses");
    for canary in canaries.iter().take(10).chain(canaries.iter().step_by(25)) {
        for word in canary.words() {
            let hits = house.search().query(&search::Query::new(word)).expect("asked");
            let said = format!("{hits:?}");
            sweep.look(&format!("search for {word}"), said.as_bytes(), faults);
        }
    }
}

async fn get(portal: &axum::Router, path: &str) -> (StatusCode, Vec<u8>) {
    let request = Request::builder().uri(path).header(header::HOST, "localhost");
    let request = request.body(Body::empty()).expect("an address");
    let answer = portal.clone().oneshot(request).await.expect("an answer");
    let (status, headers) = (answer.status(), format!("{:?}\n", answer.headers()));
    let body = to_bytes(answer.into_body(), 64 << 20).await.expect("a body");
    (status, [headers.into_bytes(), body.to_vec()].concat())
}

/// The rows of the audit and the leaves of the public log, as SQL gives them.
async fn rows(store: &store::Store, sweep: &Sweep, faults: &mut Vec<String>) {
    #[derive(FromQueryResult)]
    struct Row {
        text: String,
    }
    for (place, sql) in [
        (
            "the audit",
            "SELECT subject || actor || facts || COALESCE(alteration, '') AS text FROM ledger_event",
        ),
        ("the public log", "SELECT CAST(body AS TEXT) AS text FROM log_leaf"),
    ] {
        let rows: Vec<Row> = store.all(sql, vec![]).await.expect("asks");
        assert!(!rows.is_empty(), "{place} is not empty");
        for row in rows {
            sweep.look(place, row.text.as_bytes(), faults);
        }
    }
    if store.engine() == Engine::Postgres {
        // Its files are the server's: every row of every table as it tells it.
        let sql = "SELECT CAST(tablename AS TEXT) AS text FROM pg_tables
                    WHERE schemaname = current_schema() ORDER BY tablename";
        let tables: Vec<Row> = store.all(sql, vec![]).await.expect("asks");
        assert!(tables.iter().any(|table| table.text == "request_applicant"));
        for Row { text: table } in tables {
            let sql = format!("SELECT CAST(t AS TEXT) AS text FROM \"{table}\" t");
            let rows: Vec<Row> = store.all(&sql, vec![]).await.expect("asks");
            rows.iter().for_each(|row| sweep.look(&table, row.text.as_bytes(), faults));
        }
    }
}

fn every_file(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        match entry.path() {
            path if path.is_dir() => files.extend(every_file(&path)),
            path => files.push(path),
        }
    }
    files
}
