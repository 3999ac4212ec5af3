//! 补正告知: everything that is to be mended, told at once (条例第三十条; docs/readings/112).

use law::{Date, WorkingDays};
use serde::{Deserialize, Serialize};

use crate::application::Application;
use crate::event::Happening;
use crate::period::{CORRECTION_PERIOD, LONGEST_CORRECTION};

/// What a 补正告知书 tells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CorrectionNotice {
    /// Each thing to be mended, and how.
    pub items: Vec<String>,
    /// 补正期限; the default where none is set.
    pub days: Option<WorkingDays>,
    /// For the second time, with the head's consent.
    pub supervisor: bool,
}

/// Why a notice cannot go out as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadCorrection {
    /// Nothing to mend.
    #[error("没有写要补正什么。改法: 一次写全需要补正的每一项")]
    NoItems,
    /// An empty item.
    #[error("第 {0} 项是空的。改法: 写明补正什么、怎样补正，或者删去")]
    EmptyItem(usize),
    /// No time at all.
    #[error("补正期限不能是零。改法: 给申请人合理的期限")]
    NoTime,
    /// More time than a reply may wait for (docs/readings/194).
    #[error("补正期限超过{longest}。改法: 写{longest}以内的期限；期满后有正当理由的仍可以补正")]
    TooLong {
        /// The longest there may be.
        longest: WorkingDays,
    },
}

impl CorrectionNotice {
    /// A notice of everything an application lacks, to which the officer adds what is unclear.
    pub fn of(application: &Application, on: Date) -> Self {
        let items = application.faults(on).iter().map(ToString::to_string).collect();
        Self { items, days: None, supervisor: false }
    }

    /// Whether it may go out on a day.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn check(&self, on: Date) -> Result<(), BadCorrection> {
        if self.items.is_empty() {
            return Err(BadCorrection::NoItems);
        }
        if let Some(place) = self.items.iter().position(|item| item.trim().is_empty()) {
            return Err(BadCorrection::EmptyItem(place + 1));
        }
        if self.days == Some(WorkingDays::default()) {
            return Err(BadCorrection::NoTime);
        }
        let longest = LONGEST_CORRECTION.on(on).ok().map(|longest| longest.value);
        if let Some(longest) = longest.filter(|longest| self.days > Some(*longest)) {
            return Err(BadCorrection::TooLong { longest });
        }
        Ok(())
    }

    /// How long the applicant has, for a request received on a day.
    pub fn period(&self, received: Date) -> Option<WorkingDays> {
        self.days.or_else(|| CORRECTION_PERIOD.on(received).ok().map(|period| period.value))
    }

    /// What it does to the clock.
    pub const fn event(&self, served: Option<Date>) -> Happening {
        Happening::CorrectionAsked { days: self.days, supervisor: self.supervisor, served }
    }
}
