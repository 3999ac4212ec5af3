//! What is kept: who is told what, what there is to tell, and what was sent.

mod announcements;
mod askings;
mod deliveries;
mod pushes;
mod subscribers;

pub use announcements::ToTell;
pub(crate) use announcements::{hearers, mark_gone, put_announcement};
pub(crate) use askings::{asked_since, forget_askings, put_asking};
pub use deliveries::{Delivery, DeliveryState, MOST_TALLIED, Tallied};
pub(crate) use deliveries::{Due, NewDelivery, items_of, put_deliveries, put_items};
pub(crate) use pushes::audience;
pub use pushes::{Push, PushState};
pub use subscribers::{State, Subscriber};
