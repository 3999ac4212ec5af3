//! Witnesses: who is asked to cosign, what they are sent, and what of their answers is kept.

use store::{FromQueryResult, Statements, StoreError, Value};
use tlog::{AddCheckpoint, Cosignature, Kind, Note, Signature, Verifier};

use super::nodes::Tree;
use super::{PublicLog, Signed};
use crate::{Actor, DeskError, Entry, Ledger};

/// Why a witness or its answer is not taken.
#[derive(Debug, thiserror::Error)]
pub enum WitnessError {
    /// The key is not that of a witness.
    #[error("“{0}”不是见证人公钥；应为 名称+八位十六进制+Base64，由见证人提供")]
    Key(String),
    /// What it answered is no cosignature of this checkpoint.
    #[error("{0} 的回答不是对这个检查点的会签")]
    Answer(String),
    /// The database refuses.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The act was not kept.
    #[error(transparent)]
    Desk(#[from] DeskError),
}

/// One witness.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Witness {
    /// Its name, that of its key.
    pub name: String,
    /// Its public key.
    pub vkey: String,
    /// Where it is asked, without `/add-checkpoint`.
    pub url: String,
    /// The size it saw last, as far as is known here.
    pub known: i64,
}

/// What one witness is to be sent.
#[derive(Debug, Clone)]
pub struct Submission {
    /// To whom.
    pub witness: Witness,
    /// The checkpoint it is about.
    pub size: i64,
    /// The body of the request.
    pub body: String,
    note: Note,
}

impl Ledger {
    /// Asks a witness to cosign from now on, or moves it to another address.
    ///
    /// # Errors
    /// The key is not that of a witness, or the database refuses.
    pub async fn invite_witness(
        &self,
        actor: Actor,
        url: &str,
        vkey: &str,
    ) -> Result<Witness, WitnessError> {
        let key = Verifier::parse(vkey, Kind::Cosignature)
            .map_err(|_| WitnessError::Key(vkey.to_owned()))?;
        let witness = Witness {
            name: key.name().to_owned(),
            vkey: vkey.to_owned(),
            url: url.trim_end_matches('/').to_owned(),
            known: 0,
        };
        let mut desk = self.desk(actor).await?;
        let row: [Value; 4] = [
            witness.name.clone().into(),
            witness.vkey.clone().into(),
            witness.url.clone().into(),
            witness.known.into(),
        ];
        desk.change()
            .replace("log_witness", &["name", "vkey", "url", "known"], vec![row.into()])
            .await?;
        desk.record(entry("witness", &witness)).await?;
        desk.seal().await?;
        Ok(witness)
    }

    /// No longer asks a witness; what it has signed stays. Says whether there was one of this name.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn dismiss_witness(&self, actor: Actor, name: &str) -> Result<bool, WitnessError> {
        let witnesses = self.log().witnesses().await?;
        let Some(witness) = witnesses.into_iter().find(|witness| witness.name == name) else {
            return Ok(false);
        };
        let mut desk = self.desk(actor).await?;
        desk.change().run("DELETE FROM log_witness WHERE name = $1", vec![name.into()]).await?;
        desk.record(entry("witness_dismissal", &witness)).await?;
        desk.seal().await?;
        Ok(true)
    }
}

fn entry(act: &'static str, witness: &Witness) -> Entry {
    Entry {
        room: "ledger",
        act,
        subject: format!("witness:{}", witness.name),
        organ: String::new(),
        basis: "《政府信息公开条例》第六条".into(),
        facts: serde_json::json!({ "vkey": witness.vkey, "url": witness.url }),
    }
}

impl PublicLog {
    /// Who is asked to cosign.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn witnesses(&self) -> Result<Vec<Witness>, StoreError> {
        let sql = "SELECT name, vkey, url, known FROM log_witness ORDER BY name";
        self.store.all(sql, vec![]).await
    }

    /// What is to be sent to the witnesses that have not signed the newest checkpoint.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn submissions(&self) -> Result<Vec<Submission>, StoreError> {
        let sql = "SELECT w.name, w.vkey, w.url, w.known FROM log_witness w
                    WHERE NOT EXISTS (SELECT 1 FROM log_cosignature c
                                       WHERE c.witness = w.name
                                         AND c.size = (SELECT max(size) FROM log_checkpoint))
                    ORDER BY w.name";
        self.submissions_to(self.store.all(sql, vec![]).await?).await
    }

    /// The same for all witnesses: what they answer tells whether they have seen more of this log than
    /// there is here, as after a backup was restored. Then nothing more is signed.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn probes(&self) -> Result<Vec<Submission>, StoreError> {
        self.submissions_to(self.witnesses().await?).await
    }

    async fn submissions_to(&self, witnesses: Vec<Witness>) -> Result<Vec<Submission>, StoreError> {
        let Some(signed) = self.checkpoint().await? else { return Ok(vec![]) };
        let Ok(note) = Note::parse(&signed.note) else { return Ok(vec![]) };
        let mut submissions = Vec::new();
        for witness in witnesses {
            submissions.extend(self.submission(witness, &signed, &note).await?);
        }
        Ok(submissions)
    }

    async fn submission(
        &self,
        witness: Witness,
        signed: &Signed,
        note: &Note,
    ) -> Result<Option<Submission>, StoreError> {
        let (old, size) = (u64::try_from(witness.known), u64::try_from(signed.size));
        let (Ok(old), Ok(size)) = (old, size) else { return Ok(None) };
        // It has seen more than there is here: that is for the guard to tell, not to be sent again.
        let Some(ranges) = tlog::consistency(old, size) else { return Ok(None) };
        let proof = Tree::of(&self.store).hashes(&ranges).await?;
        let body = AddCheckpoint { old, proof, checkpoint: note.clone() }.to_text();
        Ok(Some(Submission { witness, size: signed.size, body, note: note.clone() }))
    }

    /// Keeps what a witness answered, once it is found to be its cosignature.
    ///
    /// # Errors
    /// It is none, or the database refuses.
    pub async fn keep_cosignature(
        &self,
        asked: &Submission,
        answer: &str,
    ) -> Result<(), WitnessError> {
        let name = &asked.witness.name;
        let wrong = || WitnessError::Answer(name.clone());
        let key = Verifier::parse(&asked.witness.vkey, Kind::Cosignature).map_err(|_| wrong())?;
        let lines: Option<Vec<Signature>> = answer.lines().map(Signature::parse).collect();
        let signatures = lines.filter(|lines| lines.len() <= 16).ok_or_else(wrong)?;
        let said = Note { text: asked.note.text.clone(), signatures };
        let said = Cosignature::open(&said, &key).map_err(|_| wrong())?;
        let change = self.store.begin().await?;
        let sql = "INSERT INTO log_cosignature (size, witness, line) VALUES ($1, $2, $3)
                   ON CONFLICT (size, witness) DO NOTHING";
        let row = vec![asked.size.into(), name.clone().into(), said.line.line().into()];
        change.run(sql, row).await?;
        let sql = "UPDATE log_witness SET known = $1 WHERE name = $2 AND known < $1";
        change.run(sql, vec![asked.size.into(), name.clone().into()]).await?;
        change.commit().await?;
        Ok(())
    }

    /// A witness says what it saw last; the next request begins there.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn keep_known(&self, witness: &Witness, size: i64) -> Result<(), StoreError> {
        let change = self.store.begin().await?;
        let sql = "UPDATE log_witness SET known = $1 WHERE name = $2";
        change.run(sql, vec![size.into(), witness.name.clone().into()]).await?;
        change.commit().await
    }

    /// A checkpoint with what witnesses said of it.
    pub(super) async fn cosigned(&self, signed: &Signed) -> Result<String, StoreError> {
        #[derive(FromQueryResult)]
        struct Line {
            line: String,
        }
        let sql = "SELECT line FROM log_cosignature WHERE size = $1 ORDER BY witness";
        let lines: Vec<Line> = self.store.all(sql, vec![signed.size.into()]).await?;
        Ok(lines.into_iter().fold(signed.note.clone(), |text, line| text + &line.line))
    }
}
