//! Attachments of a draft: what is uploaded is examined in a child process, and what is kept is the copy
//! that was written anew.

use axum::extract::Path;
use axum::http::HeaderValue;
use axum::response::Response;
use web::workbench::Submitted;
use web::{Clerk, Fault, Visit};

use super::{draft_for, hand, seen, sent_to};
use crate::acts::drafting::{Kept, save};
use crate::acts::{File, upload};
use crate::files;
use crate::portal::attachment::saved;
use crate::store::{Attachment, Content, Original};

/// The field of the file.
const FILE: &str = "wenjian";

/// Takes an attachment in, or removes one.
pub async fn act(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    let draft = draft_for(&visit, &clerk, "attachment.upload", &id).await?;
    let mut content = draft.content.clone();
    let done = match form.words("yichu") {
        Some(number) => {
            let at = number.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
            let at = at.filter(|at| *at < content.files.len()).ok_or(Fault::NotFound)?;
            content.files.remove(at);
            "shanfujian"
        }
        None => {
            let upload = form.file("wenjian").cloned();
            let upload =
                upload.ok_or_else(|| Fault::field(FILE, "没有选文件。请选一个文件再上传。"))?;
            add(&visit, &clerk, &mut content, File { name: upload.name, bytes: upload.bytes })
                .await?
        }
    };
    let seen_revision = form.get("kan").parse().unwrap_or_default();
    let desk = visit.house.ledger().desk(clerk.actor()).await?;
    match seen(save(desk, &hand(&clerk), &id, seen_revision, content, false).await)? {
        Kept::Kept(_) => Ok(sent_to(&visit, &format!("/gongzuo/gaojian/{id}?done={done}"))),
        Kept::Overtaken(_) => Err(overtaken()),
    }
}

/// What is said where somebody else has saved since.
pub(super) fn overtaken() -> Fault {
    Fault::Refused("稿件刚才有人改动过，没有存入。这里是现在的稿件，请核对以后再做一次。".into())
}

async fn add(
    visit: &Visit,
    clerk: &Clerk,
    content: &mut Content,
    file: File,
) -> Result<&'static str, Fault> {
    let name = file.name.trim();
    let fits = !name.is_empty() && name.chars().count() <= 120;
    if !fits
        || name.contains(|letter: char| letter.is_control() || "/\\:*?\"<>|[]".contains(letter))
    {
        let words = "附件名不能用。请改成不含 / \\ : * ? \" < > | [ ] 的名称，不超过120字。";
        return Err(Fault::field(FILE, words));
    }
    if content.files.iter().any(|one| one.name == name) {
        let words = format!("已有名为“{name}”的附件。先移除它，或者改名再上传。");
        return Err(Fault::field(FILE, words));
    }
    if content.files.len() >= files::MOST_FILES {
        return Err(Fault::field(FILE, "附件太多。请把附件合并或打包。"));
    }
    let taken = taken_in(visit, clerk, file).await;
    let (attachment, masked) = taken.map_err(|fault| match fault {
        Fault::Refused(words) => Fault::field(FILE, words),
        other => other,
    })?;
    content.files.push(attachment);
    Ok(if masked { "zhegai" } else { "fujian" })
}

/// Examines a file in a child of this program and keeps the copy that was written anew; says whether
/// personal data in it was masked.
pub(super) async fn taken_in(
    visit: &Visit,
    clerk: &Clerk,
    file: File,
) -> Result<(Attachment, bool), Fault> {
    let name = file.name.trim().to_owned();
    let (asked, original) = (name.clone(), file.bytes);
    let examined = tokio::task::spawn_blocking(move || {
        let examined = documents::examine_upload(&original, &asked);
        (examined, original)
    });
    let (examined, original) = examined.await.map_err(Fault::inside)?;
    let refused = |refusal: documents::Refusal| {
        Fault::Refused(format!("“{name}”没有存入：{refusal}。{}", refusal.remedy()))
    };
    let examined = examined.map_err(refused)?;
    if let Err(refusal) = &examined.cleaned {
        return Err(refused(refusal.clone()));
    }
    let masked = examined.findings.block();
    let desk = visit.house.ledger().desk(clerk.actor()).await?;
    let (folder, given) = (visit.house.folder(), (name.as_str(), original));
    let kept = upload::keep(desk, folder, &hand(clerk), given, examined).await;
    Ok((seen(kept)?, masked))
}

/// Gives one attachment; a picture may stand in the page, everything else is saved.
pub async fn give(
    visit: Visit,
    clerk: Clerk,
    Path((id, number)): Path<(String, String)>,
) -> Result<Response, Fault> {
    let draft = draft_for(&visit, &clerk, "attachment.download_draft", &id).await?;
    let at = number.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
    let file = at.and_then(|at| draft.content.files.get(at)).ok_or(Fault::NotFound)?;
    let bytes = files::read(visit.house.folder(), &file.sha256).await.map_err(Fault::inside)?;
    let kind = HeaderValue::from_str(&file.media_type).map_err(Fault::inside)?;
    Ok(saved(bytes, kind, &file.name))
}

/// 上传原件: the file as it came, for whoever may see it.
pub async fn original(
    visit: Visit,
    clerk: Clerk,
    Path((id, number)): Path<(String, String)>,
) -> Result<Response, Fault> {
    let draft = draft_for(&visit, &clerk, "attachment.download_original", &id).await?;
    let at = number.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
    let file = at.and_then(|at| draft.content.files.get(at)).ok_or(Fault::NotFound)?;
    let store = visit.house.store();
    let found = Original::of_copy(store, &draft.organ, &file.sha256).await?;
    let found = found.ok_or(Fault::NotFound)?;
    let folder = files::Shelf::Originals.below(visit.house.folder());
    let bytes = files::read(&folder, &found.sha256).await.map_err(Fault::inside)?;
    // Whatever it is, no browser opens it.
    let kind = HeaderValue::from_static("application/octet-stream");
    Ok(saved(bytes, kind, &format!("原件-{}", found.name)))
}
