//! How a hearing goes from one stage to the next.

use law::Date;
use participation_rules::HearingStage;
use store::{StoreError, Transaction, Value};

use super::super::announced::{self, Piece};
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
    /// The number of the next enrolment; its row is held until the act is sealed.
    pub(crate) async fn next_number(change: &Transaction, id: &str) -> Result<i64, StoreError> {
        announced::next::<Self>(change, "entries", id).await
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

    /// 听证记录.
    pub(crate) const RECORD: Piece<HearingStage> = Piece {
        written: HearingStage::Confirmed,
        reviewed: HearingStage::RecordInReview,
        public: HearingStage::Recorded,
        kept: ("record_publication", "recorded_on", None),
    };
}
