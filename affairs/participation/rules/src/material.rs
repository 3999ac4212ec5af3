//! 提请讨论的材料 (条例第二十五至二十九条): what an office hands in with a draft before the organ discusses it. Each is there,
//! or its absence has a reason; without the draft and the legality review nothing is discussed. The rules are a table.

use law::{Date, Dated, Provision, WorkCalendar, WorkingDays, article, day};

use crate::DECISIONS;

/// 第二十五条: a draft that was not reviewed, or was found unlawful, is not discussed.
const REVIEWED: Provision = article(DECISIONS, 25);

/// 第二十六条: the review has the time it needs.
const TIME: Provision = article(DECISIONS, 26);

/// 第二十六条: usually not less than so many working days.
const LEGAL_REVIEW: Dated<WorkingDays> =
    Dated::since(&[(day(2019, 9, 1), WorkingDays(7), article(DECISIONS, 26))]);

/// What is handed in, in the order of the article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Material {
    /// 决策草案及相关材料.
    Draft,
    /// 公平竞争审查的有关情况.
    Competition,
    /// 社会公众主要意见的研究采纳情况.
    Opinions,
    /// 专家论证意见的研究采纳情况.
    Experts,
    /// 风险评估报告等材料.
    Risk,
    /// 合法性审查意见.
    Legality,
}

/// What the legality review found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LegalOpinion {
    /// 合法.
    Lawful,
    /// 不合法.
    Unlawful,
    /// 国家尚无明确规定的探索性改革，明示法律风险.
    RiskTold,
}

/// What is known of a material of a decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MaterialFact {
    /// Which.
    pub material: Material,
    /// It is there.
    pub there: bool,
    /// The day of the material; none where it is not there.
    pub day: Option<Date>,
    /// The day the draft was sent for the legality review; of that alone.
    pub sent_on: Option<Date>,
    /// What that found.
    pub opinion: Option<LegalOpinion>,
    /// Why it is not there, or why the review was short.
    pub reason: String,
}

/// What stands in the way of the discussion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MaterialLack {
    /// What to do.
    pub words: String,
    /// Says who.
    pub basis: Provision,
}

impl Material {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Draft, Self::Competition, Self::Opinions, Self::Experts, Self::Risk, Self::Legality];

    /// The word of the column, the name, the item of the article, and whether it must be there.
    const fn row(self) -> (&'static str, &'static str, u16, bool) {
        match self {
            Self::Draft => ("draft", "决策草案及相关材料", 1, true),
            Self::Competition => ("competition", "公平竞争审查的有关情况", 1, false),
            Self::Opinions => ("opinions", "公众意见研究采纳情况", 2, false),
            Self::Experts => ("experts", "专家论证意见研究采纳情况", 3, false),
            Self::Risk => ("risk", "风险评估报告", 4, false),
            Self::Legality => ("legality", "合法性审查意见", 5, true),
        }
    }

    /// As a column keeps it.
    pub const fn word(self) -> &'static str {
        self.row().0
    }

    /// As people read it.
    pub const fn name(self) -> &'static str {
        self.row().1
    }

    /// Says who: 第二十九条, by its items.
    pub const fn basis(self) -> Provision {
        article(DECISIONS, 29).item(self.row().2)
    }

    /// Whether nothing is discussed without it, whatever the reason.
    pub const fn is_required(self) -> bool {
        self.row().3
    }

    /// The material a column keeps.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.word() == word)
    }

    /// What stands in the way of the discussion, as far as it is known; nothing where the draft may be discussed.
    pub fn lacks(known: &[MaterialFact], calendar: &WorkCalendar) -> Vec<MaterialLack> {
        let lack = |one: Self| {
            let fact = known.iter().find(|fact| fact.material == one);
            one.lack(fact, calendar)
        };
        Self::ALL.into_iter().filter_map(lack).collect()
    }

    fn lack(self, fact: Option<&MaterialFact>, calendar: &WorkCalendar) -> Option<MaterialLack> {
        let (name, basis) = (self.name(), self.basis());
        let lack = |words: String, basis| Some(MaterialLack { words, basis });
        match fact {
            None if self.is_required() => lack(format!("登记“{name}”"), basis),
            None => lack(format!("登记“{name}”，没有的写明理由"), basis),
            Some(fact) if !fact.there && self == Self::Legality => {
                lack("没有经过合法性审查的不得讨论，也不能用征求意见代替".to_owned(), REVIEWED)
            }
            Some(fact) if !fact.there && self.is_required() => {
                lack(format!("没有“{name}”的不能讨论"), basis)
            }
            Some(fact) if !fact.there && fact.reason.is_empty() => {
                lack(format!("写明为什么没有“{name}”"), basis)
            }
            Some(fact) if self == Self::Legality => fact.legality(calendar),
            Some(_) => None,
        }
    }
}

impl MaterialFact {
    fn legality(&self, calendar: &WorkCalendar) -> Option<MaterialLack> {
        let lack = |words: &str, basis| Some(MaterialLack { words: words.to_owned(), basis });
        match self.opinion {
            None => return lack("写明合法性审查的结论", REVIEWED),
            Some(LegalOpinion::Unlawful) => {
                return lack("合法性审查认为不合法，不得讨论；改了草案以后重新审查", REVIEWED);
            }
            Some(LegalOpinion::Lawful | LegalOpinion::RiskTold) => {}
        }
        let (Some(sent), Some(given)) = (self.sent_on, self.day) else {
            return lack("写明哪天送审、哪天给的合法性审查意见", TIME);
        };
        match Self::is_long(sent, given, calendar) || !self.reason.is_empty() {
            true => None,
            false => lack("合法性审查一般不少于 7 个工作日，少的写明理由", TIME),
        }
    }

    /// Whether a legality review had the time that one usually has.
    fn is_long(sent: Date, given: Date, calendar: &WorkCalendar) -> bool {
        // Before the term was enacted any time was enough.
        let Ok(days) = LEGAL_REVIEW.on(given) else { return true };
        calendar.nth_working_day_after(sent, days.value).is_ok_and(|least| least.date <= given)
    }
}

impl LegalOpinion {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Lawful, Self::Unlawful, Self::RiskTold];

    /// As a column keeps it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Lawful => "lawful",
            Self::Unlawful => "unlawful",
            Self::RiskTold => "risk_told",
        }
    }

    /// As people read it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Lawful => "合法",
            Self::Unlawful => "不合法",
            Self::RiskTold => "探索性改革，已明示法律风险",
        }
    }

    /// The one a column keeps.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.word() == word)
    }
}
