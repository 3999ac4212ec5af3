//! What a value looks like: for the check of what is sent, and as JSON Schema (2020-12) for programs.

use law::Date;
use serde_json::{Map, Value, json};

/// What a value looks like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shape {
    /// Words, so many letters at most, without control characters.
    Text(usize),
    /// Words of any length, as they were published.
    Prose,
    /// A key of ours in letters, digits, `-` and `_`.
    Code,
    /// A key that is a UUID.
    Key,
    /// 12 digits of 行政区划代码.
    Division,
    /// A mark from which a list goes on.
    Cursor,
    /// A whole number between two.
    Whole(i64, i64),
    /// A number with a part, between 0 and 1.
    Part,
    /// A day, `2026-11-25`.
    Day,
    /// A moment, RFC 3339.
    Moment,
    /// An address.
    Address,
    /// Yes or no.
    Flag,
    /// One of these words.
    Word(Vec<&'static str>),
    /// Some of these words, with commas between.
    Words(Vec<&'static str>),
    /// Several of one kind.
    List(Box<Shape>),
    /// Fields with their own names.
    Thing(Vec<Field>),
    /// Whatever stands in a document that was published as it is.
    Anything,
}

/// One field of a thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Its name.
    pub name: &'static str,
    /// What it means, in Chinese.
    pub about: &'static str,
    /// What it looks like.
    pub shape: Shape,
    /// Whether it may be `null`.
    pub may_lack: bool,
}

/// A thing that is asked for or sent, with a name in the description.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resource {
    /// Its name in the description: `Document`.
    pub name: &'static str,
    /// What it is, in Chinese.
    pub about: &'static str,
    /// Its fields.
    pub fields: Vec<Field>,
}

/// The longest key of ours.
const LONGEST_CODE: usize = 64;

/// The longest cursor.
const LONGEST_CURSOR: usize = 600;

impl Field {
    /// A field that is always there.
    pub const fn new(name: &'static str, about: &'static str, shape: Shape) -> Self {
        Self { name, about, shape, may_lack: false }
    }

    /// A field that may be `null`.
    pub const fn or_null(name: &'static str, about: &'static str, shape: Shape) -> Self {
        Self { name, about, shape, may_lack: true }
    }

    /// As JSON Schema.
    pub fn schema(&self) -> Value {
        let mut schema = self.shape.schema();
        if self.may_lack {
            allow_null(&mut schema);
        }
        schema["description"] = json!(self.about);
        schema
    }
}

/// Lets a schema take `null` as well.
fn allow_null(schema: &mut Value) {
    if let Some(kind) = schema.get("type").cloned() {
        schema["type"] = json!([kind, "null"]);
    }
    if let Some(words) = schema.get_mut("enum").and_then(Value::as_array_mut) {
        words.push(Value::Null);
    }
}

impl Resource {
    /// The names of its fields.
    pub fn names(&self) -> Vec<&'static str> {
        self.fields.iter().map(|field| field.name).collect()
    }
}

impl Shape {
    /// Several of one kind.
    pub fn list(of: Self) -> Self {
        Self::List(Box::new(of))
    }

    /// As JSON Schema.
    pub fn schema(&self) -> Value {
        let text = |pattern: &str| json!({ "type": "string", "pattern": pattern });
        match self {
            Self::Text(most) => {
                let mut schema = text("^[^\\u0000-\\u001f\\u007f-\\u009f]*$");
                schema["maxLength"] = json!(most);
                schema
            }
            Self::Prose => json!({ "type": "string" }),
            Self::Code => text(&format!("^[A-Za-z0-9_-]{{1,{LONGEST_CODE}}}$")),
            Self::Key => json!({ "type": "string", "format": "uuid" }),
            Self::Division => text("^[0-9]{12}$"),
            Self::Cursor => text(&format!("^[A-Za-z0-9_-]{{1,{LONGEST_CURSOR}}}$")),
            Self::Whole(low, high) => {
                json!({ "type": "integer", "minimum": low, "maximum": high })
            }
            Self::Part => json!({ "type": "number", "minimum": 0, "maximum": 1 }),
            Self::Day => json!({ "type": "string", "format": "date" }),
            Self::Moment => json!({ "type": "string", "format": "date-time" }),
            Self::Address => json!({ "type": "string", "format": "uri-reference" }),
            Self::Flag => json!({ "type": "boolean" }),
            Self::Word(words) => json!({ "type": "string", "enum": words }),
            Self::Words(words) => json!({
                "type": "array", "items": { "type": "string", "enum": words },
                "minItems": 1,
            }),
            Self::List(of) => json!({ "type": "array", "items": of.schema() }),
            Self::Thing(fields) => thing(fields),
            Self::Anything => json!({}),
        }
    }

    /// Reads a value as it stands in an address; it comes back in its usual spelling.
    ///
    /// # Errors
    /// It is none; says what to write instead.
    pub fn read(&self, text: &str) -> Result<String, String> {
        match self {
            Self::Text(most) if text.chars().count() > *most => {
                Err(format!("请不超过 {most} 个字"))
            }
            Self::Text(_) if text.chars().any(char::is_control) => Err("不能有控制字符".into()),
            Self::Text(_) | Self::Prose | Self::Anything => Ok(text.to_owned()),
            Self::Code => lettered(text, LONGEST_CODE),
            Self::Cursor => lettered(text, LONGEST_CURSOR),
            Self::Key => match uuid::Uuid::try_parse(text) {
                Ok(key) => Ok(key.to_string()),
                Err(_) => Err("请写 UUID，例如 019ab2c4-0000-7000-8000-000000000000".into()),
            },
            Self::Division => {
                let digits = text.len() == 12 && text.bytes().all(|digit| digit.is_ascii_digit());
                digits.then(|| text.to_owned()).ok_or_else(|| "请写 12 位行政区划代码".into())
            }
            Self::Whole(low, high) => whole(text, *low, *high),
            Self::Day => match text.parse::<Date>() {
                Ok(day) if text.len() == 10 => Ok(day.to_string()),
                _ => Err("请写成年-月-日，例如 2026-11-25".into()),
            },
            Self::Word(words) => one_of(text, words),
            Self::Words(words) => {
                let each = text.split(',').map(|word| one_of(word, words));
                Ok(each.collect::<Result<Vec<_>, _>>()?.join(","))
            }
            Self::Flag => one_of(text, &["true", "false"]),
            Self::Part | Self::Moment | Self::Address | Self::List(_) | Self::Thing(_) => {
                Err("这里不收这种值".into())
            }
        }
    }
}

fn lettered(text: &str, most: usize) -> Result<String, String> {
    let letter = |letter: u8| letter.is_ascii_alphanumeric() || b"-_".contains(&letter);
    let sound = (1..=most).contains(&text.len()) && text.bytes().all(letter);
    sound.then(|| text.to_owned()).ok_or_else(|| format!("请写 1 至 {most} 个字母、数字、“-”或“_”"))
}

fn whole(text: &str, low: i64, high: i64) -> Result<String, String> {
    let plain = text.strip_prefix('-').unwrap_or(text).bytes().all(|digit| digit.is_ascii_digit());
    match text.parse::<i64>() {
        Ok(number) if plain && (low..=high).contains(&number) => Ok(number.to_string()),
        _ => Err(format!("请写 {low} 至 {high} 的整数")),
    }
}

fn one_of(text: &str, words: &[&str]) -> Result<String, String> {
    let known = words.iter().find(|word| **word == text);
    known.map(|word| (*word).to_owned()).ok_or_else(|| format!("请写 {} 之一", words.join("、")))
}

/// A thing as JSON Schema: whatever it has besides may come at any time.
fn thing(fields: &[Field]) -> Value {
    let properties: Map<String, Value> =
        fields.iter().map(|field| (field.name.to_owned(), field.schema())).collect();
    json!({ "type": "object", "properties": properties })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_from_an_address_is_what_the_description_allows() {
        let words = || Shape::Word(vec!["city", "district"]);
        for (shape, text, read) in [
            (Shape::Text(4), "低保标准", Some("低保标准")),
            (Shape::Text(4), "最低生活保障", None),
            (Shape::Text(9), "a\u{0}b", None),
            (Shape::Code, "XM01101", Some("XM01101")),
            (Shape::Code, "", None),
            (Shape::Code, "a/b", None),
            (
                Shape::Key,
                "019AB2C4-0000-7000-8000-000000000000",
                Some("019ab2c4-0000-7000-8000-000000000000"),
            ),
            (Shape::Key, "019", None),
            (Shape::Division, "350203000000", Some("350203000000")),
            (Shape::Division, "350203", None),
            (Shape::Whole(1, 100), "100", Some("100")),
            (Shape::Whole(1, 100), "101", None),
            (Shape::Whole(1, 100), "+7", None),
            (Shape::Whole(1, 100), "", None),
            (Shape::Day, "2026-11-25", Some("2026-11-25")),
            (Shape::Day, "2026-02-30", None),
            (Shape::Day, "20261125", None),
            (words(), "city", Some("city")),
            (words(), "town", None),
            (Shape::Words(vec!["id", "title"]), "id,title", Some("id,title")),
            (Shape::Words(vec!["id", "title"]), "id,body", None),
        ] {
            assert_eq!(shape.read(text).ok().as_deref(), read, "{shape:?} {text:?}");
        }
    }

    #[test]
    fn what_may_lack_may_be_null_in_the_description() {
        let field = Field::or_null("validity", "有效性", Shape::Word(vec!["有效"]));
        let schema = field.schema();
        assert_eq!(schema["type"], json!(["string", "null"]));
        assert_eq!(schema["enum"], json!(["有效", null]));
    }
}
