//! What was understood of a table when it comes back from the browser with the word to keep it: anything
//! may have happened to it on the way.

use catalogue_rules::{ReadCatalogue, TimeLimit};
use serde_json::Value;
use web::Fault;

/// How many rows a table may have, and how many entries any list in it.
const MOST: usize = 5_000;

/// How many characters a cell may have.
const LONGEST: usize = 20_000;

/// The table, its limits read anew from their words.
///
/// # Errors
/// It did not arrive whole, or is larger than any catalogue.
pub fn table(sent: &str) -> Result<ReadCatalogue, Fault> {
    let broken = || {
        let words = "要存入的内容没有完整送达。请回到上一步，重新粘贴或者选择文件。";
        Fault::BadInput(words.into())
    };
    let value: Value = serde_json::from_str(sent).map_err(|_| broken())?;
    if !fits(&value) {
        let words = format!(
            "表格太大：最多 {MOST} 行，每一格最多 {LONGEST} 字。请分成几份，一份一份存入。"
        );
        return Err(Fault::BadInput(words));
    }
    let mut table: ReadCatalogue = serde_json::from_value(value).map_err(|_| broken())?;
    for item in &mut table.items {
        item.time_limit = TimeLimit::read(&item.time_limit_raw);
    }
    Ok(table)
}

fn fits(value: &Value) -> bool {
    match value {
        Value::String(text) => text.chars().count() <= LONGEST,
        Value::Array(parts) => parts.len() <= MOST && parts.iter().all(fits),
        Value::Object(fields) => {
            fields.len() <= MOST
                && fields.iter().all(|(name, part)| name.chars().count() <= LONGEST && fits(part))
        }
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use catalogue_rules::{Item, TimeLimitKind};

    fn sent(items: Vec<Item>) -> String {
        let table = ReadCatalogue { items, ..ReadCatalogue::default() };
        serde_json::to_string(&table).expect("is written")
    }

    #[test]
    fn a_limit_says_what_its_words_say_whatever_was_sent_along() {
        let forged = Item {
            time_limit_raw: "信息形成之日起20个工作日内".into(),
            time_limit: Some(TimeLimit::of(TimeLimitKind::LongTerm)),
            ..Item::default()
        };
        let read = table(&sent(vec![forged])).expect("a table");
        assert_eq!(read.items[0].time_limit, TimeLimit::read("信息形成之日起20个工作日内"));
    }

    #[test]
    fn what_is_larger_than_any_catalogue_is_refused() {
        let long = Item { elements: vec!["长".repeat(LONGEST + 1)], ..Item::default() };
        let table_of = |items: Vec<Item>| table(&sent(items)).map(|read| read.items.len());
        assert_eq!(table_of(vec![Item::default(); MOST]).ok(), Some(MOST));
        assert!(matches!(table_of(vec![Item::default(); MOST + 1]), Err(Fault::BadInput(_))));
        assert!(matches!(table_of(vec![long]), Err(Fault::BadInput(_))));
        assert!(matches!(table("{"), Err(Fault::BadInput(_))));
    }
}
