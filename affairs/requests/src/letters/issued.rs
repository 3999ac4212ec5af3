//! 已发文书: the typed contents of a letter that was issued, read from the facts kept with it.

use law::{CalendarGap, Date, WorkCalendar, WorkingDays};
use requests_rules::{
    AnswerType, CORRECTION_PERIOD, Consulted, Fact, FeeMethod, Letter as Kind,
    RectificationOutcome, THIRD_PARTY_PERIOD, answer_type,
};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value as Json;

use super::answer::AnswerContents;
use super::compose::CaseFacts;
use super::contents::Contents;
use crate::store::{Case, Filing, IssuedLetter};

impl CaseFacts {
    /// What letters need of a request; the applicant's name is not known to the register.
    pub fn of(filing: &Filing) -> Self {
        let wanted = &filing.wanted;
        let parts = [&wanted.title, &wanted.number, &wanted.description];
        let parts: Vec<&str> = parts.into_iter().flatten().map(|part| part.trim()).collect();
        Self {
            number: filing.number.clone(),
            applicant: String::new(),
            class: filing.class,
            received: filing.received_on.unwrap_or(filing.arrival.submitted),
            wanted: parts.join("；"),
        }
    }
}
