//! `/gongzuo/gaojian/{id}/yulan`: a draft as the portal will show it.

use askama::Template;
use axum::extract::Path;
use axum::response::Html;
use records_rules::Field;
use web::workbench::Workbench;
use web::{Clerk, Fault, Visit};

use super::draft_for;
use crate::draft::whole_head;
use crate::portal::parts::{Around, Parts};

#[derive(Template)]
#[template(path = "workbench/preview.html")]
struct PreviewPage {
    desk: Workbench,
    title: String,
    number: String,
    meta: Vec<(&'static str, String)>,
    parts: Parts,
    files: Vec<(String, String)>,
    back: String,
}

/// The particulars that the box above a document shows, as far as a draft knows them.
const SHOWN: [Field; 6] =
    [Field::Number, Field::MadeOn, Field::Theme, Field::Genre, Field::Openness, Field::InForceFrom];

/// Shows the draft.
pub async fn show(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
) -> Result<Html<String>, Fault> {
    let draft = draft_for(&visit, &clerk, "record.read_draft", &id).await?;
    let path = format!("/gongzuo/gaojian/{id}");
    let files = draft.content.files.iter().enumerate();
    let href = |at: usize| visit.site.link(&format!("{path}/fujian/{}", at + 1));
    let files: Vec<_> = files.map(|(at, file)| (file.name.clone(), href(at))).collect();
    let file = |name: &str| files.iter().find(|(own, _)| own == name).map(|(_, href)| href.clone());
    let link = |path: &str| visit.site.link(path);
    let parts = Parts::of(&draft.content.body, &Around { href: &link, file: &file });
    let head = whole_head(&draft.attribute, &draft.content.head);
    let shown = |field: &Field| (field.label(), head.get(*field).replace('/', " / "));
    let meta = SHOWN.iter().map(shown).filter(|(_, text)| !text.is_empty()).collect();
    let desk = Workbench::of(&visit, clerk, "gaojian", "预览").await?;
    let page = PreviewPage {
        desk: desk.under("我的稿件", "/gongzuo/gaojian").under(draft.title(), &path),
        title: draft.title().to_owned(),
        number: head.get(Field::Number).to_owned(),
        meta,
        parts,
        files,
        back: visit.site.link(&path),
    };
    web::page::answer(&page)
}
