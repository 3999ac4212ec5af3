//! Whether a document holds on a day, in words: for its page and for its files.

use law::Date;
use records_rules::{Life, Metadata, Validity};

/// The days behind 有效性.
pub(crate) fn remark(life: &Life, today: Date) -> String {
    let from = |day: Option<Date>| day.map(|day| format!("自 {day} 起")).unwrap_or_default();
    match life.validity_on(today) {
        Validity::Repealed => repealed(life),
        Validity::Lapsed => life.last_day.map(|day| format!("有效期至 {day}")).unwrap_or_default(),
        Validity::NotYet => from(life.in_force_from) + "施行",
        Validity::PartlyVoid => from(life.partly_void_from),
        Validity::Amended => from(life.amended_from),
        Validity::InForce => match (life.last_day, life.lapses_soon(today)) {
            (_, Some(last)) => format!("至 {last}，即将到期"),
            (Some(last), None) => format!("至 {last}"),
            (None, None) => String::new(),
        },
    }
}

fn repealed(life: &Life) -> String {
    let Some(repeal) = &life.repealed else { return String::new() };
    match &repeal.by {
        Some(by) => format!("自 {} 起，依据{by}", repeal.from),
        None => format!("自 {} 起", repeal.from),
    }
}

/// What a reader must know before relying on the text.
pub(crate) fn warning(metadata: &Metadata, today: Date) -> Option<String> {
    let life = &metadata.life;
    match life.validity_on(today) {
        Validity::Repealed => Some(format!("本文件已经废止（{}），只供查阅。", repealed(life))),
        Validity::Lapsed => Some(format!("本文件已经失效（{}），只供查阅。", remark(life, today))),
        Validity::NotYet => Some(format!("本文件尚未生效（{}）。", remark(life, today))),
        Validity::PartlyVoid => {
            Some(format!("本文件部分内容已经失效（{}）。", remark(life, today)))
        }
        Validity::Amended => {
            Some(format!("本文件已经修改（{}），这里是修改前的文本。", remark(life, today)))
        }
        Validity::InForce => None,
    }
}
