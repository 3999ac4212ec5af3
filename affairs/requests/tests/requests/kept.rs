//! What must stay stays, whoever writes to the database.

use requests::acts::conversion::{self, Wish as Wish44};
use requests::acts::perusal;
use requests::acts::proposal::{self, Wish};
use requests::store::ProposalKind;
use store::{Engine, Statements};

use crate::house::{House, on_both, open_already, people};

/// A statement, and words of the refusal.
const REFUSED: [(&str, &str); 31] = [
    ("UPDATE request SET number = 'x'", "编号"),
    ("UPDATE request SET submitted_on = '2020-01-01'", "编号"),
    ("UPDATE request SET received_on = '2020-01-01'", "收到之日"),
    ("UPDATE request SET closed_on = '2020-01-01' WHERE closed_on IS NOT NULL", "办结日期"),
    ("DELETE FROM request", "不能删除"),
    ("UPDATE request_event SET happened_on = '2020-01-01'", "只增不减"),
    ("DELETE FROM request_event", "只增不减"),
    ("UPDATE request_letter SET facts = '{}'", "文书不能改动"),
    ("DELETE FROM request_letter", "文书不能改动"),
    ("UPDATE request_answer_version SET body = 'x'", "不能改动"),
    ("DELETE FROM request_answer_version", "不能改动"),
    ("UPDATE request_answer_step SET agreed = 0", "不能改动"),
    ("DELETE FROM request_answer_step", "不能改动"),
    ("UPDATE request_answer SET version = 9", "另行更正"),
    ("DELETE FROM request_answer", "不能删除"),
    ("UPDATE request_proposal SET agreed = 0", "决定过的"),
    ("DELETE FROM request_proposal", "不能删除"),
    ("DELETE FROM request_applicant", "去标识"),
    ("DELETE FROM request_delivery", "不能删除"),
    ("UPDATE request_looked SET reason = 'x'", "查看记录"),
    ("DELETE FROM request_looked", "查看记录"),
    ("UPDATE request_perusal SET reason = 'x'", "查阅记录"),
    ("DELETE FROM request_perusal", "查阅记录"),
    ("DELETE FROM request_conversion", "不能删除"),
    ("DELETE FROM request_matter_letter", "文书不能改动"),
    ("UPDATE request_matter_removal SET words = 'x'", "决定过的"),
    ("DELETE FROM request_matter_removal", "不能删除"),
    ("UPDATE request_matter_hold SET lifted_reason = 'x'", "已经解除"),
    ("DELETE FROM request_matter_hold", "不能删除"),
    ("UPDATE request_refund SET amount = 9", "退费"),
    ("DELETE FROM request_refund", "退费"),
];

/// Each takes away a row without asking whoever keeps it, on SQLite.
const REPLACED: [&str; 3] = [
    "INSERT OR REPLACE INTO request_event SELECT id, request, ordinal, kind, '2020-01-01', happening, facts,
            subject, recorded_at, person, person_for, name FROM request_event",
    "INSERT OR REPLACE INTO request_answer_step SELECT id, answer, version, hash, step, 0, words, person,
            person_for, name, taken_at FROM request_answer_step",
    "INSERT OR REPLACE INTO request_looked SELECT id, request, person, name, 'x', looked_at FROM request_looked",
];

/// Each empties a table at a stroke, on PostgreSQL.
const EMPTIED: [&str; 3] =
    ["TRUNCATE request CASCADE", "TRUNCATE request_event", "TRUNCATE request_answer_step"];

/// A file with something in every table that is kept.
async fn full(house: &House) {
    let request = house.assigned("2026-03-02", "林秀英").await;
    let wish = Wish::Plain(ProposalKind::Extension { days: law::WorkingDays(5) });
    house.decided("2026-03-03", &request, wish).await.expect("extended");
    let letter = house.answered("2026-03-04", &request, open_already()).await.expect("answered");
    house.served("2026-03-05", &request, &letter.id).await.expect("served");
    let by = people().officer;
    let desk = house.of("2026-03-05", &by).await;
    let looked = requests::acts::looking::look(desk, &house.sealer, &by, &request, "核对");
    looked.await.expect("looks");
    let desk = house.of("2026-03-05", &by).await;
    let wish = Wish44 { title: "公开答复", text: "内容", reason: "可以公开" };
    conversion::convert(desk, &house.sealer, &by, &request, wish).await.expect("turned");
    let desk = house.of("2026-03-05", &by).await;
    let about = (request.as_str(), "检查");
    perusal::of_file(desk, &house.sealer, &by, about).await.expect("read");
    crate::conversions::corrected(house).await;
    crate::matters::removed(house).await;
    let change = house.ledger.store().begin().await.expect("begins");
    let fee = "INSERT INTO request_fee (id, request, method, first, last, amount, shown, noticed_on, paid_on,
                      voucher, refunded) VALUES ('f', $1, 'per_page', 1, 1, 5, '', '2026-03-04', '2026-03-05', 'v', 0)";
    change.run(fee, vec![request.into()]).await.expect("a fee");
    let part = "INSERT INTO request_refund (id, fee, refunded_on, amount) VALUES ('b', 'f', '2026-03-06', 1)";
    change.run(part, vec![]).await.expect("paid back");
    change.commit().await.expect("committed");
}

async fn told(house: &House, sql: &str) -> String {
    let change = house.ledger.store().begin().await.expect("begins");
    let error = change.run(sql, vec![]).await.expect_err(sql);
    let mut words = error.to_string();
    let mut source = std::error::Error::source(&error);
    while let Some(cause) = source {
        words += &format!(": {cause}");
        source = cause.source();
    }
    words
}

#[tokio::test]
async fn the_database_keeps_what_must_stay() {
    on_both(async |house| {
        full(house).await;
        for (sql, words) in REFUSED {
            let told = told(house, sql).await;
            assert!(told.contains(words), "{sql}: {told}");
        }
        let (others, words) = match house.ledger.store().engine() {
            Engine::Sqlite => (REPLACED, "已有相同的记录"),
            Engine::Postgres => (EMPTIED, "不能清空"),
        };
        for sql in others {
            let told = told(house, sql).await;
            assert!(told.contains(words), "{sql}: {told}");
        }
    })
    .await;
}

#[tokio::test]
async fn the_database_knows_that_nobody_decides_what_he_proposed() {
    on_both(async |house| {
        let request = house.assigned("2026-03-02", "林秀英").await;
        let by = people().officer;
        let wish = Wish::Plain(ProposalKind::Extension { days: law::WorkingDays(5) });
        let desk = house.of("2026-03-03", &by).await;
        proposal::propose(desk, &house.sealer, &by, &request, (wish, "检索"))
            .await
            .expect("proposed");
        let sql = "UPDATE request_proposal SET agreed = 1, decided_by = proposed_by";
        told(house, sql).await;
        let sql =
            "UPDATE request_proposal SET agreed = 1, decided_by = 'x', decided_for = proposed_by";
        told(house, sql).await;
        let waiting = house.ledger.store();
        let waiting =
            waiting.number("SELECT COUNT(*) FROM request_proposal WHERE agreed IS NULL", vec![]);
        assert_eq!(waiting.await.expect("reads"), Some(1));
    })
    .await;
}
