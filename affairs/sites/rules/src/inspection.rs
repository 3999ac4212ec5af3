//! 日常检查: the rules of 国办秘函〔2019〕19号 and of 国办发〔2017〕47号 applied to a site as it stands, so that
//! whoever runs it hears of a fault before an inspector does.
//!
//! [`inspect`] takes what was looked at ([`Material`]) and says which spots are at fault, which 单项否决 they come
//! to, and what is left of the hundred points. What nobody offers to look at is said to be unlooked at, and is
//! neither a fault nor a pass (docs/readings/230).

mod counted;
mod look;
mod material;
mod page;
mod rule;
mod score;
mod verdict;

pub use counted::Counted;
pub use material::{
    Account, Consultation, DayOfVisits, DeadLink, Element, Guide, InspectedColumn, Logged,
    Material, Message, PageKind, PublishedDay, SeenPage, Unread, Worded,
};
pub use page::{PageRead, plain};
pub use rule::{FooterPart, PageTag, Rule, Veto};
pub use score::{Deduction, ScoreGroup, ScoreItem};
pub use verdict::{Inspection, Spot, Unlooked, are_enough};

/// Looks at a site.
pub fn inspect(material: &Material) -> Inspection {
    Inspection::of(material, look::spots(material))
}
