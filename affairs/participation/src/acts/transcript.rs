//! 访谈实录: what was said is written down whole, reviewed like everything public, and takes the place of the live text.

use law::Provision;
use ledger::Desk;
use participation_rules::InterviewStep;
use review::{Signatory, Unit};
use serde_json::json;
use web::{Content, Publisher, Publishers};

use super::interview::{BASIS as HELD, interview_entry, taken_interview};
use super::live::nothing_waits;
use super::publication::{PLAIN, Release, blank, content, handed_in, release};
use super::{ActError, at, tidy, with_author, within};
use crate::inscription::interview as inscribed;
use crate::store::Interview;

const BASIS: Provision = HELD;

/// The kind of pieces by which review knows transcripts.
pub const KIND: &str = "interview_transcript";

/// The longest transcript, in letters: a decision of ours.
const LONGEST: usize = 100_000;

/// Hands the transcript in for review.
///
/// # Errors
/// It has not ended, something waits, the transcript is empty, was not held against what was said, or the database
/// refuses.
pub async fn submit(
    mut desk: Desk,
    publishers: &Publishers,
    (by, compared): (&Signatory, bool),
    (organ, id): (&str, &str),
    transcript: &str,
) -> Result<Unit, ActError> {
    let (found, _) = taken_interview(&desk, organ, id, InterviewStep::SubmitTranscript).await?;
    nothing_waits(&desk, id).await?;
    let transcript = tidy(transcript);
    if transcript.is_empty() {
        return Err(ActError::Field("shilu", "写下实录：谁问了什么、谁答了什么".into()));
    }
    within("shilu", &transcript, LONGEST)?;
    if !compared {
        let words = "和录音、实时文字核对过以后再送审，核对了的勾上";
        return Err(ActError::Field("hedui", words.into()));
    }
    let authors = with_author(&found.transcript_authors, by);
    let kept = (transcript.as_str(), authors.as_slice());
    if !Interview::hand_transcript_in(desk.change(), (id, &at(&desk)), kept).await? {
        return Err(ActError::overtaken());
    }
    let told = interview_entry("interview_transcript_submission", &found, BASIS, json!({}));
    desk.record(told).await?;
    handed_in(desk, publishers, by, (KIND, id)).await
}

/// How it becomes public.
static RELEASE: Release<Interview> = Release {
    step: InterviewStep::PublishTranscript,
    piece: Interview::TRANSCRIPT,
    fits: |_, _| Ok(()),
    told: |_| ("interview_transcript", BASIS, json!({})),
    subject: |id| inscribed::subject(id, inscribed::TRANSCRIPT),
    path: Interview::path,
};

/// How transcripts are reviewed and published.
pub const PUBLISHER: Publisher = Publisher {
    kind: KIND,
    words: "访谈实录",
    content: |from, id| Box::pin(content(from, id, signed)),
    publish: |desk, _, approved| {
        Box::pin(release(desk, approved, &RELEASE, inscribed::transcript_leaf))
    },
    ..PLAIN
};

fn signed(of: &Interview) -> Option<Content> {
    if of.transcript.is_empty() || of.published_on.is_some() {
        return None;
    }
    let empty = Content {
        authors: of.transcript_authors.clone(),
        ..blank(of, format!("{}：访谈实录", of.said.title))
    };
    Some(empty.part("访谈实录", &of.transcript))
}
