//! A made-up city to measure on: six districts with twenty bureaus and nine towns each, and a catalogue of
//! every domain in each district.

use std::error::Error;
use std::path::{Path, PathBuf};

use catalogue::acts::{domains, import, release};
use catalogue::store::DomainLine;
use catalogue_rules::domains::{DOMAINS, Domain};
use catalogue_rules::{Item, ReadCatalogue};
use identity::Tables;
use law::day;
use ledger::{Actor, Clock, Desk, Ledger};
use store::{Migrations, Place, Store};

/// How many districts there are.
pub const DISTRICTS: usize = 6;
/// How many bureaus each has, the first its government.
pub const BUREAUS: usize = 20;
/// How many towns each has.
pub const TOWNS: usize = 9;

/// What a measurement gives, or why there is none.
pub type Outcome<T> = Result<T, Box<dyn Error>>;

/// Measures in a folder of its own below the one named on the command line, which goes afterwards, and
/// prints the line. The first word is how much there is of what is measured.
pub async fn measured(
    name: &str,
    usual: usize,
    measure: impl AsyncFn(&Path, usize) -> Outcome<String>,
) -> Outcome<()> {
    let mut words = std::env::args().skip(1);
    let number = words.next().and_then(|word| word.parse().ok()).unwrap_or(usual);
    let folder = words.next().map_or_else(std::env::temp_dir, PathBuf::from);
    let folder = folder.join(format!("{name}-{}", std::process::id()));
    let line = measure(&folder, number).await;
    std::fs::remove_dir_all(&folder)?;
    println!("{}", line?);
    Ok(())
}

/// An empty ledger in a folder, on one day.
pub async fn ledger(folder: &Path) -> Outcome<Ledger> {
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
    Ok(Ledger::open(store, clock, vec![]).await?)
}

/// A desk to act at.
pub async fn desk(ledger: &Ledger) -> Outcome<Desk> {
    Ok(ledger.desk(Actor::Operator("measure".into())).await?)
}

/// Makes the city, each district with these items in each domain; its bodies by code and division.
pub async fn furnish(
    ledger: &Ledger,
    items: impl Fn(&str) -> Vec<Item>,
) -> Outcome<Vec<(String, String)>> {
    let bodies = people(ledger).await?;
    let line = |domain: &Domain| DomainLine {
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

async fn people(ledger: &Ledger) -> Outcome<Vec<(String, String)>> {
    let mut divisions = "code,name,level,parent,slug\n350200000000,某市,city,,city\n".to_owned();
    let mut organs = "code,name,short_name,kind,role,level,division\n".to_owned();
    let mut bodies = Vec::new();
    for district in 1..=DISTRICTS {
        let home = format!("3502{district:02}000000");
        divisions += &format!("{home},第{district}区,district,350200000000,d{district}\n");
        for number in 1..=BUREAUS {
            let code = format!("XM{district:02}{number:03}");
            let kind = if number == 1 { "government" } else { "department" };
            organs += &format!(
                "{code},第{district}区{number}局,{number}局,{kind},{kind},district,{home}\n"
            );
            bodies.push((code, home.clone()));
        }
        for town in 1..=TOWNS {
            let code = format!("XM{district:02}1{town:02}");
            let place = format!("3502{district:02}{town:03}000");
            divisions += &format!("{place},{town}镇,township,{home},t{district}-{town}\n");
            organs += &format!(
                "{code},第{district}区{town}镇人民政府,{town}镇,town,town,township,{place}\n"
            );
            bodies.push((code, place));
        }
    }
    let tables = Tables { divisions: Some(&divisions), organs: Some(&organs) };
    tables.keep(desk(ledger).await?, "量速度").await?;
    Ok(bodies)
}
