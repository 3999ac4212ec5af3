//! Documents of everyday matters with attachments: what people look for first, and words that stand in an
//! attachment alone.

use std::path::Path;

use documents::examining::here;
use documents::writing::{Article, Column, Sheet};
use ledger::Ledger;
use records::acts::File;
use records::acts::attachment_text::{Found, Reader, read_waiting};

use super::checking::refused;
use super::city::actor;
use super::files;
use crate::commands::record;
use crate::failure::Failure;

/// Between two documents of the file.
const NEXT: &str = "\n=====\n";

/// Before an attachment: its name stands on the rest of the line.
const ATTACHED: &str = "\n+++++ ";

/// So many attachments are read at a time.
const AT_ONCE: i64 = 100;

/// Takes over every document with its attachments.
pub(super) async fn load(ledger: &Ledger, folder: &Path) -> Result<(), Failure> {
    for piece in files::EVERYDAY.split(NEXT) {
        let mut parts = piece.split(ATTACHED);
        let manuscript = parts.next().unwrap_or_default();
        let attachments = parts.map(attachment).collect::<Result<Vec<_>, _>>()?;
        record::publish_manuscripts(ledger, folder, actor(), manuscript, attachments).await?;
    }
    // What this program brings along is read here, not in a child.
    let read: Reader = |bytes, name| {
        Found::of(here::scan(bytes, name).map(|(_, text)| text), here::preview(bytes, name))
    };
    while read_waiting(ledger, folder, read, AT_ONCE).await.map_err(refused)? > 0 {}
    Ok(())
}

/// A file as its name says: a table, a document, or the text as it stands.
fn attachment(piece: &str) -> Result<File, Failure> {
    let (name, text) = piece.split_once('\n').unwrap_or((piece, ""));
    let (title, ending) = name.rsplit_once('.').unwrap_or((name, "csv"));
    let bytes = match ending {
        "xlsx" => table(title, text).to_xlsx(),
        "docx" => letter(title, text).to_docx(),
        _ => Ok(text.as_bytes().to_vec()),
    };
    let bytes = bytes.map_err(|error| {
        Failure::invalid(
            format!("演示附件“{name}”写不出: {error}"),
            "请核对 server/demo/everyday.md",
        )
    })?;
    Ok(File { name: name.to_owned(), bytes })
}

/// The lines `| … | … |`, the headings first.
fn table(title: &str, text: &str) -> Sheet {
    let cells = |line: &str| -> Vec<String> {
        line.trim().trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect()
    };
    let mut rows = text.lines().filter(|line| line.starts_with('|')).map(cells);
    let columns = rows.next().unwrap_or_default().into_iter().map(Column::new).collect();
    Sheet {
        name: title.to_owned(),
        title: title.to_owned(),
        columns,
        rows: rows.collect(),
        ..Sheet::default()
    }
}

fn letter(title: &str, text: &str) -> Article {
    Article { title: title.to_owned(), blocks: Article::blocks_of(text), ..Article::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_attachment_is_written_in_the_format_its_name_says() {
        let made = |piece| attachment(piece).map_err(|failure| failure.to_string());
        let table = made("甲.xlsx\n| 名称 | 数 |\n| 一 | 1 |\n").expect("a table");
        let letter = made("乙.docx\n一、开头。后面的话。\n").expect("a letter");
        let plain = made("丙.csv\n名称,数\n一,1\n").expect("a text");
        assert_eq!((table.name.as_str(), &table.bytes[..2]), ("甲.xlsx", &b"PK"[..]));
        assert_eq!((letter.name.as_str(), &letter.bytes[..2]), ("乙.docx", &b"PK"[..]));
        assert_eq!(plain.bytes, "名称,数\n一,1\n".as_bytes());
    }
}
