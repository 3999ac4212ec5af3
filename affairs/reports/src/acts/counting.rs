//! 取数: the numbers are taken from the registers of the rooms, and for a government's report from the
//! reports of its organs, each with what it comes from. What was adjusted stays, beside what is counted.

use std::collections::BTreeMap;

use ::store::moment;
use jiff::civil;
use law::Date;
use ledger::Desk;
use reports_rules::{Cell, CellPlace, Figure, Reporter, Tables, Topic};
use review::Signatory;
use web::{FigureAsk, FigureSource};

use super::{ActError, draft_of, entry};
use crate::checking;
use crate::store::{self, Basis, Content, MemberLine, Origin, Version, candidates};

/// Takes the numbers of a draft anew.
///
/// # Errors
/// It is no draft of the organ, it was taken over, a room cannot count, or the database refuses.
pub async fn keep(
    mut desk: Desk,
    sources: &[FigureSource],
    by: &Signatory,
    id: &str,
) -> Result<(), ActError> {
    let version = draft_of(&desk, by, id).await?;
    if version.origin == Origin::Taken {
        let words = "这是以前公布的报告，数字不从登记簿取";
        return Err(ActError::Refused(words, "与原件不同的，直接改正并写明来源"));
    }
    let mut content = Content::of(desk.change(), id).await?;
    let before = Basis::of(desk.change(), id).await?;
    count(&desk, sources, &version, &mut content).await?;
    tell_fee(&desk, &version, &mut content, &before).await?;
    store::keep_all(desk.change(), id, &content).await?;
    store::written_by(desk.change(), id, by.persons()).await?;
    desk.record(entry("counting", &version, serde_json::json!({}))).await?;
    Ok(desk.seal().await?)
}

/// Writes into the sixth section what the register collected, where nobody has written anything else there;
/// `before` is what was counted before.
pub(super) async fn tell_fee(
    desk: &Desk,
    version: &Version,
    content: &mut Content,
    before: &[Basis],
) -> Result<(), ActError> {
    if version.reporter == Reporter::Government {
        return Ok(());
    }
    let now = Basis::fee(&Basis::of(desk.change(), &version.id).await?);
    let text = content.texts.entry(Topic::ProcessingFee.word().to_owned()).or_default();
    let told = Basis::fee(before).map(|fee| fee_words(version.year, fee));
    if let Some(fee) = now
        && (text.trim().is_empty() || told.as_ref() == Some(text))
    {
        *text = fee_words(version.year, fee);
    }
    Ok(())
}

/// The sentence of the sixth section.
fn fee_words(year: i16, fee: Figure) -> String {
    match fee {
        Figure::ZERO => format!("{year}年度没有收取信息处理费。"),
        fee => format!("{year}年度收取信息处理费{fee}元。"),
    }
}

/// What the registers, and the organs that are added up, come to at a moment.
struct Taken {
    bases: Vec<Basis>,
    /// Of a government: the scope, with what is published by now.
    members: Vec<MemberLine>,
    figures: BTreeMap<CellPlace, Figure>,
}

/// Takes the numbers into a content; what they come from is kept beside it. Tells the first number that is
/// counted otherwise than before, in words.
pub(super) async fn count(
    desk: &Desk,
    sources: &[FigureSource],
    version: &Version,
    content: &mut Content,
) -> Result<Option<String>, ActError> {
    let taken = take(desk, sources, version, content).await?;
    let before = Basis::of(desk.change(), &version.id).await?;
    let moved = taken.first_moved(content, &before);
    follow(content, &taken.figures, version.year);
    if version.reporter == Reporter::Government {
        store::keep_members(desk.change(), &version.id, &taken.members).await?;
    }
    merge(content, &taken.figures);
    store::keep_bases(desk.change(), &version.id, &taken.bases).await?;
    store::counted(desk.change(), &version.id, moment(desk.now())).await?;
    Ok(moved)
}

/// The first number that would be counted otherwise now than it stands beside the report, in words; what was
/// adjusted is not looked at, but what it was adjusted from.
pub(super) async fn moved(
    desk: &Desk,
    sources: &[FigureSource],
    version: &Version,
    content: &Content,
) -> Result<Option<String>, ActError> {
    let before = Basis::of(desk.change(), &version.id).await?;
    Ok(take(desk, sources, version, content).await?.first_moved(content, &before))
}

impl Taken {
    fn first_moved(&self, content: &Content, before: &[Basis]) -> Option<String> {
        let place = first_moved(&self.figures, content).map(|place| place.words());
        let fee = Basis::fee(&self.bases) != Basis::fee(before);
        place.or_else(|| fee.then(|| Topic::ProcessingFee.name().to_owned()))
    }
}

fn first_moved(figures: &BTreeMap<CellPlace, Figure>, content: &Content) -> Option<CellPlace> {
    let stands = |place: CellPlace| content.cells.get(&place)?.derived.as_ref().map(Cell::value);
    let mut places = CellPlace::all().filter(|place| !place.is_total());
    places.find(|place| figures.get(place).copied() != stands(*place))
}

/// What was carried over from the report before, because no register told it, follows the register once
/// there is one.
fn follow(content: &mut Content, figures: &BTreeMap<CellPlace, Figure>, year: i16) {
    let note = carried_note(year.saturating_sub(1));
    content.cells.retain(|place, cell| {
        let carried = cell.derived.is_none() && cell.note == note;
        !(carried && figures.contains_key(place))
    });
}

/// What is noted at a number that the report on that year carried out.
pub(super) fn carried_note(year: i16) -> String {
    format!("{year}年度报告的结转下年")
}

async fn take(
    desk: &Desk,
    sources: &[FigureSource],
    version: &Version,
    content: &Content,
) -> Result<Taken, ActError> {
    let at = moment(desk.now());
    let ask = FigureAsk { organ: version.organ.clone(), year: version.year };
    let mut bases = Vec::new();
    for source in sources {
        let counted = (source.count)(&desk.change().reading(), &ask).await?;
        if !counted.counts.is_empty() || !counted.unplaced.is_empty() {
            let (source, counted_at) = (source.name.to_owned(), at.clone());
            bases.push(Basis { source, counted_at, counted });
        }
    }
    let mut figures = Basis::figures(&bases);
    let mut members = Vec::new();
    if version.reporter == Reporter::Government {
        members = scoped(desk, version).await?;
        let counted = members.iter().filter(|member| member.counted);
        let parts = checking::parts(desk.change(), counted).await?;
        if !parts.is_empty() {
            add(&mut figures, &Tables::sum(&parts.values().collect::<Vec<_>>()));
        }
        // What was added up and no longer is leaves nothing.
        for (place, _) in content.cells.iter().filter(|(_, cell)| cell.derived.is_some()) {
            figures.entry(*place).or_insert(Figure::ZERO);
        }
    }
    Ok(Taken { bases, members, figures })
}

/// Adds the sum of the parts, at every place.
fn add(figures: &mut BTreeMap<CellPlace, Figure>, parts: &Tables) {
    for place in CellPlace::all().filter(|place| !place.is_total()) {
        let own = figures.get(&place).copied().unwrap_or_default();
        figures.insert(place, own + parts.cell(place).value());
    }
}

/// Puts what was counted into the cells; a cell that was adjusted keeps its value and its reason.
fn merge(content: &mut Content, fresh: &BTreeMap<CellPlace, Figure>) {
    for place in CellPlace::all().filter(|place| !place.is_total()) {
        let Some(number) = fresh.get(&place) else {
            if let Some(cell) = content.cells.get_mut(&place) {
                cell.derived = None;
            }
            continue;
        };
        let cell = content.cells.entry(place).or_default();
        let typed = cell.derived.is_none() && cell.value != Cell::Blank;
        if !cell.is_adjusted() && !typed {
            cell.value = Cell::Number(*number);
            cell.note = String::new();
        }
        cell.derived = Some(Cell::Number(*number));
    }
}

/// The scope as it was decided, with what is published by now.
async fn scoped(desk: &Desk, version: &Version) -> Result<Vec<MemberLine>, ActError> {
    let decided = MemberLine::of(desk.change(), &version.id).await?;
    let mut lines =
        candidates(desk.change(), &version.organ, version.year, last_day(version.year)).await?;
    for line in &mut lines {
        if let Some(kept) = decided.iter().find(|kept| kept.organ == line.organ) {
            line.counted = kept.counted;
            line.reason.clone_from(&kept.reason);
        }
    }
    Ok(lines)
}

/// The last day of the year reported.
pub(crate) fn last_day(year: i16) -> Date {
    civil::Date::new(year, 12, 31).unwrap_or(Date::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::KeptCell;

    fn place(name: &str) -> CellPlace {
        CellPlace::named(name).expect("a place")
    }

    #[test]
    fn what_was_carried_over_follows_a_register_that_begins_and_what_was_typed_does_not() {
        let (at, other) = (place("t3.r02.c1"), place("t3.r02.c2"));
        for (note, figures, left) in [
            (carried_note(2025), vec![at], None),
            (carried_note(2025), vec![other], Some(2)),
            ("台账".to_owned(), vec![at], Some(2)),
        ] {
            let mut content = Content::default();
            content.cells.insert(at, KeptCell { value: Cell::count(2), derived: None, note });
            let figures = figures.into_iter().map(|place| (place, Figure::ZERO)).collect();
            follow(&mut content, &figures, 2026);
            let kept = content.cells.get(&at).map(|cell| cell.value.clone());
            assert_eq!(kept, left.map(Cell::count));
        }
    }

    #[test]
    fn what_was_adjusted_stays_beside_what_is_counted_anew_and_all_else_follows() {
        let number = |count: u64| Cell::count(count);
        let kept = |value: u64, derived: Option<u64>, note: &str| KeptCell {
            value: number(value),
            derived: derived.map(number),
            note: note.into(),
        };
        for (before, counted, after) in [
            (kept(3, Some(3), ""), Some(5), kept(5, Some(5), "")),
            (kept(4, Some(3), "登记簿漏登"), Some(5), kept(4, Some(5), "登记簿漏登")),
            (kept(4, None, "台账"), Some(5), kept(4, Some(5), "台账")),
            (kept(3, Some(3), ""), None, kept(3, None, "")),
        ] {
            let at = place("t3.r01.c1");
            let mut content = Content::default();
            content.cells.insert(at, before.clone());
            let fresh = counted.map(|count| (at, Figure::count(count))).into_iter().collect();
            merge(&mut content, &fresh);
            assert_eq!(content.cells.get(&at), Some(&after), "{before:?} {counted:?}");
        }
    }
}
