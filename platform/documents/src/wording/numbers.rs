//! 发文字号 as GB/T 9704-2012 (7.2.5) writes it: 〔〕 around the year, no 第, no leading zeros.

use super::{Class, Remark};

/// Adds remarks on document numbers.
pub(super) fn check(text: &str, remarks: &mut Vec<Remark>) {
    for (at, open) in text.char_indices().filter(|(_, c)| "[［【〔(（".contains(*c)) {
        let after = at + open.len_utf8();
        let Some(year) = text
            .get(after..after + 4)
            .filter(|year| year.bytes().all(|byte| byte.is_ascii_digit()))
        else {
            continue;
        };
        let mut rest = text[after + 4..].chars();
        let Some(close) = rest.next().filter(|c| "]］】〕)）".contains(*c)) else { continue };
        let number_from = after + 4 + close.len_utf8();
        let tail = &text[number_from..];
        let plain = tail.strip_prefix('第').unwrap_or(tail);
        let digits: String = plain.chars().take_while(char::is_ascii_digit).collect();
        let before = text[..at].chars().next_back();
        let is_number = !digits.is_empty()
            && plain[digits.len()..].starts_with('号')
            && before.is_some_and(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
            && (year.starts_with("19") || year.starts_with("20"));
        if !is_number {
            continue;
        }
        let to = number_from + (tail.len() - plain.len()) + digits.len() + "号".len();
        let right = format!("〔{year}〕{}号", digits.trim_start_matches('0'));
        if text[at..to] != right {
            let reason =
                "发文字号的年份用六角括号〔〕，序号不加“第”，不编虚位（GB/T 9704-2012 第7.2.5条）";
            remarks.push(Remark::new(Class::Form, text, (at, to), Some(right), reason));
        }
    }
}
