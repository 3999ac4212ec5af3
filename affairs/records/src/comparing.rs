//! Two texts beside one another, line by line.

/// A pair of lines; `None` where one side has none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Line {
    pub before: Option<String>,
    pub after: Option<String>,
}

impl Line {
    pub(crate) fn differs(&self) -> bool {
        self.before != self.after
    }
}

/// Beyond so many pairs of lines to compare, what lies between the common beginning and the common
/// end is shown as changed whole.
const MOST_PAIRS: usize = 4_000_000;

/// The lines of both texts in their order, equal ones beside one another. Empty lines are left out.
pub(crate) fn lines(before: &str, after: &str) -> Vec<Line> {
    let split = |text: &str| -> Vec<String> {
        text.lines().map(str::trim_end).filter(|line| !line.is_empty()).map(str::to_owned).collect()
    };
    let (one, other) = (split(before), split(after));
    let head = one.iter().zip(&other).take_while(|(a, b)| a == b).count();
    let most = one.len().min(other.len()) - head;
    let tails = one.iter().rev().zip(other.iter().rev()).take(most);
    let tail = tails.take_while(|(a, b)| a == b).count();
    let mut out: Vec<Line> = one[..head].iter().map(|line| both(line)).collect();
    out.extend(middle(&one[head..one.len() - tail], &other[head..other.len() - tail]));
    out.extend(one[one.len() - tail..].iter().map(|line| both(line)));
    out
}

fn both(line: &str) -> Line {
    Line { before: Some(line.to_owned()), after: Some(line.to_owned()) }
}

/// The longest common part by the usual table, and what lies between beside one another.
fn middle(one: &[String], other: &[String]) -> Vec<Line> {
    let (rows, columns) = (one.len(), other.len());
    let mut out = Vec::new();
    if rows.saturating_mul(columns) > MOST_PAIRS {
        pair(&mut out, one, other);
        return out;
    }
    let width = columns + 1;
    let mut longest = vec![0_u32; (rows + 1) * width];
    for row in (0..rows).rev() {
        for column in (0..columns).rev() {
            longest[row * width + column] = if one[row] == other[column] {
                longest[(row + 1) * width + column + 1] + 1
            } else {
                longest[(row + 1) * width + column].max(longest[row * width + column + 1])
            };
        }
    }
    let (mut row, mut column) = (0, 0);
    let (mut from_row, mut from_column) = (0, 0);
    while row < rows && column < columns {
        if one[row] == other[column] {
            pair(&mut out, &one[from_row..row], &other[from_column..column]);
            out.push(both(&one[row]));
            (row, column) = (row + 1, column + 1);
            (from_row, from_column) = (row, column);
        } else if longest[(row + 1) * width + column] >= longest[row * width + column + 1] {
            row += 1;
        } else {
            column += 1;
        }
    }
    pair(&mut out, &one[from_row..], &other[from_column..]);
    out
}

/// Lines that were changed, one beside the other as long as there are both.
fn pair(out: &mut Vec<Line>, one: &[String], other: &[String]) {
    for at in 0..one.len().max(other.len()) {
        out.push(Line { before: one.get(at).cloned(), after: other.get(at).cloned() });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_lines_stand_beside_one_another_and_no_line_is_lost() {
        for (before, after, shown) in [
            ("a\nb\nc", "a\nc", "a=a|b>|c=c"),
            ("a\nc", "a\nb\nc", "a=a|<b|c=c"),
            ("a\nb\nc", "a\nx\nc", "a=a|b!x|c=c"),
            ("", "a", "<a"),
            ("a\nb", "b\na", "a>|b=b|<a"),
            ("a\na\nb", "a\nb", "a=a|a>|b=b"),
        ] {
            let told = |line: &Line| match (&line.before, &line.after) {
                (Some(one), Some(other)) if one == other => format!("{one}={other}"),
                (Some(one), Some(other)) => format!("{one}!{other}"),
                (Some(one), None) => format!("{one}>"),
                (None, Some(other)) => format!("<{other}"),
                (None, None) => String::new(),
            };
            let found: Vec<_> = lines(before, after).iter().map(told).collect();
            assert_eq!(found.join("|"), shown, "{before:?} {after:?}");
        }
    }
}
