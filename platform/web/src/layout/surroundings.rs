//! The parts of a page around `<main>`, each with its template.

use askama::{Template, filters::HtmlSafe};

use super::{Emblem, Frame, Link, href};
use crate::{address::encoded, components::Phone, icons, modes::Size};

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
    /// Letters are so large that a long example does not fit on a phone.
    large: bool,
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

impl Head<'_> {
    /// The addresses of the sheets of this page alone.
    fn own_sheets(&self) -> impl Iterator<Item = String> {
        self.frame.sheets.iter().map(|name| href(name))
    }
}

impl Bottom<'_> {
    fn groups(&self) -> Vec<(&'static str, Vec<Link>)> {
        let site = &self.frame.site;
        let links = |links: &[(&'static str, &'static str)]| {
            links.iter().map(|(words, path)| Link::new(*words, site.href(path))).collect()
        };
        site.foot.iter().map(|group| (group.heading, links(&group.links))).collect()
    }
}

impl Frame {
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
        let large = self.modes.elder || self.modes.size == Size::Huge;
        Top { frame: self, ways: self.mode_links(), large }
    }

    /// Everything below `<main>`.
    pub fn bottom(&self) -> Bottom<'_> {
        Bottom { frame: self }
    }

    /// The way here as HTML; nothing on the home page.
    pub fn way(&self) -> Way<'_> {
        Way { frame: self }
    }

    /// The links of the top bar that change how pages are shown.
    fn mode_links(&self) -> Vec<ModeLink> {
        let modes = self.modes;
        let next = encoded(&self.here);
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
}
