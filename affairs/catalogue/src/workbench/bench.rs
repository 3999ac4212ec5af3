//! What a clerk has before them when they work at a catalogue.

use catalogue_rules::DraftStage;
use identity::Organ;
use law::Date;
use review::Unit;
use web::workbench::Workbench;
use web::{Clerk, Fault, Visit};

use crate::acts::publication::KIND;
use crate::store::{Catalogue, Domain, KeyedItem, TakenRow, Version};

/// The catalogue that a clerk's organ compiles in a domain, with its version in force, its draft and
/// the catalogue above.
pub struct Bench {
    /// The domain.
    pub domain: Domain,
    /// The catalogue; `None` until one is begun.
    pub catalogue: Option<Catalogue>,
    /// The organ whose catalogue it is.
    pub organ: Organ,
    /// The version in force.
    pub live: Option<Version>,
    /// The draft.
    pub draft: Option<Version>,
    /// The unit in which the draft is under review.
    pub unit: Option<String>,
    /// The version of the catalogue above that this one is held against, and its organ.
    pub above: Option<Above>,
    /// The day it is.
    pub today: Date,
}

/// The catalogue above.
pub struct Above {
    /// Whose it is, by short name.
    pub organ: String,
    /// The version.
    pub version: Version,
}

impl Bench {
    /// What lies before the clerk in the domain with this slug.
    ///
    /// # Errors
    /// There is no such domain, or the database refuses.
    pub async fn of(visit: &Visit, clerk: &Clerk, slug: &str) -> Result<Self, Fault> {
        let store = visit.house.store();
        let today = visit.house.ledger().clock().today();
        let domain = Domain::find(store, slug, today).await?.ok_or(Fault::NotFound)?;
        let catalogue = Catalogue::compiled_by(store, &clerk.organ, slug).await?;
        let (mut organ, mut live, mut draft) = (clerk.organ.clone(), None, None);
        if let Some(catalogue) = &catalogue {
            organ = Organ::find(store, &catalogue.organ).await?.unwrap_or(organ);
            live = Version::live(store, &catalogue.id, today).await?;
            draft = Version::draft(store, &catalogue.id).await?;
        }
        let unit = match &draft {
            Some(draft) => Unit::open_with(store, KIND, &draft.id).await?,
            None => None,
        };
        let mut bench = Self { domain, catalogue, organ, live, draft, unit, above: None, today };
        bench.above = bench.find_above(visit).await?;
        Ok(bench)
    }

    /// The version above that the draft is made against; without one, that which is in force above.
    async fn find_above(&self, visit: &Visit) -> Result<Option<Above>, Fault> {
        let store = visit.house.store();
        let against = self.worked_on().and_then(|version| version.above.as_deref());
        let version = match (against, self.catalogue.as_ref().and_then(|one| one.template.as_ref()))
        {
            (Some(id), _) => Version::find(store, id).await?,
            (None, Some(template)) => Version::live(store, template, self.today).await?,
            (None, None) => None,
        };
        let Some(version) = version else { return Ok(None) };
        let Some(catalogue) = Catalogue::find(store, &version.catalogue).await? else {
            return Ok(None);
        };
        let organ = Organ::find(store, &catalogue.organ).await?;
        Ok(Some(Above { organ: organ.map(|one| one.short_name).unwrap_or_default(), version }))
    }

    /// The draft, else the version in force.
    pub fn worked_on(&self) -> Option<&Version> {
        self.draft.as_ref().or(self.live.as_ref())
    }

    /// The draft, for those who want to change it.
    ///
    /// # Errors
    /// There is none.
    pub fn draft(&self) -> Result<&Version, Fault> {
        let words = "现在没有草稿。请先在目录页上起草下一版，再做修改。";
        self.draft.as_ref().ok_or_else(|| Fault::BadInput(words.into()))
    }

    /// The catalogue, for those who want to change it.
    ///
    /// # Errors
    /// There is none.
    pub fn catalogue(&self) -> Result<&Catalogue, Fault> {
        let words = "本级在这个领域还没有目录。请先承接上级目录，或者导入一份。";
        self.catalogue.as_ref().ok_or_else(|| Fault::BadInput(words.into()))
    }

    /// Makes sure that there is a catalogue here, or that the clerk's organ may begin one.
    ///
    /// # Errors
    /// There is none, and the organ neither leads the domain nor governs.
    pub fn may_begin(&self) -> Result<(), Fault> {
        let may =
            self.catalogue.is_some() || Catalogue::may_be_begun_by(&self.organ, &self.domain.slug);
        let words = "本机关不主管这个领域，不能编制它的目录。由主管部门或者本级政府编制。";
        if may { Ok(()) } else { Err(Fault::Forbidden(words.into())) }
    }

    /// Whether the rows may be changed now.
    pub fn is_open(&self) -> bool {
        let changes = |draft: &Version| draft.stage.may_change().is_ok();
        self.unit.is_none() && self.draft.as_ref().is_some_and(changes)
    }

    /// Where the review of the draft stands, while there is one: a full address.
    pub fn under_review(&self, visit: &Visit) -> Option<String> {
        self.unit.as_ref().map(|unit| visit.site.link(&review::catalogue_unit_path(unit)))
    }

    /// How far the draft has come.
    pub fn stage(&self) -> Option<DraftStage> {
        self.draft.as_ref().map(|draft| draft.stage)
    }

    /// The address of a page of this catalogue at the workbench, below the site.
    pub fn path(&self, rest: &str) -> String {
        format!("/gongzuo/mulu/{}{rest}", self.domain.slug)
    }

    /// The rows that are worked on, those above, and what was decided on each.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn rows(&self, visit: &Visit) -> Result<Rows, Fault> {
        let store = visit.house.store();
        let mut rows = Rows::default();
        if let Some(version) = self.worked_on() {
            rows.ours = KeyedItem::all(store, &version.id).await?;
            rows.taken = TakenRow::all(store, &version.id).await?;
        }
        if let Some(above) = &self.above {
            rows.above = KeyedItem::all(store, &above.version.id).await?;
        }
        Ok(rows)
    }

    /// The surroundings of a page of this catalogue.
    ///
    /// # Errors
    /// A room cannot say what is to be done.
    pub async fn desk(
        &self,
        visit: &Visit,
        clerk: Clerk,
        title: impl Into<String>,
    ) -> Result<Workbench, Fault> {
        let desk = Workbench::of(visit, clerk, "mulu", title).await?;
        Ok(desk.under("标准目录", "/gongzuo/mulu"))
    }

    /// The same for a page below the catalogue's own.
    ///
    /// # Errors
    /// A room cannot say what is to be done.
    pub async fn desk_below(
        &self,
        visit: &Visit,
        clerk: Clerk,
        title: impl Into<String>,
    ) -> Result<Workbench, Fault> {
        let desk = self.desk(visit, clerk, title).await?;
        Ok(desk.under(&self.domain.name, &self.path("")))
    }
}

/// The rows of a catalogue beside those of the one above.
#[derive(Default)]
pub struct Rows {
    /// Ours, in order.
    pub ours: Vec<KeyedItem>,
    /// Those above, in order.
    pub above: Vec<KeyedItem>,
    /// What was decided on each.
    pub taken: Vec<TakenRow>,
}
