//! A house with nothing in it but the public log, and one site.

use std::path::PathBuf;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request};
use ledger::{Actor, Clock, Entry, Leaf, Ledger, LogKey};
use search::Search;
use store::{Migrations, Place, Store};
use tower::ServiceExt;
use web::layout::{Link, SiteFrame};
use web::{DirectorySource, House, InscribedSource, Room, Site, SiteDirectory};

pub struct Sample {
    pub house: Arc<House>,
    pub key: LogKey,
    pub folder: PathBuf,
    portal: Router,
}

impl Drop for Sample {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.folder).ok();
    }
}

/// A room whose things are whatever the tests publish.
fn things() -> Room {
    let directory = DirectorySource {
        read: |_| {
            Box::pin(async {
                let site = Site {
                    frame: Arc::new(SiteFrame { base: String::new(), ..SiteFrame::sample() }),
                    host: None,
                    place: "云湖市".into(),
                    division: "350200000000".into(),
                    level: identity::Level::City,
                    range: ("350200000000".into(), "350299999999".into()),
                    organ: "XM00001".into(),
                };
                Ok(SiteDirectory::of(vec![site]))
            })
        },
    };
    let inscribed = InscribedSource {
        subjects: "record:",
        contents: |_, subjects| {
            let now = subjects.iter().map(|subject| (subject.clone(), content(subject))).collect();
            Box::pin(async { Ok(now) })
        },
        missing: |_, _| Box::pin(async { Ok(vec![]) }),
        address: |subject| Some(format!("/wenjian/{subject}")),
        page: |_, subject| {
            let link = Link::new("一份文件", format!("/wenjian/{subject}"));
            let hidden = subject.contains("hidden");
            Box::pin(async move { Ok((!hidden).then_some(link)) })
        },
    };
    Room { directory: Some(directory), inscribed: Some(inscribed), ..Room::default() }
}

/// What a thing says.
pub fn content(subject: &str) -> String {
    format!("{{\"form\":\"test/1\",\"text\":\"{subject}\"}}")
}

impl Sample {
    pub async fn open() -> Self {
        let folder = std::env::temp_dir().join(format!("transparency-{}", uuid::Uuid::now_v7()));
        let migrations =
            Migrations::of([jobs::MIGRATIONS, identity::MIGRATIONS, ledger::MIGRATIONS].concat());
        let place = Place::File(folder.join("a.db"));
        let store = Store::open(&place, &migrations).await.expect("opens");
        let ledger = Ledger::open(store, Clock::Wall, vec![]).await.expect("opens");
        let key = LogKey::open_or_make(&folder.join("log"), Some("gongkai.example"));
        let key = key.expect("a key");
        ledger.found_log(Actor::Timer, &key).await.expect("founded");
        let search = Search::open(&folder.join("index")).expect("an index");
        let rooms = vec![things(), transparency::room()];
        let mut house = House::new(ledger, search, rooms, folder.clone(), false);
        let routes = house.take_routes();
        house.refresh_directory().await.expect("a directory");
        let house = Arc::new(house);
        let portal = web::portal(&house, routes);
        Self { house, key, folder, portal }
    }

    pub async fn grow(&self) {
        self.house.ledger().log().grow(&self.key).await.expect("grows");
        self.house.forget_pages();
    }

    pub async fn act(&self, leaf: Leaf) {
        self.act_all(vec![leaf]).await;
    }

    pub async fn act_all(&self, leaves: Vec<Leaf>) {
        let mut desk = self.house.ledger().desk(Actor::Timer).await.expect("a desk");
        for leaf in leaves {
            let entry = Entry {
                room: "records",
                act: "publication",
                subject: "record".into(),
                organ: "XM00001".into(),
                basis: "《政府信息公开条例》第二十六条".into(),
                facts: serde_json::Value::Null,
            };
            desk.record(entry).await.expect("records");
            desk.publish_leaf(leaf).expect("takes it");
        }
        desk.seal().await.expect("seals");
    }

    pub async fn publish(&self, from: u64, count: u64) {
        if count > 0 {
            let subjects = (from..from + count).map(|at| format!("record:{at}"));
            self.act_all(subjects.map(|subject| publication(&subject)).collect()).await;
        }
    }

    /// Serves the portal on a free port of this machine; answers the beginning of its addresses.
    pub async fn serve(&self) -> String {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let portal = self.portal.clone();
        tokio::spawn(async move { axum::serve(listener, portal).await });
        format!("http://{address}")
    }

    pub async fn ask(&self, path: &str) -> (u16, HeaderMap, Vec<u8>) {
        let request = Request::get(path).header("host", "localhost").body(Body::empty());
        let request = request.expect("an address");
        let answer = self.portal.clone().oneshot(request).await.expect("an answer");
        let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
        let body = to_bytes(answer.into_body(), 1 << 24).await.expect("a body");
        (status, headers, body.to_vec())
    }
}

pub fn publication(subject: &str) -> Leaf {
    Leaf::publication(subject, "XM00001", "XM00001-0101-2026-00001", content(subject))
}
