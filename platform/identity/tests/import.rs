//! Divisions and organs come in whole or not at all, on either engine.

use identity::{Division, Level, Organ, import_divisions, import_organs};
use store::{Migrations, Store};

const DIVISIONS: &str = "code,name,level,parent,slug
350200000000,厦门市,city,,xiamen
350203000000,思明区,district,350200000000,siming
350203001000,厦港街道,township,350203000000,xiagang
350203001001,鸿山社区居委会,village,350203001000,
";
const ORGANS: &str =
    "code,name,short_name,kind,level,division,valid_from,valid_to,successor,domains
XM00030,厦门市行政审批管理局,,bureau,city,350200000000,2019-01-01,2024-06-30,XM00031,
XM00031,厦门市数据管理局,市数据局,bureau,city,350200000000,2024-07-01,,,政务服务;数据
";

async fn on_both(check: impl AsyncFn(Store)) {
    let migrations = Migrations::of(identity::MIGRATIONS.iter().copied());
    store::testing::on_both("identity", async |place| {
        check(Store::open(&place, &migrations).await.expect("opens")).await;
    })
    .await;
}

#[tokio::test]
async fn what_is_imported_is_found_by_code_level_and_name() {
    on_both(async |store| {
        let change = store.begin().await.expect("begins");
        assert_eq!(import_divisions(&change, DIVISIONS).await.expect("imports"), 4);
        assert_eq!(import_organs(&change, ORGANS).await.expect("imports"), 2);
        assert_eq!(import_organs(&change, ORGANS).await.expect("imports again"), 2);
        change.commit().await.expect("commits");
        let district = Division::find(&store, "350203000000").await.expect("asks").expect("found");
        assert_eq!(district.level, Level::District);
        assert_eq!(district.range(), ("350203000000".into(), "350203999999".into()));
        let organ = Organ::find(&store, "XM00031").await.expect("asks").expect("found");
        assert_eq!(organ.remit, ["政务服务", "数据"]);
        let named = district.villages_named(&store, "鸿山", 10).await.expect("asks");
        assert_eq!(named.len(), 1);
        assert!(district.villages_named(&store, "%", 10).await.expect("asks").is_empty());
    })
    .await;
}

#[tokio::test]
async fn an_organ_that_is_gone_leads_to_what_it_became() {
    on_both(async |store| {
        let change = store.begin().await.expect("begins");
        import_divisions(&change, DIVISIONS).await.expect("imports");
        import_organs(&change, ORGANS).await.expect("imports");
        change.commit().await.expect("commits");
        for (day, name) in [
            (law::day(2020, 7, 7), "厦门市行政审批管理局"),
            (law::day(2026, 11, 25), "厦门市数据管理局"),
        ] {
            let old = Organ::find(&store, "XM00030").await.expect("asks").expect("found");
            assert_eq!(old.heir(&store, day).await.expect("asks").name, name);
        }
    })
    .await;
}

#[tokio::test]
async fn a_table_with_a_fault_names_the_line_and_what_to_do() {
    on_both(async |store| {
        for (divisions, words) in [
            ("code,name,level\n12,甲,city\n", "第 2 行: 区划代码 12 应为 12 位数字"),
            ("code,name,level\n350200000000,甲,state\n", "第 2 行: 层级 state 不认识"),
            (
                "code,name,level\n350200000000,甲,city\n350200000000,乙,city\n",
                "第 3 行: 代码 350200000000 与第 2 行重复",
            ),
            ("code,name,level\n350200000000\n", "第 2 行: 这一行有 1 列，表头有 3 列"),
            ("code,name\n350200000000,厦门市\n", "第 1 行: 缺少 level 这一列"),
            ("code,name,level,level\n350200000000,厦门市,city,city\n", "第 2 行: 表头里有两列同名"),
        ] {
            let change = store.begin().await.expect("begins");
            let error = import_divisions(&change, divisions).await.expect_err("is refused");
            assert!(error.to_string().contains(words), "{error}");
        }
    })
    .await;
}
