//! The frame of one page.

use std::sync::Arc;

use askama::{Template, filters::HtmlSafe};

use super::{Emblem, Link, SiteFrame, href};
use crate::{
    icons,
    modes::{Modes, Size},
};

/// One step of 当前位置. The last step has no link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Crumb {
    /// What the visitor reads.
    pub words: String,
    /// Full path; `None` for the page itself.
    pub href: Option<String>,
}

/// Tags of a column page (国办发〔2017〕47号, annex on page tags).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ColumnTags {
    /// 栏目名称.
    pub name: String,
    /// What the column is for and holds.
    pub description: String,
    /// Key words, separated by commas.
    pub keywords: String,
    /// 栏目类别, one of the list in that annex, for instance 政策文件.
    pub kind: String,
}

/// Tags of an article page, carried together with site and column tags.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ArticleTags {
    /// 内容标题.
    pub title: String,
    /// 发布时间 as `YYYY-MM-DD HH:MM`.
    pub published: String,
    /// 来源: the publishing organ, or whence it was reprinted.
    pub source: String,
    /// Key words.
    pub keywords: Option<String>,
    /// 作者.
    pub author: Option<String>,
    /// Summary.
    pub description: Option<String>,
    /// Address of a picture in the text.
    pub image: Option<String>,
    /// Address of the article.
    pub url: Option<String>,
}

/// Another form of the same page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alternate {
    /// Media type, for instance `application/atom+xml`.
    pub kind: &'static str,
    /// What it is, for instance 订阅：政策文件.
    pub words: String,
    /// Full path.
    pub href: String,
}

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

    /// The content of `<head>`.
    pub fn head(&self) -> Head<'_> {
        let path = self.here.split('?').next().unwrap_or_default();
        let canonical = format!("{}{path}", self.site.origin.as_deref().unwrap_or_default());
        Head {
            frame: self,
            canonical,
            sheet: href("gk.css"),
            script: href("gk.js"),
            icon: href("favicon.svg"),
        }
    }

    /// Everything above `<main>`.
    pub fn top(&self) -> Top<'_> {
        Top { frame: self, ways: self.mode_links() }
    }

    /// Everything below `<main>`.
    pub fn bottom(&self) -> Bottom<'_> {
        Bottom { frame: self }
    }

    /// The way here as HTML; nothing on the home page.
    pub fn way(&self) -> Way<'_> {
        Way { frame: self }
    }

    fn mode_links(&self) -> Vec<ModeLink> {
        let modes = self.modes;
        let next: String = encoded(&self.here);
        let link = |words, wish: &str, current| ModeLink {
            words,
            href: format!("/pianhao?{wish}&next={next}"),
            current,
        };
        let flip = |on: bool, value: &'static str| if on { "off" } else { value };
        vec![
            link("标准版", "size=md&mode=off&contrast=off", modes.standard()),
            link(
                "大字",
                if modes.size == Size::Large { "size=xl" } else { "size=lg" },
                modes.size != Size::Standard,
            ),
            link("长辈版", &format!("mode={}", flip(modes.elder, "elder")), modes.elder),
            link(
                "高对比",
                &format!("contrast={}", flip(modes.high_contrast, "high")),
                modes.high_contrast,
            ),
        ]
    }

    /// A frame on an invented site, for samples and tests.
    pub fn sample(title: &str) -> Self {
        Self::new(Arc::new(SiteFrame::sample()), Modes::default(), "/linhu/yangben").titled(title)
    }
}

/// Percent-encodes all that is not plainly part of a path, for use as a query value.
fn encoded(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if plain(byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

struct ModeLink {
    words: &'static str,
    href: String,
    current: bool,
}

/// The content of `<head>`; prints as HTML.
#[derive(Template)]
#[template(path = "frame/head.html")]
pub struct Head<'a> {
    frame: &'a Frame,
    canonical: String,
    sheet: String,
    script: String,
    icon: String,
}

/// Skip link, top bar, masthead and main navigation; prints as HTML.
#[derive(Template)]
#[template(path = "frame/top.html")]
pub struct Top<'a> {
    frame: &'a Frame,
    ways: Vec<ModeLink>,
}

/// Help strip and footer; prints as HTML.
#[derive(Template)]
#[template(path = "frame/bottom.html")]
pub struct Bottom<'a> {
    frame: &'a Frame,
}

/// 当前位置; prints as HTML.
#[derive(Template)]
#[template(path = "frame/way.html")]
pub struct Way<'a> {
    frame: &'a Frame,
}

impl HtmlSafe for Head<'_> {}
impl HtmlSafe for Top<'_> {}
impl HtmlSafe for Bottom<'_> {}
impl HtmlSafe for Way<'_> {}

impl Bottom<'_> {
    fn groups(&self) -> Vec<(&'static str, Vec<Link>)> {
        let site = &self.frame.site;
        let links = |links: &[(&'static str, &'static str)]| {
            links.iter().map(|(words, path)| Link::new(*words, site.href(path))).collect()
        };
        site.foot.iter().map(|group| (group.heading, links(&group.links))).collect()
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
