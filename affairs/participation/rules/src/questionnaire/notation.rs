//! 题目的写法: how a clerk writes questions, one thing on a line, without script.
//!
//! ```text
//! 1. 您平时怎样去？（多选 至多3）
//! 说明：选最常用的。
//! - 步行
//! - 公交
//! 2. 公交方便吗？（量表 选填）
//! 如果 1 选 B
//! - 很不方便
//! - 很方便
//! 3. 还想说什么？（长文 选填）
//! ```

use super::{Question, QuestionKind, Questions, ShownIf, letter};
use crate::masking::narrow;

/// What is wrong with a line of the text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("第 {line} 行：{words}")]
pub struct BadLine {
    /// The line, from 1.
    pub line: usize,
    /// What to do.
    pub words: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Manner {
    Single,
    Several,
    Scale,
    Short,
    Long,
}

impl Manner {
    const WORDS: [(Self, &'static str); 5] = [
        (Self::Single, "单选"),
        (Self::Several, "多选"),
        (Self::Scale, "量表"),
        (Self::Short, "短文"),
        (Self::Long, "长文"),
    ];
}

/// A question as far as it has been read.
#[derive(Debug, Default)]
struct Draft<'a> {
    line: usize,
    text: &'a str,
    hint: String,
    manner: Option<Manner>,
    optional: bool,
    least: Option<usize>,
    most: Option<usize>,
    choices: Vec<String>,
    conditions: Vec<(usize, &'a str)>,
}

#[derive(Debug, Default)]
struct Reading<'a> {
    drafts: Vec<Draft<'a>>,
    bad: Vec<BadLine>,
}

const MANNERS: &str = "题目后面用括号写怎样答：（单选）、（多选）、（量表）、（短文）或者（长文），可以不答的再加“选填”";

const UNKNOWN: &str =
    "看不懂。题目用“1.”这样的题号开头，选项用“-”开头，条件用“如果”开头，补充用“说明：”开头";

const CONDITION: &str = "条件写成“如果 3 选 B”，几个选项都可以的写“如果 3 选 B、C”";

pub(super) fn read(text: &str) -> Result<Questions, Vec<BadLine>> {
    let mut reading = Reading::default();
    for (line, words) in (1..).zip(text.lines()).map(|(line, words)| (line, words.trim())) {
        reading.take(line, words);
    }
    reading.finished()
}

impl<'a> Reading<'a> {
    fn fault(&mut self, line: usize, words: impl Into<String>) {
        self.bad.push(BadLine { line, words: words.into() });
    }

    fn take(&mut self, line: usize, words: &'a str) {
        if words.is_empty() {
            return;
        }
        if let Some((number, rest)) = numbered(words) {
            return self.begin(line, number, rest);
        }
        let bullet = ['-', '－', '—', '–', '•', '·'];
        let hint = words.strip_prefix("说明：").or_else(|| words.strip_prefix("说明:"));
        let condition = words.strip_prefix("如果");
        let known = hint.is_some() || condition.is_some() || words.starts_with(bullet);
        let Some(draft) = self.drafts.last_mut().filter(|_| known) else {
            let words = if known { "前面还没有题目" } else { UNKNOWN };
            return self.fault(line, words);
        };
        if let Some(hint) = hint {
            hint.trim().clone_into(&mut draft.hint);
        } else if let Some(condition) = condition {
            draft.conditions.push((line, condition.trim()));
        } else {
            draft.choices.push(words.trim_start_matches(bullet).trim().to_owned());
        }
    }

    fn begin(&mut self, line: usize, number: usize, rest: &'a str) {
        let expected = self.drafts.len() + 1;
        if number != expected {
            self.fault(line, format!("题号应当是 {expected}，按顺序写，不跳号"));
        }
        let (text, marks) = parted(rest);
        let mut draft = Draft { line, text, ..Draft::default() };
        for mark in marks.split([' ', '\u{3000}', '，', ',', '、', '；', ';']) {
            if let Err(words) = draft.mark(mark) {
                self.fault(line, words);
            }
        }
        if draft.manner.is_none() {
            self.fault(line, MANNERS);
        }
        self.drafts.push(draft);
    }

    fn finished(mut self) -> Result<Questions, Vec<BadLine>> {
        if self.drafts.is_empty() && self.bad.is_empty() {
            self.fault(1, "还没有题目，第一题这样写：1. 您满意吗？（单选）");
        }
        let mut all = Vec::with_capacity(self.drafts.len());
        for at in 0..self.drafts.len() {
            all.extend(self.question(at));
        }
        if self.bad.is_empty() {
            let lines: Vec<usize> = self.drafts.iter().map(|draft| draft.line).collect();
            match Questions::of(all) {
                Ok(questions) => return Ok(questions),
                Err(bad) => self.bad.extend(bad.into_iter().map(|one| {
                    let line = lines.get(super::place(one.question)).copied();
                    BadLine { line: line.unwrap_or(1), words: one.to_string() }
                })),
            }
        }
        self.bad.sort_by_key(|one| one.line);
        Err(self.bad)
    }

    /// The question at a place; what cannot be said of it is noted.
    fn question(&mut self, at: usize) -> Option<Question> {
        let draft = self.drafts.get(at)?;
        let mut bad = Vec::new();
        let mut shown_if = Vec::with_capacity(draft.conditions.len());
        for (line, words) in &draft.conditions {
            match self.condition(at, words) {
                Ok(one) => shown_if.push(one),
                Err(words) => bad.push(BadLine { line: *line, words }),
            }
        }
        let kind = match draft.kind() {
            Ok(kind) => Some(kind),
            Err("") => None,
            Err(words) => {
                bad.push(BadLine { line: draft.line, words: words.into() });
                None
            }
        };
        let question = kind.map(|kind| Question {
            text: draft.text.to_owned(),
            hint: draft.hint.clone(),
            kind,
            required: !draft.optional,
            shown_if,
        });
        self.bad.extend(bad);
        question
    }

    /// 如果 3 选 B、C: what stands after 如果.
    fn condition(&self, at: usize, words: &str) -> Result<ShownIf, String> {
        let words = words.trim_start_matches('第').trim_start();
        let (number, rest) = digits(words).ok_or(CONDITION)?;
        let rest = rest.trim_start().trim_start_matches('题').trim_start();
        let values = rest.strip_prefix(['选', '是', '答', '打']).ok_or(CONDITION)?;
        if number == 0 || number > at {
            return Err("条件只能看前面的题".into());
        }
        let Some(before) = number.checked_sub(1).and_then(|place| self.drafts.get(place)) else {
            return Err("条件只能看前面的题".into());
        };
        let scale = before.manner == Some(Manner::Scale);
        let many = if scale { super::STEPS } else { before.choices.len() };
        let mut any = Vec::new();
        for value in values.split([' ', '\u{3000}', '、', '，', ',', '或', '者']) {
            let mut letters = value.chars().map(|one| narrow(one).to_ascii_uppercase());
            let (Some(first), rest) = (letters.next(), letters.next()) else { continue };
            let place = (0..many).find(|place| match scale {
                true => {
                    char::from_digit(u32::try_from(place + 1).unwrap_or_default(), 10)
                        == Some(first)
                }
                false => letter(*place) == first,
            });
            let place = place.filter(|_| rest.is_none()).and_then(|place| u8::try_from(place).ok());
            match place {
                Some(place) if !any.contains(&place) => any.push(place),
                Some(_) => {}
                None => return Err(format!("第 {number} 题没有选项“{value}”。{CONDITION}")),
            }
        }
        let question = u32::try_from(number).map_err(|_| CONDITION)?;
        if any.is_empty() { Err(CONDITION.into()) } else { Ok(ShownIf { question, any }) }
    }
}

impl Draft<'_> {
    /// A word of the brackets behind a question.
    fn mark(&mut self, mark: &str) -> Result<(), String> {
        let many = |words: &[&str]| {
            let rest = words.iter().find_map(|one| mark.strip_prefix(*one))?;
            digits(rest.trim_end_matches('项')).filter(|(_, rest)| rest.is_empty())
        };
        let manner = Manner::WORDS.iter().find(|(_, word)| *word == mark);
        if let Some((manner, _)) = manner {
            if self.manner.is_some_and(|before| before != *manner) {
                return Err("怎样答只能写一种".into());
            }
            self.manner = Some(*manner);
        } else if mark == "选填" {
            self.optional = true;
        } else if let Some((number, _)) = many(&["至少", "最少"]) {
            self.least = Some(number);
        } else if let Some((number, _)) = many(&["至多", "最多"]) {
            self.most = Some(number);
        } else if !mark.is_empty() && mark != "必填" {
            return Err(format!("括号里的“{mark}”看不懂。{MANNERS}"));
        }
        Ok(())
    }

    /// How it is answered; an empty refusal where that has been told already.
    fn kind(&self) -> Result<QuestionKind, &'static str> {
        let manner = self.manner.ok_or("")?;
        if manner != Manner::Several && (self.least.is_some() || self.most.is_some()) {
            return Err("“至少”“至多”只用在多选");
        }
        let choices = self.choices.clone();
        Ok(match manner {
            Manner::Single => QuestionKind::Single(choices),
            Manner::Several => QuestionKind::Several {
                least: self.least.unwrap_or(1),
                most: self.most.unwrap_or(choices.len()),
                choices,
            },
            Manner::Scale => match choices.as_slice() {
                [] => QuestionKind::Scale { low: String::new(), high: String::new() },
                [low, high] => QuestionKind::Scale { low: low.clone(), high: high.clone() },
                _ => {
                    return Err("量表的两头各写一行，先写 1 分是什么、再写 5 分是什么，或者都不写");
                }
            },
            Manner::Short | Manner::Long if !choices.is_empty() => {
                return Err("短文、长文没有选项，去掉用“-”开头的行，或者改成单选、多选");
            }
            Manner::Short => QuestionKind::Short,
            Manner::Long => QuestionKind::Long,
        })
    }
}

/// A number at the beginning, broad digits as narrow ones, and what follows.
fn digits(words: &str) -> Option<(usize, &str)> {
    let end = words.find(|one: char| !narrow(one).is_ascii_digit()).unwrap_or(words.len());
    let (number, rest) = words.split_at(end);
    let number: String = number.chars().map(narrow).collect();
    Some((number.parse().ok()?, rest))
}

/// `12. what is asked`: the number and the rest.
fn numbered(words: &str) -> Option<(usize, &str)> {
    let (number, rest) = digits(words)?;
    let rest = rest.trim_start().strip_prefix(['.', '．', '、', '。'])?;
    Some((number, rest.trim()))
}

/// What is asked, and the words in the brackets behind it.
fn parted(rest: &str) -> (&str, &str) {
    let parts = rest.strip_suffix(['）', ')']).and_then(|whole| {
        let at = whole.rfind(['（', '('])?;
        let (text, marks) = whole.split_at(at);
        Some((text.trim(), marks.trim_start_matches(['（', '('])))
    });
    parts.unwrap_or((rest, ""))
}
