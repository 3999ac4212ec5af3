//! 依据的效力: the texts catalogues cite, each with the days on which it holds, as data
//! (data/instruments.csv). What is not in the table nobody says anything about; docs/readings/023.

use law::Date;

use super::bases::even;

/// One text of an instrument.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Instrument {
    /// Its titles, without 《》; one that names its year stands for this text alone.
    pub(super) titles: Vec<String>,
    /// Its number.
    pub(super) number: Option<String>,
    pub(super) valid_from: Option<Date>,
    /// The last day on which it held.
    pub(super) valid_to: Option<Date>,
    /// What stands in its place, as one cites it.
    pub(super) successor: Option<String>,
}

const TABLE: &str = include_str!("../../data/instruments.csv");

/// Every text of the table.
pub(super) fn known() -> Vec<Instrument> {
    TABLE.lines().skip(1).filter_map(read).collect()
}

/// One line: titles, number, first day, last day, successor, note. There are no commas in a cell.
fn read(line: &str) -> Option<Instrument> {
    let cells: Vec<&str> = line.split(',').map(str::trim).collect();
    let [titles, number, from, to, successor, _] = cells[..] else { return None };
    let said = |cell: &str| (!cell.is_empty()).then(|| cell.to_owned());
    let day = |cell: &str| match cell {
        "" => Some(None),
        day => day.parse().ok().map(Some),
    };
    Some(Instrument {
        titles: titles.split('；').map(even).collect(),
        number: said(number).map(|number| even(&number)),
        valid_from: day(from)?,
        valid_to: day(to)?,
        successor: said(successor),
    })
}

impl Instrument {
    /// Whether it holds on a day.
    pub(super) fn holds_on(&self, day: Date) -> bool {
        self.valid_from.is_none_or(|from| from <= day) && self.valid_to.is_none_or(|to| day <= to)
    }

    /// Whether its number belongs to no other text: orders of ministries and of the President
    /// begin at 1 again with each term.
    pub(super) fn is_told_by_number(&self) -> bool {
        let own = |number: &String| number.contains('(') || number.starts_with("国务院令");
        self.number.as_ref().is_some_and(own)
    }
}

#[cfg(test)]
mod tests {
    use super::{TABLE, known};

    #[test]
    fn every_line_of_the_table_is_read_and_holds_together() {
        let instruments = known();
        assert_eq!(instruments.len(), TABLE.lines().skip(1).count());
        assert!(instruments.len() > 80);
        for one in &instruments {
            let name = &one.titles[0];
            assert!(!name.is_empty());
            assert!(one.valid_from.zip(one.valid_to).is_none_or(|(from, to)| from <= to), "{name}");
            assert!(one.successor.is_none() || one.valid_to.is_some(), "{name} still holds");
        }
    }

    #[test]
    fn two_texts_of_one_title_never_hold_together() {
        let instruments = known();
        for (at, one) in instruments.iter().enumerate() {
            for other in &instruments[at + 1..] {
                if one.titles.iter().any(|title| other.titles.contains(title)) {
                    let (from, to) = (one.valid_from.max(other.valid_from), one.valid_to);
                    let last = to.into_iter().chain(other.valid_to).min();
                    assert!(last.zip(from).is_some_and(|(to, from)| to < from), "{:?}", one.titles);
                }
            }
        }
    }
}
