//! Character references: the numeric ones, and the named ones that Chinese pages use.

/// The text with its references resolved; unknown ones stay as they are.
pub(super) fn decode(raw: &str) -> String {
    if !raw.contains('&') {
        return raw.to_owned();
    }
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        match reference(rest) {
            Some((c, len)) => {
                out.push(c);
                rest = &rest[len..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

/// The character a reference at the start stands for, and its length. The ; may be missing.
fn reference(text: &str) -> Option<(char, usize)> {
    let name_len = text[1..]
        .bytes()
        .take(32)
        .take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'#')
        .count();
    let name = &text[1..1 + name_len];
    let len = 1 + name_len + usize::from(text[1 + name_len..].starts_with(';'));
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code).filter(|c| *c != '\0').map(|c| (c, len));
    }
    let named = NAMED.iter().find(|(known, _)| *known == name);
    named.map(|(_, c)| (*c, len)).or_else(|| without_semicolon(name))
}

/// &nbspx is a blank and an x.
fn without_semicolon(name: &str) -> Option<(char, usize)> {
    [("nbsp", '\u{a0}'), ("amp", '&'), ("lt", '<'), ("gt", '>'), ("quot", '"')]
        .iter()
        .find(|(known, _)| name.starts_with(known))
        .map(|(known, c)| (*c, 1 + known.len()))
}

const NAMED: [(&str, char); 98] = [
    ("ZeroWidthSpace", '\u{200b}'),
    ("NegativeVeryThinSpace", '\u{200b}'),
    ("NegativeThinSpace", '\u{200b}'),
    ("NegativeMediumSpace", '\u{200b}'),
    ("NegativeThickSpace", '\u{200b}'),
    ("NoBreak", '\u{2060}'),
    ("ApplyFunction", '\u{2061}'),
    ("af", '\u{2061}'),
    ("InvisibleTimes", '\u{2062}'),
    ("it", '\u{2062}'),
    ("InvisibleComma", '\u{2063}'),
    ("ic", '\u{2063}'),
    ("lrm", '\u{200e}'),
    ("rlm", '\u{200f}'),
    ("numsp", '\u{2007}'),
    ("puncsp", '\u{2008}'),
    ("hairsp", '\u{200a}'),
    ("VeryThinSpace", '\u{200a}'),
    ("ThinSpace", '\u{2009}'),
    ("MediumSpace", '\u{205f}'),
    ("NonBreakingSpace", '\u{a0}'),
    ("emsp13", '\u{2004}'),
    ("emsp14", '\u{2005}'),
    ("hyphen", '\u{2010}'),
    ("dash", '\u{2010}'),
    ("Tab", '\t'),
    ("NewLine", '\n'),
    ("lowbar", '_'),
    ("period", '.'),
    ("plus", '+'),
    ("comma", ','),
    ("colon", ':'),
    ("num", '#'),
    ("ast", '*'),
    ("lsqb", '['),
    ("rsqb", ']'),
    ("nbsp", '\u{a0}'),
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("ensp", '\u{2002}'),
    ("emsp", '\u{2003}'),
    ("thinsp", '\u{2009}'),
    ("zwnj", '\u{200c}'),
    ("zwj", '\u{200d}'),
    ("shy", '\u{ad}'),
    ("middot", '·'),
    ("centerdot", '·'),
    ("bull", '•'),
    ("bullet", '•'),
    ("hellip", '…'),
    ("mldr", '…'),
    ("mdash", '—'),
    ("ndash", '–'),
    ("horbar", '―'),
    ("minus", '−'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("laquo", '«'),
    ("raquo", '»'),
    ("times", '×'),
    ("divide", '÷'),
    ("radic", '√'),
    ("Sqrt", '√'),
    ("check", '✓'),
    ("checkmark", '✓'),
    ("cross", '✗'),
    ("squ", '□'),
    ("square", '□'),
    ("Square", '□'),
    ("squf", '▪'),
    ("squarf", '▪'),
    ("blacksquare", '▪'),
    ("FilledSmallSquare", '◼'),
    ("EmptySmallSquare", '◻'),
    ("cir", '○'),
    ("starf", '★'),
    ("bigstar", '★'),
    ("star", '☆'),
    ("utrif", '▴'),
    ("xutri", '△'),
    ("loz", '◊'),
    ("lozf", '⧫'),
    ("diams", '♦'),
    ("sect", '§'),
    ("para", '¶'),
    ("copy", '©'),
    ("reg", '®'),
    ("deg", '°'),
    ("yen", '¥'),
    ("frasl", '/'),
    ("sol", '/'),
    ("lpar", '('),
    ("rpar", ')'),
];

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn references_are_resolved_and_unknown_ones_stay() {
        for (raw, text) in [
            ("&#9632;政府网站&#x25A1;公报", "■政府网站□公报"),
            ("&nbsp;&radic;&nbsp", "\u{a0}√\u{a0}"),
            ("A&B&amp;C&unknown;", "A&B&C&unknown;"),
            ("&lt;b&gt;", "<b>"),
            ("&#xffffffff;&#0;&", "&#xffffffff;&#0;&"),
        ] {
            assert_eq!(decode(raw), text);
        }
    }
}
