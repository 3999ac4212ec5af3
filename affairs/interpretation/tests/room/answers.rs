//! Questions on policies go with the paragraph they rest on; concerns are answered within hours. On both engines.

use interpretation::acts::{footing, forgetting, question, response, topic};
use interpretation::cited::{self, Standing};
use interpretation::store::{Inside, Question, Response, Topic};
use interpretation_rules::{
    Answered, DataTable, GatheringRule, QuestionState, Reply, ResponseState, TopicBody, Turn,
};

use crate::ground::{Ground, NOW, drafter, head, on_both, person};

const TITLE: &str = "厦门市养老服务补贴办法";

/// What every document of the ground says.
const QUOTE: &str = "第一条　为了养老，制定本办法。";

async fn standing(ground: &Ground) -> Option<Standing> {
    cited::standing(&ground.house, "p1").await.expect("asks")
}

fn said(quote: &str) -> question::Said {
    let answered = Answered {
        question: "为什么有补贴？".into(),
        answer: "为了养老。".into(),
        place: "第一条".into(),
        quote: quote.into(),
    };
    question::Said { answered, revision: 0 }
}

/// A document that is public, and a question on it that is being written.
async fn written(ground: &Ground) -> Question {
    written_on(ground, TITLE).await
}

/// The same, on a document with that title.
async fn written_on(ground: &Ground, title: &str) -> Question {
    ground.published("p1", title).await;
    let standing = standing(ground).await;
    let (desk, what) = (ground.desk().await, (standing.as_ref(), None));
    question::keep(desk, &drafter(), what, &said(QUOTE)).await.expect("keeps")
}

/// The same, public.
pub async fn answered(ground: &Ground) -> Question {
    let one = written(ground).await;
    out(ground, one).await
}

/// One that was written is reviewed and published.
async fn out(ground: &Ground, one: Question) -> Question {
    let standing = standing(ground).await;
    let (desk, what) = (ground.desk().await, (one.id.as_str(), standing.as_ref(), None));
    let unit = question::submit(desk, &ground.publishers, &drafter(), what).await.expect("submits");
    ground.sign(&unit).await.expect("signs");
    ground.release(&unit).await.expect("publishes");
    question_now(ground, &one.id).await
}

async fn question_now(ground: &Ground, id: &str) -> Question {
    Question::find(ground.house.store(), id).await.expect("asks").expect("is there")
}

async fn is_refused(ground: &Ground, sql: &str, words: &str) {
    let refused = ground.raw(sql).await.expect_err(sql);
    let told = format!("{refused:?}");
    assert!(told.contains(words), "{sql}\n{words}\n{told}");
}

#[tokio::test]
async fn a_question_is_written_on_words_that_stand_in_a_document_of_the_organ() {
    on_both(async |ground| {
        let one = written(ground).await;
        let standing = standing(ground).await;
        let wrong = "第一条　为了养老，制定别的办法。";
        for (standing, quote) in [(standing.as_ref(), wrong), (None, QUOTE)] {
            let desk = ground.desk().await;
            let refused = question::keep(desk, &drafter(), (standing, None), &said(quote)).await;
            refused.expect_err("does not stand there");
        }
        let (desk, other) = (ground.desk().await, (standing.as_ref(), Some(one.id.as_str())));
        let over = question::Said { revision: one.revision + 1, ..said(QUOTE) };
        let refused = question::keep(desk, &drafter(), other, &over).await;
        let refused = refused.expect_err("over another").to_string();
        assert!(refused.contains("有人改动过"), "{refused}");
        question::drop_it(ground.desk().await, &drafter(), &one.id).await.expect("deletes");
        assert_eq!(ground.get(&one.path()).await.0, 404);
    })
    .await;
}

#[tokio::test]
async fn an_answer_is_read_with_its_paragraph_and_found_in_the_list() {
    on_both(async |ground| {
        assert!(ground.page("/wenda").await.contains("还没有公布政策问答"));
        let one = answered(ground).await;
        assert_eq!(one.state, QuestionState::Published);
        let page = ground.page(&one.path()).await;
        assert!(page.contains(QUOTE) && page.contains(TITLE), "{page}");
        // Another house, which keeps no page yet.
        let ground = &ground.at(NOW).await;
        assert!(ground.page("/wenda").await.contains("为什么有补贴"));
        assert!(ground.page("/wenda?q=%E5%85%BB%E8%80%81").await.contains("为什么有补贴"));
        let none = ground.page("/wenda?q=%E6%B2%A1%E6%9C%89%E7%9A%84").await;
        assert!(none.contains("没有符合条件的问答"), "{none}");
        let explained = ground.house.explanations(&one.document.path).await.expect("asks");
        assert!(explained.list.iter().any(|told| told.path == one.path()), "{explained:?}");
    })
    .await;
}

#[tokio::test]
async fn words_are_found_in_whatever_letters_they_are_typed() {
    on_both(async |ground| {
        let one = written_on(ground, "厦门市 App 备案办法").await;
        out(ground, one).await;
        for typed in ["app", "APP", "App"] {
            let questions = ground.page(&format!("/wenda?q={typed}")).await;
            assert!(questions.contains("为什么有补贴"), "{typed}: {questions}");
            let list = ground.page(&format!("/jiedu?q={typed}")).await;
            assert!(list.contains("/jiedu/0"), "{typed}: {list}");
        }
    })
    .await;
}

#[tokio::test]
async fn an_answer_goes_for_good_when_its_paragraph_is_changed() {
    on_both(async |ground| {
        let one = answered(ground).await;
        footing::look_at_all(&ground.house).await.expect("looks");
        assert_eq!(question_now(ground, &one.id).await.state, QuestionState::Published);
        ground.edit("p1", "text", "第一条　每月三百元，另有规定的除外。").await;
        footing::look_at_all(&ground.house).await.expect("looks");
        assert_eq!(question_now(ground, &one.id).await.state, QuestionState::Withdrawn);
        let (status, page) = ground.get(&one.path()).await;
        assert!(status == 410 && page.contains("所依据的条款已经修改或者删去"), "{status} {page}");
        ground.edit("p1", "text", QUOTE).await;
        footing::look_at_all(&ground.house).await.expect("looks");
        assert_eq!(question_now(ground, &one.id).await.state, QuestionState::Withdrawn);
    })
    .await;
}

#[tokio::test]
async fn an_answer_is_shown_as_long_as_its_document_is() {
    on_both(async |ground| {
        let one = answered(ground).await;
        for (shown, state) in [(0, QuestionState::Down), (1, QuestionState::Published)] {
            ground.raw(&format!("UPDATE paper_out SET shown = {shown}")).await.expect("changes");
            footing::look_at_all(&ground.house).await.expect("looks");
            assert_eq!(question_now(ground, &one.id).await.state, state);
            // What was seen is not undone by what was heard before.
            footing::follow(ground.house.ledger()).await.expect("follows");
            assert_eq!(question_now(ground, &one.id).await.state, state);
        }
        ground.raw("UPDATE policy_question SET footing = 'repealed'").await.expect("hears");
        footing::follow(ground.house.ledger()).await.expect("follows");
        let ended = question_now(ground, &one.id).await.ended.map(|(_, because)| because);
        assert_eq!(ended.as_deref(), Some("所依据的文件已经废止或者失效"));
    })
    .await;
}

#[tokio::test]
async fn a_repeal_is_seen_however_many_documents_have_the_same_title() {
    on_both(async |ground| {
        let one = answered(ground).await;
        let other = format!(
            "INSERT INTO paper_out (id, title, shown)
             SELECT 'z' || i.n || j.n, '{TITLE}', 1
               FROM ({TEN}) i CROSS JOIN ({TEN}) j
             UNION ALL SELECT 'y' || i.n, '{TITLE}', 1 FROM ({TEN}) i"
        );
        assert_eq!(ground.raw(&other).await.expect("publishes"), 110);
        footing::look_at_all(&ground.house).await.expect("looks");
        assert_eq!(question_now(ground, &one.id).await.state, QuestionState::Published);
        let repealed = "UPDATE paper_out SET validity = '废止' WHERE id = 'p1'";
        ground.raw(repealed).await.expect("repeals");
        footing::look_at_all(&ground.house).await.expect("looks");
        let ended = question_now(ground, &one.id).await.ended.map(|(_, because)| because);
        assert_eq!(ended.as_deref(), Some("所依据的文件已经废止或者失效"));
    })
    .await;
}

/// Ten rows with a digit each.
const TEN: &str =
    "SELECT '0' AS n UNION SELECT '1' UNION SELECT '2' UNION SELECT '3' UNION SELECT '4'
     UNION SELECT '5' UNION SELECT '6' UNION SELECT '7' UNION SELECT '8' UNION SELECT '9'";

#[tokio::test]
async fn whoever_wrote_an_answer_does_not_withdraw_it_and_nobody_changes_it_by_hand() {
    on_both(async |ground| {
        let one = answered(ground).await;
        let desk = ground.desk().await;
        let own = question::withdraw(desk, &drafter(), &one.id, "写错了").await.expect_err("own");
        assert!(own.to_string().contains("不能自己撤回"), "{own}");
        for sql in [
            "UPDATE policy_question SET answer = '别的'",
            "UPDATE policy_question SET published_at = '2020-01-01T00:00:00.000Z'",
            "UPDATE policy_question SET path = '/wenjian/0'",
        ] {
            is_refused(ground, sql, "已经发布的问答不能改").await;
        }
        is_refused(ground, "DELETE FROM policy_question", "问答只增不减").await;
        question::withdraw(ground.desk().await, &head(), &one.id, "算错了").await.expect("agrees");
        assert_eq!(question_now(ground, &one.id).await.state, QuestionState::Withdrawn);
        let back = "UPDATE policy_question SET state = 'published'";
        is_refused(ground, back, "撤回的问答不能恢复").await;
    })
    .await;
}

#[tokio::test]
async fn a_question_is_not_published_without_its_review_by_hand() {
    on_both(async |ground| {
        written(ground).await;
        let sql = "UPDATE policy_question SET state = 'published', publication = 'x'";
        is_refused(ground, sql, "没有审查发布的记录").await;
    })
    .await;
}

/// A concern that was heard half an hour ago.
pub async fn heard(ground: &Ground, by_many: bool) -> Response {
    let said = response::Said {
        concern: "yiban",
        heard: ("2026-11-26", "08:30"),
        source: "居民微信群第七群",
        words: "停水到什么时候",
        by_many,
    };
    response::hear(ground.desk().await, sealer(ground), &drafter(), &said).await.expect("hears")
}

fn sealer(ground: &Ground) -> &secrets::Sealer {
    ground.house.sealer().expect("has keys")
}

/// 张 finds out what it is about.
pub async fn verified(ground: &Ground, id: &str) {
    let (desk, what) = (ground.desk().await, (id, "管道破裂"));
    response::verify(desk, sealer(ground), &drafter(), what).await.expect("verifies");
}

pub fn reply(turns: Vec<Turn>) -> Reply {
    Reply { title: "关于停水的回应".into(), answer: "正在抢修。".into(), turns }
}

async fn response_now(ground: &Ground, id: &str) -> Response {
    Response::find(ground.house.store(), id).await.expect("asks").expect("is there")
}

/// 张 hands one in.
pub async fn submitted(
    ground: &Ground,
    id: &str,
) -> Result<review::Unit, interpretation::acts::ActError> {
    let desk = ground.desk().await;
    response::submit(desk, &ground.publishers, &drafter(), (id, None)).await
}

#[tokio::test]
async fn a_concern_is_verified_answered_and_told_with_its_clock() {
    on_both(async |ground| {
        let one = heard(ground, true).await;
        let (id, by) = (one.id.as_str(), drafter());
        let early = submitted(ground, id).await.expect_err("nobody verified it").to_string();
        assert!(early.contains("不能送审"), "{early}");
        verified(ground, id).await;
        let what = reply(vec![]);
        response::write(ground.desk().await, &by, id, (&what, 1)).await.expect("keeps");
        response::write(ground.desk().await, &by, id, (&what, 1)).await.expect_err("over another");
        submitted(ground, id).await.expect_err("many ask it: each question is answered");
        let question = "几点来水？".to_owned();
        let turn = Turn { question, answer: "二十二点。".into(), ..Turn::default() };
        let what = reply(vec![turn]);
        response::write(ground.desk().await, &by, id, (&what, 2)).await.expect("keeps");
        let unit = submitted(ground, id).await.expect("submits");
        assert_eq!(response_now(ground, id).await.state, ResponseState::UnderReview);
        let other = "UPDATE concern_response SET answer = '别的'";
        is_refused(ground, other, "送审以后不能改动").await;
        ground.sign(&unit).await.expect("signs");
        ground.release(&unit).await.expect("publishes");
        let page = ground.page(&one.path()).await;
        assert!(page.contains("几点来水") && page.contains("按时"), "{page}");
        // Where it was heard, how it was said and what was found out are told inside only.
        for inside in ["居民微信群第七群", "停水到什么时候", "管道破裂"] {
            assert!(!page.contains(inside), "{inside}: {page}");
        }
        assert!(ground.page("/huiying").await.contains("关于停水的回应"));
        is_refused(ground, other, "已经发布的回应不能改").await;
        let earlier = "UPDATE concern_response SET heard_at = ''";
        is_refused(ground, earlier, "立项的时间不能改").await;
        is_refused(ground, "DELETE FROM concern_response", "回应只增不减").await;
    })
    .await;
}

/// How much is kept in plain letters of what was said inside.
async fn in_plain(ground: &Ground) -> i64 {
    let mut found = 0;
    for words in ["居民微信群第七群", "停水到什么时候", "管道破裂"] {
        for (table, columns) in [
            ("concern_response", "told || found || title || answer || turns"),
            ("review_piece", "title || body"),
            ("ledger_event", "facts"),
        ] {
            let sql = format!("SELECT count(*) FROM {table} WHERE ({columns}) LIKE '%{words}%'");
            found += ground.count(&sql).await;
        }
    }
    found
}

#[tokio::test]
async fn what_people_said_is_sealed_and_goes_a_year_after_the_response() {
    on_both(async |ground| {
        let one = heard(ground, false).await;
        let id = one.id.as_str();
        verified(ground, id).await;
        let inside = response_now(ground, id).await.inside(sealer(ground)).expect("opens");
        assert_eq!(
            (inside.told.words.as_str(), inside.found.as_str()),
            ("停水到什么时候", "管道破裂")
        );
        response::write(ground.desk().await, &drafter(), id, (&reply(vec![]), 1))
            .await
            .expect("keeps");
        let unit = submitted(ground, id).await.expect("submits");
        ground.sign(&unit).await.expect("signs");
        ground.release(&unit).await.expect("publishes");
        assert_eq!(in_plain(ground).await, 0);
        let ground = &ground.at("2027-11-26T01:00:00Z").await;
        forgetting::follow(ground.house.ledger()).await.expect("looks");
        assert_eq!(response_now(ground, id).await.erased_on, None, "the year is not over");
        let ground = &ground.at("2027-11-27T01:00:00Z").await;
        forgetting::follow(ground.house.ledger()).await.expect("erases");
        let now = response_now(ground, id).await;
        assert_eq!(now.erased_on.as_deref(), Some("2027-11-27"));
        assert_eq!(now.inside(sealer(ground)).expect("is empty"), Inside::default());
        assert!(ground.page(&one.path()).await.contains("正在抢修"));
    })
    .await;
}

#[tokio::test]
async fn a_response_is_taken_down_by_another_person_with_its_reason_where_it_stood() {
    on_both(async |ground| {
        let one = heard(ground, false).await;
        let (id, by) = (one.id.as_str(), drafter());
        verified(ground, id).await;
        response::write(ground.desk().await, &by, id, (&reply(vec![]), 1)).await.expect("keeps");
        let unit = submitted(ground, id).await.expect("submits");
        ground.sign(&unit).await.expect("signs");
        ground.release(&unit).await.expect("publishes");
        let own = response::end(ground.desk().await, &by, id, "写错了").await.expect_err("own");
        assert!(own.to_string().contains("不能自己决定"), "{own}");
        response::end(ground.desk().await, &head(), id, "数字有误").await.expect("takes down");
        let (status, page) = ground.get(&one.path()).await;
        assert!(status == 410 && page.contains("数字有误"), "{status} {page}");
    })
    .await;
}

#[tokio::test]
async fn a_concern_is_closed_by_another_person_with_a_reason() {
    on_both(async |ground| {
        let one = heard(ground, false).await;
        let own = response::end(ground.desk().await, &drafter(), &one.id, "重复").await;
        own.expect_err("heard it himself");
        let by_hand = "UPDATE concern_response
                          SET state = 'closed', ended_at = '2026', ended_by = '张', ended_because = '重复'";
        is_refused(ground, by_hand, "起草的人不能结束").await;
        response::end(ground.desk().await, &head(), &one.id, "").await.expect_err("no reason");
        response::end(ground.desk().await, &head(), &one.id, "重复").await.expect("closes");
        assert_eq!(response_now(ground, &one.id).await.state, ResponseState::Closed);
        assert_eq!(ground.get(&one.path()).await.0, 404);
    })
    .await;
}

#[tokio::test]
async fn nothing_is_heard_in_the_future_and_a_press_conference_is_noted_once() {
    on_both(async |ground| {
        let by = person("钱", "drafter");
        let grave = response::Said {
            concern: "zhongda",
            heard: ("2026-11-26", "09:01"),
            source: "热线",
            words: "停水",
            by_many: false,
        };
        let refused = response::hear(ground.desk().await, sealer(ground), &by, &grave).await;
        refused.expect_err("that moment has not come");
        let grave = response::Said { heard: ("2026-11-26", "03:00"), ..grave };
        let one =
            response::hear(ground.desk().await, sealer(ground), &by, &grave).await.expect("hears");
        let held = |minute: &'static str| ("2026-11-26", minute);
        let early = response::confer(ground.desk().await, &by, &one.id, held("02:00")).await;
        early.expect_err("before it was heard");
        let noted = response::confer(ground.desk().await, &by, &one.id, held("08:00")).await;
        noted.expect("notes");
        let twice = response::confer(ground.desk().await, &by, &one.id, held("08:10")).await;
        twice.expect_err("one was noted");
    })
    .await;
}

fn funds(number: &str) -> TopicBody {
    let (columns, rows) = DataTable::cells_in(&format!("项目,金额\n养老补贴,{number}"));
    let (title, note) = ("去向".to_owned(), "截至十月底".to_owned());
    TopicBody {
        title: "直达资金".into(),
        lead: "钱去了哪里。".into(),
        rule: GatheringRule { words: vec!["补贴".into()], ..GatheringRule::default() },
        tables: vec![DataTable { title, note, columns, rows }],
    }
}

/// An edition of a topic that is written, reviewed and published.
pub async fn edition(ground: &Ground, standing: Option<&str>, number: &str) -> Topic {
    let by = drafter();
    let begun = topic::begin(ground.desk().await, &by, (standing, "直达资金")).await;
    let begun = begun.expect("begins");
    let what = funds(number);
    let written = topic::write(ground.desk().await, &by, &begun.id, (&what, 1)).await;
    written.expect("keeps");
    let (desk, id) = (ground.desk().await, begun.id.as_str());
    let unit = topic::submit(desk, &ground.publishers, &by, (id, None)).await.expect("submits");
    ground.sign(&unit).await.expect("signs");
    ground.release(&unit).await.expect("publishes");
    Topic::find(ground.house.store(), id).await.expect("asks").expect("is there")
}

#[tokio::test]
async fn a_later_edition_of_a_topic_takes_the_place_of_the_one_before_at_the_same_address() {
    on_both(async |ground| {
        assert!(ground.page("/zhuanti").await.contains("还没有公布专题"));
        let first = edition(ground, None, "88301").await;
        assert!(ground.page(&first.path()).await.contains("88301"));
        let (status, csv) = ground.get(&format!("{}/biao/1.csv", first.path())).await;
        assert!(status == 200 && csv.contains("养老补贴,88301"), "{csv}");
        assert_eq!(ground.get(&format!("{}/biao/2.csv", first.path())).await.0, 404);
        let second = edition(ground, Some(&first.id), "88402").await;
        assert_eq!(second.path(), first.path());
        let ground = &ground.at(NOW).await;
        let page = ground.page(&first.path()).await;
        assert!(page.contains("88402") && !page.contains("88301"), "{page}");
        let count = "SELECT count(*) FROM topic_edition WHERE state = 'published'";
        assert_eq!(ground.count(count).await, 1);
    })
    .await;
}

#[tokio::test]
async fn one_edition_is_written_at_a_time_and_another_person_closes_the_topic() {
    on_both(async |ground| {
        let first = edition(ground, None, "88301").await;
        let standing = (Some(first.id.as_str()), "");
        topic::begin(ground.desk().await, &drafter(), standing).await.expect("begins");
        let twice = topic::begin(ground.desk().await, &drafter(), standing).await;
        let twice = twice.expect_err("one is being written").to_string();
        assert!(twice.contains("已经有一版在写"), "{twice}");
        let changed = format!("UPDATE topic_edition SET title = '别的' WHERE id = '{}'", first.id);
        is_refused(ground, &changed, "已经发布的专题不能改").await;
        is_refused(ground, "DELETE FROM topic_edition", "专题只增不减").await;
        let own = topic::close(ground.desk().await, &drafter(), &first.id, "办完了").await;
        own.expect_err("wrote it");
        topic::close(ground.desk().await, &head(), &first.id, "办完了").await.expect("closes");
        let (status, page) = ground.get(&first.path()).await;
        assert!(status == 410 && page.contains("办完了"), "{status} {page}");
    })
    .await;
}
