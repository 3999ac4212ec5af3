//! A converter that is not ours: what it is given, what it may not do, and how it is stopped.
//!
//! Most of this is shown with scripts in its place. `libreoffice_reads_a_document_of_its_own` runs the real one where it
//! is named; the gate names none, because it does not install half a gigabyte for it:
//! `apt-get install --no-install-recommends libreoffice-writer-nogui`, then
//! `GONGKAI_TEST_CONVERTER=/usr/bin/soffice cargo test -p documents --test converting`.

use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};
use std::{env, fs, process, thread};

use documents::converting::Converter;
use documents::reading::Unreadable;

/// The head of an old office file, and nothing behind it: enough for a script.
const LEGACY: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0, 0, 0];

/// Speaks to a socket of this machine.
const SPEAK: &str =
    "import socket,sys;s=socket.socket(socket.AF_UNIX);s.connect(sys.argv[1]);print('spoke')";

/// Leaves a socket.
const BIND: &str = "import socket,sys;s=socket.socket(socket.AF_UNIX);s.bind(sys.argv[1])";

/// Leaves the group of processes it was started in.
const LEAVE: &str = "import os,sys;os.setpgid(0,0);os.execvp(\"sleep\",[\"sleep\",sys.argv[1]])";

/// A folder of its own for one test, gone afterwards.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = env::temp_dir().join(format!("converting-{}-{name}", process::id()));
        fs::create_dir_all(&path).expect("a folder");
        Self(path)
    }

    /// A converter that does as the script says; `$into` is the folder it converts into.
    fn script(&self, script: &str) -> Converter {
        let path = self.0.join("converter");
        let text = format!("#!/bin/bash\ninto=$(dirname \"${{@: -1}}\")\n{script}\n");
        fs::write(&path, text).expect("a script can be written");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o700)).expect("executable");
        of(&path, Duration::from_secs(60))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).ok();
    }
}

fn of(converter: &Path, timeout: Duration) -> Converter {
    let program = PathBuf::from(env!("CARGO_BIN_EXE_examine"));
    Converter { converter: converter.to_owned(), program, timeout, guarded: Vec::new() }
}

fn said(converter: &Converter) -> String {
    let bytes = converter.docx_of(LEGACY).expect("it is converted");
    String::from_utf8(bytes).expect("text")
}

#[test]
fn a_converter_is_called_as_soffice_is_and_its_file_comes_back() {
    let folder = Folder::new("call");
    let said =
        said(&folder.script(r#"{ echo "$@"; echo "$HOME"; ls "$into"; } > "$into/in.docx""#));
    for part in
        ["--headless", "--convert-to docx", "--outdir ", "-env:UserInstallation=file://", "in.doc"]
    {
        assert!(said.contains(part), "{part}: {said}");
    }
    let home = said.lines().nth(1).expect("a second line");
    assert!(!Path::new(home).exists(), "the folder of the run is gone: {home}");
}

#[test]
fn a_profile_of_its_own_lets_no_macro_run() {
    let folder = Folder::new("profile");
    let said = said(
        &folder.script(r#"cat "$into/profile/user/registrymodifications.xcu" > "$into/in.docx""#),
    );
    assert!(said.contains("DisableMacrosExecution") && said.contains("BlockUntrustedRefererLinks"));
}

#[test]
fn a_converter_reaches_neither_the_network_nor_other_files() {
    let folder = Folder::new("reach");
    let listener = TcpListener::bind("127.0.0.1:0").expect("listens");
    let port = listener.local_addr().expect("a port").port();
    let secret = folder.0.join("secret");
    fs::write(&secret, "geheim").expect("a file");
    let place = folder.0.join("socket");
    let _local = UnixListener::bind(&place).expect("listens");
    let script = format!(
        r#"{{
        (exec 3<>/dev/tcp/127.0.0.1/{port}) 2>/dev/null && echo reached
        cat {secret} 2>/dev/null
        echo x 2>/dev/null > {secret}.more && echo wrote
        python3 -c "{SPEAK}" {place} 2>/dev/null
        for one in /etc/shadow /etc/hostname /var/lib/dpkg/status; do head -c 1 $one >/dev/null 2>&1 && echo $one; done
        head -1 /etc/os-release >/dev/null && echo system
        }} > "$into/in.docx""#,
        secret = secret.display(),
        place = place.display(),
    );
    // The same without the confinement reaches all of it: the test would notice if it asked the wrong thing.
    let plain = folder.0.join("plain");
    fs::create_dir_all(&plain).expect("a folder");
    let converter = folder.script(&script);
    let status =
        Command::new(&converter.converter).arg(plain.join("in.doc")).status().expect("runs");
    assert!(status.success());
    let reached = fs::read_to_string(plain.join("in.docx")).expect("it wrote");
    assert!(reached.starts_with("reached\ngeheimwrote\n"), "{reached}");
    assert!(reached.contains("spoke") && reached.contains("/etc/hostname"), "{reached}");
    assert_eq!(said(&converter), "system\n");
}

#[test]
fn what_a_converter_leaves_in_place_of_its_file_is_not_followed() {
    let folder = Folder::new("left");
    let secret = folder.0.join("secret");
    fs::write(&secret, "geheim").expect("a file");
    let secret = secret.display();
    let rows = [
        ("a link", format!(r#"ln -s {secret} "$into/in.docx""#)),
        ("a link to what waits", r#"ln -s /dev/zero "$into/in.docx""#.to_owned()),
        ("a link to the same file", format!(r#"ln {secret} "$into/in.docx""#)),
        ("a pipe", r#"mkfifo "$into/in.docx""#.to_owned()),
        ("a folder", r#"mkdir "$into/in.docx""#.to_owned()),
        ("a socket", format!(r#"python3 -c "{BIND}" "$into/in.docx""#)),
    ];
    for (what, script) in rows {
        // without the confinement it can be left there: the row asks for what is possible
        let plain = folder.0.join(what);
        fs::create_dir_all(&plain).expect("a folder");
        let converter = folder.script(&script);
        let status = Command::new(&converter.converter).arg(plain.join("in.doc")).status();
        assert!(status.expect("runs").success(), "{what}");
        let refusal = converter.docx_of(LEGACY).expect_err(what);
        assert!(refusal.to_string().contains("转换程序读不了这个文件"), "{what}: {refusal}");
        // what was there before the confinement, or got past it, is not followed either
        let swapped = folder.0.join("unconfined");
        let text = format!("#!/bin/bash\nexec {} \"$3/in.doc\"\n", converter.converter.display());
        fs::write(&swapped, text).expect("a script");
        fs::set_permissions(&swapped, fs::Permissions::from_mode(0o700)).expect("executable");
        let converter = Converter { program: swapped, ..converter };
        if what != "a link to the same file" {
            let refusal = converter.docx_of(LEGACY).expect_err(what);
            assert!(refusal.to_string().contains("转换程序读不了这个文件"), "{what}: {refusal}");
        }
    }
}

#[test]
fn nothing_is_converted_where_the_converter_could_read_the_data() {
    let folder = Folder::new("data");
    let converter = folder.script(r#"echo made > "$into/in.docx""#);
    let elsewhere = folder.0.join("leads-into-usr");
    std::os::unix::fs::symlink("/usr/share", &elsewhere).expect("a link");
    let rows = [
        ("/var/lib".into(), true),
        ("/none-yet".into(), true),
        ("/tmp".into(), false),
        ("/usr/share".into(), false),
        (elsewhere, false),
        (converter.converter.clone(), false),
    ];
    for (place, is_converted) in rows {
        let guarded = vec!["/var/lib".into(), place.clone()];
        let answer = Converter { guarded, ..converter.clone() }.docx_of(LEGACY);
        assert_eq!(answer.is_ok(), is_converted, "{}: {answer:?}", place.display());
        if let Err(refusal) = answer {
            assert!(refusal.remedy().contains("数据目录移到"), "{refusal}");
        }
    }
}

#[test]
fn nothing_is_converted_where_the_kernel_cannot_shut_the_converter_in() {
    let folder = Folder::new("kernel");
    let converter = folder.script(r#"echo made > "$into/in.docx""#);
    assert_eq!(said(&converter), "made\n");
    let program = folder.0.join("old-kernel");
    let text = format!("#!/bin/bash\nexec {} old-kernel \"$@\"\n", env!("CARGO_BIN_EXE_examine"));
    fs::write(&program, text).expect("a script");
    fs::set_permissions(&program, fs::Permissions::from_mode(0o700)).expect("executable");
    let refusal = Converter { program, ..converter }.docx_of(LEGACY).expect_err("no Landlock");
    assert!(refusal.remedy().contains("Landlock"), "{refusal} {}", refusal.remedy());
}

#[test]
fn a_converter_that_takes_too_long_is_ended_with_all_that_it_started() {
    let folder = Folder::new("slow");
    let mark = format!("{}.5", 4_000 + process::id());
    let script = format!(
        "sleep {mark} &\nsetsid sleep {mark} &\npython3 -c '{LEAVE}' {mark} &\nsleep {mark}"
    );
    let converter = folder.script(&script);
    let converter = Converter { timeout: Duration::from_secs(1), ..converter };
    let begun = Instant::now();
    let refusal = converter.docx_of(LEGACY).expect_err("too slow");
    assert!(refusal.to_string().contains("转换超过1秒"), "{refusal}");
    assert!(begun.elapsed() < Duration::from_secs(20), "{:?}", begun.elapsed());
    thread::sleep(Duration::from_millis(300));
    let left = fs::read_dir("/proc").expect("processes").flatten().filter(|entry| {
        let line = fs::read_to_string(entry.path().join("cmdline")).unwrap_or_default();
        line.contains(&mark) && line.contains("sleep")
    });
    assert_eq!(left.count(), 0, "nothing of it runs on");
}

#[test]
fn what_cannot_be_converted_is_refused_in_words() {
    let folder = Folder::new("words");
    let nothing = folder.script("exit 0").docx_of(LEGACY).expect_err("wrote nothing");
    assert!(nothing.to_string().contains("转换程序读不了这个文件"), "{nothing}");
    let missing = of(Path::new("/nowhere/soffice"), Duration::from_secs(5)).docx_of(LEGACY);
    assert!(matches!(missing, Err(Unreadable::Damaged { .. })), "{missing:?}");
    let table = include_bytes!("data/small.xls");
    let refusal = folder.script("exit 0").docx_of(table).expect_err("a table");
    assert!(refusal.to_string().contains("旧格式的表格"), "{refusal}");
    assert!(refusal.remedy().contains("附件"), "{refusal}");
}

#[test]
fn libreoffice_reads_a_document_of_its_own() {
    let Some(soffice) = env::var_os("GONGKAI_TEST_CONVERTER").map(PathBuf::from) else { return };
    let folder = Folder::new("soffice");
    let page = folder.0.join("a.html");
    fs::write(&page, "<meta charset=utf-8><h1>关于公布名单的通知</h1><p>请遵照执行。</p>")
        .expect("a file");
    let profile = format!("-env:UserInstallation=file://{}/own", folder.0.display());
    let made = Command::new(&soffice)
        .args(["--headless", "--convert-to", "doc:MS Word 97", "--outdir"])
        .arg(&folder.0)
        .args([&profile, &page.display().to_string()])
        .output();
    let made = made.expect("LibreOffice is installed");
    let doc = fs::read(folder.0.join("a.doc")).unwrap_or_else(|_| panic!("made: {made:?}"));
    let docx = of(&soffice, Duration::from_secs(60)).docx_of(&doc).expect("it is converted");
    let text = documents::examining::here::scan(&docx, "a.docx").expect("reads").1;
    assert!(text.contains("关于公布名单的通知") && text.contains("请遵照执行"), "{text}");
    let broken = of(&soffice, Duration::from_secs(60)).docx_of(&doc[..doc.len() / 3]);
    assert!(broken.is_err() || broken.is_ok_and(|bytes| bytes.starts_with(b"PK")));
}
