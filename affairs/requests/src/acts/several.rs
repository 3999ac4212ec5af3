//! 多人申请同一信息 (条例第四十四条第一款): told in the ledger, so that whoever publishes hears of it; whether
//! it is published is decided apart.

use law::article;
use ledger::{Desk, Entry};
use requests_rules::{REGULATION, Relation};
use review::Signatory;
use serde_json::json;

use super::{ActError, course, reasoned};
use crate::store::{Case, Several};

/// Proposes to publish what so many ask for; what is proposed already is counted on.
pub(super) async fn propose(
    desk: &mut Desk,
    case: &Case,
    relation: &Relation,
) -> Result<(), ActError> {
    let today = desk.today();
    let Relation::AskedByOthers { applicants } = relation else { return Ok(()) };
    if !relation.proposes_publication(today) {
        return Ok(());
    }
    let filing = &case.filing;
    let about = (filing.organ.as_str(), filing.wish_mark.as_str(), filing.id.as_str());
    let is_new = Several::propose(desk.change(), about, *applicants, today).await?;
    let (true, Some(basis)) = (is_new, relation.basis()) else { return Ok(()) };
    let facts = json!({ "applicants": applicants, "title": filing.wanted.title });
    desk.record(course::entry("several", case, basis, facts)).await?;
    Ok(())
}

/// Decides whether what several ask for is published: then a manuscript is made of it elsewhere, which is
/// reviewed like any other.
///
/// # Errors
/// The organ has no such proposal, it is decided, no reason is given, or the database refuses.
pub async fn decide(
    mut desk: Desk,
    by: &Signatory,
    id: &str,
    (publish, reason): (bool, &str),
) -> Result<(), ActError> {
    let found = Several::find(desk.change(), &by.organ, id).await?;
    let several = found.ok_or(ActError::Refused("没有这项建议", "刷新页面再看"))?;
    let reason = reasoned(reason)?;
    let (today, name) = (desk.today(), by.name.as_str());
    if !several.decide(desk.change(), (publish, &reason), (name, today)).await? {
        return Err(ActError::DECIDED);
    }
    let facts = json!({
        "several": several.id,
        "publish": publish,
        "title": several.title,
        "applicants": several.applicants,
    });
    desk.record(Entry {
        room: "requests",
        act: "conversion",
        subject: format!("request:{}", several.request),
        organ: several.organ,
        basis: article(REGULATION, 44).paragraph(1).to_string(),
        facts,
    })
    .await?;
    desk.seal().await?;
    Ok(())
}
