//! 多人申请同一信息 (条例第四十四条第一款): told in the ledger, so that whoever publishes hears of it; whether
//! it is published is decided apart ([`super::conversion`]).

use ledger::Desk;
use requests_rules::Relation;
use serde_json::json;

use super::{ActError, course};
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
