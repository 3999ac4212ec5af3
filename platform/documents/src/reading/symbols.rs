//! Symbol fonts: the characters that Wingdings and its kin draw as boxes, ticks and bullets.

/// The character a symbol font draws for a code, if it is one that catalogues use.
///
/// Word writes the code plain (`n`) or in the private use area (U+F06E).
pub(super) fn drawn(font: &str, code: char) -> Option<char> {
    let font = font.to_ascii_lowercase();
    let code = match code as u32 {
        private @ 0xf000..=0xf0ff => private - 0xf000,
        plain @ 0x20..=0xff => plain,
        _ => return None,
    };
    if font.contains("wingdings 2") {
        wingdings2(code)
    } else if font.contains("wingdings") {
        wingdings(code)
    } else if font.contains("webdings") {
        webdings(code)
    } else if font.contains("symbol") {
        symbol(code)
    } else {
        None
    }
}

const fn wingdings(code: u32) -> Option<char> {
    Some(match code {
        0x6c => '●',
        0x6d => '○',
        0x6e => '■',
        0x6f | 0x70 | 0x71 | 0x72 | 0xa8 => '□',
        0x74 | 0x75 => '◆',
        0x78 | 0xfd => '☒',
        0xfb => '×',
        0xfc => '√',
        0xfe => '☑',
        0xa1 | 0xa2 => '○',
        0xa7 => '▪',
        0xd8 => '➢',
        0xab => '★',
        _ => return None,
    })
}

const fn wingdings2(code: u32) -> Option<char> {
    Some(match code {
        0x50 => '√',
        0x52 => '☑',
        0x4f | 0x51 | 0x53 | 0x54 => '☒',
        0xa2 => '■',
        0xa3 | 0x2a => '□',
        0x97 | 0x98 => '●',
        0x99 | 0x9a => '○',
        _ => return None,
    })
}

const fn webdings(code: u32) -> Option<char> {
    Some(match code {
        0x61 => '√',
        0x67 => '■',
        0x63 => '□',
        0x72 => '×',
        0x6e => '●',
        _ => return None,
    })
}

const fn symbol(code: u32) -> Option<char> {
    Some(match code {
        0xd6 => '√',
        0xb7 => '·',
        0xb4 => '×',
        0xa8 => '◆',
        _ => return None,
    })
}

/// The text as the font draws it; characters it does not draw differently stay.
pub(super) fn drawn_text(font: &str, text: &str) -> String {
    text.chars().map(|c| drawn(font, c).unwrap_or(c)).collect()
}

/// Whether the font draws letters as symbols.
pub(super) fn is_symbol_font(font: &str) -> bool {
    let font = font.to_ascii_lowercase();
    font.contains("wingdings")
        || font.contains("webdings")
        || font.trim_matches(['"', '\'', ' ']) == "symbol"
}

#[cfg(test)]
mod tests {
    use super::{drawn, drawn_text};

    #[test]
    fn symbol_fonts_draw_boxes_and_ticks() {
        for (font, code, shown) in [
            ("Wingdings", '\u{f0fe}', Some('☑')),
            ("Wingdings", 'þ', Some('☑')),
            ("Wingdings", 'n', Some('■')),
            ("Wingdings", '¨', Some('□')),
            ("Wingdings 2", 'R', Some('☑')),
            ("Wingdings 2", '\u{f0a3}', Some('□')),
            ("宋体", 'n', None),
        ] {
            assert_eq!(drawn(font, code), shown, "{font} {code}");
        }
        assert_eq!(drawn_text("Wingdings", "n政府网站"), "■政府网站");
    }
}
