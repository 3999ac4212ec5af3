//! What may be published of a letter and its answer: personal data are masked, and the writer's own name and number.

use documents::Masking;
use documents::examining::here::{mask_text, scan_text};

use crate::store::Written;

/// What people call themselves where they give no name: it is nobody's, and stands in every second letter.
const NOBODY: [&str; 17] = [
    "市民",
    "居民",
    "业主",
    "村民",
    "群众",
    "网友",
    "家长",
    "老人",
    "学生",
    "员工",
    "乘客",
    "患者",
    "热心市民",
    "匿名",
    "先生",
    "女士",
    "本人",
];

/// What stands between the figures of a telephone number.
const BETWEEN: [char; 9] = ['-', '－', '—', '–', ' ', '(', ')', '（', '）'];

/// What stands in the place of a number.
const MASK: &str = "****";

/// The fewest figures of a telephone number without its area code.
const LOCAL: usize = 7;

/// What of a person is found in words that must name nobody, in Chinese; none where nothing is.
pub(crate) fn found_in(words: &str) -> Option<&'static str> {
    scan_text(words, "").blocking().next().map(|finding| finding.kind.name())
}

/// What kinds of personal data stand in words, in Chinese, each once: what is masked before anything is published.
pub(crate) fn kinds_in(words: &str) -> Vec<&'static str> {
    let findings = scan_text(words, "");
    let mut kinds: Vec<_> = findings.blocking().map(|finding| finding.kind.name()).collect();
    kinds.sort_unstable();
    kinds.dedup();
    kinds
}

/// What of the writer of a letter stands in words that are for others, in Chinese; none where nothing does.
pub(crate) fn of_writer(words: &str, written: &Written) -> Option<&'static str> {
    let own = figures(&written.phone);
    match () {
        () if name_of(written).is_some_and(|name| words.contains(name)) => Some("留言人的称呼"),
        () if own.len() >= LOCAL && figures(words).contains(&own) => Some("留言人的电话"),
        () => None,
    }
}

/// Words of a letter with everything masked that stops a publication, the writer's name, his number, and landlines.
pub fn masked(words: &str, written: &Written) -> String {
    let landline = |run: &str| run.starts_with('0') && (10..=12).contains(&run.len());
    let words = masked_answer(words, written);
    without_numbers(&words, landline)
}

/// The same for an answer, in which the numbers of offices stay.
pub fn masked_answer(words: &str, written: &Written) -> String {
    let words = mask_text(words, &Masking::default());
    let own = figures(&written.phone);
    // Who gave his number with the area code may write it without.
    let local = own.get(own.len().saturating_sub(LOCAL)..).filter(|_| own.starts_with('0'));
    let is_own = |run: &str| own.len() >= LOCAL && (run.contains(&own) || Some(run) == local);
    let words = without_numbers(&words, is_own);
    match name_of(written) {
        Some(name) => {
            let family: String = name.chars().take(1).collect();
            words.replace(name, &format!("{family}**"))
        }
        None => words,
    }
}

/// The writer's name. One letter is no name, and would be masked wherever it stands; nor is what anybody is called.
fn name_of(written: &Written) -> Option<&str> {
    let name = written.name.trim();
    (name.chars().count() > 1 && !NOBODY.contains(&name)).then_some(name)
}

fn figures(words: &str) -> String {
    words.chars().filter(char::is_ascii_digit).collect()
}

/// Words without those runs of figures that are to go.
fn without_numbers(words: &str, goes: impl Fn(&str) -> bool) -> String {
    let (mut out, mut run) = (String::with_capacity(words.len()), String::new());
    let settle = |out: &mut String, run: &mut String| {
        let body = run.trim_end_matches(BETWEEN);
        let rest = run.get(body.len()..).unwrap_or_default();
        out.push_str(if goes(&figures(body)) { MASK } else { body });
        out.push_str(rest);
        run.clear();
    };
    for letter in words.chars() {
        if letter.is_ascii_digit() || (!run.is_empty() && BETWEEN.contains(&letter)) {
            run.push(letter);
            continue;
        }
        settle(&mut out, &mut run);
        out.push(letter);
    }
    settle(&mut out, &mut run);
    out
}

/// What people should look at before they publish, in words.
pub(crate) fn doubts(words: &str) -> Vec<String> {
    let findings = scan_text(words, "");
    findings.list.iter().map(|one| format!("{}：{}", one.kind.name(), one.masked)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn by(name: &str, phone: &str) -> Written {
        Written { name: name.into(), phone: phone.into(), ..Written::default() }
    }

    #[test]
    fn numbers_and_the_writers_name_are_masked() {
        let written = by("林秀英", "");
        let words = masked("我叫林秀英，手机13900001234，请回电。", &written);
        assert!(!words.contains("林秀英") && !words.contains("13900001234"), "{words}");
        assert!(words.contains("林**"), "{words}");
        assert_eq!(masked("林业局几点上班", &by("林", "")), "林业局几点上班");
    }

    #[test]
    fn what_anybody_is_called_is_not_masked() {
        for name in ["市民", "业主", " 居民 "] {
            assert_eq!(
                masked("市民、业主、居民都可以办", &by(name, "")),
                "市民、业主、居民都可以办"
            );
        }
    }

    #[test]
    fn the_writers_number_is_masked_however_it_is_written_and_offices_keep_theirs_in_answers() {
        let written = by("", "0592-7703123");
        for words in ["打 0592 7703123", "打(0592)7703123", "打7703123"] {
            assert!(!masked_answer(words, &written).contains("3123"), "{words}");
        }
        let office = "请拨 0592-2050000，上午 9 点到 11 点。";
        assert_eq!(masked_answer(office, &written), office);
        assert!(!masked(office, &written).contains("2050000"), "in a question it may be anybody's");
        assert_eq!(masked("2026 年交了 1200 元", &written), "2026 年交了 1200 元");
    }

    #[test]
    fn a_bank_card_is_masked_and_told_however_it_is_written() {
        for words in [
            "补贴没有打到6212263445082519749",
            "卡号 6212 2634 4508 2519 749",
            "卡号6212-2634-4508-2519-749",
            "我的银行卡是6212263445082519748",
        ] {
            let shown = masked(words, &Written::default());
            assert!(!shown.contains("6212") && !shown.contains("974"), "{shown}");
            assert_eq!(kinds_in(words), ["银行卡号"], "{words}");
            assert_eq!(found_in(words), Some("银行卡号"), "{words}");
        }
        assert_eq!(kinds_in("受理编号3502112025121071522"), Vec::<&str>::new());
    }

    #[test]
    fn what_names_a_person_is_found() {
        assert_eq!(found_in("他的手机是13900001234"), Some("手机号码"));
        assert_eq!(found_in("请说明幼儿园招生的时间"), None);
        let written = by("林秀英", "0592-7703123");
        assert_eq!(of_writer("林秀英来问过", &written), Some("留言人的称呼"));
        assert_eq!(of_writer("电话 0592 7703123", &written), Some("留言人的电话"));
        assert_eq!(of_writer("请说明招生的时间", &written), None);
        assert_eq!(of_writer("市民来问过", &by("市民", "")), None);
    }
}
