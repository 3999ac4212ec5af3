//! 文号 in one form, however it is written: 厦府办〔2020〕67号, 厦府办[2020] 67 号, 厦府办(2020)第067号.

use crate::folding::fold;
use crate::grams::is_han;

/// How many of the forms a text may mean are looked for.
const MOST_KEYS: usize = 16;
/// The longest text taken for a 文号.
const LONGEST: usize = 60;

/// The form under which a 文号 is stored and sought; `None` when the text has no serial number.
///
/// What follows the pattern of 机关代字, 发文年份, 发文顺序号 becomes `厦府办2020-67`; a number
/// without a year (国务院令第711号) becomes `国务院令-711`; anything else with a digit in it is kept
/// without blanks and punctuation.
pub(crate) fn key(text: &str) -> Option<String> {
    if text.chars().count() > LONGEST {
        return None;
    }
    let squeezed: Vec<char> =
        text.chars().map(fold).filter(|c| c.is_alphanumeric() || is_closing(*c)).collect();
    if !squeezed.iter().any(char::is_ascii_digit) {
        return None;
    }
    Some(parsed(&squeezed).unwrap_or_else(|| bare(&squeezed)))
}

/// The forms under which a 文号 may be meant by a text it stands in, the text as a whole first: what stands
/// behind 号 is cut off, and of what stands before it more and more.
pub(crate) fn keys(text: &str) -> Vec<String> {
    let mut keys: Vec<String> = key(text).into_iter().collect();
    let squeezed: Vec<char> =
        text.chars().map(fold).filter(|c| c.is_alphanumeric() || is_closing(*c)).collect();
    let numbered = squeezed.windows(2).position(|pair| pair[0].is_ascii_digit() && pair[1] == '号');
    let end = numbered.map_or(squeezed.len(), |at| at + 2);
    let squeezed = &squeezed[..end];
    for from in 0..squeezed.len().min(LONGEST) {
        let rest = &squeezed[from..];
        if !rest.first().is_some_and(|c| is_han(*c)) || rest.len() > LONGEST {
            continue;
        }
        if let Some(key) = parsed(rest).filter(|key| !keys.contains(key)) {
            keys.push(key);
        }
    }
    keys.truncate(MOST_KEYS);
    keys
}

/// Whether a text is a 文号 and nothing else: 机关代字, 发文年份, 发文顺序号.
pub(crate) fn is_whole(text: &str) -> bool {
    let squeezed: Vec<char> =
        text.chars().map(fold).filter(|c| c.is_alphanumeric() || is_closing(*c)).collect();
    let year_and_serial = |key: String| {
        let (before, _) = key.split_once('-')?;
        let year = before.char_indices().rev().nth(3).map(|(at, _)| &before[at..])?;
        let year: Vec<char> = year.chars().collect();
        Some(is_year(&year))
    };
    squeezed.len() <= LONGEST
        && squeezed.first().is_some_and(|c| is_han(*c))
        && parsed(&squeezed).and_then(year_and_serial).unwrap_or(false)
}

/// Whether a text is written as a 文号 is, with brackets or 号, so that it can hardly mean anything else.
pub(crate) fn is_written_out(text: &str) -> bool {
    text.chars().map(fold).any(|c| c == '号' || is_closing(c))
}

/// 机关代字, 发文年份 and 发文顺序号 of a 文号, each in one form, the year empty where it has none; `None` where a text is
/// no such number.
pub(crate) fn parts(text: &str) -> Option<(String, String, u32)> {
    let key = key(text)?;
    let (before, serial) = key.split_once('-')?;
    let before: Vec<char> = before.chars().collect();
    let year_at = before.len().checked_sub(4).filter(|at| is_year(&before[*at..]));
    let (organ, year) = before.split_at(year_at.unwrap_or(before.len()));
    Some((organ.iter().collect(), year.iter().collect(), serial.parse().ok()?))
}

/// By how many letters two 机关代字 differ, where that is none or one; `None` where they are of different organs. Of
/// two letters one is too much: 厦府 and 闽府 are two governments.
pub(crate) fn apart(asked: &str, other: &str) -> Option<usize> {
    if asked == other {
        return Some(0);
    }
    let (asked, other): (Vec<char>, Vec<char>) = (asked.chars().collect(), other.chars().collect());
    let (short, long) =
        if asked.len() <= other.len() { (&asked, &other) } else { (&other, &asked) };
    let same = short.iter().zip(long).take_while(|(one, another)| one == another).count();
    let rest = long.get(same + 1..).unwrap_or_default();
    let near = match long.len() - short.len() {
        0 => short.len() > 2 && short.get(same + 1..).unwrap_or_default() == rest,
        1 => short.len() > 1 && short.get(same..).unwrap_or_default() == rest,
        _ => false,
    };
    near.then_some(1)
}

fn is_closing(c: char) -> bool {
    matches!(c, '〕' | ']' | '】' | ')' | '﹞' | '﹚' | '}' | '>' | '〉')
}

fn bare(chars: &[char]) -> String {
    chars.iter().filter(|c| !is_closing(**c)).collect()
}

/// Reads from the end, where the pattern is firm.
fn parsed(text: &[char]) -> Option<String> {
    let (text, marked) = without_ending(text);
    let digits = text.iter().rev().take_while(|c| c.is_ascii_digit()).count();
    let (text, serial) = text.split_at(text.len() - digits);
    let (text, ordinal) = strip(text, '第');
    if !ordinal && serial.len() > 4 && !text.iter().any(char::is_ascii_digit) {
        // 厦府办202067号: the brackets were left out.
        let (year, serial) = serial.split_at(4);
        return is_year(year).then(|| form(text, Some(year), serial)).flatten();
    }
    let (text, closed) = closing(text);
    let (text, _) = strip(text, '年');
    let year_at = text.len().checked_sub(4).filter(|at| is_year(&text[*at..]));
    match year_at {
        Some(at) => form(&text[..at], Some(&text[at..]), serial),
        None if (marked || ordinal) && !closed => form(text, None, serial),
        None => None,
    }
}

fn without_ending(text: &[char]) -> (&[char], bool) {
    for ending in ["号文件", "号文", "号"] {
        let ending: Vec<char> = ending.chars().collect();
        if let Some(rest) = text.strip_suffix(&ending[..]) {
            return (rest, true);
        }
    }
    (text, false)
}

fn strip(text: &[char], last: char) -> (&[char], bool) {
    text.strip_suffix(&[last]).map_or((text, false), |rest| (rest, true))
}

fn closing(text: &[char]) -> (&[char], bool) {
    match text.split_last() {
        Some((last, rest)) if is_closing(*last) => (rest, true),
        _ => (text, false),
    }
}

fn is_year(digits: &[char]) -> bool {
    let year: String = digits.iter().collect();
    digits.len() == 4 && year.parse().is_ok_and(|year: u16| (1949..2100).contains(&year))
}

fn form(organ: &[char], year: Option<&[char]>, serial: &[char]) -> Option<String> {
    let organ = bare(organ);
    let serial: String = serial.iter().skip_while(|c| **c == '0').collect();
    let year: String = year.unwrap_or_default().iter().collect();
    (!organ.is_empty() && !serial.is_empty()).then(|| format!("{organ}{year}-{serial}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_to_write_a_number_has_one_key() {
        for written in [
            "厦府办〔2020〕67号",
            "厦府办[2020]67号",
            "厦府办【2020】67号",
            "厦府办（2020）67号",
            "厦府办(2020)67号",
            "厦府办﹝2020﹞67号",
            "厦府办［２０２０］６７号",
            "廈府辦〔2020〕67號",
            "厦府办〔2020〕第67号",
            "厦府办〔2020〕067号",
            "厦府办 〔 2020 〕 67 号",
            "厦府办2020年67号",
            "厦府办202067号",
            "厦府办〔2020〕67",
            "厦府办〔2020〕67号文",
            "《厦府办〔2020〕67号》",
        ] {
            assert_eq!(key(written).as_deref(), Some("厦府办2020-67"), "{written}");
        }
    }

    #[test]
    fn a_number_is_told_from_the_words_around_it() {
        for written in [
            "文号 厦府办〔2020〕67号",
            "关于厦府办〔2020〕67号的通知",
            "请问厦府办[2020]67号文件全文",
            "厦府办2020-67",
            "厦府办 2020 67",
            "厦府办{2020}67",
            "厦府办<2020>67号",
        ] {
            assert!(
                keys(written).contains(&"厦府办2020-67".to_owned()),
                "{written}: {:?}",
                keys(written)
            );
        }
        assert!(keys("政务公开").is_empty() && keys("").is_empty());
    }

    #[test]
    fn a_whole_number_has_an_organ_a_year_and_a_serial_number() {
        for written in ["厦府办〔2020〕67号", "厦府办2020 67", "厦府办[1999]第3号文"]
        {
            assert!(is_whole(written), "{written}");
        }
        for written in ["国务院令第711号", "67号", "2020年67号", "政务公开", "养老2020", ""]
        {
            assert!(!is_whole(written), "{written}");
        }
    }

    #[test]
    fn numbers_are_near_whose_organs_differ_by_one_letter_at_most() {
        let of = |written: &str| parts(written).map(|(organ, ..)| organ).unwrap_or_default();
        for (one, other, distance) in [
            ("厦府办〔2020〕67号", "厦府办〔2019〕3号", Some(0)),
            ("厦府办〔2020〕67号", "夏府办[2020]67号", Some(1)),
            ("厦府办〔2020〕67号", "厦府〔2020〕67号", Some(1)),
            ("厦府办〔2020〕67号", "厦府办函〔2020〕67号", Some(1)),
            ("厦府办〔2020〕67号", "渝府办发〔2020〕67号", None),
            ("厦府〔2020〕67号", "闽府〔2020〕67号", None),
            ("厦府办〔2020〕67号", "国务院令第711号", None),
        ] {
            assert_eq!(apart(&of(one), &of(other)), distance, "{one} {other}");
            assert_eq!(apart(&of(other), &of(one)), distance, "{other} {one}");
        }
        assert_eq!(parts("厦府办〔2020〕067号"), Some(("厦府办".into(), "2020".into(), 67)));
        assert_eq!(parts("国务院令第711号"), Some(("国务院令".into(), String::new(), 711)));
        assert_eq!(parts("政务公开"), None);
        assert!(is_written_out("厦府办[2020]67") && is_written_out("厦府办2020年67号"));
        assert!(!is_written_out("预算公开 2026 12"));
    }

    #[test]
    fn other_numbers_have_keys_of_their_own() {
        for (written, expected) in [
            ("国务院令第711号", Some("国务院令-711")),
            ("国办公开办函〔2019〕61号", Some("国办公开办函2019-61")),
            ("厦海政（规）〔2021〕3号", Some("厦海政规2021-3")),
            ("GB/T 9704-2012", Some("gbt97042012")),
            ("67号", Some("67号")),
            ("无", None),
            ("政务公开", None),
            ("", None),
        ] {
            assert_eq!(key(written).as_deref(), expected, "{written}");
        }
    }
}
