//! Nothing is left for later in the code: what is not done is in an issue, not in a comment.

use super::finding::Finding;
use super::house::House;

/// Spelt in two halves, so that this file does not find itself.
const MARKS: &[(&str, &str)] = &[
    ("TO", "DO"),
    ("FIX", "ME"),
    ("X", "XX"),
    ("todo", "!("),
    ("unimplemented", "!("),
    ("敬请", "期待"),
    ("正在", "建设中"),
    ("#[", "allow("),
    ("#[", "ignore"),
];

const ENDINGS: &[&str] =
    &[".rs", ".html", ".css", ".js", ".mjs", ".sql", ".md", ".toml", ".sh", ".typ"];

/// No mark of unfinished work, and no lint or test silenced without a reason.
pub fn check(house: &House) -> Vec<Finding> {
    let texts =
        house.texts.iter().filter(|text| ENDINGS.iter().any(|ending| text.path.ends_with(ending)));
    let prose = |path: &str| path == "STYLE.md" || path.starts_with("docs/");
    let lines = texts
        .filter(|text| !prose(&text.path))
        .flat_map(|text| text.lines().map(move |(number, line)| (text, number, line)));
    lines
        .filter_map(|(text, number, line)| {
            let mark =
                MARKS.iter().map(|(a, b)| format!("{a}{b}")).find(|mark| whole(line, mark))?;
            let place = format!("{}:{number}", text.path);
            Some(Finding::broken(
                place,
                format!("留着 {mark}"),
                "做完它, 或删去; lint 用 #[expect(…, reason)]",
            ))
        })
        .collect()
}

/// Whether the mark stands as a word of its own.
fn whole(line: &str, mark: &str) -> bool {
    line.match_indices(mark).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = line[at + mark.len()..].chars().next();
        let word = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || c == '_');
        let letters = mark.chars().all(char::is_alphabetic);
        !(word(before) || letters && word(after))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_of_unfinished_work_is_found() {
        let count = |text: &str| check(&House::sample(&[("law/src/lib.rs", text)])).len();
        assert_eq!(count(concat!("// TO", "DO: later")), 1);
        assert_eq!(count(concat!("fn f() { todo", "!() }")), 1);
        assert_eq!(count(concat!("#[", "allow(dead_code)] fn f() {}")), 1);
        assert_eq!(count("// an XXXL page, MAXXX, and PhotoTODOs"), 0);
    }
}
