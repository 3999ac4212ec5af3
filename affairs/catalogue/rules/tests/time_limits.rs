//! Every 公开时限 found in published catalogues, as it is read: `tests/time_limits.md`.

use catalogue_rules::{DayUnit, Every, PeriodEnd, TimeLimit, TimeLimitKind};

const TABLE: &str = include_str!("time_limits.md");

/// The limit in a few words: kind, days, anchor, then what stands beside it.
fn told(limit: &TimeLimit) -> String {
    let mut words = vec![kind(limit)];
    words.extend(limit.anchor.as_ref().map(|anchor| format!("自“{anchor}”")));
    words.extend(limit.period.map(|period| {
        let by = match period.by {
            PeriodEnd::LastDay => "期末".to_owned(),
            PeriodEnd::Day { month: Some(month), day } => format!("{month}月{day}日"),
            PeriodEnd::Day { month: None, day } => format!("{day}日"),
            PeriodEnd::AfterEnd => "期后".to_owned(),
            PeriodEnd::Unsaid => "未写明".to_owned(),
        };
        format!("每{}{by}", every(period.every))
    }));
    words.extend(limit.notice.map(|notice| format!("公示{}", days(notice.amount, notice.unit))));
    if limit.long_term {
        words.push("长期".into());
    }
    if limit.unless_otherwise_provided {
        words.push("从其规定".into());
    }
    words.extend(limit.also.iter().map(|also| format!("另：{}={}", also.scope, told(&also.limit))));
    words.join(" ")
}

fn kind(limit: &TimeLimit) -> String {
    let counted = limit.amount.zip(limit.unit).map(|(amount, unit)| days(amount, unit));
    let name = match limit.kind {
        TimeLimitKind::WorkingDays | TimeLimitKind::CalendarDays => "",
        TimeLimitKind::Realtime => "实时",
        TimeLimitKind::Timely => "及时",
        TimeLimitKind::Periodic => "定期",
        TimeLimitKind::BeforeEvent => "提前",
        TimeLimitKind::LongTerm => "长期",
        TimeLimitKind::Other => "不能计算",
    };
    format!("{name}{}", counted.unwrap_or_default())
}

fn days(amount: u32, unit: DayUnit) -> String {
    match unit {
        DayUnit::WorkingDays => format!("{amount}工作日"),
        DayUnit::CalendarDays => format!("{amount}日"),
    }
}

fn every(every: Every) -> &'static str {
    match every {
        Every::Year => "年",
        Every::HalfYear => "半年",
        Every::Quarter => "季度",
        Every::Month => "月",
        Every::Days => "若干日",
    }
}

#[test]
fn every_limit_of_the_published_rows_is_read_as_the_table_says() {
    let rows: Vec<(&str, &str)> = TABLE
        .lines()
        .filter_map(|line| line.strip_prefix("| ")?.strip_suffix(" |")?.split_once(" | "))
        .filter(|(words, _)| *words != "原文")
        .collect();
    assert!(rows.len() >= 70, "{} rows", rows.len());
    let mut wrong = Vec::new();
    for (words, expected) in rows {
        let read = TimeLimit::read(&words.replace('¦', "|"));
        let found = read.as_ref().map_or_else(|| "没有时限".to_owned(), told);
        if found != expected {
            wrong.push(format!("| {words} | {found} |"));
        }
    }
    assert!(wrong.is_empty(), "{} rows differ:\n{}", wrong.len(), wrong.join("\n"));
}
