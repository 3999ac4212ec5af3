//! 问卷 (条例第十四条; 67号三（三）): the questions as data, which of them are asked of whom, and that none of them is asked
//! of nobody. A condition looks backwards only, so whoever reads from the first question to the last always knows
//! whether the next is for him (docs/readings/303).

mod filling;
mod notation;
mod stage;
mod tally;

pub use filling::{BadAnswer, Filled};
pub use notation::BadLine;
pub use stage::{QuestionnaireStage, QuestionnaireStep};
pub use tally::{QuestionTally, Tally};

use std::collections::{BTreeMap, BTreeSet};

/// The most questions, options and conditions, and the longest texts, in letters: limits of ours against slips of the
/// pen (docs/readings/303).
const MOST_QUESTIONS: usize = 50;
const MOST_OPTIONS: usize = 26;
const MOST_CONDITIONS: usize = 5;
const LONGEST_QUESTION: usize = 300;
const LONGEST_OPTION: usize = 100;

/// The steps of a scale (docs/readings/303).
const STEPS: usize = 5;

/// So many ways are tried to tell whether a question is asked of anybody; what is harder to tell is not refused.
const TRIED: usize = 10_000;

/// How a question is answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum QuestionKind {
    /// 单选: one of these.
    Single(Vec<String>),
    /// 多选: some of these.
    Several {
        /// What can be chosen.
        choices: Vec<String>,
        /// At least so many.
        least: usize,
        /// At most so many.
        most: usize,
    },
    /// 量表: from 1 to 5; what the ends mean, which may be empty.
    Scale {
        /// What 1 means.
        low: String,
        /// What 5 means.
        high: String,
    },
    /// 短文: a line.
    Short,
    /// 长文: several lines.
    Long,
}

/// A question is asked only of whoever took one of these options of an earlier one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownIf {
    /// The number of the earlier question, from 1.
    pub question: u32,
    /// The options, by their places from 0.
    pub any: Vec<u8>,
}

/// One question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// What is asked.
    pub text: String,
    /// What to think of; may be empty.
    pub hint: String,
    /// How it is answered.
    pub kind: QuestionKind,
    /// Whether it must be answered by whoever it is asked of.
    pub required: bool,
    /// When it is asked: all of these hold; always where there is none.
    pub shown_if: Vec<ShownIf>,
}

/// All questions of a questionnaire, in their order; each can be asked of somebody.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Questions {
    all: Vec<Question>,
}

/// What is wrong with a question.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("第 {question} 题{words}")]
pub struct BadQuestion {
    /// Its number, from 1.
    pub question: u32,
    /// What to do.
    pub words: String,
}

impl Question {
    /// What can be chosen, in order; nothing where something is written.
    pub fn options(&self) -> Vec<String> {
        match &self.kind {
            QuestionKind::Single(choices) | QuestionKind::Several { choices, .. } => {
                choices.clone()
            }
            QuestionKind::Scale { .. } => (1..=STEPS).map(|step| step.to_string()).collect(),
            QuestionKind::Short | QuestionKind::Long => vec![],
        }
    }

    /// What a form sends for the option at a place: a letter, or the step of a scale.
    pub fn sent(&self, place: usize) -> String {
        match self.kind {
            QuestionKind::Scale { .. } => (place + 1).to_string(),
            _ => letter(place).to_string(),
        }
    }

    /// How it is answered, as people read it.
    pub fn manner(&self) -> String {
        match &self.kind {
            QuestionKind::Single(_) => "单选".into(),
            QuestionKind::Several { choices, least, most } => match (*least, *most) {
                (1, most) if most == choices.len() => "多选".into(),
                (1, most) => format!("多选，至多 {most} 项"),
                (least, most) if most == choices.len() => format!("多选，至少 {least} 项"),
                (least, most) => format!("多选，{least} 到 {most} 项"),
            },
            QuestionKind::Scale { low, high } if low.is_empty() && high.is_empty() => {
                "打分，1 到 5".into()
            }
            QuestionKind::Scale { low, high } => format!("打分，1 是“{low}”，5 是“{high}”"),
            QuestionKind::Short => "写一句话".into(),
            QuestionKind::Long => "写一段话".into(),
        }
    }
}

/// A, B, C … by the place from 0.
fn letter(place: usize) -> char {
    let at = u8::try_from(place.min(MOST_OPTIONS - 1)).unwrap_or_default();
    char::from(b'A' + at)
}

/// The place of a question in the list, from 0.
fn place(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX).saturating_sub(1)
}

/// The number of a question, from 1.
fn number(place: usize) -> u32 {
    u32::try_from(place + 1).unwrap_or(u32::MAX)
}

impl Questions {
    /// These questions, where each is whole, looks backwards only and can be asked of somebody.
    ///
    /// # Errors
    /// What is wrong, question by question.
    pub fn of(all: Vec<Question>) -> Result<Self, Vec<BadQuestion>> {
        let mut bad = Vec::new();
        let mut fault = |place: usize, words: String| {
            bad.push(BadQuestion { question: number(place), words });
        };
        if all.is_empty() {
            fault(0, "还没有写".into());
        }
        if all.len() > MOST_QUESTIONS {
            fault(MOST_QUESTIONS, format!("太多，一份问卷最多 {MOST_QUESTIONS} 题"));
        }
        for (place, question) in all.iter().enumerate() {
            if let Some(words) = unsound(question).or_else(|| astray(&all, place)) {
                fault(place, words);
            }
        }
        // Whether somebody is asked can be told only of what is sound.
        if bad.is_empty() {
            for at in (0..all.len()).filter(|at| is_dead(&all, *at)) {
                let words = "谁也不会被问到：前面的条件凑不到一起，改条件或者删去这一题".into();
                bad.push(BadQuestion { question: number(at), words });
            }
        }
        if bad.is_empty() { Ok(Self { all }) } else { Err(bad) }
    }

    /// The questions that a text in the notation of the workbench says.
    ///
    /// # Errors
    /// What is wrong, line by line.
    pub fn read(text: &str) -> Result<Self, Vec<BadLine>> {
        notation::read(text)
    }

    /// Each with its number, from 1.
    pub fn numbered(&self) -> impl Iterator<Item = (u32, &Question)> {
        (1..).zip(&self.all)
    }

    /// The one of a number.
    pub fn get(&self, number: u32) -> Option<&Question> {
        if number == 0 { None } else { self.all.get(place(number)) }
    }

    /// Whether a question is asked of whoever took these options so far.
    pub fn is_asked(&self, question: &Question, marks: &[(u32, Vec<u8>)]) -> bool {
        question.shown_if.iter().all(|one| {
            let taken = marks.iter().find(|(number, _)| *number == one.question);
            taken.is_some_and(|(_, taken)| taken.iter().any(|mark| one.any.contains(mark)))
        })
    }

    /// Of whom a question is asked, as people read it; empty where of everybody.
    pub fn asked_when(&self, question: &Question) -> String {
        let one = |shown: &ShownIf| {
            let Some(before) = self.get(shown.question) else { return String::new() };
            let options = before.options();
            let named = shown.any.iter().filter_map(|mark| options.get(usize::from(*mark)));
            let named: Vec<String> = named.map(|option| format!("“{option}”")).collect();
            format!("第 {} 题选{}", shown.question, named.join("或者"))
        };
        let all: Vec<String> = question.shown_if.iter().map(one).collect();
        if all.is_empty() {
            String::new()
        } else {
            format!("{}的，答这一题", all.join("，并且"))
        }
    }
}

/// What is wrong with a question for itself.
fn unsound(question: &Question) -> Option<String> {
    if question.text.trim().is_empty() {
        return Some("没有写问什么".into());
    }
    if question.text.chars().count() > LONGEST_QUESTION {
        return Some(format!("太长，不超过 {LONGEST_QUESTION} 字"));
    }
    let (choices, bounds) = match &question.kind {
        QuestionKind::Single(choices) => (choices, None),
        QuestionKind::Several { choices, least, most } => (choices, Some((*least, *most))),
        _ => return None,
    };
    if !(2..=MOST_OPTIONS).contains(&choices.len()) {
        return Some(format!("要有 2 到 {MOST_OPTIONS} 个选项，每个写一行，用“-”开头"));
    }
    if choices.iter().any(|one| one.trim().is_empty() || one.chars().count() > LONGEST_OPTION) {
        return Some(format!("的选项不能空着，每个不超过 {LONGEST_OPTION} 字"));
    }
    let different: BTreeSet<&String> = choices.iter().collect();
    if different.len() < choices.len() {
        return Some("有两个选项一样".into());
    }
    let (least, most) = bounds?;
    let fits = (1..=choices.len()).contains(&most) && (1..=most).contains(&least);
    (!fits).then(|| "至少、至多选几项对不上选项的个数".into())
}

/// What is wrong with the conditions of a question.
fn astray(all: &[Question], at: usize) -> Option<String> {
    let conditions = &all.get(at)?.shown_if;
    if conditions.len() > MOST_CONDITIONS {
        return Some(format!("的条件太多，最多 {MOST_CONDITIONS} 条"));
    }
    conditions.iter().find_map(|one| {
        if one.question == 0 || place(one.question) >= at {
            return Some("的条件只能看前面的题".into());
        }
        let options = all.get(place(one.question))?.options().len();
        if options == 0 {
            return Some(format!("的条件看第 {} 题，那一题没有选项", one.question));
        }
        let known = !one.any.is_empty() && one.any.iter().all(|mark| usize::from(*mark) < options);
        (!known).then(|| format!("的条件写了第 {} 题没有的选项", one.question))
    })
}

/// Whether nobody can ever be asked a question: what must have been answered before it contradicts itself.
fn is_dead(all: &[Question], at: usize) -> bool {
    let mut left = TRIED;
    needed(all, at).iter().any(|(number, sets)| {
        let Some(question) = all.get(place(*number)) else { return false };
        let most = match &question.kind {
            QuestionKind::Several { most, .. } => *most,
            _ => 1,
        };
        !can_hold(sets, most, &mut left)
    })
}

/// What must have been taken of each earlier question before this one is asked: of every set an option.
fn needed(all: &[Question], at: usize) -> BTreeMap<u32, Vec<&[u8]>> {
    let mut found: BTreeMap<u32, Vec<&[u8]>> = BTreeMap::new();
    let (mut open, mut seen) = (vec![at], BTreeSet::from([at]));
    while let Some(question) = open.pop().and_then(|at| all.get(at)) {
        for one in &question.shown_if {
            found.entry(one.question).or_default().push(&one.any);
            if seen.insert(place(one.question)) {
                open.push(place(one.question));
            }
        }
    }
    found
}

/// Whether so many options can be taken that every set has one of them.
fn can_hold(sets: &[&[u8]], most: usize, left: &mut usize) -> bool {
    let Some(first) = sets.first() else { return true };
    if sets.len() <= most || *left == 0 {
        return true;
    }
    *left -= 1;
    most > 0
        && first.iter().any(|mark| {
            let rest: Vec<&[u8]> = sets.iter().copied().filter(|set| !set.contains(mark)).collect();
            can_hold(&rest, most - 1, left)
        })
}
