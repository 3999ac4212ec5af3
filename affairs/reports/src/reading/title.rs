//! The title of a report taken apart: whose it is, and of which year (docs/readings/138).

use super::grid::plain;

/// A title taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Title {
    /// As it stands.
    pub(super) shown: String,
    /// The organ; empty where it names none.
    pub(super) unit: String,
    /// The year.
    pub(super) year: Option<i64>,
}

/// The years of a text in plain form: where they begin and end (`年` and `度` included), and which.
pub(super) fn years(plain: &str) -> Vec<(usize, usize, i64)> {
    let mut found = Vec::new();
    for (at, _) in plain.match_indices('年') {
        let before: Vec<(usize, char)> = plain[..at].char_indices().rev().take(4).collect();
        let digits: Option<Vec<i64>> = before.iter().rev().map(|(_, one)| digit(*one)).collect();
        let (Some(digits), Some((start, _))) = (digits, before.last()) else { continue };
        let year = digits.iter().fold(0, |year, digit| year * 10 + digit);
        if digits.len() == 4 && (1990..2100).contains(&year) {
            let rest = &plain[at + '年'.len_utf8()..];
            let end =
                at + '年'.len_utf8() + if rest.starts_with('度') { '度'.len_utf8() } else { 0 };
            found.push((*start, end, year));
        }
    }
    found
}

/// The years that a text in plain form names.
pub(super) fn years_named(plain: &str) -> Vec<i64> {
    years(plain).into_iter().map(|(.., year)| year).collect()
}

fn digit(one: char) -> Option<i64> {
    let chinese = "〇一二三四五六七八九";
    let place = chinese.chars().position(|other| other == one);
    one.to_digit(10)
        .map(i64::from)
        .or_else(|| i64::try_from(place?).ok())
        .or((one == '零').then_some(0))
}

/// Takes a title apart; nothing where a text is no title of such a report.
pub(super) fn title(text: &str) -> Option<Title> {
    let whole = plain(text);
    if whole.chars().count() > 120 || whole.contains(['。', ';']) || is_link(&whole) {
        return None;
    }
    let parts = whole.split(['_', '|', '>', '»', '—', '-', '《', '》', ':']);
    let parts = parts.map(|part| without_ending(part.trim_matches('·')));
    let parts: Vec<&str> = parts.filter(|part| is_title(part)).collect();
    // the name of a column of the site reads like a title without a year
    let dated = parts.iter().find(|part| !years(part).is_empty());
    let part = *dated.or_else(|| parts.first())?;
    let matter = part
        .find("政府信息公开")
        .or_else(|| part.find("政务公开"))
        .or_else(|| part.find("信息公开"))?;
    let year = years(part).first().copied();
    let mut unit = part[..matter].to_owned();
    if let Some((start, end, _)) = year.filter(|(_, end, _)| *end <= matter) {
        unit = format!("{}{}", &part[..start], &part[end..matter]);
    }
    Some(Title { shown: part.to_owned(), unit: organ(&unit), year: year.map(|(.., year)| year) })
}

/// A title without the ending of a file.
fn without_ending(part: &str) -> &str {
    let endings = [".docx", ".doc", ".xlsx", ".xls", ".pdf", ".wps", ".html", ".htm", ".shtml"];
    endings.iter().find_map(|ending| part.strip_suffix(ending)).unwrap_or(part)
}

fn is_title(part: &str) -> bool {
    let report = part.contains("年度报告") || part.contains("年报") || part.contains("报告");
    let count = part.chars().count();
    let tail = ["报告", "年报", "）", ")", "年度", "年", "全文", "版", "】", "]"];
    part.contains("信息公开")
        && report
        && count <= 60
        && !part.contains("编制")
        && !part.contains("格式")
        && !part.contains("指南")
        && tail.iter().any(|tail| part.ends_with(tail))
}

/// An organ's name without what titles put around it.
pub(super) fn organ(text: &str) -> String {
    let remark = text.strip_prefix('【').and_then(|rest| rest.split_once('】'));
    let text = remark.map_or(text, |(_, rest)| rest);
    let mut unit = text.trim_matches(['-', '·', '(', ')', '[', ']', '【', '】', ',', '、', '/']);
    for before in ["关于公布", "关于发布", "关于印发", "关于", "公布", "发布", "标题"]
    {
        unit = unit.strip_prefix(before).unwrap_or(unit);
    }
    for after in ["关于", "年度", "的"] {
        unit = unit.strip_suffix(after).unwrap_or(unit);
    }
    let unit = unit.trim_matches([',', '、', '(', ')', '-']);
    if unit.ends_with("人民") { format!("{unit}政府") } else { unit.to_owned() }
}

/// Lines that lead to another page.
pub(super) fn is_link(plain: &str) -> bool {
    ["上一篇", "下一篇", "上一条", "下一条", "相关", "上篇", "下篇"]
        .iter()
        .any(|word| plain.starts_with(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_taken_apart_however_they_are_put() {
        let table = [
            (
                "平潭综合实验区2025年政府信息公开工作年度报告_平潭综合实验区门户网站",
                "平潭综合实验区",
                Some(2025),
            ),
            ("2021年度平潭综合实验区政府信息公开工作年度报告", "平潭综合实验区", Some(2021)),
            ("临湖市水务局２０２３年度政府信息公开年度报告", "临湖市水务局", Some(2023)),
            (
                "青荷区人民政府办公室关于2024年政府信息公开工作的年度报告",
                "青荷区人民政府办公室",
                Some(2024),
            ),
            ("青荷区人民政府信息公开工作年度报告（2024年）", "青荷区人民政府", Some(2024)),
            ("青荷区人民政府政府信息公开工作年度报告（2024年度）", "青荷区人民政府", Some(2024)),
            ("二〇二二年青荷区政府信息公开年报", "青荷区", Some(2022)),
            ("政府信息公开工作年度报告", "", None),
            ("【年报】临湖市水务局2023年政府信息公开工作年度报告", "临湖市水务局", Some(2023)),
            ("临湖市水务局2023年政府信息公开工作年度报告.docx", "临湖市水务局", Some(2023)),
            (
                "临湖市政府-政府信息公开年报-临湖市水务局2023年政府信息公开工作年度报告",
                "临湖市水务局",
                Some(2023),
            ),
        ];
        for (shown, unit, year) in table {
            let found = title(shown).unwrap_or_else(|| panic!("{shown} is a title"));
            assert_eq!((found.unit.as_str(), found.year), (unit, year), "{shown}");
        }
        for none in
            ["上一篇：青荷区2023年政府信息公开工作年度报告", "政府信息公开指南", "2024年年报"]
        {
            assert_eq!(title(none), None, "{none}");
        }
    }
}
