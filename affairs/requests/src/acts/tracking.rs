//! 查询 (条例第三十三条): somebody with the query code and the telephone's last four, or the number where no
//! telephone was given, sees how his request stands. Whatever of the pair is wrong, the answer is the same and
//! the same is done; too many wrong pairs lock the code that was tried, and the address.

use ::store::moment;
use jiff::SignedDuration;
use law::{Provision, article};
use ledger::{Actor, Desk, Entry, Ledger};
use requests_rules::REGULATION;
use secrets::{Mark, Place, Sealer};
use serde_json::json;

use super::intake::{even_code, query_code};
use super::{ActError, course};
use crate::store::{Case, Coded, Tracked, tries};

/// What somebody typed, and from where.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tried {
    /// 查询码.
    pub code: String,
    /// The telephone's last four, or the number.
    pub second: String,
    /// The address it comes from; empty where it is unknown.
    pub address: String,
}

/// Wrong pairs for one code, after which it is locked: more than anybody mistypes (docs/readings/166).
pub const MOST_OF_CODE: i64 = 10;

/// Wrong pairs from one address, behind which many people may be.
pub const MOST_OF_ADDRESS: i64 = 100;

/// How long a lock lasts.
pub(super) const LOCKED: SignedDuration = SignedDuration::from_mins(15);

/// Why nothing is shown.
#[derive(Debug, thiserror::Error)]
pub enum NotShown {
    /// The pair is wrong, whichever part of it.
    #[error("没有查到。查询码或者手机尾号（登记编号）不对")]
    Wrong,
    /// Too many wrong pairs.
    #[error("试错的次数太多，请过15分钟再查")]
    Locked,
    /// It could not be tried.
    #[error(transparent)]
    Failed(#[from] ActError),
}

/// The basis of tracking.
const BASIS: Provision = article(REGULATION, 33);

/// Looks for what has that pair.
///
/// # Errors
/// There is none, or too many wrong ones were tried.
pub async fn track(ledger: &Ledger, sealer: &Sealer, tried: Tried) -> Result<Coded, NotShown> {
    let failed = |error: ActError| NotShown::Failed(error);
    let (code, second) = (even_code(&half(&tried.code)), even_code(&half(&tried.second)));
    let mut marks = [const { String::new() }; 4];
    for (kept, kind) in marks.iter_mut().zip(Tracked::ALL) {
        *kept = mark(sealer, Place::new(kind.table(), "", "code_mark"), &code)?;
    }
    let of_code = mark(sealer, Place::new("request_wrong_try", "", "code"), &code)?;
    let of_address = mark(sealer, Place::new("request_wrong_try", "", "address"), &tried.address)?;
    let mut desk = ledger.desk(Actor::Visitor).await.map_err(|error| failed(error.into()))?;
    let (now, change) = (moment(desk.now()), desk.change());
    let stored = |error: ::store::StoreError| failed(error.into());
    let found = Coded::find(change, marks.each_ref().map(String::as_str)).await;
    let found = found.map_err(stored)?;
    let locked = tries::any_locked(change, [&of_code, &of_address], &now).await.map_err(stored)?;
    let fits = fits(sealer, found.as_ref(), &second)?;
    if let Some(coded) = found.filter(|_| fits && !locked) {
        let entry = entry("tracking", &coded);
        desk.record(entry).await.map_err(|error| failed(error.into()))?;
        desk.seal().await.map_err(|error| failed(error.into()))?;
        return Ok(coded);
    }
    // what is locked stays locked: nothing changes and nothing is written, however often it is tried
    if locked {
        return Err(NotShown::Locked);
    }
    let until = moment(desk.now() + LOCKED);
    tries::forget(desk.change(), &moment(desk.now() - LOCKED), &now).await.map_err(stored)?;
    for (mark, most) in [(&of_code, MOST_OF_CODE), (&of_address, MOST_OF_ADDRESS)] {
        tries::count(desk.change(), mark, most, (&now, &until)).await.map_err(stored)?;
    }
    let begins = tries::any_locked(desk.change(), [&of_code, &of_address], &now).await;
    let begins = begins.map_err(stored)?;
    desk.record(refusal(begins)).await.map_err(|error| failed(error.into()))?;
    desk.seal().await.map_err(|error| failed(error.into()))?;
    Err(NotShown::Wrong)
}

/// Somebody with the pass takes a copy of what is kept of him (个人信息保护法第四十五条).
///
/// # Errors
/// The database refuses.
pub async fn copied(mut desk: Desk, case: &Case) -> Result<(), ActError> {
    let basis = article("个人信息保护法", 45);
    desk.record(course::entry("own_copy", case, basis, json!({}))).await?;
    Ok(desk.seal().await?)
}

/// What came of a form that was handed in before, with its query code: a double click is one matter.
///
/// # Errors
/// The keys cannot be read, or the database refuses.
pub async fn of_form(
    ledger: &Ledger,
    sealer: &Sealer,
    (kind, key): (Tracked, &str),
) -> Result<Option<(Coded, String)>, ActError> {
    let form = match kind {
        Tracked::Request => key.to_owned(),
        Tracked::Complaint => format!("complaint:{key}"),
        Tracked::Rectification => format!("rectification:{key}"),
        Tracked::Suggestion => format!("suggestion:{key}"),
    };
    let code = query_code(sealer, &form)?;
    let mark = sealer.mark(Place::new(kind.table(), "", "code_mark"), &even_code(&code))?;
    let mut marks = [""; 4];
    if let Some(place) = Tracked::ALL.iter().position(|one| *one == kind) {
        marks[place] = mark.as_str();
    }
    let found = Coded::find(ledger.store(), marks).await?;
    Ok(found.map(|coded| (coded, code)))
}

/// Whether the second part fits, with as much work where nothing was found.
fn fits(sealer: &Sealer, found: Option<&Coded>, second: &str) -> Result<bool, NotShown> {
    let (table, id) = found.map_or(("request", ""), |coded| (coded.kind.table(), &coded.id));
    let kept = found.and_then(|coded| coded.tail_mark.clone());
    let place = Place::new(table, id, "tail_mark");
    let tail = sealer.fits(place, second, &Mark::kept(kept.clone().unwrap_or_default()));
    let tail = tail.map_err(|refused| NotShown::Failed(refused.into()))?;
    let number = found.map_or_else(String::new, |coded| even_code(&coded.number));
    let number = mark(sealer, place, &number)? == mark(sealer, place, second)?;
    Ok(found.is_some() && if kept.is_some() { tail } else { number })
}

pub(super) fn mark(sealer: &Sealer, place: Place<'_>, text: &str) -> Result<String, NotShown> {
    let mark = sealer.mark(place, text).map_err(|refused| NotShown::Failed(refused.into()))?;
    Ok(mark.as_str().to_owned())
}

/// Full-width letters and digits, as some keyboards type them, at half width.
pub(super) fn half(text: &str) -> String {
    let one = |letter: char| match letter {
        '！'..='～' => char::from_u32(u32::from(letter) - 0xFEE0).unwrap_or(letter),
        other => other,
    };
    text.chars().map(one).collect()
}

fn entry(act: &'static str, coded: &Coded) -> Entry {
    Entry {
        room: "requests",
        act,
        subject: format!("{}:{}", coded.kind.table(), coded.id),
        organ: coded.organ.clone(),
        basis: BASIS.to_string(),
        facts: json!({ "number": coded.number }),
    }
}

pub(super) fn refusal(locked: bool) -> Entry {
    Entry {
        room: "requests",
        act: "tracking_refusal",
        subject: "request:".into(),
        organ: String::new(),
        basis: BASIS.to_string(),
        facts: json!({ "locked": locked }),
    }
}
