//! `gongkai`: the one program. Serves the portal, carries out the work of the office at the
//! command line, and is its own typesetting and examining child.

mod commands;
mod demo;
mod failure;
mod items;
mod kiosking;
mod log_keeping;
mod noticing;
mod opening;
mod rooms;
mod serving;
mod usage;
mod work;

use std::process::ExitCode;

use crate::commands::Command;
use crate::failure::Failure;
use crate::opening::Whereabouts;

/// Gives memory back that a night's work or a busy hour took (docs/decisions/034).
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

/// 政务公开平台
#[derive(Debug, clap::Parser)]
#[command(name = "gongkai", version, about = "公开: 基层政务公开平台", long_about = None)]
#[command(disable_help_subcommand = true)]
struct Arguments {
    #[command(flatten)]
    whereabouts: Whereabouts,
    /// 显示出错的详细原因
    #[arg(short, long, global = true)]
    verbose: bool,
    #[command(subcommand)]
    command: Command,
}

fn main() -> ExitCode {
    if std::env::args_os().nth(1).is_some_and(|word| word == typeset::child::ARGUMENT) {
        return typeset::serve_child();
    }
    if std::env::args_os().nth(1).is_some_and(|word| word == documents::examining::child::ARGUMENT)
    {
        return documents::examining::child::serve_child();
    }
    if std::env::args_os().nth(1).is_some_and(|word| word == documents::converting::ARGUMENT) {
        return documents::converting::serve_child();
    }
    let arguments: Arguments = match usage::parse(std::env::args_os()) {
        Ok(arguments) => arguments,
        Err(stopped) => return stopped.say(),
    };
    start_log(arguments.verbose);
    leave_when_unread();
    match run(arguments.command, &arguments.whereabouts) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) if reader_is_gone(&failure) => ExitCode::from(UNREAD),
        Err(failure) => {
            eprintln!("{failure}");
            if let (true, Some(cause)) = (arguments.verbose, &failure.cause) {
                eprintln!("原因: {cause:#}");
            }
            ExitCode::from(failure.exit as u8)
        }
    }
}

fn run(command: Command, whereabouts: &Whereabouts) -> Result<(), Failure> {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?
        .block_on(command.run(whereabouts))
}

/// How a program ends whose output nobody reads any more, as shells count it: 128 and SIGPIPE. What it was doing
/// may not be finished, so it is no success.
const UNREAD: u8 = 141;

/// `println!` panics where nobody reads any more what it writes; there is nobody left to tell of it.
fn leave_when_unread() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |told| {
        let words = told.payload().downcast_ref::<String>().map(String::as_str).unwrap_or_default();
        if words.starts_with("failed printing to std") && words.contains("Broken pipe") {
            std::process::exit(UNREAD.into());
        }
        usual(told);
    }));
}

/// `gongkai … | head` closes our output early; of that nobody has to be told.
fn reader_is_gone(failure: &Failure) -> bool {
    let causes = failure.cause.iter().flat_map(anyhow::Error::chain);
    causes.filter_map(failure::io_kind).any(|kind| kind == std::io::ErrorKind::BrokenPipe)
}

fn start_log(verbose: bool) {
    let level = if verbose { "info" } else { "warn" };
    let filter = tracing_subscriber::EnvFilter::try_from_env("GONGKAI_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new(level));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
}
