//! 转主动公开 (第四十四条), answers one at a time, fees paid back, and the letters of what stands beside.

use ledger::Actor;
use requests::acts::answer::{self, Draft};
use requests::acts::conversion::{self, Wish};
use requests::acts::rectification::Found;
use requests::acts::{ActError, charging, proposal, rectification, suggestion};
use requests::store::{
    Conversion, MatterLetter, RectificationWish, Several, Suggested, SuggestionCase,
};
use requests_rules::{Channel, Contact, FeeMethod, Letter};
use serde_json::Value as Json;

use crate::house::{House, ORGAN, application, day, on_both, open_already, people};

const WISH: Wish<'_> =
    Wish {
        title: "2025年征地补偿标准", text: "每亩五万元。", reason: "多数群众需要知晓"
    };

async fn events(house: &House, subject: &str, act: &str) -> Vec<ledger::Event> {
    let all = house.ledger.events_on(subject).await.expect("reads");
    all.into_iter().filter(|one| one.act == act).collect()
}

#[tokio::test]
async fn an_answered_request_is_turned_once_and_tells_nobody_who_asked() {
    on_both(async |house| {
        let by = people().officer;
        let request = house.assigned("2026-03-02", "欧阳金雀").await;
        let convert = async |wish: Wish<'_>| {
            let desk = house.of("2026-03-11", &by).await;
            conversion::convert(desk, &house.sealer, &by, &request, wish).await
        };
        let early = convert(WISH).await;
        assert!(matches!(early, Err(ActError::Refused(..))), "not answered: {early:?}");
        house.answered("2026-03-10", &request, open_already()).await.expect("answered");
        for wish in [
            Wish { title: "欧阳金雀的申请", ..WISH },
            Wish { text: "答复欧阳金雀：每亩五万元", ..WISH },
            Wish { text: "请打13950012345", ..WISH },
            Wish { title: " ", ..WISH },
        ] {
            let told = convert(wish).await;
            assert!(matches!(told, Err(ActError::Refused(..))), "{wish:?}: {told:?}");
        }
        let unreasoned = convert(Wish { reason: "", ..WISH }).await;
        assert!(matches!(unreasoned, Err(ActError::Reason(..))), "{unreasoned:?}");
        convert(WISH).await.expect("turned");
        let again = convert(WISH).await;
        assert!(matches!(again, Err(ActError::Refused(..))), "{again:?}");
        let told = events(house, &format!("request:{request}"), "conversion").await;
        let [told] = told.as_slice() else { panic!("told once: {told:?}") };
        let fact = |name: &str| told.facts.get(name).cloned().unwrap_or_default();
        assert_eq!((fact("publish"), fact("text")), (Json::Bool(true), Json::Null));
        assert!(
            !told.facts.to_string().contains("每亩"),
            "the chain keeps no text: {}",
            told.facts
        );
        let parcel = fact("parcel").as_str().map(str::to_owned).expect("a key");
        let text = ledger::parcel::enclosed(house.ledger.store(), &parcel).await.expect("reads");
        assert_eq!(text.as_deref(), Some(WISH.text));
        assert!(!told.facts.to_string().contains("欧阳"), "{}", told.facts);
        let kept = Conversion::of_request(house.ledger.store(), &request).await.expect("reads");
        assert_eq!(kept.expect("kept").published, None);
    })
    .await;
}

#[tokio::test]
async fn what_several_ask_for_is_decided_once_either_way() {
    on_both(async |house| {
        let by = people().officer;
        for (title, publish) in [("2025年征地补偿标准", true), ("2024年征地补偿标准", false)]
        {
            for name in ["甲某某", "乙某某", "丙某某"] {
                house.asks("2026-03-02", application(Channel::Counter, name, title)).await;
            }
            let all = Several::of_organ(house.ledger.store(), ORGAN).await.expect("reads");
            let one = all.iter().find(|one| one.publish.is_none()).expect("proposed");
            let decide = async |wish: Wish<'_>| {
                let desk = house.of("2026-03-03", &by).await;
                let decided = (publish, wish);
                conversion::decide_several(desk, &house.sealer, &by, &one.id, decided).await
            };
            if publish {
                // The applicant with whom it became several is not named either.
                let naming = decide(Wish { text: "丙某某要的信息", ..WISH }).await;
                assert!(matches!(naming, Err(ActError::Refused(..))), "{naming:?}");
            }
            decide(WISH).await.expect("decided");
            let again = decide(WISH).await;
            assert!(matches!(again, Err(ActError::Refused(..))), "{again:?}");
            let told = events(house, &format!("several:{}", one.id), "conversion").await;
            assert_eq!(told.len(), usize::from(publish));
        }
    })
    .await;
}

#[tokio::test]
async fn a_suggestion_is_decided_with_a_reason_that_the_suggester_finds() {
    on_both(async |house| {
        let by = people().officer;
        let (ledger, sealer) = (&house.ledger, &house.sealer);
        let said = Suggested {
            name: "林秀英".into(),
            contact: "13950012345".into(),
            words: "大家都应当看到".into(),
        };
        let place = (ORGAN, "", "form-1");
        let taken = suggestion::suggest(ledger, sealer, place, &said).await.expect("taken");
        let decide = async |wish: Wish<'_>| {
            let desk = house.of("2026-03-05", &by).await;
            let decided = (true, "电话告知", wish);
            conversion::decide_suggestion(desk, sealer, &by, &taken.id, decided).await
        };
        let naming = decide(Wish { text: "应林秀英的建议公开", ..WISH }).await;
        assert!(matches!(naming, Err(ActError::Refused(..))), "{naming:?}");
        decide(WISH).await.expect("decided");
        let again = decide(WISH).await;
        assert!(matches!(again, Err(ActError::Refused(..))), "{again:?}");
        let case = SuggestionCase::find(ledger.store(), ORGAN, &taken.id).await.expect("reads");
        let case = case.expect("is there");
        assert_eq!(
            (case.adopted, case.result.as_str(), case.told_by.as_str(), case.decided_on),
            (Some(true), WISH.reason, "电话告知", Some(day("2026-03-05")))
        );
        assert_eq!(events(house, &format!("suggestion:{}", taken.id), "conversion").await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn two_unfinished_answers_to_one_request_are_refused() {
    on_both(async |house| {
        let by = people().officer;
        let request = house.assigned("2026-03-02", "林秀英").await;
        let draft = || Draft {
            request: request.clone(),
            answer: None,
            corrects: None,
            seen: 0,
            content: open_already(),
        };
        let desk = house.of("2026-03-03", &by).await;
        let (first, _) = answer::save(desk, &by, draft()).await.expect("saved");
        let desk = house.of("2026-03-03", &by).await;
        let second = answer::save(desk, &by, draft()).await;
        assert!(matches!(second, Err(ActError::Overtaken(_))), "both texts are told: {second:?}");
        let desk = house.of("2026-03-03", &by).await;
        answer::submit(desk, &house.sealer, &by, &first.id).await.expect("in review");
        let desk = house.of("2026-03-03", &by).await;
        let second = answer::save(desk, &by, draft()).await.expect_err("one is in review");
        let words = format!("{second}。{}", second.remedy());
        assert!(words.contains("已有一份答复正在审查") && words.contains("退回以后"), "{words}");
        let change = house.ledger.store().begin().await.expect("begins");
        let sql = "INSERT INTO request_answer (id, request, version, state)
                   VALUES ('another', $1, 0, 'draft')";
        change.run(sql, vec![request.as_str().into()]).await.expect_err("the database refuses");
        drop(change);
        if house.ledger.store().engine() == store::Engine::Sqlite {
            let change = house.ledger.store().begin().await.expect("begins");
            let sql = sql.replace("INSERT", "INSERT OR REPLACE");
            change.run(&sql, vec![request.as_str().into()]).await.expect_err("nor replaces it");
        }
    })
    .await;
}

#[tokio::test]
async fn a_fee_is_paid_back_with_a_reason_and_not_more_than_was_paid() {
    on_both(async |house| {
        let by = people().officer;
        let request = house.assigned("2026-03-02", "林秀英").await;
        let wish = proposal::Wish::Fee(FeeMethod::PerPage, 300);
        house.decided("2026-03-03", &request, wish).await.expect("noticed");
        let fees = requests::store::Fee::of(house.ledger.store(), &request).await.expect("reads");
        let fee = fees.first().expect("a fee");
        let refund = async |amount: u64, reason: &str| {
            let desk = house.of("2026-03-06", &by).await;
            charging::refund(desk, &by, &request, (&fee.id, amount, reason)).await
        };
        let early = refund(1, "多收").await;
        assert!(matches!(early, Err(ActError::Refused(..))), "not paid: {early:?}");
        let desk = house.of("2026-03-05", &by).await;
        let paid = (day("2026-03-05"), "闽财0001");
        charging::pay(desk, &by, &request, paid).await.expect("paid");
        for (amount, reason) in [(fee.amount + 1, "多收"), (0, "多收"), (1, " ")] {
            assert!(refund(amount, reason).await.is_err(), "{amount} {reason}");
        }
        refund(1, "多收一元").await.expect("paid back in part");
        assert!(refund(fee.amount, "全退").await.is_err(), "more than is left");
        refund(fee.amount - 1, "页数算错").await.expect("paid back");
        assert!(refund(1, "再退").await.is_err(), "nothing is left");
    })
    .await;
}

/// A demand to correct a record that was told.
pub async fn corrected(house: &House) -> String {
    let wish = RectificationWish {
        name: "林秀英".into(),
        proof: None,
        contact: Contact { email: Some("a@b.cn".into()), ..Contact::default() },
        record: "婚姻登记".into(),
        wrong: "日期错了".into(),
        evidence: "证书".into(),
    };
    let desk = house.desk("2026-03-02", Actor::Visitor).await;
    let taken = rectification::file(desk, &house.sealer, (ORGAN, "form-1"), wish).await;
    let id = taken.expect("taken").demand.id;
    let by = people().officer;
    let found = Found {
        own_record: true,
        evidence: true,
        competent: false,
        found_wrong: None,
        sent_to: "市民政局，电话0592-0000001".into(),
        reason: "由登记机关更正".into(),
    };
    let desk = house.of("2026-03-05", &by).await;
    rectification::tell(desk, &house.sealer, &by, &id, found).await.expect("told");
    id
}

#[tokio::test]
async fn what_became_of_a_demand_to_correct_is_a_letter_with_a_number() {
    on_both(async |house| {
        let id = corrected(house).await;
        let about = format!("rectification:{id}");
        let letter = MatterLetter::of(house.ledger.store(), &about).await.expect("reads");
        let letter = letter.expect("issued");
        assert_eq!(
            (letter.kind, letter.number.as_str()),
            (Letter::RectificationTransfer, "转送〔2026〕1号")
        );
        assert!(!letter.facts.to_string().contains("林秀英"), "{}", letter.facts);
    })
    .await;
}
