//! Which file stands for an address. What a plain server takes for the same address must be the same file, so
//! a query, which it does not look at, becomes a part of the path (docs/readings/234).

use sha2::{Digest, Sha256};
use web::address::decoded;

/// Below this lies what has a query in the program.
const ASKED: &str = "/_";

/// The longest name of a file that file systems take, in bytes.
const LONGEST: usize = 255;

/// The same address for a server that knows no queries.
pub(crate) fn still(address: &str) -> String {
    let Some((path, query)) = address.split_once('?') else { return address.to_owned() };
    let name = name_of(query);
    let path = if path == "/" { "" } else { path };
    match ending(path).or_else(|| form(query)) {
        Some(ending) => format!("{ASKED}{path}/{name}.{ending}"),
        None => format!("{ASKED}{path}/{name}"),
    }
}

/// A query as a name: as it is where that makes a plain name, otherwise by its hash.
fn name_of(query: &str) -> String {
    let plain = |letter: u8| letter.is_ascii_alphanumeric() || b"=&-_".contains(&letter);
    if query.len() <= 80 && query.bytes().all(plain) && !query.contains("&&") {
        return query.replace('&', "+");
    }
    ledger::hex(&Sha256::digest(query.as_bytes())[..12])
}

/// The form a query asks for.
fn form(query: &str) -> Option<&str> {
    let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    let (_, form) = pairs.find(|(name, _)| *name == "format")?;
    ["csv", "json", "atom"].into_iter().find(|known| *known == form)
}

/// The ending of the last word of a path.
pub(crate) fn ending(path: &str) -> Option<&str> {
    let (_, name) = path.rsplit_once('/')?;
    let (stem, ending) = name.rsplit_once('.')?;
    let sound = |letter: u8| letter.is_ascii_alphanumeric() || letter == b'-';
    let short = (1..=12).contains(&ending.len()) && ending.bytes().all(sound);
    (short && !stem.is_empty()).then_some(ending)
}

/// The file of an address without a query: itself where it has an ending or is for machines, otherwise the
/// page of a folder. `None` where no file can have that name.
pub(crate) fn file_of(still: &str, exact: bool) -> Option<String> {
    let path = decoded(still);
    let whole = path.strip_prefix('/')?;
    let sound = |word: &str| {
        !matches!(word, "" | "." | ".." | ".gongkai")
            && word.len() <= LONGEST
            && !word.contains(|letter: char| letter.is_control() || letter == '\\')
    };
    if whole.is_empty() {
        return Some("index.html".into());
    }
    if !whole.split('/').all(sound) {
        return None;
    }
    let as_it_is = exact || ending(still).is_some();
    Some(if as_it_is { whole.to_owned() } else { format!("{whole}/index.html") })
}

/// The name under which a file from outside is kept: as it was, without what file systems do not take.
pub(crate) fn safe_name(name: &str) -> String {
    let taken = |letter: char| letter.is_control() || "/\\:*?\"<>|%#".contains(letter);
    let name: String =
        name.chars().map(|letter| if taken(letter) { '_' } else { letter }).collect();
    let name = name.trim_matches(['.', ' ']);
    let (stem, ending) = match name.rsplit_once('.') {
        Some((stem, ending)) if ending.len() <= 12 => (stem, format!(".{ending}")),
        _ => (name, String::new()),
    };
    let mut kept = String::new();
    for letter in stem.chars() {
        if kept.len() + letter.len_utf8() + ending.len() > LONGEST - 16 {
            break;
        }
        kept.push(letter);
    }
    let kept = if kept.is_empty() { "wenjian".to_owned() } else { kept };
    let name = format!("{kept}{ending}");
    if name == "index.html" { "wenjian.html".into() } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_a_query_has_a_path_of_its_own() {
        for (address, path) in [
            ("/wenjian", "/wenjian"),
            ("/wenjian?statutory=P20-01", "/_/wenjian/statutory=P20-01"),
            ("/wenjian?organ=A&format=csv", "/_/wenjian/organ=A+format=csv.csv"),
            ("/siming/wenjian.atom?organ=A", "/_/siming/wenjian.atom/organ=A.atom"),
            ("/?a=1", "/_/a=1"),
            ("/x?q=%E5%85%BB", "/_/x/54d1a5c2b9fd5a7a3f0f7b10"),
        ] {
            let found = still(address);
            let hashed = path.len() > 24 && found.len() == path.len() && address.contains('%');
            assert!(found == path || hashed, "{address}: {found}");
        }
        assert_ne!(still("/x?q=%E5%85%BB"), still("/x?q=%E5%85%BC"));
        assert_ne!(still("/x?a=1&b=2"), still("/x?a=1+b=2"));
    }

    #[test]
    fn an_address_is_a_folder_or_a_file_and_never_leads_out() {
        for (path, exact, file) in [
            ("/", false, Some("index.html")),
            ("/siming", false, Some("siming/index.html")),
            ("/wenjian.atom", false, Some("wenjian.atom")),
            ("/.well-known/security.txt", false, Some(".well-known/security.txt")),
            ("/tile/0/x001/067", true, Some("tile/0/x001/067")),
            ("/checkpoint", true, Some("checkpoint")),
            ("/a/%2e%2e/b", false, None),
            ("/a//b", false, None),
            ("/.gongkai/list.db", false, None),
            ("/a%00b", false, None),
        ] {
            assert_eq!(file_of(path, exact).as_deref(), file, "{path}");
        }
    }

    #[test]
    fn a_name_from_outside_becomes_a_name_that_every_disk_takes() {
        for (name, kept) in [
            ("低保对象名单.xlsx", "低保对象名单.xlsx"),
            ("../../etc/passwd", "_.._etc_passwd"),
            ("a\u{0}b?.pdf", "a_b_.pdf"),
            ("", "wenjian"),
            ("index.html", "wenjian.html"),
        ] {
            assert_eq!(safe_name(name), kept, "{name}");
        }
        let long = safe_name(&format!("{}.docx", "长".repeat(200)));
        assert!(long.len() <= LONGEST && long.ends_with(".docx"), "{long}");
    }
}
