//! A program that is nothing but the examining child, for tests. With `try` it shuts itself in and
//! does what a child must not be able to do.

use std::process::ExitCode;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["try", what] => attempt(what),
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
