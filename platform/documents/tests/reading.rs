//! Files of every kind, good and bad, as the reader sees them.

mod reading {
    mod bad;
    mod kinds;
    pub mod samples;
}
