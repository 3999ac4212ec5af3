//! Forms: search, filters, fields, and the summary of what went wrong.

use askama::{Template, filters::HtmlSafe};

/// One choice of a select.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choice {
    /// What is sent; empty for "all".
    pub value: String,
    /// What the visitor reads.
    pub words: String,
}

/// A select of a filter form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Select {
    /// The query parameter, which is also its id.
    pub name: String,
    /// Its label.
    pub label: String,
    /// Its choices.
    pub choices: Vec<Choice>,
    /// The value chosen now.
    pub chosen: String,
}

impl Select {
    /// A select that starts with a choice for "all", which sends nothing.
    pub fn new(name: &str, label: &str, all: &str, chosen: impl Into<String>) -> Self {
        let all = Choice { value: String::new(), words: all.into() };
        Self { name: name.into(), label: label.into(), choices: vec![all], chosen: chosen.into() }
    }

    /// Adds a choice.
    pub fn choice(mut self, value: impl Into<String>, words: impl Into<String>) -> Self {
        self.choices.push(Choice { value: value.into(), words: words.into() });
        self
    }
}

/// The filters above a list: a search field, selects, and a button. A plain GET form.
#[derive(Debug, Clone, Default, PartialEq, Eq, Template)]
#[template(path = "components/filters.html")]
pub struct Filters {
    /// Full path of the list.
    pub action: String,
    /// Label of the search field; empty for none.
    pub label: String,
    /// Query parameter of the search field, which is also its id.
    pub name: String,
    /// The words searched for now.
    pub words: String,
    /// The selects.
    pub selects: Vec<Select>,
    /// Parameters to carry along: name and value.
    pub carried: Vec<(String, String)>,
}

impl HtmlSafe for Filters {}

impl Filters {
    /// What it is for, to whoever hears it: a form with one choice and no words is named by the choice, so that
    /// it is told from the filters of a list on the same page.
    fn purpose(&self) -> &str {
        match self.selects.as_slice() {
            [only] if self.label.is_empty() => &only.label,
            _ => "筛选",
        }
    }

    /// Whether anything is filtered now.
    pub fn active(&self) -> bool {
        !self.words.is_empty() || self.selects.iter().any(|select| !select.chosen.is_empty())
    }
}

/// The large search box of the home and search pages.
#[derive(Debug, Clone, Default, PartialEq, Eq, Template)]
#[template(path = "components/search_box.html")]
pub struct SearchBox {
    /// Full path of the search page.
    pub action: String,
    /// Its name for screen readers, different from other search forms on the page.
    pub name: String,
    /// What can be searched.
    pub label: String,
    /// The words searched for now.
    pub words: String,
    /// An example.
    pub example: String,
    /// What goes along with the words: names and values.
    pub besides: Vec<(&'static str, String)>,
}

impl SearchBox {
    /// Where titles are offered while one types: beside the search of the whole site.
    fn offers(&self) -> Option<String> {
        self.action.ends_with("/sousuo").then(|| format!("{}/tishi", self.action))
    }
}

impl HtmlSafe for SearchBox {}

/// One thing wrong with a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// Id of the field, to which the summary leads.
    pub field: String,
    /// What to do, not only what is wrong.
    pub message: String,
}

/// 有错误: all that is wrong with a form, at its top, each leading to its field.
#[derive(Debug, Clone, Default, PartialEq, Eq, Template)]
#[template(path = "components/error_summary.html")]
pub struct ErrorSummary(pub Vec<FieldError>);

impl HtmlSafe for ErrorSummary {}

/// One labelled text field with hint and error.
#[derive(Debug, Clone, Default, PartialEq, Eq, Template)]
#[template(path = "components/field.html")]
pub struct Field {
    /// Parameter name and id.
    pub name: String,
    /// Its label.
    pub label: String,
    /// How to fill it in.
    pub hint: String,
    /// What was typed.
    pub value: String,
    /// What is wrong with that.
    pub error: Option<String>,
    /// May stay empty.
    pub optional: bool,
    /// The `autocomplete` token, such as `name` or `tel`.
    pub autocomplete: &'static str,
}

impl HtmlSafe for Field {}

/// A labelled field for several lines, with hint and error.
#[derive(Debug, Clone, Default, PartialEq, Eq, Template)]
#[template(path = "components/long_field.html")]
pub struct LongField {
    /// Parameter name and id.
    pub name: String,
    /// Its label.
    pub label: String,
    /// How to fill it in.
    pub hint: String,
    /// What was typed.
    pub value: String,
    /// What is wrong with that.
    pub error: Option<String>,
    /// May stay empty.
    pub optional: bool,
}

impl HtmlSafe for LongField {}

/// One of several, each to be seen at once: a group of radio buttons. The first has the name as its id, so
/// that the error summary leads there.
#[derive(Debug, Clone, Default, PartialEq, Eq, Template)]
#[template(path = "components/radios.html")]
pub struct Radios {
    /// Parameter name.
    pub name: String,
    /// What is asked.
    pub label: String,
    /// What to think of.
    pub hint: String,
    /// What can be chosen.
    pub choices: Vec<Choice>,
    /// The value chosen now.
    pub chosen: String,
    /// What is wrong with that.
    pub error: Option<String>,
}

impl HtmlSafe for Radios {}

/// One of many, in a list that folds up.
#[derive(Debug, Clone, Default, PartialEq, Eq, Template)]
#[template(path = "components/picker.html")]
pub struct Picker {
    /// Parameter name and id.
    pub name: String,
    /// Its label.
    pub label: String,
    /// What to think of.
    pub hint: String,
    /// What can be chosen.
    pub choices: Vec<Choice>,
    /// The value chosen now.
    pub chosen: String,
    /// What is wrong with that.
    pub error: Option<String>,
}

impl HtmlSafe for Picker {}

/// Files to be sent.
#[derive(Debug, Clone, Default, PartialEq, Eq, Template)]
#[template(path = "components/file_field.html")]
pub struct FileField {
    /// Parameter name and id.
    pub name: String,
    /// Its label.
    pub label: String,
    /// What can be sent, and how large.
    pub hint: String,
    /// What is wrong with what was sent.
    pub error: Option<String>,
    /// The endings that can be chosen: `.pdf,.jpg`.
    pub accept: String,
    /// May stay empty.
    pub optional: bool,
}

impl HtmlSafe for FileField {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_stands_at_the_top_and_at_its_field() {
        let summary = ErrorSummary(vec![FieldError {
            field: "tel".into(),
            message: "填写手机号或座机号".into(),
        }])
        .to_string();
        let field = Field {
            name: "tel".into(),
            label: "电话".into(),
            error: Some("填写手机号或座机号".into()),
            ..Default::default()
        }
        .to_string();
        assert!(summary.contains("href=\"#tel\""));
        assert!(field.contains("aria-describedby=\"tel-err\"") && field.contains("id=\"tel-err\""));
        assert_eq!(ErrorSummary::default().to_string().trim(), "");
    }

    #[test]
    fn a_filter_shows_what_is_chosen() {
        let select = Select::new("nian", "年份", "全部年份", "2026").choice("2026", "2026");
        let filters =
            Filters { action: "/wenjian".into(), selects: vec![select], ..Default::default() };
        assert!(filters.active());
        assert!(filters.to_string().contains(r#"<option value="2026" selected>"#), "{filters}");
    }
}
