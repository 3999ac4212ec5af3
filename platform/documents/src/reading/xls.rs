//! Workbooks of 97 to 2003 (BIFF8, and BIFF5 before it): the text of visible cells, merged regions,
//! hidden rows, columns and sheets.

pub(crate) mod compound;
mod strings;

use crate::reading::sparse::{Region, Sparse};
use crate::reading::{Sheet, Spans, Unreadable};
use strings::{Reader, Version};

/// The visible worksheets with text.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<Sheet>, Unreadable> {
    let stream = compound::workbook(bytes)?;
    let globals = Globals::read(&stream)?;
    let mut sheets = Vec::new();
    for (start, name) in &globals.sheets {
        let rows = worksheet(&stream, *start, name, &globals)?.into_rows(name)?;
        if crate::reading::grid::has_text(&rows) {
            let name = Some(name.clone());
            sheets.push(Sheet { name, before: Vec::new(), rows, spans: Spans::Stated });
        }
    }
    Ok(sheets)
}

/// A record: its kind and its data.
type Record<'a> = (u16, &'a [u8]);

/// The records of a stream from a place on.
fn records(stream: &[u8], start: usize) -> impl Iterator<Item = Record<'_>> {
    let mut at = start;
    std::iter::from_fn(move || {
        let kind = u16_at(stream, at)?;
        let len = usize::from(u16_at(stream, at + 2)?);
        let data = stream.get(at + 4..at + 4 + len)?;
        at += 4 + len;
        Some((kind, data))
    })
}

fn u16_at(data: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(data.get(at..at + 2)?.try_into().ok()?))
}

fn u32_at(data: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(data.get(at..at + 4)?.try_into().ok()?))
}

fn f64_at(data: &[u8], at: usize) -> Option<f64> {
    Some(f64::from_le_bytes(data.get(at..at + 8)?.try_into().ok()?))
}

/// What holds for the whole workbook.
struct Globals {
    version: Version,
    strings: Vec<String>,
    /// Where each visible worksheet starts, and its name.
    sheets: Vec<(usize, String)>,
}

const CONTINUE: u16 = 0x003c;
const END: u16 = 0x000a;

impl Globals {
    fn read(stream: &[u8]) -> Result<Self, Unreadable> {
        let mut version = Version::Biff8;
        let (mut strings, mut sheets) = (Vec::new(), Vec::new());
        let mut shared: Option<Vec<&[u8]>> = None;
        for (kind, data) in records(stream, 0) {
            match (kind, &mut shared) {
                (CONTINUE, Some(parts)) => parts.push(data),
                (_, parts) => {
                    if let Some(parts) = parts.take() {
                        strings = strings::shared(&parts);
                    }
                }
            }
            match kind {
                0x0809 if u16_at(data, 0) == Some(0x0500) => {
                    version = Version::Biff5 { codepage: 936 }
                }
                0x0042 => version.set_codepage(u16_at(data, 0).unwrap_or(936)),
                0x002f => return Err(Unreadable::Encrypted),
                0x00fc => shared = Some(vec![data]),
                0x0085 => sheets.extend(bound_sheet(data, version)),
                END => break,
                _ => {}
            }
        }
        if sheets.is_empty() {
            return Err(Unreadable::damaged("工作簿", "没有可见的工作表"));
        }
        Ok(Self { version, strings, sheets })
    }
}

/// A visible worksheet's place and name.
fn bound_sheet(data: &[u8], version: Version) -> Option<(usize, String)> {
    let start = u32_at(data, 0)? as usize;
    let (state, kind) = (*data.get(4)?, *data.get(5)?);
    let name = Reader::new(&[data.get(6..)?]).short_string(version)?;
    (state & 3 == 0 && kind == 0).then_some((start, name))
}

/// The cells of the worksheet whose records start there.
fn worksheet(
    stream: &[u8],
    start: usize,
    name: &str,
    globals: &Globals,
) -> Result<Sparse, Unreadable> {
    let mut sheet = Worksheet { name, globals, cells: Sparse::default(), formula: None };
    // a chart inside a sheet has records of its own between BOF and EOF
    let mut depth = 0_usize;
    for (kind, data) in records(stream, start) {
        match kind {
            0x0809 => depth += 1,
            END if depth <= 1 => break,
            END => depth -= 1,
            _ if depth != 1 => {}
            _ => sheet.take(kind, data)?,
        }
    }
    Ok(sheet.cells)
}

struct Worksheet<'a> {
    name: &'a str,
    globals: &'a Globals,
    cells: Sparse,
    /// The place of a formula whose text stands in the next record.
    formula: Option<(usize, usize)>,
}

impl Worksheet<'_> {
    fn take(&mut self, kind: u16, data: &[u8]) -> Result<(), Unreadable> {
        match kind {
            0x0207 => return self.text_of_formula(data),
            0x00bd => return many_numbers(data, self.name, &mut self.cells),
            0x00e5 => merged(data, &mut self.cells),
            0x0208 if u16_at(data, 12).is_some_and(|flags| flags & 0x20 != 0) => {
                self.cells.hide_row(usize::from(u16_at(data, 0).unwrap_or(0)) + 1);
            }
            0x007d if u16_at(data, 8).is_some_and(|flags| flags & 1 != 0) => {
                let column = |at| usize::from(u16_at(data, at).unwrap_or(0)) + 1;
                self.cells.hide_columns(column(0), column(2));
            }
            _ => return self.cell(kind, data),
        }
        Ok(())
    }

    fn text_of_formula(&mut self, data: &[u8]) -> Result<(), Unreadable> {
        let Some((row, column)) = self.formula.take() else { return Ok(()) };
        let text = Reader::new(&[data]).long_string(self.globals.version).unwrap_or_default();
        self.cells.put(row, column, text, self.name)
    }

    fn cell(&mut self, kind: u16, data: &[u8]) -> Result<(), Unreadable> {
        let (Some(row), Some(column)) = (u16_at(data, 0), u16_at(data, 2)) else { return Ok(()) };
        let (row, column) = (usize::from(row) + 1, usize::from(column) + 1);
        match value(kind, data, self.globals) {
            Some(Value::Text(text)) => self.cells.put(row, column, text, self.name)?,
            Some(Value::Follows) => self.formula = Some((row, column)),
            None => {}
        }
        Ok(())
    }
}

enum Value {
    Text(String),
    /// A formula's text stands in the next record.
    Follows,
}

fn value(kind: u16, data: &[u8], globals: &Globals) -> Option<Value> {
    let text = match kind {
        0x00fd => globals.strings.get(u32_at(data, 6)? as usize)?.clone(),
        0x0204 | 0x00d6 => Reader::new(&[data.get(6..)?]).long_string(globals.version)?,
        0x0203 => f64_at(data, 6)?.to_string(),
        0x027e => packed(u32_at(data, 6)?),
        0x0006 | 0x0206 | 0x0406 => match data.get(6..14)? {
            [0, _, _, _, _, _, 0xff, 0xff] => return Some(Value::Follows),
            [1, _, truth, _, _, _, 0xff, 0xff] => if *truth == 0 { "否" } else { "是" }.to_owned(),
            [_, _, _, _, _, _, 0xff, 0xff] => return None,
            _ => f64_at(data, 6)?.to_string(),
        },
        _ => return None,
    };
    Some(Value::Text(text))
}

/// RK: a number packed into four bytes.
fn packed(rk: u32) -> String {
    let number = if rk & 2 == 0 {
        f64::from_bits(u64::from(rk & !3) << 32)
    } else {
        f64::from(rk.cast_signed() >> 2)
    };
    let number = if rk & 1 == 0 { number } else { number / 100.0 };
    number.to_string()
}

fn many_numbers(data: &[u8], name: &str, cells: &mut Sparse) -> Result<(), Unreadable> {
    let (Some(row), Some(first)) = (u16_at(data, 0), u16_at(data, 2)) else {
        return Ok(());
    };
    let count = data.len().saturating_sub(6) / 6;
    for at in 0..count {
        if let Some(rk) = u32_at(data, 4 + at * 6 + 2) {
            let (row, column) = (usize::from(row) + 1, usize::from(first) + 1 + at);
            cells.put(row, column, packed(rk), name)?;
        }
    }
    Ok(())
}

fn merged(data: &[u8], cells: &mut Sparse) {
    let count = usize::from(u16_at(data, 0).unwrap_or(0));
    for at in (0..count).map(|at| 2 + at * 8) {
        let place = |by| u16_at(data, at + by).map(|place| usize::from(place) + 1);
        if let (Some(top), Some(bottom), Some(left), Some(right)) =
            (place(0), place(2), place(4), place(6))
            && top <= bottom
            && left <= right
        {
            cells.merge(Region { top, left, bottom, right });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::packed;

    #[test]
    fn packed_numbers_are_unpacked() {
        assert_eq!(packed(0x3ff0_0000), "1");
        assert_eq!(packed((7 << 2) | 2), "7");
        assert_eq!(packed((150 << 2) | 3), "1.5");
    }
}
