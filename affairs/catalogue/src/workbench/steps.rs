//! 起草、征求意见、审核、发布: the way of a draft, with where it stands.

use askama::{Template, filters::HtmlSafe};
use catalogue_rules::DraftStage;

/// The steps; print as HTML.
#[derive(Template)]
#[template(path = "workbench/steps.html")]
pub struct Steps(Vec<Step>);

struct Step {
    words: String,
    done: bool,
    current: bool,
}

impl HtmlSafe for Steps {}

impl Steps {
    /// The way of a draft that has come so far.
    pub fn at(stage: DraftStage) -> Self {
        let at = match stage {
            DraftStage::Drafting => 0,
            DraftStage::Consultation { .. } => 1,
            DraftStage::Review => 2,
        };
        let asked = match stage {
            DraftStage::Consultation { until } => format!("征求意见（至 {until}）"),
            _ => "征求意见".into(),
        };
        let words = ["起草".into(), asked, "审核".into(), "发布".into()];
        let step = |(place, words)| Step { words, done: place < at, current: place == at };
        Self(words.into_iter().enumerate().map(step).collect())
    }
}
