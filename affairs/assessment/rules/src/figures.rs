//! 数: all that is told of an organ, a place or a domain in a period.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{Case, CaseKind, Outcome, Period, Rate, Shelf, Shelves, Spread, Until};

/// How the obligations of a period were kept.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// 按时公开.
    pub in_time: u32,
    /// 迟公开.
    pub late: u32,
    /// 逾期.
    pub overdue: u32,
    /// Of those that were kept, how many on a day that a source states.
    pub stated: u32,
}

/// How applications were answered.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answers {
    /// Answered in the period.
    pub answered: u32,
    /// Of these within the period that the law gives without extension, in working days as they passed; none
    /// where there are too few.
    pub within: Option<u32>,
    /// Of these after an extension; none where there are too few.
    pub extended: Option<u32>,
    /// 逾期: whose last day lay in the period and passed before they were answered, if they were.
    pub overdue: u32,
    /// How long they took; none where there are too few.
    pub spread: Option<Spread>,
}

/// 不计入: why, and how many.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct LeftOut {
    /// Of which kind.
    pub kind: CaseKind,
    /// Why.
    pub reason: String,
    /// How many.
    pub count: u32,
}

/// 一个范围在一个统计期的数.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figures {
    /// 目录公开义务.
    pub kept: Kept,
    /// 应公开覆盖率和更新率.
    pub shelves: Shelves,
    /// 依申请公开.
    pub answers: Answers,
    /// 按时率 by domain.
    pub domains: BTreeMap<String, Rate>,
    /// What is in no rate.
    pub left_out: Vec<LeftOut>,
}

/// How long answers took, while they are counted.
#[derive(Default)]
struct Took {
    within: u32,
    extended: u32,
    days: Vec<u32>,
}

/// Why a case without a last day is in no rate.
const UNDATED: &str = "时限的写法算不出最后一日，或者期限中止";

impl Kept {
    /// 按时率.
    pub const fn rate(self) -> Rate {
        Rate::of(self.in_time, self.in_time + self.late + self.overdue)
    }

    fn count(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::InTime => self.in_time += 1,
            Outcome::Late => self.late += 1,
            Outcome::Overdue => self.overdue += 1,
            Outcome::LeftOut => {}
        }
    }
}

impl Answers {
    /// The share answered within the period of the law without extension; none where there are too few.
    pub fn rate(&self) -> Option<Rate> {
        self.within.map(|within| Rate::of(within, self.answered))
    }

    /// Whether there are so few that what is told of all would tell of one.
    pub fn are_few(&self) -> bool {
        Rate::of(0, self.answered).is_few()
    }
}

impl Figures {
    /// Counts what belongs to a period, up to a day.
    pub fn of<'a>(
        cases: impl IntoIterator<Item = &'a Case>,
        shelves: impl IntoIterator<Item = &'a Shelf>,
        (period, until): (Period, Until),
    ) -> Self {
        let mut figures = Self::default();
        let (mut took, mut left) = (Took::default(), BTreeMap::new());
        for case in cases {
            let outcome = case.outcome(period, until);
            if outcome == Some(Outcome::LeftOut) {
                let reason = case.left_out.clone().unwrap_or_else(|| UNDATED.into());
                *left.entry((case.kind, reason)).or_default() += 1;
                continue;
            }
            match case.kind {
                CaseKind::Publication => figures.publication(case, outcome),
                CaseKind::Answer => figures.answer(case, outcome, (period, until), &mut took),
            }
        }
        if !figures.answers.are_few() {
            figures.answers.within = Some(took.within);
            figures.answers.extended = Some(took.extended);
            figures.answers.spread = Spread::of(&took.days);
        }
        let told = |((kind, reason), count)| LeftOut { kind, reason, count };
        figures.left_out = left.into_iter().map(told).collect();
        for shelf in shelves {
            figures.shelves.count(shelf);
        }
        figures
    }

    fn publication(&mut self, case: &Case, outcome: Option<Outcome>) {
        let Some(outcome) = outcome else { return };
        self.kept.count(outcome);
        let done = matches!(outcome, Outcome::InTime | Outcome::Late);
        self.kept.stated += u32::from(done && case.stated);
        let rate = self.domains.entry(case.domain.clone()).or_default();
        rate.count(outcome == Outcome::InTime);
    }

    fn answer(
        &mut self,
        case: &Case,
        outcome: Option<Outcome>,
        (period, until): (Period, Until),
        took: &mut Took,
    ) {
        let answers = &mut self.answers;
        answers.overdue += u32::from(matches!(outcome, Some(Outcome::Late | Outcome::Overdue)));
        if case.is_done_in(period, until) {
            answers.answered += 1;
            took.within += u32::from(case.within);
            took.extended += u32::from(case.extended);
            took.days.extend(case.days);
        }
    }

    /// Whether there is anything to tell.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
