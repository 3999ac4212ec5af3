//! Notes, checkpoints, cosignatures, proofs and what a witness answers.

use proptest::prelude::*;
use tlog::{
    AddCheckpoint, Checkpoint, Cosignature, Cosigner, Kind, Note, NoteError, Proof, Refusal, Seen,
    Signer, Verifier, consistency, fold, inclusion, judge, leaf_hash, root_of,
};

const ORIGIN: &str = "gongkai.example/log";

fn log_key() -> Signer {
    Signer::of(ORIGIN, Kind::Note, &[7; 32]).expect("a key")
}

fn leaves(count: u64) -> Vec<[u8; 32]> {
    (0..count).map(|at| leaf_hash(&at.to_be_bytes())).collect()
}

fn checkpoint(size: u64) -> Note {
    let root = root_of(&leaves(size));
    Checkpoint { origin: ORIGIN.into(), size, root }.sign(&log_key())
}

fn part(range: tlog::Range) -> [u8; 32] {
    let all = leaves(range.to);
    let of = |node: tlog::Node| {
        let from = (node.index << node.height) as usize;
        root_of(&all[from..from + (1 << node.height)])
    };
    fold(&range.nodes().into_iter().map(of).collect::<Vec<_>>())
}

/// The example of the signed-note specification of the Go checksum database, with its published key.
#[test]
fn a_note_that_others_signed_is_read_and_verified() {
    let key = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    let text = "If you think cryptography is the answer to your problem,\n\
                then you don't know what your problem is.\n\n\
                — PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
    let key = Verifier::parse(key, Kind::Note).expect("a key");
    let note = Note::parse(text).expect("a note");
    assert_eq!(key.open(&note), Ok(()));
    assert_eq!(note.to_text(), text);
    let changed = Note::parse(&text.replacen("If you", "If we", 1)).expect("a note");
    assert_eq!(key.open(&changed), Err(NoteError::Wrong));
}

#[test]
fn keys_are_written_and_read_again_and_never_taken_for_another_kind() {
    let signer = log_key();
    let again = Signer::parse(&signer.secret(), Kind::Note).expect("the same key");
    assert_eq!(again.public(), signer.public());
    let vkey = signer.public().vkey();
    assert_eq!(Verifier::parse(&vkey, Kind::Note).as_ref(), Ok(signer.public()));
    assert_eq!(Verifier::parse(&vkey, Kind::Cosignature), Err(NoteError::Key));
    assert!(!format!("{signer:?}").contains(signer.secret().rsplit('+').next().expect("a seed")));
    for name in ["", "a b", "a+b", "a\u{3000}b", "a\nb"] {
        assert_eq!(Signer::of(name, Kind::Note, &[1; 32]).err(), Some(NoteError::Name), "{name:?}");
    }
}

#[test]
fn a_note_is_read_in_one_spelling_only() {
    let good = checkpoint(5).to_text();
    assert!(Note::parse(&good).is_ok());
    let crlf = good.replace('\n', "\r\n");
    for (what, wrong) in [
        ("no signature", good.split("\n\n").next().map(|text| format!("{text}\n\n"))),
        ("no blank line", Some(good.replacen("\n\n", "\n", 1))),
        ("no last line feed", good.strip_suffix('\n').map(str::to_owned)),
        ("carriage returns", Some(crlf)),
        ("a hyphen for the dash", Some(good.replace('\u{2014}', "-"))),
        ("two spaces", Some(good.replace(&format!("{ORIGIN} "), &format!("{ORIGIN}  ")))),
        ("padding taken off", Some(good.replace("=\n", "\n"))),
        ("a control character", Some(format!("\u{7}{good}"))),
    ] {
        let wrong = wrong.expect("made");
        let read = Note::parse(&wrong).and_then(|note| Checkpoint::open(&note, log_key().public()));
        assert!(read.is_err(), "{what}: {wrong}");
    }
}

#[test]
fn a_checkpoint_is_of_its_own_log_and_has_three_lines() {
    let key = log_key();
    let read = Checkpoint::open(&checkpoint(9), key.public()).expect("ours");
    assert_eq!((read.size, read.root), (9, root_of(&leaves(9))));
    let root = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
    for (what, text) in [
        ("another log", format!("other.example\n9\n{root}\n")),
        ("a leading zero", format!("{ORIGIN}\n09\n{root}\n")),
        ("a sign", format!("{ORIGIN}\n+9\n{root}\n")),
        ("a fourth line", format!("{ORIGIN}\n9\n{root}\nmore\n")),
        ("a short root", format!("{ORIGIN}\n9\n47DEQpj8HBSa\n")),
        ("another spelling of the root", format!("{ORIGIN}\n9\n{}\n", root.replace("FU=", "FV="))),
        ("no root", format!("{ORIGIN}\n9\n")),
    ] {
        assert!(Checkpoint::open(&key.sign(&text), key.public()).is_err(), "{what}");
    }
    let stranger = Signer::of(ORIGIN, Kind::Note, &[8; 32]).expect("a key");
    assert_eq!(Checkpoint::open(&checkpoint(9), stranger.public()), Err(NoteError::Unsigned));
}

#[test]
fn a_signature_line_of_a_kind_nobody_here_knows_is_passed_over() {
    let mut note = checkpoint(3);
    let mut other = note.signatures[0].clone();
    other.id = [0xff; 4];
    other.bytes = vec![1; 70];
    note.signatures.insert(0, other);
    let note = Note::parse(&note.to_text()).expect("a note");
    assert!(Checkpoint::open(&note, log_key().public()).is_ok());
}

#[test]
fn a_witness_signs_the_moment_with_the_checkpoint() {
    let witness = Cosigner::of("witness.example/w1", &[9; 32]).expect("a key");
    let witness = Cosigner::parse(&witness.secret()).expect("the same key");
    let mut note = checkpoint(4);
    note.signatures.push(witness.sign(&note.text, 1_790_000_000));
    let note = Note::parse(&note.to_text()).expect("a note");
    let said = Cosignature::open(&note, witness.public()).expect("said so");
    assert_eq!(said.at, 1_790_000_000);
    assert!(Checkpoint::open(&note, log_key().public()).is_ok(), "the log's own line still counts");
    for at in [0, 7, 8, 20, 71] {
        let mut wrong = note.clone();
        wrong.signatures[1].bytes[at] ^= 1;
        assert_eq!(Cosignature::open(&wrong, witness.public()), Err(NoteError::Wrong), "{at}");
    }
    assert_eq!(Cosignature::open(&checkpoint(4), witness.public()), Err(NoteError::Unsigned));
}

#[test]
fn a_proof_file_is_checked_without_a_network() {
    let hashes = inclusion(2, 6).expect("a proof").into_iter().map(part).collect();
    let proof = Proof { index: 2, hashes, checkpoint: checkpoint(6) };
    let text = proof.to_text();
    let read = Proof::parse(&text).expect("a proof");
    assert_eq!(read, proof);
    let key = log_key();
    let entry = 2_u64.to_be_bytes();
    assert_eq!(read.check(&entry, key.public()).map(|head| head.size), Ok(6));
    assert!(read.check(b"another entry", key.public()).is_err());
    for (from, to) in
        [("index 2", "index 3"), ("index 2", "index 02"), ("@v1", "@v2"), ("\n\n", "\n")]
    {
        let wrong = Proof::parse(&text.replacen(from, to, 1));
        let passes = wrong.is_some_and(|wrong| wrong.check(&entry, key.public()).is_ok());
        assert!(!passes, "{from} -> {to}");
    }
}

fn asking(old: u64, size: u64) -> AddCheckpoint {
    let proof = consistency(old, size).unwrap_or_default().into_iter().map(part).collect();
    AddCheckpoint { old, proof, checkpoint: checkpoint(size) }
}

fn seen(size: u64) -> Seen {
    Seen { size, root: root_of(&leaves(size)) }
}

#[test]
fn a_witness_answers_each_request_as_the_form_says() {
    let key = log_key();
    let fork = {
        let root = leaf_hash(b"another tree");
        Checkpoint { origin: ORIGIN.into(), size: 5, root }.sign(&key)
    };
    let unsigned = {
        let stranger = Signer::of(ORIGIN, Kind::Note, &[8; 32]).expect("a key");
        stranger.sign(&checkpoint(5).text)
    };
    let foreign = key.sign("other.example\n5\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n");
    let short = {
        let mut asked = asking(3, 7);
        asked.proof.pop();
        asked
    };
    let swapped = {
        let mut asked = asking(3, 7);
        asked.proof.swap(0, 1);
        asked
    };
    let with = |old, checkpoint| AddCheckpoint { old, proof: vec![], checkpoint };
    for (what, asked, seen, answer) in [
        ("the first time", asking(0, 5), seen(0), Ok(5)),
        ("grown", asking(3, 7), seen(3), Ok(7)),
        ("the same again", asking(5, 5), seen(5), Ok(5)),
        ("an empty log", asking(0, 0), seen(0), Ok(0)),
        ("behind what it saw", asking(2, 7), seen(3), Err(Refusal::Conflict(3))),
        ("ahead of what it saw", asking(5, 7), seen(3), Err(Refusal::Conflict(3))),
        ("smaller than before", asking(0, 2), seen(3), Err(Refusal::Conflict(3))),
        ("shrinking", with(7, checkpoint(5)), seen(7), Err(Refusal::Malformed)),
        (
            "another tree of the same size",
            with(5, fork.clone()),
            seen(5),
            Err(Refusal::Conflict(5)),
        ),
        ("another tree that grew", with(3, fork), seen(3), Err(Refusal::Inconsistent)),
        ("a proof cut short", short, seen(3), Err(Refusal::Inconsistent)),
        ("a proof in disorder", swapped, seen(3), Err(Refusal::Inconsistent)),
        ("a stranger's signature", with(0, unsigned), seen(0), Err(Refusal::Unsigned)),
        ("another log's name", with(0, foreign), seen(0), Err(Refusal::UnknownLog)),
    ] {
        let again = AddCheckpoint::parse(&asked.to_text()).expect("the form");
        assert_eq!(again, asked, "{what}");
        assert_eq!(judge(&again, key.public(), seen).map(|new| new.size), answer, "{what}");
    }
}

#[test]
fn a_request_is_read_in_one_spelling_only() {
    let good = asking(3, 7).to_text();
    assert!(AddCheckpoint::parse(&good).is_ok());
    for (from, to) in [
        ("old 3", "old 03"),
        ("old 3", "old +3"),
        ("old 3", "old  3"),
        ("old 3", "3"),
        ("old 3\n", "old 3\r\n"),
        ("old 3\n", "old 3\nAAAA\n"),
        ("old 3", "old -1"),
        ("old 3", "old 99999999999999999999"),
    ] {
        assert!(AddCheckpoint::parse(&good.replacen(from, to, 1)).is_err(), "{from} -> {to}");
    }
    let line = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n";
    let long = good.replacen("old 3\n", &format!("old 3\n{}", line.repeat(64)), 1);
    assert!(AddCheckpoint::parse(&long).is_err());
}

proptest! {
    #[test]
    fn nothing_makes_the_readers_fall(text in "\\PC{0,200}", lines in prop::collection::vec("[—a-zA-Z0-9+/= ]{0,60}", 0..8)) {
        let joined = lines.join("\n") + "\n";
        for text in [text.as_str(), &joined, &format!("old {joined}"), &format!("c2sp.org/tlog-proof@v1\nindex {joined}")] {
            if let Ok(note) = Note::parse(text) {
                prop_assert_eq!(note.to_text(), text);
            }
            let _ = (AddCheckpoint::parse(text), Proof::parse(text), Checkpoint::parse(text));
            let _ = (Verifier::parse(text, Kind::Note), Signer::parse(text, Kind::Note));
        }
    }

    #[test]
    fn no_edit_of_a_checkpoint_is_taken_for_the_checkpoint(at in any::<prop::sample::Index>(), bit in 0u8..7) {
        let good = checkpoint(11).to_text();
        let mut bytes = good.clone().into_bytes();
        let at = at.index(bytes.len());
        bytes[at] ^= 1 << bit;
        if let Ok(text) = String::from_utf8(bytes) {
            let read = Note::parse(&text).and_then(|note| Checkpoint::open(&note, log_key().public()));
            prop_assert!(read.is_err(), "{}", text);
        }
    }
}
