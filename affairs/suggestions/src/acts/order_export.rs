//! 导出 12345 工单办理情况: whoever takes how orders stand out of the house leaves word of it: how many, and of which days.

use law::Date;
use ledger::{Desk, Entry};
use serde_json::json;
use suggestions_rules::ANSWERED_IN_TIME;

use super::ActError;

/// What is taken out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exported<'a> {
    /// The organ whose orders they are, or that runs the site, by code.
    pub organ: &'a str,
    /// The address prefix of the site where it is all of a site's; none where it is an organ's.
    pub base: Option<&'a str>,
    /// From the day they came; none where from the first.
    pub since: Option<Date>,
    /// Up to this day; none where up to the last.
    pub until: Option<Date>,
    /// How many.
    pub orders: usize,
}

/// Writes it down.
///
/// # Errors
/// The database refuses; then nothing is to be given out.
pub async fn keep(mut desk: Desk, exported: Exported<'_>) -> Result<(), ActError> {
    let day = |day: Option<Date>| day.map(|day| day.to_string());
    let (since, until) = (day(exported.since), day(exported.until));
    let (base, orders) = (exported.base, exported.orders);
    desk.record(Entry {
        room: "suggestions",
        act: "order_export",
        subject: "suggestions:orders".into(),
        organ: exported.organ.to_owned(),
        basis: ANSWERED_IN_TIME.to_string(),
        facts: json!({ "orders": orders, "base": base, "since": since, "until": until }),
    })
    .await?;
    Ok(desk.seal().await?)
}
