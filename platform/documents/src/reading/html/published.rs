//! A published page: what it says of itself, and the part that holds its text.

use super::tags::{Tag, Token, tokens};
use super::{collapse, entities, is_block};
use crate::reading::site::PublishedPage;

/// What names of classes and ids say that an element holds the text, as the programs for government sites
/// write them. The first that is there counts.
const MARKS: [&str; 22] = [
    "trs_editor",
    "trs_ueditor",
    "trs_uedit",
    "ucapcontent",
    "ucap-content",
    "pages_content",
    "article-content",
    "article_content",
    "articlecontent",
    "news_content",
    "newscontent",
    "content_text",
    "content-text",
    "xxgk_content",
    "zwgk_content",
    "wzcontent",
    "maintext",
    "article_body",
    "article-body",
    "zoom",
    "article",
    "content",
];

/// The most of a page's visible text that is kept for labels, in letters.
const MOST_TEXT: usize = 200_000;

/// Takes a page apart.
pub(in crate::reading) fn read(page: &str) -> PublishedPage {
    let mut out = PublishedPage::default();
    told(page, &mut out);
    let marked = MARKS.iter().find_map(|mark| part(page, &|tag| named(tag, mark)));
    let marked = marked.or_else(|| part(page, &|tag| tag.name == "article"));
    out.marked = marked.is_some();
    let body = marked.or_else(|| part(page, &|tag| tag.name == "main"));
    let body = body.or_else(|| part(page, &|tag| tag.name == "body"));
    out.body = body.unwrap_or_else(|| page.to_owned());
    out.links = links(&out.body);
    out
}

fn named(tag: &Tag<'_>, mark: &str) -> bool {
    let is = |value: &str| value.split_whitespace().any(|word| word.eq_ignore_ascii_case(mark));
    let holds = matches!(tag.name.as_str(), "div" | "td" | "section" | "article" | "ucapcontent");
    holds
        && (tag.attribute("class").is_some_and(is)
            || tag.attribute("id").is_some_and(is)
            || tag.name == mark)
}

/// Title, meta and visible text, in one pass.
fn told(page: &str, out: &mut PublishedPage) {
    let (mut in_title, mut unseen, mut letters) = (false, false, 0);
    for token in tokens(page) {
        match token {
            Token::Text(raw) if in_title => {
                out.title.get_or_insert_default().push_str(&collapse(&entities::decode(raw)));
            }
            Token::Text(raw) if !unseen && letters < MOST_TEXT => {
                let text = collapse(&entities::decode(raw));
                letters += text.chars().count();
                out.text.push_str(&text);
            }
            Token::Start(tag) if tag.name == "meta" => {
                let name = tag.attribute("name").unwrap_or_default().to_ascii_lowercase();
                let value = entities::decode(tag.attribute("content").unwrap_or_default());
                if !name.is_empty() && name.len() < 64 && !value.trim().is_empty() {
                    out.told
                        .entry(name)
                        .or_insert_with(|| value.trim().chars().take(500).collect());
                }
            }
            Token::Start(tag) => {
                in_title |= tag.name == "title" && out.title.is_none();
                unseen |= matches!(tag.name.as_str(), "script" | "style");
                if is_block(&tag.name) || tag.name == "br" {
                    out.text.push('\n');
                }
            }
            Token::End(name) => {
                in_title &= name != "title";
                unseen &= !matches!(name.as_str(), "script" | "style");
                if is_block(&name) {
                    out.text.push('\n');
                }
            }
            Token::Text(_) => {}
        }
    }
}

/// The code within the first element that is wanted, if it says anything.
fn part(page: &str, wanted: &dyn Fn(&Tag<'_>) -> bool) -> Option<String> {
    let (mut open, mut code, mut says) = (None::<(String, usize)>, String::new(), false);
    for token in tokens(page) {
        let Some((name, depth)) = &mut open else {
            if let Token::Start(tag) = &token
                && wanted(tag)
            {
                open = Some((tag.name.clone(), 1));
            }
            continue;
        };
        match token {
            Token::Text(text) => {
                says |= !text.trim().is_empty();
                code.push_str(text);
            }
            Token::Start(tag) => {
                *depth += usize::from(tag.name == *name);
                code.push_str(&tag.code());
            }
            Token::End(end) => {
                *depth -= usize::from(end == *name);
                if *depth == 0 {
                    break;
                }
                code.push_str("</");
                code.push_str(&end);
                code.push('>');
            }
        }
    }
    (says || code.contains("<img")).then_some(code)
}

/// The most links that are looked at.
const MOST_LINKS: usize = 500;

/// Where links and pictures lead, with their words.
fn links(code: &str) -> Vec<(String, String)> {
    let mut links: Vec<(String, String)> = vec![];
    let mut open = false;
    for token in tokens(code) {
        match token {
            Token::Start(tag) if tag.name == "a" || tag.name == "img" => {
                let which = if tag.name == "a" { "href" } else { "src" };
                let words = tag.attribute("title").or_else(|| tag.attribute("alt"));
                if let Some(href) = tag.attribute(which).filter(|_| links.len() < MOST_LINKS) {
                    open = tag.name == "a";
                    let words = if open { "" } else { words.unwrap_or_default() };
                    links.push((entities::decode(href), entities::decode(words)));
                }
            }
            Token::Text(text) if open => {
                if let Some((_, words)) = links.last_mut() {
                    words.push_str(&collapse(&entities::decode(text)));
                }
            }
            Token::End(name) if name == "a" => open = false,
            _ => {}
        }
    }
    links
}
