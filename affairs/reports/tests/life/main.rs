//! A year's report from the registers to the published page, its correction, and what may not be done, on
//! either engine.

mod ground;

mod aggregation;
mod announcing;
mod correction;
mod drafting;
mod refusals;
mod round_trip;
