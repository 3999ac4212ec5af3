//! The frame of one page.

use std::sync::Arc;

use super::{Alternate, ArticleTags, ColumnTags, Crumb, SiteFrame};
use crate::modes::Modes;

/// What one page tells its surroundings.
#[derive(Debug, Clone)]
pub struct Frame {
    /// The site the page belongs to.
    pub site: Arc<SiteFrame>,
    /// How the visitor wants it shown.
    pub modes: Modes,
    /// The address asked for, path and query: where the mode links return to.
    pub here: String,
    /// The page's title without the site's name.
    pub title: String,
    /// One sentence for search engines.
    pub description: String,
    /// Key of the main navigation's current entry.
    pub current: &'static str,
    /// The way here below the home page.
    pub crumbs: Vec<Crumb>,
    /// Column tags.
    pub column: Option<ColumnTags>,
    /// Article tags.
    pub article: Option<ArticleTags>,
    /// Feeds and other forms of the page.
    pub alternates: Vec<Alternate>,
    /// Structured data as JSON text, without `<`.
    pub json_ld: Option<String>,
    /// The title says so when a form came back with errors.
    pub has_errors: bool,
    /// Style sheets of this page alone, by the names of their files.
    pub sheets: Vec<&'static str>,
    /// Classes of `<body>`.
    pub body_class: &'static str,
    /// Whether search engines should leave the page out.
    pub unlisted: bool,
    /// Words in the header's search box.
    pub searched: String,
}

impl Frame {
    /// A frame for the page at `here` (path and query as asked for).
    pub fn new(site: Arc<SiteFrame>, modes: Modes, here: impl Into<String>) -> Self {
        Self {
            site,
            modes,
            here: here.into(),
            title: String::new(),
            description: String::new(),
            current: "",
            crumbs: Vec::new(),
            column: None,
            article: None,
            alternates: Vec::new(),
            json_ld: None,
            has_errors: false,
            sheets: Vec::new(),
            body_class: "",
            unlisted: false,
            searched: String::new(),
        }
    }

    /// Names the page.
    pub fn titled(mut self, title: impl Into<String>) -> Self {
        self.title = title.into();
        self
    }

    /// Describes it in one sentence.
    pub fn described(mut self, description: impl Into<String>) -> Self {
        self.description = description.into();
        self
    }

    /// Says to which entry of the main navigation it belongs, by that entry's key.
    pub fn within(mut self, key: &'static str) -> Self {
        self.current = key;
        self
    }

    /// Adds a step of the way here, at a path of this site.
    pub fn under(mut self, words: impl Into<String>, path: &str) -> Self {
        let href = Some(self.site.href(path));
        self.crumbs.push(Crumb { words: words.into(), href });
        self
    }

    /// Ends the way with the page itself.
    pub fn at(mut self, words: impl Into<String>) -> Self {
        self.crumbs.push(Crumb { words: words.into(), href: None });
        self
    }

    /// Carries column tags.
    pub fn column(mut self, tags: ColumnTags) -> Self {
        self.column = Some(tags);
        self
    }

    /// Carries article tags.
    pub fn article(mut self, tags: ArticleTags) -> Self {
        self.article = Some(tags);
        self
    }

    /// Names an Atom feed of what the page lists, at a path of this site.
    pub fn feed(mut self, words: impl Into<String>, path: &str) -> Self {
        let href = self.site.href(path);
        self.alternates.push(Alternate { kind: "application/atom+xml", words: words.into(), href });
        self
    }

    /// Names another form of the page, at a path of this site.
    pub fn alternate(mut self, kind: &'static str, words: impl Into<String>, path: &str) -> Self {
        let href = self.site.href(path);
        self.alternates.push(Alternate { kind, words: words.into(), href });
        self
    }

    /// Carries structured data. A `<` inside is written as an escape, so it cannot end the element.
    pub fn json_ld(mut self, json: &str) -> Self {
        self.json_ld = Some(json.replace('<', "\\u003c"));
        self
    }

    /// Links a style sheet of this page alone.
    pub fn sheet(mut self, file: &'static str) -> Self {
        self.sheets.push(file);
        self
    }

    /// Gives `<body>` these classes.
    pub fn body_class(mut self, class: &'static str) -> Self {
        self.body_class = class;
        self
    }

    /// Asks search engines to leave the page out.
    pub fn unlisted(mut self) -> Self {
        self.unlisted = true;
        self
    }

    /// The full path of a page of this site, for templates.
    pub fn href(&self, path: &str) -> String {
        self.site.href(path)
    }

    /// The text of `<title>`.
    pub fn full_title(&self) -> String {
        let warning = if self.has_errors { "有错误：" } else { "" };
        if self.title.is_empty() || self.title == self.site.name {
            return format!("{warning}{} {}", self.site.name, self.site.subtitle)
                .trim_end()
                .to_owned();
        }
        format!("{warning}{} - {}", self.title, self.site.name)
    }

    /// A frame on an invented site, for samples and tests.
    pub fn sample(title: &str) -> Self {
        Self::new(Arc::new(SiteFrame::sample()), Modes::default(), "/linhu/yangben").titled(title)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_title_warns_of_errors_before_anything_else() {
        let mut frame = Frame::sample("申请信息公开");
        assert_eq!(frame.full_title(), "申请信息公开 - 云湖市临湖区人民政府");
        frame.has_errors = true;
        assert!(frame.full_title().starts_with("有错误：申请"));
        frame.title.clear();
        assert_eq!(frame.full_title(), "有错误：云湖市临湖区人民政府 政务公开平台");
    }

    #[test]
    fn site_column_and_article_tags_stand_together_on_an_article() {
        let head = Frame::sample("通知")
            .column(ColumnTags {
                name: "政策文件".into(),
                kind: "政策文件".into(),
                ..Default::default()
            })
            .article(ArticleTags {
                title: "通知".into(),
                published: "2026-11-25 09:00".into(),
                source: "区政府".into(),
                ..Default::default()
            })
            .head()
            .to_string();
        for name in [
            "SiteName",
            "SiteDomain",
            "SiteIDCode",
            "ColumnName",
            "ColumnDescription",
            "ColumnKeywords",
            "ColumnType",
            "ArticleTitle",
            "PubDate",
            "ContentSource",
        ] {
            assert!(head.contains(&format!("<meta name=\"{name}\" content=")), "{name} is missing");
        }
        assert!(!head.contains("name=\"Author\""), "an optional tag without a value stays out");
    }

    #[test]
    fn a_name_with_markup_in_it_cannot_break_out() {
        let frame =
            Frame::sample("<script>alert(1)</script>").json_ld(r#"{"name":"</script><script>"}"#);
        let head = frame.head().to_string();
        assert!(!head.contains("<script>alert"));
        assert!(!head.contains("</script><script>"));
    }

    #[test]
    fn a_second_press_leaves_the_elder_view_and_returns_to_the_same_place() {
        let mut frame = Frame::sample("页");
        frame.here = "/linhu/sousuo?q=低保&p=2".into();
        frame.modes.elder = true;
        let top = frame.top().to_string();
        assert!(
            top.contains(
                "/pianhao?mode=off&#38;next=/linhu/sousuo%3Fq%3D%E4%BD%8E%E4%BF%9D%26p%3D2"
            ),
            "{top}"
        );
    }
}
