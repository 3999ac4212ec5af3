//! Where an answer says that the missing is to be found.

use std::fmt;

use crate::WordsRefused;

/// Letters of an address; longer ones are a slip of the hand.
const LONGEST: usize = 500;

/// 信息在哪里: a page of this platform, or an address elsewhere that nobody here vouches for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AnswerLink {
    /// A published document, by its key.
    Record(String),
    /// An item of a catalogue.
    Item {
        /// The domain's slug.
        domain: String,
        /// The item's key.
        item: String,
    },
    /// An address elsewhere, kept as text.
    Elsewhere(String),
}

impl AnswerLink {
    /// Reads an address: `/wenjian/…` or `/mulu/领域/事项` below any site of the platform, or a whole
    /// one that begins with http. Nothing where nothing is written.
    ///
    /// # Errors
    /// It is neither.
    pub fn read(text: &str) -> Result<Option<Self>, WordsRefused> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(None);
        }
        let plain = text.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
        if !plain || text.len() > LONGEST {
            return Err(WordsRefused::ElsewhereLink);
        }
        let whole = ["https://", "http://"].iter().find_map(|scheme| text.strip_prefix(scheme));
        if let Some(rest) = whole {
            let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
            let named = host.contains('.') && !host.contains('@');
            return match named {
                true => Ok(Some(Self::Elsewhere(text.to_owned()))),
                false => Err(WordsRefused::ElsewhereLink),
            };
        }
        let path = text.split(['?', '#']).next().unwrap_or_default();
        let parts: Vec<&str> = path.split('/').collect();
        match parts.as_slice() {
            ["", .., "wenjian", id] if is_key(id) => Ok(Some(Self::Record((*id).to_owned()))),
            ["", .., "mulu", domain, item] if is_key(domain) && is_key(item) => {
                Ok(Some(Self::Item { domain: (*domain).to_owned(), item: (*item).to_owned() }))
            }
            _ => Err(WordsRefused::ElsewhereLink),
        }
    }

    /// Whether it lies below a site of this platform, so that its text is a path there.
    pub fn is_path(text: &str) -> bool {
        text.starts_with('/')
    }
}

fn is_key(part: &str) -> bool {
    !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

impl fmt::Display for AnswerLink {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Record(id) => write!(out, "/wenjian/{id}"),
            Self::Item { domain, item } => write!(out, "/mulu/{domain}/{item}"),
            Self::Elsewhere(address) => out.write_str(address),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_a_page_of_ours_below_whatever_site_or_a_whole_one_elsewhere() {
        for (text, kept) in [
            ("", ""),
            (" /wenjian/0190 ", "/wenjian/0190"),
            ("/siming/wenjian/0190-ab#t", "/wenjian/0190-ab"),
            ("/siming/xiagang/mulu/jiuye/12345678?x=1", "/mulu/jiuye/12345678"),
            ("https://www.xm.gov.cn/a?b=1", "https://www.xm.gov.cn/a?b=1"),
        ] {
            let read = AnswerLink::read(text).expect("reads");
            assert_eq!(read.map(|link| link.to_string()).unwrap_or_default(), kept, "{text}");
        }
    }

    #[test]
    fn what_leads_to_no_page_that_could_be_meant_is_refused() {
        for text in [
            "//evil.example",
            "/a b",
            "/\\evil.example",
            "/wenjian",
            "/wenjian/",
            "/gongzuo/mulu",
            "wenjian/7",
            "javascript:alert(1)",
            "https://localhost/a",
            "https://user@evil.example/",
            "已公开",
        ] {
            assert_eq!(AnswerLink::read(text), Err(WordsRefused::ElsewhereLink), "{text}");
        }
        let long = format!("https://a.example/{}", "a".repeat(500));
        assert_eq!(AnswerLink::read(&long), Err(WordsRefused::ElsewhereLink));
    }
}
