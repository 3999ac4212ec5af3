//! A small house: a city with a district and a village, a room that publishes notes, and the room of notices.

use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use identity::Level;
use jiff::{SignedDuration, Timestamp};
use jobs::{Kinds, Queue};
use ledger::{Actor, Clock, Entry, Event, Ledger, Subscription};
use notices::acts::dispatch;
use notices::contact::Way;
use notices::{Settings, Ways};
use store::testing::Folder;
use store::{Migrations, Place, Statements, Store, Transaction};
use web::testing::{self, site};
use web::{
    Announcement, Ask, Became, By, DirectorySource, Gone, House, Later, Listener, Listing,
    PublicDay, Room, Row, Rows, SiteDirectory, Tally, ThemeSource,
};

const DIVISIONS: &str = "code,name,level,parent,slug
350200000000,厦门市,city,,xiamen
350203000000,思明区,district,350200000000,siming
350203001000,厦港街道,township,350203000000,xiagang
350203001001,鸿山社区居委会,village,350203001000,
350203001002,福海社区居委会,village,350203001000,
350203001003,福山社区居委会,village,350203001000,
";
const ORGANS: &str =
    "code,name,short_name,kind,level,division,valid_from,valid_to,successor,domains
XM00002,厦门市人民政府办公厅,市政府办公厅,office,city,350200000000,,,,
XM01101,厦门市思明区人民政府厦港街道办事处,厦港街道,town,township,350203001000,,,,
";

/// The moment at which a test begins: a Thursday morning in China.
pub const NOW: &str = "2026-11-26T02:00:00Z";

/// Where readers reach the portal.
pub const ORIGIN: &str = "https://www.example.gov.cn";

/// One house on one engine.
pub struct Sample {
    pub house: Arc<House>,
    pub portal: Router,
    pub place: Place,
    now: Timestamp,
    ways: Settings,
    folder: Arc<Folder>,
}

/// Runs a check in a fresh house on SQLite, and on PostgreSQL where there is one.
pub async fn on_both(settings: &Settings, check: impl AsyncFn(Sample)) {
    store::testing::on_both("notices", async |place| {
        let folder = Arc::new(Folder::new("notices-house"));
        check(Sample::open(place, settings, folder, NOW.parse().expect("a moment")).await).await;
    })
    .await;
}

/// What the room of notes publishes, for the whole process: each test has notes of its own.
static NOTES: Mutex<Vec<Row>> = Mutex::new(Vec::new());

impl Sample {
    async fn open(place: Place, settings: &Settings, folder: Arc<Folder>, now: Timestamp) -> Self {
        let all = [
            jobs::MIGRATIONS,
            identity::MIGRATIONS,
            ledger::MIGRATIONS,
            notices::MIGRATIONS,
            web::api::MIGRATIONS,
        ];
        let fresh = !Store::is_founded(&place).await.expect("asks");
        let store = Store::open(&place, &Migrations::of(all.concat())).await.expect("opens");
        if fresh {
            let change = store.begin().await.expect("begins");
            identity::import_divisions(&change, DIVISIONS).await.expect("imports");
            identity::import_organs(&change, ORGANS).await.expect("imports");
            change.commit().await.expect("commits");
        }
        let rooms = vec![notes(), sites(), notices::room()];
        let listening = rooms.iter().flat_map(|room| room.listeners.iter());
        let listening = listening.map(|one| Subscription { listener: one.name, acts: one.acts });
        let listening = listening.collect();
        let ledger = Ledger::open(store, Clock::Fixed(now), listening).await.expect("opens");
        let search = search::Search::in_memory().expect("memory");
        let house = House::new(ledger, search, rooms, folder.path().to_owned(), true);
        let ways = Ways::open(settings.clone()).expect("settings that can be used");
        let mut house = house.furnished_with(ways);
        let routes = house.take_routes();
        let house = Arc::new(house);
        house.refresh_directory().await.expect("reads");
        let portal = web::portal(&house, routes);
        Self { house, portal, place, now, ways: settings.clone(), folder }
    }

    /// The same house some time later.
    pub async fn later(&self, time: SignedDuration) -> Self {
        let now = self.now.checked_add(time).expect("a moment");
        Self::open(self.place.clone(), &self.ways, Arc::clone(&self.folder), now).await
    }

    /// An act on a note, heard at once.
    pub async fn note(&self, act: &'static str, id: &str, title: &str) {
        let row = Row {
            id: id.into(),
            title: title.into(),
            path: format!("/wenjian/{id}"),
            number: None,
            organ: "厦港街道".into(),
            made_on: None,
            published_on: "2026-11-26".into(),
            published_at: NOW.into(),
            original_on: None,
            validity: None,
            demo: false,
        };
        {
            let mut notes = NOTES.lock().unwrap_or_else(PoisonError::into_inner);
            notes.retain(|one| one.id != id);
            if act != "withdrawal" {
                notes.push(row);
            }
        }
        let mut desk = self.house.ledger().desk(Actor::Timer).await.expect("a desk");
        let entry = Entry {
            room: "notes",
            act,
            subject: format!("note:{id}"),
            organ: "XM01101".into(),
            basis: "条例第二十六条".into(),
            facts: serde_json::json!({ "title": title }),
        };
        desk.record(entry).await.expect("records");
        desk.seal().await.expect("seals");
        self.hear().await;
    }

    /// Lets listeners hear of what was done.
    pub async fn hear(&self) {
        let (store, now) = (self.house.store(), self.now);
        let change = store.begin().await.expect("begins");
        let jobs = Queue::claim(&change, Kinds::Any, now, 100).await.expect("claims");
        change.commit().await.expect("commits");
        for job in jobs {
            let event = self.house.ledger().event(&job.payload).await.expect("asks");
            let listener = self.house.listeners().find(|one| one.name == job.kind).copied();
            let change = store.begin().await.expect("begins");
            if let (Some(event), Some(listener)) = (event, listener) {
                (listener.hear)(&self.house, &event, &change).await.expect("hears");
                // Heard twice, as after a crash: it changes nothing.
                (listener.hear)(&self.house, &event, &change).await.expect("hears");
            }
            Queue::finish(&change, &job).await.expect("finishes");
            change.commit().await.expect("commits");
        }
    }

    /// Sends what is due now.
    pub async fn dispatch(&self) -> usize {
        let mut many = 0;
        loop {
            let mut sent = 0;
            for (way, ..) in Way::ALL {
                sent += dispatch::round(&self.house, way).await.expect("sends");
            }
            many += sent;
            if sent == 0 {
                return many;
            }
        }
    }

    /// What a visitor gets.
    pub async fn get(&self, path: &str) -> (StatusCode, String) {
        testing::read(&self.portal, path).await
    }

    /// What a visitor gets whose browser keeps a cookie.
    pub async fn get_with(&self, path: &str, cookie: &str) -> (StatusCode, String) {
        let request = Request::builder()
            .uri(path)
            .header(header::HOST, "localhost")
            .header(header::COOKIE, cookie)
            .body(Body::empty())
            .expect("a request");
        let (status, _, body) = testing::answer(&self.portal, request).await;
        (status, String::from_utf8(body).expect("text"))
    }

    /// What a visitor gets who sends a form.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.post_with(path, fields, "").await
    }

    /// What a visitor gets who sends a form and whose browser keeps a cookie.
    pub async fn post_with(&self, path: &str, fields: &[(&str, &str)], cookie: &str) -> Answer {
        let body: Vec<String> = fields
            .iter()
            .map(|(name, value)| web::address::with_query("", &[(*name, *value)]))
            .map(|pair| pair.trim_start_matches('?').to_owned())
            .collect();
        let request = Request::builder()
            .method(Method::POST)
            .uri(path)
            .header(header::HOST, "localhost")
            .header(header::ORIGIN, "http://localhost")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::COOKIE, cookie)
            .body(Body::from(body.join("&")))
            .expect("a request");
        let (status, headers, body) = testing::answer(&self.portal, request).await;
        Answer { status, headers, text: String::from_utf8(body).expect("text") }
    }

    /// How many rows a table has.
    pub async fn count(&self, table: &str) -> i64 {
        let sql = format!("SELECT COUNT(*) FROM {table}");
        self.house.store().number(&sql, vec![]).await.expect("counts").unwrap_or_default()
    }

    /// The ids of all deliveries of a state.
    pub async fn deliveries(&self, state: &str) -> Vec<notices::store::Delivery> {
        let all = notices::store::Delivery::newest(self.house.store(), None, 500).await;
        all.expect("asks").into_iter().filter(|one| one.state == state).collect()
    }
}

/// What came back.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
}

impl Answer {
    /// The cookie it sets, as a browser sends it again.
    pub fn cookie(&self) -> String {
        let set = self.headers.get(header::SET_COOKIE).and_then(|set| set.to_str().ok());
        set.and_then(|set| set.split(';').next()).unwrap_or_default().to_owned()
    }

    /// Where it leads.
    pub fn to(&self) -> &str {
        let to = self.headers.get(header::LOCATION).and_then(|to| to.to_str().ok());
        to.unwrap_or_default()
    }
}

fn sites() -> Room {
    let read = |_: &House| -> Later<'_, SiteDirectory> {
        Box::pin(async {
            let city = site(&[("", "厦门市")], Level::City, "3502", "XM00002");
            let district = site(
                &[("", "厦门市"), ("/siming", "思明区")],
                Level::District,
                "350203",
                "XM01101",
            );
            Ok(SiteDirectory::of(vec![city, district]))
        })
    };
    Room { name: "places", directory: Some(DirectorySource { read }), ..Room::default() }
}

fn notes() -> Room {
    let days = |house: &House, _: &web::Site| -> Later<'_, Vec<PublicDay>> {
        let day = house.ledger().clock().today();
        Box::pin(async move {
            Ok(vec![PublicDay {
                key: "note:1".into(),
                day,
                title: "征求意见截止".into(),
                detail: String::new(),
                path: "/mulu".into(),
            }])
        })
    };
    Room {
        name: "notes",
        listeners: vec![Listener { name: "notes.announcement", acts: NOTED, hear }],
        listing: Some(&Notes),
        themes: Some(ThemeSource {
            domains: |_| {
                Box::pin(async {
                    Ok(vec![
                        ("jiuye".into(), "就业".into()),
                        ("shehuijiuzhu".into(), "社会救助".into()),
                    ])
                })
            },
            item: |_, _, domain, item| {
                let known = domain == "jiuye" && item == "00000001";
                Box::pin(async move { Ok(known.then(|| "就业政策".to_owned())) })
            },
        }),
        days: Some(web::DaySource { days }),
        ..Room::default()
    }
}

fn hear<'a>(house: &'a House, event: &'a Event, change: &'a Transaction) -> Later<'a, ()> {
    Box::pin(async move {
        let id = event.subject.trim_start_matches("note:");
        let title = event.facts["title"].as_str().unwrap_or_default().to_owned();
        let told = Announcement {
            became: match event.act.as_str() {
                "withdrawal" => Became::Gone,
                "correction" => Became::Corrected,
                _ => Became::Public,
            },
            text: title.clone(),
            title,
            path: format!("/wenjian/{id}"),
            organ: event.organ.clone(),
            organ_name: "厦港街道".into(),
            division: "350203001000".into(),
            domains: vec!["jiuye".into()],
            items: vec!["jiuye/00000001".into()],
        };
        house.announce(event, told, change).await
    })
}

const NOTED: &[&str] = &["notes.publication", "notes.correction", "notes.withdrawal"];

struct Notes;

impl Listing for Notes {
    fn rows<'a>(&'a self, _: &'a House, ask: &'a Ask) -> Later<'a, Rows> {
        let words = ask.words.clone().unwrap_or_default();
        Box::pin(async move {
            let notes = NOTES.lock().unwrap_or_else(PoisonError::into_inner);
            let found = notes.iter().filter(|row| row.title.contains(&words)).cloned();
            Ok(Rows { rows: found.collect(), next: None })
        })
    }

    fn tally<'a>(
        &'a self,
        _: &'a House,
        _: &'a Ask,
        _: By,
    ) -> Later<'a, std::collections::HashMap<String, Tally>> {
        Box::pin(async { Ok(Default::default()) })
    }

    fn gone<'a>(&'a self, _: &'a House, _: &'a Ask, _: law::Date) -> Later<'a, Vec<Gone>> {
        Box::pin(async { Ok(vec![Gone { path: "/wenjian/weg".into(), at: NOW.into() }]) })
    }
}
