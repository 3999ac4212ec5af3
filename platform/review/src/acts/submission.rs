//! 送审: one or more pieces are put together into a unit and go to review as they are at this moment.

use std::collections::BTreeSet;

use ledger::Desk;
use store::StoreError;
use web::{Content, ContentHash, Publishers};

use super::{ActError, entry, over};
use crate::steps::REVIEW_FIRST;
use crate::store::{Addition, Unit, put_unit};
pub use crate::submitted::Submitted;
use crate::{Course, Demand};

/// Submits a unit.
///
/// # Errors
/// A piece is not there, is under review already or belongs to another organ, an added step cannot be
/// added, or the database refuses.
pub async fn keep(
    mut desk: Desk,
    publishers: &Publishers,
    given: Submitted<'_>,
) -> Result<Unit, ActError> {
    let unit = within(&mut desk, publishers, given).await?;
    desk.seal().await?;
    Ok(unit)
}

/// The same inside another act, which seals.
///
/// # Errors
/// See [`keep`].
pub async fn within(
    desk: &mut Desk,
    publishers: &Publishers,
    given: Submitted<'_>,
) -> Result<Unit, ActError> {
    let gathered = with_companions(desk, publishers, given.pieces).await?;
    let pieces: Vec<(&str, &str)> =
        gathered.iter().map(|(kind, id)| (kind.as_str(), id.as_str())).collect();
    let given = Submitted { pieces: &pieces, ..given };
    let contents = contents(desk, publishers, given.pieces).await?;
    let organ = of_one_organ(&contents)?;
    let own = given.by.organ.is_empty() || given.by.organ == organ;
    if !own && !given.for_another {
        return Err(ActError::OthersPiece);
    }
    let pieces = given.pieces.iter().zip(&contents);
    let hash = over(pieces.map(|((kind, id), (_, hash))| (*kind, *id, hash)));
    let written = contents.iter().flat_map(|(content, _)| content.authors.iter().cloned());
    let authors: BTreeSet<String> = written.chain(given.by.persons().map(str::to_owned)).collect();
    let normative = contents.iter().any(|(content, _)| content.normative);
    let mut added = additions(desk, &organ, given.pieces).await?;
    added.extend(given.added.iter().cloned());
    let course = Course::with(normative, added)?;
    let id = uuid::Uuid::now_v7().to_string();
    put_unit(desk, &id, &given, &contents, &hash, &authors, &course).await.map_err(|error| {
        let first = contents.first().map(|(content, _)| content.title.clone());
        match error {
            StoreError::Duplicate(_) => ActError::UnderReview(first.unwrap_or_default()),
            other => other.into(),
        }
    })?;
    let unit = Unit::find(desk.change(), &id).await?.ok_or(ActError::NoUnit)?;
    let steps = course.demands().iter().map(|demand| demand.step.word()).collect::<Vec<_>>();
    let facts = serde_json::json!({ "steps": steps, "authors": authors });
    desk.record(entry("submission", &unit, REVIEW_FIRST.to_string(), facts)).await?;
    Ok(unit)
}

/// The pieces, and after them what rooms say must go with each; what was handed in with it stands where it was.
async fn with_companions(
    desk: &Desk,
    publishers: &Publishers,
    pieces: &[(&str, &str)],
) -> Result<Vec<(String, String)>, ActError> {
    let owned = |(kind, id): &(&str, &str)| ((*kind).to_owned(), (*id).to_owned());
    let mut all: Vec<(String, String)> = pieces.iter().map(owned).collect();
    let reading = desk.change().reading();
    for (kind, id) in pieces {
        let Some(content) = (publishers.get(kind)?.content)(&reading, id).await? else { continue };
        for (other, key) in publishers.companions(&reading, (kind, id), &content).await? {
            let piece = (other.to_owned(), key);
            if !all.contains(&piece) {
                all.push(piece);
            }
        }
    }
    Ok(all)
}

/// The pieces as they are now. Each is asked for once, and stands once in a unit.
async fn contents(
    desk: &Desk,
    publishers: &Publishers,
    pieces: &[(&str, &str)],
) -> Result<Vec<(Content, ContentHash)>, ActError> {
    let mut contents: Vec<(Content, ContentHash)> = Vec::with_capacity(pieces.len());
    let reading = desk.change().reading();
    for (at, (kind, id)) in pieces.iter().enumerate() {
        let publisher = publishers.get(kind)?;
        let content = (publisher.content)(&reading, id).await?;
        let content = content.ok_or_else(|| ActError::NoPiece(publisher.words.to_owned()))?;
        let again = pieces.iter().take(at).any(|other| other == &(*kind, *id));
        if again || Unit::open_with(desk.change(), kind, id).await?.is_some() {
            return Err(ActError::UnderReview(content.title));
        }
        let hash = content.hash();
        contents.push((content, hash));
    }
    if contents.is_empty() {
        return Err(ActError::Nothing);
    }
    Ok(contents)
}

fn of_one_organ(contents: &[(Content, ContentHash)]) -> Result<String, ActError> {
    let organs: BTreeSet<&String> = contents.iter().map(|(content, _)| &content.organ).collect();
    match organs.into_iter().collect::<Vec<_>>()[..] {
        [only] => Ok(only.clone()),
        _ => Err(ActError::SeveralOrgans),
    }
}

/// What the organ adds to every review of these kinds.
async fn additions(
    desk: &Desk,
    organ: &str,
    pieces: &[(&str, &str)],
) -> Result<Vec<Demand>, StoreError> {
    let all = Addition::all(desk.change(), organ).await?.into_iter();
    let holds = |one: &Addition| pieces.iter().any(|(kind, _)| one.holds_for(kind));
    Ok(all.filter(holds).map(|one| one.demand).collect())
}
