//! The public log on both engines: what grows, what is refused, what is found.

mod damage;
mod growth;
mod house;
mod openings;
mod witnesses;
