//! Workbooks of 2007 and later.
//!
//! Cells are kept only where they have text: a used range down to the last row of a sheet, or
//! merged regions over whole columns, cost nothing.

mod worksheet;

use std::collections::HashMap;

use crate::reading::archive::Archive;
use crate::reading::xml::{Piece, each};
use crate::reading::{Sheet, Spans, Unreadable};

/// The visible worksheets with text, in the workbook's order.
pub(super) fn read(archive: &mut Archive<'_>) -> Result<Vec<Sheet>, Unreadable> {
    let listed = listed(archive)?;
    let strings = shared_strings(archive)?;
    let mut sheets = Vec::new();
    for (name, part) in listed {
        let rows = worksheet::read(archive, &part, &name, &strings)?;
        if crate::reading::grid::has_text(&rows) {
            sheets.push(Sheet { name: Some(name), before: Vec::new(), rows, spans: Spans::Stated });
        }
    }
    Ok(sheets)
}

/// The names and parts of the visible worksheets.
fn listed(archive: &mut Archive<'_>) -> Result<Vec<(String, String)>, Unreadable> {
    const RELATIONS: &str = "xl/_rels/workbook.xml.rels";
    let mut targets: HashMap<String, String> = HashMap::new();
    if archive.has(RELATIONS) {
        each(RELATIONS, archive.part(RELATIONS)?, |piece| {
            if let Piece::Start("Relationship", attributes) = piece
                && let (Some(id), Some(target)) = (attributes.get("Id"), attributes.get("Target"))
            {
                targets.insert(id, target);
            }
            Ok(())
        })?;
    }
    const WORKBOOK: &str = "xl/workbook.xml";
    let mut sheets = Vec::new();
    each(WORKBOOK, archive.part(WORKBOOK)?, |piece| {
        if let Piece::Start("sheet", attributes) = piece {
            let is_hidden = attributes
                .get("state")
                .is_some_and(|state| state.to_ascii_lowercase().contains("hidden"));
            let target = attributes.get("id").and_then(|id| targets.get(&id).cloned());
            let target =
                target.unwrap_or_else(|| format!("worksheets/sheet{}.xml", sheets.len() + 1));
            let name = attributes.get("name").unwrap_or_default();
            sheets.push((is_hidden, name, path(&target)));
        }
        Ok(())
    })?;
    let visible = sheets.into_iter().filter(|(is_hidden, ..)| !is_hidden);
    Ok(visible.map(|(_, name, part)| (name, part)).filter(|(_, part)| archive.has(part)).collect())
}

fn path(target: &str) -> String {
    match target.strip_prefix('/') {
        Some(absolute) => absolute.to_owned(),
        None => format!("xl/{}", target.trim_start_matches("./")),
    }
}

/// The strings that cells share. Readings of Chinese characters beside them are left out.
fn shared_strings(archive: &mut Archive<'_>) -> Result<Vec<String>, Unreadable> {
    let part =
        ["xl/sharedStrings.xml", "xl/SharedStrings.xml"].into_iter().find(|part| archive.has(part));
    let Some(part) = part else {
        return Ok(Vec::new());
    };
    let mut strings = Vec::new();
    let (mut current, mut in_text, mut in_reading) = (String::new(), false, false);
    each(part, archive.part(part)?, |piece| {
        match piece {
            Piece::Start("si", _) => current = String::new(),
            Piece::Start("t", _) => in_text = true,
            Piece::Start("rPh", _) => in_reading = true,
            Piece::End("t") => in_text = false,
            Piece::End("rPh") => in_reading = false,
            Piece::End("si") => strings.push(plain(&std::mem::take(&mut current))),
            Piece::Text(text) if in_text && !in_reading => current.push_str(text),
            _ => {}
        }
        if strings.len() > crate::reading::MOST_CELLS {
            return Err(Unreadable::TooManyCells { place: "工作簿".to_owned() });
        }
        Ok(())
    })?;
    Ok(strings)
}

/// Excel writes control characters as _x000D_.
fn plain(text: &str) -> String {
    let text = text.replace("_x000D_\n", "\n").replace("_x000D_", "\n").replace("_x000A_", "\n");
    text.replace("\r\n", "\n").replace('\r', "\n")
}
