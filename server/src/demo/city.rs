//! Loading the demo city, act by act.

use std::collections::HashMap;

use catalogue::acts::adoption::{self, Adoption};
use catalogue::acts::{domains, import, release};
use catalogue::store::{Domain, DomainLine};
use identity::{Division, Level, Organ, Tables};
use law::{Date, day};
use ledger::{Actor, Ledger};
use records::acts::File;
use serde::Deserialize;
use sites::establishment::{self, Founding};

use super::{
    assessing, caring, checking, consulting, custody, everyday, files, layers, openness, owing,
    participating, persons, powers, reporting, reviewing, sources, standards, towns, wishes,
};
use crate::commands::catalogue::read_bytes;
use crate::commands::record;
use crate::failure::Failure;
use crate::opening::Whereabouts;

/// The organ in whose name the templates stand.
pub(super) const CITY: &str = "XM00001";

/// What names the domains.
const DOMAINS_NAMED: &str = "国办发〔2019〕54号；厦府办〔2020〕67号一（一）";

/// 通知一（一）: the domain departments' catalogues were due on this day.
const TEMPLATES_FROM: Date = day(2020, 7, 25);

/// 通知一（二）: the districts' catalogues were to be published by this day.
const DISTRICTS_FROM: Date = day(2020, 11, 10);

/// Loads everything into an empty store: applications of the months before, each on its day; what came before,
/// some weeks ago, so that opinions on a draft have been taken since; the rest today; and then what all of it
/// comes to.
pub async fn load(place: &Whereabouts) -> Result<(), Failure> {
    let ledger = place.founding(participating::long_ago()).await?;
    take_in_identity(&ledger).await?;
    let (sealer, folder) = (place.sealer()?, place.data.as_path());
    participating::answered(&ledger, &sealer, folder).await?;
    let ledger = ledger.with_clock(assessing::months_ago());
    let ledger = assessing::ask(ledger, &sealer).await?;
    let ledger = ledger.with_clock(consulting::weeks_ago());
    participating::ask_earlier(&ledger, &sealer, folder).await?;
    let domains = take_in_domains(&ledger).await?;
    for (name, text) in files::CATALOGUES {
        take_in_template(&ledger, name, text).await?;
    }
    take_up_templates(&ledger, &domains).await?;
    layers::load(&ledger).await?;
    consulting::ask_earlier(&ledger).await?;
    let ledger = super::letters::past(ledger, &place.sealer()?).await?;
    consulting::ask_now(&ledger).await?;
    towns::take_up(&ledger, &domains).await?;
    standards::register(&ledger).await?;
    powers::match_up(&ledger).await?;
    let founding = Founding {
        domain: "demo.example".into(),
        // There is no division 350299: nobody has this code.
        id_code: "3502999999".into(),
        origin: None,
        demo: true,
    };
    establishment::open(&ledger, actor(), &founding).await?;
    for text in [files::NOTICE, files::DOCUMENTS] {
        record::publish_manuscripts(&ledger, &place.data, actor(), text, vec![]).await?;
    }
    let roster = File { name: files::ROSTER_NAME.into(), bytes: files::ROSTER.into() };
    let for_a_group = files::FOR_A_GROUP;
    record::publish_manuscripts(&ledger, &place.data, actor(), for_a_group, vec![roster]).await?;
    openness::documents(&ledger, &place.data).await?;
    everyday::load(&ledger, &place.data).await?;
    wishes::tell(&ledger).await?;
    owing::load(&ledger).await?;
    persons::invent(&ledger).await?;
    if let Some(organ) = super::example(&ledger).await? {
        reviewing::load(&ledger, &place.data, &organ).await?;
        checking::load(&ledger, &organ).await?;
        reporting::load(&ledger, &place.data, &organ).await?;
        custody::load(&ledger, &place.data, &organ).await?;
        openness::papers(&ledger, &place.data, &organ).await?;
        super::noticing::load(&ledger, &place.sealer()?, &organ).await?;
        caring::load(&ledger, &place.sealer()?, &organ).await?;
        super::zones::load(&ledger, &organ).await?;
        super::interpreting::load(&ledger, (&place.sealer()?, &place.data), &organ).await?;
        super::requests::load(&ledger, &place.sealer()?, &organ).await?;
        super::letters::load(&ledger, (&place.sealer()?, &place.data), &organ).await?;
        participating::ask_now(&ledger, &sealer, folder).await?;
    }
    assessing::count(&ledger).await
}

pub(super) fn actor() -> Actor {
    Actor::Operator("demo".into())
}

async fn take_in_identity(ledger: &Ledger) -> Result<(), Failure> {
    let tables = Tables { divisions: Some(files::DIVISIONS), organs: Some(files::ORGANS) };
    tables.keep(ledger.desk(actor()).await?, "演示数据").await?;
    Ok(())
}

#[derive(Deserialize)]
struct DomainRow {
    slug: String,
    ordinal: i64,
    names: String,
    also_called: Option<String>,
    note: Option<String>,
}

async fn take_in_domains(ledger: &Ledger) -> Result<Vec<DomainLine>, Failure> {
    let mut reader = csv::Reader::from_reader(files::DOMAINS.as_bytes());
    let rows: Vec<DomainRow> = reader.deserialize().collect::<Result<_, _>>()?;
    let lines: Vec<DomainLine> = rows.into_iter().map(domain_line).collect();
    domains::keep(ledger.desk(actor()).await?, &lines, DOMAINS_NAMED).await?;
    Ok(lines)
}

/// Names are written `名称/起/止`, separated by `；`; an open end means that it still holds.
fn domain_line(row: DomainRow) -> DomainLine {
    let name = |written: &str| {
        let mut parts = written.split('/');
        let name = parts.next().unwrap_or_default().to_owned();
        let mut day = || parts.next().and_then(|day| day.parse().ok());
        let from = day().unwrap_or(TEMPLATES_FROM);
        (name, from, day())
    };
    DomainLine {
        names: row.names.split('；').map(name).collect(),
        slug: row.slug,
        ordinal: row.ordinal,
        also_called: row.also_called.filter(|name| !name.is_empty()),
        note: row.note.filter(|note| !note.is_empty()),
    }
}

async fn take_in_template(ledger: &Ledger, name: &str, text: &str) -> Result<(), Failure> {
    let (mut read, sha256) = read_bytes(text.as_bytes(), name)?;
    let slug = name.trim_end_matches(".csv").split_once('-').map_or(name, |(_, slug)| slug);
    let domain = Domain::find(ledger.store(), slug, ledger.clock().today()).await?;
    let called = domain.map_or_else(|| slug.to_owned(), |domain| domain.name);
    read.title = Some(format!("厦门市{called}领域基层政务公开标准目录（演示模板）"));
    read.region_hint = Some("厦门市".into());
    read.items.iter_mut().for_each(sources::plainly);
    let draft = import::Import {
        organ: CITY.into(),
        domain: slug.into(),
        read,
        source_name: name.into(),
        source_sha256: sha256,
        demo: true,
    };
    import::keep(ledger.desk(actor()).await?, draft).await?;
    release::grant(ledger.desk(actor()).await?, CITY, slug, TEMPLATES_FROM).await?;
    Ok(())
}

#[derive(Deserialize)]
struct BodyRow {
    template_subject: String,
    role: String,
    taken_up_as: String,
}

/// 承接: each district takes up each template, with its own bodies as 公开主体.
async fn take_up_templates(ledger: &Ledger, domains: &[DomainLine]) -> Result<(), Failure> {
    let mut reader = csv::Reader::from_reader(files::BODIES.as_bytes());
    let bodies: Vec<BodyRow> = reader.deserialize().collect::<Result<_, _>>()?;
    let divisions = Division::down_to(ledger.store(), Level::District).await?;
    let today = ledger.clock().today();
    for district in divisions.iter().filter(|division| division.level == Level::District) {
        let organs = Organ::serving(ledger.store(), &district.code).await?;
        let standing: Vec<_> = organs.into_iter().filter(|organ| organ.stands_on(today)).collect();
        let Some(government) = standing.iter().find(|organ| organ.role == "government") else {
            continue;
        };
        let here = names_here(&bodies, &standing);
        for domain in domains {
            let called = domain.names.last().map_or(domain.slug.as_str(), |(name, _, _)| name);
            let adoption = Adoption {
                from: CITY,
                organ: government,
                domain: &domain.slug,
                title: format!("{}{called}领域基层政务公开标准目录", district.name),
                place: district.name.clone(),
                bodies: &here,
                demo: true,
            };
            adoption::keep(ledger.desk(actor()).await?, adoption).await?;
            let desk = ledger.desk(actor()).await?;
            release::grant(desk, &government.code, &domain.slug, DISTRICTS_FROM).await?;
        }
    }
    Ok(())
}

/// What each body of the template is called in a district.
fn names_here(bodies: &[BodyRow], organs: &[Organ]) -> HashMap<String, String> {
    let taken = bodies.iter().filter(|body| body.taken_up_as == "organ");
    taken
        .filter_map(|body| {
            let organ = organs.iter().find(|organ| organ.role == body.role)?;
            Some((body.template_subject.clone(), organ.name.clone()))
        })
        .collect()
}
