//! 实时、及时 as a body measures them (docs/readings/015).

use catalogue_rules::obligation::Measures;
use law::WorkingDays;
use store::{FromQueryResult, Statements, StoreError, Transaction};

/// A measure about to be set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// 实时.
    Realtime,
    /// 及时.
    Timely,
}

impl Measure {
    /// The word it is stored under.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Realtime => "realtime",
            Self::Timely => "timely",
        }
    }

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Realtime => "实时",
            Self::Timely => "及时",
        }
    }

    /// Sets it in working days, or lets it go.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn set(
        self,
        change: &Transaction,
        days: Option<WorkingDays>,
        basis: &str,
        at: &str,
        by: &str,
    ) -> Result<(), StoreError> {
        let Some(WorkingDays(days)) = days else {
            let sql = "DELETE FROM obligation_measure WHERE word = $1";
            change.run(sql, vec![self.word().into()]).await?;
            return Ok(());
        };
        let row =
            vec![self.word().into(), i64::from(days).into(), basis.into(), at.into(), by.into()];
        let columns = ["word", "days", "basis", "set_at", "set_by"];
        change.replace("obligation_measure", &columns, vec![row]).await
    }
}

#[derive(FromQueryResult)]
struct MeasureRow {
    word: String,
    days: i64,
}

/// The measures as they are set now.
///
/// # Errors
/// The database refuses.
pub async fn measures(from: &impl Statements) -> Result<Measures, StoreError> {
    let rows: Vec<MeasureRow> =
        from.all("SELECT word, days FROM obligation_measure", vec![]).await?;
    let mut measures = Measures::default();
    for row in rows {
        let days = u32::try_from(row.days).ok().map(WorkingDays);
        match row.word.as_str() {
            "realtime" => measures.realtime = days,
            "timely" => measures.timely = days,
            _ => {}
        }
    }
    Ok(measures)
}
