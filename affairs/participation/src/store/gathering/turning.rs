//! How a gathering goes from one stage to the next.

use law::Date;
use participation_rules::GatheringStage;
use store::{Statements, StoreError, Transaction, Value};

use super::super::words_of;
use super::{Gathering, Proposed};

impl Gathering {
    /// From one stage to the next; `false` where it is in another.
    pub(crate) async fn turn(
        change: &Transaction,
        id: &str,
        (from, to): (GatheringStage, GatheringStage),
        (returned, at): (&str, &str),
    ) -> Result<bool, StoreError> {
        let sql =
            "UPDATE gathering SET state = $1, returned = $2, changed_at = $3, version = version + 1
                    WHERE id = $4 AND state = $5";
        let values =
            vec![to.word().into(), returned.into(), at.into(), id.into(), from.word().into()];
        Ok(change.run(sql, values).await? == 1)
    }

    /// It is public from now on.
    pub(crate) async fn open(
        &self,
        change: &Transaction,
        publication: &str,
        (on, at): (Date, &str),
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE gathering SET state = 'open', publication = $1, opened_on = $2, changed_at = $3,
                          version = version + 1
                    WHERE id = $4 AND state = 'review'";
        let values =
            vec![publication.into(), on.to_string().into(), at.into(), self.id.clone().into()];
        Ok(change.run(sql, values).await? == 1)
    }

    /// The number of the next enrolment; its row is held until the act is sealed.
    pub(crate) async fn next_number(change: &Transaction, id: &str) -> Result<i64, StoreError> {
        let sql = "UPDATE gathering SET entries = entries + 1 WHERE id = $1";
        change.run(sql, vec![id.into()]).await?;
        let sql = "SELECT entries FROM gathering WHERE id = $1";
        Ok(change.number(sql, vec![id.into()]).await?.unwrap_or(1))
    }

    /// Those who come have been chosen; `false` where they were before.
    pub(crate) async fn choose(
        change: &Transaction,
        (id, at): (&str, &str),
        on: Date,
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE gathering SET chosen_on = $1, changed_at = $2, version = version + 1
                    WHERE id = $3 AND state = 'open' AND chosen_on IS NULL";
        Ok(change.run(sql, vec![on.to_string().into(), at.into(), id.into()]).await? == 1)
    }

    /// Keeps its record and hands it in.
    pub(crate) async fn hand_record_in(
        change: &Transaction,
        (id, at): (&str, &str),
        (record, attended, authors): (&str, i64, &[String]),
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE gathering SET state = 'record_review', record = $1, attended = $2, record_authors = $3,
                          returned = '', changed_at = $4, version = version + 1
                    WHERE id = $5 AND state = 'open'";
        let values: Vec<Value> =
            vec![record.into(), attended.into(), words_of(authors).into(), at.into(), id.into()];
        Ok(change.run(sql, values).await? == 1)
    }

    /// Its record is public from now on.
    pub(crate) async fn publish_record(
        &self,
        change: &Transaction,
        publication: &str,
        (on, at): (Date, &str),
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE gathering SET state = 'recorded', record_publication = $1, recorded_on = $2, changed_at = $3,
                          version = version + 1
                    WHERE id = $4 AND state = 'record_review'";
        let values =
            vec![publication.into(), on.to_string().into(), at.into(), self.id.clone().into()];
        Ok(change.run(sql, values).await? == 1)
    }

    /// It will not be held; `false` where it is in another stage than it was found in.
    pub(crate) async fn cancel(
        change: &Transaction,
        (id, at): (&str, &str),
        (on, reason): (Date, &str),
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE gathering SET state = 'cancelled', cancelled_on = $1, cancelled_reason = $2, changed_at = $3,
                          version = version + 1
                    WHERE id = $4 AND state = 'open'";
        let values = vec![on.to_string().into(), reason.into(), at.into(), id.into()];
        Ok(change.run(sql, values).await? == 1)
    }

    /// It is proposed to be withdrawn, or that is taken off again; `false` where something else is proposed.
    pub(crate) async fn propose(
        change: &Transaction,
        (id, at): (&str, &str),
        proposed: Option<&Proposed>,
    ) -> Result<bool, StoreError> {
        let nothing = Proposed { reason: String::new(), by: vec![], name: String::new() };
        let (new, before) = match proposed {
            Some(new) => (new, "withdraw_reason = ''"),
            None => (&nothing, "withdraw_reason <> ''"),
        };
        let sql = format!(
            "UPDATE gathering SET withdraw_reason = $1, withdraw_by = $2, withdraw_name = $3, changed_at = $4,
                    version = version + 1
              WHERE id = $5 AND {before} AND withdrawn_on IS NULL"
        );
        let values: Vec<Value> = vec![
            new.reason.clone().into(),
            words_of(&new.by).into(),
            new.name.clone().into(),
            at.into(),
            id.into(),
        ];
        Ok(change.run(&sql, values).await? == 1)
    }

    /// It is public no more; `false` where somebody was first.
    pub(crate) async fn withdraw(
        change: &Transaction,
        (id, at): (&str, &str),
        (on, person): (Date, &str),
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE gathering SET state = 'withdrawn', withdrawn_by = $1, withdrawn_on = $2, changed_at = $3,
                          version = version + 1
                    WHERE id = $4 AND withdraw_reason <> '' AND withdrawn_on IS NULL";
        let values = vec![person.into(), on.to_string().into(), at.into(), id.into()];
        Ok(change.run(sql, values).await? == 1)
    }
}
