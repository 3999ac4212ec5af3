//! 说明理由: a request whose number or frequency is plainly beyond reason (条例第三十五条;
//! docs/readings/116). Asking for the reasons does not stop the clock.

use law::{Date, Provision, article};
use serde::{Deserialize, Serialize};

use crate::event::Happening;
use crate::period::REGULATION;

/// How the reasons of an applicant were judged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "judged", rename_all = "snake_case")]
pub enum ReasonsJudged {
    /// 理由不合理, or none given: 不予处理, as answer N4, which is told.
    Unreasonable {
        /// Why.
        because: String,
    },
    /// 理由合理, but no reply is possible within the period: 延迟答复 until a reasonable day.
    Delay {
        /// That day.
        until: Date,
    },
    /// 理由合理 and the period is enough: the file goes on.
    GoOn,
}

/// The provision.
pub const REASONS_BASIS: Provision = article(REGULATION, 35);

impl ReasonsJudged {
    /// The code of the answer it leads to.
    pub const fn answer_code(&self) -> Option<&'static str> {
        match self {
            Self::Unreasonable { .. } => Some("N4"),
            Self::Delay { .. } | Self::GoOn => None,
        }
    }

    /// What it does to the clock.
    pub const fn event(&self) -> Option<Happening> {
        match self {
            Self::Delay { until } => Some(Happening::Delayed { until: *until }),
            Self::Unreasonable { .. } | Self::GoOn => None,
        }
    }
}
