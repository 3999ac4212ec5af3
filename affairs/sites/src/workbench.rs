//! 网站: an organ's 指南 and 目录, the inspection, columns, what the site says of itself, short links, visits, and what visitors report.

mod columns;
mod inspection;
mod messages;
mod papers;
mod particulars;
mod short_links;
mod visits;

use std::sync::Arc;

use axum::http::Method;
use identity::powers::Tie;
use ledger::Desk;
use web::workbench::{DeskEntry, DeskSample, REASON, Submitted, Todo, TodoSource, sent_to};
use web::{Clerk, Fault, House, Later, Route, Site, Visit};

/// Where the result of inspections is read.
const CHECK: &str = "site.check.read";
/// Where columns are settled.
const COLUMN: &str = "site.column.define";
/// Where what a site says of itself is set.
const PARTICULARS: &str = "site.particulars.edit";
/// Where short links are made.
const SHORT: &str = "site.short_link.make";
/// Where visits are read.
const VISITS: &str = "site.visits.read";
/// Where reports are handled.
const HANDLE: &str = "site.error.handle";

/// The entries in the menu of the workbench.
pub(crate) const NAV: &[DeskEntry] = &[
    papers::ENTRY,
    DeskEntry {
        heading: "网站",
        rank: 70,
        key: "jiucuo",
        words: "找错和评价",
        path: messages::PATH,
    },
    DeskEntry {
        heading: "网站",
        rank: 71,
        key: "wangzhan",
        words: "日常检查",
        path: inspection::PATH,
    },
    DeskEntry {
        heading: "网站", rank: 72, key: "lanmu", words: "栏目保障", path: columns::PATH
    },
    DeskEntry {
        heading: "网站",
        rank: 73,
        key: "zhandian",
        words: "站点资料",
        path: particulars::PATH,
    },
    DeskEntry {
        heading: "网站",
        rank: 74,
        key: "duanlian",
        words: "短链接",
        path: short_links::PATH,
    },
    DeskEntry {
        heading: "网站", rank: 75, key: "fangwen", words: "访问量", path: visits::PATH
    },
];

/// Reports that wait for an answer.
pub(crate) const TODOS: TodoSource = TodoSource { list: todos };

macro_rules! sample {
    ($name:literal, $path:expr) => {
        DeskSample { name: $name, path: |_, _| Box::pin(async { Ok(Some($path.into())) }) }
    };
}

/// An address of each type of page.
pub(crate) const SAMPLES: &[DeskSample] = &[
    sample!("sites desk guide", "/gongzuo/zhinan"),
    sample!("sites desk catalogue", "/gongzuo/zhinan/mulu"),
    sample!("site desk inspection", inspection::PATH),
    sample!("site desk columns", columns::PATH),
    sample!("site desk column", "/gongzuo/lanmu/P20-01"),
    sample!("site desk particulars", particulars::PATH),
    sample!("site desk short links", short_links::PATH),
    sample!("site desk visits", visits::PATH),
    sample!("site desk messages", messages::PATH),
    DeskSample { name: "site desk message", path: messages::sample },
];

/// The pages for everybody and, beside them, those at the workbench.
pub(crate) fn beside(mut public: Vec<Route>) -> Vec<Route> {
    let (get, post) = (|| Method::GET, || Method::POST);
    public.extend([
        Route::power(CHECK, get(), inspection::PATH, inspection::show),
        Route::power(CHECK, post(), inspection::NOW, inspection::now),
        Route::power(COLUMN, get(), columns::PATH, columns::show),
        Route::power(COLUMN, get(), columns::ONE, columns::one),
        Route::power(COLUMN, post(), columns::ONE, columns::define),
        Route::power(PARTICULARS, get(), particulars::PATH, particulars::show),
        Route::power(PARTICULARS, post(), particulars::PATH, particulars::set),
        Route::power(SHORT, get(), short_links::PATH, short_links::show),
        Route::power(SHORT, post(), short_links::PATH, short_links::make),
        Route::power(VISITS, get(), visits::PATH, visits::show),
        Route::power(VISITS, get(), visits::FILE, visits::file),
        Route::power(HANDLE, get(), messages::PATH, messages::show),
        Route::power(HANDLE, get(), messages::ONE, messages::one),
        Route::power(HANDLE, post(), messages::ONE, messages::settle),
    ]);
    public.extend(papers::routes());
    public
}

/// The site that the clerk's organ speaks on: that of its division, or the one that is visited.
fn site_of(visit: &Visit, clerk: &Clerk) -> Arc<Site> {
    let own = visit.house.directory().serving(&clerk.organ.division);
    own.unwrap_or_else(|| Arc::clone(&visit.site))
}

/// What the access policy asks about when a site is changed: the organ in whose name it is kept, and that a
/// reason is written.
fn tie(site: &Site, form: &Submitted) -> Tie {
    Tie::to(&site.organ).because(form.get(REASON))
}

/// A desk at which the clerk acts.
async fn desk_of(visit: &Visit, clerk: &Clerk) -> Result<Desk, Fault> {
    Ok(visit.house.ledger().desk(clerk.actor()).await?)
}

/// What was done just now.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
struct Done {
    done: String,
}

fn todos<'a>(house: &'a House, clerk: &'a Clerk) -> Later<'a, Vec<Todo>> {
    Box::pin(async move {
        if !clerk.has_power(HANDLE) {
            return Ok(vec![]);
        }
        messages::todos(house, clerk).await
    })
}
