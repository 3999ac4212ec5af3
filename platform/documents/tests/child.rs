//! The examining child: what it answers, what it may not do, and how it is stopped.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use std::{env, fs, process};

use documents::Refusal;
use documents::examining::{Examiner, Masking};
use documents::personal::Kind;

/// Long enough for an unoptimised build on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

fn real() -> Examiner {
    Examiner { program: PathBuf::from(env!("CARGO_BIN_EXE_examine")), timeout: PATIENCE }
}

/// A program that does as the script says instead of examining.
fn impostor(name: &str, script: &str) -> PathBuf {
    let path = env::temp_dir().join(format!("examine-{}-{name}", process::id()));
    fs::write(&path, format!("#!/bin/sh\n{script}\n")).expect("a script can be written");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o700))
        .expect("a script can be made executable");
    path
}

fn asked(program: &Path, timeout: Duration) -> Result<documents::Findings, Refusal> {
    Examiner { program: program.to_path_buf(), timeout }.scan(b"x", "a.txt")
}

#[test]
fn a_child_tells_what_it_found_and_hands_back_a_copy() {
    let text = "关于慰问的通知\n联系人张三，电话13800138000。\n";
    let examined =
        real().examine(text.as_bytes(), "通知.txt", &Masking::default()).expect("a text");
    let found: Vec<_> = examined
        .findings
        .list
        .iter()
        .map(|one| (one.kind, one.masked.as_str(), one.place.as_str()))
        .collect();
    assert_eq!(found, [(Kind::Mobile, "138****8000", "第2行")]);
    assert!(examined.text.contains("关于慰问的通知"));
    let copy = String::from_utf8(examined.cleaned.expect("a copy")).expect("text");
    assert_eq!(copy, "关于慰问的通知\n联系人张三，电话***********。\n");
    let kept =
        real().clean(text.as_bytes(), "通知.txt", &Masking::of([Kind::IdNumber])).expect("a copy");
    assert_eq!(kept.bytes, text.as_bytes(), "what is not to be masked stays");
}

#[test]
fn a_name_that_says_another_kind_gives_no_copy() {
    let examined = real()
        .examine(b"<html><body>x</body></html>", "a.pdf", &Masking::default())
        .expect("a page");
    assert!(matches!(examined.cleaned, Err(Refusal::WrongName { .. })), "{:?}", examined.cleaned);
    let named = real().scan(b"x", "\u{5f20}\u{4e09}13800138000.txt").expect("a text");
    assert_eq!(named.list[0].place, "文件名");
}

#[test]
fn a_child_that_does_not_end_is_ended() {
    let sleeper = impostor("sleeper", "exec sleep 600");
    let begun = Instant::now();
    assert_eq!(asked(&sleeper, Duration::from_secs(1)), Err(Refusal::TimedOut { seconds: 1 }));
    assert!(begun.elapsed() < Duration::from_secs(30), "it did not wait for the child");
    fs::remove_file(sleeper).expect("the script can be removed");
}

#[test]
fn how_a_child_ended_tells_why() {
    for (name, script, refusal) in [
        ("call", "kill -s SYS $$", Refusal::Forbidden),
        ("cpu", "kill -s XCPU $$", Refusal::TimedOut { seconds: 20 }),
        (
            "memory",
            "echo memory allocation of 9 bytes failed >&2; kill -s ABRT $$",
            Refusal::OutOfMemory { megabytes: 512 },
        ),
    ] {
        let program = impostor(name, script);
        let answer = asked(&program, PATIENCE);
        fs::remove_file(&program).expect("the script can be removed");
        assert_eq!(answer, Err(refusal), "{name}");
    }
    let silent = impostor("silent", "exit 0");
    assert!(matches!(asked(&silent, PATIENCE), Err(Refusal::Died { .. })));
    fs::remove_file(&silent).expect("the script can be removed");
    let endless = impostor("endless", "exec head -c 40000000 /dev/zero");
    assert!(matches!(
        asked(&endless, PATIENCE),
        Err(Refusal::ResultTooLarge { .. } | Refusal::Died { .. })
    ));
    fs::remove_file(&endless).expect("the script can be removed");
    assert!(matches!(asked(Path::new("/nonexistent"), PATIENCE), Err(Refusal::Died { .. })));
}

#[test]
fn a_child_may_neither_open_a_file_nor_a_socket_nor_take_more_memory_or_time() {
    let tried = |what: &str| {
        let output = process::Command::new(env!("CARGO_BIN_EXE_examine"))
            .args(["try", what])
            // As the parent starts it: a wish for backtraces would have it open files.
            .env_clear()
            .output()
            .expect("it starts");
        (
            std::os::unix::process::ExitStatusExt::signal(&output.status),
            String::from_utf8_lossy(&output.stdout).into_owned(),
        )
    };
    assert_eq!(tried("nothing"), (None, "done\n".to_owned()), "what is allowed works");
    for what in ["file", "socket", "program"] {
        assert_eq!(tried(what), (Some(31), String::new()), "{what}: killed by the filter");
    }
    assert_eq!(tried("memory"), (Some(6), String::new()), "ended by the limit");
}
