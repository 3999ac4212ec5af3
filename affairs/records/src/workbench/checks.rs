//! 送审前检查: what stands in the way of handing a draft in, and what is to be looked at.

use records_rules::{Fault as Fact, Field, Weight};
use web::components::Tone;
use web::icons::{self, Icon};
use web::{Fault, Visit};

use super::form::id_of;
use crate::acts::checks::remarks;
use crate::acts::{ActError, examine};
use crate::store::Draft;

/// One thing the check says.
pub(super) struct Said {
    pub tone: Tone,
    pub icon: Icon,
    pub words: String,
    pub remedy: String,
    /// The field it concerns.
    pub href: String,
}

/// Everything the check says, what stands in the way first.
pub(super) struct Checks {
    pub list: Vec<Said>,
}

impl Checks {
    /// Checks a draft as it stands.
    ///
    /// # Errors
    /// The database refuses.
    pub(super) async fn of(visit: &Visit, draft: &Draft) -> Result<Self, Fault> {
        let today = visit.house.ledger().clock().today();
        let mut facts = particulars(visit, draft).await?;
        facts.extend(remarks(visit.house.store(), draft, today).await?);
        facts.sort_by_key(|fact| std::cmp::Reverse(fact.weight));
        Ok(Self { list: facts.into_iter().map(Said::of).collect() })
    }

    /// Whether something personal was found.
    pub(super) fn personal(&self) -> bool {
        self.list.iter().any(|said| said.words.contains("疑似") || said.words.contains("人员名单"))
    }

    /// How many stand in the way.
    pub(super) fn errors(&self) -> usize {
        self.list.iter().filter(|said| said.tone == Tone::Over).count()
    }
}

impl Said {
    fn of(fact: Fact) -> Self {
        let stands = fact.weight == Weight::Error;
        Self {
            tone: if stands { Tone::Over } else { Tone::Warn },
            icon: icons::ALERT,
            words: fact.message,
            remedy: fact.remedy,
            href: format!("#{}", id_of(fact.field)),
        }
    }

    /// The class that colours it.
    pub(super) fn class(&self) -> &'static str {
        self.tone.class()
    }
}

/// What is wrong with the particulars, the reach and the items, as at publication.
async fn particulars(visit: &Visit, draft: &Draft) -> Result<Vec<Fact>, Fault> {
    let ledger = visit.house.ledger();
    let today = ledger.clock().today();
    if !draft.attribute.is_public() {
        return Ok(Vec::new());
    }
    let given = match draft.submission(today) {
        Ok(given) => given,
        Err(ActError::Faults(faults)) => return Ok(faults.into_iter().map(of_form).collect()),
        Err(other) => return Err(other.into_fault()),
    };
    let calendar = ledger.calendar();
    let found =
        examine(visit.house.store(), std::slice::from_ref(&given), today, &calendar).await?;
    let facts = found.into_iter().map(|(_, fault)| of_form(fault));
    let own = |fact: &Fact| {
        draft.corrects.is_some() && matches!(fact.field, Field::Number | Field::Title)
    };
    Ok(facts.filter(|fact| !(own(fact) && fact.message.contains("已经"))).collect())
}

/// Remedies speak of lines of a file; on the page there are fields.
fn of_form(fact: Fact) -> Fact {
    let remedy = match fact.remedy.strip_prefix("在开头的各项中加一行") {
        Some(_) => format!("填写“{}”", fact.field),
        None => fact
            .remedy
            .replace("加一行“公开理由：……”", "写出公开理由")
            .replace("删去这一行", "留空"),
    };
    Fact { line: None, remedy, ..fact }
}
