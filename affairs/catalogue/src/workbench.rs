//! The catalogue's pages for clerks.

pub mod adapting;
pub mod adjustments;
mod begun;
mod bench;
mod cells;
mod charges;
mod checking;
pub mod draft;
pub mod intake;
pub mod list;
pub mod looking;
mod mending;
pub mod owing;
pub mod powers;
mod reading_words;
mod register_todos;
pub mod releasing;
pub mod reminders;
mod returned;
pub mod row;
mod row_form;
pub mod samples;
pub mod standard;
mod standard_form;
pub mod standards;
mod steps;
mod todos;
mod undoing;
pub mod wishes;

use axum::http::Method;
use web::workbench::{DeskEntry, TodoSource, sent_to};
use web::{Fault, Route};

use crate::acts::ActError;

/// The catalogue's entries in the menu of the workbench.
pub const NAV: &[DeskEntry] = &[
    entry("公开", 20, "mulu", "标准目录", "/gongzuo/mulu"),
    entry("公开", 21, "yiwu", "公开义务", "/gongzuo/yiwu"),
    entry("公开", 22, "cuiban", "读者催办", "/gongzuo/cuiban"),
    entry("公开", 23, "xuqiu", "群众在找什么", "/gongzuo/xuqiu"),
    entry("监督", 61, "biaozhun", "标准登记", "/gongzuo/biaozhun"),
    entry("监督", 60, "quanze", "权责事项", "/gongzuo/quanze"),
];

const fn entry(
    heading: &'static str,
    rank: i32,
    key: &'static str,
    words: &'static str,
    path: &'static str,
) -> DeskEntry {
    DeskEntry { heading, rank, key, words, path }
}

/// What of the catalogue waits for an organ.
pub const TODOS: TodoSource = TodoSource { list: todos::list };

/// The pages for everybody and, beside them, those at the workbench.
pub fn beside(mut public: Vec<Route>) -> Vec<Route> {
    public.extend(routes());
    public
}

fn routes() -> Vec<Route> {
    let mut routes = of_catalogues();
    routes.extend(of_duties());
    routes
}

/// Where a catalogue is read and worked on.
const READ: &str = "catalogue.read_draft";
const EDIT: &str = "catalogue.row.edit";

/// Where the register of standards is read and kept.
const KEPT: &str = "standard.register.read";
const KEEP: &str = "standard.register.edit";

fn of_catalogues() -> Vec<Route> {
    let (get, post) = (|| Method::GET, || Method::POST);
    vec![
        Route::power(READ, get(), "/gongzuo/mulu", list::show),
        Route::power(READ, get(), "/gongzuo/mulu/{domain}", draft::show),
        Route::power(EDIT, post(), "/gongzuo/mulu/{domain}", draft::act),
        Route::power(EDIT, get(), "/gongzuo/mulu/{domain}/xinzeng", row::blank),
        Route::power(EDIT, post(), "/gongzuo/mulu/{domain}/xinzeng", row::add),
        Route::power(EDIT, get(), "/gongzuo/mulu/{domain}/daoru", intake::show),
        Route::power(EDIT, post(), "/gongzuo/mulu/{domain}/daoru", intake::act),
        Route::power(READ, get(), "/gongzuo/mulu/{domain}/tiaozheng", adjustments::show),
        Route::power(EDIT, post(), "/gongzuo/mulu/{domain}/tiaozheng", adjustments::act),
        Route::power(EDIT, get(), "/gongzuo/mulu/{domain}/tiaozheng/{id}", adapting::show),
        Route::power(EDIT, post(), "/gongzuo/mulu/{domain}/tiaozheng/{id}", adapting::act),
        Route::power(READ, get(), "/gongzuo/mulu/{domain}/fabu", releasing::show),
        Route::power(EDIT, post(), "/gongzuo/mulu/{domain}/fabu", releasing::act),
        Route::power(READ, get(), "/gongzuo/mulu/{domain}/{item}", row::show),
        Route::power(EDIT, post(), "/gongzuo/mulu/{domain}/{item}", row::act),
    ]
}

fn of_duties() -> Vec<Route> {
    let (get, post) = (|| Method::GET, || Method::POST);
    vec![
        Route::power("catalogue.duty.read", get(), "/gongzuo/yiwu", owing::show),
        Route::power("catalogue.event.record", post(), "/gongzuo/yiwu", owing::act),
        Route::power("catalogue.reminder.read", get(), "/gongzuo/cuiban", reminders::show),
        Route::power("catalogue.reminder.answer", post(), "/gongzuo/cuiban", reminders::act),
        Route::power("power.read", get(), "/gongzuo/quanze", powers::show),
        Route::power("power.match", post(), "/gongzuo/quanze", powers::act),
        Route::power("power.read", get(), "/gongzuo/quanze.xlsx", powers::export),
        Route::power(KEPT, get(), "/gongzuo/biaozhun", standards::show),
        Route::power(KEEP, post(), "/gongzuo/biaozhun", standards::act),
        Route::power(KEPT, get(), "/gongzuo/biaozhun/xiangqing", standard::show),
        Route::power(KEEP, post(), "/gongzuo/biaozhun/xiangqing", standard::act),
        Route::power("catalogue.wish.read", get(), "/gongzuo/xuqiu", wishes::show),
        Route::power("catalogue.wish.read", get(), "/gongzuo/xuqiu/chuli", wishes::one),
        Route::power("catalogue.wish.settle", post(), "/gongzuo/xuqiu/chuli", wishes::act),
    ]
}

/// What a clerk is told of an act that was not carried out.
///
/// # Errors
/// It failed for a reason that is none of theirs.
fn words_of(error: ActError) -> Result<String, Fault> {
    match error {
        ActError::Desk(error) => Err(Fault::inside(error)),
        ActError::Store(error) => Err(error.into()),
        other => Ok(format!("{other}。{}。", remedy_here(&other).trim_end_matches('。'))),
    }
}

/// What a clerk may do about it; what the acts advise where that is not for the command line.
fn remedy_here(error: &ActError) -> &'static str {
    match error {
        ActError::NoOrgan(_) => "请与系统管理员核对机关",
        ActError::NoDomain(_) => "从标准目录页进入这个领域",
        ActError::NoDraft => "先在目录页上起草下一版",
        ActError::NoAdjustment(_) | ActError::NoEvent(_) | ActError::NoObligation(_) => {
            "请刷新页面再看"
        }
        ActError::Unfit(_) => "逐条改正后再发布",
        other => other.remedy(),
    }
}

/// What an act gave, or its refusal as a page.
///
/// # Errors
/// The act was not carried out.
fn seen<T>(done: Result<T, ActError>) -> Result<T, Fault> {
    done.map_err(|error| words_of(error).map_or_else(|fault| fault, Fault::Refused))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_page_of_the_workbench_sends_a_clerk_to_the_command_line() {
        let all = [
            ActError::NoOrgan("X".into()),
            ActError::NoDomain("X".into()),
            ActError::NoDraft,
            ActError::NoAdjustment("X".into()),
            ActError::NoEvent("X".into()),
            ActError::NoObligation("X".into()),
            ActError::Unfit(vec![]),
        ];
        for error in all {
            let words = words_of(error).expect("is for the clerk");
            assert!(!words.contains("gongkai") && !words.contains("--"), "{words}");
        }
    }
}
