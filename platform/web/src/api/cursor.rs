//! Where a list goes on: a mark of the list, wrapped so that what is none of ours, or of another list, is
//! seen at once. It is no secret: what a list gives is for everybody from any place on.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use sha2::{Digest, Sha256};

/// So many bytes tell whether a cursor is one of ours.
const CHECK: usize = 6;

/// The cursor of a mark of the list at an address.
pub(super) fn made(path: &str, mark: &str) -> String {
    let mut bytes = check(path, mark.as_bytes()).to_vec();
    bytes.extend(mark.as_bytes());
    BASE64.encode(bytes)
}

/// The mark in a cursor of the list at an address; none where it is not one.
pub(super) fn read(path: &str, cursor: &str) -> Option<String> {
    let bytes = BASE64.decode(cursor).ok()?;
    let (own, mark) = bytes.split_at_checked(CHECK)?;
    (own == check(path, mark)).then(|| String::from_utf8(mark.to_vec()).ok()).flatten()
}

fn check(path: &str, mark: &[u8]) -> [u8; CHECK] {
    let digest = Sha256::new().chain_update(path).chain_update(b"\n").chain_update(mark).finalize();
    let mut own = [0; CHECK];
    own.iter_mut().zip(digest).for_each(|(own, byte)| *own = byte);
    own
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_leads_on_in_its_own_list_alone() {
        let cursor = made("/api/v1/documents", "2026-11-25_甲");
        assert_eq!(read("/api/v1/documents", &cursor).as_deref(), Some("2026-11-25_甲"));
        assert_eq!(read("/api/v1/organs", &cursor), None);
        for other in ["", "abc", "AAAAAAAAAAAA", &cursor[1..]] {
            assert_eq!(read("/api/v1/documents", other), None, "{other}");
        }
    }
}
