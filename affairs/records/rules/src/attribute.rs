//! 公开属性认定: the attribute of a draft with what it rests on, asked at its first save (源头认定),
//! and when what is withheld is to be assessed again (条例第十八条).
//!
//! The grounds of 依申请公开 are a closed list of ours (docs/readings/070); those of 不予公开 are the
//! articles'.

use jiff::ToSpan;
use law::{Date, Provision, article};
use serde::{Deserialize, Serialize};

use crate::{Fault, Field, Openness, Withholding};

const REGULATION: &str = "政府信息公开条例";

/// Why a document is not published of the organ's own accord and may be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OnRequestGround {
    /// 第十九条: it concerns neither the interests nor the knowledge of the public at large.
    NotOfPublicConcern,
    /// 第十五条: it concerns a third party, who is to be asked when somebody wants it.
    ThirdPartyToAsk,
    /// 第十六条第一款: internal affairs that need not be kept back when somebody asks.
    Internal,
    /// 第十六条第二款: a process or an enforcement file that need not be kept back.
    Process,
}

/// The attribute as it was decided, with its ground.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Attribute {
    /// 主动公开.
    Proactive,
    /// 依申请公开.
    OnRequest(OnRequestGround),
    /// 不予公开, to be assessed again on a day.
    Withheld {
        /// Why.
        ground: Withholding,
        /// 复核日期.
        review_on: Date,
    },
}

/// How far ahead 复核日期 may lie at most: 条例第十八条 says 定期, docs/readings/071 says yearly.
const LONGEST_TO_REVIEW_MONTHS: i32 = 12;

impl OnRequestGround {
    /// All four, in the order of a form.
    pub const ALL: [Self; 4] =
        [Self::NotOfPublicConcern, Self::ThirdPartyToAsk, Self::Internal, Self::Process];

    /// Its word.
    pub const fn name(self) -> &'static str {
        match self {
            Self::NotOfPublicConcern => "不属于应当主动公开的范围",
            Self::ThirdPartyToAsk => "涉及第三方，须征求意见",
            Self::Internal => "内部事务，可以提供",
            Self::Process => "过程性信息、执法案卷，可以提供",
        }
    }

    /// The provision it rests on.
    pub const fn basis(self) -> Provision {
        match self {
            Self::NotOfPublicConcern => article(REGULATION, 19),
            Self::ThirdPartyToAsk => article(REGULATION, 15),
            Self::Internal => article(REGULATION, 16).paragraph(1),
            Self::Process => article(REGULATION, 16).paragraph(2),
        }
    }

    /// The ground with that word.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|ground| ground.name() == word.trim())
    }
}

impl Attribute {
    /// Reads what was chosen on `today`: the attribute, its ground, 复核日期.
    ///
    /// # Errors
    /// Every fault, each at its field: no attribute, no ground, no day, or a day that is past or too
    /// far off.
    pub fn read(
        openness: &str,
        ground: &str,
        review_on: &str,
        today: Date,
    ) -> Result<Self, Vec<Fault>> {
        let openness = openness
            .parse::<Openness>()
            .map_err(|bad| vec![Fault::error(Field::Openness, bad.to_string(), bad.remedy())])?;
        match openness {
            Openness::Proactive => Ok(Self::Proactive),
            Openness::OnRequest => {
                let known = OnRequestGround::named(ground);
                known.map(Self::OnRequest).ok_or_else(|| vec![ground_missing()])
            }
            Openness::Withheld(ground) => {
                let review_on = review_day(review_on, today).map_err(|fault| vec![fault])?;
                Ok(Self::Withheld { ground, review_on })
            }
        }
    }

    /// The attribute alone.
    pub fn openness(&self) -> Openness {
        match self {
            Self::Proactive => Openness::Proactive,
            Self::OnRequest(_) => Openness::OnRequest,
            Self::Withheld { ground, .. } => Openness::Withheld(ground.clone()),
        }
    }

    /// What it rests on.
    pub fn basis(&self) -> Provision {
        match self {
            Self::Proactive => article(REGULATION, 19),
            Self::OnRequest(ground) => ground.basis(),
            Self::Withheld { ground, .. } => ground.basis(),
        }
    }

    /// 属性依据 in words, where the attribute alone does not say it.
    pub fn ground(&self) -> Option<&'static str> {
        match self {
            Self::OnRequest(ground) => Some(ground.name()),
            Self::Proactive | Self::Withheld { .. } => None,
        }
    }

    /// 复核日期.
    pub const fn review_on(&self) -> Option<Date> {
        match self {
            Self::Withheld { review_on, .. } => Some(*review_on),
            Self::Proactive | Self::OnRequest(_) => None,
        }
    }

    /// Whether it may be published.
    pub const fn is_public(&self) -> bool {
        matches!(self, Self::Proactive)
    }
}

fn ground_missing() -> Fault {
    let names: Vec<_> = OnRequestGround::ALL.iter().map(|ground| ground.name()).collect();
    let remedy = format!("选一项: {}", names.join("、"));
    Fault::error(Field::OpennessGround, "依申请公开没有选依据", remedy)
}

/// 复核日期 as written: after today, and within a year.
///
/// # Errors
/// What is wrong with it.
pub fn review_day(text: &str, today: Date) -> Result<Date, Fault> {
    let last = today.saturating_add(LONGEST_TO_REVIEW_MONTHS.months());
    let remedy = format!("写今天以后、{last}以前的一天，如 {last}");
    let day = text.trim().parse::<Date>().map_err(|_| {
        let message = match text.trim() {
            "" => "不予公开没有写复核日期".to_owned(),
            text => format!("复核日期“{text}”不是日期"),
        };
        Fault::error(Field::ReviewOn, message, remedy.clone())
    })?;
    if day <= today {
        let message = format!("复核日期{day}不在今天（{today}）以后");
        return Err(Fault::error(Field::ReviewOn, message, remedy));
    }
    if day > last {
        let message = format!("复核日期{day}超过一年，不予公开的信息至少每年评估一次");
        return Err(Fault::error(Field::ReviewOn, message, remedy));
    }
    Ok(day)
}
