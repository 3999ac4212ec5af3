//! `/shenqing`: 依申请公开: look first, then apply, on paper or, where a room takes applications, online
//! ([`web::Place::Application`]).

use askama::Template;
use axum::extract::Query;
use axum::response::Html;
use serde::Deserialize;
use sites_rules::reply_term;
use web::components::{Meta, SearchBox, Tree};
use web::layout::Frame;
use web::page::Page;
use web::{Fault, Place, Visit};

use super::guide::office;
use super::tags;
use super::tree::{tally, tree};

#[derive(Template)]
#[template(path = "portal/application.html")]
struct ApplicationPage {
    frame: Frame,
    tree: Tree,
    search: SearchBox,
    /// Applying online, as the room that takes applications draws it.
    panels: Vec<String>,
    office: Meta,
    reply: u32,
    basis: String,
}

/// Of whom something is asked, where somebody came from an organ's page.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct OfOrgan {
    jiguan: String,
}

/// Shows how to apply.
pub async fn show(visit: Visit, Query(of): Query<OfOrgan>) -> Result<Html<String>, Fault> {
    let counts = tally(&visit).await?;
    let term = reply_term(visit.house.ledger().clock().today()).map_err(Fault::inside)?;
    let frame = visit
        .frame()
        .titled("依申请公开")
        .described(format!("怎样向{}申请公开政府信息", visit.site.frame.name))
        .within("shenqing")
        .under("政府信息公开", "/gongkai")
        .at("依申请公开")
        .column(tags(
            "依申请公开",
            "申请政府信息公开的条件、方式、期限",
            "信息公开,依申请公开",
            "依申请公开",
        ));
    let panels = visit.house.panels(Place::Application, &visit.site, of.jiguan.trim()).await?;
    let page = ApplicationPage {
        panels,
        tree: tree(&visit.site, &counts, "/shenqing"),
        search: SearchBox {
            action: frame.href("/sousuo"),
            name: "先查一查".into(),
            label: "先查一查是不是已经公开".into(),
            example: "危房改造".into(),
            ..SearchBox::default()
        },
        office: office(&frame),
        reply: term.value.0,
        basis: term.basis.to_string(),
        frame,
    };
    web::page::answer(&page)
}

impl Page for ApplicationPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let frame = Frame::sample("依申请公开").within("gongkai").at("依申请公开");
        vec![(
            "一个区",
            ApplicationPage {
                tree: Tree { heading: "政府信息公开栏目".into(), nodes: vec![] },
                search: SearchBox {
                    action: "/linhu/sousuo".into(),
                    name: "先查一查".into(),
                    label: "先查一查".into(),
                    ..SearchBox::default()
                },
                panels: vec![],
                office: office(&frame),
                reply: 20,
                basis: "《政府信息公开条例》第三十三条第二款".into(),
                frame,
            },
        )]
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_application_page_is_sound() {
        assert_eq!(web::page::faults::<super::ApplicationPage>(), Vec::<String>::new());
    }
}
