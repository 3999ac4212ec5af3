//! A page that asks one thing: heading, what to know, fields, one button.

use askama::{Template, filters::HtmlSafe};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use web::Fault;
use web::components::{ErrorSummary, FieldError};
use web::layout::{Frame, Link};

use super::fresh;

/// A finished piece of a form.
pub(super) struct Piece(String);

impl Piece {
    /// A component.
    pub(super) fn of(component: impl HtmlSafe + ToString) -> Self {
        Self(component.to_string())
    }
}

/// The four stages of an application.
pub(super) const STAGES: [&str; 4] = ["先查一查", "申请人", "要什么信息", "核对并提交"];

/// A page that asks one thing.
#[derive(Template)]
#[template(path = "portal/step.html")]
pub(super) struct StepPage {
    pub frame: Frame,
    /// The stage of an application it belongs to, from 1; 0 for none.
    pub stage: usize,
    pub errors: ErrorSummary,
    pub heading: String,
    /// What to know before, one paragraph each.
    pub lead: Vec<String>,
    /// Full path the form is sent to.
    pub action: String,
    pub hidden: Vec<(&'static str, String)>,
    pub pieces: Vec<Piece>,
    /// Files can be sent with it.
    pub files: bool,
    /// The words of the button.
    pub next: &'static str,
    /// What was filled in can be kept for another day.
    pub saves: bool,
    /// Other ways on.
    pub ways: Vec<Link>,
    /// What to know after, one paragraph each.
    pub foot: Vec<String>,
}

impl StepPage {
    /// A page with a heading, sent to an address below the site.
    pub(super) fn new(frame: Frame, heading: &str, action: String) -> Self {
        Self {
            frame: frame.titled(heading),
            stage: 0,
            errors: ErrorSummary::default(),
            heading: heading.to_owned(),
            lead: vec![],
            action,
            hidden: vec![],
            pieces: vec![],
            files: false,
            next: "下一步",
            saves: false,
            ways: vec![],
            foot: vec![],
        }
    }

    pub(super) fn telling(mut self, words: impl Into<String>) -> Self {
        self.lead.push(words.into());
        self
    }

    pub(super) fn ending(mut self, words: impl Into<String>) -> Self {
        self.foot.push(words.into());
        self
    }

    pub(super) fn asking(mut self, component: impl HtmlSafe + ToString) -> Self {
        self.pieces.push(Piece::of(component));
        self
    }

    pub(super) fn way(mut self, words: &str, href: String) -> Self {
        self.ways.push(Link::new(words, href));
        self
    }

    /// With what is wrong at the top.
    pub(super) fn wrong(mut self, errors: Vec<FieldError>) -> Self {
        self.frame.has_errors = !errors.is_empty();
        self.errors = ErrorSummary(errors);
        self
    }

    fn stages(&self) -> impl Iterator<Item = (&'static str, bool, bool)> + '_ {
        let at = self.stage.saturating_sub(1);
        let words = STAGES.into_iter().enumerate();
        words.map(move |(place, words)| (words, place < at, place == at))
    }

    /// The page, not to be kept by anyone; with errors it says so in its status.
    pub(super) fn answer(&self) -> Result<Response, Fault> {
        let status = match self.errors.0.is_empty() {
            true => StatusCode::OK,
            false => StatusCode::UNPROCESSABLE_ENTITY,
        };
        Ok((status, fresh(self)?).into_response())
    }
}

/// What is wrong with a field.
pub(super) fn error_of(errors: &[FieldError], field: &str) -> Option<String> {
    errors.iter().find(|error| error.field == field).map(|error| error.message.clone())
}

/// An error at a field.
pub(super) fn wrong(field: &str, message: impl Into<String>) -> FieldError {
    FieldError { field: field.into(), message: message.into() }
}
