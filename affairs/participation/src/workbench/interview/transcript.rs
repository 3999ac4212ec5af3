//! `/gongzuo/fangtan/{id}/shilu`: the transcript is written from what was said, and handed in.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use participation_rules::{InterviewStage, InterviewStep, transcript_of};
use web::components::{ErrorSummary, FieldError};
use web::workbench::{Submitted, Workbench};
use web::{Clerk, Fault, Visit};

use super::{HEARING_RECORD, below, desk_for, of_organ, tie};
use crate::acts::{ActError, transcript};
use crate::store::{Change, Interview};
use crate::workbench::{by, desk_of, seen, sent_to};

#[derive(Template)]
#[template(path = "workbench/interview/transcript.html")]
struct TranscriptPage {
    desk: Workbench,
    errors: ErrorSummary,
    title: String,
    here: String,
    text: String,
    submits: bool,
}

async fn page(
    visit: &Visit,
    clerk: Clerk,
    (of, stage): (Interview, InterviewStage),
    (typed, errors): (Option<String>, Vec<FieldError>),
) -> Result<TranscriptPage, Fault> {
    let text = match typed {
        Some(typed) => typed,
        None if !of.transcript.is_empty() => of.transcript.clone(),
        None => transcript_of(&Change::text(visit.house.store(), &of.id).await?),
    };
    let desk = desk_for(visit, clerk, "访谈实录").await?;
    let desk = desk.under(of.said.title.clone(), &of.desk_path());
    Ok(TranscriptPage {
        desk: if errors.is_empty() { desk } else { desk.with_errors() },
        errors: ErrorSummary(errors),
        here: visit.site.link(&below(&of, "/shilu")),
        text,
        submits: stage.after(InterviewStep::SubmitTranscript).is_ok(),
        title: of.said.title,
    })
}

/// Shows it, as it was said or as it was written so far.
pub(super) async fn show(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
) -> Result<Html<String>, Fault> {
    let (of, stage) = of_organ(&visit, &clerk, &id).await?;
    clerk.may_see(HEARING_RECORD, &tie(&of, stage))?;
    web::page::answer(&page(&visit, clerk, (of, stage), (None, vec![])).await?)
}

/// Hands it in.
pub(super) async fn act(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    let (of, stage) = of_organ(&visit, &clerk, &id).await?;
    clerk.may(HEARING_RECORD, &tie(&of, stage))?;
    let (organ, here, who) = (of.organ.clone(), of.desk_path(), by(&clerk));
    let desk = desk_of(&visit, &clerk).await?;
    let publishers = visit.house.publishers();
    let (compared, which) = ((&who, form.has("hedui")), (organ.as_str(), id.as_str()));
    match transcript::submit(desk, &publishers, compared, which, form.get("shilu")).await {
        Err(ActError::Field(field, message)) => {
            let errors = vec![FieldError { field: field.into(), message }];
            let typed = form.has("shilu").then(|| form.get("shilu").to_owned());
            let page = page(&visit, clerk, (of, stage), (typed, errors)).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, web::page::answer(&page)?).into_response())
        }
        other => {
            seen(other)?;
            Ok(sent_to(&visit, &format!("{here}?done=shilu")))
        }
    }
}
