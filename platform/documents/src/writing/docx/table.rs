//! Tables: cells that reach over columns and rows, and heading rows that repeat.

use super::text::{Look, Paragraph, Stand, run};
use super::xml::Node;

/// How a cell takes part in a run of rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Down {
    /// It stands for its own row.
    Alone,
    /// It begins a run.
    Begins,
    /// It is covered by the cell that began the run.
    Continues,
}

/// One cell.
pub(super) struct Cell<'a> {
    pub text: &'a str,
    /// How many columns it reaches over, at least one.
    pub span: usize,
    pub down: Down,
    pub center: bool,
    pub look: Look,
    pub shaded: bool,
}

/// A table with columns of these widths, in twentieths of a point.
pub(super) struct Table {
    widths: Vec<u32>,
    rows: Vec<Node>,
}

impl Table {
    /// Shares `total` among the columns in proportion.
    pub(super) fn new(total: u32, shares: &[f64]) -> Self {
        let sum: f64 = shares.iter().sum();
        let width = |share: &f64| (f64::from(total) * share / sum).round() as u32;
        Self { widths: shares.iter().map(width).collect(), rows: Vec::new() }
    }

    /// Adds a row; a heading row repeats on every page, and no row is broken over two.
    pub(super) fn row(&mut self, heading: bool, cells: &[Cell<'_>]) {
        let mut properties = Node::new("w:trPr").holding([Node::new("w:cantSplit")]);
        if heading {
            properties.push(Node::new("w:tblHeader"));
        }
        let mut row = Node::new("w:tr").holding([properties]);
        let mut at = 0;
        for cell in cells {
            let end = (at + cell.span.max(1)).min(self.widths.len());
            let width = self.widths.get(at..end).map_or(0, |taken| taken.iter().sum());
            row.push(cell_node(cell, width));
            at = end;
        }
        self.rows.push(row);
    }

    pub(super) fn node(self) -> Node {
        let sides = ["w:top", "w:left", "w:bottom", "w:right", "w:insideH", "w:insideV"];
        let rule = |side| {
            Node::val(side, "single").with("w:sz", 4).with("w:space", 0).with("w:color", "000000")
        };
        let margin = |side| Node::new(side).with("w:w", 60).with("w:type", "dxa");
        let total: u32 = self.widths.iter().sum();
        let properties = Node::new("w:tblPr").holding([
            Node::new("w:tblW").with("w:w", total).with("w:type", "dxa"),
            Node::val("w:jc", "center"),
            Node::new("w:tblBorders").holding(sides.map(rule)),
            Node::new("w:tblLayout").with("w:type", "fixed"),
            Node::new("w:tblCellMar").holding(["w:left", "w:right"].map(margin)),
        ]);
        let columns = self.widths.iter().map(|width| Node::new("w:gridCol").with("w:w", width));
        let grid = Node::new("w:tblGrid").holding(columns);
        Node::new("w:tbl").holding([properties, grid]).holding(self.rows)
    }
}

fn cell_node(cell: &Cell<'_>, width: u32) -> Node {
    let mut properties =
        Node::new("w:tcPr").holding([Node::new("w:tcW").with("w:w", width).with("w:type", "dxa")]);
    if cell.span > 1 {
        properties.push(Node::val("w:gridSpan", cell.span));
    }
    match cell.down {
        Down::Alone => {}
        Down::Begins => properties.push(Node::val("w:vMerge", "restart")),
        Down::Continues => properties.push(Node::new("w:vMerge")),
    }
    if cell.shaded {
        let shade = Node::val("w:shd", "clear").with("w:color", "auto").with("w:fill", "F1F1F1");
        properties.push(shade);
    }
    properties.push(Node::val("w:vAlign", "center"));
    let stand = if cell.center { Stand::Center } else { Stand::Left };
    let mut paragraph = Paragraph::new(stand);
    if cell.down != Down::Continues {
        paragraph = paragraph.add(run(cell.text, cell.look));
    }
    Node::new("w:tc").holding([properties, paragraph.node()])
}
