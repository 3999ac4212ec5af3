//! What a limit is counted from: the information's own coming to be, or something else that happens
//! (docs/readings/016).

use crate::{TimeLimit, TimeLimitKind};

/// What a limit is counted from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    /// The information's own coming to be or change: what no event can put off.
    Itself,
    /// Something else that happens: 批准, 收到批准文件, 合同签订.
    Event,
    /// Something that is still to come, before which the information is due.
    Ahead,
}

/// Words for the coming to be or the change of information.
const COMING_TO_BE: [&str; 8] = ["形成", "变更", "制定", "制作", "获取", "更新", "产生", "生成"];

/// Words for what others do, whatever else stands beside them.
const BY_OTHERS: [&str; 3] = ["批准", "批复", "收到"];

impl Anchor {
    /// What the limit is counted from; a limit that says nothing of it, and no limit at all, from the
    /// information itself.
    pub(super) fn of(limit: Option<&TimeLimit>) -> Self {
        let Some(limit) = limit else { return Self::Itself };
        if limit.kind == TimeLimitKind::BeforeEvent {
            return Self::Ahead;
        }
        let Some(words) = &limit.anchor else { return Self::Itself };
        let names = |all: &[&str]| all.iter().any(|one| words.contains(one));
        if names(&COMING_TO_BE) && !names(&BY_OTHERS) { Self::Itself } else { Self::Event }
    }

    /// Whether the limit is counted from an approval.
    pub(super) fn is_approval(limit: &TimeLimit) -> bool {
        limit.anchor.as_ref().is_some_and(|words| words.contains("批准") || words.contains("批复"))
    }
}

#[cfg(test)]
mod tests {
    use super::Anchor;
    use crate::TimeLimit;

    #[test]
    fn a_limit_runs_from_the_information_itself_unless_it_names_something_else() {
        for (words, anchor) in [
            ("", Anchor::Itself),
            ("20个工作日", Anchor::Itself),
            ("信息形成或变更之日起20个工作日内", Anchor::Itself),
            ("制定或获取扶持政策措施之日起10个工作日内", Anchor::Itself),
            ("行政处罚决定形成之日起20个工作日内", Anchor::Itself),
            ("及时公开", Anchor::Itself),
            ("长期", Anchor::Itself),
            ("视情况", Anchor::Itself),
            ("本级人大或其常委会批准后20日内", Anchor::Event),
            ("本级政府财政部门批复后20日内", Anchor::Event),
            ("收到征地批准文件之日起10个工作日内", Anchor::Event),
            ("合同签订之日起2个工作日内", Anchor::Event),
            ("作出行政决定之日起7个工作日内", Anchor::Event),
            ("组织听证7个工作日前", Anchor::Ahead),
        ] {
            assert_eq!(Anchor::of(TimeLimit::read(words).as_ref()), anchor, "{words}");
        }
    }
}
