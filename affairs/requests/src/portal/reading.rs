//! Letters and what is provided, read by the applicant. That a letter was opened here is the proof that it was
//! served electronically.

use askama::Template;
use axum::extract::Path;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use identity::Organ;
use ledger::Actor;
use requests_rules::Recipient;
use web::address::encoded;
use web::layout::{Frame, Link};
use web::{Fault, PrintFault, Visit};

use super::{MINE, TRACK, done, frame, fresh, long_day, onward, unkept};
use crate::acts::{ActError, delivery};
use crate::files;
use crate::issued::{contents_of, provided_with};
use crate::letters::{CaseFacts, Letter, compose};
use crate::store::{
    Case, CaseFile, FilingState, IssuedLetter, LetterTexts, Particulars, ProvidedFile,
};

#[derive(Template)]
#[template(path = "portal/reading.html")]
struct ReadingPage {
    frame: Frame,
    title: &'static str,
    issued: String,
    article: Option<documents::writing::Article>,
    /// What it asks for, where it has no text to be shown.
    items: Vec<String>,
    downloads: Vec<Link>,
    provided: Vec<Link>,
    /// Where 复议 is applied for over the internet, where the letter tells of it (行政复议法第二十二条).
    review: Option<(String, Option<Link>)>,
    back: String,
}

/// Shows a letter: it is served with this.
pub(super) async fn letter(
    visit: Visit,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Result<Response, Fault> {
    let Some((_, case)) = done::case_of(&visit, &headers).await? else {
        return Ok(onward(&visit, TRACK, vec![]));
    };
    let issued = own(&visit, &case, &id).await?;
    // what cannot be shown was not served
    let letter = written(&visit, &case, &issued).await?;
    if letter.is_some() {
        let desk = visit.house.ledger().desk(Actor::Visitor).await?;
        let place = (case.filing.organ.as_str(), case.filing.id.as_str());
        delivery::read_online(desk, place, &id).await.map_err(ActError::into_fault)?;
    }
    let review = match letter.as_ref().filter(|letter| letter.remedy.is_some()) {
        Some(_) => Some(review_of(&texts_of(&visit, &case, &issued).await?)),
        None => None,
    };
    let link = |path: &str| visit.site.link(path);
    let downloads = ["pdf", "docx"].into_iter().filter(|_| letter.is_some()).map(|ending| {
        let words = if ending == "pdf" { "下载 PDF" } else { "下载 DOCX（WPS、Word）" };
        Link::new(words, link(&format!("/shenqing/jindu/wenshu/{id}/{ending}")))
    });
    let provided = provided(&visit, &case).await?;
    fresh(&ReadingPage {
        frame: frame(&visit, "文书").titled(issued.kind.title()),
        title: issued.kind.title(),
        issued: long_day(issued.issued_on),
        downloads: downloads.collect(),
        review,
        article: letter.map(|letter| letter.article),
        items: items(&issued),
        provided: provided
            .into_iter()
            .map(|(name, id)| Link::new(name, link(&format!("/shenqing/jindu/wenjian/{id}"))))
            .collect(),
        back: link(MINE),
    })
}

/// The organ and, where it is an address, the way to its page.
fn review_of(texts: &LetterTexts) -> (String, Option<Link>) {
    let sender = texts.sender();
    let way = sender.online_review.clone().unwrap_or_default();
    let is_address = way.starts_with("https://") || way.starts_with("http://");
    let link = (is_address && !way.contains(char::is_whitespace))
        .then(|| Link::new("网上申请行政复议", way.clone()));
    let words = match &link {
        Some(_) => format!("不服的，可以在网上向{}申请行政复议：", sender.review_organ),
        None => format!("不服的，可以在网上向{}申请行政复议，途径：{way}。", sender.review_organ),
    };
    (words, link)
}

/// What a letter asks for, each thing a line.
fn items(letter: &IssuedLetter) -> Vec<String> {
    let items = letter.facts.get("items").and_then(|items| items.as_array());
    let words = items.into_iter().flatten().filter_map(|item| item.as_str());
    words.map(str::to_owned).collect()
}

/// Gives a letter as a file.
pub(super) async fn download(
    visit: Visit,
    headers: HeaderMap,
    Path((id, ending)): Path<(String, String)>,
) -> Result<Response, Fault> {
    let Some((_, case)) = done::case_of(&visit, &headers).await? else {
        return Ok(onward(&visit, TRACK, vec![]));
    };
    let issued = own(&visit, &case, &id).await?;
    let letter = written(&visit, &case, &issued).await?.ok_or(Fault::NotFound)?;
    match ending.as_str() {
        "pdf" => printed(&visit, &letter).await,
        "docx" => {
            let bytes = letter.to_docx().map_err(Fault::inside)?;
            saved(bytes, DOCX, &format!("{}.docx", letter.file_name()))
        }
        _ => Err(Fault::NotFound),
    }
}

/// A letter as PDF.
pub(super) async fn printed(visit: &Visit, letter: &Letter) -> Result<Response, Fault> {
    let printer = visit.house.printer().ok_or(PrintFault::Absent);
    let printer = printer.map_err(|fault| Fault::Refused(fault.to_string()))?;
    let data = letter.to_press().map_err(Fault::inside)?;
    let set = printer.print("document", data).await;
    let set = set.map_err(|fault| Fault::Refused(format!("{fault}。可以改用 DOCX。")))?;
    saved(set, "application/pdf", &format!("{}.pdf", letter.file_name()))
}

const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/// A letter to the applicant.
async fn own(visit: &Visit, case: &Case, id: &str) -> Result<IssuedLetter, Fault> {
    let found = IssuedLetter::find(visit.house.store(), &case.filing.id, id).await?;
    let to_him = |letter: &IssuedLetter| letter.kind.to() == Recipient::Applicant;
    found.filter(to_him).ok_or(Fault::NotFound)
}

/// The letter as it went out, with the applicant's name in it; none where it cannot be set from what is kept.
async fn written(
    visit: &Visit,
    case: &Case,
    issued: &IssuedLetter,
) -> Result<Option<Letter>, Fault> {
    let Some(letter) = letter_of(visit, case, issued).await? else { return Ok(None) };
    let sealer = visit.house.sealer().map_err(Fault::inside)?;
    let who = Particulars::open(visit.house.store(), sealer, &case.filing.id).await?;
    Ok(Some(match who {
        Some(who) => letter.addressed_to(&who.applicant.name),
        None => letter,
    }))
}

/// The texts and settings a letter was made from.
async fn texts_of(visit: &Visit, case: &Case, issued: &IssuedLetter) -> Result<LetterTexts, Fault> {
    let store = visit.house.store();
    let organ = Organ::find(store, &case.filing.organ).await?.ok_or(Fault::NotFound)?;
    let name = (organ.code.as_str(), organ.name.as_str());
    Ok(LetterTexts::of_letter(store, name, &issued.id).await?)
}

/// The same without a name.
pub(super) async fn letter_of(
    visit: &Visit,
    case: &Case,
    issued: &IssuedLetter,
) -> Result<Option<Letter>, Fault> {
    let calendar = visit.house.ledger().calendar();
    let texts = texts_of(visit, case, issued).await?;
    let Ok(Some(contents)) = contents_of(issued, case, &calendar) else { return Ok(None) };
    let Some(text) = texts.text(contents.key()) else { return Ok(None) };
    let facts = CaseFacts::of(&case.filing).masked();
    let on = (issued.issued_on, true);
    let written = compose(&text, texts.sender(), &facts, &issued.number, on, &contents);
    Ok(written.ok())
}

/// What was provided with the answer: names and keys.
pub(super) async fn provided(visit: &Visit, case: &Case) -> Result<Vec<(String, String)>, Fault> {
    let sealer = visit.house.sealer().map_err(Fault::inside)?;
    let files = released(visit, case).await?.into_iter();
    files.map(|file| Ok((file.name(sealer).map_err(Fault::inside)?, file.id))).collect()
}

/// The copies that an issued answer names, byte for byte; nothing else of the file is given.
async fn released(visit: &Visit, case: &Case) -> Result<Vec<CaseFile>, Fault> {
    if case.filing.state != FilingState::Answered {
        return Ok(vec![]);
    }
    let store = visit.house.store();
    let letters = IssuedLetter::of(store, &case.filing.id).await?;
    let named = provided_with(&letters);
    let mut files = CaseFile::of(store, &case.filing.id).await?;
    files.retain(|file| {
        let is_it = |one: &ProvidedFile| one.id == file.id && one.sha256 == file.sha256;
        file.is_clean_copy() && named.iter().any(is_it)
    });
    Ok(files)
}

/// A file that was provided with the answer.
pub(super) async fn file(
    visit: Visit,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Result<Response, Fault> {
    let Some((_, case)) = done::case_of(&visit, &headers).await? else {
        return Ok(onward(&visit, TRACK, vec![]));
    };
    let house = &visit.house;
    let found = released(&visit, &case).await?.into_iter().find(|file| file.id == id);
    let file = found.ok_or(Fault::NotFound)?;
    let sealer = house.sealer().map_err(Fault::inside)?;
    let bytes = files::read(house.folder(), sealer, &file).await.map_err(ActError::into_fault)?;
    let name = file.name(sealer).map_err(Fault::inside)?;
    saved(bytes, &file.media_type, &name)
}

/// A file to be kept by whoever asks, never shown as a page.
pub(super) fn saved(bytes: Vec<u8>, media: &str, name: &str) -> Result<Response, Fault> {
    let mut response = unkept(bytes);
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::try_from(media).map_err(Fault::inside)?);
    let saved = format!("attachment; filename=\"wenjian\"; filename*=UTF-8''{}", encoded(name));
    let saved = HeaderValue::try_from(saved).map_err(Fault::inside)?;
    headers.insert(header::CONTENT_DISPOSITION, saved);
    Ok(response)
}

impl web::page::Page for ReadingPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let page = Self {
            frame: Frame::sample("答复书").at("文书"),
            title: "政府信息公开申请答复书",
            issued: "2026年11月26日（星期四）".into(),
            article: None,
            items: vec!["写明年份".into()],
            downloads: vec![Link::new("下载 PDF", "/linhu/shenqing/jindu/wenshu/1/pdf")],
            provided: vec![Link::new("方案.pdf", "/linhu/shenqing/jindu/wenjian/1")],
            review: Some((
                "不服的，可以在网上向某某人民政府申请行政复议：".into(),
                Some(Link::new("网上申请行政复议", "https://example.org/fuyi")),
            )),
            back: "/linhu/shenqing/jindu/wode".into(),
        };
        vec![("答复书", page)]
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_letter_page_is_sound() {
        assert_eq!(web::page::faults::<super::ReadingPage>(), Vec::<String>::new());
    }
}
