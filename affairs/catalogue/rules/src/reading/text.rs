//! Characters as catalogue tables use them: widths, white space, brackets, numbers in front.

/// The half-width form of a full-width letter, digit or mark, and a plain blank for any blank.
pub(crate) const fn narrow(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => match char::from_u32(c as u32 - 0xfee0) {
            Some(narrow) => narrow,
            None => c,
        },
        '\u{3000}' | '\u{a0}' | '\u{2002}'..='\u{200a}' | '\u{202f}' => ' ',
        '⁄' | '∕' => '/',
        _ => c,
    }
}

/// Characters that take no room and say nothing.
pub(crate) const fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{2060}' | '\u{ad}' | '\u{202a}'..='\u{202e}')
        || (c.is_ascii_control() && c != '\n' && c != '\t')
}

/// Whether the character is a Chinese character.
pub(crate) const fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' | '〇')
}

/// For comparing: half-width, without any white space, with round brackets only.
pub(crate) fn bare(text: &str) -> String {
    text.chars()
        .map(narrow)
        .filter(|c| !c.is_whitespace() && !is_invisible(*c))
        .map(|c| match c {
            '〔' | '﹝' | '[' | '【' | '﹙' | '{' => '(',
            '〕' | '﹞' | ']' | '】' | '﹚' | '}' => ')',
            '，' => ',',
            c => c,
        })
        .collect()
}

/// The text without what stands in brackets; an unclosed bracket is kept as it is.
pub(crate) fn outside_brackets(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let depth = depths(&chars);
    chars.iter().zip(&depth).filter(|(_, depth)| depth.bracket == 0).map(|(c, _)| *c).collect()
}

/// How deep a character stands in brackets and in 《》. Brackets themselves count as inside.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Depth {
    pub(crate) bracket: u16,
    pub(crate) title: u16,
}

impl Depth {
    /// Neither in brackets nor in a title.
    pub(crate) const fn is_open_ground(self) -> bool {
        self.bracket == 0 && self.title == 0
    }
}

/// Whether the character opens a bracket of any kind but 《.
pub(crate) const fn opens(c: char) -> bool {
    matches!(c, '(' | '（' | '[' | '［' | '【' | '〔' | '﹝' | '{' | '｛' | '﹙')
}

/// Whether the character closes a bracket of any kind but 》.
pub(crate) const fn closes(c: char) -> bool {
    matches!(c, ')' | '）' | ']' | '］' | '】' | '〕' | '﹞' | '}' | '｝' | '﹚')
}

/// The depth of each character. Published tables mix kinds of brackets and lose some: any closing
/// bracket closes any opening one, and one without a partner is ordinary text.
pub(crate) fn depths(chars: &[char]) -> Vec<Depth> {
    let mut change: Vec<i8> = vec![0; chars.len()];
    let mut titles: Vec<i8> = vec![0; chars.len()];
    let (mut open, mut open_titles): (Vec<usize>, Vec<usize>) = (Vec::new(), Vec::new());
    for (at, &c) in chars.iter().enumerate() {
        if opens(c) {
            open.push(at);
        } else if closes(c) {
            pair(&mut open, at, &mut change);
        } else if c == '《' {
            open_titles.push(at);
        } else if c == '》' {
            pair(&mut open_titles, at, &mut titles);
        }
    }
    let mut now = Depth::default();
    let mut depths = Vec::with_capacity(chars.len());
    for (bracket, title) in change.iter().zip(&titles) {
        now.bracket += u16::from(*bracket > 0);
        now.title += u16::from(*title > 0);
        depths.push(now);
        now.bracket = now.bracket.saturating_sub(u16::from(*bracket < 0));
        now.title = now.title.saturating_sub(u16::from(*title < 0));
    }
    depths
}

fn pair(open: &mut Vec<usize>, close: usize, change: &mut [i8]) {
    // a bracket deeper than this is damage, not structure, and the depth must not overflow
    if let Some(start) = open.pop()
        && open.len() < 1_000
    {
        change[start] = 1;
        change[close] = -1;
    }
}

/// Splits where `separates` holds outside brackets and titles. Empty parts are dropped.
pub(crate) fn split_outside(text: &str, separates: impl Fn(char) -> bool) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    let depth = depths(&chars);
    let mut parts = vec![String::new()];
    for (at, &c) in chars.iter().enumerate() {
        if separates(c) && depth[at].is_open_ground() {
            parts.push(String::new());
        } else if let Some(part) = parts.last_mut() {
            part.push(c);
        }
    }
    parts.retain(|part| !part.trim().is_empty());
    parts
}

/// Takes white space out of Chinese text. One blank stays between two words in Latin letters.
pub(crate) fn close_up(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut blank = false;
    for c in text.chars().filter(|c| !is_invisible(*c)) {
        if narrow(c).is_whitespace() {
            blank = true;
            continue;
        }
        let before = out.chars().next_back();
        let latin = |c: char| c.is_ascii() && !c.is_ascii_punctuation();
        if blank && before.is_some_and(latin) && latin(c) {
            out.push(' ');
        }
        blank = false;
        out.push(if matches!(c, '⁄' | '∕') { '/' } else { c });
    }
    out
}

/// Whether the cell states by a dash or a stroke that there is nothing.
pub(crate) fn is_dash(text: &str) -> bool {
    let text = bare(text);
    let stroke = |c| matches!(c, '-' | '—' | '─' | '–' | '―' | '−' | '/' | '\\' | '_' | '~' | '…');
    (!text.is_empty() && text.chars().all(stroke))
        || matches!(text.as_str(), "一" | "无" | "(无)" | "无。" | "N/A" | "暂无")
}

/// Whether the cell takes the value of the cell above by saying so.
pub(crate) fn is_same_as_above(text: &str) -> bool {
    let text = bare(text);
    let text = text.trim_end_matches(['。', '.', ',', ';']).trim_matches(['(', ')']);
    matches!(
        text,
        "同上"
            | "同前"
            | "同上行"
            | "同上一行"
            | "同上列"
            | "同上栏"
            | "同上项"
            | "同上所述"
            | "〃"
            | "″"
            | "\""
            | "''"
            | "”"
            | "“"
            | "々"
    )
}

/// Whether the cell takes the value of the cell to its left by saying so.
pub(crate) fn is_same_as_left(text: &str) -> bool {
    matches!(bare(text).trim_end_matches(['。', '.']), "同左" | "同左列" | "同左栏")
}

/// Removes marks that only separate from both ends.
pub(crate) fn trim_marks(text: &str) -> &str {
    text.trim()
        .trim_matches(|c: char| {
            matches!(c, '；' | ';' | '，' | ',' | '、' | '。' | '：' | ':' | '．' | '·')
                || c.is_whitespace()
        })
        .trim()
}

/// Longer rows of digits are no number that means anything here.
const MOST_DIGITS: usize = 12;

/// A number in Arabic or Chinese digits at the start, and how many characters it takes.
pub(crate) fn number_at(chars: &[char]) -> Option<(u32, usize)> {
    let chars = &chars[..chars.len().min(MOST_DIGITS)];
    let digits = chars.iter().take_while(|c| narrow(**c).is_ascii_digit()).count();
    if digits > 0 {
        let value = chars[..digits.min(9)]
            .iter()
            .filter_map(|c| narrow(*c).to_digit(10))
            .fold(0_u32, |value, digit| value.saturating_mul(10).saturating_add(digit));
        return Some((value, digits));
    }
    let len = chars.iter().take_while(|c| han_digit(**c).is_some()).count();
    (len > 0).then(|| (han_number(&chars[..len]), len))
}

const fn han_digit(c: char) -> Option<u32> {
    Some(match c {
        '零' | '〇' => 0,
        '一' | '壹' => 1,
        '二' | '贰' | '两' => 2,
        '三' | '叁' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        '十' | '拾' => 10,
        '百' | '佰' => 100,
        _ => return None,
    })
}

fn han_number(chars: &[char]) -> u32 {
    let (mut total, mut digit) = (0_u32, 0_u32);
    for value in chars.iter().filter_map(|c| han_digit(*c)) {
        if value >= 10 {
            total = total.saturating_add(digit.max(1).saturating_mul(value));
            digit = 0;
        } else {
            // digits one after another: 二〇
            digit = digit.saturating_mul(10).saturating_add(value);
        }
    }
    total.saturating_add(digit)
}

#[cfg(test)]
mod tests {
    use super::{close_up, depths, is_dash, is_same_as_above, number_at, split_outside};

    #[test]
    fn blanks_leave_chinese_text_and_stay_between_latin_words() {
        for (printed, read) in [
            ("养　老服务 ", "养老服务"),
            ("之日起20 个工 作日", "之日起20个工作日"),
            ("GB/T 32939—2016", "GB/T 32939—2016"),
            ("入户⁄现场", "入户/现场"),
        ] {
            assert_eq!(close_up(printed), read);
        }
    }

    #[test]
    fn a_mark_in_brackets_does_not_separate_and_a_lost_bracket_holds_nothing_back() {
        let split = |text| split_outside(text, |c| c == '、');
        assert_eq!(split("甲（乙、丙）、丁"), ["甲（乙、丙）", "丁"]);
        assert_eq!(split("甲（乙、丙、丁"), ["甲（乙", "丙", "丁"]);
        assert_eq!(split("甲〔乙、丙)、丁"), ["甲〔乙、丙)", "丁"]);
        assert_eq!(split("《甲、乙》、丙"), ["《甲、乙》", "丙"]);
    }

    #[test]
    fn numbers_are_read_in_both_scripts() {
        for (text, value, len) in [
            ("20个", 20, 2),
            ("２０个", 20, 2),
            ("二十个", 20, 2),
            ("十五日", 15, 2),
            ("二〇", 20, 2),
            ("一百二十日", 120, 4),
            ("两个", 2, 1),
        ] {
            let chars: Vec<char> = text.chars().collect();
            assert_eq!(number_at(&chars), Some((value, len)), "{text}");
        }
        assert_eq!(number_at(&['内']), None);
    }

    #[test]
    fn dashes_and_ditto_marks_are_known() {
        for dash in ["—", "─", "/", "——", " － ", "无", "-"] {
            assert!(is_dash(dash), "{dash}");
        }
        assert!(!is_dash("") && !is_dash("一级") && !is_dash("√"));
        for ditto in ["同上", "同 上。", "〃", "（同上）"] {
            assert!(is_same_as_above(ditto), "{ditto}");
        }
        assert!(!is_same_as_above("同上级部门"));
    }

    #[test]
    fn depth_does_not_grow_without_bound() {
        let mut chars = vec!['（'; 200_000];
        chars.extend(vec!['）'; 200_000]);
        assert!(depths(&chars).iter().all(|depth| depth.bracket <= 1_000));
    }
}
