//! The open addresses of interviews, and an example of each type of page.

use axum::http::Method;
use web::{Copied, Route, Sample};

use super::{handing_in, interview, interviews, own};
use crate::store::{Interview, InterviewQuestion};

/// The interviews, below a site.
pub(crate) const INTERVIEWS: &str = "/fangtan";
/// One interview.
const INTERVIEW: &str = "/fangtan/{id}";
/// Where its live text is followed.
const FOLLOW: &str = "/fangtan/{id}/shikuang";
/// Where one asks.
const ASK: &str = "/fangtan/{id}/tiwen";
/// Where one looks after one's question.
pub(crate) const OWN_QUESTION: &str = "/fangtan/wode";
/// Where one takes it back.
pub(crate) const RETRACT_QUESTION: &str = "/fangtan/wode/chehui";

/// The open addresses.
pub(crate) fn routes() -> Vec<Route> {
    let (get, post) = (|| Method::GET, || Method::POST);
    vec![
        Route::public(INTERVIEWS, interviews::show).copied(Copied::Rolling),
        Route::public(INTERVIEW, interview::show).copied(Copied::Single),
        Route::public_fresh(get(), FOLLOW, interview::follow),
        Route::public_fresh(get(), ASK, handing_in::show::<InterviewQuestion>),
        Route::public_fresh(post(), ASK, handing_in::send::<InterviewQuestion>),
        Route::public_fresh(get(), OWN_QUESTION, own::show::<InterviewQuestion>),
        Route::public_fresh(post(), OWN_QUESTION, own::find::<InterviewQuestion>),
        Route::public_fresh(post(), RETRACT_QUESTION, own::retract::<InterviewQuestion>),
    ]
}

macro_rules! of_example {
    ($name:literal, $asking:literal, $rest:literal) => {
        Sample {
            name: $name,
            path: |house| {
                Box::pin(async move {
                    let found = Interview::example(house.store(), "", $asking).await?;
                    Ok(found.map(|id| format!("{INTERVIEWS}/{id}{}", $rest)))
                })
            },
        }
    };
}

/// An address of each type of page.
pub(crate) const SAMPLES: &[Sample] = &[
    Sample { name: "interviews", path: |_| Box::pin(async { Ok(Some(INTERVIEWS.into())) }) },
    of_example!("interview", true, ""),
    of_example!("interview transcript", false, ""),
    of_example!("interview question form", true, "/tiwen"),
    Sample { name: "own question", path: |_| Box::pin(async { Ok(Some(OWN_QUESTION.into())) }) },
];
