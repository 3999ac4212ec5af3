//! A folder of pages as a mirroring program leaves them: wget keeps hosts and paths as names, HTTrack writes
//! into each page where it came from. Nothing outside of the folder is ever read, wherever a name leads.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Read;
use std::path::{Component, Path, PathBuf};

use documents::reading::site::{self, LARGEST_PAGE, is_page};

use super::{BadSource, Found, Old, OldAddress, OldFile, Skipped, page, sitemap, words};

/// A folder with what lies in it.
#[derive(Debug)]
pub struct Crawl {
    root: PathBuf,
    /// Each file below the root with the address its name tells.
    files: BTreeMap<String, Option<OldAddress>>,
    by_address: BTreeMap<OldAddress, String>,
    /// What is neither file nor folder.
    odd: Vec<String>,
}

/// The most files of one folder: a decision of ours; a larger one comes in parts.
const MOST_FILES: usize = 500_000;

/// The largest attachment that is taken, in bytes.
const LARGEST_FILE: u64 = 50 << 20;

/// Endings of files that pages offer as attachments.
const ATTACHED: [&str; 20] = [
    "pdf", "ofd", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "wps", "et", "csv", "txt", "rtf",
    "zip", "rar", "7z", "jpg", "jpeg", "png", "gif",
];

impl Crawl {
    /// Looks through a folder. Files lie below a folder named like their host, unless `host` says whose
    /// they all are.
    ///
    /// # Errors
    /// It cannot be read, holds too much, or no host can be told.
    pub fn open(root: &Path, host: Option<&str>) -> Result<Self, BadSource> {
        let shown = root.display();
        let unread = |_| BadSource(format!("读不出文件夹 {shown}"), "请核对路径和读取权限".into());
        let root = fs::canonicalize(root).map_err(unread)?;
        let (names, odd) = names_below(&root).map_err(unread)?;
        if names.len() > MOST_FILES {
            let message = format!("{shown} 里有 {} 个文件，超过 {MOST_FILES} 个", names.len());
            return Err(BadSource(message, "按栏目分成几个文件夹导入".into()));
        }
        let own = root.file_name().map(|name| name.to_string_lossy().into_owned());
        let own = own.filter(|name| like_host(name));
        let mut crawl = Self { root, files: BTreeMap::new(), by_address: BTreeMap::new(), odd };
        for name in names {
            let told = as_asked(&name);
            let address = match (host, told.split_once('/')) {
                (Some(host), Some((first, path))) if first == host => OldAddress::at(host, path),
                (Some(host), _) => OldAddress::at(host, told),
                (None, Some((first, path))) if like_host(first) => OldAddress::at(first, path),
                (None, _) => own.as_deref().and_then(|host| OldAddress::at(host, told)),
            };
            if let Some(address) = &address {
                crawl.by_address.insert(address.clone(), name.clone());
            }
            crawl.files.insert(name, address);
        }
        Ok(crawl)
    }

    /// Every document of the folder.
    pub fn documents(&self) -> Found {
        let mut found = Found::default();
        let (mut used, mut keys) = (BTreeSet::new(), BTreeMap::new());
        let mut rest = vec![];
        for odd in &self.odd {
            let why = "不是普通文件（链接等），不读取".to_owned();
            found.skipped.push(Skipped { place: odd.clone(), why, fault: true });
        }
        for (name, address) in &self.files {
            match self.page_bytes(name) {
                Ok(Some(bytes)) => {
                    let read = self.document(name, &bytes, address.as_ref(), "");
                    self.keep(name, read, &mut found, &mut used, &mut keys);
                }
                Ok(None) => rest.push(name),
                Err(why) => {
                    found.skipped.push(Skipped { place: name.clone(), why, fault: true });
                }
            }
        }
        let unused = rest.into_iter().filter(|name| !used.contains(*name)).count();
        if unused > 0 {
            found.notes.push(format!("{unused} 个不是网页的文件没有被任何文件页引用，没有取入"));
        }
        found
    }

    /// The documents a site map names.
    ///
    /// # Errors
    /// The site map is none.
    pub fn mapped(&self, bytes: &[u8], map: &str) -> Result<Found, BadSource> {
        let mut read = sitemap::read(bytes, map)?;
        let mut found = Found::default();
        for other in std::mem::take(&mut read.others) {
            let name = other.rsplit('/').next().unwrap_or_default();
            match self.files.contains_key(name).then(|| fs::read(self.root.join(name))) {
                Some(Ok(bytes)) => read.pages.extend(sitemap::read(&bytes, name)?.pages),
                _ => {
                    let why = "网站地图提到的另一份地图不在文件夹里".to_owned();
                    found.skipped.push(Skipped { place: other, why, fault: true });
                }
            }
        }
        let (mut used, mut keys) = (BTreeSet::new(), BTreeMap::new());
        for (loc, changed) in read.pages {
            let mut skip = |why: String| {
                found.skipped.push(Skipped { place: loc.clone(), why, fault: true });
            };
            let address = match OldAddress::read(&loc) {
                Ok(address) => address,
                Err(why) => {
                    skip(why);
                    continue;
                }
            };
            let Some(name) = self.lying(&address) else {
                skip("文件夹里没有这一页".into());
                continue;
            };
            match self.page_bytes(name) {
                Ok(Some(bytes)) => {
                    let read = self.document(name, &bytes, Some(&address), &changed);
                    self.keep(&loc, read, &mut found, &mut used, &mut keys);
                }
                Ok(None) => {
                    let why = "不是网页，作为附件由引用它的文件页带入".to_owned();
                    found.skipped.push(Skipped { place: loc, why, fault: false });
                }
                Err(why) => skip(why),
            }
        }
        Ok(found)
    }

    /// An attachment that a table names, below the folder.
    ///
    /// # Errors
    /// It leads out of the folder, or is not there.
    pub fn attachment(&self, named: &str) -> Result<OldFile, String> {
        let steps = Path::new(named).components();
        let plain = steps.into_iter().all(|step| matches!(step, Component::Normal(_)));
        if !plain || named.contains('\\') {
            return Err(format!("附件“{named}”指到文件夹外面去了，没有取入"));
        }
        match self.files.contains_key(named) {
            true => Ok(self.file(named, "", None)),
            false => Err(format!("附件“{named}”不在文件夹里")),
        }
    }

    fn keep(
        &self,
        place: &str,
        read: Result<Old, Skipped>,
        found: &mut Found,
        used: &mut BTreeSet<String>,
        keys: &mut BTreeMap<String, String>,
    ) {
        match read {
            Ok(old) => {
                let below = |file: &OldFile| {
                    let own = file.path.strip_prefix(&self.root).ok()?;
                    Some(own.to_string_lossy().into_owned())
                };
                used.extend(old.files.iter().filter_map(below));
                if let Some(first) = keys.get(&old.key) {
                    let why = format!("与 {first} 是同一个网址，只取第一次");
                    found.skipped.push(Skipped { place: place.to_owned(), why, fault: true });
                    return;
                }
                keys.insert(old.key.clone(), place.to_owned());
                found.old.push(Old { place: place.to_owned(), ..old });
            }
            Err(skipped) => found.skipped.push(skipped),
        }
    }

    fn document(
        &self,
        name: &str,
        bytes: &[u8],
        address: Option<&OldAddress>,
        changed: &str,
    ) -> Result<Old, Skipped> {
        let skipped = |why: String, fault| Skipped { place: name.to_owned(), why, fault };
        let taken = site::page(bytes).map_err(|bad| skipped(bad.to_string(), true))?;
        let mirrored = taken.mirrored_from.as_deref().map(|from| format!("http://{from}"));
        let mirrored = mirrored.and_then(|from| OldAddress::read(&from).ok());
        let Some(address) = mirrored.as_ref().or(address) else {
            let why = "不知道原来的网址；请用 --host 写明这个文件夹是哪个域名的".to_owned();
            return Err(skipped(why, true));
        };
        let read = page::read(taken, address, changed).map_err(|why| skipped(why, false))?;
        let mut old = read.old;
        for (link, said) in read.links {
            self.attach(&mut old, name, address, &link, &said);
        }
        Ok(old)
    }

    /// Adds the file a link leads to, where it is one to be taken along.
    fn attach(&self, old: &mut Old, page: &str, from: &OldAddress, link: &str, said: &str) {
        let bare = link.split(['?', '#']).next().unwrap_or_default();
        let ending = bare.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
        if !ending.is_some_and(|ending| ATTACHED.contains(&ending.as_str())) {
            return;
        }
        let address = from.joined(link);
        let name = address.as_ref().and_then(|address| self.lying(address));
        let name = name.or_else(|| self.beside(page, bare));
        match (name, address) {
            (Some(name), address) => {
                let file = self.file(name, said, address);
                if old.files.iter().all(|one| one.path != file.path) {
                    old.files.push(file);
                }
            }
            (None, Some(address)) if address.host == from.host => {
                old.doubts.push(format!("附件“{bare}”不在文件夹里，请找回后补上"));
            }
            (None, _) => old.notes.push(format!("链接“{bare}”指到别的网站，没有取入")),
        }
    }

    fn file(&self, name: &str, said: &str, address: Option<OldAddress>) -> OldFile {
        let last = name.rsplit('/').next().unwrap_or(name);
        let ending = last.rsplit_once('.').map(|(_, ending)| format!(".{ending}"));
        let ending = ending.unwrap_or_default();
        let said = said.trim();
        let shown = match said.is_empty() {
            true => last.to_owned(),
            false if said.to_lowercase().ends_with(&ending.to_lowercase()) => said.to_owned(),
            false => format!("{said}{ending}"),
        };
        OldFile { name: words::file_name(&shown), path: self.root.join(name), address }
    }

    /// The file that holds what stood at an address.
    fn lying(&self, address: &OldAddress) -> Option<&str> {
        let known = |path: String| {
            let address = OldAddress { host: address.host.clone(), path };
            self.by_address.get(&address).map(String::as_str)
        };
        let path = &address.path;
        let bare = path.trim_end_matches('/');
        let names = ["index.html", "index.htm", "index.shtml"];
        known(path.clone())
            .or_else(|| known(path.replace('?', "%3F")))
            .or_else(|| known(format!("{path}.html")))
            .or_else(|| names.iter().find_map(|name| known(format!("{bare}/{name}"))))
    }

    /// The file a relative link leads to beside the page, as HTTrack rewrites links.
    fn beside(&self, page: &str, link: &str) -> Option<&str> {
        let mut path: Vec<&str> =
            page.rsplit_once('/').map_or(vec![], |(f, _)| f.split('/').collect());
        for step in link.split('/') {
            match step {
                "." | "" => {}
                ".." => {
                    path.pop()?;
                }
                step => path.push(step),
            }
        }
        self.files.get_key_value(&path.join("/")).map(|(name, _)| name.as_str())
    }

    /// The bytes of a file that is a page; `None` where it is something else.
    fn page_bytes(&self, name: &str) -> Result<Option<Vec<u8>>, String> {
        let path = self.root.join(name);
        let unread = |_| "读不出，请核对权限".to_owned();
        let size = fs::metadata(&path).map_err(unread)?.len();
        let mut file = fs::File::open(&path).map_err(unread)?;
        let mut bytes = vec![];
        file.by_ref().take(2_048).read_to_end(&mut bytes).map_err(unread)?;
        if !is_page(&bytes) {
            return Ok(None);
        }
        if size > LARGEST_PAGE {
            return Err(format!("网页有 {} MB，超过 {} MB", size >> 20, LARGEST_PAGE >> 20));
        }
        file.read_to_end(&mut bytes).map_err(unread)?;
        Ok(Some(bytes))
    }
}

/// The bytes of an attachment.
///
/// # Errors
/// It is too large or cannot be read; says so.
pub fn bytes_of(file: &OldFile) -> Result<Vec<u8>, String> {
    let unread = |_| format!("附件“{}”读不出", file.name);
    let size = fs::symlink_metadata(&file.path).map_err(unread)?.len();
    if size > LARGEST_FILE {
        let (own, most) = (size >> 20, LARGEST_FILE >> 20);
        return Err(format!("附件“{}”有 {own} MB，超过 {most} MB", file.name));
    }
    fs::read(&file.path).map_err(unread)
}

/// A name without the ending that wget adds where a page's address had a query (`a.jsp?id=1.html`).
fn as_asked(name: &str) -> &str {
    match name.split_once('?') {
        Some((page, query)) if !page.ends_with(".html") && query.ends_with(".html") => {
            name.strip_suffix(".html").unwrap_or(name)
        }
        _ => name,
    }
}

/// Whether a folder is named as a host would be.
fn like_host(name: &str) -> bool {
    let name = name.split(':').next().unwrap_or(name);
    let letter = |byte: u8| byte.is_ascii_alphanumeric() || b".-".contains(&byte);
    name.contains('.') && !name.starts_with('.') && name.bytes().all(letter)
}

/// The files below a folder, with `/`, and what is neither file nor folder; links are never followed.
fn names_below(root: &Path) -> std::io::Result<(Vec<String>, Vec<String>)> {
    let (mut files, mut odd, mut folders) = (vec![], vec![], vec![String::new()]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(root.join(&folder))? {
            let entry = entry?;
            let name = entry.file_name();
            let shown = name.to_string_lossy();
            let own = match folder.as_str() {
                "" => shown.clone().into_owned(),
                _ => format!("{folder}/{shown}"),
            };
            let kind = entry.file_type()?;
            match name.to_str() {
                Some(_) if kind.is_dir() => folders.push(own),
                Some(_) if kind.is_file() => files.push(own),
                _ => odd.push(own),
            }
        }
    }
    Ok((files, odd))
}
