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

use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use web::workbench::{DeskEntry, TodoSource};
use web::{Fault, Route, Visit};

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
    let (get, post) = (Method::GET, Method::POST);
    vec![
        Route::workbench(get.clone(), "/gongzuo/mulu", list::show),
        Route::workbench(get.clone(), "/gongzuo/mulu/{domain}", draft::show),
        Route::workbench(post.clone(), "/gongzuo/mulu/{domain}", draft::act),
        Route::workbench(get.clone(), "/gongzuo/mulu/{domain}/xinzeng", row::blank),
        Route::workbench(post.clone(), "/gongzuo/mulu/{domain}/xinzeng", row::add),
        Route::workbench(get.clone(), "/gongzuo/mulu/{domain}/daoru", intake::show),
        Route::workbench(post.clone(), "/gongzuo/mulu/{domain}/daoru", intake::act),
        Route::workbench(get.clone(), "/gongzuo/mulu/{domain}/tiaozheng", adjustments::show),
        Route::workbench(post.clone(), "/gongzuo/mulu/{domain}/tiaozheng", adjustments::act),
        Route::workbench(get.clone(), "/gongzuo/mulu/{domain}/tiaozheng/{id}", adapting::show),
        Route::workbench(post.clone(), "/gongzuo/mulu/{domain}/tiaozheng/{id}", adapting::act),
        Route::workbench(get.clone(), "/gongzuo/mulu/{domain}/fabu", releasing::show),
        Route::workbench(post.clone(), "/gongzuo/mulu/{domain}/fabu", releasing::act),
        Route::workbench(get.clone(), "/gongzuo/yiwu", owing::show),
        Route::workbench(post.clone(), "/gongzuo/yiwu", owing::act),
        Route::workbench(get.clone(), "/gongzuo/cuiban", reminders::show),
        Route::workbench(post.clone(), "/gongzuo/cuiban", reminders::act),
        Route::workbench(get.clone(), "/gongzuo/quanze", powers::show),
        Route::workbench(post.clone(), "/gongzuo/quanze", powers::act),
        Route::workbench(get.clone(), "/gongzuo/quanze.xlsx", powers::export),
        Route::workbench(get.clone(), "/gongzuo/biaozhun", standards::show),
        Route::workbench(post.clone(), "/gongzuo/biaozhun", standards::act),
        Route::workbench(get.clone(), "/gongzuo/biaozhun/xiangqing", standard::show),
        Route::workbench(post.clone(), "/gongzuo/biaozhun/xiangqing", standard::act),
        Route::workbench(get.clone(), "/gongzuo/xuqiu", wishes::show),
        Route::workbench(get.clone(), "/gongzuo/xuqiu/chuli", wishes::one),
        Route::workbench(post.clone(), "/gongzuo/xuqiu/chuli", wishes::act),
        Route::workbench(get, "/gongzuo/mulu/{domain}/{item}", row::show),
        Route::workbench(post, "/gongzuo/mulu/{domain}/{item}", row::act),
    ]
}

/// Sends the clerk on to a page, below the site.
fn sent_to(visit: &Visit, path: &str) -> Response {
    let to = HeaderValue::try_from(visit.site.link(path));
    let to = to.unwrap_or(HeaderValue::from_static("/"));
    (StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response()
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
