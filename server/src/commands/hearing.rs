//! `gongkai hearing`: the draw of who takes part in a hearing, done again by anybody.

use std::io::{self, Write};
use std::path::PathBuf;

use participation::draw::{List, digest, seed};

use super::files::text_of;
use crate::failure::Failure;

/// What can be done with hearings.
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// 按公布的名单和种子重做一次抽取, 和公布的参加人核对; 不需要数据
    Draw {
        /// 听证页面上下载的报名名单
        #[arg(long, value_name = "文件")]
        list: PathBuf,
        /// 页面上公布的种子, 64 位十六进制
        #[arg(long, value_name = "种子", required_unless_present = "value")]
        seed: Option<String>,
        /// 公开数值; 写了这个, 种子由名单和数值算出
        #[arg(long, value_name = "数值", conflicts_with = "seed")]
        value: Option<String>,
    },
}

/// Carries the command out.
///
/// # Errors
/// The list cannot be read, or the seed is none.
pub fn run(command: Command) -> Result<(), Failure> {
    let Command::Draw { list: file, seed: told, value } = command;
    let text = text_of(&file)?;
    let list = List::read(&text)
        .map_err(|bad| Failure::invalid(bad.to_string(), "请从听证页面重新下载名单, 不要改动"))?;
    let seed = match value {
        Some(value) => seed(&text, value.trim()),
        None => told.unwrap_or_default().trim().to_ascii_lowercase(),
    };
    if seed.len() != 64 || !seed.bytes().all(|letter| letter.is_ascii_hexdigit()) {
        let message = "种子要 64 位十六进制数字";
        return Err(Failure::invalid(message, "请从听证页面抄下种子, 或者写 --value"));
    }
    let mut out = io::stdout().lock();
    writeln!(out, "名单 SHA-256 {}", digest(&text))?;
    writeln!(out, "种子 {seed}")?;
    for one in list.drawn(&seed) {
        let side = one.entry.side.checked_sub(1).and_then(|at| list.sides.get(at));
        let side = side.map_or("", |side| side.name.as_str());
        let what = if one.takes_part { "参加" } else { "候补" };
        writeln!(out, "{side}\t{}\t{what}\t编号 {}\t{}", one.place, one.entry.number, one.ticket)?;
    }
    Ok(())
}
