//! The versions of the catalogue that a site shows for a domain, as far as everybody may see them.

use askama::Template;
use askama::filters::HtmlSafe;
use catalogue_rules::DraftStage;
use identity::Organ;
use law::Date;
use web::components::Tag;
use web::layout::Frame;
use web::{Fault, Visit};

use crate::store::{Catalogue, Domain, Held, Shelf, State, Version};

/// The catalogue of a domain with its versions, the newest first.
pub(super) struct Line {
    /// The domain's slug.
    pub(super) slug: String,
    /// The domain's name today.
    pub(super) domain: String,
    /// The catalogue; `None` where nothing of it may be seen yet.
    pub(super) shown: Option<Shown>,
}

/// A catalogue of which something may be seen.
pub(super) struct Shown {
    /// The catalogue.
    pub(super) catalogue: Catalogue,
    /// Whose it is.
    pub(super) organ: Organ,
    /// Its versions that may be seen, the newest first.
    pub(super) versions: Vec<Version>,
}

impl Line {
    /// The catalogue of the site's own division, or of the nearest above (docs/readings/010).
    pub(super) async fn of(visit: &Visit, slug: &str) -> Result<Self, Fault> {
        let (store, today) = (visit.house.store(), visit.house.ledger().clock().today());
        let domain = Domain::find(store, slug, today).await?.ok_or(Fault::NotFound)?;
        let mut shown = match Catalogue::serving(store, &visit.site.division, slug).await? {
            Some(own) => Shown::of(visit, own).await?,
            None => None,
        };
        if shown.is_none() {
            let shelf = Shelf::find(store, &visit.site, slug, today).await?;
            if let Some(held) = shelf.and_then(|shelf| shelf.held) {
                let found = Catalogue::find(store, &held.catalogue).await?;
                shown = Shown::of(visit, found.ok_or(Fault::NotFound)?).await?;
            }
        }
        Ok(Self { slug: slug.to_owned(), domain: domain.name, shown })
    }

    /// The frame of a page about a version.
    pub(super) fn frame(&self, visit: &Visit, title: &str) -> Frame {
        visit
            .frame()
            .titled(format!("{title} - {}", self.domain))
            .described(format!("{}领域基层政务公开标准目录：{title}", self.domain))
            .within("mulu")
            .under("标准目录", "/mulu")
            .under(&self.domain, &format!("/mulu/{}", self.slug))
    }
}

impl Shown {
    async fn of(visit: &Visit, catalogue: Catalogue) -> Result<Option<Self>, Fault> {
        let store = visit.house.store();
        let mut versions = Version::all(store, &catalogue.id).await?;
        versions.retain(is_public);
        if versions.is_empty() {
            return Ok(None);
        }
        let organ = Organ::find(store, &catalogue.organ).await?.ok_or(Fault::NotFound)?;
        Ok(Some(Self { catalogue, organ, versions }))
    }

    /// The version with this number.
    pub(super) fn numbered(&self, number: &str) -> Option<&Version> {
        let number: i64 = number.parse().ok()?;
        self.versions.iter().find(|version| version.number == number)
    }

    /// The released version that a version follows.
    pub(super) fn before(&self, version: &Version) -> Option<&Version> {
        let earlier = |other: &&Version| other.number < version.number;
        self.versions.iter().filter(|other| other.state != State::Draft).find(earlier)
    }
}

/// Where the versions of a division's catalogue are kept: on its own site, so that the address means the
/// same when a place below that borrows it has one of its own.
pub(super) fn history_of(visit: &Visit, division: &str, slug: &str) -> String {
    let path = format!("/mulu/{slug}/banben");
    match visit.house.directory().serving(division) {
        Some(site) => site.link(&path),
        None => visit.site.link(&path),
    }
}

/// Whether everybody may see a version: a draft only while it is put to the public.
pub(super) fn is_public(version: &Version) -> bool {
    let is_asked = matches!(version.stage, DraftStage::Consultation { .. });
    version.state != State::Draft || is_asked
}

/// 第N版.
pub(super) fn called(version: &Version) -> String {
    format!("第{}版", version.number)
}

/// Where a version stands on a day.
pub(super) fn standing(version: &Version, today: Date) -> Tag {
    if version.state == State::Draft {
        return Tag::info("征求意见稿");
    }
    let (from, to) = (version.effective_from, version.effective_to);
    let never = from.zip(to).is_some_and(|(from, to)| to < from);
    match () {
        () if never => Tag::void("未施行即被取代"),
        () if from.is_some_and(|from| from > today) => Tag::warn("待施行"),
        () if to.is_some_and(|to| to < today) => Tag::void("已更替"),
        () => Tag::in_force(),
    }
}

/// Where the versions of the catalogue shown lead: under the heading of its page.
#[derive(Debug, Template)]
#[template(path = "portal/version_links.html")]
pub(super) struct VersionLinks {
    number: i64,
    version: String,
    before: Option<String>,
    above: Option<(String, String)>,
    history: String,
    asked: Option<Asked>,
}

/// A draft that was put to the public.
#[derive(Debug)]
struct Asked {
    until: Date,
    is_over: bool,
    href: String,
}

impl HtmlSafe for VersionLinks {}

impl VersionLinks {
    /// The links for the version that holds.
    pub(super) async fn of(visit: &Visit, slug: &str, held: &Held) -> Result<Self, Fault> {
        let (store, today) = (visit.house.store(), visit.house.ledger().clock().today());
        let history = history_of(visit, &held.division, slug);
        let versions = Version::all(store, &held.catalogue).await?;
        let is_before =
            |other: &&Version| other.state != State::Draft && other.number < held.number;
        let before = versions.iter().find(is_before);
        let own = versions.iter().find(|version| version.id == held.version);
        let above = match own {
            Some(own) => super::version::above_of(visit, own).await?,
            None => None,
        };
        let asked = versions
            .iter()
            .find(|version| version.state == State::Draft)
            .filter(|version| is_public(version));
        let asked = asked.and_then(|draft| match draft.stage {
            DraftStage::Consultation { until } => {
                let href = format!("{history}/{}", draft.number);
                Some(Asked { until, is_over: until < today, href })
            }
            _ => None,
        });
        Ok(Self {
            number: held.number,
            version: format!("{history}/{}", held.number),
            before: before.map(|before| format!("{history}/{}/{}", before.number, held.number)),
            above: above.map(|above| (above, format!("{history}/{}/shangji", held.number))),
            asked,
            history,
        })
    }
}
