//! How a hearing goes from one stage to the next.

use law::Date;
use participation_rules::HearingStage;
use store::{Statements, StoreError, Transaction, Value};

use super::super::words_of;
use super::Hearing;

/// A draw as it is kept.
pub(crate) struct Drawing<'a> {
    pub value: &'a str,
    pub seed: &'a str,
    pub by: &'a [String],
    pub name: &'a str,
    pub on: Date,
}

impl Hearing {
    /// From one stage to the next; `false` where it is in another.
    pub(crate) async fn turn(
        change: &Transaction,
        id: &str,
        (from, to): (HearingStage, HearingStage),
        (returned, at): (&str, &str),
    ) -> Result<bool, StoreError> {
        let sql =
            "UPDATE hearing SET state = $1, returned = $2, changed_at = $3, version = version + 1
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
        let sql =
            "UPDATE hearing SET state = 'open', publication = $1, opened_on = $2, changed_at = $3,
                          version = version + 1
                    WHERE id = $4 AND state = 'review'";
        let values =
            vec![publication.into(), on.to_string().into(), at.into(), self.id.clone().into()];
        Ok(change.run(sql, values).await? == 1)
    }

    /// The number of the next enrolment; its row is held until the act is sealed.
    pub(crate) async fn next_number(change: &Transaction, id: &str) -> Result<i64, StoreError> {
        let sql = "UPDATE hearing SET entries = entries + 1 WHERE id = $1";
        change.run(sql, vec![id.into()]).await?;
        let sql = "SELECT entries FROM hearing WHERE id = $1";
        Ok(change.number(sql, vec![id.into()]).await?.unwrap_or(1))
    }

    /// The list is bound.
    pub(crate) async fn bind(
        change: &Transaction,
        id: &str,
        (list, on, at): (&str, Date, &str),
    ) -> Result<bool, StoreError> {
        let sql =
            "UPDATE hearing SET state = 'listed', list_text = $1, list_on = $2, changed_at = $3,
                          version = version + 1
                    WHERE id = $4 AND state = 'open' AND list_text = ''";
        let values = vec![list.into(), on.to_string().into(), at.into(), id.into()];
        Ok(change.run(sql, values).await? == 1)
    }

    /// It is drawn; another looks at it.
    pub(crate) async fn draw(
        change: &Transaction,
        (id, at): (&str, &str),
        drawing: &Drawing<'_>,
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE hearing SET state = 'drawn', drawn_value = $1, seed = $2, drawn_by = $3, drawn_name = $4,
                          drawn_on = $5, returned = '', changed_at = $6, version = version + 1
                    WHERE id = $7 AND state = 'listed'";
        let values: Vec<Value> = vec![
            drawing.value.into(),
            drawing.seed.into(),
            words_of(drawing.by).into(),
            drawing.name.into(),
            drawing.on.to_string().into(),
            at.into(),
            id.into(),
        ];
        Ok(change.run(sql, values).await? == 1)
    }

    /// Who takes part is public from now on.
    pub(crate) async fn confirm(
        change: &Transaction,
        (id, at): (&str, &str),
        (person, name, on): (&str, &str, Date),
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE hearing SET state = 'confirmed', confirmed_by = $1, confirmed_name = $2, confirmed_on = $3,
                          changed_at = $4, version = version + 1
                    WHERE id = $5 AND state = 'drawn'";
        let values = vec![person.into(), name.into(), on.to_string().into(), at.into(), id.into()];
        Ok(change.run(sql, values).await? == 1)
    }

    /// Papers have reached who takes part.
    pub(crate) async fn deliver(
        change: &Transaction,
        (id, at): (&str, &str),
        on: Date,
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE hearing SET papers_on = $1, changed_at = $2, version = version + 1
                    WHERE id = $3 AND state = 'confirmed'";
        let values = vec![on.to_string().into(), at.into(), id.into()];
        Ok(change.run(sql, values).await? == 1)
    }

    /// Keeps its record and hands it in.
    pub(crate) async fn hand_record_in(
        change: &Transaction,
        (id, at): (&str, &str),
        (record, authors): (&str, &[String]),
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE hearing SET state = 'record_review', record = $1, record_authors = $2, returned = '',
                          changed_at = $3, version = version + 1
                    WHERE id = $4 AND state = 'confirmed'";
        let values = vec![record.into(), words_of(authors).into(), at.into(), id.into()];
        Ok(change.run(sql, values).await? == 1)
    }

    /// Its record is public from now on.
    pub(crate) async fn publish_record(
        &self,
        change: &Transaction,
        publication: &str,
        (on, at): (Date, &str),
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE hearing SET state = 'recorded', record_publication = $1, recorded_on = $2, changed_at = $3,
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
        (from, on, reason): (HearingStage, Date, &str),
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE hearing SET state = 'cancelled', cancelled_on = $1, cancelled_reason = $2, changed_at = $3,
                          version = version + 1
                    WHERE id = $4 AND state = $5";
        let values =
            vec![on.to_string().into(), reason.into(), at.into(), id.into(), from.word().into()];
        Ok(change.run(sql, values).await? == 1)
    }
}
