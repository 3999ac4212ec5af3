//! One obligation as readers see it: what set it off, by when, and whether it was kept.

use catalogue_rules::obligation::{Cause, ObligationState, Trigger, counted_in};
use catalogue_rules::{DayUnit, Lateness, TimeLimit};
use law::{Date, WorkCalendar};
use web::Site;
use web::components::Tag;

use crate::store::Owing;

/// One obligation, in words.
pub struct OwingRow {
    /// Where it stands.
    pub tag: Tag,
    /// What set it off.
    pub trigger: String,
    /// Who owes it.
    pub organ: String,
    /// The day of what set it off, ISO.
    pub arose_on: String,
    /// By when, ISO.
    pub due_on: Option<String>,
    /// Whether that day rests on a calendar not yet issued.
    pub provisional: bool,
    /// When it was kept, ISO.
    pub kept_on: Option<String>,
    /// Whether that day is what a source states.
    pub stated: bool,
    /// How late, in counted days.
    pub late: Option<String>,
    /// What kept it: title and full path.
    pub record: Option<(String, String)>,
    /// Why it does not hold this time.
    pub waived: Option<String>,
    /// Whether it was kept, for the line of time.
    pub done: bool,
    /// Full path of its own page, which tells how its last day was found.
    pub own: String,
    /// How its last day was found, where the page tells it at once.
    pub told: Vec<String>,
}

impl OwingRow {
    /// The obligation as it stands on `today`, its days counted as `limit` counts them.
    pub fn of(
        owing: Owing,
        limit: Option<&TimeLimit>,
        site: &Site,
        (today, calendar): (Date, &WorkCalendar),
    ) -> Self {
        let until = match owing.state.as_str() {
            "overdue" => Some(today),
            _ => owing.kept(),
        };
        let late = owing.due().zip(until).and_then(|(due, until)| {
            let unit = unit_of(&owing, limit, calendar);
            Lateness::between(due, until, unit, calendar).ok().flatten()
        });
        let title = owing.title.clone().unwrap_or_else(|| "已公开的信息".into());
        let record = owing.record.as_ref();
        Self {
            tag: state_tag(&owing.state),
            trigger: trigger_words(&owing),
            organ: owing.organ_name,
            arose_on: owing.arose_on,
            due_on: owing.due_on,
            provisional: owing.provisional != 0,
            late: late.map(|late| late.to_string()),
            record: record.map(|id| (title, site.link(&format!("/wenjian/{id}")))),
            waived: owing.waived,
            done: owing.kept_on.is_some(),
            stated: owing.stated != 0,
            own: site.link(&format!("/mulu/fugai/{}/{}", owing.domain, owing.id)),
            told: vec![],
            kept_on: owing.kept_on,
        }
    }
}

/// In which days it is late.
fn unit_of(owing: &Owing, limit: Option<&TimeLimit>, calendar: &WorkCalendar) -> DayUnit {
    let start = owing.arose_on.parse().ok();
    let (Some(trigger), Some(start)) = (Trigger::parse(&owing.trigger_key), start) else {
        return DayUnit::WorkingDays;
    };
    let words = owing.event.as_ref().or(owing.title.as_ref());
    let words = words.map(String::as_str).unwrap_or_default();
    counted_in(limit, Cause { domain: &owing.domain, trigger: &trigger, words, start }, calendar)
}

/// A state in Chinese.
pub fn state_words(state: &str) -> &'static str {
    ObligationState::parse(state).map_or("未知", ObligationState::name)
}

fn state_tag(state: &str) -> Tag {
    let words = state_words(state);
    match state {
        "kept" => Tag::good(words),
        "kept_late" | "due_soon" => Tag::warn(words),
        "overdue" => Tag::over(words),
        "waived" | "undated" => Tag::info(words),
        _ => Tag::plain(words),
    }
}

/// What set an obligation off, in words.
fn trigger_words(owing: &Owing) -> String {
    match owing.trigger_key.split_once(':') {
        Some(("period", period)) => period_words(period),
        Some(("event", _)) => owing.event.clone().unwrap_or_else(|| "登记的事件".into()),
        _ => "信息形成或变更".into(),
    }
}

/// A period as the trigger names it: `2026`, `2026-H1`, `2026-Q3`, `2026-11`, or by its
/// first day.
fn period_words(period: &str) -> String {
    let Some((year, part)) = period.split_once('-') else { return format!("{period}年") };
    match part {
        "H1" => format!("{year}年上半年"),
        "H2" => format!("{year}年下半年"),
        _ => match (part.strip_prefix('Q'), part.parse::<u8>()) {
            (Some(quarter), _) => format!("{year}年第{quarter}季度"),
            (None, Ok(month)) => format!("{year}年{month}月"),
            (None, Err(_)) => format!("{period}开始的一期"),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::period_words;

    #[test]
    fn a_period_reads_as_people_say_it() {
        for (period, words) in [
            ("2026", "2026年"),
            ("2026-H1", "2026年上半年"),
            ("2026-Q3", "2026年第3季度"),
            ("2026-09", "2026年9月"),
            ("2026-11-20", "2026-11-20开始的一期"),
        ] {
            assert_eq!(period_words(period), words);
        }
    }
}
