//! What the records tell of a year for table 2 of the annual report: 规章 and 行政规范性文件 made, ended and in
//! force (docs/readings/178). How many decisions were taken and what was charged no document tells.

use law::Date;
use records_rules::{Life, Validity};
use reports_rules::Table2Cell::{
    NormativeEnded, NormativeInForce, NormativeIssued, RulesEnded, RulesInForce, RulesIssued,
};
use reports_rules::{CellPlace, Table2Cell};
use store::{FromQueryResult, Statements, StoreError};
use web::{Counted, FigureAsk, FigureRow, FigureSource};

use crate::store::{OPEN, life};

/// For the house.
pub const SOURCE: FigureSource = FigureSource {
    name: "已发布的规章和规范性文件",
    opens: None,
    count: |from, ask| Box::pin(async move { Ok(count(from, ask).await?) }),
};

#[derive(FromQueryResult)]
struct Row {
    id: String,
    title: String,
    document_number: Option<String>,
    made_on: String,
    genre: String,
    in_force_from: Option<String>,
    last_day: Option<String>,
    repealed_from: Option<String>,
    amended_from: Option<String>,
    partly_void_from: Option<String>,
}

/// 体裁 of what is made under 立法法 and counted by itself.
const RULES: &str = "规章";

async fn count(from: &impl Statements, ask: &FigureAsk) -> Result<Counted, StoreError> {
    let sql = format!(
        "SELECT r.id, r.title, r.document_number, r.made_on, r.genre, r.in_force_from, r.last_day,
                      r.repealed_from, r.amended_from, r.partly_void_from
                 FROM record r
                WHERE {OPEN} AND r.organ = $1 AND r.made_year <= $2
                  AND (r.normative = 1 OR r.genre = '规章')
                ORDER BY r.made_on, r.id"
    );
    let values = vec![ask.organ.clone().into(), i64::from(ask.year).into()];
    let rows: Vec<Row> = from.all(&sql, values).await?;
    let mut counted = Counted::default();
    let kinds: [(bool, [Table2Cell; 3]); 2] = [
        (true, [RulesIssued, RulesEnded, RulesInForce]),
        (false, [NormativeIssued, NormativeEnded, NormativeInForce]),
    ];
    for (of_rules, cells) in kinds {
        let own = |(_, row): &(usize, &Row)| (row.genre == RULES) == of_rules;
        let own: Vec<(usize, &Row)> = rows.iter().enumerate().filter(own).collect();
        // Whoever has published none here may have some elsewhere: of these nothing is known.
        if own.is_empty() {
            continue;
        }
        let tests: [fn(&Row, i16) -> bool; 3] = [issued, ended, in_force];
        for (cell, holds) in cells.into_iter().zip(tests) {
            let those = own.iter().filter(|(_, row)| holds(row, ask.year));
            counted.count(CellPlace::Table2(cell), those.map(|(at, _)| *at).collect());
        }
    }
    counted.rows = rows.into_iter().map(shown).collect();
    Ok(counted)
}

fn shown(row: Row) -> FigureRow {
    FigureRow {
        path: Some(format!("/wenjian/{}", row.id)),
        words: match row.document_number {
            Some(number) => format!("{}（{number}）", row.title),
            None => row.title,
        },
        key: row.id,
        ..FigureRow::default()
    }
}

impl Row {
    fn life(&self) -> Life {
        life([
            &self.in_force_from,
            &self.last_day,
            &self.repealed_from,
            &self.amended_from,
            &self.partly_void_from,
        ])
    }
}

/// 制发: by 成文日期.
fn issued(row: &Row, year: i16) -> bool {
    row.made_on.parse::<Date>().is_ok_and(|made| made.year() == year)
}

/// 废止: its first day without force, whether it was repealed or its term ran out, lies in the year.
fn ended(row: &Row, year: i16) -> bool {
    let life = row.life();
    let lapsed = life.last_day.and_then(|last| last.tomorrow().ok());
    let repealed = life.repealed.map(|repeal| repeal.from);
    lapsed.into_iter().chain(repealed).min().is_some_and(|first| first.year() == year)
}

/// 现行有效: it holds on the last day of the year, whole or in part.
fn in_force(row: &Row, year: i16) -> bool {
    let Ok(last) = Date::new(year, 12, 31) else { return false };
    let validity = row.life().validity_on(last);
    matches!(validity, Validity::InForce | Validity::Amended | Validity::PartlyVoid)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_counted_in_the_year_it_was_made_ended_and_as_long_as_it_holds() {
        // 成文、有效期至、废止；年度：制发、废止、现行有效
        for (made, last_day, repealed, year, expected) in [
            ("2026-03-01", None, None, 2026, (true, false, true)),
            ("2025-03-01", None, None, 2026, (false, false, true)),
            ("2020-03-01", Some("2025-12-31"), None, 2026, (false, true, false)),
            ("2020-03-01", Some("2026-12-31"), None, 2026, (false, false, true)),
            ("2020-03-01", None, Some("2026-06-01"), 2026, (false, true, false)),
            ("2020-03-01", Some("2027-12-31"), Some("2026-06-01"), 2026, (false, true, false)),
            ("2020-03-01", Some("2024-12-31"), Some("2026-06-01"), 2026, (false, false, false)),
            ("2026-12-30", None, Some("2026-12-31"), 2026, (true, true, false)),
        ] {
            let row = Row {
                id: String::new(),
                title: String::new(),
                document_number: None,
                made_on: made.into(),
                genre: "通知".into(),
                in_force_from: None,
                last_day: last_day.map(str::to_owned),
                repealed_from: repealed.map(str::to_owned),
                amended_from: None,
                partly_void_from: None,
            };
            let found = (issued(&row, year), ended(&row, year), in_force(&row, year));
            assert_eq!(found, expected, "{made} {last_day:?} {repealed:?}");
        }
    }
}
