//! What is signed beside what stood before, part by part and line by line.

use web::Part;

/// How a line stands to what was before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// It stands in both.
    Same,
    /// It is new.
    Added,
    /// It is gone.
    Gone,
}

/// A part that is not as it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Changed {
    /// What it is called.
    pub name: String,
    /// Its lines, and how each stands.
    pub lines: Vec<(Mark, String)>,
}

/// More lines than this are compared as a whole: the table would grow with their square.
const MOST: usize = 600;

/// The parts that differ, as `plain` reads them; where only marks differ, with their marks. Rows of a table
/// are known by their names, not by their numbers.
pub(super) fn between(before: &[Part], after: &[Part], plain: fn(&Part) -> String) -> Vec<Changed> {
    let mut changed = Vec::new();
    let mut left: Vec<&Part> = before.iter().collect();
    for part in after {
        let at = left.iter().position(|other| bare(&other.name) == bare(&part.name));
        let old = at.map(|at| left.remove(at));
        if old.is_some_and(|old| old.text == part.text) {
            continue;
        }
        let (before, after) = (old.map(plain).unwrap_or_default(), plain(part));
        let told = match (before == after, old) {
            (true, Some(old)) => lines(&old.text, &part.text),
            _ => lines(&before, &after),
        };
        changed.push(Changed { name: part.name.clone(), lines: told });
    }
    let gone = left
        .into_iter()
        .map(|part| Changed { name: part.name.clone(), lines: lines(&plain(part), "") });
    changed.extend(gone);
    changed
}

/// A name without the number of its row.
fn bare(name: &str) -> &str {
    let rest = name.strip_prefix("第 ").and_then(|rest| rest.split_once(" 项 "));
    rest.map_or(name, |(_, bare)| bare)
}

fn lines(before: &str, after: &str) -> Vec<(Mark, String)> {
    let (old, new): (Vec<_>, Vec<_>) = (before.lines().collect(), after.lines().collect());
    if old.len() > MOST || new.len() > MOST {
        let all = |mark: Mark, lines: Vec<&str>| {
            lines.into_iter().map(|line| (mark, line.to_owned())).collect::<Vec<_>>()
        };
        return [all(Mark::Gone, old), all(Mark::Added, new)].concat();
    }
    let longest = common(&old, &new);
    let (mut at, mut to, mut told) = (0, 0, Vec::new());
    while let (Some(one), Some(other)) = (old.get(at), new.get(to)) {
        if one == other {
            told.push((Mark::Same, (*one).to_owned()));
            (at, to) = (at + 1, to + 1);
        } else if length(&longest, at + 1, to) >= length(&longest, at, to + 1) {
            told.push((Mark::Gone, (*one).to_owned()));
            at += 1;
        } else {
            told.push((Mark::Added, (*other).to_owned()));
            to += 1;
        }
    }
    let rest = |mark: Mark, lines: Option<&[&str]>| {
        let lines = lines.unwrap_or_default().iter();
        lines.map(|line| (mark, (*line).to_owned())).collect::<Vec<_>>()
    };
    told.extend(rest(Mark::Gone, old.get(at..)));
    told.extend(rest(Mark::Added, new.get(to..)));
    told
}

fn length(table: &[Vec<usize>], at: usize, to: usize) -> usize {
    table.get(at).and_then(|row| row.get(to)).copied().unwrap_or_default()
}

/// How many lines two texts share from each pair of places on.
fn common(old: &[&str], new: &[&str]) -> Vec<Vec<usize>> {
    let mut table = vec![vec![0; new.len() + 1]; old.len() + 1];
    for (at, one) in old.iter().enumerate().rev() {
        for (to, other) in new.iter().enumerate().rev() {
            let longest = if one == other {
                length(&table, at + 1, to + 1) + 1
            } else {
                length(&table, at + 1, to).max(length(&table, at, to + 1))
            };
            if let Some(cell) = table.get_mut(at).and_then(|row| row.get_mut(to)) {
                *cell = longest;
            }
        }
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(name: &str, text: &str) -> Part {
        Part { name: name.into(), text: text.into() }
    }

    fn raw(part: &Part) -> String {
        part.text.clone()
    }

    #[test]
    fn a_change_is_read_without_marks_and_a_changed_mark_with_them() {
        let bare = |part: &Part| part.text.replace("## ", "");
        let (before, after) = ([part("正文", "## 一\n二")], [part("正文", "## 一\n三")]);
        let lines = &between(&before, &after, bare)[0].lines;
        assert_eq!(lines[0], (Mark::Same, "一".to_owned()));
        let lines = &between(&before, &[part("正文", "一\n二")], bare)[0].lines;
        assert_eq!(lines[0], (Mark::Gone, "## 一".to_owned()));
    }

    #[test]
    fn a_row_that_moved_is_no_change_and_a_changed_line_stands_beside_its_neighbours() {
        let before = [part("标题", "甲"), part("第 1 项 补贴", "主体：民政局\n时限：20日")];
        let after = [
            part("标题", "甲"),
            part("第 1 项 电话", "主体：民政局"),
            part("第 2 项 补贴", "主体：民政局\n时限：10日"),
        ];
        let changed = between(&before, &after, raw);
        let told: Vec<_> = changed.iter().map(|one| (one.name.as_str(), one.lines.len())).collect();
        assert_eq!(told, [("第 1 项 电话", 1), ("第 2 项 补贴", 3)]);
        let marks: Vec<_> = changed[1].lines.iter().map(|(mark, _)| *mark).collect();
        assert_eq!(marks, [Mark::Same, Mark::Gone, Mark::Added]);
        assert_eq!(between(&before, &before, raw), []);
    }

    #[test]
    fn what_is_gone_is_told_and_a_very_long_text_is_compared_as_a_whole() {
        let changed = between(&[part("附件", "名册")], &[], raw);
        assert_eq!(changed[0].lines, [(Mark::Gone, "名册".to_owned())]);
        let long = "行\n".repeat(MOST + 1);
        let changed = between(&[part("正文", &long)], &[part("正文", "短")], raw);
        assert_eq!(changed[0].lines.len(), MOST + 2);
    }
}
