use super::time_limit;
use crate::DayUnit::{self, CalendarDays, WorkingDays};
use crate::TimeLimitKind as Kind;

#[test]
fn published_limits_become_data() {
    for (words, kind, amount, anchor) in [
        ("信息形成或变更之日起20个工作日内", Kind::WorkingDays, Some(20), Some("形成或变更")),
        (
            "自该政府信息形成或者变更之日起20个工作日内及时公开",
            Kind::WorkingDays,
            Some(20),
            Some("形成或者变更"),
        ),
        ("信息形成（变更）20个工作日内", Kind::WorkingDays, Some(20), Some("形成（变更）")),
        ("信息形成或变更之日起二十个工作日内", Kind::WorkingDays, Some(20), Some("形成或变更")),
        ("信息形成或变更之日起20工作日内", Kind::WorkingDays, Some(20), Some("形成或变更")),
        ("信息形成之后20个工作日内", Kind::WorkingDays, Some(20), Some("形成")),
        (
            "制定或获取信息之日起10个工作日内，公示7个工作日",
            Kind::WorkingDays,
            Some(10),
            Some("制定或获取"),
        ),
        (
            "制定或获取备案政策之日起10个工作日内",
            Kind::WorkingDays,
            Some(10),
            Some("制定或获取备案政策"),
        ),
        (
            "作出行政决定之日起7个工作日内（另有规定从其规定）",
            Kind::WorkingDays,
            Some(7),
            Some("作出行政决定"),
        ),
        ("自收到申请之日起20个工作日内", Kind::WorkingDays, Some(20), Some("收到申请")),
        (
            "行政处罚决定形成之日起20个工作日内",
            Kind::WorkingDays,
            Some(20),
            Some("行政处罚决定形成"),
        ),
        (
            "本级人大或其常委会批准后20日内",
            Kind::CalendarDays,
            Some(20),
            Some("本级人大或其常委会批准"),
        ),
        (
            "自该信息形成或变更之日起30日内（另有规定除外）",
            Kind::CalendarDays,
            Some(30),
            Some("形成或变更"),
        ),
        ("经人大批准后，20日内", Kind::CalendarDays, Some(20), Some("经人大批准")),
        ("合同签订之日起2个工作日", Kind::WorkingDays, Some(2), Some("合同签订")),
        (
            "中标、成交供应商确定之日起2个工作日内，公告期限1个工作日",
            Kind::WorkingDays,
            Some(2),
            Some("中标、成交供应商确定"),
        ),
        ("7个工作日", Kind::WorkingDays, Some(7), None),
        ("20个工作日内，保持长期公开", Kind::WorkingDays, Some(20), None),
        ("执法决定7个工作日内；其他20个工作日内", Kind::WorkingDays, Some(20), None),
        ("除处罚决定外：长期公开（动态调整）；处罚决定：20个工作日内", Kind::LongTerm, None, None),
        (
            "信息形成20个工作日内公开；行政许可、行政处罚事项自决定之日起7个工作日内公示",
            Kind::WorkingDays,
            Some(20),
            Some("形成"),
        ),
        ("批前公示不少于30日；批后20个工作日内公布", Kind::WorkingDays, Some(20), Some("批")),
        ("组织听证7个工作日前", Kind::BeforeEvent, Some(7), Some("组织听证")),
        (
            "①听证通知书在组织听证7个工作日前；②其他听证内容依申请",
            Kind::BeforeEvent,
            Some(7),
            Some("组织听证"),
        ),
        ("投标截止时间至少15日前", Kind::BeforeEvent, Some(15), Some("投标截止时间")),
        ("实时公开", Kind::Realtime, None, None),
        ("按进展情况及时公开", Kind::Timely, None, None),
        ("及时公开，公告期限5个工作日", Kind::Timely, None, None),
        ("每年年初", Kind::Periodic, None, None),
        ("每年1月31日前", Kind::Periodic, None, None),
        ("每季度", Kind::Periodic, None, None),
        ("半年至少更新1次", Kind::Periodic, None, None),
        ("长期", Kind::LongTerm, None, None),
        ("永久公开", Kind::LongTerm, None, None),
        ("随采购公告、采购文件公开", Kind::Other, None, None),
    ] {
        let limit = time_limit(words).unwrap_or_else(|| panic!("{words}: no limit"));
        assert_eq!(
            (limit.kind, limit.amount, limit.anchor.as_deref()),
            (kind, amount, anchor),
            "{words}"
        );
    }
}

#[test]
fn posting_periods_and_exceptions_stand_beside_the_limit() {
    for (words, notice, otherwise) in [
        ("制定或获取信息之日起10个工作日内，公示7个工作日", Some((7, WorkingDays)), false),
        ("及时公开，公示不少于5日", Some((5, CalendarDays)), false),
        ("信息形成之日起20个工作日内；征求意见期限不得少于30日", Some((30, CalendarDays)), false),
        ("20个工作日内（法律法规另有规定的从其规定）", None, true),
        ("20个工作日内", None, false),
    ] {
        let limit = time_limit(words).unwrap_or_else(|| panic!("{words}: no limit"));
        let found: Option<(u32, DayUnit)> = limit.notice.map(|period| (period.amount, period.unit));
        assert_eq!((found, limit.unless_otherwise_provided), (notice, otherwise), "{words}");
    }
}

#[test]
fn an_empty_cell_or_a_dash_is_no_limit() {
    for words in ["", " ", "—", "/"] {
        assert_eq!(time_limit(words), None);
    }
}
