//! `/gongzuo/renyuan`: who may sign in.

use std::collections::HashMap;

use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use identity::powers::Tie;
use identity::{Account, Organ, Person, Post, Registration};
use serde::Deserialize;

use super::{PERSONS, may_read, reading, shown};
use crate::entrance::{fresh, returned, said};
use crate::workbench::{Submitted, Workbench};
use crate::{Clerk, Fault, Visit};

/// Rows on a page.
const MOST: usize = 100;

#[derive(Template)]
#[template(path = "administration/persons.html")]
struct PersonsPage {
    desk: Workbench,
    words: String,
    rows: Vec<Row>,
    more: bool,
    form: Option<Form>,
    handed: Option<Handed>,
    wrong: Option<String>,
}

struct Row {
    name: String,
    href: String,
    logins: String,
    posts: String,
    state: &'static str,
}

#[derive(Default)]
struct Form {
    name: String,
    login: String,
}

/// What is handed over to the new person, shown once.
struct Handed {
    login: String,
    password: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    q: String,
}

async fn page(visit: &Visit, clerk: Clerk, words: &str) -> Result<PersonsPage, Fault> {
    let store = visit.house.store();
    let today = visit.house.ledger().clock().today();
    let mut accounts: HashMap<String, Vec<Account>> = HashMap::new();
    for account in Account::all(store).await? {
        accounts.entry(account.person.clone()).or_default().push(account);
    }
    let mut posts: HashMap<String, Vec<Post>> = HashMap::new();
    for post in Post::all(store).await? {
        posts.entry(post.person.clone()).or_default().push(post);
    }
    let organs: HashMap<String, String> =
        Organ::all(store).await?.into_iter().map(|organ| (organ.code, organ.short_name)).collect();
    let row = |person: Person| -> Option<Row> {
        let own = posts.remove(&person.id).unwrap_or_default();
        let accounts = accounts.remove(&person.id).unwrap_or_default();
        if !may_read(&clerk, &own) {
            return None;
        }
        let held = own.iter().filter(|post| post.holds_on(today));
        let held: Vec<String> = held
            .map(|post| {
                let organ = organs.get(&post.organ).map_or(post.organ.as_str(), String::as_str);
                format!("{organ} {}", post.role.name())
            })
            .collect();
        let logins: Vec<_> = accounts.iter().map(|account| account.login.as_str()).collect();
        let row = Row {
            name: shown(&clerk, &person.name),
            href: visit.site.link(&format!("{PERSONS}/{}", person.id)),
            logins: logins.join("、"),
            posts: held.join("；"),
            state: if person.left_on.is_some() { "已停用" } else { "在岗" },
        };
        let all = [&row.name, &row.logins, &row.posts];
        (words.is_empty() || all.iter().any(|text| text.contains(words))).then_some(row)
    };
    let mut rows: Vec<Row> = Person::all(store).await?.into_iter().filter_map(row).collect();
    let more = rows.len() > MOST;
    rows.truncate(MOST);
    let form = clerk.has_power("user.create").then(Form::default);
    let desk = Workbench::of(visit, clerk, "renyuan", "人员和账号").await?;
    Ok(PersonsPage { desk, words: words.to_owned(), rows, more, form, handed: None, wrong: None })
}

/// The list.
pub(super) async fn show(
    visit: Visit,
    clerk: Clerk,
    Query(asked): Query<Asked>,
) -> Result<Response, Fault> {
    reading(&visit.house, &clerk, "persons_read", "persons").await?;
    fresh(&page(&visit, clerk, asked.q.trim()).await?)
}

/// 建立账号.
pub(super) async fn register(
    visit: Visit,
    clerk: Clerk,
    form: Submitted,
) -> Result<Response, Fault> {
    let operator = clerk.operator().to_owned();
    clerk.may("user.create", &Tie::to(operator.clone()))?;
    let new = Registration {
        name: form.get("name").trim().to_owned(),
        document: form.get("document").to_owned(),
        login: form.get("login").trim().to_owned(),
        organ: operator,
    };
    let outcome = Person::register(visit.house.ledger(), clerk.actor(), &new).await;
    let mut page = page(&visit, clerk, "").await?;
    match outcome {
        Ok(registered) => {
            page.handed = Some(Handed { login: new.login, password: registered.password });
            fresh(&page)
        }
        Err(refusal) => {
            page.wrong = Some(said(refusal)?);
            page.form = Some(Form { name: new.name, login: new.login });
            page.desk = page.desk.with_errors();
            returned(&page)
        }
    }
}
