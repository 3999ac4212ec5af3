//! `/wenjian/{id}/banben` and `/duibi`: how a document came to say what it says, and two of its texts beside
//! one another, paragraph by paragraph (docs/readings/243, 258).

mod course;

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use documents::Masking;
use documents::examining::here::mask_text;
use records_rules::Block;
use serde::Deserialize;
use web::components::Tag;
use web::layout::{Frame, Link};
use web::{Fault, Visit};

use self::course::{Step, course};
pub(super) use self::course::{cited_link, ends};
use super::document::particulars::validity_tag;
use super::list::column;
use super::place::{Found, find};
use crate::comparing::{Line, lines};
use crate::store::{Former, Record};

/// One text of a document.
struct Version {
    number: usize,
    day: String,
    reason: String,
    /// Whether a correction said that it is shown no more; its text is not here then.
    shut: bool,
    text: String,
}

/// The texts of a document, the first one first.
async fn versions(visit: &Visit, record: &Record) -> Result<Vec<Version>, Fault> {
    let mut former = Former::all(visit.house.store(), &record.id).await?;
    former.reverse();
    Ok(versions_of(record, &former))
}

fn versions_of(record: &Record, former: &[Former]) -> Vec<Version> {
    let first = ("发布".to_owned(), record.dates.here.day().to_string());
    let later = former
        .iter()
        .map(|one| (format!("更正：{}", one.reason), web::moments::day(&one.replaced_at)));
    let texts = former.iter().map(|one| said(&one.title, &one.body));
    let texts = texts.chain([said(&record.metadata.title, &record.text)]);
    let begun = std::iter::once(first).chain(later);
    // What a correction closes takes with it whatever is older: the same may stand there too.
    let closed = former.iter().rposition(|one| one.closed != 0).map_or(0, |last| last + 1);
    let version = |(at, ((reason, day), text))| {
        let shut = at < closed;
        let text = if shut { String::new() } else { text };
        Version { number: at + 1, day, reason, shut, text }
    };
    begun.zip(texts).enumerate().map(version).collect()
}

/// A text without its marks, a line for each paragraph.
fn said(title: &str, text: &str) -> String {
    let blocks = Block::read(text);
    let all = std::iter::once(title.to_owned()).chain(blocks.iter().map(Block::plain));
    all.collect::<Vec<_>>().join("\n")
}

/// Whether a text may be shown still: what would stop a publication today is not shown because it once stood
/// there.
fn may_be_shown(text: &str) -> bool {
    mask_text(text, &Masking::default()) == text
}

#[derive(Template)]
#[template(path = "portal/versions.html")]
struct VersionsPage {
    frame: Frame,
    title: String,
    number: Option<String>,
    tag: Tag,
    href: String,
    course: Vec<Step>,
    ends: Vec<Link>,
    versions: Vec<Version>,
}

impl VersionsPage {
    /// Those whose texts may be laid beside one another.
    fn shown(&self) -> Vec<&Version> {
        self.versions.iter().filter(|one| !one.shut).collect()
    }

    /// Whether this one and the one before it may be.
    fn follows(&self, one: &Version) -> bool {
        let before = one.number.checked_sub(2).and_then(|at| self.versions.get(at));
        !one.shut && before.is_some_and(|before| !before.shut)
    }
}

/// Shows the versions and what became of a document.
pub async fn show(visit: Visit, Path(id): Path<String>) -> Result<Response, Fault> {
    let record = match find(&visit, &id).await? {
        Found::Here(record) => record,
        Found::Elsewhere(answer) => return Ok(answer),
    };
    let today = visit.house.ledger().clock().today();
    let versions = versions(&visit, &record).await?;
    let page = VersionsPage {
        title: record.metadata.title.clone(),
        number: record.metadata.number.as_ref().map(ToString::to_string),
        tag: validity_tag(&record.metadata.life, today),
        href: visit.site.link(&format!("/wenjian/{id}")),
        course: course(&visit, &record, &versions, today).await?,
        ends: ends(&visit, &record).await?,
        frame: frame(visit.frame(), &record, "版本和沿革"),
        versions,
    };
    Ok(web::page::answer(&page)?.into_response())
}

fn frame(frame: Frame, record: &Record, title: &str) -> Frame {
    frame
        .titled(format!("{title}：{}", record.metadata.title))
        .unlisted()
        .within("wenjian")
        .under("全部文件", "/wenjian")
        .under("正文", &format!("/wenjian/{}", record.id))
        .at(title)
        .column(column())
}

/// Which two versions are compared.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Wanted {
    cong: String,
    dao: String,
}

#[derive(Template)]
#[template(path = "portal/compare.html")]
struct ComparePage {
    frame: Frame,
    title: String,
    href: String,
    from: Ends,
    to: Ends,
    shut: bool,
    changed: usize,
    pairs: Vec<Pair>,
}

/// A version as the heading of a column.
struct Ends {
    number: usize,
    day: String,
}

/// Text in pieces, each with whether it differs.
type Pieces = Vec<(bool, String)>;

/// A paragraph in both texts.
enum Pair {
    /// It is the same.
    Same(String),
    /// It differs; empty where one text has none.
    Changed(Pieces, Pieces),
}

/// Shows two versions beside one another; the last two where nothing is chosen.
pub async fn compare(
    visit: Visit,
    Path(id): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Fault> {
    let record = match find(&visit, &id).await? {
        Found::Here(record) => record,
        Found::Elsewhere(answer) => return Ok(answer),
    };
    let versions = versions(&visit, &record).await?;
    let last = versions.len();
    let from = chosen(&versions, &wanted.cong, last.saturating_sub(1).max(1))?;
    let to = chosen(&versions, &wanted.dao, last)?;
    let frame = frame(visit.frame(), &record, "逐段比较");
    let href = visit.site.link(&format!("/wenjian/{id}"));
    let page = ComparePage::of(record.metadata.title.clone(), href, frame, from, to);
    Ok(web::page::answer(&page)?.into_response())
}

fn chosen<'a>(
    versions: &'a [Version],
    asked: &str,
    otherwise: usize,
) -> Result<&'a Version, Fault> {
    let number = match asked.trim() {
        "" => otherwise,
        asked => asked.parse().unwrap_or_default(),
    };
    let found = number.checked_sub(1).and_then(|at| versions.get(at));
    let advice =
        || format!("没有这一版。本文件有第 1 版到第 {} 版，请在版本页上选择。", versions.len());
    found.ok_or_else(|| Fault::BadInput(advice()))
}

impl ComparePage {
    fn of(title: String, href: String, frame: Frame, from: &Version, to: &Version) -> Self {
        let shut = [from, to].iter().any(|one| one.shut || !may_be_shown(&one.text));
        let pairs: Vec<Pair> = match shut {
            true => vec![],
            false => lines(&from.text, &to.text).into_iter().map(Pair::of).collect(),
        };
        let ends = |one: &Version| Ends { number: one.number, day: one.day.clone() };
        let changed = pairs.iter().filter(|pair| matches!(pair, Pair::Changed(..))).count();
        Self { frame, title, href, from: ends(from), to: ends(to), shut, changed, pairs }
    }
}

impl Pair {
    fn of(line: Line) -> Self {
        match (line.before, line.after) {
            (Some(before), Some(after)) if before == after => Self::Same(before),
            (Some(before), Some(after)) => {
                let (before, after) = told_apart(&before, &after);
                Self::Changed(before, after)
            }
            (before, after) => {
                let whole = |text: Option<String>| text.map(|text| (true, text)).into_iter();
                Self::Changed(whole(before).collect(), whole(after).collect())
            }
        }
    }
}

/// What two paragraphs have in common at their beginnings and ends, and what differs between.
fn told_apart(before: &str, after: &str) -> (Pieces, Pieces) {
    let (one, other): (Vec<char>, Vec<char>) = (before.chars().collect(), after.chars().collect());
    let head = one.iter().zip(&other).take_while(|(a, b)| a == b).count();
    let most = one.len().min(other.len()) - head;
    let tails = one.iter().rev().zip(other.iter().rev()).take(most);
    let tail = tails.take_while(|(a, b)| a == b).count();
    let pieces = |text: &[char]| {
        let end = text.len() - tail;
        let part = |on: bool, part: &[char]| (on, part.iter().collect::<String>());
        let all =
            [part(false, &text[..head]), part(true, &text[head..end]), part(false, &text[end..])];
        all.into_iter().filter(|(_, text)| !text.is_empty()).collect::<Pieces>()
    };
    (pieces(&one), pieces(&other))
}

#[cfg(test)]
mod tests;
