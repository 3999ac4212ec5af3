//! The charts of a board: each title says what there is to see, in words that a reader may take along.

use std::collections::HashMap;

use assessment_rules::{Figures, Period, QUALIFYING, Rate};
use web::components::{Bar, Chart, ChartTable, HeatCell, HeatRow, Meets, Point, Portion, StackRow};

use super::{newest, reply_days};
use crate::store::Line;

/// So many bars and rows are drawn; the table of organs has all.
const MOST: usize = 10;

/// So many domains are set against organs: those of which most was due.
const DOMAINS: usize = 12;

/// 合格线 in thousandths and as people read it.
fn line() -> (u32, String) {
    let line = newest(&QUALIFYING);
    (line, format!("{}%", line / 10))
}

fn meets(rate: Rate) -> Meets {
    match rate.qualifies() {
        Some(true) => Meets::Yes,
        Some(false) => Meets::No,
        None => Meets::Unsaid,
    }
}

fn bar(name: &str, rate: Rate) -> Bar {
    let words = match rate.thousandths() {
        Some(_) => format!("{}（{}/{}）", rate.words(), rate.part, rate.whole),
        None => format!("{}，不足5件不算率", rate.words()),
    };
    Bar { name: name.into(), words, part: rate.thousandths(), meets: meets(rate) }
}

fn rate_table(first: &str, rates: &[(String, Rate)]) -> ChartTable {
    let row = |(name, rate): &(String, Rate)| {
        vec![name.clone(), rate.part.to_string(), rate.whole.to_string(), rate.words()]
    };
    ChartTable {
        headings: [first, "按时", "到期", "按时率"].map(Into::into).into(),
        rows: rates.iter().map(row).collect(),
    }
}

/// 按时率 of things side by side, those that have most to do first; `what` they are.
pub fn on_time(id: &'static str, what: &str, mut rates: Vec<(String, Rate)>) -> Option<Chart> {
    rates.retain(|(_, rate)| rate.whole > 0);
    // What can be said comes before what cannot, the lowest first.
    rates.sort_by_key(|(_, rate)| (rate.thousandths().unwrap_or(u32::MAX), rate.words()));
    let judged: Vec<&(String, Rate)> =
        rates.iter().filter(|(_, rate)| rate.qualifies().is_some()).collect();
    let below = judged.iter().filter(|(_, rate)| rate.qualifies() == Some(false)).count();
    let (line, percent) = line();
    let title = match (judged.first(), below) {
        (None, _) => return few(id, what, &rates),
        (Some(_), 0) => format!("能算率的 {} 个{what}按时率都到了 {percent}", judged.len()),
        (Some((name, rate)), below) => {
            format!("{below} 个{what}按时率不到 {percent}，最低的是{name}（{}）", rate.words())
        }
    };
    let bars: Vec<Bar> = rates.iter().take(MOST).map(|(name, rate)| bar(name, *rate)).collect();
    let line = (line, format!("合格线 {percent}"));
    Some(
        Chart::bars(id, title, &bars, Some((line.0, line.1.as_str())))
            .with_table(rate_table(what, &rates)),
    )
}

/// Where no rate can be made: how many were due of each, and how many of them came in time.
fn few(id: &'static str, what: &str, rates: &[(String, Rate)]) -> Option<Chart> {
    if rates.is_empty() {
        return None;
    }
    let mut rates = rates.to_vec();
    rates.sort_by_key(|(name, rate)| {
        (std::cmp::Reverse((rate.whole - rate.part, rate.whole)), name.clone())
    });
    let row = |(name, rate): &(String, Rate)| {
        let portion = |name: &str, number, meets| Portion { name: name.into(), number, meets };
        let portions = vec![
            portion("按时", rate.part, Meets::Yes),
            portion("没有按时", rate.whole - rate.part, Meets::No),
        ];
        let words = format!("{} 件到期，{} 件按时", rate.whole, rate.part);
        StackRow { name: name.clone(), words, portions }
    };
    let missed = rates.iter().filter(|(_, rate)| rate.part < rate.whole).count();
    let title = format!("各{what}到期的都不足 5 件，不算率；{missed} 个{what}有未按时的");
    let rows: Vec<StackRow> = rates.iter().take(MOST).map(row).collect();
    Some(Chart::stack(id, title, &rows).with_table(rate_table(what, &rates)))
}

/// 按时率 from period to period; the last one is shown.
pub fn trend(id: &'static str, periods: &[(Period, Option<&Figures>)]) -> Option<Chart> {
    let rate = |figures: Option<&Figures>| figures.map_or(Rate::default(), |one| one.kept.rate());
    let rates: Vec<(Period, Rate)> =
        periods.iter().map(|(period, figures)| (*period, rate(*figures))).collect();
    if rates.iter().all(|(_, rate)| rate.whole == 0) {
        return None;
    }
    let (now, earlier) = rates.split_last()?;
    let part = |rate: Rate| rate.thousandths();
    let title = match (earlier.last().and_then(|(_, rate)| part(*rate)), part(now.1)) {
        (_, None) => format!("{}到期的不足 5 件，不算按时率", now.0),
        (None, Some(_)) => format!("{}按时率 {}，还没有上一期可以比较", now.0, now.1.words()),
        (Some(before), Some(after)) => {
            let (much, less) = (after.abs_diff(before), after < before);
            let points = format!("{}.{}", much / 10, much % 10);
            match much {
                0 => format!("按时率 {}，与上一期持平", now.1.words()),
                _ if less => format!("按时率 {}，比上一期降 {points} 个百分点", now.1.words()),
                _ => format!("按时率 {}，比上一期升 {points} 个百分点", now.1.words()),
            }
        }
    };
    let lowest = rates.iter().filter_map(|(_, rate)| part(*rate)).min().unwrap_or_default();
    let points: Vec<Point> = rates.iter().enumerate().map(|(at, one)| point(at, one)).collect();
    let named: Vec<(String, Rate)> =
        rates.iter().map(|(period, rate)| (period.name(), *rate)).collect();
    let ground = lowest.saturating_sub(100) / 100 * 100;
    let chart = Chart::line(id, title, &points, (ground, 1000));
    Some(chart.with_table(rate_table("统计期", &named)))
}

fn point(at: usize, (period, rate): &(Period, Rate)) -> Point {
    let key = period.key();
    let (year, quarter) = key.split_once('-').unwrap_or((&key, ""));
    let begins = at == 0 || quarter == "Q1";
    let (name, under) = match quarter {
        "" => (year.to_owned(), String::new()),
        quarter => (quarter.to_owned(), if begins { year.to_owned() } else { String::new() }),
    };
    let words = match (rate.thousandths(), rate.whole) {
        (Some(part), _) => format!("{}.{}", part / 10, part % 10),
        (None, 0) => "无".into(),
        (None, _) => rate.words(),
    };
    Point { name, under, words, part: rate.thousandths() }
}

/// What was due, by how it was kept.
pub fn kept(id: &'static str, figures: &Figures) -> Option<Chart> {
    let kept = figures.kept;
    let rate = kept.rate();
    if rate.whole == 0 {
        return None;
    }
    let portion = |name: &str, number, meets| Portion { name: name.into(), number, meets };
    let portions = [
        portion("按时公开", kept.in_time, Meets::Yes),
        portion("迟公开", kept.late, Meets::No),
        portion("逾期未公开", kept.overdue, Meets::Worse),
    ];
    let title = match rate.whole - rate.part {
        0 => format!("到期的 {} 件都按时公开", rate.whole),
        missed => format!("到期 {} 件，{missed} 件没有按时公开", rate.whole),
    };
    let rows = portions.iter().map(|one| vec![one.name.clone(), one.number.to_string()]);
    let rows = rows.collect();
    let table = ChartTable { headings: ["情况", "件"].map(Into::into).into(), rows };
    let chart = Chart::ring(id, title, (&rate.words(), "按时"), &portions);
    Some(chart.with_table(table))
}

/// How long answers took, of all together and of each organ that answered enough.
pub fn answers(id: &'static str, whole: (&str, &Figures), organs: &[Line]) -> Option<Chart> {
    let all = whole.1.answers.rate()?;
    let mut scopes: Vec<(&str, &Figures)> = vec![whole];
    let judged = organs.iter().filter(|line| line.figures.answers.rate().is_some());
    scopes.extend(judged.take(MOST).map(|line| (line.name.as_str(), &line.figures)));
    let days = reply_days();
    let row = |(name, figures): &(&str, &Figures)| {
        let rate = figures.answers.rate()?;
        let portion = |name: &str, number, meets| Portion { name: name.into(), number, meets };
        let words = format!("{days}日内 {} 件，超过 {} 件", rate.part, rate.whole - rate.part);
        let portions = vec![
            portion(&format!("{days}个工作日内"), rate.part, Meets::Yes),
            portion(&format!("超过{days}个工作日"), rate.whole - rate.part, Meets::No),
        ];
        Some(StackRow { name: (*name).to_owned(), words, portions })
    };
    let rows: Vec<StackRow> = scopes.iter().filter_map(row).collect();
    let title = format!("答复 {} 件申请，{} 件在收到后 {days} 个工作日内", all.whole, all.part);
    let cells = |(name, figures): &(&str, &Figures)| {
        let answers = &figures.answers;
        let spread = answers.spread.map(|one| (one.median_words(), one.ninth.to_string()));
        let (median, ninth) = spread.unwrap_or_default();
        let number = |number: Option<u32>| number.map_or_else(String::new, |one| one.to_string());
        vec![
            (*name).to_owned(),
            answers.answered.to_string(),
            number(answers.within),
            number(answers.extended),
            median,
            ninth,
        ]
    };
    let within = format!("{days}个工作日内");
    let headings = ["范围", "答复", &within, "延期", "中位数", "九成不超过"];
    let rows_of_table = scopes.iter().map(cells).collect();
    let table = ChartTable { headings: headings.map(Into::into).into(), rows: rows_of_table };
    Some(Chart::stack(id, title, &rows).with_table(table))
}

/// Organs against domains.
pub fn crossing(
    id: &'static str,
    organs: &[Line],
    names: &HashMap<String, String>,
) -> Option<Chart> {
    let mut due: HashMap<&str, u32> = HashMap::new();
    for (domain, rate) in organs.iter().flat_map(|line| &line.figures.domains) {
        *due.entry(domain).or_default() += rate.whole;
    }
    let mut domains: Vec<(&str, u32)> = due.into_iter().collect();
    domains.sort_by_key(|(slug, due)| (std::cmp::Reverse(*due), *slug));
    domains.truncate(DOMAINS);
    let mut rows: Vec<&Line> =
        organs.iter().filter(|line| line.figures.kept.rate().whole > 0).collect();
    rows.sort_by_key(|line| std::cmp::Reverse(line.figures.kept.rate().whole));
    rows.truncate(MOST);
    if domains.len() < 2 || rows.len() < 2 {
        return None;
    }
    let of = |line: &Line, slug: &str| line.figures.domains.get(slug).copied().unwrap_or_default();
    // One late thing out of two is seen here: it is no rate, and no person stands behind it.
    let judge = |rate: Rate| match (rate.whole, rate.whole - rate.part) {
        (0, _) => Meets::Unsaid,
        (_, 0) => Meets::Yes,
        _ => Meets::No,
    };
    let missed = |line: &&&Line| domains.iter().any(|(slug, _)| judge(of(line, slug)) == Meets::No);
    let title = match rows.iter().filter(missed).count() {
        0 => format!("到期义务最多的 {} 个机关各领域都按时", rows.len()),
        some => format!("到期义务最多的 {} 个机关里，{some} 个有领域没有全部按时", rows.len()),
    };
    let name = |slug: &str| names.get(slug).cloned().unwrap_or_else(|| slug.to_owned());
    let columns: Vec<String> = domains.iter().map(|(slug, _)| name(slug)).collect();
    let drawn: Vec<HeatRow> = rows
        .iter()
        .map(|line| HeatRow {
            name: line.name.clone(),
            cells: domains.iter().map(|(slug, _)| HeatCell(judge(of(line, slug)))).collect(),
        })
        .collect();
    let cells = |line: &&Line| {
        let rates = domains.iter().map(|(slug, _)| match of(line, slug) {
            Rate { whole: 0, .. } => "—".to_owned(),
            rate => format!("{}/{}", rate.part, rate.whole),
        });
        [line.name.clone()].into_iter().chain(rates).collect()
    };
    let headings = ["机关".to_owned()].into_iter().chain(columns.iter().cloned()).collect();
    let table = ChartTable { headings, rows: rows.iter().map(cells).collect() };
    Some(Chart::heat(id, title, &columns, &drawn).with_table(table))
}
