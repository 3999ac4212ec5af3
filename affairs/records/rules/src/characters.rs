//! Evening out what is typed in several ways: full and half width, spaces inside numbers.

/// One character's half-width twin: digits, letters and signs of the full-width block.
pub(crate) fn half_width(letter: char) -> char {
    match letter {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(letter) - 0xfee0).unwrap_or(letter),
        '\u{3000}' => ' ',
        other => other,
    }
}

/// Half width throughout and without any white space, for comparing numbers and codes.
pub(crate) fn condensed(text: &str) -> String {
    let invisible = |letter: &char| matches!(letter, '\u{200b}'..='\u{200d}' | '\u{feff}');
    text.chars()
        .map(half_width)
        .filter(|letter| !letter.is_whitespace() && !invisible(letter))
        .collect()
}

/// Whether the text is one of the ways of saying that there is none: empty, 无, a dash.
pub(crate) fn says_none(condensed: &str) -> bool {
    matches!(condensed, "" | "无" | "无文号" | "暂无" | "-" | "--" | "—" | "——" | "─" | "/" | "／")
}
