//! 建站: a site for a city, each of its districts and each of their towns.

use identity::{Division, Level, Organ};
use law::{Provision, document};
use ledger::{Actor, DeskError, Entry, Ledger};

use crate::store::{self, NewSite};

/// 政府网站发展指引, under which sites are opened and named.
const BASIS: Provision = document("国办发〔2017〕47号");

/// What all sites of one platform have in common when they are opened.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Founding {
    /// 英文域名.
    pub domain: String,
    /// 网站标识码.
    pub id_code: String,
    /// Scheme and host under which the platform is reached, if it is settled.
    pub origin: Option<String>,
    /// Marks the sites as a demonstration.
    pub demo: bool,
}

/// Opens a site for every division down to the towns that has a government organ of its own and no
/// site yet. Returns how many were opened.
///
/// # Errors
/// The database refuses; then nothing was opened.
pub async fn open(ledger: &Ledger, actor: Actor, founding: &Founding) -> Result<usize, DeskError> {
    let mut desk = ledger.desk(actor).await?;
    let divisions = Division::down_to(desk.change(), Level::Township).await?;
    let organs = Organ::all(desk.change()).await?;
    let known = store::bases(desk.change()).await?;
    let opened_on = desk.today().to_string();
    let mut opened = 0;
    for division in &divisions {
        let Some(base) = base_of(division, &divisions) else { continue };
        let Some(site) = site_of(division, base, &organs, founding) else { continue };
        if known.contains(&site.base) {
            continue;
        }
        desk.record(entry(&site)).await?;
        store::add(desk.change(), site, &opened_on).await?;
        opened += 1;
    }
    if opened > 0 {
        desk.seal().await?;
    }
    Ok(opened)
}

/// The address prefix of a division's site; `None` if a division above it is not ours.
fn base_of(division: &Division, all: &[Division]) -> Option<String> {
    if division.level == Level::City {
        return Some(String::new());
    }
    let above = all.iter().find(|other| Some(&other.code) == division.parent.as_ref())?;
    Some(format!("{}/{}", base_of(above, all)?, division.slug))
}

/// A division's site, in the name of its government and with the particulars of its office.
fn site_of(
    division: &Division,
    base: String,
    organs: &[Organ],
    founding: &Founding,
) -> Option<NewSite> {
    let serving = || {
        organs.iter().filter(|organ| organ.division == division.code && organ.valid_to.is_none())
    };
    let government =
        serving().find(|organ| matches!(organ.role.as_str(), "government" | "town"))?;
    let office = serving().find(|organ| organ.role == "office").unwrap_or(government);
    Some(NewSite {
        base,
        division: division.code.clone(),
        organ: government.code.clone(),
        name: government.name.clone(),
        origin: founding.origin.clone(),
        domain: founding.domain.clone(),
        id_code: founding.id_code.clone(),
        sponsor: office.name.clone(),
        office: office.short_name.clone(),
        phone: office.phone.clone(),
        hours: office.hours.clone(),
        address: office.address.clone(),
        postcode: office.postcode.clone(),
        demo: founding.demo,
    })
}

fn entry(site: &NewSite) -> Entry {
    Entry {
        room: "sites",
        act: "establishment",
        subject: format!("site:{}", site.division),
        organ: site.organ.clone(),
        basis: BASIS.to_string(),
        facts: serde_json::json!({ "base": site.base, "name": site.name }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn division(code: &str, level: Level, parent: Option<&str>, slug: &str) -> Division {
        Division {
            code: code.into(),
            name: slug.into(),
            level,
            parent: parent.map(Into::into),
            slug: slug.into(),
        }
    }

    #[test]
    fn a_towns_address_lies_below_its_districts_and_the_city_has_the_root() {
        let all = [
            division("350200000000", Level::City, Some("350000000000"), "xiamen"),
            division("350203000000", Level::District, Some("350200000000"), "siming"),
            division("350203001000", Level::Township, Some("350203000000"), "xiagang"),
        ];
        let bases: Vec<_> =
            all.iter().map(|division| base_of(division, &all).expect("all are ours")).collect();
        assert_eq!(bases, ["", "/siming", "/siming/xiagang"]);
    }

    #[test]
    fn a_division_without_a_government_of_its_own_gets_no_site() {
        let place = division("350203400000", Level::Township, None, "kaifaqu");
        assert_eq!(site_of(&place, "/siming/kaifaqu".into(), &[], &Founding::default()), None);
    }
}
