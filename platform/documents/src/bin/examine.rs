//! A program that is nothing but the examining child, for tests. With `try` it shuts itself in and
//! does what a child must not be able to do. With `old-kernel` it goes on as on a kernel without Landlock.

use std::collections::BTreeMap;
use std::os::unix::process::CommandExt;
use std::process::{Command, ExitCode};

use seccompiler::{BpfProgram, SeccompAction, SeccompFilter};

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["try", what] => attempt(what),
        ["old-kernel", ..] => old_kernel(&words[1..]),
        [documents::converting::ARGUMENT, ..] => documents::converting::serve_child(),
        _ => documents::examining::child::serve_child(),
    }
}

fn attempt(what: &str) -> ExitCode {
    if let Err(error) = documents::examining::child::shut_in() {
        eprintln!("{error}");
        return ExitCode::FAILURE;
    }
    let done = match what {
        "file" => std::fs::read("/etc/hostname").is_ok(),
        "socket" => std::net::TcpListener::bind("127.0.0.1:0").is_ok(),
        "program" => std::process::Command::new("/bin/true").status().is_ok(),
        "memory" => vec![1_u8; 600 << 20].iter().all(|byte| *byte == 1),
        _ => true,
    };
    println!("{}", if done { "done" } else { "refused" });
    ExitCode::SUCCESS
}

/// Starts this program again where the system call by which Landlock begins is not known.
fn old_kernel(words: &[String]) -> ExitCode {
    let rules = BTreeMap::from([(libc::SYS_landlock_create_ruleset, Vec::new())]);
    let unknown = SeccompAction::Errno(libc::ENOSYS.unsigned_abs());
    let arch = std::env::consts::ARCH.try_into();
    let program = arch
        .and_then(|arch| SeccompFilter::new(rules, SeccompAction::Allow, unknown, arch))
        .and_then(BpfProgram::try_from);
    let applied = program.map(|program| seccompiler::apply_filter(&program).is_ok());
    if let (Ok(true), Ok(this)) = (applied, std::env::current_exe()) {
        eprintln!("{}", Command::new(this).args(words).exec());
    }
    ExitCode::FAILURE
}
