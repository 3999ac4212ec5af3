//! `/gongzuo/renyuan/{id}`: one person: accounts, posts, and what may be done about them.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use identity::powers::Tie;
use identity::{Account, Grant, Organ, Person, Post, Proposal, Role, Unit};

use super::{PERSONS, done, may_act, may_read, reading, shown};
use crate::entrance::{fresh, returned, said};
use crate::workbench::{Submitted, Workbench};
use crate::{Clerk, Fault, Visit};

#[derive(Template)]
#[template(path = "administration/person.html")]
struct PersonPage {
    desk: Workbench,
    left_on: Option<String>,
    here: String,
    accounts: Vec<AccountRow>,
    posts: Vec<PostRow>,
    units: Vec<(String, String)>,
    roles: Vec<Role>,
    may_disable: bool,
    may_reset: bool,
    may_propose: bool,
    may_open: bool,
    handed: Option<(String, String)>,
    wrong: Option<String>,
}

struct AccountRow {
    id: String,
    login: String,
    state: String,
}

struct PostRow {
    organ: String,
    role: &'static str,
    period: String,
    state: &'static str,
    revoke: Option<String>,
}

async fn page(visit: &Visit, clerk: Clerk, id: &str) -> Result<PersonPage, Fault> {
    let store = visit.house.store();
    let today = visit.house.ledger().clock().today();
    let person = Person::find(store, id).await?.ok_or(Fault::NotFound)?;
    let posts = Post::of_person(store, id).await?;
    if !may_read(&clerk, &posts) {
        return Err(Fault::NotFound);
    }
    let organs = Organ::of_person(store, id).await?;
    let may_revoke = clerk.has_power("role.revoke");
    let account = |account: Account| AccountRow {
        state: match (account.disabled, account.has_factor) {
            (true, _) => "已停用".into(),
            (false, true) => "已绑定验证器".into(),
            (false, false) => "还没有绑定验证器".into(),
        },
        id: account.id,
        login: account.login,
    };
    let post = |post: &Post| PostRow {
        organ: organs
            .iter()
            .find(|organ| organ.code == post.organ)
            .map_or(post.organ.clone(), |organ| organ.name.clone()),
        role: post.role.name(),
        period: match post.until {
            Some(until) => format!("{} 至 {until}", post.from),
            None => format!("{} 起", post.from),
        },
        state: match (post.revoked, post.holds_on(today)) {
            (true, _) => "已收回",
            (false, true) => "有效",
            (false, false) => "不在期限内",
        },
        revoke: (may_revoke && !post.is_over(today))
            .then(|| visit.site.link(&format!("{}/{}/shouhui", super::POSTS, post.id))),
    };
    let own = clerk.id == id;
    let units = Unit::all(store).await?.into_iter().filter(Unit::is_confirmed);
    Ok(PersonPage {
        left_on: person.left_on.map(|day| day.to_string()),
        here: visit.site.link(&format!("{PERSONS}/{id}")),
        accounts: Account::of_person(store, id).await?.into_iter().map(account).collect(),
        posts: posts.iter().map(post).collect(),
        units: units.map(|unit| (unit.id, format!("{} {}", unit.organ, unit.name))).collect(),
        roles: Role::all().filter(|role| role.is_of_a_post()).collect(),
        may_disable: !own && clerk.has_power("user.disable") && person.left_on.is_none(),
        may_reset: !own && clerk.has_power("factor.reset"),
        may_propose: !own && clerk.has_power("role.propose") && person.left_on.is_none(),
        may_open: !own && clerk.has_power("user.create") && person.left_on.is_none(),
        handed: None,
        wrong: None,
        desk: {
            let title = shown(&clerk, &person.name);
            Workbench::of(visit, clerk, "renyuan", title).await?.under("人员和账号", PERSONS)
        },
    })
}

/// The person.
pub(super) async fn show(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
) -> Result<Response, Fault> {
    let shown = page(&visit, clerk.clone(), &id).await?;
    reading(&visit.house, &clerk, "person_read", &id).await?;
    fresh(&shown)
}

/// 停用账号.
pub(super) async fn disable(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    let posts = Post::of_person(visit.house.store(), &id).await?;
    may_act(&clerk, "user.disable", &id, &posts, form.get("reason"))?;
    let desk = visit.house.ledger().desk(clerk.actor()).await?;
    let outcome = Person::leave(desk, &id, form.get("reason")).await;
    done(&visit, outcome, &format!("{PERSONS}/{id}"))
}

/// 重置: the password to be handed over is shown once.
pub(super) async fn reset(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    clerk.must_be_fresh()?;
    let posts = Post::of_person(visit.house.store(), &id).await?;
    may_act(&clerk, "factor.reset", &id, &posts, form.get("reason"))?;
    let accounts = Account::of_person(visit.house.store(), &id).await?;
    let account = accounts.into_iter().find(|one| one.id == form.get("account"));
    let account = account.ok_or(Fault::NotFound)?;
    let ledger = visit.house.ledger();
    let outcome = Account::reset(ledger, clerk.actor(), &account.id, form.get("reason")).await;
    let mut page = page(&visit, clerk, &id).await?;
    match outcome {
        Ok(password) => {
            page.handed = Some((account.login, password));
            fresh(&page)
        }
        Err(refusal) => {
            page.wrong = Some(said(refusal)?);
            page.desk = page.desk.with_errors();
            returned(&page)
        }
    }
}

/// 增设账号: another way in for the same natural person; the password to be handed over is shown once.
pub(super) async fn open(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    clerk.may("user.create", &Tie::to(clerk.operator()).about(&id))?;
    let (ledger, login) = (visit.house.ledger(), form.get("login").trim().to_owned());
    let outcome = Account::open(ledger, clerk.actor(), &id, &login).await;
    let mut page = page(&visit, clerk, &id).await?;
    match outcome {
        Ok(password) => {
            page.handed = Some((login, password));
            fresh(&page)
        }
        Err(refusal) => {
            page.wrong = Some(said(refusal)?);
            page.desk = page.desk.with_errors();
            returned(&page)
        }
    }
}

/// 提出授权.
pub(super) async fn propose(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    let (organ, reason) = (form.get("organ").trim().to_owned(), form.get("reason").to_owned());
    let tie = Tie::to(organ.clone()).about(id.clone()).because(reason.clone());
    let words = match read(&visit, &form, &id) {
        Err(words) => words,
        Ok(_) if Organ::find(visit.house.store(), &organ).await?.is_none() => {
            "没有这个机关。改法: 填写机关代码，可在机关表里查到。".to_owned()
        }
        Ok(proposal) => {
            clerk.may("role.propose", &tie)?;
            let desk = visit.house.ledger().desk(clerk.actor()).await?;
            match Grant::propose(desk, &clerk.id, &proposal).await {
                Ok(_) => return done(&visit, Ok(()), super::POSTS),
                Err(refusal) => said(refusal)?,
            }
        }
    };
    let mut page = page(&visit, clerk, &id).await?;
    page.wrong = Some(words);
    page.desk = page.desk.with_errors();
    returned(&page)
}

fn read(visit: &Visit, form: &Submitted, person: &str) -> Result<Proposal, String> {
    let role = Role::parse(form.get("role")).ok_or("没有选角色。改法: 从列表里选择。")?;
    let day = |name: &str| form.words(name).map(str::parse).transpose();
    let wrong = |_| "日期不对。改法: 写成 2026-01-31 的样子。";
    Ok(Proposal {
        person: person.to_owned(),
        organ: form.get("organ").trim().to_owned(),
        unit: form.get("unit").to_owned(),
        role,
        from: day("from").map_err(wrong)?.unwrap_or(visit.house.ledger().clock().today()),
        until: day("until").map_err(wrong)?,
        reason: form.get("reason").to_owned(),
    })
}
