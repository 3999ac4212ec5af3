//! 内容检查: personal data in what is written, looked for by the same rules as in documents.

use documents::Finding;
use documents::examining::here::scan_page;
use documents::personal::Grade;
use interpretation_rules::{Body, Captions};

use crate::store::Interpretation;

/// Refuses in words what must not be reviewed or published: what is not whole, and what holds personal data that stop
/// it (docs/readings/282).
pub(crate) fn examine(one: &Interpretation) -> Result<(), String> {
    if one.body.check(one.form).is_err() {
        return Err(format!("解读材料“{}”没有写完。请写完再送审。", one.title));
    }
    match stopping(&one.title, &one.body).first() {
        Some(words) => Err(format!("解读材料“{}”里{words}。请删去或者遮盖，再送审。", one.title)),
        None => Ok(()),
    }
}

/// What stops a line that everybody will read, in words.
pub(crate) fn stopping_line(text: &str) -> Option<String> {
    stopping(text, &Body::default()).into_iter().next()
}

/// What stops an interpretation from being reviewed, in words.
pub(crate) fn stopping(title: &str, body: &Body) -> Vec<String> {
    found(title, body, Grade::Block)
}

/// What whoever reviews an interpretation is to look at, in words.
pub(crate) fn doubts(title: &str, body: &Body) -> Vec<String> {
    found(title, body, Grade::Ask)
}

fn found(title: &str, body: &Body, grade: Grade) -> Vec<String> {
    let captions = body.captions.as_ref().map(Captions::words).unwrap_or_default();
    let text = format!("{title}\n{}\n{captions}", body.whole_text());
    let lines = text.lines().map(|line| format!("<p>{}</p>", escaped(line)));
    let told = |one: &Finding| format!("疑似有{}：{}", one.kind.name(), one.masked);
    let Ok(found) = scan_page(&lines.collect::<String>()) else {
        // What cannot be looked through is not let through.
        return if grade == Grade::Block {
            vec!["有没能检查的内容".to_owned()]
        } else {
            vec![]
        };
    };
    found.list.iter().filter(|one| one.grade == grade).map(told).collect()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identity_number_stops_an_interpretation_and_its_own_words_do_not() {
        let with = |text: &str| Body { text: text.into(), ..Body::default() };
        let stops = stopping("解读", &with("张三的身份证号是 11010519491231002X。"));
        assert_eq!(stops.len(), 1, "{stops:?}");
        assert!(stopping_line("张三的身份证号是 11010519491231002X。").is_some());
        assert_eq!(stopping_line("只涉及内部流程"), None);
        assert_eq!(stopping("解读", &with("补贴标准每月三百元。")), Vec::<String>::new());
    }
}
