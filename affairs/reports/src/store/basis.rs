//! What the numbers of a version were counted from.

use std::collections::BTreeMap;

use reports_rules::{CellPlace, FEES_COLLECTED, Figure};
use store::{FromQueryResult, Statements, StoreError, Transaction};
use web::Counted;

/// What one source counted for a version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Basis {
    /// What people call the source.
    pub source: String,
    /// When, as stored.
    pub counted_at: String,
    /// The rows and the numbers.
    pub counted: Counted,
}

#[derive(FromQueryResult)]
struct Row {
    source: String,
    counted_at: String,
    body: String,
}

impl Basis {
    /// All of a version.
    ///
    /// # Errors
    /// The database refuses, or what is kept cannot be read.
    pub async fn of(from: &impl Statements, version: &str) -> Result<Vec<Self>, StoreError> {
        let sql = "SELECT source, counted_at, body FROM annual_report_basis
                    WHERE version = $1 ORDER BY source";
        let rows: Vec<Row> = from.all(sql, vec![version.into()]).await?;
        let basis = |row: Row| {
            let unread = |error: serde_json::Error| StoreError::Unreadable {
                what: "年报的取数依据",
                cause: error.to_string(),
            };
            let counted = serde_json::from_str(&row.body).map_err(unread)?;
            Ok(Self { source: row.source, counted_at: row.counted_at, counted })
        };
        rows.into_iter().map(basis).collect()
    }

    /// What the sources tell was collected as 信息处理费, in 元; `None` where none tells it.
    pub fn fee(bases: &[Self]) -> Option<Figure> {
        let counts = bases.iter().flat_map(|basis| &basis.counted.counts);
        let told = counts.filter(|count| count.place == FEES_COLLECTED);
        told.filter_map(|count| Figure::read(&count.number)).reduce(|sum, one| sum + one)
    }

    /// What the sources come to at each place; sums are nobody's to tell.
    pub fn figures(bases: &[Self]) -> BTreeMap<CellPlace, Figure> {
        let mut figures: BTreeMap<CellPlace, Figure> = BTreeMap::new();
        for count in bases.iter().flat_map(|basis| &basis.counted.counts) {
            let place = CellPlace::named(&count.place).filter(|place| !place.is_total());
            if let (Some(place), Some(number)) = (place, Figure::read(&count.number)) {
                let sum = figures.get(&place).copied().unwrap_or_default() + number;
                figures.insert(place, sum);
            }
        }
        figures
    }
}

/// Keeps what was counted anew.
pub(crate) async fn keep(
    change: &Transaction,
    version: &str,
    bases: &[Basis],
) -> Result<(), StoreError> {
    let sql = "DELETE FROM annual_report_basis WHERE version = $1";
    change.run(sql, vec![version.into()]).await?;
    let row = |basis: &Basis| {
        let body = serde_json::to_string(&basis.counted).unwrap_or_default();
        vec![
            version.into(),
            basis.source.clone().into(),
            basis.counted_at.clone().into(),
            body.into(),
        ]
    };
    let columns = ["version", "source", "counted_at", "body"];
    change.insert("annual_report_basis", &columns, bases.iter().map(row).collect()).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_sources_of_one_number_are_added_and_sums_are_nobodys_to_tell() {
        let mut counted = Counted::default();
        counted.count("t2.normative_issued", vec![]);
        counted.counts[0].number = "2.5".into();
        let one = Basis { source: "甲".into(), counted_at: String::new(), counted };
        let mut other = one.clone();
        other.counted.count("t3.r24.c7", vec![]);
        let figures = Basis::figures(&[one, other]);
        assert_eq!(figures.len(), 1);
        let place = CellPlace::named("t2.normative_issued").expect("a place");
        assert_eq!(figures[&place].to_string(), "5");
    }
}
