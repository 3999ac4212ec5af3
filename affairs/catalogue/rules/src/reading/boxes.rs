//! Check boxes in text: which labels have a box, and which boxes are checked.

use crate::reading::text::{bare, closes, narrow, opens};

/// What a mark says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Glyph {
    Checked,
    Empty,
    /// ☒ and ×: checked in forms that know no other check, crossed out beside ☑ or ■.
    Crossed,
}

/// Whether a crossed box counts as checked in this table.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Crossed {
    pub(crate) is_checked: bool,
}

impl Crossed {
    /// Looks at all cells with boxes: ☒ is the check if no other check occurs.
    pub(crate) fn in_boxes<'a>(mut cells: impl Iterator<Item = &'a str>) -> Self {
        let checked = cells.any(|cell| cell.chars().any(|c| glyph(c) == Some(Glyph::Checked)));
        Self { is_checked: !checked }
    }

    /// Looks at all tick cells: a cross is the tick if the cells hold nothing but crosses.
    pub(crate) fn in_ticks<'a>(mut cells: impl Iterator<Item = &'a str>) -> Self {
        let other = |c: char| c.is_alphanumeric() || glyph(c) == Some(Glyph::Checked);
        let checked = cells.any(|cell| {
            !cell.chars().any(|c| glyph(c) == Some(Glyph::Crossed)) && cell.chars().any(other)
        });
        Self { is_checked: !checked }
    }

    /// Whether a box with this mark is checked.
    pub(crate) fn checks(self, glyph: Glyph) -> bool {
        match glyph {
            Glyph::Checked => true,
            Glyph::Empty => false,
            Glyph::Crossed => self.is_checked,
        }
    }
}

/// Marks that are never a part of a word.
pub(crate) const fn glyph(c: char) -> Option<Glyph> {
    Some(match c {
        '■' | '▪' | '◼' | '◾' | '⬛' | '█' | '▉' | '▣' | '▩' | '◙' | '●' | '⚫' | '◉' | '◆'
        | '⧫' | '♦' | '★' | '▲' => Glyph::Checked,
        '√' | '✓' | '✔' | '☑' | '✅' | '🗸' | '🗹' | '☛' | '𝤿' | '⍻' | '￭' => {
            Glyph::Checked
        }
        '\u{f0fe}' | '\u{f0fc}' | '\u{f052}' | '\u{f050}' | '\u{f06e}' | '\u{f074}'
        | '\u{f075}' => Glyph::Checked,
        '□' | '☐' | '▢' | '◻' | '◽' | '⬜' | '▫' | '▭' | '▯' | '❏' | '❐' | '❑' | '❒' | '○'
        | '◯' | '◇' | '△' | '☆' | '￮' | '⃞' => Glyph::Empty,
        '\u{f0a8}' | '\u{f06f}' | '\u{f0a3}' | '\u{f071}' | '\u{f072}' => Glyph::Empty,
        '☒' | '🗷' | '⊠' | '⮽' | '×' | '✗' | '✘' | '✕' | '✖' | '╳' | '❌' | '\u{f0fd}'
        | '\u{f054}' => Glyph::Crossed,
        _ => return None,
    })
}

/// Letters and characters that stand for boxes where a font or a typist made them so.
const fn doubtful(c: char) -> Option<Glyph> {
    Some(match c {
        '口' | '囗' | 'ロ' | '¨' | '£' | 'o' | '日' | '曰' => Glyph::Empty,
        'þ' | 'ü' | 't' | 'R' | 'n' | 'P' | 'V' | 'v' => Glyph::Checked,
        _ => return None,
    })
}

/// One box with what is written beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Boxed {
    pub(crate) checked: bool,
    pub(crate) label: String,
}

/// A place in the text where a box stands.
struct Mark {
    start: usize,
    end: usize,
    checked: bool,
}

/// The boxes of a cell with their labels, or `None` if there is no box. `is_label` tells whether a
/// known label starts a text: only before one does 口 count as a box.
pub(crate) fn boxes(
    text: &str,
    crossed: Crossed,
    is_label: &dyn Fn(&str) -> bool,
) -> Option<Vec<Boxed>> {
    let chars: Vec<char> = text.chars().collect();
    let marks = marks(&chars, crossed, is_label);
    let (first, last) = (marks.first()?, marks.last()?);
    let before = !blank(&chars[..first.start]);
    let after = !blank(&chars[last.end..]);
    let labels: Vec<String> = if before && !after {
        // the box stands behind its label
        let starts = std::iter::once(0).chain(marks.iter().map(|mark| mark.end));
        starts.zip(&marks).map(|(start, mark)| chars[start..mark.start].iter().collect()).collect()
    } else {
        let ends = marks.iter().skip(1).map(|mark| mark.start).chain([chars.len()]);
        marks.iter().zip(ends).map(|(mark, end)| chars[mark.end..end].iter().collect()).collect()
    };
    let boxed = marks
        .iter()
        .zip(labels)
        .map(|(mark, label)| Boxed { checked: mark.checked, label: label.trim().to_owned() });
    Some(boxed.collect())
}

fn blank(chars: &[char]) -> bool {
    chars.iter().all(|c| !narrow(*c).is_alphanumeric())
}

fn marks(chars: &[char], crossed: Crossed, is_label: &dyn Fn(&str) -> bool) -> Vec<Mark> {
    let mut marks: Vec<Mark> = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let Some((found, len)) = mark_at(chars, at, is_label) else {
            at += 1;
            continue;
        };
        let checked = crossed.checks(found);
        match marks.last_mut() {
            // □√ is one box
            Some(last) if blank(&chars[last.end..at]) && !chars[last.end..at].contains(&'\n') => {
                last.checked |= checked;
                last.end = at + len;
            }
            _ => marks.push(Mark { start: at, end: at + len, checked }),
        }
        at += len;
    }
    marks
}

fn mark_at(chars: &[char], at: usize, is_label: &dyn Fn(&str) -> bool) -> Option<(Glyph, usize)> {
    let c = chars[at];
    if let Some(glyph) = glyph(c) {
        return Some((glyph, 1));
    }
    if opens(c) {
        return bracket_box(chars, at);
    }
    let glyph = doubtful(c)?;
    let before = at.checked_sub(1).map(|at| chars[at]);
    let part_of_word = before.is_some_and(|b| {
        b.is_ascii_alphanumeric()
            || (c == '口' && "窗户门出入港路进".contains(b))
            || (matches!(c, '日' | '曰') && b.is_alphanumeric())
    });
    let label: String = chars[at + 1..].iter().take(40).collect();
    (!part_of_word && is_label(label.trim_start())).then_some((glyph, 1))
}

/// [√] and [ ]: a bracket around a mark or a blank.
fn bracket_box(chars: &[char], at: usize) -> Option<(Glyph, usize)> {
    let close = chars.iter().skip(at + 1).take(4).position(|c| closes(*c))?;
    let inner: String = chars[at + 1..at + 1 + close].iter().collect();
    let inner = bare(&inner);
    let mut inside = inner.chars();
    let found = match (inside.next(), inside.next()) {
        (None, _) => Glyph::Empty,
        (Some('x' | 'X' | 'V' | 'v'), None) => Glyph::Checked,
        (Some(c), None) => glyph(c)?,
        _ => return None,
    };
    Some((found, close + 2))
}

#[cfg(test)]
mod tests {
    use super::{Boxed, Crossed, boxes};

    fn check(text: &str, expected: &[(bool, &str)]) {
        let is_label = |text: &str| text.starts_with("政府网站") || text.starts_with("公报");
        let crossed = Crossed::in_boxes([text].into_iter());
        let expected: Vec<Boxed> = expected
            .iter()
            .map(|(checked, label)| Boxed { checked: *checked, label: (*label).to_owned() })
            .collect();
        assert_eq!(boxes(text, crossed, &is_label).unwrap_or_default(), expected, "{text}");
    }

    #[test]
    fn boxes_of_every_make_are_read() {
        let both = [(true, "政府网站"), (false, "公报")];
        for text in [
            "■政府网站□公报",
            "■ 政府网站 口 公报",
            "☑政府网站\n☐公报",
            "√政府网站 □公报",
            "□√政府网站 □公报",
            "▲政府网站△公报",
            "★政府网站☆公报",
            "[√]政府网站 [ ]公报",
            "（√）政府网站（ ）公报",
            "🗹政府网站口公报",
            "t政府网站 □公报",
            "þ政府网站¨公报",
            "☒政府网站☐公报",
            "☑政府网站☒公报",
            "政府网站■公报□",
        ] {
            check(text, &both);
        }
    }

    #[test]
    fn a_character_in_a_word_is_no_box() {
        check("办事窗口政府网站", &[]);
        check("政府网站、公报", &[]);
        check("■办事窗口 口政府网站", &[(true, "办事窗口"), (false, "政府网站")]);
    }
}
