//! Comparing worked cases with what the house's rules answer.
//!
//! A case is a line of JSON with `id`, `kind`, what is given, and `expect`. Every field of `expect`
//! counts, and no field may be answered that it does not have; left aside are `explain` and `why`,
//! which are for people, and the order in `failed`, which is a set.

use std::io::{self, BufRead};

use serde_json::Value;

use super::given::Given;

/// A kind of case, and the rule that answers it.
pub struct Kind {
    /// The `kind` of its cases.
    pub name: &'static str,
    /// Works out the answer from the case; an error says in Chinese what the case lacks.
    pub answer: fn(&Given) -> Result<Value, String>,
}

/// How the cases of a file came out.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Cases answered as expected.
    pub passed: usize,
    /// Cases answered otherwise, and lines that are no case of a kind known here.
    pub failed: usize,
}

/// What is told of one line, if anything.
#[derive(Debug)]
pub enum Finding {
    /// The answer is not the one expected.
    Mismatch {
        /// The case.
        id: String,
        /// Its `expect`.
        expected: Value,
        /// The answer.
        got: Value,
    },
    /// The line is no case.
    BadLine {
        /// Counted from 1.
        number: usize,
        /// What is wrong with it, in Chinese.
        why: String,
    },
}

/// How a case came out.
enum Outcome {
    Passed,
    Mismatch { id: String, expected: Value, got: Value },
}

/// Answers each case of `cases` and tells every finding as it comes; empty lines are passed over.
///
/// # Errors
/// Reading failed, or telling did.
pub fn check(
    mut cases: impl BufRead,
    kinds: &[Kind],
    mut tell: impl FnMut(Finding) -> io::Result<()>,
) -> io::Result<Tally> {
    let mut tally = Tally::default();
    let mut line = Vec::new();
    for number in 1.. {
        line.clear();
        if cases.read_until(b'\n', &mut line)? == 0 {
            break;
        }
        // a mark of byte order at the start of the file is no part of the case
        let case = line.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&line);
        if case.trim_ascii().is_empty() {
            continue;
        }
        match outcome(case, kinds) {
            Ok(Outcome::Passed) => tally.passed += 1,
            Ok(Outcome::Mismatch { id, expected, got }) => {
                tally.failed += 1;
                tell(Finding::Mismatch { id, expected, got })?;
            }
            Err(why) => {
                tally.failed += 1;
                tell(Finding::BadLine { number, why })?;
            }
        }
    }
    Ok(tally)
}

fn outcome(line: &[u8], kinds: &[Kind]) -> Result<Outcome, String> {
    let case: Value = serde_json::from_slice(line)
        .map_err(|error| format!("不是一条 JSON, 第 {} 列读不下去", error.column()))?;
    let given = Given::case(&case)?;
    let id = given.text("id")?;
    answered(&given, kinds).map_err(|why| format!("算例 {id} {why}")).map(|(expected, got)| {
        if essence(expected) == essence(&got) {
            Outcome::Passed
        } else {
            Outcome::Mismatch { id: id.to_owned(), expected: expected.clone(), got }
        }
    })
}

/// What a case expects, and the answer.
fn answered<'case>(given: &Given<'case>, kinds: &[Kind]) -> Result<(&'case Value, Value), String> {
    let name = given.text("kind")?;
    let kind = kinds.iter().find(|kind| kind.name == name).ok_or_else(|| {
        let known: Vec<_> = kinds.iter().map(|kind| kind.name).collect();
        given.instead("kind", &format!(" {} 之一", known.join("、")), &Value::from(name))
    })?;
    let expected = given.value("expect")?;
    Ok((expected, (kind.answer)(given)?))
}

/// The part of an answer that is compared.
fn essence(answer: &Value) -> Value {
    match answer {
        Value::Object(fields) => {
            let compared = fields.iter().filter(|(name, _)| *name != "explain" && *name != "why");
            let compared = compared.map(|(name, value)| {
                let value = if name == "failed" { as_set(value) } else { essence(value) };
                (name.clone(), value)
            });
            Value::Object(compared.collect())
        }
        Value::Array(items) => items.iter().map(essence).collect(),
        other => other.clone(),
    }
}

fn as_set(value: &Value) -> Value {
    let Value::Array(items) = value else { return value.clone() };
    let mut items = items.clone();
    items.sort_by_key(Value::to_string);
    items.dedup();
    Value::Array(items)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Kind, Tally, check};

    /// Answers what the case itself carries as `answer`.
    const ECHO: &[Kind] = &[Kind { name: "echo", answer: |given| given.value("answer").cloned() }];

    #[test]
    fn what_is_for_people_is_left_aside_and_everything_else_is_compared() {
        for (about, expect, answer, same) in [
            ("the same", json!({"due": "2026-10-22"}), json!({"due": "2026-10-22"}), true),
            ("another day", json!({"due": "2026-10-22"}), json!({"due": "2026-10-21"}), false),
            ("a field missing", json!({"due": null, "left": null}), json!({"due": null}), false),
            ("a field too many", json!({"due": null}), json!({"due": null, "left": 1}), false),
            (
                "explain",
                json!({"days": [{"on": 1, "explain": {"a": 1}}]}),
                json!({"days": [{"on": 1}]}),
                true,
            ),
            (
                "why",
                json!({"refusals": [{"event": 1, "why": "x"}]}),
                json!({"refusals": [{"event": 1, "why": "y"}]}),
                true,
            ),
            (
                "refusals in another order",
                json!({"refusals": [1, 2]}),
                json!({"refusals": [2, 1]}),
                false,
            ),
            (
                "failed in another order",
                json!({"failed": ["I1:c3", "I2:c7"]}),
                json!({"failed": ["I2:c7", "I1:c3", "I1:c3"]}),
                true,
            ),
            (
                "failed, one more",
                json!({"failed": ["I1:c3"]}),
                json!({"failed": ["I2:c7", "I1:c3"]}),
                false,
            ),
        ] {
            let tally =
                tally(&json!({"id": "x", "kind": "echo", "expect": expect, "answer": answer}));
            assert_eq!(tally.passed, usize::from(same), "{about}");
            assert_eq!(tally.failed, usize::from(!same), "{about}");
        }
    }

    #[test]
    fn a_line_that_is_no_case_is_told_by_its_number() {
        for (line, why) in [
            ("{", "不是一条 JSON"),
            ("[]", "应当写成 {…}"),
            ("{\"id\":\"x\"}", "算例 x 没有 kind"),
            ("{\"kind\":\"echo\"}", "没有 id"),
            ("{\"kind\":\"echo\",\"id\":7}", "的 id 应当是文字, 写的是 7"),
            ("{\"kind\":\"tide\",\"id\":\"x\",\"expect\":{}}", "算例 x 的 kind 应当是 echo 之一"),
            ("{\"kind\":\"echo\",\"id\":\"x\"}", "算例 x 没有 expect"),
            ("{\"kind\":\"echo\",\"id\":\"x\",\"expect\":{}}", "算例 x 没有 answer"),
        ] {
            let mut told = Vec::new();
            let file = format!("\u{feff}\r\n\n{line}\r\n");
            let tally = check(file.as_bytes(), ECHO, |finding| {
                told.push(format!("{finding:?}"));
                Ok(())
            });
            assert_eq!(tally.expect("read from memory").failed, 1, "{line}");
            assert!(told[0].contains("number: 3") && told[0].contains(why), "{told:?}");
        }
        let tally = check(&b"\xff\xfe\n"[..], ECHO, |_| Ok(())).expect("read from memory");
        assert_eq!(tally, Tally { failed: 1, passed: 0 });
    }

    fn tally(case: &Value) -> Tally {
        check(case.to_string().as_bytes(), ECHO, |_| Ok(())).expect("read from memory")
    }
}
