//! Where a link of a text may lead: another page of the web, a page of ours, a mailbox. Nothing else:
//! no script, no data, no file of somebody's machine.

/// The address as a link may bear it; `None` where it may not.
///
/// What a browser would skip (blanks, line ends, zero-width letters in a scheme) is not skipped here
/// but refused, so that no two readers take one address for two.
pub fn link_address(text: &str) -> Option<&str> {
    let text = text.trim();
    let odd = |letter: char| {
        letter.is_control()
            || letter.is_whitespace()
            || matches!(
                letter,
                '"' | '\'' | '<' | '>' | '\\' | '`' | '{' | '}' | '|' | '^' | '(' | ')'
            )
            || matches!(letter, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
    };
    if text.is_empty() || text.len() > MOST_BYTES || text.contains(odd) {
        return None;
    }
    if text.starts_with('/') {
        return Some(text).filter(|path| !path.starts_with("//"));
    }
    let (scheme, rest) = text.split_once(':')?;
    match scheme.to_ascii_lowercase().as_str() {
        "http" | "https" => {
            let rest = rest.strip_prefix("//")?;
            let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
            let plain = !host.is_empty() && !host.contains('@') && !host.starts_with([':', '.']);
            plain.then_some(text)
        }
        "mailto" => {
            let (name, host) = rest.split_once('@')?;
            let plain = !name.is_empty() && host.contains('.') && !rest.contains(['?', '%', '/']);
            plain.then_some(text)
        }
        _ => None,
    }
}

/// A longer address is none that a person wrote: a decision of ours.
const MOST_BYTES: usize = 2_000;
