//! What a link or a form of the workbench does beside what it does by itself: where there is script, it
//! puts one part of the answer in the place of the same part of the page, and leaves the rest alone.
//!
//! The answer is the whole page, the same for everybody, so nothing is drawn twice and a page without
//! script, or whose script failed, loses nothing. Each element names all it needs: nothing is inherited.

use std::fmt;

use askama::{Template, filters::HtmlSafe};

/// The attributes of one such link or form; prints as HTML, within a tag.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(
    source = "hx-{{ verb }}=\"{{ address }}\" hx-target=\"#{{ part }}\" hx-select=\"#{{ part }}\"{{ more|safe }}{% if !others.is_empty() %} hx-select-oob=\"{{ others }}\"{% endif %}",
    ext = "html"
)]
pub struct InPlace {
    verb: &'static str,
    address: String,
    part: &'static str,
    more: &'static str,
    others: String,
}

/// A form that looks for something: asks when it is sent, when a choice is made, and when somebody has
/// stopped typing for a moment. Shows the part `part`, and the address under which it is found again.
pub fn searched_in_place(address: impl Into<String>, part: &'static str) -> InPlace {
    let more = r#" hx-trigger="submit, typed delay:400ms" hx-swap="outerHTML" hx-push-url="true" hx-sync="this:replace""#;
    InPlace { verb: "get", address: address.into(), part, more, others: String::new() }
}

/// A link that shows the part `part` of the page it leads to, and its address.
pub fn shown_in_place(address: impl Into<String>, part: &'static str) -> InPlace {
    let more = r#" hx-swap="outerHTML" hx-push-url="true""#;
    InPlace { verb: "get", address: address.into(), part, more, others: String::new() }
}

/// A link to the page one is on, that shows the part `part` as it is now.
pub fn refreshed_in_place(address: impl Into<String>, part: &'static str) -> InPlace {
    let more = r#" hx-swap="outerHTML" hx-sync="this:drop""#;
    InPlace { verb: "get", address: address.into(), part, more, others: String::new() }
}

/// A part that asks for itself again every minute. That nobody did anything is told, so that it keeps no
/// session alive.
pub fn renewed_in_place(address: impl Into<String>, part: &'static str) -> InPlace {
    let more = r#" hx-trigger="every 60s" hx-swap="outerHTML" hx-headers='{"gk-by-itself":"1"}'"#;
    InPlace { verb: "get", address: address.into(), part, more, others: String::new() }
}

/// A field or button that has its form checked as it is filled in, and shows what is said in the part.
pub fn checked_in_place(address: impl Into<String>, part: &'static str) -> InPlace {
    let more = r#" hx-swap="outerHTML" hx-sync="closest form:replace""#;
    InPlace { verb: "post", address: address.into(), part, more, others: String::new() }
}

impl InPlace {
    /// Puts these parts of the answer in their places too, by their ids.
    pub fn and(mut self, parts: impl IntoIterator<Item = impl fmt::Display>) -> Self {
        let marked: Vec<String> = parts.into_iter().map(|part| format!("#{part}")).collect();
        self.others = marked.join(",");
        self
    }
}

impl HtmlSafe for InPlace {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_from_outside_cannot_leave_its_attribute() {
        let printed = searched_in_place("/gongzuo?q=\"><script>", "jieguo").to_string();
        assert!(!printed.contains("\"><script>"), "{printed}");
        assert!(printed.starts_with("hx-get=\"/gongzuo?q=&#34;&#62;&#60;script&#62;\""), "{printed}");
    }

    #[test]
    fn what_asks_by_itself_says_so_and_nothing_needs_evaluation() {
        let renewed = renewed_in_place("/gongzuo", "daiban").and(["n-daiban", "n-rili"]).to_string();
        assert!(renewed.contains("gk-by-itself"), "{renewed}");
        assert!(renewed.ends_with(" hx-select-oob=\"#n-daiban,#n-rili\""), "{renewed}");
        for one in [renewed, checked_in_place("/x", "y").to_string()] {
            assert!(!one.contains("hx-on") && !one.contains("js:") && !one.contains("[event"), "{one}");
        }
    }
}
