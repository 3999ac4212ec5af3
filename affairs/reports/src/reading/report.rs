//! A report as it was read.

use std::collections::BTreeMap;

use reports_rules::{
    Breach, Doubt, Figure, ProseNumber, RemedyGroup, Row, Section, Table2, Table3, Table4,
    breaches, prose_doubts, table2_breaches,
};
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::notes::Note;

/// A published report in the terms of the form. What stands in a cell is kept as published, also where it
/// is wrong; a cell that the form of its year has not is [`reports_rules::Cell::Absent`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadReport {
    /// The title.
    pub title: Option<String>,
    /// The organ as the title names it.
    pub unit: Option<String>,
    /// The year reported.
    pub year: Option<i64>,
    /// The day of publication, as the page states it.
    pub published: Option<String>,
    /// Which form.
    pub form: Form,
    /// The sections whose headings were found, in the order of the form.
    pub sections: Vec<Section>,
    /// What the sections in prose say, of those that were found.
    pub texts: Vec<(Section, String)>,
    /// Table 2.
    pub table2: Table2,
    /// Table 3.
    pub table3: Table3,
    /// Table 4.
    pub table4: Table4,
    /// What the prose states.
    pub prose: Vec<(ProseNumber, Figure)>,
    /// What needs a person's eye.
    pub notes: Vec<Note>,
    /// Which tables were found.
    pub found: FoundTables,
}

/// Which tables were found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FoundTables {
    /// Table 2.
    pub table2: bool,
    /// Table 3.
    pub table3: bool,
    /// Table 4.
    pub table4: bool,
}

/// The forms that reports have had.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Form {
    /// For the reports on 2019 and 2020.
    #[serde(rename = "2019")]
    Of2019,
    /// 国办公开办函〔2021〕30号.
    #[serde(rename = "2021")]
    Of2021,
}

impl ReadReport {
    /// The identities I1, I2, I3, I5 and I6 that it breaks. A table that was not found breaks none.
    pub fn breaches(&self) -> Vec<Breach> {
        let mut found = breaches(&self.table3, &self.table4);
        found.extend(table2_breaches(&self.table2));
        found
    }

    /// I7: what its prose states otherwise than its tables; nothing is compared with a table that was
    /// not found.
    pub fn doubts(&self) -> Vec<Doubt> {
        let comparable = |number: &ProseNumber| match number {
            ProseNumber::Review | ProseNumber::Litigation => self.found.table4,
            _ => self.found.table3,
        };
        let said: Vec<_> =
            self.prose.iter().filter(|(number, _)| comparable(number)).copied().collect();
        prose_doubts(&said, &self.table3, &self.table4)
    }
}

/// The shape in which readers of reports are compared: tables by the names of their rows and groups.
impl Serialize for ReadReport {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        let mut map = out.serialize_map(None)?;
        map.serialize_entry("unit", &self.unit)?;
        map.serialize_entry("year", &self.year)?;
        map.serialize_entry("title", &self.title)?;
        map.serialize_entry("published", &self.published)?;
        map.serialize_entry("format", &self.form)?;
        map.serialize_entry("sections", &self.sections)?;
        map.serialize_entry("table2", &self.table2)?;
        map.serialize_entry("table3", &Rows { rows: rows(&self.table3) })?;
        let groups = RemedyGroup::ALL.map(|group| (group.page_word(), self.table4.group(group)));
        map.serialize_entry("table4", &groups.into_iter().collect::<BTreeMap<_, _>>())?;
        let said = |number: ProseNumber| {
            let found = self.prose.iter().find(|(other, _)| *other == number);
            (number.word(), found.and_then(|(_, figure)| figure.as_count()))
        };
        let said: BTreeMap<_, _> = ProseNumber::ALL.into_iter().map(said).collect();
        map.serialize_entry("prose_numbers", &said)?;
        let broken: Vec<String> = self.breaches().iter().map(Breach::page_name).collect();
        map.serialize_entry("identities_broken", &broken)?;
        let doubts = self.doubts();
        let warnings: Vec<String> =
            doubts.iter().map(|doubt| format!("{doubt}:{}", doubt.words())).collect();
        map.serialize_entry("warnings", &warnings)?;
        map.serialize_entry("notes", &self.notes)?;
        map.end()
    }
}

#[derive(Serialize)]
struct Rows<'table> {
    rows: Vec<OneRow<'table>>,
}

#[derive(Serialize)]
struct OneRow<'table> {
    row: String,
    values: &'table [reports_rules::Cell],
}

fn rows(table: &Table3) -> Vec<OneRow<'_>> {
    Row::all().map(|row| OneRow { row: row.name(), values: table.row(row) }).collect()
}
