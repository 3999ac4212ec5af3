//! 公开内容（要素）: the parts of a cell, however they are joined.
//!
//! Numbers or bullets separate if the cell starts with one; otherwise ； and lines do; otherwise 、.
//! What stands in brackets is never taken apart.

use crate::reading::markers::{Marker, marker_at, strip_number};
use crate::reading::text::{Depth, close_up, closes, depths, split_outside, trim_marks};

/// The parts of the cell whose lines these are. `blanks_separate` if other cells of the column show
/// that blanks stand for line ends.
pub(crate) fn elements(lines: &[String], blanks_separate: bool) -> Vec<String> {
    let mut parts = raw_parts(lines);
    if let ([only], true) = (parts.as_slice(), blanks_separate) {
        let words = split_outside(only, char::is_whitespace);
        if words.iter().all(|word| word.chars().count() >= 2) {
            parts = words;
        }
    }
    parts.iter().map(|part| tidy(part)).filter(|part| !part.is_empty()).collect()
}

/// Whether blanks alone separate the parts of the cell.
pub(crate) fn is_spaced(cell: &str) -> bool {
    let separates = |c: char| matches!(c, '；' | ';' | '、' | '\n');
    !cell.contains(separates) && raw_parts(&[cell.to_owned()]).len() >= 3
}

/// The same parts as they stand, with their numbers.
pub(crate) fn raw_parts(lines: &[String]) -> Vec<String> {
    let text = lines.join("\n");
    by_marker(&text).unwrap_or_else(|| by_mark(&text))
}

fn tidy(part: &str) -> String {
    let closed = close_up(part);
    let bare = trim_marks(strip_number(trim_marks(&closed))).to_owned();
    if bare.chars().any(char::is_alphanumeric) { bare } else { String::new() }
}

/// Splits at the numbers or bullets of one kind, if the text starts with one.
fn by_marker(text: &str) -> Option<Vec<String>> {
    let chars: Vec<char> = text.chars().collect();
    // numbers inside an entry count no further where entries are set apart by marks or lines
    let apart = places(&chars, true);
    let places = if apart.len() > 1 { apart } else { places(&chars, false) };
    let first = places.first()?;
    let heading: String = chars[..first.0].iter().collect();
    let heading = trim_heading(&heading)?;
    if places.len() == 1 {
        let entry: String = chars[first.0..].iter().collect();
        return Some(by_semicolon(&entry));
    }
    let ends = places.iter().skip(1).map(|(at, _)| *at).chain([chars.len()]);
    let mut parts: Vec<String> =
        places.iter().zip(ends).map(|((at, _), end)| chars[*at..end].iter().collect()).collect();
    if let Some(part) = parts.first_mut().filter(|_| !heading.is_empty()) {
        *part = format!("{heading}{}", strip_number(part));
    }
    Some(parts)
}

/// What may stand before the first number: nothing, or words that end in a colon.
fn trim_heading(heading: &str) -> Option<&str> {
    let heading = heading.trim();
    (heading.is_empty() || heading.ends_with(['：', ':'])).then_some(heading)
}

/// Where entries start: at the first marker and at each that carries its list on; if `apart`, only
/// behind a mark, a blank or a line end.
fn places(chars: &[char], apart: bool) -> Vec<(usize, Marker)> {
    let depth = depths(chars);
    let mut places: Vec<(usize, Marker)> = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let found = marker_at(chars, at).filter(|(marker, len)| {
            let ground = at == 0 || starts_line(chars, at) || stands_open(chars, &depth, at);
            let set_apart = at == 0
                || !apart
                || chars[at - 1].is_whitespace()
                || matches!(chars[at - 1], '；' | ';' | '。');
            ground && set_apart && at + len < chars.len() && carries_on(&places, *marker, chars, at)
        });
        match found {
            Some((marker, len)) => {
                places.push((at, marker));
                at += len;
            }
            None => at += 1,
        }
    }
    places
}

/// Whether what stands at `at` is outside brackets, though it may open or follow one itself.
fn stands_open(chars: &[char], depth: &[Depth], at: usize) -> bool {
    let before = depth[at - 1];
    before.title == 0 && before.bracket.saturating_sub(u16::from(closes(chars[at - 1]))) == 0
}

fn starts_line(chars: &[char], at: usize) -> bool {
    chars[..at].iter().rev().find(|c| **c != ' ').is_none_or(|c| *c == '\n')
}

fn carries_on(places: &[(usize, Marker)], marker: Marker, chars: &[char], at: usize) -> bool {
    let before = at.checked_sub(1).map(|at| chars[at]);
    if before.is_some_and(|c| c.is_ascii_alphanumeric() || c == '第' || c == '.') {
        return false;
    }
    let starts_line = starts_line(chars, at);
    let Some((_, last)) = places.last() else {
        let after_colon = chars[..at].iter().rev().find(|c| !c.is_whitespace());
        let first = marker.number().is_none_or(|n| n <= 1) || at == 0;
        return first && (starts_line || after_colon.is_some_and(|c| matches!(c, '：' | ':')));
    };
    let next = match (last.number(), marker.number()) {
        (Some(last), Some(this)) => this == last + 1 || (starts_line && this > last),
        // a dot or star inside a line may be part of a name
        (None, None) => {
            let after_blank = before.is_some_and(char::is_whitespace);
            after_blank || starts_line || !matches!(marker, Marker::Bullet('·' | '*'))
        }
        _ => false,
    };
    last.is_like(marker) && next
}

fn by_semicolon(text: &str) -> Vec<String> {
    split_outside(text, |c| matches!(c, '；' | ';'))
}

fn by_mark(text: &str) -> Vec<String> {
    let parts = split_outside(text, |c| matches!(c, '；' | ';' | '\n'));
    if parts.len() != 1 {
        return parts;
    }
    let parts = split_outside(text, |c| c == '、');
    if parts.len() != 1 {
        return parts;
    }
    // commas join clauses as often as entries: only short entries, and at least three
    let parts = split_outside(text, |c| matches!(c, '，' | ','));
    let short = |parts: &[String], most| {
        parts.len() >= 3 && parts.iter().all(|part| (2..=most).contains(&part.chars().count()))
    };
    if short(&parts, 12) {
        return parts;
    }
    // so do blanks, where the line ends between entries were lost
    let words = split_outside(text, char::is_whitespace);
    if short(&words, 30) { words } else { vec![text.to_owned()] }
}

#[cfg(test)]
mod tests {
    use super::{elements, is_spaced};

    fn check(cell: &str, parts: &[&str]) {
        let lines: Vec<String> = cell.lines().map(str::to_owned).collect();
        assert_eq!(elements(&lines, false), parts, "{cell}");
    }

    #[test]
    fn numbers_and_bullets_separate() {
        check("1.依据；2.条件，；3.程序", &["依据", "条件", "程序"]);
        check("1.依据\n2.程序。", &["依据", "程序"]);
        check("1.依据 2.程序", &["依据", "程序"]);
        check("①依据②程序", &["依据", "程序"]);
        check("（1）依据（2）程序（略）（3）期限", &["依据", "程序（略）", "期限"]);
        check("一、依据；二、程序", &["依据", "程序"]);
        check("●政务信息、文件\n●重大项目", &["政务信息、文件", "重大项目"]);
        check("1.与救灾有关的法律、法规", &["与救灾有关的法律、法规"]);
        check(
            "1.国发〔2016〕14号；2.民发〔2016〕178号",
            &["国发〔2016〕14号", "民发〔2016〕178号"],
        );
        check("包括：1.依据；2.程序", &["包括：依据", "程序"]);
    }

    #[test]
    fn without_numbers_the_widest_mark_separates() {
        check(
            "政策依据；；申请指南（对象、标准等）；办理时间、地点",
            &["政策依据", "申请指南（对象、标准等）", "办理时间、地点"],
        );
        check("学校名称\n学校地址", &["学校名称", "学校地址"]);
        check("招标内容 招标范围 招标方式", &["招标内容", "招标范围", "招标方式"]);
        check("招标 范围", &["招标范围"]);
        check("文件名称、文号、发文部门", &["文件名称", "文号", "发文部门"]);
        check("教育法（2015）；教师法（2009）", &["教育法（2015）", "教师法（2009）"]);
        check("征地结果（权属、种类", &["征地结果（权属", "种类"]);
        check("", &[]);
        check("。；", &[]);
    }

    #[test]
    fn blanks_separate_where_the_column_shows_it() {
        let cell = ["教育法律 规章制度".to_owned()];
        assert_eq!(elements(&cell, false), ["教育法律规章制度"]);
        assert_eq!(elements(&cell, true), ["教育法律", "规章制度"]);
        assert!(is_spaced("招标内容 招标范围 招标方式") && !is_spaced("1.依据 2.程序；3.期限"));
    }

    #[test]
    fn numbers_in_the_text_do_not_separate() {
        check("一般公共预算①收入表②支出表；空表说明", &["一般公共预算①收入表②支出表", "空表说明"]);
        check("结果公布（1.名单；2.金额）", &["结果公布（1.名单；2.金额）"]);
        check("①一般预算①收入表②支出表；②空表说明", &["一般预算①收入表②支出表", "空表说明"]);
        check("2.5倍以上", &["2.5倍以上"]);
    }
}
