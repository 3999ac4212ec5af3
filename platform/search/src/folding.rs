//! One form for characters that people write in several: half width, lower case, simplified.
//!
//! Folding goes character by character, so a place in the folded text is the same place in the
//! original. It need not be right about the language (乾 is not always 干), only the same for what
//! is stored and what is asked.

use std::sync::LazyLock;

const FIRST: u32 = 0x2e80;
const AFTER_LAST: u32 = 0xa000;

/// The folded form of each character from the radicals to the end of the unified ideographs.
static TABLE: LazyLock<Vec<u16>> = LazyLock::new(|| {
    let mut table: Vec<u16> =
        (FIRST..AFTER_LAST).map(|code| u16::try_from(code).unwrap_or(0)).collect();
    for line in include_str!("fold.txt").lines().filter(|line| !line.starts_with('#')) {
        let mut chars = line.chars();
        let Some(kept) = chars.next().and_then(|kept| u16::try_from(u32::from(kept)).ok()) else {
            continue;
        };
        for folded in chars {
            if let Some(place) = table.get_mut((u32::from(folded) - FIRST) as usize) {
                *place = kept;
            }
        }
    }
    table
});

/// The form under which this character is stored and sought.
pub(crate) fn fold(c: char) -> char {
    match c {
        '\0'..='\x7f' => c.to_ascii_lowercase(),
        // 二○二○年: circles drawn for the ideographic zero.
        '○' | '◯' => '〇',
        '\u{3000}' => ' ',
        // Full-width forms stand at a fixed distance from ASCII.
        '！'..='～' => {
            char::from_u32(u32::from(c) - 0xfee0).map_or(c, |c| c.to_ascii_lowercase())
        }
        '\u{2e80}'..='\u{9fff}' => TABLE
            .get((u32::from(c) - FIRST) as usize)
            .and_then(|code| char::from_u32(u32::from(*code)))
            .unwrap_or(c),
        _ => {
            let mut lower = c.to_lowercase();
            match (lower.next(), lower.next()) {
                (Some(only), None) => only,
                _ => c,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> String {
        text.chars().map(fold).collect()
    }

    #[test]
    fn one_form_is_kept_of_each_character() {
        for (written, kept) in [
            ("廈門市資訊公開指南", "厦门市资讯公开指南"),
            ("裏裡里", "里里里"),
            ("ＡＢｃ１２３（）〔〕", "abc123()〔〕"),
            ("二○二○年", "二〇二〇年"),
            ("⼀、⼆、", "一、二、"),
            ("臺灣後來歷史複雜", "台湾后来历史复杂"),
            ("İ", "İ"),
        ] {
            assert_eq!(folded(written), kept);
        }
    }

    #[test]
    fn folding_twice_changes_nothing() {
        for code in 0..0x2_0000 {
            if let Some(c) = char::from_u32(code) {
                assert_eq!(fold(fold(c)), fold(c), "{c} {code:x}");
            }
        }
    }

    #[test]
    fn the_table_holds_thousands_of_forms() {
        let changed =
            (FIRST..AFTER_LAST).filter_map(char::from_u32).filter(|c| fold(*c) != *c).count();
        assert!(changed > 3000, "{changed}");
    }
}
