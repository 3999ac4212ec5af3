//! `/gongzuo/wenshu/biaoge/{paper}`: 申请表, 台卡, 宣传版面, 折页, made anew from what the site says of its
//! office today.

use ::identity::powers::Tie;
use axum::extract::Path;
use axum::response::Response;
use web::{Clerk, Fault, Visit};

use super::letter::printed;
use super::saved;
use crate::letters::{GuideFacts, GuideForm, application_form};

const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/// Gives one.
pub async fn give(
    visit: Visit,
    clerk: Clerk,
    Path(paper): Path<String>,
) -> Result<Response, Fault> {
    clerk.may("foi.letter_text.read", &Tie::to(&clerk.organ.code))?;
    let facts = facts(&visit, &clerk);
    let (word, ending) = paper.split_once('.').ok_or(Fault::NotFound)?;
    let form = GuideForm::ALL.into_iter().find(|form| form.word() == word);
    match (word, ending, form) {
        ("shenqingbiao", "pdf", _) => {
            let data = application_form(&facts).to_press().map_err(Fault::inside)?;
            let bytes = printed(&visit, "document", data).await?;
            Ok(saved(bytes, "application/pdf", "政府信息公开申请表.pdf"))
        }
        ("shenqingbiao", "docx", _) => {
            let bytes = application_form(&facts).to_docx().map_err(Fault::inside)?;
            Ok(saved(bytes, DOCX, "政府信息公开申请表.docx"))
        }
        (_, "pdf", Some(form)) => {
            let today = visit.house.ledger().clock().today();
            let data = facts.to_press(form, today).map_err(Fault::inside)?;
            let bytes = printed(&visit, "guide", data).await?;
            Ok(saved(bytes, "application/pdf", &format!("申请指南 {}.pdf", form.name())))
        }
        _ => Err(Fault::NotFound),
    }
}

/// What the organ's guide says: of its own office, and what it leaves open of the site's.
fn facts(visit: &Visit, clerk: &Clerk) -> GuideFacts {
    let organ = &clerk.organ;
    let contact = &visit.site.frame.contact;
    GuideFacts {
        organ: organ.name.clone(),
        contact: None,
        address: organ.address.clone().or_else(|| contact.address.clone()),
        hours: organ.hours.clone().or_else(|| contact.hours.clone()),
        phone: organ.phone.clone().or_else(|| contact.phone.clone()),
        postcode: organ.postcode.clone().or_else(|| contact.postcode.clone()),
        online: Some(match &visit.site.frame.origin {
            Some(origin) => format!("{origin}{}", visit.site.link("/shenqing")),
            None => format!("{}“依申请公开”栏目", visit.site.frame.name),
        }),
    }
}
