//! One form for titles and numbers as they are compared with what a visitor types: half width,
//! small letters, one kind of bracket, no blanks. Done here and not in SQL, where the two engines
//! know different small letters.

/// The text in its compared form.
pub(crate) fn folded(text: &str) -> String {
    text.chars()
        .map(half_width)
        .filter(|letter| !letter.is_whitespace())
        .flat_map(char::to_lowercase)
        .collect()
}

/// The text in its compared form, as a pattern that finds it anywhere.
pub(crate) fn pattern(text: &str) -> String {
    let escaped = folded(text).replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    format!("%{escaped}%")
}

fn half_width(letter: char) -> char {
    match letter {
        '〔' | '[' | '【' | '﹝' | '［' | '（' => '(',
        '〕' | ']' | '】' | '﹞' | '］' | '）' => ')',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(letter) - 0xfee0).unwrap_or(letter),
        '\u{3000}' => ' ',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_in_any_width_or_bracket_is_compared_in_one_form() {
        for (typed, form) in [
            ("厦府办[2020]67 号", "厦府办(2020)67号"),
            ("厦府办〔２０２０〕６７号", "厦府办(2020)67号"),
            ("（2026—2030年）", "(2026—2030年)"),
            ("ＰＭ2.5　ＡＢ", "pm2.5ab"),
        ] {
            assert_eq!(folded(typed), form);
        }
        assert_eq!(pattern("50%_\\"), "%50\\%\\_\\\\%");
    }
}
