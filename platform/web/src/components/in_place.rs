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
    source = "data-hx-{{ verb }}=\"{{ address }}\" data-hx-target=\"#{{ into }}\" data-hx-select=\"#{{ part }}\"{{ more|safe }}{% if !others.is_empty() %} data-hx-select-oob=\"{{ others }}\"{% endif %}",
    ext = "html"
)]
pub struct InPlace {
    verb: &'static str,
    address: String,
    /// What is taken of the answer, and where it is put.
    part: String,
    into: String,
    more: &'static str,
    others: String,
}

/// A form that looks for something: asks when it is sent, when a choice is made, and when somebody has
/// stopped typing for a moment. Shows the part `part`, and the address under which it is found again.
pub fn searched_in_place(address: impl Into<String>, part: &str) -> InPlace {
    let more = r#" data-hx-trigger="submit, typed delay:400ms" data-hx-swap="outerHTML" data-hx-push-url="true" data-hx-sync="this:replace""#;
    InPlace::of("get", address, part, more)
}

/// A form that looks for something on a page whose reading is kept in the audit trail: asks only when it is
/// sent, so that each entry of the trail is one look, and nothing half typed is found under an address.
pub fn sent_in_place(address: impl Into<String>, part: &str) -> InPlace {
    let more = r#" data-hx-trigger="submit" data-hx-swap="outerHTML" data-hx-push-url="true" data-hx-sync="this:replace""#;
    InPlace::of("get", address, part, more)
}

/// A link that shows the part `part` of the page it leads to, and its address.
pub fn shown_in_place(address: impl Into<String>, part: &str) -> InPlace {
    InPlace::of("get", address, part, r#" data-hx-swap="outerHTML" data-hx-push-url="true""#)
}

/// A link to the page one is on, that shows the part `part` as it is now.
pub fn refreshed_in_place(address: impl Into<String>, part: &str) -> InPlace {
    InPlace::of("get", address, part, r#" data-hx-swap="outerHTML" data-hx-sync="this:drop""#)
}

/// A link that adds the rows of the table part `rows` of the page it leads to to those that are here.
pub fn added_in_place(address: impl Into<String>, rows: &str) -> InPlace {
    let link =
        InPlace::of("get", address, rows, r#" data-hx-swap="beforeend" data-hx-sync="this:drop""#);
    InPlace { part: format!("{rows} > tr"), ..link }
}

/// A link that shows the part `part` of the page it leads to in the drawer beside this one ([`Drawer`]).
pub fn shown_beside(address: impl Into<String>, part: &str) -> InPlace {
    let link =
        InPlace::of("get", address, part, r#" data-hx-swap="innerHTML" data-hx-sync="this:drop""#);
    InPlace { into: "pangbian".into(), ..link }
}

/// A part that asks for itself again every minute. That nobody did anything is told, so that it keeps no
/// session alive.
pub fn renewed_in_place(address: impl Into<String>, part: &str) -> InPlace {
    let more = r#" data-hx-trigger="every 60s" data-hx-swap="outerHTML" data-hx-headers='{"gk-by-itself":"1"}'"#;
    InPlace::of("get", address, part, more)
}

/// A field that has its form checked when it was filled in, and shows what is said of it in the part.
pub fn checked_in_place(address: impl Into<String>, part: &str) -> InPlace {
    let more =
        r#" data-hx-trigger="change" data-hx-swap="outerHTML" data-hx-sync="closest form:replace""#;
    InPlace::of("post", address, part, more)
}

/// A button that has its form checked, and shows what is said in the part.
pub fn asked_in_place(address: impl Into<String>, part: &str) -> InPlace {
    InPlace::of(
        "post",
        address,
        part,
        r#" data-hx-swap="outerHTML" data-hx-sync="closest form:replace""#,
    )
}

impl InPlace {
    fn of(verb: &'static str, address: impl Into<String>, part: &str, more: &'static str) -> Self {
        let (part, into) = (part.to_owned(), part.to_owned());
        Self { verb, address: address.into(), part, into, more, others: String::new() }
    }

    /// Puts these parts of the answer in their places too, by their ids.
    pub fn and(mut self, parts: impl IntoIterator<Item = impl fmt::Display>) -> Self {
        let marked: Vec<String> = parts.into_iter().map(|part| format!("#{part}")).collect();
        self.others = marked.join(",");
        self
    }
}

impl HtmlSafe for InPlace {}

/// The drawer in which something is looked at beside the page, without leaving it; without script it never
/// opens, and its links lead to the whole page.
#[derive(Debug, Clone, Copy, Template)]
#[template(
    source = "<dialog class=\"drawer\" aria-label=\"{{ self.0 }}\"><form method=\"dialog\"><button class=\"btn alt small\">关闭</button></form><div id=\"pangbian\" data-looked></div></dialog>",
    ext = "html"
)]
pub struct Drawer(pub &'static str);

impl HtmlSafe for Drawer {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_from_outside_cannot_leave_its_attribute() {
        let printed = searched_in_place("/gongzuo?q=\"><script>", "jieguo").to_string();
        assert!(!printed.contains("\"><script>"), "{printed}");
        assert!(
            printed.starts_with("data-hx-get=\"/gongzuo?q=&#34;&#62;&#60;script&#62;\""),
            "{printed}"
        );
    }

    #[test]
    fn what_the_audit_trail_keeps_is_asked_for_only_when_it_is_sent() {
        let printed = sent_in_place("/gongzuo/renyuan", "jieguo").to_string();
        assert!(printed.contains(" data-hx-trigger=\"submit\" "), "{printed}");
        // The lists whose handlers write an entry: administration/persons.rs and posts.rs.
        for page in [
            include_str!("../../templates/administration/persons.html"),
            include_str!("../../templates/administration/posts.html"),
        ] {
            assert!(
                page.contains("sent_in_place") && !page.contains("searched_in_place"),
                "{page}"
            );
        }
    }

    #[test]
    fn what_asks_by_itself_says_so_and_nothing_needs_evaluation() {
        let renewed =
            renewed_in_place("/gongzuo", "daiban").and(["n-daiban", "n-rili"]).to_string();
        assert!(renewed.contains("gk-by-itself"), "{renewed}");
        assert!(renewed.ends_with(" data-hx-select-oob=\"#n-daiban,#n-rili\""), "{renewed}");
        for one in [renewed, checked_in_place("/x", "y").to_string()] {
            assert!(
                !one.contains("hx-on") && !one.contains("js:") && !one.contains("[event"),
                "{one}"
            );
        }
    }
}
