//! Where the title of a 公文 is broken.
//!
//! GB/T 9704-2012 7.3.1: a title of several lines is broken where the meaning allows, in lines of
//! fitting length. We share the characters evenly and then look about for the best place.

/// The most a line holds, in units of half a character: 19 characters of 2号 in the type area's
/// 156 mm, with air at both sides.
const LINE: usize = 38;
/// How far from the even place a better one is looked for, in the same units.
const REACH: usize = 10;

/// What a line should rather not begin with: the tail of the phrase before.
const TAILS: &str = "、，。：；）》〉”’】〕的和与及等们化性局厅";
/// What a line should rather not end with: the head of the phrase after.
const HEADS: &str = "（《〈“‘【〔第全";
/// After these a break reads well: names of organs, the verbs of titles, marks.
const PHRASES: [&str; 23] = [
    "关于",
    "印发",
    "转发",
    "批转",
    "公布",
    "办公厅",
    "办公室",
    "人民政府",
    "推进",
    "加强",
    "做好",
    "规范",
    "开展",
    "实施",
    "加快",
    "深化",
    "促进",
    "完善",
    "调整",
    "建立",
    "》",
    "、",
    "的",
];

/// The lines of a title. Breaks the title has of its own are kept.
pub(super) fn lines(title: &str) -> Vec<String> {
    title.lines().flat_map(split).collect()
}

fn split(title: &str) -> Vec<String> {
    let mut rest: Vec<char> = title.trim().chars().collect();
    let mut lines = Vec::new();
    for left in (2..=width(&rest).div_ceil(LINE)).rev() {
        let end = best(&rest, width(&rest) / left);
        lines.push(rest.drain(..end).collect());
    }
    lines.push(rest.into_iter().collect());
    lines
}

fn width(chars: &[char]) -> usize {
    chars.iter().map(|char| if char.is_ascii() { 1 } else { 2 }).sum()
}

/// The best place near the even width, none beyond what a line holds.
fn best(chars: &[char], even: usize) -> usize {
    let near = |at: &usize| {
        let before = width(&chars[..*at]);
        before <= LINE && before.abs_diff(even) <= REACH
    };
    let places = (1..chars.len()).filter(near);
    places.min_by_key(|at| cost(chars, *at, even)).unwrap_or(chars.len() / 2)
}

fn cost(chars: &[char], at: usize, even: usize) -> usize {
    let before: String = chars[..at].iter().collect();
    let (last, next) = (chars[at - 1], chars[at]);
    let inside_number = last.is_ascii_alphanumeric() && next.is_ascii_alphanumeric();
    let inside_book = before.matches('《').count() > before.matches('》').count();
    let phrase = PHRASES.iter().any(|phrase| before.ends_with(phrase));
    width(&chars[..at]).abs_diff(even)
        + if inside_number { 100 } else { 0 }
        + if TAILS.contains(next) || HEADS.contains(last) { 30 } else { 0 }
        + if inside_book { 5 } else { 0 }
        + if phrase { 0 } else { 8 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_broken_where_it_reads_well_and_into_lines_that_fit() {
        for (title, expected) in [
            ("关于放假的通知", vec!["关于放假的通知"]),
            (
                "厦门市人民政府办公厅关于全面推进基层政务公开标准化规范化工作的通知",
                vec!["厦门市人民政府办公厅关于全面推进", "基层政务公开标准化规范化工作的通知"],
            ),
            (
                "云湖区人民政府办公室关于印发养老服务设施布局规划（2026—2030年）的通知",
                vec!["云湖区人民政府办公室关于印发", "养老服务设施布局规划（2026—2030年）的通知"],
            ),
            ("厦门市人民政府\n关于土地的公告", vec!["厦门市人民政府", "关于土地的公告"]),
        ] {
            assert_eq!(lines(title), expected);
        }
    }
}
