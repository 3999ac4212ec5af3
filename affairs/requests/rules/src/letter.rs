//! 文书: the standard letters of a request, each with the act it belongs to and the provision that
//! asks for it (条例第二十九条至第四十五条、第五十五条).

use law::{Provision, article, document};
use serde::{Deserialize, Serialize};

use crate::period::{FEE_RULES, REGULATION};

macro_rules! letters {
    ($($(#[$doc:meta])* $variant:ident = $title:literal, $serial:literal, $to:ident, $basis:expr;)*) => {
        /// A kind of letter.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Letter {
            $($(#[$doc])* $variant,)*
        }

        impl Letter {
            /// Every kind, in the order in which they may be needed.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// Its title.
            pub const fn title(self) -> &'static str {
                match self { $(Self::$variant => $title,)* }
            }

            /// The word in its number, after the organ's own: 云府办公开答复〔2026〕1号 (GB/T 9704-2012 7.2.5).
            pub const fn serial(self) -> &'static str {
                match self { $(Self::$variant => $serial,)* }
            }

            /// To whom it goes.
            pub const fn to(self) -> Recipient {
                match self { $(Self::$variant => Recipient::$to,)* }
            }

            /// Why it is sent.
            pub const fn basis(self) -> Provision {
                match self { $(Self::$variant => $basis,)* }
            }
        }
    };
}

/// To whom a letter goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Recipient {
    /// 申请人.
    Applicant,
    /// 第三方.
    ThirdParty,
    /// 其他机关.
    Organ,
    /// Nobody: it stays in the file.
    File,
}

const fn reg(number: u16) -> Provision {
    article(REGULATION, number)
}

letters! {
    /// 登记回执.
    Receipt = "政府信息公开申请登记回执", "登记", Applicant, reg(31);
    /// 补正告知书: all items at once.
    CorrectionNotice = "补正告知书", "补正", Applicant, reg(30);
    /// 第三方意见征询书, with a slip to answer on.
    ThirdPartyInquiry = "第三方意见征询书", "征询", ThirdParty, reg(32);
    /// 征求其他机关意见函.
    OrganInquiry = "征求意见函", "征求", Organ, reg(34);
    /// 说明理由通知书.
    ReasonNotice = "说明理由通知书", "说明", Applicant, reg(35);
    /// 延长答复期限告知书.
    ExtensionNotice = "延长答复期限告知书", "延期", Applicant, reg(33).paragraph(2);
    /// 延迟答复告知书.
    DelayNotice = "延迟答复告知书", "延迟", Applicant, reg(35);
    /// 收费通知书.
    FeeNotice = "信息处理费收费通知书", "收费", Applicant, document(FEE_RULES);
    /// 答复书.
    Answer = "政府信息公开申请答复书", "答复", Applicant, reg(36);
    /// 公开决定告知第三方书.
    DecisionToThirdParty = "政府信息公开决定告知书", "告知", ThirdParty, reg(32);
    /// 更正答复书.
    RectificationAnswer = "政府信息更正答复书", "更正", Applicant, reg(41);
    /// 更正申请转送告知书.
    RectificationTransfer = "更正申请转送告知书", "转送", Applicant, reg(41);
    /// 办结告知书: nothing more is done on the request, and why (docs/readings/170).
    ClosingNotice = "政府信息公开申请办结告知书", "办结", Applicant, reg(45);
    /// 申诉途径告知书: a 公共企事业单位 was asked, whose competent department hears complaints.
    ComplaintAdvice = "申诉途径告知书", "申诉", Applicant, reg(55);
    /// 投诉举报处理结果告知书: what came of a complaint (第四十七条第二款).
    ComplaintResult = "投诉举报处理结果告知书", "投诉", Applicant, reg(47).paragraph(2);
    /// 申诉处理结果告知书: what came of a complaint about a 公共企事业单位.
    AppealResult = "申诉处理结果告知书", "申诉处理", Applicant, reg(55).paragraph(2);
    /// 送达回证.
    ServiceProof = "送达回证", "送达", File, reg(45);
    /// 归档目录.
    ArchiveList = "归档目录", "归档", File, reg(45);
}
