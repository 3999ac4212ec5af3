//! The three tables in many shapes, as rows of cells that span.

use reports_rules::{COLUMN_NAMES, RemedyCell, Row};

use super::model::Model;

/// A cell: its text, how many rows and columns it spans.
#[derive(Debug, Clone)]
pub struct Spanning {
    pub text: String,
    pub rows: usize,
    pub columns: usize,
}

/// A table; a text alone is a line between tables.
#[derive(Debug, Clone)]
pub enum Part {
    Table(Vec<Vec<Spanning>>),
    Line(&'static str),
}

/// How a number is written.
pub type Figure = fn(u64) -> String;

pub fn cell(text: impl Into<String>, rows: usize, columns: usize) -> Spanning {
    Spanning { text: text.into(), rows, columns }
}

pub fn one(text: impl Into<String>) -> Spanning {
    cell(text, 1, 1)
}

const STOCK: [&str; 3] = ["本年制发件数", "本年废止件数", "现行有效件数"];
const CONTENTS: [&str; 6] =
    ["规章", "行政规范性文件", "行政许可", "行政处罚", "行政强制", "行政事业性收费"];
const DECISIONS: &str = "本年处理决定数量";
const AMOUNT: &str = "本年收费金额（单位：万元）";

type Rows = Vec<Vec<Spanning>>;

/// The four blocks of table 2 one under the other.
fn blocks(model: &Model, figure: Figure) -> [Rows; 4] {
    let title = |item: &str| vec![cell(format!("第二十条第（{item}）项"), 1, 4)];
    let header = |name: &str| vec![one("信息内容"), cell(name, 1, 3)];
    let stock = |at: usize| {
        let cells = model.stock[at].map(|count| one(figure(count)));
        [vec![one(CONTENTS[at])], cells.to_vec()].concat()
    };
    let decided = |at: usize| vec![one(CONTENTS[at + 2]), cell(figure(model.decisions[at]), 1, 3)];
    let names = [vec![one("信息内容")], STOCK.map(one).to_vec()].concat();
    [
        vec![title("一"), names, stock(0), stock(1)],
        vec![title("五"), header(DECISIONS), decided(0)],
        vec![title("六"), header(DECISIONS), decided(1), decided(2)],
        vec![title("八"), header(AMOUNT), vec![one(CONTENTS[5]), cell(model.fees, 1, 3)]],
    ]
}

pub fn table2_standard(model: &Model, figure: Figure) -> Vec<Part> {
    vec![Part::Table(blocks(model, figure).concat())]
}

pub fn table2_in_four(model: &Model, figure: Figure) -> Vec<Part> {
    blocks(model, figure).map(Part::Table).to_vec()
}

/// Contents side by side under two rows of headers, one row of numbers.
pub fn table2_wide(model: &Model, figure: Figure) -> Vec<Part> {
    let mut contents = vec![cell(CONTENTS[0], 1, 3), cell(CONTENTS[1], 1, 3)];
    contents.extend(CONTENTS[2..].iter().map(|name| one(*name)));
    let measures = [&STOCK[..], &STOCK, &[DECISIONS; 3], &[AMOUNT]].concat();
    let counts = model.stock.concat().into_iter().chain(model.decisions).map(figure);
    let numbers = counts.chain([model.fees.to_owned()]).map(one).collect();
    vec![Part::Table(vec![contents, measures.into_iter().map(one).collect(), numbers])]
}

/// Measures down, contents across, strokes where there is no such cell.
pub fn table2_turned(model: &Model, figure: Figure) -> Vec<Part> {
    let mut rows = vec![[vec![one("项目")], CONTENTS.map(one).to_vec()].concat()];
    let line = |name: &str, cells: [Option<String>; 6]| {
        let cells = cells.map(|text| one(text.unwrap_or_else(|| "/".to_owned())));
        [vec![one(name)], cells.to_vec()].concat()
    };
    for (at, name) in STOCK.into_iter().enumerate() {
        let [rules, normative] = [0, 1].map(|of: usize| Some(figure(model.stock[of][at])));
        rows.push(line(name, [rules, normative, None, None, None, None]));
    }
    let [licences, penalties, coercion] = model.decisions.map(|count| Some(figure(count)));
    rows.push(line(DECISIONS, [None, None, licences, penalties, coercion, None]));
    rows.push(line(AMOUNT, [None, None, None, None, None, Some(model.fees.to_owned())]));
    vec![Part::Table(rows)]
}

/// A row for each number: block, content, measure, number.
pub fn table2_listed(model: &Model, figure: Figure) -> Vec<Part> {
    let mut rows = vec![vec![one("信息内容"), one("指标"), one("数量")]];
    for (content, stock) in CONTENTS.into_iter().zip(model.stock) {
        for (which, (name, count)) in STOCK.into_iter().zip(stock).enumerate() {
            let mut row = if which == 0 { vec![cell(content, 3, 1)] } else { vec![] };
            row.extend([one(name), one(figure(count))]);
            rows.push(row);
        }
    }
    for (content, count) in CONTENTS[2..].iter().zip(model.decisions) {
        rows.push(vec![one(*content), one(DECISIONS), one(figure(count))]);
    }
    rows.push(vec![one(CONTENTS[5]), one(AMOUNT), one(model.fees)]);
    vec![Part::Table(rows)]
}

const NOTE: &str = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）";

/// The header of table 3 with so many columns of labels.
fn header3(labels: usize) -> Rows {
    vec![
        vec![cell(NOTE, 3, labels), cell("申请人情况", 1, 7)],
        vec![cell("自然人", 2, 1), cell("法人或其他组织", 1, 5), cell("总计", 2, 1)],
        COLUMN_NAMES[1..6].iter().map(|name| one(*name)).collect(),
    ]
}

fn numbers3(model: &Model, row: Row, figure: Figure) -> Vec<Spanning> {
    model.requests[usize::from(row.number()) - 1].map(|count| one(figure(count))).to_vec()
}

/// How many rows from this one on have the same label at that depth, within the part.
fn span(row: Row, last: u8, of: fn(Row) -> &'static str) -> usize {
    Row::all()
        .filter(|other| (row.number()..=last).contains(&other.number()))
        .take_while(|other| of(*other) == of(row))
        .count()
}

fn group(row: Row) -> &'static str {
    row.labels().0
}

fn subgroup(row: Row) -> &'static str {
    row.labels().1
}

/// Rows of the form from one to another, with three columns of labels, merged.
fn merged3(model: &Model, from: u8, to: u8, figure: Figure) -> Rows {
    let rows = Row::all().filter(|row| (from..=to).contains(&row.number()));
    rows.map(|row| {
        let (own, below, leaf) = row.labels();
        let before =
            row.number().checked_sub(1).filter(|before| *before >= from).and_then(Row::new);
        let begins =
            |of: fn(Row) -> &'static str| before.is_none_or(|before| of(before) != of(row));
        let mut cells = Vec::new();
        if below.is_empty() {
            cells.push(cell(own, 1, 3));
        } else {
            if begins(group) {
                cells.push(cell(own, span(row, to, group), 1));
            }
            if leaf.is_empty() {
                cells.push(cell(below, 1, 2));
            } else {
                if begins(subgroup) {
                    cells.push(cell(below, span(row, to, subgroup), 1));
                }
                cells.push(one(leaf));
            }
        }
        cells.extend(numbers3(model, row, figure));
        cells
    })
    .collect()
}

pub fn table3_standard(model: &Model, figure: Figure) -> Vec<Part> {
    vec![Part::Table([header3(3), merged3(model, 1, 25, figure)].concat())]
}

pub fn table3_in_two(model: &Model, figure: Figure) -> Vec<Part> {
    let first = [header3(3), merged3(model, 1, 12, figure)].concat();
    let second = [header3(3), merged3(model, 13, 25, figure)].concat();
    vec![Part::Table(first), Part::Line("（续表）"), Part::Table(second)]
}

pub fn table3_goes_on_headless(model: &Model, figure: Figure) -> Vec<Part> {
    let first = [header3(3), merged3(model, 1, 15, figure)].concat();
    vec![Part::Table(first), Part::Table(merged3(model, 16, 25, figure))]
}

/// One column of labels; the groups are rows of their own without numbers.
pub fn table3_stepped(model: &Model, figure: Figure) -> Vec<Part> {
    let mut rows = vec![[vec![one("办理情况")], COLUMN_NAMES.map(one).to_vec()].concat()];
    let mut said = ("", "");
    for row in Row::all() {
        let (own, below, leaf) = row.labels();
        if own != said.0 && !below.is_empty() {
            rows.push(vec![cell(own, 1, 8)]);
        }
        if below != said.1 && !leaf.is_empty() {
            rows.push([vec![one(below)], vec![one(""); 7]].concat());
        }
        said = (own, below);
        rows.push([vec![one(row.label())], numbers3(model, row, figure)].concat());
    }
    vec![Part::Table(rows)]
}

/// One column of labels, each with its whole path, and a column that numbers the rows.
pub fn table3_numbered(model: &Model, figure: Figure) -> Vec<Part> {
    let heads = [vec![one("项目"), one("行次")], COLUMN_NAMES.map(one).to_vec()].concat();
    let mut rows = vec![heads];
    for row in Row::all() {
        let (own, below, leaf) = row.labels();
        let label = [own, below, leaf].concat();
        let labels = vec![one(label), one(row.number().to_string())];
        rows.push([labels, numbers3(model, row, figure)].concat());
    }
    vec![Part::Table(rows)]
}

/// Applicants down, results across.
pub fn table3_turned(model: &Model, figure: Figure) -> Vec<Part> {
    let rows = Row::all().map(|row| (row, row.labels()));
    let mut lines: Rows = vec![vec![cell(NOTE, 3, 1)], vec![], vec![]];
    let mut said = ("", "");
    for (row, (own, below, leaf)) in rows {
        if below.is_empty() {
            lines[0].push(cell(own, 3, 1));
        } else {
            if own != said.0 {
                lines[0].push(cell(own, 1, span(row, 25, group)));
            }
            if leaf.is_empty() {
                lines[1].push(cell(below, 2, 1));
            } else {
                if below != said.1 {
                    lines[1].push(cell(below, 1, span(row, 25, subgroup)));
                }
                lines[2].push(one(leaf));
            }
        }
        said = (own, below);
    }
    for (column, name) in COLUMN_NAMES.into_iter().enumerate() {
        let numbers = model.requests.iter().map(|row| one(figure(row[column])));
        lines.push([vec![one(name)], numbers.collect()].concat());
    }
    vec![Part::Table(lines)]
}

/// Natural persons in one table, organisations and the total in another.
pub fn table3_by_applicants(model: &Model, figure: Figure) -> Vec<Part> {
    let part = |columns: std::ops::Range<usize>| {
        let names = COLUMN_NAMES[columns.clone()].iter().map(|name| one(*name));
        let mut rows =
            vec![[one("一级"), one("二级"), one("三级")].into_iter().chain(names).collect()];
        for (row, cells) in Row::all().zip(merged3(model, 1, 25, figure)) {
            let labels = cells.len() - 7;
            let numbers = columns.clone().map(|column| cells[labels + column].clone());
            rows.push(cells[..labels].iter().cloned().chain(numbers).collect());
            assert!(row.number() > 0);
        }
        Part::Table(rows)
    };
    vec![part(0..3), part(3..7)]
}

const GROUPS: [&str; 3] = ["行政复议", "未经复议直接起诉", "复议后起诉"];

fn outcomes() -> Vec<Spanning> {
    RemedyCell::ALL.map(|cell| one(cell.name())).to_vec()
}

fn numbers4(model: &Model, group: usize, figure: Figure) -> Vec<Spanning> {
    model.remedies[group].map(|count| one(figure(count))).to_vec()
}

pub fn table4_standard(model: &Model, figure: Figure) -> Vec<Part> {
    let first = vec![cell(GROUPS[0], 1, 5), cell("行政诉讼", 1, 10)];
    let tall = RemedyCell::ALL.map(|place| cell(place.name(), 2, 1)).to_vec();
    let second = [tall, vec![cell(GROUPS[1], 1, 5), cell(GROUPS[2], 1, 5)]].concat();
    let third = [outcomes(), outcomes()].concat();
    let numbers = (0..3).flat_map(|group| numbers4(model, group, figure)).collect();
    vec![Part::Table(vec![first, second, third, numbers])]
}

pub fn table4_in_rows(model: &Model, figure: Figure) -> Vec<Part> {
    let head = [vec![cell("类别", 1, 2)], outcomes()].concat();
    let review = [vec![cell(GROUPS[0], 1, 2)], numbers4(model, 0, figure)].concat();
    let direct =
        [vec![cell("行政诉讼", 2, 1), one(GROUPS[1])], numbers4(model, 1, figure)].concat();
    let after = [vec![one(GROUPS[2])], numbers4(model, 2, figure)].concat();
    vec![Part::Table(vec![head, review, direct, after])]
}

pub fn table4_turned(model: &Model, figure: Figure) -> Vec<Part> {
    let names = ["行政复议", "行政诉讼（未经复议直接起诉）", "行政诉讼（复议后起诉）"];
    let mut rows = vec![[vec![one("结果")], names.map(one).to_vec()].concat()];
    for (at, place) in RemedyCell::ALL.into_iter().enumerate() {
        let numbers = (0..3).map(|group| one(figure(model.remedies[group][at])));
        rows.push([vec![one(place.name())], numbers.collect()].concat());
    }
    vec![Part::Table(rows)]
}

/// A row for each number.
pub fn table4_listed(model: &Model, figure: Figure) -> Vec<Part> {
    let mut rows = vec![vec![one("类别"), one("结果"), one("件数")]];
    for (group, name) in GROUPS.into_iter().enumerate() {
        for (at, place) in RemedyCell::ALL.into_iter().enumerate() {
            let mut row = if at == 0 { vec![cell(name, 5, 1)] } else { vec![] };
            row.extend([one(place.name()), one(figure(model.remedies[group][at]))]);
            rows.push(row);
        }
    }
    vec![Part::Table(rows)]
}

/// A table for each group, its name in the line before.
pub fn table4_apart(model: &Model, figure: Figure) -> Vec<Part> {
    let lines =
        ["（一）行政复议", "（二）行政诉讼：未经复议直接起诉", "（三）行政诉讼：复议后起诉"];
    let part = |(group, line)| {
        [Part::Line(line), Part::Table(vec![outcomes(), numbers4(model, group, figure)])]
    };
    lines.into_iter().enumerate().flat_map(part).collect()
}

/// A table for each group, its name in a cell over all columns.
pub fn table4_bannered(model: &Model, figure: Figure) -> Vec<Part> {
    let part = |(group, name): (usize, &str)| {
        Part::Table(vec![vec![cell(name, 1, 5)], outcomes(), numbers4(model, group, figure)])
    };
    GROUPS.into_iter().enumerate().map(part).collect()
}

/// One row of headers that name group and outcome together.
pub fn table4_flat(model: &Model, figure: Figure) -> Vec<Part> {
    let names = ["行政复议", "未经复议直接起诉", "复议后起诉"];
    let heads = names.into_iter().flat_map(|group| {
        RemedyCell::ALL.map(move |place| one(format!("{group}—{}", place.name())))
    });
    let numbers = (0..3).flat_map(|group| numbers4(model, group, figure)).collect();
    vec![Part::Table(vec![heads.collect(), numbers])]
}
