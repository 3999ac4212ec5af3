//! 找错 and 网站评价 as they come in: a number, a query code, a day by which they are answered.

use law::{Provision, document};
use ledger::{Actor, Desk, Entry};
use secrets::{Place, Sealer};
use sites_rules::{FaultSubject, MessageKind, SITE_GUIDELINE, answer_due, wants_answer};
use store::moment;

use super::ActError;
use crate::store::{MessageState, NewMessage, SiteMessage, Written, add_step, next_serial};

pub(super) const BASIS: Provision = document(SITE_GUIDELINE);

/// The longest words, in letters.
pub(crate) const LONGEST: usize = 1_000;

/// Letters of a query code: none is taken for another.
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// So many of them: sixty bits that nobody tells without the key.
const LENGTH: usize = 12;

/// What a visitor reports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reported {
    /// 找错 or 评价.
    pub kind: MessageKind,
    /// What is wrong, of 找错.
    pub subject: Option<FaultSubject>,
    /// 1 to 5, of a rating.
    pub stars: Option<i64>,
    /// The address it is about.
    pub page: String,
    /// Words and contact.
    pub written: Written,
    /// What the form drew, so that the same form sent twice is one message.
    pub key: String,
    /// Whether it is 演示数据.
    pub demo: bool,
}

/// What the visitor takes home.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// The number.
    pub number: String,
    /// 查询码; kept nowhere.
    pub code: String,
    /// The last day for an answer; none where nothing is to be answered.
    pub due: Option<law::Date>,
}

/// Takes a report; `site` is the address prefix and the organ that answers.
///
/// # Errors
/// Something is missing or too long, cannot be sealed, or the database refuses.
pub async fn receive(
    mut desk: Desk,
    sealer: &Sealer,
    (base, organ): (&str, &str),
    reported: &Reported,
) -> Result<Receipt, ActError> {
    check(reported)?;
    let key_mark = sealer.mark(Place::new("site_message", "", "key_mark"), &reported.key)?;
    let code = query_code(sealer, &reported.key)?;
    if let Some(before) = SiteMessage::with_key(desk.change(), key_mark.as_str()).await? {
        return Ok(Receipt { number: before.number, code, due: before.due_on });
    }
    let (id, today) = (uuid::Uuid::now_v7().to_string(), desk.today());
    let answered = wants_answer(reported.kind, &reported.written.words);
    let due = answered.then(|| answer_due(today, false, desk.calendar()).ok()).flatten();
    let serial = next_serial(desk.change(), reported.kind, today.year()).await?;
    let number = format!("{}〔{}〕{serial}号", reported.kind.name(), today.year());
    let code_mark = code_mark(sealer, &code)?;
    let new = NewMessage {
        id: &id,
        number: &number,
        base,
        kind: reported.kind,
        subject: reported.subject.map_or("", FaultSubject::word),
        stars: reported.stars,
        page: &reported.page,
        key_mark: key_mark.as_str(),
        code_mark: &code_mark,
        organ,
        on: today,
        due,
        state: if answered { MessageState::Open } else { MessageState::Closed },
        demo: reported.demo,
    };
    let sealed = new.sealed(sealer, &reported.written)?;
    new.add(desk.change(), sealed).await?;
    let at = moment(desk.now());
    add_step(desk.change(), &id, ("receipt", &at), ("", "", organ), "").await?;
    desk.record(Entry {
        room: "sites",
        act: "message",
        subject: format!("site_message:{id}"),
        organ: organ.to_owned(),
        basis: BASIS.to_string(),
        facts: serde_json::json!({ "number": number, "kind": reported.kind.word() }),
    })
    .await?;
    desk.seal().await?;
    Ok(Receipt { number, code, due })
}

/// The desk at which visitors' messages are taken.
///
/// # Errors
/// The database refuses.
pub async fn visitors_desk(ledger: &ledger::Ledger) -> Result<Desk, ActError> {
    Ok(ledger.desk(Actor::Visitor).await?)
}

fn check(reported: &Reported) -> Result<(), ActError> {
    let words = reported.written.words.trim();
    let field = |field, words: String| Err(ActError::Field(field, words));
    match reported.kind {
        MessageKind::Fault if reported.subject.is_none() => {
            return field("wenti", "选一种问题".into());
        }
        MessageKind::Fault if words.is_empty() => {
            return field("neirong", "写明哪里不对".into());
        }
        MessageKind::Rating if !reported.stars.is_some_and(|stars| (1..=5).contains(&stars)) => {
            return field("fenshu", "选一个评价".into());
        }
        _ => {}
    }
    if words.chars().count() > LONGEST {
        return field("neirong", format!("不超过 {LONGEST} 字，请写短一些"));
    }
    if reported.written.contact.chars().count() > 100 {
        return field("lianxi", "联系方式不超过 100 字".into());
    }
    if reported.page.chars().count() > 300 {
        return field("yemian", "网址太长，请只写到问号以前".into());
    }
    Ok(())
}

/// The query code of a form: the same when the same form is sent again, so that it need not be kept.
fn query_code(sealer: &Sealer, key: &str) -> Result<String, ActError> {
    let mark = sealer.mark(Place::new("site_message", "", "code"), key)?;
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

fn code_mark(sealer: &Sealer, code: &str) -> Result<String, ActError> {
    let mark = sealer.mark(Place::new("site_message", "", "code_mark"), &even(code))?;
    Ok(mark.as_str().to_owned())
}

/// The message with a query code, for whoever has it.
///
/// # Errors
/// The keys cannot be used, or the database refuses.
pub async fn with_code(
    from: &impl store::Statements,
    sealer: &Sealer,
    code: &str,
) -> Result<Option<SiteMessage>, ActError> {
    if even(code).len() != LENGTH {
        return Ok(None);
    }
    Ok(SiteMessage::with_code(from, &code_mark(sealer, code)?).await?)
}
