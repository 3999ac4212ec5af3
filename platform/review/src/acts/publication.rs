//! 发布: all pieces of a unit become public in one transaction, or none does.
//!
//! Each piece's publication is kept before the room is asked to publish it: the database refuses the one
//! without a finished review, and the other without that row.

use std::collections::BTreeSet;

use jiff::Timestamp;
use ledger::{Desk, Ledger};
use store::{Value, moment, parse_moment};
use web::{Appeared, Approved, Publishers};

use super::{ActError, entry, hash_now, held, late_day, releasers};
use crate::Signatory;
use crate::steps::REVIEW_FIRST;
use crate::store::{Piece, Release, Unit, close, hold, things_in};

/// Lets the rooms do beforehand what takes time, so that no act waits for it.
///
/// # Errors
/// A room cannot make a piece ready, or the database refuses.
pub async fn ready(
    ledger: &Ledger,
    publishers: &Publishers,
    units: &[String],
) -> Result<(), ActError> {
    for (kind, pieces) in things_in(ledger.store(), units).await? {
        let ready = publishers.get(&kind)?.ready;
        ready(ledger, publishers.folder(), &pieces).await?;
    }
    Ok(())
}

/// Publishes a unit now. What takes time was done before ([`ready`]).
///
/// # Errors
/// Its review is not finished, its content is another than what was signed, the person may not release it,
/// a room cannot publish a piece, or the database refuses. Then nothing of it is public.
pub async fn keep(
    mut desk: Desk,
    publishers: &Publishers,
    unit: &str,
    by: &Signatory,
) -> Result<Vec<Appeared>, ActError> {
    let unit = held(&desk, unit).await?;
    let appeared = publish(&mut desk, publishers, &unit, by).await?;
    desk.seal().await?;
    Ok(appeared)
}

/// The same inside another act, which seals.
///
/// # Errors
/// See [`keep`].
pub async fn within(
    desk: &mut Desk,
    publishers: &Publishers,
    unit: &str,
    by: &Signatory,
) -> Result<Vec<Appeared>, ActError> {
    let unit = held(desk, unit).await?;
    publish(desk, publishers, &unit, by).await
}

/// Publishes several units, each as [`keep`] does, in one transaction: for a machine that is to publish
/// many. If one cannot be published, none is.
///
/// # Errors
/// See [`keep`].
pub async fn keep_all(
    mut desk: Desk,
    publishers: &Publishers,
    units: &[String],
    by: &Signatory,
) -> Result<Vec<Appeared>, ActError> {
    hold_all(&desk, units).await?;
    let mut appeared = Vec::with_capacity(units.len());
    for unit in units {
        let unit = held(&desk, unit).await?;
        appeared.extend(publish(&mut desk, publishers, &unit, by).await?);
    }
    desk.seal().await?;
    Ok(appeared)
}

/// 定时发布: publishes those of these units whose moment has come, for whoever set it, in one transaction;
/// says how many there still were. If one cannot be published, none is.
///
/// # Errors
/// See [`keep`].
pub async fn at_their_time(
    mut desk: Desk,
    publishers: &Publishers,
    units: &[String],
) -> Result<usize, ActError> {
    hold_all(&desk, units).await?;
    let mut published = 0;
    for unit in units {
        let unit = Unit::find(desk.change(), unit).await?.ok_or(ActError::NoUnit)?;
        let release = unit.release.clone().filter(|one| is_due(&one.at, desk.now()));
        let Some(release) = release.filter(|_| unit.state == crate::State::Scheduled) else {
            continue;
        };
        publish(&mut desk, publishers, &unit, &setter(&unit, release)).await?;
        published += 1;
    }
    if published > 0 {
        desk.seal().await?;
    }
    Ok(published)
}

/// Holds all before anything else is done, in the order of their keys: two at once then wait for one
/// another and nothing more.
async fn hold_all(desk: &Desk, units: &[String]) -> Result<(), ActError> {
    for unit in units.iter().collect::<BTreeSet<_>>() {
        hold(desk, unit).await?;
    }
    Ok(())
}

/// What was set by whoever might is carried out; the role was asked for when it was set.
fn setter(unit: &Unit, release: Release) -> Signatory {
    Signatory {
        person: release.by,
        name: release.name,
        post: String::new(),
        role: String::new(),
        organ: unit.organ.clone(),
        unit: String::new(),
        stands_in_for: release.stands_in_for,
    }
}

fn is_due(at: &str, now: Timestamp) -> bool {
    parse_moment(at).is_some_and(|at| at <= now)
}

pub(super) async fn publish(
    desk: &mut Desk,
    publishers: &Publishers,
    unit: &Unit,
    by: &Signatory,
) -> Result<Vec<Appeared>, ActError> {
    let content = hash_now(desk, publishers, unit).await?;
    let review = unit.review();
    let urgent = review.owes_first();
    let roles = releasers(publishers, unit);
    let review = review.publish(by, &roles, &content)?;
    // What was signed before somebody had to say what goes with it is refused in words, not by the database.
    let pieces: Vec<_> =
        unit.pieces.iter().map(|one| (one.kind.as_str(), one.id.as_str())).collect();
    publishers.accompanied(&desk.change().reading(), &pieces).await?;
    let mut appeared = Vec::with_capacity(unit.pieces.len());
    for piece in &unit.pieces {
        let publication = uuid::Uuid::now_v7().to_string();
        put(desk, unit, piece, &publication, by, urgent).await?;
        let approved = Approved { id: piece.id.clone(), hash: piece.hash.clone(), publication };
        let publish = publishers.get(&piece.kind)?.publish;
        let became = publish(desk, publishers.folder(), &approved).await?;
        place(desk, unit, piece, &became).await?;
        appeared.push(became);
    }
    close(desk, &unit.id, review.state, &by.name, None).await?;
    if urgent {
        late_day::owe(desk, &unit.id).await?;
    }
    let subjects: Vec<&String> = appeared.iter().map(|one| &one.subject).collect();
    let facts = serde_json::json!({ "subjects": subjects, "urgent": urgent });
    let basis = format!("{REVIEW_FIRST}；《政府信息公开条例》第二十六条");
    desk.record(entry("publication", unit, basis, facts)).await?;
    Ok(appeared)
}

/// Keeps the publication of a piece. The database looks at its review.
async fn put(
    desk: &Desk,
    unit: &Unit,
    piece: &Piece,
    id: &str,
    by: &Signatory,
    urgent: bool,
) -> Result<(), ActError> {
    let row: Vec<Value> = vec![
        id.into(),
        unit.id.clone().into(),
        piece.ordinal.into(),
        piece.kind.clone().into(),
        piece.id.clone().into(),
        piece.hash.as_str().into(),
        by.person.clone().into(),
        by.stands_in_for.clone().into(),
        by.name.clone().into(),
        i64::from(urgent).into(),
        moment(desk.now()).into(),
    ];
    let columns = [
        "id",
        "unit",
        "ordinal",
        "kind",
        "piece",
        "hash",
        "person",
        "stands_in_for",
        "name",
        "urgent",
        "published_at",
    ];
    desk.change().insert("publication", &columns, vec![row]).await?;
    Ok(())
}

/// Notes what became of a piece.
async fn place(desk: &Desk, unit: &Unit, piece: &Piece, became: &Appeared) -> Result<(), ActError> {
    let sql = "UPDATE review_piece SET subject = $1, path = $2 WHERE unit = $3 AND ordinal = $4";
    let values = vec![
        became.subject.clone().into(),
        became.path.clone().into(),
        unit.id.clone().into(),
        piece.ordinal.into(),
    ];
    desk.change().run(sql, values).await?;
    Ok(())
}
