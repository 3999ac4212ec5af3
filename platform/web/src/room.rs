//! What a room offers to the house: the whole of it on one screen.
//!
//! A room never names a room. Whatever several rooms show together (the home page, a column, the
//! search results, the site map) is put together from what each `room()` offers here.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use axum::response::Response;
use ledger::{Event, Leaf};
use search::{Found, SearchDocument};
use secrets::SealedColumn;
use store::{Migration, Store, Transaction};

use crate::api::{Dataset, Operation};
use crate::kiosk::KioskOffer;
use crate::layout::{Link, NavItem};
use crate::workbench::{
    DeskEntry, DeskSample, DeskSearch, InitiatedSource, Initiation, TodoSource,
};
use crate::{
    AssessedSource, Companion, ExplanationSource, Fault, FigureSource, House, InspectionSource,
    ItemSource, Listing, OutcomeSource, Publisher, Route, Site, SiteDirectory, UrgingSource, Visit,
};

/// A future that a function pointer can return.
pub type Later<'a, T> = Pin<Box<dyn Future<Output = Result<T, Fault>> + Send + 'a>>;

/// One room of the house.
#[derive(Default)]
pub struct Room {
    /// Its name in the code, `records`.
    pub name: &'static str,
    /// Its name in the law, 政府信息.
    pub title: &'static str,
    /// Its tables.
    pub migrations: &'static [Migration],
    /// Its columns of sealed personal data, so that a new key can be given to old rows.
    pub sealed: &'static [SealedColumn],
    /// Its pages and addresses, below each site.
    pub routes: Vec<Route>,
    /// What of it programs may ask: each declared once, for route and description alike.
    pub operations: Vec<Operation>,
    /// Its sets of data that are given out whole.
    pub datasets: &'static [Dataset],
    /// Its entries in the main navigation, each with a rank: smaller comes first.
    pub nav: Vec<(i32, NavItem)>,
    /// What of it the footer names among 关于本站: words, and the path below a site.
    pub about: Vec<(&'static str, &'static str)>,
    /// What people call what it writes into the ledger: `room.act`, and the words.
    pub act_names: &'static [(&'static str, &'static str)],
    /// Its entries in the workbench's menu.
    pub desk_nav: Vec<DeskEntry>,
    /// What of it a clerk begins from the desk.
    pub initiations: &'static [Initiation],
    /// What of it waits for an organ.
    pub todos: Option<TodoSource>,
    /// What of it a clerk has set going.
    pub initiated: Option<InitiatedSource>,
    /// What of it a clerk may look for.
    pub desk_search: Option<DeskSearch>,
    /// What it wants to hear of.
    pub listeners: Vec<Listener>,
    /// What it does from time to time, and once more before the program ends.
    pub chores: Vec<Chore>,
    /// Long work of it that goes on beside everything else, step by step.
    pub errands: Vec<Errand>,
    /// What of it is reviewed before it is published, and how it is published then.
    pub publishers: Vec<Publisher>,
    /// What of it must be signed and published together with pieces of other rooms.
    pub companions: Vec<Companion>,
    /// What of it explains pages of other rooms.
    pub explaining: Option<ExplanationSource>,
    /// What of it tells what became of what people said before a page of another room was decided.
    pub outcomes: Option<OutcomeSource>,
    /// Its parts of pages that several rooms share.
    pub panels: Vec<Panel>,
    /// Its lists of published information.
    pub listing: Option<&'static dyn Listing>,
    /// The numbers it counts from its own rows, for whoever reports them.
    pub figures: Option<FigureSource>,
    /// What of it is assessed: what an organ had to do by which day, and when it did it.
    pub assessed: Option<AssessedSource>,
    /// What of the catalogue it offers to whoever drafts.
    pub items: Option<ItemSource>,
    /// What of it can be searched.
    pub search: Option<SearchSource>,
    /// What of it stands in the site map for machines.
    pub sitemap: Option<SitemapSource>,
    /// What it answers at addresses of the site that was here before.
    pub old_addresses: Option<OldAddressSource>,
    /// What of it stands in the public log.
    pub inscribed: Option<InscribedSource>,
    /// Routes of pages at which what it puts into the public log meets: things that lead to the same one show one
    /// another.
    pub meeting: &'static [&'static str],
    /// How the subjects of its acts begin of which nobody outside sees anything: drafts, what somebody asked for.
    pub unseen: &'static [&'static str],
    /// How the subjects of its acts begin that change lists of the sites around their organ and no other page.
    pub nearby: &'static [&'static str],
    /// Addresses at and below which its pages tell of the whole platform, at whatever site they are opened.
    pub overall: &'static [&'static str],
    /// Tells subscribers what rooms announce.
    pub announcing: Option<Announcing>,
    /// Who names domains and items of the catalogue for readers.
    pub themes: Option<ThemeSource>,
    /// Its days that people put into their calendars.
    pub days: Option<DaySource>,
    /// An address of each type of page, for tests that open every type.
    pub samples: Vec<Sample>,
    /// An address of each type of its workbench pages.
    pub desk_samples: Vec<DeskSample>,
    /// Who knows which sites there are (the sites room).
    pub directory: Option<DirectorySource>,
    /// What of it an inspection of a site looks at.
    pub inspection: Option<InspectionSource>,
    /// Who keeps the columns of the sites.
    pub columns: Option<ColumnSource>,
    /// What of it stands at self-service machines.
    pub kiosk: KioskOffer,
    /// Ways of turning to organs that it offers, for the one entrance of them all (厦府办〔2020〕67号二（一）).
    pub interactions: &'static [Interaction],
    /// What readers urge organs to publish, for the same entrance.
    pub urging: Option<UrgingSource>,
    /// Where it takes applications for what is not public (第二十九条), below a site; what was searched for
    /// goes along as `q`.
    pub applying: Option<&'static str>,
}

/// A way of turning to organs: 找错, 催一下, 申请公开.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Interaction {
    /// Smaller comes first.
    pub rank: i32,
    /// What it is called.
    pub words: &'static str,
    /// What it is for, in a few words.
    pub detail: &'static str,
    /// Its address below a site.
    pub path: &'static str,
}

/// Hears of acts after they were sealed, once each (again only if it failed).
#[derive(Clone, Copy)]
pub struct Listener {
    /// Its name; also the kind of its jobs. `records.search`.
    pub name: &'static str,
    /// `room.act` words; `*` for all.
    pub acts: &'static [&'static str],
    /// What it does; its changes are kept together with the mark that it has heard.
    pub hear: for<'a> fn(&'a House, &'a Event, &'a Transaction) -> Later<'a, ()>,
}

/// Something done from time to time, and once more before the program ends.
#[derive(Clone, Copy)]
pub struct Chore {
    /// Its name, for the log: `sites.unmet`.
    pub name: &'static str,
    /// How long there is at least between two times.
    pub every: Duration,
    /// What is done.
    pub work: for<'a> fn(&'a House) -> Later<'a, ()>,
}

/// Long work that goes on beside the worker in small steps, so that nobody waits for it. What a step has
/// done is kept when it returns: after a new start the next step goes on from there.
#[derive(Clone, Copy)]
pub struct Errand {
    /// Its name, for the log: `records.rescan`.
    pub name: &'static str,
    /// One step; says whether there is more to do now.
    pub step: for<'a> fn(&'a House) -> Later<'a, bool>,
}

/// Where a panel stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Place {
    /// The wide column of the home page.
    HomeMain,
    /// The narrow column of the home page.
    HomeRail,
    /// The whole width of the home page, below the columns.
    HomeWide,
    /// An organ's page; the key is the organ's code.
    Organ,
    /// 政府信息公开年报: the reports of a site; of one organ where the key is its code.
    AnnualReports,
    /// 依申请公开: where an application begins online, and what stands beside one.
    Application,
}

/// A part of a page that several rooms share.
#[derive(Clone, Copy)]
pub struct Panel {
    /// Which page and where.
    pub place: Place,
    /// Smaller comes first.
    pub rank: i32,
    /// Draws it as finished HTML; `None` when there is nothing to show.
    pub draw: for<'a> fn(&'a House, &'a Site, key: &'a str) -> Later<'a, Option<String>>,
}

/// A batch of documents, and the mark of the next batch if there is one.
pub type SearchBatch = (Vec<SearchDocument>, Option<String>);

/// What of a room can be searched.
#[derive(Clone, Copy)]
pub struct SearchSource {
    /// The batch after the given mark; for rebuilding the index.
    pub batch: for<'a> fn(&'a House, after: Option<&'a str>) -> Later<'a, SearchBatch>,
    /// The name of the listener that keeps the index up to date: `records.search`.
    pub listener: &'static str,
    /// What an act that this listener hears of changed, as it stands now; the worker tells the index of
    /// many acts at once.
    pub changed: for<'a> fn(&'a House, &'a Event) -> Later<'a, Found>,
}

/// One address for machines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SitemapEntry {
    /// The address below the site.
    pub path: String,
    /// The day of the last change, ISO.
    pub changed: Option<String>,
}

/// What of a room stands in the site map for machines.
#[derive(Clone, Copy)]
pub struct SitemapSource {
    /// The addresses below one site, at most 50,000.
    pub entries: for<'a> fn(&'a House, &'a Site) -> Later<'a, Vec<SitemapEntry>>,
}

/// Subjects, each with what it says to everybody now.
pub type SubjectContents = Vec<(String, String)>;

/// An address of the site before, on whatever host, and the address below a site where its page is now.
pub type FormerAddress = (String, String);

/// A batch of former addresses, and the mark of the next batch if there is one.
pub type FormerBatch = (Vec<FormerAddress>, Option<String>);

/// What a room answers at addresses of the site that was here before.
#[derive(Clone, Copy)]
pub struct OldAddressSource {
    /// The former addresses after a mark, with the mark of the next; for copies as plain files.
    pub all: for<'a> fn(&'a House, after: Option<&'a str>) -> Later<'a, FormerBatch>,
    /// The answer to a visit at a host, whose address is none of ours; `None` where nothing stood there.
    pub answer: fn(Visit, host: String) -> Later<'static, Option<Response>>,
}

/// What of a room stands in the public log, so that the log can be held against what is shown.
#[derive(Clone, Copy)]
pub struct InscribedSource {
    /// How its subjects begin: `record:`.
    pub subjects: &'static str,
    /// What each of these subjects says to everybody now, in the form its leaves were made of; one that
    /// is shown to nobody is left out.
    pub contents: for<'a> fn(&'a Store, &'a [String]) -> Later<'a, SubjectContents>,
    /// So many of what is shown to everybody and has no leaf, each as the leaf it should have.
    pub missing: for<'a> fn(&'a Store, most: i64) -> Later<'a, Vec<Leaf>>,
    /// The address a subject has or had, below a site, whatever is shown there now.
    pub address: fn(subject: &str) -> Option<String>,
    /// The page of a subject, below a site; `None` where nothing is shown any more.
    pub page: for<'a> fn(&'a Store, subject: &'a str) -> Later<'a, Option<Link>>,
}

/// What became of something public, for whoever subscribes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Became {
    /// It appeared.
    Public,
    /// What it says was corrected.
    Corrected,
    /// It is shown no more: nothing is sent of it that has not been sent yet.
    Gone,
}

/// What a room tells subscribers of one act. Whoever hears may show all of it, so a room announces nothing
/// that is not for everybody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Announcement {
    /// What became of it.
    pub became: Became,
    /// Its title; empty of what is gone, where what it is called now is not for everybody.
    pub title: String,
    /// Its address below a site, by which it is known.
    pub path: String,
    /// The organ's code.
    pub organ: String,
    /// The organ's short name.
    pub organ_name: String,
    /// The division it belongs to, 12 digits.
    pub division: String,
    /// The domains it belongs to, by slug.
    pub domains: Vec<String>,
    /// The catalogue items it belongs to, each as `domain/item`.
    pub items: Vec<String>,
    /// Number, title and text, for saved searches.
    pub text: String,
}

/// Who tells subscribers what rooms announce. A room hears of its own act and says with
/// [`House::announce`] what it means to readers.
#[derive(Clone, Copy)]
pub struct Announcing {
    /// Takes an announcement within the listener's change; told twice of one event, it changes nothing.
    pub take: for<'a> fn(&'a House, &'a Event, Announcement, &'a Transaction) -> Later<'a, ()>,
}

/// Domains as people read them: slug and name.
pub type NamedDomains = Vec<(String, String)>;

/// Who names the domains and items of the catalogue, for whoever follows one of them.
#[derive(Clone, Copy)]
pub struct ThemeSource {
    /// The domains as they are now.
    pub domains: for<'a> fn(&'a House) -> Later<'a, NamedDomains>,
    /// What an item that holds on a site is called, by its domain's slug and its own key.
    pub item: for<'a> fn(&'a House, &'a Site, &'a str, &'a str) -> Later<'a, Option<String>>,
}

/// One day or so that people put into their calendars.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicDay {
    /// What stays the same when the day is moved.
    pub key: String,
    /// The day.
    pub day: law::Date,
    /// What happens.
    pub title: String,
    /// A few words on it.
    pub detail: String,
    /// Where more is read, an address below the site.
    pub path: String,
}

/// What days a room has for readers.
#[derive(Clone, Copy)]
pub struct DaySource {
    /// The days of one site that are not long over, at most a few hundred.
    pub days: for<'a> fn(&'a House, &'a Site) -> Later<'a, Vec<PublicDay>>,
}

/// An address of one type of page.
#[derive(Clone, Copy)]
pub struct Sample {
    /// The name of the type: `catalogue domain`.
    pub name: &'static str,
    /// An address of that type that exists now.
    pub path: for<'a> fn(&'a House) -> Later<'a, Option<String>>,
}

/// Who knows which sites there are.
#[derive(Clone, Copy)]
pub struct DirectorySource {
    /// Reads the sites anew.
    pub read: for<'a> fn(&'a House) -> Later<'a, SiteDirectory>,
}

/// Who keeps the columns of the sites.
#[derive(Clone, Copy)]
pub struct ColumnSource {
    /// The column of a site for 法定主动公开内容 with this code (`P20-01`): its name and full path.
    pub find: fn(&Site, code: &str) -> Option<Link>,
}
