//! A list of decisions, from its draft to what became public of each of them.

use law::day;
use participation::acts::{ActError, decisions};
use participation::store::{DecisionList, DecisionSaid, ListState, Progress};
use participation_rules::Milestone;
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
