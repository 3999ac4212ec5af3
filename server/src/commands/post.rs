//! `gongkai post`: who holds which post. At the machine only the first two security administrators are
//! appointed; every other post is proposed by one of them and confirmed by the other at the workbench.

use std::collections::HashMap;
use std::io::{self, Write};

use identity::{Account, Grant, Organ, Person, Post, Role};

use super::files::operator;
use super::person::refused;
use crate::failure::{Exit, Failure};
use crate::opening::Whereabouts;

/// What can be done with posts.
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// 任命首任安全管理员(两名); 其余岗位由一名安全管理员在工作台提出、另一名批准
    Grant {
        /// 登录名
        #[arg(long, value_name = "登录名")]
        login: String,
        /// 运行平台的机关的代码
        #[arg(long)]
        organ: String,
        /// 角色; 在服务器上只能任命 security_admin
        #[arg(long, value_name = "角色", default_value = "security_admin")]
        role: String,
    },
    /// 列出现在有效的岗位
    List {
        /// 只列机关、角色或姓名含有这些字的
        #[arg(default_value = "")]
        words: String,
    },
}

/// Carries a command out.
///
/// # Errors
/// What is given does not hold up; then nothing was stored.
pub async fn run(command: Command, place: &Whereabouts) -> Result<(), Failure> {
    match command {
        Command::Grant { login, organ, role } => grant(place, &login, &organ, &role).await,
        Command::List { words } => list(place, &words).await,
    }
}

async fn grant(place: &Whereabouts, login: &str, organ: &str, role: &str) -> Result<(), Failure> {
    if Role::parse(role) != Some(Role::SecurityAdmin) {
        let message = format!("在服务器上不能授予 {role}");
        let remedy = "先任命两名首任安全管理员(security_admin), 其余岗位由他们在工作台授予";
        return Err(Failure::new(Exit::Conflict, message, remedy));
    }
    let ledger = place.existing().await?;
    let account = Account::named(ledger.store(), login).await?.ok_or_else(|| {
        let message = format!("没有登录名为 {login} 的账号");
        Failure::new(Exit::NotFound, message, "先用 gongkai person add 登记人员")
    })?;
    let post = Grant::appoint_first(&ledger, operator(), &account.person, organ).await;
    println!("已任命首任安全管理员 {login}, 岗位编号 {}", post.map_err(refused)?);
    Ok(())
}

async fn list(place: &Whereabouts, words: &str) -> Result<(), Failure> {
    let ledger = place.existing().await?;
    let (store, today) = (ledger.store(), ledger.clock().today());
    let persons = Person::all(store).await?.into_iter();
    let persons: HashMap<String, String> = persons.map(|one| (one.id, one.name)).collect();
    let organs = Organ::all(store).await?.into_iter();
    let organs: HashMap<String, String> = organs.map(|one| (one.code, one.name)).collect();
    let mut out = io::stdout().lock();
    let mut found = 0;
    for post in Post::all(store).await?.into_iter().filter(|post| post.holds_on(today)) {
        let name = persons.get(&post.person).map_or("", String::as_str);
        let organ = organs.get(&post.organ).map_or("", String::as_str);
        let until = post.until.map(|day| format!("  至 {day}")).unwrap_or_default();
        let line = format!("{}  {organ}  {}  {name}{until}", post.id, post.role.name());
        if line.contains(words) || post.role.word() == words {
            found += 1;
            writeln!(out, "{line}")?;
        }
    }
    if found == 0 {
        let remedy = "用 gongkai post grant 任命首任安全管理员; 或者换几个字再找";
        return Err(Failure::new(Exit::NotFound, "没有找到岗位", remedy));
    }
    Ok(())
}
