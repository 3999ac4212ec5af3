//! 依申请公开 over a real store, on both engines.

mod answers;
mod beside;
mod course;
mod generated;
mod house;
mod intake;
mod register;
mod visitors;
