//! The witness as a process: what it answers, what it remembers, and the log that asks it.

use std::time::Duration;

use tlog::{
    AddCheckpoint, Checkpoint, Cosignature, Hash, Kind, Note, Signer, Verifier, consistency, fold,
    leaf_hash, root_of,
};

use super::house::{Folder, Server, ask, manuscripts};

const ORIGIN: &str = "gongkai.example/log";

fn key() -> Signer {
    Signer::of(ORIGIN, Kind::Note, &[7; 32]).expect("a key")
}

fn leaves(count: u64) -> Vec<Hash> {
    (0..count).map(|at| leaf_hash(&at.to_be_bytes())).collect()
}

fn checkpoint(size: u64) -> Note {
    let root = root_of(&leaves(size));
    Checkpoint { origin: ORIGIN.into(), size, root }.sign(&key())
}

fn request(old: u64, size: u64) -> String {
    let all = leaves(size);
    let part = |range: tlog::Range| {
        let node = |node: tlog::Node| {
            let from = (node.index << node.height) as usize;
            root_of(&all[from..from + (1 << node.height)])
        };
        fold(&range.nodes().into_iter().map(node).collect::<Vec<_>>())
    };
    let proof = consistency(old, size).unwrap_or_default().into_iter().map(part).collect();
    AddCheckpoint { old, proof, checkpoint: checkpoint(size) }.to_text()
}

/// The witness's key as it says it, and where it listens.
fn started(folder: &Folder, logs: &[&str]) -> (Server, String, Verifier) {
    let state = folder.0.join("witness").to_string_lossy().into_owned();
    let mut words = vec!["log", "witness", "--state", &state, "--name", "witness.example/w1"];
    words.extend(["--listen", "127.0.0.1:0"]);
    for log in logs {
        words.extend(["--log", log]);
    }
    let mut server = Server::start(folder, "witness", &words);
    let address = server.address();
    let said = server.said();
    let vkey = said.lines().find_map(|line| line.strip_prefix("见证人公钥: ")).expect("a key");
    let vkey = Verifier::parse(vkey, Kind::Cosignature).expect("a key");
    (server, address, vkey)
}

fn cosigned(witness: &Verifier, size: u64, line: &str) -> bool {
    let text = checkpoint(size).to_text() + line;
    Note::parse(&text).is_ok_and(|note| Cosignature::open(&note, witness).is_ok())
}

#[test]
fn each_request_is_answered_with_the_status_of_the_form() {
    let folder = Folder::new("witness-status");
    let (_server, address, witness) = started(&folder, &[&key().public().vkey()]);
    let post = |body: &str| ask(&address, "POST", "/add-checkpoint", body);
    let stranger = Signer::of(ORIGIN, Kind::Note, &[8; 32]).expect("a key");
    let with = |old, note: Note| AddCheckpoint { old, proof: vec![], checkpoint: note }.to_text();
    let fork = Checkpoint { origin: ORIGIN.into(), size: 7, root: leaf_hash(b"x") }.sign(&key());
    let foreign = key().sign("other.example\n5\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n");
    for (what, body, status) in [
        ("no request at all", String::new(), 400),
        ("a stranger's log", with(0, foreign), 404),
        ("not signed by the log", with(0, stranger.sign(&checkpoint(5).text)), 403),
        ("the old size above the new", with(9, checkpoint(5)), 400),
        ("the first", request(0, 5), 200),
        ("the same once more", request(5, 5), 200),
        ("behind what it saw", request(3, 7), 409),
        ("another tree", with(5, fork), 422),
        ("grown", request(5, 300), 200),
        ("smaller than before", request(0, 7), 409),
    ] {
        let (found, head, answer) = post(&body);
        assert_eq!(found, status, "{what}: {answer}");
        match status {
            200 => assert!(answer.starts_with("— witness.example/w1 ") && answer.ends_with('\n')),
            409 => {
                assert!(head.contains("content-type: text/x.tlog.size"), "{head}");
                assert!(["5\n", "300\n"].contains(&answer.as_str()), "{what}: {answer}");
            }
            _ => {}
        }
    }
    assert!(cosigned(&witness, 300, &post(&request(300, 300)).2));
    assert_eq!(ask(&address, "GET", "/add-checkpoint", "").0, 405);
    assert_eq!(post(&"x".repeat(100_000)).0, 413);
}

/// Killed at any moment, it never forgets what it has answered; asked by many, it never goes back.
#[test]
fn it_remembers_what_it_answered_through_kills_and_races() {
    let folder = Folder::new("witness-kills");
    let log = key().public().vkey();
    let mut answered = 0;
    let mut own = None;
    for round in 0..6_u64 {
        let (mut server, address, witness) = started(&folder, &[&log]);
        assert_eq!(*own.get_or_insert(witness.clone()), witness, "its key stays");
        let (_, _, remembered) = ask(&address, "POST", "/add-checkpoint", &request(0, 1));
        let seen: u64 = remembered.trim().parse().unwrap_or(if round == 0 { 1 } else { 0 });
        assert!(seen >= answered, "it saw {seen} and had answered {answered}");
        answered = seen;
        let racing: Vec<_> = (0..4_u64)
            .map(|racer| {
                let (address, witness) = (address.clone(), witness.clone());
                std::thread::spawn(move || {
                    let mut largest = 0;
                    let mut old = seen;
                    for step in 0..30 {
                        let size = old + 1 + (racer + step) % 3;
                        let (status, _, body) =
                            ask(&address, "POST", "/add-checkpoint", &request(old, size));
                        match status {
                            200 => {
                                assert!(cosigned(&witness, size, &body), "{body}");
                                (largest, old) = (size, size);
                            }
                            409 => {
                                let told: u64 = body.trim().parse().expect("a size");
                                assert!(told >= old, "it never goes back: {told} after {old}");
                                old = told;
                            }
                            0 => break,
                            other => panic!("{other}: {body}"),
                        }
                    }
                    largest
                })
            })
            .collect();
        std::thread::sleep(Duration::from_millis(40 + 90 * round));
        server.kill();
        let largest = racing.into_iter().map(|racer| racer.join().expect("no fault")).max();
        answered = answered.max(largest.unwrap_or(0));
    }
    assert!(answered > 10, "{answered}");
}

#[test]
fn the_portal_s_checkpoint_carries_the_cosignature() {
    let folder = Folder::new("witness-portal").furnished();
    let founded = folder.does(&["log", "found", "--origin", "www.x.gov.cn"]);
    let log = founded.lines().find_map(|line| line.strip_prefix("公钥: ")).expect("a key");
    let (_witness, address, key) = started(&folder, &[log]);
    let url = format!("http://{address}");
    folder.does(&["log", "witnesses", "add", "--url", &url, "--key", &key.vkey()]);
    let (code, said) = folder.refused(&["log", "witnesses", "add", "--url", &url, "--key", log]);
    assert!(code == 1 && said.contains("不是见证人公钥"), "{said}");
    let file = folder.file("a.md", &manuscripts("甲", 2));
    folder.does(&["record", "import", &file]);
    let mut portal = Server::start(&folder, "serve", &["serve", "--listen", "127.0.0.1:0"]);
    portal.address();
    let mut shown = String::new();
    for _ in 0..150 {
        shown = folder.does(&["log", "show"]);
        if shown.contains("— witness.example/w1 ") && shown.contains("\n3\n") {
            let listed = folder.does(&["log", "witnesses", "list"]);
            assert!(listed.contains("见过 3 条"), "{listed}");
            return;
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    panic!("no cosignature: {shown}\n{}", portal.said());
}
