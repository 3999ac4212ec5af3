//! What the forms beside a request ask alike, and what is wrong with what was typed.

use identity::Organ;
use requests_rules::{BadNumber, Contact, IdentityProof, ResidentNumber};
use web::components::{Field, FieldError, LongField, Picker};
use web::workbench::Submitted;
use web::{Fault, Visit};

use crate::portal::step::{StepPage, error_of, wrong};
use crate::portal::{choices, frame};

/// The mark of a form, so that a double click is one matter.
const KEY: &str = "_jian";

/// The page of a form at `place`, with the mark it was given when it was first shown.
pub(super) fn page(
    visit: &Visit,
    form: &Submitted,
    (crumb, heading, place): (&str, &str, &str),
) -> Result<StepPage, Fault> {
    let key = form.words(KEY).map_or_else(fresh_key, |key| Ok(key.to_owned()))?;
    let step = StepPage::new(frame(visit, crumb), heading, visit.site.link(place));
    Ok(StepPage { hidden: vec![(KEY, key)], ..step })
}

fn fresh_key() -> Result<String, Fault> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|error| Fault::inside(error.to_string()))?;
    Ok(ledger::hex(&bytes))
}

/// The mark a form came with.
pub(super) fn key(form: &Submitted) -> Option<&str> {
    form.words(KEY)
}

/// Which organ it is for: the site's own unless another was picked.
pub(super) fn organ(
    visit: &Visit,
    form: &Submitted,
    errors: &[FieldError],
    organs: &[Organ],
    (label, hint): (&str, &str),
) -> Picker {
    Picker {
        name: "jiguan".into(),
        label: label.into(),
        hint: hint.into(),
        choices: choices(organs),
        chosen: form.words("jiguan").unwrap_or(&visit.site.organ).to_owned(),
        error: error_of(errors, "jiguan"),
    }
}

/// The organ that was picked; that none was is told at the field.
pub(super) fn picked<'a>(
    form: &Submitted,
    organs: &'a [Organ],
    errors: &mut Vec<FieldError>,
) -> Option<&'a Organ> {
    let organ = organs.iter().find(|organ| organ.code == form.get("jiguan"));
    if organ.is_none() {
        errors.push(wrong("jiguan", "选择机关"));
    }
    organ
}

/// One line.
pub(super) fn line(
    form: &Submitted,
    errors: &[FieldError],
    (name, label, hint): (&str, &str, &str),
    (optional, autocomplete): (bool, &'static str),
) -> Field {
    Field {
        name: name.into(),
        label: label.into(),
        hint: hint.into(),
        value: form.get(name).into(),
        error: error_of(errors, name),
        optional,
        autocomplete,
    }
}

/// Several lines, which must not stay empty.
pub(super) fn lines(
    form: &Submitted,
    errors: &[FieldError],
    (name, label, hint): (&str, &str, &str),
) -> LongField {
    LongField {
        name: name.into(),
        label: label.into(),
        hint: hint.into(),
        value: form.get(name).into(),
        error: error_of(errors, name),
        optional: false,
    }
}

/// What stands in a field.
pub(super) fn said(form: &Submitted, name: &str) -> String {
    form.get(name).trim().to_owned()
}

/// The contact of a form.
pub(super) fn contact(form: &Submitted) -> Contact {
    let said = |name: &str| form.words(name).map(str::to_owned);
    Contact { telephone: said("dianhua"), address: said("dizhi"), email: said("youxiang") }
}

/// The proof of a person by his number; one of another kind of document is taken as it is.
pub(super) fn person_proof(form: &Submitted) -> Result<Option<IdentityProof>, BadNumber> {
    let Some(number) = form.words("haoma") else { return Ok(None) };
    match form.get("zhengjian") {
        "other" => Ok(Some(IdentityProof::Other(number.to_owned()))),
        _ => Ok(Some(IdentityProof::ResidentCard(ResidentNumber::read(number)?))),
    }
}

/// What is wrong with texts that must be there or must not be too long.
pub(super) fn text_faults(
    form: &Submitted,
    fields: &[(&str, Option<&str>, usize)],
) -> Vec<FieldError> {
    let mut faults = Vec::new();
    for (name, missing, longest) in fields {
        let letters = form.get(name).trim().chars().count();
        if letters > *longest {
            faults.push(wrong(name, format!("太长，请不超过{longest}字")));
        } else if let (0, Some(words)) = (letters, missing) {
            faults.push(wrong(name, *words));
        }
    }
    faults
}
