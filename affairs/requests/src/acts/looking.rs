//! 查看申请人身份信息 (个人信息保护法第六条): by whom the file is assigned to, by the head with a reason, by the counter
//! on the day it took the request in; each look is written down.

use ::store::moment;
use law::article;
use ledger::{Desk, day_in_china};
use review::Signatory;
use secrets::Sealer;
use serde_json::json;

use super::{ActError, course, perusal, reasoned};
use crate::store::{Case, Looked, Particulars, taken_by};

/// Opens who asked, and writes down who looked and why.
///
/// # Errors
/// It is none of his business, the head gives no reason, it was removed, or the database refuses.
pub async fn look(
    mut desk: Desk,
    sealer: &Sealer,
    by: &Signatory,
    request: &str,
    reason: &str,
) -> Result<Particulars, ActError> {
    let case = course::take(&desk, &by.organ, request).await?;
    let counter = by.role == "hall_clerk";
    let reason = match course::assigned(&case, by) {
        _ if counter && took_in_today(&desk, &case, by).await? => reason.trim().to_owned(),
        _ if counter => return Err(NOT_TODAY),
        Ok(()) => reason.trim().to_owned(),
        Err(_) if by.role == "foi_head" => reasoned(reason)?,
        Err(refused) => return Err(refused),
    };
    let found = Particulars::open(desk.change(), sealer, request).await?;
    let found = found.ok_or(ActError::Refused("这份申请已经去标识", "身份信息已经不在"))?;
    // whoever reads later why it was looked at is not told who asked
    let reason = perusal::masked(&desk, sealer, request, &reason).await?;
    let looked = Looked { name: by.name.clone(), reason, looked_at: moment(desk.now()) };
    looked.add(desk.change(), (request, &by.person)).await?;
    let basis = article("个人信息保护法", 6);
    desk.record(course::entry("identity_look", &case, basis, json!({}))).await?;
    desk.seal().await?;
    Ok(found)
}

const NOT_TODAY: ActError = ActError::Refused(
    "窗口只能查看当天由自己登记的申请人身份",
    "需要核对的，请政府信息公开工作机构的经办人查看",
);

async fn took_in_today(desk: &Desk, case: &Case, by: &Signatory) -> Result<bool, ActError> {
    let entered = ::store::parse_moment(&case.filing.entered_at).map(day_in_china);
    let took = taken_by(desk.change(), &case.filing.id).await?;
    Ok(entered == Some(desk.today()) && by.counts_as(&took))
}
