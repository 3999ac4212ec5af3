//! The fields of one standard, as the register has them or as they were filled in.

use askama::{Template, filters::HtmlSafe};
use catalogue_rules::standard::{StandardLine, StandardRank, standard_code};
use law::Date;
use web::Fault;
use web::components::FieldError;
use web::workbench::Submitted;

use crate::acts::registration::print_of;
use crate::acts::standard::StandardError;
use crate::store::standards::Standard;

/// Where the page shows what the register says now.
pub(super) const NOW: &str = "xianzai";

/// What stands in each field; prints as the fields.
#[derive(Default, Template)]
#[template(path = "workbench/standard_form.html")]
pub(super) struct StandardForm {
    /// 标准号; fixed once it is registered.
    code: String,
    title: String,
    rank: String,
    issuer: String,
    from: String,
    last: String,
    successor: String,
    note: String,
    /// It is registered: its code stays, and its last day can be written.
    known: bool,
    /// The fingerprint of what the register said when it was opened.
    pub(super) seen: String,
    /// What is wrong, each with its field.
    pub(super) errors: Vec<FieldError>,
}

impl HtmlSafe for StandardForm {}

fn or_empty(text: Option<&impl ToString>) -> String {
    text.map(ToString::to_string).unwrap_or_default()
}

impl StandardForm {
    /// An empty form for a standard that is called `code` elsewhere, perhaps.
    pub(super) fn blank(code: &str) -> Self {
        Self { code: code.into(), ..Self::default() }
    }

    /// A standard as the register has it.
    pub(super) fn showing(standard: &Standard) -> Self {
        Self {
            code: standard.code.clone(),
            title: standard.title.clone(),
            rank: standard.rank.name().into(),
            issuer: standard.issuer.clone().unwrap_or_default(),
            from: or_empty(standard.valid_from.as_ref()),
            last: or_empty(standard.valid_to.as_ref()),
            successor: standard.successor.clone().unwrap_or_default(),
            note: standard.note.clone().unwrap_or_default(),
            known: true,
            seen: print_of(standard),
            errors: vec![],
        }
    }

    /// What was filled in; of the standard `known` where it is registered.
    pub(super) fn filled(form: &Submitted, known: Option<&str>) -> Self {
        let words = |name: &str| form.get(name).trim().to_owned();
        Self {
            code: known.map_or_else(|| words("hao"), str::to_owned),
            title: words("mingcheng"),
            rank: words("jibie"),
            issuer: words("jigou"),
            from: words("shishi"),
            last: words("zuihou"),
            successor: words("daiti"),
            note: words("beizhu"),
            known: known.is_some(),
            seen: form.get("kan").into(),
            errors: vec![],
        }
    }

    /// It as a line for the register; nothing where a field cannot be read, and each of these says why.
    pub(super) fn line(&mut self) -> Option<StandardLine> {
        let code = self.code_in("hao", &self.code.clone());
        let successor = match self.successor.clone() {
            text if text.is_empty() => Some(None),
            text => self.code_in("daiti", &text).map(Some),
        };
        let valid_from = self.day_in("shishi", &self.from.clone());
        let valid_to = self.day_in("zuihou", &self.last.clone());
        let (code, successor) = (code?, successor?);
        let optional = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
        Some(StandardLine {
            row: 0,
            title: self.title.clone(),
            rank: StandardRank::named(&self.rank).unwrap_or_else(|| StandardRank::of_code(&code)),
            issuer: optional(&self.issuer),
            valid_from: valid_from?,
            valid_to: valid_to?,
            successor,
            note: optional(&self.note),
            code,
        })
    }

    fn code_in(&mut self, field: &str, text: &str) -> Option<String> {
        let code = standard_code(text);
        if code.is_none() {
            self.refuse(field, "写成 GB/T 9704-2012 的样子，带年份");
        }
        code
    }

    fn day_in(&mut self, field: &str, text: &str) -> Option<Option<Date>> {
        if text.is_empty() {
            return Some(None);
        }
        let day = text.parse().ok();
        if day.is_none() {
            self.refuse(field, "日期请写成 2020-01-31 的样子");
        }
        day.map(Some)
    }

    /// Says what is wrong with a field.
    fn refuse(&mut self, field: &str, message: impl Into<String>) {
        self.errors.push(FieldError { field: field.into(), message: message.into() });
    }

    /// Takes a refusal of the act to the field that it is about.
    ///
    /// # Errors
    /// It is about none of them: the clerk may not, or something failed.
    pub(super) fn refused(&mut self, error: StandardError) -> Result<(), Fault> {
        let field = match &error {
            StandardError::Known(_) | StandardError::NoCode(_) => "hao",
            StandardError::Overwritten => NOW,
            StandardError::NoTitle | StandardError::TooWordy(_) => "mingcheng",
            StandardError::Implausible(_) | StandardError::TooEarly { .. } if self.known => {
                "zuihou"
            }
            StandardError::Implausible(_) | StandardError::TooEarly { .. } => "shishi",
            StandardError::NoLastDay => "zuihou",
            StandardError::Itself(_) => "daiti",
            StandardError::NotKeeper(_) | StandardError::Others(..) => {
                return Err(Fault::Forbidden(format!("{error}。{}。", error.remedy())));
            }
            StandardError::Unknown(_) | StandardError::NoOrgan(_) => {
                return Err(Fault::NotFound);
            }
            StandardError::Desk(_) | StandardError::Store(_) => {
                return Err(Fault::inside(error));
            }
        };
        self.refuse(field, format!("{error}。{}。", error.remedy()));
        Ok(())
    }

    /// Somebody else has changed the standard since it was opened.
    pub(super) fn overtaken(&self) -> bool {
        self.wrong(NOW).is_some()
    }

    fn wrong(&self, field: &str) -> Option<&str> {
        let found = self.errors.iter().find(|error| error.field == field);
        found.map(|error| error.message.as_str())
    }

    fn ranks(&self) -> impl Iterator<Item = (&'static str, bool)> {
        let name = |rank: StandardRank| (rank.name(), rank.name() == self.rank);
        StandardRank::ALL.into_iter().map(name)
    }
}

#[cfg(test)]
mod tests {
    use law::day;

    use super::*;

    fn filled(pairs: &[(&str, &str)]) -> StandardForm {
        StandardForm::filled(&Submitted::of(pairs), None)
    }

    #[test]
    fn what_is_filled_in_becomes_a_line_with_its_code_in_the_usual_form() {
        let mut form = filled(&[
            ("hao", "gb/t9704—2012"),
            ("mingcheng", " 党政机关公文格式 "),
            ("shishi", "2012-07-01"),
        ]);
        let line = form.line().expect("reads");
        assert_eq!(
            (line.code.as_str(), line.title.as_str()),
            ("GB/T 9704-2012", "党政机关公文格式")
        );
        assert_eq!((line.rank, line.valid_from), (StandardRank::National, Some(day(2012, 7, 1))));
        assert_eq!((line.valid_to, line.successor, line.note), (None, None, None));
    }

    #[test]
    fn each_field_that_cannot_be_read_says_so_at_its_place() {
        let mut form = filled(&[
            ("hao", "公文格式"),
            ("shishi", "去年"),
            ("zuihou", "2020-02-30"),
            ("daiti", "新的"),
        ]);
        assert!(form.line().is_none());
        let fields: Vec<_> = form.errors.iter().map(|error| error.field.as_str()).collect();
        assert_eq!(fields, ["hao", "daiti", "shishi", "zuihou"]);
    }
}
