//! Three towns and streets of the demo city that took up their district's catalogues: one in time, one
//! late, one still drafting. All days are invented (演示数据).

use std::collections::HashMap;

use catalogue::acts::adoption::{self, Adoption, Part};
use catalogue::acts::release;
use catalogue::store::DomainLine;
use catalogue::store::plans::PlanGround;
use catalogue_rules::plan::concerns_towns;
use identity::{Division, Organ};
use law::{Date, day};
use ledger::Ledger;

use super::city::actor;
use crate::failure::Failure;

/// A town or street: its organ, its district's government, and from when its catalogues hold; none
/// where they are drafts still.
const TOWNS: [(&str, &str, Option<Date>); 3] = [
    ("XM01101", "XM01001", Some(day(2020, 10, 30))),
    ("XM01107", "XM01001", Some(day(2020, 12, 18))),
    ("XM04105", "XM04001", None),
];

/// How many domains the last has begun.
const BEGUN: usize = 5;

/// The body that the catalogues above name for towns and streets.
const TOWN: &str = "镇人民政府（街道办事处）";

/// Takes up what concerns each of the three.
pub(super) async fn take_up(ledger: &Ledger, domains: &[DomainLine]) -> Result<(), Failure> {
    let ground = PlanGround::read(ledger.store(), ledger.clock().today()).await?;
    let owed = &ground.progress.town_domains;
    let owed: Vec<_> = domains.iter().filter(|domain| owed.contains(&domain.slug)).collect();
    for (town, district, from) in TOWNS {
        let Some(organ) = ground.organs.get(town) else { continue };
        let count = if from.is_some() { owed.len() } else { BEGUN };
        for domain in owed.iter().take(count) {
            take_up_one(ledger, organ, district, domain).await?;
            if let Some(from) = from {
                release::grant(ledger.desk(actor()).await?, town, &domain.slug, from).await?;
            }
        }
    }
    Ok(())
}

async fn take_up_one(
    ledger: &Ledger,
    organ: &Organ,
    district: &str,
    domain: &DomainLine,
) -> Result<(), Failure> {
    let division = Division::find(ledger.store(), &organ.division).await?;
    let place = division.map_or_else(|| organ.short_name.clone(), |division| division.name);
    let called = domain.names.last().map_or(domain.slug.as_str(), |(name, _, _)| name);
    let bodies = HashMap::from([(TOWN.to_owned(), organ.name.clone())]);
    let adoption = Adoption {
        from: district,
        organ,
        domain: &domain.slug,
        title: format!("{place}{called}领域基层政务公开标准目录"),
        place,
        bodies: &bodies,
        demo: true,
    };
    let part = Part { takes: concerns_towns, reason: "不是镇街的职责" };
    adoption::keep_part(ledger.desk(actor()).await?, adoption, part).await?;
    Ok(())
}
