//! The tables of the report as grids: headings that reach over several columns or rows, labels, and cells
//! that show a number, lead to what is behind it, or take one in. One way to draw them for the portal, the
//! workbench and the page that is saved.

mod headers;

use askama::{Template, filters::HtmlSafe};
use reports_rules::{
    COLUMN_NAMES, COLUMNS, Cell, CellPlace, RemedyCell, RemedyGroup, Row, Section, TABLE2_ROWS,
    Table2Cell, Tables,
};

use crate::reading::Form;

/// A heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// Its words.
    pub words: String,
    /// Columns it reaches over.
    pub across: usize,
    /// Rows it reaches over.
    pub down: usize,
    /// `col`, `colgroup`, `row`, `rowgroup`.
    pub scope: &'static str,
}

/// What stands in a cell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Datum {
    /// The number.
    pub text: String,
    /// Where it leads, a full path.
    pub href: Option<String>,
    /// The name of the field in which it is written.
    pub field: Option<String>,
    /// What the field is called for screen readers.
    pub label: String,
    /// A mark beside it: its class and its words.
    pub mark: Option<(&'static str, &'static str)>,
    /// What is wrong with it.
    pub wrong: bool,
}

/// A row below the headings.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GridRow {
    /// Its labels.
    pub heads: Vec<Head>,
    /// Its cells.
    pub cells: Vec<Datum>,
}

/// A table.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "grid.html")]
pub struct Grid {
    /// What it is.
    pub caption: String,
    /// The rows of headings.
    pub heads: Vec<Vec<Head>>,
    /// The rows.
    pub rows: Vec<GridRow>,
}

impl HtmlSafe for Grid {}

/// So many columns fit beside each other on any screen: a decision of ours.
const FIT: usize = 6;

impl Grid {
    /// Whether it has more columns than fit; it is then moved sideways in its own frame, and that is said.
    fn is_wide(&self) -> bool {
        let columns = |heads: &Vec<Head>| heads.iter().map(|head| head.across).sum::<usize>();
        self.heads.first().is_some_and(|heads| columns(heads) > FIT)
    }
}

impl Head {
    /// A heading over one column.
    pub fn col(words: &str) -> Self {
        Self { words: words.to_owned(), across: 1, down: 1, scope: "col" }
    }

    /// A heading over several columns.
    pub fn over(words: &str, across: usize) -> Self {
        Self { words: words.to_owned(), across, down: 1, scope: "colgroup" }
    }

    /// The label of a row.
    pub fn row(words: &str) -> Self {
        Self { words: words.to_owned(), across: 1, down: 1, scope: "row" }
    }

    /// It reaches over so many columns and rows.
    pub fn spanning(self, across: usize, down: usize) -> Self {
        let scope = match (self.scope, down > 1) {
            ("row", true) => "rowgroup",
            (scope, _) => scope,
        };
        Self { across, down, scope, ..self }
    }
}

impl Datum {
    /// A number and nothing else.
    pub fn text(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }
}

/// A cell as it is read: 0 where it is empty, a stroke where the form of the year has no such cell.
pub fn shown(cell: &Cell) -> String {
    match cell {
        Cell::Blank => "0".to_owned(),
        Cell::Absent => "—".to_owned(),
        cell => cell.to_string(),
    }
}

/// The grids of a section's tables in the form of 2021 or 2019; `draw` says what stands in each cell. Table 2 is
/// a grid for each block of the form.
pub fn of(section: Section, form: Form, draw: &mut dyn FnMut(CellPlace) -> Datum) -> Vec<Grid> {
    match section {
        Section::Proactive => table2(form, draw),
        Section::Requests => vec![table3(form, draw)],
        Section::Remedies => vec![table4(draw)],
        _ => vec![],
    }
}

/// The grids of a section as they are read; none where the report has not that table.
pub fn read(section: Section, form: Form, tables: &Tables) -> Vec<Grid> {
    if is_missing(section, tables) {
        return vec![];
    }
    of(section, form, &mut |place| Datum::text(shown(tables.cell(place))))
}

/// Whether a report was published without the table of a section.
pub fn is_missing(section: Section, tables: &Tables) -> bool {
    CellPlace::of(section).all(|place| *tables.cell(place) == Cell::Absent)
}

/// A row of table 2 in a form: its block, its content, and its cells with their headings.
pub type Table2Line = (&'static str, &'static str, Vec<(&'static str, Table2Cell)>);

/// The rows of table 2 in a form.
pub fn table2_rows(form: Form) -> Vec<Table2Line> {
    let cells = |content: &str| -> Vec<(&'static str, Table2Cell)> {
        let own = Table2Cell::ALL.into_iter().filter(|cell| cell.labels().0 == content);
        let heading = |cell: Table2Cell| match (form, cell) {
            (Form::Of2021, cell) => Some((cell.labels().1, cell)),
            (Form::Of2019, Table2Cell::RulesIssued | Table2Cell::NormativeIssued) => {
                Some(("本年新制作数量", cell))
            }
            (Form::Of2019, Table2Cell::Licences | Table2Cell::Penalties | Table2Cell::Coercion) => {
                Some(("处理决定数量", cell))
            }
            (Form::Of2019, _) => None,
        };
        own.filter_map(heading).collect()
    };
    let rows = TABLE2_ROWS.iter().map(|row| (row.block, row.content, cells(row.content)));
    rows.filter(|(.., cells)| !cells.is_empty()).collect()
}

fn table2(form: Form, draw: &mut dyn FnMut(CellPlace) -> Datum) -> Vec<Grid> {
    let mut grids: Vec<Grid> = Vec::new();
    for (block, content, cells) in table2_rows(form) {
        let line = GridRow {
            heads: vec![Head::row(content)],
            cells: cells.iter().map(|(_, cell)| draw(CellPlace::Table2(*cell))).collect(),
        };
        match grids.last_mut().filter(|grid| grid.caption == block) {
            Some(grid) => grid.rows.push(line),
            None => {
                let columns = cells.iter().map(|(words, _)| Head::col(words));
                let heads = vec![
                    vec![Head::over(block, cells.len() + 1)],
                    std::iter::once(Head::col("信息内容")).chain(columns).collect(),
                ];
                grids.push(Grid { caption: block.to_owned(), heads, rows: vec![line] });
            }
        }
    }
    grids
}

/// The rows of table 3 in a form with their labels: in that of 2019 （六）其他处理 is one row.
pub fn table3_rows(form: Form) -> Vec<(Row, [&'static str; 3])> {
    let row = |row: Row| {
        let (group, subgroup, own) = row.labels();
        match (form, row.number()) {
            (Form::Of2019, 21 | 22) => None,
            (Form::Of2019, 23) => Some((row, [group, subgroup, ""])),
            _ => Some((row, [group, subgroup, own])),
        }
    };
    Row::all().filter_map(row).collect()
}

/// The note that stands in the corner of the form.
const CORNER: &str = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）";

fn table3(form: Form, draw: &mut dyn FnMut(CellPlace) -> Datum) -> Grid {
    let heads = vec![
        vec![Head::col(CORNER).spanning(3, 3), Head::over("申请人情况", COLUMNS)],
        vec![
            Head::col(COLUMN_NAMES[0]).spanning(1, 2),
            Head::over("法人或其他组织", COLUMNS - 2),
            Head::col(COLUMN_NAMES[COLUMNS - 1]).spanning(1, 2),
        ],
        COLUMN_NAMES[1..COLUMNS - 1].iter().map(|words| Head::col(words)).collect(),
    ];
    let all = table3_rows(form);
    let rows = all.iter().enumerate().map(|(at, (row, _))| GridRow {
        heads: labels(&all, at),
        cells: (0..COLUMNS).map(|column| draw(CellPlace::Table3(*row, column))).collect(),
    });
    Grid {
        caption: "收到和处理政府信息公开申请情况".to_owned(), heads, rows: rows.collect()
    }
}

/// The labels that begin at a row: its group, its subgroup, itself.
fn labels(rows: &[(Row, [&'static str; 3])], at: usize) -> Vec<Head> {
    let Some((_, [group, subgroup, own])) = rows.get(at) else { return vec![] };
    // How many rows bear the same labels, where this is the first of them.
    let begins = |depth: usize| {
        let same = |(_, labels): &&(Row, [&'static str; 3])| labels[..depth] == rows[at].1[..depth];
        let first = at == 0 || !same(&&rows[at - 1]);
        first.then(|| rows[at..].iter().take_while(same).count())
    };
    if subgroup.is_empty() {
        return vec![Head::row(group).spanning(3, 1)];
    }
    let mut heads = Vec::new();
    heads.extend(begins(1).map(|down| Head::row(group).spanning(1, down)));
    if own.is_empty() {
        heads.push(Head::row(subgroup).spanning(2, 1));
        return heads;
    }
    heads.extend(begins(2).map(|down| Head::row(subgroup).spanning(1, down)));
    heads.push(Head::row(own));
    heads
}

fn table4(draw: &mut dyn FnMut(CellPlace) -> Datum) -> Grid {
    let cells = RemedyCell::ALL.len();
    let names = || RemedyCell::ALL.iter().map(|cell| Head::col(cell.name()));
    let heads = vec![
        vec![Head::over("行政复议", cells).spanning(cells, 2), Head::over("行政诉讼", 2 * cells)],
        vec![Head::over("未经复议直接起诉", cells), Head::over("复议后起诉", cells)],
        RemedyGroup::ALL.iter().flat_map(|_| names()).collect(),
    ];
    let places = RemedyGroup::ALL
        .into_iter()
        .flat_map(|group| RemedyCell::ALL.map(|cell| CellPlace::Table4(group, cell)));
    let row = GridRow { heads: vec![], cells: places.map(&mut *draw).collect() };
    Grid {
        caption: "政府信息公开行政复议、行政诉讼情况".to_owned(), heads, rows: vec![row]
    }
}

/// A section's tables as lines of text, for what is signed.
pub fn as_lines(section: Section, tables: &Tables) -> String {
    let line = |place: CellPlace| format!("{}：{}", place.words(), shown(tables.cell(place)));
    CellPlace::of(section).map(line).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn width(heads: &[Head]) -> usize {
        heads.iter().map(|head| head.across).sum()
    }

    #[test]
    fn every_row_of_every_grid_is_as_wide_as_its_headings() {
        for section in [Section::Proactive, Section::Requests, Section::Remedies] {
            let mut seen = 0;
            for grid in of(section, Form::Of2021, &mut |_| {
                seen += 1;
                Datum::default()
            }) {
                let whole = width(&grid.heads[0]);
                // What reaches down from rows above is not repeated below.
                let mut down = vec![0_usize; whole];
                for row in &grid.rows {
                    let mut free = down.iter().filter(|rows| **rows == 0).count();
                    let heads = width(&row.heads);
                    free -= heads + row.cells.len();
                    assert_eq!(free, 0, "{section:?}: {row:?}");
                    for rows in &mut down {
                        *rows = rows.saturating_sub(1);
                    }
                    let mut at = 0;
                    for head in &row.heads {
                        while head.down > 1 && down[at] > 0 {
                            at += 1;
                        }
                        if head.down > 1 {
                            down[at] = head.down - 1;
                        }
                        at += head.across;
                    }
                }
            }
            assert_eq!(seen, CellPlace::of(section).count());
        }
    }

    #[test]
    fn what_is_signed_names_every_cell() {
        let text = as_lines(Section::Requests, &Tables::default());
        assert_eq!(text.lines().count(), 175);
        assert!(text.starts_with("一、本年新收政府信息公开申请数量：自然人：0"), "{text}");
    }
}
