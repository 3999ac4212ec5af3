//! How an interview goes from one stage to the next, and the numbers it gives.

use participation_rules::InterviewStage;
use store::{StoreError, Transaction};

use super::super::announced::{self, Piece};
use super::super::words_of;
use super::Interview;

impl Interview {
    /// It begins.
    pub(crate) async fn start(
        change: &Transaction,
        id: &str,
        at: &str,
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE interview SET state = 'live', started_at = $1, changed_at = $1, version = version + 1
                    WHERE id = $2 AND state = 'announced'";
        Ok(change.run(sql, vec![at.into(), id.into()]).await? == 1)
    }

    /// It ends.
    pub(crate) async fn end(change: &Transaction, id: &str, at: &str) -> Result<bool, StoreError> {
        let sql = "UPDATE interview SET state = 'ended', ended_at = $1, changed_at = $1, version = version + 1
                    WHERE id = $2 AND state = 'live'";
        Ok(change.run(sql, vec![at.into(), id.into()]).await? == 1)
    }

    /// The number of the next question; its row is held until the act is sealed.
    pub(crate) async fn next_question(change: &Transaction, id: &str) -> Result<i64, StoreError> {
        announced::next::<Self>(change, "questions", id).await
    }

    /// The number of the next utterance.
    pub(crate) async fn next_entry(change: &Transaction, id: &str) -> Result<i64, StoreError> {
        announced::next::<Self>(change, "entries", id).await
    }

    /// The place of the next change that everybody sees. Its row is held until the act is sealed, so places are seen in
    /// their order.
    pub(crate) async fn next_place(change: &Transaction, id: &str) -> Result<i64, StoreError> {
        announced::next::<Self>(change, "places", id).await
    }

    /// Keeps its transcript and hands it in.
    pub(crate) async fn hand_transcript_in(
        change: &Transaction,
        (id, at): (&str, &str),
        (transcript, authors): (&str, &[String]),
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE interview SET state = 'transcript_review', transcript = $1, transcript_authors = $2,
                          returned = '', changed_at = $3, version = version + 1
                    WHERE id = $4 AND state = 'ended'";
        let values = vec![transcript.into(), words_of(authors).into(), at.into(), id.into()];
        Ok(change.run(sql, values).await? == 1)
    }

    /// 访谈实录.
    pub(crate) const TRANSCRIPT: Piece<InterviewStage> = Piece {
        written: InterviewStage::Ended,
        reviewed: InterviewStage::TranscriptInReview,
        public: InterviewStage::Published,
        kept: ("transcript_publication", "published_on", None),
    };
}
