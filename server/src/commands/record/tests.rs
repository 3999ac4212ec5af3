use clap::Parser;
use store::Statements;

use super::*;

#[derive(Parser)]
struct Gongkai {
    #[command(flatten)]
    place: Whereabouts,
    #[command(subcommand)]
    command: Command,
}

const DIVISIONS: &str = include_str!("../../../demo/divisions.csv");
const ORGANS: &str = include_str!("../../../demo/organs.csv");

const MANUSCRIPT: &str = "---\n标题：通知\n文号：厦府办〔2026〕1号\n发布机构：XM00002\n成文日期：2020-01-01\n原发布日期：来源未载明\n主题分类：其他\n体裁：通知\n公开属性：主动公开\n---\n\n正文。\n";

/// A data folder with organs, thrown away at the end.
struct Folder(store::testing::Folder);

impl Folder {
    async fn new() -> Self {
        let folder = Self(store::testing::Folder::new("record"));
        fs::create_dir_all(folder.0.path()).expect("a folder");
        let store = folder.ledger().await.store().clone();
        let change = store.begin().await.expect("begins");
        identity::import_divisions(&change, DIVISIONS).await.expect("imports");
        identity::import_organs(&change, ORGANS).await.expect("imports");
        change.commit().await.expect("commits");
        folder
    }

    async fn ledger(&self) -> Ledger {
        let place = Whereabouts::folder(self.0.path());
        place
            .founding(ledger::Clock::Wall)
            .await
            .map_err(|failure| failure.to_string())
            .expect("opens")
    }

    fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        let path = self.0.path().join(name);
        fs::write(&path, bytes).expect("writes");
        path.display().to_string()
    }

    /// Runs `record …`; says how many records there are then, and what was refused with.
    async fn run(&self, words: &[&str]) -> (i64, Option<(Exit, String)>) {
        let data = self.0.path().display().to_string();
        let all = ["record"].iter().chain(words).copied().chain(["--data", data.as_str()]);
        let called = Gongkai::try_parse_from(all).expect("words that are understood");
        let outcome = run(called.command, &called.place).await;
        let sql = "SELECT count(*) FROM record";
        let many = self.ledger().await.store().number(sql, vec![]).await.expect("counts");
        let refused = outcome.err().map(|failure| (failure.exit, failure.to_string()));
        (many.expect("a number"), refused)
    }
}

#[tokio::test]
async fn manuscripts_are_published_all_or_none_and_a_trial_keeps_nothing() {
    let folder = Folder::new().await;
    let good = folder.write("good.md", MANUSCRIPT);
    let bad = folder.write("bad.md", MANUSCRIPT.replace("XM00002", "XM99999"));
    assert_eq!(folder.run(&["import", &good, "--dry-run"]).await, (0, None));
    let (many, refused) = folder.run(&["import", &good, &bad, "--json"]).await;
    assert_eq!((many, refused.map(|(exit, _)| exit)), (0, Some(Exit::Invalid)));
    assert_eq!(folder.run(&["import", &good]).await, (1, None));
    let (many, refused) = folder.run(&["import", &good]).await;
    assert_eq!((many, refused.map(|(exit, _)| exit)), (1, Some(Exit::Conflict)), "the same again");
    let other = folder.write("other.md", MANUSCRIPT.replace("2026〕1号", "2026〕2号"));
    let (_, refused) = folder.run(&["import", &other]).await;
    assert_eq!(refused.map(|(exit, _)| exit), Some(Exit::Conflict), "the same title and day");
    let (_, refused) = folder.run(&["import", &good, &bad]).await;
    assert_eq!(refused.map(|(exit, _)| exit), Some(Exit::Invalid), "one of them has a fault");
}

#[tokio::test]
async fn what_cannot_be_read_is_refused_in_words() {
    let folder = Folder::new().await;
    let good = folder.write("good.md", MANUSCRIPT);
    let two = folder.write("two.md", format!("{MANUSCRIPT}=====\n{MANUSCRIPT}"));
    let gbk = folder.write("gbk.md", b"---\n\xb1\xea\xcc\xe2");
    let file = folder.write("a.pdf", "%PDF");
    let folder_itself = folder.0.path().display().to_string();
    for (words, exit, message) in [
        (vec!["import", "/nowhere.md"], Exit::NotFound, "读不出 /nowhere.md"),
        (vec!["submit", &folder_itself], Exit::NotFound, "不能是文件夹"),
        (vec!["import", &folder_itself, &good], Exit::Usage, "不能一次导入"),
        (vec!["import", &gbk], Exit::Invalid, "第2行不是 UTF-8"),
        (vec!["import", &two, "--attach", &file], Exit::Usage, "共有 2 件稿件"),
        (vec!["import", &good, "--attach", "/nowhere.pdf"], Exit::NotFound, "读不出 /nowhere.pdf"),
    ] {
        let (many, refused) = folder.run(&words).await;
        let (found, text) = refused.expect("a refusal");
        assert_eq!((many, found), (0, exit), "{words:?}");
        assert!(text.contains(message), "{text}");
    }
    assert_eq!(folder.run(&["import", &good]).await, (1, None));
}

#[test]
fn no_word_of_the_command_sets_the_day_of_publication() {
    for word in ["--published", "--published-at", "--published-on", "--date", "--at"] {
        for command in ["import", "submit"] {
            let words = ["record", command, "a.md", word, "2020-01-01"];
            assert!(Gongkai::try_parse_from(words).is_err(), "{word}");
        }
    }
}

#[tokio::test]
async fn a_new_document_goes_to_review_and_is_public_only_after_it() {
    let folder = Folder::new().await;
    let new = MANUSCRIPT.replace("原发布日期：来源未载明\n", "");
    let new = folder.write("new.md", new);
    let old = folder.write("old.md", MANUSCRIPT);
    let (many, refused) = folder.run(&["import", &new]).await;
    assert_eq!((many, refused.map(|(exit, _)| exit)), (0, Some(Exit::Invalid)), "is not new");
    let (many, refused) = folder.run(&["submit", &old]).await;
    assert_eq!((many, refused.map(|(exit, _)| exit)), (0, Some(Exit::Invalid)), "is no new one");
    assert_eq!(folder.run(&["submit", &new, "--dry-run"]).await, (0, None));
    assert_eq!(folder.run(&["submit", &new]).await, (0, None), "nothing is public yet");
    let ledger = folder.ledger().await;
    let waits = "SELECT count(*) FROM review_unit WHERE state = 'in_review' AND organ = 'XM00002'";
    assert_eq!(ledger.store().number(waits, vec![]).await.expect("counts"), Some(1));
    let listed = review::store::Asked::UnderWay("XM00002");
    let listed = review::store::Listed::all(ledger.store(), listed).await.expect("lists");
    let unit = review::Unit::find(ledger.store(), &listed[0].id).await.expect("asks");
    let publishers = Publishers::of(&rooms::rooms(), folder.0.path());
    let unit = unit.expect("is there");
    assert!(unit.authors.iter().any(|author| author.starts_with("operator:")), "{unit:?}");
    review::testing::publish(&ledger, &publishers, &unit).await.expect("publishes");
    let public = "SELECT count(*) FROM record WHERE imported = 0 AND publication IS NOT NULL";
    assert_eq!(ledger.store().number(public, vec![]).await.expect("counts"), Some(1));
}
