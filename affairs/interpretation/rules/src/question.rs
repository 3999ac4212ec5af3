//! 政策问答: a question and its answer stand on one paragraph of a policy. Where that paragraph holds no more, nobody
//! may rely on the answer (docs/readings/300).

use crate::{BadBody, INTERPRETING, Refusal};

/// The longest question and the longest name of a place, in letters: ours (docs/readings/300).
const LONGEST_LINE: usize = 200;

/// The longest answer, in letters: ours (docs/readings/300).
const LONGEST_ANSWER: usize = 3_000;

/// The shortest piece of a document that an answer rests on, in letters: ours (docs/readings/300).
const LEAST_QUOTED: usize = 8;

/// The longest: ours (docs/readings/300).
const MOST_QUOTED: usize = 1_000;

/// Where one question with its answer stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum QuestionState {
    /// 起草.
    Drafting,
    /// 审查中.
    UnderReview,
    /// 已发布.
    Published,
    /// 已下线: the document it rests on is not shown.
    Down,
    /// 已撤回: its paragraph holds no more, or the answer is wrong.
    Withdrawn,
    /// 已删去, before anybody saw it.
    Dropped,
}

/// What happens to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum QuestionEvent {
    /// It is written.
    Write,
    /// It goes to review.
    Submit,
    /// It comes back.
    Return,
    /// It is published.
    Publish,
    /// Its document is not shown.
    TakeDown,
    /// Its document is shown again.
    Restore,
    /// Nobody may rely on it any more.
    Withdraw,
    /// It is deleted before anybody saw it.
    Drop,
}

impl QuestionState {
    /// All, in order.
    pub const ALL: [Self; 6] = [
        Self::Drafting,
        Self::UnderReview,
        Self::Published,
        Self::Down,
        Self::Withdrawn,
        Self::Dropped,
    ];

    /// By which it is kept.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Drafting => "drafting",
            Self::UnderReview => "under_review",
            Self::Published => "published",
            Self::Down => "down",
            Self::Withdrawn => "withdrawn",
            Self::Dropped => "dropped",
        }
    }

    /// As people read it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Drafting => "起草",
            Self::UnderReview => "审查中",
            Self::Published => "已发布",
            Self::Down => "已下线",
            Self::Withdrawn => "已撤回",
            Self::Dropped => "已删去",
        }
    }

    /// The one of that word.
    pub fn read(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }

    /// What it is after an event. What is withdrawn does not come back: it is written and reviewed anew.
    ///
    /// # Errors
    /// The event does not belong to this state.
    pub const fn after(self, event: QuestionEvent) -> Result<Self, Refusal> {
        use QuestionEvent as E;
        use QuestionState as S;
        Ok(match (self, event) {
            (S::Drafting, E::Write) => S::Drafting,
            (S::Drafting, E::Submit) => S::UnderReview,
            (S::Drafting, E::Drop) => S::Dropped,
            (S::UnderReview, E::Return) => S::Drafting,
            (S::UnderReview, E::Publish) => S::Published,
            (S::Published, E::TakeDown) => S::Down,
            (S::Down, E::Restore) => S::Published,
            (S::Published | S::Down, E::Withdraw) => S::Withdrawn,
            _ => return Err(self.refuses(event)),
        })
    }

    const fn refuses(self, event: QuestionEvent) -> Refusal {
        Refusal { thing: "问答", state: self.name(), event: event.name(), basis: INTERPRETING }
    }
}

impl QuestionEvent {
    /// All, in order.
    pub const ALL: [Self; 8] = [
        Self::Write,
        Self::Submit,
        Self::Return,
        Self::Publish,
        Self::TakeDown,
        Self::Restore,
        Self::Withdraw,
        Self::Drop,
    ];

    /// As people read it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Write => "改写",
            Self::Submit => "送审",
            Self::Return => "退回",
            Self::Publish => "发布",
            Self::TakeDown => "下线",
            Self::Restore => "恢复",
            Self::Withdraw => "撤回",
            Self::Drop => "删去",
        }
    }
}

/// What has become of the paragraph an answer rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Footing {
    /// It stands in its document as it did.
    Stands,
    /// Its document is not shown.
    Hidden,
    /// Its document stands and says something else there.
    Changed,
    /// Its document is repealed or has lapsed.
    Repealed,
}

impl Footing {
    /// By what the document says to everybody now, its 有效性 where that is known, and the piece of it that is quoted.
    pub fn of(document: Option<&str>, validity: Option<&str>, quote: &str) -> Self {
        match document {
            None => Self::Hidden,
            Some(_) if matches!(validity, Some("废止" | "失效")) => Self::Repealed,
            Some(text) if bare(text).contains(&bare(quote)) => Self::Stands,
            Some(_) => Self::Changed,
        }
    }

    /// All, in order.
    pub const ALL: [Self; 4] = [Self::Stands, Self::Hidden, Self::Changed, Self::Repealed];

    /// By which it is kept.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Stands => "stands",
            Self::Hidden => "hidden",
            Self::Changed => "changed",
            Self::Repealed => "repealed",
        }
    }

    /// The one of that word.
    pub fn read(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|footing| footing.word() == word)
    }

    /// What follows from it for a question in a state; `None` where nothing does.
    pub const fn follows(self, state: QuestionState) -> Option<QuestionEvent> {
        match (self, state) {
            (Self::Hidden, QuestionState::Published) => Some(QuestionEvent::TakeDown),
            (Self::Stands, QuestionState::Down) => Some(QuestionEvent::Restore),
            (Self::Changed | Self::Repealed, QuestionState::Published | QuestionState::Down) => {
                Some(QuestionEvent::Withdraw)
            }
            _ => None,
        }
    }

    /// Why nobody may rely on an answer, in words everybody reads; empty where it stands.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Stands => "",
            Self::Hidden => "所依据的文件已经撤下",
            Self::Changed => "所依据的条款已经修改或者删去",
            Self::Repealed => "所依据的文件已经废止或者失效",
        }
    }
}

/// The letters that say something: no blanks, and no marks by which headings and lists are written.
fn bare(text: &str) -> String {
    let says = |letter: &char| {
        !letter.is_whitespace() && !matches!(letter, '#' | '*' | '|' | '-' | '>' | '\u{3000}')
    };
    text.chars().filter(says).collect()
}

/// A question and its answer as they are written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answered {
    /// What people ask.
    pub question: String,
    /// The answer.
    pub answer: String,
    /// The place of the document it rests on: 第三条.
    pub place: String,
    /// What stands there, word by word.
    pub quote: String,
}

impl Answered {
    /// Everything wrong with it, beside what the document says to everybody.
    ///
    /// # Errors
    /// All that is wrong, in the order of the form.
    pub fn check(&self, document: &str) -> Result<(), Vec<BadBody>> {
        let mut all = Vec::new();
        let mut bad = |field: &str, words: String| {
            all.push(BadBody { field: field.to_owned(), words });
        };
        for (field, name, text, most) in [
            ("tiao", "第几条", &self.place, LONGEST_LINE),
            ("wen", "问题", &self.question, LONGEST_LINE),
            ("da", "答复", &self.answer, LONGEST_ANSWER),
        ] {
            if text.trim().is_empty() {
                bad(field, format!("没有写{name}。请填写。"));
            } else if text.chars().count() > most {
                bad(field, format!("{name}超过 {most} 字。请写短一些。"));
            }
        }
        let quoted = bare(&self.quote).chars().count();
        if !(LEAST_QUOTED..=MOST_QUOTED).contains(&quoted) {
            let words =
                format!("条款原文要 {LEAST_QUOTED} 到 {MOST_QUOTED} 字。从文件页复制那一段。");
            bad("yuanwen", words);
        } else if Footing::of(Some(document), None, &self.quote) != Footing::Stands {
            bad("yuanwen", "文件里没有这段话。从文件页复制那一段，不要改动。".to_owned());
        }
        if all.is_empty() { Ok(()) } else { Err(all) }
    }
}
