//! 12345 工单 as they are told, in a table or by a program: read and checked before anything is done with them; and
//! what is told of them in return.

mod cells;
mod heading;
mod table;
mod told;

use std::fmt;

use jiff::civil::DateTime;
use law::Date;
use suggestions_rules::{
    LONGEST_ORDER_NUMBER, SuggestionKind, called_at, dispatched_on, is_order_number, kind_of_order,
    order_kinds,
};

pub use cells::from_cells;
pub(crate) use table::fewer;
pub use table::{OrderTable, read};
pub use told::sheet;
pub(crate) use told::{answer_of, reasons_of};

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
    /// 派单时间.
    Dispatched,
}

impl OrderColumn {
    /// All of them, in the order of the table.
    pub const ALL: [Self; 10] = [
        Self::Number,
        Self::CalledAt,
        Self::Kind,
        Self::Subject,
        Self::Words,
        Self::Name,
        Self::Phone,
        Self::Organ,
        Self::Term,
        Self::Dispatched,
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
            Self::Dispatched => "派单时间",
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
            Self::Dispatched => "dispatched_at",
        }
    }

    /// Whether a table must have it.
    pub const fn is_needed(self) -> bool {
        !matches!(self, Self::Name | Self::Phone | Self::Organ | Self::Term | Self::Dispatched)
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
    /// 派单时间; none where it was not told.
    pub dispatched: Option<DateTime>,
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
        let mut reading = Reading { line, faults: Vec::new() };
        let one_line = |column| get(column).split_whitespace().collect::<Vec<_>>().join(" ");
        let number = reading.take(OrderColumn::Number, number_in(one_line(OrderColumn::Number)));
        let called =
            reading.take(OrderColumn::CalledAt, called_on(get(OrderColumn::CalledAt), today));
        let dispatched = dispatched_in(get(OrderColumn::Dispatched), called, today);
        let dispatched = reading.take(OrderColumn::Dispatched, dispatched);
        let kind = reading.take(OrderColumn::Kind, kind_in(get(OrderColumn::Kind)));
        let term = reading.take(OrderColumn::Term, term_in(one_line(OrderColumn::Term)));
        let written = Written {
            subject: one_line(OrderColumn::Subject),
            words: get(OrderColumn::Words).replace("\r\n", "\n").trim().to_owned(),
            name: one_line(OrderColumn::Name),
            phone: one_line(OrderColumn::Phone),
        };
        for part in each_alone(&written) {
            if let Err(ActError::Field(field, words)) = check(&part) {
                reading.take::<()>(OrderColumn::of_form(field), Err(words));
            }
        }
        match (number, called, dispatched, kind, term) {
            (Some(number), Some(called), Some(dispatched), Some(kind), Some(term))
                if reading.faults.is_empty() =>
            {
                let (called_at, organ) = (called.to_string(), one_line(OrderColumn::Organ));
                Ok(Self { line, number, called_at, dispatched, kind, written, organ, term })
            }
            _ => Err(reading.faults),
        }
    }

    /// The day on which the hotline gave it out; none where it was not told.
    pub fn dispatched_on(&self) -> Option<Date> {
        self.dispatched.map(DateTime::date)
    }

    /// Whether another row says the same of the same order.
    fn repeats(&self, other: &Self) -> bool {
        let same = Self { line: other.line, ..self.clone() };
        same == *other
    }
}

/// A row while it is read.
struct Reading {
    line: usize,
    faults: Vec<OrderFault>,
}

impl Reading {
    /// What a column says; nothing where that is wrong, which is told.
    fn take<T>(&mut self, column: OrderColumn, read: Result<T, String>) -> Option<T> {
        match read {
            Ok(read) => Some(read),
            Err(words) => {
                self.faults.push(OrderFault { line: self.line, column: Some(column), words });
                None
            }
        }
    }
}

fn number_in(text: String) -> Result<String, String> {
    if is_order_number(&text) {
        return Ok(text);
    }
    Err(format!(
        "写 12345 平台的编号：字母、汉字、数字和“-”“_”“/”“〔〕”，不超过 {LONGEST_ORDER_NUMBER} 个，不要空格"
    ))
}

/// When somebody called, at the latest today.
fn called_on(text: &str, today: Date) -> Result<DateTime, String> {
    match called_at(text) {
        None => Err("写成年-月-日 时:分，例如 2026-11-02 09:30".into()),
        Some(at) if at.date() > today => Err("在今天以后，核对一下年月日".into()),
        Some(at) => Ok(at),
    }
}

/// When the hotline gave it out, where it says so.
fn dispatched_in(
    text: &str,
    called: Option<DateTime>,
    today: Date,
) -> Result<Option<DateTime>, String> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let Some(at) = called_at(text) else {
        return Err("写成年-月-日 时:分，例如 2026-11-02 10:00；不清楚的留空".into());
    };
    let day = dispatched_on(at, called.unwrap_or(at), today);
    day.map(|_| Some(at)).map_err(|bad| bad.to_string())
}

fn kind_in(text: &str) -> Result<SuggestionKind, String> {
    let kinds = || order_kinds().collect::<Vec<_>>().join("、");
    kind_of_order(text).ok_or_else(|| format!("写{}之一", kinds()))
}

fn term_in(text: String) -> Result<String, String> {
    if text.chars().count() > LONGEST_TERM || found_in(&text).is_some() {
        return Err(format!("不超过 {LONGEST_TERM} 字，不写个人信息；照平台的写，例如 5个工作日"));
    }
    Ok(text)
}

/// What was written, each part beside others with which nothing is wrong: all that is wrong with it is told at once.
fn each_alone(written: &Written) -> [Written; 4] {
    let sound =
        || Written { subject: "标题".into(), words: "内容".into(), ..Written::default() };
    [
        Written { subject: written.subject.clone(), ..sound() },
        Written { words: written.words.clone(), ..sound() },
        Written { name: written.name.clone(), ..sound() },
        Written { phone: written.phone.clone(), ..sound() },
    ]
}
