//! The pages of zones for whoever keeps them and whoever looks after them.

mod inspection;
mod inspections;
mod list;
mod one;
mod opening;
mod sheets;
mod signs;
mod todos;

use axum::http::Method;
use identity::Organ;
use identity::powers::{Condition, Tie};
use ledger::Desk;
use web::workbench::{DeskEntry, DeskSample, Submitted, TodoSource, sent_to};
use web::{Clerk, Fault, House, Later, Route, Visit};

use crate::acts::ActError;
use crate::store::Zone;

pub(crate) const LIST: &str = "/gongzuo/zhuanqu";
const NEW: &str = "/gongzuo/zhuanqu/xin";
const ONE: &str = "/gongzuo/zhuanqu/{id}";
const LOOKS: &str = "/gongzuo/zhuanqu-jiancha";

/// The entries in the menu.
pub const NAV: &[DeskEntry] = &[
    DeskEntry { heading: "公开", rank: 28, key: "zhuanqu", words: "公开专区", path: LIST },
    DeskEntry {
        heading: "监督", rank: 66, key: "zhuanqu-jiancha", words: "专区检查", path: LOOKS
    },
];

/// What waits.
pub const TODOS: TodoSource = TodoSource { list: todos::list };

const MANAGE: &str = "zone.manage";
const RECORD: &str = "zone.service.record";
const INSPECT: &str = "zone.inspect";

/// The pages for everybody and, beside them, those at the workbench.
pub fn beside(mut public: Vec<Route>) -> Vec<Route> {
    let (get, post) = (|| Method::GET, || Method::POST);
    public.extend([
        Route::power(MANAGE, get(), LIST, list::show),
        Route::power(MANAGE, get(), NEW, opening::show),
        Route::power(MANAGE, post(), NEW, opening::act),
        Route::power(MANAGE, get(), ONE, one::show),
        Route::power(MANAGE, post(), "/gongzuo/zhuanqu/{id}/ziliao", one::tell),
        Route::power(MANAGE, post(), "/gongzuo/zhuanqu/{id}/biqu", one::close_for),
        Route::power(MANAGE, post(), "/gongzuo/zhuanqu/{id}/tingban", one::end),
        Route::power(MANAGE, post(), "/gongzuo/zhuanqu/{id}/shebei", one::equipment),
        Route::power(MANAGE, post(), "/gongzuo/zhuanqu/{id}/renyuan", one::staff),
        Route::power(MANAGE, post(), "/gongzuo/zhuanqu/{id}/cailiao", one::material),
        Route::power(MANAGE, post(), "/gongzuo/zhuanqu/{id}/kucun", one::movement),
        Route::power(MANAGE, post(), "/gongzuo/zhuanqu/{id}/kouling", one::pin),
        Route::power(MANAGE, post(), "/gongzuo/zhuanqu/{id}/zizhuji", one::machine),
        Route::power(RECORD, post(), "/gongzuo/zhuanqu/{id}/fuwu", one::visits),
        Route::power(RECORD, post(), "/gongzuo/zhuanqu/{id}/yingda", one::answer),
        Route::power(RECORD, get(), "/gongzuo/zhuanqu/{id}/fuwu.csv", sheets::visits),
        Route::power(MANAGE, get(), "/gongzuo/zhuanqu/{id}/biaoshi/{sheet}", signs::show),
        Route::power(INSPECT, get(), LOOKS, inspections::show),
        Route::power(INSPECT, get(), "/gongzuo/zhuanqu-jiancha/{id}", inspection::show),
        Route::power(INSPECT, post(), "/gongzuo/zhuanqu-jiancha/{id}", inspection::act),
    ]);
    public
}

/// An address of each type of page.
pub const SAMPLES: &[DeskSample] = &[
    DeskSample { name: "zones desk", path: |_, _| Box::pin(async { Ok(Some(LIST.into())) }) },
    DeskSample { name: "zone opening", path: |_, _| Box::pin(async { Ok(Some(NEW.into())) }) },
    DeskSample { name: "zone desk", path: |house, organ| of_own(house, organ, "") },
    DeskSample { name: "zone sign", path: |house, organ| of_own(house, organ, "/biaoshi/menpai") },
    DeskSample { name: "zone notice", path: |house, organ| of_own(house, organ, "/biaoshi/fuwu") },
    DeskSample {
        name: "zones to look at",
        path: |_, _| Box::pin(async { Ok(Some(LOOKS.into())) }),
    },
];

fn of_own<'a>(house: &'a House, organ: &'a Organ, rest: &'a str) -> Later<'a, Option<String>> {
    Box::pin(async move {
        let zones = Zone::of_organ(house.store(), &organ.code).await.map_err(Fault::from)?;
        Ok(zones.first().map(|zone| format!("{}{rest}", zone.desk_path())))
    })
}

/// The organ's zone at an address, for a clerk who may do the act to it.
async fn own(visit: &Visit, clerk: &Clerk, act: &str, id: &str) -> Result<Zone, Fault> {
    let zone = Zone::find(visit.house.store(), id).await?;
    let own = |zone: &Zone| zone.organ == clerk.organ.code && zone.closed_on.is_none();
    let zone = zone.filter(own).ok_or(Fault::NotFound)?;
    // Of visitors nothing but how many is ever kept.
    let tie = Tie::to(&zone.organ).in_unit(clerk.unit.clone()).holding([Condition::Masked]);
    clerk.may(act, &tie)?;
    Ok(zone)
}

/// A desk at which the clerk acts.
async fn desk_of(visit: &Visit, clerk: &Clerk) -> Result<Desk, Fault> {
    Ok(visit.house.ledger().desk(clerk.actor()).await?)
}

/// What an act gave, or its refusal as a page.
fn seen<T>(done: Result<T, ActError>) -> Result<T, Fault> {
    done.map_err(ActError::into_fault)
}

/// A number of a form; none where it is none.
fn number(form: &Submitted, name: &str) -> Option<u32> {
    form.get(name).trim().parse().ok()
}
