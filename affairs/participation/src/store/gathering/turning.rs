//! How a gathering goes from one stage to the next.

use law::Date;
use participation_rules::GatheringStage;
use store::{StoreError, Transaction, Value};

use super::super::announced::{self, Piece};
use super::super::words_of;
use super::Gathering;

impl Gathering {
    /// The number of the next enrolment; its row is held until the act is sealed.
    pub(crate) async fn next_number(change: &Transaction, id: &str) -> Result<i64, StoreError> {
        announced::next::<Self>(change, "entries", id).await
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

    /// 纪要.
    pub(crate) const RECORD: Piece<GatheringStage> = Piece {
        written: GatheringStage::Held,
        reviewed: GatheringStage::RecordInReview,
        public: GatheringStage::Recorded,
        kept: ("record_publication", "recorded_on", None),
    };
}
