//! A draft as whoever signs it sees it: its hash, and what it makes when it is published.

use records_rules::{Field, Head, Manuscript, Weight};
use sha2::{Digest, Sha256};

use crate::acts::{ActError, Submission};
use crate::store::{Content, Draft};

/// The SHA-256 of exactly what is signed, lower-case hexadecimal: particulars, attribute, reach, text,
/// the name and digest of each attachment, and what it corrects and why.
pub fn content_hash(draft: &Draft) -> String {
    let mut canonical = canonical(&draft.attribute, &draft.content);
    for (name, value) in
        [("更正", draft.corrects.as_deref()), ("更正理由", Some(draft.reason.as_str()))]
    {
        let value = value.unwrap_or_default();
        canonical.push_str(&format!("{name} {}\n{value}\n", value.len()));
    }
    Sha256::digest(canonical).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn canonical(attribute: &records_rules::Attribute, content: &Content) -> String {
    let files: Vec<_> =
        content.files.iter().map(|file| (file.name.as_str(), file.sha256.as_str())).collect();
    whole_head(attribute, &content.head).canonical(&content.body, &files)
}

/// The particulars with the attribute as it was decided.
pub(crate) fn whole_head(attribute: &records_rules::Attribute, head: &Head) -> Head {
    let review_on = attribute.review_on().map(|day| day.to_string());
    head.with(Field::Openness, [attribute.openness().to_string()])
        .with(Field::OpennessGround, attribute.ground().map(str::to_owned))
        .with(Field::ReviewOn, review_on)
}

impl Draft {
    /// What it makes when it is published, with what was found for the items it names.
    ///
    /// # Errors
    /// Its particulars or its text have faults; all of them.
    pub fn submission(&self, today: law::Date) -> Result<Submission, ActError> {
        let text = whole_head(&self.attribute, &self.content.head).manuscript(&self.content.body);
        let manuscript = Manuscript::read(&text, today).map_err(unplaced)?;
        Ok(Submission::drafted(manuscript, self.content.items.clone(), self.content.files.clone()))
    }
}

/// Faults of a draft have no lines: there is no file.
fn unplaced(faults: Vec<records_rules::Fault>) -> ActError {
    let faults = faults.into_iter().filter(|fault| fault.weight == Weight::Error);
    ActError::Faults(faults.map(|fault| records_rules::Fault { line: None, ..fault }).collect())
}
