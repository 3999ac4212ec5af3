//! What witnesses are sent, and what of their answers stands below the checkpoint.

use tlog::{AddCheckpoint, Cosignature, Cosigner, Kind, Note, Seen, Verifier, judge};

use super::house::{Sample, on_both, operator};

/// A witness as the specification has it, in memory.
struct Other {
    key: Cosigner,
    log: Verifier,
    seen: Seen,
}

impl Other {
    fn answers(&mut self, body: &str) -> Result<String, u16> {
        let asked = AddCheckpoint::parse(body).map_err(|_| 400_u16)?;
        let new = judge(&asked, &self.log, self.seen).map_err(|refusal| refusal.status())?;
        self.seen = Seen { size: new.size, root: new.root };
        Ok(self.key.sign(&asked.checkpoint.text, 1_790_000_000).line())
    }
}

async fn signed_lines(sample: &Sample) -> usize {
    let text = sample.ledger.log().checkpoint_text().await.expect("asks").expect("is signed");
    Note::parse(&text).expect("a note").signatures.len()
}

#[tokio::test]
async fn a_cosignature_is_collected_once_for_each_checkpoint_and_only_if_it_is_one() {
    on_both(async |sample| {
        let key = sample.key().await;
        let witness = Cosigner::of("witness.example/w1", &[3; 32]).expect("a key");
        let log = Verifier::parse(&key.vkey(), Kind::Note).expect("a key");
        assert!(sample.ledger.invite_witness(operator(), "http://x", &key.vkey()).await.is_err());
        let vkey = witness.public().vkey();
        let invited = sample.ledger.invite_witness(operator(), "http://w.example/", &vkey).await;
        assert_eq!(invited.expect("is asked").url, "http://w.example");
        let mut other = Other { key: witness, log, seen: Seen::default() };
        for size in [0_u64, 3, 300] {
            let before = size / 100;
            sample.publish(before, size - before.min(size)).await;
            sample.ledger.log().grow(&key).await.expect("grows");
            let asked = sample.ledger.log().submissions().await.expect("asks");
            assert_eq!(asked.len(), 1, "{size}");
            let answer = other.answers(&asked[0].body).expect("cosigns");
            let forged = answer.replacen("w1 ", "w2 ", 1);
            for wrong in ["", "no line at all", &forged, &answer[..answer.len() - 9]] {
                assert!(sample.ledger.log().keep_cosignature(&asked[0], wrong).await.is_err());
            }
            for _ in 0..2 {
                sample.ledger.log().keep_cosignature(&asked[0], &answer).await.expect("kept");
            }
            assert_eq!(signed_lines(&sample).await, 2);
            let none = sample.ledger.log().submissions().await.expect("asks");
            assert!(none.is_empty(), "it has signed");
        }
        let text = sample.ledger.log().checkpoint_text().await.expect("asks").expect("is signed");
        let note = Note::parse(&text).expect("a note");
        assert!(Cosignature::open(&note, other.key.public()).is_ok());
        let proof = sample.ledger.log().proof(2).await.expect("asks").expect("a proof");
        assert!(Cosignature::open(&proof.checkpoint, other.key.public()).is_ok());
        assert!(
            sample.ledger.dismiss_witness(operator(), "witness.example/w1").await.expect("asks")
        );
        assert!(
            !sample.ledger.dismiss_witness(operator(), "witness.example/w1").await.expect("asks")
        );
    })
    .await;
}

#[tokio::test]
async fn a_log_that_lost_count_begins_where_the_witness_is() {
    on_both(async |sample| {
        let key = sample.key().await;
        let witness = Cosigner::of("witness.example/w1", &[3; 32]).expect("a key");
        let log = Verifier::parse(&key.vkey(), Kind::Note).expect("a key");
        let vkey = witness.public().vkey();
        sample.publish(0, 5).await;
        sample.ledger.log().grow(&key).await.expect("grows");
        let invite = sample.ledger.invite_witness(operator(), "http://w.example", &vkey).await;
        let invited = invite.expect("is asked");
        let mut other = Other { key: witness, log, seen: Seen::default() };
        let asked = sample.ledger.log().submissions().await.expect("asks");
        other.answers(&asked[0].body).expect("cosigns, and the answer is lost");
        assert_eq!(other.answers(&asked[0].body), Err(409));
        sample.ledger.log().keep_known(&invited, 5).await.expect("kept");
        let again = sample.ledger.log().submissions().await.expect("asks");
        let answer = other.answers(&again[0].body).expect("cosigns");
        sample.ledger.log().keep_cosignature(&again[0], &answer).await.expect("kept");
        assert_eq!(signed_lines(&sample).await, 2);
    })
    .await;
}

/// After a backup was restored the witness knows better; nothing is signed below what it has seen.
#[tokio::test]
async fn nothing_is_signed_below_what_a_witness_has_seen() {
    on_both(async |sample| {
        let key = sample.key().await;
        let witness = Cosigner::of("witness.example/w1", &[3; 32]).expect("a key");
        let vkey = witness.public().vkey();
        sample.publish(0, 5).await;
        sample.ledger.log().grow(&key).await.expect("grows");
        let invite = sample.ledger.invite_witness(operator(), "http://w.example", &vkey).await;
        let invited = invite.expect("is asked");
        let probes = sample.ledger.log().probes().await.expect("asks");
        let log = Verifier::parse(&key.vkey(), Kind::Note).expect("a key");
        let mut other = Other { key: witness, log, seen: Seen::default() };
        let answer = other.answers(&probes[0].body).expect("cosigns");
        sample.ledger.log().keep_cosignature(&probes[0], &answer).await.expect("kept");
        let again = sample.ledger.log().probes().await.expect("asks");
        assert!(other.answers(&again[0].body).is_ok(), "who has signed is asked all the same");
        sample.ledger.log().keep_known(&invited, 9).await.expect("kept");
        sample.publish(5, 2).await;
        let refused = sample.ledger.log().grow(&key).await.expect_err("refused");
        assert!(refused.to_string().contains("见证人见过本日志的 9 条"), "{refused}");
        sample.ledger.dismiss_witness(operator(), "witness.example/w1").await.expect("asks");
        assert!(sample.ledger.log().grow(&key).await.expect("grows").is_some());
    })
    .await;
}
