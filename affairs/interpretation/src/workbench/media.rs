//! The file of an interpretation that is heard or seen, and the captions of a film, as those who write and review it
//! hand them in and see them.

use std::sync::Arc;

use axum::extract::Path;
use axum::http::HeaderMap;
use axum::response::Response;
use identity::powers::Condition;
use interpretation_rules::InterpretationState;
use review::Signatory;
use web::workbench::{Submitted, sent_to};
use web::{Clerk, Fault, Visit};

use super::{desk_of, material_for, seen, tie};
use crate::acts::{captions, medium};
use crate::media::{BadMedium, examine};
use crate::portal::media::one_of;
use crate::store::{Interpretation, Policy};

/// The act by which whoever reviews a draft gets what lies beside it.
pub(super) const READ: &str = "attachment.download_draft";

/// Where a file of an interpretation is given at the workbench, below the site.
pub(super) fn path(one: &Interpretation, file: &str) -> String {
    format!("{}/meiti/{file}", one.desk_path())
}

/// The revision a form was shown in.
fn shown_in(form: &Submitted) -> i64 {
    form.get("kan").trim().parse().unwrap_or_default()
}

/// Takes the file in, or off.
pub async fn upload(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    let (one, _) = material_for(&visit, &clerk, &id).await?;
    let (by, what) = (Signatory::of(&clerk), (id.as_str(), shown_in(&form)));
    if form.has("yichu") {
        let desk = desk_of(&visit, &clerk).await?;
        seen(medium::remove(desk, &by, what).await)?;
        return Ok(sent_to(&visit, &format!("{}?done=yichu", one.desk_path())));
    }
    let given = form.spooled("meiti");
    let given = given.ok_or_else(|| Fault::field("meiti", "没有选文件。请选一个文件再上传。"))?;
    let (file, asked) = (Arc::clone(&given), one.form);
    let looked = tokio::task::spawn_blocking(move || examine(file.path(), asked, file.name()));
    let found = match looked.await.map_err(Fault::inside)? {
        Ok(found) => found,
        Err(BadMedium::Io(error)) => return Err(Fault::inside(error)),
        Err(bad) => {
            return Err(Fault::field("meiti", format!("“{}”没有存入：{bad}。", given.name())));
        }
    };
    let desk = desk_of(&visit, &clerk).await?;
    let folder = visit.house.folder();
    seen(medium::keep(desk, folder, &by, what, (found, given.path())).await)?;
    Ok(sent_to(&visit, &format!("{}?done=meiti", one.desk_path())))
}

/// Takes captions in, or off.
pub async fn caption(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    let (one, _) = material_for(&visit, &clerk, &id).await?;
    let given = match form.has("yichu") {
        true => None,
        false => {
            let file = form.file("zimu");
            let file = file.ok_or_else(|| {
                Fault::field("zimu", "没有选字幕文件。请选 .vtt 或者 .srt 文件。")
            })?;
            Some(seen(captions::read(&file.bytes))?)
        }
    };
    let (by, what) = (Signatory::of(&clerk), (id.as_str(), shown_in(&form)));
    let desk = desk_of(&visit, &clerk).await?;
    seen(captions::keep(desk, &by, what, given).await)?;
    Ok(sent_to(&visit, &format!("{}?done=zimu", one.desk_path())))
}

/// Gives a file of one that is written or reviewed, to those of the organ who do so.
pub async fn give(
    visit: Visit,
    clerk: Clerk,
    Path((id, file)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    let store = visit.house.store();
    let found = Interpretation::find(store, &id).await?;
    let found = found.filter(|one| one.organ == clerk.organ.code);
    let one = found.filter(|one| one.state != InterpretationState::Dropped);
    let one = one.ok_or(Fault::NotFound)?;
    let policy = Policy::find(store, &one.policy).await?.ok_or(Fault::NotFound)?;
    let mut holds = vec![Condition::CleanCopy];
    if one.state == InterpretationState::UnderReview {
        holds.push(Condition::InReview);
    }
    clerk.may(READ, &tie(&visit, &policy).await?.holding(holds))?;
    one_of(&visit, &one, &file, &headers).await
}
