//! 抽取: which records a rule takes is told by hashes alone, so that nobody chooses and everybody can
//! count again (docs/readings/080).
//!
//! The seed is the hash of the first entry of the ledger, from the rule's own on, that was made when the
//! period drawn from was over. When it is drawn makes no difference.

use std::collections::{BTreeMap, BTreeSet};

use ::store::{Statements, StoreError, moment};
use identity::powers::Relation;
use identity::{Organ, Person, Post, Role};
use ledger::{Change, Desk, Entry, start_of_day};
use records_rules::CheckPeriod;
use serde_json::json;
use sha2::{Digest, Sha256};

use super::ActError;
use super::check_rule::basis;
use crate::store::{CheckCase, CheckRule, Draw, NewCase, Seed, hands_in, population};

/// Who may be a checker: key and name.
type Candidate = (String, String);

/// Draws what a rule draws next.
///
/// # Errors
/// There is no such rule, it has ended or drawn already, its period is not over, or the database
/// refuses.
pub async fn keep(mut desk: Desk, rule: &str) -> Result<Draw, ActError> {
    let rule = CheckRule::find(desk.change(), rule).await?.ok_or(ActError::NO_PROPOSAL)?;
    if rule.ended {
        return Err(ActError::Refused("这条规则已经停用", "另定一条规则"));
    }
    let last = Draw::last_periods(desk.change()).await?.remove(&rule.id);
    let period = next(&rule, last, &desk)?;
    // What is published later on the day on which a rule that draws once was set is not drawn from.
    let cut = match rule.once {
        Some(_) => rule.set_at.clone(),
        None => moment(start_of_day(period.opens())),
    };
    let seed = Seed::of(desk.change(), &rule.id, &cut).await?;
    let seed = seed.ok_or(ActError::Refused("台账里还没有可作种子的记录", "稍后再抽"))?;
    let organs = organs_of(&desk, &rule).await?;
    let whole = population(desk.change(), &rule, &organs, period, &cut).await?;
    let drawn = drawn(&seed.hash, whole.keys(), rule.amount.of(whole.len()));
    let draw = Draw {
        id: uuid::Uuid::now_v7().to_string(),
        rule: rule.id.clone(),
        period,
        cut,
        seed,
        population: whole.keys().cloned().collect(),
        drawn_at: moment(desk.now()),
    };
    draw.add(desk.change()).await?;
    let cases = assigned(&desk, &rule, &draw, &drawn, &whole).await?;
    let role = if rule.below { rule.role.as_str() } else { "" };
    CheckCase::add_all(desk.change(), &draw.id, (&rule.organ, role), &cases).await?;
    let after = json!({ "seed": draw.seed.hash, "entry": draw.seed.entry, "of": whole.len(),
                        "records": drawn });
    let change = Change { before: json!(null), after };
    desk.record_change(entry(&rule, &draw, drawn.len()), change).await?;
    desk.seal().await?;
    Ok(draw)
}

/// Whether a rule has drawn.
pub(super) async fn has_drawn(from: &impl Statements, rule: &str) -> Result<bool, StoreError> {
    let sql = "SELECT COUNT(*) FROM record_check_draw WHERE rule = $1";
    Ok(from.number(sql, vec![rule.into()]).await?.unwrap_or_default() > 0)
}

/// The records drawn from some, the first drawn first: those whose SHA-256 of seed, line feed and key is
/// smallest.
pub fn drawn<'a>(seed: &str, from: impl Iterator<Item = &'a String>, number: usize) -> Vec<String> {
    let mut ranked: Vec<_> = from.map(|id| (lot(seed, id), id.clone())).collect();
    ranked.sort();
    ranked.into_iter().take(number).map(|(_, id)| id).collect()
}

/// The lot of a record: SHA-256 of seed, line feed and key, hexadecimal.
pub fn lot(seed: &str, id: &str) -> String {
    ledger::hex(&Sha256::digest(format!("{seed}\n{id}")))
}

fn next(rule: &CheckRule, last: Option<CheckPeriod>, desk: &Desk) -> Result<CheckPeriod, ActError> {
    match (rule.once, last) {
        (Some(_), Some(_)) => Err(ActError::Refused("这条规则已经抽取过", "看抽取结果")),
        (Some(days), None) => Ok(days),
        (None, last) => match rule.frequency.next(rule.set_on, last) {
            Some(period) if period.is_over(desk.today()) => Ok(period),
            Some(period) => Err(ActError::NotBefore(period.opens())),
            None => Err(ActError::Refused("没有下一期", "另定一条规则")),
        },
    }
}

async fn organs_of(desk: &Desk, rule: &CheckRule) -> Result<BTreeSet<String>, ActError> {
    if !rule.below {
        return Ok(BTreeSet::from([rule.organ.clone()]));
    }
    let organs = Organ::all(desk.change()).await?;
    let Some(own) = organs.iter().find(|organ| organ.code == rule.organ) else {
        return Ok(BTreeSet::new());
    };
    let below = |other: &&Organ| Relation::between((own, ""), (other, "")) == Relation::ParentOrgan;
    Ok(organs.iter().filter(below).map(|organ| organ.code.clone()).collect())
}

/// Each record drawn with its checker: of those who had no hand in it whoever has fewest.
async fn assigned(
    desk: &Desk,
    rule: &CheckRule,
    draw: &Draw,
    drawn: &[String],
    organs: &BTreeMap<String, String>,
) -> Result<Vec<NewCase>, ActError> {
    let candidates = candidates(desk, rule).await?;
    let hands = hands_in(desk.change(), drawn).await?;
    let mut load: BTreeMap<String, usize> = BTreeMap::new();
    let mut cases = Vec::with_capacity(drawn.len());
    for record in drawn {
        let free = candidates
            .iter()
            .filter(|(person, _)| !hands.get(record).is_some_and(|hands| hands.contains(person)));
        let checker = free
            .min_by_key(|(person, _)| {
                let lot = lot(&draw.seed.hash, &format!("{record}\n{person}"));
                (load.get(person).copied().unwrap_or_default(), lot)
            })
            .cloned();
        if let Some((person, _)) = &checker {
            *load.entry(person.clone()).or_default() += 1;
        }
        let organ = organs.get(record).cloned().unwrap_or_default();
        cases.push(NewCase { record: record.clone(), organ, checker });
    }
    Ok(cases)
}

async fn candidates(desk: &Desk, rule: &CheckRule) -> Result<BTreeSet<Candidate>, ActError> {
    let posts = Post::all(desk.change()).await?;
    let holds = |post: &&Post| {
        let role = match rule.below {
            true => post.role.word() == rule.role,
            false => matches!(post.role, Role::FoiHead | Role::SecrecyReviewer),
        };
        role && post.organ == rule.organ && post.holds_on(desk.today())
    };
    let mut found = BTreeSet::new();
    for post in posts.iter().filter(holds) {
        if let Some(person) = Person::find(desk.change(), &post.person).await? {
            found.insert((person.id, person.name));
        }
    }
    Ok(found)
}

fn entry(rule: &CheckRule, draw: &Draw, drawn: usize) -> Entry {
    Entry {
        room: "records",
        act: "check_draw",
        subject: format!("check_rule:{}", rule.id),
        organ: rule.organ.clone(),
        basis: basis(),
        facts: json!({ "draw": draw.id, "from": draw.period.from, "to": draw.period.to,
                       "before": draw.cut,
                       "of": draw.population.len(), "drawn": drawn }),
    }
}
