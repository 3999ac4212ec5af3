//! 账号和岗位、机构、代理、审计、安全设置: the pages of the three administrators and of whoever answers
//! for an organ. Every page and every form is one act of the access policy.

pub mod act_names;
mod audit;
mod person;
mod persons;
mod posts;
mod security;
mod stand_ins;
mod units;

use std::collections::HashMap;

use axum::http::Method;
use axum::response::Response;
use identity::powers::{Condition, Tie};
use identity::{Organ, Person, Post, Refusal, Side};
use ledger::Entry;

use crate::entrance::{said, sent_on};
use crate::workbench::{DeskEntry, DeskSample};
use crate::{Clerk, Fault, House, Later, Route, Visit};

const PERSONS: &str = "/gongzuo/renyuan";
const POSTS: &str = "/gongzuo/gangwei";
const UNITS: &str = "/gongzuo/keshi";
const STAND_INS: &str = "/gongzuo/daili";
const AUDIT: &str = "/gongzuo/shenji";
const SECURITY: &str = "/gongzuo/anquan";

/// The entries of these pages in the menu; each is shown to whoever may open the page.
pub(crate) const ENTRIES: &[DeskEntry] = &[
    entry(910, "daili", "代理", STAND_INS),
    entry(920, "renyuan", "人员和账号", PERSONS),
    entry(930, "gangwei", "岗位和授权", POSTS),
    entry(940, "keshi", "机关科室", UNITS),
    entry(950, "shenji", "审计记录", AUDIT),
    entry(960, "anquan", "安全设置", SECURITY),
];

/// One page of each type.
pub(crate) const SAMPLES: &[DeskSample] = &[
    DeskSample { name: "stand-ins", path: |_, _| here(STAND_INS) },
    DeskSample { name: "persons", path: |_, _| here(PERSONS) },
    DeskSample { name: "person", path: |house, organ| Box::pin(somebody(house, organ)) },
    DeskSample { name: "posts", path: |_, _| here(POSTS) },
    DeskSample { name: "units", path: |_, _| here(UNITS) },
    DeskSample { name: "audit", path: |_, _| here(AUDIT) },
    DeskSample { name: "security", path: |_, _| here(SECURITY) },
];

fn here<'a>(path: &'static str) -> Later<'a, Option<String>> {
    Box::pin(async move { Ok(Some(path.to_owned())) })
}

/// The page of somebody who has a post in the organ.
async fn somebody(house: &House, organ: &Organ) -> Result<Option<String>, Fault> {
    let posts = Post::all(house.store()).await?;
    let post = posts.into_iter().find(|post| post.organ == organ.code);
    Ok(post.map(|post| format!("{PERSONS}/{}", post.person)))
}

const fn entry(rank: i32, key: &'static str, words: &'static str, path: &'static str) -> DeskEntry {
    DeskEntry { heading: "管理", rank, key, words, path }
}

/// The routes, each with its act.
pub(crate) fn routes() -> Vec<Route> {
    let (get, post) = (Method::GET, Method::POST);
    vec![
        Route::power("user.read", get.clone(), PERSONS, persons::show),
        Route::power("user.create", post.clone(), PERSONS, persons::register),
        Route::power("user.read", get.clone(), "/gongzuo/renyuan/{id}", person::show),
        Route::power(
            "user.disable",
            post.clone(),
            "/gongzuo/renyuan/{id}/tingyong",
            person::disable,
        ),
        Route::power("factor.reset", post.clone(), "/gongzuo/renyuan/{id}/chongzhi", person::reset),
        Route::power("user.create", post.clone(), "/gongzuo/renyuan/{id}/zhanghao", person::open),
        Route::power(
            "role.propose",
            post.clone(),
            "/gongzuo/renyuan/{id}/shouquan",
            person::propose,
        ),
        Route::power("user.read", get.clone(), POSTS, posts::show),
        Route::power("role.approve", post.clone(), "/gongzuo/shouquan/{id}", posts::decide),
        Route::power("role.revoke", post.clone(), "/gongzuo/gangwei/{id}/shouhui", posts::revoke),
        Route::power("organ.read", get.clone(), UNITS, units::show),
        Route::power("organ.edit", post.clone(), UNITS, units::establish),
        Route::power("organ.confirm", post.clone(), "/gongzuo/keshi/{id}/queren", units::confirm),
        Route::power("standin.propose", get.clone(), STAND_INS, stand_ins::show),
        Route::power("standin.propose", post.clone(), STAND_INS, stand_ins::propose),
        Route::power("standin.propose", post.clone(), "/gongzuo/daili/{id}/jieshu", stand_ins::end),
        Route::power("standin.approve", post.clone(), "/gongzuo/daili/{id}", stand_ins::decide),
        Route::power("audit.read", get.clone(), AUDIT, audit::show),
        Route::power(
            "audit.export.request",
            post.clone(),
            "/gongzuo/shenji/daochu",
            audit::request,
        ),
        Route::power(
            "audit.export.approve",
            post.clone(),
            "/gongzuo/shenji/daochu/{id}",
            audit::decide,
        ),
        Route::power(
            "audit.export.request",
            get.clone(),
            "/gongzuo/shenji/daochu/{id}",
            audit::file,
        ),
        Route::power("settings.read", get, SECURITY, security::show),
        Route::power("settings.security.propose", post.clone(), SECURITY, security::propose),
        Route::power("settings.security.approve", post, "/gongzuo/anquan/{id}", security::decide),
    ]
}

/// Where a person's rows belong: to the organs of the posts, or to the organ that operates the platform
/// while there is none.
fn organs_of(clerk: &Clerk, posts: &[Post]) -> Vec<String> {
    let mut organs: Vec<String> =
        posts.iter().filter(|post| !post.revoked).map(|post| post.organ.clone()).collect();
    organs.sort();
    organs.dedup();
    if organs.is_empty() {
        organs.push(clerk.operator().to_owned());
    }
    organs
}

/// Whether the clerk may see the rows of a person.
fn may_read(clerk: &Clerk, posts: &[Post]) -> bool {
    let tie = |organ: String| Tie::to(organ).holding([Condition::Masked]);
    organs_of(clerk, posts).into_iter().any(|organ| clerk.may("user.read", &tie(organ)).is_ok())
}

/// Asks for an act on a person, in any of the person's organs.
fn may_act(
    clerk: &Clerk,
    act: &str,
    person: &str,
    posts: &[Post],
    reason: &str,
) -> Result<(), Fault> {
    let mut refused = Fault::NotFound;
    for organ in organs_of(clerk, posts) {
        match clerk.may(act, &Tie::to(organ).about(person).because(reason)) {
            Ok(_) => return Ok(()),
            Err(fault) => refused = fault,
        }
    }
    Err(refused)
}

/// A name as the clerk's role shows it: administrators see it whole, others the family name.
fn shown(clerk: &Clerk, name: &str) -> String {
    if matches!(clerk.role.side(), Side::Admin | Side::Oversight) {
        return name.to_owned();
    }
    let first: String = name.chars().take(1).collect();
    format!("{first}**")
}

/// What persons are called, by key, as the clerk's role shows it.
async fn names(house: &House, clerk: &Clerk) -> Result<HashMap<String, String>, Fault> {
    let all = Person::all(house.store()).await?;
    Ok(all.into_iter().map(|one| (one.id, shown(clerk, &one.name))).collect())
}

/// Who reads personal data leaves an entry.
async fn reading(house: &House, clerk: &Clerk, act: &'static str, what: &str) -> Result<(), Fault> {
    let mut desk = house.ledger().desk(clerk.actor()).await?;
    let entry = Entry {
        room: "identity",
        act,
        subject: what.to_owned(),
        organ: clerk.organ.code.clone(),
        basis: "GB/T 22239-2019 8.1.4.3 安全审计".into(),
        facts: serde_json::json!({}),
    };
    desk.record(entry).await.map_err(Fault::inside)?;
    desk.seal().await.map_err(Fault::inside)
}

/// After an act: back to a page that says so, or the refusal in words.
fn done<T>(visit: &Visit, outcome: Result<T, Refusal>, to: &str) -> Result<Response, Fault> {
    match outcome {
        Ok(_) => Ok(sent_on(&visit.site.link(to), None)),
        Err(refusal) => Err(Fault::Refused(said(refusal)?)),
    }
}
