//! `gongkai log …` and `gongkai audit …`: a data folder from its founding to its being tampered with.

use sea_orm::{ConnectionTrait, Database};

use super::house::{Folder, Server, ask, manuscripts};

/// A statement put to the database past the program, with every trigger out of the way.
async fn tamper(folder: &Folder, sql: &str) {
    let url = format!("sqlite://{}", folder.data().join("gongkai.db").display());
    let base = Database::connect(url).await.expect("opens");
    for trigger in [
        "ledger_event_stays",
        "log_leaf_stays",
        "log_opening_stays",
        "log_node_stays",
        "record_corrected",
        "record_stays",
    ] {
        base.execute_unprepared(&format!("DROP TRIGGER IF EXISTS {trigger}")).await.expect("drops");
    }
    base.execute_unprepared(sql).await.expect("runs");
    base.close().await.expect("closes");
}

/// Serves until everything is signed; answers the checkpoint.
fn signed(folder: &Folder, size: usize) -> String {
    let mut server = Server::start(folder, "serve", &["serve", "--listen", "127.0.0.1:0"]);
    let address = server.address();
    for _ in 0..100 {
        let text = folder.does(&["log", "show"]);
        if text.contains(&format!("\n{size}\n")) {
            return text;
        }
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    panic!("not signed: {:?} {}", ask(&address, "GET", "/checkpoint", ""), server.said());
}

#[tokio::test]
async fn a_log_is_founded_verified_and_proves_its_entries() {
    let folder = Folder::new("log-commands").furnished();
    let (code, said) = folder.refused(&["log", "show"]);
    assert!(code == 4 && said.contains("改法"), "{said}");
    let founded = folder.does(&["log", "found", "--origin", "www.x.gov.cn"]);
    let key =
        founded.lines().find_map(|line| line.strip_prefix("公钥: ")).expect("a key").to_owned();
    assert!(key.starts_with("www.x.gov.cn+"), "{founded}");
    assert_eq!(folder.does(&["log", "found"]), founded, "found again it is the same");
    let (code, said) = folder.refused(&["log", "found", "--origin", "other.gov.cn"]);
    assert!(code == 5 && said.contains("不能改为"), "{said}");
    let file = folder.file("a.md", &manuscripts("甲", 3));
    folder.does(&["record", "import", &file]);
    let text = signed(&folder, 4);
    assert!(text.contains(&key), "{text}");
    let verified = folder.does(&["log", "verify"]);
    assert!(verified.contains("条目 4 条") && verified.contains("全部相符"), "{verified}");
    let audited = folder.does(&["audit", "verify"]);
    assert!(audited.contains("审计链完整"), "{audited}");

    let out = folder.0.to_string_lossy().into_owned();
    folder.does(&["log", "proof", "1", "--out", &out]);
    let (proof, entry) = (format!("{out}/1.tlog-proof"), format!("{out}/1.json"));
    let checked = folder.does(&["log", "check", &proof, &entry, "--key", &key]);
    assert!(checked.contains("核对通过: 第 1 条在 www.x.gov.cn 里"), "{checked}");
    let other = folder.file("other.json", "{}");
    let (code, said) = folder.refused(&["log", "check", &proof, &other, "--key", &key]);
    assert!(code == 3 && said.contains("核对不通过"), "{said}");
    let (code, _) = folder.refused(&["log", "proof", "77"]);
    assert_eq!(code, 4);

    for (sql, back, complaint) in [
        (
            "UPDATE record SET title = title || '改' WHERE title = '甲第0件'",
            "UPDATE record SET title = '甲第0件' WHERE title = '甲第0件改'",
            "现在公开的内容与登记的不同",
        ),
        (
            "UPDATE record SET published_at = '2020-01-01T00:00:00.000Z' WHERE title = '甲第1件'",
            "UPDATE record SET published_at = (SELECT published_at FROM record WHERE title = '甲第0件')",
            "现在公开的内容与登记的不同",
        ),
        (
            "UPDATE record SET reach = 'group' WHERE title = '甲第2件'",
            "UPDATE record SET reach = 'whole'",
            "现在却看不到了",
        ),
        (
            "UPDATE log_opening SET content = content || ' ' WHERE position = 0",
            "UPDATE log_opening SET content = trim(content)",
            "存着的内容与摘要不符",
        ),
        (
            "UPDATE ledger_event SET actor = 'operator:x' || actor WHERE seq = 1",
            "UPDATE ledger_event SET actor = substr(actor, 11) WHERE seq = 1",
            "审计链第 1 条",
        ),
    ] {
        tamper(&folder, sql).await;
        let (code, said) = folder.refused(&["log", "verify"]);
        assert!(code == 3 && said.contains(complaint), "{sql}: {said}");
        if sql.contains("log_opening") || sql.contains("ledger_event") {
            assert!(seen_at_the_start(&folder), "{sql}");
        }
        tamper(&folder, back).await;
        assert!(folder.does(&["log", "verify"]).contains("全部相符"), "{back}");
    }
    tamper(&folder, "UPDATE ledger_event SET basis = basis || '。' WHERE seq = 2").await;
    let (code, said) = folder.refused(&["audit", "verify"]);
    assert!(code == 3 && said.contains("第 2 条: 内容与自己的哈希不符"), "{said}");
}

/// A server looks at the newest entries when it starts, and says in its log what does not hold.
fn seen_at_the_start(folder: &Folder) -> bool {
    let mut server = Server::start(folder, "start", &["serve", "--listen", "127.0.0.1:0"]);
    server.address();
    let holds_not = || server.said().contains("does not hold");
    (0..100).any(|_| {
        std::thread::sleep(std::time::Duration::from_millis(50));
        holds_not()
    })
}

#[test]
fn a_lost_key_is_missed_and_never_made_anew() {
    let folder = Folder::new("log-lost").furnished();
    folder.does(&["log", "found", "--origin", "www.x.gov.cn"]);
    std::fs::remove_file(folder.data().join("log/key")).expect("there");
    let (code, said) = folder.refused(&["log", "found"]);
    assert!(code == 4 && said.contains("密钥不在"), "{said}");
    // The portal runs on and says so in its log.
    let mut server = Server::start(&folder, "serve", &["serve", "--listen", "127.0.0.1:0"]);
    let address = server.address();
    assert_eq!(ask(&address, "GET", "/healthz", "").0, 200);
    assert!(server.said().contains("密钥不在"), "{}", server.said());
}
