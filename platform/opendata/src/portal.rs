//! The pages and the addresses for machines.

pub mod catalog;
pub mod file;
pub mod manual;
pub mod set;
pub mod sets;

use web::layout::ColumnTags;
use web::{House, Later, Site, SitemapEntry};

fn column(name: &str, about: &str) -> ColumnTags {
    ColumnTags {
        name: name.into(),
        description: about.into(),
        keywords: "开放数据,数据集,程序接口,API".into(),
        kind: "数据发布".into(),
    }
}

/// What machines find of it on a site.
pub fn entries<'a>(house: &'a House, _: &'a Site) -> Later<'a, Vec<SitemapEntry>> {
    let entry = |path: String| SitemapEntry { path, changed: None };
    let sets = house.datasets().map(|set| entry(format!("/shuju/{}", set.slug)));
    let all = ["/shuju", "/api"].map(|path| entry(path.to_owned())).into_iter().chain(sets);
    let all = all.collect();
    Box::pin(async move { Ok(all) })
}
