//! Two texts beside one another, line by line; and the particulars of two drafts in which they differ.

use records_rules::{Field, statutory_item};

use crate::store::{Attachment, Content};

/// A pair of lines; `None` where one side has none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    pub before: Option<String>,
    pub after: Option<String>,
}

impl Line {
    pub(super) fn differs(&self) -> bool {
        self.before != self.after
    }
}

/// A particular in which what is kept differs from what was typed; empty where it was not filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Differing {
    pub label: &'static str,
    pub kept: String,
    pub typed: String,
}

/// What attachments are called among the particulars.
pub(super) const FILES: &str = "附件";

/// Every particular that differs, in the order of the page. The attachments are those that the page named
/// from which `typed` came.
pub(super) fn differing(kept: &Content, typed: &Content, named: &[&str]) -> Vec<Differing> {
    let told = |content: &Content, field: Field| {
        let all = content.head.all(field).map(|text| match field {
            Field::Statutory => statutory_item(text).map_or(text, |item| item.name),
            _ => text,
        });
        all.collect::<Vec<_>>().join("；")
    };
    let of_fields = Field::ALL.iter().map(|field| {
        let (kept, typed) = (told(kept, *field), told(typed, *field));
        Differing { label: field.label(), kept, typed }
    });
    let files: Vec<_> = kept.files.iter().map(file_told).collect();
    let files = Differing { label: FILES, kept: files.join("；"), typed: named.join("；") };
    of_fields.chain([files]).filter(|one| one.kept != one.typed).collect()
}

/// An attachment so that another of the same name is told from it.
pub(super) fn file_told(file: &Attachment) -> String {
    let digest: String = file.sha256.chars().take(8).collect();
    format!("{}（SHA-256 {digest}…）", file.name)
}

/// Beyond so many pairs of lines to compare, what lies between the common beginning and the common
/// end is shown as changed whole.
const MOST_PAIRS: usize = 4_000_000;

/// The lines of both texts in their order, equal ones beside one another. Empty lines are left out.
pub(super) fn lines(before: &str, after: &str) -> Vec<Line> {
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
    use records_rules::Head;

    use super::*;

    #[test]
    fn every_particular_that_differs_is_told_with_both_values_and_no_other() {
        let content = |pairs: &[(Field, &str)], files: &[(&str, &str)]| Content {
            head: Head::of(pairs.iter().map(|(field, text)| (*field, (*text).to_owned()))),
            body: "一样".into(),
            items: vec![],
            files: files
                .iter()
                .map(|(name, sha256)| Attachment {
                    name: (*name).into(),
                    media_type: "text/plain".into(),
                    size: 1,
                    sha256: (*sha256).into(),
                })
                .collect(),
        };
        let one = content(
            &[
                (Field::Title, "甲"),
                (Field::Number, "厦府办〔2026〕1号"),
                (Field::Item, "养老服务 > 一"),
                (Field::Item, "养老服务 > 二"),
                (Field::Statutory, "P20-07"),
            ],
            &[("表.txt", "0123456789")],
        );
        let other = content(
            &[
                (Field::Title, "甲"),
                (Field::Number, "厦府办〔2026〕2号"),
                (Field::MadeOn, "2026-11-20"),
                (Field::Item, "养老服务 > 一"),
            ],
            &[],
        );
        let found = differing(&one, &other, &[]);
        let found: Vec<_> = found.iter().map(|one| (one.label, &*one.kept, &*one.typed)).collect();
        let statutory = statutory_item("P20-07").expect("is one").name;
        assert_eq!(
            found,
            [
                ("文号", "厦府办〔2026〕1号", "厦府办〔2026〕2号"),
                ("成文日期", "", "2026-11-20"),
                ("法定公开事项", statutory, ""),
                ("目录事项", "养老服务 > 一；养老服务 > 二", "养老服务 > 一"),
                ("附件", "表.txt（SHA-256 01234567…）", ""),
            ]
        );
        assert_eq!(differing(&one, &one, &["表.txt（SHA-256 01234567…）"]), []);
        let another = differing(&one, &one, &["表.txt（SHA-256 76543210…）"]);
        assert_eq!(another.len(), 1, "another file of the same name: {another:?}");
    }

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
