//! The index on disk: what is written is seen at once, survives, and is thrown away when it cannot
//! be trusted.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use crate::corpus::{documents, filled, tell};
use search::{Query, Search};

/// A folder of this test alone, removed at the end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path =
            std::env::temp_dir().join(format!("gongkai-search-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        Self(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// A way to spoil an index in its folder.
type Spoil = fn(&Path);

fn fill(search: &Search) {
    let mut batch = search.rebuild().expect("a writer");
    batch.replace(documents()).expect("documents");
    batch.commit().expect("a commit");
}

fn opened(dir: &Path) -> Search {
    Search::open(dir).expect("an index")
}

#[test]
fn an_index_is_kept_from_one_start_to_the_next() {
    let folder = Folder::new("kept");
    let search = opened(&folder.0);
    assert!(search.needs_rebuild() && search.is_empty());
    fill(&search);
    assert!(!search.needs_rebuild());
    drop(search);
    let search = opened(&folder.0);
    assert!(!search.needs_rebuild());
    assert_eq!(search.len(), documents().len() as u64);
    assert_eq!(tell(&search, &Query::new("学区划分")), "item:xiaoxue");
}

#[test]
fn an_index_that_was_never_completely_filled_asks_for_it_again() {
    let folder = Folder::new("unfilled");
    let search = opened(&folder.0);
    let mut batch = search.batch().expect("a writer");
    batch.replace(documents().into_iter().take(1)).expect("a document");
    batch.commit().expect("a commit");
    assert_eq!(search.len(), 1);
    assert!(search.needs_rebuild());
    drop(search);
    assert!(opened(&folder.0).needs_rebuild());
}

#[test]
fn an_index_of_another_form_or_with_damage_is_created_anew() {
    let damage: [(&str, Spoil); 5] = [
        ("another form", |dir| fs::write(dir.join("form"), "0").expect("written")),
        ("no form", |dir| fs::remove_file(dir.join("form")).expect("removed")),
        ("broken list of segments", |dir| {
            fs::write(dir.join("index/meta.json"), "{").expect("written");
        }),
        ("a file is missing", |dir| fs::remove_file(segment_file(dir)).expect("removed")),
        ("a file is cut short", |dir| {
            let file = segment_file(dir);
            let half = fs::read(&file).expect("read").len() / 2;
            fs::OpenOptions::new()
                .write(true)
                .open(file)
                .expect("open")
                .set_len(half as u64)
                .expect("cut");
        }),
    ];
    for (name, spoil) in damage {
        let folder = Folder::new("damaged");
        fill(&opened(&folder.0));
        spoil(&folder.0);
        let search = opened(&folder.0);
        assert!(search.needs_rebuild() && search.is_empty(), "{name}");
        fill(&search);
        assert_eq!(tell(&search, &Query::new("学区划分")), "item:xiaoxue", "{name}");
        assert!(!opened(&folder.0).needs_rebuild(), "{name}");
    }
}

fn segment_file(dir: &Path) -> PathBuf {
    let files = fs::read_dir(dir.join("index")).expect("a folder");
    let mut files = files.map(|file| file.expect("a file").path());
    files.find(|path| path.extension().is_some_and(|kind| kind == "store")).expect("a store")
}

#[test]
fn a_document_is_replaced_and_removed_by_its_id() {
    let search = filled();
    let mut changed = documents().remove(7);
    changed.body = "学位预警信息。".to_owned();
    let mut batch = search.batch().expect("a writer");
    batch.replace([changed]).expect("a document");
    batch.remove(["item:hubin", "nobody:1"]);
    assert_eq!(
        tell(&search, &Query::new("每年四月底前")),
        "item:xiaoxue",
        "nothing is seen before commit"
    );
    batch.commit().expect("a commit");
    assert_eq!(tell(&search, &Query::new("学位预警")), "item:xiaoxue");
    assert_eq!(tell(&search, &Query::new("每年四月底前")), "");
    assert_eq!(tell(&search, &Query::new("养老机构备案")), "");
    assert_eq!(search.len(), documents().len() as u64 - 1);
}

#[test]
fn a_batch_that_is_dropped_changes_nothing() {
    let search = filled();
    let mut batch = search.batch().expect("a writer");
    batch.clear().expect("cleared");
    drop(batch);
    assert_eq!(search.len(), documents().len() as u64);
    assert_eq!(tell(&search, &Query::new("学区划分")), "item:xiaoxue");
}

#[test]
fn a_second_process_is_told_to_wait_and_sees_what_was_committed() {
    let folder = Folder::new("second");
    let first = opened(&folder.0);
    fill(&first);
    let second = opened(&folder.0);
    let batch = first.batch().expect("a writer");
    let error = second.batch().err().expect("a refusal").to_string();
    assert!(error.contains("另一个进程"), "{error}");
    drop(batch);
    let mut batch = first.batch().expect("a writer");
    batch.remove(["item:hubin"]);
    batch.commit().expect("a commit");
    for _ in 0..100 {
        if second.len() == first.len() {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    panic!("the second never saw the change");
}

#[test]
fn readers_see_whole_commits_while_others_write() {
    let search = filled();
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while !done.load(Ordering::Acquire) {
                    let hits = search.query(&Query::new("公开")).expect("an answer");
                    // Every commit below adds or removes two documents at once.
                    assert!(hits.total == 9 || hits.total == 11, "{}", hits.total);
                }
            });
        }
        for writer in 0..2 {
            let search = search.clone();
            let done = &done;
            scope.spawn(move || {
                for _ in 0..10 {
                    write_two(&search);
                }
                done.store(writer == 1, Ordering::Release);
            });
        }
    });
}

/// Adds two documents that mention 公开, or removes them when they are there.
fn write_two(search: &Search) {
    let mut batch = search.batch().expect("a writer");
    let added: Vec<_> = documents()
        .into_iter()
        .take(2)
        .map(|document| search::SearchDocument { id: format!("{}-2", document.id), ..document })
        .collect();
    if search.len() > documents().len() as u64 {
        batch.remove(added.iter().map(|document| document.id.as_str()));
    } else {
        batch.replace(added).expect("documents");
    }
    batch.commit().expect("a commit");
}
