//! What the law says of 监督评估: the work of openness is assessed, and what comes of it is told to the public
//! (条例第四十六条). No IO, no clock, every number with its article.
//!
//! Whoever assesses counts cases: something an organ had to do by a day. Which numbers are made of them, which
//! case belongs to which period, what is left out and what is too little to make a rate of is decided here
//! (docs/readings/236, 237, 238, 239).

mod case;
mod change;
mod figures;
mod period;
mod rate;
mod shelf;
mod spread;

pub use case::{Case, CaseKind, Outcome};
pub use change::{Changed, Next, Standing};
pub use figures::{Answers, Figures, Kept, LeftOut};
pub use period::{BadPeriod, Period, SETTLING, Until};
pub use rate::{FEWEST, QUALIFYING, Rate};
pub use shelf::{Shelf, Shelves};
pub use spread::Spread;
