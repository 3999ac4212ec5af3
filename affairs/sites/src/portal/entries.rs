//! `/gongkai`: the five parts of 政府信息公开, and the organs whose information it is.

use askama::Template;
use axum::response::Html;
use identity::Organ;
use web::components::{Entry, Filters, Index, Tile, Tiles};
use web::layout::Frame;
use web::page::Page;
use web::{Fault, Site, Visit, icons};

use super::home::{below, below_words};
use super::scoped::{first_part, picker};
use super::tags;

#[derive(Template)]
#[template(path = "portal/entries.html")]
struct EntriesPage {
    frame: Frame,
    parts: Tiles,
    picker: Filters,
    organs: Index,
    below: Index,
    below_words: &'static str,
}

/// Shows the five parts.
pub async fn show(visit: Visit) -> Result<Html<String>, Fault> {
    let site = &visit.site;
    let today = visit.house.ledger().clock().today();
    let organs = Organ::serving(visit.house.store(), &site.division).await?;
    let organs: Vec<Organ> = organs.into_iter().filter(|organ| organ.stands_on(today)).collect();
    let picker = picker(site, &organs, "", "");
    let organs = organs.into_iter().map(|organ| Entry {
        href: site.link(&format!("/gongkai/jigou/{}/{}", organ.code, first_part(&organ))),
        words: organ.short_name,
        count: None,
    });
    let page = EntriesPage {
        frame: frame(&visit),
        parts: parts(site),
        picker,
        organs: Index(organs.collect()),
        below: below(&visit),
        below_words: below_words(site),
    };
    web::page::answer(&page)
}

fn frame(visit: &Visit) -> Frame {
    let name = &visit.site.frame.name;
    let description = format!("{name}政府信息公开：指南、制度、法定主动公开内容、年报和依申请公开");
    visit
        .frame()
        .titled("政府信息公开")
        .described(&description)
        .within("gongkai")
        .at("政府信息公开")
        .column(tags(
            "政府信息公开",
            &description,
            "政府信息公开,指南,制度,年报,依申请公开",
            "信息公开目录",
        ))
        .feed("最新公开", "/zuixin.atom")
}

fn parts(site: &Site) -> Tiles {
    let tile = |icon, title: &str, hint: &str, path: &str| Tile {
        icon,
        title: title.into(),
        hint: hint.into(),
        href: site.link(path),
    };
    Tiles(vec![
        tile(icons::GUIDE, "政府信息公开指南", "怎样分类、怎样查、找谁问", "/gongkai/zhinan"),
        tile(icons::FILE, "政府信息公开制度", "条例和本级公开制度", "/gongkai/zhidu"),
        tile(icons::LIST, "法定主动公开内容", "条例要求主动公开的各类信息", "/gongkai/fading"),
        tile(icons::TALK, "政府信息公开年报", "每年公布一次的工作报告", "/gongkai/nianbao"),
        tile(icons::PEN, "依申请公开", "没有主动公开的，可以申请", "/shenqing"),
        tile(icons::ORGAN, "机构职能", "各机关的地址、电话、办公时间", "/gongkai/jigou"),
    ])
}

impl Page for EntriesPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let frame = Frame::sample("政府信息公开").within("gongkai").at("政府信息公开");
        let tile = Tile {
            icon: icons::GUIDE,
            title: "政府信息公开指南".into(),
            hint: "怎样查".into(),
            href: "/linhu/gongkai/zhinan".into(),
        };
        let organ = Entry {
            words: "区民政局".into(),
            href: "/linhu/gongkai/jigou/LH01".into(),
            count: None,
        };
        vec![(
            "一个区",
            EntriesPage {
                frame,
                parts: Tiles(vec![tile]),
                picker: Filters { action: "/linhu/gongkai/xuanze".into(), ..Filters::default() },
                organs: Index(vec![organ]),
                below: Index(vec![]),
                below_words: "各镇（街）政务公开",
            },
        )]
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_entries_page_is_sound() {
        assert_eq!(web::page::faults::<super::EntriesPage>(), Vec::<String>::new());
    }
}
