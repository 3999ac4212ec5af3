//! `gongkai wishes`: what people looked for and did not find.

use std::io::{self, Write};

use catalogue::acts::wish::{self, Settlement, WishError};
use catalogue::store::{Verdict, Wish, WishAsk};
use identity::Division;
use serde_json::json;

use super::files::operator;
use crate::failure::{Exit, Failure};
use crate::opening::Whereabouts;

/// What can be done with wishes.
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// 列出没有找到的内容, 问得多的在前
    List {
        /// 只列这个区划及其以下的
        #[arg(long, value_name = "区划代码")]
        division: Option<String>,
        /// 连同已经处理的
        #[arg(long)]
        all: bool,
        /// 最多列多少条
        #[arg(long, value_name = "条数", default_value_t = 100)]
        most: u16,
        /// 输出 JSON
        #[arg(long)]
        json: bool,
    },
    /// 处理一条: 采纳, 或者写明理由不采纳
    #[command(group = clap::ArgGroup::new("verdict").required(true))]
    Settle {
        /// 文字, 照 gongkai wishes list 所列
        words: String,
        /// 在哪个区划的站点上提出
        #[arg(long, value_name = "区划代码")]
        division: String,
        /// 采纳
        #[arg(long, group = "verdict")]
        adopted: bool,
        /// 不采纳
        #[arg(long, group = "verdict")]
        dismissed: bool,
        /// 已经公开, 在这个地址
        #[arg(long, group = "verdict", value_name = "地址")]
        answered: Option<String>,
        /// 怎么处理的, 或者为什么不采纳
        #[arg(long, value_name = "文字", default_value = "")]
        note: String,
    },
}

/// Carries a command out.
///
/// # Errors
/// There is no such wish or division, or the database refuses.
pub async fn run(command: Command, place: &Whereabouts) -> Result<(), Failure> {
    let ledger = place.existing().await?;
    match command {
        Command::List { division, all, most, json } => {
            let divisions = match division {
                Some(code) => Some(range(ledger.store(), &code).await?),
                None => None,
            };
            let ask = WishAsk { divisions, settled: all, offset: 0, most: most.into() };
            let found = Wish::list(ledger.store(), &ask).await?;
            if json { print_json(&found) } else { print(&found) }
        }
        Command::Settle { words, division, adopted, answered, note, .. } => {
            let (verdict, said) = match (adopted, &answered) {
                (true, _) => (Verdict::Adopted, "已采纳"),
                (false, Some(_)) => (Verdict::Answered, "已经公开, 已记下地址"),
                (false, None) => (Verdict::Dismissed, "不采纳, 已写明理由"),
            };
            let (link, organ) = (answered.unwrap_or_default(), String::new());
            let words_given = words.clone();
            let settlement =
                Settlement { division, words: words_given, verdict, note, link, organ };
            wish::settle(ledger.desk(operator()).await?, settlement).await.map_err(refused)?;
            println!("“{words}”{said}");
            Ok(())
        }
    }
}

async fn range(store: &store::Store, code: &str) -> Result<(String, String), Failure> {
    let found = Division::find(store, code).await?;
    let missing = || {
        let remedy = "请写十二位区划代码, 例如 350203000000";
        Failure::new(Exit::NotFound, format!("没有代码为 {code} 的区划"), remedy)
    };
    Ok(found.ok_or_else(missing)?.range())
}

/// How it was found out that something is wanted.
fn source_name(source: &str) -> &str {
    match source {
        "search" => "检索时",
        "request" => "依申请公开",
        "reminder" => "催一下",
        other => other,
    }
}

/// What became of it.
fn state_name(state: &str) -> &str {
    match state {
        "open" => "待处理",
        "adopted" => "已采纳",
        "answered" => "已经公开",
        "dismissed" => "不采纳",
        other => other,
    }
}

fn print(found: &[Wish]) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    if found.is_empty() {
        writeln!(out, "没有待处理的内容")?;
    }
    for one in found {
        writeln!(
            out,
            "{:>6} 次  {}  {}  {}  {} 至 {}  {}",
            one.times,
            one.division,
            one.words,
            source_name(&one.source),
            one.first_on,
            one.last_on,
            state_name(&one.state)
        )?;
    }
    Ok(())
}

fn print_json(found: &[Wish]) -> Result<(), Failure> {
    let one = |one: &Wish| {
        json!({
            "words": one.words,
            "division": one.division,
            "source": one.source,
            "times": one.times,
            "first_on": one.first_on,
            "last_on": one.last_on,
            "state": one.state,
            "note": one.note,
        })
    };
    let all = json!({ "schema_version": 1, "wishes": found.iter().map(one).collect::<Vec<_>>() });
    let mut out = io::stdout().lock();
    serde_json::to_writer_pretty(&mut out, &all)?;
    writeln!(out)?;
    Ok(())
}

fn refused(error: WishError) -> Failure {
    let exit = match error {
        WishError::Unknown(_) => Exit::NotFound,
        WishError::NoReason | WishError::NoLink | WishError::Words(_) | WishError::Link(_) => {
            Exit::Invalid
        }
        WishError::Desk(_) | WishError::Store(_) => Exit::Failure,
    };
    Failure::new(exit, error.to_string(), error.remedy()).because(error)
}
