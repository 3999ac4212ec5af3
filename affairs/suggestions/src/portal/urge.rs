//! `/zixun/cui`: 我要催. What should have been published and was not: says what happens, and leads with one's words to
//! the items that can be urged. It is kept and answered where the items are (docs/readings/288).

use askama::Template;
use axum::extract::Query;
use axum::response::Html;
use serde::Deserialize;
use web::components::Filters;
use web::layout::Frame;
use web::page::Page;
use web::{Fault, UrgingSource, Visit};

use super::{ENTRANCE, STATISTICS, framed};

const TITLE: &str = "我要催";

#[derive(Template)]
#[template(path = "portal/urge.html")]
struct UrgePage {
    frame: Frame,
    finding: Filters,
    all: String,
    numbers: String,
    back: String,
}

/// What is looked for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Wish {
    /// Words that were written elsewhere.
    q: String,
}

/// Shows it.
pub async fn show(visit: Visit, Query(wish): Query<Wish>) -> Result<Html<String>, Fault> {
    let source = visit.house.urging().ok_or(Fault::NotFound)?;
    web::page::answer(&UrgePage {
        frame: framed(&visit, TITLE, "该公开的没有公开、公开晚了，找到那一项催一下"),
        finding: finding(&source, visit.site.link(source.search), wish.q.trim()),
        all: visit.site.link(source.all),
        numbers: visit.site.link(STATISTICS),
        back: visit.site.link(ENTRANCE),
    })
}

/// The search in which one finds the item, with the words.
fn finding(source: &UrgingSource, action: String, words: &str) -> Filters {
    let besides = source.besides.iter();
    Filters {
        action,
        label: "什么信息没有公开".into(),
        name: "q".into(),
        words: words.to_owned(),
        selects: Vec::new(),
        carried: besides.map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
    }
}

impl Page for UrgePage {
    fn samples() -> Vec<(&'static str, Self)> {
        let page = |words: &str| Self {
            frame: Frame::sample(TITLE).at(TITLE),
            finding: Filters {
                action: "/linhu/sousuo".into(),
                label: "哪一项没有公开".into(),
                name: "q".into(),
                words: words.into(),
                ..Filters::default()
            },
            all: "/linhu/mulu".into(),
            numbers: "/linhu/zixun/tongji".into(),
            back: "/linhu/zixun".into(),
        };
        vec![("没有写什么", page("")), ("带来了字", page("养老机构评估结果"))]
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_page_is_sound() {
        assert_eq!(web::page::faults::<super::UrgePage>(), Vec::<String>::new());
    }
}
