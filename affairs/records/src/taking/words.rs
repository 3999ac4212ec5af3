//! Small things of old sites: days as they are written, kinds of document as titles end, names of files.

use law::Date;

use super::Stated;

/// A day as old sites write it: 20240204, 2024-02-04 09:30, 2024年2月4日, 2024/2/4. Year and month alone,
/// or anything else, is kept as it stands.
pub(super) fn day(text: &str) -> Stated {
    let text = text.trim();
    if text.is_empty() || matches!(text, "无" | "-" | "--") {
        return Stated::Not;
    }
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    let found = match text.len() {
        8 if digits => date(&text[..4], &text[4..6], &text[6..]),
        _ if digits => None,
        _ => first_day(text),
    };
    found.map_or_else(|| Stated::Partly(text.chars().take(20).collect()), Stated::On)
}

/// The first day that a text writes out with its parts told apart.
pub(super) fn first_day(text: &str) -> Option<Date> {
    let head: String = text.chars().take(200).collect();
    let parts: Vec<&str> =
        head.split(|one: char| !one.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    parts.windows(3).find_map(|window| match window {
        [year, month, day] if year.len() == 4 => date(year, month, day),
        _ => None,
    })
}

/// The day in an address such as `/202402/t20240204_86860.htm`.
pub(super) fn day_in_address(path: &str) -> Option<Date> {
    let rest = path.rsplit('/').next()?.strip_prefix('t')?;
    let digits = rest.get(..8).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))?;
    let ends = rest.as_bytes().get(8).is_some_and(|byte| !byte.is_ascii_digit());
    ends.then(|| date(&digits[..4], &digits[4..6], &digits[6..])).flatten()
}

fn date(year: &str, month: &str, day: &str) -> Option<Date> {
    let year: i16 = year.parse().ok().filter(|year| (1949..=2099).contains(year))?;
    Date::new(year, month.parse().ok()?, day.parse().ok()?).ok()
}

/// What follows a label in running text: `文号：厦府办〔2020〕67号 主题词：…`, up to a blank or a line's end.
pub(super) fn labelled<'a>(text: &'a str, labels: &[&str]) -> Option<&'a str> {
    const BLANK: [char; 3] = [' ', '　', '\u{a0}'];
    labels.iter().find_map(|label| {
        let rest = text.split_once(label)?.1.trim_start_matches(BLANK);
        let rest = rest.strip_prefix(['：', ':'])?.trim_start_matches(BLANK);
        let end = rest.find(['\n', ' ', '　', '\u{a0}', '|']).unwrap_or(rest.len());
        rest.get(..end).filter(|value| !value.is_empty())
    })
}

/// The kinds that a title's last words tell, the longer before the shorter.
const ENDINGS: [(&str, &str); 17] = [
    ("会议纪要", "纪要"),
    ("年度报告", "年度报告"),
    ("通知", "通知"),
    ("公告", "公告"),
    ("公示", "公示"),
    ("通告", "通告"),
    ("通报", "通报"),
    ("批复", "批复"),
    ("意见", "意见"),
    ("决定", "决定"),
    ("的函", "函"),
    ("方案", "方案"),
    ("规划", "规划"),
    ("预案", "预案"),
    ("解读", "解读"),
    ("指南", "指南"),
    ("目录", "目录"),
];

/// 体裁 by how a title ends; 其他 where it does not tell.
pub(super) fn genre(title: &str) -> &'static str {
    let bare = title.split(['(', '（']).next().unwrap_or(title).trim_end();
    let known = ENDINGS.iter().find(|(ending, _)| bare.ends_with(ending));
    known.map_or("其他", |(_, genre)| genre)
}

/// A file's name as readers may see it: without what a system would take for more than a name.
pub(super) fn file_name(name: &str) -> String {
    let more = |one: char| one.is_control() || "/\\:*?\"<>|[]".contains(one);
    let even: String = name.chars().map(|one| if more(one) { '_' } else { one }).collect();
    let even = even.trim().trim_matches('.').to_owned();
    match even.chars().count() {
        0 => "附件".to_owned(),
        1..=110 => even,
        _ => {
            let ending = even.rsplit_once('.').map(|(_, ending)| format!(".{ending}"));
            let ending = ending.filter(|ending| ending.len() <= 8).unwrap_or_default();
            even.chars().take(100).collect::<String>() + &ending
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_read_as_it_is_written_and_half_a_day_is_none() {
        let on = |year, month, day| Stated::On(law::day(year, month, day));
        for (text, found) in [
            ("20240204", on(2024, 2, 4)),
            ("2024-02-04", on(2024, 2, 4)),
            ("2024-02-04 09:30:00", on(2024, 2, 4)),
            ("2024年2月4日", on(2024, 2, 4)),
            ("2024/2/4", on(2024, 2, 4)),
            ("201201", Stated::Partly("201201".into())),
            ("2024-13-40", Stated::Partly("2024-13-40".into())),
            ("昨天", Stated::Partly("昨天".into())),
            ("", Stated::Not),
            ("无", Stated::Not),
        ] {
            assert_eq!(day(text), found, "{text}");
        }
        assert_eq!(day_in_address("/zwgk/202402/t20240204_86860.htm"), Some(law::day(2024, 2, 4)));
        for none in ["/zwgk/t2024.htm", "/a/20240204.htm", "/t202402041.htm", "/"] {
            assert_eq!(day_in_address(none), None, "{none}");
        }
    }

    #[test]
    fn kinds_labels_and_names_are_told() {
        assert_eq!(genre("关于印发《食品安全突发事件应急预案》的通知"), "通知");
        assert_eq!(genre("闲置校舍招租公告(第二次)"), "公告");
        assert_eq!(genre("工作实施方案"), "方案");
        assert_eq!(genre("计划停电"), "其他");
        let text = "索引号：X-1\n发文字号：厦府办〔2020〕67号 日期";
        assert_eq!(labelled(text, &["发文字号", "文号"]), Some("厦府办〔2020〕67号"));
        assert_eq!(labelled(text, &["主题词"]), None);
        assert_eq!(file_name("../a:b?.pdf"), "_a_b_.pdf");
        assert_eq!(file_name(".."), "附件");
    }
}
