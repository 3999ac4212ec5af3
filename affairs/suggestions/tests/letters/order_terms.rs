//! 12345 工单: what is told of a table, from when an order counts, who is first of two, why one stands as it does; and
//! what is left of whoever takes orders in and out.

use store::{Statements, moment, testing};
use suggestions::acts::closing::{self, Ending};
use suggestions::acts::order_export::{self, Exported};
use suggestions::acts::order_intake::{plan_table, take_in};
use suggestions::acts::{acceptance, extension, order_table, platform, transfer};
use suggestions::orders::{self, OrderTable};
use suggestions::store::{Closing, OrderQuery, OrderSlip, OrderTableKept, Page, Platform, Query};

use crate::office::{ORGAN, OTHER, Office, person};
use crate::orders::{HEAD, OTHER_ONE, TWO, read};

#[test]
fn all_that_is_wrong_is_told_at_once_and_columns_that_are_not_taken_by_name() {
    let today = law::day(2026, 11, 2);
    let bad = format!("{HEAD}A1,昨天,别的,,,,12,,\nA2,2026-11-02,咨询,标题,内容,,,,\n");
    let table = orders::read(bad.as_bytes(), today).expect("is a table");
    assert_eq!(table.orders.len(), 1, "what can be taken in is looked at as well");
    let told: Vec<_> = table.faults.iter().map(ToString::to_string).collect();
    for column in ["来电时间", "类型", "标题", "内容", "联系电话"] {
        let begun = format!("第 2 行“{column}”：");
        assert!(told.iter().any(|one| one.starts_with(&begun)), "{column}: {told:?}");
    }
    let other = "工单编号,来电时间,类型,标题,内容,电话,区\nA1,2026-11-02,咨询,标题,内容,1,思明\n";
    let table = orders::read(other.as_bytes(), today).expect("reads");
    assert_eq!(table.ignored, ["“电话”是不是想写“联系电话”", "“区”"]);
    let misspelt = "工单号,来电日期,类型,标题,内容\nA1,2026-11-02,咨询,标题,内容\n";
    let faults = orders::read(misspelt.as_bytes(), today).expect_err("lacks columns");
    assert!(faults[0].words.contains("“来电日期”是不是想写“来电时间”"), "{}", faults[0]);
    let rows: String = (0..60).map(|at| format!("A{at},昨天,咨询,标题,内容,,,,\n")).collect();
    let faults = read(&rows).expect_err("has faults");
    assert_eq!((faults.len(), faults[50].as_str()), (51, "还有 10 处，先改上面的"));
}

#[test]
fn a_dispatch_is_read_and_refused_where_it_cannot_be_right() {
    let today = law::day(2026, 11, 16);
    let head = "工单编号,来电时间,类型,标题,内容,派单时间\n";
    let read = |at: &str| {
        let text = format!("{head}A1,2026-11-02 09:30,咨询,标题,内容,{at}\n");
        let read = orders::read(text.as_bytes(), today).and_then(OrderTable::sound);
        read.map(|orders| orders[0].dispatched_on()).map_err(|faults| faults[0].to_string())
    };
    assert_eq!(read("2026-11-03 10:00"), Ok(Some(law::day(2026, 11, 3))));
    assert_eq!(read(""), Ok(None));
    for (at, told) in [
        ("2026-11-17 08:00", "“派单时间”：在今天以后"),
        ("2026-11-01 08:00", "“派单时间”：早于来电时间"),
        ("上周", "“派单时间”：写成年-月-日"),
    ] {
        let words = read(at).expect_err("is refused");
        assert!(words.contains(told), "{at}: {words}");
    }
}

#[tokio::test]
async fn an_order_counts_from_the_day_it_was_given_out_and_a_late_one_is_told() {
    testing::on_both("letter_orders_dispatched", async |place| {
        let mut office = Office::opened(&place, "orders_dispatched").await;
        office.on("2026-11-16");
        let text = "工单编号,来电时间,类型,标题,内容,派单时间\n\
                    D1,2026-11-02 09:30,咨询,路灯,路灯不亮,2026-11-09 10:00\n\
                    D2,2026-11-02 09:30,咨询,水管,水管漏水,\n";
        let today = law::day(2026, 11, 16);
        let table = orders::read(text.as_bytes(), today).expect("reads");
        let (store, reception) = (office.ledger.store(), office.reception().await);
        let planned = plan_table(store, &office.sealer, &table, &reception).await.expect("plans");
        let calendar = office.ledger.calendar();
        let outlook = planned[0].outlook(today, &calendar).expect("a day");
        assert_eq!(outlook.due, law::day(2026, 11, 18), "seven working days after the 9th");
        assert!(outlook.warning.is_some_and(|words| words.contains("5 个工作日")));
        let own = planned[1].outlook(today, &calendar).expect("a day");
        assert_eq!((own.due, own.warning), (law::day(2026, 11, 25), None));
        let desk = office.desk().await;
        let taken = take_in(desk, &office.sealer, &table.orders, &reception).await.expect("takes");
        assert!(taken[0].warning.is_some() && taken[1].warning.is_none());
        let letter = office.order("D1").await;
        assert_eq!(letter.counted_from, law::day(2026, 11, 9));
        assert_eq!((letter.received_on, letter.due_on), (today, law::day(2026, 11, 18)));
        let slip = OrderSlip::of(store, &letter.id).await.expect("asks").expect("came along");
        assert!(slip.words().contains("派单 2026-11-09 10:00"), "{}", slip.words());
    })
    .await;
}

#[tokio::test]
async fn the_same_order_at_the_same_moment_is_one_letter_and_two_tables_never_wait_for_each_other()
{
    testing::on_both("letter_orders_race", async |place| {
        let office = Office::opened(&place, "orders_race").await;
        let row = "R1,2026-11-02 09:30,咨询,路灯,路灯不亮,,,,\n";
        let (one, other) = tokio::join!(office.takes(row), office.takes(row));
        let both = [one.expect("takes"), other.expect("takes")];
        assert_eq!(both.iter().filter(|taken| taken[0].before).count(), 1);
        assert_eq!(both[0][0].number, both[1][0].number);
        let kinds = ["咨询", "投诉", "建议", "举报"];
        let table = |mark: &str, turned: bool| {
            let mut rows: Vec<String> = (0..40)
                .map(|at| format!("{mark}{at},2026-11-02,{},标题,内容 {at},,,,\n", kinds[at % 4]))
                .collect();
            if turned {
                rows.reverse();
            }
            rows.concat()
        };
        let (up, down) = (table("U", false), table("V", true));
        let (one, other) = tokio::join!(office.takes(&up), office.takes(&down));
        assert_eq!(one.expect("takes").len() + other.expect("takes").len(), 80);
        let (up, down) = (table("W", false), table("W", true));
        let (one, other) = tokio::join!(office.takes(&up), office.takes(&down));
        let all = [one.expect("takes"), other.expect("takes")].concat();
        assert_eq!(all.iter().filter(|taken| taken.before).count(), 40, "each once");
        let sql = "SELECT COUNT(*) FROM suggestion s JOIN suggestion_event e ON e.suggestion = s.id
                    WHERE e.act = 'receipt' AND e.ordinal = 1";
        let letters = office.ledger.store().number(sql, vec![]).await.expect("counts");
        assert_eq!(letters, Some(121));
        let last = "SELECT CAST(SUM(last) AS BIGINT) FROM suggestion_serial";
        let last = office.ledger.store().number(last, vec![]).await.expect("counts");
        assert_eq!(last, Some(121), "no number was left out");
    })
    .await;
}

#[tokio::test]
async fn the_hotline_is_told_why_an_order_was_extended_handed_on_or_not_taken() {
    testing::on_both("letter_orders_reasons", async |place| {
        let office = Office::opened(&place, "orders_reasons").await;
        let row = "XM3,2026-11-02 10:00,建议,路灯,多装几盏,,,,\n";
        office.takes(&format!("{TWO}{row}")).await.expect("takes");
        let (handler, head) = (person("甲", ORGAN), person("乙", ORGAN));
        let (by, other) = (office.by(&handler), office.by(&head));
        let id = async |number: &str| office.order(number).await.id;
        let long = id("XM1").await;
        acceptance::accept(office.desk().await, by, &long, (false, "")).await.expect("accepts");
        extension::propose(office.desk().await, by, &long, "要会同街道").await.expect("proposes");
        let seen = (long.as_str(), office.letter(&long).await.revision());
        extension::decide(office.desk().await, other, seen, (true, "同意")).await.expect("grants");
        let no = id("XM2").await;
        let ending = (Ending::Refusal("不是本机关的职责"), "");
        closing::propose(office.desk().await, by, &no, ending).await.expect("proposes");
        let waits = Closing::of(office.ledger.store(), &no).await.expect("asks").expect("waits");
        let seen = (no.as_str(), waits.id.as_str());
        closing::decide(office.desk().await, other, seen, (true, "同意")).await.expect("closes");
        let away = id("XM3").await;
        transfer::transfer(office.desk().await, by, &away, (OTHER, "归口办理"))
            .await
            .expect("goes");
        let base = Some("/siming".to_owned());
        let lines = office.lines(&OrderQuery { base, ..OrderQuery::default() }).await;
        let today = law::day(2026, 11, 2);
        let rows = orders::sheet(&lines, &office.sealer, today).expect("opens").rows;
        let row = |number: &str| rows.iter().find(|row| row[0] == number).expect("is told");
        assert_eq!((row("XM1")[8].as_str(), row("XM1")[9].as_str()), ("2026-11-23", "要会同街道"));
        assert!(row("XM2")[11].contains("不是本机关的职责"), "{:?}", row("XM2"));
        assert!(row("XM3")[10].contains("归口办理"), "{:?}", row("XM3"));
        assert!(row("XM1")[10].is_empty() && row("XM1")[11].is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_table_waits_for_whoever_sent_it_alone_and_for_an_hour() {
    testing::on_both("letter_orders_table", async |place| {
        let office = Office::opened(&place, "orders_table").await;
        let (store, sealer) = (office.ledger.store(), &office.sealer);
        let text = format!("{HEAD}{TWO}");
        let kept =
            order_table::keep(office.desk().await, sealer, (ORGAN, "甲"), (text.as_str(), 2)).await;
        let id = kept.expect("keeps");
        let found = async |organ: &str, person: &str, at: &str| {
            let found = OrderTableKept::find(store, sealer, (organ, person), (&id, at)).await;
            found.expect("asks").map(|table| table.text)
        };
        let now = moment(office.ledger.clock().now());
        assert_eq!(found(ORGAN, "甲", &now).await, Some(text.clone()));
        assert_eq!(found(ORGAN, "乙", &now).await, None, "somebody else's");
        assert_eq!(found(OTHER, "甲", &now).await, None, "in another post");
        assert_eq!(found(ORGAN, "甲", "2026-11-02T05:00:00.001Z").await, None, "an hour is over");
        let sql = "SELECT COUNT(*) FROM suggestion_order_table WHERE sealed LIKE '%林秀英%'";
        assert_eq!(store.number(sql, vec![]).await.expect("counts"), Some(0), "it is sealed");
        let (orders, reception) = (read(TWO).expect("reads"), office.reception().await);
        let desk = office.desk().await;
        let taken = order_table::take_in(desk, sealer, &id, &orders, &reception).await;
        assert_eq!(taken.expect("takes").len(), 2);
        assert_eq!(found(ORGAN, "甲", &now).await, None, "what was taken in waits no longer");
        order_table::keep(office.desk().await, sealer, (ORGAN, "乙"), (text.as_str(), 2))
            .await
            .expect("keeps");
        order_table::forget(&office.ledger).await.expect("looks");
        assert_eq!(office.told("order_table_erasure").await, 0, "its time is not up");
        let mut later = office;
        later.on("2026-11-03");
        order_table::forget(&later.ledger).await.expect("forgets");
        let left = "SELECT COUNT(*) FROM suggestion_order_table";
        let left = later.ledger.store().number(left, vec![]).await.expect("counts");
        assert_eq!((left, later.told("order_table_erasure").await), (Some(0), 1));
    })
    .await;
}

#[tokio::test]
async fn whoever_takes_orders_out_leaves_word_of_it_and_a_platform_once_a_day() {
    testing::on_both("letter_orders_export", async |place| {
        let mut office = Office::opened(&place, "orders_export").await;
        let since = Some(law::day(2026, 11, 1));
        let exported = Exported { organ: ORGAN, base: None, since, until: None, orders: 2 };
        order_export::keep(office.desk().await, exported).await.expect("is told");
        assert_eq!(office.told("order_export").await, 1);
        let (of, range) = (("市平台", "/siming", ORGAN), ("350203000000", "350203999999"));
        let desk = office.desk().await;
        let admitted = platform::admit(desk, &office.sealer, of, range, (OTHER_ONE, None)).await;
        let id = admitted.expect("admits").id;
        for (day, told) in [("2026-11-02", 1), ("2026-11-02", 1), ("2026-11-03", 2)] {
            office.on(day);
            let one = Platform::find(office.ledger.store(), &id).await.expect("asks");
            platform::read(&office.ledger, &one.expect("is there")).await.expect("is told");
            assert_eq!(office.told("platform_reading").await, told, "{day}");
        }
    })
    .await;
}

#[tokio::test]
async fn an_order_is_found_by_its_number_at_the_hotline() {
    testing::on_both("letter_orders_found", async |place| {
        let office = Office::opened(&place, "orders_found").await;
        office.takes(TWO).await.expect("takes");
        let letter = office.order("XM2").await;
        for (organ, number, found) in [
            (ORGAN, "XM2", 1),
            (ORGAN, letter.number.as_str(), 1),
            (ORGAN, "XM9", 0),
            (OTHER, "XM2", 0),
        ] {
            let query = Query { number: Some(number.into()), ..Query::default() };
            let page = Page::of(office.ledger.store(), organ, &query, 9).await.expect("lists");
            assert_eq!(page.rows.len(), found, "{organ} {number}");
        }
        let query = OrderQuery { organ: Some(ORGAN.into()), newest: true, ..OrderQuery::default() };
        let lines = office.lines(&query).await;
        let numbers: Vec<_> = lines.iter().map(|line| line.order_number.as_str()).collect();
        assert_eq!(numbers, ["XM2", "XM1"], "the newest first");
        let after = Some((lines[0].received_on.clone(), lines[0].id.clone()));
        let rest = office.lines(&OrderQuery { after, ..query }).await;
        assert_eq!(rest.len(), 1);
    })
    .await;
}
