//! 起草: prose, numbers typed or adjusted with their reasons, explanations of what was found.

use std::collections::BTreeMap;

use ledger::{Change, Desk};
use reports_rules::{Cell, CellPlace, Reporter, Section};
use review::Signatory;

use super::{ActError, draft_of, entry, noted};
use crate::store::{self, Content, Origin, Version};

/// The longest text of one part, in letters: a decision of ours.
const LONGEST_TEXT: usize = 20_000;

/// The parts in which the prose of a report is written, each with what it is called: topic by topic where it
/// is made here, section by section where it was taken over.
pub fn parts(version: &Version) -> Vec<(&'static str, &'static str)> {
    let of_government = version.reporter == Reporter::Government;
    let sections = Section::ALL.into_iter().filter(|section| !section.is_table());
    match version.origin {
        Origin::Own => sections
            .flat_map(|section| section.topics(of_government))
            .map(|topic| (topic.word(), topic.name()))
            .collect(),
        Origin::Taken => sections.map(|section| (section.word(), section.title())).collect(),
    }
}

/// Keeps the prose. `seen` is what stood there when the form was opened: what somebody else wrote since is
/// not overwritten.
///
/// # Errors
/// It is no draft of the organ, a text is too long, somebody else wrote since, or the database refuses.
pub async fn keep_texts(
    mut desk: Desk,
    by: &Signatory,
    id: &str,
    seen: &str,
    given: &BTreeMap<String, String>,
) -> Result<(), ActError> {
    let version = draft_of(&desk, by, id).await?;
    let content = Content::of(desk.change(), id).await?;
    if print_of_texts(&content) != seen {
        return Err(OVERWRITTEN);
    }
    let mut texts = content.texts.clone();
    for (part, name) in parts(&version) {
        let Some(text) = given.get(part) else { continue };
        let text = text.replace("\r\n", "\n").trim().to_owned();
        if text.chars().count() > LONGEST_TEXT {
            let words = format!("{name}超过{LONGEST_TEXT}字。请写短一些。");
            return Err(ActError::Field(part.to_owned(), words));
        }
        texts.insert(part.to_owned(), text);
    }
    store::keep_texts(desk.change(), id, &texts).await?;
    store::written_by(desk.change(), id, by.persons()).await?;
    let changed: Vec<&String> = texts
        .iter()
        .filter(|(part, text)| content.texts.get(*part) != Some(text))
        .map(|(part, _)| part)
        .collect();
    desk.record(entry("drafting", &version, serde_json::json!({ "parts": changed }))).await?;
    Ok(desk.seal().await?)
}

const OVERWRITTEN: ActError = ActError::Refused(
    "您打开以后，这一部分已经被别人改过",
    "您写的内容在下面；看清现在的内容，把要改的并进去，再保存",
);

/// The fingerprint of the prose, by which it is noticed that somebody else wrote.
pub fn print_of_texts(content: &Content) -> String {
    let parts = content.texts.iter().filter(|(_, text)| !text.is_empty());
    let words = parts.flat_map(|(part, text)| [part.as_str(), text.as_str()]);
    web::ContentHash::of(words).to_string()
}

/// The fingerprint of a section's numbers.
pub fn print_of_cells(content: &Content, section: Section) -> String {
    let own = content.cells.iter().filter(|(place, _)| place.section() == section);
    let words: Vec<String> =
        own.map(|(place, cell)| format!("{place}={}={}", cell.value, cell.note)).collect();
    web::ContentHash::of(words.iter().map(String::as_str)).to_string()
}

/// The cells of a section that are typed in: sums are made by the platform, but of a report that was taken
/// over they stand as published.
pub fn typed_places(section: Section, origin: Origin) -> impl Iterator<Item = CellPlace> {
    CellPlace::of(section).filter(move |place| origin == Origin::Taken || !place.is_total())
}

/// The field of the source of typed numbers, or of the reason of adjusted ones.
pub const NOTE: &str = "liyou";

/// The field that says that what is left empty did not happen.
pub const NOTHING: &str = "ling";

/// Keeps the numbers of a table: those that are another than before get the note, which says where a typed
/// number is from, or why it is not what the registers come to.
///
/// # Errors
/// It is no draft of the organ, a number is none, a typed or adjusted number has no note, somebody else
/// changed the table since, or the database refuses.
pub async fn keep_cells(
    mut desk: Desk,
    by: &Signatory,
    id: &str,
    (section, seen): (Section, &str),
    given: &BTreeMap<CellPlace, String>,
    note: &str,
) -> Result<(), ActError> {
    let version = draft_of(&desk, by, id).await?;
    let mut content = Content::of(desk.change(), id).await?;
    if print_of_cells(&content, section) != seen {
        return Err(OVERWRITTEN);
    }
    let note = noted(NOTE, note)?;
    let (mut before, mut after) = (BTreeMap::new(), BTreeMap::new());
    for place in typed_places(section, version.origin) {
        let Some(text) = given.get(&place) else { continue };
        let value = read(place, text, version.origin)?;
        let cell = content.cells.entry(place).or_default();
        // What the form of the year has not stays so until a number is typed.
        let unchanged = cell.value == value || (cell.value == Cell::Absent && value == Cell::Blank);
        if unchanged {
            continue;
        }
        before.insert(place.to_string(), cell.value.to_string());
        after.insert(place.to_string(), value.to_string());
        cell.value = value;
        let as_counted = cell.derived.is_some() && !cell.is_adjusted();
        cell.note = if as_counted { String::new() } else { note.clone() };
        let is_typed = cell.value != Cell::Blank || cell.derived.is_some();
        if !as_counted && is_typed && note.is_empty() {
            return Err(unnoted(place, cell.derived.is_some()));
        }
    }
    if after.is_empty() {
        return Err(ActError::Refused("没有改动任何数", "改动以后再保存"));
    }
    store::keep_cells(desk.change(), id, &content.cells, section).await?;
    store::written_by(desk.change(), id, by.persons()).await?;
    let entry = entry("adjustment", &version, serde_json::json!({ "note": note }));
    let change = Change { before: serde_json::json!(before), after: serde_json::json!(after) };
    desk.record_change(entry, change).await?;
    Ok(desk.seal().await?)
}

fn unnoted(place: CellPlace, derived: bool) -> ActError {
    let words = if derived {
        format!("“{}”与登记簿得出的数不同，没有写理由。请写明为什么调整。", place.words())
    } else {
        format!("“{}”是手工填的，没有写来源。请写明数从哪里来。", place.words())
    };
    ActError::Field(NOTE.to_owned(), words)
}

/// A number as it was typed; of what was taken over anything may stand, as it was published.
fn read(place: CellPlace, text: &str, origin: Origin) -> Result<Cell, ActError> {
    let cell = Cell::printed(text);
    let fits = match place {
        CellPlace::Table2(reports_rules::Table2Cell::Fees) => cell.is_amount(),
        _ => cell.is_count(),
    };
    if fits || origin == Origin::Taken {
        return Ok(cell);
    }
    let words = match place {
        CellPlace::Table2(reports_rules::Table2Cell::Fees) => "请填金额，单位万元，不小于 0",
        _ => "请填整数，不小于 0",
    };
    Err(ActError::Field(
        place.to_string(),
        format!("“{}”填的是“{}”。{words}。", place.words(), text.trim()),
    ))
}

/// Keeps explanations of what was found, by its name; an empty one is taken away.
///
/// # Errors
/// It is no draft of the organ, an explanation is too long, or the database refuses.
pub async fn explain(
    mut desk: Desk,
    by: &Signatory,
    id: &str,
    given: &BTreeMap<String, String>,
) -> Result<(), ActError> {
    let version = draft_of(&desk, by, id).await?;
    let content = Content::of(desk.change(), id).await?;
    let mut explained = content.explained.clone();
    for (name, words) in given {
        explained.insert(name.clone(), noted(name, words)?);
    }
    explained.retain(|_, words| !words.is_empty());
    store::keep_explained(desk.change(), id, &explained).await?;
    store::written_by(desk.change(), id, by.persons()).await?;
    let change = Change {
        before: serde_json::json!(content.explained),
        after: serde_json::json!(explained),
    };
    desk.record_change(entry("explanation", &version, serde_json::json!({})), change).await?;
    Ok(desk.seal().await?)
}
