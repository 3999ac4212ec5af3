//! Days in a text: those that do not exist, those still to come, and a closing day that is not the
//! day of the document.

use jiff::civil::Date;

use super::{Class, Remark};

/// The remarks on the days a text names. `written` is 成文日期 where it is known.
pub fn check_days(text: &str, written: Option<Date>, today: Date) -> Vec<Remark> {
    let days = days(text);
    let closing = closing(text, &days);
    let mut remarks = Vec::new();
    for (index, day) in days.iter().enumerate() {
        let range = (day.from, day.to);
        let mut remark = |suggestion: Option<String>, reason: &str| {
            remarks.push(Remark::new(Class::Day, text, range, suggestion, reason));
        };
        let Some(date) = day.date else {
            remark(None, "没有这一天");
            continue;
        };
        match written {
            _ if closing == Some(index) && date > today => remark(None, "落款日期还没有到"),
            Some(written) if closing == Some(index) && date != written => {
                remark(Some(in_words(written)), "落款日期和成文日期不一致");
            }
            _ if date > today && date.year() - today.year() > 10 => {
                remark(None, "这一天在十年以后，请核对年份")
            }
            _ => {}
        }
    }
    remarks
}

fn in_words(date: Date) -> String {
    format!("{}年{}月{}日", date.year(), date.month(), date.day())
}

struct Day {
    from: usize,
    to: usize,
    date: Option<Date>,
}

/// The last day of a text, if it stands at the end of a line by itself.
fn closing(text: &str, days: &[Day]) -> Option<usize> {
    let last = days.len().checked_sub(1)?;
    let day = &days[last];
    let line_from = text[..day.from].rfind('\n').map_or(0, |at| at + 1);
    let rest = text[day.to..].trim();
    let before = text[line_from..day.from].trim();
    let is_alone = before.chars().count() <= 24
        && !before.contains(['，', '。', '、', '：', '；', '自', '至', '于']);
    // below it only the notice of publication may follow
    (is_alone && rest.chars().count() <= 40).then_some(last)
}

/// Every 2026年3月5日, 2026-03-05 and 二〇二六年三月五日 is not read: numbers only.
fn days(text: &str) -> Vec<Day> {
    let mut days = Vec::new();
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_digit() || at > 0 && bytes[at - 1].is_ascii_digit() {
            at += 1;
            continue;
        }
        match day(text, at) {
            Some(day) => {
                at = day.to;
                days.push(day);
            }
            None => at += 1,
        }
    }
    days
}

fn day(text: &str, from: usize) -> Option<Day> {
    let (year, at) = number(text, from, 4)?;
    let marks = [("年", "月", "日"), ("-", "-", ""), ("/", "/", ""), (".", ".", "")];
    let (first, second, third) =
        marks.into_iter().find(|(first, ..)| text[at..].starts_with(first))?;
    let (month, at) = number(text, at + first.len(), 2)?;
    let at = text[at..].strip_prefix(second).map(|_| at + second.len())?;
    let (day, at) = number(text, at, 2)?;
    let to = text[at..].strip_prefix(third).map(|_| at + third.len())?;
    let goes_on = text[to..].starts_with(|c: char| c.is_ascii_digit() || c == '-' || c == '.');
    if !(1000..2300).contains(&year)
        || third.is_empty() && (goes_on || !(1900..2200).contains(&year))
    {
        return None;
    }
    let date = Date::new(year as i16, month as i8, day as i8).ok();
    // 1.2.3 of another kind is no day that does not exist
    (date.is_some() || !third.is_empty()).then_some(Day { from, to, date })
}

fn number(text: &str, from: usize, most: usize) -> Option<(u32, usize)> {
    let rest = text.get(from..)?;
    let blank = rest.len() - rest.trim_start_matches(' ').len();
    let digits = rest[blank..].bytes().take_while(u8::is_ascii_digit).count();
    if digits == 0 || digits > most || most == 4 && digits != 4 {
        return None;
    }
    let end = from + blank + digits;
    Some((text[from + blank..end].parse().ok()?, end))
}
