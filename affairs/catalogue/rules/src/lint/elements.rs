//! The eight elements every 公开事项 has (名称、内容、依据、时限、主体、方式、渠道、公开对象), and
//! boxes ticked in a way that says nothing.

use super::finding::{Finding, Row, Rule};
use crate::Method;

/// What the item lacks, and what its boxes leave open.
pub(super) fn check<'a>(row: &'a Row<'a>) -> impl Iterator<Item = Finding> + 'a {
    missing(row).chain(both_methods(row)).chain(unnamed_channel(row))
}

fn missing<'a>(row: &'a Row<'a>) -> impl Iterator<Item = Finding> + 'a {
    let item = row.item;
    let named = item.level1.is_some() || item.level2.is_some();
    let elements = [
        (named, Rule::NoName, "公开事项名称", "填写一级事项和二级事项"),
        (!item.elements.is_empty(), Rule::NoContent, "公开内容（要素）", "逐条列出公开的内容"),
        (
            !item.basis.is_empty(),
            Rule::NoBasis,
            "公开依据",
            "写明法律、法规、规章或者文件的名称和文号",
        ),
        (
            item.time_limit.is_some(),
            Rule::NoLimit,
            "公开时限",
            "写明时限；没有特别规定的，按信息形成或者变更之日起的一般时限",
        ),
        (!item.subjects.is_empty(), Rule::NoBody, "公开主体", "写明负责公开的机关"),
        (!item.methods.is_empty(), Rule::NoMethod, "公开方式", "勾选主动公开或者依申请公开"),
        (!item.channels.is_empty(), Rule::NoChannel, "公开渠道和载体", "至少勾选一个渠道"),
        (!item.audience.is_empty(), Rule::NoAudience, "公开对象", "勾选全社会或者特定群体"),
    ];
    let lacking = elements.into_iter().filter(|(is_there, ..)| !is_there);
    lacking.map(|(_, rule, element, remedy)| row.finding(rule, format!("缺少{element}"), remedy))
}

fn both_methods(row: &Row<'_>) -> Option<Finding> {
    let ticked = |method| row.item.methods.contains(&method);
    (ticked(Method::Proactive) && ticked(Method::OnRequest)).then(|| {
        let remedy = "只保留一种；两种情形都有的，拆成两个事项";
        row.finding(Rule::BothMethods, "同时勾选了主动公开和依申请公开", remedy)
    })
}

fn unnamed_channel(row: &Row<'_>) -> Option<Finding> {
    let other = row.item.channels.iter().any(crate::Channel::is_other);
    let named = row.item.channels_other.as_deref().is_some_and(|name| !name.trim().is_empty());
    (other && !named).then(|| {
        let remedy = "写出是哪个平台或者载体，或者取消勾选";
        row.finding(Rule::UnnamedChannel, "勾选了“其他”，没有写是什么渠道", remedy)
    })
}
