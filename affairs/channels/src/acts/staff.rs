//! 值守人员, as they are told on the wall.

use ledger::Desk;
use serde_json::json;

use super::{ActError, entry, line, zone_of};
use crate::store::{NewStaff, StaffLine};

/// Puts somebody on duty in a zone.
///
/// # Errors
/// There is no zone, a field is not as it must be, or the database refuses.
pub async fn add(
    mut desk: Desk,
    organ: &str,
    id: &str,
    (name, duty, phone): (&str, &str, &str),
) -> Result<(), ActError> {
    zone_of(&desk, organ, id).await?;
    let name = line("xingming", "姓名或者岗位", name)?;
    let duty = line("zhize", "职责", duty)?;
    let phone = super::optional("dianhua", phone)?;
    let new = NewStaff { name: &name, duty: &duty, phone: &phone };
    StaffLine::add(desk.change(), id, &new).await?;
    desk.record(entry("zone_staff", (organ, id), json!({ "duty": duty }))).await?;
    Ok(desk.seal().await?)
}

/// Somebody is on duty no more.
///
/// # Errors
/// There is no such line, or the database refuses.
pub async fn remove(mut desk: Desk, organ: &str, (id, line): (&str, &str)) -> Result<(), ActError> {
    zone_of(&desk, organ, id).await?;
    if !StaffLine::remove(desk.change(), (id, line), desk.today()).await? {
        return Err(ActError::GONE);
    }
    desk.record(entry("zone_staff_gone", (organ, id), json!({ "staff": line }))).await?;
    Ok(desk.seal().await?)
}
