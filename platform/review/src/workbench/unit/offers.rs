//! What the clerk may do with a unit now.

use web::{Clerk, Fault, Visit};

use super::super::access::{acts_of, is_released_here, releases_of};
use super::super::names::Names;
use super::super::words::minute;
use crate::acts::scheduling::goes_by_clock;
use crate::steps::Taking;
use crate::store::Unit;
use crate::{Signatory, State, Step, Verdict};

/// A step that the clerk may take now.
pub(super) struct Offer {
    pub(super) heading: String,
    pub(super) slug: &'static str,
    pub(super) partner: String,
    pub(super) says: &'static str,
    pub(super) late: bool,
}

/// A release that the clerk may carry out now.
pub(super) struct Release {
    pub(super) slug: &'static str,
    pub(super) scheduled: Option<String>,
    /// Whether the clock may do it.
    pub(super) by_clock: bool,
    pub(super) emergency: bool,
}

/// The steps that the clerk may take: the rules allow it, and so does the access policy, but for the second
/// factor, which is asked for when he does.
pub(super) fn offers(
    visit: &Visit,
    clerk: &Clerk,
    unit: &Unit,
    by: &Signatory,
    names: &Names,
) -> Result<Vec<Offer>, Fault> {
    let (review, publishers) = (unit.review(), visit.house.publishers());
    let mut offers = Vec::new();
    for at in review.open() {
        let Some(demand) = unit.course.demands().get(at) else { continue };
        let (step, partner) = (demand.step, demand.partner.as_str());
        let taking = Taking { step, partner, verdict: &Verdict::Pass };
        if review.clone().take(&taking, by, &unit.hash).is_err() {
            continue;
        }
        let urgent_signature = step == Step::Signature && review.owes_first();
        let acts = acts_of(&publishers, unit, step)?;
        if urgent_signature || !acts.iter().all(|act| clerk.has_power(act)) {
            continue;
        }
        let late = unit.state == State::Published;
        let words = if late { format!("补{step}") } else { step.to_string() };
        let heading = match partner {
            "" => words,
            partner => format!("{words}（{}）", names.get(partner)),
        };
        let slug = if late { "bushen" } else { step.slug() };
        offers.push(Offer { heading, slug, partner: partner.to_owned(), says: says(step), late });
    }
    Ok(offers)
}

/// What is looked at in a step.
fn says(step: Step) -> &'static str {
    match step {
        Step::First => "核对内容是否准确、要素是否齐全、公开属性和范围是否恰当。",
        Step::CoSign => "核对涉及本科室的内容。",
        Step::Concert => "核对涉及本机关的内容是否一致。",
        Step::Legal => "核对制定权限、依据、程序和内容是否合法。",
        Step::Secrecy => {
            "逐项核对：国家秘密、工作秘密，商业秘密、个人隐私，危及国家安全、公共安全、经济安全、社会稳定的内容，以及附件里的个人信息。"
        }
        Step::Referral => "按规定要经批准才能公开的，写明是否批准。",
        Step::Signature => "签发的就是下面这份内容，改一个字都要重新送审。",
    }
}

/// Whether the clerk may release it, and how.
pub(super) fn release(
    visit: &Visit,
    clerk: &Clerk,
    unit: &Unit,
    by: &Signatory,
) -> Result<Option<Release>, Fault> {
    let (review, publishers) = (unit.review(), visit.house.publishers());
    let kinds: Vec<String> = unit.pieces.iter().map(|piece| piece.kind.clone()).collect();
    let roles = publishers.releasers_of(&kinds);
    if review.owes_first() && unit.state == State::InReview {
        let taking = Taking { step: Step::Signature, partner: "", verdict: &Verdict::Pass };
        let signs = review.clone().take(&taking, by, &unit.hash).is_ok();
        let may = signs && clerk.has_power("record.publish_emergency");
        return Ok(may.then_some(Release {
            slug: "jifa",
            scheduled: None,
            by_clock: false,
            emergency: true,
        }));
    }
    let acts = releases_of(&publishers, unit)?;
    if review.owes_first() || review.clone().publish(by, &roles, &unit.hash).is_err() {
        return Ok(None);
    }
    // What a room decides on a page of its own is not released here.
    if !acts.iter().all(|act| is_released_here(act) && clerk.has_power(act)) {
        return Ok(None);
    }
    let slug = if acts.contains("catalogue.release") { "shixing" } else { "fabu" };
    let scheduled = unit.release.as_ref().map(|release| minute(&release.at));
    // What was set while it was allowed can still be given up.
    let by_clock = goes_by_clock(&publishers, unit)? || scheduled.is_some();
    Ok(Some(Release { slug, scheduled, by_clock, emergency: false }))
}
