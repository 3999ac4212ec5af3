//! Pages that every government site must have: accessibility, privacy, help.

use askama::Template;
use axum::response::Html;
use web::components::Phone;
use web::layout::Frame;
use web::page::Page;
use web::{Fault, Visit};

use super::tags;

#[derive(Template)]
#[template(path = "portal/accessibility.html")]
struct AccessibilityPage {
    frame: Frame,
    next: String,
}

/// `/wuzhangai`: what works, what does not yet, and the switches for size, view and contrast.
pub async fn accessibility(visit: Visit) -> Result<Html<String>, Fault> {
    let frame = named(&visit, "无障碍声明", "本站的无障碍功能、已知不足和反馈方式");
    web::page::answer(&AccessibilityPage { next: frame.href("/wuzhangai"), frame })
}

#[derive(Template)]
#[template(path = "portal/privacy.html")]
struct PrivacyPage {
    frame: Frame,
}

/// `/yinsi`: what the site learns of its visitors.
pub async fn privacy(visit: Visit) -> Result<Html<String>, Fault> {
    web::page::answer(&PrivacyPage {
        frame: named(&visit, "隐私说明", "本站收集哪些访问信息，怎样使用和删除"),
    })
}

#[derive(Template)]
#[template(path = "portal/help.html")]
struct HelpPage {
    frame: Frame,
    feeds: Vec<(String, String)>,
}

/// `/bangzhu`: how to find, subscribe, and report a fault.
pub async fn help(visit: Visit) -> Result<Html<String>, Fault> {
    let frame = named(&visit, "使用帮助", "怎样查找、订阅、下载，怎样为政府网站找错");
    let feeds = [("最新公开", "/zuixin.atom"), ("法定主动公开内容", "/gongkai/fading.atom")];
    let feeds =
        feeds.into_iter().map(|(words, path)| (words.to_owned(), frame.href(path))).collect();
    web::page::answer(&HelpPage { feeds, frame })
}

fn named(visit: &Visit, title: &str, description: &str) -> Frame {
    visit.frame().titled(title).described(description).at(title).column(tags(
        title,
        description,
        title,
        "概况信息",
    ))
}

impl Page for AccessibilityPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let standard = Frame::sample("无障碍声明").at("无障碍声明");
        let mut elder = standard.clone();
        elder.modes.elder = true;
        elder.modes.high_contrast = true;
        let page = |frame| Self { frame, next: "/linhu/wuzhangai".into() };
        vec![("标准版", page(standard)), ("长辈版高对比", page(elder))]
    }
}

impl Page for PrivacyPage {
    fn samples() -> Vec<(&'static str, Self)> {
        vec![("隐私说明", Self { frame: Frame::sample("隐私说明").at("隐私说明") })]
    }
}

impl Page for HelpPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let feeds = vec![("最新公开".into(), "/linhu/zuixin.atom".into())];
        vec![("使用帮助", Self { frame: Frame::sample("使用帮助").at("使用帮助"), feeds })]
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_statements_are_sound() {
        assert_eq!(web::page::faults::<super::AccessibilityPage>(), Vec::<String>::new());
        assert_eq!(web::page::faults::<super::PrivacyPage>(), Vec::<String>::new());
        assert_eq!(web::page::faults::<super::HelpPage>(), Vec::<String>::new());
    }
}
