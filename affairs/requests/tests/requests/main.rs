//! 依申请公开 over a real store, on both engines.

mod house;
mod intake;
