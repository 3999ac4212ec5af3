//! Measures how long a city's year of obligations takes to be computed from nothing and kept:
//! `obligations [PUBLICATIONS [FOLDER]]`. The city has six districts with nine towns each, and
//! catalogues of 26 domains in each district; what was published is spread over all bodies. Prints one
//! line.

mod made_up;

use std::path::Path;
use std::time::Instant;

use catalogue::acts::computation;
use catalogue::store::keyed;
use catalogue_rules::domains::DOMAINS;
use catalogue_rules::{Item, Method, TimeLimit};
use jiff::Span;
use law::{Date, day};
use ledger::Ledger;
use made_up::{Outcome, desk, furnish};
use store::Value;

const PUBLICATIONS: usize = 200_000;
const ROWS: usize = 21;

#[tokio::main]
async fn main() -> Outcome<()> {
    made_up::measured("obligations", PUBLICATIONS, measure).await
}

async fn measure(folder: &Path, publications: usize) -> Outcome<String> {
    let ledger = made_up::ledger(folder).await?;
    let bodies = furnish(&ledger, items).await?;
    publish(&ledger, &bodies, publications).await?;
    let begun = Instant::now();
    let first = computation::all(desk(&ledger).await?).await?;
    let from_nothing = begun.elapsed().as_secs_f64();
    let begun = Instant::now();
    let again = computation::all(desk(&ledger).await?).await?;
    let unchanged = begun.elapsed().as_secs_f64();
    if again.added + again.changed + again.gone > 0 {
        return Err("computing again changed something".into());
    }
    Ok(format!(
        "obligations: publications={publications} obligations={} from_nothing_s={from_nothing:.2} \
         again_s={unchanged:.2}",
        first.obligations
    ))
}

/// The rows of a domain: two of them come round every quarter, in every town.
fn items(domain: &str) -> Vec<Item> {
    let limits = [
        "信息形成或变更之日起20个工作日内",
        "自该信息形成或变更之日起30日内",
        "及时公开",
        "7个工作日",
    ];
    let item = |row: usize| {
        let (limit, subject) = match row {
            0 | 1 => ("每季度", "镇人民政府（街道办事处）"),
            _ => (limits[row % limits.len()], "2局"),
        };
        Item {
            level1: Some(domain.into()),
            level2: Some(format!("事项{row}")),
            elements: vec!["文件依据、对象范围、申请条件、申请材料、办理流程".into()],
            basis: vec!["《政府信息公开条例》".into()],
            time_limit_raw: limit.into(),
            time_limit: TimeLimit::read(limit),
            subjects: vec![subject.into()],
            methods: vec![Method::Proactive],
            ..Item::default()
        }
    };
    (0..ROWS).map(item).collect()
}

/// Spreads publications over the year, the bodies, the domains and the rows that do not come round.
async fn publish(ledger: &Ledger, bodies: &[(String, String)], publications: usize) -> Outcome<()> {
    let keys: Vec<(&str, Vec<String>)> = DOMAINS
        .iter()
        .map(|domain| {
            let keys = keyed(items(domain.id)).into_iter().map(|keyed| keyed.key).skip(2);
            (domain.id, keys.collect())
        })
        .collect();
    let later = |from: Date, days: usize| from.checked_add(Span::new().days(days as i64));
    let mut rows: Vec<Vec<Value>> = Vec::with_capacity(publications);
    for number in 0..publications {
        // Numbers without a common factor spread evenly.
        let (body, division) = &bodies[number * 7 % bodies.len()];
        let (domain, items) = &keys[number * 11 % keys.len()];
        let made_on = later(day(2025, 11, 1), number * 13 % 365)?;
        let published_on = later(made_on, number * 17 % 35)?;
        rows.push(vec![
            format!("01a213ba-56c7-7327-a783-{number:012}").into(),
            (*domain).into(),
            items[number * 19 % items.len()].clone().into(),
            body.clone().into(),
            division.clone().into(),
            "关于某一事项的信息".into(),
            made_on.to_string().into(),
            published_on.min(day(2026, 11, 25)).to_string().into(),
        ]);
    }
    let columns =
        ["record", "domain", "item", "organ", "division", "title", "made_on", "published_on"];
    let change = ledger.store().begin().await?;
    change.insert("catalogue_publication", &columns, rows).await?;
    Ok(change.commit().await?)
}
