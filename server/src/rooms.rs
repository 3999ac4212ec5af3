//! The rooms of the house, and nothing else about them.

use store::{Migration, Migrations};
use web::Room;

/// Every room, in the order of the navigation.
pub fn rooms() -> Vec<Room> {
    vec![sites::room(), records::room(), catalogue::room()]
}

/// The tables of the platform and of every room.
pub fn migrations(rooms: &[Room]) -> Migrations {
    let platform: [&[Migration]; 3] = [jobs::MIGRATIONS, identity::MIGRATIONS, ledger::MIGRATIONS];
    let rooms = rooms.iter().map(|room| room.migrations);
    Migrations::of(platform.into_iter().chain(rooms).flatten().copied())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use axum::body::Body;
    use axum::http::{Method, Request, StatusCode, header};
    use tower::ServiceExt;
    use web::House;

    use crate::demo;
    use crate::opening::{Opened, Whereabouts};

    /// Addresses of which no page type gives an example.
    const EXAMPLES: &[(&str, &str)] =
        &[("/assets/{file}", "/assets/gk.css"), (ATTACHMENT, "/wenjian/0/fujian/1")];

    /// A file beside a document; the demo has none.
    const ATTACHMENT: &str = "/wenjian/{id}/fujian/{number}";

    /// What a visitor is told where there is nothing to show: the emblem's file is the deployment's,
    /// and the switches lead back.
    const OTHERWISE: &[(&str, &[StatusCode])] = &[
        (ATTACHMENT, &[StatusCode::NOT_FOUND]),
        ("/guohui", &[StatusCode::NOT_FOUND]),
        ("/pianhao", &[StatusCode::SEE_OTHER]),
    ];

    /// An address of each page type.
    async fn samples(house: &House) -> Vec<String> {
        let mut paths = Vec::new();
        for sample in house.samples() {
            let path = (sample.path)(house).await.expect("asks").unwrap_or_default();
            assert!(path.starts_with('/'), "there is no example of {}", sample.name);
            paths.push(path);
        }
        paths
    }

    /// The address that stands for a route: its own, or one that fits its pattern.
    fn example(route: &str, samples: &[String]) -> Option<String> {
        if !route.contains('{') {
            return Some(route.to_owned());
        }
        if let Some((_, own)) = EXAMPLES.iter().find(|(pattern, _)| *pattern == route) {
            return Some((*own).to_owned());
        }
        let fits = |path: &&String| {
            let (mut asked, mut own) = (route.split('/'), path.split('/'));
            let same = asked.by_ref().zip(own.by_ref()).all(|(a, b)| a.starts_with('{') || a == b);
            same && asked.next().is_none()
                && route.matches('/').count() == path.matches('/').count()
        };
        samples.iter().find(fits).cloned()
    }

    #[tokio::test]
    async fn every_route_of_every_room_answers_a_visitor() {
        let data = std::env::temp_dir().join(format!("gongkai-routes-{}", std::process::id()));
        let place = Whereabouts { data: data.clone(), database: None };
        demo::prepare(&place).await.map_err(|failure| failure.to_string()).expect("the demo");
        let opened = place.open(true).await.map_err(|failure| failure.to_string());
        let Opened { house, routes, .. } = opened.expect("opens");
        let samples = samples(&house).await;
        let walked: Vec<(Method, &str)> =
            routes.iter().map(|route| (route.method.clone(), route.path)).collect();
        let portal = web::portal(&Arc::new(house), routes);
        let mut faults = Vec::new();
        for (method, route) in walked {
            let Some(path) = example(route, &samples) else {
                faults.push(format!("{route}: no page type gives an example"));
                continue;
            };
            let request = Request::builder().method(method.clone()).uri(&path);
            let request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
            let request = request.body(Body::empty()).expect("an address");
            let status = portal.clone().oneshot(request).await.expect("an answer").status();
            let otherwise = OTHERWISE.iter().find(|(other, _)| *other == route);
            let may = otherwise.map_or(&[StatusCode::OK][..], |(_, statuses)| statuses);
            if !may.contains(&status) {
                faults.push(format!("{method} {path}: {status}"));
            }
        }
        std::fs::remove_dir_all(data).ok();
        assert_eq!(faults, Vec::<String>::new());
    }
}
