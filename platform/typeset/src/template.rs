//! The templates that are built in, and the files they consist of.

use serde::{Deserialize, Serialize};

/// A kind of document we know how to set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Template {
    /// 标准目录 on A4 landscape: a table with grouped headings that repeat on every page. Its data
    /// is the press form of a sheet: `title`, `subtitle`, `columns`, `rows`, `merges`, `notes`.
    Catalogue,
    /// 公文 after GB/T 9704-2012. Its data is the press form of an article: `letterhead`, `number`,
    /// `title`, `addressee`, `blocks`, `attachments`, `signature`, `date`, `note`, `imprint`.
    Document,
    /// 指南 on paper: a desk card (A5), a board (A2) or a leaflet (A4 folded twice). Its data: `layout`,
    /// `organ`, `title`, `office` (pairs), `sections` (`title`, `items`).
    Guide,
    /// A DL envelope. Its data: `to` and `from` (`name`, `address`, `phone`, `postcode`), `number`.
    Envelope,
    /// A drawing, given as PNG. Its data: `svg`, and `width` in dots. It is painted, not set.
    Drawing,
}

impl Template {
    /// The file typst starts from.
    pub(crate) const fn entry(self) -> &'static str {
        match self {
            Self::Catalogue => "/catalogue.typ",
            Self::Document => "/document.typ",
            Self::Guide => "/guide.typ",
            Self::Envelope => "/envelope.typ",
            // Nothing is set ([`crate::painting`]).
            Self::Drawing => "/drawing.svg",
        }
    }

    /// Every template file, by the path under which templates import each other.
    pub(crate) const FILES: [(&'static str, &'static str); 5] = [
        ("/catalogue.typ", include_str!("../templates/catalogue.typ")),
        ("/document.typ", include_str!("../templates/document.typ")),
        ("/guide.typ", include_str!("../templates/guide.typ")),
        ("/envelope.typ", include_str!("../templates/envelope.typ")),
        ("/official.typ", include_str!("../templates/official.typ")),
    ];
}
