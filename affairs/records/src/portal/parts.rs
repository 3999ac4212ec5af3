//! A document's text as the page shows it.

use askama::{Template, filters::HtmlSafe};
use records_rules::Block;

use crate::official::Official;

/// The text of a document, set apart as a 公文; prints as HTML.
#[derive(Debug, Clone, Template)]
#[template(path = "portal/parts.html")]
pub(super) struct Parts {
    official: Official,
    pieces: Vec<Piece>,
}

impl HtmlSafe for Parts {}

/// One piece of the running text.
#[derive(Debug, Clone)]
enum Piece {
    /// A heading below the title, with its id on the page.
    Heading { id: String, text: String },
    /// A heading below that.
    Deeper { text: String },
    /// A paragraph.
    Paragraph { text: String },
    /// 附件说明.
    Annex { text: String },
    /// A list.
    List { items: Vec<String> },
    /// A table; tables are numbered for those who cannot see them.
    Table { number: usize, header: Vec<String>, rows: Vec<Vec<String>> },
}

impl Parts {
    /// Takes a manuscript's text apart.
    pub(super) fn of(text: &str) -> Self {
        let mut official = Official::of(Block::read(text));
        let (mut headings, mut tables) = (0, 0);
        let piece = |block| match block {
            // A text may begin on the third level; a page may not leave one out.
            Block::Heading { level, text } if level < 3 || headings == 0 => {
                headings += 1;
                Piece::Heading { id: format!("s{headings}"), text }
            }
            Block::Heading { text, .. } => Piece::Deeper { text },
            Block::Paragraph { text } if text.starts_with("附件：") => Piece::Annex { text },
            Block::Paragraph { text } => Piece::Paragraph { text },
            Block::List { items } => Piece::List { items },
            Block::Table { header, rows } => {
                tables += 1;
                Piece::Table { number: tables, header, rows }
            }
        };
        let pieces = std::mem::take(&mut official.body).into_iter().map(piece).collect();
        Self { official, pieces }
    }

    /// 本页目录: the headings, each with its id.
    pub(super) fn contents(&self) -> Vec<(String, String)> {
        let heading = |piece: &Piece| match piece {
            Piece::Heading { id, text } => Some((id.clone(), text.clone())),
            _ => None,
        };
        self.pieces.iter().filter_map(heading).collect()
    }
}
