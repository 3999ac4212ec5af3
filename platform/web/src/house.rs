//! The house in operation: what every page and listener may reach.

use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use axum::http::Method;
use identity::powers::{Chart, Policy};
use identity::{Provider, Role};
use ledger::{Event, Ledger};
use search::{Found, Search};
use secrets::{Algorithm, Refused, SealedColumn, Sealer};
use store::{Store, Transaction};

use crate::administration;
use crate::api::{Dataset, Operation};
use crate::cache::PageCache;
use crate::closing::Closing;
use crate::copying::{Copied, Copies, fits};
use crate::counting::Counts;
use crate::demo_persons::DemoPerson;
use crate::entrance::{self, Presence};
use crate::inspecting::OwnPages;
use crate::kiosk;
use crate::layout::{Link, NavItem};
use crate::memory::Memory;
use crate::pace::{Pace, Paces, TooFast};
use crate::printer::Printer;
use crate::workbench::{self, DeskSample, Interrupted};
use crate::{
    Announcement, Ask, AssessedSource, By, Chore, Clerk, Errand, Fault, FigureSource, FromWhere,
    Gone, InscribedSource, ItemSource, Listener, Listing, Panel, Place, PublicDay, Publishers,
    Room, Route, Rows, Sample, SearchSource, SecondHost, Site, SiteDirectory, Tally, ThemeSource,
    Unmet, UrgingSource, Visits, visits,
};

/// The store, the ledger, the index, the kept pages, and what each room offers.
pub struct House {
    ledger: Ledger,
    search: Search,
    rooms: Vec<Room>,
    folder: PathBuf,
    demo: bool,
    printer: Option<Printer>,
    demo_persons: Option<Vec<DemoPerson>>,
    presence: Presence,
    interrupted: Interrupted,
    proxies: Vec<IpAddr>,
    provider: Option<Provider>,
    second_host: Option<SecondHost>,
    sealer: OnceLock<Sealer>,
    powers: Vec<(&'static str, &'static str)>,
    copies: Copies,
    desk_pages: Vec<&'static str>,
    operations: Vec<Arc<Operation>>,
    pub(crate) pages: PageCache,
    pub(crate) counts: Counts,
    pub(crate) memory: Memory,
    directory: RwLock<Arc<SiteDirectory>>,
    chart: RwLock<Arc<Chart>>,
    unmet: Unmet,
    visits: Visits,
    page_kinds: Vec<&'static str>,
    pub(crate) own_pages: OwnPages,
    paces: Paces,
    furnishings: HashMap<TypeId, Box<dyn Any + Send + Sync>>,
    pub(crate) kiosk: kiosk::Desk,
    pub(crate) closing: Closing,
}

impl House {
    /// Puts the rooms together over an open ledger and index. Routes are taken out by
    /// [`House::take_routes`] before the house is shared.
    pub fn new(
        ledger: Ledger,
        search: Search,
        rooms: Vec<Room>,
        folder: PathBuf,
        demo: bool,
    ) -> Self {
        let kiosk = kiosk::Desk::since(ledger.clock().now());
        Self {
            ledger,
            search,
            rooms,
            folder,
            demo,
            printer: None,
            demo_persons: None,
            presence: Presence::default(),
            interrupted: Interrupted::default(),
            proxies: vec![],
            provider: None,
            second_host: None,
            sealer: OnceLock::new(),
            powers: vec![],
            copies: Copies::default(),
            desk_pages: vec![],
            operations: vec![],
            pages: PageCache::default(),
            counts: Counts::default(),
            memory: Memory::default(),
            directory: RwLock::default(),
            chart: RwLock::default(),
            unmet: Unmet::default(),
            visits: Visits::default(),
            page_kinds: vec![],
            own_pages: OwnPages::default(),
            paces: Paces::default(),
            furnishings: HashMap::new(),
            kiosk,
            closing: Closing::default(),
        }
    }

    /// The ledger.
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// The store, for reading.
    pub fn store(&self) -> &Store {
        self.ledger.store()
    }

    /// The search index.
    pub fn search(&self) -> &Search {
        &self.search
    }

    /// Tells the index what acts changed, all of it at once.
    ///
    /// # Errors
    /// The index cannot be written; then nothing of it is found, and nothing of what was is lost.
    pub async fn tell_index(&self, changes: Vec<Found>) -> Result<(), Fault> {
        let search = self.search.clone();
        let told = tokio::task::spawn_blocking(move || {
            let mut batch = search.batch()?;
            changes.into_iter().try_for_each(|found| batch.take(found))?;
            batch.commit()
        });
        Ok(told.await.map_err(Fault::inside)??)
    }

    /// Who keeps the index up to date by the listener of this name.
    pub fn search_source(&self, listener: &str) -> Option<SearchSource> {
        let mut sources = self.rooms.iter().filter_map(|room| room.search);
        sources.find(|source| source.listener == listener)
    }

    /// Where files are kept.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Whether this is the demo, whose invented parts must be marked.
    pub fn is_demo(&self) -> bool {
        self.demo
    }

    /// Gives the house a press for PDF.
    pub fn printing_with(mut self, printer: Printer) -> Self {
        self.printer = Some(printer);
        self
    }

    /// The press for PDF, where there is one.
    pub fn printer(&self) -> Option<&Printer> {
        self.printer.as_ref()
    }

    /// Lists the persons of the demo, with the passwords that are published for them; answers the route
    /// of the list. Only for the demo on a loopback address.
    pub fn list_demo_persons(&mut self, persons: Vec<DemoPerson>) -> Vec<Route> {
        self.demo_persons = Some(persons);
        crate::demo_persons::routes()
    }

    /// The persons of the demo, where they are listed.
    pub(crate) fn demo_persons(&self) -> Option<&[DemoPerson]> {
        self.demo_persons.as_deref()
    }

    /// Believes what these say of who asks: they stand before the program and pass requests on.
    pub fn behind(mut self, proxies: Vec<IpAddr>) -> Self {
        self.proxies = proxies;
        self
    }

    /// Lets people sign in by a provider of single sign-on.
    pub fn signing_on_by(mut self, provider: Provider) -> Self {
        self.provider = Some(provider);
        self
    }

    /// Seals personal data with these keys.
    pub fn sealing_with(mut self, sealer: Sealer) -> Self {
        self.sealer = OnceLock::from(sealer);
        self
    }

    /// Seals and opens personal data; where no keys were named, with those of the data folder.
    ///
    /// # Errors
    /// There are none, and none can be made.
    pub fn sealer(&self) -> Result<&Sealer, Refused> {
        if self.sealer.get().is_none() {
            let folder = Sealer::folder(&self.folder);
            let made = Sealer::open_or_make(&folder, Algorithm::Aes256Gcm)?;
            self.sealer.set(made).ok();
        }
        self.sealer.get().ok_or_else(|| Refused::KeyGone(Algorithm::Aes256Gcm.name().into()))
    }

    /// Gives the house something that one room works with and the operator settles: how mail is sent. One of
    /// each type.
    pub fn furnished_with<T: Any + Send + Sync>(mut self, thing: T) -> Self {
        self.furnishings.insert(TypeId::of::<T>(), Box::new(thing));
        self
    }

    /// What the house was given of this type.
    pub fn furnishing<T: Any + Send + Sync>(&self) -> Option<&T> {
        self.furnishings.get(&TypeId::of::<T>()).and_then(|thing| thing.downcast_ref())
    }

    /// The columns of all rooms that hold what was sealed.
    pub fn sealed_columns(&self) -> Vec<SealedColumn> {
        self.rooms.iter().flat_map(|room| room.sealed.iter().copied()).collect()
    }

    /// Gives attachments out from a second host alone.
    pub fn attachments_from(mut self, second: Option<SecondHost>) -> Self {
        self.second_host = second;
        self
    }

    /// The host from which attachments come, where there is a second one.
    pub fn second_host(&self) -> Option<&SecondHost> {
        self.second_host.as_ref()
    }

    pub(crate) fn provider(&self) -> Option<&Provider> {
        self.provider.as_ref()
    }

    /// Takes one of what an address may send at a pace.
    ///
    /// # Errors
    /// It has none left for the moment.
    pub fn pace(&self, pace: Pace, FromWhere(address): &FromWhere) -> Result<(), TooFast> {
        self.paces.take(pace, address, self.ledger.clock().now())
    }

    /// How many of a pace an address has left.
    pub(crate) fn left(&self, pace: Pace, FromWhere(address): &FromWhere) -> u32 {
        self.paces.left(pace, address, self.ledger.clock().now())
    }

    pub(crate) fn proxies(&self) -> &[IpAddr] {
        &self.proxies
    }

    pub(crate) fn presence(&self) -> &Presence {
        &self.presence
    }

    /// The forms that wait for a second factor.
    pub(crate) fn interrupted(&self) -> &Interrupted {
        &self.interrupted
    }

    /// The roles that may open a page: those who may open any of its kind first, then those who may open
    /// single ones, each in the order of the policy.
    pub fn roles_at(&self, path: &str) -> Vec<Role> {
        let (act, policy) = (self.act_at(path), Policy::of_house());
        let may = |role: &Role| act.is_none_or(|act| policy.ever(act, *role));
        let mut roles: Vec<Role> =
            Role::all().filter(|role| role.is_of_a_post()).filter(may).collect();
        roles.sort_by_key(|role| act.is_some_and(|act| !policy.freely(act, *role)));
        roles
    }

    /// Whether the clerk's role may open a page: whether it has an allow for the act of the page's route.
    pub(crate) fn may_open(&self, clerk: &Clerk, path: &str) -> bool {
        self.act_at(path).is_none_or(|act| clerk.has_power(act))
    }

    /// Whether an address is one of a page with an act of its own.
    pub(crate) fn is_page_of_an_act(&self, path: &str) -> bool {
        self.act_at(path).is_some()
    }

    /// The act of the route that a page's address leads to.
    fn act_at(&self, path: &str) -> Option<&'static str> {
        let path = path.split(['?', '#']).next().unwrap_or(path);
        let acts = self.powers.iter().filter(|(route, _)| fits(route, path));
        // The most exact pattern is the one that is routed to.
        let exact = acts.min_by_key(|(route, _)| route.matches('{').count());
        exact.map(|(_, act)| *act)
    }

    /// The workbench's pages at an address and above it, the nearest first; `pattern` is the address in
    /// axum's form.
    pub(crate) fn desk_pages_above(&self, pattern: &str, path: &str) -> Vec<String> {
        let (mut pattern, mut path) = (pattern, path);
        let mut pages = Vec::new();
        loop {
            if self.desk_pages.contains(&pattern) {
                pages.push(path.to_owned());
            }
            match (pattern.rsplit_once('/'), path.rsplit_once('/')) {
                (Some((above, _)), Some((near, _))) => (pattern, path) = (above, near),
                _ => return pages,
            }
        }
    }

    /// All routes of all rooms and of the workbench, once.
    pub fn take_routes(&mut self) -> Vec<Route> {
        let operations =
            self.rooms.iter_mut().flat_map(|room| std::mem::take(&mut room.operations));
        self.operations = operations.map(Arc::new).collect();
        let called = self.operations.iter().map(Operation::route);
        let rooms = self.rooms.iter_mut().flat_map(|room| std::mem::take(&mut room.routes));
        let rooms = rooms.chain(called);
        let own = workbench::routes().into_iter().chain(entrance::routes());
        let routes: Vec<Route> = rooms.chain(own).chain(administration::routes()).collect();
        self.powers = routes.iter().filter_map(Route::page_of_act).collect();
        self.copies = Copies::of(&routes);
        let pages = routes.iter().filter(|route| route.is_of_workbench());
        self.desk_pages = pages.map(|route| route.path).collect();
        let open = routes.iter().filter(|route| route.is_open_page());
        self.page_kinds = visits::kinds(open.map(|route| route.path));
        routes
    }

    /// What a copy as plain files does with an address below a site; `None` where there is no route to it.
    pub fn copied_at(&self, path: &str) -> Option<Copied> {
        self.copies.at(path)
    }

    /// Everything programs may ask, room by room.
    pub fn operations(&self) -> &[Arc<Operation>] {
        &self.operations
    }

    /// The verbs with which a program may come to an address below a site.
    pub(crate) fn verbs_at(&self, path: &str) -> Vec<Method> {
        let at = self.operations.iter().filter(|operation| fits(operation.path, path));
        let verbs: Vec<Method> = at.map(|operation| operation.method.clone()).collect();
        if verbs.is_empty() { vec![Method::GET] } else { verbs }
    }

    /// The sets of data that are given out whole, room by room.
    pub fn datasets(&self) -> impl Iterator<Item = &Dataset> {
        self.rooms.iter().flat_map(|room| room.datasets.iter())
    }

    /// The main navigation, in order.
    pub fn nav(&self) -> Vec<NavItem> {
        let mut nav: Vec<_> = self.rooms.iter().flat_map(|room| room.nav.iter()).collect();
        nav.sort_by_key(|(rank, _)| *rank);
        nav.into_iter().map(|(_, item)| item.clone()).collect()
    }

    /// What the footer names among 关于本站.
    pub fn about(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        self.rooms.iter().flat_map(|room| room.about.iter().copied())
    }

    /// The rooms.
    pub fn rooms(&self) -> &[Room] {
        &self.rooms
    }

    /// Everyone who listens.
    pub fn listeners(&self) -> impl Iterator<Item = &Listener> {
        self.rooms.iter().flat_map(|room| room.listeners.iter())
    }

    /// What is done from time to time, by the rooms and by the house itself.
    pub fn chores(&self) -> impl Iterator<Item = &Chore> {
        let rooms = self.rooms.iter().flat_map(|room| room.chores.iter());
        rooms.chain([&workbench::SWEEPING])
    }

    /// Long work that goes on step by step.
    pub fn errands(&self) -> impl Iterator<Item = &Errand> {
        self.rooms.iter().flat_map(|room| room.errands.iter())
    }

    /// How everything is published that is reviewed before.
    pub fn publishers(&self) -> Publishers {
        Publishers::of(&self.rooms, &self.folder)
    }

    /// What people look for and do not find.
    pub fn unmet(&self) -> &Unmet {
        &self.unmet
    }

    /// How often which kind of page was asked for.
    pub fn visits(&self) -> &Visits {
        &self.visits
    }

    /// The kinds of pages by which visits are counted.
    pub fn page_kinds(&self) -> &[&'static str] {
        &self.page_kinds
    }

    /// One address for each type of page.
    pub fn samples(&self) -> impl Iterator<Item = &Sample> {
        self.rooms.iter().flat_map(|room| room.samples.iter())
    }

    /// One address for each type of workbench page.
    pub fn desk_samples(&self) -> impl Iterator<Item = &DeskSample> {
        let rooms = self.rooms.iter().flat_map(|room| room.desk_samples.iter());
        workbench::SAMPLES.iter().chain(administration::SAMPLES).chain(rooms)
    }

    /// Whoever keeps published information; `None` when no room does.
    pub fn listing(&self) -> Option<&'static dyn Listing> {
        self.rooms.iter().find_map(|room| room.listing)
    }

    /// The rooms that count numbers for reports.
    pub fn figures(&self) -> Vec<FigureSource> {
        self.rooms.iter().filter_map(|room| room.figures).collect()
    }

    /// The rooms of which something is assessed.
    pub fn assessed(&self) -> Vec<AssessedSource> {
        self.rooms.iter().filter_map(|room| room.assessed).collect()
    }

    /// Who keeps what organs are urged to publish; `None` when no room does.
    pub fn urging(&self) -> Option<UrgingSource> {
        self.rooms.iter().find_map(|room| room.urging)
    }

    /// Who offers the items a document may belong to; `None` when no room does.
    pub fn items(&self) -> Option<ItemSource> {
        self.rooms.iter().find_map(|room| room.items)
    }

    /// A page of published information; empty when no room keeps any.
    ///
    /// # Errors
    /// The database refuses, or the mark to continue from is none of ours.
    pub async fn rows(&self, ask: &Ask) -> Result<Rows, Fault> {
        match self.listing() {
            Some(listing) => listing.rows(self, ask).await,
            None => Ok(Rows::default()),
        }
    }

    /// How much was published of each thing; empty when no room keeps any.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn tally(&self, ask: &Ask, by: By) -> Result<HashMap<String, Tally>, Fault> {
        match self.listing() {
            Some(listing) => listing.tally(self, ask, by).await,
            None => Ok(HashMap::new()),
        }
    }

    /// What of a list was taken down since a day, newest first; empty when no room keeps any.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn gone(&self, ask: &Ask, since: law::Date) -> Result<Vec<Gone>, Fault> {
        match self.listing() {
            Some(listing) => listing.gone(self, ask, since).await,
            None => Ok(vec![]),
        }
    }

    /// Tells subscribers what an act means to them, within the change of the listener that heard of it.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn announce(
        &self,
        event: &Event,
        told: Announcement,
        change: &Transaction,
    ) -> Result<(), Fault> {
        for announcing in self.rooms.iter().filter_map(|room| room.announcing) {
            (announcing.take)(self, event, told.clone(), change).await?;
        }
        Ok(())
    }

    /// Who names the domains and items of the catalogue; `None` when no room does.
    pub fn themes(&self) -> Option<ThemeSource> {
        self.rooms.iter().find_map(|room| room.themes)
    }

    /// The days of a site that people put into their calendars, of all rooms, in order.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn public_days(&self, site: &Site) -> Result<Vec<PublicDay>, Fault> {
        let mut days = Vec::new();
        for source in self.rooms.iter().filter_map(|room| room.days) {
            days.extend((source.days)(self, site).await?);
        }
        days.sort_by(|one, other| (one.day, &one.key).cmp(&(other.day, &other.key)));
        Ok(days)
    }

    /// Who put a subject of the public log there.
    pub fn inscribed(&self, subject: &str) -> Option<InscribedSource> {
        let sources = self.rooms.iter().filter_map(|room| room.inscribed);
        sources.into_iter().find(|source| subject.starts_with(source.subjects))
    }

    /// The column of a site for 法定主动公开内容 with this code, where there is one.
    pub fn column(&self, site: &Site, code: &str) -> Option<Link> {
        let sources = self.rooms.iter().filter_map(|room| room.columns);
        sources.into_iter().find_map(|source| (source.find)(site, code))
    }

    /// Draws the panels of one place, in order, leaving out the empty ones.
    ///
    /// # Errors
    /// A room could not draw its part.
    pub async fn panels(&self, place: Place, site: &Site, key: &str) -> Result<Vec<String>, Fault> {
        let of_place = |panel: &&Panel| panel.place == place;
        let mut panels: Vec<Panel> = self
            .rooms
            .iter()
            .flat_map(|room| room.panels.iter())
            .filter(of_place)
            .copied()
            .collect();
        panels.sort_by_key(|panel| panel.rank);
        let mut drawn = Vec::with_capacity(panels.len());
        for panel in panels {
            drawn.extend((panel.draw)(self, site, key).await?);
        }
        Ok(drawn)
    }

    /// The sites as known now.
    pub fn directory(&self) -> Arc<SiteDirectory> {
        Arc::clone(&self.directory.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// The organs as known now, for telling the tie between a clerk and an object.
    pub(crate) fn chart(&self) -> Arc<Chart> {
        Arc::clone(&self.chart.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Reads the sites anew, from whichever room knows them, and the organs.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn refresh_directory(&self) -> Result<(), Fault> {
        let chart = Arc::new(Chart::read(self.store()).await?);
        *self.chart.write().unwrap_or_else(PoisonError::into_inner) = chart;
        if let Some(source) = self.rooms.iter().find_map(|room| room.directory) {
            let fresh = Arc::new((source.read)(self).await?);
            *self.directory.write().unwrap_or_else(PoisonError::into_inner) = fresh;
        }
        Ok(())
    }
}
