//! 文书 of what stands beside requests, set and given with the name of whoever receives them.

use axum::response::Response;
use law::Date;
use requests_rules::{
    ApplicantClass, ComplaintGround, ComplaintOutcome, Contact, Letter as Kind,
    RectificationOutcome,
};
use serde::de::DeserializeOwned;
use web::{Clerk, Fault, Visit};

use super::letter::{DOCX, printed};
use super::saved;
use crate::letters::{CaseFacts, Contents, Letter, compose};
use crate::store::{LetterTexts, MatterLetter};

/// How many letters of a complaint its letter quotes.
const QUOTED: usize = 120;

/// A matter as its letter tells of it.
pub(super) struct Matter<'a> {
    /// `rectification:…`, `complaint:…`.
    pub about: String,
    /// Its number.
    pub number: &'a str,
    /// Whose it is.
    pub name: &'a str,
    /// The day it came.
    pub received: Date,
    /// What it is about, in his words.
    pub words: &'a str,
    /// What of, where it is a complaint.
    pub ground: Option<ComplaintGround>,
}

/// The letter of a matter; none before the result was told; why not, where it cannot be written.
pub(super) async fn letter(
    visit: &Visit,
    clerk: &Clerk,
    matter: &Matter<'_>,
) -> Result<Option<Result<Letter, String>>, Fault> {
    let store = visit.house.store();
    let Some(kept) = MatterLetter::of(store, &matter.about).await? else { return Ok(None) };
    let unwritten = || Ok(Some(Err("这份文书还没有可以成文的内容。".to_owned())));
    let Some(contents) = contents(&kept, matter.ground) else { return unwritten() };
    let organ = (clerk.organ.code.as_str(), clerk.organ.name.as_str());
    let texts = LetterTexts::of(store, organ, Some(&kept.issued_at)).await?;
    let Some(text) = texts.text(contents.key()) else { return unwritten() };
    let quoted: String = matter.words.trim().chars().take(QUOTED).collect();
    let facts = CaseFacts {
        number: matter.number.to_owned(),
        applicant: matter.name.to_owned(),
        class: ApplicantClass::NaturalPerson,
        received: Some(matter.received),
        wanted: quoted,
    };
    let on = (kept.issued_on, false);
    let letter = compose(&text, texts.sender(), &facts, &kept.number, on, &contents);
    let letter = letter.map(|letter| letter.addressed_to(matter.name));
    Ok(Some(letter.map_err(|fault| format!("{fault}。"))))
}

fn contents(kept: &MatterLetter, ground: Option<ComplaintGround>) -> Option<Contents> {
    let words = |name: &str| read::<String>(kept, name).unwrap_or_default();
    Some(match kept.kind {
        Kind::RectificationAnswer => Contents::Rectification {
            outcome: read::<RectificationOutcome>(kept, "outcome")?,
            because: words("reason"),
        },
        Kind::RectificationTransfer => Contents::RectificationTransfer { to: words("to") },
        Kind::ComplaintResult | Kind::AppealResult => Contents::Complaint {
            ground: ground?,
            outcome: read::<ComplaintOutcome>(kept, "outcome")?,
            because: words("reason"),
        },
        _ => return None,
    })
}

fn read<T: DeserializeOwned>(kept: &MatterLetter, name: &str) -> Option<T> {
    kept.facts.get(name).and_then(|value| T::deserialize(value).ok())
}

/// Gives a letter as `pdf` or `docx`.
pub(super) async fn give(
    visit: &Visit,
    letter: Option<Result<Letter, String>>,
    ending: &str,
) -> Result<Response, Fault> {
    let letter = letter.ok_or(Fault::NotFound)?.map_err(Fault::Refused)?;
    let name = letter.file_name();
    match ending {
        "docx" => {
            let bytes = letter.to_docx().map_err(Fault::inside)?;
            Ok(saved(bytes, DOCX, &format!("{name}.docx")))
        }
        "pdf" => {
            let data = letter.to_press().map_err(Fault::inside)?;
            let bytes = printed(visit, "document", data).await?;
            Ok(saved(bytes, "application/pdf", &format!("{name}.pdf")))
        }
        _ => Err(Fault::NotFound),
    }
}

/// Where somebody can be reached, in a line.
pub(super) fn reached(contact: &Contact) -> String {
    let said = [&contact.telephone, &contact.email, &contact.address];
    said.into_iter().flatten().cloned().collect::<Vec<_>>().join("，")
}
