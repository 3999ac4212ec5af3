//! 公开主体: the bodies named in a cell.

use crate::reading::fit::is_body;
use crate::reading::markers::strip_number;
use crate::reading::text::{close_up, is_dash, split_outside, trim_marks};

/// The bodies, separated at 、；and line ends outside brackets.
pub(crate) fn subjects(lines: &[String]) -> Vec<String> {
    let text = lines.join("\n");
    if is_dash(&text) {
        return Vec::new();
    }
    split_outside(&text, |c| matches!(c, '、' | '；' | ';' | '\n'))
        .iter()
        .flat_map(|part| bodies(part))
        .map(|part| {
            let closed = close_up(&part);
            trim_marks(strip_number(trim_marks(&closed))).to_owned()
        })
        .filter(|part| !part.is_empty())
        .collect()
}

/// Whether a line end separates two bodies though the line is as wide as its column: the line names
/// a whole body, and the next begins with a place or a level.
pub(crate) fn starts_body(before: &str, next: &str) -> bool {
    let places = ["乡", "镇", "街道", "县", "区", "市", "省", "各", "村", "社区"];
    is_body(before) && places.iter().any(|place| next.trim_start().starts_with(place))
}

/// A blank separates two bodies where a line end was lost; otherwise it only stands in a name.
fn bodies(part: &str) -> Vec<String> {
    let words: Vec<&str> = part.split_whitespace().collect();
    let all =
        words.len() > 1 && words.iter().all(|word| word.chars().count() >= 3 && is_body(word));
    if all { words.iter().map(|word| (*word).to_owned()).collect() } else { vec![part.to_owned()] }
}

#[cfg(test)]
mod tests {
    use super::subjects;

    #[test]
    fn bodies_are_separated_outside_brackets() {
        for (cell, bodies) in [
            (
                "县级民政部门、乡镇政府（街道办事处、管委会）",
                vec!["县级民政部门", "乡镇政府（街道办事处、管委会）"],
            ),
            ("县民政局\n镇人民政府", vec!["县民政局", "镇人民政府"]),
            ("县民政局 镇人民政府（街道办事处）", vec!["县民政局", "镇人民政府（街道办事处）"]),
            ("县 民政局；", vec!["县民政局"]),
            ("/", vec![]),
        ] {
            let lines: Vec<String> = cell.lines().map(str::to_owned).collect();
            assert_eq!(subjects(&lines), bodies, "{cell}");
        }
    }
}
