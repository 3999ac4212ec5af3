//! 登记和更正一个标准: what the register says of one standard, as its keeper writes it.

use catalogue_rules::standard::StandardLine;
use law::Date;
use ledger::Desk;
use sha2::{Digest, Sha256};
use store::StoreError;

use super::entry_beside;
use super::standard::{StandardError, facts_of, is_kept_by, keeper};
use crate::store::standards::Standard;

/// Longest title and note, in letters.
const LONGEST: usize = 200;

/// No standard of an earlier year is registered, and none of so many years ahead.
const EARLIEST: i16 = 1950;
const FARTHEST: i16 = 10;

/// A fingerprint of what the register says of a standard: another after any change.
pub fn print_of(standard: &Standard) -> String {
    let told = serde_json::json!([standard.keeper, facts_of(&standard.line())]).to_string();
    ledger::hex(&Sha256::digest(told))
}

/// Takes a standard into the register.
///
/// # Errors
/// It is there already, the organ is no market supervision bureau of a city or district, what is
/// written does not fit together, or the database refuses.
pub async fn add(mut desk: Desk, organ: &str, line: &StandardLine) -> Result<(), StandardError> {
    let organ = keeper(&desk, organ).await?.code;
    sound(line, desk.today())?;
    match Standard::add(desk.change(), &organ, line).await {
        Err(StoreError::Duplicate(_)) => return Err(StandardError::Known(line.code.clone())),
        done => done?,
    }
    desk.record(entry_beside("standard", subject(line), &organ, facts_of(line))).await?;
    Ok(desk.seal().await?)
}

/// Puts what is written now in the place of what the register said of a standard, its last day
/// included: one that was ended by mistake holds again. What it said before stays in the ledger.
/// `seen` is what [`print_of`] gave when the standard was opened; `None` writes over whatever is there.
///
/// # Errors
/// It is not in the register, the organ does not keep it, somebody has changed it since it was opened,
/// what is written does not fit together, or the database refuses.
pub async fn correct(
    mut desk: Desk,
    organ: &str,
    line: &StandardLine,
    seen: Option<&str>,
) -> Result<(), StandardError> {
    let organ = keeper(&desk, organ).await?.code;
    let known = Standard::held(desk.change(), &line.code).await?;
    let known = known.ok_or_else(|| StandardError::Unknown(line.code.clone()))?;
    is_kept_by(&desk, &known, &organ).await?;
    if seen.is_some_and(|seen| print_of(&known) != seen) {
        return Err(StandardError::Overwritten);
    }
    sound(line, desk.today())?;
    Standard::keep(desk.change(), &organ, line).await?;
    let mut facts = facts_of(line);
    facts["before"] = facts_of(&known.line());
    desk.record(entry_beside("standard_change", subject(line), &organ, facts)).await?;
    Ok(desk.seal().await?)
}

fn subject(line: &StandardLine) -> String {
    format!("catalogue:standard:{}", line.code)
}

/// Whether what is written fits together.
fn sound(line: &StandardLine, today: Date) -> Result<(), StandardError> {
    if line.title.trim().is_empty() {
        return Err(StandardError::NoTitle);
    }
    let texts = [Some(&line.title), line.issuer.as_ref(), line.note.as_ref()];
    if texts.into_iter().flatten().any(|text| text.chars().count() > LONGEST) {
        return Err(StandardError::TooWordy(LONGEST));
    }
    let years = EARLIEST..=today.year() + FARTHEST;
    let days = [line.valid_from, line.valid_to];
    if let Some(day) = days.into_iter().flatten().find(|day| !years.contains(&day.year())) {
        return Err(StandardError::Implausible(day));
    }
    if let (Some(from), Some(last)) = (line.valid_from, line.valid_to)
        && last < from
    {
        return Err(StandardError::TooEarly { from, last });
    }
    if line.successor.is_some() && line.valid_to.is_none() {
        return Err(StandardError::NoLastDay);
    }
    match line.successor.as_ref() == Some(&line.code) {
        true => Err(StandardError::Itself(line.code.clone())),
        false => Ok(()),
    }
}
