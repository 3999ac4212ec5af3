//! (first form follows)
