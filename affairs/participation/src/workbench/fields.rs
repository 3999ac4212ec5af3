//! The fields of a notice, as the form shows and reads them.

use askama::{Template, filters::HtmlSafe};
use law::Date;
use participation_rules::{Period, Way};
use web::components::FieldError;
use web::workbench::Submitted;

use crate::store::Said;

/// The fields; print as HTML.
#[derive(Debug, Clone, Default, Template)]
#[template(path = "workbench/fields.html")]
pub(super) struct Fields {
    said: Said,
    days: String,
    ways: Vec<(Way, bool)>,
    errors: Vec<FieldError>,
}

impl HtmlSafe for Fields {}

impl Fields {
    /// Fields that show this.
    pub(super) fn of(said: &Said) -> Self {
        Self {
            days: if said.days == 0 { String::new() } else { said.days.to_string() },
            ways: Way::ALL.map(|way| (way, said.ways.contains(&way))).to_vec(),
            said: said.clone(),
            errors: vec![],
        }
    }

    /// With what is wrong.
    pub(super) fn with(self, errors: Vec<FieldError>) -> Self {
        Self { errors, ..self }
    }

    /// With the number of days as it was typed.
    pub(super) fn typed(self, form: &Submitted) -> Self {
        Self { days: form.get("tianshu").to_owned(), ..self }
    }

    fn error(&self, field: &str) -> Option<&str> {
        self.errors.iter().find(|one| one.field == field).map(|one| one.message.as_str())
    }
}

/// How many days are typed: none while the field is empty; what is no number of days is more than anybody may ask.
fn days_of(typed: &str) -> u32 {
    match typed.trim() {
        "" => 0,
        typed => typed.parse().ok().filter(|days| *days > 0).unwrap_or(u32::MAX),
    }
}

/// What a form says.
pub(super) fn read(form: &Submitted) -> Said {
    let text = |name: &str| form.get(name).to_owned();
    Said {
        title: text("biaoti"),
        explanation: text("shuoming"),
        draft: text("caoan"),
        days: days_of(form.get("tianshu")),
        short_reason: text("duanliyou"),
        ways: Way::ALL
            .into_iter()
            .filter(|way| form.all("fangshi").any(|one| one == way.word()))
            .collect(),
        post: text("dizhi"),
        telephone: text("dianhua"),
        mail: text("youxiang"),
    }
}

/// What the page says of the time as it stands, on a day.
pub(super) fn time_words(said: &Said, today: Date) -> String {
    match Period::of(said.days, today) {
        Ok(period) if period.is_short() => {
            format!("{} 日，少于三十日（{}），要另外批准", period.days(), period.least().basis)
        }
        Ok(period) => format!(
            "{} 日，从公布的次日起算；今天公布的，{} 截止",
            period.days(),
            period.ends_on(today)
        ),
        Err(no) => no.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::days_of;

    #[test]
    fn a_slip_in_the_number_of_days_is_no_number_and_an_empty_field_is_left_open() {
        for (typed, days) in [
            ("30", 30),
            (" 7 ", 7),
            ("", 0),
            ("  ", 0),
            ("0", u32::MAX),
            ("-1", u32::MAX),
            ("三十", u32::MAX),
            ("30天", u32::MAX),
        ] {
            assert_eq!(days_of(typed), days, "{typed}");
        }
    }
}
