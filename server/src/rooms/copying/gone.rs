//! What was withdrawn is in no file of a copy any more, wherever it had got to: a text that stands nowhere else is
//! published and withdrawn, and looked for before and afterwards in everything.

use super::*;
use records::acts::{Hand, upload};

/// Stand in what is published and in nothing else.
const SAID: &str = "金丝雀正文玉兰七三一";
const ATTACHED: &str = "金丝雀附件木棉八四二";
const NAMED: &str = "金丝雀名单";
const TITLED: &str = "关于金丝雀的通告";

/// Files that hold one of the texts, or whose name does.
fn holding(folder: &Path, text: &str) -> Vec<String> {
    let found = files(folder).into_iter().filter(|(name, bytes)| {
        name.contains(text) || bytes.windows(text.len()).any(|part| part == text.as_bytes())
    });
    found.map(|(name, _)| name).collect()
}

/// The same in what the copy keeps for itself.
fn noted(folder: &Path, text: &str) -> Vec<String> {
    let kept = fs::read_dir(folder.join(".gongkai")).expect("a folder").flatten();
    let kept = kept.filter(|entry| entry.path().is_file());
    let held = kept.filter(|entry| {
        let bytes = fs::read(entry.path()).expect("reads");
        bytes.windows(text.len()).any(|part| part == text.as_bytes())
    });
    held.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
}

/// Files that belong to a document, on whatever site.
fn belonging(folder: &Path, record: &str) -> Vec<String> {
    let own = format!("wenjian/{record}");
    files(folder).into_keys().filter(|name| name.contains(&own)).collect()
}

impl Sample {
    async fn publish_canary(&self) -> String {
        let (ledger, publishers) = (self.ledger(), &self.publishers);
        let today = ledger.clock().today();
        let text = format!(
            "---\n标题：{TITLED}\n发布机构：{DISTRICT}\n成文日期：{today}\n主题分类：综合政务/政务公开\n\
             体裁：通告\n公开属性：主动公开\n---\n\n{SAID}。\n"
        );
        let submission = Submission::read_all(&text, today).expect("reads").remove(0);
        let drafter = testing::someone(DISTRICT, "drafter");
        let (name, bytes) = (format!("{NAMED}.txt"), ATTACHED.as_bytes().to_vec());
        let examined = documents::Examined {
            findings: documents::Findings::default(),
            cleaned: Ok(bytes.clone()),
            text: String::new(),
        };
        let hand = Hand {
            person: drafter.person.clone(),
            name: drafter.name.clone(),
            organ: drafter.organ.clone(),
            unit: String::new(),
            stands_in_for: None,
        };
        let desk = ledger.desk(drafter.actor()).await.expect("a desk");
        let given = (name.as_str(), bytes);
        let kept = upload::keep(desk, publishers.folder(), &hand, given, examined).await;
        let submission = submission.keeping(vec![kept.expect("keeps")]);
        let desk = ledger.desk(drafter.actor()).await.expect("a desk");
        let draft = intake::begin(desk, publishers.folder(), &drafter, submission).await;
        let draft = draft.expect("begins");
        let desk = ledger.desk(drafter.actor()).await.expect("a desk");
        let unit = handing_in::keep(desk, publishers, &drafter, &draft.id, None).await;
        let appeared = testing::publish(ledger, publishers, &unit.expect("hands in")).await;
        let subject = appeared.expect("is released").remove(0).subject;
        subject.strip_prefix("record:").expect("a record").to_owned()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_withdrawn_is_in_no_file_of_a_copy_but_its_notice_is() {
    on_both("copying_gone", async |place| {
        let sample = Sample::open(&place).await;
        let (copy, folder) = sample.copy("kept").await.expect("opens");
        copy.bring_up_to_date(false).await.expect("is written");
        let record = sample.publish_canary().await;
        sample.settle().await;
        copy.bring_up_to_date(false).await.expect("is written");
        for text in [SAID, ATTACHED, NAMED, TITLED] {
            assert!(!holding(&folder, text).is_empty(), "{text} was there");
        }
        let there = belonging(&folder, &record);
        for part in [".pdf", ".docx", ".json", "/fujian/1/index.html", "/fujian/1/金丝雀名单.txt"]
        {
            assert!(there.iter().any(|name| name.ends_with(part)), "{part}: {there:?}");
        }
        assert!(there.iter().any(|name| name.contains("yulan")), "a preview: {there:?}");
        sample.withdraw(DISTRICT, &record).await;
        sample.settle().await;
        let told = copy.bring_up_to_date(false).await.expect("is written");
        assert_eq!((told.failed, told.dead), (0, vec![]));
        for text in [SAID, ATTACHED, NAMED, TITLED] {
            assert_eq!(holding(&folder, text), Vec::<String>::new(), "{text}");
            assert_eq!(noted(&folder, text), Vec::<String>::new(), "{text}");
        }
        let left = belonging(&folder, &record);
        let notices = ["", "siming/"].map(|site| format!("{site}wenjian/{record}/index.html"));
        assert!(left.iter().all(|name| notices.contains(name)) && left.len() == 2, "{left:?}");
        let notice = fs::read_to_string(folder.join(&notices[0])).expect("a notice");
        assert!(notice.contains("已撤下") && notice.contains("走查：误发"), "{notice}");
        assert_eq!(dead(&files(&folder)), Vec::<String>::new());
    })
    .await;
}
