//! `/gongzuo/zhengji/{id}/suoduan`: somebody who signs agrees to fewer than thirty days, with a reason.

use askama::Template;
use axum::extract::Path;
use axum::response::{Html, Response};
use web::workbench::{REASON, Submitted, Workbench};
use web::{Clerk, Fault, Visit};

use super::{AGREE, LIST, by, desk_of, of_organ, seen, sent_to, tie};
use crate::acts::shortening;
use crate::store::Consultation;

#[derive(Template)]
#[template(path = "workbench/shorten.html")]
struct ShortenPage {
    desk: Workbench,
    of: Consultation,
    here: String,
}

/// Shows what is asked.
pub(super) async fn show(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
) -> Result<Html<String>, Fault> {
    let (of, _) = of_organ(&visit, &clerk, &id).await?;
    if of.said.short_reason.is_empty() {
        return Err(Fault::NotFound);
    }
    let here = visit.site.link(&format!("{}/suoduan", of.desk_path()));
    let desk = Workbench::of(&visit, clerk, "zhengji", "缩短期限").await?;
    let desk = desk.under("征求意见", LIST).under(of.said.title.clone(), &of.desk_path());
    web::page::answer(&ShortenPage { desk, of, here })
}

/// Agrees.
pub(super) async fn act(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    let (of, stage) = of_organ(&visit, &clerk, &id).await?;
    let reason = form.get(REASON);
    let mut tie = tie(&of, stage).because(reason);
    for author in &of.authors {
        tie = tie.by(author.clone());
    }
    clerk.may(AGREE, &tie)?;
    let desk = desk_of(&visit, &clerk).await?;
    seen(shortening::approve(desk, &by(&clerk), (&of.organ, &id), reason).await)?;
    Ok(sent_to(&visit, &format!("{}?done=pizhun", of.desk_path())))
}
