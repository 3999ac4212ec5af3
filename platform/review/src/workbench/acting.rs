//! What a clerk does to a unit: each step, the release, 应急 and the withdrawal, at an address of its own.
//!
//! What a unit holds never changes, so whoever sends a form from its page has been shown just that.

use std::collections::BTreeSet;

use axum::extract::Path;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use jiff::civil::DateTime;
use ledger::Desk;
use web::workbench::Submitted;
use web::{Clerk, Fault, Visit};

use super::access::{acts_of, is_released_here, page_of, releases_of};
use super::unit::{Told, admit, page, words_of};
use crate::acts::{lapse, publication, scheduling, step, urgency, withdrawal};
use crate::steps::Taking;
use crate::store::Unit;
use crate::{ActError, Signatory, State, Step, Verdict};

macro_rules! steps {
    ($($(#[doc = $meaning:literal])+ $name:ident: $step:ident;)+) => {$(
        $(#[doc = $meaning])+
        pub async fn $name(
            visit: Visit,
            clerk: Clerk,
            Path(unit): Path<String>,
            form: Submitted,
        ) -> Result<Response, Fault> {
            taken(visit, clerk, &unit, Step::$step, &form).await
        }
    )+};
}

steps! {
    /// 初审.
    first: First;
    /// 补审 of an urgent publication.
    late: First;
    /// 科室会签.
    cosign: CoSign;
    /// 会商.
    concert: Concert;
    /// 合法性审核.
    legal: Legal;
    /// 保密审查.
    secrecy: Secrecy;
    /// 报批.
    referral: Referral;
    /// 签发.
    signature: Signature;
}

/// The act of the access policy by which what is urgent is signed and released.
const EMERGENCY: &str = "record.publish_emergency";

/// The acts of the access policy that ask for a fresh second factor.
const FRESH: &[&str] = &[
    "record.approve",
    "catalogue.approve",
    "report.approve",
    "interpretation.approve",
    "response.approve",
    "record.publish",
    "catalogue.release",
    "suggestion.publish",
    EMERGENCY,
];

/// A second factor given too long ago is asked for again, where the act wants a fresh one.
fn fresh_for(clerk: &Clerk, act: &str) -> Result<(), Fault> {
    if FRESH.contains(&act) { clerk.must_be_fresh() } else { Ok(()) }
}

/// Makes sure that the access policy lets the clerk do every one of these acts to the unit, and that his second
/// factor is fresh where one of them wants that.
async fn admit_all(
    visit: &Visit,
    clerk: &Clerk,
    unit: &Unit,
    (acts, reason): (&BTreeSet<&'static str>, Option<&str>),
) -> Result<(), Fault> {
    for act in acts {
        fresh_for(clerk, act)?;
    }
    for act in acts {
        admit(&visit.house, clerk, unit, (*act, reason)).await?;
    }
    Ok(())
}

/// Refuses where a room decides on a page of its own what is released.
fn here(acts: &BTreeSet<&'static str>) -> Result<(), Fault> {
    if acts.iter().all(|act| is_released_here(act)) {
        return Ok(());
    }
    Err(Fault::Refused("这一类在它自己的页面上发布，不在这里发布。".into()))
}

async fn unit_of(visit: &Visit, id: &str) -> Result<Unit, Fault> {
    Unit::find(visit.house.store(), id).await?.ok_or(Fault::NotFound)
}

async fn desk_of(visit: &Visit, clerk: &Clerk) -> Result<Desk, Fault> {
    Ok(visit.house.ledger().desk(clerk.actor()).await?)
}

async fn taken(
    visit: Visit,
    clerk: Clerk,
    id: &str,
    of: Step,
    form: &Submitted,
) -> Result<Response, Fault> {
    let unit = unit_of(&visit, id).await?;
    let publishers = visit.house.publishers();
    let returns = form.get("do") == "return";
    let acts = match (of, returns && unit.review().owes_first()) {
        // Whoever may sign what is urgent before its 初审 may also return it.
        (Step::Signature, true) => BTreeSet::from([EMERGENCY]),
        _ => acts_of(&publishers, &unit, of)?,
    };
    let reason = form.get("liyou").trim().to_owned();
    // Whoever is asked and agrees need not say more than that; a return without a reason comes back.
    let told = if of.has_partner() && reason.is_empty() { of.name() } else { reason.as_str() };
    let told = Some(told).filter(|told| !told.is_empty());
    admit_all(&visit, &clerk, &unit, (&acts, told)).await?;
    let verdict = if returns { Verdict::Return(reason.clone()) } else { Verdict::Pass };
    let taking = Taking { step: of, partner: form.get("partner"), verdict: &verdict };
    let by = Signatory::of(&clerk);
    let desk = desk_of(&visit, &clerk).await?;
    let outcome = step::take(desk, &publishers, id, &taking, &by).await.map(|_| ());
    let done = if returns { "returned" } else { "passed" };
    answered(visit, clerk, &unit, outcome, done, ("liyou", reason)).await
}

/// 发布.
pub async fn release(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    _form: Submitted,
) -> Result<Response, Fault> {
    released(visit, clerk, &id, false).await
}

/// Released in the usual way, or signed and released at once where it is urgent.
async fn released(visit: Visit, clerk: Clerk, id: &str, urgent: bool) -> Result<Response, Fault> {
    let unit = unit_of(&visit, id).await?;
    let publishers = visit.house.publishers();
    let acts = match urgent {
        true => BTreeSet::from([EMERGENCY]),
        false => releases_of(&publishers, &unit)?,
    };
    if !urgent {
        here(&acts)?;
    }
    let reason = unit.urgency.as_ref().filter(|_| urgent).map(|urgency| urgency.reason.as_str());
    admit_all(&visit, &clerk, &unit, (&acts, reason)).await?;
    let by = Signatory::of(&clerk);
    let ready = publication::ready(visit.house.ledger(), &publishers, &[id.to_owned()]).await;
    let outcome = match (ready, urgent) {
        (Err(error), _) => Err(error),
        (Ok(()), true) => {
            let desk = desk_of(&visit, &clerk).await?;
            urgency::sign_and_publish(desk, &publishers, id, &by).await
        }
        (Ok(()), false) => {
            let desk = desk_of(&visit, &clerk).await?;
            publication::keep(desk, &publishers, id, &by).await
        }
    };
    answered(visit, clerk, &unit, outcome.map(|_| ()), "published", ("fabu", String::new())).await
}

/// 定时发布, set or given up.
pub async fn schedule(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    let unit = unit_of(&visit, &id).await?;
    let publishers = visit.house.publishers();
    let acts = releases_of(&publishers, &unit)?;
    if form.get("do") != "drop" {
        here(&acts)?;
    }
    admit_all(&visit, &clerk, &unit, (&acts, None)).await?;
    let by = Signatory::of(&clerk);
    let desk = desk_of(&visit, &clerk).await?;
    if form.get("do") == "drop" {
        let outcome = scheduling::drop(desk, &publishers, &id, &by).await;
        return answered(visit, clerk, &unit, outcome, "unscheduled", ("shijian", String::new()))
            .await;
    }
    let typed = form.get("shijian").trim().to_owned();
    let outcome = match moment_in_china(&typed) {
        Some(at) => scheduling::keep(desk, &publishers, &id, &by, at).await,
        None => {
            let told =
                Told { typed, error: Some(("shijian", "请选日期和时间。".to_owned())) };
            return Ok(page(&visit, clerk, &unit, "", told).await?.into_response());
        }
    };
    answered(visit, clerk, &unit, outcome, "scheduled", ("shijian", typed)).await
}

/// A day and time as a form sends it, in China.
fn moment_in_china(text: &str) -> Option<Timestamp> {
    let at: DateTime = text.trim().parse().ok()?;
    law::CHINA.to_timestamp(at).ok()
}

/// 应急: the signer opens the urgent path. The policy has no act for opening it; whoever may release in it
/// may open it.
pub async fn hasten(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    let unit = unit_of(&visit, &id).await?;
    admit(&visit.house, &clerk, &unit, ("record.read_draft", None)).await?;
    fresh_for(&clerk, EMERGENCY)?;
    let review = unit.review();
    if unit.state == State::InReview
        && !review.is_urgent()
        && review.waits_for() != Some(Step::First)
    {
        let words = "初审已经办完，不用应急。请按常规审查、签发和发布。";
        return Err(Fault::Refused(words.into()));
    }
    let reason = form.get("yingji").to_owned();
    let desk = desk_of(&visit, &clerk).await?;
    let outcome = urgency::keep(desk, &id, &Signatory::of(&clerk), &reason).await;
    answered(visit, clerk, &unit, outcome, "hastened", ("yingji", reason)).await
}

/// 应急签发并发布.
pub async fn urgent_release(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    _form: Submitted,
) -> Result<Response, Fault> {
    released(visit, clerk, &id, true).await
}

/// 撤回送审.
pub async fn withdraw(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    _form: Submitted,
) -> Result<Response, Fault> {
    let unit = unit_of(&visit, &id).await?;
    let desk = desk_of(&visit, &clerk).await?;
    let outcome = withdrawal::keep(desk, &id, &Signatory::of(&clerk)).await;
    answered(visit, clerk, &unit, outcome, "withdrawn", ("chehui", String::new())).await
}

/// Back to the unit, which says what was done or why not. A content that was changed since ends the unit.
async fn answered(
    visit: Visit,
    clerk: Clerk,
    unit: &Unit,
    outcome: Result<(), ActError>,
    done: &str,
    (field, typed): (&'static str, String),
) -> Result<Response, Fault> {
    let page_of_unit = page_of(&clerk, &unit.id);
    let to = |done: &str| visit.site.link(&format!("{page_of_unit}?done={done}"));
    match outcome {
        Ok(()) => Ok(see(&to(done))),
        Err(error) if error.is_changed_content() => {
            let desk = desk_of(&visit, &clerk).await?;
            lapse::keep(desk, &visit.house.publishers(), &unit.id).await?;
            Ok(see(&to("lapsed")))
        }
        Err(error) => {
            let told = Told { typed, error: Some((field, words_of(error)?)) };
            let fresh = unit_of(&visit, &unit.id).await?;
            Ok(page(&visit, clerk, &fresh, "", told).await?.into_response())
        }
    }
}

pub(super) fn see(to: &str) -> Response {
    let to = HeaderValue::try_from(to).unwrap_or(HeaderValue::from_static("/"));
    (StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response()
}

#[cfg(test)]
mod tests {
    use super::moment_in_china;

    #[test]
    fn a_time_of_a_form_is_meant_in_china() {
        for (text, at) in [
            ("2026-11-27T09:00", Some("2026-11-27T01:00:00Z")),
            ("2026-11-27T09:00:30", Some("2026-11-27T01:00:30Z")),
            ("2026-11-27", Some("2026-11-26T16:00:00Z")),
            ("明天", None),
            ("", None),
        ] {
            assert_eq!(moment_in_china(text).map(|at| at.to_string()).as_deref(), at, "{text}");
        }
    }
}
