//! `/gongzuo/shenqing/{id}/wenshu/{letter}/shoujian`: what goes out, with the name of whoever receives it: the
//! letter, an envelope, the first page of a fax, a 送达回证. Each time it is written down who opened the name.

use axum::extract::Path;
use axum::response::Response;
use requests_rules::{Contact, Recipient, ServingMethod};
use review::Signatory;
use web::workbench::Submitted;
use web::{Clerk, Fault, Visit};

use super::file::File;
use super::letter::{DOCX, letter_of, letter_with, printed};
use super::saved;
use crate::acts::{ActError, looking, opinion};
use crate::issued::contents_of;
use crate::letters::{Address, CaseFacts, Contents, FaxCover, Letter, compose, label};
use crate::portal::INQUIRY;
use crate::store::{IssuedLetter, LetterTexts};

const PDF: &str = "application/pdf";

/// Gives one of them.
pub async fn give(
    visit: Visit,
    clerk: Clerk,
    Path((id, letter)): Path<(String, String)>,
    form: Submitted,
) -> Result<Response, Fault> {
    let file = File::read_by(&visit, &clerk, &id).await?;
    clerk.may("foi.deliver", &file.tie(&clerk))?;
    let issued = file.letters.iter().find(|one| one.id == letter).ok_or(Fault::NotFound)?;
    let to = receiver(&visit, &clerk, &file, issued).await?;
    let letter = sent_letter(&visit, &clerk, &file, issued).await?.addressed_to(&to.name);
    let name = letter.file_name();
    match form.get("do") {
        "docx" => {
            let bytes = letter.to_docx().map_err(Fault::inside)?;
            Ok(saved(bytes, DOCX, &format!("{name}.docx")))
        }
        "xinfeng" => {
            let data = label(&to, &sender(&clerk), &letter.number);
            let bytes = printed(&visit, "envelope", data).await?;
            Ok(saved(bytes, PDF, &format!("信封 {}.pdf", letter.number)))
        }
        "chuanzhen" => {
            let cover = cover(&visit, &clerk, &to, &form).before(&letter);
            let data = cover.to_press().map_err(Fault::inside)?;
            let bytes = printed(&visit, "document", data).await?;
            Ok(saved(bytes, PDF, &format!("传真首页 {}.pdf", letter.number)))
        }
        "huizheng" => {
            let proof = proof(&visit, &clerk, &file, (issued, &letter, &to)).await?;
            let data = proof.to_press().map_err(Fault::inside)?;
            let bytes = printed(&visit, "document", data).await?;
            Ok(saved(bytes, PDF, &format!("送达回证 {}.pdf", letter.number)))
        }
        _ => {
            let data = letter.to_press().map_err(Fault::inside)?;
            Ok(saved(printed(&visit, "document", data).await?, PDF, &format!("{name}.pdf")))
        }
    }
}

/// A letter as it is sent: the one to a third party bears the code with which it answers online.
async fn sent_letter(
    visit: &Visit,
    clerk: &Clerk,
    file: &File,
    issued: &IssuedLetter,
) -> Result<Letter, Fault> {
    if issued.kind != requests_rules::Letter::ThirdPartyInquiry {
        return letter_of(visit, clerk, &file.case, issued).await;
    }
    let calendar = visit.house.ledger().calendar();
    let contents = contents_of(issued, &file.case, &calendar).map_err(Fault::inside)?;
    let Some(Contents::ThirdParty { name, about, period, .. }) = contents else {
        return letter_of(visit, clerk, &file.case, issued).await;
    };
    let sealer = visit.house.sealer().map_err(Fault::inside)?;
    let code = opinion::code_of(sealer, &issued.about).map_err(ActError::into_fault)?;
    let origin = visit.site.frame.origin.clone().unwrap_or_default();
    let track = Some(format!("{origin}{}", visit.site.link(INQUIRY)));
    let contents = Contents::ThirdParty { name, about, period, code: Some(code), track };
    letter_with(visit, clerk, (&file.case, issued), &contents).await
}

/// 登记回执 with the query code, which only whoever has just registered knows.
pub async fn receipt(visit: Visit, clerk: Clerk, form: Submitted) -> Result<Response, Fault> {
    let file = File::find(&visit.house, &clerk.organ.code, form.get("anjuan")).await?;
    let file = file.ok_or(Fault::NotFound)?;
    clerk.may("foi.register", &file.tie(&clerk))?;
    let kind = requests_rules::Letter::Receipt;
    let issued = file.letters.iter().find(|one| one.kind == kind).ok_or(Fault::NotFound)?;
    let to = receiver(&visit, &clerk, &file, issued).await?;
    let calendar = visit.house.ledger().calendar();
    let contents = contents_of(issued, &file.case, &calendar).map_err(Fault::inside)?;
    let Some(Contents::Receipt { due, track, .. }) = contents else {
        return Err(Fault::NotFound);
    };
    let code = form.words("chaxunma").map(str::to_owned);
    let contents = Contents::Receipt { due, query_code: code, track };
    let letter = letter_with(&visit, &clerk, (&file.case, issued), &contents).await?;
    let letter = letter.addressed_to(&to.name);
    if form.get("do") == "docx" {
        let bytes = letter.to_docx().map_err(Fault::inside)?;
        return Ok(saved(bytes, DOCX, &format!("{}.docx", letter.file_name())));
    }
    let data = letter.to_press().map_err(Fault::inside)?;
    let bytes = printed(&visit, "document", data).await?;
    Ok(saved(bytes, PDF, &format!("{}.pdf", letter.file_name())))
}

/// Who receives a letter; that the name was opened is written down first.
async fn receiver(
    visit: &Visit,
    clerk: &Clerk,
    file: &File,
    issued: &IssuedLetter,
) -> Result<Address, Fault> {
    let opinion = file.opinions.iter().find(|one| one.id == issued.about);
    if issued.kind.to() == Recipient::Organ {
        let name = opinion.map(|one| one.label.clone()).unwrap_or_default();
        return Ok(Address { name, ..Address::default() });
    }
    let sealer = visit.house.sealer().map_err(Fault::inside)?;
    let desk = visit.house.ledger().desk(clerk.actor()).await?;
    let by = Signatory::of(clerk);
    let why = format!("送达{}", issued.number);
    let looked = looking::look(desk, sealer, &by, &file.case.filing.id, &why).await;
    let known = looked.map_err(ActError::into_fault)?;
    if issued.kind.to() != Recipient::ThirdParty {
        let contact = &known.applicant.contact;
        return Ok(address(known.applicant.name.clone(), contact));
    }
    let third = opinion.map(|one| one.third_party(sealer)).transpose()?.flatten();
    let third = third
        .ok_or_else(|| Fault::Refused("第三方的身份已经去掉，不能再制作这份文书。".to_owned()))?;
    Ok(address(third.name, &third.contact))
}

fn address(name: String, contact: &Contact) -> Address {
    let address = contact.address.clone().unwrap_or_default();
    Address { name, postcode: postcode(&address), address, phone: contact.telephone.clone() }
}

/// The six digits that stand alone in an address.
fn postcode(address: &str) -> Option<String> {
    let parts = address.split(|one: char| !one.is_ascii_digit());
    parts.filter(|part| part.len() == 6).map(str::to_owned).next()
}

fn sender(clerk: &Clerk) -> Address {
    let organ = &clerk.organ;
    Address {
        name: organ.name.clone(),
        address: organ.address.clone().unwrap_or_default(),
        postcode: organ.postcode.clone(),
        phone: organ.phone.clone(),
    }
}

fn cover(visit: &Visit, clerk: &Clerk, to: &Address, form: &Submitted) -> FaxCover {
    FaxCover {
        to: to.name.clone(),
        fax: to.phone.clone().unwrap_or_default(),
        from: clerk.organ.name.clone(),
        phone: clerk.organ.phone.clone(),
        pages: form.get("yeshu").trim().parse().unwrap_or(1),
        on: visit.house.ledger().clock().today(),
    }
}

/// The 送达回证 of a letter; it bears that letter's number.
async fn proof(
    visit: &Visit,
    clerk: &Clerk,
    file: &File,
    (issued, letter, to): (&IssuedLetter, &Letter, &Address),
) -> Result<Letter, Fault> {
    let sent = file.deliveries.iter().rfind(|one| one.letter == issued.id);
    let contents = Contents::ServiceProof {
        letters: vec![(letter.kind.title().to_owned(), letter.number.clone())],
        addressee: (to.name.clone(), to.address.clone()),
        method: sent.map_or(ServingMethod::InPerson, |one| one.delivery.method),
    };
    let organ = (clerk.organ.code.as_str(), clerk.organ.name.as_str());
    let texts = LetterTexts::of(visit.house.store(), organ, None).await?;
    let text = texts.text(contents.key()).ok_or(Fault::NotFound)?;
    let today = visit.house.ledger().clock().today();
    let facts = CaseFacts::of(&file.case.filing);
    let on = (today, false);
    compose(&text, texts.sender(), &facts, &issued.number, on, &contents)
        .map_err(|fault| Fault::Refused(format!("{fault}。")))
}

#[cfg(test)]
mod tests {
    use super::postcode;

    #[test]
    fn a_postcode_is_six_digits_that_stand_alone() {
        for (address, code) in [
            ("福建省厦门市云湖区某某路2号，361009", Some("361009")),
            ("某某路361009号楼12", Some("361009")),
            ("电话13800000000", None),
            ("", None),
        ] {
            assert_eq!(postcode(address).as_deref(), code, "{address}");
        }
    }
}
