//! What an interpretation says, set as everybody and whoever reviews it sees it.

use askama::{Template, filters::HtmlSafe};
use interpretation_rules::{Body, DiagramBlock, Difference, Form, TextBlock};

use crate::store::Interpretation;

/// The content of one interpretation; prints as HTML.
#[derive(Debug, Clone, Template)]
#[template(path = "portal/shown.html")]
pub(crate) struct Shown {
    lead: String,
    speaker: String,
    /// What whoever speaks is called.
    speaker_name: &'static str,
    /// When and where a press conference was held; empty where it is none.
    held: String,
    /// Where it is heard or seen.
    player: Option<Player>,
    /// What stands above the running text; empty where nothing does.
    text_name: &'static str,
    blocks: Vec<TextBlock>,
    turns: Vec<Answered>,
    sections: Vec<DiagramBlock>,
    differences: Vec<Difference>,
    /// Where the document stands whose place the policy takes.
    former: Option<String>,
    /// The level of its headings.
    level: u8,
}

/// One question with its answer in paragraphs.
#[derive(Debug, Clone)]
struct Answered {
    question: String,
    answer: Vec<TextBlock>,
    place: String,
}

impl HtmlSafe for Shown {}

/// What plays a file in the page, without script: the browser's own, with captions under a film and the file to take
/// home.
#[derive(Debug, Clone)]
pub(crate) struct Player {
    video: bool,
    title: String,
    /// Where the file is.
    src: String,
    /// Its media type.
    kind: &'static str,
    /// What it is, how large and how long.
    told: String,
    /// Under which name it is saved.
    saved: String,
    /// Where the captions are.
    captions: Option<String>,
}

impl Player {
    /// Of an interpretation that has a file; `at` says the full address of each of its files.
    pub(crate) fn of(one: &Interpretation, at: impl Fn(&str) -> String) -> Option<Self> {
        let medium = one.body.medium.as_ref()?;
        let captions = one.body.captions.as_ref().filter(|_| medium.kind.is_video());
        Some(Self {
            video: medium.kind.is_video(),
            title: one.title.clone(),
            src: at(&medium.file()),
            kind: medium.kind.media_type(),
            told: medium.told(),
            saved: format!("{}.{}", one.title, medium.kind.ending()),
            captions: captions.map(|_| at(CAPTIONS)),
        })
    }
}

/// The name under which captions are given out.
pub(crate) const CAPTIONS: &str = "zimu.vtt";

impl Shown {
    /// A body in its form; `former` is the full address of the document whose place the policy takes.
    pub(crate) fn of((form, body): (Form, &Body), former: Option<String>, level: u8) -> Self {
        let answered = |turn: &interpretation_rules::Turn| Answered {
            question: turn.question.clone(),
            answer: TextBlock::read(&turn.answer),
            place: turn.place.clone(),
        };
        let (questions, diagram) = (form == Form::Questions, form == Form::Diagram);
        Self {
            lead: body.lead.clone(),
            speaker: body.speaker.clone(),
            speaker_name: form.speaker_name(),
            held: body.conference.told(),
            player: None,
            text_name: match form {
                Form::Audio | Form::Video | Form::PressConference if !body.text.is_empty() => {
                    form.text_name()
                }
                _ => "",
            },
            blocks: TextBlock::read(&body.text),
            turns: body.turns.iter().filter(|_| questions).map(answered).collect(),
            sections: body.sections.iter().filter(|_| diagram).cloned().collect(),
            differences: body.differences.clone(),
            former,
            level,
        }
    }

    /// The same with what plays its file.
    pub(crate) fn playing(self, player: Option<Player>) -> Self {
        Self { player, ..self }
    }
}
