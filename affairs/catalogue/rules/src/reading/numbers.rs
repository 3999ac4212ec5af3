//! 发文字号: how document numbers are written, and how damaged ones are repaired.
//!
//! 机关代字 + 〔year〕 + number + 号. Published tables print the year in brackets of any kind, mix
//! them, or lose one: 〔201744号). The kinds of brackets are only evened out; a mixed or lost one
//! is repaired and reported, because the repair is a guess.

use crate::reading::text::{closes, is_han, narrow, opens};

/// The text with every document number in its usual form, and whether one had been damaged.
pub(crate) fn repair(text: &str) -> (String, bool) {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let (mut at, mut damaged) = (0, false);
    while at < chars.len() {
        match number(&chars, at) {
            Some(found) => {
                out.push_str(&format!("〔{}〕{}号", found.year, found.number));
                damaged |= found.damaged;
                at += found.len;
            }
            None => {
                out.push(chars[at]);
                at += 1;
            }
        }
    }
    (out.replace("（国令第", "（国务院令第").replace("(国令第", "（国务院令第"), damaged)
}

/// Whether the text is a document number or names an order: 国办发〔2017〕42号, 国务院令第711号.
pub(crate) fn is_number(text: &str) -> bool {
    let text = text.trim();
    let short = text.chars().count() <= 30;
    let dated = text.contains('〔') && text.contains('〕') && text.ends_with('号');
    let order = text.contains("第") && text.ends_with('号');
    let standard = text.starts_with("GB") || text.starts_with("DB");
    short && (dated || order || standard || yearly(text))
}

/// 2009年第1号, 2017年第10号令.
fn yearly(text: &str) -> bool {
    text.contains("年第") && (text.ends_with('号') || text.ends_with("号令"))
}

struct Found {
    year: u32,
    number: u32,
    len: usize,
    damaged: bool,
}

/// The document number's part from the year on that starts at `at`.
fn number(chars: &[char], at: usize) -> Option<Found> {
    let before = at.checked_sub(1).map(|at| chars[at]);
    let mut scan = Scan { chars, at };
    let open = scan.one(opens);
    if open.is_none() && !before.is_some_and(|c| is_han(c) && c != '第' && c != '年') {
        return None;
    }
    if before.is_some_and(|c| closes(c) || c == '》') && open.is_some() {
        return None;
    }
    scan.blanks();
    let year = scan.digits(4).filter(|year| (1949..=2099).contains(year))?;
    let blank = scan.blanks();
    let close = scan.one(closes);
    scan.blanks();
    scan.one(|c| c == '第');
    let number = scan.digits(5)?;
    scan.blanks();
    let ended = scan.one(|c| c == '号').is_some();
    if !ended && !scan.at_end() {
        return None;
    }
    let whole = match (open, close) {
        (Some(open), Some(close)) => kind(open) == kind(close),
        _ => false,
    };
    // without any bracket a run of digits is a document number only behind the office's sign
    let bare = open.is_none() && close.is_none();
    if bare && !(ended && (blank || number <= 9_999) && sign(chars, at)) {
        return None;
    }
    let stands = ended || (whole && sign(chars, at));
    stands.then_some(Found { year, number, len: scan.at - at, damaged: !whole || !ended })
}

/// Whether an office's sign stands before the year: 国办发, 财农, 建房.
fn sign(chars: &[char], at: usize) -> bool {
    let sign: Vec<char> =
        chars[..at].iter().rev().take(12).take_while(|c| is_han(**c)).copied().collect();
    sign.first().is_some_and(|c| {
        "发函字办规令通知文政综农教民建财预库金资税法监安卫人社保环土".contains(*c)
    }) && (2..=10).contains(&sign.len())
}

/// Brackets of one shape, whatever their width. Round ones and square ones differ.
const fn kind(c: char) -> u8 {
    match c {
        '(' | '（' | ')' | '）' | '﹙' | '﹚' => 0,
        '[' | '［' | ']' | '］' => 1,
        '【' | '】' => 2,
        '〔' | '〕' | '﹝' | '﹞' => 3,
        _ => 4,
    }
}

struct Scan<'a> {
    chars: &'a [char],
    at: usize,
}

impl Scan<'_> {
    fn one(&mut self, fits: impl Fn(char) -> bool) -> Option<char> {
        let c = self.chars.get(self.at).copied().filter(|c| fits(*c))?;
        self.at += 1;
        Some(c)
    }

    fn blanks(&mut self) -> bool {
        let start = self.at;
        while self.one(|c| narrow(c) == ' ').is_some() {}
        self.at > start
    }

    fn digits(&mut self, most: usize) -> Option<u32> {
        let digits: String = self.chars[self.at..]
            .iter()
            .map(|c| narrow(*c))
            .take_while(char::is_ascii_digit)
            .take(most)
            .collect();
        self.at += digits.len();
        digits.parse().ok()
    }

    fn at_end(&self) -> bool {
        self.chars.get(self.at).is_none_or(|c| closes(*c) || matches!(c, '、' | '；' | ';' | '，'))
    }
}

#[cfg(test)]
mod tests {
    use super::{is_number, repair};

    #[test]
    fn numbers_are_evened_out_and_damaged_ones_repaired_and_reported() {
        for (printed, written, damaged) in [
            ("中办发〔2016〕8号", "中办发〔2016〕8号", false),
            ("财农（2017）41号", "财农〔2017〕41号", false),
            ("财农[2016]26号", "财农〔2016〕26号", false),
            ("财农﹝2017﹞41号", "财农〔2017〕41号", false),
            ("国办发【2017】 42 号", "国办发〔2017〕42号", false),
            ("中办发〔20168号)", "中办发〔2016〕8号)", true),
            ("食药监法〔2017）125号)", "食药监法〔2017〕125号)", true),
            ("食药监法〔2017125号)", "食药监法〔2017〕125号)", true),
            ("国办发2017〕42号", "国办发〔2017〕42号", true),
            ("税总发2017 44号", "税总发〔2017〕44号", true),
            ("国办发201742号", "国办发〔2017〕42号", true),
            ("（国办发〔2017〕42）", "（国办发〔2017〕42号）", true),
            ("（国令第711号）", "（国务院令第711号）", false),
            ("（2009年第1号）", "（2009年第1号）", false),
            ("防灾减灾规划（2016-2020年）", "防灾减灾规划（2016-2020年）", false),
            ("民办教育促进法（2018）", "民办教育促进法（2018）", false),
            ("GB/T 32939—2016", "GB/T 32939—2016", false),
            ("2018年政务公开工作要点", "2018年政务公开工作要点", false),
        ] {
            assert_eq!(repair(printed), (written.to_owned(), damaged), "{printed}");
        }
    }

    #[test]
    fn a_number_is_told_from_other_words_in_brackets() {
        for number in ["国务院令第711号", "国办发〔2017〕42号", "GB/T 32939—2016", "2017年第10号令"]
        {
            assert!(is_number(number), "{number}");
        }
        for other in ["试行", "2018年修订", "2016-2020年"] {
            assert!(!is_number(other), "{other}");
        }
    }
}
