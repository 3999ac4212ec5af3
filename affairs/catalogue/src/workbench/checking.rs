//! What the check says of a catalogue, as the workbench shows it.

use std::collections::HashMap;

use askama::{Template, filters::HtmlSafe};
use catalogue_rules::lint::{Finding, Weight, check_within};
use catalogue_rules::{Item, ReadCatalogue};
use web::components::{Tag, Tone};
use web::icons::{self, Icon};
use web::{Fault, Visit};

use crate::checking::Around;

/// The check of what is being worked on, in a clerk's surroundings.
pub struct Check(Around);

impl Check {
    /// With what is known today around the catalogues of a division.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of(visit: &Visit, division: &str) -> Result<Self, Fault> {
        let day = visit.house.ledger().clock().today();
        Ok(Self(Around::of(visit.house.store(), division, day).await?))
    }

    /// Everything to be said about these items; `above` are those of the catalogue above.
    pub fn findings(&self, items: Vec<Item>, domain: &str, above: Option<&[Item]>) -> Vec<Finding> {
        let domain = Some(domain.to_owned());
        let catalogue = ReadCatalogue { items, domain, ..ReadCatalogue::default() };
        check_within(&catalogue, &self.0.surroundings(above))
    }
}

/// How many findings there are of each weight; prints as marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// 错误.
    pub errors: usize,
    /// 提醒.
    pub warnings: usize,
    /// 提示.
    pub hints: usize,
}

impl Counts {
    /// Counts findings.
    pub fn of<'a>(findings: impl IntoIterator<Item = &'a Finding>) -> Self {
        let mut counts = Self::default();
        for finding in findings {
            match finding.weight {
                Weight::Error => counts.errors += 1,
                Weight::Warning => counts.warnings += 1,
                Weight::Hint => counts.hints += 1,
            }
        }
        counts
    }

    /// Each number as a mark; one that says that nothing was found.
    pub fn tags(self) -> Vec<Tag> {
        let some = [
            (self.errors, Weight::Error),
            (self.warnings, Weight::Warning),
            (self.hints, Weight::Hint),
        ];
        let tags: Vec<Tag> = some
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, weight)| {
                let (tone, icon) = looks(weight);
                Tag::marked(tone, icon, format!("{count} {}", weight.word()))
            })
            .collect();
        if tags.is_empty() { vec![Tag::good("没有发现问题")] } else { tags }
    }
}

/// How a finding looks. Nothing of a draft is against a rule before it is released, so the gravest is
/// what still has to be done.
fn looks(weight: Weight) -> (Tone, Icon) {
    match weight {
        Weight::Error => (Tone::Warn, icons::PEN),
        Weight::Warning => (Tone::Info, icons::ALERT),
        Weight::Hint => (Tone::Plain, icons::INFO),
    }
}

/// One finding as the workbench shows it.
#[derive(Debug, Clone)]
pub struct Said {
    /// Its class in the style sheet.
    pub class: &'static str,
    /// Its icon.
    pub icon: Icon,
    /// 错误, 提醒 or 提示.
    pub word: &'static str,
    /// The column it is about, without 公开 in front.
    pub column: &'static str,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub remedy: String,
    /// What it rests on.
    pub basis: String,
}

impl Said {
    /// A finding as it is shown beside its item.
    pub fn of(finding: &Finding) -> Self {
        let (tone, icon) = looks(finding.weight);
        Self {
            class: tone.class(),
            icon,
            word: finding.weight.word(),
            column: finding.column.strip_prefix("公开").unwrap_or(finding.column),
            message: finding.message.clone(),
            remedy: finding.remedy.clone(),
            basis: finding.basis.to_string(),
        }
    }
}

/// Findings one under the other; print as HTML.
#[derive(Debug, Clone, Template)]
#[template(path = "workbench/findings.html")]
pub struct Findings(pub Vec<Said>);

impl HtmlSafe for Findings {}

/// How many columns are named in one line.
const NAMED: usize = 3;

impl Findings {
    /// How many there are of each weight, the gravest first.
    pub fn tags(&self) -> Vec<Tag> {
        let count = |word: &str| self.0.iter().filter(|said| said.word == word).count();
        let of = |weight: Weight| count(weight.word());
        let counts = Counts {
            errors: of(Weight::Error),
            warnings: of(Weight::Warning),
            hints: of(Weight::Hint),
        };
        counts.tags()
    }

    /// The columns the gravest are about, in a few words.
    pub fn columns(&self) -> String {
        let words = [Weight::Error, Weight::Warning, Weight::Hint].map(Weight::word);
        let gravest = words.into_iter().find(|word| self.0.iter().any(|said| said.word == *word));
        let mut columns: Vec<&str> = Vec::new();
        for said in self.0.iter().filter(|said| Some(said.word) == gravest) {
            if !said.column.is_empty() && !columns.contains(&said.column) {
                columns.push(said.column);
            }
        }
        let more = if columns.len() > NAMED { "等" } else { "" };
        columns.truncate(NAMED);
        format!("{}{more}", columns.join("、"))
    }
}

/// The findings about each item, by its place from 0, and those about the whole.
pub fn by_item(findings: &[Finding]) -> (HashMap<usize, Vec<Said>>, Vec<Said>) {
    let (mut items, mut whole) = (HashMap::<usize, Vec<Said>>::new(), Vec::new());
    for finding in findings {
        match finding.item.and_then(|at| at.checked_sub(1)) {
            Some(at) => items.entry(at).or_default().push(Said::of(finding)),
            None => whole.push(Said::of(finding)),
        }
    }
    (items, whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_with_a_row_fits_on_one_line() {
        let item = Item { level1: Some("养老服务".into()), ..Item::default() };
        let check = Check(Around { day: law::day(2026, 11, 25), organs: vec![] });
        let found = check.findings(vec![item], "养老服务", None);
        let (mut by_item, _) = by_item(&found);
        let findings = Findings(by_item.remove(&0).expect("much is missing"));
        let line = findings.columns();
        assert!(line.ends_with('等') && line.matches('、').count() == 2, "{line}");
        assert!(findings.0.len() > 3 && findings.tags().len() <= 3);
        assert_eq!(Findings(vec![]).columns(), "");
    }
}
