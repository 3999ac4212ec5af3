//! Carrying values down: merged cells, blanks under merged cells whose merging was lost, and 同上.

use crate::reading::columns::Role;
use crate::reading::markers::strip_number;
use crate::reading::text::{bare, is_same_as_above, is_same_as_left};

/// How a value came to stand in a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Origin {
    /// It stands there.
    Own,
    /// The cell is part of a merged one, above or beside.
    Merged,
    /// There is no cell: the row came short.
    Absent,
    /// The cell is empty.
    Blank,
    /// It was taken over from above or from the left.
    Carried,
}

/// One place of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Field {
    pub(crate) text: String,
    pub(crate) origin: Origin,
}

/// A row with a field for each column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Line {
    /// The row in the file.
    pub(crate) number: usize,
    pub(crate) fields: Vec<Field>,
    /// The headings were repeated before it: merged cells end there and are printed again.
    pub(crate) starts_page: bool,
}

impl Line {
    /// Whether the place has a text of its own.
    pub(crate) fn has_own(&self, column: usize) -> bool {
        self.fields.get(column).is_some_and(|field| field.origin == Origin::Own)
    }
}

/// What the table lets one conclude from a blank.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Blanks {
    /// Merged cells left blanks behind (CSV, pasted text, sheets without any merged cell).
    pub(crate) are_merged: bool,
    /// Merged cells left no cell at all, so that a blank is really empty.
    pub(crate) rows_come_short: bool,
}

/// Fills in what the lines leave to the line above.
pub(crate) fn carry_down(lines: &mut [Line], roles: &[Role], blanks: Blanks) {
    let starts = group_starts(lines, roles);
    for column in 0..roles.len() {
        let rule = rule(lines, column, roles, &starts, blanks);
        for at in 0..lines.len() {
            let takes = takes_above(&lines[at].fields[column], rule, starts[at]);
            if takes && at > 0 {
                let above = lines[at - 1].fields[column].text.clone();
                let field = &mut lines[at].fields[column];
                *field = Field { text: above, origin: Origin::Carried };
            } else if column > 0 && is_same_as_left(&lines[at].fields[column].text) {
                let left = lines[at].fields[column - 1].text.clone();
                lines[at].fields[column] = Field { text: left, origin: Origin::Carried };
            }
        }
    }
}

/// When a blank takes the value above.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rule {
    Never,
    WithinGroup,
    Always,
}

fn takes_above(field: &Field, rule: Rule, starts_group: bool) -> bool {
    match field.origin {
        Origin::Own => is_same_as_above(&field.text),
        Origin::Absent => true,
        Origin::Blank => match rule {
            Rule::Never => false,
            Rule::WithinGroup => !starts_group,
            Rule::Always => true,
        },
        Origin::Merged | Origin::Carried => false,
    }
}

/// The lines at which another 一级事项 begins: merged cells rarely reach over that border.
fn group_starts(lines: &[Line], roles: &[Role]) -> Vec<bool> {
    let Some(column) = roles.iter().position(|role| *role == Role::Level(1)) else {
        return (0..lines.len()).map(|at| at == 0).collect();
    };
    let mut last: Option<String> = None;
    lines
        .iter()
        .map(|line| {
            let field = &line.fields[column];
            let own = matches!(field.origin, Origin::Own) && !is_same_as_above(&field.text);
            let text = bare(strip_number(&field.text));
            let starts = last.is_none() || (own && last.as_ref() != Some(&text));
            if own {
                last = Some(text);
            } else if last.is_none() {
                last = Some(String::new());
            }
            starts
        })
        .collect()
}

fn rule(lines: &[Line], column: usize, roles: &[Role], starts: &[bool], blanks: Blanks) -> Rule {
    match &roles[column] {
        Role::Domain | Role::Level(1) => return Rule::Always,
        Role::Seq if blanks.are_merged && !blanks.rows_come_short => return Rule::WithinGroup,
        Role::Level(_) if blanks.are_merged => return Rule::WithinGroup,
        role if !role.may_be_merged() => return Rule::Never,
        _ => {}
    }
    let is_empty = repeats(lines, column, starts) || merges_nothing(lines, roles, starts);
    if !blanks.are_merged || blanks.rows_come_short || is_empty {
        return Rule::Never;
    }
    // some tables merge a column over the borders of the first level
    let inner: Vec<bool> = starts
        .iter()
        .enumerate()
        .skip(1)
        .filter(|(_, start)| **start)
        .map(|(at, _)| lines[at].fields[column].origin == Origin::Blank)
        .collect();
    let across = inner.iter().filter(|blank| **blank).count();
    if across >= 2 && across * 2 >= inner.len() { Rule::Always } else { Rule::WithinGroup }
}

/// Whether the column prints the same value twice in a row within one group, as often as it leaves
/// blanks, or says 同上: then it has no merged cells, and a blank is really empty.
fn repeats(lines: &[Line], column: usize, starts: &[bool]) -> bool {
    let ditto = |line: &Line| {
        let field = &line.fields[column];
        field.origin == Origin::Own && is_same_as_above(&field.text)
    };
    let (twice, blanks) = printed_again(lines, column, starts);
    lines.iter().any(ditto) || (twice > 0 && twice >= blanks)
}

/// The same for all columns together: a table that prints its values again and again merges none,
/// even where one column is left blank once.
fn merges_nothing(lines: &[Line], roles: &[Role], starts: &[bool]) -> bool {
    let columns = (0..roles.len()).filter(|at| {
        matches!(roles[*at], Role::Basis | Role::Limit | Role::Subject | Role::Channels)
    });
    let (twice, blanks) = columns
        .map(|column| printed_again(lines, column, starts))
        .fold((0, 0), |sum, next| (sum.0 + next.0, sum.1 + next.1));
    twice >= 2 && twice >= 2 * blanks
}

/// How often a value within a group is printed again, and how often a blank stands instead.
fn printed_again(lines: &[Line], column: usize, starts: &[bool]) -> (usize, usize) {
    let inner = || {
        lines
            .windows(2)
            .zip(starts.iter().skip(1))
            .filter(|(pair, starts)| !**starts && !pair[1].starts_page)
            .map(|(pair, _)| (&pair[0].fields[column], &pair[1].fields[column]))
    };
    let own = |field: &Field| field.origin == Origin::Own;
    let twice = inner().filter(|(one, two)| own(one) && own(two) && one.text == two.text).count();
    let blanks = inner().filter(|(_, field)| field.origin == Origin::Blank).count();
    (twice, blanks)
}

#[cfg(test)]
mod tests {
    use super::{Blanks, Field, Line, Origin, carry_down};
    use crate::reading::columns::Role::{Basis, Level, Limit};

    const LOST: Blanks = Blanks { are_merged: true, rows_come_short: false };

    fn carried(rows: &[[&str; 3]], blanks: Blanks) -> Vec<String> {
        let field = |text: &&str| Field {
            text: (*text).replace('-', ""),
            origin: match *text {
                "" => Origin::Blank,
                "-" => Origin::Absent,
                _ => Origin::Own,
            },
        };
        let mut lines: Vec<Line> = rows
            .iter()
            .enumerate()
            .map(|(at, row)| Line {
                number: at + 1,
                fields: row.iter().map(field).collect(),
                starts_page: false,
            })
            .collect();
        carry_down(&mut lines, &[Level(1), Basis, Limit], blanks);
        lines
            .iter()
            .map(|line| {
                line.fields.iter().map(|field| field.text.as_str()).collect::<Vec<_>>().join("|")
            })
            .collect()
    }

    #[test]
    fn blanks_under_merged_cells_take_the_value_within_their_group() {
        let rows = [["甲", "法", "20日"], ["", "", ""], ["乙", "", "5日"], ["", "令", ""]];
        assert_eq!(carried(&rows, LOST), ["甲|法|20日", "甲|法|20日", "乙||5日", "乙|令|5日"]);
    }

    #[test]
    fn where_merging_is_stated_a_blank_is_empty() {
        let stated = Blanks { are_merged: false, rows_come_short: false };
        let rows = [["甲", "法", "20日"], ["", "", ""], ["", "同上", "5日"]];
        assert_eq!(carried(&rows, stated), ["甲|法|20日", "甲||", "甲||5日"]);
    }

    #[test]
    fn a_column_that_repeats_itself_is_not_merged() {
        let rows = [["甲", "法", "20日"], ["", "法", ""], ["", "法", ""], ["", "", ""]];
        assert_eq!(carried(&rows, LOST), ["甲|法|20日", "甲|法|20日", "甲|法|20日", "甲||20日"]);
        let ditto = [["甲", "法", "20日"], ["", "同上", ""], ["", "", ""]];
        assert_eq!(carried(&ditto, LOST), ["甲|法|20日", "甲|法|20日", "甲||20日"]);
    }

    #[test]
    fn a_single_blank_in_a_table_that_merges_nothing_is_empty() {
        let rows =
            [["甲", "法", "20日"], ["甲", "法", "20日"], ["甲", "", "20日"], ["乙", "令", "5日"]];
        assert_eq!(carried(&rows, LOST), ["甲|法|20日", "甲|法|20日", "甲||20日", "乙|令|5日"]);
    }

    #[test]
    fn where_rows_come_short_an_absent_cell_carries_and_a_blank_does_not() {
        let short = Blanks { are_merged: true, rows_come_short: true };
        let rows = [["甲", "法", "20日"], ["-", "-", ""]];
        assert_eq!(carried(&rows, short), ["甲|法|20日", "甲|法|"]);
    }
}
