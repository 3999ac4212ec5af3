//! 期限: every period of 依申请公开, with the day from which it holds and the provision that sets it.
//!
//! The version in force on the day of receipt governs a request throughout (docs/readings/110): look
//! each up by that day. What the law leaves to the organ says so and names its reading.

use law::{Dated, Provision, WorkingDays, article, day, document};

/// The Regulation as amended in 2019, by its title.
pub const REGULATION: &str = "政府信息公开条例";
/// The Regulation of 2007, as old cases cite it.
pub const REGULATION_OF_2007: &str = "政府信息公开条例（2007年）";
/// 政府信息公开信息处理费管理办法, by its number.
pub const FEE_RULES: &str = "国办函〔2020〕109号";

/// 答复期限 (第三十三条第二款).
pub const REPLY_PERIOD: Dated<WorkingDays> = Dated::since(&[
    (day(2008, 5, 1), WorkingDays(15), article(REGULATION_OF_2007, 24).paragraph(2)),
    (day(2019, 5, 15), WorkingDays(20), article(REGULATION, 33).paragraph(2)),
]);

/// How much a request may be extended by in all, however often and whatever begins anew.
pub const EXTENSION_LIMIT: Dated<WorkingDays> = Dated::since(&[
    (day(2008, 5, 1), WorkingDays(15), article(REGULATION_OF_2007, 24).paragraph(2)),
    (day(2019, 5, 15), WorkingDays(20), article(REGULATION, 33).paragraph(2)),
]);

/// 补正告知: within so many days of receipt, whatever stops the clock meanwhile (docs/readings/112).
pub const CORRECTION_NOTICE: Dated<WorkingDays> =
    Dated::since(&[(day(2019, 5, 15), WorkingDays(7), article(REGULATION, 30))]);

/// 补正期限 where the notice states none: 第三十条 says 合理, docs/readings/112 says fifteen.
pub const CORRECTION_PERIOD: Dated<WorkingDays> = Dated::since(&[
    (day(2008, 5, 1), WorkingDays(15), article(REGULATION_OF_2007, 21).item(4)),
    (day(2019, 5, 15), WorkingDays(15), article(REGULATION, 30)),
]);

/// 补正期限, the longest that is still 合理 (docs/readings/194).
pub const LONGEST_CORRECTION: Dated<WorkingDays> = Dated::since(&[
    (day(2008, 5, 1), WorkingDays(30), article(REGULATION_OF_2007, 21).item(4)),
    (day(2019, 5, 15), WorkingDays(30), article(REGULATION, 30)),
]);

/// 第三方意见: within so many days of receiving the letter. The Regulation of 2007 had no such limit.
pub const THIRD_PARTY_PERIOD: Dated<WorkingDays> =
    Dated::since(&[(day(2019, 5, 15), WorkingDays(15), article(REGULATION, 32))]);

/// 共同制作机关的意见: within so many days of receiving the letter; silence is consent.
pub const JOINT_MAKER_PERIOD: Dated<WorkingDays> =
    Dated::since(&[(day(2019, 5, 15), WorkingDays(15), article(REGULATION, 34))]);

/// 其他机关的意见 has no limit in law: after so many days the file asks to be looked at
/// (docs/readings/114).
pub const OTHER_ORGAN_ALARM: Dated<WorkingDays> =
    Dated::since(&[(day(2019, 5, 15), WorkingDays(15), article(REGULATION, 33).paragraph(3))]);

/// 缴费: within so many days of receiving the notice.
pub const FEE_PAYMENT: Dated<WorkingDays> =
    Dated::since(&[(day(2021, 1, 1), WorkingDays(20), document(FEE_RULES))]);

/// 双方确认: the Regulation sets no limit for it; after so many days an alarm is raised
/// (docs/readings/111).
pub const CONFIRMATION_ALARM: Dated<WorkingDays> =
    Dated::since(&[(day(2008, 5, 1), WorkingDays(1), article(REGULATION, 31).item(3))]);

/// 更正: 第四十一条 says nothing of time; docs/readings/121 says 及时 is twenty working days.
pub const RECTIFICATION_PERIOD: Dated<WorkingDays> =
    Dated::since(&[(day(2019, 5, 15), WorkingDays(20), article(REGULATION, 41))]);

/// Which Regulation a request is under.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Regime {
    /// The Regulation of 2007.
    Of2007,
    /// The Regulation as amended in 2019.
    Of2019,
}

/// The Regulation in force.
pub const REGIME: Dated<Regime> = Dated::since(&[
    (day(2008, 5, 1), Regime::Of2007, law::statute(REGULATION)),
    (day(2019, 5, 15), Regime::Of2019, law::statute(REGULATION)),
]);

impl Regime {
    /// Where it sets the period of reply and its extension.
    pub const fn reply(self) -> Provision {
        match self {
            Self::Of2007 => article(REGULATION_OF_2007, 24).paragraph(2),
            Self::Of2019 => article(REGULATION, 33).paragraph(2),
        }
    }

    /// Where it says that time spent on opinions is not counted.
    pub const fn pause(self) -> Provision {
        match self {
            Self::Of2007 => article(REGULATION_OF_2007, 24).paragraph(3),
            Self::Of2019 => article(REGULATION, 33).paragraph(3),
        }
    }

    /// Where it lets an unclear request be corrected.
    pub const fn correction(self) -> Provision {
        match self {
            Self::Of2007 => article(REGULATION_OF_2007, 21).item(4),
            Self::Of2019 => article(REGULATION, 30),
        }
    }
}
