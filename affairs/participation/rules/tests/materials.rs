//! What is handed in before a discussion, and what a report of a decision says.

use law::{Date, WorkCalendar, day};
use participation_rules::{
    DecisionAccount, EvaluationGround, LegalOpinion, Material, MaterialFact, Milestone, ReportKind,
    ReportState,
};

fn there(material: Material) -> MaterialFact {
    let legality = material == Material::Legality;
    MaterialFact {
        material,
        there: true,
        day: Some(day(2026, 12, 11)),
        sent_on: legality.then(|| day(2026, 12, 2)),
        opinion: legality.then_some(LegalOpinion::Lawful),
        reason: String::new(),
    }
}

fn absent(material: Material, reason: &str) -> MaterialFact {
    MaterialFact {
        there: false,
        day: None,
        sent_on: None,
        opinion: None,
        reason: reason.into(),
        ..there(material)
    }
}

fn with(other: MaterialFact) -> Vec<MaterialFact> {
    let mut all: Vec<MaterialFact> = Material::ALL.into_iter().map(there).collect();
    all.retain(|one| one.material != other.material);
    all.push(other);
    all
}

#[test]
fn a_draft_is_discussed_when_everything_is_there_or_its_absence_has_a_reason() {
    let calendar = WorkCalendar::state_council();
    assert_eq!(Material::lacks(&[], calendar).len(), Material::ALL.len());
    let legality = |sent: Date, opinion: LegalOpinion, reason: &str| MaterialFact {
        sent_on: Some(sent),
        opinion: Some(opinion),
        reason: reason.into(),
        ..there(Material::Legality)
    };
    let early = day(2026, 12, 2);
    for (known, words) in [
        (with(there(Material::Draft)), None),
        (with(absent(Material::Experts, "没有专业性、技术性问题")), None),
        (with(absent(Material::Experts, "")), Some("为什么没有")),
        (with(absent(Material::Draft, "来不及")), Some("不能讨论")),
        (with(absent(Material::Legality, "征求过意见")), Some("不得讨论")),
        (with(legality(early, LegalOpinion::Unlawful, "")), Some("不合法")),
        (with(legality(early, LegalOpinion::RiskTold, "")), None),
        // Seven working days after Wednesday the second is Friday the eleventh.
        (with(legality(day(2026, 12, 3), LegalOpinion::Lawful, "")), Some("7 个工作日")),
        (with(legality(day(2026, 12, 3), LegalOpinion::Lawful, "防汛")), None),
    ] {
        let lacks = Material::lacks(&known, calendar);
        match words {
            None => assert_eq!(lacks, []),
            Some(words) => {
                assert_eq!(lacks.len(), 1, "{lacks:?}");
                assert!(lacks[0].words.contains(words), "{words}: {lacks:?}");
            }
        }
    }
}

#[test]
fn every_material_and_every_opinion_is_kept_by_a_word_of_its_own() {
    for one in Material::ALL {
        assert_eq!(Material::parse(one.word()), Some(one));
    }
    for one in LegalOpinion::ALL {
        assert_eq!(LegalOpinion::parse(one.word()), Some(one));
    }
    for one in ReportKind::ALL {
        assert_eq!(ReportKind::parse(one.word()), Some(one));
    }
    for one in ReportState::ALL {
        assert_eq!(ReportState::parse(one.word()), Some(one));
    }
    for one in EvaluationGround::ALL {
        assert_eq!(EvaluationGround::parse(one.word()), Some(one));
    }
}

#[test]
fn an_evaluation_says_why_by_whom_with_the_public_and_to_what_end() {
    let execution = DecisionAccount {
        kind: ReportKind::Execution,
        until: Some(day(2026, 11, 1)),
        by: "市水务局",
        body: "改造了三十个小区。",
        ground: None,
        heard: "",
        used: "",
        independent: false,
    };
    assert_eq!(execution.lacks(), []);
    assert_eq!(execution.kind.milestone(), Milestone::Progressed);
    let evaluation = DecisionAccount { kind: ReportKind::Evaluation, ..execution };
    let fields: Vec<_> = evaluation.lacks().iter().map(|lack| lack.field).collect();
    assert_eq!(fields, ["qingxing", "tingqu", "yunyong", "duli"]);
    let whole = DecisionAccount {
        ground: Some(EvaluationGround::ManyOpinions),
        heard: "开了座谈会。",
        used: "修改办法。",
        independent: true,
        ..evaluation
    };
    assert_eq!(whole.lacks(), []);
    let bare = DecisionAccount { until: None, by: " ", body: "", ..execution };
    assert_eq!(bare.lacks().len(), 3);
}
