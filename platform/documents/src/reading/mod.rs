//! Reading files as they are found in the wild.
