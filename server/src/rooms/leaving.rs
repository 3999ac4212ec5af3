//! What is withdrawn or corrected leaves the search at once, whatever else has to hear of it.

use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Router;
use axum::http::Method;
use ledger::{Actor, Clock, Ledger, Subscription};
use records::acts::{Hand, Submission, handing_in, intake, withdrawal};
use review::{Publishers, testing};
use search::Search;
use sites::establishment::{self, Founding};
use store::testing::Folder;
use store::{Place, Store};
use tokio::sync::Notify;
use web::{House, Listener, Room};

use super::client::Client;
use crate::opening::PAGES;
use crate::{rooms, work};

const ORGAN: &str = "XM00001";

/// A word that stands nowhere else, and the search for it.
const TITLE: &str = "关于紫云英展览的通告";
const SEARCH: &str = "/sousuo?q=%E7%B4%AB%E4%BA%91%E8%8B%B1";

/// How long the other listener takes, which holds the only writer of SQLite all that time.
const LONG: Duration = Duration::from_secs(4);

/// By when nothing of it may be found any more.
const AT_ONCE: Duration = Duration::from_secs(1);

/// A listener that computes for long, as that of obligations does in a large city.
const SLOW: Listener = Listener {
    name: "slow.computation",
    acts: &["records.publication", "records.withdrawal", "records.restoration"],
    hear: |_, _, _| {
        Box::pin(async {
            tokio::time::sleep(LONG).await;
            Ok(())
        })
    },
};

/// A house of one organ and one site, with a worker and a listener that takes long.
async fn house(folder: &Folder) -> (Arc<House>, Router, Arc<Notify>) {
    let mut all = rooms::rooms();
    all.push(Room { name: "slow", listeners: vec![SLOW], ..Room::default() });
    let place = Place::File(folder.path().join("gongkai.db"));
    let store = Store::open(&place, &rooms::migrations(&all)).await.expect("opens");
    let listeners = all.iter().flat_map(|room| room.listeners.iter());
    let mut heard: Vec<Subscription> =
        listeners.map(|one| Subscription { listener: one.name, acts: one.acts }).collect();
    heard.push(Subscription { listener: PAGES, acts: &["*"] });
    let bell = Arc::new(Notify::new());
    let waking = Arc::clone(&bell);
    let ledger = Ledger::open(store, Clock::Wall, heard).await.expect("opens");
    let ledger = ledger.waking(Arc::new(move || waking.notify_one()));
    furnish(&ledger).await;
    let search = Search::open(&folder.path().join("index")).expect("an index");
    let mut house = House::new(ledger, search, all, folder.path().to_owned(), false);
    let routes = house.take_routes();
    house.refresh_directory().await.expect("reads");
    work::rebuild_index_if_needed(&house).await.expect("an index");
    let house = Arc::new(house);
    let portal = web::portal(&house, routes);
    (house, portal, bell)
}

async fn furnish(ledger: &Ledger) {
    let divisions = "code,name,level\n350200000000,厦门市,city\n";
    let organs = "code,name,kind,level,division\n\
                  XM00001,厦门市人民政府,government,city,350200000000\n";
    let operator = || Actor::Operator("walk".into());
    let desk = ledger.desk(operator()).await.expect("a desk");
    let tables = identity::Tables { divisions: Some(divisions), organs: Some(organs) };
    tables.keep(desk, "走查").await.expect("imports");
    establishment::open(ledger, operator(), &Founding::default()).await.expect("opens");
}

/// A document is written, reviewed and released; answers its key.
async fn published(ledger: &Ledger, publishers: &Publishers) -> String {
    let today = ledger.clock().today();
    let text = format!(
        "---\n标题：{TITLE}\n发布机构：{ORGAN}\n成文日期：{today}\n主题分类：综合政务/政务公开\n\
         体裁：通告\n公开属性：主动公开\n---\n\n展览在市民中心举行。\n"
    );
    let submission = Submission::read_all(&text, today).expect("reads").remove(0);
    let drafter = testing::someone(ORGAN, "drafter");
    let desk = ledger.desk(drafter.actor()).await.expect("a desk");
    let draft = intake::begin(desk, publishers.folder(), &drafter, submission).await;
    let draft = draft.expect("begins");
    let desk = ledger.desk(drafter.actor()).await.expect("a desk");
    let unit = handing_in::keep(desk, publishers, &drafter, &draft.id, None).await;
    let appeared = testing::publish(ledger, publishers, &unit.expect("hands in")).await;
    let subject = appeared.expect("is released").remove(0).subject;
    subject.strip_prefix("record:").expect("a record").to_owned()
}

/// How long it takes until the search shows it, or shows it no more.
async fn until(visitor: &Client, shown: bool) -> Duration {
    let began = Instant::now();
    loop {
        let page = visitor.ask(&Method::GET, SEARCH, "").await.text;
        if page.contains("/wenjian/") == shown || began.elapsed() > 3 * LONG {
            return began.elapsed();
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_withdrawn_is_found_no_more_though_a_listener_computes_for_long() {
    let folder = Folder::new("leaving");
    let (house, portal, bell) = house(&folder).await;
    let worker = tokio::spawn(work::forever(Arc::clone(&house), bell));
    let (ledger, publishers) = (house.ledger(), house.publishers());
    let visitor = Client::of(portal);
    until(&visitor, false).await;
    let id = published(ledger, &publishers).await;
    let seen = until(&visitor, true).await;
    assert!(seen < AT_ONCE, "it was found only after {seen:?}");
    let hand = |person: &str| Hand {
        person: person.into(),
        name: person.into(),
        organ: ORGAN.into(),
        unit: String::new(),
        stands_in_for: None,
    };
    let desk = ledger.desk(Actor::Person("someone".into())).await.expect("a desk");
    let case = withdrawal::emergency(desk, &hand("someone"), &id, "走查：误发").await;
    let case = case.expect("is withdrawn");
    let gone = until(&visitor, false).await;
    assert!(gone < AT_ONCE, "it was still found after {gone:?}");
    let desk = ledger.desk(Actor::Person("other".into())).await.expect("a desk");
    let restored =
        withdrawal::decide(desk, &hand("other"), &case.id, false, "走查：不是误发").await;
    restored.expect("is restored");
    let back = until(&visitor, true).await;
    assert!(back < AT_ONCE, "it was found again only after {back:?}");
    worker.abort();
}
