//! What a cell of a published table shows as its number, and what had to be overlooked for it
//! (docs/readings/136).

use reports_rules::Cell;

/// A cell read as a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Value {
    /// What it comes to.
    pub(super) cell: Cell,
    /// What was overlooked.
    pub(super) note: Option<&'static str>,
    /// The unit of money it states.
    pub(super) unit: Option<Money>,
}

/// A unit of money.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Money {
    /// 元.
    Yuan,
    /// 万元.
    TenThousand,
    /// 亿元.
    HundredMillion,
}

/// Words that stand for nothing.
const NOTHING: [&str; 28] = [
    "无",
    "没有",
    "暂无",
    "不涉及",
    "零",
    "〇",
    "○",
    "N/A",
    "n/a",
    "NA",
    "null",
    "不适用",
    "无此项",
    "无此类",
    "没有此项",
    "无数据",
    "暂无数据",
    "未发生",
    "空",
    "空白",
    "O",
    "o",
    "*",
    "□",
    "(0)",
    "（0）",
    "(０)",
    "（０）",
];
/// Strokes beyond those that [`Cell::printed`] knows.
const STROKES: &str = "/／-－﹣—–―─\\＼﹨~～|｜_‐‑−⁄∕╱….·";
/// What closes a sentence closes no number.
const ENDS: [char; 4] = ['。', '；', ';', '、'];
/// Units behind a number, the longer ones first.
const UNITS: [&str; 16] = [
    "万元", "亿元", "元", "件次", "件", "宗", "起", "份", "项", "个", "条", "次", "户", "人", "家",
    "例",
];
/// So many places after the point are kept; what a workbook computed beyond them is rounding.
const PLACES: usize = 9;

/// Reads a cell; nothing where it holds words.
pub(super) fn value(raw: &str) -> Option<Value> {
    let bare: String = raw.chars().filter(|one| seen(*one)).collect();
    let bare = grouped(bare.trim_end_matches(ENDS).trim_start_matches(['￥', '¥']));
    let plainly = |cell, note| Some(Value { cell, note, unit: None });
    match Cell::printed(&bare) {
        Cell::Unreadable(_) => {}
        cell => return plainly(cell, None),
    }
    if bare.chars().all(|one| STROKES.contains(one)) {
        return plainly(Cell::Blank, None);
    }
    if NOTHING.contains(&bare.as_str()) {
        return plainly(Cell::Blank, Some("写的是文字，按0读"));
    }
    if let Some(cell) = rounded(&bare) {
        return plainly(cell, None);
    }
    if let Some(value) = with_unit(&bare) {
        return Some(value);
    }
    let wordless = !bare.chars().any(is_han);
    if wordless {
        plainly(Cell::Unreadable(bare), Some("不是数，照原样记下"))
    } else {
        None
    }
}

/// Thousands set off by an apostrophe are thousands set off by a comma.
fn grouped(bare: &str) -> String {
    let apostrophe = |one: char| matches!(one, '\'' | '’' | '‘' | '＇');
    let is_grouped = bare.contains(apostrophe)
        && bare.chars().all(|one| one.is_numeric() || one == '.' || apostrophe(one));
    if is_grouped { bare.replace(apostrophe, ",") } else { bare.to_owned() }
}

fn with_unit(bare: &str) -> Option<Value> {
    let bare = without_marks(bare);
    let (text, unit) = unit_behind(bare);
    let is_number = text.starts_with(|one: char| one.is_numeric() || "-－−+".contains(one));
    match Cell::printed(text) {
        cell @ Cell::Number(_) if is_number => {
            let note = if unit.is_empty() {
                "数后面有记号，略去"
            } else {
                "数后面有单位，略去"
            };
            Some(Value { cell, note: Some(note), unit: Money::of(unit) })
        }
        _ => None,
    }
}

/// A number without the marks of notes behind it: `*`, `①`, `[1]`.
fn without_marks(bare: &str) -> &str {
    let marks = |one: char| matches!(one, '*' | '＊' | '※' | '①'..='⑳');
    let bare = bare.trim_end_matches(marks);
    let note = bare.strip_suffix(']').and_then(|open| open.rsplit_once('['));
    match note {
        Some((number, note)) if note.chars().count() <= 4 => number.trim_end_matches(marks),
        _ => bare,
    }
}

/// The number and the unit behind it, with or without brackets.
fn unit_behind(bare: &str) -> (&str, &str) {
    let open = bare.trim_end_matches([')', '）']);
    for unit in UNITS {
        if let Some(text) = open.strip_suffix(unit) {
            return (text.trim_end_matches(['(', '（']), unit);
        }
    }
    (bare, "")
}

/// A decimal that a workbook computed, without the places that are mere rounding.
fn rounded(bare: &str) -> Option<Cell> {
    let (whole, part) = bare.split_once('.')?;
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|one| one.is_ascii_digit());
    if !digits(part) || part.len() <= PLACES || !digits(whole.trim_start_matches('-')) {
        return None;
    }
    let number: f64 = bare.parse().ok()?;
    match Cell::read(&format!("{number:.PLACES$}")) {
        cell @ Cell::Number(_) => Some(cell),
        _ => None,
    }
}

impl Money {
    /// The unit that a text names, the narrowest first.
    pub(super) fn of(text: &str) -> Option<Self> {
        match text {
            text if text.contains("亿元") => Some(Self::HundredMillion),
            text if text.contains("万元") => Some(Self::TenThousand),
            text if text.contains('元') => Some(Self::Yuan),
            _ => None,
        }
    }

    /// An amount in this unit, in 万元.
    pub(super) fn in_ten_thousands(self, cell: &Cell) -> Cell {
        let Cell::Number(figure) = cell else { return cell.clone() };
        let text = figure.to_string();
        let shifted = match self {
            Self::TenThousand => return cell.clone(),
            Self::HundredMillion => shifted(&text, 4),
            Self::Yuan => shifted(&text, -4),
        };
        match Cell::read(&shifted) {
            number @ Cell::Number(_) => number,
            _ => cell.clone(),
        }
    }
}

/// A decimal with its point moved so many places to the right, or to the left below zero.
fn shifted(text: &str, places: isize) -> String {
    let (sign, digits) = text.strip_prefix('-').map_or(("", text), |digits| ("-", digits));
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let pad = "0".repeat(places.unsigned_abs());
    let all = format!("{pad}{whole}{part}{pad}");
    let point = (pad.len() + whole.len()).saturating_add_signed(places);
    let (whole, part) = all.split_at(point.min(all.len()));
    format!("{sign}0{whole}.{part}0")
}

fn seen(one: char) -> bool {
    !one.is_whitespace()
        && !matches!(
            one,
            '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{ad}'
        )
}

/// Whether it is a Chinese character.
pub(super) fn is_han(one: char) -> bool {
    matches!(one, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_read_whatever_its_dress() {
        let table = [
            ("154", "154"),
            (" １，２３４ ", "1234"),
            ("10,247", "10247"),
            ("10 247", "10247"),
            ("-3", "-3"),
            ("1.5", "1.5"),
            ("283.67000000000002", "283.67"),
            ("154件", "154"),
            ("12（件）", "12"),
            ("7380.29万元", "7380.29"),
            ("21*", "21"),
            ("21[1]", "21"),
            ("21件①", "21"),
            ("1'234", "1234"),
            ("12’345.5", "12345.5"),
            ("\u{202d}18\u{202c}", "18"),
            ("7。", "7"),
            ("￥7,662.46", "7662.46"),
        ];
        for (shown, number) in table {
            let value = value(shown).unwrap_or_else(|| panic!("{shown} is a value"));
            assert_eq!(value.cell.to_string(), number, "{shown}");
            assert!(matches!(value.cell, Cell::Number(_)), "{shown}");
        }
        for nothing in [
            "",
            "\u{a0}",
            "/",
            "／",
            "—",
            "——",
            "-",
            "﹣",
            "\\",
            "无",
            "无。",
            "\u{200b}",
            "……",
            "...",
            "不适用",
            "无此项",
            "O",
            "*",
            "□",
            "（0）",
        ] {
            assert_eq!(value(nothing).map(|value| value.cell), Some(Cell::Blank), "{nothing}");
        }
        assert_eq!(value("行政许可"), None);
        assert_eq!(value("约30件"), None);
        assert!(matches!(value("3?").map(|value| value.cell), Some(Cell::Unreadable(_))));
    }

    #[test]
    fn amounts_are_told_in_ten_thousands() {
        let table = [
            (Money::Yuan, "2836700", "283.67"),
            (Money::Yuan, "5", "0.0005"),
            (Money::HundredMillion, "2.41", "24100"),
            (Money::TenThousand, "283.67", "283.67"),
            (Money::Yuan, "-20000", "-2"),
        ];
        for (unit, shown, told) in table {
            assert_eq!(unit.in_ten_thousands(&Cell::read(shown)).to_string(), told, "{shown}");
        }
    }
}
