//! Tick cells, and cells that say in words whom and how: 公开对象, 公开方式, 公开层级.

use crate::reading::boxes::{Boxed, Crossed, boxes, glyph};
use crate::reading::text::{
    bare, close_up, closes, is_dash, is_invisible, opens, split_outside, trim_marks,
};
use crate::{Audience, Method};

/// What a cell in a tick column says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Tick {
    /// Empty, a dash, or an empty box.
    No,
    /// A check.
    Yes,
    /// Words beside or instead of the check.
    Words(String),
}

impl Tick {
    /// Whether the column applies.
    pub(crate) fn is_set(&self) -> bool {
        *self != Self::No
    }
}

/// Reads a cell of a tick column.
pub(crate) fn tick(cell: &str, crossed: Crossed) -> Tick {
    let text = bare(cell);
    if text.is_empty()
        || is_dash(&text)
        || matches!(text.as_str(), "否" | "不" | "N" | "n" | "0" | "口" | "X" | "x")
    {
        return Tick::No;
    }
    if matches!(
        text.as_str(),
        "是" | "有" | "Y" | "y" | "1" | "v" | "V" | "t" | "T" | "R" | "P" | "a" | "对" | "√√"
    ) {
        return Tick::Yes;
    }
    let marks: Vec<bool> =
        cell.chars().filter_map(glyph).map(|found| crossed.checks(found)).collect();
    if !marks.is_empty() && !marks.contains(&true) {
        return Tick::No;
    }
    let words: String = cell.chars().filter(|c| glyph(*c).is_none() && !is_invisible(*c)).collect();
    // 是（利害关系人）
    let words = words.trim_start();
    let words = words.strip_prefix('是').filter(|rest| !rest.starts_with('否')).unwrap_or(words);
    let words = unbracketed(words);
    if words.is_empty() { Tick::Yes } else { Tick::Words(words) }
}

/// The words without brackets around them.
fn unbracketed(words: &str) -> String {
    let words = close_up(words);
    let words = trim_marks(&words);
    let inner = words.strip_prefix(opens).and_then(|rest| rest.strip_suffix(closes));
    let inner = inner.filter(|inner| !inner.contains(opens)).unwrap_or(words);
    trim_marks(inner).to_owned()
}

const GROUP_WORDS: [&str; 6] =
    ["特定群体", "特定群众", "特定对象", "特定人群", "特定公众", "特定范围"];
const SOCIETY_WORDS: [&str; 6] = ["全社会", "社会公众", "全体公众", "面向社会", "社会大众", "公众"];

/// Whether the text names one of the two kinds of 公开对象.
pub(crate) fn names_audience(text: &str) -> bool {
    let text = bare(text);
    GROUP_WORDS.iter().chain(&SOCIETY_WORDS).any(|word| text.contains(word))
}

/// Whether the text names one of the two kinds of 公开方式.
pub(crate) fn names_method(text: &str) -> bool {
    let text = bare(text);
    ["主动", "依申请", "申请公开"].iter().any(|word| text.contains(word))
}

/// Whom a cell names in words, or by boxes with words, and the note beside it.
pub(crate) fn audience(cell: &str, crossed: Crossed) -> (Vec<Audience>, Option<String>) {
    let mut found: Vec<Audience> = Vec::new();
    let mut note = None;
    for words in checked_words(cell, crossed, &names_audience) {
        let plain = bare(&words);
        let society = SOCIETY_WORDS.iter().any(|word| plain.contains(word));
        let group = GROUP_WORDS.iter().any(|word| plain.contains(word));
        if society && !found.contains(&Audience::WholeSociety) {
            found.push(Audience::WholeSociety);
        }
        if !society || group {
            let remark = remark(&words);
            if (group || remark.is_some())
                && !found.contains(&Audience::CertainGroup)
                && !names_method_only(&plain)
            {
                found.push(Audience::CertainGroup);
                note = note.or(remark);
            }
        }
    }
    (found, note)
}

fn names_method_only(plain: &str) -> bool {
    names_method(plain) && !names_audience(plain)
}

/// What beside 特定群体 says who that is.
fn remark(words: &str) -> Option<String> {
    let mut words = close_up(words);
    for word in GROUP_WORDS.iter().chain(&SOCIETY_WORDS) {
        words = words.replace(word, "");
    }
    let words = unbracketed(words.trim_matches(|c: char| glyph(c).is_some()));
    words.chars().any(char::is_alphanumeric).then_some(words)
}

/// How a cell says information is given, in words or by boxes with words.
pub(crate) fn methods(cell: &str, crossed: Crossed) -> Vec<Method> {
    let mut found = Vec::new();
    for words in checked_words(cell, crossed, &names_method) {
        let plain = bare(&words);
        if plain.contains("主动") && !found.contains(&Method::Proactive) {
            found.push(Method::Proactive);
        }
        if plain.contains("申请") && !found.contains(&Method::OnRequest) {
            found.push(Method::OnRequest);
        }
    }
    found
}

/// The entries of a word cell: those with a checked box, or all if there are no boxes.
pub(crate) fn checked_words(
    cell: &str,
    crossed: Crossed,
    is_label: &dyn Fn(&str) -> bool,
) -> Vec<String> {
    if is_dash(cell) {
        return Vec::new();
    }
    let boxed = boxes(cell, crossed, is_label);
    let labelled = |boxes: &[Boxed]| boxes.iter().any(|boxed| !boxed.label.is_empty());
    match boxed.filter(|boxes| labelled(boxes)) {
        Some(boxes) => {
            boxes.into_iter().filter(|boxed| boxed.checked).map(|boxed| boxed.label).collect()
        }
        None => split_outside(cell, |c| matches!(c, '、' | '；' | ';' | '，' | ',' | '/' | '\n')),
    }
}

#[cfg(test)]
mod tests {
    use super::{Tick, audience, methods, tick};
    use crate::reading::boxes::Crossed;
    use crate::{Audience, Method};

    #[test]
    fn ticks_of_every_make_are_read() {
        let crossed = Crossed::default();
        for yes in ["√", "✓", "■", "●", "▲", "☑", "t", "V", "是", " √ ", "🗹"] {
            assert_eq!(tick(yes, crossed), Tick::Yes, "{yes}");
        }
        for no in ["", " ", "—", "/", "□", "○", "×", "否", "口", "\u{a0}"] {
            assert_eq!(tick(no, crossed), Tick::No, "{no}");
        }
        for words in
            ["√（利害关系人）", "√利害关系人", "利害关系人", "√\n利害关系人", "是（利害关系人）"]
        {
            assert_eq!(tick(words, crossed), Tick::Words("利害关系人".into()), "{words}");
        }
        assert_eq!(tick("□利害关系人", crossed), Tick::No);
    }

    #[test]
    fn words_say_whom_and_how() {
        use Audience::{CertainGroup, WholeSociety};
        let crossed = Crossed::default();
        for (cell, whom, note) in [
            ("全社会", vec![WholeSociety], None),
            ("特定群体（利害关系人）", vec![CertainGroup], Some("利害关系人")),
            ("利害关系人", vec![CertainGroup], Some("利害关系人")),
            ("特定群体：申请人", vec![CertainGroup], Some("申请人")),
            ("全社会、特定群体", vec![WholeSociety, CertainGroup], None),
            ("■全社会 □特定群体", vec![WholeSociety], None),
            ("□全社会 ■特定群众（当事人）", vec![CertainGroup], Some("当事人")),
            ("社会公众", vec![WholeSociety], None),
            ("", vec![], None),
        ] {
            let (found, remark) = audience(cell, crossed);
            assert_eq!((found, remark.as_deref()), (whom, note), "{cell}");
        }
        for (cell, how) in [
            ("主动公开", vec![Method::Proactive]),
            ("主动公开、依申请公开", vec![Method::Proactive, Method::OnRequest]),
            ("□主动 ■依申请", vec![Method::OnRequest]),
            ("依申请公开", vec![Method::OnRequest]),
            ("/", vec![]),
        ] {
            assert_eq!(methods(cell, crossed), how, "{cell}");
        }
    }
}
