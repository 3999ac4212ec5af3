//! An organ that has said nothing of its letters: they come out from the first day.

use ledger::Actor;
use requests::acts::letter_text;
use requests::issued::contents_of;
use requests::letters::{CaseFacts, Letter, Sender, compose};
use requests::store::{IssuedLetter, LetterTexts};
use requests_rules::Letter as Kind;

use super::house::{House, ORGAN, on_both, open_already, people};

const NAME: &str = "厦门市思明区人民政府办公室";

/// A letter as it is read after, by whoever reads it.
async fn read(house: &House, request: &str, letter: &IssuedLetter) -> Letter {
    let store = house.ledger.store();
    let texts = LetterTexts::of_letter(store, (ORGAN, NAME), &letter.id).await.expect("reads");
    let case = house.case(request).await;
    let calendar = house.ledger.calendar();
    let contents = contents_of(letter, &case, &calendar).expect("a calendar").expect("contents");
    let text = texts.text(contents.key()).expect("a text");
    let facts = CaseFacts::of(&case.filing);
    let on = (letter.issued_on, true);
    let written = compose(&text, texts.sender(), &facts, &letter.number, on, &contents);
    written.unwrap_or_else(|fault| panic!("{:?}: {fault}", letter.kind))
}

#[tokio::test]
async fn an_organ_that_has_set_nothing_has_its_receipt_and_its_answer() {
    on_both(async |house| {
        let request = house.assigned("2026-03-02", "甲").await;
        let answered = house.answered("2026-03-03", &request, open_already()).await;
        let answer = answered.expect("answered");
        let letters = IssuedLetter::of(house.ledger.store(), &request).await.expect("reads");
        let receipt = letters.iter().find(|one| one.kind == Kind::Receipt).expect("a receipt");
        let first = read(house, &request, receipt).await;
        assert!(first.number.starts_with("思明区政府办"), "{}", first.number);
        let written = read(house, &request, &answer).await;
        let remedy = written.remedy.clone().expect("remedies");
        for words in [
            "向厦门市思明区人民政府申请行政复议",
            "向有管辖权的基层人民法院提起行政诉讼",
            "厦门市思明区人民政府网站的行政复议栏目",
        ] {
            assert!(remedy.contains(words), "{words}: {remedy}");
        }

        let store = house.ledger.store();
        let texts = LetterTexts::of(store, (ORGAN, NAME), None).await.expect("reads");
        assert!(!texts.is_set() && texts.unsaid().len() == 6, "{:?}", texts.unsaid());
        let head = people().head;
        let own = Sender {
            organ: NAME.into(),
            mark: "思府办公开".into(),
            review_organ: "某某人民政府".into(),
            court: "某某人民法院".into(),
            ..Sender::default()
        };
        let desk = house.of("2026-03-04", &head).await;
        let version = letter_text::set_up(desk, &head, (&own, "第一次填写", 0)).await;
        assert_eq!(version.expect("the platform's is no version of the organ's"), 1);
        assert_eq!(read(house, &request, &answer).await, written, "what went out stays");
        let texts = LetterTexts::of(store, (ORGAN, NAME), None).await.expect("reads");
        assert!(texts.is_set());
        assert_eq!(texts.unsaid(), ["网上申请行政复议的途径", "联系方式", "缴费方式"]);
        assert_eq!(texts.sender().review_organ, "某某人民政府");
        let online = texts.sender().online_review.as_deref();
        assert_eq!(online, Some("某某人民政府网站的行政复议栏目"));
    })
    .await;
}

#[tokio::test]
async fn what_the_platform_knew_stays_with_the_letters_when_the_organ_is_renamed() {
    on_both(async |house| {
        let request = house.assigned("2026-03-02", "甲").await;
        let store = house.ledger.store();
        let letters = IssuedLetter::of(store, &request).await.expect("reads");
        let before = read(house, &request, &letters[0]).await;
        let organs = "code,name,short_name,kind,level,division,phone
XM01002,厦门市思明区人民政府办公室,区府办,office,district,350203000000,0592-7654321
";
        let tables = identity::Tables { divisions: None, organs: Some(organs) };
        let desk = house.desk("2026-03-05", Actor::Operator("clerk".into())).await;
        tables.keep(desk, "改了资料").await.expect("kept");
        assert_eq!(read(house, &request, &letters[0]).await, before);
    })
    .await;
}
