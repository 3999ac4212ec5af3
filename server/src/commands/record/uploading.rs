//! Attachments on their way in: each is examined in a child of this program, kept as it came for custody,
//! and published as the copy that was written anew.

use std::path::Path;

use documents::examining::{Masking, here};
use documents::{Examined, Refusal};
use ledger::{Actor, Ledger};
use records::acts::{File, Hand, Submission, upload};

use super::refused;
use crate::failure::Failure;

/// Takes in what came from outside.
///
/// # Errors
/// A file cannot be examined or has no clean copy, or cannot be kept.
pub(super) async fn taken_in(
    ledger: &Ledger,
    folder: &Path,
    actor: Actor,
    submissions: Vec<Submission>,
) -> Result<Vec<Submission>, Failure> {
    kept(ledger, folder, actor, submissions, documents::examine_upload).await
}

/// The same for the files that this program brings along, which need no child.
///
/// # Errors
/// As for what comes from outside.
pub(super) async fn ours(
    ledger: &Ledger,
    folder: &Path,
    actor: Actor,
    submissions: Vec<Submission>,
) -> Result<Vec<Submission>, Failure> {
    let examine = |bytes: &[u8], name: &str| here::examine(bytes, name, &Masking::default());
    kept(ledger, folder, actor, submissions, examine).await
}

async fn kept(
    ledger: &Ledger,
    folder: &Path,
    actor: Actor,
    submissions: Vec<Submission>,
    examine: impl Fn(&[u8], &str) -> Result<Examined, Refusal> + Copy + Send + 'static,
) -> Result<Vec<Submission>, Failure> {
    let mut ready = Vec::with_capacity(submissions.len());
    for submission in submissions {
        let (submission, files) = submission.without_files();
        let hand = Hand {
            person: actor.word(),
            name: actor.word(),
            organ: submission.manuscript().metadata.publisher.as_str().to_owned(),
            unit: String::new(),
            stands_in_for: None,
        };
        let mut copies = Vec::with_capacity(files.len());
        for File { name, bytes } in files {
            let asked = name.clone();
            let work = move || (examine(&bytes, &asked), bytes);
            let (examined, bytes) = tokio::task::spawn_blocking(work).await?;
            let examined = examined.map_err(|refusal| told(&name, &refusal))?;
            if let Err(refusal) = &examined.cleaned {
                return Err(told(&name, refusal));
            }
            let desk = ledger.desk(actor.clone()).await?;
            let given = (name.as_str(), bytes);
            let copy = upload::keep(desk, folder, &hand, given, examined).await;
            copies.push(copy.map_err(refused)?);
        }
        ready.push(submission.keeping(copies));
    }
    Ok(ready)
}

fn told(name: &str, refusal: &Refusal) -> Failure {
    Failure::invalid(format!("附件“{name}”没有存入: {refusal}"), refusal.remedy())
}
