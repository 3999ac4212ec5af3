//! Rows of pasted text that line ends inside cells broke apart.
//!
//! Copied from a page, a cell with several lines ends the line of text in the middle of the row. A
//! row that has not reached its last columns goes on in the next line, whose first cell belongs to
//! the last one of the row.

use std::borrow::Cow;

use crate::reading::arrange::arrange;
use crate::reading::columns::Role;
use crate::reading::fit::{Look, look};
use crate::reading::grid::{Cell, Row, Sheet, Spans};
use crate::reading::header::header_at;
use crate::reading::heading::heading;

/// A row broken into more lines than this is no row.
const MOST_LINES: usize = 40;

/// The sheet with broken rows put together; only text needs it.
pub(crate) fn mend(sheet: &Sheet) -> Cow<'_, Sheet> {
    if sheet.spans == Spans::Stated {
        return Cow::Borrowed(sheet);
    }
    let mut rows = sheet.rows.clone();
    mend_header(&mut rows);
    let found = (0..rows.len()).find_map(|at| Some((at, header_at(&rows, at, sheet.spans)?)));
    let Some((at, header)) = found else {
        return Cow::Borrowed(sheet);
    };
    let body = rows.split_off(at + header.rows);
    rows.extend(mend_body(body, &header.roles));
    Cow::Owned(Sheet { rows, ..sheet.clone() })
}

/// Joins the rows of a header that a line end in a heading broke apart: the first is a header or
/// a part of one, and what follows are more headings and not the same ones again.
fn mend_header(rows: &mut Vec<Row>) {
    let Some(at) = (0..rows.len().min(50)).find(|at| telling(&rows[*at]) >= 2) else {
        return;
    };
    while let Some(next) = rows.get(at + 1) {
        let same_again = next.cells.first() == rows[at].cells.first();
        let under = header_at(rows, at, Spans::Lost).is_some_and(|header| header.rows > 1);
        if telling(next) < 2 || same_again || under {
            return;
        }
        let joined = join(&rows[at], next);
        rows.splice(at..=at + 1, [joined]);
    }
}

/// How many headings of the row tell of a catalogue, if most of its cells are headings.
fn telling(row: &Row) -> usize {
    let found: Vec<_> = row.words().map(|(_, text)| heading(text)).collect();
    let known = found.iter().flatten().count();
    let telling = found.iter().flatten().filter(|heading| heading.is_telling()).count();
    if known * 10 >= found.len() * 6 { telling } else { 0 }
}

fn mend_body(body: Vec<Row>, roles: &[Role]) -> Vec<Row> {
    let mut mended: Vec<Row> = Vec::new();
    let mut lines = 1;
    for row in body {
        let goes_on = mended.last().is_some_and(|last| {
            lines < MOST_LINES && !is_whole(last, roles) && belongs(last, &row, roles)
        });
        match mended.last_mut() {
            Some(last) if goes_on => {
                *last = join(last, &row);
                lines += 1;
            }
            _ => {
                mended.push(row);
                lines = 1;
            }
        }
    }
    mended
}

/// The row with the next line's cells; the first of those goes on with the last of the row.
fn join(row: &Row, next: &Row) -> Row {
    let mut cells = row.cells.clone();
    let mut more = next.cells.iter().cloned();
    if let (Some(Cell::Text(last)), Some(Cell::Text(first))) = (cells.last_mut(), more.next()) {
        if !last.is_empty() && !first.is_empty() {
            last.push('\n');
        }
        last.push_str(&first);
    }
    cells.extend(more);
    Row { number: row.number, cells }
}

/// Whether the row reaches the columns at the end: a tick, or the last column with words.
fn is_whole(row: &Row, roles: &[Role]) -> bool {
    if row.cells.len() >= roles.len() || row.cells.len() < 2 || row.is_blank() {
        return true;
    }
    let texts: Vec<&str> = row.cells.iter().map(|cell| cell.text().unwrap_or_default()).collect();
    let ticks = texts
        .iter()
        .rev()
        .take_while(|text| matches!(look(text), Look::Tick | Look::Blank))
        .count();
    if roles.iter().any(Role::is_tick) {
        return ticks > 0 && texts.iter().any(|text| look(text) == Look::Tick);
    }
    let places = arrange(roles, &texts);
    let last = roles.iter().rposition(|role| *role != Role::Extra);
    last.is_none_or(|last| places[last].is_some())
}

/// Whether the next line can be the rest of the row: it does not start like a row of its own, and
/// both together are no wider than the table.
fn belongs(row: &Row, next: &Row, roles: &[Role]) -> bool {
    let first = next.cells.first().and_then(Cell::text).unwrap_or_default();
    let numbered = roles.first() == Some(&Role::Seq) && look(first) == Look::Number;
    let fits = row.cells.len() + next.cells.len() <= roles.len() + 1;
    fits && !numbered
        && !next.is_blank()
        && header_at(std::slice::from_ref(next), 0, Spans::Lost).is_none()
}

#[cfg(test)]
mod tests {
    use super::mend;
    use crate::reading::grid::{Cell, Row, Sheet, Spans};

    fn sheet(lines: &[&str]) -> Sheet {
        let rows = lines.iter().enumerate().map(|(at, line)| Row {
            number: at + 1,
            cells: line.split('|').map(|text| Cell::Text(text.to_owned())).collect(),
        });
        Sheet { rows: rows.collect(), spans: Spans::Lost, ..Sheet::default() }
    }

    fn mended(lines: &[&str]) -> Vec<String> {
        mend(&sheet(lines))
            .rows
            .iter()
            .map(|row| {
                let cells =
                    row.cells.iter().map(|cell| cell.text().unwrap_or("?").replace('\n', "/"));
                cells.collect::<Vec<_>>().join("|")
            })
            .collect()
    }

    #[test]
    fn a_row_broken_by_lines_in_its_cells_is_put_together() {
        let lines = [
            "序号|一级事项|二级事项|公开内容（要素）|公开依据|公开时限|公开主体|公开渠道和载体|主动|依申请",
            "1|政策文件|法律法规|1.依据；",
            "2.程序|《条例》|20个工作日内|应急管理局|■政府网站",
            "□政府公报|√|",
            "2|政策文件|标准|1.国家标准|《条例》|20个工作日内|应急管理局|■政府网站|√|",
        ];
        assert_eq!(
            mended(&lines)[1..],
            [
                "1|政策文件|法律法规|1.依据；/2.程序|《条例》|20个工作日内|应急管理局|■政府网站/□政府公报|√|",
                "2|政策文件|标准|1.国家标准|《条例》|20个工作日内|应急管理局|■政府网站|√|",
            ]
        );
    }

    #[test]
    fn short_rows_that_are_whole_stay_apart() {
        let lines = [
            "序号|一级事项|二级事项|公开内容（要素）|公开依据|公开时限|公开主体|公开渠道和载体|主动|依申请",
            "1|公共服务|开放信息|机构名称；开放时间|《条例》|20个工作日内|文化站|■政府网站|√|",
            "2|群众活动|活动时间；地点|√|",
            "3|讲座|服务指南||√",
        ];
        assert_eq!(mended(&lines), lines);
    }

    #[test]
    fn a_row_with_a_number_of_its_own_is_never_the_rest_of_another() {
        let lines = [
            "序号|一级事项|二级事项|公开内容（要素）|公开依据|公开时限|公开主体|公开渠道和载体|主动|依申请",
            "1|政策文件|法律法规|1.依据",
            "2|政策文件|标准|1.国家标准",
        ];
        assert_eq!(mended(&lines), lines);
    }

    #[test]
    fn a_broken_header_is_put_together() {
        let lines = [
            "序号|一级事项|二级事项|公开内容",
            "（要素）|公开依据|公开时限|公开主体|公开渠道",
            "1|甲|乙|丙|丁|戊|己|庚",
        ];
        assert_eq!(
            mended(&lines)[0],
            "序号|一级事项|二级事项|公开内容/（要素）|公开依据|公开时限|公开主体|公开渠道"
        );
    }
}
