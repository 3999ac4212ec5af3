//! Fills a data folder of the demo city with many documents: `documents DATA NUMBER`.
//!
//! They are taken over from a site before (imported), each after one of the city's own with another title,
//! 文号 and day and a longer text, so lists, items and organs are as full as in a city after decades. Rows are
//! written as they are, not by acts: what is measured is a portal over them. The index is put away, so that
//! the next start makes it anew. `GONGKAI_BENCH_POSTGRES` names a PostgreSQL in place of the file there.

mod beside;

use std::path::PathBuf;

use anyhow::{Context, ensure};
use beside::{Whereabouts, ledger};
use ledger::{Actor, Entry, Ledger};
use store::{Engine, Statements, Transaction};

/// How many documents go into one transaction.
const AT_ONCE: i64 = 20_000;

/// Added to every text, so that it is as long as those in the field.
const TEXT: &str = "各有关单位要按照职责分工，做好政策宣传、业务培训和信息公开，定期报告办理情况；群众咨询、投诉和申请，\
    应当在规定期限内答复。办理依据、条件、材料、程序、时限、结果和救济渠道，要在门户网站、政务服务大厅和便民服务点同时公开，\
    内容调整的，自调整之日起二十个工作日内更新。";

/// Numbers from $1 below $2, each with one of the city's own documents and a day in eighteen years.
const MADE: &str = "
WITH RECURSIVE place(nth) AS (
    SELECT CAST($1 AS BIGINT) UNION ALL SELECT nth + 1 FROM place WHERE nth + 1 < CAST($2 AS BIGINT)
), model AS (
    SELECT r.*, row_number() OVER (ORDER BY r.id) - 1 AS turn FROM record r
     WHERE r.reach = 'whole' AND r.withdrawn = 0 AND r.id NOT LIKE '0199aaaa-%'
), made AS (
    SELECT '0199aaaa-0000-7000-8000-000' || CAST(100000000 + p.nth AS TEXT) AS made_id, p.nth, 2008 + p.nth % 18 AS year,
           CAST(2008 + p.nth % 18 AS TEXT) || '-'
           || substr('010203040506070809101112', CAST(1 + 2 * (p.nth / 18 % 12) AS INTEGER), 2) || '-'
           || substr('01020304050607080910111213141516171819202122232425262728',
                     CAST(1 + 2 * (p.nth / 216 % 28) AS INTEGER), 2) AS day, m.*
      FROM place p JOIN model m ON m.turn = p.nth % (SELECT count(*) FROM model)
)";

/// The rows of a chunk, table by table; the edition last, as ever.
const TABLES: [&str; 4] = [
    "INSERT INTO record (id, organ, division, index_number, document_number, number_word, number_year,
        number_serial, title, sought, summary, body, plain, made_on, made_year, published_at, published_on,
        imported, original_on, original_source, timely_on, theme1, theme2, genre, openness, in_force_from,
        last_day, repealed_from, amended_from, partly_void_from, source, demo, reach, reach_reason, provenance,
        keeper, retention, withdrawn, normative)
     MADE SELECT made_id, organ, division, organ || '-M-' || CAST(100000000 + nth AS TEXT),
        number_word || '〔' || CAST(year AS TEXT) || '〕' || CAST(nth + 1 AS TEXT) || '号', number_word,
        CASE WHEN number_word IS NULL THEN NULL ELSE year END,
        CASE WHEN number_word IS NULL THEN NULL ELSE nth + 1 END,
        title || '（' || CAST(nth AS TEXT) || '）', sought || ' ' || CAST(nth AS TEXT), summary, body || $3,
        plain || $3, day, year, '2026-09-01T02:00:00.000Z', '2026-09-01', 1, day, '原网站', day, theme1, theme2,
        genre, openness, in_force_from, last_day, repealed_from, amended_from, partly_void_from, source, demo,
        reach, reach_reason, provenance, keeper, retention, 0, normative FROM made",
    "INSERT INTO record_statutory (record, ordinal, code)
     MADE SELECT made_id, s.ordinal, s.code FROM made JOIN record_statutory s ON s.record = made.id",
    "INSERT INTO record_item (record, ordinal, domain, item, words)
     MADE SELECT made_id, i.ordinal, i.domain, i.item, i.words FROM made JOIN record_item i ON i.record = made.id",
    "INSERT INTO record_edition (record, number) MADE SELECT made_id, 1 FROM made",
];

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let data = arguments.next().map(PathBuf::from).context("a data folder")?;
    let number = arguments.next().and_then(|text| text.parse().ok()).context("a number")?;
    ensure!((1..=5_000_000).contains(&number), "between one and five million documents");
    let ledger = ledger(&Whereabouts::of(&data)).await?;
    for from in (0..number).step_by(usize::try_from(AT_ONCE)?) {
        let change = ledger.store().begin().await?;
        chunk(&change, from, number.min(from + AT_ONCE)).await?;
        change.commit().await?;
    }
    inscribe(&ledger).await?;
    // As PostgreSQL does by itself; SQLite is measured without, as the program runs it.
    if ledger.store().engine() == Engine::Postgres {
        let change = ledger.store().begin().await?;
        change.run("ANALYZE", vec![]).await?;
        change.commit().await?;
    }
    let index = data.join("index");
    if index.exists() {
        std::fs::remove_dir_all(&index)?;
    }
    let all = ledger.store().number("SELECT count(*) FROM record", vec![]).await?;
    println!("documents: made={number} all={}", all.unwrap_or_default());
    Ok(())
}

/// Takes them into the public log, as the program does at its start; by more at a time, for here nobody waits.
async fn inscribe(ledger: &Ledger) -> anyhow::Result<()> {
    let source = records::room().inscribed.context("documents stand in the log")?;
    loop {
        let leaves = (source.missing)(ledger.store(), AT_ONCE).await?;
        if leaves.is_empty() {
            return Ok(());
        }
        let mut desk = ledger.desk(Actor::Timer).await?;
        desk.record(Entry {
            room: "ledger",
            act: "intake",
            subject: "record".into(),
            organ: String::new(),
            basis: "《政府信息公开条例》第六条".into(),
            facts: serde_json::json!({ "leaves": leaves.len() }),
        })
        .await?;
        for leaf in leaves {
            desk.publish_leaf(leaf)?;
        }
        desk.seal().await?;
    }
}

async fn chunk(change: &Transaction, from: i64, to: i64) -> anyhow::Result<()> {
    for table in TABLES {
        let sql = match table.split_once("MADE SELECT") {
            Some((into, select)) => format!("{into}{MADE} SELECT{select}"),
            None => table.to_owned(),
        };
        let mut values = vec![from.into(), to.into()];
        if sql.contains("$3") {
            values.push(format!("\n\n{TEXT}\n\n{TEXT}").into());
        }
        change.run(&sql, values).await?;
    }
    Ok(())
}
