//! What is signed: the pieces of a unit as they will appear, each beside what stood before.

use identity::Organ;
use web::{Fault, LaidOut, Part, Visit};

use super::super::comparison::{self, Changed};
use crate::store::Unit;

/// One piece, as it is signed.
pub(super) struct PieceView {
    pub(super) title: String,
    pub(super) anchor: String,
    pub(super) parts: Vec<PartView>,
    /// As the portal will show it, with what the checks say; `None` where its parts say all.
    pub(super) laid_out: Option<LaidOut>,
    pub(super) findings: Vec<String>,
    pub(super) compared: &'static str,
    pub(super) changed: Vec<Changed>,
    pub(super) href: Option<String>,
}

/// One part in paragraphs.
pub(super) struct PartView {
    pub(super) name: String,
    pub(super) short: bool,
    pub(super) lines: Vec<String>,
}

/// The pieces as they are signed, each beside what is public in its place, or else beside what was
/// submitted before.
pub(super) async fn pieces(visit: &Visit, unit: &Unit) -> Result<Vec<PieceView>, Fault> {
    let (store, publishers) = (visit.house.store(), visit.house.publishers());
    let mut views = Vec::with_capacity(unit.pieces.len());
    for piece in &unit.pieces {
        let publisher = publishers.get(&piece.kind)?;
        let standing = (publisher.standing)(&store.reading(), &piece.id).await?;
        let before = Unit::submitted_before(store, piece, &unit.id).await?;
        let (compared, old): (_, Vec<Part>) = match (standing, before) {
            (Some(standing), _) => ("与现行公开的内容相比", standing.parts),
            (None, Some((_, snapshot))) => ("与上一次送审相比", snapshot.parts),
            (None, None) => ("", vec![]),
        };
        let changed = match compared {
            "" => vec![],
            _ => comparison::between(&old, &piece.body.parts, publisher.plain),
        };
        let anchor = format!("neirong-{}", piece.ordinal);
        let mut laid_out = (publisher.laid_out)(visit, &piece.id, &piece.body.parts).await?;
        if let Some(out) = &mut laid_out {
            // Several pieces stand on one page.
            out.text = out.text.replace("<h2 id=\"s", &format!("<h2 id=\"{anchor}-s"));
        }
        let covered = |part: &&Part| {
            laid_out.as_ref().is_some_and(|out| out.covers.contains(&part.name.as_str()))
        };
        let bare = piece.body.parts.iter().filter(|part| !covered(part));
        views.push(PieceView {
            title: piece.title.clone(),
            anchor,
            parts: bare.map(PartView::of).collect(),
            laid_out,
            findings: piece.body.findings.clone(),
            compared,
            changed,
            href: piece.path.as_ref().map(|path| visit.site.link(path)),
        });
    }
    Ok(views)
}

impl PartView {
    /// What is signed names the organ by its code; people read its name before it.
    pub(super) fn naming(&mut self, organ: &Organ) {
        if self.lines == [organ.code.as_str()] {
            self.lines = vec![format!("{}（{}）", organ.name, organ.code)];
        }
    }

    fn of(part: &Part) -> Self {
        let lines: Vec<String> = part
            .text
            .lines()
            .map(str::trim_end)
            .filter(|line| !line.is_empty())
            .map(str::to_owned)
            .collect();
        Self { name: part.name.clone(), short: lines.len() < 2, lines }
    }
}
