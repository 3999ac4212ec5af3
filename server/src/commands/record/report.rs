//! What came of a publication, for people or as JSON.

use std::io::{self, Write};

use records::acts::publication::Published;
use records_rules::{Fault, Weight};
use review::Unit;
use serde::Serialize;

use super::exit_for;
use crate::failure::Failure;

/// Gathers what is found, and says it at the end.
pub(super) struct Report {
    json: bool,
    dry_run: bool,
    /// The file of each manuscript, in order.
    files: Vec<String>,
    found: Vec<Found>,
}

/// A fault and the file it is in.
#[derive(Debug, Serialize)]
struct Found {
    file: String,
    #[serde(flatten)]
    fault: Fault,
}

/// A unit that went to review.
#[derive(Serialize)]
struct HandedIn<'a> {
    unit: &'a str,
    title: &'a str,
    waits_for: String,
    path: String,
}

impl<'a> HandedIn<'a> {
    fn of(unit: &'a Unit) -> Self {
        let waits = unit.review().waits_for();
        Self {
            unit: &unit.id,
            title: &unit.title,
            waits_for: waits.map(|step| step.to_string()).unwrap_or_default(),
            path: review::unit_path(&unit.id),
        }
    }
}

#[derive(Serialize)]
struct Whole<'a> {
    schema_version: u32,
    dry_run: bool,
    manuscripts: usize,
    published: &'a [Published],
    faults: &'a [Found],
}

impl Report {
    pub(super) fn begin(json: bool, dry_run: bool) -> Self {
        Self { json, dry_run, files: Vec::new(), found: Vec::new() }
    }

    /// So many manuscripts came from that file.
    pub(super) fn came_from(&mut self, file: &str, many: usize) {
        self.files.extend(std::iter::repeat_n(file.to_owned(), many));
    }

    /// These were found in that file.
    pub(super) fn found_in(&mut self, file: &str, faults: Vec<Fault>) {
        self.found.extend(faults.into_iter().map(|fault| Found { file: file.to_owned(), fault }));
    }

    /// This was found in the manuscript at that place.
    pub(super) fn found_at(&mut self, at: usize, fault: Fault) {
        let file = self.files.get(at).cloned().unwrap_or_default();
        self.found.push(Found { file, fault });
    }

    /// Whether anything stands in the way.
    pub(super) fn has_errors(&self) -> bool {
        self.errors() > 0
    }

    fn errors(&self) -> usize {
        self.found.iter().filter(|found| found.fault.weight == Weight::Error).count()
    }

    /// Says what came of it.
    ///
    /// # Errors
    /// Something stands in the way, or stdout is gone.
    pub(super) fn end(self, published: Vec<Published>) -> Result<(), Failure> {
        let mut out = io::stdout().lock();
        if self.json {
            let whole = Whole {
                schema_version: 1,
                dry_run: self.dry_run,
                manuscripts: self.files.len(),
                published: &published,
                faults: &self.found,
            };
            serde_json::to_writer_pretty(&mut out, &whole)?;
            writeln!(out)?;
        } else {
            self.say(&mut out, &published)?;
        }
        match self.errors() {
            0 => Ok(()),
            many => {
                let message = format!("有 {many} 处需要改正, 一件也没有存入");
                let exit = exit_for(self.found.iter().map(|found| &found.fault));
                Err(Failure::new(exit, message, "按上面各行改正后再试"))
            }
        }
    }

    /// Says what went to review.
    ///
    /// # Errors
    /// stdout is gone.
    pub(super) fn submitted(self, units: &[Unit]) -> Result<(), Failure> {
        let mut out = io::stdout().lock();
        let handed_in: Vec<HandedIn> = units.iter().map(HandedIn::of).collect();
        if self.json {
            let whole = serde_json::json!({
                "schema_version": 1, "submitted": handed_in, "faults": self.found,
            });
            serde_json::to_writer_pretty(&mut out, &whole)?;
            writeln!(out)?;
            return Ok(());
        }
        writeln!(out, "已送审 {} 件", handed_in.len())?;
        for one in handed_in {
            writeln!(out, "  {}\n    等待{}  地址 {}", one.title, one.waits_for, one.path)?;
        }
        Ok(())
    }

    fn say(&self, out: &mut impl Write, published: &[Published]) -> Result<(), Failure> {
        for Found { file, fault } in &self.found {
            let text = fault.to_string();
            let (word, rest) = text.split_once(": ").unwrap_or(("", &text));
            writeln!(out, "{word}: {file} {}", rest.replace('\n', "\n  "))?;
        }
        if self.has_errors() {
            return Ok(());
        }
        if self.dry_run {
            writeln!(out, "试行: {} 件可以存入; 没有存入", self.files.len())?;
            return Ok(());
        }
        writeln!(out, "已导入 {} 件", published.len())?;
        for one in published {
            let number = one.number.as_deref().unwrap_or("（无文号）");
            let place = match one.reach.is_open() {
                true => format!("地址 {}", one.path),
                false => format!("公开范围 {}; 不在网上公开", one.reach),
            };
            writeln!(out, "  {}  {number}  {}\n    {place}", one.index, one.title)?;
        }
        Ok(())
    }
}
