//! What of a published answer stands behind its leaf in the public log, in a form that can be made again from
//! what is kept.

use ::store::Store;
use ledger::Leaf;
use web::layout::Link;
use web::{InscribedSource, Later};

use crate::portal::PUBLISHED;
use crate::store::{Piece, PieceState};

/// For the house.
pub const INSCRIBED: InscribedSource =
    InscribedSource { subjects: SUBJECTS, contents, missing, address, page };

/// How the subjects of published answers begin.
pub(crate) const SUBJECTS: &str = "suggestion_piece:";

/// How a piece is named in the log and in the ledger.
pub(crate) fn subject(id: &str) -> String {
    format!("{SUBJECTS}{id}")
}

/// The leaf of a published piece.
pub(crate) fn leaf(piece: &Piece) -> Leaf {
    let index = format!("{}答复", piece.kind.name());
    Leaf::publication(subject(&piece.id), &piece.organ, index, content(piece))
}

/// One line of JSON, its parts in this order for ever; what changes it gets another form's name.
fn content(piece: &Piece) -> String {
    #[derive(serde::Serialize)]
    struct Whole<'a> {
        form: &'static str,
        organ: &'a str,
        kind: &'static str,
        title: &'a str,
        question: &'a str,
        answer: &'a str,
        asked_on: &'a str,
        answered_on: &'a str,
        published_on: Option<&'a str>,
    }
    let whole = Whole {
        form: "gongkai-suggestion-piece/1",
        organ: &piece.organ,
        kind: piece.kind.word(),
        title: &piece.title,
        question: &piece.question,
        answer: &piece.answer,
        asked_on: &piece.asked_on,
        answered_on: &piece.answered_on,
        published_on: piece.published_on.as_deref(),
    };
    serde_json::to_string(&whole).unwrap_or_default()
}

fn key(subject: &str) -> &str {
    subject.trim_start_matches(SUBJECTS)
}

fn contents<'a>(store: &'a Store, subjects: &'a [String]) -> Later<'a, Vec<(String, String)>> {
    Box::pin(async move {
        let mut found = Vec::with_capacity(subjects.len());
        for subject in subjects {
            let piece = Piece::find(store, key(subject)).await?;
            if let Some(piece) = piece.filter(|piece| piece.state == PieceState::Published) {
                found.push((subject.clone(), content(&piece)));
            }
        }
        Ok(found)
    })
}

fn missing(store: &Store, most: i64) -> Later<'_, Vec<Leaf>> {
    Box::pin(async move {
        let pieces = Piece::without_leaf(store, most).await?;
        Ok(pieces.iter().map(|piece| leaf(piece).taking_in()).collect())
    })
}

fn address(subject: &str) -> Option<String> {
    Some(format!("{PUBLISHED}/{}", key(subject)))
}

fn page<'a>(store: &'a Store, subject: &'a str) -> Later<'a, Option<Link>> {
    Box::pin(async move {
        let piece = Piece::find(store, key(subject)).await?;
        let piece = piece.filter(|piece| piece.state == PieceState::Published);
        Ok(piece.map(|piece| Link::new(&piece.title, piece.path())))
    })
}
