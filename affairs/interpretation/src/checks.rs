//! 内容检查: personal data in what is written, looked for by the same rules as in documents.

use documents::Finding;
use documents::examining::here::scan_page;
use documents::personal::Grade;
use interpretation_rules::Body;

/// What stops an interpretation from being reviewed, in words.
pub(crate) fn stopping(title: &str, body: &Body) -> Vec<String> {
    found(title, body, Grade::Block)
}

/// What whoever reviews an interpretation is to look at, in words.
pub(crate) fn doubts(title: &str, body: &Body) -> Vec<String> {
    found(title, body, Grade::Ask)
}

fn found(title: &str, body: &Body, grade: Grade) -> Vec<String> {
    let text = format!("{title}\n{}", body.whole_text());
    let lines = text.lines().map(|line| format!("<p>{}</p>", escaped(line)));
    let found = scan_page(&lines.collect::<String>()).unwrap_or_default();
    let told = |one: &Finding| format!("疑似有{}：{}", one.kind.name(), one.masked);
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
        assert_eq!(stopping("解读", &with("补贴标准每月三百元。")), Vec::<String>::new());
    }
}
