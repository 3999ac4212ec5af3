//! What the portal shows of a catalogue is read back as the same items.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use catalogue::store::Domain;
use store::testing::Folder;
use tower::ServiceExt;

use crate::demo;
use crate::opening::{Opened, Whereabouts};

async fn fetched(portal: &Router, path: &str) -> Vec<u8> {
    let request = Request::builder().uri(path).body(Body::empty()).expect("an address");
    let answer = portal.clone().oneshot(request).await.expect("an answer");
    assert_eq!(answer.status(), StatusCode::OK, "{path}");
    to_bytes(answer.into_body(), usize::MAX).await.expect("a body").to_vec()
}

#[tokio::test]
async fn the_page_with_all_columns_gives_back_the_items_it_was_made_of() {
    let folder = Folder::new("page");
    let place = Whereabouts::folder(folder.path());
    demo::prepare(&place).await.map_err(|failure| failure.to_string()).expect("the demo");
    let opened = place.open(true).await.map_err(|failure| failure.to_string()).expect("opens");
    let Opened { house, routes, .. } = opened;
    let today = house.ledger().clock().today();
    let domains = Domain::all(house.store(), today).await.expect("asks");
    let portal = web::portal(&Arc::new(house), routes);
    for domain in domains {
        let (name, base) = (&domain.name, format!("/siming/mulu/{}", domain.slug));
        let data = fetched(&portal, &format!("{base}.json")).await;
        let shown = fetched(&portal, &format!("{base}/quanbiao")).await;
        let data = catalogue::reading::read(&data, "a.json").expect("a catalogue");
        let shown = catalogue::reading::read(&shown, "a.html").expect("a catalogue");
        assert_eq!(data.items.len(), shown.items.len(), "{name}");
        for (one, other) in data.items.iter().zip(&shown.items) {
            assert_eq!(one, other, "{name}");
        }
    }
}
