//! 解读材料: begun, written and deleted by whoever drafts the policy, until it goes to review.

use interpretation_rules::{Body, Form, InterpretationEvent};
use ledger::Desk;
use review::Signatory;
use serde_json::json;
use store::moment;

use super::{ActError, draft_entry, judgement, material_of, needed, policy_of};
use crate::store::{Interpretation, Written};

/// What a form says of one.
#[derive(Debug, Clone, Default)]
pub struct Said<'a> {
    /// Its title.
    pub title: &'a str,
    /// What it says.
    pub body: Body,
}

/// Begins one for a policy in a form, perhaps in the place of a published one.
///
/// # Errors
/// There is no such policy of the organ, it is under review, or the database refuses.
pub async fn begin(
    mut desk: Desk,
    by: &Signatory,
    policy: &str,
    (form, replaces): (&str, Option<&str>),
) -> Result<Interpretation, ActError> {
    let policy = policy_of(&desk, by, policy).await?;
    let form = Form::read(form);
    let form = form.ok_or_else(|| ActError::field("xingshi", "没有选解读形式。请选一种。"))?;
    if !policy.state.is_published() {
        judgement::may_change(&desk, &policy).await?;
    }
    let old = match replaces {
        Some(old) => Some(replaceable(&desk, &policy.id, old).await?),
        None => None,
    };
    let body = old.as_ref().map(|old| old.body.clone()).unwrap_or_default();
    let title = old.as_ref().map(|old| old.title.clone());
    let title = title.unwrap_or_else(|| proposed(form, &policy.title));
    let form = old.as_ref().map_or(form, |old| old.form);
    let written = Written { title: &title, form, body: &body, at: moment(desk.now()) };
    let replaces = old.as_ref().map(|old| old.id.as_str());
    let id = Interpretation::add(desk.change(), &policy, &written, replaces).await?;
    Interpretation::note_authors(desk.change(), &id, by.persons()).await?;
    let begun = material_of(&desk, by, &id).await?;
    let facts = json!({ "policy": policy.id, "form": form.word(), "replaces": replaces });
    desk.record(draft_entry("beginning", &begun, facts)).await?;
    desk.seal().await?;
    Ok(begun)
}

/// The published one of the same policy that another may take the place of.
async fn replaceable(desk: &Desk, policy: &str, old: &str) -> Result<Interpretation, ActError> {
    let found = Interpretation::find(desk.change(), old).await?;
    let old = found.filter(|one| one.policy == policy).ok_or(ActError::NO_MATERIAL)?;
    old.state.after(InterpretationEvent::Replace)?;
    if Interpretation::is_being_replaced(desk.change(), &old.id).await? {
        return Err(ActError::Refused(
            "已经有一份代替它的解读在写",
            "在这份文件的解读材料里打开那一份接着写",
        ));
    }
    Ok(old)
}

/// What it is called unless somebody says otherwise.
fn proposed(form: Form, policy: &str) -> String {
    let policy = policy.trim_start_matches("演示数据：");
    match form {
        Form::Diagram => format!("一图读懂《{policy}》"),
        Form::Questions => format!("《{policy}》问答"),
        form => format!("《{policy}》{}", form.name()),
    }
}

/// Keeps what was written over the revision the form showed; what is still missing is asked for when it is handed in.
///
/// # Errors
/// There is none of the organ, it is under review or published, somebody saved meanwhile, a field is not as it must
/// be, or the database refuses.
pub async fn write(
    mut desk: Desk,
    by: &Signatory,
    id: &str,
    (said, revision): (&Said<'_>, i64),
) -> Result<(), ActError> {
    let one = material_of(&desk, by, id).await?;
    one.state.after(InterpretationEvent::Write)?;
    let title = needed("biaoti", "标题", said.title)?;
    // The file and the captions come by forms of their own ([`super::medium`], [`super::captions`]).
    let body = Body {
        medium: one.body.medium.clone(),
        captions: one.body.captions.clone(),
        ..said.body.clone()
    };
    let written = Written { title: &title, form: one.form, body: &body, at: moment(desk.now()) };
    if !one.write(desk.change(), &written, revision).await? {
        return Err(ActError::OVERTAKEN);
    }
    Interpretation::note_authors(desk.change(), id, by.persons()).await?;
    let facts = json!({ "revision": revision + 1 });
    desk.record(draft_entry("writing", &one, facts)).await?;
    Ok(desk.seal().await?)
}

/// Deletes one before anybody saw it; the ledger keeps that there was one.
///
/// # Errors
/// There is none of the organ, it is under review or published, or the database refuses.
pub async fn drop_it(mut desk: Desk, by: &Signatory, id: &str) -> Result<(), ActError> {
    let one = material_of(&desk, by, id).await?;
    one.state.after(InterpretationEvent::Drop)?;
    if !one.drop_it(desk.change()).await? {
        return Err(ActError::OVERTAKEN);
    }
    desk.record(draft_entry("deletion", &one, json!({ "title": one.title }))).await?;
    Ok(desk.seal().await?)
}
