//! Where a ciphertext lies.

/// The table, row and column of a ciphertext. It is bound to the ciphertext (GCM's associated data), so that
/// one that was copied to another row, or to another column of the same row, does not open there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place<'a> {
    /// The table, or the kind of file.
    pub table: &'a str,
    /// The row: its id, as text. Empty where the value must be found without knowing the row.
    pub row: &'a str,
    /// The column.
    pub column: &'a str,
}

impl<'a> Place<'a> {
    /// A place.
    pub fn new(table: &'a str, row: &'a str, column: &'a str) -> Self {
        Self { table, row, column }
    }

    /// The place as bytes that no other place has: each part with its length before it.
    pub(crate) fn bound(&self, head: &[&str]) -> Vec<u8> {
        let mut bytes = Vec::new();
        for part in head.iter().copied().chain([self.table, self.row, self.column]) {
            bytes.extend_from_slice(&(part.len() as u64).to_be_bytes());
            bytes.extend_from_slice(part.as_bytes());
        }
        bytes
    }
}
