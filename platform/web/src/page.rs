//! What a page is: a struct beside its template, with samples.
//!
//! One test renders every sample of every page and [`inspect`]s the HTML; see [`faults`].

mod feed;
mod inspection;

use askama::Template;
use axum::response::Html;

pub use feed::{Feed, FeedEntry, a_year_before};
pub use inspection::inspect;

use crate::Fault;

/// A whole page.
pub trait Page: Template + Sized {
    /// The page as it looks in each situation that matters: full, empty, with errors, long words.
    fn samples() -> Vec<(&'static str, Self)>;
}

/// Renders a page as an answer.
///
/// # Errors
/// [`Fault::Inside`] if a value in it cannot be written.
pub fn answer(page: &impl Template) -> Result<Html<String>, Fault> {
    Ok(Html(page.render()?))
}

/// What is wrong with the samples of a page, one line each; empty when all are sound.
pub fn faults<P: Page>() -> Vec<String> {
    let name = std::any::type_name::<P>().rsplit("::").next().unwrap_or_default();
    let mut faults = Vec::new();
    for (sample, page) in P::samples() {
        match page.render() {
            Ok(html) => faults.extend(
                inspect(&html).into_iter().map(|fault| format!("{name}, {sample}: {fault}")),
            ),
            Err(error) => faults.push(format!("{name}, {sample}: {error}")),
        }
    }
    faults
}
