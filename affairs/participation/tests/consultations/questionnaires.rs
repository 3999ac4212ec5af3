//! A questionnaire from its draft to its published results: no account, no name, no query code; counted once the time is
//! over, few answers told as few; withdrawn by two.

use participation::acts::questionnaire::answer::{self, Received, Sent};
use participation::acts::questionnaire::results::{self, Chosen};
use participation::acts::questionnaire::{self, erasure};
use participation::acts::{ActError, drafting, withdrawal};
use participation::store::{
    Answered, Mark, PublishedText, Questionnaire, QuestionnaireSaid, Withdrawable, Withdrawal,
};
use participation_rules::{QuestionnaireStage, Questions};
use review::testing::someone;
use store::testing;

use super::house::{City, ORGAN, TODAY, organiser};

const QUESTIONS: &str = "1. 平时怎样去？（单选）\n- 步行\n- 公交\n2. 公交方便吗？（量表）\n如果 1 选 B\n3. 还想说什么？（长文 选填）";

fn said() -> QuestionnaireSaid {
    QuestionnaireSaid {
        title: "公交线路调整问卷".into(),
        introduction: "线路要调整，先听大家怎样走。".into(),
        questions: QUESTIONS.into(),
        days: 10,
        telephone: "0592-0000000".into(),
        consultation: String::new(),
    }
}

fn sent(key: &str, values: &[(u32, &str)]) -> Sent {
    let value = |(number, value): &(u32, &str)| (*number, (*value).to_owned());
    Sent { values: values.iter().map(value).collect(), key: key.into(), demo: false }
}

impl City {
    async fn asked(&self, said: &QuestionnaireSaid) -> String {
        let by = organiser();
        let desk = self.desk(&by).await;
        questionnaire::begin(desk, &by, (&self.organ, false), said).await.expect("a draft")
    }

    async fn keep_asked(&self, id: &str, said: &QuestionnaireSaid) -> Result<(), ActError> {
        let by = organiser();
        let version = self.questionnaire(id).await.version;
        questionnaire::keep(self.desk(&by).await, &by, (ORGAN, id, version), said).await
    }

    async fn submit_asked(&self, id: &str) -> Result<review::Unit, ActError> {
        let by = organiser();
        questionnaire::submit(self.desk(&by).await, &self.publishers, &by, (ORGAN, id)).await
    }

    /// A questionnaire that everybody may answer for ten days.
    async fn answerable(&self) -> String {
        let id = self.asked(&said()).await;
        let unit = self.submit_asked(&id).await.expect("hands in");
        self.publish(&unit).await;
        id
    }

    async fn questionnaire(&self, id: &str) -> Questionnaire {
        Questionnaire::find(self.ledger.store(), id).await.expect("asks").expect("is there")
    }

    async fn standing(&self, id: &str) -> QuestionnaireStage {
        self.questionnaire(id).await.stage(self.ledger.clock().today())
    }

    async fn fill(&self, id: &str, sent: &Sent) -> Result<Received, ActError> {
        answer::receive(&self.ledger, &self.sealer, id, sent).await
    }

    async fn sum_up(&self, id: &str, summary: &str) -> Result<review::Unit, ActError> {
        let by = organiser();
        let version = self.questionnaire(id).await.version;
        let which = (ORGAN, id, version);
        results::keep(self.desk(&by).await, &by, which, summary).await?;
        results::submit(self.desk(&by).await, &self.publishers, &by, (ORGAN, id)).await
    }
}

/// A questionnaire that is over: twelve walked, three took the bus, one of them wrote something.
async fn over(city: City) -> (City, String) {
    let id = city.answerable().await;
    for at in 0..12 {
        city.fill(&id, &sent(&format!("w{at}"), &[(1, "A")])).await.expect("is taken");
    }
    for at in 0..2 {
        let values = [(1, "B"), (2, "4")];
        city.fill(&id, &sent(&format!("b{at}"), &values)).await.expect("is taken");
    }
    let values = [(1, "B"), (2, "1"), (3, "班次太少，请打13800138000")];
    city.fill(&id, &sent("wrote", &values)).await.expect("is taken");
    (city.after(11), id)
}

#[tokio::test]
async fn a_questionnaire_is_kept_as_written_and_handed_in_only_when_it_can_be_read() {
    testing::on_both("participation_questionnaire", async |place| {
        let city = City::founded(&place, "participation-questionnaire").await;
        let id = city.asked(&said()).await;
        for (lacking, words) in [
            (QuestionnaireSaid { questions: "1. 问（单选）\n- 是".into(), ..said() }, "第 1 行"),
            (QuestionnaireSaid { questions: String::new(), ..said() }, "题目"),
            (QuestionnaireSaid { introduction: " ".into(), ..said() }, "谁在问"),
            (QuestionnaireSaid { days: 0, ..said() }, "多少天"),
            (QuestionnaireSaid { telephone: String::new(), ..said() }, "电话"),
        ] {
            city.keep_asked(&id, &lacking).await.expect("nothing that is typed is lost");
            let refused = city.submit_asked(&id).await.expect_err("it lacks something").to_string();
            assert!(refused.contains(words), "{refused}");
        }
        for (wrong, field) in [
            (QuestionnaireSaid { title: " ".into(), ..said() }, "biaoti"),
            (QuestionnaireSaid { days: 400, ..said() }, "tianshu"),
            (QuestionnaireSaid { questions: "长".repeat(30_001), ..said() }, "timu"),
            (QuestionnaireSaid { consultation: "no such".into(), ..said() }, "zhengqiu"),
        ] {
            let refused = city.keep_asked(&id, &wrong).await.expect_err("wrong");
            assert!(matches!(refused, ActError::Field(own, _) if own == field), "{refused:?}");
        }
        let refused = city.fill(&id, &sent("early", &[(1, "A")])).await.expect_err("a draft");
        assert!(refused.to_string().contains("还没有公布"), "{refused}");
        let by = organiser();
        questionnaire::drop(city.desk(&by).await, ORGAN, &id).await.expect("gives it up");
        assert_eq!(city.standing(&id).await, QuestionnaireStage::Dropped);
        let lost = city.keep_asked(&id, &said()).await.expect_err("it is given up").to_string();
        assert!(lost.contains("已经放弃"), "{lost}");
    })
    .await;
}

#[tokio::test]
async fn one_may_stand_alone_or_belong_to_a_public_consultation_of_the_same_organ() {
    testing::on_both("participation_questionnaire_of", async |place| {
        let city = City::founded(&place, "participation-questionnaire-of").await;
        let draft = city.drafted(&super::house::said(30)).await;
        let hidden = QuestionnaireSaid { consultation: draft.clone(), ..said() };
        let id = city.asked(&said()).await;
        let refused = city.keep_asked(&id, &hidden).await.expect_err("it is no public one");
        assert!(matches!(refused, ActError::Field("zhengqiu", _)), "{refused:?}");
        let open = city.opened().await;
        let belongs = QuestionnaireSaid { consultation: open.clone(), ..said() };
        city.keep_asked(&id, &belongs).await.expect("keeps");
        let store = city.ledger.store();
        assert!(Questionnaire::on(store, &open).await.expect("asks").is_empty(), "not public");
        let unit = city.submit_asked(&id).await.expect("hands in");
        city.publish(&unit).await;
        let found = Questionnaire::on(store, &open).await.expect("asks");
        assert_eq!(found.iter().map(|one| one.id.as_str()).collect::<Vec<_>>(), [id.as_str()]);
        assert!(Questionnaire::on(store, "").await.expect("asks").is_empty());
        let by = organiser();
        drafting::drop(city.desk(&by).await, ORGAN, &draft).await.expect("gives it up");
    })
    .await;
}

#[tokio::test]
async fn whoever_answers_needs_no_name_and_the_same_form_sent_twice_is_one_answer() {
    testing::on_both("participation_questionnaire_answers", async |place| {
        let city = City::founded(&place, "participation-questionnaire-answers").await;
        let id = city.answerable().await;
        assert_eq!(city.questionnaire(&id).await.opened_on, Some(TODAY));
        let first = sent("one", &[(1, "A"), (2, "5"), (3, " ")]);
        let received = city.fill(&id, &first).await.expect("is taken");
        assert_eq!(received, Received { number: 1, left_out: vec![2] }, "walkers are not asked");
        assert_eq!(city.fill(&id, &first).await.expect("the same again").number, 1);
        let other = sent("one", &[(1, "B"), (2, "5")]);
        let refused = city.fill(&id, &other).await.expect_err("not the same");
        assert!(matches!(refused, ActError::Field("t1", _)), "{refused:?}");
        let words = sent("two", &[(1, "B"), (2, "5"), (3, "我住演示路")]);
        assert_eq!(city.fill(&id, &words).await.expect("is taken").number, 2);
        for (wrong, question) in
            [(sent("x", &[]), 1), (sent("x", &[(1, "C")]), 1), (sent("x", &[(1, "B")]), 2)]
        {
            let refused = city.fill(&id, &wrong).await.expect_err("wrong");
            let told = |bad: &[participation_rules::BadAnswer]| bad[0].question == question;
            assert!(matches!(&refused, ActError::Answers(bad) if told(bad)), "{refused:?}");
        }
        assert_eq!(city.told("questionnaire_answer").await, 2);
        let sql =
            "SELECT marks || written || sealed AS text FROM questionnaire_answer ORDER BY number";
        let rows = city.texts(sql).await;
        assert_eq!(rows[0], "[[1,[0]]][]");
        assert!(rows[1].starts_with("[[1,[1]],[2,[4]]][3]"), "{rows:?}");
        assert!(!rows[1].contains("演示路"), "own words are sealed: {rows:?}");
        let gone = city.fill("no such", &sent("y", &[(1, "A")])).await;
        assert!(matches!(gone, Err(ActError::Standing(_))));
        let city = city.after(10);
        assert_eq!(city.fill(&id, &sent("last", &[(1, "A")])).await.expect("in time").number, 3);
        let city = city.after(1);
        assert_eq!(city.standing(&id).await, QuestionnaireStage::Closed);
        let late = city.fill(&id, &sent("late", &[(1, "A")])).await.expect_err("it is over");
        assert!(late.to_string().contains("已经截止"), "{late}");
        // Whoever did not see the answer of the server sends his form again after the last day.
        assert_eq!(city.fill(&id, &first).await.expect("was taken").number, 1);
    })
    .await;
}

#[tokio::test]
async fn results_are_counted_once_the_time_is_over_and_few_answers_are_told_as_few() {
    testing::on_both("participation_questionnaire_results", async |place| {
        let city = City::founded(&place, "participation-questionnaire-results").await;
        let early = city.answerable().await;
        let refused = city.sum_up(&early, "收到一些。").await.expect_err("it is not over");
        assert!(refused.to_string().contains("还没有截止"), "{refused}");
        let (city, id) = over(city).await;
        let by = organiser();
        let which = (ORGAN, id.as_str());
        let choose = async |answer: i64, question: u32, words: Option<&str>| {
            let chosen = [Chosen { answer, question, words: words.map(str::to_owned) }];
            results::choose(city.desk(&by).await, &by, which, &chosen).await
        };
        choose(15, 3, Some(" ")).await.expect_err("nothing is published");
        choose(1, 3, Some("没有写")).await.expect_err("nothing was written there");
        choose(15, 3, Some("班次太少，请打13800138000")).await.expect("chooses");
        choose(15, 3, Some("班次太少，请打13900139000")).await.expect("chooses anew");
        let texts = PublishedText::of(city.ledger.store(), &id).await.expect("asks");
        assert_eq!(texts.len(), 1);
        assert_eq!(texts[0].words, "班次太少，请打***", "what tells of somebody is hidden anyway");
        let bare = city.sum_up(&id, " ").await.expect_err("nothing is said of the whole");
        assert!(matches!(bare, ActError::Field("zongti", _)), "{bare:?}");
        let unit = city.sum_up(&id, "收到 15 份，多数步行。").await.expect("hands in");
        assert_eq!(city.standing(&id).await, QuestionnaireStage::ResultsInReview);
        choose(15, 3, None).await.expect_err("under review");
        city.publish(&unit).await;
        let found = city.questionnaire(&id).await;
        assert_eq!(city.standing(&id).await, QuestionnaireStage::Told);
        let tally = found.tally.expect("was counted");
        assert_eq!((tally.answers, tally.questions[0].counts.clone()), (15, vec![12, 3]));
        assert_eq!((tally.questions[1].answered, tally.questions[1].taken(3)), (3, None));
        let leaves = "SELECT subject AS text FROM log_leaf WHERE subject LIKE '%:questionnaire:%' ORDER BY subject";
        assert!(city.texts(leaves).await.contains(&format!("consultation:questionnaire:{id}:result")));
        assert_eq!(city.told("questionnaire_results").await, 1);
    })
    .await;
}

#[tokio::test]
async fn the_list_has_what_is_open_first_and_what_is_over_goes_on_where_a_page_ended() {
    testing::on_both("participation_questionnaire_list", async |place| {
        let city = City::founded(&place, "participation-questionnaire-list").await;
        let (one, two) = (city.answerable().await, city.answerable().await);
        let range = ("000000000000", "999999999999");
        let store = city.ledger.store();
        let open = Questionnaire::open_now(store, range, TODAY, 10).await.expect("asks");
        assert_eq!(open.len(), 2);
        let (past, _) = Questionnaire::over(store, range, TODAY, (None, 1)).await.expect("asks");
        assert!(past.is_empty());
        let city = city.after(11);
        let (store, today) = (city.ledger.store(), city.ledger.clock().today());
        let (past, next) = Questionnaire::over(store, range, today, (None, 1)).await.expect("asks");
        let mark: Mark = next.expect("there is more");
        let rest = Questionnaire::over(store, range, today, (Some(&mark), 1)).await.expect("asks");
        let mut found = vec![past[0].id.clone(), rest.0[0].id.clone()];
        found.sort();
        let mut all = vec![one, two];
        all.sort();
        assert_eq!((found, rest.1), (all, None));
        assert!(Questionnaire::open_now(store, range, today, 10).await.expect("asks").is_empty());
    })
    .await;
}

#[tokio::test]
async fn own_words_are_taken_out_a_year_after_the_results_and_what_was_counted_is_kept() {
    testing::on_both("participation_questionnaire_erasure", async |place| {
        let city = City::founded(&place, "participation-questionnaire-erasure").await;
        let (city, id) = over(city).await;
        let unit = city.sum_up(&id, "收到 15 份。").await.expect("hands in");
        city.publish(&unit).await;
        let city = city.after(364);
        assert_eq!(erasure::erase(&city.ledger).await.expect("looks"), 0);
        let city = city.after(3);
        assert_eq!(erasure::erase(&city.ledger).await.expect("erases"), 1);
        assert_eq!(erasure::erase(&city.ledger).await.expect("looks"), 0, "once");
        let store = city.ledger.store();
        assert!(Answered::with_words(store, &id, (0, 10)).await.expect("asks").is_empty());
        assert_eq!(Answered::after(store, &id, (0, 100)).await.expect("asks").len(), 15);
        assert_eq!(city.questionnaire(&id).await.tally.expect("is kept").answers, 15);
        assert_eq!(city.told("questionnaire_erasure").await, 1);
    })
    .await;
}

#[tokio::test]
async fn what_should_not_be_public_is_withdrawn_by_two_with_its_results() {
    testing::on_both("participation_questionnaire_withdrawal", async |place| {
        let city = City::founded(&place, "participation-questionnaire-withdrawal").await;
        let (city, id) = over(city).await;
        let unit = city.sum_up(&id, "收到 15 份。").await.expect("hands in");
        city.publish(&unit).await;
        let (by, which) = (organiser(), (ORGAN, Withdrawable::Questionnaire, id.as_str()));
        let propose = async |reason: &str| {
            withdrawal::propose(city.desk(&by).await, &by, which, reason).await
        };
        assert!(matches!(propose(" ").await, Err(ActError::Field(..))));
        let names = propose("露出了13800138000").await;
        assert!(matches!(names, Err(ActError::Field("liyou", _))), "everybody will read it");
        propose("题目里有个人电话").await.expect("proposes");
        propose("再提一次").await.expect_err("it waits");
        let own = withdrawal::decide(city.desk(&by).await, &by, which, (true, "撤")).await;
        assert!(own.expect_err("who proposed").to_string().contains("不能审定"));
        let signer = someone(ORGAN, "approver");
        let desk = city.desk(&signer).await;
        withdrawal::decide(desk, &signer, which, (true, "同意")).await.expect("decides");
        assert_eq!(city.standing(&id).await, QuestionnaireStage::Withdrawn);
        let store = city.ledger.store();
        let all = Withdrawal::of(store, (Withdrawable::Questionnaire, &id)).await.expect("asks");
        assert!(all.len() == 1 && all[0].withdrawn && !all[0].waits, "{all:?}");
        let gone = "SELECT subject AS text FROM log_leaf WHERE subject LIKE '%:questionnaire:%' ORDER BY position";
        assert_eq!(city.texts(gone).await.len(), 4, "two published, two withdrawn");
        let range = ("000000000000", "999999999999");
        let today = city.ledger.clock().today();
        let (past, _) = Questionnaire::over(store, range, today, (None, 9)).await.expect("asks");
        assert!(past.is_empty(), "it is found no more");
        assert!(Questionnaire::public_after(store, "", 9).await.expect("asks").is_empty());
    })
    .await;
}

#[tokio::test]
async fn whoever_goes_round_the_program_changes_neither_questions_nor_answers_nor_results() {
    testing::on_both("participation_questionnaire_guards", async |place| {
        let city = City::founded(&place, "participation-questionnaire-guards").await;
        let draft = city.asked(&said()).await;
        let (city, id) = over(city).await;
        let open = format!(
            "UPDATE questionnaire SET state = 'open', opened_on = '2026-11-27', opened_at = 'x', ends_on = '2026-12-01'
              WHERE id = '{draft}'"
        );
        let tell = format!(
            "UPDATE questionnaire SET state = 'told', results_on = '2026-12-10', results_at = 'x', tally = '{{}}'
              WHERE id = '{id}'"
        );
        let answer = format!(
            "INSERT INTO questionnaire_answer (id, questionnaire, number, marks, written, sealed, key_mark, received_on,
                                               demo)
             VALUES ('a', '{id}', 99, '[]', '[]', '', 'k', '2026-12-20', 0)"
        );
        for (sql, refusal) in [
            (open.as_str(), "没有审查"),
            (tell.as_str(), "没有审查"),
            (answer.as_str(), "没有在填写"),
            ("UPDATE questionnaire SET questions = 'x' WHERE opened_on IS NOT NULL", "已经公布"),
            ("UPDATE questionnaire SET ends_on = '2030-01-01' WHERE opened_on IS NOT NULL", "已经公布"),
            ("DELETE FROM questionnaire", "只增不减"),
            ("UPDATE questionnaire_answer SET marks = '[]'", "不能改动"),
            ("DELETE FROM questionnaire_answer", "只增不减"),
            (
                "UPDATE questionnaire SET withdrawn_on = '2026-12-10' WHERE opened_on IS NOT NULL",
                "要两个人",
            ),
        ] {
            let told = city.raw(sql).await;
            assert!(told.contains(refusal), "{sql}: {told}");
        }
        let unit = city.sum_up(&id, "收到 15 份。").await.expect("hands in");
        city.publish(&unit).await;
        let text = format!("INSERT INTO questionnaire_text VALUES ('{id}', 15, 3, '改')");
        for (sql, refusal) in [
            (text.as_str(), "不能改动"),
            ("UPDATE questionnaire SET summary = 'x' WHERE state = 'told'", "已经结束"),
            ("UPDATE questionnaire SET tally = '{}' WHERE state = 'told'", "已经结束"),
        ] {
            let told = city.raw(sql).await;
            assert!(told.contains(refusal), "{sql}: {told}");
        }
    })
    .await;
}

#[tokio::test]
async fn what_is_read_from_the_store_is_what_was_written() {
    testing::on_both("participation_questionnaire_read", async |place| {
        let city = City::founded(&place, "participation-questionnaire-read").await;
        let id = city.answerable().await;
        let found = city.questionnaire(&id).await;
        assert_eq!(found.said, said());
        assert_eq!(Ok(found.questions()), Questions::read(QUESTIONS));
        assert_eq!(found.ends_on.map(|day| day.to_string()).as_deref(), Some("2026-12-07"));
    })
    .await;
}
