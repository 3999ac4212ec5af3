//! What readers follow of the catalogue: its domains and items by name, and the days until which the public
//! is asked about a draft.

use law::Date;
use store::{FromQueryResult, Statements, StoreError};
use web::{DaySource, House, Later, PublicDay, Site, ThemeSource};

use crate::store::Domain;
use crate::store::powers::ItemInForce;
use crate::words::divisions_down_to;

/// Domains and items by name.
pub(crate) const THEMES: ThemeSource = ThemeSource { domains, item };

/// Until when the public is asked.
pub(crate) const DAYS: DaySource = DaySource { days };

fn domains(house: &House) -> Later<'_, Vec<(String, String)>> {
    Box::pin(async move {
        let today = house.ledger().clock().today();
        let domains = Domain::all(house.store(), today).await?;
        Ok(domains.into_iter().map(|domain| (domain.slug, domain.name)).collect())
    })
}

fn item<'a>(
    house: &'a House,
    site: &'a Site,
    domain: &'a str,
    key: &'a str,
) -> Later<'a, Option<String>> {
    Box::pin(async move {
        let (store, today) = (house.store(), house.ledger().clock().today());
        let divisions = divisions_down_to(&site.division);
        let items = ItemInForce::nearest(store, &divisions, today).await?;
        let found = items.into_iter().find(|one| one.domain == domain && one.key == key);
        Ok(found.map(|one| {
            let levels = [one.item.level1, one.item.level2, one.item.level3];
            levels.into_iter().flatten().collect::<Vec<_>>().join("－")
        }))
    })
}

/// Drafts of a division about which the public is asked, with the name of the domain on a day.
const ASKED: &str = "
SELECT c.domain, v.number, v.consult_until
  FROM catalogue_version v
  JOIN catalogue c ON c.id = v.catalogue
 WHERE c.division = $1 AND v.state = 'draft' AND v.stage = 'consultation' AND v.consult_until >= $2
 ORDER BY v.consult_until, c.domain";

#[derive(FromQueryResult)]
struct AskedRow {
    domain: String,
    number: i64,
    consult_until: String,
}

fn days<'a>(house: &'a House, site: &'a Site) -> Later<'a, Vec<PublicDay>> {
    Box::pin(async move {
        let today = house.ledger().clock().today();
        Ok(of_division(house.store(), &site.division, today).await?)
    })
}

async fn of_division(
    from: &impl Statements,
    division: &str,
    today: Date,
) -> Result<Vec<PublicDay>, StoreError> {
    let rows: Vec<AskedRow> =
        from.all(ASKED, vec![division.into(), today.to_string().into()]).await?;
    if rows.is_empty() {
        return Ok(vec![]);
    }
    let domains = Domain::all(from, today).await?;
    let day = |row: AskedRow| {
        let named = domains.iter().find(|domain| domain.slug == row.domain);
        let name = named.map(|domain| domain.name.as_str()).unwrap_or_default();
        Some(PublicDay {
            key: format!("catalogue:{}:{}", row.domain, row.number),
            day: row.consult_until.parse().ok()?,
            title: format!("{name}领域标准目录征求意见截止"),
            detail: "到这一天为止，可以对目录的征求意见稿提出意见。".into(),
            path: format!("/mulu/{}/banben/{}", row.domain, row.number),
        })
    };
    Ok(rows.into_iter().filter_map(day).collect())
}
