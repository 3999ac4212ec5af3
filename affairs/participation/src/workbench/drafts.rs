//! Drafts at the workbench: kept, handed in or given up, whatever they are drafts of.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use web::components::FieldError;
use web::workbench::{SHOWN, Submitted};
use web::{Clerk, Fault, Visit};

use super::{by, desk_of, seen, sent_to};
use crate::acts::ActError;
use crate::acts::publication::{self, Publication};

/// The version a form was shown in.
pub(super) fn version(form: &Submitted) -> i64 {
    form.get(SHOWN).parse().unwrap_or_default()
}

/// Gives one up, and goes where the others are.
pub(super) async fn given_up<T: Publication>(
    visit: &Visit,
    clerk: &Clerk,
    id: &str,
    to: &str,
) -> Result<Response, Fault> {
    let desk = desk_of(visit, clerk).await?;
    seen(publication::drop::<T>(desk, &clerk.organ.code, id).await)?;
    Ok(sent_to(visit, to))
}

/// What is wrong with a form; nothing where it was kept.
pub(super) fn wrong(kept: Result<(), ActError>) -> Result<Vec<FieldError>, Fault> {
    match kept {
        Err(ActError::Field(field, message)) => {
            Ok(vec![FieldError { field: field.into(), message }])
        }
        other => seen(other).map(|()| vec![]),
    }
}

/// The page of a form that was refused, with what was typed.
pub(super) fn refused(page: &impl Template) -> Result<Response, Fault> {
    Ok((StatusCode::UNPROCESSABLE_ENTITY, web::page::answer(page)?).into_response())
}

/// Where one goes on that was kept: back to its page, at this part of it, or into review.
pub(super) async fn on<T: Publication>(
    visit: &Visit,
    clerk: &Clerk,
    form: &Submitted,
    (id, here, part): (&str, &str, &str),
) -> Result<Response, Fault> {
    if form.get("zuo") != "songshen" {
        return Ok(sent_to(visit, &format!("{here}?done=baocun{part}")));
    }
    let publishers = visit.house.publishers();
    let (desk, piece) = (desk_of(visit, clerk).await?, (clerk.organ.code.as_str(), id));
    match publication::submit::<T>(desk, &publishers, &by(clerk), piece).await {
        // What is missing stands in the list above the form.
        Err(lacks) if T::is_lack(&lacks) => Ok(sent_to(visit, &format!("{here}?done=baocun#que"))),
        other => {
            seen(other)?;
            Ok(sent_to(visit, &format!("{here}?done=songshen")))
        }
    }
}
