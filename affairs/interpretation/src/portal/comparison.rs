//! `/jiedu/{id}/duibi`: the policy beside the one whose place it takes, paragraph by paragraph.

use askama::Template;
use axum::extract::Path;
use axum::response::Html;
use interpretation_rules::Passage;
use web::layout::{Frame, Link};
use web::{Fault, Visit};

use super::{LIST, column, one};
use crate::cited;

#[derive(Template)]
#[template(path = "portal/comparison.html")]
struct ComparisonPage {
    frame: Frame,
    now: Link,
    former: Link,
    /// Nothing where the two are too long.
    passages: Option<Vec<Passage>>,
    back: String,
}

/// Shows it; nothing where the policy takes no place, or one of the two is not shown to everybody.
pub async fn show(visit: Visit, Path(id): Path<String>) -> Result<Html<String>, Fault> {
    let (explained, policy) = one::find(&visit, &id).await?;
    let mut texts = Vec::new();
    for path in [policy.path().unwrap_or_default(), policy.former.as_str()] {
        let key = cited::key_in(path).ok_or(Fault::NotFound)?;
        texts.push(cited::standing(&visit.house, key).await?.ok_or(Fault::NotFound)?);
    }
    let [now, former] = texts.as_slice() else { return Err(Fault::NotFound) };
    let link =
        |one: &cited::Standing| Link::new(&one.document.title, visit.site.link(&one.document.path));
    let told = format!("《{}》与原政策逐段对照", policy.title);
    let page = ComparisonPage {
        passages: Passage::between(&former.text, &now.text),
        now: link(now),
        former: link(former),
        back: visit.site.link(&explained.path()),
        frame: visit
            .frame()
            .titled(format!("逐段对照：{}", policy.title))
            .described(told)
            .within("jiedu")
            .under("政策解读", LIST)
            .at("逐段对照")
            .column(column()),
    };
    web::page::answer(&page)
}
