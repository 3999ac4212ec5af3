//! What a case gives: its fields are taken one by one, so that whatever is wrong is told by its name and
//! its place.

use law::Date;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

/// An object of a case: the case itself, or an item of one of its lists.
pub struct Given<'case> {
    fields: &'case Map<String, Value>,
    /// Where it stands, with what joins a field to it; empty for the case itself.
    place: String,
}

impl<'case> Given<'case> {
    /// The case.
    ///
    /// # Errors
    /// It is no object.
    pub fn case(value: &'case Value) -> Result<Self, String> {
        let fields = value.as_object().ok_or("应当写成 {…}, 各项有名有值")?;
        Ok(Self { fields, place: String::new() })
    }

    /// A field, if it is there and says something.
    pub fn maybe(&self, name: &str) -> Option<&'case Value> {
        self.fields.get(name).filter(|value| !value.is_null())
    }

    /// A field that must be there.
    ///
    /// # Errors
    /// It is not.
    pub fn value(&self, name: &str) -> Result<&'case Value, String> {
        self.maybe(name).ok_or_else(|| format!("没有 {}", self.named(name)))
    }

    /// Words.
    ///
    /// # Errors
    /// It is missing, or something else.
    pub fn text(&self, name: &str) -> Result<&'case str, String> {
        let value = self.value(name)?;
        value.as_str().ok_or_else(|| self.instead(name, "文字", value))
    }

    /// Words, if there are any.
    ///
    /// # Errors
    /// It is something else.
    pub fn maybe_text(&self, name: &str) -> Result<Option<&'case str>, String> {
        self.maybe(name).map(|_| self.text(name)).transpose()
    }

    /// A day.
    ///
    /// # Errors
    /// It is missing, or no day.
    pub fn date(&self, name: &str) -> Result<Date, String> {
        date(self.value(name)?).map_err(|why| format!("的 {} {why}", self.named(name)))
    }

    /// A day, if there is one.
    ///
    /// # Errors
    /// It is something else.
    pub fn maybe_date(&self, name: &str) -> Result<Option<Date>, String> {
        self.maybe(name).map(|_| self.date(name)).transpose()
    }

    /// Days.
    ///
    /// # Errors
    /// It is missing, no list, or has something else in it.
    pub fn dates(&self, name: &str) -> Result<Vec<Date>, String> {
        let days = self.list(name)?.iter().enumerate();
        let place = |at| format!("的 {} 第 {} 项", self.named(name), at + 1);
        days.map(|(at, day)| date(day).map_err(|why| format!("{} {why}", place(at)))).collect()
    }

    /// A whole number from `least` to `most`.
    ///
    /// # Errors
    /// It is missing, or something else.
    pub fn number(&self, name: &str, (least, most): (u64, u64)) -> Result<u64, String> {
        let value = self.value(name)?;
        let number = value.as_u64().filter(|number| (least..=most).contains(number));
        number.ok_or_else(|| self.instead(name, &format!(" {least} 到 {most} 的整数"), value))
    }

    /// A number of days.
    ///
    /// # Errors
    /// It is missing, or something else.
    pub fn days(&self, name: &str, least: u32) -> Result<u32, String> {
        let number = self.number(name, (least.into(), u32::MAX.into()))?;
        u32::try_from(number).map_err(|error| error.to_string())
    }

    /// A year.
    ///
    /// # Errors
    /// It is missing, or something else.
    pub fn year(&self, name: &str) -> Result<i16, String> {
        let number = self.number(name, (1, 9999))?;
        i16::try_from(number).map_err(|error| error.to_string())
    }

    /// Whether something is so; where nothing is said, it is not.
    ///
    /// # Errors
    /// It is something else.
    pub fn flag(&self, name: &str) -> Result<bool, String> {
        let Some(value) = self.maybe(name) else { return Ok(false) };
        value.as_bool().ok_or_else(|| self.instead(name, " true 或 false", value))
    }

    /// One of the words, by what it stands for.
    ///
    /// # Errors
    /// It is missing, or another word.
    pub fn one_of<T: DeserializeOwned>(&self, name: &str, words: &str) -> Result<T, String> {
        let value = self.value(name)?;
        T::deserialize(value).map_err(|_| self.instead(name, &format!("{words}之一"), value))
    }

    /// A list.
    ///
    /// # Errors
    /// It is missing, or something else.
    pub fn list(&self, name: &str) -> Result<&'case [Value], String> {
        let value = self.value(name)?;
        let list = value.as_array().ok_or_else(|| self.instead(name, "列表 […]", value))?;
        Ok(list)
    }

    /// The objects of a list.
    ///
    /// # Errors
    /// It is missing, no list, or has something else in it.
    pub fn items(&self, name: &str) -> Result<Vec<Self>, String> {
        let items = self.list(name)?.iter().enumerate();
        let item = |(at, value): (usize, &'case Value)| -> Result<Self, String> {
            let place = format!("{} 第 {} 项", self.named(name), at + 1);
            let fields = value.as_object().ok_or_else(|| wants(&place, " {…}", value))?;
            Ok(Self { fields, place: format!("{place}的 ") })
        };
        items.map(item).collect()
    }

    /// The fields of an object, by their names.
    ///
    /// # Errors
    /// It is missing, or something else.
    pub fn object(&self, name: &str) -> Result<&'case Map<String, Value>, String> {
        let value = self.value(name)?;
        value.as_object().ok_or_else(|| self.instead(name, " {…}", value))
    }

    /// That a field does not say what it should.
    pub fn instead(&self, name: &str, wanted: &str, found: &Value) -> String {
        wants(&self.named(name), wanted, found)
    }

    fn named(&self, name: &str) -> String {
        format!("{}{name}", self.place)
    }
}

fn wants(place: &str, wanted: &str, found: &Value) -> String {
    format!("的 {place} 应当是{wanted}, 写的是 {}", shown(found))
}

/// A day, written as it is everywhere here and in no other way.
fn date(value: &Value) -> Result<Date, String> {
    let written = value.as_str().filter(|text| {
        let digits = |(at, one): (usize, char)| matches!(at, 4 | 7) == (one == '-');
        text.len() == "2025-03-31".len()
            && text.chars().all(|one| one.is_ascii_digit() || one == '-')
            && text.chars().enumerate().all(digits)
    });
    let text = written
        .ok_or_else(|| format!("应当是日期, 写作 2025-03-31 的样子, 写的是 {}", shown(value)))?;
    text.parse().map_err(|_| format!("写的是 {text}, 没有这一天"))
}

/// So much of what was found that it is known again.
fn shown(value: &Value) -> String {
    const ENOUGH: usize = 40;
    let text = value.to_string();
    let head: String = text.chars().take(ENOUGH).collect();
    if head.len() < text.len() { format!("{head}…") } else { head }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Given;

    #[test]
    fn a_day_is_written_in_one_way_and_must_exist() {
        for (written, why) in [
            (json!("2025-03-31"), None),
            (json!("2024-02-29"), None),
            (json!("2025-02-29"), Some("没有这一天")),
            (json!("2025-02-30"), Some("没有这一天")),
            (json!("2025-13-01"), Some("没有这一天")),
            (json!("2025-00-10"), Some("没有这一天")),
            (json!("2025-3-31"), Some("应当是日期")),
            (json!("20250331"), Some("应当是日期")),
            (json!("2025/03/31"), Some("应当是日期")),
            (json!("2025-03-31T00:00"), Some("应当是日期")),
            (json!("-2025-3-31"), Some("应当是日期")),
            (json!("２０２５-03-31"), Some("应当是日期")),
            (json!(20_250_331), Some("应当是日期")),
            (json!(null), Some("没有 on")),
        ] {
            let case = json!({"on": written});
            let read = Given::case(&case).and_then(|given| given.date("on"));
            match (&read, why) {
                (Ok(day), None) => assert_eq!(json!(day), written),
                (Err(told), Some(why)) => assert!(told.contains(why), "{written}: {told}"),
                other => panic!("{written}: {other:?}"),
            }
        }
    }

    #[test]
    fn what_is_wrong_is_told_by_name_and_place() {
        let case = json!({
            "days": -1, "year": 99_999, "rule": 5, "flag": "是", "list": "x", "posted": ["2025-01-01", 7],
            "story": [{"on": "2025-01-01"}, {"on": "2025-02-30"}], "mixed": [{}, "x"], "long": "长".repeat(99),
        });
        let given = Given::case(&case).expect("an object");
        let story = given.items("story").expect("objects");
        for (told, words) in [
            (given.days("days", 0).err(), "的 days 应当是 0 到 4294967295 的整数, 写的是 -1"),
            (given.year("year").err(), "的 year 应当是 1 到 9999 的整数, 写的是 99999"),
            (given.text("rule").err(), "的 rule 应当是文字, 写的是 5"),
            (given.text("none").err(), "没有 none"),
            (given.flag("flag").err(), "的 flag 应当是 true 或 false, 写的是 \"是\""),
            (given.list("list").err(), "的 list 应当是列表 […], 写的是 \"x\""),
            (given.dates("posted").err(), "的 posted 第 2 项 应当是日期"),
            (story[1].date("on").err(), "的 story 第 2 项的 on 写的是 2025-02-30, 没有这一天"),
            (story[0].text("who").err(), "没有 story 第 1 项的 who"),
            (given.items("mixed").err(), "的 mixed 第 2 项 应当是 {…}, 写的是 \"x\""),
            (given.date("long").err(), "长…"),
            (Given::case(&json!([1])).err(), "应当写成 {…}"),
        ] {
            let told = told.expect("it is wrong");
            assert!(told.contains(words), "{told} / {words}");
        }
        assert_eq!(given.flag("none"), Ok(false));
    }
}
