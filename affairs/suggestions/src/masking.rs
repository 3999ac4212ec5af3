//! What may be published of a letter and its answer: personal data are masked, and the writer's own name.

use documents::Masking;
use documents::examining::here::{mask_text, scan_text};

use crate::store::Written;

/// What of a person is found in words that must name nobody, in Chinese; none where nothing is.
pub(crate) fn found_in(words: &str) -> Option<&'static str> {
    scan_text(words, "").blocking().next().map(|finding| finding.kind.name())
}

/// Words with everything masked that stops a publication, and the writer's name.
pub fn masked(words: &str, written: &Written) -> String {
    let words = mask_text(words, &Masking::default());
    let name = written.name.trim();
    // One letter is no name, and would be masked wherever it stands.
    match name.chars().next() {
        Some(family) if name.chars().count() > 1 => words.replace(name, &format!("{family}**")),
        _ => words,
    }
}

/// What people should look at before they publish, in words.
pub(crate) fn doubts(words: &str) -> Vec<String> {
    let findings = scan_text(words, "");
    findings.list.iter().map(|one| format!("{}：{}", one.kind.name(), one.masked)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_the_writers_name_are_masked() {
        let written = Written { name: "林秀英".into(), ..Written::default() };
        let words = masked("我叫林秀英，手机13900001234，请回电。", &written);
        assert!(!words.contains("林秀英") && !words.contains("13900001234"), "{words}");
        assert!(words.contains("林**"), "{words}");
        let short = Written { name: "林".into(), ..Written::default() };
        assert_eq!(masked("林业局几点上班", &short), "林业局几点上班");
    }

    #[test]
    fn what_names_a_person_is_found() {
        assert_eq!(found_in("他的手机是13900001234"), Some("手机号码"));
        assert_eq!(found_in("请说明幼儿园招生的时间"), None);
    }
}
