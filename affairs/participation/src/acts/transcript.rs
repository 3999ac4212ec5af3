//! 访谈实录: what was said is written down whole, reviewed like everything public, and takes the place of the live text.

use ::store::Statements;
use law::Provision;
use ledger::Desk;
use participation_rules::InterviewStep;
use review::{Signatory, Unit, submission};
use serde_json::json;
use web::{Appeared, Approved, Content, Fault, Publisher, Publishers};

use super::interview::{BASIS as HELD, interview_entry, taken_interview};
use super::live::nothing_waits;
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
    let pieces = [(KIND, id)];
    let given = submission::Submitted {
        pieces: &pieces,
        note: None,
        added: vec![],
        for_another: false,
        by,
    };
    let unit = submission::within(&mut desk, publishers, given).await?;
    desk.seal().await?;
    Ok(unit)
}

/// How transcripts are reviewed and published.
pub const PUBLISHER: Publisher = Publisher {
    kind: KIND,
    words: "访谈实录",
    approve: "consultation.approve",
    release: "consultation.open",
    releasers: &["publisher"],
    content: |from, id| Box::pin(async move { as_signed(from, id).await }),
    standing: |_, _| Box::pin(async { Ok(None) }),
    ready: |_, _, _| Box::pin(async { Ok(()) }),
    signable: None,
    holds: None,
    laid_out: Publisher::as_signed,
    plain: Publisher::unmarked,
    publish: |desk, _, approved| Box::pin(publish(desk, approved)),
};

async fn as_signed(from: &impl Statements, id: &str) -> Result<Option<Content>, Fault> {
    let found = Interview::find(from, id).await?;
    let found = found.filter(|found| !found.transcript.is_empty() && found.published_on.is_none());
    Ok(found.map(|found| {
        let empty = Content {
            title: format!("{}：访谈实录", found.said.title),
            organ: found.organ.clone(),
            unit: found.unit.clone(),
            authors: found.transcript_authors.clone(),
            normative: false,
            findings: vec![],
            parts: vec![],
        };
        empty.part("访谈实录", &found.transcript)
    }))
}

async fn publish(desk: &mut Desk, approved: &Approved) -> Result<Appeared, Fault> {
    Interview::hold(desk.change(), &approved.id).await?;
    let found = Interview::find(desk.change(), &approved.id).await?.ok_or(Fault::NotFound)?;
    let (on, at) = (desk.today(), at(desk));
    let follows = found.stage(on).after(InterviewStep::PublishTranscript);
    follows.map_err(|refused| ActError::from(refused).into_fault())?;
    if !found.publish_transcript(desk.change(), &approved.publication, (on, &at)).await? {
        return Err(ActError::overtaken().into_fault());
    }
    let subject = inscribed::subject(&found.id, inscribed::TRANSCRIPT);
    let mut told = interview_entry("interview_transcript", &found, BASIS, json!({}));
    told.subject.clone_from(&subject);
    desk.record(told).await.map_err(Fault::inside)?;
    let now = Interview::find(desk.change(), &found.id).await?.ok_or(Fault::NotFound)?;
    desk.publish_leaf(inscribed::transcript_leaf(&now)).map_err(Fault::inside)?;
    Ok(Appeared { subject, path: Some(now.path()) })
}
