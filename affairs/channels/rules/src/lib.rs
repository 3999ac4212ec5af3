//! What the law says of 公开渠道: no IO, no clock. The zones (政务公开专区) so far: what one must have, when it is
//! open, what lies ready there, what a machine in it gives.

mod checklist;
mod hours;
mod machine;
mod stock;
mod visit;

use law::{Provision, document};

pub use checklist::{
    Completeness, Equipment, Facts, REQUIREMENTS, Requirement, Unity, check, look_is_due,
};
pub use hours::{Closure, Hours, HoursRefused, Opening, Span};
pub use machine::{
    MOST_PAGES, PIN_PAUSE, PIN_TRIES, PinRefused, PrintRefused, SILENT_AFTER, is_silent,
    left_after, next_name, sound_pin,
};
pub use stock::{Movement, Stock, StockRefused};
pub use visit::Purpose;

/// 厦府办〔2020〕67号, part two, item four: zones in halls, archives and libraries, with 统一标识、统一设施、
/// 统一功能、统一管理.
pub const ZONES: Provision = document("厦府办〔2020〕67号").item(4);
