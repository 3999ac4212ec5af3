//! How an interview goes from one stage to the next, and the numbers it gives.

use law::Date;
use participation_rules::InterviewStage;
use store::{Statements, StoreError, Transaction, Value};

use super::super::words_of;
use super::Interview;

impl Interview {
    /// From one stage to the next; `false` where it is in another.
    pub(crate) async fn turn(
        change: &Transaction,
        id: &str,
        (from, to): (InterviewStage, InterviewStage),
        (returned, at): (&str, &str),
    ) -> Result<bool, StoreError> {
        let sql =
            "UPDATE interview SET state = $1, returned = $2, changed_at = $3, version = version + 1
                    WHERE id = $4 AND state = $5";
        let values =
            vec![to.word().into(), returned.into(), at.into(), id.into(), from.word().into()];
        Ok(change.run(sql, values).await? == 1)
    }

    /// Its notice is public from now on.
    pub(crate) async fn open(
        &self,
        change: &Transaction,
        publication: &str,
        (on, at): (Date, &str),
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE interview SET state = 'announced', publication = $1, opened_on = $2, changed_at = $3,
                          version = version + 1
                    WHERE id = $4 AND state = 'review'";
        let values =
            vec![publication.into(), on.to_string().into(), at.into(), self.id.clone().into()];
        Ok(change.run(sql, values).await? == 1)
    }

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
        let sql = "UPDATE interview SET questions = questions + 1 WHERE id = $1";
        change.run(sql, vec![id.into()]).await?;
        let sql = "SELECT questions FROM interview WHERE id = $1";
        Ok(change.number(sql, vec![id.into()]).await?.unwrap_or(1))
    }

    /// The number of the next utterance.
    pub(crate) async fn next_entry(change: &Transaction, id: &str) -> Result<i64, StoreError> {
        let sql = "UPDATE interview SET entries = entries + 1 WHERE id = $1";
        change.run(sql, vec![id.into()]).await?;
        let sql = "SELECT entries FROM interview WHERE id = $1";
        Ok(change.number(sql, vec![id.into()]).await?.unwrap_or(1))
    }

    /// The place of the next change that everybody sees. Its row is held until the act is sealed, so places are seen in
    /// their order.
    pub(crate) async fn next_place(change: &Transaction, id: &str) -> Result<i64, StoreError> {
        let sql = "UPDATE interview SET places = places + 1 WHERE id = $1";
        change.run(sql, vec![id.into()]).await?;
        let sql = "SELECT places FROM interview WHERE id = $1";
        Ok(change.number(sql, vec![id.into()]).await?.unwrap_or(1))
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

    /// Its transcript is public from now on.
    pub(crate) async fn publish_transcript(
        &self,
        change: &Transaction,
        publication: &str,
        (on, at): (Date, &str),
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE interview SET state = 'published', transcript_publication = $1, published_on = $2,
                          changed_at = $3, version = version + 1
                    WHERE id = $4 AND state = 'transcript_review'";
        let values: Vec<Value> =
            vec![publication.into(), on.to_string().into(), at.into(), self.id.clone().into()];
        Ok(change.run(sql, values).await? == 1)
    }

    /// It will not be held; `false` where it is in another stage than before its beginning.
    pub(crate) async fn cancel(
        change: &Transaction,
        (id, at): (&str, &str),
        (on, reason): (Date, &str),
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE interview SET state = 'cancelled', cancelled_on = $1, cancelled_reason = $2, changed_at = $3,
                          version = version + 1
                    WHERE id = $4 AND state = 'announced'";
        let values = vec![on.to_string().into(), reason.into(), at.into(), id.into()];
        Ok(change.run(sql, values).await? == 1)
    }

    /// It is public no more; `false` where it was withdrawn before.
    pub(crate) async fn withdraw(
        change: &Transaction,
        id: &str,
        (on, at, reason): (Date, &str, &str),
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE interview SET withdrawn_on = $1, withdrawn_reason = $2, changed_at = $3, version = version + 1
                    WHERE id = $4 AND withdrawn_on IS NULL";
        let values = vec![on.to_string().into(), reason.into(), at.into(), id.into()];
        Ok(change.run(sql, values).await? == 1)
    }
}
