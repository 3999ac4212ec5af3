//! 送达, 更正, 投诉, 去标识, 信息处理费 and what belongs elsewhere.

use law::{WorkCalendar, day};
use records_rules::Retention;
use requests_rules::{
    BadDelivery, Closing, Complaint, ComplaintGround, ComplaintStanding, Consulted,
    CountedApplication, Delivery, FeeMethod, Letter, Misplaced, MustKeep, Opinion, OpinionEffect,
    PER_ITEM, ProvidedForm, RectificationDemand, RectificationOutcome, ServingMethod, ServingProof,
    Whither, archived_by, per_item, per_page,
};

#[test]
fn a_letter_is_served_on_the_day_its_proof_shows() {
    let sent = day(2026, 11, 2);
    let delivery = |method, arrived, proof| Delivery { method, sent, arrived, proof };
    let arrived = Some(day(2026, 11, 5));
    for (method, arrived, proof, outcome) in [
        (ServingMethod::Post, None, None, Ok(None)),
        (ServingMethod::Post, arrived, Some(ServingProof::PostalReceipt), Ok(arrived)),
        (ServingMethod::InPerson, arrived, Some(ServingProof::SignedSlip), Ok(arrived)),
        (ServingMethod::Electronic, arrived, Some(ServingProof::SystemRecord), Ok(arrived)),
        (ServingMethod::LeftBehind, arrived, Some(ServingProof::RecordOfLeaving), Ok(arrived)),
        (
            ServingMethod::PublicNotice,
            None,
            Some(ServingProof::PostedNotice),
            Ok(Some(day(2026, 12, 2))),
        ),
        (
            ServingMethod::Post,
            arrived,
            None,
            Err(BadDelivery::Unproved(ServingProof::PostalReceipt.name())),
        ),
        (
            ServingMethod::Post,
            arrived,
            Some(ServingProof::SystemRecord),
            Err(BadDelivery::Unproved(ServingProof::PostalReceipt.name())),
        ),
        (
            ServingMethod::Fax,
            Some(day(2026, 11, 1)),
            Some(ServingProof::FaxReport),
            Err(BadDelivery::BeforeSent { arrived: day(2026, 11, 1), sent }),
        ),
    ] {
        let served = delivery(method, arrived, proof).served_on();
        assert_eq!(served, outcome, "{} {arrived:?}", method.name());
    }
}

#[test]
fn a_demand_for_correction_leads_where_its_facts_lead() {
    let demand = |own_record, evidence, competent, found_wrong| RectificationDemand {
        received: day(2026, 11, 2),
        own_record,
        evidence,
        competent,
        found_wrong,
    };
    for (facts, outcome) in [
        ((false, true, true, Some(true)), RectificationOutcome::NotOwn),
        ((true, false, true, None), RectificationOutcome::EvidenceWanted),
        ((true, true, false, None), RectificationOutcome::SentOn),
        ((true, true, true, None), RectificationOutcome::Examine),
        ((true, true, true, Some(true)), RectificationOutcome::Corrected),
        ((true, true, true, Some(false)), RectificationOutcome::Upheld),
    ] {
        let (own, evidence, competent, wrong) = facts;
        let demand = demand(own, evidence, competent, wrong);
        assert_eq!(demand.outcome(), outcome);
        assert_eq!(outcome.letter().is_none(), outcome == RectificationOutcome::Examine);
        let due = demand.due(WorkCalendar::state_council()).expect("in reach").expect("in force");
        assert_eq!(due.date, day(2026, 11, 30));
    }
}

#[test]
fn a_complaint_has_a_clock_of_its_own() {
    let calendar = WorkCalendar::state_council();
    let fresh = Complaint {
        ground: ComplaintGround::NotAnswered,
        received: day(2026, 11, 2),
        taken_up: None,
        told: None,
    };
    let standing = |complaint: Complaint, on| complaint.standing(on, calendar).expect("in reach");
    let overdue = |standing| match standing {
        ComplaintStanding::Fresh { overdue, due }
        | ComplaintStanding::Verifying { overdue, due } => (due.date, overdue),
        ComplaintStanding::Told { .. } => panic!("not told yet"),
    };
    assert_eq!(overdue(standing(fresh, day(2026, 11, 9))), (day(2026, 11, 9), false));
    assert_eq!(overdue(standing(fresh, day(2026, 11, 10))), (day(2026, 11, 9), true));
    let late = Complaint { taken_up: Some(day(2026, 11, 20)), ..fresh };
    assert_eq!(overdue(standing(late, day(2026, 11, 30))), (day(2026, 11, 30), false));
    assert_eq!(overdue(standing(late, day(2026, 12, 1))), (day(2026, 11, 30), true));
    let told = Complaint { told: Some(day(2026, 12, 1)), ..late };
    let told = standing(told, day(2026, 12, 31));
    assert_eq!(told, ComplaintStanding::Told { on: day(2026, 12, 1), in_time: false });
}

#[test]
fn an_applicant_is_taken_out_of_a_file_only_when_nothing_needs_him_and_by_two() {
    let closing = Closing {
        closed: day(2015, 3, 31),
        retention: Retention::Ten,
        remedies_until: None,
        legal_hold: false,
    };
    let two = ("甲", "乙");
    let today = day(2026, 11, 26);
    let asked = |closing: Closing, persons| closing.may_remove_identity(today, persons);
    assert_eq!(asked(closing, two), Ok(()));
    assert_eq!(asked(closing, ("甲", "甲")), Err(MustKeep::OnePerson));
    assert_eq!(asked(Closing { legal_hold: true, ..closing }, two), Err(MustKeep::LegalHold));
    let pending = Closing { remedies_until: Some(today), ..closing };
    assert_eq!(asked(pending, two), Err(MustKeep::Remedies(today)));
    let recent = Closing { closed: day(2016, 1, 1), ..closing };
    assert_eq!(asked(recent, two), Err(MustKeep::Until(day(2026, 12, 31))));
    let permanent = Closing { retention: Retention::Permanent, ..closing };
    assert_eq!(asked(permanent, two), Err(MustKeep::Permanent));
    assert_eq!(archived_by(day(2026, 1, 1)), Some(day(2027, 6, 30)));
}

#[test]
fn a_fee_shows_its_tiers_and_holds_from_2021() {
    let scale = PER_ITEM.on(day(2026, 1, 1)).expect("in force").value;
    assert_eq!(
        scale.charge(1, 35).shown(FeeMethod::PerItem),
        "第1—10件 10件×0元=0元；第11—30件 20件×100元=2000元；第31—40件 5件×200元=1000元；共3000元"
    );
    let pages = per_page(day(2026, 1, 1), ProvidedForm::Paper, 250, false).expect("in force");
    assert_eq!(pages.amount, 4_700);
    assert!(pages.shown(FeeMethod::PerPage).contains("第201页起 50页×40元=2000元"));
    assert!(per_page(day(2020, 12, 31), ProvidedForm::Paper, 250, false).is_err());
    let old = CountedApplication { applicant: "甲".into(), received: day(2020, 12, 31), items: 1 };
    assert!(per_item(&[old]).is_err());
}

#[test]
fn what_came_to_the_wrong_place_goes_where_the_articles_send_it() {
    for (misplaced, whither, article) in [
        (Misplaced::RequestWithinOrgan, Whither::ToOffice, "第三十一条"),
        (Misplaced::RequestForOtherOrgan, Whither::TellApplicant, "第三十六条第（五）项"),
        (Misplaced::RectificationForOtherOrgan, Whither::SendOnOrTell, "第四十一条"),
        (Misplaced::PublicEnterprise, Whither::TellOfComplaint, "第五十五条"),
    ] {
        assert_eq!(misplaced.whither(), whither);
        assert_eq!(misplaced.basis().place(), article);
    }
}

#[test]
fn an_opinion_leads_where_the_articles_say_and_silence_is_no_consent_of_a_third_party() {
    use Consulted::{JointMaker, OtherOrgan, ThirdParty};
    use Opinion::{Agrees, AgreesInPart, ObjectsWithReason, ObjectsWithoutReason, Silent};
    let (held, not, open) = (Some(true), Some(false), None);
    for (of, opinion, holds, public_interest, effect) in [
        (ThirdParty, Agrees, open, false, OpinionEffect::Disclose),
        (ThirdParty, ObjectsWithReason, open, false, OpinionEffect::JudgeFirst),
        (ThirdParty, ObjectsWithReason, held, false, OpinionEffect::Withhold),
        (ThirdParty, ObjectsWithReason, not, false, OpinionEffect::OrganDecides),
        (ThirdParty, ObjectsWithReason, held, true, OpinionEffect::DiscloseAndTell),
        (ThirdParty, AgreesInPart, open, false, OpinionEffect::JudgeFirst),
        (ThirdParty, AgreesInPart, held, false, OpinionEffect::Withhold),
        (ThirdParty, AgreesInPart, held, true, OpinionEffect::DiscloseAndTell),
        (ThirdParty, ObjectsWithoutReason, open, false, OpinionEffect::OrganDecides),
        (ThirdParty, Silent, open, false, OpinionEffect::OrganDecides),
        (ThirdParty, Silent, open, true, OpinionEffect::OrganDecides),
        (JointMaker, Silent, open, false, OpinionEffect::Disclose),
        (JointMaker, ObjectsWithReason, open, false, OpinionEffect::Weigh),
        (JointMaker, AgreesInPart, open, false, OpinionEffect::Weigh),
        (OtherOrgan, Silent, open, false, OpinionEffect::Weigh),
        (OtherOrgan, Agrees, open, false, OpinionEffect::Disclose),
    ] {
        assert_eq!(opinion.effect(of, holds, public_interest), effect, "{of:?} {opinion:?}");
    }
    let told = OpinionEffect::DiscloseAndTell.letter();
    assert_eq!(told, Some(Letter::DecisionToThirdParty));
    assert_eq!(OpinionEffect::Withhold.letter(), None);
}
