//! What comes beside and after: archiving, holds, removal of names, looks, remedies, complaints, corrections of
//! records.

use ledger::Actor;
use records_rules::Retention;
use requests::acts::complaint::Filed;
use requests::acts::proposal::Wish;
use requests::acts::rectification::Found;
use requests::acts::remedy::Brought;
use requests::acts::{ActError, archiving, complaint, looking, rectification, recusal, remedy};
use requests::store::{
    CaseFile, Complainant, ComplaintCase, FilingState, Looked, Particulars, ProposalKind, Purpose,
    RectificationWish, RemedyKind, RemedyResult,
};
use requests_rules::{ComplaintGround, ComplaintOutcome, Contact, RectificationOutcome};

use crate::house::{House, ORGAN, day, officer, on_both, open_already, people};

/// A file that was answered, served and archived for ten years.
async fn archived(house: &House) -> String {
    let request = house.assigned("2020-03-02", "欧阳金雀").await;
    let letter = house.answered("2020-03-10", &request, open_already()).await.expect("answered");
    let by = people().officer;
    let pages = archiving::Pages::from([(letter.id.clone(), 2)]);
    let kept = (Retention::Ten, &pages);
    let desk = house.of("2020-03-11", &by).await;
    let early = archiving::archive(desk, &by, &request, kept).await;
    assert!(matches!(early, Err(ActError::Refused(..))), "not shown to have arrived: {early:?}");
    house.served("2020-03-11", &request, &letter.id).await.expect("served");
    let desk = house.of("2020-03-12", &by).await;
    let list = archiving::archive(desk, &by, &request, kept).await.expect("archived");
    let names: Vec<&str> = list.pieces.iter().map(|one| one.piece.name()).collect();
    assert_eq!(
        names,
        ["申请表及身份证明", "登记回执", "审核、签发记录", "答复书及提供的信息", "送达证明"]
    );
    listed(house, &request, &letter.number).await;
    request
}

/// The archive list as it is read: each thing with its title, number, day and pages.
async fn listed(house: &House, request: &str, number: &str) {
    use requests::letters::Contents;

    let letters = requests::store::IssuedLetter::of(house.ledger.store(), request).await;
    let letters = letters.expect("reads");
    let list = letters.iter().find(|one| one.kind == requests_rules::Letter::ArchiveList);
    let case = house.case(request).await;
    let calendar = house.ledger.calendar();
    let contents =
        requests::issued::contents_of(list.expect("a list"), &case, &calendar).expect("a calendar");
    let Some(Contents::ArchiveList { pieces, .. }) = contents else { panic!("{contents:?}") };
    let lines: Vec<(&str, &str, String, Option<u32>)> = pieces
        .iter()
        .map(|one| {
            let number = one.number.as_deref().unwrap_or_default();
            (one.title.as_str(), number, one.on.to_string(), one.pages)
        })
        .collect();
    let day = |text: &str| text.to_owned();
    assert_eq!(
        lines,
        [
            ("政府信息公开申请（当面提交）", &*case.filing.number, day("2020-03-02"), None),
            ("政府信息公开申请登记回执", "登记〔2020〕1号", day("2020-03-02"), None),
            ("答复审批记录（第1稿）", "", day("2020-03-10"), None),
            ("政府信息公开申请答复书", number, day("2020-03-10"), Some(2)),
            ("送达、检索证明", "", day("2020-03-11"), None),
            (
                "政府信息公开申请答复书的直接送达记录：签名并注明日期的送达回证",
                "",
                day("2020-03-11"),
                None
            ),
        ]
    );
}

/// Who was not answered complains, and is told what came of it.
async fn complained(house: &House, request: &str) -> String {
    let filed = Filed {
        organ: "XM00002".into(),
        about: ORGAN.into(),
        request: Some(request.into()),
        ground: ComplaintGround::NotAnswered,
        complainant: Complainant {
            name: "林秀英".into(),
            contact: Contact { telephone: Some("13950012345".into()), ..Contact::default() },
            words: "逾期没有答复".into(),
        },
        key: "form-8".into(),
    };
    let desk = house.desk("2020-04-01", Actor::Visitor).await;
    let id = complaint::file(desk, &house.sealer, filed).await.expect("taken").complaint.id;
    let by = review::Signatory { organ: "XM00002".into(), ..officer("zhou", "supervision_office") };
    complaint::take_up(house.of("2020-04-02", &by).await, &by, &id).await.expect("taken up");
    let result = (ComplaintOutcome::ToRectify, "责令限期答复");
    let desk = house.of("2020-04-20", &by).await;
    complaint::tell(desk, &house.sealer, &by, &id, result).await.expect("told");
    id
}

#[tokio::test]
async fn names_are_taken_out_after_retention_by_two_persons_and_not_under_a_hold() {
    on_both(async |house| {
        let request = archived(house).await;
        let complained = complained(house, &request).await;
        let removal = || Wish::Plain(ProposalKind::Removal);
        let early = house.decided("2030-12-31", &request, removal()).await;
        assert!(matches!(early, Err(ActError::Faults(_))), "{early:?}");
        let people = people();
        let desk = house.of("2031-01-02", &people.head).await;
        let hold = archiving::hold(desk, &people.head, &request, "法院调取").await.expect("held");
        let held = house.decided("2031-01-02", &request, removal()).await;
        assert!(matches!(held, Err(ActError::Faults(_))), "{held:?}");
        let desk = house.of("2031-01-03", &people.head).await;
        let own = archiving::lift(desk, &people.head, (&request, &hold.id), "退回").await;
        assert!(matches!(own, Err(ActError::Refused(..))), "{own:?}");
        let desk = house.of("2031-01-03", &people.officer).await;
        archiving::lift(desk, &people.officer, (&request, &hold.id), "退回").await.expect("lifted");
        assert_eq!(house.decided("2031-01-03", &request, removal()).await.expect("removed"), None);
        let gone = Particulars::open(house.ledger.store(), &house.sealer, &request).await;
        assert_eq!(gone.expect("reads"), None);
        let case = ComplaintCase::find(house.ledger.store(), "XM00002", &complained).await;
        let case = case.expect("reads").expect("stays");
        assert_eq!(case.complainant(&house.sealer).expect("opens"), None, "nor who complained");
        let files = CaseFile::of(house.ledger.store(), &request).await.expect("reads");
        let proof = files.iter().find(|file| file.purpose == Purpose::Proof).expect("stays");
        assert!(proof.is_personal() && !proof.sha256.is_empty(), "its scan goes, its row stays");
        let filing = house.case(&request).await.filing;
        assert_eq!(
            (filing.state, filing.nameless_on),
            (FilingState::Answered, Some(day("2031-01-03")))
        );
    })
    .await;
}

/// Who, with which reason, and whether he is shown who asked.
const LOOKS: [(&str, &str, &str, bool); 5] = [
    ("chen", "foi_officer", "", true),
    ("other", "foi_officer", "想看看", false),
    ("wang", "foi_head", "", false),
    ("wang", "foi_head", "核对收件地址", true),
    ("sun", "approver", "签发要看", false),
];

#[tokio::test]
async fn who_asked_is_shown_to_those_who_work_on_it_and_each_look_is_kept() {
    on_both(async |house| {
        let request = house.assigned("2026-03-02", "林秀英").await;
        for (person, role, reason, shown) in LOOKS {
            let by = officer(person, role);
            let desk = house.of("2026-03-03", &by).await;
            let told = looking::look(desk, &house.sealer, &by, &request, reason).await;
            assert_eq!(told.is_ok(), shown, "{person} {role} {reason}: {told:?}");
        }
        let kept = Looked::of(house.ledger.store(), &request).await.expect("reads");
        let names: Vec<_> =
            kept.iter().map(|one| (one.name.as_str(), one.reason.as_str())).collect();
        assert_eq!(names, [("chen先生", ""), ("wang先生", "核对收件地址")]);
    })
    .await;
}

#[tokio::test]
async fn a_suit_after_review_follows_a_concluded_review() {
    on_both(async |house| {
        let request = house.assigned("2026-03-02", "林秀英").await;
        house.answered("2026-03-10", &request, open_already()).await.expect("answered");
        let by = people().officer;
        let brought = |kind, after: Option<&str>, on: &str| Brought {
            kind,
            authority: "厦门市人民政府".into(),
            case_number: "厦府行复〔2026〕1号".into(),
            after: after.map(str::to_owned),
            filed_on: day(on),
        };
        let file = async |brought| {
            remedy::register(house.of("2026-09-01", &by).await, &by, &request, brought).await
        };
        let review =
            file(brought(RemedyKind::Review, None, "2026-04-01")).await.expect("registered");
        let early = brought(RemedyKind::SuitAfterReview, Some(&review.id), "2026-06-01");
        assert!(matches!(file(early.clone()).await, Err(ActError::Refused(..))));
        let concluded = (day("2026-05-01"), RemedyResult::Upheld, "");
        let desk = house.of("2026-09-01", &by).await;
        remedy::conclude(desk, &by, (&request, &review.id), concluded).await.expect("concluded");
        file(early).await.expect("registered");
        let direct = brought(RemedyKind::DirectSuit, Some(&review.id), "2026-06-01");
        assert!(matches!(file(direct).await, Err(ActError::Refused(..))));
    })
    .await;
}

#[tokio::test]
async fn a_complaint_is_taken_up_and_told_by_another_organ_in_its_own_time() {
    on_both(async |house| {
        let request = house.assigned("2026-03-02", "林秀英").await;
        let contact = Contact { telephone: Some("13950012345".into()), ..Contact::default() };
        let filed = |organ: &str| Filed {
            organ: organ.into(),
            about: ORGAN.into(),
            request: Some(request.clone()),
            ground: ComplaintGround::NotAnswered,
            complainant: Complainant {
                name: "林秀英".into(),
                contact: contact.clone(),
                words: "逾期没有答复".into(),
            },
            key: "form-9".into(),
        };
        let desk = house.desk("2026-04-01", Actor::Visitor).await;
        let own = complaint::file(desk, &house.sealer, filed(ORGAN)).await;
        assert!(matches!(own, Err(ActError::Refused(..))), "its own judge: {own:?}");
        let desk = house.desk("2026-04-01", Actor::Visitor).await;
        let taken = complaint::file(desk, &house.sealer, filed("XM00002")).await.expect("taken");
        assert_eq!(taken.complaint.number, "XM00002-TS-2026-00001");
        assert_eq!(taken.complaint.decide_by, day("2026-04-30"));
        let by =
            review::Signatory { organ: "XM00002".into(), ..officer("zhou", "supervision_office") };
        let id = taken.complaint.id.as_str();
        let result = (ComplaintOutcome::ToRectify, "责令限期答复");
        let desk = house.of("2026-04-02", &by).await;
        let early = complaint::tell(desk, &house.sealer, &by, id, result).await;
        assert!(matches!(early, Err(ActError::Refused(..))), "not taken up: {early:?}");
        complaint::take_up(house.of("2026-04-02", &by).await, &by, id).await.expect("taken up");
        let desk = house.of("2026-04-20", &by).await;
        complaint::tell(desk, &house.sealer, &by, id, result).await.expect("told");
    })
    .await;
}

#[tokio::test]
async fn a_record_of_oneself_is_corrected_or_sent_on_or_upheld() {
    on_both(async |house| {
        let file = async |key: &str| {
            let wish = RectificationWish {
                name: "林秀英".into(),
                proof: None,
                contact: Contact { email: Some("a@b.cn".into()), ..Contact::default() },
                record: "婚姻登记".into(),
                wrong: "日期错了".into(),
                evidence: "证书".into(),
            };
            let desk = house.desk("2026-03-02", Actor::Visitor).await;
            rectification::file(desk, &house.sealer, (ORGAN, key), wish).await.expect("taken")
        };
        let by = people().officer;
        let found = |competent, found_wrong, sent_to: &str| Found {
            own_record: true,
            evidence: true,
            competent,
            found_wrong,
            sent_to: sent_to.into(),
            reason: "核对了档案".into(),
        };
        let tell = async |id: &str, found| {
            let desk = house.of("2026-03-05", &by).await;
            rectification::tell(desk, &house.sealer, &by, id, found).await
        };
        let first = file("form-1").await.demand;
        assert_eq!(first.due_on, day("2026-03-30"));
        let open = tell(&first.id, found(true, None, "")).await;
        assert!(matches!(open, Err(ActError::Refused(..))), "{open:?}");
        let nowhere = tell(&first.id, found(false, None, "")).await;
        assert!(matches!(nowhere, Err(ActError::Refused(..))), "{nowhere:?}");
        let sent = tell(&first.id, found(false, None, "市民政局")).await.expect("told");
        assert_eq!(sent, RectificationOutcome::SentOn);
        let again = tell(&first.id, found(true, Some(true), "")).await;
        assert!(matches!(again, Err(ActError::Refused(..))), "{again:?}");
        let second = file("form-2").await.demand;
        let right = tell(&second.id, found(true, Some(true), "")).await.expect("told");
        assert_eq!(right, RectificationOutcome::Corrected);
    })
    .await;
}

#[tokio::test]
async fn whoever_works_here_and_asks_himself_is_told_apart_by_his_document() {
    on_both(async |house| {
        let registration = identity::Registration {
            name: "陈某某".into(),
            document: crate::house::resident("陈某某").as_str().into(),
            login: "chenmou".into(),
            organ: ORGAN.into(),
        };
        let operator = Actor::Operator("admin".into());
        let ledger = &house.ledger;
        let registered = identity::Person::register(ledger, operator, &registration).await;
        let person = registered.expect("registered").person;
        let own = house.assigned("2026-03-02", "陈某某").await;
        let other = house.assigned("2026-03-02", "林秀英").await;
        for _ in 0..2 {
            let told = recusal::persons(ledger, &house.sealer, (ORGAN, &own)).await.expect("tells");
            assert_eq!(told.iter().collect::<Vec<_>>(), [&person]);
            let told =
                recusal::persons(ledger, &house.sealer, (ORGAN, &other)).await.expect("tells");
            assert!(told.is_empty());
        }
        let entries = ledger.events_on(&format!("request:{own}")).await.expect("reads");
        let looked = entries.iter().filter(|one| one.act == "recusal").count();
        assert_eq!(looked, 1, "found out once");
        assert!(entries.iter().all(|one| !one.facts.to_string().contains(&person)));
    })
    .await;
}
