//! How well a cell's text fits a column: for putting cells into columns where their places were
//! lost, and for telling columns apart where headings are missing.

use crate::TimeLimitKind;
use crate::reading::boxes::{Crossed, glyph};
use crate::reading::channel_cells::{channels, names_in};
use crate::reading::columns::Role;
use crate::reading::limit::time_limit;
use crate::reading::markers::marker_at;
use crate::reading::marks::{names_audience, names_method};
use crate::reading::text::{bare, is_dash, is_same_as_above};

/// A longer text that names a channel or two is about something else.
const LONGEST_CHANNELS: usize = 120;

/// What a text looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Look {
    Blank,
    /// A number standing alone.
    Number,
    /// A tick or an empty box, with few words or none.
    Tick,
    Dash,
    Ditto,
    /// Channels, with boxes or without.
    Channels,
    /// Titles of laws and documents.
    Basis,
    Limit,
    Audience,
    Method,
    /// The name of a body.
    Body,
    /// A list of parts.
    List,
    /// A short text with a number in front: a name, or a list of one.
    Numbered,
    /// A short text without any of these signs.
    Name,
    /// A longer one.
    Words,
}

/// What the text looks like, by its most telling sign.
pub(crate) fn look(text: &str) -> Look {
    let plain = bare(text);
    let len = plain.chars().count();
    if len == 0 {
        return Look::Blank;
    }
    if is_number(&plain) {
        return Look::Number;
    }
    if matches!(plain.as_str(), "是" | "否" | "有" | "Y" | "N" | "y" | "v" | "V" | "t") {
        return Look::Tick;
    }
    let boxes = text.chars().filter(|c| glyph(*c).is_some()).count();
    if boxes > 0
        && names_in(text) == 0
        && len <= 16
        && plain.chars().next().and_then(glyph).is_some()
        && !names_audience(text)
        && !names_method(text)
    {
        return if boxes == 1 || len == boxes { Look::Tick } else { Look::List };
    }
    if is_dash(text) {
        return Look::Dash;
    }
    if is_same_as_above(text) {
        return Look::Ditto;
    }
    if is_channels(text, boxes) {
        return Look::Channels;
    }
    if len <= 30
        && (names_audience(text) || plain.contains("利害关系人") || plain.contains("当事人"))
    {
        return Look::Audience;
    }
    if len <= 16 && names_method(text) {
        return Look::Method;
    }
    by_words(text, &plain, len)
}

fn by_words(text: &str, plain: &str, len: usize) -> Look {
    if is_basis(plain) {
        return Look::Basis;
    }
    if len <= 80 && is_limit(text, plain) {
        return Look::Limit;
    }
    if is_list(text) {
        return Look::List;
    }
    let chars: Vec<char> = text.trim().chars().take(8).collect();
    if marker_at(&chars, 0).is_some_and(|(_, len)| len < chars.len()) {
        return Look::Numbered;
    }
    if len <= 40 && is_body(text) {
        return Look::Body;
    }
    if len <= 24 { Look::Name } else { Look::Words }
}

fn is_number(plain: &str) -> bool {
    let plain = plain.trim_matches(['(', ')', '.', '、']);
    let digits =
        plain.len() <= 6 && plain.chars().all(|c| c.is_ascii_digit() || c == '.' || c == '-');
    let han =
        plain.chars().count() <= 3 && plain.chars().all(|c| "一二三四五六七八九十".contains(c));
    !plain.is_empty() && plain.chars().any(char::is_alphanumeric) && (digits || han)
}

fn is_channels(text: &str, boxes: usize) -> bool {
    let names = names_in(text);
    if names >= 3 || (boxes > 0 && names >= 1) {
        return true;
    }
    if bare(text).chars().count() > LONGEST_CHANNELS {
        return false;
    }
    let read = channels(text, Crossed::default());
    let known = read.checked.iter().filter(|channel| !channel.is_other()).count();
    known >= 1 && known >= read.others.len()
}

fn is_basis(plain: &str) -> bool {
    let titled = plain.contains('《') && plain.contains('》');
    let numbered = plain.contains("号)")
        && (plain.contains("令第") || plain.contains("(20") || plain.contains("(19"));
    let law = ["法", "条例", "办法", "规定", "意见", "通知"]
        .iter()
        .any(|end| plain.ends_with(end) && plain.starts_with("中华人民共和国"));
    let named =
        plain.starts_with("关于") || plain.starts_with("国务院") || plain.starts_with("中共中央");
    let document =
        ["意见", "通知", "办法", "规定", "条例", "方案"].iter().any(|end| plain.ends_with(end));
    titled
        || numbered
        || law
        || (named && document)
        || (plain.ends_with("号)") && plain.chars().count() > 8)
}

fn is_limit(text: &str, plain: &str) -> bool {
    let short_words = [
        "实时公开",
        "及时公开",
        "长期公开",
        "永久公开",
        "实时",
        "及时",
        "长期",
        "永久",
        "常年",
        "定期",
        "按进展情况及时公开",
    ];
    if short_words.contains(&plain) {
        return true;
    }
    let ends = ["公开", "公布", "公示", "公告"].iter().any(|end| plain.ends_with(end));
    let event = ["随", "时", "后", "前", "同步"].iter().any(|word| plain.contains(word));
    if ends && event {
        return true;
    }
    let signs = [
        "工作日",
        "日内",
        "日前",
        "个月内",
        "之日起",
        "每年",
        "每季",
        "每月",
        "半年",
        "年初",
        "长期公开",
        "及时公开",
        "实时公开",
    ];
    signs.iter().any(|sign| plain.contains(sign))
        && time_limit(text).is_some_and(|limit| limit.kind != TimeLimitKind::Other)
}

fn is_list(text: &str) -> bool {
    let chars: Vec<char> = text.trim().chars().collect();
    let marked = marker_at(&chars, 0).is_some_and(|(_, len)| len < chars.len())
        && (text.contains(['；', ';', '\n']) || chars.len() > 12);
    marked || text.contains(['；', ';']) || text.matches('、').count() >= 3
}

/// Words with which the names of public bodies end.
const BODY_ENDS: [&str; 24] = [
    "局",
    "部门",
    "政府",
    "办事处",
    "委员会",
    "机关",
    "中心",
    "单位",
    "办公室",
    "机构",
    "委",
    "厅",
    "所",
    "分局",
    "街道",
    "镇",
    "办",
    "站",
    "署",
    "院",
    "公司",
    "部",
    "处",
    "村委会",
];

/// Whether the text ends as the names of public bodies do.
pub(crate) fn is_body(plain: &str) -> bool {
    let plain = bare(plain);
    let core = plain.split('(').next().unwrap_or(&plain);
    let ends = |text: &str| BODY_ENDS.iter().any(|end| text.ends_with(end));
    core.chars().count() >= 2
        && (ends(core)
            || plain
                .split(['、', ';', ','])
                .all(|part| ends(part.split('(').next().unwrap_or(part))))
}

/// How well a text of this look fits a column, from about −16 to 16.
pub(crate) fn fit(role: &Role, look: Look) -> i32 {
    if role.is_tick() {
        return match look {
            Look::Blank | Look::Tick => 6,
            Look::Dash => 2,
            Look::Audience if matches!(role, Role::CertainGroup | Role::WholeSociety) => 3,
            Look::Method if matches!(role, Role::Proactive | Role::OnRequest) => 3,
            Look::Name if *role == Role::CertainGroup => -4,
            _ => -16,
        };
    }
    match (role, look) {
        (Role::Seq, Look::Number)
        | (Role::Limit, Look::Limit)
        | (Role::Audience | Role::AudienceAndMethods, Look::Audience)
        | (Role::Methods | Role::AudienceAndMethods, Look::Method) => 12,
        (Role::Channels, Look::Channels) => 16,
        (Role::Basis, Look::Basis) => 10,
        (Role::Elements, Look::List) => 8,
        (Role::Elements, Look::Numbered) => 6,
        (Role::Level(_), Look::Numbered) => 3,
        (Role::Subject, Look::Body) => 7,
        (_, Look::Blank) => blank(role),
        (Role::Extra, _) => {
            if matches!(look, Look::Tick | Look::Channels | Look::Basis) {
                -8
            } else {
                1
            }
        }
        (_, Look::Ditto) => {
            if role.may_be_merged() || *role == Role::Elements {
                3
            } else {
                -2
            }
        }
        (Role::Level(2 | 3), Look::Dash) => 6,
        (_, Look::Dash) => 1,
        (Role::Level(_), Look::Name | Look::Body) => 5,
        (Role::Level(_), Look::Audience | Look::Method | Look::Words | Look::Basis) => 1,
        (Role::Elements, Look::Words) => 5,
        (Role::Elements, Look::Name | Look::Basis | Look::Body) => 3,
        (Role::Subject, Look::Name | Look::List) => 2,
        (Role::Basis, Look::Words | Look::Name) => 0,
        (Role::Domain, Look::Name) => 2,
        (Role::Levels | Role::Stages, Look::Name) => 2,
        (Role::Level(_), Look::List) => -5,
        (_, Look::Number | Look::Tick | Look::Channels) => -14,
        _ => -5,
    }
}

const fn blank(role: &Role) -> i32 {
    match role {
        Role::Extra => 2,
        Role::Elements => -6,
        Role::Seq | Role::Level(_) => -3,
        _ => -1,
    }
}

#[cfg(test)]
mod tests {
    use super::{Look, look};

    #[test]
    fn cells_are_known_by_their_look() {
        for (text, expected) in [
            ("12", Look::Number),
            ("√", Look::Tick),
            ("√（利害关系人）", Look::Tick),
            ("□", Look::Tick),
            ("—", Look::Dash),
            ("同上", Look::Ditto),
            ("■政府网站 □政府公报", Look::Channels),
            ("政府网站、便民服务站", Look::Channels),
            ("政府网站", Look::Channels),
            ("《中华人民共和国土地管理法》", Look::Basis),
            ("中华人民共和国动物防疫法、动物防疫等补助经费管理办法", Look::Basis),
            ("信息形成或变更之日起20个工作日内", Look::Limit),
            ("按进展情况及时公开", Look::Limit),
            ("全社会", Look::Audience),
            ("特定群体（利害关系人）", Look::Audience),
            ("主动公开、依申请公开", Look::Method),
            ("县级农业农村部门", Look::Body),
            ("县级政府民政部门、乡镇政府（街道办事处）", Look::Body),
            ("机构名称；开放时间", Look::List),
            ("农机购置补贴", Look::Name),
            ("", Look::Blank),
        ] {
            assert_eq!(look(text), expected, "{text}");
        }
    }
}
