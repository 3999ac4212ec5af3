//! 稿件: a document and its particulars in one plain text file.
//!
//! ```text
//! ---
//! 标题：厦门市人民政府办公厅关于……的通知
//! 文号：厦府办〔2020〕67号
//! 发布机构：XM00002
//! 成文日期：2020-07-07
//! 主题分类：综合政务/政务公开
//! 体裁：通知
//! 公开属性：主动公开
//! 目录事项：义务教育 > 招生管理 > 招生政策
//! ---
//!
//! 正文……
//! ```
//!
//! A document of an item that is for 特定群体 also says 公开范围, and for 全社会 公开理由.
//!
//! Several manuscripts stand in one file with a line `=====` between them. There is no line for
//! 发布日期: whoever writes one is told that the platform sets it.

use std::collections::BTreeSet;

use law::Date;

use crate::particulars::Particulars;
use crate::{Block, Fault, Field, Metadata, Reach, Weight};

/// A document as read from a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Manuscript {
    /// Its particulars.
    pub metadata: Metadata,
    /// The catalogue items it belongs to.
    pub items: Vec<ItemLink>,
    /// How far it is made public, where it says so.
    pub reach: Option<Reach>,
    /// Whether what it said before is shown no more, where it is a correction (docs/readings/258).
    pub closes: bool,
    /// Its text, with the marks of [`Block`].
    pub text: String,
    /// What is to be looked at and does not stand in the way.
    pub doubts: Vec<Fault>,
}

/// A manuscript read through to its end, with everything that stands in its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadThrough {
    /// What was read. Where there are errors it is for looking at alone: something may stand in for a
    /// particular that could not be read.
    pub manuscript: Manuscript,
    /// Every fault that stands in the way.
    pub errors: Vec<Fault>,
    /// The particulars that could not be read, and those that cannot be judged without them.
    pub unread: BTreeSet<Field>,
}

/// 目录事项 by its names: 义务教育 > 招生管理 > 招生政策.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ItemLink {
    /// 领域.
    pub domain: String,
    /// 一级事项, 二级事项 and so on, at least one.
    pub names: Vec<String>,
}

const BETWEEN: &str = "=====";
const FENCE: &str = "---";

impl Manuscript {
    /// Reads one manuscript as it stands on `today`.
    ///
    /// # Errors
    /// Every fault that stands in the way, with the lines of the file.
    pub fn read(text: &str, today: Date) -> Result<Self, Vec<Fault>> {
        Self::read_from(text, 1, today)
    }

    /// Reads one manuscript through to its end, whatever is wrong with it: to say all of it at once.
    ///
    /// # Errors
    /// It is no manuscript: the lines that set its head off are missing.
    pub fn read_through(text: &str, today: Date) -> Result<ReadThrough, Vec<Fault>> {
        ReadThrough::of(text, 1, today)
    }

    /// Reads every manuscript of a file; all or none.
    ///
    /// # Errors
    /// Every fault that stands in the way, with the lines of the file.
    pub fn read_all(text: &str, today: Date) -> Result<Vec<Self>, Vec<Fault>> {
        let (mut manuscripts, mut faults) = (Vec::new(), Vec::new());
        for (line, part) in parts(text) {
            match Self::read_from(&part, line, today) {
                Ok(manuscript) => manuscripts.push(manuscript),
                Err(more) => faults.extend(more),
            }
        }
        if faults.is_empty() { Ok(manuscripts) } else { Err(faults) }
    }

    /// Its text in parts.
    pub fn blocks(&self) -> Vec<Block> {
        Block::read(&self.text)
    }

    fn read_from(text: &str, first_line: usize, today: Date) -> Result<Self, Vec<Fault>> {
        let ReadThrough { manuscript, errors, .. } = ReadThrough::of(text, first_line, today)?;
        if errors.is_empty() { Ok(manuscript) } else { Err(errors) }
    }
}

impl ReadThrough {
    fn of(text: &str, first_line: usize, today: Date) -> Result<Self, Vec<Fault>> {
        let Halves { head, body } = Halves::of(text, first_line).map_err(|fault| vec![fault])?;
        let mut particulars = Particulars::read(&head);
        let metadata = particulars.metadata();
        let items = particulars.items();
        let reach = particulars.reach();
        let closes = particulars.closes();
        let unread = particulars.unread();
        let mut faults = particulars.faults();
        if body.trim().is_empty() {
            faults.push(Fault::error(Field::Body, "没有正文", "在第二行 --- 之后写正文"));
        }
        let Some(metadata) = metadata else { return Err(faults) };
        // The year of a 文号 is held against the day on the document.
        let undated = |field: Field| field == Field::Number && unread.contains(&Field::MadeOn);
        let judged = metadata.faults(today).into_iter();
        let judged = judged.filter(|one| !unread.contains(&one.field) && !undated(one.field));
        faults.extend(judged.map(|fault| particulars.placed(fault)));
        let (errors, doubts) = faults.into_iter().partition(|fault| fault.weight == Weight::Error);
        let text = body.trim().to_owned();
        let manuscript = Manuscript { metadata, items, reach, closes, text, doubts };
        Ok(Self { manuscript, errors, unread })
    }
}

impl ItemLink {
    /// Reads `领域 > 一级事项 > 二级事项`; `None` without at least a domain and one name.
    pub fn read(text: &str) -> Option<Self> {
        let even = text.replace('＞', ">");
        let mut names = even.split('>').map(|name| name.trim().to_owned());
        let domain = names.next().filter(|name| !name.is_empty())?;
        let names: Vec<_> = names.collect();
        let complete = !names.is_empty() && names.iter().all(|name| !name.is_empty());
        complete.then_some(Self { domain, names })
    }
}

impl std::fmt::Display for ItemLink {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{} > {}", self.domain, self.names.join(" > "))
    }
}

/// The manuscripts of a file, each with the line it begins on.
fn parts(text: &str) -> Vec<(usize, String)> {
    let mut parts = vec![(1, String::new())];
    for (place, line) in text.lines().enumerate() {
        if line.trim_end() == BETWEEN {
            parts.push((place + 2, String::new()));
        } else if let Some((_, part)) = parts.last_mut() {
            part.push_str(line);
            part.push('\n');
        }
    }
    parts.retain(|(_, part)| !part.trim().is_empty());
    parts
}

/// A file in its two halves.
struct Halves<'a> {
    /// The lines between the fences, each with its number.
    head: Vec<(usize, &'a str)>,
    body: String,
}

impl<'a> Halves<'a> {
    fn of(text: &'a str, first_line: usize) -> Result<Self, Fault> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let lines: Vec<_> = text.lines().zip(first_line..).map(|(line, at)| (at, line)).collect();
        let missing = |message: &str| {
            let remedy = "文件开头和各项之后各写一行 ---，其间每行写“名称：值”";
            Fault::error(Field::File, message, remedy).at(first_line)
        };
        let is_fence = |line: &(usize, &str)| line.1.trim_end() == FENCE;
        let begins = lines.iter().position(|line| !line.1.trim().is_empty());
        let begins = begins.filter(|at| is_fence(&lines[*at]));
        let begins = begins.ok_or_else(|| missing("文件开头没有 ---"))?;
        let length = lines[begins + 1..].iter().position(is_fence);
        let ends = begins + 1 + length.ok_or_else(|| missing("各项之后没有 ---"))?;
        let body: Vec<_> = lines[ends + 1..].iter().map(|line| line.1).collect();
        Ok(Self { head: lines[begins + 1..ends].to_vec(), body: body.join("\n") })
    }
}
