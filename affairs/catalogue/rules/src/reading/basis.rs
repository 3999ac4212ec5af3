//! 公开依据: titles with their document numbers, with or without 《》, however joined.

use crate::reading::markers::marker_at;
use crate::reading::numbers::{is_number, repair};
use crate::reading::text::{closes, depths, is_dash, is_han, narrow, opens, trim_marks};

/// What a 公开依据 cell cites, and whether a document number in it had been damaged.
pub(crate) fn basis(lines: &[String]) -> (Vec<String>, bool) {
    let mut joined = String::new();
    for line in lines.iter().map(|line| close_titles(line)) {
        // a number in brackets belongs to the title on the line before
        if !joined.is_empty() && !line.starts_with(opens) {
            joined.push('\n');
        }
        joined.push_str(&line);
    }
    let (text, damaged) = repair(&joined);
    if is_dash(&text) {
        return (Vec::new(), false);
    }
    let cited = merge_stubs(pieces(&text)).iter().filter_map(|piece| citation(piece)).collect();
    (cited, damaged)
}

/// Takes blanks out of Chinese text, but keeps one between two issuing bodies: 财政部 农业部.
fn close_titles(line: &str) -> String {
    let chars: Vec<char> = line.chars().collect();
    let mut out = String::with_capacity(line.len());
    for (at, &c) in chars.iter().enumerate() {
        if !narrow(c).is_whitespace() {
            out.push(c);
            continue;
        }
        let before = out.chars().next_back();
        let rest: Vec<char> =
            chars[at..].iter().copied().skip_while(|c| narrow(*c).is_whitespace()).collect();
        let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        let keep = (latin(before) && latin(rest.first().copied()))
            || (before.is_some_and(is_body_end) && begins_with_body(&rest));
        if keep && before != Some(' ') {
            out.push(' ');
        }
    }
    out
}

const fn is_body_end(c: char) -> bool {
    matches!(c, '部' | '委' | '局' | '厅' | '办' | '行' | '署' | '会')
}

fn begins_with_body(rest: &[char]) -> bool {
    rest.iter().take(12).take_while(|c| is_han(**c)).skip(1).any(|c| is_body_end(*c))
}

/// The text cut where titles end and separators stand.
fn pieces(text: &str) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    let depth = depths(&chars);
    let mut pieces = vec![String::new()];
    for (at, &c) in chars.iter().enumerate() {
        let ground = depth[at].is_open_ground();
        let separates = matches!(c, '、' | '；' | ';' | '，' | ',' | '。' | '\n');
        // 《甲》《乙》 run together: a title that was complete ends before the next
        let opens_next = c == '《'
            && depth[at].title == 1
            && depth[at].bracket == 0
            && pieces.last().is_some_and(|piece| is_complete(piece));
        if opens_next {
            pieces.push(String::new());
        }
        if ground && separates {
            pieces.push(String::new());
        } else if let Some(piece) = pieces.last_mut() {
            piece.push(c);
        }
    }
    pieces.iter().map(|piece| trim_piece(piece)).filter(|piece| !piece.is_empty()).collect()
}

/// Whether the piece already has a whole title, so that a further 《 begins another.
fn is_complete(piece: &str) -> bool {
    let piece = piece.trim_end();
    let whole_title = piece.contains('》');
    let ends_whole = piece.ends_with('》') || piece.chars().next_back().is_some_and(closes);
    let plain_before = !piece.contains('《') && piece.chars().next_back().is_some_and(closes);
    (whole_title && (ends_whole || !piece.ends_with(['发', '于', '转', '行', '送'])))
        || plain_before
        || matches!(piece, "和" | "及" | "以及" | "与")
}

fn trim_piece(piece: &str) -> String {
    let mut piece = trim_marks(piece);
    let chars: Vec<char> = piece.chars().collect();
    if let Some((_, len)) = marker_at(&chars, 0)
        && len < chars.len()
        && !matches!(chars[0], '（' | '(')
    {
        let bytes: usize = chars[..len].iter().map(|c| c.len_utf8()).sum();
        piece = piece[bytes..].trim();
    }
    for lead in ["根据", "依据", "按照", "参照", "以及", "和", "及", "与"] {
        if let Some(rest) = piece.strip_prefix(lead)
            && rest.starts_with('《')
        {
            piece = rest;
        }
    }
    piece = without_next_number(piece);
    let tail = ["以及", "和", "及", "与"].iter().find(|tail| piece.ends_with(&format!("》{tail}")));
    tail.map_or(piece, |tail| piece.trim_end_matches(tail)).to_owned()
}

/// 《甲》2. lost the entry behind the number to the next piece.
fn without_next_number(piece: &str) -> &str {
    let Some(end) = piece.rfind('》').map(|at| at + '》'.len_utf8()) else {
        return piece;
    };
    let tail: Vec<char> = piece[end..].trim().chars().chain(['甲']).collect();
    let whole = marker_at(&tail, 0).is_some_and(|(_, len)| len + 1 == tail.len());
    if whole { &piece[..end] } else { piece }
}

/// Words in which a title without 《》 can end.
const ENDINGS: [&str; 40] = [
    "法", "条例", "规定", "办法", "意见", "通知", "方案", "细则", "决定", "标准", "规划", "纲要",
    "目录", "公告", "令", "要点", "指引", "指南", "函", "号", "制度", "规则", "批复", "解释",
    "计划", "措施", "规程", "规范", "准则", "公约", "章程", "通报", "决议", "报告", "文件", "法规",
    "规章", "政策", "通告", "等",
];

/// Joins what 、 cut out of the middle of a title without 《》: 人力资源社会保障部、财政部关于….
fn merge_stubs(pieces: Vec<String>) -> Vec<String> {
    let mut merged: Vec<String> = Vec::new();
    let mut open = false;
    for piece in pieces {
        match merged.last_mut() {
            Some(last) if open && !piece.starts_with('《') => {
                last.push('、');
                last.push_str(&piece);
            }
            _ => merged.push(piece.clone()),
        }
        open = is_stub(&piece);
    }
    merged
}

fn is_stub(piece: &str) -> bool {
    let chars: Vec<char> = piece.chars().collect();
    let ended = chars.last().is_some_and(|c| closes(*c) || *c == '》');
    let clause = piece.starts_with('第') || piece.contains("》第");
    !ended
        && !clause
        && chars.iter().all(|c| is_han(*c) || *c == ' ')
        && !ENDINGS.iter().any(|ending| piece.ends_with(ending))
}

/// A piece in the form 《title》（number）.
fn citation(piece: &str) -> Option<String> {
    let piece = trim_marks(piece);
    if !piece.chars().any(|c| c.is_alphanumeric()) {
        return None;
    }
    let inner = inside_brackets(piece).unwrap_or(piece);
    if is_number(inner) {
        return Some(inner.to_owned());
    }
    match piece.find('《') {
        Some(start) => Some(marked(piece, start)),
        None => Some(unmarked(piece)),
    }
}

/// A piece with 《》: what follows the title is its number, or stays as it is.
fn marked(piece: &str, start: usize) -> String {
    let end = piece.rfind('》').map(|end| end + '》'.len_utf8());
    let Some(end) = end.filter(|end| *end > start) else {
        // the closing 》 was lost
        return unmarked(&piece.replace('《', ""));
    };
    let (title, rest) = (piece[..end].replace('\n', ""), piece[end..].trim());
    match inside_brackets(rest) {
        Some(inner) => format!("{title}（{}）", inner.trim()),
        None if is_number(rest) => format!("{title}（{rest}）"),
        None => format!("{title}{rest}"),
    }
}

/// What stands in the one pair of brackets that encloses the text.
fn inside_brackets(text: &str) -> Option<&str> {
    let first = text.chars().next().filter(|c| opens(*c) && *c != '〔')?;
    let last = text.chars().next_back().filter(|c| closes(*c) && *c != '〕')?;
    let inner = &text[first.len_utf8()..text.len() - last.len_utf8()];
    let chars: Vec<char> = text.chars().collect();
    let whole = depths(&chars).iter().all(|depth| depth.bracket > 0);
    whole.then_some(inner)
}

/// A piece without 《》: a number in the last brackets belongs to the title before it.
fn unmarked(piece: &str) -> String {
    let piece = piece.replace('\n', "");
    let chars: Vec<char> = piece.chars().collect();
    let depth = depths(&chars);
    let last_open = (0..chars.len())
        .rev()
        .find(|at| depth[*at].bracket == 1 && opens(chars[*at]) && chars[*at] != '〔');
    if let (Some(open), Some(last)) = (last_open, chars.last())
        && closes(*last)
        && *last != '〕'
    {
        let inner: String = chars[open + 1..chars.len() - 1].iter().collect();
        let title: String = chars[..open].iter().collect();
        let numbered = is_number(&inner) || inner.contains('〔') || inner.contains("年第");
        if numbered && !title.trim().is_empty() {
            return format!("{}（{}）", quoted(title.trim()), inner.trim());
        }
    }
    quoted(&piece)
}

fn quoted(title: &str) -> String {
    let (core, tail) = match title.strip_suffix('等') {
        Some(core) if core.chars().count() > 3 => (core, "等"),
        _ => (title, ""),
    };
    let general = ["相关", "有关", "各地", "其他", "本级", "国家相关", "上级"];
    if general.iter().any(|word| core.starts_with(word)) {
        return title.to_owned();
    }
    format!("《{core}》{tail}")
}

#[cfg(test)]
mod tests {
    use super::basis;

    fn check(cell: &str, cited: &[&str]) {
        let lines: Vec<String> = cell.lines().map(str::to_owned).collect();
        assert_eq!(basis(&lines).0, cited, "{cell}");
    }

    #[test]
    fn titles_are_told_apart_with_and_without_marks() {
        check(
            "《甲法》、《乙条例》（国务院令第711号）",
            &["《甲法》", "《乙条例》（国务院令第711号）"],
        );
        check(
            "《甲法》《乙条例》（国令第711号）《丙办法》",
            &["《甲法》", "《乙条例》（国务院令第711号）", "《丙办法》"],
        );
        check(
            "《甲法》；《乙意见》（中办发〔20168号)",
            &["《甲法》", "《乙意见》（中办发〔2016〕8号）"],
        );
        check(
            "《甲法》\n《乙条例》\n（教育部令第44号）",
            &["《甲法》", "《乙条例》（教育部令第44号）"],
        );
        check(
            "甲保障法、乙公开条例（国务院令第711号）",
            &["《甲保障法》", "《乙公开条例》（国务院令第711号）"],
        );
        check("1.《甲法》2.《乙条例》", &["《甲法》", "《乙条例》"]);
        check("文化馆服务标准（GB/T 32939—2016）", &["《文化馆服务标准》（GB/T 32939—2016）"]);
        check(
            "审核审批办法（试行）（民发〔2012〕220号）",
            &["《审核审批办法（试行）》（民发〔2012〕220号）"],
        );
        check("国办发〔2017〕97号", &["国办发〔2017〕97号"]);
        check("", &[]);
        check("—", &[]);
    }

    #[test]
    fn marks_inside_a_title_do_not_cut_it() {
        check(
            "《规划（2016-2020年）》（国办发〔2016〕104号）",
            &["《规划（2016-2020年）》（国办发〔2016〕104号）"],
        );
        check(
            "《财政部 农业部关于“三项补贴”改革的通知》（财农[2016]26号）",
            &["《财政部 农业部关于“三项补贴”改革的通知》（财农〔2016〕26号）"],
        );
        check(
            "人力资源社会保障部、财政部关于某事的通知",
            &["《人力资源社会保障部、财政部关于某事的通知》"],
        );
        check(
            "财政部关于印发《某规程》的通知（财预〔2016〕143号）",
            &["财政部关于印发《某规程》的通知（财预〔2016〕143号）"],
        );
        check("《条例》第二十条第七款", &["《条例》第二十条第七款"]);
        check("根据《条例》和《办法》", &["《条例》", "《办法》"]);
    }
}
