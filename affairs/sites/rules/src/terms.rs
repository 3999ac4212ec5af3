//! 答复期限 as a guide and an application page tell it (条例第三十三条).

use jiff::civil::Date;
use law::{Dated, Enacted, NotInForce, WorkingDays, article, day};

const REGULATION: &str = "政府信息公开条例";
const OLD_REGULATION: &str = "政府信息公开条例（2007年）";

/// The time for a reply, which is also the most it may be extended by.
const REPLY: Dated<WorkingDays> = Dated::since(&[
    (day(2008, 5, 1), WorkingDays(15), article(OLD_REGULATION, 24).paragraph(2)),
    (day(2019, 5, 15), WorkingDays(20), article(REGULATION, 33).paragraph(2)),
]);

/// The time in which an application is answered, and by which that may be extended once more.
///
/// # Errors
/// There was no right to apply on that day.
pub fn reply_term(today: Date) -> Result<Enacted<WorkingDays>, NotInForce> {
    REPLY.on(today)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_term_is_the_one_in_force_on_the_day() {
        assert_eq!(reply_term(day(2019, 5, 14)).expect("in force").value, WorkingDays(15));
        assert_eq!(reply_term(day(2026, 11, 25)).expect("in force").value, WorkingDays(20));
    }
}
