//! A list of decisions, from its draft to what became public of each of them.

use law::day;
use participation::acts::{ActError, decision_report, decisions, materials, withdrawal};
use participation::store::{
    DecisionList, DecisionReport, DecisionSaid, ListState, Materials, Progress, ReportSaid,
    Withdrawable,
};
use participation_rules::{
    EvaluationGround, LegalOpinion, Material, MaterialFact, Milestone, ReportKind, ReportState,
};
use review::testing::someone;
use store::testing;

use super::house::{City, ORGAN, TODAY, organiser};

fn said() -> DecisionSaid {
    DecisionSaid {
        year: 2026,
        title: "2026 年度重大行政决策事项目录".into(),
        approved_by: "区委〔2026〕1 号".into(),
        approved_on: Some(day(2026, 3, 1)),
        mechanism: "每一件都向社会征求意见。".into(),
        items: "供水条例｜市水务局｜三季度｜征求意见、听证会\n停车收费｜市发改委｜四季度｜征求意见"
            .into(),
    }
}

impl City {
    async fn list_drafted(&self) -> String {
        let by = organiser();
        let desk = self.desk(&by).await;
        decisions::begin(desk, &by, (&self.organ, false)).await.expect("a draft")
    }

    async fn keep_list(&self, id: &str, said: &DecisionSaid) -> Result<(), ActError> {
        let by = organiser();
        let version = self.list(id).await.version;
        decisions::keep(self.desk(&by).await, &by, (ORGAN, id, version), said).await
    }

    pub(super) async fn list(&self, id: &str) -> DecisionList {
        DecisionList::find(self.ledger.store(), id).await.expect("asks").expect("is there")
    }

    pub(super) async fn list_published(&self) -> String {
        let (by, id) = (organiser(), self.list_drafted().await);
        self.keep_list(&id, &said()).await.expect("keeps");
        let desk = self.desk(&by).await;
        let unit = decisions::submit(desk, &self.publishers, &by, (ORGAN, &id)).await;
        self.publish(&unit.expect("hands in")).await;
        id
    }
}

#[tokio::test]
async fn a_list_without_approval_mechanism_or_decisions_is_not_handed_in() {
    testing::on_both("participation_list", async |place| {
        let city = City::founded(&place, "participation-list").await;
        let (by, id) = (organiser(), city.list_drafted().await);
        for (lacking, words) in [
            (DecisionSaid { approved_on: None, ..said() }, "党委"),
            (DecisionSaid { mechanism: String::new(), ..said() }, "机制"),
            (DecisionSaid { items: String::new(), ..said() }, "决策事项"),
        ] {
            city.keep_list(&id, &lacking).await.expect("keeps");
            let desk = city.desk(&by).await;
            let refused = decisions::submit(desk, &city.publishers, &by, (ORGAN, &id)).await;
            let refused = refused.expect_err("it lacks something").to_string();
            assert!(refused.contains(words), "{refused}");
        }
        for (wrong, field) in [
            (DecisionSaid { items: "供水条例".into(), ..said() }, "shixiang"),
            (DecisionSaid { year: 26, ..said() }, "niandu"),
            (DecisionSaid { approved_on: Some(day(2027, 1, 1)), ..said() }, "pizhunri"),
            (DecisionSaid { title: " ".into(), ..said() }, "mingcheng"),
        ] {
            let refused = city.keep_list(&id, &wrong).await.expect_err("wrong");
            assert!(matches!(refused, ActError::Field(own, _) if own == field), "{refused:?}");
        }
        decisions::drop(city.desk(&by).await, ORGAN, &id).await.expect("gives it up");
        assert_eq!(city.list(&id).await.state, ListState::Dropped);
    })
    .await;
}

#[tokio::test]
async fn a_list_is_published_once_and_what_became_public_of_each_decision_is_noted_in_settled_words()
 {
    testing::on_both("participation_progress", async |place| {
        let city = City::founded(&place, "participation-progress").await;
        let id = city.list_published().await;
        assert_eq!(city.list(&id).await.published_on, Some(TODAY));
        let leaves = "SELECT subject AS text FROM log_leaf WHERE subject LIKE '%:decisions:%'";
        assert_eq!(city.texts(leaves).await, [format!("consultation:decisions:{id}")]);
        let by = organiser();
        let mark = async |item: i64, milestone: Option<Milestone>, path: &str| {
            let what = (milestone, Some(day(2026, 11, 20)), path);
            decisions::mark(city.desk(&by).await, &by, (ORGAN, &id, item), what).await
        };
        mark(1, Some(Milestone::Consulted), "/yijian/1").await.expect("notes it");
        mark(1, Some(Milestone::Progressed), "").await.expect("notes it");
        mark(3, Some(Milestone::Begun), "").await.expect_err("there are two");
        for (milestone, path, field) in [
            (None, "", "jinzhan"),
            (Some(Milestone::Begun), "https://example.cn", "wangzhi"),
            (Some(Milestone::Begun), "//example.cn", "wangzhi"),
        ] {
            let refused = mark(2, milestone, path).await.expect_err("wrong");
            assert!(matches!(refused, ActError::Field(own, _) if own == field), "{refused:?}");
        }
        let known = Progress::of(city.ledger.store(), &id).await.expect("asks");
        let told: Vec<_> = known.iter().map(|one| (one.item, one.milestone)).collect();
        assert_eq!(told, [(1, Milestone::Consulted), (1, Milestone::Progressed)]);
        let first = known.first().expect("one").id.clone();
        decisions::unmark(city.desk(&by).await, (ORGAN, &id), &first).await.expect("takes back");
        decisions::unmark(city.desk(&by).await, (ORGAN, &id), &first).await.expect_err("once");
        let known = Progress::of(city.ledger.store(), &id).await.expect("asks");
        assert_eq!(known.len(), 1);
        let range = ("000000000000", "999999999999");
        let found = DecisionList::public(city.ledger.store(), range, (None, 1)).await;
        let (found, more) = found.expect("asks");
        assert_eq!((found.len(), more), (1, false));
        for (sql, refusal) in [
            ("UPDATE decision_list SET items = 'x'", "目录已经公布"),
            ("DELETE FROM decision_list", "只增不减"),
            ("UPDATE decision_milestone SET day = '2020-01-01'", "不能改动"),
            ("DELETE FROM decision_milestone", "只增不减"),
        ] {
            let answer = city.raw(sql).await;
            assert!(answer.contains(refusal), "{sql}: {answer}");
        }
    })
    .await;
}

/// What is known of a material: it is there, or why it is not.
fn material(material: Material, absent: Option<&str>) -> MaterialFact {
    let legality = material == Material::Legality;
    MaterialFact {
        material,
        there: absent.is_none(),
        day: absent.is_none().then(|| day(2026, 11, 20)),
        sent_on: legality.then(|| day(2026, 11, 9)),
        opinion: legality.then_some(LegalOpinion::Lawful),
        reason: absent.unwrap_or_default().into(),
    }
}

#[tokio::test]
async fn nothing_is_discussed_before_every_material_is_there_or_has_a_reason() {
    testing::on_both("participation_materials", async |place| {
        let city = City::founded(&place, "participation-materials").await;
        let (by, id) = (organiser(), city.list_published().await);
        let note = async |fact: &MaterialFact| {
            materials::note(city.desk(&by).await, &by, (ORGAN, &id, 1), fact).await
        };
        let discuss = async || {
            let what = (Some(Milestone::Deliberated), Some(day(2026, 11, 25)), "");
            decisions::mark(city.desk(&by).await, &by, (ORGAN, &id, 1), what).await
        };
        let early = discuss().await.expect_err("nothing is there");
        assert!(matches!(early, ActError::Field("jinzhan", _)), "{early:?}");
        assert!(early.to_string().contains("合法性审查意见"), "{early}");
        for (wrong, field) in [
            (material(Material::Draft, Some("来不及")), "you"),
            (material(Material::Legality, Some("征求过意见")), "you"),
            (material(Material::Experts, Some(" ")), "liyou"),
            (MaterialFact { day: None, ..material(Material::Draft, None) }, "riqi"),
            (MaterialFact { sent_on: None, ..material(Material::Legality, None) }, "songshen"),
            (MaterialFact { opinion: None, ..material(Material::Legality, None) }, "jielun"),
        ] {
            let refused = note(&wrong).await.expect_err("wrong");
            assert!(matches!(refused, ActError::Field(own, _) if own == field), "{refused:?}");
        }
        for one in [Material::Draft, Material::Opinions, Material::Risk, Material::Legality] {
            note(&material(one, None)).await.expect("notes it");
        }
        note(&material(Material::Competition, Some("不涉及市场主体"))).await.expect("notes it");
        discuss().await.expect_err("one is missing");
        let around = "INSERT INTO decision_milestone SELECT 'x', id, 1, 'deliberated', '2026-11-25', '', 'p', '', 0
                        FROM decision_list";
        let answer = city.raw(around).await;
        assert!(answer.contains("材料还不齐"), "{answer}");
        note(&material(Material::Experts, Some("没有专业性问题"))).await.expect("notes it");
        let unlawful = MaterialFact {
            opinion: Some(LegalOpinion::Unlawful),
            ..material(Material::Legality, None)
        };
        note(&unlawful).await.expect("notes it");
        let refused = discuss().await.expect_err("it is unlawful").to_string();
        assert!(refused.contains("不合法"), "{refused}");
        note(&material(Material::Legality, None)).await.expect("reviewed anew");
        discuss().await.expect("is discussed");
        let known = Materials::of(city.ledger.store(), (&id, 1)).await.expect("asks");
        assert_eq!(known.len(), Material::ALL.len(), "each stands once");
        let answer = city.raw("UPDATE decision_material SET reason = 'x'").await;
        assert!(answer.contains("不能改动"), "{answer}");
    })
    .await;
}

#[tokio::test]
async fn a_report_is_published_with_its_milestone_and_withdrawn_with_it_by_two() {
    testing::on_both("participation_reports", async |place| {
        let city = City::founded(&place, "participation-reports").await;
        let (by, id) = (organiser(), city.list_published().await);
        let begin = async |kind: ReportKind| {
            let (desk, whose) = (city.desk(&by).await, (&city.organ, false));
            decision_report::begin(desk, &by, whose, (&id, 1, kind)).await
        };
        begin(ReportKind::Execution).await.expect_err("it is not decided");
        let what = (Some(Milestone::Decided), Some(day(2026, 11, 20)), "");
        let marked = decisions::mark(city.desk(&by).await, &by, (ORGAN, &id, 1), what).await;
        marked.expect("notes it");
        let report = begin(ReportKind::Evaluation).await.expect("begins");
        let submit = async || {
            let desk = city.desk(&by).await;
            decision_report::submit(desk, &city.publishers, &by, (ORGAN, &report)).await
        };
        let lacks = submit().await.expect_err("it is empty").to_string();
        assert!(lacks.contains("听取公众意见") && lacks.contains("第三十六条"), "{lacks}");
        let said = ReportSaid {
            until: Some(TODAY),
            body: "停水次数少了一半。".into(),
            ground: Some(EvaluationGround::ManyOpinions),
            heard: "开了两次座谈会。".into(),
            used: "改提前通知的时间。".into(),
            independent: true,
            ..ReportSaid::of(ReportKind::Evaluation, "某研究院".into())
        };
        let which = (ORGAN, report.as_str(), 1);
        let kept = decision_report::keep(city.desk(&by).await, &by, which, &said).await;
        kept.expect("keeps");
        city.publish(&submit().await.expect("hands in")).await;
        let path = format!("/juece-baogao/{report}");
        let evaluated = async || {
            let known = Progress::of(city.ledger.store(), &id).await.expect("asks");
            known.iter().any(|one| one.milestone == Milestone::Evaluated && one.path == path)
        };
        assert!(evaluated().await, "the timeline leads to it");
        let leaves = "SELECT subject AS text FROM log_leaf WHERE subject LIKE '%:report:%'";
        assert_eq!(city.texts(leaves).await, [format!("consultation:report:{report}")]);
        let answer = city.raw("UPDATE decision_report SET body = 'x'").await;
        assert!(answer.contains("报告已经公布"), "{answer}");
        let proposed = withdrawal::propose(
            city.desk(&by).await,
            &by,
            (ORGAN, Withdrawable::DecisionReport, &report),
            "贴错",
        )
        .await;
        proposed.expect("proposes");
        let own = (true, "同意");
        let own = withdrawal::decide(
            city.desk(&by).await,
            &by,
            (ORGAN, Withdrawable::DecisionReport, &report),
            own,
        )
        .await;
        assert!(own.expect_err("who proposed").to_string().contains("不能审定"));
        let other = someone(ORGAN, "approver");
        let desk = city.desk(&other).await;
        let gone = withdrawal::decide(
            desk,
            &other,
            (ORGAN, Withdrawable::DecisionReport, &report),
            (true, "同意"),
        )
        .await;
        gone.expect("withdraws");
        assert!(!evaluated().await, "and leads there no more");
        let found = DecisionReport::find(city.ledger.store(), &report).await.expect("asks");
        assert_eq!(found.map(|of| of.state), Some(ReportState::Withdrawn));
    })
    .await;
}
