//! 开放数据 and the interface for programs, as people and machines meet them: the page `/api`, the
//! description (OpenAPI 3.1), the catalogue of data sets (DCAT 3) and the sets given out whole.
//!
//! It stands among the platform because it speaks of every room's data and of no affair of the law: what can
//! be asked and what sets there are it learns from the rooms ([`web::api::Operation`],
//! [`web::api::Dataset`]).

pub mod bulk;
mod portal;

use web::{Announcing, Copied, Room, Route, Sample, SitemapSource};

/// What is said of how the data may be used (docs/readings/227).
pub const LICENCE: &str = "公开的数据可以自由取用、加工、再发布，不收费、不用申请；请写明来源和取得的日期，加工过的写明改了什么；\
                           更正、撤下的，请跟着更正、撤下。";

/// Everything it offers.
pub fn room() -> Room {
    Room {
        name: "opendata",
        title: "开放数据",
        migrations: web::api::MIGRATIONS,
        sealed: web::api::SEALED,
        routes: vec![
            Route::public("/api", portal::manual::show),
            Route::public("/api/v1/openapi.json", portal::manual::description),
            Route::public("/shuju", portal::sets::show),
            Route::public("/shuju/catalog.jsonld", portal::catalog::show),
            Route::public("/shuju/{set}", portal::set::show),
            // A set may be larger than what is kept of pages.
            Route::public_fresh(axum::http::Method::GET, "/shuju/{set}/{file}", portal::file::show)
                .copied(Copied::Page),
        ],
        overall: &["/api", "/shuju"],
        about: vec![("开放数据", "/shuju"), ("程序接口", "/api")],
        errands: vec![bulk::ERRAND],
        announcing: Some(Announcing { take: bulk::heard }),
        sitemap: Some(SitemapSource { entries: portal::entries }),
        samples: samples(),
        ..Room::default()
    }
}

/// An address of each page type.
fn samples() -> Vec<Sample> {
    macro_rules! sample {
        ($name:literal, $path:literal) => {
            Sample { name: $name, path: |_| Box::pin(async { Ok(Some($path.into())) }) }
        };
    }
    vec![
        sample!("interface", "/api"),
        sample!("data sets", "/shuju"),
        Sample { name: "data set", path: portal::set::sample },
    ]
}
