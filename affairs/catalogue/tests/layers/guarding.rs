//! What a clerk may not do: begin a catalogue that is another organ's, change what the public is being
//! asked about, undo decisions that were released, or date a release back.

use catalogue::acts::adoption::{self, Adoption};
use catalogue::acts::release::{self, Release};
use catalogue::acts::{ActError, consultation, drafting, import, replacement, review, row};
use catalogue::store::{Catalogue, Holding, TakenRow, Version, VersionDraft};
use catalogue_rules::{DraftStage, Item, ReadCatalogue};
use identity::{Organ, Tables};
use law::day;
use ledger::{Actor, Desk, Ledger};
use std::collections::HashMap;

use crate::house::{
    CITY, DOMAIN, HULI, SIMING, catalogue_of, desk, draft_rows, file, item, key_of, layered,
    on_both, publish, submit, whole_item,
};
use crate::pages::Portal;

const BUREAUS: &str = "code,name,short_name,kind,role,level,division,domains
AM00001,厦门市民政局,市民政局,bureau,civil,city,350200000000,yanglaofuwu
XM00009,厦门市体育局,市体育局,bureau,sports,city,350200000000,tiyu
XM01009,思明区体育局,区体育局,bureau,sports,district,350203000000,tiyu
XM03002,湖里区民政局,区民政局,bureau,civil,district,350206000000,yanglaofuwu
";

async fn bureaus(ledger: &Ledger) {
    let tables = Tables { divisions: None, organs: Some(BUREAUS) };
    tables.keep(desk(ledger).await, "测试数据").await.expect("organs");
}

/// The desk of a person at the workbench.
async fn clerk(ledger: &Ledger) -> Desk {
    ledger.desk(Actor::Person("jingban".into())).await.expect("a desk")
}

async fn organ(ledger: &Ledger, code: &str) -> Organ {
    Organ::find(ledger.store(), code).await.expect("asks").expect("is there")
}

async fn adopt(ledger: &Ledger, by: Desk, code: &str) -> Result<Version, ActError> {
    let organ = organ(ledger, code).await;
    let bodies = HashMap::new();
    let adoption = Adoption {
        from: CITY,
        organ: &organ,
        domain: DOMAIN,
        title: "目录".into(),
        place: "区".into(),
        bodies: &bodies,
        demo: false,
    };
    adoption::keep(by, adoption).await
}

fn words<T: std::fmt::Debug>(refused: Result<T, ActError>) -> String {
    refused.expect_err("is refused").to_string()
}

#[tokio::test]
async fn a_clerk_begins_a_catalogue_only_where_the_organ_leads_the_domain_or_governs() {
    on_both(async |ledger| {
        bureaus(&ledger).await;
        let rows = || vec![item("补贴标准", "市民政局")];
        let own = |code: &str| file(code, rows());
        let foreign = import::keep(clerk(&ledger).await, own("XM00009")).await;
        assert_eq!(words(foreign), "市体育局不主管养老服务领域，不能编制这个领域的目录");
        import::keep(clerk(&ledger).await, own(CITY)).await.expect("the government may");
        let second = import::keep(clerk(&ledger).await, own("AM00001")).await;
        assert_eq!(words(second), "本级已经有养老服务领域的目录，属于市政府（XM00001）");
        release::grant(desk(&ledger).await, CITY, DOMAIN, day(2020, 7, 25))
            .await
            .expect("releases");
        let foreign = adopt(&ledger, clerk(&ledger).await, "XM01009").await;
        assert_eq!(words(foreign), "区体育局不主管养老服务领域，不能编制这个领域的目录");
        adopt(&ledger, clerk(&ledger).await, "XM03002").await.expect("who leads it may");
        let second = adopt(&ledger, clerk(&ledger).await, HULI).await;
        assert_eq!(words(second), "本级已经有养老服务领域的目录，属于区民政局（XM03002）");
        // Whoever works at the machine itself may not either.
        let foreign = import::keep(desk(&ledger).await, own("XM00009")).await;
        assert_eq!(words(foreign), "市体育局不主管养老服务领域，不能编制这个领域的目录");
        let second = import::keep(desk(&ledger).await, own("AM00001")).await;
        assert_eq!(words(second), "本级已经有养老服务领域的目录，属于市政府（XM00001）");
        let second = adopt(&ledger, desk(&ledger).await, HULI).await;
        assert_eq!(words(second), "本级已经有养老服务领域的目录，属于区民政局（XM03002）");
    })
    .await;
}

#[tokio::test]
async fn of_two_catalogues_of_a_division_the_governments_is_shown() {
    on_both(async |ledger| {
        bureaus(&ledger).await;
        for code in ["AM00001", CITY, "XM00009"] {
            // As an earlier store may hold them: no act begins a second one.
            let catalogue = Catalogue {
                id: code.to_lowercase(),
                organ: code.into(),
                division: "350200000000".into(),
                domain: DOMAIN.into(),
                template: None,
                demo: false,
            };
            let change = ledger.store().begin().await.expect("begins");
            catalogue.add(&change).await.expect("is kept");
            let made = VersionDraft {
                title: "目录".into(),
                level_columns: vec![],
                region_hint: None,
                source_name: String::new(),
                source_sha256: String::new(),
                above: None,
            };
            Version::replace_draft(&change, &catalogue.id, &made, "2020-07-01T00:00:00Z")
                .await
                .expect("is kept");
            change.commit().await.expect("commits");
        }
        for code in ["AM00001", CITY, "XM00009"] {
            let rows = vec![item(code, "市民政局")];
            import::replace(desk(&ledger).await, file(code, rows)).await.expect("imports");
            let day = day(2020, 7, 25);
            release::grant(desk(&ledger).await, code, DOMAIN, day).await.expect("releases");
        }
        let page = Portal::over(&ledger).await.sound("/mulu/yanglaofuwu").await;
        assert!(page.contains(CITY) && !page.contains("AM00001"), "{page}");
    })
    .await;
}

#[tokio::test]
async fn a_catalogue_emptied_of_its_draft_stands_in_nobodys_way() {
    on_both(async |ledger| {
        bureaus(&ledger).await;
        let own = |code: &str| file(code, vec![item("补贴标准", "市民政局")]);
        import::keep(desk(&ledger).await, own("AM00001")).await.expect("imports");
        let shell = catalogue_of(&ledger, "AM00001").await;
        drafting::discard(desk(&ledger).await, &shell).await.expect("is given up");
        let listed = || async {
            let all = ("000000000000".to_owned(), "999999999999".to_owned());
            Holding::within(ledger.store(), all, day(2020, 7, 25)).await.expect("asks").len()
        };
        assert_eq!(listed().await, 0);
        import::keep(desk(&ledger).await, own(CITY)).await.expect("imports");
        assert_eq!(listed().await, 1);
        let bureau = organ(&ledger, "AM00001").await;
        let worked = Catalogue::compiled_by(ledger.store(), &bureau, DOMAIN).await.expect("asks");
        assert_eq!(worked.expect("is there").organ, CITY);
        let second = import::keep(desk(&ledger).await, own("AM00001")).await;
        assert_eq!(words(second), "本级已经有养老服务领域的目录，属于市政府（XM00001）");
    })
    .await;
}

#[tokio::test]
async fn only_a_catalogue_of_a_division_above_is_taken_up_and_a_rehearsal_keeps_nothing() {
    on_both(async |ledger| {
        let rows = || vec![whole_item("补贴标准")];
        let rehearsed = import::rehearse(desk(&ledger).await, file(SIMING, rows()), false).await;
        rehearsed.expect("could be kept");
        import::keep(desk(&ledger).await, file(SIMING, rows())).await.expect("was not kept");
        let again = import::rehearse(desk(&ledger).await, file(SIMING, rows()), false).await;
        assert_eq!(words(again), "这份目录已经有草稿");
        let day = day(2020, 7, 25);
        release::grant(desk(&ledger).await, SIMING, DOMAIN, day).await.expect("releases");
        let city = organ(&ledger, CITY).await;
        let bodies = HashMap::new();
        let adoption = Adoption {
            from: SIMING,
            organ: &city,
            domain: DOMAIN,
            title: "目录".into(),
            place: "市".into(),
            bodies: &bodies,
            demo: false,
        };
        let refused = words(adoption::keep(desk(&ledger).await, adoption).await);
        assert!(refused.contains("不是市政府的上级"), "{refused}");
    })
    .await;
}

#[tokio::test]
async fn a_draft_before_the_public_or_under_review_is_not_replaced() {
    on_both(async |ledger| {
        let again = || file(CITY, vec![whole_item("补贴标准")]);
        import::keep(desk(&ledger).await, again()).await.expect("imports");
        let city = catalogue_of(&ledger, CITY).await;
        let key = key_of("补贴标准");
        let mine = Item { seq: Some("7".into()), ..whole_item("补贴标准") };
        row::put(desk(&ledger).await, &city, Some(&key), mine.clone()).await.expect("is written");
        let silent = import::keep(desk(&ledger).await, again()).await;
        assert_eq!(words(silent), "这份目录已经有草稿");
        assert_eq!(draft_rows(&ledger, CITY).await[0].item.seq, mine.seq);
        import::replace(desk(&ledger).await, again()).await.expect("replaces what nobody has seen");
        assert_eq!(draft_rows(&ledger, CITY).await[0].item.seq, None);
        consultation::open(desk(&ledger).await, &city, day(2026, 11, 26)).await.expect("asks");
        let asked = import::replace(desk(&ledger).await, again()).await;
        assert_eq!(words(asked), "草稿正在征求意见，到 2026-11-26 截止，其间不能改动");
        let later = crate::house::on(&ledger, "2026-11-27T02:00:00Z").await;
        review::begin(desk(&later).await, &city).await.expect("reviews");
        let reviewed = import::replace(desk(&later).await, again()).await;
        assert_eq!(words(reviewed), "草稿已经在审核");
        let draft = Version::draft(ledger.store(), &city).await.expect("asks").expect("is there");
        assert_eq!(draft.stage, DraftStage::Review);
    })
    .await;
}

#[tokio::test]
async fn a_catalogue_with_released_decisions_does_not_take_up_the_one_above_again() {
    on_both(async |ledger| {
        layered(&ledger).await;
        let siming = catalogue_of(&ledger, SIMING).await;
        let again = adopt(&ledger, desk(&ledger).await, SIMING).await;
        assert_eq!(words(again), "这份目录已经承接过上级目录，已发布的版本里有逐项决定");
        let draft = Version::draft(ledger.store(), &siming).await.expect("asks");
        assert_eq!(draft, None);
        // A draft that the public is asked about is not replaced either.
        drafting::begin(desk(&ledger).await, &siming).await.expect("begins");
        consultation::open(desk(&ledger).await, &siming, day(2026, 12, 25)).await.expect("asks");
        let again = adopt(&ledger, desk(&ledger).await, SIMING).await;
        assert_eq!(words(again), "草稿正在征求意见，到 2026-12-25 截止，其间不能改动");
    })
    .await;
}

#[tokio::test]
async fn a_clerks_reason_covers_steps_left_out_and_nothing_else() {
    on_both(async |ledger| {
        import::keep(desk(&ledger).await, file(CITY, vec![whole_item("补贴标准")]))
            .await
            .expect("imports");
        let past = submit(&ledger, CITY, day(2026, 11, 24), Some("急需")).await;
        let refused = words(past);
        assert!(refused.contains("施行日期 2026-11-24 早于今天"), "{refused}");
        assert!(!refused.contains("征求意见"), "{refused}");
        let silent = words(submit(&ledger, CITY, day(2026, 12, 1), None).await);
        assert!(silent.contains("草稿还没有征求意见"), "{silent}");
        publish(&ledger, CITY, day(2026, 11, 25), Some("急需")).await;
        let wanting = file(CITY, vec![item("补贴标准", "市民政局")]);
        import::keep(desk(&ledger).await, wanting).await.expect("imports");
        let refused = words(submit(&ledger, CITY, day(2026, 12, 1), Some("急需")).await);
        assert!(refused.contains("缺少公开依据"), "{refused}");
        // Only what was issued already is taken in without a review, at the machine itself, and it says by
        // what (docs/readings/021).
        let issued =
            |by| Release { organ: CITY, domain: DOMAIN, from: day(2026, 12, 1), issued_by: by };
        let by = issued("厦府办〔2026〕9号");
        let refused = words(release::keep(clerk(&ledger).await, by).await);
        assert_eq!(refused, "新编的目录要审查完毕才能发布");
        let silent = words(release::keep(desk(&ledger).await, issued(" ")).await);
        assert_eq!(silent, "新编的目录要审查完毕才能发布");
        let by = issued("厦府办〔2026〕9号");
        release::keep(desk(&ledger).await, by).await.expect("takes in");
    })
    .await;
}

#[tokio::test]
async fn a_step_is_taken_from_where_the_draft_is_when_its_turn_comes() {
    on_both(async |ledger| {
        layered(&ledger).await;
        let city = catalogue_of(&ledger, CITY).await;
        drafting::begin(desk(&ledger).await, &city).await.expect("begins");
        let until = day(2026, 11, 26);
        consultation::open(desk(&ledger).await, &city, until).await.expect("asks");
        let later = crate::house::on(&ledger, "2026-11-27T02:00:00Z").await;
        // Someone takes the draft back while another is about to review it.
        let first = desk(&later).await;
        let draft = Version::draft(first.change(), &city).await.expect("asks").expect("a draft");
        draft.set_stage(first.change(), DraftStage::Drafting).await.expect("goes back");
        let (house, catalogue) = (later.clone(), city.clone());
        let waiting =
            tokio::spawn(async move { review::begin(desk(&house).await, &catalogue).await });
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        withdrawn(first).await;
        let refused = waiting.await.expect("ends");
        assert_eq!(words(refused), "草稿还没有征求意见");
    })
    .await;
}

/// Seals an act that has changed something already.
async fn withdrawn(mut desk: Desk) {
    let entry = ledger::Entry {
        room: "catalogue",
        act: "withdrawal",
        subject: "catalogue:test".into(),
        organ: CITY.into(),
        basis: "测试".into(),
        facts: serde_json::json!({}),
    };
    desk.record(entry).await.expect("records");
    desk.seal().await.expect("seals");
}

#[tokio::test]
async fn pasted_rows_go_among_those_that_others_have_written_meanwhile() {
    on_both(async |ledger| {
        layered(&ledger).await;
        let siming = catalogue_of(&ledger, SIMING).await;
        let table = |name: &str| ReadCatalogue {
            items: vec![item(name, "思明区民政局")],
            ..ReadCatalogue::default()
        };
        let (first, second) = tokio::join!(
            async { replacement::merge(desk(&ledger).await, &siming, table("一")).await },
            async { replacement::merge(desk(&ledger).await, &siming, table("二")).await },
        );
        // Where neither finds a draft, one of them may have to come again.
        for (pasted, name) in [(first, "一"), (second, "二")] {
            if pasted.is_err() {
                let again = replacement::merge(desk(&ledger).await, &siming, table(name)).await;
                again.expect("is put among them");
            }
        }
        let rows = crate::house::draft_rows(&ledger, SIMING).await;
        assert_eq!(rows.len(), 5, "{rows:?}");
    })
    .await;
}

#[tokio::test]
async fn of_two_clerks_on_one_row_the_second_is_told_and_an_emptied_reason_is_gone() {
    on_both(async |ledger| {
        layered(&ledger).await;
        let siming = catalogue_of(&ledger, SIMING).await;
        drafting::begin(desk(&ledger).await, &siming).await.expect("begins");
        let key = key_of("补贴标准");
        let opened = crate::house::draft_rows(&ledger, SIMING).await;
        let opened = opened.into_iter().find(|row| row.key == key).expect("is there").item;
        let seen = row::print_of(&opened, None);
        let with = |limit: &str| Item { time_limit_raw: limit.into(), ..opened.clone() };
        let write = async |item: Item, reason: &str, seen: &str| {
            let written = row::Writing { item, reason: Some(reason), seen: Some(seen) };
            row::write(desk(&ledger).await, &siming, Some(&key), written).await
        };
        write(with("5个工作日内"), "本区更快", &seen).await.expect("writes");
        let second = write(with("8个工作日内"), "", &seen).await;
        assert_eq!(words(second), "您打开以后，这一项已经被别人改过");
        let reason = async || {
            let draft = Version::draft(ledger.store(), &siming).await.expect("asks");
            let taken = TakenRow::all(ledger.store(), &draft.expect("a draft").id).await;
            let taken = taken.expect("asks").into_iter().find(|row| row.item == key);
            taken.and_then(|row| row.treatment.reason().map(str::to_owned))
        };
        assert_eq!(reason().await.as_deref(), Some("本区更快"));
        let seen = row::print_of(&with("5个工作日内"), Some("本区更快"));
        write(with("5个工作日内"), " ", &seen).await.expect("writes");
        assert_eq!(reason().await, None);
    })
    .await;
}
