//! `/gongkai-rizhi`: what the public log is, what it proves and what not, and how to check oneself.

use askama::Template;
use axum::response::Html;
use ledger::log::Inscribed;
use web::layout::{ColumnTags, Frame};
use web::page::Page;
use web::{Fault, Site, Visit};

use super::words;

/// So many of the newest leaves are shown.
const NEWEST: i64 = 20;

#[derive(Template)]
#[template(path = "portal/explained.html")]
struct ExplainedPage {
    frame: Frame,
    log: Option<LogFacts>,
    leaves: Vec<LeafLine>,
    waiting: i64,
}

/// What is known of the log now.
struct LogFacts {
    origin: String,
    vkey: String,
    size: i64,
    root: String,
    signed_at: String,
    witnesses: Vec<String>,
}

struct LeafLine {
    position: i64,
    href: String,
    at: String,
    event: &'static str,
    index: String,
}

/// Shows the page.
pub async fn show(visit: Visit) -> Result<Html<String>, Fault> {
    let log = visit.house.ledger().log();
    let (identity, signed) = (log.identity().await?, log.checkpoint().await?);
    let witnesses = log.witnesses().await?.into_iter().map(|witness| witness.name).collect();
    let facts = identity.zip(signed).map(|(identity, signed)| LogFacts {
        origin: identity.origin,
        vkey: identity.vkey,
        size: signed.size,
        root: signed.root,
        signed_at: words::moment(&signed.signed_at),
        witnesses,
    });
    let frame = frame(visit.frame());
    // A copy has each leaf once, on the first site.
    let sites = visit.house.directory();
    let first = sites.all().first().filter(|_| visit.for_copy);
    let place = first.unwrap_or(&visit.site);
    let leaves = log.newest_leaves(NEWEST).await?;
    let waiting = log.waiting().await?;
    let leaves = leaves.iter().map(|leaf| line(leaf, place)).collect();
    web::page::answer(&ExplainedPage { log: facts, leaves, waiting, frame })
}

fn line(leaf: &Inscribed, site: &Site) -> LeafLine {
    LeafLine {
        position: leaf.position,
        href: site.link(&format!("/gongkai-rizhi/{}", leaf.position)),
        at: words::moment(&leaf.body.at),
        event: leaf.body.words(),
        index: leaf.body.index.clone(),
    }
}

fn frame(frame: Frame) -> Frame {
    const TITLE: &str = "公开日志";
    const ABOUT: &str = "每次发布、更正、撤下都记入一本只能增加、人人可以核对的日志";
    frame.titled(TITLE).described(ABOUT).at(TITLE).column(ColumnTags {
        name: TITLE.into(),
        description: ABOUT.into(),
        keywords: "公开日志,存证,核对".into(),
        kind: "概况信息".into(),
    })
}

impl Page for ExplainedPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let facts = || LogFacts {
            origin: "www.yunhu.example".into(),
            vkey: "www.yunhu.example+1a2b3c4d+AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEB".into(),
            size: 21_406,
            root: "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=".into(),
            signed_at: "2026-11-26 09:30:12".into(),
            witnesses: vec!["sheng.example/jianzheng".into()],
        };
        let leaf = LeafLine {
            position: 21_405,
            href: "/linhu/gongkai-rizhi/21405".into(),
            at: "2026-11-26 09:30:11".into(),
            event: "发布",
            index: "FJ00116-0101-2026-00018".into(),
        };
        let of = |log, leaves, waiting| Self {
            frame: frame(Frame::sample("公开日志")),
            log,
            leaves,
            waiting,
        };
        vec![
            ("有条目", of(Some(facts()), vec![leaf], 1)),
            ("没有见证人", of(Some(LogFacts { witnesses: vec![], ..facts() }), vec![], 0)),
            ("尚未建立", of(None, vec![], 0)),
        ]
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_page_is_sound() {
        assert_eq!(web::page::faults::<super::ExplainedPage>(), Vec::<String>::new());
    }
}
