//! 文字里的数: the numbers that the sections in prose state, found by the words before them
//! (docs/readings/132). What is not clearly one of the six is left alone: a number not found is not
//! compared, a number taken for another would be a false alarm.

use crate::cell::Figure;
use crate::doubt::ProseNumber;

/// Words that announce a number.
struct Cue {
    number: ProseNumber,
    words: &'static [&'static str],
    /// Something that must stand between the words and the number.
    between: Option<&'static str>,
}

const CUES: [Cue; 6] = [
    Cue {
        number: ProseNumber::New, words: &["新收", "收到", "受理"], between: Some("申请")
    },
    Cue {
        number: ProseNumber::CarryIn,
        words: &["上年结转", "上年度结转", "上一年度结转", "上一年结转"],
        between: None,
    },
    Cue { number: ProseNumber::Done, words: &["办结", "办理完毕"], between: None },
    Cue {
        number: ProseNumber::CarryOut,
        words: &["结转下年", "结转至下年", "结转到下年", "结转下一年", "结转至下一年"],
        between: None,
    },
    Cue { number: ProseNumber::Review, words: &["行政复议"], between: None },
    Cue { number: ProseNumber::Litigation, words: &["行政诉讼"], between: None },
];

/// Words between a cue and a number that make it another number.
const OTHERS: [&str; 10] =
    ["率", "举报", "投诉", "留言", "信访", "提案", "建议", "占", "维持", "纠正"];

/// What is counted.
const UNITS: [char; 4] = ['件', '宗', '起', '份'];

/// So many characters may stand between the words and the number.
const REACH: usize = 18;

/// The numbers that a text states, each as it states it first, in the order of the tables.
pub fn prose_numbers(text: &str) -> Vec<(ProseNumber, Figure)> {
    let text = even(text);
    let found = CUES.iter().filter_map(|cue| Some((cue.number, cue.find(&text)?)));
    found.collect()
}

/// What a text says was collected as 信息处理费, in 元; `None` where it tells no sum and does not say that
/// there was none (docs/readings/225). Of several sums the one that is called the net sum counts, else the
/// first that was not paid back or waived.
pub fn fee_said(text: &str) -> Option<Figure> {
    const NET: [&str; 4] = ["实收", "实际收取", "净收", "合计"];
    const OTHER: [&str; 6] = ["退", "减免", "免收", "应收", "未缴", "标准"];
    const NONE: [&str; 10] = [
        "没有收",
        "未收",
        "无收",
        "不收",
        "没有产生",
        "未产生",
        "没有发生",
        "未发生",
        "未向",
        "没有向",
    ];
    let text: String = even(text).into_iter().collect();
    let clauses = || text.split(['。', '；', ';', '，', '！']);
    let has = |clause: &&str, words: &[&str]| words.iter().any(|word| clause.contains(word));
    let net = clauses().filter(|clause| has(clause, &NET)).find_map(yuan);
    let first = || clauses().filter(|clause| !has(clause, &OTHER)).find_map(yuan);
    let none = || {
        let bare = text.trim_end_matches('。');
        let says = NONE.iter().any(|words| text.contains(words));
        (says || matches!(bare, "无" | "没有")).then_some(Figure::ZERO)
    };
    net.or_else(first).or_else(none)
}

/// The first sum of money in a clause, in 元.
fn yuan(clause: &str) -> Option<Figure> {
    let (before, _) = clause.split_once('元')?;
    let (before, places) = match before.strip_suffix('万') {
        Some(before) => (before, 4),
        None => (before, 0),
    };
    let is_digit = |one: char| one.is_ascii_digit() || one == '.';
    let digits = &before[before.trim_end_matches(is_digit).len()..];
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let part = format!("{part:0<places$}");
    let (over, rest) = part.split_at(places);
    let rest = if rest.is_empty() { "0" } else { rest };
    Figure::read(&format!("{whole}{over}.{rest}"))
}

impl Cue {
    fn find(&self, text: &[char]) -> Option<Figure> {
        (0..text.len()).find_map(|place| {
            let rest = &text[place..];
            let words = self.words.iter().find(|words| starts_with(rest, words))?;
            if counted_together(&text[..place]) {
                return None;
            }
            self.number_after(&rest[words.chars().count()..])
        })
    }

    fn number_after(&self, rest: &[char]) -> Option<Figure> {
        let start = rest.iter().take(REACH).position(char::is_ascii_digit)?;
        let gap: String = rest[..start].iter().collect();
        let broken = gap.contains(['。', '；', ';', '，', '、', '！', '\n']);
        let other = OTHERS.iter().any(|word| gap.contains(word))
            || CUES.iter().flat_map(|cue| cue.words).any(|word| gap.contains(word));
        if broken || other || self.between.is_some_and(|word| !gap.contains(word)) {
            return None;
        }
        let digits: String = rest[start..].iter().take_while(|one| one.is_ascii_digit()).collect();
        let unit = rest.get(start + digits.len())?;
        if UNITS.contains(unit) { Figure::read(&digits) } else { None }
    }
}

/// Whether what follows is counted together with what another cue announces: 行政复议、行政诉讼共9件.
fn counted_together(before: &[char]) -> bool {
    let Some((joint, before)) = before.split_last() else { return false };
    let before: String = before.iter().rev().take(REACH).rev().collect();
    let mut words = CUES.iter().flat_map(|cue| cue.words);
    ['、', '和', '及', '与', '或'].contains(joint) && words.any(|words| before.ends_with(words))
}

fn starts_with(text: &[char], words: &str) -> bool {
    let mut text = text.iter();
    words.chars().all(|one| text.next() == Some(&one))
}

/// Half-width, without blanks and without commas inside numbers.
fn even(text: &str) -> Vec<char> {
    let half = |one: char| match one {
        '０'..='９' => char::from_u32(u32::from(one) - 0xFEE0).unwrap_or(one),
        other => other,
    };
    let bare: Vec<char> =
        text.replace("&nbsp;", "").chars().filter(|one| !one.is_whitespace()).map(half).collect();
    let digit = |place: Option<usize>| {
        place.and_then(|place| bare.get(place)).is_some_and(char::is_ascii_digit)
    };
    let inside = |place: usize| digit(place.checked_sub(1)) && digit(place.checked_add(1));
    let kept = bare.iter().enumerate().filter(|(place, one)| **one != ',' || !inside(*place));
    kept.map(|(_, one)| *one).collect()
}
