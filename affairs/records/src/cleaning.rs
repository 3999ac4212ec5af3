//! 清理: text from the clipboard, a file, an interface or the command line becomes text of the closed
//! schema, and whoever hands it in is told what was changed. There is one cleaner; whatever it does
//! not know does not come through, because it writes marks and never passes anything on.

mod changes;
mod legacy;
mod outline;

use std::path::Path;

use documents::reading::Unreadable;
use documents::reading::prose::{self, Letters, Line, Piece, Place, Prose, Table};
use records_rules::{Block, Cell, Item, Run, link_address};

use crate::acts::File;
use changes::Changes;
use outline::{Rank, even_numbers};

/// A text that was cleaned.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cleaned {
    /// The title, where the text begins with one set in the middle.
    pub title: Option<String>,
    /// Its parts.
    pub blocks: Vec<Block>,
    /// The pictures it came with, named as the text names them.
    pub pictures: Vec<File>,
    /// What was changed, a sentence each.
    pub changes: Vec<String>,
}

impl Cleaned {
    /// The text with the marks of a manuscript.
    pub fn text(&self) -> String {
        Block::write(&self.blocks)
    }
}

/// Cleans what was copied from Word, WPS or a page.
pub fn pasted(page: &str) -> Cleaned {
    cleaned(prose::of_page(page), false)
}

/// Cleans plain text, line by line.
pub fn of_text(text: &str) -> Cleaned {
    cleaned(prose::of_text(text), false)
}

/// Cleans a file: docx, a web page, text; .doc and .wps where there is a converter, which is kept from the data
/// folder.
///
/// # Errors
/// The file cannot be read; says what to do.
pub async fn of_file(bytes: Vec<u8>, data: &Path) -> Result<Cleaned, Unreadable> {
    let bytes =
        if legacy::is_legacy(&bytes) { legacy::converted(bytes, data).await? } else { bytes };
    // Reading takes a while and is not to hold up others.
    let read = tokio::task::spawn_blocking(move || prose::of_file(&bytes)).await;
    let read = read.unwrap_or_else(|lost| {
        Err(Unreadable::Damaged { part: "文件".into(), detail: lost.to_string() })
    });
    Ok(cleaned(read?, true))
}

/// `whole` where the text is a whole document, which may begin with its title.
fn cleaned(prose: Prose, whole: bool) -> Cleaned {
    let mut making = Making { changes: Changes::of(&prose.left_out), ..Making::default() };
    let mut pieces = prose.pieces;
    if whole {
        making.title = title(&pieces).inspect(|_| {
            pieces.remove(0);
        });
    }
    let stated = pieces.iter().filter_map(|piece| match piece {
        Piece::Line(line) => line.heading,
        Piece::Table(_) | Piece::Picture(_) => None,
    });
    making.highest = stated.min().unwrap_or(1);
    for piece in pieces {
        match piece {
            Piece::Line(line) => making.line(line),
            Piece::Table(table) => making.table(table),
            Piece::Picture(picture) => making.picture(picture),
        }
    }
    making.done()
}

/// The longest title set in the middle that is taken for one, in letters.
const LONGEST_TITLE: usize = 80;

fn title(pieces: &[Piece]) -> Option<String> {
    let [Piece::Line(line), _, ..] = pieces else { return None };
    let text: String = line.letters.iter().map(|one| one.text.as_str()).collect();
    let named = line.centred || line.heading == Some(1);
    let fits = text.chars().count() <= LONGEST_TITLE && Rank::of(&text).is_none();
    (named && fits).then(|| text.trim().to_owned())
}

#[derive(Default)]
struct Making {
    title: Option<String>,
    blocks: Vec<Block>,
    pictures: Vec<File>,
    changes: Changes,
    /// The highest heading that the text states for itself.
    highest: u8,
    /// Pictures whose file did not come with the text.
    missing: usize,
}

impl Making {
    fn line(&mut self, line: Line) {
        let mut letters = line.letters;
        let mut mark = line.list;
        // A mark of headings is part of the words; one of figures or bullets is a list's.
        if let Some(shown) = mark.as_ref().map(|mark| mark.shown.clone())
            && Rank::of(&shown).is_some_and(Rank::is_chinese)
        {
            letters.insert(0, Letters { text: shown, ..Letters::default() });
            mark = None;
        }
        let text: String = letters.iter().map(|one| one.text.as_str()).collect();
        if let Some(mark) = mark {
            let text = self.marked(&letters);
            let depth = mark.depth.min(2);
            return self.item(mark.ordered, Item { depth, text });
        }
        let ranked = Rank::of(&text).filter(|rank| rank.is_heading(&text));
        let stated = line.heading.map(|level| 2 + level.saturating_sub(self.highest));
        match ranked.map(Rank::level).or(stated) {
            Some(level) => {
                self.changes.headings += 1;
                self.blocks
                    .push(Block::Heading { level: level.min(4), text: even_numbers(text.trim()) });
            }
            None => {
                let text = self.marked(&letters);
                self.blocks.push(Block::Paragraph { text });
            }
        }
    }

    /// An entry goes to the list before it, if that is of its kind.
    fn item(&mut self, numbered: bool, item: Item) {
        match self.blocks.last_mut() {
            Some(Block::List { ordered, items }) if *ordered == numbered => items.push(item),
            _ => {
                self.changes.lists += 1;
                self.blocks.push(Block::List { ordered: numbered, items: vec![item] });
            }
        }
    }

    fn marked(&mut self, letters: &[Letters]) -> String {
        let run = |one: &Letters| {
            let link = one.link.as_deref().and_then(link_address).map(str::to_owned);
            Run { text: even_numbers(&one.text), bold: one.bold, link }
        };
        let runs: Vec<Run> = letters.iter().map(run).collect();
        let dropped =
            letters.iter().zip(&runs).filter(|(one, run)| one.link.is_some() && run.link.is_none());
        self.changes.links += dropped.count();
        Run::write(&Run::trimmed(runs))
    }

    fn table(&mut self, table: Table) {
        let mut cell = |place: Place| match place {
            Place::Cell(lines) => {
                let lines: Vec<_> = lines.iter().map(|line| self.marked(line)).collect();
                Cell::Text(lines.join("\n"))
            }
            Place::Left => Cell::Left,
            Place::Above => Cell::Above,
        };
        let rows: Vec<Vec<Cell>> =
            table.rows.into_iter().map(|row| row.into_iter().map(&mut cell).collect()).collect();
        let merged = rows.iter().flatten().filter(|cell| !matches!(cell, Cell::Text(_))).count();
        self.changes.tables += 1;
        self.changes.merged += merged;
        self.changes.guessed += usize::from(table.heads == 0);
        let heads = table.heads.clamp(1, rows.len().max(1));
        self.blocks.push(Block::Table { heads, rows: Cell::settled(rows) });
    }

    fn picture(&mut self, picture: prose::Picture) {
        let alt = picture.alt.trim().to_owned();
        let Some(bytes) = picture.bytes else {
            self.missing += 1;
            let told = if alt.is_empty() { String::new() } else { format!("：{alt}") };
            let text = format!("【请上传图片{}{told}】", self.missing);
            return self.blocks.push(Block::Paragraph { text });
        };
        let ending = match bytes.first() {
            Some(0x89) => "png",
            Some(0xff) => "jpg",
            _ => "gif",
        };
        let name = format!("图{}.{ending}", self.pictures.len() + 1);
        self.changes.unsaid += usize::from(alt.is_empty());
        self.pictures.push(File { name: name.clone(), bytes });
        self.blocks.push(Block::Image { alt, file: name });
    }

    fn done(mut self) -> Cleaned {
        // What is written and read again is what is kept.
        let blocks = Block::read(&Block::write(&self.blocks));
        self.changes.paragraphs =
            blocks.iter().filter(|block| matches!(block, Block::Paragraph { .. })).count();
        self.changes.pictures = self.pictures.len();
        self.changes.missing = self.missing;
        let changes = self.changes.said(self.title.as_deref());
        Cleaned { title: self.title, blocks, pictures: self.pictures, changes }
    }
}
