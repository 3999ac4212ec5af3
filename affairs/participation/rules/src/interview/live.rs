//! 实时文字: what was entered by one and released by another, put together as everybody reads it now. A mistake is never
//! taken out silently: a correction leaves what stood before beside it, and what is struck leaves its place and the reason.

/// Who speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Voice {
    /// 主持人.
    Host,
    /// 嘉宾.
    Guest,
    /// 网友提问: a question that was picked.
    Question,
}

impl Voice {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Host, Self::Guest, Self::Question];

    /// As a column keeps it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Host => "host",
            Self::Guest => "guest",
            Self::Question => "question",
        }
    }

    /// As people read it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Host => "主持人",
            Self::Guest => "嘉宾",
            Self::Question => "网友提问",
        }
    }

    /// The voice a column keeps.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|voice| voice.word() == word)
    }
}

/// What one enters and another releases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LiveChange {
    /// 发言.
    Spoken {
        /// Who.
        voice: Voice,
        /// What he is called.
        speaker: String,
        /// What he says.
        words: String,
    },
    /// 更正: the words were not what was said, or not right.
    Corrected {
        /// As they should read.
        words: String,
        /// Why, as everybody reads it.
        reason: String,
    },
    /// 删去: the words should not stand there.
    Struck {
        /// Why, as everybody reads it.
        reason: String,
    },
}

/// What stood before a correction, and why it was corrected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// The words before.
    pub before: String,
    /// Why.
    pub reason: String,
}

/// One utterance as everybody reads it now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LiveEntry {
    /// Its number, in the order of entering.
    pub number: i64,
    /// Who speaks.
    pub voice: Voice,
    /// What he is called.
    pub speaker: String,
    /// What he says; empty of what was struck.
    pub words: String,
    /// When everybody saw it first, as it is stored.
    pub at: String,
    /// What stood there before, the oldest first.
    pub corrections: Vec<Correction>,
    /// Why it was struck.
    pub struck: Option<String>,
    /// The number of the newest change that everybody saw of it.
    pub place: i64,
}

/// The text after these changes, each with the number of its utterance, its place among all changes, and when everybody
/// saw it; in the order of their places. What is said of an utterance that is not there, or was struck, changes nothing.
pub fn live_text<'a>(
    changes: impl IntoIterator<Item = (i64, i64, &'a str, &'a LiveChange)>,
) -> Vec<LiveEntry> {
    let mut entries: Vec<LiveEntry> = Vec::new();
    for (number, place, at, change) in changes {
        let found = entries.iter().position(|entry| entry.number == number);
        match (found, change) {
            (None, LiveChange::Spoken { voice, speaker, words }) => entries.push(LiveEntry {
                number,
                voice: *voice,
                speaker: speaker.clone(),
                words: words.clone(),
                at: at.to_owned(),
                corrections: vec![],
                struck: None,
                place,
            }),
            (Some(found), change) => amended(&mut entries[found], place, change),
            (None, _) => {}
        }
    }
    entries.sort_by_key(|entry| entry.number);
    entries
}

fn amended(entry: &mut LiveEntry, place: i64, change: &LiveChange) {
    if entry.struck.is_some() {
        return;
    }
    match change {
        LiveChange::Spoken { .. } => {}
        LiveChange::Corrected { words, reason } => {
            let before = std::mem::replace(&mut entry.words, words.clone());
            entry.corrections.push(Correction { before, reason: reason.clone() });
            entry.place = place;
        }
        LiveChange::Struck { reason } => {
            // What stood there before is gone with it.
            entry.words.clear();
            entry.corrections.clear();
            entry.struck = Some(reason.clone());
            entry.place = place;
        }
    }
}

/// The text as the transcript begins: without what was struck, corrected where it was corrected.
pub fn transcript_of(entries: &[LiveEntry]) -> String {
    let spoken = entries.iter().filter(|entry| entry.struck.is_none());
    let lines = spoken.map(|entry| format!("{}：{}", entry.speaker, entry.words));
    lines.collect::<Vec<_>>().join("\n\n")
}
