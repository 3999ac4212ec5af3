//! 政策解读 over a real store: judged, signed and published with its document, on both engines.

mod answers;
mod ground;
mod life;
mod media;
mod pages;
mod raw;
mod standing;
mod telling;
