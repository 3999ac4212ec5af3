//! Line ends in cells: which of them separate and which only wrap a line.
//!
//! Exported tables often break every line at the width of the column, in the middle of words. In
//! such a column the lines before a break are all about as long as the longest line there is;
//! where line ends separate entries, the lines are as long as the entries happen to be.

use crate::reading::markers::marker_at;
use crate::reading::text::is_invisible;

/// The width in characters at which a column is wrapped, if it is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Wrap(Option<usize>);

/// What the cells of one column say about wrapping.
#[derive(Debug, Clone, Copy, Default)]
struct Evidence {
    longest: usize,
    full: usize,
    short: usize,
}

impl Wrap {
    /// A column whose line ends all separate.
    #[cfg(test)]
    pub(crate) const NONE: Self = Self(None);

    /// Looks at all cells of a column. `elsewhere` says whether the table wraps lines in cells that
    /// cannot hold lists, so that little evidence is enough here.
    pub(crate) fn of_column<'a>(
        cells: impl Iterator<Item = &'a str> + Clone,
        elsewhere: bool,
    ) -> Self {
        let longest = cells.clone().flat_map(str::lines).map(length).max().unwrap_or(0);
        let mut seen = Evidence { longest, ..Evidence::default() };
        for cell in cells {
            seen.add(cell);
        }
        let enough = if elsewhere { seen.full >= 1 } else { seen.full >= 3 };
        let mostly = seen.full * 2 >= seen.short;
        Self((seen.longest >= 3 && enough && mostly).then_some(seen.longest))
    }

    /// The cell's lines, with wrapped ones joined again. Blank lines are dropped.
    pub(crate) fn lines(self, cell: &str) -> Vec<String> {
        self.lines_where(cell, |_, _| false)
    }

    /// The same, where `separates` may know of two lines that they are two entries.
    pub(crate) fn lines_where(
        self,
        cell: &str,
        separates: impl Fn(&str, &str) -> bool,
    ) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        let mut goes_on = false;
        for line in cell.lines() {
            if line.trim().is_empty() {
                goes_on = false;
                continue;
            }
            let full = self.0.is_some_and(|width| length(line) + 1 >= width);
            match lines.last_mut() {
                Some(last) if goes_on && !starts_entry(line) && !separates(last, line) => {
                    last.push_str(line);
                }
                _ => lines.push(line.to_owned()),
            }
            goes_on = full;
        }
        lines
    }
}

impl Evidence {
    fn add(&mut self, cell: &str) {
        let lines: Vec<&str> = cell.lines().filter(|line| !line.trim().is_empty()).collect();
        for pair in lines.windows(2) {
            // these breaks separate whatever the width
            if starts_entry(pair[1]) || ends_entry(pair[0]) {
                continue;
            }
            if length(pair[0]) + 1 >= self.longest {
                self.full += 1;
            } else {
                self.short += 1;
            }
        }
    }
}

/// Whether the line breaks inside a word: such a table wraps lines. For cells that hold one name
/// or one time limit, never a list.
pub(crate) fn is_wrapped(cell: &str) -> bool {
    let lines: Vec<usize> = cell.lines().map(length).filter(|len| *len > 0).collect();
    let Some((last, before)) = lines.split_last() else {
        return false;
    };
    let Some(width) = before.iter().max() else {
        return false;
    };
    *last <= width + 1 && before.iter().all(|len| len + 1 >= *width)
}

fn length(line: &str) -> usize {
    line.trim_end_matches(' ').chars().filter(|c| !is_invisible(*c)).count()
}

fn starts_entry(line: &str) -> bool {
    let chars: Vec<char> = line.trim_start().chars().take(6).collect();
    marker_at(&chars, 0).is_some_and(|(_, len)| len < chars.len())
}

fn ends_entry(line: &str) -> bool {
    line.trim_end().ends_with(['；', ';', '。'])
}

#[cfg(test)]
mod tests {
    use super::{Wrap, is_wrapped};

    #[test]
    fn a_wrapped_column_is_joined_and_a_list_is_not() {
        let wrapped =
            ["白鹭区住房和城乡\n建设局", "乡镇人民政府、白\n鹭区自然资源局", "乡镇人民政府"];
        let wrap = Wrap::of_column(wrapped.iter().copied(), true);
        assert_eq!(wrap.lines(wrapped[0]), ["白鹭区住房和城乡建设局"]);
        assert_eq!(wrap.lines(wrapped[1]), ["乡镇人民政府、白鹭区自然资源局"]);

        let list = ["县级政府民政部门\n乡镇政府（街道办事处）", "镇人民政府"];
        let wrap = Wrap::of_column(list.iter().copied(), false);
        assert_eq!(wrap.lines(list[0]), ["县级政府民政部门", "乡镇政府（街道办事处）"]);
    }

    #[test]
    fn an_entry_starts_a_line_even_after_a_full_one() {
        let cells = [
            "●受理环节：受理情\n况公示、报告书（表\n）全本\n●拟决定环节：拟审\n查环评文件基本情况\n公示",
        ];
        let wrap = Wrap::of_column(cells.iter().copied(), true);
        assert_eq!(
            wrap.lines(cells[0]),
            [
                "●受理环节：受理情况公示、报告书（表）全本",
                "●拟决定环节：拟审查环评文件基本情况公示"
            ]
        );
        assert_eq!(Wrap::NONE.lines("甲\n\n乙"), ["甲", "乙"]);
    }

    #[test]
    fn a_line_shorter_than_its_wrapped_column_ends_an_entry() {
        let cells = ["白鹭区住房和城乡\n建设局\n乡镇人民政府", "白鹭区住房和城乡\n建设局"];
        let wrap = Wrap::of_column(cells.iter().copied(), true);
        assert_eq!(wrap.lines(cells[0]), ["白鹭区住房和城乡建设局", "乡镇人民政府"]);
    }

    #[test]
    fn a_time_limit_over_several_lines_shows_that_the_table_wraps() {
        assert!(is_wrapped("自该信息形成\n或者变更之日\n起20个工作\n日内"));
        assert!(!is_wrapped("自该信息形成或者变更之日起20个工作日内"));
        assert!(!is_wrapped("长期\n自该信息形成或者变更之日起20个工作日内"));
    }
}
