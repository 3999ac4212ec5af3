//! Whose report it is, on which year, and when it was published (docs/readings/138).
//!
//! Pages are full of other years: lists of earlier reports, the page before and the page after. So every
//! place that speaks of the year has a weight, and the year with the greatest is taken.

use std::collections::BTreeMap;

use super::content::{Line, Piece};
use super::grid::plain;
use super::notes::Notes;
use super::title::{Title, is_link, organ, title, years};
use super::words::section;

/// What is said of the report as a whole.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Head {
    /// The title.
    pub(super) title: Option<String>,
    /// The organ as the title names it.
    pub(super) unit: Option<String>,
    /// The year reported.
    pub(super) year: Option<i64>,
    /// The day of publication as the page states it, `2026-03-21`.
    pub(super) published: Option<String>,
}

/// How far a title is believed: what the page says of itself, a line of its own, anything else.
const DECLARED: u32 = 5;
const LINE: u32 = 3;
/// The period of the statistics says the year outright.
const PERIOD: u32 = 6;
/// A sentence on requests received in a year.
const SENTENCE: u32 = 2;
/// The last title before the first section is the title of what follows.
const NEAREST: u32 = 1;
/// A field of a cover says the year outright.
const FIELD: u32 = 4;

/// Finds it. `declared` are the titles that the page states of itself.
pub(super) fn head(
    declared: &[String],
    pieces: &[Piece],
    stated: Option<&str>,
    notes: &mut Notes,
) -> Head {
    let lines: Vec<&Line> = pieces.iter().flat_map(lines_of).collect();
    let mut titles: Vec<(u32, Title)> = Vec::new();
    titles.extend(declared.iter().filter_map(|text| Some((DECLARED, title(text)?))));
    titles.extend(of_lines(&lines));
    let published = published(&lines, stated);
    let year = year(&titles, &lines, published.as_deref(), notes);
    let fits = |title: &&(u32, Title)| title.1.year.is_none() || title.1.year == year;
    let best = titles
        .iter()
        .filter(fits)
        .max_by_key(|(weight, title)| (!title.unit.is_empty(), title.year.is_some(), *weight));
    let named = titles
        .iter()
        .filter(fits)
        .find(|(_, title)| !title.unit.is_empty() && title.year.is_some());
    let best = named.or(best).map(|(_, title)| title.clone());
    let unit = best.as_ref().map(|title| title.unit.clone()).filter(|unit| !unit.is_empty());
    let unit = unit.or_else(|| {
        let labelled = labelled(&lines);
        if labelled.is_some() {
            notes.add("", "标题没有写机关，按页面上的发布机构或者正文认");
        }
        labelled
    });
    Head { title: best.map(|title| title.shown), unit, year, published }
}

/// The titles that stand as lines of their own, over one line, two or three.
fn of_lines(lines: &[&Line]) -> Vec<(u32, Title)> {
    let mut titles: Vec<(u32, Title)> = Vec::new();
    let mut nearest = None;
    let mut sections = 0;
    for (at, line) in lines.iter().enumerate().filter(|(_, line)| !is_link(&line.plain)) {
        sections += usize::from(section(&line.plain).is_some());
        let Some(mut found) = title(&line.raw).or_else(|| broken(lines, at)) else { continue };
        if found.unit.is_empty() {
            let before = at.checked_sub(1).and_then(|before| joined(lines[before], line));
            found = before.unwrap_or(found);
        }
        if sections == 0 {
            nearest = Some(titles.len());
        }
        titles.push((LINE, found));
    }
    if let Some((weight, _)) = nearest.filter(|_| sections > 0).and_then(|at| titles.get_mut(at)) {
        *weight += NEAREST;
    }
    titles
}

/// A title of which the last line is no title by itself: `年度报告` below `2023年政府信息公开工作`.
fn broken(lines: &[&Line], at: usize) -> Option<Title> {
    let ends = matches!(lines[at].plain.as_str(), "年度报告" | "工作年度报告" | "报告" | "年报");
    let before = at.checked_sub(1).filter(|_| ends)?;
    let two = format!("{}{}", lines[before].raw, lines[at].raw);
    let found = title(&two)?;
    if !found.unit.is_empty() {
        return Some(found);
    }
    let first = before.checked_sub(1).filter(|first| organ_line(lines[*first]).is_some());
    first.and_then(|first| title(&format!("{}{two}", lines[first].raw))).or(Some(found))
}

/// A piece as lines: a line, or the cells of a small table beside the text.
fn lines_of(piece: &Piece) -> Vec<&Line> {
    match piece {
        Piece::Line(line) => vec![line],
        Piece::EmptyBox => vec![],
        Piece::Table(table) => table.lines.iter().collect(),
    }
}

/// The year that the most speaks for.
fn year(
    titles: &[(u32, Title)],
    lines: &[&Line],
    published: Option<&str>,
    notes: &mut Notes,
) -> Option<i64> {
    let mut weights: BTreeMap<i64, u32> = BTreeMap::new();
    let mut told = Vec::new();
    for (weight, title) in titles {
        // The same title again says no more.
        if let Some(year) = title.year
            && !told.contains(&(*weight, year))
        {
            told.push((*weight, year));
            *weights.entry(year).or_default() += weight;
        }
    }
    for line in lines {
        let is_period = ["统计期限", "统计时限", "统计期间", "12月31日"]
            .iter()
            .any(|word| line.plain.contains(word));
        let weight = match () {
            () if is_period && !told.contains(&(PERIOD, 0)) => PERIOD,
            () if line.plain.contains("收到") && !told.contains(&(SENTENCE, 0)) => SENTENCE,
            () => continue,
        };
        if let Some((_, _, year)) = years(&line.plain).first() {
            told.push((weight, 0));
            *weights.entry(*year).or_default() += weight;
        }
    }
    if let Some(year) = in_a_field(lines) {
        *weights.entry(year).or_default() += FIELD;
    }
    let best =
        weights.iter().max_by_key(|(year, weight)| (**weight, -**year)).map(|(year, _)| *year);
    best.or_else(|| {
        let published: i64 = published?.get(..4)?.parse().ok()?;
        notes.add("", "没有写报告的年度，按公布日期的上一年认");
        Some(published - 1)
    })
}

/// The year that a cover names behind a label: `填报年度：2023`, or in the cell beside it.
fn in_a_field(lines: &[&Line]) -> Option<i64> {
    const LABELS: [&str; 5] = ["报告年度", "填报年度", "统计年度", "所属年度", "年度"];
    lines.iter().enumerate().find_map(|(at, line)| {
        let rest = LABELS.iter().find_map(|label| line.plain.strip_prefix(label))?;
        let rest = rest.trim_start_matches([':', '(', ')']);
        let year = |told: &str| {
            let year: i64 = told.trim_end_matches('度').trim_end_matches('年').parse().ok()?;
            (1990..2100).contains(&year).then_some(year)
        };
        let beside = |away: usize| lines.get(at + away).and_then(|line| year(&line.plain));
        match rest {
            // several years side by side are a table of years
            "" => beside(1).filter(|_| beside(2).is_none()),
            rest => year(rest),
        }
    })
}

/// A title whose organ, with or without the year, stands in the line before.
fn joined(before: &Line, line: &Line) -> Option<Title> {
    let goes_on = organ_line(before).is_some()
        || (before.plain.chars().count() <= 30 && !years(&before.plain).is_empty());
    let whole = goes_on.then(|| title(&format!("{}{}", before.raw, line.raw)))??;
    (!whole.unit.is_empty()).then_some(whole)
}

/// How names of organs end.
const ENDS: [&str; 34] = [
    "局",
    "委员会",
    "委",
    "办公室",
    "办公厅",
    "政府",
    "厅",
    "部",
    "区",
    "县",
    "市",
    "省",
    "旗",
    "镇",
    "乡",
    "街道",
    "街道办事处",
    "中心",
    "院",
    "署",
    "所",
    "站",
    "队",
    "支队",
    "总队",
    "管委会",
    "集团",
    "公司",
    "学校",
    "大学",
    "医院",
    "社",
    "会",
    "处",
];

/// A line that is nothing but an organ's name.
fn organ_line(line: &Line) -> Option<String> {
    let bare = &line.plain;
    let short = (3..=30).contains(&bare.chars().count())
        && !bare.contains([':', '，', ',', '。', '>', '|']);
    (short && ENDS.iter().any(|end| bare.ends_with(end))).then(|| organ(bare))
}

/// Labels behind which an organ's name stands.
const UNIT_LABELS: [&str; 15] = [
    "填报单位",
    "填报机关",
    "编制单位",
    "编制机关",
    "报告单位",
    "单位名称",
    "发布机构",
    "发布单位",
    "发文机关",
    "公开主体",
    "信息来源",
    "发布机关",
    "制发机关",
    "来源",
    "主办单位",
];

/// What follows an organ's name on its line.
const ENDINGS: [&str; 18] = [
    "浏览",
    "时间",
    "日期",
    "发布日",
    "发文",
    "字号",
    "字体",
    "点击",
    "阅读",
    ",",
    "、",
    "。",
    "|",
    ";",
    "[",
    "【",
    "生成",
    "主题",
];

/// The organ that a label or the introduction names.
fn labelled(lines: &[&Line]) -> Option<String> {
    let behind = |label: &str| {
        lines.iter().enumerate().find_map(|(at, line)| {
            let start = line.plain.find(label)? + label.len();
            let rest = line.plain[start..].trim_start_matches(['(', ')', '盖', '章', ':', ' ']);
            let end = ENDINGS.iter().filter_map(|end| rest.find(end)).min().unwrap_or(rest.len());
            let word = &rest[..end];
            let word = if word.is_empty() { lines.get(at + 1)?.plain.as_str() } else { word };
            let count = word.chars().count();
            ((2..=30).contains(&count) && !word.contains(':')).then(|| organ(word))
        })
    };
    let intro = || {
        lines.iter().find_map(|line| {
            let (_, rest) =
                line.plain.split_once("请与").or_else(|| line.plain.split_once("请联系"))?;
            let end = rest
                .find("政府信息公开")
                .or_else(|| rest.find("联系"))
                .or_else(|| rest.find('('))?;
            let word = rest[..end].trim_matches(['(', ',', '，']);
            (2..=30).contains(&word.chars().count()).then(|| organ(word))
        })
    };
    let sign_off = || lines.iter().rev().take(8).find_map(|line| organ_line(line));
    UNIT_LABELS.iter().find_map(|label| behind(label)).or_else(intro).or_else(sign_off)
}

/// The day of publication: as the page declares it, or behind a label.
fn published(lines: &[&Line], stated: Option<&str>) -> Option<String> {
    const LABELS: [&str; 8] = [
        "发布时间",
        "发布日期",
        "公布日期",
        "发文日期",
        "生成日期",
        "公开日期",
        "成文日期",
        "日期",
    ];
    let behind = |label: &str| {
        lines.iter().enumerate().find_map(|(at, line)| {
            let rest = line.plain.split_once(label)?.1;
            day(rest).or_else(|| day(&lines.get(at + 1)?.plain).filter(|_| rest.len() <= 3))
        })
    };
    stated
        .and_then(|text| day(&plain(text)))
        .or_else(|| LABELS.iter().find_map(|label| behind(label)))
}

/// The day that a text begins with, apart from punctuation.
fn day(text: &str) -> Option<String> {
    let text = text.trim_start_matches([':', '[', '(', ' ']);
    let mut numbers = text.split(|one: char| !one.is_ascii_digit()).filter(|part| !part.is_empty());
    if !text.starts_with(|one: char| one.is_ascii_digit()) {
        return None;
    }
    let (year, month, rest) = (numbers.next()?, numbers.next()?, numbers.next()?);
    let day: u8 = rest.get(..rest.len().min(2))?.parse().ok()?;
    let (year, month): (u16, u8) = (year.parse().ok()?, month.parse().ok()?);
    let fits = (1990..2100).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    fits.then(|| format!("{year:04}-{month:02}-{day:02}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_behind_their_labels() {
        assert_eq!(day(":2026-03-21"), Some("2026-03-21".to_owned()));
        assert_eq!(day("2026年3月1日来源"), Some("2026-03-01".to_owned()));
        assert_eq!(day("来源2026"), None);
    }
}
