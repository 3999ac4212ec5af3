//! 听取意见的方式 (条例第十四条第二款): what may be done to hear people, in the order of the article.

/// A way of hearing the public.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Way {
    /// 座谈会.
    Discussion,
    /// 听证会.
    Hearing,
    /// 实地走访.
    Visit,
    /// 书面征求意见.
    Written,
    /// 向社会公开征求意见.
    Public,
    /// 问卷调查.
    Questionnaire,
    /// 民意调查.
    Poll,
}

impl Way {
    /// All of them, in the order of the article.
    pub const ALL: [Self; 7] = [
        Self::Discussion,
        Self::Hearing,
        Self::Visit,
        Self::Written,
        Self::Public,
        Self::Questionnaire,
        Self::Poll,
    ];

    /// As a column keeps it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Discussion => "discussion",
            Self::Hearing => "hearing",
            Self::Visit => "visit",
            Self::Written => "written",
            Self::Public => "public",
            Self::Questionnaire => "questionnaire",
            Self::Poll => "poll",
        }
    }

    /// As people read it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Discussion => "座谈会",
            Self::Hearing => "听证会",
            Self::Visit => "实地走访",
            Self::Written => "书面征求意见",
            Self::Public => "向社会公开征求意见",
            Self::Questionnaire => "问卷调查",
            Self::Poll => "民意调查",
        }
    }

    /// The way a column keeps.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|way| way.word() == word)
    }
}
