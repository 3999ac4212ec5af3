//! 最合适: the one answer that stands above the list: the document whose 文号 was typed, the guide to a matter
//! with the part that was asked for, or the organ that was named.

use search::{Hit, Hits};
use web::Visit;
use web::components::Tag;

use super::address;

/// What it is, and what helps at once.
pub(super) struct Best {
    pub label: &'static str,
    pub title: String,
    pub href: String,
    pub facts: Vec<String>,
    pub tag: Option<Tag>,
    /// The part of a guide that was asked for: its heading and its lines.
    pub part: Option<(String, Vec<String>)>,
    /// The document's name, so that it does not stand in the list again.
    pub id: String,
}

/// The parts of a guide, and the words by which they are asked for, the more particular first.
const PARTS: [(&[&str], &[&str]); 5] = [
    (&["带什么", "材料"], &["材料", "带什么", "要带", "资料", "证件"]),
    (&["多久", "收费", "时限"], &["多久", "几天", "时限", "收费", "多少钱", "要钱", "费用"]),
    (&["在哪里", "问谁", "地点"], &["哪里", "哪儿", "地址", "电话", "窗口", "地点", "问谁"]),
    (&["谁可以", "条件", "对象"], &["条件", "谁可以", "资格", "什么人", "哪些人", "能不能"]),
    (&["怎么办", "流程"], &["怎么", "如何", "怎样", "流程", "步骤", "申请", "办理", "办"]),
];

/// The most lines of a part that are shown.
const MOST_LINES: usize = 4;

/// The best answer there is to a question, if one stands out.
pub(super) fn best(visit: &Visit, asked: &str, hits: &Hits) -> Option<Best> {
    if let Some(hit) = &hits.exact {
        let facts = [hit.number.clone().unwrap_or_default(), hit.organ_name.clone(), dated(hit)];
        return Some(of("文号完全一致", visit, hit, facts));
    }
    let first = hits.hits.first()?;
    if is_guide(first) {
        let facts = [first.organ_name.clone(), dated(first), String::new()];
        let part = part(&first.body, asked);
        return Some(Best { part, ..of("办事指南", visit, first, facts) });
    }
    if first.kind == "机构" && !hits.relaxed && names(first, asked) {
        let mut facts = first.body.split('\u{3000}').skip(1).map(str::to_owned);
        let mut next = || facts.next().unwrap_or_default();
        let facts = [next(), next(), next()];
        return Some(of("机构", visit, first, facts));
    }
    None
}

fn of(label: &'static str, visit: &Visit, hit: &Hit, facts: [String; 3]) -> Best {
    Best {
        label,
        title: hit.plain_title(),
        href: address(visit, hit),
        facts: facts.into_iter().filter(|fact| !fact.is_empty()).collect(),
        tag: hit.validity.as_deref().map(Tag::validity),
        part: None,
        id: hit.id.clone(),
    }
}

fn dated(hit: &Hit) -> String {
    hit.date.clone().unwrap_or_default()
}

fn is_guide(hit: &Hit) -> bool {
    let title = hit.plain_title();
    hit.kind == "文件"
        && ["办事指南", "服务指引", "服务指南"].iter().any(|words| title.contains(words))
}

/// Whether an organ's name or what people call it is what was typed, and little besides.
fn names(hit: &Hit, asked: &str) -> bool {
    let short = hit.body.split('\u{3000}').next().unwrap_or_default();
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count();
    letters(asked) >= 3 && letters(asked) <= letters(&hit.plain_title()).max(letters(short)) + 2
}

/// The part of a guide that was asked for; where no part was named, what stands first.
fn part(body: &str, asked: &str) -> Option<(String, Vec<String>)> {
    let parts = parts(body);
    let wanted = PARTS.iter().find(|(_, words)| words.iter().any(|word| asked.contains(word)));
    let headed = |heads: &[&str]| {
        parts.iter().find(|(heading, _)| heads.iter().any(|head| heading.contains(head)))
    };
    let found = wanted.and_then(|(heads, _)| headed(heads)).or_else(|| parts.first());
    found.filter(|(_, lines)| !lines.is_empty()).cloned()
}

/// The text below each heading (一、…), with the heading's words.
fn parts(body: &str) -> Vec<(String, Vec<String>)> {
    let mut parts: Vec<(String, Vec<String>)> = Vec::new();
    for line in body.lines().map(str::trim).filter(|line| !line.is_empty()) {
        match heading(line) {
            Some(words) => parts.push((words.to_owned(), Vec::new())),
            None => {
                if let Some((_, lines)) = parts.last_mut()
                    && lines.len() < MOST_LINES
                {
                    lines.push(line.trim_start_matches("- ").to_owned());
                }
            }
        }
    }
    // Below the last part stand signature and date.
    if let Some((_, lines)) = parts.last_mut() {
        lines.truncate(1);
    }
    parts
}

fn heading(line: &str) -> Option<&str> {
    let (number, words) = line.trim_start_matches('#').trim().split_once('、')?;
    let numbered = !number.is_empty() && number.chars().all(|c| "一二三四五六七八九十".contains(c));
    (numbered && words.chars().count() <= 20 && !words.ends_with('。')).then_some(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    const GUIDE: &str = "本指南说明怎么办。\n一、谁可以办\n本区居民。\n二、要带什么\n- 申请表\n- 身份证明\n\
                         三、怎么办\n到窗口提出。\n四、多久办好、是否收费\n当场办结。不收费。";

    #[test]
    fn of_a_guide_the_part_that_was_asked_for_is_shown() {
        for (asked, heading, line) in [
            ("低保要带什么材料", "要带什么", "申请表"),
            ("低保怎么申请", "怎么办", "到窗口提出。"),
            ("办低保多久", "多久办好、是否收费", "当场办结。不收费。"),
            ("低保条件", "谁可以办", "本区居民。"),
            ("低保", "谁可以办", "本区居民。"),
        ] {
            let (head, lines) = part(GUIDE, asked).expect("a part");
            assert_eq!((head.as_str(), lines[0].as_str()), (heading, line), "{asked}");
        }
        assert_eq!(part("没有分节的一段话。", "低保"), None);
    }
}
