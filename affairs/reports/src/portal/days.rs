//! The last days of annual reports, for readers' calendars (条例第四十九条).

use reports_rules::{Reporter, next_report};
use web::{DaySource, Fault, House, Later, PublicDay, Site};

/// Offered to the house.
pub const DAYS: DaySource = DaySource { days };

fn days<'a>(house: &'a House, _: &'a Site) -> Later<'a, Vec<PublicDay>> {
    Box::pin(async move {
        let today = house.ledger().clock().today();
        let day = |(reporter, key, who): (Reporter, &str, &str)| {
            let (year, due) = next_report(reporter, today).map_err(Fault::inside)?;
            Ok(PublicDay {
                key: format!("annual_report:{year}:{key}"),
                day: due.value,
                title: format!("{who}{year}年政府信息公开工作年度报告最迟今天公布"),
                detail: format!("依据{}", due.basis),
                path: "/gongkai/nianbao".into(),
            })
        };
        let kinds = [
            (Reporter::Department, "department", "各部门"),
            (Reporter::Government, "government", "县级以上人民政府"),
        ];
        kinds.into_iter().map(day).collect()
    })
}
