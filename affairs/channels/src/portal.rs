//! What the public sees of 公开渠道: the zones, and what a machine in one of them shows of its own.

mod asking;
mod calendar;
mod corner;
pub mod list;
pub mod machine;
mod one;
mod printing;

use axum::http::Method;
use web::{Fault, House, Later, Route, Sample};

use crate::store::Zone;

/// The list.
pub(crate) const LIST: &str = "/zhuanqu";

/// The pages.
pub fn routes() -> Vec<Route> {
    let (get, post) = (|| Method::GET, || Method::POST);
    vec![
        // Whether a zone is open changes with the hour: these pages are not kept.
        Route::public_fresh(get(), LIST, list::show),
        Route::public_fresh(get(), "/zhuanqu/{id}", one::show),
        Route::public("/zhuanqu/{id}/kaifang.ics", calendar::show),
        Route::public_fresh(get(), machine::CALL, machine::call::show),
        Route::public_fresh(post(), machine::CALL, machine::call::send),
        Route::public_fresh(get(), machine::ASK, asking::show),
        Route::public_fresh(get(), machine::PRINT, printing::show),
        Route::public_fresh(post(), machine::PRINT, printing::send),
        Route::public_fresh(get(), machine::CORNER, corner::show),
        Route::public_fresh(post(), machine::CORNER, corner::enter),
        Route::public_fresh(post(), machine::BEAT, machine::beat),
    ]
}

/// An address of each page type.
pub fn samples() -> Vec<Sample> {
    macro_rules! sample {
        ($name:literal, $path:expr) => {
            Sample { name: $name, path: |_| Box::pin(async { Ok(Some($path.into())) }) }
        };
    }
    vec![
        sample!("zones", LIST),
        Sample { name: "zone", path: some_zone },
        sample!("machine: first page", "/k"),
        sample!("machine: looking", "/k/chaxun"),
        sample!("machine: search", "/k/sousuo?q=%E4%BD%8E%E4%BF%9D"),
        sample!("machine: catalogue", "/k/mulu"),
        sample!("machine: applying", "/k/shenqing/xin"),
        sample!("machine: still there", "/k/haizai"),
        sample!("machine: not here", "/k/gongzuo"),
        sample!("machine: offline", "/k/lixian"),
        sample!("machine: call", "/k/zhuanqu/zizhu/jiao"),
        sample!("machine: ask", "/k/zhuanqu/zizhu/zixun"),
        sample!("machine: print", "/k/zhuanqu/zizhu/dayin?qu=/mulu"),
        sample!("machine: staff corner", "/k/zhuanqu/zizhu/zhishou"),
        sample!("zone: call", machine::CALL),
        sample!("zone: ask", machine::ASK),
        sample!("zone: print", machine::PRINT),
        sample!("zone: staff corner", machine::CORNER),
    ]
}

fn some_zone(house: &House) -> Later<'_, Option<String>> {
    Box::pin(async move {
        let zones = Zone::within(house.store(), ("", "9")).await.map_err(Fault::from)?;
        Ok(zones.first().map(Zone::path))
    })
}
