//! Documents of whoever keeps them, as they stand before everybody now: found by their address, read by what stands
//! behind their leaves in the public log, and asked for their 有效性 in the list of what is published.

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
    let subject = format!("{DOCUMENT}:{key}");
    let path = format!("/wenjian/{key}");
    let Some(source) = house.inscribed(&subject) else { return Ok(None) };
    let subjects = [subject];
    let found = (source.contents)(house.store(), &subjects).await?;
    let [subject] = subjects;
    let said = found.into_iter().next().and_then(|(_, told)| serde_json::from_str(&told).ok());
    let Some(Said { title, organ, text }) = said else { return Ok(None) };
    let ask = Ask {
        organ: Some(organ.clone()),
        words: Some(title.clone()),
        limit: 100,
        ..Ask::default()
    };
    let rows = house.rows(&ask).await?.rows;
    let validity = rows.into_iter().find(|row| row.path == path).and_then(|row| row.validity);
    Ok(Some(Standing { document: CitedDocument { subject, path, title }, organ, text, validity }))
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
