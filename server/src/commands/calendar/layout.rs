//! Setting dates and Chinese words in columns.

use jiff::civil::Weekday;
use law::Date;

/// `2026-10-22（周四）`
pub(super) fn with_weekday(date: Date) -> String {
    format!("{date}（{}）", weekday(date))
}

/// `2026-10-01 至 2026-10-07`, or the one day.
pub(super) fn range(from: Date, through: Date) -> String {
    if from == through { from.to_string() } else { format!("{from} 至 {through}") }
}

/// 周一 to 周日.
pub(super) fn weekday(date: Date) -> &'static str {
    match date.weekday() {
        Weekday::Monday => "周一",
        Weekday::Tuesday => "周二",
        Weekday::Wednesday => "周三",
        Weekday::Thursday => "周四",
        Weekday::Friday => "周五",
        Weekday::Saturday => "周六",
        Weekday::Sunday => "周日",
    }
}

/// Rows set in columns two spaces apart, each column as wide as its widest cell; a Chinese character
/// takes two places. The last column is not filled up.
pub(super) fn columns(rows: &[Vec<String>]) -> Vec<String> {
    let widest =
        |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| width(cell)).max();
    let line = |row: &Vec<String>| {
        let cells = row.iter().enumerate().map(|(column, cell)| {
            let gap = widest(column).unwrap_or(0) - width(cell) + 2;
            format!("{cell}{}", " ".repeat(gap))
        });
        cells.collect::<String>().trim_end().to_owned()
    };
    rows.iter().map(line).collect()
}

fn width(cell: &str) -> usize {
    cell.chars().map(|character| if character.is_ascii() { 1 } else { 2 }).sum()
}
