//! A visitor without a name follows every kind of link on every kind of site of the demo city and
//! finds nothing of what is for 特定群体, while the matter itself is shown.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::io::{Cursor, Read};
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Method, Request, StatusCode, header};
use identity::Level;
use store::testing::Folder;
use store::{FromQueryResult, Statements};
use tower::ServiceExt;
use web::{House, Site};

use crate::opening::Opened;
use crate::work;

/// What stands in the title, the text, the attachment or its name, and nowhere else in the demo.
const CANARIES: [&str; 4] = ["紫云英", "演示户一", "现状调查登记", "户名、面积全部虚构"];

/// The domain whose matter is for a group.
const DOMAIN: &str = "nongcunjititudizhengshou";

/// Where the document belongs: the town, its district, the city.
const PLACES: [&str; 3] = ["新圩镇", "翔安区", "厦门市"];

/// How many addresses of one kind are opened on each level of site.
const OF_A_KIND: usize = 1;

/// How many on the three sites concerned.
const OF_A_KIND_THERE: usize = 2;

#[tokio::test]
async fn a_visitor_finds_no_dead_link_and_no_byte_of_what_is_for_a_group_and_learns_that_it_exists()
{
    let folder = Folder::new("anonymous");
    let place = super::city::copied_to(folder.path()).await;
    let opened = place.open(true).await.map_err(|failure| failure.to_string());
    let Opened { house, routes, .. } = opened.expect("opens");
    work::rebuild_index_if_needed(&house).await.expect("an index");
    while work::round(&house).await.expect("works") > 0 {}
    let house = Arc::new(house);
    let hidden = hidden(&house).await;
    let open = routes.iter().filter(|route| route.method == Method::GET);
    let open = open.filter(|route| !route.admission.is_of_workbench());
    let plain: Vec<&str> =
        open.map(|route| route.path).filter(|path| !path.contains('{')).collect();
    let mut crawl = Crawl::of(web::portal(&house, routes), &house, &plain, hidden.clone());
    let began = std::time::Instant::now();
    crawl.follow().await;
    let kinds: BTreeSet<&str> = crawl.visited.keys().map(|(_, kind)| kind.as_str()).collect();
    eprintln!("{} 个地址, {} 类, 用时 {:?}", crawl.opened, kinds.len(), began.elapsed());
    assert_eq!(crawl.faults, Vec::<String>::new());
    assert!(crawl.opened > 800 && kinds.len() > 40, "{} {kinds:?}", crawl.opened);
    assert!(crawl.exports > 20, "exports were opened: {}", crawl.exports);
    for place in PLACES {
        let site = site_of(&house, place);
        for ending in ["", ".json", ".docx", ".pdf", "/fujian/1"] {
            let address = site.link(&format!("/wenjian/{hidden}{ending}"));
            assert_eq!(crawl.get(&address).await.0, StatusCode::NOT_FOUND, "{address}");
        }
        let page = crawl.matter(&site).await;
        for words in ["这个事项不直接在网上公开", "拟征收土地所在地的村集体成员", "村公示栏"]
        {
            assert!(page.contains(words), "{place}: {words}");
        }
    }
    drop(folder);
}

/// The key of the one document that is for a group.
async fn hidden(house: &House) -> String {
    #[derive(FromQueryResult)]
    struct Key {
        id: String,
    }
    let sql = "SELECT id FROM record WHERE reach = 'group'";
    let mut keys: Vec<Key> = house.store().all(sql, vec![]).await.expect("asks");
    assert_eq!(keys.len(), 1, "the demo has one");
    keys.remove(0).id
}

fn site_of(house: &House, place: &str) -> Arc<Site> {
    let directory = house.directory();
    let found = directory.all().iter().find(|site| site.place == place).cloned();
    found.unwrap_or_else(|| panic!("{place} has a site"))
}

/// Where a walk begins on a site: its home page and its maps first, then every address without a
/// key, its forms as data, the canaries as questions, and the table of the domain in every form.
fn starts(plain: &[&str]) -> Vec<String> {
    let mut starts: Vec<String> =
        ["/", "/sitemap.xml", "/sitemap-pages.xml"].map(str::to_owned).to_vec();
    for path in plain {
        starts.push((*path).to_owned());
        starts.extend(["csv", "json"].map(|form| format!("{path}?format={form}")));
    }
    for word in CANARIES {
        starts.extend(["/sousuo", "/wenjian"].map(|path| format!("{path}?q={}", encoded(word))));
    }
    for ending in ["", ".csv", ".json", ".xlsx", ".docx"] {
        starts.push(format!("/mulu/{DOMAIN}{ending}"));
    }
    starts
}

/// A walk through the portal, so many addresses of each kind on each level of site.
struct Crawl {
    portal: Router,
    /// The sites' heads of addresses, longest first, with their levels and whether the document
    /// belongs there.
    sites: Vec<(String, Level, bool)>,
    hidden: String,
    starts: BTreeSet<String>,
    /// What is still to be opened, each with the page that leads there.
    waiting: VecDeque<(String, String)>,
    seen: BTreeSet<String>,
    /// How many were opened, by the site they belong to or its level, and by their kind.
    visited: BTreeMap<(String, String), usize>,
    opened: usize,
    exports: usize,
    faults: Vec<String>,
}

impl Crawl {
    fn of(portal: Router, house: &House, plain: &[&str], hidden: String) -> Self {
        let directory = house.directory();
        let mut sites: Vec<(String, Level, bool)> = Vec::new();
        let mut waiting: VecDeque<(String, String)> = VecDeque::new();
        for site in directory.all().iter() {
            let concerned = PLACES.contains(&site.place.as_str());
            sites.push((site.base().to_owned(), site.level, concerned));
            let first = starts(plain);
            let few = if concerned { first.len() } else { 3 };
            waiting.extend(first.iter().take(few).map(|path| (site.link(path), String::new())));
        }
        sites.sort_by_key(|(base, ..)| std::cmp::Reverse(base.len()));
        Self {
            portal,
            sites,
            hidden,
            starts: waiting.iter().map(|(address, _)| address.clone()).collect(),
            seen: waiting.iter().map(|(address, _)| address.clone()).collect(),
            waiting,
            visited: BTreeMap::new(),
            opened: 0,
            exports: 0,
            faults: Vec::new(),
        }
    }

    async fn follow(&mut self) {
        while let Some((address, from)) = self.waiting.pop_front() {
            if !self.admits(&address) {
                continue;
            }
            let (status, found) = self.get(&address).await;
            self.opened += 1;
            let dead = status == StatusCode::NOT_FOUND && !self.starts.contains(&address);
            if status.is_server_error() || dead {
                self.faults.push(format!("{address}: {status}, from {from}"));
            }
            for text in texts(&address, found, &mut self.exports) {
                self.look(&address, &text);
                let fresh: Vec<String> =
                    links(&text).filter(|link| !self.seen.contains(link)).collect();
                self.seen.extend(fresh.iter().cloned());
                self.waiting.extend(fresh.into_iter().map(|link| (link, address.clone())));
            }
        }
    }

    /// Whether another address of this kind is to be opened.
    fn admits(&mut self, address: &str) -> bool {
        let found = self.sites.iter().find(|(base, ..)| {
            let rest = address.strip_prefix(base.as_str());
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?', '.']))
        });
        let Some((base, level, concerned)) = found.cloned() else { return false };
        let kind = kind(address.strip_prefix(base.as_str()).unwrap_or(address));
        if path_of(address).ends_with(".pdf") {
            return false; // set by a child of the program, which a test is not
        }
        let own = path_of(address).contains(DOMAIN) || self.starts.contains(address);
        let (place, most) = match concerned {
            true if own => (base, usize::MAX),
            true => (base, OF_A_KIND_THERE),
            false => (level.word().to_owned(), OF_A_KIND),
        };
        let visited = self.visited.entry((place, kind)).or_default();
        *visited += 1;
        *visited <= most
    }

    async fn get(&self, address: &str) -> (StatusCode, Vec<u8>) {
        let request = Request::builder().uri(address).header(header::HOST, "localhost");
        let request = request.body(Body::empty()).expect("an address");
        let answer = self.portal.clone().oneshot(request).await.expect("an answer");
        let status = answer.status();
        let headers = format!("{:?}\n", answer.headers());
        let body = to_bytes(answer.into_body(), 64 << 20).await.expect("a body");
        let is_text = !is_archive(address);
        let headers = if is_text { headers.into_bytes() } else { Vec::new() };
        (status, [headers, body.to_vec()].concat())
    }

    /// Notes every canary in what was found, but for the words that were asked with.
    fn look(&mut self, address: &str, text: &str) {
        let asked = |word: &str| address.contains(&encoded(word));
        let mut words: Vec<&str> = CANARIES.into_iter().filter(|word| !asked(word)).collect();
        words.push(&self.hidden);
        let bytes: usize = words.iter().map(|word| text.matches(word).count() * word.len()).sum();
        if bytes > 0 {
            self.faults.push(format!("{address}: {bytes} bytes of what is for a group"));
        }
    }

    /// The page of the matter on a site.
    async fn matter(&self, site: &Site) -> String {
        let (_, table) = self.get(&site.link(&format!("/mulu/{DOMAIN}"))).await;
        let table = String::from_utf8_lossy(&table).into_owned();
        for link in links(&table).filter(|link| link.contains(&format!("/mulu/{DOMAIN}/"))) {
            let (_, page) = self.get(&link).await;
            let page = String::from_utf8_lossy(&page).into_owned();
            if page.contains("<h1>拟征收土地现状调查</h1>") && page.contains("不直接在网上公开")
            {
                return page;
            }
        }
        panic!("{} shows the matter", site.place);
    }
}

/// The kind of an address: what is a key becomes *, of a query only the names stay, and of a long
/// one not even these.
fn kind(path: &str) -> String {
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let mut before = "";
    let mut parts = Vec::new();
    for part in path.split('/') {
        let (name, ending) = part.split_once('.').unwrap_or((part, ""));
        let key = name.bytes().any(|byte| byte.is_ascii_digit()) || before == "mulu";
        parts.push(match (key, ending) {
            (true, "") => "*".to_owned(),
            (true, ending) => format!("*.{ending}"),
            (false, _) => part.to_owned(),
        });
        before = name;
    }
    let names: BTreeSet<&str> =
        query.split('&').filter_map(|pair| pair.split('=').next()).collect();
    let names = match names.len() {
        0..=2 => names.into_iter().collect::<Vec<_>>().join("&"),
        _ => "many".to_owned(),
    };
    let format = query.split('&').find(|pair| pair.starts_with("format=")).unwrap_or("");
    format!("{}?{names}{format}", parts.join("/"))
}

fn path_of(address: &str) -> &str {
    address.split('?').next().unwrap_or(address)
}

fn is_archive(address: &str) -> bool {
    [".xlsx", ".docx", ".zip"].iter().any(|ending| path_of(address).ends_with(ending))
}

/// What is to be read in an answer: the text itself, or every file of an archive.
fn texts(address: &str, found: Vec<u8>, exports: &mut usize) -> Vec<String> {
    if !is_archive(address) {
        *exports += usize::from([".csv", ".json"].iter().any(|ending| address.contains(ending)));
        return vec![String::from_utf8_lossy(&found).into_owned()];
    }
    *exports += 1;
    let Ok(mut archive) = zip::ZipArchive::new(Cursor::new(found)) else { return vec![] };
    (0..archive.len())
        .filter_map(|at| {
            let mut bytes = Vec::new();
            archive.by_index(at).ok()?.read_to_end(&mut bytes).ok()?;
            Some(String::from_utf8_lossy(&bytes).into_owned())
        })
        .collect()
}

/// The addresses of this house that a text names: in attributes, and in the elements of maps and
/// feeds.
fn links(text: &str) -> impl Iterator<Item = String> + '_ {
    let quoted = ["href=\"", "src=\"", "action=\""]
        .into_iter()
        .flat_map(|before| text.split(before).skip(1).filter_map(|rest| rest.split('"').next()));
    let elements = ["<loc>", "<id>"]
        .into_iter()
        .flat_map(|before| text.split(before).skip(1).filter_map(|rest| rest.split('<').next()));
    quoted.chain(elements).filter_map(|link| {
        let link = link.replace("&amp;", "&").replace("&#38;", "&");
        let link = link.split('#').next().unwrap_or_default();
        let local = link.strip_prefix("http://localhost").unwrap_or(link);
        (local.starts_with('/') && !local.starts_with("//")).then(|| local.to_owned())
    })
}

fn encoded(word: &str) -> String {
    word.bytes().map(|byte| format!("%{byte:02X}")).collect()
}
