//! 汇总: how often each option was taken. Of a question that few answered nothing but that is told, so that nobody is
//! recognised by those who know whom it was asked of; answers are never set against one another (docs/readings/303).

use serde::{Deserialize, Serialize};

use super::{QuestionKind, Questions};

/// So many answers at least before the options of a question are told: our reading (docs/readings/303).
const FEWEST: u64 = 10;

/// The answers to one question.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionTally {
    /// The number of the question.
    pub number: u32,
    /// How many answered it.
    pub answered: u64,
    /// How many took each option, in order; nothing where something was written.
    pub counts: Vec<u64>,
}

/// All answers to a questionnaire.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// How many answered.
    pub answers: u64,
    /// Question by question.
    pub questions: Vec<QuestionTally>,
}

impl Tally {
    /// Before anybody answered.
    pub fn of(questions: &Questions) -> Self {
        let questions = questions.numbered().map(|(number, question)| QuestionTally {
            number,
            answered: 0,
            counts: vec![0; question.options().len()],
        });
        Self { answers: 0, questions: questions.collect() }
    }

    /// Counts one in: the options taken, and the questions that something was written to.
    pub fn count(&mut self, marks: &[(u32, Vec<u8>)], written: &[u32]) {
        self.answers += 1;
        for question in &mut self.questions {
            let taken = marks.iter().find(|(number, _)| *number == question.number);
            let wrote = written.contains(&question.number);
            question.answered += u64::from(taken.is_some() || wrote);
            for mark in taken.map(|(_, marks)| marks.as_slice()).unwrap_or_default() {
                if let Some(count) = question.counts.get_mut(usize::from(*mark)) {
                    *count += 1;
                }
            }
        }
    }
}

impl QuestionTally {
    /// Whether enough answered for its options to be told.
    pub fn is_told(&self) -> bool {
        self.answered >= FEWEST
    }

    /// How many answered, as everybody reads it.
    pub fn answered_words(&self) -> String {
        match self.is_told() {
            true => format!("{} 人答了", self.answered),
            false => format!("不到 {FEWEST} 人答"),
        }
    }

    /// Why its options are not told.
    pub fn untold() -> String {
        format!("答这一题的不到 {FEWEST} 人，为了不让人认出谁答了什么，不公布各项人数")
    }

    /// How many took the option at a place; none where it is not told.
    pub fn taken(&self, place: usize) -> Option<u64> {
        self.counts.get(place).copied().filter(|_| self.is_told())
    }

    /// The share of an option among those who answered the question, in thousandths, halves rounded up; none where it
    /// is not told. Where several can be taken, the shares come to more than the whole.
    pub fn thousandths(&self, place: usize) -> Option<u32> {
        let share = self.taken(place)?.saturating_mul(2_000).saturating_add(self.answered);
        u32::try_from(share.checked_div(self.answered.saturating_mul(2))?).ok()
    }

    /// The share of an option as people read it: 37.5%.
    pub fn share_words(&self, place: usize) -> Option<String> {
        self.thousandths(place).map(|share| format!("{}.{}%", share / 10, share % 10))
    }

    /// The mean of a scale, in hundredths of a step, halves rounded up; none where it is not told or is no scale.
    pub fn mean(&self, kind: &QuestionKind) -> Option<u64> {
        if !matches!(kind, QuestionKind::Scale { .. }) || !self.is_told() {
            return None;
        }
        let sum: u64 = (1..).zip(&self.counts).map(|(step, count): (u64, &u64)| step * count).sum();
        (sum * 200 + self.answered).checked_div(self.answered * 2)
    }
}
