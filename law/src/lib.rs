//! What the law says of any affair: citing, dating, counting.
//!
//! - [`Provision`] names the place in a statute or the document a rule rests on.
//! - [`Dated`] holds a value with the days from which it is in force; [`Enacted`] is that value on
//!   one day together with its provision.
//! - [`WorkingDays`] and [`CalendarDays`] count time and cannot be mixed.
//! - [`WorkCalendar`] knows which days are 工作日, from the State Council's yearly arrangements, and
//!   says of every answer whether it is settled or provisional.
//!
//! Nothing here does input or output or asks what day it is: the same question has the same answer
//! tomorrow.

mod arrangement;
mod calendar;
mod count;
mod dated;
mod days;
mod estimate;
mod numeral;
mod provision;

pub use arrangement::{
    Arrangement, ArrangementError, ArrangementFault, Exception, Holiday, Standing,
};
pub use calendar::{CalendarGap, Counted, DayKind, Known, WorkCalendar};
pub use count::{Count, MadeUp, Stretch, Why};
pub use dated::{Dated, Enacted, NotInForce};
pub use days::{CHINA, CalendarDays, WorkingDays, day};
pub use jiff::civil::Date;
pub use numeral::chinese_numeral;
pub use provision::{Instrument, Provision, RecordedProvision, article, document, statute};
