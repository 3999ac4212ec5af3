//! 登记和更正一个标准: what the register says of one standard, as its keeper writes it.

use catalogue_rules::standard::StandardLine;
use law::Date;
use ledger::{Desk, Entry};

use super::BASIS;
use super::standard::{StandardError, is_kept_by, keeper};
use crate::store::standards::Standard;

/// Longest title and note, in letters.
const LONGEST: usize = 200;

/// No standard of an earlier year is registered, and none of so many years ahead.
const EARLIEST: i16 = 1950;
const FARTHEST: i16 = 10;

/// Takes a standard into the register.
///
/// # Errors
/// It is there already, the organ is no market supervision bureau of a city or district, what is
/// written does not fit together, or the database refuses.
pub async fn add(desk: Desk, organ: &str, line: &StandardLine) -> Result<(), StandardError> {
    let organ = keeper(&desk, organ).await?.code;
    if Standard::find(desk.change(), &line.code).await?.is_some() {
        return Err(StandardError::Known(line.code.clone()));
    }
    keep(desk, &organ, line, "standard").await
}

/// Puts what is written now in the place of what the register said of a standard, its last day
/// included: one that was ended by mistake holds again. What it said before stays in the ledger.
///
/// # Errors
/// It is not in the register, the organ does not keep it, what is written does not fit together, or
/// the database refuses.
pub async fn correct(desk: Desk, organ: &str, line: &StandardLine) -> Result<(), StandardError> {
    let organ = keeper(&desk, organ).await?.code;
    let known = Standard::find(desk.change(), &line.code).await?;
    let known = known.ok_or_else(|| StandardError::Unknown(line.code.clone()))?;
    is_kept_by(&desk, &known, &organ).await?;
    keep(desk, &organ, line, "standard_change").await
}

async fn keep(
    mut desk: Desk,
    organ: &str,
    line: &StandardLine,
    act: &'static str,
) -> Result<(), StandardError> {
    sound(line, desk.today())?;
    Standard::keep(desk.change(), organ, std::slice::from_ref(line)).await?;
    let entry = Entry {
        room: "catalogue",
        act,
        subject: format!("catalogue:standard:{}", line.code),
        organ: organ.into(),
        basis: BASIS.into(),
        facts: serde_json::json!({
            "code": line.code, "title": line.title, "rank": line.rank, "issuer": line.issuer,
            "from": line.valid_from, "last": line.valid_to, "successor": line.successor,
            "note": line.note,
        }),
    };
    desk.record(entry).await?;
    Ok(desk.seal().await?)
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
