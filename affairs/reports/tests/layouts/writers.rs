//! Pages and workbooks around the tables.

use rust_xlsxwriter::{Format, Workbook, Worksheet};

use super::model::Model;
use super::tables::{Figure, Part, Spanning};

/// The tables of a report in one shape.
pub type Tables = fn(&Model, Figure) -> Vec<Part>;

/// How a page is put together.
#[derive(Clone, Copy)]
pub struct Page {
    /// A heading from its numeral and its words.
    pub heading: fn(&str, &str) -> String,
    /// What stands in a cell.
    pub cell: fn(&str) -> String,
    /// What stands around title and text.
    pub around: fn(&str, &str) -> String,
    pub tag: &'static str,
}

pub const TITLES: [(&str, &str); 6] = [
    ("一", "总体情况"),
    ("二", "主动公开政府信息情况"),
    ("三", "收到和处理政府信息公开申请情况"),
    ("四", "政府信息公开行政复议、行政诉讼情况"),
    ("五", "存在的主要问题及改进情况"),
    ("六", "其他需要报告的事项"),
];

pub fn title(model: &Model) -> String {
    format!("{}{}年政府信息公开工作年度报告", model.unit, model.year)
}

/// The prose of a section.
fn prose(model: &Model, section: usize) -> Vec<String> {
    let total = |row: usize| model.requests[row][6];
    match section {
        0 => vec![
            format!("（一）主动公开。{}年发布各类信息2125条。", model.year),
            format!(
                "（二）依申请公开。共收到政府信息公开申请{}件，上年结转{}件；全年办结{}件，结转下年度继续办理{}件。",
                total(0),
                total(1),
                total(23),
                total(24)
            ),
        ],
        4 => vec!["存在的主要问题：一是公开属性判断不够准确。改进情况：分级培训。".to_owned()],
        5 => vec![format!("{}年度收取信息处理费0元。", model.year)],
        _ => vec![],
    }
}

pub fn introduction(model: &Model) -> String {
    format!("本报告依据条例编制，所列数据统计期限为{0}年1月1日至{0}年12月31日。", model.year)
}

fn table(rows: &[Vec<Spanning>], page: &Page) -> String {
    let mut out = String::from("<table border=1><tbody>");
    for row in rows {
        out += "<tr>";
        for cell in row {
            let (tag, inner) = (page.tag, (page.cell)(&cell.text));
            out += &format!(
                "<{tag} rowspan=\"{}\" colspan='{}'>{inner}</{tag}>",
                cell.rows, cell.columns
            );
        }
        out += "</tr>\n";
    }
    out + "</tbody></table>"
}

/// The whole page.
pub fn page(model: &Model, page: &Page, tables: [Tables; 3], figure: Figure) -> String {
    let mut body = format!("<p>{}</p>", introduction(model));
    for (at, (numeral, words)) in TITLES.into_iter().enumerate() {
        body += &(page.heading)(numeral, words);
        for paragraph in prose(model, at) {
            body += &format!("<p>\u{3000}\u{3000}{paragraph}</p>\n");
        }
        if (1..=3).contains(&at) {
            for part in tables[at - 1](model, figure) {
                body += &match part {
                    Part::Table(rows) => table(&rows, page),
                    Part::Line(line) => format!("<p>{line}</p>"),
                };
            }
        }
    }
    (page.around)(&title(model), &body)
}

/// How a workbook is put together.
#[derive(Debug, Clone, Copy)]
pub struct Book {
    /// A sheet for each section, not one for all.
    pub sheets: bool,
    /// Cells are merged, not merely left empty.
    pub merged: bool,
    /// Numbers are kept as text.
    pub text: bool,
    /// Rows and columns left free before the tables.
    pub margin: u16,
}

struct Pen<'book> {
    sheet: &'book mut Worksheet,
    row: u32,
    book: Book,
}

impl Pen<'_> {
    fn line(&mut self, text: &str) {
        let column = self.book.margin;
        if self.book.merged {
            let to = column + 9;
            self.sheet
                .merge_range(self.row, column, self.row, to, text, &Format::new())
                .expect("a line");
        } else {
            self.sheet.write_string(self.row, column, text).expect("a line");
        }
        self.row += 1;
    }

    fn table(&mut self, rows: &[Vec<Spanning>]) {
        let mut taken: Vec<u32> = Vec::new();
        for cells in rows {
            let mut at = 0;
            for cell in cells {
                while taken.get(at).is_some_and(|until| *until > self.row) {
                    at += 1;
                }
                let width = at + cell.columns;
                if taken.len() < width {
                    taken.resize(width, 0);
                }
                let height = u32::try_from(cell.rows).expect("a small table");
                taken[at..width].fill(self.row + height);
                self.cell(cell, u16::try_from(at).expect("a small table") + self.book.margin);
                at = width;
            }
            self.row += 1;
        }
        self.row += 1;
    }

    fn cell(&mut self, cell: &Spanning, column: u16) {
        let (rows, columns) = (cell.rows - 1, cell.columns - 1);
        let last = self.row + u32::try_from(rows).expect("a small table");
        let right = column + u16::try_from(columns).expect("a small table");
        if self.book.merged && rows + columns > 0 {
            let format = Format::new();
            self.sheet
                .merge_range(self.row, column, last, right, "", &format)
                .expect("free places");
        }
        match cell.text.parse::<f64>() {
            Ok(number) if !self.book.text => self.sheet.write_number(self.row, column, number),
            _ => self.sheet.write_string(self.row, column, &cell.text),
        }
        .expect("a cell");
    }
}

/// The whole workbook.
pub fn book(model: &Model, book: Book, tables: [Tables; 3], figure: Figure) -> Vec<u8> {
    let mut file = Workbook::new();
    let mut sheet = Worksheet::new();
    sheet.set_name("年度报告").expect("a name");
    let mut row = u32::from(book.margin);
    for (at, (numeral, words)) in TITLES.into_iter().enumerate() {
        if book.sheets && at > 0 {
            file.push_worksheet(std::mem::take(&mut sheet));
            sheet.set_name(format!("{}{}", at + 1, &words[..12])).expect("a name");
            row = u32::from(book.margin);
        }
        let mut pen = Pen { sheet: &mut sheet, row, book };
        if at == 0 || book.sheets {
            pen.line(&title(model));
        }
        if at == 0 {
            pen.line(&introduction(model));
        }
        pen.line(&format!("{numeral}、{words}"));
        prose(model, at).iter().for_each(|text| pen.line(text));
        if (1..=3).contains(&at) {
            for part in tables[at - 1](model, figure) {
                match part {
                    Part::Table(rows) => pen.table(&rows),
                    Part::Line(line) => pen.line(line),
                }
            }
        }
        row = pen.row;
    }
    file.push_worksheet(sheet);
    file.save_to_buffer().expect("a workbook")
}
