//! Reading a catalogue out of published tables, in stages:
//!
//! 1. `mend`: put rows of pasted text together that line ends broke apart;
//! 1. `header`, `infer`: find the headings and tell the columns; without headings, by the cells;
//! 2. `body`, `arrange`: tell items from other rows, and put cells that moved back in place;
//! 3. `carry`: merged cells, blanks under them, 同上;
//! 4. `elements`, `basis`, `subjects`, `limit`, `channel_cells`, `marks`: the cells;
//! 5. `check`: what a person should look at.
//!
//! Each stage works on what the one before made and on nothing else, and none knows of files.

mod arrange;
mod basis;
mod body;
mod boxes;
mod build;
mod carry;
mod channel_cells;
mod check;
mod columns;
mod elements;
mod fit;
mod grid;
mod header;
mod heading;
mod infer;
mod limit;
mod lines;
mod markers;
mod marks;
mod mend;
mod numbers;
mod subjects;
mod tables;
pub(crate) mod text;
mod titles;

pub use grid::{Cell, Row, Sheet, Spans};
pub(crate) use limit::time_limit as limit;

use std::borrow::Cow;

use crate::{Place, ReadCatalogue};
use tables::Segment;

/// No table of the file is a catalogue.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotACatalogue {
    /// No table has the headings of a 标准目录.
    #[error(
        "文件里的{tables}个表格都不是政务公开标准目录，没有找到公开事项、公开内容、公开依据等表头"
    )]
    NoHeadings {
        /// How many tables there are.
        tables: usize,
    },
    /// There are headings, and nothing under them.
    #[error("{place}有表头，但下面没有任何事项")]
    NoItems {
        /// Where the headings stand.
        place: Place,
    },
}

impl NotACatalogue {
    /// What the person who sent the file can do.
    pub const fn remedy(&self) -> &'static str {
        match self {
            Self::NoHeadings { .. } => {
                "请确认选对了文件；表头里须有公开事项、公开内容（要素）、公开依据、公开时限、公开主体、公开渠道中的至少三列"
            }
            Self::NoItems { .. } => "请确认目录内容没有被隐藏或者删除，填写后再导入",
        }
    }
}

/// Reads the catalogue in the tables of one file. `page_title` is the title that the file itself
/// declares, which counts after the lines around the table.
///
/// # Errors
///
/// [`NotACatalogue`] if no table has the headings, or none of those has an item.
pub fn read(sheets: &[Sheet], page_title: Option<&str>) -> Result<ReadCatalogue, NotACatalogue> {
    let mended: Vec<Cow<'_, Sheet>> = sheets.iter().map(mend::mend).collect();
    let segments = tables::segments(&mended, page_title);
    let Some(first) = segments.first() else {
        return Err(NotACatalogue::NoHeadings { tables: sheets.len() });
    };
    let mut catalogue = ReadCatalogue::default();
    for segment in &segments {
        segment.read_into(&mut catalogue);
    }
    if catalogue.items.is_empty() {
        return Err(NotACatalogue::NoItems { place: first.place() });
    }
    describe(&mut catalogue, &segments);
    Ok(catalogue)
}

/// Title, domain, place and levels of the whole.
fn describe(catalogue: &mut ReadCatalogue, segments: &[Segment<'_>]) {
    let domains: Vec<&Option<String>> = {
        let mut seen = Vec::new();
        for item in &catalogue.items {
            if !seen.contains(&&item.domain) {
                seen.push(&item.domain);
            }
        }
        seen
    };
    let titles: Vec<&str> =
        segments.iter().filter_map(|segment| segment.title.as_deref()).collect();
    catalogue.region_hint =
        titles.iter().find_map(|title| titles::region(title)).map(str::to_owned);
    catalogue.domain = match domains.as_slice() {
        [only] => (*only).clone(),
        _ => None,
    };
    let one_title = titles.iter().all(|title| Some(title) == titles.first());
    catalogue.title = if one_title {
        titles.first().map(|title| (*title).to_owned())
    } else {
        let place = catalogue.region_hint.as_deref().unwrap_or_default();
        Some(format!("{place}基层政务公开标准目录"))
    };
    for label in segments.iter().flat_map(Segment::level_labels) {
        if !catalogue.level_columns.contains(&label) {
            catalogue.level_columns.push(label);
        }
    }
}
