//! The questions of a questionnaire as fields of a form, in one page: those that are asked of some say of whom, and the
//! server decides. The workbench shows the same as a preview.

use askama::{Template, filters::HtmlSafe};
use participation_rules::{Question, QuestionKind, Questions};
use web::components::FieldError;
use web::workbench::Submitted;

/// The fields; print as HTML.
#[derive(Debug, Clone, Default, Template)]
#[template(path = "portal/questionnaires/fields.html")]
pub(crate) struct QuestionFields {
    items: Vec<Item>,
}

impl HtmlSafe for QuestionFields {}

#[derive(Debug, Clone, Default)]
struct Item {
    name: String,
    number: u32,
    text: String,
    /// How it is answered, and whether it may stay empty.
    note: String,
    /// Of whom it is asked, and what to think of.
    hints: Vec<String>,
    /// `radio`, `checkbox`, `line` or `lines`.
    kind: &'static str,
    options: Vec<Offered>,
    value: String,
    error: Option<String>,
}

#[derive(Debug, Clone, Default)]
struct Offered {
    id: String,
    value: String,
    words: String,
    checked: bool,
}

/// The field of a question.
pub(super) fn name_of(number: u32) -> String {
    format!("t{number}")
}

impl QuestionFields {
    /// The fields of these questions with what was sent and what is wrong with it.
    pub(crate) fn of(questions: &Questions, form: &Submitted, errors: &[FieldError]) -> Self {
        let item = |(number, question)| item((questions, number, question), form, errors);
        Self { items: questions.numbered().map(item).collect() }
    }
}

fn item(
    (questions, number, question): (&Questions, u32, &Question),
    form: &Submitted,
    errors: &[FieldError],
) -> Item {
    let name = name_of(number);
    let kind = match question.kind {
        QuestionKind::Single(_) | QuestionKind::Scale { .. } => "radio",
        QuestionKind::Several { .. } => "checkbox",
        QuestionKind::Short => "line",
        QuestionKind::Long => "lines",
    };
    let hints = [questions.asked_when(question), question.hint.clone()];
    let error = errors.iter().find(|one| one.field == name);
    Item {
        number,
        text: question.text.clone(),
        note: note(question),
        hints: hints.into_iter().filter(|hint| !hint.is_empty()).collect(),
        kind,
        options: offered(question, &name, form),
        value: form.get(&name).to_owned(),
        error: error.map(|one| one.message.clone()),
        name,
    }
}

fn note(question: &Question) -> String {
    let manner = match question.kind {
        QuestionKind::Several { .. } | QuestionKind::Scale { .. } => question.manner(),
        _ => String::new(),
    };
    let optional = if question.required { "" } else { "可不答" };
    let parts = [manner.as_str(), optional].into_iter().filter(|part| !part.is_empty());
    match parts.collect::<Vec<_>>().join("，").as_str() {
        "" => String::new(),
        note => format!("（{note}）"),
    }
}

fn offered(question: &Question, name: &str, form: &Submitted) -> Vec<Offered> {
    let sent: Vec<&str> = form.all(name).collect();
    let options = question.options();
    let offer = |(place, words): (usize, String)| {
        let value = question.sent(place);
        let words = match (&question.kind, place) {
            (QuestionKind::Scale { low, .. }, 0) if !low.is_empty() => format!("{words} {low}"),
            (QuestionKind::Scale { high, .. }, 4) if !high.is_empty() => format!("{words} {high}"),
            _ => words,
        };
        let checked = sent.contains(&value.as_str());
        (value, words, checked)
    };
    let mut all: Vec<(String, String, bool)> = options.into_iter().enumerate().map(offer).collect();
    // What was chosen by mistake can be taken back without script.
    let one = matches!(question.kind, QuestionKind::Single(_) | QuestionKind::Scale { .. });
    if one && !question.required {
        all.push((String::new(), "不答这一题".into(), false));
    }
    let with_id = |(at, (value, words, checked)): (usize, (String, String, bool))| Offered {
        // The first has the field's name as its id, so that the error summary leads there.
        id: if at == 0 { name.to_owned() } else { format!("{name}-{}", at + 1) },
        value,
        words,
        checked,
    };
    all.into_iter().enumerate().map(with_id).collect()
}
