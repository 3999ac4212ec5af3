//! Reading an annual report as it is found published: a web page, a workbook, a Word document.
//!
//! The file's lines and tables come from [`documents::reading`]; here they are understood by the words of
//! the form, never by position (docs/readings/136 to 139). What had to be overlooked or guessed for it is
//! told with its place; what is wrong in the report stays wrong and is named.

mod alignment;
mod content;
mod grid;
mod head;
mod notes;
mod other_years;
mod places;
mod report;
mod strewn;
mod table2;
mod table3;
mod table4;
mod title;
mod value;
mod words;

use documents::reading::{self as file, Document, Unreadable, site};
use reports_rules::{Section, prose_numbers};

use content::{Line, Piece, Table};
use head::Head;
use notes::Notes;

pub use notes::Note;
pub use report::{Form, FoundTables, ReadReport};

/// Why no report was read. The message says what is wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unread {
    /// The file itself could not be read.
    #[error(transparent)]
    File(#[from] Unreadable),
    /// The file was read, and there is no report in it.
    #[error("里面没有找到年度报告的表格，也没有找到它的标题和六个部分")]
    NoReport,
}

impl Unread {
    /// What the person who has the file can do.
    pub const fn remedy(&self) -> &'static str {
        match self {
            Self::NoReport => {
                "请确认选对了文件；报告在附件或者图片里的，请取得原网页、XLSX或者DOCX文件"
            }
            Self::File(Unreadable::TooLarge { .. }) => {
                "请只保留报告正文和表格，删去图片和附件后再读"
            }
            Self::File(Unreadable::TooManyCells { .. }) => {
                "请删去报告以外的空行、空列和工作表后再读"
            }
            Self::File(Unreadable::Unsupported { .. }) => {
                "请从发布页面另存网页，或者取得原XLSX、DOCX文件；扫描件和图片须先转为表格"
            }
            Self::File(refused) => refused.remedy(),
        }
    }
}

/// Whether a file of this size is read at all; asked before it is loaded.
///
/// # Errors
/// [`Unread::File`] if it is too large.
pub fn check_size(bytes: u64) -> Result<(), Unread> {
    Ok(file::check_size(bytes)?)
}

/// Reads the report in a file. `name` is the file's name, which decides nothing but whether commas
/// separate columns.
///
/// # Errors
/// [`Unread`], if the file cannot be read or holds nothing of a report. A report with tables missing is
/// read, and its notes say what is missing.
pub fn read(bytes: &[u8], name: &str) -> Result<ReadReport, Unread> {
    let document = file::read_whole(bytes, name)?;
    let (declared, stated) = declared(bytes, &document);
    let mut notes = Notes::default();
    let mut pieces = content::pieces(document, &mut notes);
    let head = head::head(&declared, &pieces, stated.as_deref(), &mut notes);
    leave_out_other_years(&mut pieces, head.year, &mut notes);
    let mut gathered = Gathered::default();
    gathered.take(&pieces, &head, &mut notes);
    let sections = sections(&pieces);
    if !gathered.any() && (head.title.is_none() || sections.len() < 3) {
        return Err(Unread::NoReport);
    }
    Ok(gathered.finish(head, sections, &pieces, notes))
}

/// Tables that set years side by side keep what is of this one.
fn leave_out_other_years(pieces: &mut [Piece], year: Option<i64>, notes: &mut Notes) {
    for piece in pieces {
        if let Piece::Table(table) = piece
            && let Some(grid) = other_years::left_out(&table.grid, year)
        {
            notes.add(&table.place, "标明是别的年份的行、列没有采用");
            table.grid = grid;
        }
    }
}

/// In a page larger than this no declaration is looked for: taking it apart takes many passes.
const LARGEST_DECLARING: usize = 1 << 20;

/// The titles and the day of publication that a page declares of itself.
fn declared(bytes: &[u8], document: &Document) -> (Vec<String>, Option<String>) {
    let may_declare = document.kind == file::Kind::Html && bytes.len() <= LARGEST_DECLARING;
    let page = may_declare.then(|| site::page(bytes).ok()).flatten();
    let told = page.map(|page| page.told).unwrap_or_default();
    let titles = told.get("articletitle").cloned().into_iter().chain(document.title.clone());
    let sheets = document.sheets.iter().filter_map(|sheet| sheet.name.clone());
    (titles.chain(sheets).collect(), told.get("pubdate").cloned())
}

/// The tables in the making.
#[derive(Default)]
struct Gathered {
    table2: table2::Gathered,
    table3: table3::Gathered,
    table4: table4::Gathered,
}

impl Gathered {
    const fn sections() -> [Section; 3] {
        [Section::Proactive, Section::Requests, Section::Remedies]
    }

    fn any(&self) -> bool {
        self.table2.found() || self.table3.found() || self.table4.found()
    }

    fn found(&self, section: Section) -> bool {
        match section {
            Section::Proactive => self.table2.found(),
            Section::Requests => self.table3.found(),
            _ => self.table4.found(),
        }
    }

    /// Takes each table first from under its own heading, and where it is not there from anywhere.
    fn take(&mut self, pieces: &[Piece], head: &Head, notes: &mut Notes) {
        let mut tables = tables(pieces, head.year, notes);
        let unit = head.unit.as_deref().unwrap_or_default();
        // of several, those that name somebody else come last
        tables.sort_by_key(|(.., captions)| of_somebody_else(captions, unit));
        for section in Self::sections() {
            for (_, table, captions) in tables.iter().filter(|(own, ..)| *own == Some(section)) {
                self.take_one(section, table, captions, notes);
            }
            if self.found(section) {
                continue;
            }
            for (own, table, captions) in &tables {
                let taken = *own != Some(section) && self.take_one(section, table, captions, notes);
                if taken && own.is_some() {
                    let words = format!("是在“{}”以外找到的", section.title());
                    notes.add(&table.place, words);
                }
            }
            if !self.found(section)
                && let Some(table) = strewn::table(pieces, section)
                && self.take_one(section, &table, &[], notes)
            {
                notes.add(&table.place, "不是表格，按文字的次序读");
            }
        }
    }

    fn take_one(
        &mut self,
        section: Section,
        table: &Table,
        captions: &[&str],
        notes: &mut Notes,
    ) -> bool {
        match section {
            Section::Proactive => self.table2.take(table, notes),
            Section::Requests => self.table3.take(table, notes),
            _ => self.table4.take(table, captions, notes),
        }
    }

    fn finish(
        self,
        head: Head,
        sections: Vec<Section>,
        pieces: &[Piece],
        mut notes: Notes,
    ) -> ReadReport {
        let found = FoundTables {
            table2: self.table2.found(),
            table3: self.table3.found(),
            table4: self.table4.found(),
        };
        for section in Self::sections().into_iter().filter(|section| !self.found(*section)) {
            notes.add(section.title(), missing(section, pieces));
        }
        for section in Section::ALL.into_iter().filter(|section| !sections.contains(section)) {
            notes.add("", format!("没有找到“{}”的标题", section.title()));
        }
        for (known, what) in [(head.unit.is_some(), "哪个机关"), (head.year.is_some(), "哪一年度")]
        {
            if !known {
                notes.add("", format!("认不出是{what}的报告"));
            }
        }
        let is_2019 = self.table3.is_2019().unwrap_or(false) || self.table2.is_2019();
        let prose = prose_numbers(&prose(pieces, &sections));
        let texts = texts(pieces);
        ReadReport {
            form: if is_2019 { Form::Of2019 } else { Form::Of2021 },
            table2: self.table2.finish(&mut notes),
            table3: self.table3.finish(&mut notes),
            table4: self.table4.finish(&mut notes),
            title: head.title,
            unit: head.unit,
            year: head.year,
            published: head.published,
            sections,
            texts,
            prose,
            notes: notes.finish(),
            found,
        }
    }
}

/// Why a table may be missing.
fn missing(section: Section, pieces: &[Piece]) -> &'static str {
    let mut own = None;
    let mut pictures = false;
    for piece in pieces {
        if let Piece::Line(line) = piece {
            own = words::section(&line.plain).or(own);
            pictures |= line.picture && own == Some(section);
        }
    }
    if pictures {
        "没有表格，只有图片：表格可能在图片里，请取得原文件"
    } else {
        "没有找到表格：可能在附件里，请取得原文件"
    }
}

/// A table with the section that it stands in and the lines before it, the last one last.
type Placed<'pieces> = (Option<Section>, &'pieces Table, Vec<&'pieces str>);

/// The tables that may be the report's: not those that say they are of another year.
fn tables<'pieces>(
    pieces: &'pieces [Piece],
    year: Option<i64>,
    notes: &mut Notes,
) -> Vec<Placed<'pieces>> {
    let mut section = None;
    let mut captions: Vec<&str> = Vec::new();
    let mut tables = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Line(line) => {
                section = words::section(&line.plain).or(section);
                captions.push(&line.plain);
            }
            Piece::EmptyBox => {}
            Piece::Table(table) if of_another_year(&captions, year) => {
                if table
                    .grid
                    .any(&|label| words::row(label).is_some() || words::content(label).is_some())
                {
                    notes.add(&table.place, "前面写着别的年份，没有采用");
                }
                captions.clear();
            }
            Piece::Table(table) => tables.push((section, table, std::mem::take(&mut captions))),
        }
    }
    tables
}

/// A caption is no longer than this.
const CAPTION: usize = 40;

/// Whether the line before a table says that it is of another year.
fn of_another_year(captions: &[&str], year: Option<i64>) -> bool {
    let Some(last) = captions.last().filter(|last| last.chars().count() <= CAPTION) else {
        return false;
    };
    let named = title::years_named(last);
    let other = !named.is_empty() && year.is_some_and(|year| !named.contains(&year));
    let says_before =
        ["上年度", "上一年度", "历年", "近年", "往年"].iter().any(|word| last.contains(word));
    other || (says_before && words::section(last).is_none())
}

/// Whether the line before a table names another organ, as where those below are listed beside the whole.
fn of_somebody_else(captions: &[&str], unit: &str) -> bool {
    const ENDS: [&str; 7] = ["镇", "乡", "街道", "局", "委员会", "办公室", "中心"];
    let Some(last) = captions.last().filter(|last| last.chars().count() <= CAPTION) else {
        return false;
    };
    let name = words::without_number(last);
    let name = name.trim_start_matches("附表").trim_start_matches(['附', '件', ':']);
    let name = words::without_number(name);
    let named = ENDS.iter().filter_map(|end| name.find(end)).min().unwrap_or_default();
    let of_all =
        ["汇总", "合计", "全县", "全市", "全区", "各"].iter().any(|word| last.contains(word));
    let own = !unit.is_empty() && (last.contains(unit) || unit.contains(&name[..named]));
    named >= 2 * '镇'.len_utf8() && !of_all && !own && words::section(last).is_none()
}

/// The sections whose headings are there, in the order of the form.
fn sections(pieces: &[Piece]) -> Vec<Section> {
    let lines = pieces.iter().filter_map(|piece| match piece {
        Piece::Line(line) => words::section(&line.plain),
        Piece::Table(_) | Piece::EmptyBox => None,
    });
    let mut sections: Vec<Section> = lines.collect();
    sections.sort_unstable();
    sections.dedup();
    sections
}

/// The prose of the sections in prose, the overview first; where there are no headings, all of it.
fn prose(pieces: &[Piece], found: &[Section]) -> String {
    let whole = [Section::Overview, Section::Problems, Section::Other];
    let mut texts: [Vec<&Line>; 3] = Default::default();
    let mut section = None;
    for piece in pieces {
        if let Piece::Line(line) = piece {
            section = words::section(&line.plain).or(section);
            let place = whole.iter().position(|one| Some(*one) == section);
            let place = if found.contains(&Section::Overview) { place } else { Some(0) };
            if let Some(place) = place {
                texts[place].push(line);
            }
        }
    }
    let lines: Vec<&str> = texts.iter().flatten().map(|line| line.raw.as_str()).collect();
    lines.join("\n")
}

/// What the sections in prose say, line by line, without their headings; of those that were found.
fn texts(pieces: &[Piece]) -> Vec<(Section, String)> {
    let mut texts: Vec<(Section, Vec<&str>)> = Vec::new();
    let mut section = None;
    for piece in pieces {
        let Piece::Line(line) = piece else { continue };
        if let Some(own) = words::section(&line.plain) {
            section = Some(own);
            continue;
        }
        let Some(section) = section.filter(|section: &Section| !section.is_table()) else {
            continue;
        };
        match texts.iter_mut().find(|(own, _)| *own == section) {
            Some((_, lines)) => lines.push(line.raw.trim()),
            None => texts.push((section, vec![line.raw.trim()])),
        }
    }
    texts.into_iter().map(|(section, lines)| (section, lines.join("\n"))).collect()
}
