//! 审查与发布 of a version: how a draft reads exactly as it is signed, and how it comes into force once its
//! review is finished.

use std::collections::HashMap;

use ledger::Desk;
use review::{Appeared, Approved, Content, ContentHash, Publisher};
use store::Reading;
use web::Fault;

use super::{ActError, draft_held, release};
use crate::store::{Catalogue, Domain, InForceBy, KeyedItem, State, TakenRow, Version, authors};
use crate::words::item_name;
use crate::writing::Printed;

/// The kind of piece a version is.
pub const KIND: &str = "catalogue";

/// How versions are reviewed and published.
pub const PUBLISHER: Publisher = Publisher {
    kind: KIND,
    words: "标准目录",
    approve: "catalogue.approve",
    release: "catalogue.release",
    releasers: &["publisher", "foi_head"],
    content: |from, id| Box::pin(submitted(from, id)),
    standing: |from, id| Box::pin(in_force(from, id)),
    ready: |_, _, _| Box::pin(async { Ok(()) }),
    signable: None,
    holds: None,
    laid_out: Publisher::as_signed,
    plain: Publisher::unmarked,
    publish: |desk, _, approved| Box::pin(publish(desk, approved)),
};

/// A draft as it is signed; `None` where there is no draft with that key.
async fn submitted(from: &Reading<'_>, id: &str) -> Result<Option<Content>, Fault> {
    let draft = Version::find(from, id).await?.filter(|version| version.state == State::Draft);
    match draft {
        Some(draft) => Ok(content(from, &draft).await?),
        None => Ok(None),
    }
}

/// The version that holds in its place, or is to come into force.
async fn in_force(from: &Reading<'_>, id: &str) -> Result<Option<Content>, Fault> {
    let Some(own) = Version::find(from, id).await? else { return Ok(None) };
    let other = match own.state {
        State::Draft => Version::released(from, &own.catalogue).await?,
        // Once it is in force itself, what stood before it is the version before.
        _ => {
            let all = Version::all(from, &own.catalogue).await?;
            all.into_iter().find(|other| other.number < own.number && other.state != State::Draft)
        }
    };
    match other {
        Some(version) => Ok(content(from, &version).await?),
        None => Ok(None),
    }
}

/// Everything a version says and decides, in words, and beneath it the digest of its rows as data.
async fn content(
    from: &Reading<'_>,
    version: &Version,
) -> Result<Option<Content>, store::StoreError> {
    let Some(catalogue) = Catalogue::find(from, &version.catalogue).await? else { return Ok(None) };
    // The name its domain had when the draft was made: what is signed does not change with the day.
    let day = version.made_at.parse().map_or(law::Date::MAX, ledger::day_in_china);
    let domain = Domain::find(from, &catalogue.domain, day).await?;
    let domain = domain.map_or_else(|| catalogue.domain.clone(), |domain| domain.name);
    let printed = Printed::of_version(from, &version.id, "", day).await?;
    let taken = TakenRow::all(from, &version.id).await?;
    let keyed = KeyedItem::all(from, &version.id).await?;
    let (proposed, held) = (version.proposed_from, version.effective_from);
    let since = held.or(proposed).map(|day| {
        let note = if held.is_none() {
            "；晚于这一天发布的，自发布之日起施行"
        } else {
            ""
        };
        format!("{day}{note}")
    });
    let title = format!("{domain}领域标准目录第 {} 版", version.number);
    let bare = Content {
        title,
        organ: catalogue.organ.clone(),
        unit: String::new(),
        authors: authors(from, version).await?,
        normative: false,
        findings: vec![],
        parts: vec![],
    };
    let mut whole = bare
        .part("目录名称", version.title.clone())
        .part("施行日期", since.unwrap_or_default())
        .part("没有征求意见或者审核的理由", version.despite.clone().unwrap_or_default());
    let decided: HashMap<&str, &TakenRow> =
        taken.iter().map(|row| (row.item.as_str(), row)).collect();
    let lines = printed.map(|printed| printed.row_lines()).unwrap_or_default();
    for (at, (row, lines)) in keyed.iter().zip(lines).enumerate() {
        let decision = decided.get(row.key.as_str()).map(|row| treatment(row)).unwrap_or_default();
        let name = format!("第 {} 项 {}", at + 1, item_name(&row.item));
        whole = whole.part(&name, format!("{lines}{decision}"));
    }
    for row in taken.iter().filter(|row| keyed.iter().all(|own| own.key != row.item)) {
        whole = whole.part(&format!("上级事项 {}", row.item), treatment(row));
    }
    Ok(Some(whole.part("数据摘要", digest(version, &keyed, &taken).to_string())))
}

/// What was decided on the row above, as a line.
fn treatment(row: &TakenRow) -> String {
    use catalogue_rules::Treatment;
    let reason = |reason: &Option<String>| {
        reason.as_ref().map(|reason| format!("，{reason}")).unwrap_or_default()
    };
    match &row.treatment {
        Treatment::AsIs => "承接：照用\n".into(),
        Treatment::Refined { reason: why, .. } => format!("承接：细化{}\n", reason(why)),
        Treatment::NotApplicable { reason } => format!("承接：不适用，{reason}\n"),
        Treatment::Added { reason: why } => format!("承接：新增{}\n", reason(why)),
    }
}

/// Over the rows as data: nothing that the words leave out can change unseen.
fn digest(version: &Version, keyed: &[KeyedItem], taken: &[TakenRow]) -> ContentHash {
    let mut parts = vec![version.above.clone().unwrap_or_default()];
    parts.extend(version.level_columns.iter().cloned());
    parts.push(version.region_hint.clone().unwrap_or_default());
    for row in keyed {
        parts.push(row.key.clone());
        parts.push(serde_json::to_string(&row.item).unwrap_or_default());
    }
    for row in taken {
        parts.push(row.item.clone());
        parts.push(format!("{:?}", row.treatment));
        parts.push(row.above.clone().unwrap_or_default());
    }
    ContentHash::of(parts.iter().map(String::as_str))
}

/// Puts a version in force whose review is finished: on its day, or at once where that is past.
async fn publish(desk: &mut Desk, approved: &Approved) -> Result<Appeared, Fault> {
    let version = Version::find(desk.change(), &approved.id).await?;
    let version = version.filter(|version| version.state == State::Draft);
    let version = version.ok_or_else(gone)?;
    let catalogue = Catalogue::find(desk.change(), &version.catalogue).await?.ok_or_else(gone)?;
    let draft = draft_held(desk, &catalogue).await.map_err(told)?;
    let from = draft.proposed_from.map_or(desk.today(), |from| from.max(desk.today()));
    let by = InForceBy::Review { publication: &approved.publication, hash: approved.hash.as_str() };
    let facts = serde_json::json!({
        "publication": approved.publication, "hash": approved.hash, "despite": draft.despite,
    });
    release::carry_out(desk, &catalogue, &draft, from, &by, facts).await.map_err(told)?;
    let path = format!("/mulu/{}/banben/{}", catalogue.domain, draft.number);
    Ok(Appeared { subject: format!("catalogue:{}", catalogue.id), path: Some(path) })
}

fn gone() -> Fault {
    Fault::Refused("目录的草稿已经不在了，不能发布。".into())
}

fn told(error: ActError) -> Fault {
    match error {
        ActError::Store(error) => error.into(),
        ActError::Desk(error) => Fault::inside(error),
        other => Fault::Refused(format!("{other}。{}。", other.remedy())),
    }
}
