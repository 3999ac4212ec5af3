//! 短链接: a short address for print and codes, that leads to one address of this platform and nowhere else.

use law::{Provision, document};
use ledger::{Desk, Entry};
use sites_rules::SITE_GUIDELINE;
use store::moment;

use super::ActError;
use crate::store::ShortLink;

const BASIS: Provision = document(SITE_GUIDELINE);

/// Letters and digits that are not taken for one another on paper.
const LETTERS: &[u8; 32] = b"23456789abcdefghijkmnpqrstuvwxyz";

/// So many of them: a thousand million different ones.
const LENGTH: usize = 6;

/// The longest address it leads to.
const LONGEST: usize = 500;

/// Makes one, or gives the one there is already.
///
/// # Errors
/// The address is none of this platform, it has no words, or the database refuses.
pub async fn make(
    mut desk: Desk,
    (base, organ): (&str, &str),
    (path, words): (&str, &str),
) -> Result<ShortLink, ActError> {
    let path = path.trim();
    if !is_own(path) {
        let words = "写本站的地址，以 / 开头，例如 /wenjian；不能写别的网站";
        return Err(ActError::Field("dizhi", words.into()));
    }
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    if words.is_empty() || words.chars().count() > 60 {
        return Err(ActError::Field("yongtu", "写明用在哪里，不超过 60 字".into()));
    }
    if let Some(known) = ShortLink::to(desk.change(), path).await? {
        return Ok(known);
    }
    let made = ShortLink {
        short: drawn(&desk).await?,
        base: base.to_owned(),
        path: path.to_owned(),
        words,
        organ: organ.to_owned(),
        made_at: moment(desk.now()),
    };
    made.add(desk.change()).await?;
    desk.record(Entry {
        room: "sites",
        act: "short_link",
        subject: format!("site_short:{}", made.short),
        organ: organ.to_owned(),
        basis: BASIS.to_string(),
        facts: serde_json::json!({ "path": made.path, "words": made.words }),
    })
    .await?;
    desk.seal().await?;
    Ok(made)
}

/// Whether an address is one of this platform: a path, and nothing a browser takes for a host.
fn is_own(path: &str) -> bool {
    let sound = |one: char| !one.is_control() && !one.is_whitespace() && one != '\\';
    let short = path.starts_with("/w/") || path.contains("/../") || path.contains("/w/");
    path.starts_with('/')
        && !path.starts_with("//")
        && path.chars().all(sound)
        && path.len() <= LONGEST
        && !short
        && !path.starts_with("/gongzuo")
}

/// A short address that nobody has.
async fn drawn(desk: &Desk) -> Result<String, ActError> {
    for _ in 0..20 {
        let mut bytes = [0u8; LENGTH];
        getrandom::fill(&mut bytes).map_err(|_| ActError::Random)?;
        let short: String =
            bytes.iter().map(|byte| char::from(LETTERS[usize::from(byte & 31)])).collect();
        if ShortLink::find(desk.change(), &short).await?.is_none() {
            return Ok(short);
        }
    }
    Err(ActError::Random)
}

#[cfg(test)]
mod tests {
    use super::is_own;

    #[test]
    fn a_short_link_leads_nowhere_but_to_this_platform() {
        for (path, own) in [
            ("/", true),
            ("/siming/wenjian/0193?x=1", true),
            ("//example.com", false),
            ("/\\example.com", false),
            ("https://example.com", false),
            ("javascript:alert(1)", false),
            ("wenjian", false),
            ("/a b", false),
            ("/w/abcdef", false),
            ("/siming/w/abcdef", false),
            ("/gongzuo/mulu", false),
        ] {
            assert_eq!(is_own(path), own, "{path}");
        }
    }
}
