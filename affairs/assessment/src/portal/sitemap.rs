//! What of the board machines find, and an address of each of its page types.

use web::{House, Later, Sample, Site, SitemapEntry};

use crate::store::{Count, Line, ScopeKind};

macro_rules! sample {
    ($name:literal, $path:literal) => {
        Sample { name: $name, path: |house| Box::pin(counted(house, $path)) }
    };
}

/// An address of each page type, for tests that open every type.
pub const SAMPLES: &[Sample] = &[
    sample!("quality board", "/kanban"),
    sample!("organs compared", "/kanban/bijiao?paixu=anshi"),
    sample!("rows of the board", "/kanban/mingxi"),
    sample!("items of the board", "/kanban/shixiang?zhibiao=gengxin"),
    sample!("method of the board", "/kanban/suanfa"),
    Sample { name: "board of an organ", path: of_an_organ },
];

/// The address once something was counted.
async fn counted(house: &House, path: &'static str) -> Result<Option<String>, web::Fault> {
    let all = Count::all(house.store()).await?;
    Ok((!all.is_empty()).then(|| path.to_owned()))
}

fn of_an_organ(house: &House) -> Later<'_, Option<String>> {
    Box::pin(async move {
        let all = Count::all(house.store()).await?;
        let Some(newest) = all.first() else { return Ok(None) };
        let whole = ("000000000000", "999999999999");
        let lines = Line::within(house.store(), &newest.id, ScopeKind::Organ, whole).await?;
        let most = lines.iter().max_by_key(|line| line.figures.kept.rate().whole);
        Ok(most.map(|line| format!("/kanban/{}", line.scope)))
    })
}

/// The board, its method, and the periods that are fixed.
pub fn entries<'a>(house: &'a House, _: &'a Site) -> Later<'a, Vec<SitemapEntry>> {
    Box::pin(async move {
        let all = Count::all(house.store()).await?;
        let day = |one: &Count| one.counted_at.get(..10).map(str::to_owned);
        let entry = |path: &str, changed| SitemapEntry { path: path.to_owned(), changed };
        if all.is_empty() {
            return Ok(vec![entry("/kanban/suanfa", None)]);
        }
        let newest = all.first().and_then(day);
        Ok(vec![
            entry("/kanban", newest.clone()),
            entry("/kanban/bijiao", newest),
            entry("/kanban/suanfa", None),
        ])
    })
}
