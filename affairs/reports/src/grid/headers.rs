//! Which headings speak for which cell: by their ids, so that a reader who hears the table hears them too where
//! headings reach over several columns and rows (WCAG technique H43).

use super::{Grid, Head};

/// The ids of a grid's headings, and which of them each cell names.
pub(super) struct Headers {
    /// Tells this grid's ids from those of others on the page.
    mark: String,
    /// Of each cell of each row.
    cells: Vec<Vec<String>>,
}

/// Which headings reach into a column, while the rows are gone through.
#[derive(Clone, Default)]
struct Column {
    ids: Vec<String>,
    /// So many more rows belong to the last of them.
    taken: usize,
}

impl Headers {
    /// The id of a heading above the columns.
    pub(super) fn above(&self, row: usize, at: usize) -> String {
        above(&self.mark, row, at)
    }

    /// The id of a heading beside a row.
    pub(super) fn beside(&self, row: usize, at: usize) -> String {
        beside(&self.mark, row, at)
    }

    /// What a cell names.
    pub(super) fn of_cell(&self, row: usize, at: usize) -> &str {
        self.cells.get(row).and_then(|cells| cells.get(at)).map_or("", String::as_str)
    }
}

impl Grid {
    /// The ids of its headings and what its cells name.
    pub(super) fn headers(&self) -> Headers {
        let mark = mark(&self.caption);
        let width = self.heads.first().map_or(0, |row| row.iter().map(|head| head.across).sum());
        let mut columns = vec![Column::default(); width];
        for (row, heads) in self.heads.iter().enumerate() {
            lay(&mut columns, heads, |at| above(&mark, row, at));
            pass(&mut columns);
        }
        let mut sides = vec![Column::default(); width];
        let mut cells = Vec::with_capacity(self.rows.len());
        for (at, row) in self.rows.iter().enumerate() {
            for side in sides.iter_mut().filter(|side| side.taken == 0) {
                side.ids.clear();
            }
            lay(&mut sides, &row.heads, |head| beside(&mark, at, head));
            let mut beside: Vec<&String> = sides.iter().flat_map(|side| &side.ids).collect();
            beside.dedup();
            let free = sides.iter().zip(&columns).filter(|(side, _)| side.taken == 0);
            let named = free.map(|(_, column)| {
                let ids = column.ids.iter().chain(beside.iter().copied());
                ids.map(String::as_str).collect::<Vec<_>>().join(" ")
            });
            cells.push(named.collect());
            pass(&mut sides);
        }
        Headers { mark, cells }
    }
}

/// Lays a row's headings into the columns that no heading of an earlier row still takes.
fn lay(columns: &mut [Column], heads: &[Head], id: impl Fn(usize) -> String) {
    let mut at = 0;
    for (number, head) in heads.iter().enumerate() {
        while columns.get(at).is_some_and(|column| column.taken > 0) {
            at += 1;
        }
        for column in columns.iter_mut().skip(at).take(head.across) {
            column.ids.push(id(number));
            column.taken = head.down;
        }
        at += head.across;
    }
}

/// One row is done.
fn pass(columns: &mut [Column]) {
    for column in columns {
        column.taken = column.taken.saturating_sub(1);
    }
}

fn above(mark: &str, row: usize, at: usize) -> String {
    format!("{mark}-a{row}-{at}")
}

fn beside(mark: &str, row: usize, at: usize) -> String {
    format!("{mark}-b{row}-{at}")
}

/// A short word for a caption: the captions of one page differ.
fn mark(caption: &str) -> String {
    let sum = caption
        .bytes()
        .fold(0xcbf2_9ce4_u32, |sum, byte| (sum ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    format!("g{sum:x}")
}

#[cfg(test)]
mod tests {
    use reports_rules::Section;

    use super::super::{Datum, of};
    use crate::reading::Form;

    /// The words of the headings a cell names.
    fn words(grid: &super::Grid, row: usize, at: usize) -> Vec<String> {
        let ids = grid.headers();
        let mut all = Vec::new();
        for (number, heads) in grid.heads.iter().enumerate() {
            let named = heads.iter().enumerate();
            all.extend(named.map(|(at, head)| (ids.above(number, at), head.words.clone())));
        }
        for (number, row) in grid.rows.iter().enumerate() {
            let named = row.heads.iter().enumerate();
            all.extend(named.map(|(at, head)| (ids.beside(number, at), head.words.clone())));
        }
        let word = |id: &str| all.iter().find(|(one, _)| one == id).map(|(_, words)| words.clone());
        ids.of_cell(row, at).split(' ').map(|id| word(id).expect("a heading of the grid")).collect()
    }

    #[test]
    fn a_cell_of_table_3_names_who_asked_and_what_became_of_it() {
        let grids = of(Section::Requests, Form::Of2021, &mut |_| Datum::default());
        let grid = &grids[0];
        assert_eq!(words(grid, 0, 0)[..2], ["申请人情况", "自然人"]);
        assert_eq!(words(grid, 0, 1)[..3], ["申请人情况", "法人或其他组织", "商业企业"]);
        let last = grid.rows.len() - 1;
        assert_eq!(words(grid, last, 6).last().map(String::as_str), Some("四、结转下年度继续办理"));
        // The fifth row stands under a group and a subgroup that began above it.
        let deep = words(grid, 6, 6);
        assert_eq!(deep.len(), 5, "two above, three beside: {deep:?}");
    }

    #[test]
    fn a_cell_of_table_4_names_all_three_levels_above_it() {
        let grids = of(Section::Remedies, Form::Of2021, &mut |_| Datum::default());
        assert_eq!(words(&grids[0], 0, 14), ["行政诉讼", "复议后起诉", "总计"]);
        assert_eq!(words(&grids[0], 0, 0), ["行政复议", "结果维持"]);
    }
}
