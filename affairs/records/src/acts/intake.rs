//! 收稿: a manuscript of a file becomes a draft and goes to review, like one that was written here.

use std::path::Path;

use ledger::Desk;
use records_rules::{Attribute, Field, Head, Reach};
use review::Signatory;

use super::publication::keep_files;
use super::{ActError, Hand, Submission, drafting};
use crate::store::{Content, Draft};

/// Begins a draft with what a manuscript says; its attachments are kept in the folder.
///
/// # Errors
/// It was published elsewhere before, it is not 主动公开, a file cannot be kept, or the database refuses.
pub async fn begin(
    desk: Desk,
    folder: &Path,
    by: &Signatory,
    submission: Submission,
) -> Result<Draft, ActError> {
    let metadata = &submission.manuscript.metadata;
    if !submission.is_new() {
        return Err(ActError::Refused(
            "这份稿件写明在别处发布过，不再审查发布",
            "用 gongkai record import 导入；确是新文件的，删去来源和原发布日期",
        ));
    }
    if !metadata.openness.is_public() {
        return Err(ActError::Refused(
            "稿件的公开属性不是主动公开，不能送审发布",
            "只送审主动公开的文件；属性认定有误的先改正属性",
        ));
    }
    let hand = Hand { organ: metadata.publisher.as_str().to_owned(), ..Hand::from(by) };
    let content = content(&desk, folder, submission).await?;
    drafting::begin(desk, &hand, Attribute::Proactive, content).await
}

async fn content(desk: &Desk, folder: &Path, submission: Submission) -> Result<Content, ActError> {
    let manuscript = submission.manuscript;
    let named: Vec<Vec<String>> = manuscript
        .items
        .iter()
        .map(|item| std::iter::once(item.domain.clone()).chain(item.names.clone()).collect())
        .collect();
    let (reach, reason) = match manuscript.reach {
        Some(Reach::CertainGroup { group }) => (Some(format!("特定群体（{group}）")), None),
        Some(Reach::WholeSociety { reason }) => (Some("全社会".to_owned()), reason),
        None => (None, None),
    };
    let index = manuscript.metadata.index.as_ref().map(ToString::to_string);
    let head = Head::stating(&manuscript.metadata, &named)
        .with(Field::Index, index)
        .with(Field::Reach, reach)
        .with(Field::ReachReason, reason);
    let mut files = submission.kept;
    files.extend(keep_files(desk.change(), folder, submission.attachments).await?);
    Ok(Content { head, body: manuscript.text, items: submission.items, files })
}
