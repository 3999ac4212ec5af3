//! 意见: how one comes, who gives it, and the only grounds on which one is not shown.

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
