//! `gongkai reminders`: what readers asked for, and the answers.

use std::io::{self, Write};

use catalogue::acts::answer;
use catalogue::acts::reminder::ReminderError;
use catalogue::store::{Reminder, ReminderAsk};
use law::Date;
use serde_json::json;

use super::files::operator;
use crate::failure::{Exit, Failure};
use crate::opening::Whereabouts;

/// Entries listed at most; more are a page of the workbench.
const MOST: i64 = 1000;

/// What can be done with readers' reminders.
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// 列出待答复的催一下, 先到期的在前
    List {
        /// 只列要由这个机关答复的
        #[arg(long)]
        organ: Option<String>,
        /// 连同已经答复的, 新的在前
        #[arg(long)]
        all: bool,
        /// 输出 JSON
        #[arg(long)]
        json: bool,
    },
    /// 答复一件; 答复显示在事项页上
    Answer {
        /// 编号, 见 gongkai reminders list
        #[arg(value_name = "编号")]
        id: String,
        /// 答复的内容
        #[arg(long, value_name = "文字")]
        text: String,
        /// 已公开的信息在哪里: 站点之下的地址, 例如 /wenjian/…
        #[arg(long, value_name = "地址", default_value = "")]
        link: String,
    },
}

/// Carries a command out.
///
/// # Errors
/// There is no such entry, the words cannot be taken, or the database refuses.
pub async fn run(command: Command, place: &Whereabouts) -> Result<(), Failure> {
    let ledger = place.existing().await?;
    match command {
        Command::List { organ, all, json } => {
            let ask = ReminderAsk { organ, answered: all, after: None, most: MOST };
            let found = Reminder::list(ledger.store(), &ask).await?;
            let today = ledger.clock().today();
            if json { print_json(&found, today) } else { print(&found, today) }
        }
        Command::Answer { id, text, link } => {
            let desk = ledger.desk(operator()).await?;
            let kept = answer::keep(desk, &id, &text, &link).await.map_err(refused)?;
            println!("{}: “{}” {}", kept.standing(ledger.clock().today()).words(), kept.name, id);
            Ok(())
        }
    }
}

fn print(found: &[Reminder], today: Date) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    if found.is_empty() {
        writeln!(out, "没有催一下")?;
    }
    for one in found {
        let standing = one.standing(today).words();
        writeln!(
            out,
            "{}  {standing}  最迟 {}  {} 次  {}  {}/{}  {}",
            one.id, one.due_on, one.times, one.organ, one.domain, one.item, one.name
        )?;
        for words in &one.words {
            writeln!(out, "    {words}")?;
        }
    }
    Ok(())
}

fn print_json(found: &[Reminder], today: Date) -> Result<(), Failure> {
    let one = |one: &Reminder| {
        json!({
            "id": one.id,
            "division": one.division,
            "domain": one.domain,
            "item": one.item,
            "name": one.name,
            "organ": one.organ,
            "times": one.times,
            "words": one.words,
            "asked_on": one.asked_on.to_string(),
            "due_on": one.due_on.to_string(),
            "provisional": one.provisional,
            "standing": one.standing(today).words(),
            "answered_on": one.answer.as_ref().map(|answer| answer.on.to_string()),
            "answer": one.answer.as_ref().map(|answer| &answer.words),
            "link": one.answer.as_ref().and_then(|answer| answer.link.as_ref()),
        })
    };
    let all = json!({
        "schema_version": 1,
        "reminders": found.iter().map(one).collect::<Vec<_>>(),
    });
    let mut out = io::stdout().lock();
    serde_json::to_writer_pretty(&mut out, &all)?;
    writeln!(out)?;
    Ok(())
}

fn refused(error: ReminderError) -> Failure {
    let exit = match error {
        ReminderError::Words(_) => Exit::Invalid,
        ReminderError::Unknown(_) => Exit::NotFound,
        ReminderError::AlreadyAnswered(_) => Exit::Conflict,
        ReminderError::NoDay(_) | ReminderError::Desk(_) | ReminderError::Store(_) => Exit::Failure,
    };
    Failure::new(exit, error.to_string(), error.remedy()).because(error)
}
