//! The same parts as the editor has them: a tree of nodes in JSON. The editor's schema and this file
//! say the same; a node or mark that is not here is refused, wherever it comes from.

use serde_json::{Map, Value, json};

use records_rules::{Block, Cell, Item, Placed, Run, link_address};

/// What is not in the schema.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("正文里有编辑器不认得的内容（{0}）")]
pub struct NotInSchema(pub String);

/// How far an item may be set in at most.
const DEEPEST: u8 = 2;

/// How many columns a table may have; a decision of ours, many more than a page shows.
const MOST_COLUMNS: usize = 100;

/// More rows than a person reads; a decision of ours.
const MOST_ROWS: usize = 5_000;

/// The editor's document as parts.
///
/// # Errors
/// It has a node, a mark or an attribute that is not in the schema.
pub fn parts_of(document: &Value) -> Result<Vec<Block>, NotInSchema> {
    if kind(document)? != "doc" {
        return Err(NotInSchema("不是文档".into()));
    }
    let mut blocks = Vec::new();
    for node in content(document) {
        blocks.push(block(node)?);
    }
    blocks.retain(|block| !block.says_nothing());
    Ok(blocks)
}

/// Parts as the editor's document.
pub fn document_of(blocks: &[Block]) -> Value {
    let mut nodes: Vec<Value> = blocks.iter().map(node).collect();
    if nodes.is_empty() {
        nodes.push(json!({ "type": "paragraph" }));
    }
    json!({ "type": "doc", "content": nodes })
}

fn kind(node: &Value) -> Result<&str, NotInSchema> {
    node.get("type").and_then(Value::as_str).ok_or_else(|| NotInSchema("没有类型".into()))
}

fn content(node: &Value) -> &[Value] {
    node.get("content").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

fn attribute<'a>(node: &'a Value, name: &str) -> Option<&'a Value> {
    node.get("attrs")?.get(name)
}

fn number(node: &Value, name: &str) -> usize {
    let found = attribute(node, name).and_then(Value::as_u64).unwrap_or(1);
    usize::try_from(found).unwrap_or(1)
}

fn word(node: &Value, name: &str) -> String {
    let found = attribute(node, name).and_then(Value::as_str).unwrap_or_default();
    found.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn block(node: &Value) -> Result<Block, NotInSchema> {
    match kind(node)? {
        "heading" => {
            let level = u8::try_from(number(node, "level").clamp(2, 4)).unwrap_or(2);
            let text: String = runs(node)?.into_iter().map(|run| run.text).collect();
            Ok(Block::Heading { level, text: text.trim().to_owned() })
        }
        "paragraph" => Ok(Block::Paragraph { text: marked(node)? }),
        "list" => {
            let ordered = attribute(node, "ordered").and_then(Value::as_bool).unwrap_or(false);
            let mut items = content(node).iter().map(item).collect::<Result<Vec<_>, _>>()?;
            items.retain(|item| !item.says_nothing());
            Ok(Block::List { ordered, items })
        }
        "table" => table(node),
        "figure" => Ok(Block::Image { alt: word(node, "alt"), file: word(node, "file") }),
        other => Err(NotInSchema(other.chars().take(30).collect())),
    }
}

fn item(node: &Value) -> Result<Item, NotInSchema> {
    if kind(node)? != "item" {
        return Err(NotInSchema("列表里不是条目".into()));
    }
    let depth = attribute(node, "depth").and_then(Value::as_u64).unwrap_or(0);
    let depth = u8::try_from(depth).unwrap_or(DEEPEST).min(DEEPEST);
    Ok(Item { depth, text: marked(node)? })
}

fn marked(node: &Value) -> Result<String, NotInSchema> {
    Ok(Run::write(&Run::trimmed(runs(node)?)))
}

fn runs(node: &Value) -> Result<Vec<Run>, NotInSchema> {
    let mut runs: Vec<Run> = Vec::new();
    for node in content(node) {
        if kind(node)? != "text" {
            return Err(NotInSchema(kind(node)?.chars().take(30).collect()));
        }
        let text = node.get("text").and_then(Value::as_str).unwrap_or_default();
        let mut run = Run::plain(text.replace(['\n', '\r', '\t'], " "));
        let marks = node.get("marks").and_then(Value::as_array);
        for mark in marks.into_iter().flatten() {
            match kind(mark)? {
                "strong" => run.bold = true,
                "link" => {
                    let href = attribute(mark, "href").and_then(Value::as_str).unwrap_or_default();
                    run.link = link_address(href).map(str::to_owned);
                }
                other => return Err(NotInSchema(other.chars().take(30).collect())),
            }
        }
        match runs.last_mut() {
            Some(last) if last.bold == run.bold && last.link == run.link => last.text += &run.text,
            _ => runs.push(run),
        }
    }
    Ok(runs)
}

/// A table out of cells that cover several places.
fn table(node: &Value) -> Result<Block, NotInSchema> {
    let rows = content(node);
    if rows.len() > MOST_ROWS {
        return Err(NotInSchema(format!("表格超过{MOST_ROWS}行")));
    }
    let mut grid: Vec<Vec<Option<Cell>>> = vec![vec![]; rows.len()];
    let (mut heads, mut width) = (0, 0);
    for (at, row) in rows.iter().enumerate() {
        if kind(row)? != "table_row" {
            return Err(NotInSchema("表格里不是行".into()));
        }
        let mut column = 0;
        let mut all_heads = true;
        for cell in content(row) {
            all_heads &= match kind(cell)? {
                "table_header" => true,
                "table_cell" => false,
                other => return Err(NotInSchema(other.chars().take(30).collect())),
            };
            while grid[at].get(column).is_some_and(Option::is_some) {
                column += 1;
            }
            let columns = number(cell, "colspan").clamp(1, MOST_COLUMNS);
            let down = number(cell, "rowspan").clamp(1, rows.len() - at);
            if column + columns > MOST_COLUMNS {
                return Err(NotInSchema(format!("表格超过{MOST_COLUMNS}列")));
            }
            place(&mut grid, (at, column), (down, columns), lines(cell)?);
            width = width.max(column + columns);
        }
        if all_heads && heads == at {
            heads += 1;
        }
    }
    let empty = || Cell::Text(String::new());
    let full = |row: Vec<Option<Cell>>| {
        let mut row: Vec<Cell> = row.into_iter().map(|cell| cell.unwrap_or_else(empty)).collect();
        row.resize_with(width, empty);
        row
    };
    let rows: Vec<Vec<Cell>> = grid.into_iter().map(full).collect();
    let heads = heads.clamp(1, rows.len().max(1));
    Ok(Block::Table { heads, rows: Cell::settled(rows) })
}

/// Lays a cell into the grid from a place on: so many rows down, so many columns wide.
fn place(grid: &mut [Vec<Option<Cell>>], from: (usize, usize), size: (usize, usize), text: String) {
    for (down, row) in grid.iter_mut().skip(from.0).take(size.0).enumerate() {
        if row.len() < from.1 + size.1 {
            row.resize(from.1 + size.1, None);
        }
        for right in 0..size.1 {
            row[from.1 + right] = Some(match (down, right) {
                (0, 0) => Cell::Text(text.clone()),
                (_, 0) => Cell::Above,
                _ => Cell::Left,
            });
        }
    }
}

fn lines(cell: &Value) -> Result<String, NotInSchema> {
    let mut lines = Vec::new();
    for node in content(cell) {
        if kind(node)? != "paragraph" {
            return Err(NotInSchema("单元格里不是文字".into()));
        }
        lines.push(marked(node)?);
    }
    Ok(lines.join("\n").trim().to_owned())
}

fn node(block: &Block) -> Value {
    match block {
        Block::Heading { level, text } => {
            typed("heading", json!({ "level": level }), vec![letters(&Run::plain(text))])
        }
        Block::Paragraph { text } => typed("paragraph", Value::Null, inline(text)),
        Block::List { ordered, items } => {
            let item =
                |item: &Item| typed("item", json!({ "depth": item.depth }), inline(&item.text));
            typed("list", json!({ "ordered": ordered }), items.iter().map(item).collect())
        }
        Block::Table { heads, rows } => {
            let row = |(at, row): (usize, Vec<Placed>)| {
                let kind = if at < *heads { "table_header" } else { "table_cell" };
                let cell = |cell: Placed| {
                    let lines = cell.text.split('\n');
                    let lines = lines.map(|line| typed("paragraph", Value::Null, inline(line)));
                    let span = json!({ "colspan": cell.columns, "rowspan": cell.rows });
                    typed(kind, span, lines.collect())
                };
                typed("table_row", Value::Null, row.into_iter().map(cell).collect())
            };
            let rows = Cell::placed(rows).into_iter().enumerate().map(row);
            typed("table", Value::Null, rows.collect())
        }
        Block::Image { alt, file } => typed("figure", json!({ "alt": alt, "file": file }), vec![]),
    }
}

fn typed(kind: &str, attributes: Value, content: Vec<Value>) -> Value {
    let mut node = Map::new();
    node.insert("type".into(), kind.into());
    if !attributes.is_null() {
        node.insert("attrs".into(), attributes);
    }
    if !content.is_empty() {
        node.insert("content".into(), content.into());
    }
    Value::Object(node)
}

fn inline(marked: &str) -> Vec<Value> {
    Run::read(marked).iter().filter(|run| !run.text.is_empty()).map(letters).collect()
}

fn letters(run: &Run) -> Value {
    let mut marks = Vec::new();
    if let Some(href) = &run.link {
        marks.push(json!({ "type": "link", "attrs": { "href": href } }));
    }
    if run.bold {
        marks.push(json!({ "type": "strong" }));
    }
    match marks.is_empty() {
        true => json!({ "type": "text", "text": run.text }),
        false => json!({ "type": "text", "text": run.text, "marks": marks }),
    }
}
