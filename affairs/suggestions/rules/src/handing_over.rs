//! What is no letter of this kind: 信访 goes to who takes petitions, and the writer hears of it within the term
//! of the 信访工作条例; who wants government information applies for it (条例第二十九条). The two are told
//! apart by an officer; the words only hint (docs/readings/266).

use law::{CalendarDays, CalendarGap, Date, Dated, Provision, article, day};

/// 收到信访事项之日起十五日内书面告知信访人.
const PETITION_NOTICE: Dated<CalendarDays> =
    Dated::since(&[(day(2022, 5, 1), CalendarDays(15), article("信访工作条例", 23))]);

/// Where a letter belongs that is not answered here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Elsewhere {
    /// 信访.
    Petition,
    /// 依申请公开.
    Disclosure,
}

impl Elsewhere {
    /// As people read it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Petition => "信访",
            Self::Disclosure => "依申请公开",
        }
    }

    /// What it rests on.
    pub const fn basis(self) -> Provision {
        match self {
            Self::Petition => article("信访工作条例", 23),
            Self::Disclosure => article("政府信息公开条例", 29),
        }
    }

    /// What the words of a letter hint at; an officer decides.
    pub fn hinted_by(words: &str) -> Option<Self> {
        let says = |signs: &[&str]| signs.iter().any(|sign| words.contains(sign));
        if says(&["申请公开", "政府信息公开申请", "依申请公开", "申请获取"]) {
            return Some(Self::Disclosure);
        }
        says(&["信访", "上访", "复查复核", "越级", "联名反映"]).then_some(Self::Petition)
    }

    /// What the writer is told to begin with; the officer goes on in his own words.
    pub const fn opening(self) -> &'static str {
        match self {
            Self::Petition => {
                "您反映的事项属于信访事项，已经转有权处理的机关、单位，由其登记并告知您是否受理。"
            }
            Self::Disclosure => {
                "您要的是政府信息。请从本站“申请公开”入口提交申请，写明姓名、身份证明、联系方式和要什么信息；\
                 答复期限从收到申请起算。"
            }
        }
    }
}

/// The last day to tell the writer of a petition what became of it.
///
/// # Errors
/// Nothing was in force on the day, or the calendar ends.
pub fn petition_notice_due(received: Date) -> Result<Date, crate::NoLastDay> {
    let term = PETITION_NOTICE.on(received)?.value;
    let due: Result<Date, CalendarGap> = term.after(received);
    Ok(due?)
}
