//! 词表的修改: one person proposes the next version of the list of wrong and sensitive words, another
//! approves it. From then on it holds, and everything published is looked through by it.

use std::collections::BTreeSet;

use documents::wording::{Entry as Line, List};
use ledger::{Change, Desk, Entry};
use store::moment;

use super::{ActError, Hand, first, reasoned};
use crate::store::{Wording, WordingVersion};

/// The most a list may have, in bytes: a decision of ours.
const LARGEST: usize = 1 << 20;

/// The columns of the list, as its first line names them.
const HEAD: &str = "写法,建议,类别,正确的场合,说明";

/// A line of the list as it is filled in on the page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WordingLine {
    /// What is not to be written.
    pub word: String,
    /// What is to be written instead; may be empty.
    pub suggestion: String,
    /// 错别字, 称谓 …
    pub class: String,
    /// Longer words in which it is right, with | between them.
    pub right_in: String,
    /// Why.
    pub reason: String,
}

/// The text of a list with one line added, in place of a line for the same word.
///
/// # Errors
/// A field is not fit for a list.
pub fn with_line(text: &str, line: &WordingLine) -> Result<String, ActError> {
    let word = line.word.trim();
    if word.is_empty() {
        return Err(ActError::Refused("没有写“写法”", "写出不应出现的词"));
    }
    let rest = without(text, word);
    let fields = [word, &line.suggestion, &line.class, &line.right_in, &line.reason];
    let line = fields.map(|field| quoted(field.trim())).join(",");
    Ok(format!("{}\n{line}\n", rest.trim_end()))
}

/// The text of a list without the line for a word.
pub fn without(text: &str, word: &str) -> String {
    let is_it = |line: &str| {
        let first = line.split(',').next().unwrap_or_default();
        first.trim().trim_matches('"') == word
    };
    let mut lines = text.lines();
    let head = lines.next().unwrap_or(HEAD);
    let rest = lines.filter(|line| !is_it(line));
    std::iter::once(head).chain(rest).fold(String::new(), |all, line| all + line + "\n")
}

fn quoted(field: &str) -> String {
    let field: String = field.chars().filter(|letter| !letter.is_control()).collect();
    if field.contains([',', '"']) { format!("\"{}\"", field.replace('"', "\"\"")) } else { field }
}

/// Somebody was first.
const WAITING: ActError = ActError::Refused("已有一版词表等待核准", "等核准以后再改");

/// Proposes the next version of the list.
///
/// # Errors
/// The text is no list or says nothing new, a proposal waits already, no reason is given, or the database
/// refuses.
pub async fn propose(
    mut desk: Desk,
    hand: &Hand,
    text: &str,
    reason: &str,
) -> Result<i64, ActError> {
    let reason = reasoned(reason)?;
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    if text.len() > LARGEST {
        return Err(ActError::Refused("词表超过1MB", "删去不用的词"));
    }
    if text.lines().next().map(str::trim) != Some(HEAD) {
        return Err(ActError::Refused(
            "词表第一行不对",
            "第一行写“写法,建议,类别,正确的场合,说明”；可以先导出现在的词表，在上面改",
        ));
    }
    let list = List::read(&text).map_err(|wrong| ActError::Wording(wrong.to_string()))?;
    if let Some(entry) = list.entries().iter().find(|entry| is_formula(entry)) {
        return Err(ActError::Wording(format!(
            "“{}”这一条里有以 = + - @ 开头的内容，表格软件会当作公式。请改写",
            entry.word
        )));
    }
    if WordingVersion::waiting(desk.change()).await?.is_some() {
        return Err(WAITING);
    }
    let before = Wording::now(desk.change()).await?;
    let (added, removed) = difference(&before.text, &text);
    if added.is_empty() && removed.is_empty() {
        return Err(ActError::Refused("词表没有变化", "改了再提交"));
    }
    let at = moment(desk.now());
    let number = WordingVersion::propose(desk.change(), &text, &reason, hand, &at).await;
    let number = first(number, WAITING)?;
    let change = Change {
        before: serde_json::json!({ "number": before.number, "lines": removed }),
        after: serde_json::json!({ "number": number, "lines": added }),
    };
    let facts = serde_json::json!({ "number": number, "reason": reason });
    desk.record_change(entry("wording_proposal", number, hand, facts), change).await?;
    desk.seal().await?;
    Ok(number)
}

/// Whether a spreadsheet would take a field of the line for a formula when the list is exported.
fn is_formula(entry: &Line) -> bool {
    let begins = |text: &str| text.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    [&entry.word, &entry.suggestion, &entry.reason].into_iter().any(|text| begins(text))
        || entry.right_in.first().is_some_and(|text| begins(text))
}

/// Approves a version, or sends it back.
///
/// # Errors
/// There is none that waits under this number, whoever decides has proposed it, no reason is given, or
/// the database refuses.
pub async fn decide(
    mut desk: Desk,
    hand: &Hand,
    number: i64,
    agreed: bool,
    words: &str,
) -> Result<(), ActError> {
    let words = reasoned(words)?;
    let waiting = WordingVersion::waiting(desk.change()).await?;
    let waiting = waiting.filter(|version| version.number == number).ok_or(ActError::DECIDED)?;
    if hand.is_among(waiting.proposers()) {
        return Err(ActError::SAME_PERSON);
    }
    let before = Wording::now(desk.change()).await?;
    let at = moment(desk.now());
    if !WordingVersion::decide(desk.change(), number, agreed, &words, hand, &at).await? {
        return Err(ActError::DECIDED);
    }
    let holds = if agreed { number } else { before.number };
    let change = Change {
        before: serde_json::json!({ "holds": before.number }),
        after: serde_json::json!({ "holds": holds }),
    };
    let act = if agreed { "wording" } else { "wording_refusal" };
    let facts = serde_json::json!({ "number": number, "reason": words });
    desk.record_change(entry(act, number, hand, facts), change).await?;
    Ok(desk.seal().await?)
}

/// Takes one's own proposal back.
///
/// # Errors
/// There is none of this person that waits under this number, no reason is given, or the database refuses.
pub async fn withdraw(
    mut desk: Desk,
    hand: &Hand,
    number: i64,
    words: &str,
) -> Result<(), ActError> {
    let words = reasoned(words)?;
    let waiting = WordingVersion::waiting(desk.change()).await?;
    let own = |one: &WordingVersion| one.number == number && hand.is_among(one.proposers());
    waiting.filter(own).ok_or(ActError::DECIDED)?;
    let at = moment(desk.now());
    if !WordingVersion::withdraw(desk.change(), number, &words, hand, &at).await? {
        return Err(ActError::DECIDED);
    }
    let facts = serde_json::json!({ "number": number, "reason": words });
    desk.record(entry("wording_withdrawal", number, hand, facts)).await?;
    Ok(desk.seal().await?)
}

/// The lines that only the second list has, and those that only the first has.
pub fn difference(before: &str, after: &str) -> (Vec<String>, Vec<String>) {
    let lines = |text: &str| -> BTreeSet<String> {
        let lines = text.lines().skip(1).map(|line| line.trim().to_owned());
        lines.filter(|line| !line.is_empty()).collect()
    };
    let (before, after) = (lines(before), lines(after));
    let only = |one: &BTreeSet<String>, other: &BTreeSet<String>| {
        one.difference(other).cloned().collect::<Vec<_>>()
    };
    (only(&after, &before), only(&before, &after))
}

fn entry(act: &'static str, number: i64, hand: &Hand, facts: serde_json::Value) -> Entry {
    Entry {
        room: "records",
        act,
        subject: format!("wording:{number}"),
        organ: hand.organ.clone(),
        basis: law::article("政府信息公开条例", 17).to_string(),
        facts,
    }
}
