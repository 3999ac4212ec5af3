//! `/gongkai/zhinan`: 政府信息公开指南 (条例第十二条), composed from what the site knows of itself,
//! so that it can never contradict the rest of the site.

use askama::Template;
use axum::response::Html;
use sites_rules::{PaperKind, reply_term, statutory_columns};
use web::components::{Meta, MetaValue, Tools, Tree};
use web::layout::{Frame, Link};
use web::page::Page;
use web::{Fault, Visit};

use super::tree::{column_path, tally, tree};
use super::{tags, tier};
use crate::acts::papers::Paper;

#[derive(Template)]
#[template(path = "portal/guide.html")]
struct GuidePage {
    frame: Frame,
    tree: Tree,
    columns: Vec<Link>,
    office: Meta,
    tools: Tools,
    checked: String,
    lists: Vec<Link>,
    /// Working days for a reply.
    reply: u32,
}

/// Shows the guide: the one the government has published, otherwise what is known.
pub async fn show(visit: Visit) -> Result<Html<String>, Fault> {
    let site = &visit.site;
    let counts = tally(&visit).await?;
    if let Some(paper) = Paper::now(visit.house.store(), &site.organ, PaperKind::Guide).await? {
        let frame = frame(&visit, &format!("{}政府信息公开指南", site.frame.name));
        let tree = tree(site, &counts, "/gongkai/zhinan");
        return super::paper::of_site(&visit, paper, frame, tree).await;
    }
    let columns = statutory_columns(tier(site.level));
    let columns = columns.map(|column| Link::new(column.name, site.link(&column_path(column))));
    let others = site
        .frame
        .nav
        .iter()
        .filter(|item| !matches!(item.key, "home" | "gongkai" | "shenqing" | "cunju"));
    let title = format!("{}政府信息公开指南", site.frame.name);
    let frame = frame(&visit, &title);
    let today = visit.house.ledger().clock().today();
    let page = GuidePage {
        tree: tree(site, &counts, "/gongkai/zhinan"),
        columns: columns.collect(),
        office: office(&frame),
        tools: Tools { copied: title, ..Tools::default() },
        checked: today.to_string(),
        reply: reply_term(today).map_err(Fault::inside)?.value.0,
        lists: others.map(|item| Link::new(item.words, site.link(item.path))).collect(),
        frame,
    };
    web::page::answer(&page)
}

fn frame(visit: &Visit, title: &str) -> Frame {
    visit
        .frame()
        .titled("政府信息公开指南")
        .described(format!("{title}：政府信息的分类、编排体系、获取方式和公开工作机构。"))
        .within("gongkai")
        .under("政府信息公开", "/gongkai")
        .at("政府信息公开指南")
        .column(tags(
            "政府信息公开指南",
            "政府信息的分类、编排体系、获取方式和公开工作机构",
            "信息公开,指南",
            "信息公开指南",
        ))
}

/// The office in charge, in the fields and the order of 条例第十二条.
pub(crate) fn office(frame: &Frame) -> Meta {
    let contact = &frame.site.contact;
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    Meta::default()
        .with_wide("机构名称", MetaValue::Text(frame.site.host_unit.clone()))
        .text("办公地址", text(&contact.address))
        .text("办公时间", text(&contact.hours))
        .phone("联系电话", contact.phone.as_deref())
        .text("邮政编码", text(&contact.postcode))
        .text("传真号码", String::new())
        .text("互联网联系方式", String::new())
}

impl Page for GuidePage {
    fn samples() -> Vec<(&'static str, Self)> {
        let frame = Frame::sample("政府信息公开指南").within("gongkai").at("政府信息公开指南");
        vec![(
            "一个区",
            GuidePage {
                tree: Tree { heading: "政府信息公开栏目".into(), nodes: vec![] },
                columns: vec![Link::new("政策文件", "/linhu/gongkai/fading/zhengcewenjian")],
                office: office(&frame),
                tools: Tools::default(),
                checked: "2026-11-25".into(),
                reply: 20,
                lists: vec![Link::new("标准目录", "/linhu/mulu")],
                frame,
            },
        )]
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_guide_is_sound() {
        assert_eq!(web::page::faults::<super::GuidePage>(), Vec::<String>::new());
    }
}
