//! A document's text as the page shows it.

use askama::{Template, filters::HtmlSafe};
use records_rules::{Block, Cell, Item, Placed, Run};

use crate::official::Official;

/// The text of a document, set apart as a 公文; prints as HTML.
#[derive(Debug, Clone, Template)]
#[template(path = "portal/parts.html")]
pub(crate) struct Parts {
    official: Official,
    pieces: Vec<Piece>,
}

impl HtmlSafe for Parts {}

/// Where the links and pictures of a text lead on the page that shows it.
pub(crate) struct Around<'a> {
    /// The full path of an address below the site.
    pub href: &'a dyn Fn(&str) -> String,
    /// Where the attachment of this name is; `None` where there is none.
    pub file: &'a dyn Fn(&str) -> Option<String>,
}

/// One piece of the running text.
#[derive(Debug, Clone)]
enum Piece {
    /// A heading below the title, with its id on the page.
    Heading { id: String, text: String },
    /// A heading below that.
    Deeper { text: String },
    /// A heading of the third level.
    Deepest { text: String },
    /// A paragraph.
    Paragraph { words: Words },
    /// 附件说明.
    Annex { words: Words },
    /// A list; its items lie in lists of their own where they are set in.
    List { list: List },
    /// A table; tables are numbered for those who cannot see them.
    Table { number: usize, heads: Vec<Vec<Drawn>>, rows: Vec<Vec<Drawn>> },
    /// A picture.
    Image { href: String, alt: String },
    /// A picture whose file is not among the attachments.
    NoImage { alt: String },
}

/// Running text; prints as HTML.
#[derive(Debug, Clone, Template)]
#[template(
    source = "{% for run in self.0 %}{% if let Some(href) = run.link %}<a href=\"{{ href }}\">{% endif %}{% if run.bold %}<b>{{ run.text }}</b>{% else %}{{ run.text }}{% endif %}{% if run.link.is_some() %}</a>{% endif %}{% endfor %}",
    ext = "html"
)]
struct Words(Vec<Run>);

impl HtmlSafe for Words {}

/// A list with the lists in it; prints as HTML.
#[derive(Debug, Clone, Template)]
#[template(
    source = "<{{ tag }}>{% for (words, inner) in items %}<li><p>{{ words }}</p>{% if let Some(inner) = inner %}{{ inner }}{% endif %}</li>{% endfor %}</{{ tag }}>",
    ext = "html"
)]
struct List {
    tag: &'static str,
    items: Vec<(Words, Option<List>)>,
}

impl HtmlSafe for List {}

/// A cell with its lines.
#[derive(Debug, Clone)]
struct Drawn {
    lines: Vec<Words>,
    columns: usize,
    rows: usize,
}

impl Around<'_> {
    fn words(&self, text: &str) -> Words {
        let mut runs = Run::read(text);
        for run in &mut runs {
            let inner = run.link.take_if(|link| link.starts_with('/'));
            run.link = inner.map(|path| (self.href)(&path)).or(run.link.take());
        }
        Words(runs)
    }

    fn list(&self, ordered: bool, items: &[Item]) -> List {
        let mut list = List { tag: if ordered { "ol" } else { "ul" }, items: vec![] };
        let Some(depth) = items.first().map(|item| item.depth) else { return list };
        let mut rest = items;
        while let Some((first, after)) = rest.split_first() {
            let inner = after.iter().take_while(|item| item.depth > depth).count();
            let (inner, next) = after.split_at(inner);
            let inner = (!inner.is_empty()).then(|| self.list(ordered, inner));
            list.items.push((self.words(&first.text), inner));
            rest = next;
        }
        list
    }

    fn row(&self, row: Vec<Placed>) -> Vec<Drawn> {
        let cell = |cell: Placed| Drawn {
            lines: cell.text.split('\n').map(|line| self.words(line)).collect(),
            columns: cell.columns,
            rows: cell.rows,
        };
        row.into_iter().map(cell).collect()
    }
}

impl Parts {
    /// Takes a manuscript's text apart.
    pub(crate) fn of(text: &str, around: &Around<'_>) -> Self {
        let mut official = Official::of(Block::read(text));
        let (mut headings, mut tables, mut deeper) = (0, 0, false);
        let piece = |block| match block {
            // A text may begin on the third level; a page may not leave one out.
            Block::Heading { level, text } if level < 3 || headings == 0 => {
                (headings, deeper) = (headings + 1, false);
                Piece::Heading { id: format!("s{headings}"), text }
            }
            Block::Heading { level, text } if level < 4 || !deeper => {
                deeper = true;
                Piece::Deeper { text }
            }
            Block::Heading { text, .. } => Piece::Deepest { text },
            Block::Paragraph { text } if text.starts_with("附件：") => {
                Piece::Annex { words: around.words(&text) }
            }
            Block::Paragraph { text } => Piece::Paragraph { words: around.words(&text) },
            Block::List { ordered, items } => Piece::List { list: around.list(ordered, &items) },
            Block::Table { heads, rows } => {
                tables += 1;
                let mut drawn = Cell::placed(&rows).into_iter().map(|row| around.row(row));
                let heads = drawn.by_ref().take(heads).collect();
                Piece::Table { number: tables, heads, rows: drawn.collect() }
            }
            Block::Image { alt, file } => match (around.file)(&file) {
                Some(href) => Piece::Image { href, alt },
                None => Piece::NoImage { alt },
            },
        };
        let pieces = std::mem::take(&mut official.body).into_iter().map(piece).collect();
        Self { official, pieces }
    }

    /// 本页目录: the headings, each with its id.
    pub(crate) fn contents(&self) -> Vec<(String, String)> {
        let heading = |piece: &Piece| match piece {
            Piece::Heading { id, text } => Some((id.clone(), text.clone())),
            _ => None,
        };
        self.pieces.iter().filter_map(heading).collect()
    }
}

/// A text as the portal shows it, where links stay as they are and there are no attachments.
pub(crate) fn shown(text: &str) -> String {
    let around = Around { href: &str::to_owned, file: &|name| Some(format!("/fujian/{name}")) };
    Parts::of(text, &around).to_string()
}
