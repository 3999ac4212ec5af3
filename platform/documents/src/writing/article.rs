//! A 公文 as it is to be printed or saved, whoever wrote it.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{WriteError, docx, title, width};

/// A document laid out after GB/T 9704-2012. Fields that are empty or absent are not printed.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Article {
    /// 发文机关标志, the red head (7.2.4), such as 厦门市人民政府办公厅文件.
    #[serde(default)]
    pub letterhead: Option<String>,
    /// 发文字号 (7.2.5), its year in 〔 〕.
    #[serde(default)]
    pub number: Option<String>,
    /// 标题 (7.3.1). Line breaks are kept; without any, it is broken where the meaning allows.
    pub title: String,
    /// 主送机关 (7.3.2), with its colon.
    #[serde(default)]
    pub addressee: Option<String>,
    /// 正文 (7.3.3).
    pub blocks: Vec<Block>,
    /// 附件说明 (7.3.4): the attachments' names in order, without numbers.
    #[serde(default)]
    pub attachments: Vec<String>,
    /// 发文机关署名 (7.3.5).
    #[serde(default)]
    pub signature: Option<String>,
    /// 成文日期 (7.3.5).
    #[serde(default)]
    pub date: Option<Date>,
    /// 附件正文 (7.3.7): begins on a page of its own after everything signed, such as a slip to be sent
    /// back.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub annex: Vec<Block>,
    /// 附注 (7.3.6) without its brackets, such as 此件主动公开.
    #[serde(default)]
    pub note: Option<String>,
    /// 版记 (7.4).
    #[serde(default)]
    pub imprint: Option<Imprint>,
    /// The date the file says it was made on; none leaves a fixed one.
    #[serde(default)]
    pub made: Option<Date>,
}

/// A part of the text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Block {
    /// A paragraph.
    Paragraph {
        /// Its text; line breaks are kept.
        text: String,
    },
    /// A heading: 一、 （一） 1. （1） for levels 1 to 4, the number being part of the text.
    Heading {
        /// From 1 to 4; beyond, it counts as 4.
        level: u8,
        /// The heading, or the sentence that serves as one.
        text: String,
        /// What follows it in the same paragraph; empty if it stands alone.
        #[serde(default)]
        rest: String,
    },
    /// A table within the text.
    Table {
        /// The line above it; empty for none.
        #[serde(default)]
        caption: String,
        /// The headings.
        header: Vec<String>,
        /// The rows, each as long as the headings.
        rows: Vec<Vec<String>>,
    },
    /// A list.
    List {
        /// Whether the items are numbered.
        #[serde(default)]
        ordered: bool,
        /// The items.
        items: Vec<String>,
    },
}

/// 版记, at the foot of the last page.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Imprint {
    /// 抄送 and similar lines, each with its own label and full stop.
    #[serde(default)]
    pub copies: Vec<String>,
    /// 印发机关.
    pub printer: String,
    /// 印发日期.
    #[serde(default)]
    pub printed: Option<Date>,
}

impl Block {
    /// A paragraph.
    #[must_use]
    pub fn paragraph(text: impl Into<String>) -> Self {
        Self::Paragraph { text: text.into() }
    }

    /// A heading that stands alone.
    #[must_use]
    pub fn heading(level: u8, text: impl Into<String>) -> Self {
        Self::Heading { level, text: text.into(), rest: String::new() }
    }
}

impl Article {
    /// The title in the lines it is printed in.
    #[must_use]
    pub fn title_lines(&self) -> Vec<String> {
        title::lines(&self.title)
    }

    /// Reads plain text into blocks: each line a paragraph, its level told by its number.
    ///
    /// The numbers are those of GB/T 9704-2012 7.3.3: 一、 （一） 1. （1）. A line that is only a
    /// short heading becomes one; a line that begins with one and goes on keeps the rest beside it.
    #[must_use]
    pub fn blocks_of(text: &str) -> Vec<Block> {
        text.lines().map(str::trim).filter(|line| !line.is_empty()).map(block_of).collect()
    }

    /// Checks that tables within the text are whole.
    ///
    /// # Errors
    ///
    /// [`WriteError::Shape`].
    pub fn check(&self) -> Result<(), WriteError> {
        let broken = self.blocks.iter().chain(&self.annex).position(|block| match block {
            Block::Table { header, rows, .. } => {
                header.is_empty() || rows.iter().any(|row| row.len() != header.len())
            }
            _ => false,
        });
        broken.map_or(Ok(()), |at| {
            Err(WriteError::Shape {
                detail: format!("正文第 {} 段的表格列数与表头不同", at + 1)
            })
        })
    }

    /// The data of the press's 公文 template.
    ///
    /// # Errors
    ///
    /// [`WriteError::Shape`].
    pub fn to_press(&self) -> Result<Value, WriteError> {
        self.check()?;
        let failed = |error: serde_json::Error| WriteError::Format {
            format: "PDF",
            detail: error.to_string(),
        };
        let mut value = serde_json::to_value(self).map_err(failed)?;
        let parts = [("blocks", &self.blocks), ("annex", &self.annex)];
        for (part, at, block) in parts.into_iter().flat_map(|(part, blocks)| {
            blocks.iter().enumerate().map(move |(at, one)| (part, at, one))
        }) {
            match block {
                Block::Heading { level, .. } => {
                    value[part][at]["level"] = (*level).clamp(1, 4).into();
                }
                Block::Table { header, rows, .. } => {
                    value[part][at]["widths"] = width::of_columns(header, rows).into();
                }
                Block::Paragraph { .. } | Block::List { .. } => {}
            }
        }
        value["title_lines"] = serde_json::to_value(self.title_lines()).map_err(failed)?;
        Ok(value)
    }

    /// The document as DOCX.
    ///
    /// # Errors
    ///
    /// [`WriteError::Shape`] and [`WriteError::Format`].
    pub fn to_docx(&self) -> Result<Vec<u8>, WriteError> {
        self.check()?;
        docx::article(self)
    }
}

/// The longest line that can be a heading by itself, in characters; a longer one is a paragraph
/// that happens to begin with a number.
const LONGEST_HEADING: usize = 40;

fn block_of(line: &str) -> Block {
    let Some(level) = level_of(line) else { return Block::paragraph(line) };
    let sentence = line.find('。').map(|at| at + '。'.len_utf8());
    match sentence {
        Some(end) if end < line.len() && line[..end].chars().count() <= LONGEST_HEADING => {
            Block::Heading { level, text: line[..end].to_owned(), rest: line[end..].to_owned() }
        }
        None if line.chars().count() <= LONGEST_HEADING => Block::heading(level, line),
        _ => Block::paragraph(line),
    }
}

/// The level a line's number gives it.
fn level_of(line: &str) -> Option<u8> {
    let bracketed = |open: char, close: char| {
        line.strip_prefix(open).and_then(|rest| rest.split_once(close)).map(|(number, _)| number)
    };
    if let Some(number) = bracketed('（', '）').or_else(|| bracketed('(', ')')) {
        return match (is_chinese_number(number), is_digits(number)) {
            (true, _) => Some(2),
            (_, true) => Some(4),
            _ => None,
        };
    }
    if line.split_once('、').is_some_and(|(number, _)| is_chinese_number(number)) {
        return Some(1);
    }
    let (number, rest) = line.split_once(['.', '．'])?;
    // 3.5 is a quantity, not a third heading.
    (is_digits(number) && !rest.starts_with(|next: char| next.is_ascii_digit())).then_some(3)
}

fn is_chinese_number(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|char| "一二三四五六七八九十百".contains(char))
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.len() <= 3 && text.chars().all(|char| char.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_the_level_its_number_gives_it() {
        for (line, level) in [
            ("一、总体目标", Some(1)),
            ("十二、附则", Some(1)),
            ("（一）区级设施", Some(2)),
            ("(三)坚持“互联网+政务服务”", Some(2)),
            ("1.明确范围", Some(3)),
            ("（1）细项", Some(4)),
            ("3.5万人受益", None),
            ("2026年", None),
            ("（责任单位：市信息中心）", None),
            ("各区人民政府：", None),
        ] {
            assert_eq!(level_of(line), level, "{line}");
        }
    }

    #[test]
    fn a_sentence_that_serves_as_a_heading_keeps_the_rest_beside_it() {
        let blocks = Article::blocks_of("（一）加强建设。充分发挥平台作用。\n\n一、目标");
        assert_eq!(
            blocks,
            [
                Block::Heading {
                    level: 2,
                    text: "（一）加强建设。".into(),
                    rest: "充分发挥平台作用。".into()
                },
                Block::heading(1, "一、目标"),
            ]
        );
    }
}
