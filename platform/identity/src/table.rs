//! Divisions and organs from CSV: checked whole before the first row is stored.

use std::collections::{HashMap, HashSet};

use law::Date;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use store::{FromQueryResult, Statements, StoreError, Transaction, Value};

use crate::Level;
use crate::import::{ImportError, Table};

const DIVISIONS: Table = Table::Divisions;
const ORGANS: Table = Table::Organs;

impl Table {
    fn fault(self, line: u64, problem: String) -> ImportError {
        ImportError::Line { table: self, line, problem }
    }
}

/// Reads all lines; empty cells are absent values.
fn lines<T: DeserializeOwned>(table: Table, text: &str) -> Result<Vec<(u64, T)>, ImportError> {
    let mut reader = csv::ReaderBuilder::new()
        .trim(csv::Trim::All)
        .from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let mut found = Vec::new();
    for (at, line) in reader.deserialize().enumerate() {
        let number = at as u64 + 2;
        let fits = line.map_err(|error: csv::Error| {
            if let Some(column) = missing_column(&error) {
                return table.fault(1, format!("缺少 {column} 这一列，请在表头补上并逐行填写"));
            }
            let line = error.position().map_or(number, csv::Position::line);
            table.fault(line, problem_of(&error))
        })?;
        found.push((number, fits));
    }
    Ok(found)
}

/// The column the table lacks; only the words of the error name it.
fn missing_column(error: &csv::Error) -> Option<String> {
    let csv::ErrorKind::Deserialize { err, .. } = error.kind() else { return None };
    let said = err.to_string();
    let column = said.strip_prefix("missing field `")?.strip_suffix('`')?;
    Some(column.to_owned())
}

/// What is wrong with a line and what to do.
fn problem_of(error: &csv::Error) -> String {
    match error.kind() {
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            format!("这一行有 {len} 列，表头有 {expected_len} 列，请补齐或删去多余的逗号")
        }
        csv::ErrorKind::Deserialize { err, .. } if err.to_string().contains("duplicate field") => {
            "表头里有两列同名，请删去一列".into()
        }
        _ => "读不出这一行，请对照表头核对列数和内容".into(),
    }
}

#[derive(Deserialize)]
struct DivisionLine {
    code: String,
    name: String,
    level: String,
    parent: Option<String>,
    slug: Option<String>,
}

impl DivisionLine {
    fn slug(&self) -> &str {
        self.slug.as_deref().unwrap_or(&self.code)
    }
}

/// Takes in divisions: columns code, name, level, parent, slug (optional: the code itself).
/// Rows already known are replaced. Returns how many were read.
///
/// # Errors
/// A code that is not 12 digits, an unknown level, a code or a slug used twice.
pub async fn import_divisions(change: &Transaction, text: &str) -> Result<usize, ImportError> {
    let lines: Vec<(u64, DivisionLine)> = lines(DIVISIONS, text)?;
    let mut slugs = HashSet::new();
    let mut codes = HashMap::new();
    for (number, line) in &lines {
        let wrong = |problem| Err(DIVISIONS.fault(*number, problem));
        check_code(*number, &line.code)?;
        check_level(DIVISIONS, *number, &line.level)?;
        if let Some(first) = codes.insert(line.code.as_str(), number) {
            return wrong(format!("代码 {} 与第 {first} 行重复，请删去一行", line.code));
        }
        if !slugs.insert((line.parent.as_deref(), line.slug())) {
            return wrong(format!("地址名 {} 在同一上级下重复，请改用别的", line.slug()));
        }
    }
    let rows: Vec<_> = lines.iter().map(|(_, line)| division_row(line)).collect();
    change.replace("division", &["code", "name", "level", "parent", "slug"], rows).await?;
    Ok(lines.len())
}

fn check_code(line: u64, code: &str) -> Result<(), ImportError> {
    if code.len() == 12 && code.bytes().all(|byte| byte.is_ascii_digit()) {
        return Ok(());
    }
    Err(DIVISIONS.fault(line, format!("区划代码 {code} 应为 12 位数字，请核对统计用区划代码")))
}

fn check_level(table: Table, line: u64, word: &str) -> Result<(), ImportError> {
    if Level::parse(word).is_some() {
        return Ok(());
    }
    Err(table.fault(line, format!("层级 {word} 不认识，请用 city/district/township/village")))
}

fn division_row(line: &DivisionLine) -> Vec<Value> {
    vec![
        line.code.clone().into(),
        line.name.clone().into(),
        line.level.clone().into(),
        line.parent.clone().into(),
        line.slug().to_owned().into(),
    ]
}

#[derive(Deserialize)]
struct OrganLine {
    code: String,
    name: String,
    short_name: Option<String>,
    kind: String,
    role: Option<String>,
    level: String,
    division: String,
    valid_from: Option<String>,
    valid_to: Option<String>,
    successor: Option<String>,
    #[serde(alias = "domains")]
    remit: Option<String>,
    address: Option<String>,
    postcode: Option<String>,
    hours: Option<String>,
    phone: Option<String>,
    note: Option<String>,
}

const ORGAN_COLUMNS: [&str; 16] = [
    "code",
    "name",
    "short_name",
    "kind",
    "role",
    "level",
    "division",
    "valid_from",
    "valid_to",
    "successor",
    "remit",
    "address",
    "postcode",
    "hours",
    "phone",
    "note",
];

/// Takes in organs; `domains` (or `remit`) holds the domains it leads, separated by `;`. Rows
/// already known are replaced. Returns how many were read.
///
/// # Errors
/// A code used twice, an unknown level, division or successor, a day that is none or a period
/// that ends before it begins.
pub async fn import_organs(change: &Transaction, text: &str) -> Result<usize, ImportError> {
    let lines: Vec<(u64, OrganLine)> = lines(ORGANS, text)?;
    let known = codes_of(change, "SELECT code FROM division").await?;
    let mut codes = codes_of(change, "SELECT code FROM organ").await?;
    let mut seen = HashSet::new();
    for (number, line) in &lines {
        if !seen.insert(line.code.as_str()) {
            return Err(ORGANS.fault(*number, format!("机构代码 {} 重复，请删去一行", line.code)));
        }
        codes.insert(line.code.clone());
        if !known.contains(&line.division) {
            let division = &line.division;
            return Err(ORGANS.fault(*number, format!("区划 {division} 不存在，请先导入区划表")));
        }
        check_level(ORGANS, *number, &line.level)?;
        check_period(*number, line)?;
    }
    for (number, line) in &lines {
        if let Some(next) = line.successor.as_ref().filter(|next| !codes.contains(*next)) {
            return Err(ORGANS.fault(*number, format!("后继机构 {next} 不存在，请先列出它")));
        }
    }
    let rows: Vec<_> = lines.iter().map(|(_, line)| organ_row(line)).collect();
    change.replace("organ", &ORGAN_COLUMNS, rows).await?;
    Ok(lines.len())
}

#[derive(FromQueryResult)]
struct CodeRow {
    code: String,
}

async fn codes_of(change: &Transaction, sql: &str) -> Result<HashSet<String>, StoreError> {
    let rows: Vec<CodeRow> = change.all(sql, vec![]).await?;
    Ok(rows.into_iter().map(|row| row.code).collect())
}

fn check_period(line: u64, organ: &OrganLine) -> Result<(), ImportError> {
    let day = |text: &Option<String>| -> Result<Option<Date>, ImportError> {
        let Some(text) = text else { return Ok(None) };
        let day = text.parse().map_err(|_| {
            ORGANS.fault(line, format!("日期 {text} 不对，请写成 2020-01-31 的样子"))
        })?;
        Ok(Some(day))
    };
    match (day(&organ.valid_from)?, day(&organ.valid_to)?) {
        (Some(from), Some(to)) if to < from => {
            Err(ORGANS.fault(line, format!("终止日 {to} 早于起始日 {from}，请核对")))
        }
        _ => Ok(()),
    }
}

fn organ_row(line: &OrganLine) -> Vec<Value> {
    let remit = line.remit.iter().flat_map(|list| list.split(';')).map(str::trim);
    let remit: Vec<&str> = remit.filter(|domain| !domain.is_empty()).collect();
    vec![
        line.code.clone().into(),
        line.name.clone().into(),
        line.short_name.clone().unwrap_or_else(|| line.name.clone()).into(),
        line.kind.clone().into(),
        line.role.clone().unwrap_or_else(|| line.kind.clone()).into(),
        line.level.clone().into(),
        line.division.clone().into(),
        line.valid_from.clone().into(),
        line.valid_to.clone().into(),
        line.successor.clone().into(),
        serde_json::json!(remit).to_string().into(),
        line.address.clone().into(),
        line.postcode.clone().into(),
        line.hours.clone().into(),
        line.phone.clone().into(),
        line.note.clone().into(),
    ]
}
