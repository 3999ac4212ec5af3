//! 汇总范围: which organs' reports a government's report adds up (docs/readings/133).

use std::collections::BTreeSet;

use ledger::{Change, Desk};
use reports_rules::Reporter;
use review::Signatory;
use web::FigureSource;

use super::{ActError, counting, draft_of, entry, noted};
use crate::store::{self, Content, MemberLine};

/// Sets which organs are added up, and adds them up anew.
///
/// # Errors
/// It is no draft of a government, an organ is decided otherwise than usual without a reason, or the
/// database refuses.
pub async fn keep(
    mut desk: Desk,
    sources: &[FigureSource],
    by: &Signatory,
    id: &str,
    (counted, reason): (&BTreeSet<String>, &str),
) -> Result<(), ActError> {
    let version = draft_of(&desk, by, id).await?;
    if version.reporter != Reporter::Government {
        return Err(ActError::Refused("只有政府的报告汇总所属机关", "部门的报告只报本机关"));
    }
    let reason = noted(web::workbench::REASON, reason)?;
    let mut members = MemberLine::of(desk.change(), id).await?;
    let mut before = BTreeSet::new();
    for member in &mut members {
        let counts = counted.contains(&member.organ);
        if member.counted {
            before.insert(member.organ.clone());
        }
        let usual = counts == member.member.is_counted_by_default();
        if counts != member.counted {
            member.reason = if usual { String::new() } else { reason.clone() };
            if !usual && reason.is_empty() {
                let words = format!("没有写为什么改变“{}”。请写明理由。", member.name);
                return Err(ActError::Field(web::workbench::REASON.to_owned(), words));
            }
        }
        member.counted = counts;
    }
    store::keep_members(desk.change(), id, &members).await?;
    let mut content = Content::of(desk.change(), id).await?;
    counting::count(&desk, sources, &version, &mut content).await?;
    store::keep_all(desk.change(), id, &content).await?;
    store::written_by(desk.change(), id, by.persons()).await?;
    let change = Change { before: serde_json::json!(before), after: serde_json::json!(counted) };
    desk.record_change(entry("scope", &version, serde_json::json!({ "reason": reason })), change)
        .await?;
    Ok(desk.seal().await?)
}
