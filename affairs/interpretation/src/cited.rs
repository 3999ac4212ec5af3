//! Documents of whoever keeps them, as they stand before everybody now: found by their address, read by what stands
//! behind their leaves in the public log, and asked for their 有效性 in the list of what is published.

use std::collections::HashMap;

use interpretation_rules::Footing;
use serde::Deserialize;
use web::{Ask, Fault, House};

use crate::drafts::DOCUMENT;
use crate::store::CitedDocument;

/// A document with what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// As it is cited.
    pub document: CitedDocument,
    /// The organ that published it, by code.
    pub organ: String,
    /// What it says.
    pub text: String,
    /// 有效性, where it is worth a mark.
    pub validity: Option<String>,
}

/// What of a document's content is read here.
#[derive(Debug, Deserialize)]
struct Said {
    title: String,
    organ: String,
    text: String,
}

/// So many documents are asked for at once; a list has no longer pages.
pub const AT_ONCE: usize = 100;

/// The key of a document by what the ledger calls it; `None` where that is none.
pub(crate) fn key_of(subject: &str) -> Option<&str> {
    subject.strip_prefix(DOCUMENT)?.strip_prefix(':')
}

/// The key of a document in an address of this platform; `None` where it is none.
pub(crate) fn key_in(address: &str) -> Option<&str> {
    let (_, rest) = address.trim().split_once("/wenjian/")?;
    let key = rest.split(['?', '#', '/', '.']).next()?;
    let sound = !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    sound.then_some(key)
}

/// The document with that key; `None` where it is not shown to everybody.
///
/// # Errors
/// The database refuses.
pub async fn standing(house: &House, key: &str) -> Result<Option<Standing>, Fault> {
    let mut found = standings(house, &[key.to_owned()]).await?;
    Ok(found.remove(&format!("{DOCUMENT}:{key}")))
}

/// Those of the documents with these keys that are shown to everybody, by what the ledger calls them; what is more
/// than [`AT_ONCE`] is left out.
///
/// # Errors
/// The database refuses.
pub async fn standings(house: &House, keys: &[String]) -> Result<HashMap<String, Standing>, Fault> {
    let keys = keys.get(..AT_ONCE).unwrap_or(keys);
    let subjects: Vec<String> = keys.iter().map(|key| format!("{DOCUMENT}:{key}")).collect();
    let source = subjects.first().and_then(|first| house.inscribed(first));
    let Some(source) = source else { return Ok(HashMap::new()) };
    let found = (source.contents)(house.store(), &subjects).await?;
    let ask = Ask { keys: keys.to_vec(), limit: 100, ..Ask::default() };
    let rows = house.rows(&ask).await?.rows;
    let mut validity: HashMap<String, Option<String>> =
        rows.into_iter().map(|row| (row.path, row.validity)).collect();
    let mut all = HashMap::new();
    for (subject, told) in found {
        let Ok(Said { title, organ, text }) = serde_json::from_str(&told) else { continue };
        let path = format!("/wenjian/{}", key_of(&subject).unwrap_or_default());
        let validity = validity.remove(&path).flatten();
        let document = CitedDocument { subject: subject.clone(), path, title };
        all.insert(subject, Standing { document, organ, text, validity });
    }
    Ok(all)
}

impl Standing {
    /// What has become of a paragraph of a document that is or is not there.
    pub(crate) fn footing(found: Option<&Self>, quote: &str) -> Footing {
        let text = found.map(|one| one.text.as_str());
        let validity = found.and_then(|one| one.validity.as_deref());
        Footing::of(text, validity, quote)
    }
}

#[cfg(test)]
mod tests {
    use super::key_in;

    #[test]
    fn a_document_is_found_by_an_address_of_this_platform_and_no_other() {
        for (address, key) in [
            ("/wenjian/0199-ab", Some("0199-ab")),
            (" https://city.example/siming/wenjian/0199ab?x=1 ", Some("0199ab")),
            ("/wenjian/0199ab.docx", Some("0199ab")),
            ("https://elsewhere.example/a", None),
            ("/wenjian/", None),
            ("/wenjian/\"><script>", None),
        ] {
            assert_eq!(key_in(address), key, "{address}");
        }
    }
}
