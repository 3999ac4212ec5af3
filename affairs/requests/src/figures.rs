//! What the register tells of a year for tables 3 and 4 of the annual report (条例第五十条; docs/readings/131),
//! each number with the requests behind it.

use reports_rules::{
    FEES_COLLECTED, RegisterEntry, RemedyEntry, RemedyGroup, RemedyOutcome, ReportYear,
    register_figures,
};
use requests_rules::answer_type;
use store::{Statements, StoreError};
use web::{Counted, FigureAsk, FigureCount, FigureRow, FigureSource};

use crate::store::figures::{self, Registered};
use crate::store::{Fee, RemedyKind, RemedyResult};

/// For the house.
pub(crate) const SOURCE: FigureSource = FigureSource {
    name: "依申请公开登记簿",
    opens: Some("foi.read_case"),
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
    fees(from, ask, &mut counted).await?;
    Ok(counted)
}

/// 信息处理费: what was paid in the year less what was paid back in it, with the requests for which.
async fn fees(
    from: &impl Statements,
    ask: &FigureAsk,
    counted: &mut Counted,
) -> Result<(), StoreError> {
    let year = ReportYear::new(ask.year);
    let number = Fee::collected(from, &ask.organ, year.ends()).await?;
    let mut rows = Vec::new();
    for paying in figures::paying(from, &ask.organ, ask.year).await? {
        let known = counted.rows.iter().position(|row| row.key == paying.id);
        rows.push(known.unwrap_or(counted.rows.len()));
        if known.is_none() {
            counted.rows.push(shown(paying));
        }
    }
    let place = FEES_COLLECTED.to_owned();
    counted.counts.push(FigureCount { place, number: number.to_string(), rows });
    Ok(())
}

fn shown(row: Registered) -> FigureRow {
    let path = Some(format!("/gongzuo/shenqing/{}", row.id));
    let told = |heading: &str, words: String| (heading.to_owned(), words);
    let closed = row.closed.map_or_else(|| "在办".to_owned(), |day| day.to_string());
    let kind = row.closed.and_then(|day| answer_type(row.result.as_deref()?, day));
    let facts = vec![
        told("收到日期", row.received.to_string()),
        told("办结日期", closed),
        told("结果", kind.map(|kind| kind.name.to_owned()).unwrap_or_default()),
    ];
    FigureRow { path, words: row.number, key: row.id, facts }
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
