//! 填写: what somebody answers, held against the questions. What is not asked of him is not taken; who changes an
//! earlier answer is not refused because of what stood below it (docs/readings/303).

use super::{Question, QuestionKind, Questions};

/// The longest answers, in letters: limits of ours (docs/readings/303).
const LONGEST_SHORT: usize = 100;
const LONGEST_LONG: usize = 2_000;

/// What somebody answered, in the order of the questions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filled {
    /// The options taken, by the number of the question: their places from 0.
    pub marks: Vec<(u32, Vec<u8>)>,
    /// What was written, by the number of the question.
    pub words: Vec<(u32, String)>,
    /// The questions that were answered though they were not asked; nothing of these answers is taken.
    pub left_out: Vec<u32>,
}

/// What is wrong with an answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("第 {question} 题：{words}")]
pub struct BadAnswer {
    /// The number of the question, from 1.
    pub question: u32,
    /// What to do.
    pub words: String,
}

enum Given {
    Nothing,
    Marks(Vec<u8>),
    Words(String),
}

impl Questions {
    /// What was sent, as far as it was asked; `sent` gives all values of a question.
    ///
    /// # Errors
    /// What is wrong, question by question; nothing at all was answered.
    pub fn filled<'a>(&self, sent: impl Fn(u32) -> Vec<&'a str>) -> Result<Filled, Vec<BadAnswer>> {
        let (mut filled, mut bad) = (Filled::default(), Vec::new());
        for (number, question) in self.numbered() {
            let values: Vec<&str> =
                sent(number).into_iter().map(str::trim).filter(|one| !one.is_empty()).collect();
            if !self.is_asked(question, &filled.marks) {
                if !values.is_empty() {
                    filled.left_out.push(number);
                }
                continue;
            }
            match given(question, &values) {
                Ok(Given::Marks(marks)) => filled.marks.push((number, marks)),
                Ok(Given::Words(words)) => filled.words.push((number, words)),
                Ok(Given::Nothing) if question.required => {
                    bad.push(BadAnswer { question: number, words: lacking(question).into() });
                }
                Ok(Given::Nothing) => {}
                Err(words) => bad.push(BadAnswer { question: number, words }),
            }
        }
        if bad.is_empty() && filled.marks.is_empty() && filled.words.is_empty() {
            bad.push(BadAnswer {
                question: 1, words: "一题也没有答，至少答一题再提交".into()
            });
        }
        if bad.is_empty() { Ok(filled) } else { Err(bad) }
    }
}

fn lacking(question: &Question) -> &'static str {
    match question.kind {
        QuestionKind::Single(_) => "选一项",
        QuestionKind::Several { .. } => "至少选一项",
        QuestionKind::Scale { .. } => "选 1 到 5 里的一个",
        QuestionKind::Short | QuestionKind::Long => "写下您的回答",
    }
}

fn given(question: &Question, values: &[&str]) -> Result<Given, String> {
    if values.is_empty() {
        return Ok(Given::Nothing);
    }
    match &question.kind {
        QuestionKind::Short => {
            let words = values.iter().flat_map(|one| one.split_whitespace()).collect::<Vec<_>>();
            written(words.join(" "), LONGEST_SHORT)
        }
        QuestionKind::Long => written(values.join("\n").replace("\r\n", "\n"), LONGEST_LONG),
        QuestionKind::Single(_) | QuestionKind::Scale { .. } => {
            let marks = taken(question, values)?;
            if marks.len() == 1 { Ok(Given::Marks(marks)) } else { Err("只能选一项".into()) }
        }
        QuestionKind::Several { least, most, .. } => {
            let marks = taken(question, values)?;
            match marks.len() {
                many if many < *least => Err(format!("至少选 {least} 项，您选了 {many} 项")),
                many if many > *most => Err(format!("至多选 {most} 项，您选了 {many} 项")),
                _ => Ok(Given::Marks(marks)),
            }
        }
    }
}

fn written(words: String, most: usize) -> Result<Given, String> {
    let long = words.chars().count() > most;
    if long {
        Err(format!("不超过 {most} 字，请写短一些"))
    } else {
        Ok(Given::Words(words))
    }
}

/// The places of the options that were sent, each once and in order.
fn taken(question: &Question, values: &[&str]) -> Result<Vec<u8>, String> {
    let options = question.options().len();
    let mut marks = Vec::with_capacity(values.len());
    for value in values {
        let place = (0..options).find(|place| question.sent(*place) == *value);
        let place = place.and_then(|place| u8::try_from(place).ok());
        marks.push(place.ok_or("选列出来的选项")?);
    }
    marks.sort_unstable();
    marks.dedup();
    Ok(marks)
}
