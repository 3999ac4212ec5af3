//! Text from outside: what is pasted into the editor, and a file whose text is read in.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use records_rules::Field;
use web::workbench::Submitted;
use web::{Clerk, Fault, Visit};

use super::{draft_for, files, hand, seen, sent_to, told};
use crate::acts::drafting::{Kept, save};
use crate::cleaning::{Cleaned, of_file, of_text, pasted};
use crate::store::Content;

/// Cleans what was pasted, and answers it as the editor's document.
pub async fn act(_: Visit, _: Clerk, form: Submitted) -> Result<Response, Fault> {
    let (html, text) = (form.get("html").to_owned(), form.get("text").to_owned());
    let work = move || if html.is_empty() { of_text(&text) } else { pasted(&html) };
    let cleaned = tokio::task::spawn_blocking(work).await.map_err(Fault::inside)?;
    let document = crate::tree::document_of(&cleaned.blocks);
    let answer = serde_json::json!({ "document": document, "changes": cleaned.changes });
    Ok(told(StatusCode::OK, &answer))
}

/// Reads a file's text into the draft: it takes the place of the text, which stays among the versions;
/// its pictures become attachments.
pub async fn import(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    let draft = draft_for(&visit, &clerk, "record.edit_draft", &id).await?;
    let upload = form.file("gaowen").cloned();
    let upload =
        upload.ok_or_else(|| Fault::field("gaowen", "没有选文件。请选一个文件再读入。"))?;
    let cleaned = of_file(upload.bytes, visit.house.folder())
        .await
        .map_err(|error| Fault::field("gaowen", format!("{error}。{}。", error.remedy())))?;
    let content = with_text(&visit, &clerk, cleaned, draft.content.clone()).await?;
    let seen_revision = form.get("kan").parse().unwrap_or_default();
    let desk = visit.house.ledger().desk(clerk.actor()).await?;
    match seen(save(desk, &hand(&clerk), &id, seen_revision, content, false).await)? {
        Kept::Kept(_) => Ok(sent_to(&visit, &format!("/gongzuo/gaojian/{id}?done=daoru"))),
        Kept::Overtaken(_) => Err(files::overtaken()),
    }
}

async fn with_text(
    visit: &Visit,
    clerk: &Clerk,
    cleaned: Cleaned,
    before: Content,
) -> Result<Content, Fault> {
    let mut content = Content { body: cleaned.text(), ..before };
    if let Some(title) = &cleaned.title
        && content.head.get(Field::Title).is_empty()
    {
        content.head = content.head.with(Field::Title, [title.clone()]);
    }
    for picture in cleaned.pictures {
        let (attachment, _) = files::taken_in(visit, clerk, picture).await?;
        content.files.retain(|file| file.name != attachment.name);
        content.files.push(attachment);
    }
    Ok(content)
}
