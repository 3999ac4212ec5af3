//! What of this room can be searched: the answers that are published.

use identity::Organ;
use ledger::Event;
use search::{Found, SearchDocument};
use store::Transaction;
use web::{Fault, House, Later, Listener, SearchBatch, SearchSource};

use crate::inscription::subject;
use crate::store::{Piece, PieceState};

/// An answer is found as soon as it is public, and no more once it is taken down.
pub(crate) const LISTENERS: &[Listener] = &[Listener {
    name: SOURCE.listener,
    acts: &["suggestions.piece", "suggestions.piece_withdrawal"],
    hear,
}];

/// For the index.
pub(crate) const SOURCE: SearchSource =
    SearchSource { batch, listener: "suggestions.search", changed };

/// How many are read at a time when the index is built anew.
const BATCH: i64 = 200;

fn batch<'a>(house: &'a House, after: Option<&'a str>) -> Later<'a, SearchBatch> {
    Box::pin(async move {
        let pieces = Piece::batch(house.store(), after.unwrap_or_default(), BATCH).await?;
        let next = pieces.last().map(|piece| piece.id.clone());
        Ok((documents(house, pieces).await?, next))
    })
}

async fn documents(house: &House, pieces: Vec<Piece>) -> Result<Vec<SearchDocument>, Fault> {
    let codes = pieces.iter().map(|piece| piece.organ.as_str()).collect();
    let organs = Organ::of_codes(house.store(), &codes).await?;
    let name_of = |code: &str| {
        let own = organs.iter().find(|organ| organ.code == code);
        own.map(|organ| organ.short_name.clone()).unwrap_or_default()
    };
    let document = |piece: Piece| SearchDocument {
        id: subject(&piece.id),
        room: "suggestions".into(),
        kind: "问答".into(),
        url: piece.path(),
        organ_name: name_of(&piece.organ),
        body: format!("{}\n{}", piece.question, piece.answer),
        year: piece.published_on.as_deref().and_then(|day| day.get(..4)?.parse().ok()),
        date: piece.published_on,
        division: piece.division,
        title: piece.title,
        ..SearchDocument::default()
    };
    Ok(pieces.into_iter().map(document).collect())
}

fn hear<'a>(house: &'a House, event: &'a Event, _: &'a Transaction) -> Later<'a, ()> {
    Box::pin(async move { house.tell_index(vec![changed(house, event).await?]).await })
}

fn changed<'a>(house: &'a House, event: &'a Event) -> Later<'a, Found> {
    Box::pin(async move {
        let id = event.subject.split_once(':').map_or("", |(_, id)| id);
        let piece = Piece::find(house.store(), id).await?;
        let there = piece.filter(|piece| piece.state == PieceState::Published);
        let gone = if there.is_none() { vec![subject(id)] } else { vec![] };
        Ok(Found { gone, there: documents(house, there.into_iter().collect()).await? })
    })
}
