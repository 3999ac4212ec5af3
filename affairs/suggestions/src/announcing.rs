//! What subscribers are told: that an answer is published, and of what was taken down nothing more.

use identity::Organ;
use ledger::Event;
use store::Transaction;
use web::{Announcement, Became, House, Later, Listener};

use crate::inscription::SUBJECTS;
use crate::store::{Piece, PieceState};

/// Subscribers are told within the worker's round.
pub(crate) const LISTENERS: &[Listener] = &[Listener {
    name: "suggestions.announcement",
    acts: &["suggestions.piece", "suggestions.piece_withdrawal"],
    hear,
}];

fn hear<'a>(house: &'a House, event: &'a Event, change: &'a Transaction) -> Later<'a, ()> {
    Box::pin(async move {
        let Some(id) = event.subject.strip_prefix(SUBJECTS) else { return Ok(()) };
        let Some(piece) = Piece::find(change, id).await? else { return Ok(()) };
        let organ = Organ::find(change, &piece.organ).await?;
        house.announce(event, told(piece, organ), change).await
    })
}

/// As it stands now: of what was taken down since, words and title are gone.
fn told(piece: Piece, organ: Option<Organ>) -> Announcement {
    let path = piece.path();
    let (became, title, text) = match piece.state {
        PieceState::Published => {
            let text = format!("{} {} {}", piece.title, piece.question, piece.answer);
            (Became::Public, format!("{}答复：{}", piece.kind.name(), piece.title), text)
        }
        PieceState::Submitted | PieceState::Returned | PieceState::Withdrawn => {
            (Became::Gone, String::new(), String::new())
        }
    };
    Announcement {
        became,
        title,
        path,
        organ: piece.organ,
        organ_name: organ.map(|organ| organ.short_name).unwrap_or_default(),
        division: piece.division,
        domains: vec![],
        items: vec![],
        text,
    }
}
