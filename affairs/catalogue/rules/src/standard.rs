//! 标准: national and other standards that catalogues keep to, with the days on which they hold.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::list_table::{Entry, NotAList, Wanted, entries};
use crate::reading::Sheet;
use crate::reading::text::bare;

/// 标准级别 (《标准化法》第二条).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum StandardRank {
    /// 国家标准.
    #[serde(rename = "国家标准")]
    National,
    /// 行业标准.
    #[serde(rename = "行业标准")]
    Trade,
    /// 地方标准.
    #[serde(rename = "地方标准")]
    Local,
    /// 团体标准.
    #[serde(rename = "团体标准")]
    Association,
}

impl StandardRank {
    /// All ranks in the order of the statute.
    pub const ALL: [Self; 4] = [Self::National, Self::Trade, Self::Local, Self::Association];

    /// The rank in Chinese.
    pub const fn name(self) -> &'static str {
        match self {
            Self::National => "国家标准",
            Self::Trade => "行业标准",
            Self::Local => "地方标准",
            Self::Association => "团体标准",
        }
    }

    /// The rank by its name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rank| rank.name() == name)
    }

    /// The rank that a code in its usual form shows.
    pub fn of_code(code: &str) -> Self {
        match code.as_bytes() {
            [b'G', b'B', b' ' | b'/' | b'Z', ..] => Self::National,
            [b'D', b'B', ..] => Self::Local,
            [b'T', b'/', ..] => Self::Association,
            _ => Self::Trade,
        }
    }
}

/// A standard's code in its usual form, `GB/T 9704-2012`, whatever blanks, dashes and widths it was
/// written with; `None` for what is no code.
pub fn standard_code(written: &str) -> Option<String> {
    let plain: String = bare(written)
        .to_uppercase()
        .chars()
        .map(|c| if matches!(c, '—' | '–' | '－' | '―' | '‐' | '-') { '-' } else { c })
        .collect();
    let (rest, year) = plain.rsplit_once('-')?;
    let is_year = year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit());
    let letters = rest.bytes().take_while(u8::is_ascii_uppercase).count();
    let mut head = letters;
    if rest.starts_with("DB") {
        head += rest[letters..].bytes().take_while(u8::is_ascii_digit).count();
    }
    if rest[head..].starts_with('/') {
        head += 1 + rest[head + 1..].bytes().take_while(u8::is_ascii_uppercase).count();
    }
    let (prefix, number) = rest.split_at(head);
    let is_number = number.starts_with(|c: char| c.is_ascii_digit())
        && number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    (is_year && letters > 0 && is_number).then(|| format!("{prefix} {number}-{year}"))
}

/// Where a standard stands on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum StandardState {
    /// 尚未实施.
    ToCome {
        /// Its first day.
        from: Date,
    },
    /// 现行.
    InForce,
    /// 被代替.
    Replaced {
        /// The code of what stands in its place.
        by: String,
    },
    /// 废止, and nothing stands in its place.
    Ended {
        /// Its last day.
        on: Date,
    },
}

impl StandardState {
    /// The state on a day of a standard with these days; its last day still counts.
    pub fn on(
        day: Date,
        valid_from: Option<Date>,
        valid_to: Option<Date>,
        successor: Option<&str>,
    ) -> Self {
        match (valid_from, valid_to) {
            (_, Some(last)) if last < day => match successor {
                Some(by) => Self::Replaced { by: by.to_owned() },
                None => Self::Ended { on: last },
            },
            (Some(from), _) if day < from => Self::ToCome { from },
            _ => Self::InForce,
        }
    }

    /// The state in Chinese.
    pub fn words(&self) -> String {
        match self {
            Self::ToCome { from } => format!("{from} 起实施"),
            Self::InForce => "现行".into(),
            Self::Replaced { by } => format!("被 {by} 代替"),
            Self::Ended { on } => format!("{on} 废止"),
        }
    }
}

/// 代替: where a catalogue that was held against a standard stands on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Succession {
    /// The standard has not ended.
    Stands,
    /// It has ended, and this one holds in its place.
    By(String),
    /// It has ended, and this one is to stand in its place but is not registered, or does not hold yet.
    Awaited(String),
    /// It has ended, and nothing stands in its place.
    Nothing,
}

impl Succession {
    /// What stands in the place of `code`, whatever was replaced in between; `state` says where a
    /// standard stands, where it is registered.
    pub fn of(code: &str, state: impl Fn(&str) -> Option<StandardState>) -> Self {
        let mut passed = vec![code.to_owned()];
        let mut now = code.to_owned();
        loop {
            match state(&now) {
                Some(StandardState::Replaced { by }) if !passed.contains(&by) => {
                    passed.push(by.clone());
                    now = by;
                }
                Some(StandardState::Replaced { .. } | StandardState::Ended { .. }) => {
                    return Self::Nothing;
                }
                _ if passed.len() == 1 => return Self::Stands,
                Some(StandardState::InForce) => return Self::By(now),
                Some(StandardState::ToCome { .. }) | None => return Self::Awaited(now),
            }
        }
    }
}

/// 符合程度: how far a catalogue keeps to a standard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Extent {
    /// 全部符合.
    Full,
    /// 部分符合.
    Partly,
    /// 不符合.
    Not,
}

impl Extent {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Full, Self::Partly, Self::Not];

    /// Its word in our tables and on the command line.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Partly => "partly",
            Self::Not => "not",
        }
    }

    /// In Chinese.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Full => "全部符合",
            Self::Partly => "部分符合",
            Self::Not => "不符合",
        }
    }

    /// The extent by its word or its name.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|extent| extent.word() == word || extent.name() == word)
    }
}

/// One standard as a list gives it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StandardLine {
    /// The row it stands in; 0 where it comes from no file.
    pub row: usize,
    /// Its code in the usual form.
    pub code: String,
    /// Its title.
    pub title: String,
    /// Its rank.
    pub rank: StandardRank,
    /// Who issued it.
    pub issuer: Option<String>,
    /// 实施日期.
    pub valid_from: Option<Date>,
    /// The last day on which it held.
    pub valid_to: Option<Date>,
    /// The code of what stands in its place.
    pub successor: Option<String>,
    /// Anything a reader must know.
    pub note: Option<String>,
}

/// A row that a person should look at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[error("第 {row} 行: {problem}")]
pub struct RowDoubt {
    /// The row of the worksheet or the line of the text, from 1.
    pub row: usize,
    /// What is doubtful, and what was done with the row.
    pub problem: String,
}

const fn column(headings: &'static [&'static str], required: bool) -> Wanted {
    Wanted { headings, required, carried: false }
}

const COLUMNS: [Wanted; 8] = [
    column(&["标准号", "标准编号", "标准代号", "编号"], true),
    column(&["标准名称", "标准中文名称", "名称"], true),
    column(&["标准级别", "标准类别", "标准类型", "级别", "类别"], false),
    column(&["发布机构", "发布单位", "批准发布部门", "归口单位", "发布部门"], false),
    column(&["实施日期", "施行日期", "生效日期"], false),
    column(&["废止日期", "终止日期", "失效日期"], false),
    column(&["被代替", "代替它的标准", "后续标准", "替代标准"], false),
    column(&["备注", "说明"], false),
];

/// The standards in a file's tables, and the rows that a person should look at.
///
/// # Errors
/// No table has the headings, or there is nothing under them.
pub fn read_standards(sheets: &[Sheet]) -> Result<(Vec<StandardLine>, Vec<RowDoubt>), NotAList> {
    let (mut lines, mut doubts): (Vec<StandardLine>, Vec<RowDoubt>) = (Vec::new(), Vec::new());
    for entry in entries(sheets, &COLUMNS)? {
        if entry.alone.is_some() {
            continue;
        }
        let mut doubt = |problem: String| doubts.push(RowDoubt { row: entry.row, problem });
        let Some(code) = standard_code(&entry.cells[0]) else {
            doubt(format!(
                "标准号“{}”读不出，没有导入；应写成 GB/T 9704-2012 的样子",
                entry.cells[0]
            ));
            continue;
        };
        if lines.iter().any(|line| line.code == code) {
            doubt(format!("{code} 与前面重复，没有导入"));
            continue;
        }
        if entry.cells[1].is_empty() {
            doubt(format!("{code} 没有名称，没有导入"));
            continue;
        }
        lines.push(line(&entry, code, doubt));
    }
    Ok((lines, doubts))
}

fn line(entry: &Entry, code: String, mut doubt: impl FnMut(String)) -> StandardLine {
    let given = |at: usize| entry.cells.get(at).filter(|text| !text.is_empty());
    let mut day = |at: usize| {
        let text = given(at)?;
        let day = day_written(text);
        if day.is_none() {
            doubt(format!("日期“{text}”读不出，留空；应写成 2020-01-31 的样子"));
        }
        day
    };
    let (valid_from, valid_to) = (day(4), day(5));
    StandardLine {
        row: entry.row,
        title: entry.cells[1].clone(),
        rank: given(2)
            .and_then(|name| StandardRank::named(name))
            .unwrap_or_else(|| StandardRank::of_code(&code)),
        issuer: given(3).cloned(),
        valid_from,
        valid_to,
        successor: given(6).and_then(|code| standard_code(code)),
        note: given(7).cloned(),
        code,
    }
}

/// A day as lists write it: 2020-03-01, 2020/3/1, 2020.3.1, 2020年3月1日.
fn day_written(text: &str) -> Option<Date> {
    let head = text.split_whitespace().next()?;
    let parts: Vec<i16> = head
        .split(|c: char| !c.is_ascii_digit())
        .filter(|part| !part.is_empty())
        .map(|part| part.parse().ok())
        .collect::<Option<_>>()?;
    let [year, month, day] = parts.as_slice() else { return None };
    Date::new(*year, i8::try_from(*month).ok()?, i8::try_from(*day).ok()?).ok()
}

#[cfg(test)]
mod tests;
