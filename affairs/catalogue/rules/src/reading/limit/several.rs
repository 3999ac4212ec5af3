//! A cell with several limits: which are beside the general one, and what each is for.

use super::{Days, Part};
use crate::{ScopedLimit, TimeLimit, TimeLimitKind};

/// Puts the other limits beside the chosen one: 长期 as a word that what was published stays, any
/// other with what it is for.
pub(super) fn beside<'a>(
    limit: &mut TimeLimit,
    parts: impl Iterator<Item = &'a Part>,
    chosen: &Part,
) {
    for part in parts.filter(|part| !std::ptr::eq(*part, chosen)) {
        let long_term = part.limit.kind == TimeLimitKind::LongTerm;
        if long_term && part.scope.is_empty() {
            limit.long_term = true;
        } else {
            limit.also.push(ScopedLimit { scope: part.scope.clone(), limit: part.limit.clone() });
        }
    }
}

/// What a clause is for: what stands before its colon, else before its 自…之日起 or its event.
pub(super) fn scope(before_colon: Option<&str>, content: &str, found: Option<&Days<'_>>) -> String {
    if let Some(scope) = before_colon {
        return tidy(scope);
    }
    let Some(days) = found else { return String::new() };
    let before = days.before;
    let event = ["自", "从", "于", "在"].iter().filter_map(|word| before.find(word)).min();
    let head = match event {
        Some(at) if at > 0 => &before[..at],
        Some(_) => "",
        None => before,
    };
    // 其他 is the general part, and the usual beginning of a period is no scope
    let usual = ["信息", "形成", "变更", "制定", "获取", "制作", "其他", "其它", "一般"];
    if content.starts_with('每') || usual.iter().any(|word| head.starts_with(word)) {
        return String::new();
    }
    tidy(head)
}

fn tidy(scope: &str) -> String {
    let ends = ["作出后", "之日起", "之日", "至少", "最迟", "最晚", "后", "起", "不超过"];
    super::cut(scope.trim(), &ends, false).trim_matches(['，', '、', '；', ' ']).to_owned()
}
