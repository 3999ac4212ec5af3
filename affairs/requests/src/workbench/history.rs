//! 办理记录: what happened to a file, the newest first, told from its one list of events.

use requests_rules::Happening;
use serde_json::Value as Json;
use web::moments::minute;

use crate::ledger_words::ACT_NAMES;
use crate::store::CaseEvent;

/// A line of the history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Line {
    pub what: String,
    pub detail: String,
    pub day: String,
    pub written: String,
    pub by: String,
    pub clock: &'static str,
}

/// The lines of a file, the newest first.
pub(crate) fn of(events: &[CaseEvent]) -> Vec<Line> {
    events.iter().rev().map(line).collect()
}

/// The same without what was said and who did it: for whoever does not work on the file.
pub(crate) fn without_details(events: &[CaseEvent]) -> Vec<Line> {
    let bare = |line: Line| Line { detail: String::new(), by: String::new(), ..line };
    of(events).into_iter().map(bare).collect()
}

fn line(event: &CaseEvent) -> Line {
    Line {
        what: name(event),
        detail: detail(&event.facts, event.happened_on),
        day: event.happened_on.to_string(),
        written: minute(&event.recorded_at),
        by: event.by.clone(),
        clock: event.happening.as_ref().map_or("", moves),
    }
}

fn name(event: &CaseEvent) -> String {
    let word = format!("requests.{}", event.kind);
    let known = ACT_NAMES.iter().find(|(act, _)| *act == word).map(|(_, name)| *name);
    match (&event.happening, known) {
        (Some(happening), _) => happening.name().to_owned(),
        (None, Some(name)) => name.to_owned(),
        (None, None) if event.kind == "receipt_letter" => "登记回执".to_owned(),
        (None, None) => "办理".to_owned(),
    }
}

/// What an event does to the clock.
const fn moves(happening: &Happening) -> &'static str {
    match happening {
        Happening::Received | Happening::CorrectionReceived { .. } | Happening::FeePaid => {
            "次日起计时"
        }
        Happening::CorrectionAsked { .. }
        | Happening::OpinionAsked { .. }
        | Happening::FeeNoticed { .. } => "计时中止",
        Happening::OpinionGiven { .. } => "收齐后恢复计时",
        Happening::Extended { .. } | Happening::Delayed { .. } => "期限顺延",
        Happening::Replied | Happening::Withdrawn => "计时结束",
        Happening::Served { .. } => "",
    }
}

fn judged_words(judged: &str) -> String {
    match judged {
        "unreasonable" => "理由不合理".to_owned(),
        "go_on" => "理由合理，继续办理".to_owned(),
        said => said.to_owned(),
    }
}

/// What the facts say in words; keys of machines and days are left to their own columns.
fn detail(facts: &Json, on: law::Date) -> String {
    let Json::Object(facts) = facts else { return String::new() };
    let said = facts.iter().filter_map(|(key, value)| match (key.as_str(), value) {
        ("submitted" | "proposal" | "hold" | "fee", _) => None,
        // the kind stands beside it in words
        ("code", _) if facts.contains_key("kind") => None,
        ("code", Json::String(code)) => {
            requests_rules::answer_type(code, on).map(|kind| kind.name.to_owned())
        }
        ("judged", Json::String(judged)) => Some(judged_words(judged)),
        (_, Json::String(text)) if !text.is_empty() => Some(text.clone()),
        _ => None,
    });
    said.collect::<Vec<_>>().join("；")
}
