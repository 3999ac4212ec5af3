//! 合并与重复: what a new request is to the earlier ones (条例第三十五条、第三十六条第（六）项、第四十四条;
//! docs/readings/124).

use std::collections::BTreeSet;

use law::{Date, Dated, Provision, article, day};
use serde::Serialize;

use crate::period::REGULATION;

/// An earlier request, as far as it matters here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Earlier {
    /// Its number.
    pub number: String,
    /// Whose, by verified identity.
    pub applicant: String,
    /// What it asks for ([`crate::Wanted::essence`]).
    pub essence: String,
    /// The day of receipt.
    pub received: Date,
    /// The number of the answer, once there is one.
    pub answered: Option<String>,
    /// It was closed without an answer: withdrawn, given up, merged.
    pub dropped: bool,
}

/// What a new request is to earlier ones.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "relation", rename_all = "snake_case")]
pub enum Relation {
    /// Nothing like it.
    New,
    /// The same applicant asked the same and has been answered: 重复申请 (N2).
    Repeated {
        /// The earlier request.
        earlier: String,
        /// The number of its answer.
        answer: String,
    },
    /// The same applicant asked the same and waits: may be merged, and is closed as O3 with that said.
    Mergeable {
        /// The earlier request.
        earlier: String,
    },
    /// Others asked the same before.
    AskedByOthers {
        /// How many applicants with this one.
        applicants: usize,
    },
}

/// So many applicants who ask for the same make a proposal to publish: 第四十四条 says 多个申请人, which
/// docs/readings/124 takes to be three.
pub const SEVERAL_APPLICANTS: Dated<usize> =
    Dated::since(&[(day(2019, 5, 15), 3, article(REGULATION, 44).paragraph(1))]);

/// Beyond so many matters of one applicant in a calendar month 第三十五条 is brought to mind: as many as
/// 国办函〔2020〕109号 leaves free (docs/readings/116).
pub const REASONABLE_PER_MONTH: Dated<u64> =
    Dated::since(&[(day(2019, 5, 15), 10, article(REGULATION, 35))]);

/// What a request of an applicant for something is to the earlier ones, the latest first to count.
pub fn relation(applicant: &str, essence: &str, earlier: &[Earlier]) -> Relation {
    let mut same: Vec<&Earlier> =
        earlier.iter().filter(|one| !essence.is_empty() && one.essence == essence).collect();
    same.sort_by(|one, other| (other.received, &other.number).cmp(&(one.received, &one.number)));
    let own = same.iter().filter(|one| one.applicant == applicant);
    for one in own {
        let number = one.number.clone();
        match &one.answered {
            Some(answer) => {
                return Relation::Repeated { earlier: number, answer: answer.clone() };
            }
            None if !one.dropped => return Relation::Mergeable { earlier: number },
            // who withdrew or gave up may ask afresh (docs/readings/112)
            None => {}
        }
    }
    let others: BTreeSet<&str> = same.iter().map(|one| one.applicant.as_str()).collect();
    match others.iter().filter(|other| **other != applicant).count() {
        0 => Relation::New,
        others => Relation::AskedByOthers { applicants: others + 1 },
    }
}

impl Relation {
    /// Whether several ask for the same, so that publishing it is to be proposed.
    pub fn proposes_publication(&self, on: Date) -> bool {
        let several = SEVERAL_APPLICANTS.on(on).map_or(usize::MAX, |several| several.value);
        matches!(self, Self::AskedByOthers { applicants } if *applicants >= several)
    }

    /// The provision, where it bears on the answer.
    pub const fn basis(&self) -> Option<Provision> {
        match self {
            Self::New | Self::Mergeable { .. } => None,
            Self::Repeated { .. } => Some(article(REGULATION, 36).item(6)),
            Self::AskedByOthers { .. } => Some(article(REGULATION, 44).paragraph(1)),
        }
    }
}
