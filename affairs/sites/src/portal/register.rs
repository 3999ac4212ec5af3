//! 信息列表 as 国办公开办函〔2019〕61号 has it: 序号, 标题, 文号, 成文日期, 发布日期; the same on every page.

use askama::{Template, filters::HtmlSafe};
use web::components::Tag;
use web::{Row, Site};

/// A list of published information; prints as HTML.
#[derive(Debug, Clone, Default, PartialEq, Eq, Template)]
#[template(path = "portal/register.html")]
pub(crate) struct Register {
    caption: String,
    lines: Vec<Line>,
    /// Whether each row says 有效性 and leads to 沿革.
    with_course: bool,
}

impl HtmlSafe for Register {}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Line {
    serial: usize,
    title: String,
    href: String,
    tags: Vec<Tag>,
    small: String,
    number: Option<String>,
    made_on: Option<String>,
    published_on: String,
    validity: Tag,
}

impl Register {
    /// These rows; `before` rows stand on the pages before.
    pub(crate) fn of(caption: &str, rows: &[Row], site: &Site, before: usize) -> Self {
        let line = |(at, row): (usize, &Row)| {
            let original = row.original_on.as_ref();
            let original = original.map(|day| format!("　原发布日期 {day}（来源载明）"));
            let mut tags: Vec<Tag> = row.validity.iter().map(|word| Tag::validity(word)).collect();
            if row.demo {
                tags.push(Tag::info("演示数据"));
            }
            Line {
                serial: before + at + 1,
                title: row.title.clone(),
                href: site.link(&row.path),
                validity: Tag::validity(row.validity.as_deref().unwrap_or("有效")),
                tags,
                small: format!("{}{}", row.organ, original.unwrap_or_default()),
                number: row.number.clone(),
                made_on: row.made_on.clone(),
                published_on: row.published_on.clone(),
            }
        };
        let lines = rows.iter().enumerate().map(line).collect();
        Self { caption: caption.to_owned(), lines, with_course: false }
    }

    /// The same with 有效性 and the way to 沿革 in each row.
    pub(crate) fn with_course(self) -> Self {
        Self { with_course: true, ..self }
    }

    /// Whether there is no row.
    pub(crate) fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }
}

/// Rows as samples of pages show them.
pub(crate) fn sample(caption: &str) -> Register {
    let line = |serial, number: Option<&str>| {
        Line {
        serial,
        title: "临湖区人民政府办公室关于进一步优化政务服务提升行政效能推动高质量发展若干措施责任分工及时限要求和考核办法（试行）的<通知>".into(),
        href: "/linhu/wenjian/1".into(),
        tags: vec![Tag::validity("废止")],
        small: "区政府办".into(),
        number: number.map(str::to_owned),
        made_on: Some("2026-11-16".into()),
        published_on: "2026-11-17".into(),
        validity: Tag::validity("废止"),
    }
    };
    let lines = vec![line(1, Some("临府办〔2026〕48号")), line(2, None)];
    Register { caption: caption.into(), lines, with_course: false }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_columns_are_those_of_the_letter_and_in_its_order() {
        let html = sample("政策文件").to_string();
        let heads: Vec<_> = html.split("<th scope=\"col\"").skip(1).collect();
        let heads: Vec<_> =
            heads.iter().filter_map(|rest| rest.split_once('>')?.1.split('<').next()).collect();
        assert_eq!(heads, ["序号", "标题", "文号", "成文日期", "发布日期"]);
        assert!(html.contains("&#60;通知&#62;") && html.contains(">2</td>"), "{html}");
        let long = sample("政策文件").with_course().to_string();
        assert!(long.contains("有效性") && long.contains("/linhu/wenjian/1/banben"), "{long}");
    }
}
