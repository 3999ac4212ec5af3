//! An address of each type of the room's pages for clerks.

use ::identity::Organ;
use requests_rules::ComplaintGround;
use web::workbench::DeskSample;
use web::{Fault, House, Later};

use crate::store::{ComplaintCase, IssuedLetter, Page, Query, RectificationCase, SuggestionCase};

/// Pages that exist for every organ, and those of a file and a letter.
pub const SAMPLES: &[DeskSample] = &[
    plain("requests desk register", |_, _| Box::pin(async { Ok(Some(super::LIST.into())) })),
    plain("requests desk intake", |_, _| Box::pin(async { Ok(Some(super::INTAKE.into())) })),
    plain("requests desk texts", |_, _| Box::pin(async { Ok(Some(super::TEXTS.into())) })),
    plain("requests desk text", |_, _| {
        Box::pin(async { Ok(Some("/gongzuo/wenshu/answer-G1".into())) })
    }),
    plain("requests desk letter settings", |_, _| {
        Box::pin(async { Ok(Some("/gongzuo/wenshu/shezhi".into())) })
    }),
    plain("requests desk asked", |_, _| Box::pin(async { Ok(Some(super::ASKED.into())) })),
    plain("requests desk rectifications", |_, _| {
        Box::pin(async { Ok(Some(super::RECTIFICATIONS.into())) })
    }),
    plain("requests desk complaints", |_, _| {
        Box::pin(async { Ok(Some(super::COMPLAINTS.into())) })
    }),
    plain("requests desk appeals", |_, _| Box::pin(async { Ok(Some(super::APPEALS.into())) })),
    plain("requests desk appeal", |house, organ| Box::pin(appeal(house, organ))),
    plain("requests desk rectification", |house, organ| Box::pin(rectification(house, organ))),
    plain("requests desk suggestions", |_, _| {
        Box::pin(async { Ok(Some(super::SUGGESTIONS.into())) })
    }),
    plain("requests desk suggestion", |house, organ| Box::pin(suggestion(house, organ))),
    plain("requests desk conversions", |_, _| {
        Box::pin(async { Ok(Some(super::CONVERSIONS.into())) })
    }),
    plain("requests desk retention", |_, _| Box::pin(async { Ok(Some(super::RETENTION.into())) })),
    plain("requests desk audit", |_, organ| {
        let path = format!("{}?jiguan={}", super::AUDIT, organ.code);
        Box::pin(async move { Ok(Some(path)) })
    }),
    plain("requests desk audited file", |house, organ| Box::pin(audited(house, organ))),
    plain("requests desk file", |house, organ| Box::pin(file(house, organ, ""))),
    plain("requests desk identity", |house, organ| Box::pin(file(house, organ, "/shenfen"))),
    plain("requests desk letter", |house, organ| Box::pin(letter(house, organ))),
];

type Path = for<'a> fn(&'a House, &'a Organ) -> Later<'a, Option<String>>;

const fn plain(name: &'static str, path: Path) -> DeskSample {
    DeskSample { name, path }
}

async fn first(house: &House, organ: &Organ) -> Result<Option<String>, Fault> {
    let page = Page::of(house.store(), &organ.code, &Query::default(), 1).await?;
    Ok(page.lines.first().map(|line| line.id.clone()))
}

async fn file(house: &House, organ: &Organ, rest: &str) -> Result<Option<String>, Fault> {
    let first = first(house, organ).await?;
    Ok(first.map(|id| format!("{}/{id}{rest}", super::LIST)))
}

/// The same as audit opens it.
async fn audited(house: &House, organ: &Organ) -> Result<Option<String>, Fault> {
    Ok(first(house, organ).await?.map(|id| format!("{}/{id}", super::AUDIT)))
}

async fn appeal(house: &House, organ: &Organ) -> Result<Option<String>, Fault> {
    let all = ComplaintCase::of_organ(house.store(), &organ.code).await?;
    let is_appeal =
        |one: &&ComplaintCase| one.complaint.ground == ComplaintGround::PublicEnterprise;
    let found = all.iter().find(is_appeal);
    Ok(found.map(|one| format!("{}/{}", super::APPEALS, one.id)))
}

async fn rectification(house: &House, organ: &Organ) -> Result<Option<String>, Fault> {
    let all = RectificationCase::of_organ(house.store(), &organ.code).await?;
    Ok(all.first().map(|one| format!("{}/{}", super::RECTIFICATIONS, one.id)))
}

async fn suggestion(house: &House, organ: &Organ) -> Result<Option<String>, Fault> {
    let all = SuggestionCase::of(house.store(), &organ.code, 1).await?;
    Ok(all.first().map(|one| format!("{}/{}", super::SUGGESTIONS, one.id)))
}

/// A letter of the first open file.
async fn letter(house: &House, organ: &Organ) -> Result<Option<String>, Fault> {
    let Some(id) = first(house, organ).await? else { return Ok(None) };
    let letters = IssuedLetter::of(house.store(), &id).await?;
    Ok(letters.first().map(|letter| format!("{}/{id}/wenshu/{}", super::LIST, letter.id)))
}
