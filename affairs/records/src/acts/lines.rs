//! Where each particular of a manuscript stands in its file, so that what is found wrong later can
//! be shown with its line.

use records_rules::{Fault, Field};

/// The particulars of one manuscript, each with the line of the file it stands on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Lines(Vec<(Field, usize)>);

impl Lines {
    /// The lines of every manuscript of a file, in order. The file has been read without faults.
    pub(crate) fn of(text: &str) -> Vec<Self> {
        let (mut all, mut current, mut fences, mut empty) = (vec![], Self::default(), 0, true);
        for (at, line) in (1..).zip(text.trim_start_matches('\u{feff}').lines()) {
            match line.trim_end() {
                "=====" => {
                    let done = std::mem::take(&mut current);
                    if !empty {
                        all.push(done);
                    }
                    (fences, empty) = (0, true);
                    continue;
                }
                "---" => fences += 1,
                _ if fences == 1 => current.0.extend(field_of(line).map(|field| (field, at))),
                _ => {}
            }
            empty &= line.trim().is_empty();
        }
        if !empty {
            all.push(current);
        }
        all
    }

    /// The same fault with the line of its field, or of its `nth` line where there are several.
    pub(crate) fn place(&self, fault: Fault, nth: usize) -> Fault {
        let line = self.0.iter().filter(|(field, _)| *field == fault.field).nth(nth);
        match line {
            Some((_, at)) => fault.at(*at),
            None => fault,
        }
    }
}

fn field_of(line: &str) -> Option<Field> {
    let (label, value) = line.split_once(['：', ':'])?;
    let known = Field::ALL.iter().find(|field| field.label() == label.trim());
    known.copied().filter(|_| !value.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_is_shown_on_the_line_of_its_field_in_its_own_manuscript() {
        let text = "=====\n---\n标题：甲\n目录事项：一\n目录事项：二\n---\n正文：x\n=====\n---\n标题：乙\n---\n";
        let lines = Lines::of(text);
        for (manuscript, field, nth, line) in [
            (0, Field::Title, 0, Some(3)),
            (0, Field::Item, 1, Some(5)),
            (0, Field::Body, 0, None),
            (1, Field::Title, 0, Some(10)),
            (1, Field::Item, 0, None),
        ] {
            let placed = lines[manuscript].place(Fault::error(field, "", ""), nth);
            assert_eq!(placed.line, line, "{manuscript} {field} {nth}");
        }
        assert_eq!(lines.len(), 2);
    }
}
