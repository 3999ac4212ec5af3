//! 演示人员: the invented persons of the demo city, with the passwords and codes published for them.
//!
//! The list is put in only under `gongkai demo` on a loopback address; whoever is chosen from it signs in
//! like anybody else. Elsewhere the persons of the demo city have no password that fits.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, Method, header};
use axum::response::Response;
use identity::factor;
use serde::Deserialize;

use crate::address::with_query;
use crate::entrance::{Entrance, LOGIN, fresh};
use crate::{Fault, House, Route, Visit};

/// Where they are listed, below a site.
pub(crate) const LIST: &str = "/gongzuo/denglu/yanshi";

/// A person of the demo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoPerson {
    /// The name to sign in with.
    pub login: String,
    /// What the person is called.
    pub name: String,
    /// The code of the organ.
    pub organ: String,
    /// What the organ is called.
    pub organ_name: String,
    /// The roles, as people call them.
    pub roles: String,
    /// The password.
    pub password: String,
    /// The secret of the second factor.
    pub secret: String,
}

/// The route of the list.
pub(crate) fn routes() -> Vec<Route> {
    vec![Route::public_fresh(Method::GET, LIST, show)]
}

#[derive(Template)]
#[template(path = "entrance/demo.html")]
struct DemoPage {
    entrance: Entrance,
    words: String,
    organs: Vec<(String, Vec<Row>)>,
    /// How many organs there are, where more than are shown.
    cut: Option<usize>,
    chosen: Option<Chosen>,
}

struct Row {
    name: String,
    roles: String,
    href: String,
}

struct Chosen {
    name: String,
    login: String,
    password: String,
    code: String,
    enter: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Wish {
    q: String,
    login: String,
}

/// What a proxy adds to a request it passes on.
const PASSED_ON: [&str; 6] =
    ["forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip"];

/// Asked under a name of this machine itself, and not through a proxy. A page elsewhere can make its
/// own name lead here, and a proxy can open this machine to the street; neither is shown a password.
fn asked_locally(headers: &HeaderMap) -> Result<(), Fault> {
    if PASSED_ON.iter().any(|name| headers.contains_key(*name)) {
        return Err(Fault::NotFound);
    }
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    let local = ["localhost", "127.0.0.1", "[::1]"].contains(&name);
    if local { Ok(()) } else { Err(Fault::NotFound) }
}

/// Organs shown at a time; more are found by words.
const MOST: usize = 30;

async fn show(
    State(house): State<Arc<House>>,
    visit: Visit,
    headers: HeaderMap,
    Query(wish): Query<Wish>,
) -> Result<Response, Fault> {
    asked_locally(&headers)?;
    let persons = house.demo_persons().ok_or(Fault::NotFound)?;
    let words = wish.q.trim();
    let fits = |one: &&DemoPerson| {
        let all = [&one.organ_name, &one.organ, &one.roles, &one.name];
        words.is_empty() || all.iter().any(|text| text.contains(words))
    };
    let list = visit.site.link(LIST);
    let mut organs: Vec<(String, Vec<Row>)> = Vec::new();
    let (mut found, mut latest) = (0, None);
    for one in persons.iter().filter(fits) {
        let href = with_query(&list, &[("login", &one.login), ("q", words)]);
        let row = Row { name: one.name.clone(), roles: one.roles.clone(), href };
        if latest != Some(&one.organ_name) {
            (found, latest) = (found + 1, Some(&one.organ_name));
            if found <= MOST {
                organs.push((one.organ_name.clone(), vec![]));
            }
        }
        if let Some((_, rows)) = organs.last_mut().filter(|_| found <= MOST) {
            rows.push(row);
        }
    }
    let now = house.ledger().clock().now();
    let chosen = persons.iter().find(|one| one.login == wish.login).map(|one| Chosen {
        name: one.name.clone(),
        login: one.login.clone(),
        password: one.password.clone(),
        code: factor::code_at(&one.secret, now).unwrap_or_default(),
        enter: with_query(&visit.site.link(LOGIN), &[("login", &one.login)]),
    });
    let entrance = Entrance::of(&visit, "演示人员");
    let cut = (found > MOST).then_some(found);
    fresh(&DemoPage { entrance, words: words.to_owned(), organs, cut, chosen })
}
