//! Measures how long a city's year of obligations takes to be computed from nothing and kept:
//! `obligations [PUBLICATIONS [FOLDER]]`. The city has six districts with nine towns each, and
//! catalogues of 26 domains in each district; what was published is spread over all bodies. Prints one
//! line.

use std::error::Error;
use std::path::PathBuf;
use std::time::Instant;

use catalogue::acts::{computation, domains, import, release};
use catalogue::store::{DomainLine, keyed};
use catalogue_rules::domains::DOMAINS;
use catalogue_rules::{Item, Method, ReadCatalogue, TimeLimit};
use identity::Tables;
use jiff::Span;
use law::{Date, day};
use ledger::{Actor, Clock, Desk, Ledger};
use store::{Migrations, Place, Store, Value};

const PUBLICATIONS: usize = 200_000;
const DISTRICTS: usize = 6;
const TOWNS: usize = 9;
const BUREAUS: usize = 20;
const ROWS: usize = 21;

type Outcome<T> = Result<T, Box<dyn Error>>;

#[tokio::main]
async fn main() -> Outcome<()> {
    let mut words = std::env::args().skip(1);
    let publications = words.next().and_then(|word| word.parse().ok()).unwrap_or(PUBLICATIONS);
    let folder = words.next().map_or_else(std::env::temp_dir, PathBuf::from);
    let folder = folder.join(format!("obligations-{}", std::process::id()));
    let measured = measure(&folder, publications).await;
    std::fs::remove_dir_all(&folder)?;
    println!("{}", measured?);
    Ok(())
}

async fn measure(folder: &std::path::Path, publications: usize) -> Outcome<String> {
    let tables = [
        jobs::MIGRATIONS,
        identity::MIGRATIONS,
        ledger::MIGRATIONS,
        review::MIGRATIONS,
        catalogue::MIGRATIONS,
    ];
    let place = Place::File(folder.join("a.db"));
    let store = Store::open(&place, &Migrations::of(tables.concat())).await?;
    let clock = Clock::Fixed("2026-11-25T02:00:00Z".parse()?);
    let ledger = Ledger::open(store, clock, vec![]).await?;
    let bodies = furnish(&ledger).await?;
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

async fn desk(ledger: &Ledger) -> Outcome<Desk> {
    Ok(ledger.desk(Actor::Operator("measure".into())).await?)
}

/// A body that publishes, and its division.
struct Body {
    code: String,
    division: String,
}

async fn furnish(ledger: &Ledger) -> Outcome<Vec<Body>> {
    let mut divisions = "code,name,level,parent,slug\n350200000000,某市,city,,city\n".to_owned();
    let mut organs = "code,name,short_name,kind,role,level,division\n".to_owned();
    let mut bodies = Vec::new();
    for district in 1..=DISTRICTS {
        let home = format!("3502{district:02}000000");
        divisions += &format!("{home},第{district}区,district,350200000000,d{district}\n");
        for number in 1..=BUREAUS {
            let (code, kind) = (
                format!("XM{district:02}{number:03}"),
                if number == 1 { "government" } else { "department" },
            );
            organs += &format!(
                "{code},第{district}区{number}局,{number}局,{kind},{kind},district,{home}\n"
            );
            bodies.push(Body { code, division: home.clone() });
        }
        for town in 1..=TOWNS {
            let (code, place) =
                (format!("XM{district:02}1{town:02}"), format!("3502{district:02}{town:03}000"));
            divisions += &format!("{place},{town}镇,township,{home},t{district}-{town}\n");
            organs += &format!(
                "{code},第{district}区{town}镇人民政府,{town}镇,town,town,township,{place}\n"
            );
            bodies.push(Body { code, division: place });
        }
    }
    let tables = Tables { divisions: Some(&divisions), organs: Some(&organs) };
    tables.keep(desk(ledger).await?, "量速度").await?;
    let line = |domain: &catalogue_rules::domains::Domain| DomainLine {
        slug: domain.id.into(),
        ordinal: domain.number.into(),
        names: vec![(domain.name.into(), day(2020, 7, 7), None)],
        also_called: None,
        note: None,
    };
    let lines: Vec<DomainLine> = DOMAINS.iter().map(line).collect();
    domains::keep(desk(ledger).await?, &lines, "量速度").await?;
    for district in 1..=DISTRICTS {
        for domain in &DOMAINS {
            let organ = format!("XM{district:02}001");
            let file = import::Import {
                organ: organ.clone(),
                domain: domain.id.into(),
                read: ReadCatalogue { items: items(domain.id), ..ReadCatalogue::default() },
                source_name: String::new(),
                source_sha256: String::new(),
                demo: true,
            };
            import::keep(desk(ledger).await?, file).await?;
            release::grant(desk(ledger).await?, &organ, domain.id, day(2020, 11, 10)).await?;
        }
    }
    Ok(bodies)
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
async fn publish(ledger: &Ledger, bodies: &[Body], publications: usize) -> Outcome<()> {
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
        let body = &bodies[number * 7 % bodies.len()];
        let (domain, items) = &keys[number * 11 % keys.len()];
        let made_on = later(day(2025, 11, 1), number * 13 % 365)?;
        let published_on = later(made_on, number * 17 % 35)?;
        rows.push(vec![
            format!("01a213ba-56c7-7327-a783-{number:012}").into(),
            (*domain).into(),
            items[number * 19 % items.len()].clone().into(),
            body.code.clone().into(),
            body.division.clone().into(),
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
