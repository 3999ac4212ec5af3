//! 意见: how one comes, who gives it, what becomes of it before the answers, and the only grounds on which one is not
//! shown.

use law::{Provision, article};

use crate::{DECISIONS, Refused};

/// 个人信息保护法第四十五条: one's own words are taken back.
const OWN: Provision = article("个人信息保护法", 45);
/// 第十八条: what was said is studied; what does not count is not.
const STUDIED: Provision = article(DECISIONS, 18);
/// 第三十三条: what was done is kept as it was.
const KEPT: Provision = article(DECISIONS, 33);

/// How an opinion came; all are kept in one place (条例第十四条; 67号三（三）).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Source {
    /// 网站.
    Web,
    /// 来信.
    Letter,
    /// 窗口.
    Counter,
    /// 会上.
    Meeting,
    /// 电话.
    Telephone,
    /// 电子邮件.
    Mail,
}

impl Source {
    /// Those that an officer registers.
    pub const REGISTERED: [Self; 5] =
        [Self::Letter, Self::Counter, Self::Meeting, Self::Telephone, Self::Mail];

    /// As a column keeps it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Web => "web",
            Self::Letter => "letter",
            Self::Counter => "counter",
            Self::Meeting => "meeting",
            Self::Telephone => "telephone",
            Self::Mail => "mail",
        }
    }

    /// As people read it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Web => "网站",
            Self::Letter => "来信",
            Self::Counter => "窗口",
            Self::Meeting => "会议",
            Self::Telephone => "电话",
            Self::Mail => "电子邮件",
        }
    }

    /// The source a column keeps.
    pub fn parse(word: &str) -> Option<Self> {
        let registered = Self::REGISTERED.into_iter();
        registered.chain([Self::Web]).find(|source| source.word() == word)
    }
}

/// Who gives an opinion; nobody has to say his name (docs/readings/273).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sender {
    /// 个人.
    Person,
    /// 单位.
    Organisation,
}

impl Sender {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Person, Self::Organisation];

    /// As a column keeps it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Organisation => "organisation",
        }
    }

    /// As people read it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Person => "个人",
            Self::Organisation => "单位",
        }
    }

    /// The sender a column keeps.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sender| sender.word() == word)
    }
}

/// Why an opinion may be hidden: what the law forbids to be spread, and nothing else. That it disagrees is no
/// ground (docs/readings/274).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Ground {
    /// 危害国家安全、泄露国家秘密.
    State,
    /// 淫秽、暴力、恐怖.
    Violence,
    /// 侮辱、诽谤他人.
    Insult,
    /// 泄露他人个人信息.
    Privacy,
    /// 广告、诈骗.
    Fraud,
}

impl Ground {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::State, Self::Violence, Self::Insult, Self::Privacy, Self::Fraud];

    /// As a column keeps it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::State => "state",
            Self::Violence => "violence",
            Self::Insult => "insult",
            Self::Privacy => "privacy",
            Self::Fraud => "fraud",
        }
    }

    /// As people read it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::State => "危害国家安全、泄露国家秘密",
            Self::Violence => "淫秽、暴力、恐怖内容",
            Self::Insult => "侮辱、诽谤他人",
            Self::Privacy => "泄露他人个人信息",
            Self::Fraud => "广告、诈骗",
        }
    }

    /// The ground a column keeps.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|ground| ground.word() == word)
    }
}

/// What became of an opinion before it was answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OpinionState {
    /// It counts.
    Open,
    /// 已撤回, by whoever gave it.
    Retracted,
    /// 已屏蔽, by two persons.
    Hidden,
}

/// What can be done to one opinion; whether on a day is told by the stage of the consultation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OpinionStep {
    /// 本人撤回.
    Retract,
    /// 屏蔽违法内容.
    Hide,
    /// 答复, for itself or with the one it says the same as.
    Answer,
}

impl OpinionState {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Open, Self::Retracted, Self::Hidden];

    /// As a column keeps it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Retracted => "retracted",
            Self::Hidden => "hidden",
        }
    }

    /// As people read it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Open => "有效",
            Self::Retracted => "本人已撤回",
            Self::Hidden => "已屏蔽",
        }
    }

    /// The state a column keeps.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }

    /// The state after a step.
    ///
    /// # Errors
    /// The step does not follow here: why, what to do, and the provision.
    pub fn after(self, step: OpinionStep) -> Result<Self, Refused> {
        let (words, remedy, basis) = match (self, step) {
            (Self::Open, OpinionStep::Retract) => return Ok(Self::Retracted),
            (Self::Open, OpinionStep::Hide) => return Ok(Self::Hidden),
            (Self::Open, OpinionStep::Answer) => return Ok(Self::Open),
            (Self::Retracted, OpinionStep::Retract) => {
                ("这条意见已经撤回", "不用再办；还想提的，重新提交", OWN)
            }
            (Self::Retracted, OpinionStep::Hide) => {
                ("这条意见本人已经撤回，内容已经删除", "不用再办", OWN)
            }
            (Self::Retracted, OpinionStep::Answer) => {
                ("这条意见本人已经撤回", "撤回的不用答复", STUDIED)
            }
            (Self::Hidden, OpinionStep::Retract) => {
                ("这条意见已经屏蔽", "有异议的，打公告上的电话", KEPT)
            }
            (Self::Hidden, OpinionStep::Hide) => ("这条意见已经屏蔽", "不用再办", KEPT),
            (Self::Hidden, OpinionStep::Answer) => {
                ("这条意见已经屏蔽", "屏蔽的不用答复，公布采纳情况时写明有几条", STUDIED)
            }
        };
        Err(Refused { words, remedy, basis })
    }
}

impl OpinionStep {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Retract, Self::Hide, Self::Answer];

    /// As people read it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Retract => "本人撤回",
            Self::Hide => "屏蔽违法内容",
            Self::Answer => "答复",
        }
    }
}
