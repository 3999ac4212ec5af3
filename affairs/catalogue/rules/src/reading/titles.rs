//! What titles and headings around a table say: the catalogue's name, its domain, its place.

use crate::domains::Domain;
use crate::reading::markers::strip_number;
use crate::reading::text::{close_up, trim_marks};

/// Longer lines are sentences.
const LONGEST_TITLE: usize = 60;

/// The catalogue's title among lines of text, the nearest to the table first.
pub(crate) fn title<'a>(lines: impl Iterator<Item = &'a str>) -> Option<String> {
    let cleaned: Vec<String> = lines.map(clean).collect();
    let named = |words: &[&str]| {
        cleaned
            .iter()
            .find(|line| {
                words.iter().any(|word| line.contains(word))
                    && line.chars().count() <= LONGEST_TITLE
                    && !line.contains(['>', '：'])
            })
            .cloned()
    };
    named(&["标准目录"])
        .or_else(|| named(&["公开目录", "事项目录", "目录清单", "公开清单"]))
        .or_else(|| named(&["目录"]))
}

/// A line without a number in front, the site's name behind, and blanks.
fn clean(line: &str) -> String {
    let line = close_up(line);
    let line = line.split(['_', '|']).next().unwrap_or(&line);
    let line = line.strip_prefix("附件").map_or(line, |rest| {
        rest.trim_start_matches(|c: char| {
            c.is_ascii_digit() || matches!(c, '：' | ':' | '.' | '、' | '-')
        })
    });
    trim_marks(strip_number(trim_marks(line))).to_owned()
}

/// The domain that a title or heading names, as it names it.
pub(crate) fn domain(title: &str) -> Option<String> {
    let title = clean(title);
    if let Some((_, name)) = Domain::spoken_of(&title) {
        return Some(name.to_owned());
    }
    // a domain beyond the 26: what stands between the place and 领域
    let before = title.split("领域").next().filter(|before| before.len() < title.len())?;
    let name = region(before).map_or(before, |region| &before[region.len()..]);
    (2..=20).contains(&name.chars().count()).then(|| name.to_owned())
}

/// The domain that the name of a worksheet is.
pub(crate) fn domain_of_sheet(name: &str) -> Option<String> {
    let name = clean(name);
    let name =
        name.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '、' | '-'));
    let name = name.trim_end_matches("领域");
    Domain::spoken_of(name).map(|(_, known)| known.to_owned())
}

/// The place at the start of a title.
pub(crate) fn region(title: &str) -> Option<&str> {
    let stop = ["领域", "基层", "政务", "政府信息", "主动公开", "标准目录"]
        .iter()
        .filter_map(|word| title.find(word))
        .chain(Domain::spoken_of(title).and_then(|(_, name)| title.find(name)))
        .min()
        .unwrap_or(title.len());
    let head = &title[..stop];
    let mut end = None;
    for (at, c) in head.char_indices() {
        // 市 in 市场 and 区 in 区域 are no ends of a place
        let next = head[at + c.len_utf8()..].chars().next();
        let word = matches!(
            (c, next),
            ('市', Some('场' | '政' | '容'))
                | ('区', Some('域' | '划'))
                | ('村', Some('庄' | '镇'))
        );
        if matches!(c, '省' | '市' | '县' | '区' | '旗' | '州' | '盟' | '镇' | '乡' | '村')
            && at > 0
            && !word
        {
            end = Some(at + c.len_utf8());
        }
        if head[at..].starts_with("街道") && at > 0 {
            end = Some(at + "街道".len());
        }
    }
    end.map(|end| &head[..end]).filter(|place| place.chars().count() >= 2)
}

/// Whether a line can be the title of a catalogue or a heading that names its domain.
pub(crate) fn is_heading(line: &str) -> bool {
    let line = clean(line);
    let short = line.chars().count() <= LONGEST_TITLE;
    let named = line.contains("目录") || line.contains("领域") || Domain::named(&line).is_some();
    short && named && !line.contains(['>', '：', ':'])
}

/// Whether a row among items is a title: 某县救灾领域基层政务公开标准目录, 救灾领域, or a domain's name.
pub(crate) fn is_title(line: &str) -> bool {
    let line = clean(line);
    let line = line.trim_end_matches(['（', '(', '续', '表', ')', '）']);
    let named = Domain::spoken_of(line).is_some() || region(line).is_some();
    let ends =
        line.ends_with("标准目录") || (named && (line.ends_with("目录") || line.ends_with("领域")));
    line.chars().count() <= LONGEST_TITLE && (ends || Domain::named(line).is_some())
}

#[cfg(test)]
mod tests {
    use super::{domain, domain_of_sheet, region, title};

    #[test]
    fn titles_tell_name_domain_and_place() {
        for (line, name, field, place) in [
            (
                "（二）银杏区生态环境领域基层政务公开标准目录",
                "银杏区生态环境领域基层政务公开标准目录",
                Some("生态环境"),
                Some("银杏区"),
            ),
            (
                "附件1 云屏县救灾领域基层政务公开标准目录",
                "云屏县救灾领域基层政务公开标准目录",
                Some("救灾"),
                Some("云屏县"),
            ),
            (
                "榕溪县公共文化服务领域基层政务公开标准目录_榕溪县人民政府",
                "榕溪县公共文化服务领域基层政务公开标准目录",
                Some("公共文化服务"),
                Some("榕溪县"),
            ),
            (
                "青枫县城市综合执法领域基层政务公开标准目录",
                "青枫县城市综合执法领域基层政务公开标准目录",
                Some("城市综合执法"),
                Some("青枫县"),
            ),
            (
                "青枫县市政服务领域基层政务公开标准目录",
                "青枫县市政服务领域基层政务公开标准目录",
                Some("市政服务"),
                Some("青枫县"),
            ),
            (
                "青枫县农村集体土地征收领域基层政务公开标准目录",
                "青枫县农村集体土地征收领域基层政务公开标准目录",
                Some("农村集体土地征收"),
                Some("青枫县"),
            ),
            (
                "青枫县涉农资金领域公开目录",
                "青枫县涉农资金领域公开目录",
                Some("涉农资金"),
                Some("青枫县"),
            ),
            (
                "厦门市思明区某街道社会救助领域目录",
                "厦门市思明区某街道社会救助领域目录",
                Some("社会救助"),
                Some("厦门市思明区某街道"),
            ),
        ] {
            let found = title([line].into_iter()).unwrap_or_default();
            assert_eq!(found, name);
            assert_eq!(domain(&found).as_deref(), field, "{line}");
            assert_eq!(region(&found), place, "{line}");
        }
        assert_eq!(domain_of_sheet("3.社会救助").as_deref(), Some("社会救助"));
        assert_eq!(domain_of_sheet("Sheet1"), None);
    }
}
