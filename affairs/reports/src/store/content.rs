//! What a version says: its cells, its prose, its explanations.

use std::collections::BTreeMap;

use reports_rules::{Breach, Cell, CellPlace, Section, Tables, Topic};
use store::{FromQueryResult, Statements, StoreError, Transaction, Value};

use super::versions::{MOST_AT_ONCE, Origin, Version};

/// A cell as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct KeptCell {
    /// Its value.
    pub value: Cell,
    /// What the registers come to; `None` where nothing is counted for it.
    pub derived: Option<Cell>,
    /// Where it is from, or why it is not what the registers come to.
    pub note: String,
}

/// What a version says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Content {
    /// The cells that are kept: those that are no sums, and all of a report that was taken over.
    pub cells: BTreeMap<CellPlace, KeptCell>,
    /// The prose by parts: a topic's word, or a section's where it is one text.
    pub texts: BTreeMap<String, String>,
    /// Explanations by the name of what they explain.
    pub explained: BTreeMap<String, String>,
}

#[derive(FromQueryResult)]
struct CellRow {
    version: String,
    place: String,
    value: Option<String>,
    derived: Option<String>,
    note: String,
}

#[derive(FromQueryResult)]
struct Pair {
    name: String,
    words: String,
}

fn cell_of(text: Option<String>) -> Cell {
    text.map_or(Cell::Absent, |text| Cell::read(&text))
}

fn text_of(cell: &Cell) -> Option<String> {
    (*cell != Cell::Absent).then(|| cell.to_string())
}

impl KeptCell {
    /// Whether it is another than what the registers come to.
    pub fn is_adjusted(&self) -> bool {
        self.derived.as_ref().is_some_and(|derived| derived.value() != self.value.value())
    }
}

impl From<CellRow> for KeptCell {
    fn from(row: CellRow) -> Self {
        let derived = row.derived.map(|text| Cell::read(&text));
        Self { value: cell_of(row.value), derived, note: row.note }
    }
}

impl Content {
    /// What a version says.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of(from: &impl Statements, version: &str) -> Result<Self, StoreError> {
        let key = || vec![version.into()];
        let cells = "SELECT version, place, value, derived, note FROM annual_report_cell
                      WHERE version = $1";
        let cells: Vec<CellRow> = from.all(cells, key()).await?;
        let texts = "SELECT part AS name, body AS words FROM annual_report_text WHERE version = $1";
        let texts: Vec<Pair> = from.all(texts, key()).await?;
        let explained = "SELECT name, words FROM annual_report_explanation WHERE version = $1";
        let explained: Vec<Pair> = from.all(explained, key()).await?;
        let pairs = |rows: Vec<Pair>| rows.into_iter().map(|row| (row.name, row.words)).collect();
        Ok(Self {
            cells: cells.into_iter().filter_map(placed).collect(),
            texts: pairs(texts),
            explained: pairs(explained),
        })
    }

    /// The tables of several versions, by their keys, in two queries at most.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn tables_of(
        from: &impl Statements,
        versions: &[&Version],
    ) -> Result<BTreeMap<String, Tables>, StoreError> {
        let mut cells: BTreeMap<String, BTreeMap<CellPlace, KeptCell>> = BTreeMap::new();
        for some in versions.chunks(MOST_AT_ONCE) {
            let marks: Vec<String> = (1..=some.len()).map(|at| format!("${at}")).collect();
            let sql = format!(
                "SELECT version, place, value, derived, note FROM annual_report_cell
                  WHERE version IN ({})",
                marks.join(", ")
            );
            let values = some.iter().map(|version| Value::from(version.id.clone())).collect();
            let rows: Vec<CellRow> = from.all(&sql, values).await?;
            for row in rows {
                let version = row.version.clone();
                cells.entry(version).or_default().extend(placed(row));
            }
        }
        let tables = versions.iter().map(|version| {
            let own = cells.remove(&version.id).unwrap_or_default();
            (version.id.clone(), tables(&own, version.origin))
        });
        Ok(tables.collect())
    }

    /// Its tables; the sums are made where the report is made here, and stand as published where it was
    /// taken over.
    pub fn tables(&self, origin: Origin) -> Tables {
        tables(&self.cells, origin)
    }

    /// What the registers come to, where they tell every number of table 3.
    pub fn derived(&self) -> Option<Tables> {
        let mut tables = Tables::default();
        for place in CellPlace::of(Section::Requests).filter(|place| !place.is_total()) {
            tables.set(place, self.cells.get(&place)?.derived.clone()?);
        }
        tables.total_up();
        Some(tables)
    }

    /// What nobody filled in: each cell of table 2, and each other table of which nothing is counted or typed
    /// (docs/readings/224).
    pub fn unfilled(&self) -> Vec<Breach> {
        let open =
            |place: &CellPlace| self.cells.get(place).is_none_or(|cell| cell.value == Cell::Blank);
        let cells = CellPlace::of(Section::Proactive).filter(open).map(Breach::Unfilled);
        let tables = [Section::Requests, Section::Remedies]
            .into_iter()
            .filter(|section| CellPlace::of(*section).all(|place| open(&place)));
        cells.chain(tables.map(Breach::UnfilledTable)).collect()
    }

    /// The prose of a section, part by part: the topic it stands under where there is one, and the text.
    pub fn prose(&self, section: Section, of_government: bool) -> Vec<(Option<Topic>, &str)> {
        let whole = self.texts.get(section.word()).map(|text| (None, text.as_str()));
        let topics = section
            .topics(of_government)
            .iter()
            .filter_map(|topic| Some((Some(*topic), self.texts.get(topic.word())?.as_str())));
        let all = whole.into_iter().chain(topics);
        all.filter(|(_, text)| !text.trim().is_empty()).collect()
    }

    /// All prose in the order of the report.
    pub fn whole_prose(&self, of_government: bool) -> String {
        let parts = Section::ALL.into_iter().flat_map(|section| self.prose(section, of_government));
        parts.map(|(_, text)| text).collect::<Vec<_>>().join("\n")
    }
}

/// What several published versions say of their fees, by their keys.
///
/// # Errors
/// The database refuses.
pub(crate) async fn fee_texts(
    from: &impl Statements,
    versions: &[&str],
) -> Result<BTreeMap<String, String>, StoreError> {
    let mut texts = BTreeMap::new();
    for some in versions.chunks(MOST_AT_ONCE) {
        let marks: Vec<String> = (1..=some.len()).map(|at| format!("${at}")).collect();
        let sql = format!(
            "SELECT version AS name, body AS words FROM annual_report_text
              WHERE part IN ('processing_fee', 'other') AND version IN ({})",
            marks.join(", ")
        );
        let values = some.iter().map(|version| Value::from(*version)).collect();
        let rows: Vec<Pair> = from.all(&sql, values).await?;
        texts.extend(rows.into_iter().map(|row| (row.name, row.words)));
    }
    Ok(texts)
}

fn placed(row: CellRow) -> Option<(CellPlace, KeptCell)> {
    Some((CellPlace::named(&row.place)?, row.into()))
}

fn tables(cells: &BTreeMap<CellPlace, KeptCell>, origin: Origin) -> Tables {
    let mut tables = Tables::default();
    for (place, cell) in cells {
        tables.set(*place, cell.value.clone());
    }
    if origin == Origin::Own {
        tables.total_up();
        for place in CellPlace::of(Section::Proactive) {
            if *tables.cell(place) == Cell::Blank {
                tables.set(place, Cell::count(0));
            }
        }
    }
    tables
}

/// Keeps the cells of a section anew.
pub(crate) async fn keep_cells(
    change: &Transaction,
    version: &str,
    cells: &BTreeMap<CellPlace, KeptCell>,
    section: Section,
) -> Result<(), StoreError> {
    let head = match section {
        Section::Proactive => "t2.%",
        Section::Requests => "t3.%",
        _ => "t4.%",
    };
    let sql = "DELETE FROM annual_report_cell WHERE version = $1 AND place LIKE $2";
    change.run(sql, vec![version.into(), head.into()]).await?;
    let row = |(place, cell): (&CellPlace, &KeptCell)| -> Vec<Value> {
        vec![
            version.into(),
            place.to_string().into(),
            text_of(&cell.value).into(),
            cell.derived.as_ref().map(ToString::to_string).into(),
            cell.note.clone().into(),
        ]
    };
    let own = cells.iter().filter(|(place, _)| place.section() == section);
    let columns = ["version", "place", "value", "derived", "note"];
    change.insert("annual_report_cell", &columns, own.map(row).collect()).await
}

/// Keeps all of it anew.
pub(crate) async fn keep_all(
    change: &Transaction,
    version: &str,
    content: &Content,
) -> Result<(), StoreError> {
    for section in [Section::Proactive, Section::Requests, Section::Remedies] {
        keep_cells(change, version, &content.cells, section).await?;
    }
    keep_texts(change, version, &content.texts).await?;
    keep_explained(change, version, &content.explained).await
}

/// Keeps the prose anew; empty parts are left out.
pub(crate) async fn keep_texts(
    change: &Transaction,
    version: &str,
    texts: &BTreeMap<String, String>,
) -> Result<(), StoreError> {
    let sql = "DELETE FROM annual_report_text WHERE version = $1";
    pairs(change, version, (sql, "annual_report_text", ["version", "part", "body"]), texts).await
}

/// Keeps the explanations anew.
pub(crate) async fn keep_explained(
    change: &Transaction,
    version: &str,
    explained: &BTreeMap<String, String>,
) -> Result<(), StoreError> {
    let sql = "DELETE FROM annual_report_explanation WHERE version = $1";
    let table = (sql, "annual_report_explanation", ["version", "name", "words"]);
    pairs(change, version, table, explained).await
}

async fn pairs(
    change: &Transaction,
    version: &str,
    (sql, table, columns): (&str, &'static str, [&'static str; 3]),
    pairs: &BTreeMap<String, String>,
) -> Result<(), StoreError> {
    change.run(sql, vec![version.into()]).await?;
    let filled = pairs.iter().filter(|(_, words)| !words.trim().is_empty());
    let row = |(name, words): (&String, &String)| -> Vec<Value> {
        vec![version.into(), name.clone().into(), words.clone().into()]
    };
    change.insert(table, &columns, filled.map(row).collect()).await
}
