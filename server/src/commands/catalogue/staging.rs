//! `gongkai catalogue adopt`, `consult` and `review`: a draft is taken up from above and led to 发布.

use std::collections::HashMap;

use catalogue::acts::adoption::{self, Adoption};
use catalogue::acts::submission::{self, Proposal};
use catalogue::acts::{ActError, consultation, review};
use catalogue::store::Domain;
use identity::{Division, Organ};
use law::Date;
use web::Publishers;

use super::difference::found;
use super::refused;
use crate::commands::files::{operator, signing_operator};
use crate::failure::{Exit, Failure};
use crate::opening::Whereabouts;
use crate::rooms;

/// Takes up the catalogue of the organ above. `bodies` are written `上级写法=本级机关`.
///
/// # Errors
/// An organ or the domain is unknown, nothing is in force above, or a body is not written so.
pub(super) async fn adopt(
    place: &Whereabouts,
    (organ, domain, from): (&str, &str, &str),
    bodies: &[String],
) -> Result<(), Failure> {
    let ledger = place.existing().await?;
    let (store, today) = (ledger.store(), ledger.clock().today());
    let organ = Organ::find(store, organ)
        .await?
        .ok_or_else(|| refused(ActError::NoOrgan(organ.to_owned())))?;
    let slug = Domain::called(store, domain).await?;
    let slug = slug.ok_or_else(|| refused(ActError::NoDomain(domain.to_owned())))?;
    let called = Domain::find(store, &slug, today).await?;
    let called = called.map_or_else(|| slug.clone(), |domain| domain.name);
    let division = Division::find(store, &organ.division).await?;
    let place_name = division.map(|division| division.name).unwrap_or_default();
    let bodies = bodies.iter().map(|pair| body(pair)).collect::<Result<HashMap<_, _>, _>>()?;
    let adoption = Adoption {
        from,
        organ: &organ,
        domain: &slug,
        title: format!("{place_name}{called}领域基层政务公开标准目录"),
        place: place_name,
        bodies: &bodies,
        demo: false,
    };
    let desk = ledger.desk(operator()).await?;
    let version = adoption::keep(desk, adoption).await.map_err(refused)?;
    println!("已承接为第 {} 版草稿", version.number);
    Ok(())
}

fn body(pair: &str) -> Result<(String, String), Failure> {
    let parts =
        pair.split_once('=').filter(|(theirs, ours)| !theirs.is_empty() && !ours.is_empty());
    let (theirs, ours) = parts.ok_or_else(|| {
        let remedy = "写成 上级写法=本级机关, 例如 区民政局=思明区民政局";
        Failure::new(Exit::Usage, format!("--body 写的“{pair}”看不懂"), remedy)
    })?;
    Ok((theirs.to_owned(), ours.to_owned()))
}

/// Puts the draft to the public until a day.
///
/// # Errors
/// There is no draft, or the day is not to come.
pub(super) async fn consult(
    place: &Whereabouts,
    organ: &str,
    domain: &str,
    until: Date,
) -> Result<(), Failure> {
    let ledger = place.existing().await?;
    let catalogue = found(&ledger, organ, domain).await?;
    let desk = ledger.desk(operator()).await?;
    let draft = consultation::open(desk, &catalogue.id, until).await.map_err(refused)?;
    let (slug, number) = (&catalogue.domain, draft.number);
    println!("第 {number} 版草稿开始征求意见, 到 {until} 截止: /mulu/{slug}/banben/{number}");
    Ok(())
}

/// Takes the draft to review.
///
/// # Errors
/// There is no draft, or opinions are still being taken.
pub(super) async fn review(place: &Whereabouts, organ: &str, domain: &str) -> Result<(), Failure> {
    let ledger = place.existing().await?;
    let catalogue = found(&ledger, organ, domain).await?;
    let desk = ledger.desk(operator()).await?;
    let draft = review::begin(desk, &catalogue.id).await.map_err(refused)?;
    println!("第 {} 版草稿进入审核", draft.number);
    Ok(())
}

/// Submits the draft for review; the steps are taken at the workbench.
///
/// # Errors
/// There is no draft, it is under review already, or something stands in the way.
pub(super) async fn submit(
    place: &Whereabouts,
    (organ, domain): (&str, &str),
    from: Date,
    (despite, note): (Option<&str>, Option<&str>),
) -> Result<(), Failure> {
    let ledger = place.existing().await?;
    let catalogue = found(&ledger, organ, domain).await?;
    let by = signing_operator(&catalogue.organ);
    let proposal =
        Proposal { catalogue: &catalogue.id, from, despite, note, added: vec![], by: &by };
    let publishers = Publishers::of(&rooms::rooms(), &place.data);
    let desk = ledger.desk(operator()).await?;
    let unit = submission::keep(desk, &publishers, proposal).await.map_err(refused)?;
    let next = unit.review().waits_for().map(|step| format!(", 等待{step}")).unwrap_or_default();
    println!("已送审{next}: {}", ::review::unit_path(&unit.id));
    Ok(())
}
