//! A city and two districts: what changes above, what is decided below, and what everybody sees of it.

mod aside;
mod deciding;
mod drafting;
mod guarding;
mod house;
mod pages;
mod reviewing;
mod undoing;
