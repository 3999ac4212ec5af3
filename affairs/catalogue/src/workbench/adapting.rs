//! `/gongzuo/mulu/{domain}/tiaozheng/{id}`: a change above is taken over in words of our own.

use axum::extract::Path;
use axum::response::{Html, IntoResponse, Response};
use catalogue_rules::Decision;
use web::workbench::Submitted;
use web::{Clerk, Fault, Visit};

use super::adjustments::{Change, changes, own};
use super::bench::Bench;
use super::row::{RowPage, level_columns};
use super::row_form::RowForm;
use super::{sent_to, words_of};
use crate::acts::adjustment;

/// Shows the row as it would stand here if what changed above were taken over, to be changed.
pub async fn show(
    visit: Visit,
    clerk: Clerk,
    Path((slug, id)): Path<(String, String)>,
) -> Result<Html<String>, Fault> {
    let bench = Bench::of(&visit, &clerk, &slug).await?;
    let change = find(&visit, &bench, &id).await?;
    if change.sides().is_not_applicable() {
        let words =
            "本级已把这一项定为不适用。要写进本级目录的，先在上级调整里选列入，再在草稿里细化。";
        return Err(Fault::Refused(words.into()));
    }
    let merged = change.sides().settle(&Decision::Accept { giving_up: vec![] });
    let merged = merged.ok().and_then(|settled| settled.item);
    let item = merged.or_else(|| change.ours.clone()).or_else(|| change.above.clone());
    let form = RowForm::showing(item.unwrap_or_default(), level_columns(&bench), None);
    page(&visit, clerk, &bench, &change, form).await
}

async fn find(visit: &Visit, bench: &Bench, id: &str) -> Result<Change, Fault> {
    let all = changes(visit, bench).await?;
    all.into_iter().find(|change| change.entry.id == id).ok_or(Fault::NotFound)
}

async fn page(
    visit: &Visit,
    clerk: Clerk,
    bench: &Bench,
    change: &Change,
    form: RowForm,
) -> Result<Html<String>, Fault> {
    let title = format!("改编：{}", change.name());
    let mut desk = bench.desk_below(visit, clerk, &title).await?;
    if !form.errors.is_empty() {
        desk = desk.with_errors();
    }
    let back = visit.site.link(&bench.path("/tiaozheng"));
    let above = change.above.as_ref().zip(bench.above.as_ref());
    let page = RowPage::adapting(desk, title, form, bench.draft.is_none() || bench.is_open(), back);
    let page = match above {
        Some((item, above)) => page.beside(&above.organ, item, change.ours.as_ref()),
        None => page,
    };
    web::page::answer(&page)
}

/// Takes the change over as filled in.
pub async fn act(
    visit: Visit,
    clerk: Clerk,
    Path((slug, id)): Path<(String, String)>,
    form: Submitted,
) -> Result<Response, Fault> {
    let bench = Bench::of(&visit, &clerk, &slug).await?;
    own(&visit, &bench, std::slice::from_ref(&id)).await?;
    let change = find(&visit, &bench, &id).await?;
    let known = change.ours.as_ref().or(change.above.as_ref()).cloned().unwrap_or_default();
    let mut filled = RowForm::filled(&form, level_columns(&bench), known.extra, known.domain);
    if filled.errors.is_empty() {
        let decision = Decision::Adapt { item: Box::new(filled.item.clone()) };
        let desk = visit.house.ledger().desk(clerk.actor()).await?;
        match adjustment::decide(desk, &id, &decision).await {
            Ok(_) => return Ok(sent_to(&visit, &bench.path("/tiaozheng?done=adapted"))),
            Err(error) => filled.refuse("yiji", words_of(error)?),
        }
    }
    Ok(page(&visit, clerk, &bench, &change, filled).await?.into_response())
}
