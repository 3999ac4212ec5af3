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
mod anonymous;

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use axum::body::Body;
    use axum::http::{Method, Request, StatusCode, header};
    use axum::response::Response;
    use store::testing::Folder;
    use tower::ServiceExt;
    use web::{Admission, House};

    use crate::demo;
    use crate::opening::{Opened, Whereabouts};

    /// Addresses of which no page type gives an example.
    const EXAMPLES: &[(&str, &str)] = &[
        ("/assets/{file}", "/assets/gk.css"),
        (ATTACHMENT, "/wenjian/0/fujian/1"),
        // Not a page: no browser reads it to anyone.
        ("/api/v1/catalogue/coverage/{domain}", "/api/v1/catalogue/coverage/anquanshengchan"),
        (ADAPTING, "/gongzuo/mulu/chengxiangguihua/tiaozheng/0"),
        (RELEASING, "/gongzuo/mulu/chengxiangguihua/fabu"),
    ];

    /// A file beside a document; the demo has none.
    const ATTACHMENT: &str = "/wenjian/{id}/fujian/{number}";

    /// A reminder leads to the page that says by when it will be answered.
    const REMINDER: &str = "/mulu/{domain}/{item}/cuiban";

    /// A reader who writes nothing is told what to write.
    const WISH: &str = "/mulu/{domain}/xuqiu";

    /// A change above that is taken over in words of one's own; the demo has none to begin with.
    const ADAPTING: &str = "/gongzuo/mulu/{domain}/tiaozheng/{id}";

    /// Releasing; without a draft one is led to where one begins it.
    const RELEASING: &str = "/gongzuo/mulu/{domain}/fabu";

    /// What a visitor is told where there is nothing to show: the emblem's file is the deployment's,
    /// and the switches lead back.
    const OTHERWISE: &[(&str, &[StatusCode])] = &[
        (ATTACHMENT, &[StatusCode::NOT_FOUND]),
        ("/guohui", &[StatusCode::NOT_FOUND]),
        ("/pianhao", &[StatusCode::SEE_OTHER]),
        (ADAPTING, &[StatusCode::NOT_FOUND]),
        // What was looked for in vain is written down by the worker, which does not run here.
        ("/gongzuo/xuqiu/chuli", &[StatusCode::NOT_FOUND]),
        (RELEASING, &[StatusCode::SEE_OTHER]),
        (REMINDER, &[StatusCode::OK, StatusCode::SEE_OTHER]),
        (WISH, &[StatusCode::OK, StatusCode::UNPROCESSABLE_ENTITY]),
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
            // What an address asks for after it may be what there is to see.
            let asks =
                |path: &&String| path.split('?').next() == Some(route) && path.len() > route.len();
            return Some(samples.iter().find(asks).map_or_else(|| route.to_owned(), String::clone));
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

    /// A house with the demo city that clerks may enter, its routes and who is asked for at them.
    struct Walk {
        portal: axum::Router,
        routes: Vec<(Method, &'static str, Admission)>,
        samples: Vec<String>,
        organ: String,
        _folder: Folder,
    }

    async fn walk(name: &str, clerks: bool) -> Walk {
        let folder = Folder::new(name);
        let place = Whereabouts { data: folder.path().to_owned(), database: None };
        demo::prepare(&place).await.map_err(|failure| failure.to_string()).expect("the demo");
        let opened = place.open(true).await.map_err(|failure| failure.to_string()).expect("opens");
        let opened = if clerks { opened.admitting_demo_clerks() } else { opened };
        let Opened { house, routes, .. } = opened;
        let organ = demo::desk_organ(&house).await.expect("an organ that leads a domain");
        let mut samples = samples(&house).await;
        for sample in house.desk_samples() {
            let path = (sample.path)(&house, &organ).await.expect("asks").unwrap_or_default();
            assert!(path.starts_with('/'), "there is no example of {}", sample.name);
            samples.push(path);
        }
        let told = routes.iter().map(|route| (route.method.clone(), route.path, route.admission));
        let told = told.collect();
        let portal = web::portal(&Arc::new(house), routes);
        Walk { portal, routes: told, samples, organ: organ.code, _folder: folder }
    }

    impl Walk {
        async fn ask(&self, method: &Method, path: &str, cookie: Option<&str>) -> Response {
            let request = Request::builder().method(method.clone()).uri(path);
            let request = request.header(header::HOST, "127.0.0.1:8080");
            let request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
            let request = match cookie {
                Some(cookie) => request.header(header::COOKIE, cookie),
                None => request,
            };
            let request = request.body(Body::empty()).expect("an address");
            self.portal.clone().oneshot(request).await.expect("an answer")
        }

        /// Signs in and answers the cookie.
        async fn sign_in(&self) -> String {
            let request = Request::post("/gongzuo/denglu")
                .header(header::HOST, "127.0.0.1:8080")
                .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
                .body(Body::from(format!("organ={}&next=", self.organ)))
                .expect("a form");
            let answer = self.portal.clone().oneshot(request).await.expect("an answer");
            assert_eq!(answer.status(), StatusCode::SEE_OTHER);
            let cookie = answer.headers()[header::SET_COOKIE].to_str().expect("a cookie");
            assert!(cookie.contains("HttpOnly; SameSite=Strict"), "{cookie}");
            let pair = cookie.split(';').next().expect("name and value");
            assert!(pair.split_once('=').is_some_and(|(_, name)| name.len() == 32), "{pair}");
            pair.to_owned()
        }

        fn paths(&self, admission: impl Fn(Admission) -> bool) -> Vec<(Method, &str, String)> {
            let asked = self.routes.iter().filter(|(_, _, own)| admission(*own));
            asked
                .map(|(method, route, _)| {
                    let path = example(route, &self.samples);
                    let path = path.unwrap_or_else(|| panic!("{route}: no example"));
                    (method.clone(), *route, path)
                })
                .collect()
        }
    }

    #[tokio::test]
    async fn every_route_of_every_room_answers_a_visitor() {
        let walk = walk("routes", false).await;
        let mut faults = Vec::new();
        for (method, route, path) in walk.paths(|own| own != Admission::Workbench) {
            let status = walk.ask(&method, &path, None).await.status();
            let otherwise = OTHERWISE.iter().find(|(other, _)| *other == route);
            let may = otherwise.map_or(&[StatusCode::OK][..], |(_, statuses)| statuses);
            if !may.contains(&status) {
                faults.push(format!("{method} {path}: {status}"));
            }
        }
        for (method, _, path) in walk.paths(|own| own == Admission::Workbench) {
            let status = walk.ask(&method, &path, Some("gk_yanshi=0")).await.status();
            if status != StatusCode::FORBIDDEN {
                faults.push(format!("{method} {path} without accounts: {status}"));
            }
        }
        let login = walk.ask(&Method::GET, "/gongzuo/denglu", None).await.status();
        assert_eq!((faults, login), (vec![], StatusCode::NOT_FOUND));
    }

    #[tokio::test]
    async fn the_workbench_opens_to_who_has_signed_in_and_to_nobody_else() {
        let walk = walk("desk", true).await;
        let clerk = walk.sign_in().await;
        let mut faults = Vec::new();
        for (method, route, path) in walk.paths(|own| own == Admission::Workbench) {
            let stranger = walk.ask(&method, &path, Some("gk_yanshi=0")).await;
            let to = stranger.headers().get(header::LOCATION).cloned();
            let led = to.is_some_and(|to| to.as_bytes().starts_with(b"/gongzuo/denglu?next="));
            if stranger.status() != StatusCode::SEE_OTHER || !led {
                faults.push(format!("{method} {path} to a stranger: {}", stranger.status()));
            }
            let answer = walk.ask(&method, &path, Some(&clerk)).await;
            // A form without the session's mark is refused.
            let otherwise = OTHERWISE.iter().find(|(other, _)| *other == route);
            let may = match method {
                Method::GET => otherwise.map_or(&[StatusCode::OK][..], |(_, statuses)| statuses),
                _ => &[StatusCode::FORBIDDEN],
            };
            let kept = answer.headers().get(header::CACHE_CONTROL).cloned();
            if !may.contains(&answer.status()) || kept.is_none_or(|kept| kept != "no-store") {
                faults.push(format!("{method} {path} to a clerk: {}", answer.status()));
            }
        }
        assert_eq!(faults, Vec::<String>::new());
    }

    #[tokio::test]
    async fn who_asks_for_what_is_not_at_the_workbench_stays_there_and_finds_a_way_on() {
        let walk = walk("astray", true).await;
        let clerk = walk.sign_in().await;
        let lists = "href=\"/gongzuo/mulu\"";
        for (method, path, status, way) in [
            (Method::GET, "/gongzuo/mulu/meiyou", 404, lists),
            (Method::GET, "/gongzuo/mulu/meiyou/00000000", 404, "href=\"/gongzuo/mulu/meiyou\""),
            (Method::GET, "/gongzuo/mulu/chengxiangguihua/tiaozheng/0", 404, lists),
            (Method::GET, "/gongzuo/meiyou", 404, "href=\"/gongzuo\""),
            (Method::POST, "/gongzuo/mulu/chengxiangguihua", 403, "回到刚才那一页"),
        ] {
            let answer = walk.ask(&method, path, Some(&clerk)).await;
            assert_eq!(answer.status().as_u16(), status, "{path}");
            assert_eq!(answer.headers()[header::CACHE_CONTROL], "no-store", "{path}");
            let page = axum::body::to_bytes(answer.into_body(), 1 << 20).await.expect("a page");
            let page = String::from_utf8_lossy(&page);
            assert_eq!(page.matches("<h1").count(), 1, "{path}");
            let main = page.split("<main").nth(1).unwrap_or_default();
            assert!(page.contains("wbnav") && main.contains(way), "{path}: {page}");
        }
        // A stranger learns nothing of the workbench.
        let page = walk.ask(&Method::GET, "/gongzuo/meiyou", None).await;
        let page = axum::body::to_bytes(page.into_body(), 1 << 20).await.expect("a page");
        assert!(!String::from_utf8_lossy(&page).contains("wbnav"));
    }
}
