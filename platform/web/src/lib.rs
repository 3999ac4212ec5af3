//! The web kit: what a room offers, the door through which visitors come, and what surrounds
//! every page.

mod accompanying;
pub mod address;
mod administration;
pub mod api;
mod attachments;
mod cache;
mod cases;
mod clerk;
mod closing;
pub mod components;
mod copying;
mod counting;
pub mod demo_persons;
mod door;
mod entrance;
pub mod errors;
mod fault;
mod figures;
mod house;
pub mod icons;
pub mod ics;
mod inspecting;
pub mod kiosk;
pub mod layout;
pub mod leaving;
mod letting_go;
mod listing;
mod memory;
pub mod modes;
pub mod moments;
mod offering;
mod own_form;
mod pace;
pub mod page;
mod printer;
mod publishing;
mod reach;
pub mod room;
mod route;
mod site;
pub mod testing;
mod unmet;
mod urging;
mod visit;
mod visitor;
mod visits;
pub mod workbench;

pub use accompanying::{
    Companion, Companions, Explanation, ExplanationSource, Explanations, OutcomeSource,
};
pub use attachments::{BadSecondHost, SecondHost, apart};
pub use cases::{Assessed, AssessedCase, AssessedRow, AssessedSource, Assessing};
pub use clerk::{Clerk, Seal};
pub use copying::ForCopy;
pub use counting::{CountQuery, CountedRow};
pub use demo_persons::DemoPerson;
pub use door::portal;
pub use entrance::Entrant;
pub use fault::Fault;
pub use figures::{Counted, FigureAsk, FigureCount, FigureRow, FigureSource};
pub use house::House;
pub use inspecting::{
    InspectionSource, OwnPage, OwnReading, Shown, ShownAccount, ShownColumn, ShownGuide,
    ShownMessage, ShownPublication, ShownWording,
};
pub use layout::NavItem;
pub use listing::{Ask, By, Gone, Listing, Row, Rows, Tally};
pub use offering::{ItemSource, OfferedItem};
pub use own_form::OwnForm;
pub use pace::{Pace, TooFast};
pub use printer::{PrintFault, Printer};
pub use publishing::{
    Appeared, Approved, BadHash, Content, ContentHash, FileSeen, Holds, LaidOut, Part, Publisher,
    Publishers, Remark, Signable,
};
pub use reach::Reach;
pub use room::{
    Announcement, Announcing, Became, Chore, ColumnSource, DaySource, DirectorySource, Errand,
    FormerAddress, FormerBatch, InscribedSource, Interaction, Later, Listener, OldAddressSource,
    Panel, Place, PublicDay, Room, Sample, SearchBatch, SearchSource, SitemapEntry, SitemapSource,
    ThemeSource,
};
pub use route::{Admission, Copied, Route};
pub use site::{Site, SiteDirectory};
pub use unmet::{Unmet, Wanted, WantedBy};
pub use urging::{Urged, UrgingAsk, UrgingSource};
pub use visit::Visit;
pub use visitor::{FromWhere, MOST_SENT, OwnUpload, VisitorCookie};
pub use visits::{VisitCount, Visits};
