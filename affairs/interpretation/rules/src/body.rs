//! 解读材料: what an interpretation says, by its form: running text, questions with answers, or the sections of a
//! one-page 图解; and beside each what is new. What may be kept is decided here, so that it can be laid out by
//! whoever shows it.

use serde::{Deserialize, Serialize};

use crate::{Captions, Conference, Form, Medium};

/// The longest text of one field of an interpretation, in letters: ours (docs/readings/282).
const LONGEST: usize = 20_000;

/// The longest line, in letters: ours. A 图解 is read at a glance.
const LONGEST_LINE: usize = 200;

/// The longest point of a 图解, in letters: ours.
const LONGEST_POINT: usize = 60;

/// The most sections of a 图解: one page (docs/readings/282).
const MOST_SECTIONS: usize = 8;

/// So many seconds captions may go on after a film: the last ones are often held a little.
const CAPTIONS_OVER: u64 = 5;

/// The most points of a section.
const MOST_POINTS: usize = 6;

/// What an interpretation says.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Body {
    /// 一句话: what it comes to, for lists and for whoever reads no further.
    pub lead: String,
    /// 解读人: who speaks, with his post; empty where nobody is named.
    #[serde(default)]
    pub speaker: String,
    /// The running text, as it is typed.
    #[serde(default)]
    pub text: String,
    /// Questions and answers.
    #[serde(default)]
    pub turns: Vec<Turn>,
    /// The sections of a 图解.
    #[serde(default)]
    pub sections: Vec<DiagramBlock>,
    /// 新旧政策差异.
    #[serde(default)]
    pub differences: Vec<Difference>,
    /// 音频, 视频: the file. What was written before there were any says nothing of it, and reads as it did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub medium: Option<Medium>,
    /// 字幕 of a film.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub captions: Option<Captions>,
    /// When and where a press conference was held.
    #[serde(default, skip_serializing_if = "Conference::is_empty")]
    pub conference: Conference,
}

/// One question and its answer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Turn {
    /// What is asked.
    pub question: String,
    /// The answer.
    pub answer: String,
    /// The place of the policy it rests on: 第三条.
    pub place: String,
}

/// One section of a 图解.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DiagramBlock {
    /// What it is about.
    pub heading: String,
    /// The number that is to be remembered; empty where there is none.
    pub number: String,
    /// What is counted by it: 元/月.
    pub unit: String,
    /// Short points.
    pub points: Vec<String>,
}

/// One thing that is otherwise than before.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// What it is about.
    pub matter: String,
    /// What held before.
    pub before: String,
    /// What holds now.
    pub after: String,
}

/// A part of the running text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TextBlock {
    /// A heading: a line that begins with ##.
    Heading(String),
    /// A paragraph: any other line.
    Paragraph(String),
    /// Lines that begin with -.
    List(Vec<String>),
}

/// What is not as it must be: the field, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{words}")]
pub struct BadBody {
    /// The field's name in the form.
    pub field: String,
    /// What is wrong and to be done.
    pub words: String,
}

fn bad(field: impl Into<String>, words: impl Into<String>) -> BadBody {
    BadBody { field: field.into(), words: words.into() }
}

fn length(text: &str) -> usize {
    text.chars().count()
}

impl TextBlock {
    /// The parts of a running text.
    pub fn read(text: &str) -> Vec<Self> {
        let mut blocks: Vec<Self> = Vec::new();
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
            if let Some(heading) = line.strip_prefix("##") {
                blocks.push(Self::Heading(heading.trim_start_matches('#').trim().to_owned()));
            } else if let Some(item) = line.strip_prefix("- ") {
                match blocks.last_mut() {
                    Some(Self::List(items)) => items.push(item.trim().to_owned()),
                    _ => blocks.push(Self::List(vec![item.trim().to_owned()])),
                }
            } else {
                blocks.push(Self::Paragraph(line.to_owned()));
            }
        }
        blocks
    }
}

impl Body {
    /// Everything wrong with it as an interpretation of that form.
    ///
    /// # Errors
    /// All that is wrong, in the order of the form.
    pub fn check(&self, form: Form) -> Result<(), Vec<BadBody>> {
        let mut all = Vec::new();
        if self.lead.is_empty() {
            all.push(bad("yijuhua", "没有写一句话。用一句话说这项政策给谁带来什么。"));
        } else if length(&self.lead) > LONGEST_LINE {
            all.push(bad("yijuhua", format!("一句话超过 {LONGEST_LINE} 字。请写短一些。")));
        }
        self.said_by(form, &mut all);
        match form {
            Form::Questions => self.turns(&mut all),
            Form::Diagram => self.sections(&mut all),
            Form::Audio | Form::Video => self.played(form, &mut all),
            Form::PressConference => self.conference.check(&mut all),
            _ => {}
        }
        if !matches!(form, Form::Questions | Form::Diagram) {
            self.written(form, &mut all);
        }
        self.compared(&mut all);
        if all.is_empty() { Ok(()) } else { Err(all) }
    }

    /// Who speaks.
    fn said_by(&self, form: Form, all: &mut Vec<BadBody>) {
        let name = form.speaker_name();
        if form.names_a_speaker() && self.speaker.is_empty() {
            all.push(bad("jiedu-ren", format!("没有写{name}。写明姓名和职务。")));
        }
        if length(&self.speaker) > LONGEST_LINE {
            all.push(bad("jiedu-ren", format!("{name}超过 {LONGEST_LINE} 字。请写短一些。")));
        }
    }

    /// The running text.
    fn written(&self, form: Form, all: &mut Vec<BadBody>) {
        let name = form.text_name();
        if self.text.trim().is_empty() {
            let how = match form.is_heard() {
                true => "把说的话全部写下来，画面里的字也写上：听不见、看不见的人靠它。",
                false => "请填写。",
            };
            all.push(bad("zhengwen", format!("没有写{name}。{how}")));
        }
        if length(&self.text) > LONGEST {
            all.push(bad("zhengwen", format!("{name}超过 {LONGEST} 字。请分成几份。")));
        }
    }

    /// What is heard or seen: the file, and captions under a film.
    fn played(&self, form: Form, all: &mut Vec<BadBody>) {
        match &self.medium {
            None => all.push(bad("meiti", format!("没有上传{}。请上传文件。", form.name()))),
            Some(medium) if !medium.kind.is_for(form) => {
                all.push(bad("meiti", format!("上传的不是{}。请换一个文件。", form.name())));
            }
            Some(_) => {}
        }
        if form != Form::Video {
            return;
        }
        let Some(captions) = &self.captions else {
            let words = "没有字幕。请上传 .vtt 或者 .srt 字幕文件，听不见的人靠它。";
            return all.push(bad("zimu", words));
        };
        let lasts = self.medium.as_ref().and_then(|medium| medium.seconds).map(u64::from);
        let until = captions.until();
        if let Some(lasts) = lasts.filter(|lasts| until > lasts.saturating_add(CAPTIONS_OVER)) {
            let words =
                format!("字幕到第 {until} 秒，视频只有 {lasts} 秒。请核对是不是这个视频的字幕。");
            all.push(bad("zimu", words));
        }
    }

    /// What is otherwise than before.
    fn compared(&self, all: &mut Vec<BadBody>) {
        for (at, one) in self.differences.iter().enumerate() {
            if one.matter.is_empty() || one.before.is_empty() || one.after.is_empty() {
                let field = format!("chayi-{}", at + 1);
                all.push(bad(field, "新旧差异要写全三格：事项、原来、现在；不写的三格都空着。"));
            } else if [&one.matter, &one.before, &one.after]
                .iter()
                .any(|text| length(text) > LONGEST_LINE)
            {
                let words = format!("新旧差异每格最多 {LONGEST_LINE} 字。请写短一些。");
                all.push(bad(format!("chayi-{}", at + 1), words));
            }
        }
    }

    fn turns(&self, all: &mut Vec<BadBody>) {
        if self.turns.is_empty() {
            all.push(bad("wen-1", "没有写问答。至少写一问一答。"));
        }
        for (at, turn) in self.turns.iter().enumerate() {
            if turn.question.is_empty() || length(&turn.question) > LONGEST_LINE {
                let words = format!("第 {} 问没有写问题，或者超过 {LONGEST_LINE} 字。", at + 1);
                all.push(bad(format!("wen-{}", at + 1), words));
            }
            if turn.answer.trim().is_empty() || length(&turn.answer) > LONGEST {
                let words = format!("第 {} 问没有写答复，或者太长。", at + 1);
                all.push(bad(format!("da-{}", at + 1), words));
            }
            if length(&turn.place) > LONGEST_LINE {
                let words =
                    format!("第 {} 问依据的条款超过 {LONGEST_LINE} 字。请写短一些。", at + 1);
                all.push(bad(format!("yiju-{}", at + 1), words));
            }
        }
    }

    fn sections(&self, all: &mut Vec<BadBody>) {
        if self.sections.is_empty() {
            all.push(bad("kuai-1", "没有写图解的内容。至少写一块：小标题和要点。"));
        }
        if self.sections.len() > MOST_SECTIONS {
            all.push(bad("kuai-1", format!("图解最多 {MOST_SECTIONS} 块，一页看完。请合并。")));
        }
        for (at, section) in self.sections.iter().enumerate() {
            let place = at + 1;
            if section.heading.is_empty() || length(&section.heading) > LONGEST_POINT {
                let words = format!("第 {place} 块没有写小标题，或者超过 {LONGEST_POINT} 字。");
                all.push(bad(format!("kuai-{place}"), words));
            }
            if section.points.is_empty() && section.number.is_empty() {
                let words = format!("第 {place} 块没有数字也没有要点。写一样，或者删去这一块。");
                all.push(bad(format!("yaodian-{place}"), words));
            }
            if length(&section.number) > 12 || length(&section.unit) > 12 {
                let words = format!("第 {place} 块的数字或者单位超过 12 字。请写短一些。");
                all.push(bad(format!("shuzi-{place}"), words));
            }
            let long = section.points.iter().any(|point| length(point) > LONGEST_POINT);
            if long || section.points.len() > MOST_POINTS {
                let words = format!(
                    "第 {place} 块最多 {MOST_POINTS} 条要点，每条最多 {LONGEST_POINT} 字。请写短一些。"
                );
                all.push(bad(format!("yaodian-{place}"), words));
            }
        }
    }

    /// All of it as one text, for checks, search and lists.
    pub fn whole_text(&self) -> String {
        let mut parts = vec![self.lead.clone(), self.speaker.clone(), self.text.clone()];
        parts.push(self.conference.told());
        for turn in &self.turns {
            parts.extend([turn.question.clone(), turn.answer.clone(), turn.place.clone()]);
        }
        for section in &self.sections {
            parts.push(format!("{} {}{}", section.heading, section.number, section.unit));
            parts.extend(section.points.iter().cloned());
        }
        if !self.differences.is_empty() {
            parts.push("新旧政策差异".to_owned());
        }
        for one in &self.differences {
            parts.push(format!("{}：{} → {}", one.matter, one.before, one.after));
        }
        parts.retain(|part| !part.trim().is_empty());
        parts.join("\n")
    }
}
