//! 旧网址: where something stood on the old site, as visitors still ask for it.

/// Host and path.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct OldAddress {
    /// In small letters, without a port.
    pub host: String,
    /// With its query, from `/`.
    pub path: String,
}

/// The longest address that is kept, in bytes: a decision of ours.
const LONGEST: usize = 1_000;

impl OldAddress {
    /// Reads a whole address, `https://www.x.gov.cn/zwgk/a.htm`.
    ///
    /// # Errors
    /// It is none of the web, or could not be asked for; says so.
    pub fn read(text: &str) -> Result<Self, String> {
        let text = text.trim();
        let wrong = |what: &str| {
            let shown: String = text.chars().take(80).collect();
            Err(format!("网址“{shown}”{what}"))
        };
        let rest = ["https://", "http://"].iter().find_map(|scheme| {
            let head = text.get(..scheme.len())?;
            head.eq_ignore_ascii_case(scheme).then(|| text.get(scheme.len()..)).flatten()
        });
        let Some(rest) = rest else {
            return wrong("不是以 http:// 或 https:// 开头的完整网址");
        };
        let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        let (host, path) = rest.split_at(end);
        if host.contains('@') {
            return wrong("里有用户名");
        }
        let host = host.split(':').next().unwrap_or_default();
        match Self::at(host, path) {
            Some(address) => Ok(address),
            None => wrong("不能用：域名不对，路径太长，或者路径里有 .."),
        }
    }

    /// The address of a path on a host; `None` where either could not be asked for.
    pub fn at(host: &str, path: &str) -> Option<Self> {
        let host = host.trim_end_matches('.').to_ascii_lowercase();
        let letter = |byte: u8| byte.is_ascii_alphanumeric() || b".-".contains(&byte);
        let named = (1..=253).contains(&host.len()) && host.bytes().all(letter);
        let path = path.split('#').next().unwrap_or_default();
        let path = asked(&format!("/{}", path.strip_prefix('/').unwrap_or(path)));
        let climbs = path.split('?').next().unwrap_or_default().split('/').any(|step| {
            matches!(step.to_ascii_lowercase().replace("%2e", ".").as_str(), ".." | ".")
        });
        (named && !climbs && path.len() <= LONGEST).then_some(Self { host, path })
    }

    /// What stands at `link` as seen from this address; `None` where it leads off the web.
    pub fn joined(&self, link: &str) -> Option<Self> {
        let link = link.trim().split('#').next().unwrap_or_default();
        if link.is_empty() {
            return None;
        }
        if let Some(rest) = link.strip_prefix("//") {
            return Self::read(&format!("http://{rest}")).ok();
        }
        if link.split(['/', '?']).next().unwrap_or_default().contains(':') {
            return Self::read(link).ok();
        }
        let (steps, query) = link.split_once('?').unwrap_or((link, ""));
        let own = self.path.split('?').next().unwrap_or("/");
        let mut path: Vec<&str> = match steps.starts_with('/') {
            true => vec![],
            false => own.rsplit_once('/').map_or("", |(folder, _)| folder).split('/').collect(),
        };
        for step in steps.trim_start_matches('/').split('/') {
            match step {
                ".." => drop(path.pop()),
                "." => {}
                step => path.push(step),
            }
        }
        let path = path.join("/");
        let mark = if query.is_empty() { "" } else { "?" };
        Self::at(&self.host, &format!("/{}{mark}{query}", path.trim_start_matches('/')))
    }

    /// The other way the same page is asked for: the folder it stands for.
    pub fn also(&self) -> Option<Self> {
        let (folder, name) = self.path.rsplit_once('/')?;
        is_index(name).then(|| Self { host: self.host.clone(), path: format!("{folder}/") })
    }

    /// As one writes it.
    pub fn text(&self) -> String {
        format!("{}{}", self.host, self.path)
    }
}

/// Whether a name is that of the page of a folder.
fn is_index(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.strip_prefix("index.").or(name.strip_prefix("default.")).is_some_and(|ending| {
        matches!(ending, "htm" | "html" | "shtml" | "jsp" | "php" | "asp" | "aspx")
    })
}

/// A path as a browser asks for it: what is no plain letter stands in percents.
fn asked(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'!'..=b'~' if !b"\"<>\\^`{|}".contains(&byte) => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_as_visitors_ask_for_it_or_refused() {
        for (text, host, path) in [
            ("https://WWW.X.gov.cn:443/zwgk/a.htm#b", "www.x.gov.cn", "/zwgk/a.htm"),
            ("http://x.cn", "x.cn", "/"),
            ("http://x.cn/c.jsp?id=1&b=2", "x.cn", "/c.jsp?id=1&b=2"),
            ("http://x.cn/政策/一.htm", "x.cn", "/%E6%94%BF%E7%AD%96/%E4%B8%80.htm"),
        ] {
            let read = OldAddress::read(text).expect(text);
            assert_eq!((read.host.as_str(), read.path.as_str()), (host, path), "{text}");
        }
        for text in [
            "",
            "a.htm",
            "ftp://x.cn/",
            "javascript:alert(1)",
            "http://",
            "http://a b/c",
            "http://u:p@x.cn/",
            "http://x.cn/../etc/passwd",
            "http://x.cn/a/%2e%2E/b",
        ] {
            assert!(OldAddress::read(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_link_is_followed_from_where_it_stands() {
        let page = OldAddress::read("https://x.cn/a/b/c.htm").expect("an address");
        for (link, path) in [
            ("./P1.pdf", Some("/a/b/P1.pdf")),
            ("P1.pdf", Some("/a/b/P1.pdf")),
            ("../d/P1.pdf?v=1#x", Some("/a/d/P1.pdf?v=1")),
            ("/d.pdf", Some("/d.pdf")),
            ("//y.cn/d.pdf", Some("/d.pdf")),
            ("../../../../d.pdf", Some("/d.pdf")),
            ("mailto:a@b.cn", None),
            ("#x", None),
        ] {
            let found = page.joined(link).map(|found| found.path);
            assert_eq!(found.as_deref(), path, "{link}");
        }
    }
}
