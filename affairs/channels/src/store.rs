//! The queries of 公开渠道; only this room reads and writes its tables.

mod contents;
mod devices;
mod looks;
mod visits;
mod zones;

pub use contents::{EquipmentLine, MaterialLine, MovementLine, StaffLine};
pub(crate) use contents::{NewEquipment, NewMaterial, NewStaff};
pub use devices::{CallLine, DeviceLine};
pub use looks::LookLine;
pub use visits::{VisitLine, tally};
pub(crate) use visits::{add as add_visits, set as set_visits};
pub use zones::{Particulars, Zone};
pub(crate) use zones::{add_closure, closures_of};

use uuid::Uuid;

/// A key nobody had before; later ones are greater.
pub(crate) fn new_key() -> String {
    Uuid::now_v7().simple().to_string()
}

/// A number of the database as one that is never below nought.
fn count(number: i64) -> u32 {
    u32::try_from(number).unwrap_or_default()
}
