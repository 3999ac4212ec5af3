//! What is sent along with a call, held against its shape.

use serde_json::Value;

use super::shape::{Field, Shape};
use crate::components::FieldError;

/// What is wrong with a thing that was sent, each at its place (RFC 6901); nothing where all is right.
pub(super) fn faults(fields: &[Field], sent: &Value) -> Vec<FieldError> {
    let mut found = Vec::new();
    thing(fields, sent, "", &mut found);
    found
}

fn thing(fields: &[Field], sent: &Value, at: &str, found: &mut Vec<FieldError>) {
    let mut wrong = |place: String, words: String| {
        found.push(FieldError { field: place, message: words });
    };
    let Some(sent) = sent.as_object() else {
        wrong(at.to_owned(), "请写一个 JSON 对象".into());
        return;
    };
    for name in sent.keys() {
        if fields.iter().all(|field| field.name != name) {
            wrong(format!("{at}/{}", pointed(name)), "没有这个字段，请去掉".into());
        }
    }
    for field in fields {
        let place = format!("{at}/{}", field.name);
        match sent.get(field.name) {
            None if field.may_lack => {}
            Some(Value::Null) if field.may_lack => {}
            None => found.push(FieldError { field: place, message: "这一项必须写".into() }),
            Some(value) => one(&field.shape, value, &place, found),
        }
    }
}

fn one(shape: &Shape, value: &Value, place: &str, found: &mut Vec<FieldError>) {
    let read = match (shape, value) {
        (Shape::Thing(fields), value) => return thing(fields, value, place, found),
        (Shape::List(of), Value::Array(all)) => {
            for (at, value) in all.iter().enumerate() {
                one(of, value, &format!("{place}/{at}"), found);
            }
            return;
        }
        (Shape::Flag, Value::Bool(_)) | (Shape::Anything, _) => return,
        (Shape::Whole(..), Value::Number(number)) => shape.read(&number.to_string()),
        (Shape::Flag | Shape::List(_) | Shape::Whole(..), _) => Err("类型不对".into()),
        (shape, Value::String(text)) => shape.read(text),
        _ => Err("请写成文字".into()),
    };
    if let Err(words) = read {
        found.push(FieldError { field: place.to_owned(), message: words });
    }
}

/// A name within a pointer.
fn pointed(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn each_fault_is_told_at_its_place() {
        let topic = vec![Field::new("kind", "", Shape::Word(vec!["organ"]))];
        let fields = vec![
            Field::new("address", "", Shape::Text(9)),
            Field::or_null("name", "", Shape::Text(9)),
            Field::new("consent", "", Shape::Flag),
            Field::new("topics", "", Shape::list(Shape::Thing(topic))),
        ];
        let told = |sent: Value| {
            faults(&fields, &sent).into_iter().map(|fault| fault.field).collect::<Vec<_>>()
        };
        let right =
            json!({ "address": "a", "name": null, "consent": true, "topics": [{"kind": "organ"}] });
        assert_eq!(told(right), Vec::<String>::new());
        assert_eq!(
            told(json!({ "address": 7, "a/b": 1, "consent": "ja", "topics": [{"kind": "town"}] })),
            ["/a~1b", "/address", "/consent", "/topics/0/kind"]
        );
        assert_eq!(told(json!([])), [""]);
        assert_eq!(told(json!({})), ["/address", "/consent", "/topics"]);
    }
}
