//! 公开日志 as people and machines see it: the page that says what it proves and what not, a page for each
//! leaf, and the addresses that C2SP tlog-tiles asks for.
//!
//! It stands among the platform because it speaks of every room's leaves and of no affair of the law; what
//! a leaf is about it learns from whichever room put it there ([`web::InscribedSource`]).

mod api;
mod machines;
mod portal;

use axum::http::Method;
use web::{Copied, Room, Route, Sample};

/// Everything it offers.
pub fn room() -> Room {
    Room {
        name: "transparency",
        title: "公开日志",
        routes: vec![
            Route::public_fresh(Method::GET, "/checkpoint", machines::checkpoint)
                .copied(Copied::Exact),
            Route::public_fresh(Method::GET, "/tile/{*rest}", machines::tile).copied(Copied::Exact),
            Route::public("/gongkai-rizhi", portal::explained::show),
            // What was withdrawn must not be given out a moment longer, so no answer is kept.
            Route::public_fresh(Method::GET, "/gongkai-rizhi/{name}", portal::leaf::show)
                .copied(Copied::Single),
        ],
        operations: api::operations(),
        datasets: api::DATASETS,
        about: vec![("公开日志", "/gongkai-rizhi")],
        samples: vec![
            Sample {
                name: "public log",
                path: |_| Box::pin(async { Ok(Some("/gongkai-rizhi".into())) }),
            },
            Sample { name: "public log leaf", path: portal::leaf::sample },
        ],
        ..Room::default()
    }
}
