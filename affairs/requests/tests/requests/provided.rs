//! 提供的文件 (条例第三十七条、第四十条): only the copy that was written anew goes out, with what was taken out of it,
//! why and by which provision.

use documents::examining::here::examine;
use requests::acts::ActError;
use requests::acts::provision::{self, Redacted};
use requests::issued::contents_of;
use requests::letters::Contents;
use requests::redacting::{NoCopy, Thing, Wanted};
use requests::store::{AnswerContent, CaseFile, ProvidedFile, Purpose};
use requests_rules::{Fact, Removal};

use super::house::{House, content, on_both, people};

const TEXT: &str = "评标报告\n某某建材公司报价三千万元\n联系电话13950012345\n其余略\n";

/// What an officer wants taken out.
fn wanted(personal: bool, passages: &[&str]) -> Wanted {
    let thing = |passages: &[&str]| Thing {
        what: "未中标单位的报价".into(),
        code: "D4".into(),
        passages: passages.iter().map(ToString::to_string).collect(),
    };
    let things = if passages.is_empty() { vec![] } else { vec![thing(passages)] };
    Wanted { personal, things }
}

/// Puts a file in as the workbench does, without a child process.
async fn put_in(house: &House, request: &str, wanted: &Wanted) -> Result<ProvidedFile, ActError> {
    let examined = examine(TEXT.as_bytes(), "报告.txt", &wanted.masking()).expect("examined");
    let copy = wanted.copy(examined).expect("a copy");
    let redacted = Redacted {
        copy: house.file("报告.txt", Purpose::Provided, &copy.bytes).await,
        source: house.file("报告.txt", Purpose::Source, TEXT.as_bytes()).await,
        removals: copy.removals,
    };
    let by = people().officer;
    provision::add(house.of("2026-03-02", &by).await, &by, request, redacted).await
}

fn with(code: &str, facts: &[Fact], file: ProvidedFile) -> AnswerContent {
    AnswerContent { files: vec![file], ..content(code, facts) }
}

#[tokio::test]
async fn what_was_taken_out_is_told_and_only_the_copy_may_go_out() {
    on_both(async |house| {
        let request = house.assigned("2026-03-02", "林秀英").await;
        let file = put_in(house, &request, &wanted(true, &["某某建材公司报价三千万元"])).await;
        let file = file.expect("put in");
        let removed: Vec<(&str, u64)> =
            file.removals.iter().map(|one| (one.what.as_str(), one.times)).collect();
        assert_eq!(removed, [("未中标单位的报价", 1), ("个人信息：手机号码", 1)]);

        let files = CaseFile::of(house.ledger.store(), &request).await.expect("reads");
        let copy = files.iter().find(|one| one.id == file.id).expect("the copy");
        let source = files.iter().find(|one| one.id == copy.about).expect("what it was made from");
        assert!(copy.is_clean_copy() && !source.is_clean_copy());
        let bytes = requests::files::read(&house.folder, &house.sealer, copy).await;
        let bytes = String::from_utf8(bytes.expect("opens")).expect("text");
        assert!(
            bytes.contains("其余略") && !bytes.contains("建材") && !bytes.contains("13950012345")
        );

        let open = with("G2", &[Fact::Provided], file.clone());
        let refused = house.answered("2026-03-03", &request, open).await;
        let words = format!("{:?}", refused.expect_err("it is not all open"));
        assert!(words.contains("答复种类却不是部分公开"), "{words}");
        let unclean = ProvidedFile {
            id: source.id.clone(),
            sha256: source.sha256.clone(),
            removals: file.removals.clone(),
        };
        let facts = [Fact::OpenPart, Fact::Reason];
        let words = take_back(house, &request, with("P1", &facts, unclean)).await;
        assert!(words.contains("不是平台写成的干净副本"), "{words}");
        let told = take_back(house, &request, with("P1", &facts, file)).await;
        for words in ["删去未中标单位的报价（保护第三方合法权益，依据《政府信息公开条例》第十五条、第三十二条）", "第十五条", "删去个人信息：手机号码"]
        {
            assert!(told.contains(words), "{words}: {told}");
        }
    })
    .await;
}

/// Saves other contents into the draft that stands and issues it: the letter's reason, or the refusal.
async fn take_back(house: &House, request: &str, content: AnswerContent) -> String {
    use requests::acts::answer::{self, Draft};
    use requests::store::{Answer, ReviewStep};

    let (people, store) = (people(), house.ledger.store());
    let standing = Answer::of(store, request).await.expect("reads").remove(0);
    let draft = Draft {
        request: request.into(),
        answer: Some(standing.id.clone()),
        corrects: None,
        seen: standing.version,
        content,
    };
    let desk = house.of("2026-03-03", &people.officer).await;
    let (answer, version) = answer::save(desk, &people.officer, draft).await.expect("saved");
    let desk = house.of("2026-03-03", &people.officer).await;
    if let Err(refused) = answer::submit(desk, &house.sealer, &people.officer, &answer.id).await {
        return format!("{refused}");
    }
    for (by, step) in [
        (&people.secrecy, ReviewStep::Secrecy),
        (&people.legal, ReviewStep::Legal),
        (&people.approver, ReviewStep::Signature),
    ] {
        let seen = (answer.id.as_str(), version.hash.as_str());
        let desk = house.of("2026-03-03", by).await;
        answer::review(desk, by, seen, (step, true, "")).await.expect("agreed");
    }
    let desk = house.of("2026-03-03", &people.officer).await;
    let letter = answer::issue(desk, &house.sealer, &people.officer, &answer.id).await;
    let letter = letter.expect("issued");
    let case = house.case(request).await;
    let contents = contents_of(&letter, &case, &house.ledger.calendar()).expect("a calendar");
    match contents {
        Some(Contents::Answer(mut answer)) => {
            answer.facts.remove(&Fact::Reason).unwrap_or_default()
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn an_answer_in_part_that_takes_nothing_out_is_refused() {
    on_both(async |house| {
        let request = house.assigned("2026-03-02", "林秀英").await;
        let file = put_in(house, &request, &wanted(false, &[])).await.expect("put in");
        assert_eq!(file.removals, []);
        let part = with("P1", &[Fact::OpenPart, Fact::Reason], file.clone());
        let refused = house.answered("2026-03-03", &request, part).await;
        let words = format!("{:?}", refused.expect_err("nothing was taken out"));
        assert!(words.contains("没有一份写明删去了什么"), "{words}");
        let told = take_back(house, &request, with("G2", &[Fact::Provided], file)).await;
        assert_eq!(told, "", "a file that is whole goes out with an answer that is open");
    })
    .await;
}

#[tokio::test]
async fn what_is_taken_out_needs_a_name_and_a_ground() {
    on_both(async |house| {
        let request = house.assigned("2026-03-02", "林秀英").await;
        for (what, code) in [(" ", "D4"), ("报价", ""), ("报价", "D8"), ("报价", "G2")] {
            let redacted = Redacted {
                copy: house.file("报告.txt", Purpose::Provided, b"copy").await,
                source: house.file("报告.txt", Purpose::Source, b"source").await,
                removals: vec![Removal { what: what.into(), code: code.into(), times: 1 }],
            };
            let by = people().officer;
            let desk = house.of("2026-03-02", &by).await;
            let refused = provision::add(desk, &by, &request, redacted).await;
            assert!(matches!(refused, Err(ActError::Faults(_))), "{what} {code}: {refused:?}");
        }
        let files = CaseFile::of(house.ledger.store(), &request).await.expect("reads");
        assert_eq!(files, [], "nothing of it was kept");
    })
    .await;
}

#[test]
fn a_passage_that_stands_nowhere_makes_no_copy() {
    let wanted = wanted(false, &["另一家公司"]);
    let examined = examine(TEXT.as_bytes(), "报告.txt", &wanted.masking()).expect("examined");
    assert_eq!(wanted.copy(examined), Err(NoCopy::NotFound("另一家公司".into())));
}
