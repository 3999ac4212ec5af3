//! 12345 工单: in by a table or a program, all or none; out as they stand.

use documents::reading::csv_rows;
use identity::Organ;
use store::testing;
use suggestions::acts::closing::Ending;
use suggestions::acts::order_intake::{IntakeError, Reception, Taken, UNCOMPARED, plan, take_in};
use suggestions::acts::{acceptance, erasure, platform, writer};
use suggestions::orders::{self, MOST_ORDERS, Order, OrderTable};
use suggestions::store::{OrderLine, OrderQuery, OrderSlip, Platform, Source, Suggestion};
use suggestions_rules::{Satisfaction, SuggestionKind};

use crate::office::{ORGAN, OTHER, Office, field, person, refused};

pub(crate) const HEAD: &str =
    "工单编号,来电时间,类型,标题,内容,诉求人,联系电话,承办单位,办理时限\n";

/// A credential that no platform has.
pub(crate) const OTHER_ONE: &str = "abcdef0123456789abcdef0123456789";

pub(crate) const TWO: &str = "XM1,2026-11-02 09:30,咨询,低保怎么申请,要带什么,林秀英,0592-7703123,,5个工作日\n\
                   XM2,2026/11/1 8:05,投诉举报,占道经营,\"门口天天\n占道\",,,,\n";

pub(crate) fn read(rows: &str) -> Result<Vec<Order>, Vec<String>> {
    let found = orders::read(format!("{HEAD}{rows}").as_bytes(), law::day(2026, 11, 2));
    found
        .and_then(OrderTable::sound)
        .map_err(|faults| faults.iter().map(ToString::to_string).collect())
}

impl Office {
    pub(crate) async fn reception(&self) -> Reception {
        self.reception_at(ORGAN, "/siming").await
    }

    /// At the workbench of an organ of a site.
    async fn reception_at(&self, organ: &str, base: &str) -> Reception {
        let organ = Organ::find(self.ledger.store(), organ).await.expect("asks");
        Reception::of_organ(organ.expect("is there"), base, false)
    }

    /// For the whole site.
    async fn site(&self) -> Reception {
        let range = ("350203000000", "350203999999");
        let own = ("/siming", ORGAN);
        let site = Reception::of_site(self.ledger.store(), own, range, law::day(2026, 11, 2)).await;
        site.expect("asks")
    }

    pub(crate) async fn takes(&self, rows: &str) -> Result<Vec<Taken>, String> {
        self.takes_at(&self.reception().await, rows).await
    }

    async fn takes_at(&self, at: &Reception, rows: &str) -> Result<Vec<Taken>, String> {
        let orders = read(rows).map_err(|faults| faults.join("；"))?;
        let taken = take_in(self.desk().await, &self.sealer, &orders, at).await;
        taken.map_err(|error| error.to_string())
    }

    pub(crate) async fn order(&self, number: &str) -> Suggestion {
        let found = Suggestion::with_orders(self.ledger.store(), "/siming", &[number]).await;
        found.expect("asks").into_iter().next().expect("came")
    }

    pub(crate) async fn lines(&self, query: &OrderQuery) -> Vec<OrderLine> {
        OrderLine::of(self.ledger.store(), query, 9).await.expect("lists")
    }
}

#[tokio::test]
async fn each_order_is_a_letter_like_any_other_and_the_same_order_again_is_no_second_one() {
    testing::on_both("letter_orders", async |place| {
        let office = Office::opened(&place, "orders").await;
        let taken = office.takes(TWO).await.expect("takes");
        let numbers: Vec<_> = taken.iter().map(|one| one.number.as_str()).collect();
        assert_eq!(numbers, ["咨询〔2026〕1号", "投诉〔2026〕1号"]);
        let letter = office.order("XM1").await;
        assert_eq!((letter.source, letter.kind), (Source::Hotline, SuggestionKind::Inquiry));
        assert_eq!(letter.due_on, law::day(2026, 11, 11), "the same clock as every letter's");
        assert!(!letter.consent, "who called agreed to nothing");
        let written = letter.open(&office.sealer).expect("opens");
        assert_eq!((written.name.as_str(), written.phone.as_str()), ("林秀英", "0592-7703123"));
        let slip = OrderSlip::of(office.ledger.store(), &letter.id).await.expect("asks");
        let words = slip.expect("came along").words();
        assert!(words.contains("2026-11-02 09:30") && words.contains("5个工作日"), "{words}");
        let again = office.takes(TWO).await.expect("takes");
        assert!(again.iter().all(|one| one.before));
        assert_eq!((office.told("receipt").await, office.told("order_intake").await), (2, 1));
    })
    .await;
}

#[tokio::test]
async fn the_same_number_with_other_words_is_refused_by_name_and_nothing_is_taken_in() {
    testing::on_both("letter_orders_other", async |place| {
        let office = Office::opened(&place, "orders_other").await;
        office.takes(TWO).await.expect("takes");
        let other = "XM3,2026-11-02 10:00,建议,路灯,多装几盏,,,,\n\
                     XM1,2026-11-02 09:30,咨询,低保怎么申请,别的事,,,,\n";
        let told = office.takes(other).await.expect_err("is refused");
        assert!(told.contains("第 3 行“工单编号”") && told.contains("XM1"), "{told}");
        let foreign = "XM4,2026-11-02 10:00,建议,路灯,多装几盏,,,某某局,\n";
        let told = office.takes(foreign).await.expect_err("is refused");
        assert!(told.contains("“某某局”不是本机关"), "{told}");
        assert_eq!(office.told("receipt").await, 2, "all or none");
    })
    .await;
}

#[tokio::test]
async fn two_sites_may_number_alike_and_no_organ_learns_of_anothers_letter() {
    testing::on_both("letter_orders_sites", async |place| {
        let office = Office::opened(&place, "orders_sites").await;
        office.takes(TWO).await.expect("takes");
        let huli = office.reception_at(OTHER, "/huli").await;
        let differs = TWO.replace("要带什么", "别的事");
        let taken = office.takes_at(&huli, &differs).await.expect("takes");
        assert!(taken.iter().all(|one| !one.before), "the hotline of another site numbers alike");
        let own = office.order("XM1").await.number;
        let other = office.reception_at(OTHER, "/siming").await;
        let told = office.takes_at(&other, &differs).await.expect_err("is refused");
        assert!(told.contains("由别的机关办理") && !told.contains(&own), "{told}");
        let same = office.takes_at(&other, TWO).await.expect("takes");
        assert!(same.iter().all(|one| one.before && one.number == "由别的机关办理"), "{same:?}");
    })
    .await;
}

#[tokio::test]
async fn an_order_sent_again_with_another_organ_is_told_who_has_it() {
    testing::on_both("letter_orders_again", async |place| {
        let office = Office::opened(&place, "orders_again").await;
        office.takes(TWO).await.expect("takes");
        let (letter, site) = (office.order("XM1").await.number, office.site().await);
        let store = office.ledger.store();
        let named = async |organ: &str| {
            let organ = Organ::find(store, organ).await.expect("asks").expect("is there");
            TWO.replace("0592-7703123,,", &format!("0592-7703123,{},", organ.name))
        };
        let told = office.takes_at(&site, &named(OTHER).await).await.expect_err("is refused");
        for part in
            ["第 2 行“承办单位”", "现在的承办单位是厦门市思明区民政局", "请厦门市思明区民政局转办"]
        {
            assert!(told.contains(part) && told.contains(&letter), "{part}: {told}");
        }
        let same = office.takes_at(&site, &named(ORGAN).await).await.expect("takes");
        assert!(same.iter().all(|one| one.before), "the same organ, the same order");
        let other = office.reception_at(OTHER, "/siming").await;
        let only = named(OTHER).await.lines().take(1).collect::<String>();
        let told = office.takes_at(&other, &only).await.expect_err("is refused");
        assert!(told.contains("去掉这一行") && !told.contains(&letter), "{told}");
    })
    .await;
}

#[tokio::test]
async fn what_would_be_taken_in_is_shown_first_and_changes_nothing() {
    testing::on_both("letter_orders_plan", async |place| {
        let office = Office::opened(&place, "orders_plan").await;
        let orders = read(TWO).expect("reads");
        let (store, reception) = (office.ledger.store(), office.reception().await);
        let planned = plan(store, &office.sealer, &orders, &reception).await.expect("plans");
        assert!(planned.iter().all(|one| one.organ == ORGAN && one.before.is_none()));
        assert_eq!(office.told("receipt").await, 0);
        let site = office.site().await;
        let other = Organ::find(store, OTHER).await.expect("asks").expect("is there");
        let row = format!("XM9,2026-11-02 10:00,建议,路灯,多装几盏,,,{},\n", other.name);
        let orders = read(&row).expect("reads");
        let planned = plan(store, &office.sealer, &orders, &site).await.expect("plans");
        assert_eq!(planned[0].organ, OTHER, "a site's table names organs of the site");
        let orders = read(&row.replace(&other.name, "没有的局")).expect("reads");
        let none = plan(store, &office.sealer, &orders, &site).await;
        assert!(matches!(none, Err(IntakeError::Faults(faults)) if faults.len() == 1));
    })
    .await;
}

#[tokio::test]
async fn the_hotline_is_told_how_its_orders_stand_and_no_cell_is_a_formula() {
    testing::on_both("letter_orders_told", async |place| {
        let mut office = Office::opened(&place, "orders_told").await;
        office.takes(TWO).await.expect("takes");
        office.writes("a", SuggestionKind::Inquiry, "从网站来").await.expect("takes");
        let (handler, id) = (person("甲", ORGAN), office.order("XM1").await.id);
        let by = office.by(&handler);
        acceptance::accept(office.desk().await, by, &id, (false, "")).await.expect("accepts");
        office.answers(&id, "=带户口簿").await;
        let desk = office.ledger.desk(ledger::Actor::Visitor).await.expect("a desk");
        let letter = office.letter(&id).await;
        writer::rate(desk, &office.sealer, &letter, Satisfaction::Mostly).await.expect("rates");
        office.on("2026-11-20");
        let query = OrderQuery { organ: Some(ORGAN.into()), ..OrderQuery::default() };
        let lines = office.lines(&query).await;
        let sheet = orders::sheet(&lines, &office.sealer, law::day(2026, 11, 20));
        let bytes = sheet.expect("opens").to_csv().expect("writes");
        let rows = csv_rows(&bytes).expect("reads");
        let cells: Vec<Vec<&str>> =
            rows.iter().map(|(_, row)| row.iter().map(String::as_str).collect()).collect();
        assert_eq!(cells.len(), 3, "what came from the site is no order");
        let answered = &cells[1];
        assert_eq!((answered[0], answered[1], answered[3]), ("XM1", "2026-11-02 12:00", "已答复"));
        assert_eq!((answered[5], answered[6], answered[7]), ("'=带户口簿", "否", "基本满意"));
        assert_eq!((cells[2][0], cells[2][3], cells[2][6]), ("XM2", "待受理", "是"));
        let after = Some((lines[0].received_on.clone(), lines[0].id.clone()));
        let rest = office.lines(&OrderQuery { after, ..query.clone() }).await;
        assert_eq!(rest.iter().map(|line| line.order_number.as_str()).collect::<Vec<_>>(), ["XM2"]);
        let none = OrderQuery { since: Some(law::day(2026, 11, 3)), ..query };
        assert_eq!(office.lines(&none).await, vec![]);
    })
    .await;
}

#[tokio::test]
async fn what_was_joined_is_done_when_the_first_is_answered_and_its_answer_names_no_other_writer() {
    testing::on_both("letter_orders_joined", async |place| {
        let mut office = Office::opened(&place, "orders_joined").await;
        let first = office.writes("a", SuggestionKind::Inquiry, "路灯不亮").await.expect("takes");
        let row = "XM5,2026-11-02 09:30,咨询,路灯,路灯不亮,王小明,,,\n";
        office.takes(row).await.expect("takes");
        let (handler, id) = (person("甲", ORGAN), office.order("XM5").await.id);
        let by = office.by(&handler);
        office.closes(&id, Ending::Joining(&first.number)).await.expect("joins");
        acceptance::accept(office.desk().await, by, &first.id, (false, "")).await.expect("accepts");
        let query = OrderQuery { number: Some("XM5".into()), ..OrderQuery::default() };
        let waits = office.lines(&query).await;
        assert!(waits[0].term.is_overdue(law::day(2026, 11, 12)), "the first waits for an answer");
        office.on("2026-11-11");
        office.answers(&first.id, "林秀英，带户口簿").await;
        let lines = office.lines(&query).await;
        assert!(!lines[0].term.is_overdue(law::day(2026, 12, 1)), "answered on the last day");
        let sheet = orders::sheet(&lines, &office.sealer, law::day(2026, 12, 1)).expect("opens");
        assert_eq!((sheet.rows[0][3].as_str(), sheet.rows[0][6].as_str()), ("重复件", "否"));
        assert_eq!(sheet.rows[0][5], "林**，带户口簿", "its writer is somebody else");
    })
    .await;
}

#[tokio::test]
async fn an_order_whose_words_were_taken_out_is_known_by_its_number() {
    testing::on_both("letter_orders_erased", async |place| {
        let mut office = Office::opened(&place, "orders_erased").await;
        office.takes(TWO).await.expect("takes");
        let other = TWO.replace("要带什么", "要等多久");
        let differs = office.takes(&other).await.expect_err("the words differ");
        assert!(differs.contains("内容或者类型不同"), "{differs}");
        let id = office.order("XM1").await.id;
        office.closes(&id, Ending::Refusal("不是本机关的职责")).await.expect("closes");
        office.on("2027-11-03");
        erasure::erase(&office.ledger).await.expect("erases");
        assert!(office.order("XM1").await.is_erased());
        let again = office.takes(&other).await.expect("takes");
        assert!(again.iter().all(|one| one.before), "{again:?}");
        assert_eq!(again[0].warning.as_deref(), Some(UNCOMPARED));
        assert_eq!(again[1].warning, None, "what still stands was compared");
        let kind = other.replace("咨询", "建议");
        let differs = office.takes(&kind).await.expect_err("the kind differs");
        assert!(differs.contains("XM1"), "{differs}");
    })
    .await;
}

#[tokio::test]
async fn a_platform_is_known_by_its_credential_for_its_site_until_it_is_taken_back() {
    testing::on_both("letter_platforms", async |place| {
        let office = Office::opened(&place, "platforms").await;
        let (store, sealer) = (office.ledger.store(), &office.sealer);
        let credential = ("0123456789abcdef0123456789abcdef", None);
        let (of, range) = (("市 12345 平台", "/siming", ORGAN), ("350203000000", "350203999999"));
        let short = platform::admit(office.desk().await, sealer, of, range, ("0123", None)).await;
        assert!(refused(short).contains("太短"));
        let nowhere = ("市 12345 平台", "/siming", "没有");
        let nobody = platform::admit(office.desk().await, sealer, nowhere, range, credential).await;
        assert_eq!(field(nobody), "organ");
        let huli = ("350206000000", "350206999999");
        let foreign = platform::admit(office.desk().await, sealer, of, huli, credential).await;
        let foreign = foreign.expect_err("is of another site").to_string();
        assert!(foreign.contains("厦门市思明区民政局不是这个网站的机关"), "{foreign}");
        let admitted = platform::admit(office.desk().await, sealer, of, range, credential).await;
        let id = admitted.expect("admits").id;
        let (credential, _) = credential;
        let known_on = async |base: &str, credential: &str, day: law::Date| {
            let found = Platform::known(store, sealer, (base, credential), day).await;
            found.expect("asks").map(|one| one.id)
        };
        let today = law::day(2026, 11, 2);
        let known = async |base: &str, credential: &str| known_on(base, credential, today).await;
        assert_eq!(known("/siming", credential).await, Some(id.clone()));
        assert_eq!(known("", credential).await, None, "another site");
        assert_eq!(known("/siming", "another").await, None);
        let twice =
            platform::admit(office.desk().await, sealer, of, range, (OTHER_ONE, None)).await;
        assert!(refused(twice).contains("已经接入"), "one credential for one platform");
        let end = law::day(2027, 11, 2);
        assert_eq!(known_on("/siming", credential, end).await, Some(id.clone()));
        let over = law::day(2027, 11, 3);
        assert_eq!(known_on("/siming", credential, over).await, None, "its year is over");
        let long = Some(law::day(2028, 11, 3));
        assert_eq!(field(platform::renew(office.desk().await, &id, long).await), "until");
        let renewed = Some(law::day(2028, 11, 2));
        platform::renew(office.desk().await, &id, renewed).await.expect("renews");
        assert_eq!(known_on("/siming", credential, over).await, Some(id.clone()));
        platform::end(office.desk().await, &id).await.expect("ends");
        assert_eq!(known("/siming", credential).await, None);
        let gone = platform::renew(office.desk().await, &id, None).await;
        assert!(refused(gone).contains("不能续"), "what was taken back stays so");
        let twice = platform::end(office.desk().await, &id).await;
        assert!(refused(twice).contains("已经收回过"));
    })
    .await;
}

#[tokio::test]
async fn a_platform_hears_of_what_it_handed_in_and_of_nothing_else() {
    testing::on_both("letter_orders_platform", async |place| {
        let office = Office::opened(&place, "orders_platform").await;
        office.takes(TWO).await.expect("takes");
        for (platform, row) in [
            ("p1", "A1,2026-11-02 09:30,咨询,路灯,路灯不亮,,,,\n"),
            ("p2", "A2,2026-11-02 09:30,咨询,水管,水管漏水,,,,\n"),
        ] {
            let mut at = office.site().await;
            at.platform = platform.into();
            office.takes_at(&at, row).await.expect("takes");
        }
        let base = Some("/siming".to_owned());
        for (platform, told) in [("p1", "A1"), ("p2", "A2")] {
            let platform = Some(platform.to_owned());
            let query = OrderQuery { base: base.clone(), platform, ..OrderQuery::default() };
            let lines = office.lines(&query).await;
            let numbers: Vec<_> = lines.iter().map(|line| line.order_number.as_str()).collect();
            assert_eq!(numbers, [told]);
        }
        let all = office.lines(&OrderQuery { base, ..OrderQuery::default() }).await;
        assert_eq!(all.len(), 4, "who exports them for the site has all");
    })
    .await;
}

#[tokio::test]
async fn what_the_hotline_sent_is_none_of_the_sites_own_letters_in_an_inspection() {
    testing::on_both("letter_orders_inspected", async |place| {
        let mut office = Office::opened(&place, "orders_inspected").await;
        office.takes(TWO).await.expect("takes");
        let own = office.writes("a", SuggestionKind::Inquiry, "路灯").await.expect("takes");
        let bases = ["/siming".to_owned()];
        let waiting = Suggestion::waiting_on(office.ledger.store(), &bases, 9).await;
        let waiting: Vec<_> = waiting.expect("lists").into_iter().map(|one| one.id).collect();
        assert_eq!(waiting, [own.id.as_str()]);
        office.on("2026-11-20");
        let (handler, order) = (person("甲", ORGAN), office.order("XM1").await.id);
        for id in [&own.id, &order] {
            let by = office.by(&handler);
            acceptance::accept(office.desk().await, by, id, (false, "")).await.expect("accepts");
            office.answers(id, "带户口簿").await;
        }
        let (store, since) = (office.ledger.store(), law::day(2026, 11, 2));
        let late = Suggestion::answered_late_on(store, &bases, since, 9).await.expect("lists");
        let late: Vec<_> = late.into_iter().map(|one| one.id).collect();
        assert_eq!(late, [own.id.as_str()]);
    })
    .await;
}

#[test]
fn a_table_is_read_in_either_encoding_with_or_without_a_mark_and_from_copied_cells() {
    let text = format!("{HEAD}{TWO}");
    let today = law::day(2026, 11, 2);
    let plain = orders::read(text.as_bytes(), today).expect("reads");
    assert_eq!(plain.orders.len(), 2);
    assert_eq!(plain.orders[1].written.words, "门口天天\n占道");
    assert_eq!(plain.orders[1].called_at, "2026-11-01T08:05:00");
    let marked = format!("\u{feff}{text}");
    assert_eq!(orders::read(marked.as_bytes(), today).expect("reads"), plain);
    // 工单编号,来电时间,类型,标题,内容 and a row, in GB18030.
    let gb = b"\xb9\xa4\xb5\xa5\xb1\xe0\xba\xc5,\xc0\xb4\xb5\xe7\xca\xb1\xbc\xe4,\xc0\xe0\xd0\xcd,\xb1\xea\xcc\xe2,\xc4\xda\xc8\xdd\n\
        XM1,2026-11-02 09:30,\xd7\xc9\xd1\xaf,\xb1\xea\xcc\xe2,\xc4\xda\xc8\xdd\n";
    let read = orders::read(gb, today).expect("reads").orders;
    assert_eq!((read[0].kind, read[0].written.subject.as_str()), (SuggestionKind::Inquiry, "标题"));
    let cells = orders::from_cells(&text.replace(',', "\t"));
    assert_eq!(orders::read(cells.as_bytes(), today).expect("reads"), plain);
    assert_eq!(orders::from_cells(&text), text);
}

#[test]
fn every_fault_is_told_with_its_line_and_what_to_do() {
    let row = |number: &str, at: &str, kind: &str, title: &str, words: &str, more: &str| {
        format!("{number},{at},{kind},{title},{words},{more}\n")
    };
    for (text, told) in [
        (
            row("", "2026-11-02", "咨询", "标题", "内容", ",,,"),
            "第 2 行“工单编号”：写 12345 平台的编号",
        ),
        (row("A1", "昨天", "咨询", "标题", "内容", ",,,"), "第 2 行“来电时间”：写成年-月-日"),
        (row("A1", "2026-11-03", "咨询", "标题", "内容", ",,,"), "第 2 行“来电时间”：在今天以后"),
        (row("A1", "2026-11-02", "其他", "标题", "内容", ",,,"), "第 2 行“类型”：写咨询、"),
        (row("A1", "2026-11-02", "咨询", "", "内容", ",,,"), "第 2 行“标题”：写一个标题"),
        (row("A1", "2026-11-02", "咨询", "标题", "", ",,,"), "第 2 行“内容”：写明"),
        (row("A1", "2026-11-02", "咨询", "标题", "内容", ",12,,"), "第 2 行“联系电话”：写手机号"),
        (
            row("A1", "2026-11-02", "咨询", "标题", "内容", ",,,找13900001234"),
            "第 2 行“办理时限”：不超过",
        ),
        ("A1,2026-11-02\n".to_owned(), "第 2 行：只有 2 格"),
        (String::new(), "表头下面没有工单"),
        ("A1,\"没有结束\n".to_owned(), "引号没有结束"),
    ] {
        let faults = read(&text).expect_err("has faults").join("\n");
        assert!(faults.contains(told), "{text}: {faults}");
    }
    let good = row("A1", "2026-11-02", "咨询", "标题", "内容", ",,,");
    let twice = format!("{good}{good}");
    assert_eq!(read(&twice).expect("reads").len(), 1, "the same row twice is one order");
    let other = format!("{good}{}", good.replace("内容", "别的内容"));
    let faults = read(&other).expect_err("has faults").join("\n");
    assert!(faults.contains("A1和第 2 行同号"), "{faults}");
    let many: String = (0..=MOST_ORDERS).map(|at| good.replace("A1", &format!("A{at}"))).collect();
    let faults = read(&many).expect_err("is too long").join("\n");
    assert!(faults.contains("一次最多 5000 行"), "{faults}");
    let headless = orders::read("编号,标题\n1,2\n".as_bytes(), law::day(2026, 11, 2));
    let faults = headless.expect_err("has no head");
    assert!(faults[0].words.contains("缺“工单编号”“来电时间”"), "{}", faults[0]);
}
