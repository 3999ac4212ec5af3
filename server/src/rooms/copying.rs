//! A copy of the sites as plain files, as a plain server gives it: no link is dead, and after every act it is
//! what a fresh copy would be.

mod gone;
mod kept_pages;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Router;
use export::{Copy, ExportFault};
use ledger::{Actor, Clock, Ledger, LogKey, Subscription};
use records::acts::{Hand, Submission, correction, handing_in, intake, withdrawal};
use review::{Publishers, testing};
use search::Search;
use sites::establishment::{self, Founding};
use store::testing::{Folder, on_both};
use store::{Place, Store};
use web::address::decoded;
use web::{House, Printer};

use crate::opening::PAGES;
use crate::{rooms, work};

const CITY: &str = "XM00001";
const DISTRICT: &str = "SM00001";

const DIVISIONS: &str = "code,name,level,parent,slug\n\
                         350200000000,厦门市,city,350000000000,xiamen\n\
                         350203000000,思明区,district,350200000000,siming\n";
const ORGANS: &str = "code,name,kind,level,division\n\
                      XM00001,厦门市人民政府,government,city,350200000000\n\
                      SM00001,厦门市思明区人民政府,government,district,350203000000\n";

/// A house of a city and a district, with its door.
struct Sample {
    house: Arc<House>,
    portal: Arc<Router>,
    key: LogKey,
    publishers: Publishers,
    folder: Folder,
}

impl Sample {
    async fn open(place: &Place) -> Self {
        Self::printing(place, Duration::ZERO).await
    }

    /// One whose press takes so long for a document; what it prints is what it is told.
    async fn printing(place: &Place, takes: Duration) -> Self {
        let folder = Folder::new("copying");
        let all = rooms::rooms();
        let store = Store::open(place, &rooms::migrations(&all)).await.expect("opens");
        let listeners = all.iter().flat_map(|room| room.listeners.iter());
        let mut heard: Vec<Subscription> =
            listeners.map(|one| Subscription { listener: one.name, acts: one.acts }).collect();
        heard.push(Subscription { listener: PAGES, acts: &["*"] });
        let ledger = Ledger::open(store, Clock::Wall, heard).await.expect("opens");
        furnish(&ledger).await;
        let key = LogKey::open_or_make(&folder.path().join("log"), Some("gongkai.example"));
        let key = key.expect("a key");
        ledger.found_log(Actor::Timer, &key).await.expect("founded");
        let search = Search::in_memory().expect("an index");
        let house = House::new(ledger, search, all, folder.path().to_owned(), false);
        let press = Printer::new(move |_, data| {
            Box::pin(async move {
                tokio::time::sleep(takes).await;
                Ok(format!("{data:?}").into())
            })
        });
        let mut house = house.printing_with(press);
        let routes = house.take_routes();
        house.refresh_directory().await.expect("reads");
        work::rebuild_index_if_needed(&house).await.expect("an index");
        let house = Arc::new(house);
        let portal = Arc::new(web::portal(&house, routes));
        house.reads_at(&portal);
        let publishers = house.publishers();
        let sample = Self { house, portal, key, publishers, folder };
        for (organ, title) in
            [(CITY, "关于召开年会的通知"), (DISTRICT, "关于修缮道路的通告"), (CITY, "误发的名单")]
        {
            sample.publish(organ, title).await;
        }
        let wrong = sample.newest().await;
        sample.withdraw(CITY, &wrong).await;
        sample.settle().await;
        sample
    }

    fn ledger(&self) -> &Ledger {
        self.house.ledger()
    }

    /// Whatever listeners do with an act is done, and the log is signed.
    async fn settle(&self) {
        while work::round(&self.house).await.expect("works") > 0 {}
        let log = self.ledger().log();
        let before = log.checkpoint().await.expect("reads").map_or(0, |signed| signed.size);
        if let Some(grown) = log.grow(&self.key).await.expect("grows") {
            let grown = i64::try_from(grown.size).expect("small");
            self.house.forget_signed(before..grown).await.expect("lets go");
        }
    }

    /// A document is written; answers its draft's key.
    async fn drafted(&self, organ: &str, title: &str) -> String {
        let (ledger, publishers) = (self.ledger(), &self.publishers);
        let today = ledger.clock().today();
        let text = format!(
            "---\n标题：{title}\n发布机构：{organ}\n成文日期：{today}\n主题分类：综合政务/政务公开\n\
             体裁：通告\n公开属性：主动公开\n---\n\n现予公布，请遵照执行。\n"
        );
        let submission = Submission::read_all(&text, today).expect("reads").remove(0);
        let drafter = testing::someone(organ, "drafter");
        let desk = ledger.desk(drafter.actor()).await.expect("a desk");
        let draft = intake::begin(desk, publishers.folder(), &drafter, submission).await;
        draft.expect("begins").id
    }

    /// A document is written, reviewed and released; answers its key.
    async fn publish(&self, organ: &str, title: &str) -> String {
        let draft = self.drafted(organ, title).await;
        let (ledger, publishers) = (self.ledger(), &self.publishers);
        let drafter = testing::someone(organ, "drafter");
        let desk = ledger.desk(drafter.actor()).await.expect("a desk");
        let unit = handing_in::keep(desk, publishers, &drafter, &draft, None).await;
        let appeared = testing::publish(ledger, publishers, &unit.expect("hands in")).await;
        let subject = appeared.expect("is released").remove(0).subject;
        subject.strip_prefix("record:").expect("a record").to_owned()
    }

    async fn correct(&self, organ: &str, record: &str) {
        let (ledger, publishers) = (self.ledger(), &self.publishers);
        let drafter = testing::someone(organ, "drafter");
        let desk = ledger.desk(drafter.actor()).await.expect("a desk");
        let draft = correction::begin(desk, &Hand::from(&drafter), record, "走查：日期有误").await;
        let draft = draft.expect("begins");
        let desk = ledger.desk(drafter.actor()).await.expect("a desk");
        let unit = handing_in::keep(desk, publishers, &drafter, &draft.id, None).await;
        testing::publish(ledger, publishers, &unit.expect("hands in")).await.expect("is released");
    }

    async fn withdraw(&self, organ: &str, record: &str) {
        let by = testing::someone(organ, "publisher");
        let desk = self.ledger().desk(by.actor()).await.expect("a desk");
        let case = withdrawal::emergency(desk, &Hand::from(&by), record, "走查：误发").await;
        case.expect("is withdrawn");
    }

    /// The document that was published last.
    async fn newest(&self) -> String {
        let leaves = self.ledger().log().newest_leaves(1).await.expect("reads");
        leaves[0].body.subject.trim_start_matches("record:").to_owned()
    }

    /// Opens a copy beside the data.
    async fn copy(&self, name: &str) -> Result<(Copy, PathBuf), ExportFault> {
        let folder = self.folder.path().join("copies").join(name);
        let portal = self.portal.as_ref().clone();
        let copy = Copy::open(Arc::clone(&self.house), portal, &folder).await?;
        Ok((copy, folder))
    }

    /// The same as soon as what was interrupted has let go of it.
    async fn copy_when_free(&self, name: &str) -> (Copy, PathBuf) {
        loop {
            match self.copy(name).await {
                Err(ExportFault::Taken(_)) => tokio::time::sleep(Duration::from_millis(10)).await,
                opened => return opened.expect("opens"),
            }
        }
    }

    /// What a fresh copy has.
    async fn fresh(&self, name: &str) -> BTreeMap<String, Vec<u8>> {
        let (copy, folder) = self.copy(name).await.expect("opens");
        let told = copy.bring_up_to_date(false).await.expect("is written");
        assert_eq!((told.failed, told.dead), (0, vec![]), "{name}");
        files(&folder)
    }
}

async fn furnish(ledger: &Ledger) {
    let operator = || Actor::Operator("walk".into());
    let desk = ledger.desk(operator()).await.expect("a desk");
    let tables = identity::Tables { divisions: Some(DIVISIONS), organs: Some(ORGANS) };
    tables.keep(desk, "走查").await.expect("imports");
    let founding = Founding { domain: "www.x.example".into(), ..Founding::default() };
    establishment::open(ledger, operator(), &founding).await.expect("opens");
    catalogue::acts::domains::seed_if_none(ledger).await.expect("domains");
    catalogue::acts::plan::seed_if_none(ledger).await.expect("a plan");
}

/// Everything in a copy but what it keeps for itself.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut ahead = vec![folder.to_owned()];
    while let Some(at) = ahead.pop() {
        for entry in fs::read_dir(&at).expect("a folder").flatten() {
            let path = entry.path();
            match path.is_dir() {
                true if entry.file_name() == ".gongkai" => {}
                true => ahead.push(path),
                false => {
                    let name = path.strip_prefix(folder).expect("inside").to_string_lossy();
                    found.insert(name.into_owned(), fs::read(&path).expect("reads"));
                }
            }
        }
    }
    found
}

/// What differs, by name.
fn differing(one: &BTreeMap<String, Vec<u8>>, other: &BTreeMap<String, Vec<u8>>) -> Vec<String> {
    let names: BTreeSet<&String> = one.keys().chain(other.keys()).collect();
    let differs = |name: &&&String| one.get(**name) != other.get(**name);
    names.iter().filter(differs).map(|name| (*name).clone()).collect()
}

/// The file that a plain server gives for an address: queries it does not look at.
fn served<'a>(files: &'a BTreeMap<String, Vec<u8>>, address: &str) -> Option<&'a Vec<u8>> {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let path = decoded(path);
    let path = path.trim_matches('/');
    let page = if path.is_empty() { "index.html".into() } else { format!("{path}/index.html") };
    files.get(path).or_else(|| files.get(&page))
}

/// The addresses on this host that a page leads to.
fn links(html: &str) -> Vec<String> {
    let attributes = ["href=\"", "src=\"", "action=\""];
    let values = attributes.iter().flat_map(|name| html.split(name).skip(1));
    let values = values.filter_map(|rest| rest.split('"').next());
    let inside = values.filter(|href| href.starts_with('/') && !href.starts_with("//"));
    inside.map(|href| href.replace("&#38;", "&")).collect()
}

/// Links that lead to no file, each with the page it stands on.
fn dead(files: &BTreeMap<String, Vec<u8>>) -> Vec<String> {
    let mut dead = BTreeSet::new();
    for (name, bytes) in files.iter().filter(|(name, _)| name.ends_with(".html")) {
        let html = String::from_utf8_lossy(bytes);
        let gone = links(&html).into_iter().filter(|href| served(files, href).is_none());
        dead.extend(gone.map(|href| format!("{name}: {href}")));
    }
    dead.into_iter().collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_has_every_page_and_every_logged_thing_and_no_dead_link() {
    on_both("copying_whole", async |place| {
        let sample = Sample::open(&place).await;
        let files = sample.fresh("whole").await;
        assert_eq!(dead(&files), Vec::<String>::new());
        for (name, bytes) in files.iter().filter(|(name, _)| name.ends_with(".html")) {
            let html = String::from_utf8_lossy(bytes);
            assert_eq!(web::page::inspect(&html), Vec::<String>::new(), "{name}");
            assert!(!html.contains("method=\"post\""), "{name}: nothing can be sent");
        }
        let log = sample.ledger().log();
        let leaves = log.leaves().await.expect("reads");
        for (position, subject) in log.subjects(0..leaves).await.expect("reads") {
            let leaf = format!("/gongkai-rizhi/{position}");
            assert!(served(&files, &leaf).is_some(), "{leaf}");
            assert!(served(&files, &format!("{leaf}.tlog-proof")).is_some(), "{leaf}");
            let page = format!("/wenjian/{}", subject.trim_start_matches("record:"));
            assert!(served(&files, &page).is_some(), "{page}");
        }
        let wrong = log.history(&log.subjects(2..3).await.expect("reads")[0].1).await;
        let subject = wrong.expect("reads")[0].body.subject.clone();
        let page = format!("/wenjian/{}", subject.trim_start_matches("record:"));
        let notice = String::from_utf8_lossy(served(&files, &page).expect("a notice")).into_owned();
        assert!(notice.contains("已撤下") && notice.contains("走查：误发"), "{notice}");
        for path in ["/sousuo", "/siming/sousuo", "/dingyue", "/pianhao", "/shenqing/xin"] {
            let page = String::from_utf8_lossy(served(&files, path).expect(path)).into_owned();
            assert!(page.contains("暂停") && page.contains("/suoyin"), "{path}");
        }
        for name in ["checkpoint", "404.html", "robots.txt", "sitemap.xml", "zuixin.atom"] {
            assert!(files.contains_key(name), "{name}");
        }
        assert!(files.keys().any(|name| name.starts_with("tile/0/000")), "hashes of the log");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn after_each_act_a_copy_is_what_a_fresh_one_would_be() {
    on_both("copying_after", async |place| {
        let sample = Sample::open(&place).await;
        let (copy, folder) = sample.copy("kept").await.expect("opens");
        copy.bring_up_to_date(false).await.expect("is written");
        let again = copy.bring_up_to_date(true).await.expect("is compared");
        assert_eq!((again.written, again.removed), (0, 0), "what has not changed is not written");
        let nothing = copy.bring_up_to_date(false).await.expect("is compared");
        assert_eq!(nothing.asked, 0, "without an act nothing is asked for");
        let first = sample.publish(DISTRICT, "关于新建公园的通告").await;
        for step in ["published", "corrected", "withdrawn", "published again"] {
            match step {
                "corrected" => sample.correct(DISTRICT, &first).await,
                "withdrawn" => sample.withdraw(DISTRICT, &first).await,
                "published again" => drop(sample.publish(CITY, "关于召开会议的通告").await),
                _ => {}
            }
            sample.settle().await;
            let told = copy.bring_up_to_date(false).await.expect("is written");
            assert_eq!((told.failed, told.dead), (0, vec![]), "{step}");
            let (kept, fresh) = (files(&folder), sample.fresh(step).await);
            assert_eq!(differing(&kept, &fresh), Vec::<String>::new(), "{step}");
            assert_eq!(dead(&kept), Vec::<String>::new(), "{step}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_that_was_interrupted_is_gone_on_with() {
    let place = Folder::new("copying-killed");
    let sample = Sample::open(&Place::File(place.path().join("gongkai.db"))).await;
    let whole = sample.fresh("undisturbed").await;
    let mut kept = BTreeMap::new();
    for attempt in 1_u64..40 {
        let (copy, folder) = sample.copy_when_free("killed").await;
        let longest = Duration::from_millis(attempt * 40);
        let told = tokio::time::timeout(longest, copy.bring_up_to_date(false)).await;
        drop(copy);
        kept = files(&folder);
        let begun = kept.iter().filter(|(name, bytes)| whole.get(*name) != Some(bytes));
        let begun: Vec<&String> = begun.map(|(name, _)| name).collect();
        assert!(begun.is_empty(), "half of a file is seen: {begun:?}");
        if told.is_ok() {
            assert!(attempt > 1, "it was interrupted at least once");
            break;
        }
    }
    assert_eq!(differing(&kept, &whole), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_that_is_not_ours_or_is_being_written_is_refused_and_a_lost_file_comes_back() {
    let place = Folder::new("copying-refused");
    let sample = Sample::open(&Place::File(place.path().join("gongkai.db"))).await;
    let other = sample.folder.path().join("copies/other");
    fs::create_dir_all(&other).expect("a folder");
    fs::write(other.join("照片.jpg"), "别的东西").expect("a file");
    assert!(matches!(sample.copy("other").await, Err(ExportFault::NotOurs(_))));
    assert_eq!(fs::read_dir(&other).expect("a folder").count(), 1, "nothing was put there");
    let (copy, folder) = sample.copy("held").await.expect("opens");
    assert!(matches!(sample.copy("held").await, Err(ExportFault::Taken(_))));
    copy.bring_up_to_date(false).await.expect("is written");
    let whole = files(&folder);
    fs::remove_file(folder.join("index.html")).expect("a file");
    fs::write(folder.join("siming/index.html"), "改过").expect("a file");
    assert_eq!(copy.look_over().await.expect("reads"), 2);
    copy.bring_up_to_date(false).await.expect("is written");
    assert_eq!(differing(&files(&folder), &whole), Vec::<String>::new());
    assert_eq!(copy.look_over().await.expect("reads"), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_new_start_of_the_machine_every_file_is_compared_once() {
    use sea_orm::ConnectionTrait;
    let place = Folder::new("copying-restarted");
    let sample = Sample::open(&Place::File(place.path().join("gongkai.db"))).await;
    let (copy, folder) = sample.copy("kept").await.expect("opens");
    copy.bring_up_to_date(false).await.expect("is written");
    let whole = files(&folder);
    fs::write(folder.join("siming/index.html"), "").expect("what never reached the disk");
    copy.bring_up_to_date(false).await.expect("is compared");
    assert_eq!(files(&folder)["siming/index.html"], b"", "on a machine that ran on it is believed");
    drop(copy);
    let list = format!("sqlite://{}", folder.join(".gongkai/list.db").display());
    let list = sea_orm::Database::connect(list).await.expect("opens");
    let earlier = "UPDATE mark SET value = 'an earlier start' WHERE name = 'machine'";
    list.execute_unprepared(earlier).await.expect("is noted");
    list.close().await.expect("closes");
    let (copy, _) = sample.copy_when_free("kept").await;
    let told = copy.bring_up_to_date(false).await.expect("is written");
    assert_eq!((told.written, differing(&files(&folder), &whole)), (1, vec![]));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_published_is_in_a_kept_copy_within_seconds_and_nothing_of_another_site_is_lost() {
    let place = Folder::new("copying-kept");
    let sample = Sample::open(&Place::File(place.path().join("gongkai.db"))).await;
    let (copy, folder) = sample.copy("kept").await.expect("opens");
    let keeping = tokio::spawn(copy.keep());
    let shows = async |file: String| {
        let began = Instant::now();
        while !folder.join(&file).exists() {
            assert!(began.elapsed() < Duration::from_secs(60), "{file} is not there");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    shows("gongkai-rizhi/2/index.html".into()).await;
    // From now on lists anywhere are put off, and what is published is not.
    for title in ["关于新建公园的通告", "关于修桥的通告"] {
        let record = sample.publish(DISTRICT, title).await;
        sample.settle().await;
        shows(format!("siming/wenjian/{record}/index.html")).await;
        shows(format!("wenjian/{record}.json")).await;
    }
    tokio::time::sleep(Duration::from_secs(3)).await;
    keeping.abort();
    keeping.await.expect_err("it is kept until the program ends");
    let (kept, fresh) = (files(&folder), sample.fresh("after").await);
    assert_eq!(differing(&kept, &fresh), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_withdrawn_while_a_copy_is_made_is_gone_from_it_before_it_is_finished() {
    let place = Folder::new("copying-overtaken");
    let place = Place::File(place.path().join("gongkai.db"));
    let sample = Sample::printing(&place, Duration::from_millis(400)).await;
    let mut all = Vec::new();
    for number in 1..=12 {
        all.push(sample.publish(CITY, &format!("关于第{number}号公园的通告")).await);
    }
    sample.settle().await;
    let (copy, folder) = sample.copy("overtaken").await.expect("opens");
    let making = tokio::spawn(async move { copy.bring_up_to_date(false).await });
    let page = folder.join(format!("wenjian/{}/index.html", all[0]));
    let waits = async |words: &str| {
        while !fs::read_to_string(&page).is_ok_and(|text| text.contains(words)) {
            assert!(!making.is_finished(), "{words} comes at the end or not at all");
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    waits("请遵照执行").await;
    sample.withdraw(CITY, &all[0]).await;
    waits("已撤下").await;
    making.await.expect("ends").expect("is written");
    assert!(
        !folder.join(format!("wenjian/{}.json", all[0])).exists(),
        "with all that belongs to it"
    );
    assert!(folder.join(format!("wenjian/{}.json", all[1])).exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_published_asks_for_no_page_about_another_document() {
    let place = Folder::new("copying-others");
    let sample = Sample::open(&Place::File(place.path().join("gongkai.db"))).await;
    let (copy, _) = sample.copy("others").await.expect("opens");
    let renewed = async || {
        sample.settle().await;
        copy.bring_up_to_date(false).await.expect("is written").asked
    };
    renewed().await;
    let (mut asked, mut built) = (Vec::new(), 0);
    for many in [1, 8, 1] {
        for _ in 0..many {
            built += 1;
            sample.publish(DISTRICT, &format!("关于第{built}座桥的通告")).await;
        }
        asked.push(renewed().await);
    }
    assert!(asked[2] < asked[0] + 8, "not one more for each that is there: {asked:?}");
}
