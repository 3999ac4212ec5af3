//! 公开时限: from the words of the cell to a [`TimeLimit`].
//!
//! A cell may state several limits. The general part counts: what stands behind 其他 or 除…外, else
//! the first that sets a limit at all; the others stand beside it (`several`). A period for which
//! something is posted (公示, 公告期限) is a [`NoticePeriod`] beside the limit.

mod period;
mod several;

use crate::reading::markers::strip_number;
use crate::reading::text::{bare, close_up, is_dash, number_at, split_outside};
use crate::{DayUnit, NoticePeriod, TimeLimit, TimeLimitKind};

/// The limit a cell states; `None` if it is empty or a dash.
pub(crate) fn time_limit(cell: &str) -> Option<TimeLimit> {
    // blanks may stand even inside a number
    let text: String = close_up(cell).split_whitespace().collect();
    if text.is_empty() || is_dash(&text) {
        return None;
    }
    let parts: Vec<Part> = clauses(&text).iter().map(|clause| Part::read(clause)).collect();
    let set = |part: &&Part| part.limit.kind != TimeLimitKind::Other && !part.is_notice;
    let general = parts.iter().filter(|part| part.is_general).find(set);
    let chosen = general
        .or_else(|| parts.iter().filter(|part| !part.is_qualified).find(set))
        .or_else(|| parts.iter().find(set));
    let mut limit = match chosen {
        Some(part) => part.limit.clone(),
        None => {
            parts.iter().find_map(Part::as_limit).unwrap_or(TimeLimit::of(TimeLimitKind::Other))
        }
    };
    if let Some(chosen) = chosen {
        several::beside(&mut limit, parts.iter().filter(|part| set(part)), chosen);
    }
    limit.notice = parts.iter().find_map(|part| part.notice);
    let bare = bare(&text);
    limit.unless_otherwise_provided = bare.contains("从其规定") || bare.contains("另有规定");
    Some(limit)
}

/// The clauses of a limit; a clause that only names the event belongs to the next one.
fn clauses(text: &str) -> Vec<String> {
    let parts = split_outside(text, |c| {
        matches!(c, '；' | ';' | '，' | ',' | '。' | '\n' | '|' | '①' | '②' | '③' | '④')
    });
    let mut clauses: Vec<String> = Vec::new();
    let mut event = String::new();
    for part in parts.iter().flat_map(|part| slashes(part)) {
        let part = strip_number(part.trim()).to_owned();
        let named = ["后", "起", "时", "前", "之日"].iter().any(|end| part.ends_with(end));
        if named && days(&part).is_none() && word_kind(&part).is_none() {
            event.push_str(&part);
            continue;
        }
        clauses.push(std::mem::take(&mut event) + &part);
    }
    if !event.is_empty() {
        clauses.push(event);
    }
    clauses
}

/// A stroke separates limits only if both sides count days.
fn slashes(part: &str) -> Vec<String> {
    let pieces: Vec<&str> = part.split('/').collect();
    if pieces.len() > 1 && pieces.iter().all(|piece| days(piece).is_some()) {
        return pieces.iter().map(|piece| (*piece).to_owned()).collect();
    }
    vec![part.to_owned()]
}

struct Part {
    /// What the clause says it is for; empty where it says nothing.
    scope: String,
    limit: TimeLimit,
    notice: Option<NoticePeriod>,
    is_notice: bool,
    is_general: bool,
    is_qualified: bool,
}

impl Part {
    fn read(clause: &str) -> Self {
        let (scope, content) = scope(clause);
        let is_general = scope.is_some_and(|scope| {
            scope.starts_with("其他")
                || scope.starts_with("其它")
                || scope.starts_with("一般")
                || scope.starts_with('除')
        }) || content.starts_with("其他")
            || content.starts_with("其它")
            || content.starts_with("一般");
        let found = days(content);
        let for_what = several::scope(scope, content, found.as_ref());
        let is_notice = found.as_ref().is_some_and(|days| days.is_notice(content));
        let notice = found
            .as_ref()
            .filter(|_| is_notice)
            .map(|days| NoticePeriod { amount: days.amount, unit: days.unit });
        let mut limit = match found {
            Some(days) if !is_notice => days.limit(content),
            _ => TimeLimit::of(word_kind(content).unwrap_or(TimeLimitKind::Other)),
        };
        if limit.kind == TimeLimitKind::Periodic {
            limit.period = period::period(content);
        }
        let is_qualified = scope.is_some() && !is_general;
        Self { scope: for_what, limit, notice, is_notice, is_general, is_qualified }
    }

    /// A cell that states nothing but a posting period: the words say when, the period how long.
    fn as_limit(&self) -> Option<TimeLimit> {
        self.is_notice.then(|| self.limit.clone())
    }
}

/// 其他：20个工作日内 is divided into what the clause is about and what it says.
fn scope(clause: &str) -> (Option<&str>, &str) {
    match clause.split_once(['：', ':']) {
        Some((scope, content)) if !content.trim().is_empty() => {
            (Some(scope.trim()), content.trim())
        }
        _ => (None, clause),
    }
}

/// A number of days in a clause.
struct Days<'a> {
    amount: u32,
    unit: DayUnit,
    before: &'a str,
    after: &'a str,
}

/// Finds the first number of days; a date such as 1月31日 is none. Nothing is guessed where it is no
/// number of days that can pass: none at all, or fewer.
fn days(text: &str) -> Option<Days<'_>> {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let mut at = 0;
    while at < chars.len() {
        let rest: Vec<char> = chars[at..].iter().take(12).map(|(_, c)| *c).collect();
        let Some((amount, len)) = number_at(&rest) else {
            at += 1;
            continue;
        };
        let is_date = at > 0 && matches!(chars[at - 1].1, '月' | '年' | '第');
        let found = unit(&chars, at + len).filter(|_| !is_date);
        if let Some((unit, end)) = found {
            if amount == 0 || is_below_nothing(&chars[..at]) {
                return None;
            }
            let byte = |at: usize| chars.get(at).map_or(text.len(), |(byte, _)| *byte);
            return Some(Days {
                amount,
                unit,
                before: &text[..byte(at)],
                after: &text[byte(end)..],
            });
        }
        at += len;
    }
    None
}

/// Whether what stands before a number takes it below nothing; 5-10 is a range.
fn is_below_nothing(before: &[(usize, char)]) -> bool {
    let mut before = before.iter().rev().map(|(_, c)| *c);
    let sign = before.next().is_some_and(|c| matches!(c, '-' | '－' | '−' | '负'));
    sign && !before.next().is_some_and(char::is_numeric)
}

fn unit(chars: &[(usize, char)], at: usize) -> Option<(DayUnit, usize)> {
    const UNITS: [(&str, DayUnit); 8] = [
        ("个工作日", DayUnit::WorkingDays),
        ("工作日", DayUnit::WorkingDays),
        ("个工作天", DayUnit::WorkingDays),
        ("个自然日", DayUnit::CalendarDays),
        ("自然日", DayUnit::CalendarDays),
        ("个日历日", DayUnit::CalendarDays),
        ("日", DayUnit::CalendarDays),
        ("天", DayUnit::CalendarDays),
    ];
    UNITS.iter().find_map(|(name, unit)| {
        let len = name.chars().count();
        let there = chars.get(at..at + len)?.iter().map(|(_, c)| *c).eq(name.chars());
        there.then_some((*unit, at + len))
    })
}

impl Days<'_> {
    /// 公示7个工作日, 公告期限5个工作日, 征求意见期限不得少于30日.
    fn is_notice(&self, clause: &str) -> bool {
        let before = self.before.trim_end_matches(['为', '是', '：', ':']);
        let least = ["不少于", "不得少于", "不低于", "不短于", "至少"]
            .iter()
            .any(|end| before.ends_with(end));
        let posted = [
            "公示",
            "公告期",
            "公告期限",
            "公示期",
            "公示期限",
            "公示时间",
            "公告时间",
            "公示时限",
            "公示期间",
        ]
        .iter()
        .any(|end| before.ends_with(end));
        let posting =
            clause.contains("公示") || clause.contains("公告") || clause.contains("征求意见");
        !self.after.starts_with('前')
            && !self.after.starts_with("之前")
            && (posted || (least && posting))
    }

    fn limit(&self, clause: &str) -> TimeLimit {
        let after = self.after.trim_start_matches("内").trim_start_matches("以内");
        let is_before = ["前", "之前", "以前"].iter().any(|word| self.after.starts_with(word))
            || ["提前", "前", "之前", "以前"].iter().any(|word| self.before.ends_with(word));
        let kind = if clause.starts_with('每') {
            TimeLimitKind::Periodic
        } else if is_before {
            TimeLimitKind::BeforeEvent
        } else if self.unit == DayUnit::WorkingDays {
            TimeLimitKind::WorkingDays
        } else {
            TimeLimitKind::CalendarDays
        };
        let mut limit = TimeLimit::of(kind);
        limit.amount = Some(self.amount);
        limit.unit = Some(self.unit);
        if kind != TimeLimitKind::Periodic {
            limit.anchor = anchor(self.before, is_before).or_else(|| late_anchor(after, is_before));
        }
        limit
    }
}

/// The event named before the number.
fn anchor(before: &str, is_before: bool) -> Option<String> {
    let mut text = before.trim();
    text = text.rsplit(['：', ':']).next().unwrap_or(text);
    let least =
        ["至少", "不少于", "不得少于", "提前", "不晚于", "最迟", "最晚", "最长不超过", "不超过"];
    text = cut(text, &least, false);
    if is_before {
        text = ["之前", "以前", "前"].iter().find_map(|end| text.strip_suffix(end)).unwrap_or(text);
    }
    text = after_word(
        text,
        if is_before { "在" } else { "自" },
        &["各自", "独自", "亲自", "存在", "正在"],
    );
    text = cut(
        text,
        &[
            "自该",
            "自",
            "从",
            "于",
            "在",
            "应在",
            "应当在",
            "该",
            "其他",
            "其它",
            "政府信息",
            "信息",
            "公开信息",
        ],
        true,
    );
    let ends = [
        "内", "的", "起", "之日", "当日", "之后", "以后", "后", "之内", "应当", "应", "须", "，",
        "、",
    ];
    text = cut(text, &ends, false);
    text = cut(text, &["政府信息", "信息"], false);
    (!text.is_empty()).then(|| text.to_owned())
}

/// The event named behind the number: 提前7日在会议召开前.
fn late_anchor(after: &str, is_before: bool) -> Option<String> {
    let event = after.strip_prefix(['前', '在'])?.trim_end_matches(['前', '公', '开', '示']);
    (is_before && event.ends_with("之")).then(|| event.trim_end_matches('之').to_owned())
}

/// What stands behind the last `word` that is not a part of one of `longer`.
fn after_word<'a>(text: &'a str, word: &str, longer: &[&str]) -> &'a str {
    let Some(at) = text.rfind(word) else {
        return text;
    };
    let rest = &text[at + word.len()..];
    let inside = longer.iter().any(|longer| text[..at + word.len()].ends_with(longer));
    if rest.is_empty() || inside { text } else { rest }
}

fn cut<'a>(mut text: &'a str, words: &[&str], front: bool) -> &'a str {
    loop {
        let cut = words
            .iter()
            .filter_map(
                |word| if front { text.strip_prefix(word) } else { text.strip_suffix(word) },
            )
            .min_by_key(|rest| rest.len());
        match cut {
            Some(rest) => text = rest.trim(),
            None => return text,
        }
    }
}

/// What words without a number of days say.
fn word_kind(text: &str) -> Option<TimeLimitKind> {
    let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
    Some(if has(&["实时", "即时", "随时", "第一时间"]) {
        TimeLimitKind::Realtime
    } else if has(&[
        "每", "定期", "半年", "季度", "年度", "按月", "按季", "按年", "年初", "年末", "年底",
    ]) && !has(&["及时"])
    {
        TimeLimitKind::Periodic
    } else if has(&["及时", "尽快", "适时", "按进展", "立即"]) {
        TimeLimitKind::Timely
    } else if has(&["长期", "永久", "常年", "长年", "持续公开", "一直公开"]) {
        TimeLimitKind::LongTerm
    } else {
        return None;
    })
}

#[cfg(test)]
mod tests;
