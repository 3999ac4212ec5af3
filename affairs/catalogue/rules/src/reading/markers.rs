//! Numbers and bullets in front of names and list entries.

use crate::reading::text::{is_han, narrow, number_at};

/// A number or bullet in front of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Marker {
    /// 1. 1、 1)
    Arabic(u32),
    /// （1）
    Bracketed(u32),
    /// ①
    Circled(u32),
    /// 一、
    Han(u32),
    /// （一）
    BracketedHan(u32),
    /// ● and its like.
    Bullet(char),
}

impl Marker {
    /// Its number; bullets have none.
    pub(crate) const fn number(self) -> Option<u32> {
        match self {
            Self::Arabic(n)
            | Self::Bracketed(n)
            | Self::Circled(n)
            | Self::Han(n)
            | Self::BracketedHan(n) => Some(n),
            Self::Bullet(_) => None,
        }
    }

    /// Whether the other marker is of the same kind, so that the two belong to one list.
    pub(crate) fn is_like(self, other: Self) -> bool {
        match (self, other) {
            (Self::Bullet(one), Self::Bullet(two)) => one == two,
            (one, two) => std::mem::discriminant(&one) == std::mem::discriminant(&two),
        }
    }
}

const fn bullet(c: char) -> bool {
    matches!(
        c,
        '●' | '•'
            | '·'
            | '◆'
            | '■'
            | '★'
            | '▪'
            | '➢'
            | '◇'
            | '○'
            | '*'
            | '＊'
            | '▲'
            | '◎'
            | '☆'
            | '※'
            | '►'
            | '▶'
            | '✦'
            | '□'
            | '\u{f06c}'
            | '\u{f0b7}'
            | '\u{f0a7}'
            | '\u{f075}'
    )
}

/// The marker that starts at `chars[at]`, and how many characters it takes.
pub(crate) fn marker_at(chars: &[char], at: usize) -> Option<(Marker, usize)> {
    let rest = chars.get(at..)?;
    let first = *rest.first()?;
    if bullet(first) {
        return Some((Marker::Bullet(first), 1));
    }
    if let Some(n) = circled(first) {
        return Some((Marker::Circled(n), 1));
    }
    if matches!(first, '（' | '(') {
        return bracketed(rest);
    }
    let (n, len) = number_at(rest)?;
    let after = *rest.get(len)?;
    let next = rest.get(len + 1).copied().unwrap_or(' ');
    if narrow(first).is_ascii_digit() {
        // 1.1 is no entry of a list, nor is 2.5
        let closes = matches!(narrow(after), '.' | '、' | ')') || matches!(after, '。' | '﹒');
        let goes_on = narrow(after) == '.' && narrow(next).is_ascii_digit();
        let standing = len <= 2 && n > 0 && closes && !goes_on;
        return standing.then_some((Marker::Arabic(n), len + 1));
    }
    let standing = matches!(narrow(after), '、' | '.') && len <= 3;
    standing.then_some((Marker::Han(n), len + 1))
}

fn bracketed(rest: &[char]) -> Option<(Marker, usize)> {
    let (n, len) = number_at(rest.get(1..)?)?;
    let closed = matches!(rest.get(len + 1)?, '）' | ')');
    if !closed || len > 3 {
        return None;
    }
    let arabic = narrow(*rest.get(1)?).is_ascii_digit();
    let marker = if arabic { Marker::Bracketed(n) } else { Marker::BracketedHan(n) };
    Some((marker, len + 2))
}

const fn circled(c: char) -> Option<u32> {
    match c {
        '①'..='⑳' => Some(c as u32 - '①' as u32 + 1),
        '⑴'..='⒇' => Some(c as u32 - '⑴' as u32 + 1),
        '⒈'..='⒛' => Some(c as u32 - '⒈' as u32 + 1),
        '❶'..='❿' => Some(c as u32 - '❶' as u32 + 1),
        '㈠'..='㈩' => Some(c as u32 - '㈠' as u32 + 1),
        _ => None,
    }
}

/// A name without the number in front: 1.1法律法规, （一）法律法规, 01 法律法规.
pub(crate) fn strip_number(name: &str) -> &str {
    let mut rest = name.trim();
    // a number may stand behind a bullet, never more than two deep
    for _ in 0..2 {
        let stripped = strip_once(rest);
        if stripped.len() == rest.len() {
            break;
        }
        rest = stripped;
    }
    rest
}

fn strip_once(name: &str) -> &str {
    let chars: Vec<char> = name.chars().collect();
    let taken = multi_level(&chars).or_else(|| marker_at(&chars, 0).map(|(_, len)| len));
    let Some(taken) = taken.filter(|taken| *taken < chars.len()) else {
        return name;
    };
    let bytes: usize = chars[..taken].iter().map(|c| c.len_utf8()).sum();
    let rest = name[bytes..].trim_start();
    if rest.is_empty() { name } else { rest }
}

/// The length of 1.1, 2.1.3., 01 or a bare 1 directly before a Chinese character.
fn multi_level(chars: &[char]) -> Option<usize> {
    let digit = |at: usize| chars.get(at).is_some_and(|c| narrow(*c).is_ascii_digit());
    let mut at = 0;
    let (mut groups, mut longest) = (0, 0);
    while digit(at) {
        let start = at;
        while digit(at) {
            at += 1;
        }
        groups += 1;
        longest = longest.max(at - start);
        let point = chars.get(at).is_some_and(|c| matches!(narrow(*c), '.' | '-'));
        if point && digit(at + 1) {
            at += 1;
        } else {
            break;
        }
    }
    if groups == 0 || longest > 4 || (groups == 1 && longest > 2) {
        return None;
    }
    let number_end = at;
    while chars.get(at).is_some_and(|c| matches!(narrow(*c), '.' | '、' | ')' | ',' | ' ')) {
        at += 1;
    }
    // 12年, 3个 and 2.5倍 are words, not numbers in front of a name
    let next = *chars.get(at)?;
    let units = if groups == 1 {
        "年月日号个项条级届次类人种天周岁倍%°"
    } else {
        "倍%°"
    };
    let counted = at == number_end && units.contains(next);
    ((is_han(next) || matches!(next, '《' | '“' | '（' | '(') || next.is_ascii_uppercase())
        && !counted)
        .then_some(at)
}

#[cfg(test)]
mod tests {
    use super::{Marker, marker_at, strip_number};

    #[test]
    fn names_lose_the_number_in_front_and_only_that() {
        for (printed, name) in [
            ("1.1法律法规", "法律法规"),
            ("1．行政审批", "行政审批"),
            ("2.1.3、备案", "备案"),
            ("（一）综合业务", "综合业务"),
            ("一、综合业务", "综合业务"),
            ("1教育法律", "教育法律"),
            ("01 行政许可类事项", "行政许可类事项"),
            ("①启动要件", "启动要件"),
            ("●政策文件", "政策文件"),
            ("12345政务服务热线", "12345政务服务热线"),
            ("2019年度报告", "2019年度报告"),
            ("3年行动方案", "3年行动方案"),
            ("一级事项", "一级事项"),
            ("一网通办", "一网通办"),
            ("（试行）办法", "（试行）办法"),
            ("5", "5"),
        ] {
            assert_eq!(strip_number(printed), name, "{printed}");
        }
    }

    #[test]
    fn markers_of_lists_are_told_from_numbers_in_the_text() {
        for (text, marker) in [
            ("1.依据", Some(Marker::Arabic(1))),
            ("2、依据", Some(Marker::Arabic(2))),
            ("（3）依据", Some(Marker::Bracketed(3))),
            ("（三）依据", Some(Marker::BracketedHan(3))),
            ("三、依据", Some(Marker::Han(3))),
            ("③依据", Some(Marker::Circled(3))),
            ("●依据", Some(Marker::Bullet('●'))),
            ("1.5倍", None),
            ("2019.", None),
            ("依据", None),
        ] {
            let chars: Vec<char> = text.chars().collect();
            assert_eq!(marker_at(&chars, 0).map(|(marker, _)| marker), marker, "{text}");
        }
    }
}
