//! 周期: how often, and by which day, the words of a periodic limit say. What names neither is left
//! open; nothing is guessed.

use crate::reading::text::number_at;
use crate::{Every, Period, PeriodEnd};

/// The period of a clause such as 每年1月31日前; `None` where it says only 定期.
pub(super) fn period(clause: &str) -> Option<Period> {
    let (every, rest) = every(clause)?;
    Some(Period { every, by: by(every, rest) })
}

/// How often, and what stands behind those words.
fn every(clause: &str) -> Option<(Every, &str)> {
    const NAMES: [(&str, Every); 11] = [
        ("半年度", Every::HalfYear),
        ("半年", Every::HalfYear),
        ("个季度", Every::Quarter),
        ("季度", Every::Quarter),
        ("季", Every::Quarter),
        ("个月", Every::Month),
        ("月度", Every::Month),
        ("月", Every::Month),
        ("年度", Every::Year),
        ("自然年", Every::Year),
        ("年", Every::Year),
    ];
    let named = |rest: &'_ str| {
        NAMES
            .iter()
            .find(|(name, _)| rest.starts_with(name))
            .map(|(name, every)| (name.len(), *every))
    };
    for word in ["每", "按", "逐"] {
        let Some(at) = clause.find(word) else { continue };
        let rest = &clause[at + word.len()..];
        if let Some((len, every)) = named(rest) {
            return Some((every, &rest[len..]));
        }
        let chars: Vec<char> = rest.chars().collect();
        if word == "每" && number_at(&chars).is_some() && rest.contains(['日', '天']) {
            return Some((Every::Days, ""));
        }
    }
    // 半年至少更新1次, 季度更新
    if let Some((len, every)) = named(clause) {
        return Some((every, &clause[len..]));
    }
    ["年底", "年末"].iter().any(|word| clause.contains(word)).then_some((Every::Year, ""))
}

/// By which day, from what stands behind 每年, 每季度 …
fn by(every: Every, rest: &str) -> PeriodEnd {
    if ["结束后", "终了后"].iter().any(|word| rest.contains(word)) {
        let counted = super::days(rest).is_some();
        return if counted { PeriodEnd::AfterEnd } else { PeriodEnd::Unsaid };
    }
    if let Some(day) = day_of(rest) {
        let fits = matches!(
            (every, day),
            (Every::Year, PeriodEnd::Day { month: Some(_), .. })
                | (Every::Month, PeriodEnd::Day { month: None, .. })
        );
        return if fits { day } else { PeriodEnd::Unsaid };
    }
    let vague = rest.contains(['初', '第', '旬', '首', '中', '月', '季']);
    let more_than_once = times(rest).is_some_and(|times| times > 1);
    if vague || more_than_once { PeriodEnd::Unsaid } else { PeriodEnd::LastDay }
}

/// 1月31日, 5日, 3月底.
fn day_of(rest: &str) -> Option<PeriodEnd> {
    let chars: Vec<char> = rest.chars().collect();
    let start = (0..chars.len()).find(|at| number_at(&chars[*at..]).is_some())?;
    let (first, len) = number_at(&chars[start..])?;
    let behind = start + len;
    let last_of = |month: u32| Some(PeriodEnd::Day { month: Some(month_of(month)?), day: 31 });
    match chars.get(behind)? {
        '月' if matches!(chars.get(behind + 1), Some('底' | '末')) => last_of(first),
        '月' => {
            let (day, len) = number_at(chars.get(behind + 1..)?)?;
            let is_day = matches!(chars.get(behind + 1 + len), Some('日' | '号'));
            let day = day_of_month(day).filter(|_| is_day)?;
            Some(PeriodEnd::Day { month: Some(month_of(first)?), day })
        }
        '日' | '号' => Some(PeriodEnd::Day { month: None, day: day_of_month(first)? }),
        _ => None,
    }
}

fn month_of(number: u32) -> Option<i8> {
    i8::try_from(number).ok().filter(|month| (1..=12).contains(month))
}

fn day_of_month(number: u32) -> Option<i8> {
    i8::try_from(number).ok().filter(|day| (1..=31).contains(day))
}

/// 至少更新2次.
fn times(rest: &str) -> Option<u32> {
    let before = &rest[..rest.find('次')?];
    let chars: Vec<char> = before.chars().collect();
    (0..chars.len()).rev().find_map(|at| {
        number_at(&chars[at..]).filter(|(_, len)| at + len == chars.len()).map(|(value, _)| value)
    })
}
