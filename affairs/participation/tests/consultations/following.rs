//! The live text of an interview as readers follow it: what is released comes by itself, who comes back goes on where he was,
//! what is struck is struck for all, and nothing holds the house open when it closes.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use http_body_util::BodyExt;
use identity::Level;
use participation::acts::live;
use search::Search;
use store::testing;
use tower::ServiceExt;
use web::layout::SiteFrame;
use web::{DirectorySource, House, Room, Site, SiteDirectory};

use super::house::{City, ORGAN, organiser};

/// One site, of the city.
fn sites() -> Room {
    let directory = DirectorySource {
        read: |_| {
            Box::pin(async {
                let site = Site {
                    frame: Arc::new(SiteFrame { base: String::new(), ..SiteFrame::sample() }),
                    host: None,
                    place: "厦门市".into(),
                    division: "350200000000".into(),
                    level: Level::City,
                    range: ("350200000000".into(), "350299999999".into()),
                    organ: ORGAN.into(),
                };
                Ok(SiteDirectory::of(vec![site]))
            })
        },
    };
    Room { directory: Some(directory), ..Room::default() }
}

pub(super) async fn opened(city: &City) -> (Arc<House>, Router) {
    let search = Search::in_memory().expect("an index");
    let rooms = vec![sites(), participation::room()];
    let mut house = House::new(city.ledger.clone(), search, rooms, city.folder().to_owned(), false);
    let routes = house.take_routes();
    house.refresh_directory().await.expect("a directory");
    let house = Arc::new(house);
    let portal = web::portal(&house, routes);
    (house, portal)
}

/// Somebody who follows.
struct Reader(Body);

impl Reader {
    async fn of(portal: &Router, id: &str, (behind, last): (&str, &str)) -> Self {
        let asked = Request::get(format!("/fangtan/{id}/shikuang{behind}"));
        let asked = asked.header(header::HOST, "localhost").header("last-event-id", last);
        let asked = asked.body(Body::empty()).expect("a request");
        let answer = portal.clone().oneshot(asked).await.expect("an answer");
        assert_eq!(answer.status(), StatusCode::OK);
        let kind = answer.headers()[header::CONTENT_TYPE].to_str().expect("words");
        assert!(kind.starts_with("text/event-stream"), "{kind}");
        assert!(answer.headers().get(header::CONTENT_ENCODING).is_none());
        Self(answer.into_body())
    }

    /// What comes next; nothing where it has ended.
    async fn piece(&mut self) -> Option<String> {
        let frame = tokio::time::timeout(Duration::from_secs(20), self.0.frame());
        let data = frame.await.expect("in time")?.expect("whole").into_data().expect("data");
        Some(String::from_utf8(data.to_vec()).expect("text"))
    }

    /// All up to these words.
    async fn until(&mut self, words: &str) -> String {
        let mut all = String::new();
        while !all.contains(words) {
            all.push_str(&self.piece().await.expect("goes on"));
        }
        all
    }
}

#[tokio::test]
async fn two_readers_follow_one_comes_back_and_both_see_what_is_struck() {
    testing::on_both("participation_talk_following", async |place| {
        let city = City::founded(&place, "participation-talk-following").await;
        let id = city.talk_announced().await;
        let city = city.after(5);
        let (house, portal) = opened(&city).await;
        let (status, ..) = web::testing::get(&portal, &format!("/fangtan/{id}/shikuang")).await;
        assert_eq!(status, StatusCode::NO_CONTENT, "nothing is said yet");
        city.talk_started(&id).await.expect("begins");
        city.talk_entered(&id, "五点。", "1").await;
        city.talk_released(&id).await;
        let mut first = Reader::of(&portal, &id, ("", "")).await;
        let told = first.until("五点。").await;
        assert!(told.starts_with("retry: ") && told.contains("id: 1\ndata: <li"), "{told}");
        city.talk_entered(&id, "停水提前通知。", "2").await;
        city.talk_released(&id).await;
        let told = first.until("停水提前通知。").await;
        assert!(told.contains("id: 2\n") && !told.contains("id: 1\n"), "{told}");
        // Who was cut off after the first, by what his browser says and by what his page says.
        let mut second = Reader::of(&portal, &id, ("?hou=0", "1")).await;
        let told = second.until("停水提前通知。").await;
        assert!(!told.contains("五点。"), "{told}");
        let mut third = Reader::of(&portal, &id, ("?hou=2", "")).await;
        assert!(!third.piece().await.expect("greets").contains("data:"));
        city.talk_amended(&id, (1, None), "3").await.expect("proposes");
        city.talk_released(&id).await;
        for reader in [&mut first, &mut second, &mut third] {
            let told = reader.until("已经删去").await;
            assert!(told.contains("id: 3\n") && !told.contains("五点。"), "{told}");
        }
        let page = web::testing::sound(&portal, &format!("/fangtan/{id}")).await;
        assert!(page.contains("data-last=\"3\"") && page.contains("刷新"), "{page}");
        let by = organiser();
        live::end(city.desk(&by).await, &by, (ORGAN, &id)).await.expect("ends");
        first.until("event: jieshu").await;
        assert_eq!(first.piece().await, None, "and ends");
        let (status, ..) = web::testing::get(&portal, &format!("/fangtan/{id}/shikuang")).await;
        assert_eq!(status, StatusCode::NO_CONTENT, "nobody comes back for more");
        drop(house);
    })
    .await;
}

#[tokio::test]
async fn a_house_that_closes_ends_what_is_followed() {
    testing::on_both("participation_talk_closing", async |place| {
        let city = City::founded(&place, "participation-talk-closing").await;
        let id = city.talk_announced().await;
        let city = city.after(5);
        let (house, portal) = opened(&city).await;
        city.talk_started(&id).await.expect("begins");
        let mut reader = Reader::of(&portal, &id, ("", "")).await;
        assert!(reader.piece().await.expect("greets").starts_with("retry: "));
        house.close();
        assert_eq!(reader.piece().await, None);
    })
    .await;
}
