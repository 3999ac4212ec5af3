//! `/gongzuo/shenqing/{id}/wenshu/{letter}`: a letter as it went out, looked at and taken as PDF or DOCX. The
//! name line stays masked: it is filled in where the letter is delivered.

use askama::Template;
use axum::extract::Path;
use axum::response::{Html, Response};
use web::workbench::Workbench;
use web::{Clerk, Fault, PrintFault, Visit};

use super::file::File;
use super::{LIST, saved};
use crate::issued::contents_of;
use crate::letters::{CaseFacts, Contents, Letter, compose};
use crate::store::{Case, IssuedLetter, LetterTexts};

pub(super) const DOCX: &str =
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

#[derive(Template)]
#[template(path = "workbench/letter.html")]
struct LetterPage {
    desk: Workbench,
    title: &'static str,
    version: String,
    article: documents::writing::Article,
    here: String,
    /// Whether it can be sent by whoever looks: with the name filled in.
    sends: bool,
}

/// Shows it.
pub async fn show(
    visit: Visit,
    clerk: Clerk,
    Path((id, letter)): Path<(String, String)>,
) -> Result<Html<String>, Fault> {
    let (file, letter) = written(&visit, &clerk, (&id, &letter)).await?;
    let case = &file.case;
    let sends = letter.kind.to() != requests_rules::Recipient::File
        && clerk.may("foi.deliver", &file.tie(&clerk)).is_ok();
    let path = format!("{LIST}/{id}");
    let version = match letter.text_version {
        0 => "平台标准文本".to_owned(),
        version => format!("本机关标准文本第 {version} 版"),
    };
    let desk = Workbench::of(&visit, clerk, "shenqing", letter.kind.title())
        .await?
        .under("依申请公开", LIST)
        .under(format!("申请 {}", case.filing.number), &path);
    let here = desk.here().to_owned();
    web::page::answer(&LetterPage {
        desk,
        title: letter.kind.title(),
        version,
        article: letter.article,
        here,
        sends,
    })
}

/// Gives it as PDF.
pub async fn pdf(
    visit: Visit,
    clerk: Clerk,
    Path((id, letter)): Path<(String, String)>,
) -> Result<Response, Fault> {
    let (_, letter) = written(&visit, &clerk, (&id, &letter)).await?;
    let bytes = printed(&visit, "document", letter.to_press().map_err(Fault::inside)?).await?;
    Ok(saved(bytes, "application/pdf", &format!("{}.pdf", letter.file_name())))
}

/// Gives it for WPS and Word.
pub async fn docx(
    visit: Visit,
    clerk: Clerk,
    Path((id, letter)): Path<(String, String)>,
) -> Result<Response, Fault> {
    let (_, letter) = written(&visit, &clerk, (&id, &letter)).await?;
    let bytes = letter.to_docx().map_err(Fault::inside)?;
    Ok(saved(bytes, DOCX, &format!("{}.docx", letter.file_name())))
}

/// Sets something.
pub(super) async fn printed(
    visit: &Visit,
    template: &'static str,
    data: serde_json::Value,
) -> Result<Vec<u8>, Fault> {
    let printer = visit.house.printer().ok_or(PrintFault::Absent);
    let printer = printer.map_err(|fault| Fault::Refused(fault.to_string()))?;
    let set = printer.print(template, data).await;
    set.map_err(|fault| Fault::Refused(format!("{fault}。可以改用 DOCX。")))
}

async fn written(
    visit: &Visit,
    clerk: &Clerk,
    (id, letter): (&str, &str),
) -> Result<(File, Letter), Fault> {
    let file = File::read_by(visit, clerk, id).await?;
    let issued = IssuedLetter::find(visit.house.store(), id, letter).await?;
    let issued = issued.ok_or(Fault::NotFound)?;
    let letter = letter_of(visit, clerk, &file.case, &issued).await?;
    Ok((file, letter))
}

/// The letter that was issued, from the texts and settings as they stood then.
pub(super) async fn letter_of(
    visit: &Visit,
    clerk: &Clerk,
    case: &Case,
    issued: &IssuedLetter,
) -> Result<Letter, Fault> {
    let organ = (clerk.organ.code.as_str(), clerk.organ.name.as_str());
    letter_by(visit, organ, case, issued).await
}

/// The same by the code and name of the organ that issued it.
pub(super) async fn letter_by(
    visit: &Visit,
    organ: (&str, &str),
    case: &Case,
    issued: &IssuedLetter,
) -> Result<Letter, Fault> {
    let calendar = visit.house.ledger().calendar();
    let contents = contents_of(issued, case, &calendar).map_err(Fault::inside)?;
    composed(visit, organ, (case, issued), &contents.ok_or_else(unreadable)?).await
}

/// The same with contents that are not all kept with it.
pub(super) async fn letter_with(
    visit: &Visit,
    clerk: &Clerk,
    (case, issued): (&Case, &IssuedLetter),
    contents: &Contents,
) -> Result<Letter, Fault> {
    let organ = (clerk.organ.code.as_str(), clerk.organ.name.as_str());
    composed(visit, organ, (case, issued), contents).await
}

async fn composed(
    visit: &Visit,
    organ: (&str, &str),
    (case, issued): (&Case, &IssuedLetter),
    contents: &Contents,
) -> Result<Letter, Fault> {
    let store = visit.house.store();
    let texts = LetterTexts::of_letter(store, organ, &issued.id).await?;
    let text = texts.text(contents.key()).ok_or_else(unreadable)?;
    let (facts, on) = (CaseFacts::of(&case.filing), (issued.issued_on, false));
    compose(&text, texts.sender(), &facts, &issued.number, on, contents)
        .map_err(|fault| Fault::Refused(format!("{fault}。")))
}

/// A letter that is only looked at: it has no number yet, and reads by the texts as they stand.
pub(super) async fn looked_at(
    visit: &Visit,
    clerk: &Clerk,
    (case, letter): (&Case, &IssuedLetter),
) -> Result<Letter, Fault> {
    let calendar = visit.house.ledger().calendar();
    let contents = contents_of(letter, case, &calendar).map_err(Fault::inside)?;
    let contents = contents.ok_or_else(unreadable)?;
    let organ = (clerk.organ.code.as_str(), clerk.organ.name.as_str());
    let texts = LetterTexts::of(visit.house.store(), organ, None).await?;
    let text = texts.text(contents.key()).ok_or_else(unreadable)?;
    let number = format!("{}〔{}〕　号", letter.kind.serial(), letter.issued_on.year());
    let (facts, on) = (CaseFacts::of(&case.filing), (letter.issued_on, false));
    compose(&text, texts.sender(), &facts, &number, on, &contents)
        .map_err(|fault| Fault::Refused(format!("{fault}。")))
}

fn unreadable() -> Fault {
    Fault::Refused("这份文书还没有可以成文的内容。请在案卷的办理记录里查看它的要点。".into())
}
