//! One worksheet: its cells, hidden rows and columns, and merged regions.

use crate::reading::archive::Archive;
use crate::reading::sparse::{Region, Sparse};
use crate::reading::xlsx::plain;
use crate::reading::xml::{Attributes, Piece, each};
use crate::reading::{Row, Unreadable};

/// Reads a worksheet's visible rows.
pub(super) fn read(
    archive: &mut Archive<'_>,
    part: &str,
    name: &str,
    strings: &[String],
) -> Result<Vec<Row>, Unreadable> {
    let mut sheet = Worksheet { strings, ..Worksheet::default() };
    each(part, archive.part(part)?, |piece| {
        match piece {
            Piece::Start(tag, attributes) => sheet.start(tag, attributes),
            Piece::End(tag) => sheet.end(tag, name)?,
            Piece::Text(text) => sheet.text(text),
        }
        Ok(())
    })?;
    sheet.cells.into_rows(name)
}

#[derive(Default)]
struct Worksheet<'a> {
    strings: &'a [String],
    cells: Sparse,
    row: usize,
    column: usize,
    kind: String,
    value: String,
    in_value: bool,
    in_reading: bool,
}

impl Worksheet<'_> {
    fn start(&mut self, tag: &str, attributes: &Attributes<'_>) {
        match tag {
            "row" => self.start_row(attributes),
            "c" => self.start_cell(attributes),
            "v" | "t" => self.in_value = true,
            "rPh" => self.in_reading = true,
            "col" if attributes.is_on("hidden") => {
                let (from, to) = (attributes.number("min"), attributes.number("max"));
                if let (Some(from), Some(to)) = (from, to) {
                    self.cells.hide_columns(from, to);
                }
            }
            "mergeCell" => {
                if let Some(region) = attributes.get("ref").and_then(|range| region_of(&range)) {
                    self.cells.merge(region);
                }
            }
            _ => {}
        }
    }

    fn start_row(&mut self, attributes: &Attributes<'_>) {
        self.row = attributes.number("r").unwrap_or(self.row + 1);
        self.column = 0;
        let flat = attributes.get("ht").is_some_and(|height| height.parse() == Ok(0.0_f64));
        if attributes.is_on("hidden") || flat {
            self.cells.hide_row(self.row);
        }
    }

    fn start_cell(&mut self, attributes: &Attributes<'_>) {
        let place = attributes.get("r").and_then(|place| place_of(&place));
        (self.row, self.column) = place.unwrap_or((self.row, self.column + 1));
        self.kind = attributes.get("t").unwrap_or_default();
        self.value.clear();
    }

    fn text(&mut self, text: &str) {
        if self.in_value && !self.in_reading {
            self.value.push_str(text);
        }
    }

    fn end(&mut self, tag: &str, name: &str) -> Result<(), Unreadable> {
        match tag {
            "v" | "t" => self.in_value = false,
            "rPh" => self.in_reading = false,
            "c" => {
                let text = self.shown();
                self.cells.put(self.row, self.column, text, name)?;
            }
            _ => {}
        }
        Ok(())
    }

    /// The cell's value as text.
    fn shown(&self) -> String {
        match self.kind.as_str() {
            "s" => {
                let index: Option<usize> = self.value.trim().parse().ok();
                index.and_then(|index| self.strings.get(index)).cloned().unwrap_or_default()
            }
            "b" => if self.value.trim() == "1" { "是" } else { "否" }.to_owned(),
            "e" => String::new(),
            "str" | "inlineStr" => plain(&self.value),
            _ => number(&self.value),
        }
    }
}

/// A number as the sheet shows it: 1 and not 1.0.
fn number(value: &str) -> String {
    match value.trim().parse::<f64>() {
        Ok(number) if number.is_finite() => number.to_string(),
        _ => plain(value),
    }
}

/// B12 as row and column, from 1.
fn place_of(place: &str) -> Option<(usize, usize)> {
    let split = place.find(|c: char| c.is_ascii_digit())?;
    let (letters, digits) = place.split_at(split);
    let mut column = 0_usize;
    for letter in letters.bytes().filter(|byte| *byte != b'$') {
        let value = (letter as char).to_ascii_uppercase();
        if !value.is_ascii_uppercase() || column > 100_000 {
            return None;
        }
        column = column * 26 + (value as usize - 'A' as usize + 1);
    }
    let row: usize = digits.parse().ok()?;
    ((1..=1_048_576).contains(&row) && (1..=16_384).contains(&column)).then_some((row, column))
}

fn region_of(range: &str) -> Option<Region> {
    let (from, to) = range.split_once(':')?;
    let ((top, left), (bottom, right)) = (place_of(from)?, place_of(to)?);
    (top <= bottom && left <= right).then_some(Region { top, left, bottom, right })
}

#[cfg(test)]
mod tests {
    use super::{number, place_of};

    #[test]
    fn places_and_numbers_are_read() {
        assert_eq!(place_of("A1"), Some((1, 1)));
        assert_eq!(place_of("AB12"), Some((12, 28)));
        assert_eq!(place_of("XFD1048576"), Some((1_048_576, 16_384)));
        for wrong in ["", "A", "1", "A0", "XFE1", "ZZZZZZZZ1", "A9999999"] {
            assert_eq!(place_of(wrong), None, "{wrong}");
        }
        assert_eq!(number("1.0"), "1");
        assert_eq!(number("0.1"), "0.1");
    }
}
