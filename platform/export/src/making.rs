//! What becomes of one address: asked for, rewritten, and begun as a file where it says something new.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use axum::Router;
use axum::http::StatusCode;
use sha2::{Digest, Sha256};
use web::address::encoded;
use web::{Fault, House};

use crate::address::{ending, file_of, safe_name, still};
use crate::asking::{Answer, Long, ask};
use crate::drawn::calm::CalmPage;
use crate::drawn::index;
use crate::drawn::moved::MovedPage;
use crate::folder::Folder;
use crate::leading::Leading;
use crate::list::{Kind, List, Listed, Step};
use crate::rewriting::{Instead, Rewritten, Wanted, rewrite, unnamed_pictures};
use crate::{CALM, ExportFault, INDEX};

/// How often is asked for what is still being made, and how long is waited between.
const PATIENCE: u32 = 60;
const BETWEEN: Duration = Duration::from_secs(1);

/// What is costly to make or to read whole, by its ending: what is set on paper, sound and films.
const COSTLY: [&str; 9] = ["pdf", "docx", "mp3", "aac", "m4a", "ogg", "wav", "mp4", "webm"];

/// So many pages of the index are drawn before they are written.
const TOGETHER: usize = 20;

/// What is needed for it.
pub(crate) struct Maker {
    pub house: Arc<House>,
    pub portal: Router,
    pub folder: Arc<Folder>,
    pub list: List,
    pub leading: Leading,
    pub round: i64,
    /// How many addresses were asked for so far.
    pub asked: Arc<AtomicU64>,
    /// The version of the program, whose typesetting a PDF shows.
    pub version: String,
}

/// What became of an address.
pub(crate) struct Made {
    /// As it was listed before.
    pub before: Listed,
    /// As it is listed now.
    pub step: Step,
    /// Files that were begun, each with its place.
    pub begun: Vec<(PathBuf, String)>,
    /// The further pages of an index, each with its file and what is in it.
    pub further: Vec<(Wanted, String, String)>,
}

/// What a file will hold.
struct Content {
    file: String,
    bytes: Vec<u8>,
    /// Stands instead of the bytes where there are many.
    long: Option<Long>,
    /// The page that leads to the file, where a plain server needs one.
    aside: Option<(String, String)>,
    core: String,
    basis: String,
    links: Vec<Wanted>,
    own_links: Vec<String>,
}

impl Content {
    fn of(file: String, bytes: Vec<u8>) -> Self {
        let none = String::new;
        let (links, own_links) = (vec![], vec![]);
        let (long, aside) = (None, None);
        Self { file, bytes, long, aside, core: none(), basis: none(), links, own_links }
    }

    /// A file as the program gave it.
    fn given(file: String, answer: Answer) -> Self {
        Self { long: answer.long, ..Self::of(file, answer.body) }
    }
}

/// SHA-256 in hexadecimal.
pub(crate) fn hash(bytes: &[u8]) -> String {
    ledger::hex(&Sha256::digest(bytes))
}

impl Maker {
    /// Asks for an address and begins what has to be written.
    ///
    /// # Errors
    /// The disk or the list refuses. A page that fails inside is no error here: what was there stays.
    pub(crate) async fn make(&self, before: Listed) -> Result<Made, ExportFault> {
        self.asked.fetch_add(1, Ordering::Relaxed);
        if let Some(basis) = self.same_as_before(&before).await? {
            let step = Step { basis, ..self.step(&before, before.status) };
            return Ok(Made { step, before, begun: vec![], further: vec![] });
        }
        let made = match before.kind {
            Kind::Index => return self.index(before).await,
            Kind::Online => self.calm(&before),
            Kind::Former => self.former(&before),
            Kind::Missing => self.missing(&before).await,
            _ => self.page(&before).await,
        };
        match made {
            Ok((status, content)) => self.begin(before, status, content).await,
            Err(fault) => Ok(self.failed(before, &fault)),
        }
    }

    /// What is listed of an address that stays as it is.
    fn step(&self, listed: &Listed, status: i64) -> Step {
        Step {
            id: listed.id,
            file: listed.file.clone(),
            aside: listed.aside.clone(),
            hash: listed.hash.clone(),
            core: String::new(),
            basis: listed.basis.clone(),
            status,
            spreads: false,
            turned: false,
            failed: false,
            links: vec![],
            own_links: vec![],
        }
    }

    fn failed(&self, before: Listed, fault: &dyn std::error::Error) -> Made {
        tracing::error!(address = before.address, error = %fault, "not copied");
        let step = Step { failed: true, ..self.step(&before, before.status) };
        Made { step, before, begun: vec![], further: vec![] }
    }

    /// Whether something that is costly to make was made with what its page still says: a PDF, a file.
    async fn same_as_before(&self, listed: &Listed) -> Result<Option<String>, ExportFault> {
        // A page below another says more than that one does: that an attachment was read changes its preview alone.
        let is_page = listed.aside.is_empty() && listed.file.ends_with("index.html");
        let costly = !is_page && ending(&listed.address).is_none_or(|one| COSTLY.contains(&one));
        if !listed.late || !costly || listed.address.contains('?') {
            return Ok(None);
        }
        let core = self.list.core_of(&above(&listed.address)).await.map_err(ExportFault::List)?;
        let Some(core) = core else { return Ok(None) };
        let basis = format!("{core} {}", self.version);
        let whole = listed.status == 200 && !listed.hash.is_empty() && !listed.file.is_empty();
        Ok((whole && listed.basis == basis).then_some(basis))
    }

    /// What the program answers.
    async fn page(&self, listed: &Listed) -> Result<(i64, Option<Content>), Fault> {
        let host = self.host(&listed.site);
        let answer = self.finished(&host, listed).await?;
        let status = i64::from(answer.status.as_u16());
        if answer.status.is_server_error() || answer.status == StatusCode::CONFLICT {
            return Err(Fault::Unavailable);
        }
        if answer.status.is_redirection() {
            return Ok((status, self.leading_on(listed, &answer)?));
        }
        let shown = answer.status == StatusCode::OK || answer.is_page();
        if !shown || answer.status == StatusCode::NOT_FOUND {
            return Ok((status, None));
        }
        let mut content = match answer.is_page() {
            // A page stands at the address of a file where that is a page itself.
            true if ending(&still(&listed.address)).is_some_and(|ending| ending != "html") => None,
            true => {
                let gone = answer.status == StatusCode::GONE;
                self.rewritten(listed, &answer.body, gone).await?
            }
            false => self.bytes(listed, answer)?,
        };
        if let Some(content) = content.as_mut().filter(|_| listed.late) {
            let core = self.list.core_of(&above(&listed.address)).await.map_err(Fault::inside)?;
            content.basis =
                core.map_or_else(String::new, |core| format!("{core} {}", self.version));
        }
        Ok((status, content))
    }

    /// Asks for an address on behalf of what is listed under `id`.
    async fn ask(&self, host: &str, id: i64, address: &str) -> Result<Answer, Fault> {
        let aside = self.folder.aside(&format!("{id}-long"));
        ask(&self.portal, &self.house, (host, address), &aside).await
    }

    /// What the program answers, once it has made it: a long text is set on paper while readers are told to
    /// come again, and a copy does.
    async fn finished(&self, host: &str, listed: &Listed) -> Result<Answer, Fault> {
        let mut left = if listed.late { PATIENCE } else { 0 };
        loop {
            let answer = self.ask(host, listed.id, &listed.address).await?;
            if answer.status != StatusCode::CONFLICT || left == 0 {
                return Ok(answer);
            }
            left -= 1;
            tokio::time::sleep(BETWEEN).await;
        }
    }

    /// The host at which a site is asked: addresses that are written out carry it.
    fn host(&self, base: &str) -> String {
        let site = self.leading.site(base);
        let origin = site.as_ref().and_then(|site| site.frame.origin.as_deref());
        let host = origin.and_then(|origin| origin.split("://").nth(1)).map(str::to_owned);
        host.or_else(|| site.map(|site| site.frame.domain.clone())).unwrap_or_default()
    }

    async fn rewritten(
        &self,
        listed: &Listed,
        body: &[u8],
        gone: bool,
    ) -> Result<Option<Content>, Fault> {
        let Some(file) = file_of(&still(&listed.address), false) else { return Ok(None) };
        let html = String::from_utf8_lossy(body);
        let pictures = self.pictures(listed, &html).await?;
        let page = self.rewrite(listed, &html, &pictures);
        let core = match listed.kind {
            Kind::Single => page.html.get(page.core.0..page.core.1).unwrap_or_default(),
            _ => "",
        };
        let core = if core.is_empty() { String::new() } else { hash(core.as_bytes()) };
        // A page names its own address, and one that is gone also that without what was asked; neither keeps a
        // page to which nothing else leads.
        let plain = listed.address.split('?').next().filter(|_| gone).unwrap_or_default();
        let other = |link: &Wanted| link.address != plain && link.address != listed.address;
        let within: Vec<Wanted> = page.within.into_iter().filter(other).collect();
        let own_links = own_links(listed, &within);
        let links = page.around.into_iter().filter(other).chain(within).collect();
        Ok(Some(Content { core, links, own_links, ..Content::of(file, page.html.into_bytes()) }))
    }

    fn rewrite(
        &self,
        listed: &Listed,
        html: &str,
        pictures: &HashMap<String, String>,
    ) -> Rewritten {
        let site = self.leading.site(&listed.site);
        let link =
            |path: &str| site.as_ref().map_or_else(|| path.to_owned(), |site| site.link(path));
        let (index, calm) = (link(INDEX), link(CALM));
        let lead = |href: &str| {
            let mut found = self.leading.lead(&listed.address, href)?;
            if let Some(named) = pictures.get(href) {
                found.href.clone_from(named);
            }
            Some(found)
        };
        rewrite(html, &lead, &Instead { index: &index, calm: &calm })
    }

    /// Pictures whose address does not say what they are, each with the address of its file.
    async fn pictures(
        &self,
        listed: &Listed,
        html: &str,
    ) -> Result<HashMap<String, String>, Fault> {
        let mut found = HashMap::new();
        for src in unnamed_pictures(html) {
            let Some(lead) = self.leading.lead(&listed.address, &src) else { continue };
            let Some(wanted) = lead.wanted else { continue };
            let host = self.host(&wanted.site);
            let answer = self.ask(&host, listed.id, &wanted.address).await?;
            if answer.status == StatusCode::OK {
                let path = still(&wanted.address);
                found.insert(src, format!("{path}/{}", encoded(&name_of(&answer))));
            }
        }
        Ok(found)
    }

    /// A file as it is; where its address does not say what it is, under its name, with a page that leads there.
    fn bytes(&self, listed: &Listed, answer: Answer) -> Result<Option<Content>, Fault> {
        let path = still(&listed.address);
        let exact = listed.kind == Kind::Exact;
        let Some(file) = file_of(&path, exact) else { return Ok(None) };
        let name = name_of(&answer);
        let named = path.rsplit('/').next() == Some(encoded(&name).as_str());
        if exact || named || ending(&path).is_some() {
            let file = file_of(&path, true).unwrap_or(file);
            return Ok(Some(Content::given(file, answer)));
        }
        let to = format!("{path}/{}", encoded(&name));
        let aside = MovedPage::to_file(&to, &name).html()?;
        let folder = file.strip_suffix("index.html").unwrap_or(&file);
        let named = format!("{folder}{name}");
        Ok(Some(Content { aside: Some((file, aside)), ..Content::given(named, answer) }))
    }

    /// A page that leads to where the program leads.
    fn leading_on(&self, listed: &Listed, answer: &Answer) -> Result<Option<Content>, Fault> {
        let path = still(&listed.address);
        let to = answer.to.as_deref().unwrap_or_default();
        let Some(file) = file_of(&path, false).filter(|_| ending(&path).is_none()) else {
            return Ok(None);
        };
        let (href, wanted) = match self.leading.lead(&listed.address, to) {
            Some(lead) => (lead.href, lead.wanted),
            None if to.starts_with("https://") || to.starts_with("http://") => (to.into(), None),
            None => return Ok(None),
        };
        let html = MovedPage::to_page(&href).html()?;
        let links = wanted.into_iter().collect();
        Ok(Some(Content { links, ..Content::of(file, html.into_bytes()) }))
    }

    fn calm(&self, listed: &Listed) -> Result<(i64, Option<Content>), Fault> {
        let site = self.leading.site(&listed.site).ok_or(Fault::NotFound)?;
        let below = listed.address.strip_prefix(site.base()).unwrap_or(&listed.address);
        let html = CalmPage::of(&site, below).html()?;
        // A file that only the program can make has no page in its place.
        let file = file_of(&listed.address, false).filter(|_| ending(&listed.address).is_none());
        Ok(self.own_page(listed, file, &html))
    }

    fn former(&self, listed: &Listed) -> Result<(i64, Option<Content>), Fault> {
        let html = MovedPage::to_page(&listed.basis).html()?;
        let page = ending(&listed.address).is_none_or(|ending| {
            ["html", "htm", "shtml", "shtm"].iter().any(|page| ending.eq_ignore_ascii_case(page))
        });
        let file = file_of(&listed.address, false).filter(|_| page);
        let links: Vec<Wanted> = self.leading.wanted(&listed.basis).into_iter().collect();
        let content = file.map(|file| Content {
            basis: listed.basis.clone(),
            own_links: links.iter().map(|link| link.address.clone()).collect(),
            links,
            ..Content::of(file, html.into_bytes())
        });
        Ok((200, content))
    }

    async fn missing(&self, listed: &Listed) -> Result<(i64, Option<Content>), Fault> {
        let host = self.host(&listed.site);
        let answer = self.ask(&host, listed.id, &listed.address).await?;
        let html = String::from_utf8_lossy(&answer.body);
        let file = file_of(&listed.address, false);
        let (_, content) = self.own_page(listed, file, &html);
        Ok((404, content))
    }

    /// A page that was drawn here.
    fn own_page(
        &self,
        listed: &Listed,
        file: Option<String>,
        html: &str,
    ) -> (i64, Option<Content>) {
        let page = self.rewrite(listed, html, &HashMap::new());
        let links = page.around.into_iter().chain(page.within).collect();
        let content =
            file.map(|file| Content { links, ..Content::of(file, page.html.into_bytes()) });
        (200, content)
    }

    /// The pages of a part of the index: the first at its own address, the others beside it. Few of them are held
    /// at a time.
    async fn index(&self, before: Listed) -> Result<Made, ExportFault> {
        let Some(site) = self.leading.site(&before.site) else {
            return self.begin(before, 404, None).await;
        };
        let below = before.address.strip_prefix(site.base()).unwrap_or(&before.address).to_owned();
        let mut pages = match index::Pages::of(&self.house, &site, &below).await {
            Ok(pages) => pages,
            Err(Fault::NotFound) => return self.begin(before, 404, None).await,
            Err(fault) => return Ok(self.failed(before, &fault)),
        };
        let mut made: Option<Made> = None;
        loop {
            let some = match pages.some(TOGETHER) {
                Ok(some) => some,
                Err(fault) => return Ok(self.failed(before, &fault)),
            };
            if some.is_empty() {
                break;
            }
            let mut further = Vec::new();
            for (address, html) in some {
                let page = self.rewrite(&before, &html, &HashMap::new());
                let Some(file) = file_of(&address, false) else { continue };
                let mut onward: Vec<Wanted> = page.around.into_iter().chain(page.within).collect();
                // The pages of a part lead to one another and are made together; the beginning leads to the parts.
                let beside = format!("{}/", before.address);
                onward.retain(|link| below == INDEX || !link.address.starts_with(&beside));
                match &mut made {
                    None => {
                        let own = Content::of(file, page.html.into_bytes());
                        let own = Content { links: onward, ..own };
                        made = Some(self.begin(before.clone(), 200, Some(own)).await?);
                    }
                    Some(made) => {
                        made.step.links.append(&mut onward);
                        let site = before.site.clone();
                        let wanted = Wanted { address, site, kind: Kind::Further };
                        further.push((wanted, file, page.html.into_bytes()));
                    }
                }
            }
            if let Some(made) = &mut made {
                self.begin_further(made, further).await?;
            }
        }
        match made {
            Some(made) => Ok(made),
            None => self.begin(before, 200, None).await,
        }
    }

    async fn begin_further(
        &self,
        made: &mut Made,
        pages: Vec<(Wanted, String, Vec<u8>)>,
    ) -> Result<(), ExportFault> {
        let addresses = pages.iter().map(|(wanted, _, _)| wanted.address.as_str());
        let known = self.list.hashes(addresses.collect()).await.map_err(ExportFault::List)?;
        let mut changed = Vec::new();
        for (wanted, file, bytes) in pages {
            let hash = hash(&bytes);
            if known.get(&wanted.address) != Some(&hash) {
                let name = format!("{}-{}", made.before.id, made.further.len());
                let begun = self.folder.begin(&name, &bytes)?;
                made.begun.push((begun, file.clone()));
                changed.push(wanted.clone());
            }
            made.further.push((wanted, file, hash));
        }
        self.list.begin_further(&changed, self.round).await.map_err(ExportFault::List)
    }

    /// Begins the files of an address where they are not what is listed.
    async fn begin(
        &self,
        before: Listed,
        status: i64,
        content: Option<Content>,
    ) -> Result<Made, ExportFault> {
        let mut step = self.step(&before, status);
        step.spreads = before.spreads;
        let Some(mut content) = content else {
            let step =
                Step { file: String::new(), aside: String::new(), hash: String::new(), ..step };
            return Ok(Made { before, step, begun: vec![], further: vec![] });
        };
        let long = content.long.take();
        let told = long.as_ref().map_or_else(|| hash(&content.bytes), |long| long.hash.clone());
        let aside = content.aside.as_ref().map_or("", |(file, _)| file.as_str());
        let same = told == before.hash && content.file == before.file && aside == before.aside;
        let mut begun = Vec::new();
        if same {
            long.map_or(Ok(()), |long| self.folder.forget(&long.path))?;
        } else {
            let name = before.id.to_string();
            let whole = match long {
                Some(long) => long.path,
                None => self.folder.begin(&name, &content.bytes)?,
            };
            begun.push((whole, content.file.clone()));
            if let Some((file, html)) = &content.aside {
                let page = self.folder.begin(&format!("{name}-page"), html.as_bytes())?;
                begun.push((page, file.clone()));
            }
        }
        step.aside = aside.to_owned();
        step.turned = !before.core.is_empty() && before.core != content.core;
        let step = Step {
            file: content.file,
            hash: told,
            core: content.core,
            basis: content.basis,
            links: content.links,
            own_links: content.own_links,
            ..step
        };
        Ok(Made { before, step, begun, further: vec![] })
    }
}

/// The pages with which something may have been made, the nearest first.
fn above(address: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = address;
    if let Some(ending) = ending(address) {
        rest = rest.strip_suffix(&format!(".{ending}")).unwrap_or(rest);
        found.push(rest.to_owned());
    }
    while let Some((before, _)) = rest.rsplit_once('/').filter(|(before, _)| !before.is_empty()) {
        found.push(before.to_owned());
        rest = before;
    }
    found.truncate(3);
    found
}

/// What is noted of a page's links: for a single thing all but what belongs to it, otherwise what leads to
/// another site.
fn own_links(listed: &Listed, within: &[Wanted]) -> Vec<String> {
    let belongs = |address: &str| {
        address.strip_prefix(&listed.address).is_some_and(|rest| rest.starts_with(['.', '/', '?']))
    };
    let noted = |link: &&Wanted| match listed.kind {
        Kind::Single => !belongs(&link.address),
        _ => link.site != listed.site,
    };
    let mut found: Vec<String> =
        within.iter().filter(noted).map(|link| link.address.clone()).collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// The name of a file from outside, or one that says what it is.
fn name_of(answer: &Answer) -> String {
    if let Some(name) = &answer.name {
        return safe_name(name);
    }
    let kind = answer.kind.split(';').next().unwrap_or_default().trim();
    let ending = match kind {
        "image/svg+xml" => "svg",
        "image/jpeg" => "jpg",
        "application/json" | "application/problem+json" => "json",
        "application/pdf" => "pdf",
        "text/plain" => "txt",
        "text/csv" => "csv",
        "application/atom+xml" | "application/xml" => "xml",
        other => other.strip_prefix("image/").unwrap_or("bin"),
    };
    format!("neirong.{ending}")
}

#[cfg(test)]
mod tests {
    use super::above;

    #[test]
    fn what_was_made_from_a_page_finds_the_page_again() {
        assert_eq!(above("/wenjian/1.pdf").first().map(String::as_str), Some("/wenjian/1"));
        assert!(above("/siming/wenjian/1/fujian/2").contains(&"/siming/wenjian/1".to_owned()));
    }
}
