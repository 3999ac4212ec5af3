//! `gongkai serve --export` keeps a copy up to date, and one publication writes what changed and no more.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::time::{Duration, Instant};

use super::ground::{Ground, Server, files};

/// How many documents there are before.
const DOCUMENTS: usize = 40;

/// The pages of documents, each with what it says.
fn documents(all: &BTreeMap<String, Vec<u8>>) -> BTreeMap<&str, String> {
    let page = |name: &str| {
        let inner = name.strip_prefix("wenjian/")?.strip_suffix("/index.html")?;
        (!inner.contains('/')).then_some(())
    };
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let found = all.iter().filter(|(name, _)| page(name).is_some());
    found.map(|(name, bytes)| (name.as_str(), text(bytes))).collect()
}

/// The copy when so many documents are in it, set on paper too, which comes last, and nothing has been written for
/// a while.
fn settled(copy: &Path, many: usize) -> BTreeMap<String, Vec<u8>> {
    let (began, mut last, mut since) = (Instant::now(), BTreeMap::new(), Instant::now());
    loop {
        let now = files(copy);
        let papers =
            now.keys().filter(|name| name.starts_with("wenjian/") && name.ends_with(".pdf"));
        let all = documents(&now).len() == many && papers.count() == many;
        if now != last {
            (last, since) = (now, Instant::now());
        } else if all && since.elapsed() > Duration::from_secs(5) {
            return last;
        }
        assert!(began.elapsed() < Duration::from_secs(240), "{} files", last.len());
        std::thread::sleep(Duration::from_millis(500));
    }
}

/// Which file lies under each name: another one after it was written again.
fn numbers(copy: &Path, names: &BTreeMap<String, Vec<u8>>) -> BTreeMap<String, u64> {
    let number = |name: &String| fs::metadata(copy.join(name)).map_or(0, |found| found.ino());
    names.keys().map(|name| (name.clone(), number(name))).collect()
}

#[test]
fn one_publication_is_in_the_kept_copy_soon_and_writes_only_what_changed() {
    let ground = Ground::new("copying-kept").furnished(DOCUMENTS);
    let copy = ground.copy();
    let named = copy.to_string_lossy().into_owned();
    let mut server =
        Server::start(&ground, &["serve", "--listen", "127.0.0.1:0", "--export", &named]);
    server.address();
    let before = settled(&copy, DOCUMENTS);
    let held = numbers(&copy, &before);
    ground.publish("新文件", 1);
    let began = Instant::now();
    let shown = || documents(&files(&copy)).values().any(|page| page.contains("新文件第0件</h1>"));
    while !shown() {
        assert!(began.elapsed() < Duration::from_secs(60), "it is there within seconds");
        std::thread::sleep(Duration::from_millis(200));
    }
    let took = began.elapsed().as_secs_f64();
    let after = settled(&copy, DOCUMENTS + 1);
    let now = numbers(&copy, &after);
    let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let changed: BTreeSet<_> =
        names.iter().filter(|name| before.get(**name) != after.get(**name)).collect();
    let written: BTreeSet<_> = names
        .iter()
        .filter(|name| now.contains_key(**name) && held.get(**name) != now.get(**name))
        .collect();
    println!(
        "there after {took:.1} s; of {} files {} were written, of which {} are new",
        after.len(),
        written.len(),
        after.keys().filter(|name| !before.contains_key(*name)).count()
    );
    let idle: Vec<_> = written.difference(&changed).collect();
    assert!(idle.is_empty(), "what says the same is not written: {idle:?}");
    let (old, new) = (documents(&before), documents(&after));
    let others = old.iter().filter(|(name, page)| new.get(*name) != Some(page)).count();
    assert!(others <= 3, "{others} pages of other documents were written");
    assert!(written.len() * 3 < after.len(), "{written:?}");
}
