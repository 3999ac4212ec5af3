//! 归并: opinions that say the same are answered once, at the first of them, and each is counted.

use std::collections::BTreeSet;

use law::{Provision, article};
use ledger::Desk;
use participation_rules::{DECISIONS, Step};
use review::Signatory;
use serde_json::json;

use super::{ActError, entry, entry_of, taken, with_author};
use crate::store::{HandedIn, Opinion};

/// 第十八条: what was said is summed up.
const BASIS: Provision = article(DECISIONS, 18);

/// Puts opinions together, each by its number, at one of them: the one that is named, or the first; answers its
/// number. Answers that the others had are cleared.
///
/// # Errors
/// The time is not over, one of them does not count or says the same as another already, there are fewer than two, or
/// the database refuses.
pub async fn group(
    mut desk: Desk,
    by: &Signatory,
    (organ, id): (&str, &str),
    (numbers, at): (&[i64], Option<i64>),
) -> Result<i64, ActError> {
    let (found, _) = taken(&desk, organ, id, Step::Answer).await?;
    let numbers: BTreeSet<i64> = numbers.iter().copied().chain(at).collect();
    let lead = at.or_else(|| numbers.first().copied());
    let (mut first, mut others) = (None, Vec::with_capacity(numbers.len()));
    for number in numbers {
        let opinion = Opinion::find(desk.change(), id, number).await?.filter(Opinion::is_own);
        let opinion = opinion.ok_or_else(|| {
            ActError::Standing(format!(
                "第 {number} 条没有，或者已经撤回、屏蔽、归并到别的一条，不能再归并。"
            ))
        })?;
        match Some(number) == lead {
            true => first = Some(opinion),
            false => others.push(opinion),
        }
    }
    let Some(first) = first.filter(|_| !others.is_empty()) else {
        return Err(ActError::standing("至少选两条意见，或者选一条、写明归到第几条，再归并。"));
    };
    for other in &others {
        if other.leads(desk.change()).await? {
            let words =
                format!("第 {} 条下面已经归并了别的意见。先拆开，或者从它开始归并。", other.number);
            return Err(ActError::Standing(words));
        }
        if !other.put_to(desk.change(), &first.id).await? {
            return Err(ActError::overtaken());
        }
    }
    found.keep_authors(desk.change(), &with_author(&found.answer_authors, by)).await?;
    let others: Vec<i64> = others.iter().map(|other| other.number).collect();
    let facts = json!({ "first": first.number, "others": others });
    desk.record(entry("opinion_grouping", &found, BASIS, facts)).await?;
    let number = first.number;
    desk.seal().await?;
    Ok(number)
}

/// Lets one stand for itself again.
///
/// # Errors
/// The time is not over, it is in no group, or the database refuses.
pub async fn part(
    mut desk: Desk,
    by: &Signatory,
    (organ, id, number): (&str, &str, i64),
) -> Result<(), ActError> {
    let (found, _) = taken(&desk, organ, id, Step::Answer).await?;
    let opinion = Opinion::find(desk.change(), id, number).await?;
    let opinion = opinion.filter(|opinion| opinion.first.is_some());
    let opinion = opinion.ok_or_else(|| ActError::standing("这条意见没有归并。请刷新再看。"))?;
    if !opinion.part(desk.change()).await? {
        return Err(ActError::overtaken());
    }
    found.keep_authors(desk.change(), &with_author(&found.answer_authors, by)).await?;
    desk.record(entry_of("opinion_parting", (&found, number), BASIS, json!({}))).await?;
    Ok(desk.seal().await?)
}
