//! 公开主体: the bodies named in a cell.

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
        .map(|part| {
            let closed = close_up(part);
            trim_marks(strip_number(trim_marks(&closed))).to_owned()
        })
        .filter(|part| !part.is_empty())
        .collect()
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
            ("县 民政局；", vec!["县民政局"]),
            ("/", vec![]),
        ] {
            let lines: Vec<String> = cell.lines().map(str::to_owned).collect();
            assert_eq!(subjects(&lines), bodies, "{cell}");
        }
    }
}
