//! The JSON form: `{"year", "papers": [address], "days": [{"name", "date", "isOffDay"}]}`.

use serde::Deserialize;
use serde_json::error::Category;
use serde_json::value::RawValue;

use super::{Arrangement, ArrangementError, ArrangementFault, Draft, Exception};

/// The days stay unread at first, so that each can be traced back to its line.
#[derive(Deserialize)]
struct Paper<'file> {
    year: serde_json::Number,
    #[serde(default)]
    papers: Vec<String>,
    #[serde(borrow)]
    days: Vec<&'file RawValue>,
}

#[derive(Deserialize)]
struct Entry {
    name: String,
    date: String,
    #[serde(rename = "isOffDay")]
    off: bool,
}

pub(super) fn read(file: &str) -> Result<Arrangement, ArrangementError> {
    let paper: Paper<'_> = serde_json::from_str(file).map_err(|error| match error.classify() {
        Category::Data => ArrangementFault::OtherJson.in_file(),
        Category::Syntax | Category::Eof | Category::Io => {
            ArrangementFault::BrokenJson.at(error.line())
        }
    })?;
    let mut draft = Draft::new(&paper.year.to_string(), None)?;
    draft.sources = paper.papers;
    for raw in paper.days {
        let line = line_of(file, raw.get());
        let entry: Entry = serde_json::from_str(raw.get())
            .map_err(|_| ArrangementFault::IncompleteDay.at(line))?;
        let date = entry.date.parse();
        let date = date.map_err(|_| ArrangementFault::NoDate(entry.date.clone()).at(line))?;
        draft.days.push((line, Exception { date, off: entry.off, holiday: entry.name }));
    }
    draft.examined()
}

/// The line on which a piece of the file starts. The piece was borrowed from the file, so the
/// distance of their addresses is its place in it.
fn line_of(file: &str, piece: &str) -> usize {
    let place = (piece.as_ptr() as usize).saturating_sub(file.as_ptr() as usize);
    let before = file.as_bytes().get(..place).unwrap_or_default();
    1 + before.iter().filter(|byte| **byte == b'\n').count()
}
