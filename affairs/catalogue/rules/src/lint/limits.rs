//! Statutory limits by which information must be published, and items whose 公开时限 is longer.

use law::{CalendarDays, Date, Dated, Enacted, Provision, WorkingDays, article, day, document};
use records_rules::DISCLOSURE_PERIOD;

use super::finding::{Finding, Row, Rule};
use crate::{Item, Method, TimeLimitKind};

/// A reply to a request.
const ON_REQUEST: Dated<WorkingDays> = Dated::since(&[(
    day(2019, 5, 15),
    WorkingDays(20),
    article("政府信息公开条例", 33).paragraph(2),
)]);

/// Decisions on 行政许可 and 行政处罚.
pub const DECISIONS: Dated<WorkingDays> =
    Dated::since(&[(day(2018, 12, 5), WorkingDays(7), document("国办发〔2018〕118号"))]);

/// 社会救助 and 养老服务, from making or obtaining the information. Its first day is not settled: of the
/// letter only the year is known here, by its number, so the last day of that year stands for it and
/// nobody is held to it too early (docs/readings/013).
pub const ASSISTANCE: Dated<WorkingDays> =
    Dated::since(&[(day(2019, 12, 31), WorkingDays(10), document("民办函〔2019〕52号"))]);

/// 中标、成交结果 of government procurement.
pub const PROCUREMENT: Dated<WorkingDays> =
    Dated::since(&[(day(2015, 3, 1), WorkingDays(2), article("政府采购法实施条例", 43))]);

/// 征收土地公告, from receiving the approval.
pub const EXPROPRIATION: Dated<WorkingDays> =
    Dated::since(&[(day(2021, 9, 1), WorkingDays(15), article("土地管理法实施条例", 31))]);

/// Budgets and final accounts, from their approval: calendar days.
pub const BUDGET: Dated<CalendarDays> =
    Dated::since(&[(day(2015, 1, 1), CalendarDays(20), article("预算法", 14))]);

/// The domain whose limits count from an approval.
const BUDGETS: &str = "财政预决算";

/// A limit that holds for items of a domain whose names contain one of the words.
struct Special {
    domains: &'static [&'static str],
    words: &'static [&'static str],
    limit: Dated<WorkingDays>,
}

const SPECIAL: [Special; 4] = [
    Special {
        domains: &[],
        words: &["行政处罚决定", "行政许可决定", "处罚结果", "许可结果"],
        limit: DECISIONS,
    },
    Special { domains: &["社会救助", "养老服务"], words: &[], limit: ASSISTANCE },
    Special {
        domains: &["公共资源交易"],
        words: &["中标、成交结果", "成交结果公告", "中标结果公告"],
        limit: PROCUREMENT,
    },
    Special {
        domains: &["农村集体土地征收"], words: &["征收土地公告"], limit: EXPROPRIATION
    },
];

impl Special {
    fn covers(&self, item: &Item, domain: Option<&str>) -> bool {
        let mut texts = [&item.level2, &item.level3].into_iter().flatten().chain(&item.elements);
        let in_domain =
            self.domains.is_empty() || domain.is_some_and(|domain| self.domains.contains(&domain));
        let speaks = self.words.is_empty()
            || texts.any(|text| self.words.iter().any(|word| text.contains(word)));
        in_domain && speaks
    }
}

/// What is to be said about the item's 公开时限 under the law of that day, or the newest.
pub(super) fn check(row: &Row<'_>, day: Option<Date>) -> Option<Finding> {
    let budget = row.domain == Some(BUDGETS);
    let general = || allowed(row, day).map(|allowed| allowed.basis);
    let limit = row.item.time_limit.as_ref()?;
    match limit.kind {
        TimeLimitKind::Other if budget => unreadable(row, in_force(&BUDGET, day)?.basis),
        TimeLimitKind::Other => unreadable(row, general()?),
        _ if budget => longer_than_budgets(row, day),
        _ => longer(row, allowed(row, day)?),
    }
}

fn unreadable(row: &Row<'_>, basis: Provision) -> Option<Finding> {
    let message = format!("公开时限“{}”没有可以计算的期限", row.item.time_limit_raw);
    let remedy = "核对原文；有明确期限的，写明起算事件和天数";
    Some(row.finding(Rule::UnreadableLimit, message, remedy).resting_on(basis))
}

fn longer(row: &Row<'_>, allowed: Enacted<WorkingDays>) -> Option<Finding> {
    let limit = row.item.time_limit.as_ref()?;
    let (most, days) = (allowed.value.0, limit.amount?);
    let (message, remedy) = match limit.kind {
        TimeLimitKind::WorkingDays if days > most => (
            format!("公开时限为{days}个工作日，长于{most}个工作日"),
            "核对依据；没有另外规定的，改为不超过规定的工作日数",
        ),
        TimeLimitKind::CalendarDays if days > most => (
            format!("公开时限为{days}日（自然日），规定为{most}个工作日，两者不能换算"),
            "核对依据；应按工作日计算的，改为工作日",
        ),
        _ => return None,
    };
    Some(row.finding(Rule::LongerLimit, message, remedy).resting_on(allowed.basis))
}

/// The shortest limit that may hold for the item.
fn allowed(row: &Row<'_>, day: Option<Date>) -> Option<Enacted<WorkingDays>> {
    let only_on_request = row.item.methods == [Method::OnRequest];
    let general = if only_on_request { &ON_REQUEST } else { &DISCLOSURE_PERIOD };
    let special = SPECIAL.iter().filter(|special| special.covers(row.item, row.domain));
    special
        .filter(|_| !only_on_request)
        .map(|special| &special.limit)
        .chain([general])
        .filter_map(|limit| in_force(limit, day))
        .min_by_key(|enacted| enacted.value.0)
}

/// The version of that day; without a day the newest.
fn in_force<T: Copy>(dated: &Dated<T>, day: Option<Date>) -> Option<Enacted<T>> {
    match day {
        Some(day) => dated.on(day).ok(),
        None => dated.versions().last().map(|(_, enacted)| enacted),
    }
}

/// Budgets are published within calendar days of their approval.
fn longer_than_budgets(row: &Row<'_>, day: Option<Date>) -> Option<Finding> {
    let Enacted { value: allowed, basis } = in_force(&BUDGET, day)?;
    let limit = row.item.time_limit.as_ref()?;
    let is_longer = match (limit.kind, limit.amount) {
        (TimeLimitKind::WorkingDays, Some(days)) => days >= allowed.0,
        (TimeLimitKind::CalendarDays, Some(days)) => days > allowed.0,
        _ => false,
    };
    let raw = &row.item.time_limit_raw;
    let message = format!("公开时限“{raw}”长于批准后{}日（自然日，不是工作日）", allowed.0);
    let remedy = "改为批准或者批复后的自然日数";
    is_longer.then(|| row.finding(Rule::LongerLimit, message, remedy).resting_on(basis))
}
