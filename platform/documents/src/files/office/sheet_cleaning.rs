//! What a workbook loses when it is written clean: hidden rows and columns, formulas, rules, names,
//! caches; and its cells masked.

use std::collections::HashSet;

use super::sheet::{self, Cells, Shared};
use super::sheet_styles::Styles;
use crate::examining::{Masking, Refusal};
use crate::files::blocks::{Builder, Form, Place, mask};
use crate::files::markup::{Changes, Kind, Markup, escape};

/// What a sheet is made of that is kept.
const SHEET: &[&str] = &[
    "sheetViews",
    "sheetFormatPr",
    "cols",
    "sheetData",
    "mergeCells",
    "hyperlinks",
    "printOptions",
    "pageMargins",
    "pageSetup",
    "headerFooter",
    "rowBreaks",
    "colBreaks",
    "drawing",
];
/// What a workbook is made of that is kept.
const WORKBOOK: &[&str] = &["workbookPr", "sheets", "definedNames"];

/// Takes out of a part what a published workbook does not hold.
pub(super) fn lose(markup: &Markup, styles: &Styles, changes: &mut Changes) {
    for token in markup.tokens.iter().filter(|token| token.kind == Kind::Comment) {
        changes.remove((token.from as usize, token.to as usize));
    }
    let root = markup.tokens.iter().find(|token| token.kind == Kind::Open);
    match root.map(|token| markup.local(token)) {
        Some("worksheet") => {
            keep_children(markup, SHEET, changes);
            hidden(markup, styles, changes);
        }
        Some("workbook") => {
            keep_children(markup, WORKBOOK, changes);
            names(markup, changes);
        }
        // a chart's or drawing's own extras
        Some(_) => drop_all(
            markup,
            &["extLst", "externalData", "userShapes", "oleObject", "control"],
            changes,
        ),
        None => {}
    }
}

fn drop_all(markup: &Markup, names: &[&str], changes: &mut Changes) {
    for (index, token) in markup.tokens.iter().enumerate() {
        if matches!(token.kind, Kind::Open | Kind::Empty) && names.contains(&markup.local(token)) {
            changes.remove(markup.element(index));
        }
    }
}

fn keep_children(markup: &Markup, kept: &[&str], changes: &mut Changes) {
    let Some((at, root)) =
        markup.tokens.iter().enumerate().find(|(_, token)| token.kind == Kind::Open)
    else {
        return;
    };
    let mut index = at + 1;
    while index < root.partner as usize {
        let token = &markup.tokens[index];
        if matches!(token.kind, Kind::Open | Kind::Empty) {
            if !kept.contains(&markup.local(token)) {
                changes.remove(markup.element(index));
            }
            index = token.partner as usize;
        }
        index += 1;
    }
}

/// Hidden rows, cells of hidden columns, formulas.
fn hidden(markup: &Markup, styles: &Styles, changes: &mut Changes) {
    let columns = sheet::hidden_columns(markup);
    for (index, token) in markup.tokens.iter().enumerate() {
        if !matches!(token.kind, Kind::Open | Kind::Empty) {
            continue;
        }
        let is_lost = match markup.local(token) {
            "row" => {
                markup.is_on(token, "hidden", false)
                    || markup.value(token, "ht").is_some_and(|height| height.parse() == Ok(0.0_f64))
            }
            "c" => {
                let column = markup.value(token, "r").and_then(|place| sheet::column_of(&place));
                let is_in = |(from, to): &(usize, usize)| {
                    column.is_some_and(|column| (*from..=*to).contains(&column))
                };
                columns.iter().any(is_in) || styles.of(markup, token).is_some()
            }
            "f" | "extLst" => true,
            _ => false,
        };
        if is_lost {
            changes.remove(markup.element(index));
        }
    }
}

/// Of the names only those of print areas and titles, counted by the sheets that stay.
fn names(markup: &Markup, changes: &mut Changes) {
    let sheets = sheet::listed(markup);
    let mut kept = 0;
    for (index, token) in markup.tokens.iter().enumerate() {
        if !matches!(token.kind, Kind::Open | Kind::Empty) || markup.local(token) != "definedName" {
            continue;
        }
        let name = markup.value(token, "name").unwrap_or_default();
        let local: Option<usize> =
            markup.value(token, "localSheetId").and_then(|id| id.parse().ok());
        let new = local
            .filter(|at| sheets.get(*at).is_some_and(|sheet| !sheet.is_hidden))
            .map(|at| sheets[..at].iter().filter(|sheet| !sheet.is_hidden).count());
        match new {
            Some(new) if matches!(name.as_str(), "_xlnm.Print_Area" | "_xlnm.Print_Titles") => {
                kept += 1;
                for attribute in markup.attributes(token) {
                    match attribute.name {
                        "localSheetId" => {
                            changes.replace((attribute.from, attribute.to), new.to_string())
                        }
                        "name" => {}
                        _ => changes.remove(attribute.whole),
                    }
                }
            }
            _ => changes.remove(markup.element(index)),
        }
    }
    if kept == 0 {
        drop_all(markup, &["definedNames"], changes);
    }
}

/// The names of sheets may hold no star: a masked name has a cross instead.
pub(super) fn without_stars(part: String) -> Result<String, Refusal> {
    let markup = Markup::xml(part)?;
    let mut changes = Changes::default();
    for token in &markup.tokens {
        if !matches!(token.kind, Kind::Open | Kind::Empty) || markup.local(token) != "sheet" {
            continue;
        }
        for attribute in
            markup.attributes(token).iter().filter(|attribute| attribute.name == "name")
        {
            let name = markup.source[attribute.from..attribute.to].replace('*', "×");
            changes.replace((attribute.from, attribute.to), name);
        }
    }
    Ok(changes.apply(&markup.source))
}

/// Masks the cells of a sheet. A masked cell holds its text itself.
pub(super) fn cells(
    markup: Markup,
    texts: &[Shared],
    masking: &Masking,
    used: &mut HashSet<usize>,
) -> Result<String, Refusal> {
    let blocks = Cells::of(&markup, texts, &Styles::default(), None, &mut HashSet::new())?;
    let mut changes = Changes::default();
    for block in &blocks {
        for (slot, text) in block.masked(masking) {
            let index = slot.source.0;
            let token = &markup.tokens[index];
            match markup.local(token) {
                "c" => {
                    let value = |name: &str| markup.value(token, name);
                    let place = value("r")
                        .map(|place| format!(" r=\"{}\"", escape(&place)))
                        .unwrap_or_default();
                    let style = value("s")
                        .map(|style| format!(" s=\"{}\"", escape(&style)))
                        .unwrap_or_default();
                    let p = markup.name(token).strip_suffix('c').unwrap_or_default();
                    let cell = format!(
                        "<{p}c{place}{style} t=\"inlineStr\"><{p}is><{p}t xml:space=\"preserve\">{}</{p}t></{p}is></{p}c>",
                        escape(&text)
                    );
                    changes.replace(markup.element(index), cell);
                }
                _ => changes.replace(inside(&markup, index), escape(&text)),
            }
        }
    }
    let places = crate::files::walk::OnePlace(Place::new("", "", true));
    mask(&crate::files::walk::asides(&markup, &places), masking, &mut changes);
    let markup = Markup::xml(changes.apply(&markup.source))?;
    Cells::of(&markup, texts, &Styles::default(), None, used)?;
    Ok(markup.source)
}

/// The bytes between the tags of an element.
fn inside(markup: &Markup, index: usize) -> (usize, usize) {
    let token = &markup.tokens[index];
    (
        token.to as usize,
        (markup.tokens[token.partner as usize].from as usize).max(token.to as usize),
    )
}

/// The shared strings: those no cell shows are emptied, so that the others keep their numbers.
pub(super) fn strings(
    shared: &Markup,
    texts: &[Shared],
    used: &HashSet<usize>,
    masking: &Masking,
) -> String {
    let mut changes = Changes::default();
    for (number, text) in texts.iter().enumerate() {
        let has_reading = (text.token..shared.tokens[text.token].partner as usize)
            .any(|at| matches!(shared.local(&shared.tokens[at]), "rPh" | "phoneticPr"));
        let p = shared.name(&shared.tokens[text.token]).strip_suffix("si").unwrap_or_default();
        if !used.contains(&number) {
            changes.replace(shared.element(text.token), format!("<{p}si><{p}t/></{p}si>"));
            continue;
        }
        let mut builder = Builder::new(Place::new("", "", true));
        builder.text(&text.shown, (text.token, 0), Form::Raw);
        let masked = builder
            .finish()
            .iter()
            .flat_map(|block| block.masked(masking))
            .map(|(_, text)| text)
            .next();
        if masked.is_some() || has_reading {
            let plain = masked.unwrap_or_else(|| text.shown.replace(crate::personal::BREAK, "\n"));
            let item =
                format!("<{p}si><{p}t xml:space=\"preserve\">{}</{p}t></{p}si>", escape(&plain));
            changes.replace(shared.element(text.token), item);
        }
    }
    changes.apply(&shared.source)
}
