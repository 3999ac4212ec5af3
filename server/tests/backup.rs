//! A backup made while others write is whole, is proved without being touched, and is put back all of it
//! or not at all.

#[path = "log/house.rs"]
mod house;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

use house::{Folder, Server, ask, manuscripts, program};

/// How often a restore is killed. The release gate goes on where this one stops.
const KILLS: u64 = 8;

/// Every file below a folder with what is in it.
fn everything(root: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let (mut found, mut folders) = (BTreeMap::new(), vec![root.to_owned()]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder").flatten() {
            let path = entry.path();
            match path.is_dir() {
                true => folders.push(path),
                false => {
                    let own = path.strip_prefix(root).expect("below").to_owned();
                    found.insert(own, fs::read(&path).expect("a file"));
                }
            }
        }
    }
    found
}

/// Runs the program over another data folder; exit code and everything it said.
fn elsewhere(words: &[&str], data: &Path) -> (i32, String) {
    let output = program(words, data).output().expect("the program runs");
    let said = [output.stdout, output.stderr].concat();
    (output.status.code().unwrap_or(-1), String::from_utf8_lossy(&said).into_owned())
}

/// A data folder with published documents, an attachment and a signed log, and its server, stopped.
fn published(name: &str) -> Folder {
    let folder = Folder::new(name).furnished();
    folder.does(&["log", "found", "--origin", "www.x.gov.cn"]);
    let first = folder.file("first.md", &manuscripts("起初", 1));
    let table = folder.file("一览表.csv", "序号,名称\n1,甲\n");
    folder.does(&["record", "import", &first, "--attach", &table]);
    folder
}

/// The path of something beside the data folder.
fn beside(folder: &Folder, name: &str) -> String {
    folder.0.join(name).to_string_lossy().into_owned()
}

#[test]
fn a_backup_made_under_writes_is_restored_and_its_log_and_audit_hold() {
    let folder = published("backup-writes");
    let mut server = Server::start(&folder, "server", &["serve", "--listen", "127.0.0.1:0"]);
    let address = server.address();
    let many = folder.file("many.md", &manuscripts("同时", 40));
    let mut writing = program(&["record", "import", &many], &folder.data());
    let mut writing = writing.stdout(Stdio::null()).spawn().expect("runs");
    let mut backups = vec![];
    for round in 0..3 {
        let to = beside(&folder, &format!("backup{round}"));
        let said = folder.does(&["backup", "create", &to, "--with-key"]);
        assert!(said.contains("备份已写到") && said.contains("全部相符"), "{said}");
        assert_eq!(ask(&address, "GET", "/healthz", "").0, 200, "it serves meanwhile");
        backups.push(to);
    }
    assert!(writing.wait().expect("ends").success());
    server.kill();
    for (round, backup) in backups.iter().enumerate() {
        let before = everything(Path::new(backup));
        let (code, said) = elsewhere(&["backup", "verify", backup], Path::new("/nowhere"));
        assert_eq!(code, 0, "{said}");
        assert!(said.contains("备份完整") && said.contains("私钥"), "{said}");
        assert!(!said.contains("Z 时的数据"), "it tells the time of China: {said}");
        assert_eq!(everything(Path::new(backup)), before, "not a byte of it was changed");
        let data = folder.0.join(format!("restored{round}"));
        let (code, said) = elsewhere(&["backup", "restore", backup], &data);
        assert_eq!(code, 0, "{said}");
        for words in [["log", "verify"], ["audit", "verify"]] {
            let (code, said) = elsewhere(&words, &data);
            assert_eq!(code, 0, "{words:?}: {said}");
        }
    }
    // What was restored goes on: it serves, publishes, and its log grows under the same key.
    let data = folder.0.join("restored2");
    let more = folder.file("more.md", &manuscripts("后来", 2));
    let (code, said) = elsewhere(&["record", "import", &more], &data);
    assert_eq!(code, 0, "{said}");
    let again = Folder(folder.0.join("again"));
    fs::create_dir_all(&again.0).expect("a folder");
    fs::rename(&data, again.data()).expect("moves");
    let mut server = Server::start(&again, "server", &["serve", "--listen", "127.0.0.1:0"]);
    server.address();
    let began = Instant::now();
    let signed = |said: &str| said.lines().filter_map(|line| line.trim().parse::<i64>().ok()).max();
    let mut size = None;
    while size.unwrap_or(0) < 3 && began.elapsed() < Duration::from_secs(60) {
        size = signed(&again.does(&["log", "show"]));
        std::thread::sleep(Duration::from_millis(300));
    }
    assert!(size.unwrap_or(0) >= 3, "it signs on: {size:?}");
    server.kill();
    again.does(&["log", "verify"]);
}

/// The last bits of the mode of everything below a folder, and of the folder itself.
fn modes(root: &Path) -> Vec<(PathBuf, bool, u32)> {
    use std::os::unix::fs::PermissionsExt;
    let (mut found, mut left) = (vec![], vec![root.to_owned()]);
    while let Some(path) = left.pop() {
        let there = fs::symlink_metadata(&path).expect("it is there");
        found.push((path.clone(), there.is_dir(), there.permissions().mode() & 0o777));
        if there.is_dir() {
            left.extend(fs::read_dir(&path).expect("a folder").flatten().map(|one| one.path()));
        }
    }
    found
}

#[test]
fn a_data_folder_and_a_backup_of_it_are_for_their_owner_alone() {
    let folder = published("backup-modes");
    let mut server = Server::start(&folder, "server", &["serve", "--listen", "127.0.0.1:0"]);
    server.address();
    let backup = beside(&folder, "backup");
    folder.does(&["backup", "create", &backup, "--with-key"]);
    let restored = folder.0.join("restored");
    assert_eq!(elsewhere(&["backup", "restore", &backup], &restored).0, 0);
    let mut seen = std::collections::BTreeSet::new();
    for root in [folder.data(), PathBuf::from(&backup), restored] {
        for (path, is_folder, mode) in modes(&root) {
            // Within the index the search engine makes the files; its folder keeps others out.
            let in_index = path.components().any(|part| part.as_os_str() == "index");
            let wanted = if is_folder { 0o700 } else { 0o600 };
            assert!(mode == wanted || in_index && !is_folder, "{} {mode:o}", path.display());
            seen.insert(path.file_name().unwrap_or_default().to_string_lossy().into_owned());
        }
    }
    server.kill();
    for name in ["gongkai.db", "gongkai.db-wal", "gongkai.db-shm", "key", "index", "files"] {
        assert!(seen.contains(name), "{name} was looked at: {seen:?}");
    }
}

#[test]
fn the_key_stays_out_unless_it_is_asked_for_and_nothing_made_anew_is_in_it() {
    let folder = published("backup-key");
    let (without, with) = (beside(&folder, "without"), beside(&folder, "with"));
    let said = folder.does(&["backup", "create", &without]);
    assert!(said.contains("密钥不在备份里"), "{said}");
    folder.does(&["backup", "create", &with, "--with-key"]);
    for (backup, key) in [(&without, false), (&with, true)] {
        let names: Vec<_> = everything(Path::new(backup)).into_keys().collect();
        assert_eq!(names.contains(&PathBuf::from("log/key")), key, "{names:?}");
        assert!(names.contains(&PathBuf::from("gongkai.db")), "{names:?}");
        assert!(names.iter().any(|name| name.starts_with("files")), "the attachment: {names:?}");
        let anew = |name: &PathBuf| name.starts_with("index") || name.ends_with("gongkai.db-wal");
        assert!(!names.iter().any(anew), "{names:?}");
    }
    let data = folder.0.join("restored");
    let (code, said) = elsewhere(&["backup", "restore", &without], &data);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("另外保管的 log 文件夹"), "{said}");
    assert!(!data.join("log").exists());
    let (code, said) = elsewhere(&["log", "verify"], &data);
    assert_eq!(code, 0, "{said}");
    let audit = folder.does(&["audit", "verify"]);
    assert!(audit.contains("审计链完整"), "{audit}");
}

/// The same backup at another place.
fn copied(sound: &Path, to: &Path) {
    for (name, bytes) in everything(sound) {
        let path = to.join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, bytes).expect("writes");
    }
}

/// Writes a file of a backup with one word changed.
fn edit(name: &'static str, old: &'static str, new: &'static str) -> Harm<'static> {
    Box::new(move |backup| {
        let path = backup.join(name);
        let text = fs::read_to_string(&path).expect("text");
        assert!(text.contains(old), "{text}");
        fs::write(path, text.replacen(old, new, 1)).expect("writes");
    })
}

/// What befalls a backup.
type Harm<'a> = Box<dyn Fn(&Path) + 'a>;

#[test]
fn a_backup_that_was_changed_in_any_way_is_refused_with_a_word_and_not_restored() {
    let folder = published("backup-damage");
    let sound = beside(&folder, "sound");
    folder.does(&["backup", "create", &sound]);
    let attachment = everything(Path::new(&sound));
    let attachment = attachment.keys().find(|name| name.starts_with("files")).expect("is there");
    let harms: Vec<(Harm<'_>, &str)> = vec![
        (
            Box::new(|backup| {
                let path = backup.join("gongkai.db");
                let mut bytes = fs::read(&path).expect("reads");
                let middle = bytes.len() / 2;
                bytes[middle] ^= 1;
                fs::write(path, bytes).expect("writes");
            }),
            "哈希不符",
        ),
        (
            Box::new(|backup| {
                let path = backup.join("gongkai.db");
                let bytes = fs::read(&path).expect("reads");
                fs::write(path, &bytes[..bytes.len() - 1]).expect("writes");
            }),
            "字节",
        ),
        (Box::new(|backup| fs::remove_file(backup.join(attachment)).expect("goes")), "缺少文件"),
        (Box::new(|backup| fs::write(backup.join("x"), "").expect("writes")), "不在清单里"),
        (
            Box::new(|backup| {
                std::os::unix::fs::symlink("/etc/passwd", backup.join("passwd")).expect("links");
            }),
            "不是普通文件",
        ),
        (Box::new(|backup| fs::remove_file(backup.join("manifest.json")).expect("goes")), "清单"),
        (Box::new(|backup| fs::write(backup.join("manifest.json"), "{").expect("writes")), "清单"),
        (edit("manifest.json", "\"gongkai.db\"", "\"../gongkai.db\""), "备份外面"),
        (edit("manifest.json", "gongkai-backup/1", "gongkai-backup/9"), "格式"),
        (edit("manifest.json", "\"records\": 1", "\"records\": 2"), "件数"),
        (edit("manifest.json", "\"entries\": ", "\"entries\": 9"), "审计链的末尾"),
    ];
    for (at, (harm, word)) in harms.into_iter().enumerate() {
        let bad = folder.0.join(format!("bad{at}"));
        copied(Path::new(&sound), &bad);
        harm(&bad);
        let name = bad.to_string_lossy().into_owned();
        let data = folder.0.join(format!("into{at}"));
        for words in [["backup", "verify", &name], ["backup", "restore", &name]] {
            let (code, said) = elsewhere(&words, &data);
            assert!(matches!(code, 3 | 4), "{word}: {code} {said}");
            assert!(said.contains("错误: ") && said.contains(word), "{word}: {said}");
            assert!(!data.exists(), "{word}: nothing was put anywhere");
        }
    }
}

/// Takes a file out of a backup, and out of its list, as if it had never been there.
fn unlisted(backup: &Path, name: &str) {
    fs::remove_file(backup.join(name)).expect("goes");
    let list = backup.join("manifest.json");
    let text = fs::read_to_string(&list).expect("text");
    let mut manifest: serde_json::Value = serde_json::from_str(&text).expect("a manifest");
    let files = manifest["files"].as_array_mut().expect("a list");
    files.retain(|file| file["path"] != name);
    fs::write(list, manifest.to_string()).expect("writes");
}

#[test]
fn a_backup_misses_no_file_of_a_record_a_draft_or_an_upload() {
    let folder = published("backup-files");
    let new = "---\n标题：新件\n发布机构：XM00001\n成文日期：2026-11-20\n主题分类：综合政务/政务公开\n\
               体裁：通知\n公开属性：主动公开\n---\n\n正文。\n";
    let (new, table) = (folder.file("new.md", new), folder.file("新表.csv", "序号,名称\n1,乙\n"));
    folder.does(&["record", "submit", &new, "--attach", &table]);
    let sound = beside(&folder, "sound");
    folder.does(&["backup", "create", &sound]);
    let kept = |name: &&String| name.starts_with("files/") || name.starts_with("originals/files/");
    let all = everything(&folder.data()).into_keys();
    let all: Vec<String> = all.map(|name| name.to_string_lossy().into_owned()).collect();
    let names: Vec<&String> = all.iter().filter(kept).collect();
    assert_eq!(names.len(), 4, "two copies and what they were made of: {names:?}");
    for (at, name) in names.into_iter().enumerate() {
        let bad = folder.0.join(format!("bad{at}"));
        copied(Path::new(&sound), &bad);
        unlisted(&bad, name);
        let (code, said) = folder.refused(&["backup", "verify", &bad.to_string_lossy()]);
        assert!(code == 3 && said.contains(name.as_str()), "{name}: {code} {said}");
        let (place, away) = (folder.data().join(name), folder.0.join("away"));
        fs::rename(&place, &away).expect("goes");
        let none = beside(&folder, "none");
        let (code, said) = folder.refused(&["backup", "create", &none]);
        assert!(code == 3 && said.contains(name.as_str()), "{name}: {code} {said}");
        assert!(!Path::new(&none).exists(), "nothing is left of it");
        fs::rename(&away, &place).expect("comes back");
    }
}

#[test]
fn it_is_never_put_over_data_nor_into_them_and_postgresql_is_told_its_own_way() {
    let folder = published("backup-refused");
    let backup = beside(&folder, "backup");
    folder.does(&["backup", "create", &backup]);
    let inside = folder.data().join("backup").to_string_lossy().into_owned();
    let nowhere = beside(&folder, "no/such/backup");
    for (words, code, word) in [
        (vec!["backup", "restore", &backup], 5, "不是空的"),
        (vec!["backup", "create", &backup], 5, "已经存在"),
        (vec!["backup", "create", &inside], 2, "不能放在数据目录里面"),
        (vec!["backup", "create", &nowhere], 1, "没有"),
        (vec!["backup", "verify", &nowhere], 4, "不是备份"),
        (vec!["backup", "create", &nowhere, "--database", "postgres://x/y"], 2, "pg_dump"),
        (vec!["backup", "restore", &backup, "--database", "postgres://x/y"], 2, "pg_restore"),
    ] {
        let (found, said) = folder.refused(&words);
        assert_eq!(found, code, "{words:?}: {said}");
        assert!(said.contains(word), "{words:?}: {said}");
    }
    let empty = folder.0.join("empty");
    fs::create_dir_all(&empty).expect("a folder");
    let (code, said) = elsewhere(&["backup", "create", &beside(&folder, "none")], &empty);
    assert_eq!(code, 4, "{said}");
    let (code, said) = elsewhere(&["backup", "restore", &backup], &empty);
    assert_eq!(code, 0, "an empty folder is taken: {said}");
    folder.does(&["log", "verify"]);
}

#[test]
fn killed_at_any_moment_a_restore_leaves_nothing_or_the_whole() {
    let folder = published("backup-killed");
    // Enough that it takes a while.
    let files = folder.data().join("files");
    let more = folder.file("more.md", &manuscripts("更多", 60));
    folder.does(&["record", "import", &more]);
    assert!(files.is_dir());
    let backup = beside(&folder, "backup");
    folder.does(&["backup", "create", &backup, "--with-key"]);
    let began = Instant::now();
    let (code, said) = elsewhere(&["backup", "restore", &backup], &folder.0.join("whole"));
    assert_eq!(code, 0, "{said}");
    let lasts = began.elapsed();
    let (mut nothing, mut whole) = (0, 0);
    for round in 0..KILLS {
        let data = folder.0.join("killed");
        fs::remove_dir_all(&data).ok();
        let mut command = program(&["backup", "restore", &backup], &data);
        let mut restoring = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn();
        let restoring = restoring.as_mut().expect("runs");
        std::thread::sleep(lasts * u32::try_from(round).expect("small") / 7);
        restoring.kill().ok();
        restoring.wait().expect("has stopped");
        match data.exists() {
            false => nothing += 1,
            true => {
                whole += 1;
                let (code, said) = elsewhere(&["log", "verify"], &data);
                assert_eq!(code, 0, "round {round}: {said}");
                let (code, said) = elsewhere(&["audit", "verify"], &data);
                assert_eq!(code, 0, "round {round}: {said}");
            }
        }
    }
    assert!(nothing > 0, "it was killed in the middle at least once ({whole} whole)");
    // The next restore removes what the killed ones left behind.
    let (code, said) = elsewhere(&["backup", "restore", &backup], &folder.0.join("last/data"));
    assert_eq!(code, 0, "{said}");
    fs::remove_dir_all(folder.0.join("killed")).ok();
    let (code, said) = elsewhere(&["backup", "restore", &backup], &folder.0.join("killed"));
    assert_eq!(code, 0, "{said}");
    let left = fs::read_dir(&folder.0).expect("reads").flatten();
    let left: Vec<_> =
        left.filter(|one| one.file_name().to_string_lossy().starts_with('.')).collect();
    assert!(left.is_empty(), "{left:?}");
}
