//! The house in operation: what every page and listener may reach.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use identity::powers::Chart;
use ledger::Ledger;
use search::Search;
use store::Store;

use crate::cache::PageCache;
use crate::demo_login::DemoLogin;
use crate::layout::{Link, NavItem};
use crate::printer::Printer;
use crate::workbench::{self, DeskSample};
use crate::{
    Ask, By, Chore, Fault, Listener, Listing, Panel, Place, Publishers, Room, Route, Rows, Sample,
    Site, SiteDirectory, Tally, Unmet,
};

/// The store, the ledger, the index, the kept pages, and what each room offers.
pub struct House {
    ledger: Ledger,
    search: Search,
    rooms: Vec<Room>,
    folder: PathBuf,
    demo: bool,
    printer: Option<Printer>,
    login: Option<DemoLogin>,
    pub(crate) pages: PageCache,
    directory: RwLock<Arc<SiteDirectory>>,
    chart: RwLock<Arc<Chart>>,
    unmet: Unmet,
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
        Self {
            ledger,
            search,
            rooms,
            folder,
            demo,
            printer: None,
            login: None,
            pages: PageCache::default(),
            directory: RwLock::default(),
            chart: RwLock::default(),
            unmet: Unmet::default(),
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

    /// Lets people sign in for any organ of the demo; answers the routes for that.
    pub fn admit_demo_clerks(&mut self) -> Vec<Route> {
        self.login = Some(DemoLogin::default());
        DemoLogin::routes()
    }

    /// Where one signs in at the workbench; `None` where nobody can.
    pub(crate) fn login(&self) -> Option<&DemoLogin> {
        self.login.as_ref()
    }

    /// All routes of all rooms and of the workbench, once.
    pub fn take_routes(&mut self) -> Vec<Route> {
        let rooms = self.rooms.iter_mut().flat_map(|room| std::mem::take(&mut room.routes));
        rooms.chain(workbench::routes()).collect()
    }

    /// The main navigation, in order.
    pub fn nav(&self) -> Vec<NavItem> {
        let mut nav: Vec<_> = self.rooms.iter().flat_map(|room| room.nav.iter()).collect();
        nav.sort_by_key(|(rank, _)| *rank);
        nav.into_iter().map(|(_, item)| item.clone()).collect()
    }

    /// The rooms.
    pub fn rooms(&self) -> &[Room] {
        &self.rooms
    }

    /// Everyone who listens.
    pub fn listeners(&self) -> impl Iterator<Item = &Listener> {
        self.rooms.iter().flat_map(|room| room.listeners.iter())
    }

    /// What is done from time to time.
    pub fn chores(&self) -> impl Iterator<Item = &Chore> {
        self.rooms.iter().flat_map(|room| room.chores.iter())
    }

    /// How everything is published that is reviewed before.
    pub fn publishers(&self) -> Publishers {
        Publishers::of(&self.rooms, &self.folder)
    }

    /// What people look for and do not find.
    pub fn unmet(&self) -> &Unmet {
        &self.unmet
    }

    /// One address for each type of page.
    pub fn samples(&self) -> impl Iterator<Item = &Sample> {
        self.rooms.iter().flat_map(|room| room.samples.iter())
    }

    /// One address for each type of workbench page.
    pub fn desk_samples(&self) -> impl Iterator<Item = &DeskSample> {
        let rooms = self.rooms.iter().flat_map(|room| room.desk_samples.iter());
        workbench::SAMPLES.iter().chain(rooms)
    }

    /// Whoever keeps published information; `None` when no room does.
    pub fn listing(&self) -> Option<&'static dyn Listing> {
        self.rooms.iter().find_map(|room| room.listing)
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

    /// Lets go of all kept pages: something was published.
    pub fn forget_pages(&self) {
        self.pages.forget();
    }
}
