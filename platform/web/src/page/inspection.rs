//! Looks over a finished page for faults that a machine can see.
//!
//! It reads HTML as our own templates write it, tag by tag, and so also notices a tag that was
//! never closed, which a browser would silently mend.

use std::collections::{BTreeMap, BTreeSet};

/// One start or end tag, or nothing but text before the next.
#[derive(Debug)]
struct Tag<'a> {
    name: &'a str,
    closing: bool,
    attributes: BTreeMap<&'a str, &'a str>,
    /// The text up to the next tag.
    text: &'a str,
}

/// Elements that have no end tag.
const EMPTY: [&str; 9] = ["meta", "link", "input", "img", "br", "hr", "source", "track", "wbr"];
/// Drawing elements inside an icon close themselves.
const DRAWING: [&str; 4] = ["path", "circle", "rect", "line"];

/// Everything wrong with one whole page, in our words.
pub fn inspect(html: &str) -> Vec<String> {
    let tags = tags(html);
    let mut faults = Vec::new();
    if !html.to_ascii_lowercase().starts_with("<!doctype html>") {
        faults.push("the document type is missing".to_owned());
    }
    balance(&tags, &mut faults);
    outline(&tags, &mut faults);
    identifiers(&tags, &mut faults);
    labels(&tags, &mut faults);
    policy(&tags, &mut faults);
    links(&tags, &mut faults);
    faults
}

fn tags(html: &str) -> Vec<Tag<'_>> {
    let mut tags = Vec::new();
    for piece in html.split('<').skip(1) {
        let (inside, text) = piece.split_once('>').unwrap_or((piece, ""));
        if inside.starts_with('!') {
            continue;
        }
        let closing = inside.starts_with('/');
        let inside = inside.trim_start_matches('/').trim_end_matches('/');
        let (name, rest) = inside.split_once(char::is_whitespace).unwrap_or((inside, ""));
        tags.push(Tag { name, closing, attributes: attributes(rest), text });
    }
    tags
}

fn attributes(mut rest: &str) -> BTreeMap<&str, &str> {
    let mut found = BTreeMap::new();
    loop {
        rest = rest.trim_start();
        if rest.is_empty() {
            return found;
        }
        let end =
            rest.find(|letter: char| letter == '=' || letter.is_whitespace()).unwrap_or(rest.len());
        let (name, after) = rest.split_at(end);
        if let Some(quoted) = after.strip_prefix("=\"") {
            let (value, after) = quoted.split_once('"').unwrap_or((quoted, ""));
            found.insert(name, value);
            rest = after;
        } else {
            found.insert(name, "");
            rest = after.trim_start_matches('=');
        }
    }
}

fn balance(tags: &[Tag], faults: &mut Vec<String>) {
    let mut open: Vec<&str> = Vec::new();
    for tag in tags.iter().filter(|tag| !EMPTY.contains(&tag.name) && !DRAWING.contains(&tag.name))
    {
        if !tag.closing {
            open.push(tag.name);
        } else if open.pop() != Some(tag.name) {
            faults.push(format!("</{}> closes something else", tag.name));
            return;
        }
    }
    if let Some(left) = open.last() {
        faults.push(format!("<{left}> is never closed"));
    }
}

fn outline(tags: &[Tag], faults: &mut Vec<String>) {
    let own = without_titles_of_drawings(tags);
    let starts = |name: &str| own.iter().filter(|tag| tag.name == name).count();
    for name in ["h1", "title", "main", "html"] {
        if starts(name) != 1 {
            faults.push(format!("{} times <{name}>, not once", starts(name)));
        }
    }
    let of = |name: &str| own.iter().find(|tag| tag.name == name);
    if of("html").and_then(|tag| tag.attributes.get("lang")) != Some(&"zh-CN") {
        faults.push("the language is not said".to_owned());
    }
    if of("title").is_some_and(|tag| tag.text.trim().is_empty()) {
        faults.push("the title is empty".to_owned());
    }
    let mut level = 0;
    for tag in tags.iter().filter(|tag| !tag.closing) {
        let Some(next) = tag.name.strip_prefix('h').and_then(|digit| digit.parse::<u8>().ok())
        else {
            continue;
        };
        if next > level + 1 {
            faults.push(format!("a heading of level {next} follows one of level {level}"));
        }
        level = next;
    }
}

/// The start tags without the titles of drawings, which are not the page's.
fn without_titles_of_drawings<'t, 'a>(tags: &'t [Tag<'a>]) -> Vec<&'t Tag<'a>> {
    let mut drawings = 0_usize;
    let mut own = Vec::with_capacity(tags.len());
    for tag in tags {
        match (tag.name, tag.closing) {
            ("svg", false) => drawings += 1,
            ("svg", true) => drawings = drawings.saturating_sub(1),
            (name, false) if drawings == 0 || name != "title" => own.push(tag),
            _ => {}
        }
    }
    own
}

fn identifiers(tags: &[Tag], faults: &mut Vec<String>) {
    let mut seen = BTreeSet::new();
    for id in tags.iter().filter_map(|tag| tag.attributes.get("id")) {
        if id.is_empty() || !seen.insert(*id) {
            faults.push(format!("the id \"{id}\" is empty or stands twice"));
        }
    }
    let pointing = ["for", "aria-labelledby", "aria-describedby", "aria-controls"];
    for tag in tags {
        let pointed = pointing
            .iter()
            .filter_map(|name| tag.attributes.get(name))
            .flat_map(|ids| ids.split_whitespace());
        let within = tag.attributes.get("href").and_then(|href| href.strip_prefix('#'));
        for id in pointed.chain(within) {
            if !seen.contains(id) {
                faults.push(format!("<{}> points at \"{id}\", which is not there", tag.name));
            }
        }
    }
}

fn labels(tags: &[Tag], faults: &mut Vec<String>) {
    let labelled: BTreeSet<&str> = tags
        .iter()
        .filter(|tag| tag.name == "label")
        .filter_map(|tag| tag.attributes.get("for").copied())
        .collect();
    for tag in tags.iter().filter(|tag| !tag.closing) {
        let attribute = |name: &str| tag.attributes.get(name).copied();
        let field = matches!(tag.name, "input" | "select" | "textarea")
            && attribute("type") != Some("hidden");
        let named = attribute("aria-label").is_some()
            || attribute("id").is_some_and(|id| labelled.contains(id));
        if field && !named {
            faults.push(format!("<{}> named {:?} has no label", tag.name, attribute("name")));
        }
        if tag.name == "img" && attribute("alt").is_none() {
            faults.push("a picture has no words for it".to_owned());
        }
        if tag.name == "th" && attribute("scope").is_none() {
            faults.push("a table heading does not say what it heads".to_owned());
        }
    }
}

fn policy(tags: &[Tag], faults: &mut Vec<String>) {
    for tag in tags.iter().filter(|tag| !tag.closing) {
        for name in tag.attributes.keys() {
            if *name == "style" || name.starts_with("on") {
                faults.push(format!("<{}> carries an inline {name}", tag.name));
            }
        }
        let data = tag.attributes.get("type") == Some(&"application/ld+json");
        let inline_script = tag.name == "script" && !tag.attributes.contains_key("src") && !data;
        if tag.name == "style" || inline_script {
            faults.push(format!("<{}> stands in the page", tag.name));
        }
    }
}

fn links(tags: &[Tag], faults: &mut Vec<String>) {
    for (at, tag) in tags.iter().enumerate().filter(|(_, tag)| tag.name == "a" && !tag.closing) {
        // Without an address it only stands where a link may be one day.
        let Some(href) = tag.attributes.get("href").copied() else { continue };
        let inside = href.starts_with('/') && !href.starts_with("//");
        let known = ["#", "https://", "http://", "tel:", "mailto:", "?"]
            .iter()
            .any(|start| href.starts_with(start));
        if !inside && !known {
            faults.push(format!("a link leads to \"{href}\""));
        }
        let end = tags[at..].iter().position(|tag| tag.name == "a" && tag.closing).unwrap_or(0);
        let words = tags[at..at + end].iter().any(|tag| {
            !tag.text.trim().is_empty()
                || tag.attributes.get("alt").is_some_and(|alt| !alt.is_empty())
        });
        if !words && !tag.attributes.contains_key("aria-label") {
            faults.push(format!("the link to \"{href}\" has no words"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::inspect;

    fn page(main: &str) -> String {
        format!(
            "<!doctype html><html lang=\"zh-CN\"><head><title>页</title></head><body><main><h1>页</h1>{main}</main></body></html>"
        )
    }

    #[test]
    fn a_sound_page_has_no_faults() {
        let form = r#"<form><label for="q">搜索</label><input id="q" name="q"><button>搜索</button></form>"#;
        assert_eq!(inspect(&page(form)), Vec::<String>::new());
    }

    #[test]
    fn the_title_of_a_drawing_is_not_the_pages_and_every_other_title_is() {
        let drawing = "<svg role=\"img\"><title>图</title><desc>说明</desc><rect x=\"1\"/></svg>";
        let two = format!("{drawing}{drawing}");
        for main in [drawing, two.as_str()] {
            assert_eq!(inspect(&page(main)), Vec::<String>::new(), "{main}");
        }
        let after = format!("{drawing}<title>再来</title>");
        let faults = inspect(&page(&after));
        assert!(faults.iter().any(|found| found.contains("2 times <title>")), "{faults:?}");
        let within = page("<svg><title>图</title><h1>图里</h1></svg>");
        let faults = inspect(&within);
        assert!(faults.iter().any(|found| found.contains("2 times <h1>")), "{faults:?}");
        let untitled = page(drawing).replacen("<title>页</title>", "", 1);
        let faults = inspect(&untitled);
        assert!(faults.iter().any(|found| found.contains("0 times <title>")), "{faults:?}");
    }

    #[test]
    fn a_player_with_its_captions_is_sound() {
        let player =
            r#"<video controls><source src="/a.webm"><track kind="captions" src="/a.vtt"></video>"#;
        assert_eq!(inspect(&page(player)), Vec::<String>::new());
    }

    #[test]
    fn each_fault_is_seen() {
        let table = [
            ("<h1>再来</h1>", "2 times <h1>"),
            ("<h3>跳级</h3>", "level 3 follows one of level 1"),
            (r#"<p id="a"></p><p id="a"></p>"#, "stands twice"),
            (r##"<a href="#b">去</a>"##, "points at \"b\""),
            (r#"<input name="x">"#, "has no label"),
            (r#"<p style="color:red">红</p>"#, "inline style"),
            (r#"<button onclick="go()">去</button>"#, "inline onclick"),
            ("<script>go()</script>", "<script> stands in the page"),
            (r#"<a href="javascript:go()">去</a>"#, "leads to \"javascript"),
            (r#"<a href="/x"></a>"#, "has no words"),
            ("<div><p>未关</div>", "closes something else"),
            (r#"<img src="/a.png">"#, "no words for it"),
            ("<table><tr><th>项</th></tr></table>", "does not say what it heads"),
        ];
        for (main, fault) in table {
            let faults = inspect(&page(main));
            assert!(faults.iter().any(|found| found.contains(fault)), "{main}: {faults:?}");
        }
    }
}
