//! What is handed in without an account, whatever it is: a form brings it once, whoever has the query code reads it and
//! takes it back, and an officer opens who handed it in only after writing down why.

use ::store::{Statements, StoreError};
use law::{Provision, article};
use ledger::{Desk, Entry};
use secrets::Sealer;
use serde_json::{Value, json};

use super::{ActError, code};
use crate::store::HandedIn;

/// 个人信息保护法第四十五条: one's own data are read and taken back.
pub(super) const OWN: Provision = article("个人信息保护法", 45);

/// 个人信息保护法第六条: looked at only for what it was given for.
pub(super) const OPENED: Provision = article("个人信息保护法", 6);

/// Takes what a form brings; once more where the same form was sent twice at once: the other has been kept then, and is
/// found.
pub(super) async fn once<T, F>(take: impl Fn() -> F) -> Result<T, ActError>
where
    F: Future<Output = Result<T, ActError>>,
{
    match take().await {
        Err(ActError::Store(StoreError::Duplicate(_))) => take().await,
        done => done,
    }
}

/// What is drawn for a form.
pub(super) struct Drawn {
    /// 查询码; kept nowhere.
    pub(super) code: String,
    /// By which the same form is known again.
    pub(super) key_mark: String,
    /// By which the code is found.
    pub(super) code_mark: String,
}

impl Drawn {
    /// For a form, which belongs to what it hands something in to.
    pub(super) fn of<T: HandedIn>(sealer: &Sealer, to: &str, key: &str) -> Result<Self, ActError> {
        let key = format!("{to}:{key}");
        let code = code::of_form(sealer, T::TABLE, &key)?;
        let code_mark = code::mark(sealer, T::TABLE, &code)?;
        Ok(Self { code, key_mark: code::form_mark(sealer, T::TABLE, &key)?, code_mark })
    }
}

/// What something is handed in to, held until the act is sealed; where there is none, these words say so.
pub(super) async fn held<T: HandedIn>(
    desk: &Desk,
    id: &str,
    missing: &str,
) -> Result<T::Affair, ActError> {
    T::hold(desk.change(), id).await?;
    T::affair(desk.change(), id).await?.ok_or_else(|| ActError::standing(missing))
}

/// Refuses what a form brings after it has brought something else: that is not dropped silently.
pub(super) fn the_same(
    same: bool,
    (field, used): (&'static str, &'static str),
) -> Result<(), ActError> {
    match same {
        true => Ok(()),
        false => Err(ActError::Field(field, used.into())),
    }
}

/// What has a query code and what it was handed in to, for whoever has the code.
pub(super) async fn with_code<T: HandedIn>(
    from: &impl Statements,
    sealer: &Sealer,
    code: &str,
) -> Result<Option<(T, T::Affair)>, ActError> {
    if !code::is_whole(code) {
        return Ok(None);
    }
    let mark = code::mark(sealer, T::TABLE, code)?;
    let Some(own) = T::with_code(from, &mark).await? else { return Ok(None) };
    let affair = T::affair(from, own.to()).await?;
    Ok(affair.map(|affair| (own, affair)))
}

/// The same for taking it back: what it was handed in to is held until the act is sealed.
pub(super) async fn own<T: HandedIn>(
    desk: &Desk,
    sealer: &Sealer,
    code: &str,
) -> Result<(T, T::Affair), ActError> {
    let missing = "没有这个查询码。请核对以后再写一次。";
    let found = with_code::<T>(desk.change(), sealer, code).await?;
    let (own, _) = found.ok_or_else(|| ActError::standing(missing))?;
    let affair = held::<T>(desk, own.to(), missing).await?;
    Ok((own, affair))
}

/// Those with a number after this and at most so many, each with who handed it in, once it is written down who looks and
/// why.
pub(super) async fn open<T: HandedIn>(
    mut desk: Desk,
    sealer: &Sealer,
    (to, after, most): (&str, i64, i64),
    reason: &str,
    entry: impl FnOnce(Value) -> Entry,
) -> Result<Vec<(T, T::Original)>, ActError> {
    let all = T::after(desk.change(), to, (after, most)).await?;
    let mut opened = Vec::with_capacity(all.len());
    for one in all {
        let who = one.original(sealer)?;
        opened.push((one, who));
    }
    let facts = json!({ "reason": reason, "after": after, "opened": opened.len() });
    desk.record(entry(facts)).await?;
    desk.seal().await?;
    Ok(opened)
}

/// A name or how somebody is reached, as it is kept: on one line.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
