//! `/shenqing/jindu/chehui`: the applicant takes his request back, asked once more before.

use axum::http::HeaderMap;
use axum::response::Response;
use ledger::Actor;
use web::{Fault, OwnUpload, Visit};

use crate::acts::{ActError, withdrawal};
use crate::portal::step::StepPage;
use crate::portal::{MINE, TRACK, done, frame, onward};

/// Asks once more.
pub(in crate::portal) async fn show(visit: Visit, headers: HeaderMap) -> Result<Response, Fault> {
    let Some((_, case)) = done::case_of(&visit, &headers).await? else {
        return Ok(onward(&visit, TRACK, vec![]));
    };
    if case.filing.is_closed() {
        return Ok(onward(&visit, MINE, vec![]));
    }
    let action = visit.site.link("/shenqing/jindu/chehui");
    StepPage {
        next: "撤回申请",
        ..StepPage::new(frame(&visit, "撤回申请"), "要撤回这份申请吗", action)
            .telling(format!("登记编号 {}。", case.filing.number))
            .telling("撤回以后不再办理，也不会答复，不能恢复。以后需要的，可以重新申请。")
            .way("不撤回", visit.site.link(MINE))
    }
    .answer()
}

/// Withdraws it. Sent twice, it stays withdrawn.
pub(in crate::portal) async fn send(
    visit: Visit,
    headers: HeaderMap,
    _: OwnUpload,
) -> Result<Response, Fault> {
    let Some((pass, case)) = done::case_of(&visit, &headers).await? else {
        return Ok(onward(&visit, TRACK, vec![]));
    };
    if !case.filing.is_closed() {
        let desk = visit.house.ledger().desk(Actor::Visitor).await?;
        let withdrawn = withdrawal::withdraw(desk, &pass.organ, &pass.id).await;
        withdrawn.map_err(ActError::into_fault)?;
    }
    Ok(onward(&visit, MINE, vec![]))
}
