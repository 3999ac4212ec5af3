//! 读作: what the platform understands a 公开时限 to say, told back in words, so that the clerk sees
//! whether it was understood.

use catalogue_rules::{DayUnit, Every, Period, PeriodEnd, TimeLimit, TimeLimitKind};

/// A limit as it is understood; `None` where the words set none that can be counted.
pub fn read_as(limit: &TimeLimit) -> Option<String> {
    let mut words = main_part(limit)?;
    if let Some(notice) = limit.notice {
        let unit = unit_name(Some(notice.unit));
        words.push_str(&format!("，公示 {} {unit}", notice.amount));
    }
    if limit.long_term {
        words.push_str("，公开以后长期保留");
    }
    if limit.unless_otherwise_provided {
        words.push_str("；法律法规另有规定的从其规定");
    }
    for also in &limit.also {
        let Some(other) = main_part(&also.limit) else { continue };
        let scope = if also.scope.is_empty() { "另" } else { also.scope.as_str() };
        words.push_str(&format!("；{scope}：{other}"));
    }
    Some(words)
}

fn main_part(limit: &TimeLimit) -> Option<String> {
    let amount = limit.amount.map(|amount| format!("{amount} {}", unit_name(limit.unit)));
    let anchor = limit.anchor.as_deref().unwrap_or("信息形成或者变更");
    Some(match limit.kind {
        TimeLimitKind::WorkingDays | TimeLimitKind::CalendarDays => {
            format!("{anchor}之日起 {}内", amount?)
        }
        TimeLimitKind::BeforeEvent => match amount {
            Some(amount) => format!("{anchor}前至少 {amount}"),
            None => format!("{anchor}之前"),
        },
        TimeLimitKind::Realtime => "实时公开".into(),
        TimeLimitKind::Timely => "及时公开，没有写明天数".into(),
        TimeLimitKind::Periodic => match limit.period {
            Some(period) => period_words(period, amount.as_deref()),
            None => "按周期公开".into(),
        },
        TimeLimitKind::LongTerm => "长期公开".into(),
        TimeLimitKind::Other => return None,
    })
}

fn period_words(period: Period, amount: Option<&str>) -> String {
    let every = match (period.every, amount) {
        (Every::Year, _) => "每年".into(),
        (Every::HalfYear, _) => "每半年".into(),
        (Every::Quarter, _) => "每季度".into(),
        (Every::Month, _) => "每月".into(),
        (Every::Days, Some(amount)) => format!("每 {amount}"),
        (Every::Days, None) => "每隔若干日".into(),
    };
    match (period.by, amount) {
        (PeriodEnd::LastDay, _) => format!("{every}公开一次，期末以前"),
        (PeriodEnd::Day { month: Some(month), day }, _) => {
            format!("{every}公开一次，{month} 月 {day} 日以前")
        }
        (PeriodEnd::Day { month: None, day }, _) => format!("{every}公开一次，{day} 日以前"),
        (PeriodEnd::AfterEnd, Some(amount)) => format!("{every}公开一次，期满后 {amount} 内"),
        (PeriodEnd::AfterEnd | PeriodEnd::Unsaid, _) => format!("{every}公开一次，没有写明哪一天"),
    }
}

fn unit_name(unit: Option<DayUnit>) -> &'static str {
    match unit {
        Some(DayUnit::WorkingDays) | None => "个工作日",
        Some(DayUnit::CalendarDays) => "日（自然日）",
    }
}

#[cfg(test)]
mod tests {
    use catalogue_rules::TimeLimit;

    use super::read_as;

    #[test]
    fn a_limit_is_told_back_as_it_is_understood() {
        for (words, told) in [
            ("自信息形成或变更之日起20个工作日内", Some("之日起 20 个工作日内")),
            ("20日内", Some("20 日（自然日）内")),
            ("实时公开", Some("实时公开")),
            ("每季度公开", Some("每季度公开一次")),
            ("视情况而定", None),
        ] {
            let read = TimeLimit::read(words).as_ref().and_then(read_as);
            match told {
                Some(told) => {
                    assert!(read.as_ref().is_some_and(|read| read.contains(told)), "{read:?}")
                }
                None => assert_eq!(read, None, "{words}"),
            }
        }
    }
}
