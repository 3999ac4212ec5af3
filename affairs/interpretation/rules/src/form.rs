//! 解读形式, in the order in which 厦府办〔2020〕67号三（四） and 国办发〔2016〕80号 name them.

use serde::{Deserialize, Serialize};

/// In which form a document is interpreted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// 文字解读.
    Text,
    /// 简明问答.
    Questions,
    /// 图表图解.
    Diagram,
    /// 音频.
    Audio,
    /// 视频.
    Video,
    /// 新闻发布会.
    PressConference,
    /// 专家解读.
    Expert,
    /// 负责人解读.
    Responsible,
}

impl Form {
    /// All, in order.
    pub const ALL: [Self; 8] = [
        Self::Text,
        Self::Questions,
        Self::Diagram,
        Self::Audio,
        Self::Video,
        Self::PressConference,
        Self::Expert,
        Self::Responsible,
    ];

    /// By which it is kept and named in addresses.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Text => "wenzi",
            Self::Questions => "wenda",
            Self::Diagram => "tujie",
            Self::Audio => "yinpin",
            Self::Video => "shipin",
            Self::PressConference => "fabuhui",
            Self::Expert => "zhuanjia",
            Self::Responsible => "fuzeren",
        }
    }

    /// As people read it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Text => "文字解读",
            Self::Questions => "问答",
            Self::Diagram => "图解",
            Self::Audio => "音频",
            Self::Video => "视频",
            Self::PressConference => "新闻发布会",
            Self::Expert => "专家解读",
            Self::Responsible => "负责人解读",
        }
    }

    /// The one of that word.
    pub fn read(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|form| form.word() == word)
    }

    /// Whether somebody speaks in it, who is named: an expert, whoever answers for the policy, the press conference.
    pub const fn names_a_speaker(self) -> bool {
        matches!(self, Self::PressConference | Self::Expert | Self::Responsible)
    }

    /// What whoever speaks in it is called.
    pub const fn speaker_name(self) -> &'static str {
        match self {
            Self::PressConference => "发布人",
            _ => "解读人",
        }
    }

    /// What its running text is called: all that was said stands in it where it is heard or seen, or was said in
    /// public.
    pub const fn text_name(self) -> &'static str {
        match self {
            Self::Audio | Self::Video => "文字稿",
            Self::PressConference => "文字实录",
            _ => "正文",
        }
    }

    /// Whether it is heard or seen, so that everything said stands beside it as text.
    pub const fn is_heard(self) -> bool {
        matches!(self, Self::Audio | Self::Video)
    }
}
