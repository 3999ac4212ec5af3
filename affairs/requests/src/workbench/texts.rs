//! `/gongzuo/wenshu`: the texts letters are made from, the organ's settings, and papers to be printed.

use ::identity::powers::Tie;
use askama::Template;
use axum::response::Html;
use web::workbench::Workbench;
use web::{Clerk, Fault, Visit};

use super::TEXTS;
use crate::letters::{GuideForm, TextKey};
use crate::store::LetterTexts;

#[derive(Template)]
#[template(path = "workbench/texts.html")]
struct TextsPage {
    desk: Workbench,
    rows: Vec<Row>,
    papers: Vec<(&'static str, String)>,
    settings: Option<String>,
    /// What the organ has not said of itself, by name.
    unsaid: Vec<&'static str>,
}

struct Row {
    title: String,
    href: String,
    version: String,
    basis: String,
}

/// Shows them.
pub async fn show(visit: Visit, clerk: Clerk) -> Result<Html<String>, Fault> {
    clerk.may("foi.letter_text.read", &Tie::to(&clerk.organ.code))?;
    let organ = (clerk.organ.code.as_str(), clerk.organ.name.as_str());
    let texts = LetterTexts::of(visit.house.store(), organ, None).await?;
    let today = visit.house.ledger().clock().today();
    let row = |key: TextKey| {
        let own = texts.text(key).map_or(0, |text| text.version());
        Row {
            title: key.title(today),
            href: visit.site.link(&format!("{TEXTS}/{key}")),
            version: match own {
                0 => "平台标准文本".into(),
                own => format!("本机关第 {own} 版"),
            },
            basis: key.letter().basis().to_string(),
        }
    };
    let link = |paper: &str| visit.site.link(&format!("{TEXTS}/biaoge/{paper}"));
    let mut papers =
        vec![("申请表 PDF", link("shenqingbiao.pdf")), ("申请表 DOCX", link("shenqingbiao.docx"))];
    papers.extend(GuideForm::ALL.map(|form| (form.name(), link(&format!("{}.pdf", form.word())))));
    let may_set = clerk.may("foi.letter_text.revise", &Tie::to(&clerk.organ.code).because("理由"));
    web::page::answer(&TextsPage {
        rows: TextKey::all(today).into_iter().map(row).collect(),
        papers,
        settings: may_set.is_ok().then(|| visit.site.link(&format!("{TEXTS}/shezhi"))),
        unsaid: texts.unsaid(),
        desk: Workbench::of(&visit, clerk, "wenshu", "文书和表格").await?,
    })
}
