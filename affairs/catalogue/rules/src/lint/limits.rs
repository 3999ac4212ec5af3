//! Statutory limits by which information must be published, and items whose 公开时限 is longer.

use law::{CalendarDays, Dated, Enacted, Provision, WorkingDays, article, day, document};

use crate::lint::{Finding, Weight};
use crate::{Item, Method, TimeLimit, TimeLimitKind};

/// 自政府信息形成或者变更之日起20个工作日内.
const GENERAL: Dated<WorkingDays> =
    Dated::since(&[(day(2019, 5, 15), WorkingDays(20), article("政府信息公开条例", 26))]);

/// A reply to a request.
const ON_REQUEST: Dated<WorkingDays> = Dated::since(&[(
    day(2019, 5, 15),
    WorkingDays(20),
    article("政府信息公开条例", 33).paragraph(2),
)]);

/// Decisions on 行政许可 and 行政处罚.
const DECISIONS: Dated<WorkingDays> =
    Dated::since(&[(day(2018, 12, 5), WorkingDays(7), document("国办发〔2018〕118号"))]);

/// 社会救助 and 养老服务, from making or obtaining the information. Of the letter only the year is
/// known here, by its number.
const ASSISTANCE: Dated<WorkingDays> =
    Dated::since(&[(day(2019, 1, 1), WorkingDays(10), document("民办函〔2019〕52号"))]);

/// 中标、成交结果 of government procurement.
const PROCUREMENT: Dated<WorkingDays> =
    Dated::since(&[(day(2015, 3, 1), WorkingDays(2), article("政府采购法实施条例", 43))]);

/// 征收土地公告, from receiving the approval.
const EXPROPRIATION: Dated<WorkingDays> =
    Dated::since(&[(day(2021, 9, 1), WorkingDays(15), article("土地管理法实施条例", 31))]);

/// Budgets and final accounts, from their approval: calendar days.
const BUDGET: Dated<CalendarDays> =
    Dated::since(&[(day(2015, 1, 1), CalendarDays(20), article("预算法", 14))]);

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

/// What is to be said about the item's 公开时限.
pub(super) fn check(at: usize, item: &Item, domain: Option<&str>) -> Option<Finding> {
    let limit = item.time_limit.as_ref()?;
    if domain == Some("财政预决算") {
        return budget(at, item, limit);
    }
    let Enacted { value: allowed, basis } = allowed(item, domain)?;
    let warn = |basis: Provision| Finding::about(at, item, Weight::Warning, basis);
    match (limit.kind, limit.amount) {
        (TimeLimitKind::WorkingDays, Some(days)) if days > allowed.0 => Some(warn(basis).saying(
            format!("公开时限为{days}个工作日，长于{}个工作日", allowed.0),
            "核对依据；没有另外规定的，改为不超过规定的工作日数",
        )),
        (TimeLimitKind::CalendarDays, Some(days)) if days > allowed.0 => Some(warn(basis).saying(
            format!("公开时限为{days}日（自然日），规定为{}个工作日，两者不能换算", allowed.0),
            "核对依据；应按工作日计算的，改为工作日",
        )),
        (TimeLimitKind::Other, _) => Some(warn(basis).saying(
            format!("公开时限“{}”没有可以计算的期限", item.time_limit_raw),
            "核对原文；有明确期限的，写明起算事件和天数",
        )),
        _ => None,
    }
}

/// The shortest limit that may hold for the item, as the law now stands.
fn allowed(item: &Item, domain: Option<&str>) -> Option<Enacted<WorkingDays>> {
    let only_on_request = item.methods == [Method::OnRequest];
    let general = if only_on_request { &ON_REQUEST } else { &GENERAL };
    let special = SPECIAL.iter().filter(|special| special.covers(item, domain));
    special
        .filter(|_| !only_on_request)
        .map(|special| &special.limit)
        .chain([general])
        .filter_map(newest)
        .min_by_key(|enacted| enacted.value.0)
}

/// A catalogue is checked against the newest version: it is to be put in force from now on.
fn newest<T: Copy>(dated: &Dated<T>) -> Option<Enacted<T>> {
    dated.versions().last().map(|(_, enacted)| enacted)
}

/// Budgets are published within calendar days of their approval.
fn budget(at: usize, item: &Item, limit: &TimeLimit) -> Option<Finding> {
    let Enacted { value: allowed, basis } = newest(&BUDGET)?;
    let is_longer = match (limit.kind, limit.amount) {
        (TimeLimitKind::WorkingDays, Some(days)) => days >= allowed.0,
        (TimeLimitKind::CalendarDays, Some(days)) => days > allowed.0,
        _ => false,
    };
    is_longer.then(|| {
        Finding::about(at, item, Weight::Warning, basis).saying(
            format!(
                "公开时限“{}”长于批准后{}日（自然日，不是工作日）",
                item.time_limit_raw, allowed.0
            ),
            "改为批准或者批复后的自然日数",
        )
    })
}
