//! Writing into a page what was sent from it and what is wrong with that.

use std::collections::HashMap;
use std::ops::Range;

use askama::Template;

use super::markup::{Edits, Tag, escaped, is_control, kind, plain, tags};
use super::telling::{control_of, tell, unfold};
use crate::components::FieldError;
use crate::workbench::{MARK, SHOWN, Submitted};

/// The field that tells which saved state of a text the clerk has seen. In a form that holds the text it
/// stays as it was sent, so that what others saved since is still noticed.
const SEEN: &str = "kan";

/// Everything wrong, above the page.
#[derive(Template)]
#[template(path = "workbench/returned.html")]
struct Summary {
    lines: Vec<(Option<String>, String)>,
    /// Fields are named.
    named: bool,
    files: bool,
}

/// What was sent, where to, from which page, and what is wrong with it.
pub(super) struct Filling<'a> {
    pub(super) posted: &'a str,
    pub(super) page_at: &'a str,
    pub(super) form: &'a Submitted,
    pub(super) errors: &'a [FieldError],
}

impl Filling<'_> {
    /// The page; `None` where it is none of ours, or nothing is wrong and the form is no longer offered.
    pub(super) fn into_page(self, html: &str) -> Option<String> {
        let tags = tags(html);
        let mut edits = Edits::default();
        let form = self.form_of(&tags);
        if self.errors.is_empty() && form.is_none() {
            return None;
        }
        let mut marked = HashMap::new();
        let mut lines = Vec::new();
        for error in self.errors {
            let control = form.clone().and_then(|form| control_of(&tags, form, &error.field));
            if let Some(at) = control {
                marked.entry(at).or_insert_with(|| error.message.clone());
            }
            lines.push((self.target(&tags, form.clone(), control, error), error.message.clone()));
        }
        if let Some(form) = form {
            self.fill(html, &tags, form.clone(), &marked, &mut edits);
            unfold(&tags, &form, &marked, &mut edits);
        }
        let named = self.errors.iter().any(|error| !error.field.is_empty());
        let summary = Summary { lines, named, files: self.form.has_files() };
        edits.put(top_of(&tags)?, summary.render().ok()?);
        if !self.errors.is_empty() {
            let title = tags.iter().find(|tag| tag.opens("title"))?;
            edits.put(title.end, "有错误：".to_owned());
        }
        edits.on(html)
    }

    /// The tags of the form that was sent: it leads where it was sent to and says of the thing it is about
    /// what was sent; among several the one whose button was pressed and whose fields these are.
    fn form_of(&self, tags: &[Tag]) -> Option<Range<usize>> {
        let mut best: Option<(usize, Range<usize>)> = None;
        for (from, tag) in tags.iter().enumerate().filter(|(_, tag)| tag.opens("form")) {
            let rest = tags.get(from..)?;
            let to = from + rest.iter().position(|tag| tag.closes("form"))?;
            let inside = tags.get(from..to)?;
            let posts = tag.get("method").is_some_and(|method| method.eq_ignore_ascii_case("post"));
            if !posts || !self.leads(inside) || !self.is_about(inside) {
                continue;
            }
            let points = self.points(inside);
            if best.as_ref().is_none_or(|(most, _)| points > *most) {
                best = Some((points, from..to));
            }
        }
        best.map(|(_, form)| form)
    }

    fn leads(&self, form: &[Tag]) -> bool {
        let to = |address: Option<String>| match address.as_deref() {
            None | Some("") => self.page_at == self.posted,
            Some(address) => address.split(['?', '#']).next() == Some(self.posted),
        };
        let own = form.first().is_some_and(|tag| to(tag.get("action")));
        own || form.iter().any(|tag| tag.has("formaction") && to(tag.get("formaction")))
    }

    fn is_about(&self, form: &[Tag]) -> bool {
        let mut hidden = form.iter().filter(|tag| kind(tag) == "hidden");
        hidden.all(|tag| {
            let name = tag.get("name").unwrap_or_default();
            let value = tag.get("value").unwrap_or_default();
            [MARK, SEEN, SHOWN].contains(&&*name) || self.form.all(&name).any(|sent| sent == value)
        })
    }

    fn points(&self, form: &[Tag]) -> usize {
        let point = |tag: &Tag| {
            let Some(name) = tag.get("name") else { return 0 };
            let pressed =
                tag.opens("button") && self.form.get(&name) == tag.get("value").unwrap_or_default();
            match (tag.opens("button"), pressed) {
                (true, true) => 8,
                (true, false) => 0,
                _ => usize::from(self.form.names().any(|sent| sent == name)),
            }
        };
        form.iter().map(point).sum()
    }

    /// Where an error leads: to its field, or where none is named to the form.
    fn target(
        &self,
        tags: &[Tag],
        form: Option<Range<usize>>,
        control: Option<usize>,
        error: &FieldError,
    ) -> Option<String> {
        if let Some(id) = control.and_then(|at| tags.get(at)).and_then(|tag| tag.get("id")) {
            return Some(id);
        }
        let standing = tags.iter().any(|tag| tag.get("id").as_deref() == Some(&*error.field));
        if standing {
            return Some(error.field.clone());
        }
        let inside = tags.get(form?)?;
        inside.iter().filter(|tag| is_control(tag)).find_map(|tag| tag.get("id"))
    }

    /// Writes every field as it was sent.
    fn fill(
        &self,
        html: &str,
        tags: &[Tag],
        form: Range<usize>,
        marked: &HashMap<usize, String>,
        edits: &mut Edits,
    ) {
        let mut used: HashMap<String, usize> = HashMap::new();
        let mut select = String::new();
        let inside = tags.get(form.clone()).unwrap_or_default();
        let holds_text = inside.iter().any(|tag| tag.opens("textarea"));
        for at in form.clone() {
            let Some(tag) = tags.get(at) else { continue };
            let name = tag.get("name").unwrap_or_default();
            let message = marked.get(&at);
            let told = message.map(|words| tell(tags, &form, at, words, edits)).unwrap_or_default();
            let mut changes: Vec<(&str, Option<&str>)> = Vec::new();
            if !told.is_empty() {
                changes.push(("aria-invalid", Some("true")));
                changes.push(("aria-describedby", Some(&told)));
            }
            let nth = used.entry(name.clone()).or_default();
            let sent = self.form.all(&name).nth(*nth);
            let kind = match kind(tag) {
                "hidden" if name == SEEN && holds_text => "text",
                kind => kind,
            };
            match (kind, sent) {
                ("select", _) => select.clone_from(&name),
                ("textarea", Some(sent)) => {
                    if let Some(end) = tags.get(at + 1) {
                        edits.replace(tag.end..end.start, format!("\n{}", escaped(sent)));
                        *nth += 1;
                    }
                }
                ("text", Some(sent)) => {
                    changes.push(("value", Some(sent)));
                    *nth += 1;
                }
                _ => changes.extend(self.choice(html, tag, kind, &select)),
            }
            if !changes.is_empty() {
                edits.replace(tag.start..tag.end, tag.with(&changes));
            }
        }
    }

    /// Whether something to choose was chosen, as the attribute that says so; an option is one of the field
    /// `select`. `None` where nothing is chosen there.
    fn choice(
        &self,
        html: &str,
        tag: &Tag,
        kind: &str,
        select: &str,
    ) -> Option<(&'static str, Option<&'static str>)> {
        let sent = |name: &str, value: &str| self.form.all(name).any(|sent| sent == value);
        match kind {
            "checkbox" | "radio" => {
                let value = tag.get("value").unwrap_or_else(|| "on".to_owned());
                let on = sent(&tag.get("name").unwrap_or_default(), &value);
                Some(("checked", on.then_some("")))
            }
            "option" if self.form.has(select) => {
                let value = tag.get("value").unwrap_or_else(|| text_after(html, tag));
                Some(("selected", sent(select, &value).then_some("")))
            }
            _ => None,
        }
    }
}

/// The text of an option as a browser sends it where the option has no value of its own.
fn text_after(html: &str, tag: &Tag) -> String {
    let rest = html.get(tag.end..).unwrap_or_default();
    let text = plain(rest.split('<').next().unwrap_or_default());
    text.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
}

/// Where the summary stands: in the main part, below the way here.
fn top_of(tags: &[Tag]) -> Option<usize> {
    let main = tags.iter().position(|tag| tag.opens("main"))?;
    let rest = tags.get(main..)?;
    let heading = rest.iter().position(|tag| tag.opens("h1")).unwrap_or(rest.len());
    let way = rest.get(..heading)?.iter().find(|tag| tag.closes("nav"));
    way.or(rest.first()).map(|tag| tag.end)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r##"<!doctype html><html><head><title>页</title></head><body><main id="main"><nav class="crumb"><ol><li>甲</li></ol></nav><h1>页</h1>
<form method="get"><input name="liyou" value="找"></form>
<details class="fold"><summary>一</summary><form method="post" action="/a/qian"><input type="hidden" name="_mark" value="m"><input type="hidden" name="jian" value="1"><div class="field"><label for="l-1">理由</label><input id="l-1" name="liyou" aria-describedby="h"></div><button name="do" value="x">办</button></form></details>
<details class="fold"><summary>二</summary><form method="post" action="/a/qian"><input type="hidden" name="_mark" value="m"><input type="hidden" name="jian" value="2"><input type="hidden" name="kan" value="7"><div class="field"><label for="l-2">理由</label><input id="l-2" name="liyou"></div><select id="s" name="lei"><option value="">选</option><option selected>甲</option><option>A &amp; B
 公司</option><option value="乙">乙</option></select><textarea id="t" name="wen">旧</textarea><label><input type="checkbox" name="dui" value="a" checked>a</label><label><input type="checkbox" name="dui" value="b">b</label><input type="file" id="f" name="wenjian"><button name="do" value="x">办</button></form></details>
</main></body></html>"##;

    fn filled(pairs: &[(&str, &str)], errors: &[(&str, &str)]) -> String {
        let error = |(field, message): &(&str, &str)| FieldError {
            field: (*field).into(),
            message: (*message).into(),
        };
        let errors: Vec<_> = errors.iter().map(error).collect();
        let form = Submitted::of(pairs);
        let filling = Filling { posted: "/a/qian", page_at: "/a", form: &form, errors: &errors };
        filling.into_page(PAGE).expect("a page of ours")
    }

    #[test]
    fn what_was_typed_stands_in_the_form_that_was_sent_and_in_no_other() {
        let typed = [
            ("_mark", "old"),
            ("jian", "2"),
            ("kan", "5"),
            ("liyou", "\"><script>坏</script>"),
            ("lei", "乙"),
            ("wen", "新\n</textarea><b>"),
            ("dui", "b"),
            ("do", "x"),
        ];
        let page = filled(&typed, &[("wen", "太长")]);
        for said in [
            "<title>有错误：页",
            "</nav><div class=\"errsum\"",
            "<a href=\"#t\">太长</a>",
            "有 1 处需要修改",
            "value=\"&#34;&#62;&#60;script&#62;坏&#60;/script&#62;\"",
            "<option>甲</option><option>A &amp; B",
            "<option value=\"乙\" selected>",
            "\n新\n&#60;/textarea&#62;&#60;b&#62;</textarea>",
            "value=\"a\">a</label>",
            "value=\"b\" checked>b</label>",
            "name=\"kan\" value=\"5\"",
            "name=\"_mark\" value=\"m\"",
            "<details class=\"fold\" open><summary>二",
            "<details class=\"fold\"><summary>一",
            "id=\"t-err\"",
            "aria-invalid=\"true\" aria-describedby=\"t-err\">\n新",
        ] {
            assert!(page.contains(said), "{said}: {page}");
        }
        assert!(
            page.contains("<input id=\"l-1\" name=\"liyou\" aria-describedby=\"h\">"),
            "{page}"
        );
        assert!(page.contains("<input name=\"liyou\" value=\"找\">"), "{page}");
        assert!(!page.contains("<script>"), "{page}");
    }

    #[test]
    fn an_option_without_a_value_is_chosen_by_its_text_as_people_read_it() {
        let page = filled(&[("jian", "2"), ("lei", "A & B 公司"), ("do", "x")], &[]);
        assert!(page.contains("<option selected>A &amp; B\n 公司</option>"), "{page}");
        assert!(page.contains("<option>甲</option>"), "{page}");
    }

    #[test]
    fn where_nothing_is_wrong_the_form_comes_back_filled_in_and_the_page_says_why() {
        let page = filled(&[("jian", "2"), ("liyou", "名单有误"), ("do", "x")], &[]);
        assert!(page.contains("<title>页") && !page.contains("没有办成"), "{page}");
        assert!(page.contains("已再次验证身份") && page.contains("value=\"名单有误\""), "{page}");
        let form = Submitted::of(&[("jian", "9")]);
        let filling = Filling { posted: "/a/qian", page_at: "/a", form: &form, errors: &[] };
        assert_eq!(filling.into_page(PAGE), None, "no such form");
    }

    #[test]
    fn the_message_stands_at_its_field_and_the_summary_leads_there() {
        let page = filled(&[("jian", "1"), ("liyou", ""), ("do", "x")], &[("liyou", "写明理由")]);
        let told = "<p class=\"msg\" id=\"l-1-err\">";
        assert!(page.contains("<a href=\"#l-1\">写明理由</a>"), "{page}");
        assert!(
            page.contains("<div class=\"field err\"><label for=\"l-1\">理由</label>"),
            "{page}"
        );
        assert!(page.contains(told) && page.contains("aria-describedby=\"l-1-err h\""), "{page}");
    }

    #[test]
    fn what_cannot_be_done_is_told_at_the_top_and_another_things_form_stays_empty() {
        let page = filled(&[("jian", "3"), ("liyou", "因为")], &[("", "这一件已经办过了。")]);
        assert!(
            page.contains("没有办成") && page.contains("<li>这一件已经办过了。</li>"),
            "{page}"
        );
        assert!(!page.contains("因为"), "{page}");
    }
}
