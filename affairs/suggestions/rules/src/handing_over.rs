//! What is no letter of this kind: 信访 goes to who takes petitions, and the writer hears of it within the term
//! of the 信访工作条例; who wants government information applies for it (条例第二十九条). The two are told
//! apart by an officer; the words only hint (docs/readings/266).

use law::{CalendarDays, CalendarGap, Date, Dated, Provision, article, day};

use crate::SuggestionEvent;

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
}

/// What who wants government information is told to begin with; the officer goes on in his own words.
pub const DISCLOSURE_OPENING: &str = "您要的是政府信息。请从本站“申请公开”入口提交申请，写明姓名、身份证明、联系方式和要什么信息；\
     答复期限从收到申请起算。";

/// Which of the three cases a petition is that an organ receives (信访工作条例第二十三条).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PetitionWay {
    /// 属于本机关职权范围: taken in here, the writer is told the way it goes, and the letter goes on
    /// (docs/readings/266).
    Own,
    /// 属于本系统下级机关职权范围: forwarded, the writer is told to whom.
    Below,
    /// 不属于本机关、本系统: forwarded to nobody, the writer is told where to hand it in.
    Outside,
}

impl PetitionWay {
    /// All of them, in the order of the article.
    pub const ALL: [Self; 3] = [Self::Own, Self::Below, Self::Outside];

    /// As a column keeps it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Below => "below",
            Self::Outside => "outside",
        }
    }

    /// As people read it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Own => "属于本机关职权范围，登记接收，继续办理",
            Self::Below => "属于本系统下级机关职权范围，转送",
            Self::Outside => "不属于本机关、本系统，告知向有权处理的机关提出",
        }
    }

    /// The one a column keeps.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.word() == word)
    }

    /// What happens to a letter of this case: what is the organ's own goes on there, the others end.
    pub const fn event(self) -> SuggestionEvent {
        match self {
            Self::Own => SuggestionEvent::PetitionRegistration,
            Self::Below | Self::Outside => SuggestionEvent::PetitionHandover,
        }
    }

    /// Whether what was written goes to the receiver; otherwise the writer hands it in himself.
    pub const fn forwards(self) -> bool {
        !matches!(self, Self::Outside)
    }

    /// What the writer is told to begin with, naming who takes it; the officer goes on in his own words.
    pub fn opening(self, receiver: &str) -> String {
        match self {
            Self::Own => format!(
                "您反映的是信访事项，属于本机关职权范围，已经登记接收，由{receiver}办理。\
                 这件留言继续办理，期限从收到那天算；按信访程序是否受理，另行书面告知您。"
            ),
            Self::Below => {
                format!("您反映的是信访事项，已经转送{receiver}，由其登记并书面告知您是否受理。")
            }
            Self::Outside => format!(
                "您反映的是信访事项，不属于本机关和本系统的职权范围，请向{receiver}提出。\
                 本机关没有转送，您写的内容没有交给别的机关。"
            ),
        }
    }
}

/// Words of which the name of an organ or of a unit holds one.
const OFFICES: [&str; 25] = [
    "政府", "机关", "局", "委", "办", "厅", "部", "院", "会", "处", "科", "室", "中心", "所", "站",
    "队", "街道", "镇", "乡", "村", "社区", "公司", "学校", "大学", "银行",
];

/// The fewest letters of such a name: 法院.
const SHORTEST: usize = 2;

/// Whether words can be what an organ or a unit is called, so that a writer knows where to turn.
pub fn names_an_office(name: &str) -> bool {
    let letters = name.chars().filter(|letter| letter.is_alphabetic() && !letter.is_ascii());
    letters.count() >= SHORTEST && OFFICES.iter().any(|word| name.contains(word))
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

/// The last day to tell the writer of a petition, where it comes before the last day for an answer: a clock that runs to
/// the answer alone would let it pass (docs/readings/266). None where the answer is owed no later, or where
/// nothing was in force.
pub fn petition_notice_before(received: Date, answer_due: Date) -> Option<Date> {
    petition_notice_due(received).ok().filter(|notice| *notice < answer_due)
}
