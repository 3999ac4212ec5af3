//! What stands at the beginning of a review.

use crate::{Demand, Signatory};

/// What is submitted, and by whom.
#[derive(Debug, Clone)]
pub struct Submitted<'a> {
    /// Kind and key of each piece.
    pub pieces: &'a [(&'a str, &'a str)],
    /// What the submitter says to the reviewers.
    pub note: Option<&'a str>,
    /// Steps added to the usual ones, beside those the organ adds always.
    pub added: Vec<Demand>,
    /// The room says that the submitter's organ writes what another organ publishes; that one reviews it.
    pub for_another: bool,
    /// Who submits it.
    pub by: &'a Signatory,
}
