//! What an interpretation says, set as everybody and whoever reviews it sees it.

use askama::{Template, filters::HtmlSafe};
use interpretation_rules::{Body, DiagramBlock, Difference, Form, TextBlock};

/// The content of one interpretation; prints as HTML.
#[derive(Debug, Clone, Template)]
#[template(path = "portal/shown.html")]
pub(crate) struct Shown {
    lead: String,
    speaker: String,
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
            blocks: TextBlock::read(&body.text),
            turns: body.turns.iter().filter(|_| questions).map(answered).collect(),
            sections: body.sections.iter().filter(|_| diagram).cloned().collect(),
            differences: body.differences.clone(),
            former,
            level,
        }
    }
}
