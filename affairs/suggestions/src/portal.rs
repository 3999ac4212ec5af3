//! What people see of 互动交流: the one entrance, the form, how a letter stands, answers that are published, and
//! numbers.

mod entrance;
mod published;
mod statistics;
mod track;
mod urge;
mod write;

use std::collections::BTreeSet;

use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use identity::{Division, Level, Organ};
use law::Date;
use web::components::FieldError;
use web::layout::{ColumnTags, Frame};
use web::{Copied, Fault, House, Later, Route, Sample, Site, SitemapEntry, Visit};

use crate::store::{Piece, Suggestion};

/// The one entrance.
pub(crate) const ENTRANCE: &str = "/zixun";
/// The form.
pub(crate) const WRITE: &str = "/zixun/xie";
/// The form for 举报.
pub(crate) const REPORT: &str = "/jubao";
/// How a letter stands.
pub(crate) const TRACK: &str = "/zixun/jindu";
/// Answers that are published.
pub(crate) const PUBLISHED: &str = "/zixun/xuandeng";
/// The same for reading programs.
const FEED: &str = "/zixun/xuandeng.atom";
/// What should have been published.
const URGE: &str = "/zixun/cui";
/// Numbers.
pub(crate) const STATISTICS: &str = "/zixun/tongji";

/// So many organs of a district and its townships are read at once: more than any has.
const MOST_ORGANS: usize = 5_000;

/// The pages.
pub(crate) fn routes() -> Vec<Route> {
    let (get, post) = (|| Method::GET, || Method::POST);
    vec![
        Route::public(ENTRANCE, entrance::show),
        Route::public_fresh(get(), WRITE, write::show),
        Route::public_fresh(post(), WRITE, write::send),
        Route::public_fresh(get(), REPORT, write::report),
        Route::public_fresh(get(), TRACK, track::show),
        Route::public_fresh(post(), TRACK, track::act),
        Route::public(URGE, urge::show),
        Route::public(PUBLISHED, published::list).copied(Copied::Rolling),
        Route::public(FEED, published::feed),
        Route::public("/zixun/xuandeng/{id}", published::one).copied(Copied::Single),
        // Numbers move with every letter: no page of them is kept. Where there are many, the numbers are, for some
        // minutes at most (`House::counted`).
        Route::public_fresh(get(), STATISTICS, statistics::show).copied(Copied::Page),
        Route::public_fresh(get(), "/zixun/tongji.csv", statistics::file).copied(Copied::Exact),
    ]
}

/// An address of each page type.
pub(crate) fn samples() -> Vec<Sample> {
    macro_rules! sample {
        ($name:literal, $path:expr) => {
            Sample { name: $name, path: |_| Box::pin(async { Ok(Some($path.into())) }) }
        };
    }
    vec![
        sample!("letters: entrance", ENTRANCE),
        sample!("letters: form", WRITE),
        sample!("letters: report", REPORT),
        sample!("letters: track", TRACK),
        sample!("letters: urge", URGE),
        sample!("letters: published answers", PUBLISHED),
        Sample { name: "letters: published answer", path: some_piece },
        sample!("letters: statistics", STATISTICS),
    ]
}

fn some_piece(house: &House) -> Later<'_, Option<String>> {
    Box::pin(async move {
        let found = Piece::batch(house.store(), "", 1).await?;
        Ok(found.first().map(Piece::path))
    })
}

/// What of this room stands in the site map for machines.
pub(crate) fn entries<'a>(house: &'a House, site: &'a Site) -> Later<'a, Vec<SitemapEntry>> {
    Box::pin(async move {
        let entry = |path: &str| SitemapEntry { path: path.into(), changed: None };
        let mut all: Vec<SitemapEntry> =
            [ENTRANCE, PUBLISHED, STATISTICS].into_iter().map(entry).collect();
        let range = (site.range.0.as_str(), site.range.1.as_str());
        let pieces = Piece::published(house.store(), range, None, None, 10_000).await?;
        all.extend(
            pieces
                .into_iter()
                .map(|piece| SitemapEntry { path: piece.path(), changed: piece.published_on }),
        );
        Ok(all)
    })
}

/// The frame of a page here.
fn framed(visit: &Visit, title: &str, description: &str) -> Frame {
    let frame = visit.frame().titled(title).described(description).within("zixun");
    let frame =
        if title == entrance::TITLE { frame } else { frame.under(entrance::TITLE, ENTRANCE) };
    frame.at(title).column(ColumnTags {
        name: title.into(),
        description: description.into(),
        keywords: "咨询,投诉,建议,互动交流".into(),
        kind: "政务咨询".into(),
    })
}

/// Answers with a page that nobody keeps.
fn fresh(page: &impl askama::Template, errors: bool) -> Result<Response, Fault> {
    let status = if errors { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let mut response = (status, web::page::answer(page)?).into_response();
    let never = HeaderValue::from_static("no-store, private");
    response.headers_mut().insert(header::CACHE_CONTROL, never);
    Ok(response)
}

/// What no other form has.
fn drawn() -> Result<String, Fault> {
    identity::secret::random_hex(16).map_err(Fault::inside)
}

fn error_of(errors: &[FieldError], field: &str) -> Option<String> {
    errors.iter().find(|error| error.field == field).map(|error| error.message.clone())
}

/// 2026年12月4日（星期五）.
pub(crate) fn long_day(day: Date) -> String {
    const DAYS: [&str; 7] = ["一", "二", "三", "四", "五", "六", "日"];
    let at = usize::try_from(day.weekday().to_monday_zero_offset()).unwrap_or_default();
    let weekday = DAYS.get(at).unwrap_or(&"");
    format!("{}年{}月{}日（星期{weekday}）", day.year(), day.month(), day.day())
}

/// By when a letter is answered, with （暂定） where that day may still move.
pub(crate) fn last_day(letter: &Suggestion) -> String {
    let provisional = if letter.provisional { "（暂定）" } else { "" };
    format!("{}{provisional}", long_day(letter.due_on))
}

/// The organs of a site that one can write to, the one that keeps the site first.
async fn organs(visit: &Visit) -> Result<Vec<Organ>, Fault> {
    let (store, today) = (visit.house.store(), visit.house.ledger().clock().today());
    let mut organs = Organ::serving(store, &visit.site.division).await?;
    organs.sort_by_key(|organ| organ.code != visit.site.organ);
    // 乡镇人民政府、街道办事处 stand behind the organs of the site's own government.
    let below = Division::below(store, &visit.site.division).await?;
    let townships = below.into_iter().filter(|one| one.level == Level::Township);
    let townships: BTreeSet<String> = townships.map(|one| one.code).collect();
    if !townships.is_empty() {
        let range = (visit.site.range.0.as_str(), visit.site.range.1.as_str());
        let mut theirs = Organ::within(store, range, "", MOST_ORGANS).await?;
        theirs.retain(|organ| townships.contains(&organ.division));
        theirs.sort_by_key(|organ| organ.division.clone());
        organs.extend(theirs);
    }
    organs.retain(|organ| organ.stands_on(today) && organ.kind != identity::PUBLIC_SERVICE);
    Ok(organs)
}
