//! 上传音频、视频: the file of an interpretation that is heard or seen, kept under the digest that is signed.

use std::path::Path;

use interpretation_rules::{Body, InterpretationEvent, Medium};
use ledger::Desk;
use review::Signatory;
use serde_json::json;
use store::moment;

use super::{ActError, draft_entry, material_of};
use crate::media::shelf;
use crate::store::{Interpretation, KeptMedium, Written};

/// Keeps a file that was looked into ([`crate::media::examine`]) over the revision the form showed; it is moved away
/// from where it lies.
///
/// # Errors
/// There is none of the organ, it is under review or published, it is of another form, somebody saved meanwhile, the
/// file cannot be kept, or the database refuses.
pub async fn keep(
    mut desk: Desk,
    folder: &Path,
    by: &Signatory,
    (id, revision): (&str, i64),
    (medium, from): (Medium, &Path),
) -> Result<(), ActError> {
    let one = material_of(&desk, by, id).await?;
    one.state.after(InterpretationEvent::Write)?;
    if !medium.kind.is_for(one.form) {
        let words = format!("这份解读是{}，上传的是 {}。", one.form.name(), medium.kind.name());
        return Err(ActError::field("meiti", words));
    }
    let at = moment(desk.now());
    KeptMedium::take(desk.change(), &medium, (&one.organ, &at)).await?;
    shelf::place(folder, &medium.sha256, from).await?;
    let facts = json!({
        "sha256": medium.sha256, "kind": medium.kind.ending(), "size": medium.size,
        "revision": revision + 1,
    });
    let body = Body { medium: Some(medium), ..one.body.clone() };
    over(&desk, (&one, revision), &body, by).await?;
    desk.record(draft_entry("medium", &one, facts)).await?;
    Ok(desk.seal().await?)
}

/// Takes the file off; what no interpretation is made of is erased some days later.
///
/// # Errors
/// There is none of the organ, it has no file, it is under review or published, somebody saved meanwhile, or the
/// database refuses.
pub async fn remove(
    mut desk: Desk,
    by: &Signatory,
    (id, revision): (&str, i64),
) -> Result<(), ActError> {
    let one = material_of(&desk, by, id).await?;
    one.state.after(InterpretationEvent::Write)?;
    let Some(medium) = &one.body.medium else {
        return Err(ActError::Refused("还没有上传文件", "刷新页面再看"));
    };
    let facts = json!({ "sha256": medium.sha256, "revision": revision + 1 });
    let body = Body { medium: None, ..one.body.clone() };
    over(&desk, (&one, revision), &body, by).await?;
    desk.record(draft_entry("medium_removal", &one, facts)).await?;
    Ok(desk.seal().await?)
}

/// Writes a body over the revision that was shown.
pub(super) async fn over(
    desk: &Desk,
    (one, revision): (&Interpretation, i64),
    body: &Body,
    by: &Signatory,
) -> Result<(), ActError> {
    let written = Written { title: &one.title, form: one.form, body, at: moment(desk.now()) };
    if !one.write(desk.change(), &written, revision).await? {
        return Err(ActError::OVERTAKEN);
    }
    Ok(Interpretation::note_authors(desk.change(), &one.id, by.persons()).await?)
}
