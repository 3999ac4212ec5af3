//! 收到: a letter comes in and has a number, a query code and a last day. The same form sent twice is one letter.

use ledger::{Actor, Desk, Ledger};
use secrets::{Place, Sealer};
use serde_json::json;
use store::{Statements, moment};
use suggestions_rules::{Difficulty, SuggestionKind, UNIFIED_ENTRANCE, answer_due};

use super::{ActError, LONGEST, entry};
use crate::store::{NewEvent, NewSuggestion, Source, Suggestion, Written, add_event, next_serials};

/// Letters of a query code: none is taken for another.
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// So many of them: sixty bits that nobody tells without the key.
const LENGTH: usize = 12;

/// The longest subject, in letters: a decision of ours.
pub const LONGEST_SUBJECT: usize = 60;

/// The longest name and telephone number, in letters: a decision of ours.
const LONGEST_LINE: usize = 50;

/// So many figures of a telephone number stand beside the query code.
const TAIL: usize = 4;

/// What somebody hands in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandedIn {
    /// What kind it is.
    pub kind: SuggestionKind,
    /// The address prefix of the site it is written on.
    pub base: String,
    /// The organ it is written to, by code.
    pub organ: String,
    /// Where it came from, with its number there.
    pub source: (Source, Option<String>),
    /// What was written.
    pub written: Written,
    /// Whether the writer agrees to publication.
    pub consent: bool,
    /// What the form drew, so that the same form sent twice is one letter.
    pub key: String,
    /// Whether it is 演示数据.
    pub demo: bool,
}

/// What the writer takes home.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// The letter's key.
    pub id: String,
    /// Its number.
    pub number: String,
    /// 查询码; kept nowhere.
    pub code: String,
    /// Whether the end of the telephone number is asked for beside it.
    pub with_tail: bool,
    /// The last day for an answer.
    pub due: law::Date,
    /// Whether that day rests on a calendar that is not issued yet.
    pub provisional: bool,
}

/// The desk at which writers hand in.
///
/// # Errors
/// The database refuses.
pub async fn writers_desk(ledger: &Ledger) -> Result<Desk, ActError> {
    Ok(ledger.desk(Actor::Visitor).await?)
}

/// Takes a letter.
///
/// # Errors
/// Something is missing or too long, cannot be sealed, there is no last day, or the database refuses.
pub async fn receive(
    mut desk: Desk,
    sealer: &Sealer,
    handed: &HandedIn,
) -> Result<Receipt, ActError> {
    let receipt = within(&mut desk, sealer, handed).await?;
    match receipt {
        Received::Anew(receipt) => {
            desk.seal().await?;
            Ok(receipt)
        }
        Received::Before(receipt) => Ok(receipt),
    }
}

/// What became of a form.
pub(crate) enum Received {
    /// A letter was taken in.
    Anew(Receipt),
    /// The same form had come before; nothing was changed.
    Before(Receipt),
}

/// The same inside another act, which seals.
pub(crate) async fn within(
    desk: &mut Desk,
    sealer: &Sealer,
    handed: &HandedIn,
) -> Result<Received, ActError> {
    check(&handed.written)?;
    let (marks, code) = marks_of(sealer, &handed.key, &handed.written)?;
    if let Some(before) = Suggestion::with_key(desk.change(), &marks.key).await? {
        return again(before, code, (handed, &marks.words));
    }
    let (id, today) = (uuid::Uuid::now_v7().to_string(), desk.today());
    let due = answer_due(today, Difficulty::Usual, desk.calendar())?;
    let serial = next_serials(desk.change(), (handed.kind, today.year()), 1).await?;
    let number = format!("{}〔{}〕{serial}号", handed.kind.name(), today.year());
    let new = NewSuggestion {
        id: &id,
        number: &number,
        base: &handed.base,
        kind: handed.kind,
        source: handed.source.0,
        order_number: handed.source.1.as_deref(),
        organ: &handed.organ,
        consent: handed.consent && handed.kind.may_be_published(),
        on: today,
        counted_from: today,
        due,
        key_mark: &marks.key,
        code_mark: &marks.code,
        tail_mark: &marks.tail,
        words_mark: &marks.words,
        demo: handed.demo,
    };
    let sealed = new.sealed(sealer, &handed.written)?;
    if NewSuggestion::add(desk.change(), vec![new.row(sealed)]).await? == 0 {
        // The same form, or the same order, at the same moment: the other was first. This act is not sealed, and leaves nothing.
        let before = Suggestion::with_key(desk.change(), &marks.key).await?;
        let before = before.ok_or_else(ActError::overtaken)?;
        return again(before, code, (handed, &marks.words));
    }
    write_down(desk, sealer, (&id, &number), handed).await?;
    let with_tail = !marks.tail.is_empty();
    Ok(Received::Anew(told(id, number, code, with_tail, due.date, due.provisional)))
}

async fn write_down(
    desk: &mut Desk,
    sealer: &Sealer,
    (id, number): (&str, &str),
    handed: &HandedIn,
) -> Result<(), ActError> {
    let at = moment(desk.now());
    let event = NewEvent {
        suggestion: id,
        act: "receipt",
        at: &at,
        person: "",
        name: "",
        organ: &handed.organ,
        words: "",
    };
    add_event(desk.change(), sealer, event).await?;
    let letter = Suggestion::with_id(desk.change(), id).await?;
    let letter = letter.ok_or_else(ActError::overtaken)?;
    let facts =
        json!({ "number": number, "kind": handed.kind.word(), "source": handed.source.0.word() });
    desk.record(entry("receipt", &letter, UNIFIED_ENTRANCE.to_string(), facts)).await?;
    Ok(())
}

/// The field by which a form that was used for another letter is known; its page draws a new one.
pub const KEY: &str = "key";

/// The letter that came by the same form, where it is the same letter.
fn again(
    before: Suggestion,
    code: String,
    (handed, words_mark): (&HandedIn, &str),
) -> Result<Received, ActError> {
    if before.words_mark != words_mark || before.kind != handed.kind {
        let words = "这张表已经提交过另一份内容，那一份收到了。要再写一件的，请核对以后再提交一次";
        return Err(ActError::Field(KEY, words.into()));
    }
    let with_tail = !before.tail_mark.is_empty();
    let (due, provisional) = (before.due_on, before.provisional);
    Ok(Received::Before(told(before.id, before.number, code, with_tail, due, provisional)))
}

const fn told(
    id: String,
    number: String,
    code: String,
    with_tail: bool,
    due: law::Date,
    provisional: bool,
) -> Receipt {
    Receipt { id, number, code, with_tail, due, provisional }
}

/// Whether what was written can be taken in; the first thing that is not as it must be, by its field.
pub(crate) fn check(written: &Written) -> Result<(), ActError> {
    let field = |field, words: String| Err(ActError::Field(field, words));
    let long = |text: &str, most: usize| text.chars().count() > most;
    match () {
        () if written.subject.trim().is_empty() => field("biaoti", "写一个标题".into()),
        () if long(&written.subject, LONGEST_SUBJECT) => {
            field("biaoti", format!("标题不超过 {LONGEST_SUBJECT} 字"))
        }
        () if written.words.trim().is_empty() => field("neirong", "写明要问、要说的内容".into()),
        () if long(&written.words, LONGEST) => {
            field("neirong", format!("内容不超过 {LONGEST} 字，请写短一些"))
        }
        () if long(&written.name, LONGEST_LINE) => {
            field("xingming", format!("称呼不超过 {LONGEST_LINE} 字"))
        }
        () if long(&written.phone, LONGEST_LINE) => {
            field("dianhua", format!("电话不超过 {LONGEST_LINE} 字"))
        }
        () if !written.phone.trim().is_empty() && tail_of(&written.phone).is_none() => {
            field("dianhua", "写手机号，或者带区号的座机号".into())
        }
        () => Ok(()),
    }
}

/// The last figures of a telephone number; none where it has too few.
fn tail_of(phone: &str) -> Option<String> {
    let figures: String = phone.chars().filter(char::is_ascii_digit).collect();
    let from = figures.len().checked_sub(TAIL).filter(|_| figures.len() >= 7)?;
    figures.get(from..).map(str::to_owned)
}

/// By what a letter is known again: the form it came by, its query code, the end of the telephone number (empty where
/// there is none), its words.
pub(super) struct Marks {
    pub key: String,
    pub code: String,
    pub tail: String,
    pub words: String,
}

/// The marks of what came by a form, and its query code.
pub(super) fn marks_of(
    sealer: &Sealer,
    key: &str,
    written: &Written,
) -> Result<(Marks, String), ActError> {
    let code = query_code(sealer, key)?;
    let tail = match tail_of(&written.phone) {
        Some(tail) => marked(sealer, "tail_mark", &tail)?,
        None => String::new(),
    };
    let marks = Marks {
        key: marked(sealer, "key_mark", key)?,
        code: marked(sealer, "code_mark", &even(&code))?,
        tail,
        words: words_mark(sealer, written)?,
    };
    Ok((marks, code))
}

/// The mark by which the same words are known again.
pub(crate) fn words_mark(sealer: &Sealer, written: &Written) -> Result<String, ActError> {
    marked(sealer, "words_mark", &bare(written))
}

/// The words without marks and blanks, so that the same said again is known.
fn bare(written: &Written) -> String {
    written.words.chars().filter(|letter| letter.is_alphanumeric()).collect()
}

/// The query code of a form: the same when the same form is sent again, so that it need not be kept.
fn query_code(sealer: &Sealer, key: &str) -> Result<String, ActError> {
    let mark = sealer.mark(Place::new("suggestion", "", "code"), key)?;
    let hex = mark.as_str().as_bytes().iter().filter_map(|byte| char::from(*byte).to_digit(16));
    let hex: Vec<u32> = hex.collect();
    let letter = |pair: &[u32]| {
        let place = pair.iter().fold(0, |sum, four| sum * 16 + four) % 32;
        usize::try_from(place).ok().and_then(|place| LETTERS.get(place)).copied()
    };
    let code: String =
        hex.chunks_exact(2).filter_map(letter).map(char::from).take(LENGTH).collect();
    let fours: Vec<&str> = (0..LENGTH / 4).filter_map(|at| code.get(at * 4..at * 4 + 4)).collect();
    Ok(fours.join("-"))
}

/// A code as typed, in the one way it is marked.
fn even(typed: &str) -> String {
    let letters = typed.chars().filter(char::is_ascii_alphanumeric);
    letters
        .map(|letter| match letter.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        })
        .collect()
}

fn marked(sealer: &Sealer, column: &'static str, text: &str) -> Result<String, ActError> {
    Ok(sealer.mark(Place::new("suggestion", "", column), text)?.as_str().to_owned())
}

/// The letter with a query code and, where one was given, the end of the telephone number; for whoever has both.
///
/// # Errors
/// The keys cannot be used, or the database refuses.
pub async fn with_code(
    from: &impl Statements,
    sealer: &Sealer,
    (code, tail): (&str, &str),
) -> Result<Option<Suggestion>, ActError> {
    let code = even(code);
    if code.len() != LENGTH {
        return Ok(None);
    }
    let found = Suggestion::with_code(from, &marked(sealer, "code_mark", &code)?).await?;
    let figures: String = tail.chars().filter(char::is_ascii_digit).collect();
    let tail = marked(sealer, "tail_mark", &figures)?;
    Ok(found.filter(|letter| letter.tail_mark.is_empty() || letter.tail_mark == tail))
}
