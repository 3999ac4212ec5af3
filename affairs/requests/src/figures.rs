//! What the register tells of a year for tables 3 and 4 of the annual report (条例第五十条; docs/readings/131),
//! each number with the requests behind it.

use reports_rules::{
    RegisterEntry, RemedyEntry, RemedyGroup, RemedyOutcome, ReportYear, register_figures,
};
use store::{Statements, StoreError};
use web::{Counted, FigureAsk, FigureRow, FigureSource};

use crate::store::figures::{self, Registered};
use crate::store::{RemedyKind, RemedyResult};

/// For the house.
pub(crate) const SOURCE: FigureSource = FigureSource {
    name: "依申请公开登记簿",
    count: |from, ask| Box::pin(async move { Ok(count(from, ask).await?) }),
};

/// Counts a year in three queries; nothing where the register did not exist yet.
async fn count(from: &impl Statements, ask: &FigureAsk) -> Result<Counted, StoreError> {
    let mut counted = Counted::default();
    if !figures::knows(from, &ask.organ, ask.year).await? {
        return Ok(counted);
    }
    let register = figures::register(from, &ask.organ, ask.year).await?;
    let entries: Vec<RegisterEntry> = register.iter().map(entry).collect();
    let told = register_figures(&entries, ReportYear::new(ask.year));
    for (place, rows) in told.places {
        counted.count(place, rows);
    }
    counted.unplaced = told.unplaced;
    counted.rows = register.into_iter().map(shown).collect();
    Ok(counted)
}

fn shown(row: Registered) -> FigureRow {
    let path = Some(format!("/gongzuo/shenqing/{}", row.id));
    FigureRow { path, words: row.number, key: row.id }
}

fn entry(row: &Registered) -> RegisterEntry {
    let remedies = row.remedies.iter().map(|(kind, filed, concluded, result)| RemedyEntry {
        kind: match kind {
            RemedyKind::Review => RemedyGroup::Review,
            RemedyKind::DirectSuit => RemedyGroup::SuitDirect,
            RemedyKind::SuitAfterReview => RemedyGroup::SuitAfterReview,
        },
        filed: *filed,
        concluded: *concluded,
        result: result.map(|result| match result {
            RemedyResult::Upheld => RemedyOutcome::Upheld,
            RemedyResult::Corrected => RemedyOutcome::Corrected,
            RemedyResult::Other => RemedyOutcome::Other,
        }),
    });
    RegisterEntry {
        no: row.number.clone(),
        received: row.received,
        class: row.class,
        result: row.result.clone(),
        closed: row.closed,
        remedies: remedies.collect(),
    }
}
