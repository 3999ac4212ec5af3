//! 12345 工单 as they are told, in a table or by a program: read and checked before anything is done with them; and
//! what is told of them in return.

mod told;

use std::collections::HashMap;
use std::fmt;

use documents::reading::csv_rows;
use documents::writing::unguard;
use jiff::civil::DateTime;
use law::Date;
use suggestions_rules::{
    LONGEST_ORDER_NUMBER, SuggestionKind, called_at, is_order_number, kind_of_order, order_kinds,
};

pub(crate) use told::answer_of;
pub use told::sheet;

use crate::acts::ActError;
use crate::acts::receipt::check;
use crate::masking::found_in;
use crate::store::Written;

/// The most orders of one table: a decision of ours; more come in parts.
pub const MOST_ORDERS: usize = 5_000;

/// The largest table, in bytes: a decision of ours.
pub const LARGEST_TABLE: usize = 8 << 20;

/// The longest term as it is told, in letters: a decision of ours.
const LONGEST_TERM: usize = 20;

/// So many faults are told at once.
const MOST_FAULTS: usize = 100;

/// What a column of the table holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OrderColumn {
    /// 工单编号.
    Number,
    /// 来电时间.
    CalledAt,
    /// 类型.
    Kind,
    /// 标题.
    Subject,
    /// 内容.
    Words,
    /// 诉求人.
    Name,
    /// 联系电话.
    Phone,
    /// 承办单位.
    Organ,
    /// 办理时限.
    Term,
}

impl OrderColumn {
    /// All of them, in the order of the table.
    pub const ALL: [Self; 9] = [
        Self::Number,
        Self::CalledAt,
        Self::Kind,
        Self::Subject,
        Self::Words,
        Self::Name,
        Self::Phone,
        Self::Organ,
        Self::Term,
    ];

    /// As the head of the table has it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Number => "工单编号",
            Self::CalledAt => "来电时间",
            Self::Kind => "类型",
            Self::Subject => "标题",
            Self::Words => "内容",
            Self::Name => "诉求人",
            Self::Phone => "联系电话",
            Self::Organ => "承办单位",
            Self::Term => "办理时限",
        }
    }

    /// As a program has it.
    pub const fn field(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::CalledAt => "called_at",
            Self::Kind => "kind",
            Self::Subject => "subject",
            Self::Words => "words",
            Self::Name => "name",
            Self::Phone => "phone",
            Self::Organ => "organ",
            Self::Term => "term",
        }
    }

    /// Whether a table must have it.
    pub const fn is_needed(self) -> bool {
        !matches!(self, Self::Name | Self::Phone | Self::Organ | Self::Term)
    }

    /// The column of a field of the receipt's form.
    fn of_form(field: &str) -> Self {
        match field {
            "biaoti" => Self::Subject,
            "xingming" => Self::Name,
            "dianhua" => Self::Phone,
            _ => Self::Words,
        }
    }
}

/// One thing wrong with what was handed in, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderFault {
    /// The line of the table; 0 where it is the whole of it.
    pub line: usize,
    /// Where in it; none where it is the whole line.
    pub column: Option<OrderColumn>,
    /// What is wrong and what to do.
    pub words: String,
}

impl OrderFault {
    fn whole(words: impl Into<String>) -> Self {
        Self { line: 0, column: None, words: words.into() }
    }
}

impl fmt::Display for OrderFault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.line > 0 {
            write!(out, "第 {} 行", self.line)?;
            if let Some(column) = self.column {
                write!(out, "“{}”", column.name())?;
            }
            out.write_str("：")?;
        }
        out.write_str(&self.words)
    }
}

/// An order as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// The line of the table on which it begins; 0 where it came alone.
    pub line: usize,
    /// 工单编号.
    pub number: String,
    /// 来电时间, as stored.
    pub called_at: String,
    /// What kind of letter it is.
    pub kind: SuggestionKind,
    /// Title, words, who called and his number.
    pub written: Written,
    /// The organ that is to answer, by name or code as it was told; empty where none was.
    pub organ: String,
    /// 办理时限 as it was told; empty where none was.
    pub term: String,
}

impl Order {
    /// An order of what stands in its columns, `today` being the day on which it is handed in.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn read<'a>(
        line: usize,
        today: Date,
        get: impl Fn(OrderColumn) -> &'a str,
    ) -> Result<Self, Vec<OrderFault>> {
        let mut faults = Vec::new();
        let mut wrong = |column: OrderColumn, words: String| {
            faults.push(OrderFault { line, column: Some(column), words });
        };
        let one_line = |column| get(column).split_whitespace().collect::<Vec<_>>().join(" ");
        let (number, term) = (one_line(OrderColumn::Number), one_line(OrderColumn::Term));
        if !is_order_number(&number) {
            wrong(
                OrderColumn::Number,
                format!(
                    "写 12345 平台的编号：字母、汉字、数字和“-”“_”“/”“〔〕”，不超过 {LONGEST_ORDER_NUMBER} 个，不要空格"
                ),
            );
        }
        let called = called_on(get(OrderColumn::CalledAt), today);
        let called = called.map_err(|words| wrong(OrderColumn::CalledAt, words.to_owned()));
        let kind = kind_of_order(get(OrderColumn::Kind));
        if kind.is_none() {
            let kinds: Vec<&str> = order_kinds().collect();
            wrong(OrderColumn::Kind, format!("写{}之一", kinds.join("、")));
        }
        let written = Written {
            subject: one_line(OrderColumn::Subject),
            words: get(OrderColumn::Words).replace("\r\n", "\n").trim().to_owned(),
            name: one_line(OrderColumn::Name),
            phone: one_line(OrderColumn::Phone),
        };
        if let Err(ActError::Field(field, words)) = check(&written) {
            wrong(OrderColumn::of_form(field), words);
        }
        if term.chars().count() > LONGEST_TERM || found_in(&term).is_some() {
            wrong(
                OrderColumn::Term,
                format!("不超过 {LONGEST_TERM} 字，不写个人信息；照平台的写，例如 5个工作日"),
            );
        }
        match (called, kind) {
            (Ok(called), Some(kind)) if faults.is_empty() => Ok(Self {
                line,
                number,
                called_at: called.to_string(),
                kind,
                written,
                organ: one_line(OrderColumn::Organ),
                term,
            }),
            _ => Err(faults),
        }
    }

    /// Whether another row says the same of the same order.
    fn repeats(&self, other: &Self) -> bool {
        let same = Self { line: other.line, ..self.clone() };
        same == *other
    }
}

/// When somebody called, at the latest today; what to write instead, otherwise.
fn called_on(text: &str, today: Date) -> Result<DateTime, &'static str> {
    match called_at(text) {
        None => Err("写成年-月-日 时:分，例如 2026-11-02 09:30"),
        Some(at) if at.date() > today => Err("在今天以后，核对一下年月日"),
        Some(at) => Ok(at),
    }
}

/// Reads a table, in UTF-8 or GB18030. The same row twice is one order.
///
/// # Errors
/// Everything that is wrong with it, by lines; nothing of it is to be taken in.
pub fn read(bytes: &[u8], today: Date) -> Result<Vec<Order>, Vec<OrderFault>> {
    let whole = |words: String| Err(vec![OrderFault::whole(words)]);
    if bytes.len() > LARGEST_TABLE {
        return whole(format!("表格超过 {} MB，分成几份，分次导入", LARGEST_TABLE >> 20));
    }
    let rows = match csv_rows(bytes) {
        Ok(rows) => rows,
        Err(bad) => return whole(format!("{bad}。{}", bad.remedy())),
    };
    let said = |fields: &[String]| fields.iter().any(|field| !field.trim().is_empty());
    let mut rows = rows.into_iter().filter(|(_, fields)| said(fields));
    let (_, head) = rows.next().unwrap_or_default();
    let columns = columns(&head)?;
    let rows: Vec<(usize, Vec<String>)> = rows.collect();
    if rows.is_empty() {
        return whole("表头下面没有工单，核对选的文件".into());
    }
    if rows.len() > MOST_ORDERS {
        let words = format!("有 {} 行，一次最多 {MOST_ORDERS} 行，分成几份", rows.len());
        return whole(words);
    }
    let (mut orders, mut faults) = (Vec::with_capacity(rows.len()), Vec::new());
    for (line, fields) in &rows {
        match row(*line, fields, &columns, today) {
            Ok(order) => orders.push(order),
            Err(found) => faults.extend(found),
        }
    }
    let orders = each_once(orders, &mut faults);
    if faults.is_empty() { Ok(orders) } else { Err(fewer(faults)) }
}

/// Cells copied from a spreadsheet, which have tabs between them, as a table with commas; any other text as it is.
pub fn from_cells(text: &str) -> String {
    if !text.lines().next().unwrap_or_default().contains('\t') {
        return text.to_owned();
    }
    let mut table = String::with_capacity(text.len() * 2);
    let (mut field, mut quoted) = (String::new(), false);
    let flush = |table: &mut String, field: &mut String, end: char| {
        table.push('"');
        table.push_str(&field.replace('"', "\"\""));
        table.push('"');
        table.push(end);
        field.clear();
    };
    let text = text.replace("\r\n", "\n");
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => {
                letters.next();
                field.push('"');
            }
            '"' if quoted => quoted = false,
            '"' if field.is_empty() => quoted = true,
            '\t' if !quoted => flush(&mut table, &mut field, ','),
            '\n' if !quoted => flush(&mut table, &mut field, '\n'),
            other => field.push(other),
        }
    }
    if !field.is_empty() {
        flush(&mut table, &mut field, '\n');
    }
    table
}

/// Where each column stands.
fn columns(head: &[String]) -> Result<HashMap<OrderColumn, usize>, Vec<OrderFault>> {
    let (mut found, mut faults) = (HashMap::new(), Vec::new());
    for (at, word) in head.iter().enumerate() {
        let word = word.trim();
        let column = OrderColumn::ALL.into_iter().find(|column| column.name() == word);
        let Some(column) = column else { continue };
        if found.insert(column, at).is_some() {
            faults.push(OrderFault::whole(format!("有两列都叫“{word}”，只留一列")));
        }
    }
    let needed = OrderColumn::ALL.into_iter().filter(|column| column.is_needed());
    let missing: Vec<_> = needed.filter(|column| !found.contains_key(column)).collect();
    if !missing.is_empty() {
        let names: Vec<_> = missing.into_iter().map(|column| column.name()).collect();
        let words = format!("第一行是列名，缺“{}”；可以先下载空表", names.join("”“"));
        faults.push(OrderFault::whole(words));
    }
    if faults.is_empty() { Ok(found) } else { Err(faults) }
}

fn row(
    line: usize,
    fields: &[String],
    columns: &HashMap<OrderColumn, usize>,
    today: Date,
) -> Result<Order, Vec<OrderFault>> {
    let last = columns.values().max().copied().unwrap_or_default();
    // What is not asked for may be left out at the end of a row, but a row that is cut short is none.
    let needed = columns.iter().filter(|(column, _)| column.is_needed()).map(|(_, at)| *at).max();
    if fields.len() <= needed.unwrap_or(last) {
        let words = format!("只有 {} 格，多半是引号或者逗号写错了", fields.len());
        return Err(vec![OrderFault { line, column: None, words }]);
    }
    let get = |column: OrderColumn| {
        let field = columns.get(&column).and_then(|at| fields.get(*at));
        field.map(|field| unguard(field)).unwrap_or_default()
    };
    Order::read(line, today, get)
}

/// The orders, each once; the same number with other words is told.
fn each_once(orders: Vec<Order>, faults: &mut Vec<OrderFault>) -> Vec<Order> {
    let mut places: HashMap<String, usize> = HashMap::with_capacity(orders.len());
    let mut once: Vec<Order> = Vec::with_capacity(orders.len());
    for order in orders {
        let before = places.get(&order.number).and_then(|at| once.get(*at));
        match before {
            None => {
                places.insert(order.number.clone(), once.len());
                once.push(order);
            }
            Some(before) if before.repeats(&order) => {}
            Some(before) => {
                let words = format!(
                    "{}和第 {} 行同号、内容不同，核对编号，只留对的一行",
                    order.number, before.line
                );
                let (line, column) = (order.line, Some(OrderColumn::Number));
                faults.push(OrderFault { line, column, words });
            }
        }
    }
    once
}

/// The first of many faults, by their lines, and how many there are besides.
pub(crate) fn fewer(mut faults: Vec<OrderFault>) -> Vec<OrderFault> {
    faults.sort_by_key(|fault| fault.line);
    let more = faults.len().saturating_sub(MOST_FAULTS);
    faults.truncate(MOST_FAULTS);
    if more > 0 {
        faults.push(OrderFault::whole(format!("还有 {more} 处，先改上面的")));
    }
    faults
}
