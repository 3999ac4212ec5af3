//! The access matrix: every cell by the guard itself, and every route of an act, over HTTP, in every role.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::process::Command;

use axum::http::{Method, StatusCode};
use identity::powers::Policy;
use identity::powers::trial::{Stage, cells_of, proposed_cells};
use identity::{Grant, Invented, Person, Proposal, Role};
use web::{Admission, DemoPerson};

use super::client::Client;
use super::routes::{Walk, walk};
use crate::demo;

/// The acts of routes that everybody may come to, and of what is done without a page.
const ELSEWHERE: &str = include_str!("elsewhere.csv");

/// Which act stands behind each open route, command and job.
fn elsewhere() -> BTreeMap<String, String> {
    let lines = ELSEWHERE.lines().skip(1).filter(|line| !line.is_empty());
    let pair = |line: &str| {
        let (place, act) = line.rsplit_once(',').unwrap_or((line, ""));
        (place.to_owned(), act.to_owned())
    };
    lines.map(pair).collect()
}

/// Every route with its act: workbench routes say it themselves, open ones stand in the table.
fn acts_of_routes(walk: &Walk) -> (BTreeSet<String>, Vec<String>) {
    let (open, policy) = (elsewhere(), Policy::of_house());
    let (mut acts, mut faults) = (BTreeSet::new(), Vec::new());
    for (method, path, admission) in &walk.routes {
        let place = format!("{method} {path}");
        let act = match admission {
            Admission::Power(act) | Admission::Session(act) => Some((*act).to_owned()),
            Admission::Workbench => None,
            Admission::Public | Admission::PublicFresh => open.get(&place).cloned(),
        };
        match act {
            None => faults.push(format!("{place}: no act")),
            Some(act) if policy.act(&act).is_none() => {
                faults.push(format!("{place}: {act} is no act"))
            }
            Some(act) if policy.who_may(&act).is_empty() => faults.push(format!("{act}: no allow")),
            Some(act) => {
                acts.insert(act);
            }
        }
    }
    for (place, act) in &open {
        if policy.act(act).is_none() {
            faults.push(format!("{place}: {act} is no act"));
        }
        if place.starts_with("gongkai ") {
            acts.insert(act.clone());
        }
    }
    (acts, faults)
}

/// Somebody for every role of a post: of the demo where it has one, else invented here.
async fn one_of_each(walk: &Walk) -> Vec<(DemoPerson, Role)> {
    let roles = Role::all().filter(|role| role.is_of_a_post());
    let sample = walk.persons.first().expect("a person of the demo").clone();
    let (mut all, mut missing) = (Vec::new(), Vec::new());
    for role in roles {
        match demo::who_has(&walk.persons, &walk.organ, &[role]) {
            Some((person, role)) => all.push((person.clone(), role)),
            None => missing.push(role),
        }
    }
    let actor = ledger::Actor::Operator("test".into());
    let mut desk = walk.ledger.desk(actor).await.expect("a desk");
    let digest = identity::secret::password_digest(&sample.password).await.expect("a digest");
    let invented: Vec<Invented> = missing
        .iter()
        .map(|role| Invented {
            name: "试".into(),
            login: format!("shi.{}", role.word()),
            digest: digest.clone(),
            secret: sample.secret.clone(),
        })
        .collect();
    let keys = Person::invent(&mut desk, &invented).await.expect("persons");
    let from = desk.today();
    let posts: Vec<Proposal> = keys
        .iter()
        .zip(&missing)
        .map(|(key, role)| Proposal {
            person: key.clone(),
            organ: walk.organ.clone(),
            unit: String::new(),
            role: *role,
            from,
            until: None,
            reason: "试".into(),
        })
        .collect();
    Grant::invent(&mut desk, &posts).await.expect("posts");
    desk.seal().await.expect("sealed");
    all.extend(missing.into_iter().map(|role| {
        (DemoPerson { login: format!("shi.{}", role.word()), ..sample.clone() }, role)
    }));
    all
}

/// Comes to every route of an act in one role; what was let through against the policy, or kept out
/// against it.
async fn try_routes(walk: &Walk, client: &Client, role: Role) -> Vec<String> {
    let policy = Policy::of_house();
    let mut faults = Vec::new();
    for (method, route, path) in walk.paths(|own| matches!(own, Admission::Power(_))) {
        let own = walk.routes.iter().find(|(m, path, _)| *m == method && *path == route);
        let Some((_, _, Admission::Power(act))) = own else { continue };
        let answer = client.ask(&method, &path, "").await;
        let refused =
            answer.status == StatusCode::FORBIDDEN && answer.text.contains("没有这项权限");
        if refused == policy.ever(act, role) {
            faults.push(format!("{method} {path} {act} as {role}: {}", answer.status));
        }
        if refused && !answer.text.contains("可以办理的是") {
            faults.push(format!("{method} {path} as {role}: does not say who may"));
        }
    }
    faults
}

#[tokio::test]
async fn every_route_has_an_act_and_every_act_is_open_to_its_roles_and_to_no_others() {
    let walk = walk("access").await;
    let (built, mut faults) = acts_of_routes(&walk);
    let names: BTreeSet<&str> = walk.routes.iter().map(|(_, path, _)| *path).collect();
    for (word, _) in Policy::of_house().never() {
        if built.contains(word) || names.iter().any(|path| path.contains(word)) {
            faults.push(format!("{word} is done somewhere"));
        }
    }
    let mut clients: BTreeMap<String, Client> = BTreeMap::new();
    for (person, role) in one_of_each(&walk).await {
        if !clients.contains_key(&person.login) {
            let mut client = walk.visitor();
            client.sign_in(&person).await;
            clients.insert(person.login.clone(), client);
        }
        let client = clients.get_mut(&person.login).expect("signed in");
        client.take(&person, role).await;
        faults.extend(try_routes(&walk, client, role).await);
    }
    assert_eq!(faults, Vec::<String>::new());
    print_matrix(&built);
}

/// The whole table by the guard itself, and the line that tells how much of it there was.
fn print_matrix(built: &BTreeSet<String>) {
    let place = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/data/access-policy");
    let shared = PathBuf::from(place);
    if !shared.is_dir() {
        store::testing::skipped("没有 ../shared/data/access-policy, 没有逐格验证权限");
        return;
    }
    let told = Command::new("python3").arg(shared.join("check.py")).arg("--cells").output();
    let told = String::from_utf8(told.expect("python3 runs").stdout).expect("text");
    let mut cells = cells_of(&told).expect("cells");
    cells.extend(proposed_cells());
    let stage = Stage::default();
    let mut outcome = stage.try_cells(&cells);
    stage.try_pairs(&mut outcome);
    let all = Policy::of_house().acts().count();
    println!(
        "acts {} built, {} to come; cells {}; unexpected allow {}; unexpected deny {}; \
         conditions broken {} of {}; sod pairs {}; never {}",
        built.len(),
        all - built.len(),
        outcome.cells,
        outcome.unexpected_allow.len(),
        outcome.unexpected_deny.len(),
        outcome.refused_when_broken,
        outcome.broken,
        outcome.pairs,
        Policy::of_house().never().len(),
    );
    let unexpected = (&outcome.unexpected_allow, &outcome.unexpected_deny);
    assert_eq!(unexpected, (&vec![], &vec![]));
    assert_eq!(outcome.broken, outcome.refused_when_broken);
}

#[tokio::test]
async fn what_is_taken_back_ends_with_the_next_page() {
    let walk = walk("revoking").await;
    let (person, role) =
        demo::who_has(&walk.persons, &walk.organ, &[Role::CatalogueEditor]).expect("somebody");
    let mut client = walk.visitor();
    client.sign_in_as(person, role).await;
    let page = client.ask(&Method::GET, "/gongzuo/mulu", "").await;
    assert_eq!(page.status, StatusCode::OK);
    let account = identity::Account::named(walk.ledger.store(), &person.login).await;
    let account = account.expect("asks").expect("an account");
    let posts =
        identity::Post::of_person(walk.ledger.store(), &account.person).await.expect("asks");
    let actor = || ledger::Actor::Operator("test".into());
    for post in posts {
        let desk = walk.ledger.desk(actor()).await.expect("a desk");
        identity::Post::revoke(desk, &post.id, "试").await.expect("taken back");
    }
    let page = client.ask(&Method::GET, "/gongzuo/mulu", "").await;
    assert_eq!(
        (page.status, page.to.starts_with("/gongzuo/shenfen")),
        (StatusCode::SEE_OTHER, true)
    );
    let desk = walk.ledger.desk(actor()).await.expect("a desk");
    Person::leave(desk, &account.person, "试").await.expect("left");
    let page = client.ask(&Method::GET, "/gongzuo/mulu", "").await;
    assert_eq!(
        (page.status, page.to.starts_with("/gongzuo/denglu")),
        (StatusCode::SEE_OTHER, true)
    );
}
