//! What the catalogue keeps beside the catalogues: plans, standards, lists of powers; on either engine.

mod house;
mod plan;
mod powers;
mod standards;
