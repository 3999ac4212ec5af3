//! The numbers that Word counts itself in front of paragraphs.

use std::collections::HashMap;

use crate::reading::Unreadable;
use crate::reading::archive::Archive;
use crate::reading::xml::{Piece, each};

const PART: &str = "word/numbering.xml";

/// How one level of a list is numbered.
#[derive(Debug, Clone, Default)]
struct Level {
    /// decimal, bullet, chineseCounting ….
    format: String,
    /// The pattern, with %1 for the number.
    pattern: String,
    start: u32,
}

/// The lists of a document, and how far each has been counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    levels: HashMap<(String, usize), Level>,
    lists: HashMap<String, String>,
    counted: HashMap<(String, usize), u32>,
}

impl Numbering {
    /// Reads the lists an archive declares, if any.
    pub(super) fn of(archive: &mut Archive<'_>) -> Result<Self, Unreadable> {
        let mut numbering = Self::default();
        if !archive.has(PART) {
            return Ok(numbering);
        }
        let (mut list, mut concrete, mut at) = (String::new(), String::new(), 0);
        each(PART, archive.part(PART)?, |piece| {
            let Piece::Start(name, attributes) = piece else {
                return Ok(());
            };
            let value = || attributes.get("val").unwrap_or_default();
            let level = (list.clone(), at);
            match name {
                "abstractNum" => list = attributes.get("abstractNumId").unwrap_or_default(),
                "lvl" => at = attributes.number("ilvl").unwrap_or(0),
                "start" => {
                    numbering.levels.entry(level).or_default().start = value().parse().unwrap_or(1)
                }
                "numFmt" => numbering.levels.entry(level).or_default().format = value(),
                "lvlText" => numbering.levels.entry(level).or_default().pattern = value(),
                "num" => concrete = attributes.get("numId").unwrap_or_default(),
                "abstractNumId" => {
                    numbering.lists.insert(concrete.clone(), value());
                }
                _ => {}
            }
            Ok(())
        })?;
        Ok(numbering)
    }

    /// The number in front of the next paragraph of a list, as Word shows it.
    pub(super) fn next(&mut self, id: &str, at: usize) -> String {
        let list = self.lists.get(id).cloned().unwrap_or_default();
        let level = self.levels.get(&(list, at)).cloned().unwrap_or_default();
        let first = level.start.max(1);
        let number = self
            .counted
            .entry((id.to_owned(), at))
            .and_modify(|number| *number += 1)
            .or_insert(first);
        let number = *number;
        match level.format.as_str() {
            "" | "bullet" | "none" => "●".to_owned(),
            _ => level.shown(number),
        }
    }
}

impl Level {
    fn shown(&self, number: u32) -> String {
        let written = match self.format.as_str() {
            "chineseCounting"
            | "chineseCountingThousand"
            | "japaneseCounting"
            | "ideographDigital" => chinese(number),
            _ => number.to_string(),
        };
        let mark = self.pattern.find('%');
        match mark.filter(|_| self.pattern.matches('%').count() == 1) {
            Some(at) => {
                let (before, after) = self.pattern.split_at(at);
                format!("{before}{written}{}", after.get(2..).unwrap_or_default())
            }
            None => written,
        }
    }
}

fn chinese(number: u32) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let digit = |n: u32| DIGITS[(n % 10) as usize];
    match number {
        0..10 => digit(number).to_owned(),
        10..20 => format!("十{}", digit(number)),
        20..100 => format!("{}十{}", digit(number / 10), digit(number)),
        _ => number.to_string(),
    }
}
