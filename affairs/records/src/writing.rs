//! A record as a file: PDF and DOCX laid out as a 公文, JSON for machines.

use documents::writing::{Article, Block as Printed, Imprint, WriteError};
use law::Date;
use records_rules::{Block, Cell, Run, unmarked};
use serde_json::{Value, json};
use web::{PrintFault, Printer};

use crate::official::Official;
use crate::standing::warning;
use crate::store::{Former, Record};

/// The forms a record is given out in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    Pdf,
    Docx,
    Json,
}

/// Why a record could not be written.
#[derive(Debug, thiserror::Error)]
pub(crate) enum WritingError {
    #[error(transparent)]
    Write(#[from] WriteError),
    #[error(transparent)]
    Print(#[from] PrintFault),
    #[error(transparent)]
    Json(#[from] serde_json::Error),
    #[error("生成的文件存不下来")]
    Kept(#[source] std::io::Error),
}

impl Form {
    const ALL: [Self; 3] = [Self::Pdf, Self::Docx, Self::Json];

    /// The form a name's ending means.
    pub(crate) fn by_ending(ending: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|form| form.ending() == ending)
    }

    /// The ending of its names.
    pub(crate) fn ending(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Docx => "docx",
            Self::Json => "json",
        }
    }

    /// Its media type.
    pub(crate) fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Json => "application/json",
        }
    }
}

/// Writes a record with its corrections in a form, as it stands on `today`.
pub(crate) async fn write(
    record: &Record,
    former: &[Former],
    form: Form,
    printer: Option<&Printer>,
    today: Date,
) -> Result<Vec<u8>, WritingError> {
    Ok(match form {
        Form::Json => serde_json::to_vec_pretty(&data(record, today))?,
        Form::Docx => Laid::of(record, former, today).to_docx()?,
        Form::Pdf => {
            let printer = printer.ok_or(PrintFault::Absent)?;
            printer.print("document", Laid::of(record, former, today).to_press()?).await?
        }
    })
}

/// A record to be laid out.
#[derive(Debug)]
pub(crate) struct Laid {
    article: Article,
    /// What a reader must know before relying on it, a line each: whether it holds, its corrections.
    standing: Vec<String>,
}

impl Laid {
    /// The record with its corrections, as it stands on `today`.
    pub(crate) fn of(record: &Record, former: &[Former], today: Date) -> Self {
        let standing = warning(&record.metadata, today).into_iter().chain(corrected(former));
        Self { article: article(record), standing: standing.collect() }
    }

    /// The data of the press's 公文 template.
    pub(crate) fn to_press(&self) -> Result<Value, WriteError> {
        let mut data = self.article.to_press()?;
        if !self.standing.is_empty() {
            data["standing"] = json!(self.standing);
        }
        Ok(data)
    }

    /// As DOCX, where these lines follow the 文号.
    pub(crate) fn to_docx(&self) -> Result<Vec<u8>, WriteError> {
        let lines: Vec<&str> =
            self.article.number.iter().chain(&self.standing).map(String::as_str).collect();
        let number = Some(lines.join("\n")).filter(|lines| !lines.is_empty());
        Article { number, ..self.article.clone() }.to_docx()
    }
}

/// When it was corrected, the first time first.
fn corrected(former: &[Former]) -> Option<String> {
    let mut days: Vec<String> =
        former.iter().map(|one| web::moments::day(&one.replaced_at)).collect();
    days.sort();
    days.dedup();
    (!days.is_empty())
        .then(|| format!("本文件已经更正（{}），这里是更正后的文本。", days.join("、")))
}

/// The record as a 公文. There is no 发文机关标志: the red head belongs to the paper original.
fn article(record: &Record) -> Article {
    let parts = Official::of(Block::read(&record.text));
    let says_annexes = parts
        .body
        .iter()
        .any(|block| matches!(block, Block::Paragraph { text } if text.starts_with("附件：")));
    let annexes = record.attachments.iter().map(|file| bare_name(&file.name).to_owned());
    let imprint = parts.printer.clone().map(|printer| Imprint {
        copies: parts.copies.clone(),
        printer,
        printed: parts.printed.as_deref().and_then(written_day),
    });
    Article {
        number: record.metadata.number.as_ref().map(ToString::to_string),
        title: record.metadata.title.clone(),
        addressee: parts.addressee,
        blocks: printed(parts.body),
        attachments: if says_annexes { Vec::new() } else { annexes.collect() },
        signature: Some(parts.signatures.join("\n")).filter(|names| !names.is_empty()),
        date: parts.date.as_deref().and_then(written_day),
        note: parts.note,
        imprint,
        made: Some(record.metadata.made_on.0),
        ..Article::default()
    }
}

/// The blocks as they are printed: the third level of a manuscript is the sentence that begins the
/// paragraph after it.
fn printed(body: Vec<Block>) -> Vec<Printed> {
    let mut blocks = Vec::with_capacity(body.len());
    let mut body = body.into_iter().peekable();
    while let Some(block) = body.next() {
        blocks.push(match block {
            Block::Heading { level: level @ 3.., text } => {
                let rest = body.next_if(|next| matches!(next, Block::Paragraph { .. }));
                let rest = rest.map(|block| block.plain()).unwrap_or_default();
                Printed::Heading { level: level - 1, text, rest }
            }
            Block::Heading { text, .. } => Printed::heading(1, text),
            Block::Paragraph { text } => Printed::paragraph(unmarked(&text)),
            Block::List { ordered, items } => {
                let items = items.iter().map(|item| unmarked(&item.text)).collect();
                Printed::List { ordered, items }
            }
            Block::Table { heads, rows } => table(heads, &rows),
            // The picture itself is among the attachments.
            Block::Image { alt, file } => {
                Printed::paragraph(format!("（图：{alt}，见附件“{file}”）"))
            }
        });
    }
    blocks
}

/// A table for print, where no cells are merged: their text stands once. Of several header rows the
/// words are joined.
fn table(heads: usize, rows: &[Vec<Cell>]) -> Printed {
    let filled = Cell::filled(rows);
    let width = filled.first().map(Vec::len).unwrap_or_default();
    let header = (0..width).map(|column| {
        let mut words: Vec<String> = Vec::new();
        for row in &filled[..heads.min(filled.len())] {
            let text = unmarked(&row[column]);
            if words.last() != Some(&text) {
                words.push(text);
            }
        }
        words.join(" ")
    });
    let header = header.collect();
    let cell = |cell: &Cell| match cell {
        Cell::Text(text) => unmarked(text),
        Cell::Left | Cell::Above => String::new(),
    };
    let rows = rows.iter().skip(heads).map(|row| row.iter().map(cell).collect()).collect();
    Printed::Table { caption: String::new(), header, rows }
}

/// The parts for machines: texts without marks, and every place of a table filled.
fn parts(text: &str) -> Vec<Value> {
    let part = |block: Block| match block {
        Block::Heading { level, text } => {
            json!({ "kind": "heading", "level": level, "text": text })
        }
        Block::Paragraph { text } => {
            let links = Run::read(&text).into_iter().filter_map(|run| {
                run.link.map(|link| json!({ "text": run.text, "address": link }))
            });
            let links: Vec<_> = links.collect();
            match links.as_slice() {
                [] => json!({ "kind": "paragraph", "text": unmarked(&text) }),
                _ => json!({ "kind": "paragraph", "text": unmarked(&text), "links": links }),
            }
        }
        Block::List { ordered, items } => {
            let items = items.iter().map(|item| unmarked(&item.text)).collect::<Vec<_>>();
            json!({ "kind": "list", "ordered": ordered, "items": items })
        }
        Block::Table { heads, rows } => {
            let filled = Cell::filled(&rows).into_iter();
            let mut filled: Vec<Vec<String>> =
                filled.map(|row| row.iter().map(|text| unmarked(text)).collect()).collect();
            let rows = filled.split_off(heads.min(filled.len()));
            let more: Vec<_> = filled.split_off(filled.len().min(1));
            json!({
                "kind": "table", "header": filled.pop().unwrap_or_default(), "more_headers": more,
                "rows": rows,
            })
        }
        Block::Image { alt, file } => json!({ "kind": "image", "text": alt, "attachment": file }),
    };
    Block::read(text).into_iter().map(part).collect()
}

fn written_day(text: &str) -> Option<Date> {
    Date::strptime("%Y年%m月%d日", text).ok()
}

fn bare_name(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(bare, _)| bare)
}

/// The record for machines.
fn data(record: &Record, today: Date) -> Value {
    let (metadata, dates) = (&record.metadata, &record.dates);
    let file = |(at, file): (usize, &crate::store::Attachment)| {
        json!({
            "name": file.name, "media_type": file.media_type, "size": file.size,
            "sha256": file.sha256, "path": format!("/wenjian/{}/fujian/{}", record.id, at + 1),
        })
    };
    json!({
        "schema_version": 1,
        "id": record.id,
        "path": format!("/wenjian/{}", record.id),
        "metadata": metadata,
        "organ": record.organ_name,
        "published_at": dates.here,
        "published_on": dates.here.day(),
        "stated_by_source": dates.is_stated_by_source(),
        "validity": metadata.life.validity_on(today).name(),
        "validity_as_of": today,
        "items": record.items,
        "summary": record.summary,
        "blocks": parts(&record.text),
        "attachments": record.attachments.iter().enumerate().map(file).collect::<Vec<_>>(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_third_level_heading_is_printed_with_the_paragraph_after_it() {
        let body = Block::read(
            "## 一、目标\n\n### （一）加强建设。\n\n充分发挥作用。\n\n### （二）其他。\n\n- 甲",
        );
        let blocks = printed(body);
        assert_eq!(blocks[0], Printed::heading(1, "一、目标"));
        let (text, rest) = ("（一）加强建设。".into(), "充分发挥作用。".into());
        assert_eq!(blocks[1], Printed::Heading { level: 2, text, rest });
        assert_eq!(blocks[2], Printed::heading(2, "（二）其他。"));
        assert_eq!(blocks.len(), 4);
    }

    #[test]
    fn a_written_day_is_read_with_or_without_leading_zeros() {
        for (text, day) in [
            ("2020年7月7日", Some("2020-07-07")),
            ("2026年11月25日", Some("2026-11-25")),
            ("2020年7月", None),
        ] {
            assert_eq!(written_day(text).map(|day| day.to_string()).as_deref(), day, "{text}");
        }
    }
}
