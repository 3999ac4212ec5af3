//! `gongkai person`: who may sign in.

use std::io::{self, Read, Write};

use identity::{Account, Person, Refusal, Registration};

use super::files::operator;
use crate::failure::{Exit, Failure};
use crate::opening::Whereabouts;

/// What can be done with persons and accounts.
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// 登记人员并建立账号; 首次登录的口令只显示这一次
    Add {
        /// 姓名
        #[arg(long, value_name = "姓名")]
        name: String,
        /// 登录名
        #[arg(long, value_name = "登录名")]
        login: String,
        /// 证件号码; 写 - 则从标准输入读, 不留在命令历史里。只用来识别同一个人, 不保存
        #[arg(long, value_name = "号码", default_value = "-")]
        document: String,
        /// 所在机关的代码
        #[arg(long)]
        organ: String,
    },
    /// 给登记过的人增设一个账号
    Account {
        /// 人员编号
        person: String,
        /// 登录名
        #[arg(long, value_name = "登录名")]
        login: String,
    },
    /// 重置一个账号的口令和验证器
    Reset {
        /// 登录名
        login: String,
        /// 理由
        #[arg(long, value_name = "理由")]
        reason: String,
    },
    /// 列出人员和账号
    List {
        /// 只列姓名或登录名含有这些字的
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
        Command::Add { name, login, document, organ } => {
            add(place, name, login, document, organ).await
        }
        Command::Account { person, login } => {
            let ledger = place.existing().await?;
            let opened = Account::open(&ledger, operator(), &person, &login).await;
            hand_over(&login, &opened.map_err(refused)?)
        }
        Command::Reset { login, reason } => {
            let ledger = place.existing().await?;
            let account = Account::named(ledger.store(), &login).await?.ok_or_else(|| {
                let message = format!("没有登录名为 {login} 的账号");
                Failure::new(Exit::NotFound, message, "用 gongkai person list 核对登录名")
            })?;
            let password = Account::reset(&ledger, operator(), &account.id, &reason).await;
            hand_over(&login, &password.map_err(refused)?)
        }
        Command::List { words } => list(place, &words).await,
    }
}

async fn add(
    place: &Whereabouts,
    name: String,
    login: String,
    document: String,
    organ: String,
) -> Result<(), Failure> {
    place.present().await?;
    let document = match document.as_str() {
        "-" => {
            let mut text = String::new();
            io::stdin().take(200).read_to_string(&mut text)?;
            text.trim().to_owned()
        }
        _ => document,
    };
    let ledger = place.existing().await?;
    if identity::Organ::find(ledger.store(), &organ).await?.is_none() {
        let message = format!("没有代码为 {organ} 的机关");
        return Err(Failure::new(Exit::NotFound, message, "用 gongkai organ list 查机关代码"));
    }
    let new = Registration { name, document, login: login.clone(), organ };
    let registered = Person::register(&ledger, operator(), &new).await.map_err(refused)?;
    println!("人员编号 {}", registered.person);
    hand_over(&login, &registered.password)
}

fn hand_over(login: &str, password: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    writeln!(out, "登录名 {login}")?;
    writeln!(out, "首次登录的口令 {password}")?;
    writeln!(out, "口令只显示这一次; 请当面交给本人, 首次登录时绑定验证器并换成自己的口令")?;
    Ok(())
}

/// A refusal of the acts as a command says it.
pub fn refused(refusal: Refusal) -> Failure {
    let Refusal::Said(words) = &refusal else { return Failure::from(refusal) };
    let (message, remedy) = words.split_once("改法: ").unwrap_or((words, "请核对后再试"));
    let plain = |text: &str| text.trim().trim_end_matches('。').to_owned();
    Failure::new(Exit::Conflict, plain(message), plain(remedy))
}

async fn list(place: &Whereabouts, words: &str) -> Result<(), Failure> {
    let ledger = place.existing().await?;
    let accounts = Account::all(ledger.store()).await?;
    let mut out = io::stdout().lock();
    let mut found = 0;
    for person in Person::all(ledger.store()).await? {
        let own = accounts.iter().filter(|account| account.person == person.id);
        let logins: Vec<_> = own.map(|account| account.login.as_str()).collect();
        if !person.name.contains(words) && !logins.iter().any(|login| login.contains(words)) {
            continue;
        }
        found += 1;
        let left = person.left_on.map(|day| format!("  {day} 停用")).unwrap_or_default();
        writeln!(out, "{}  {}  {}{left}", person.id, person.name, logins.join(", "))?;
    }
    if found == 0 {
        let remedy = "用 gongkai person add 登记人员; 或者换几个字再找";
        return Err(Failure::new(Exit::NotFound, "没有找到人员", remedy));
    }
    Ok(())
}
