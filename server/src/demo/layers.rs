//! The demo city's catalogue in layers: the city releases a second version in one domain, and the
//! districts decide on it, each in its own way. What is invented says so.

use catalogue::acts::release::{self, Release};
use catalogue::acts::{adjustment, drafting, row, treatment};
use catalogue::store::{AdjustmentEntry, Catalogue, KeyedItem, Version};
use catalogue_rules::{Decision, Item, Treatment};
use law::{Date, day};
use ledger::{Actor, Desk, Ledger};

use super::city::CITY;
use crate::failure::{Exit, Failure};

/// 农村危房改造: a domain that does not mean the same in every district.
const DOMAIN: &str = "nongcunweifanggaizao";

/// The city's second version holds from this day.
const REVISED_FROM: Date = day(2026, 6, 1);

/// The districts' second versions hold from this day.
const TAKEN_FROM: Date = day(2026, 7, 1);

/// What these releases of the demo are: made up, late, and neither asked about nor reviewed.
const WHY: &str = "这一版是演示数据，照原件的行补充，施行日期是假定的，没有征求意见和审核";

const SUBSIDY: &str = "农村危房改造资金补助标准";
const FINISHED: &str = "农村危房改造竣工合格标准";
const NEW: &str = "农村危房改造质量安全检查结果";

/// What a district does about the city's second version.
enum Way {
    /// Takes everything over.
    Accepts,
    /// Takes everything over, one row in words of its own.
    Adapts,
    /// Leaves one row as it is.
    Refuses,
    /// Has no villages: one row above does not apply, and the new one is not taken over.
    HasNoVillages,
}

/// What each district does; those not named have not decided yet.
const WAYS: [(&str, Way); 4] = [
    ("XM01001", Way::HasNoVillages),
    ("XM02001", Way::Accepts),
    ("XM03001", Way::Refuses),
    ("XM05001", Way::Adapts),
];

/// Loads the layers over the first versions.
pub(super) async fn load(ledger: &Ledger) -> Result<(), Failure> {
    revise(ledger).await?;
    for (organ, way) in &WAYS {
        decide(ledger, organ, way).await?;
    }
    Ok(())
}

pub(super) async fn desk(ledger: &Ledger) -> Result<Desk, Failure> {
    Ok(ledger.desk(Actor::Operator("demo".into())).await?)
}

pub(super) async fn catalogue(
    ledger: &Ledger,
    organ: &str,
    domain: &str,
) -> Result<String, Failure> {
    let found = Catalogue::of(ledger.store(), organ, domain).await?;
    found.map(|catalogue| catalogue.id).ok_or_else(|| missing(&format!("{organ} 的 {domain} 目录")))
}

pub(super) fn missing(what: &str) -> Failure {
    Failure::new(Exit::NotFound, format!("演示资料里没有{what}"), "请重新取得程序")
}

/// The row of a version under a 二级事项; the last, where there are several.
async fn row_called(ledger: &Ledger, version: &str, name: &str) -> Result<KeyedItem, Failure> {
    let rows = KeyedItem::all(ledger.store(), version).await?;
    let is_it = |keyed: &KeyedItem| keyed.item.level2.as_deref() == Some(name);
    rows.into_iter().rfind(is_it).ok_or_else(|| missing(name))
}

async fn release(ledger: &Ledger, organ: &str, from: Date) -> Result<(), Failure> {
    let asked = Release { organ, domain: DOMAIN, from, despite: Some(WHY) };
    release::keep(desk(ledger).await?, asked).await?;
    Ok(())
}

/// The city says more of one row and adds another.
async fn revise(ledger: &Ledger) -> Result<(), Failure> {
    let city = catalogue(ledger, CITY, DOMAIN).await?;
    let draft = drafting::begin(desk(ledger).await?, &city).await?;
    let KeyedItem { key, mut item } = row_called(ledger, &draft.id, SUBSIDY).await?;
    item.elements = ["资金补助标准", "分类补助标准", "申请渠道（演示）"].map(Into::into).into();
    let new = Item {
        level1: Some("监督管理".into()),
        level2: Some(NEW.into()),
        elements: ["检查时间", "检查结果", "整改情况（演示）"].map(Into::into).into(),
        seq: None,
        extra: [("说明".to_owned(), "演示补充的行".to_owned())].into(),
        ..item.clone()
    };
    row::put(desk(ledger).await?, &city, Some(&key), item).await?;
    row::put(desk(ledger).await?, &city, None, new).await?;
    release(ledger, CITY, REVISED_FROM).await
}

/// A district decides on what the city changed, and releases its decision.
async fn decide(ledger: &Ledger, organ: &str, way: &Way) -> Result<(), Failure> {
    let ours = catalogue(ledger, organ, DOMAIN).await?;
    let changed = special(ledger, &ours, SUBSIDY).await?;
    let new = special(ledger, &ours, NEW).await?;
    match way {
        Way::Accepts => {}
        Way::Adapts => adapt(ledger, &ours, &changed).await?,
        Way::Refuses => {
            let reason = "本区补助标准由市统一公布，不另行分类（演示）".into();
            let refuse = Decision::Refuse { reason };
            adjustment::decide(desk(ledger).await?, &changed, &refuse).await?;
        }
        Way::HasNoVillages => {
            let reason = "本区没有行政村，不开展农村危房改造（演示）";
            let refuse = Decision::Refuse { reason: reason.into() };
            adjustment::decide(desk(ledger).await?, &new, &refuse).await?;
            let draft = Version::draft(ledger.store(), &ours).await?;
            let draft = draft.ok_or_else(|| missing("区级草稿"))?;
            let finished = row_called(ledger, &draft.id, FINISHED).await?.key;
            let none = Treatment::NotApplicable { reason: reason.into() };
            treatment::set(desk(ledger).await?, &ours, &finished, none).await?;
        }
    }
    let rest = AdjustmentEntry::open(ledger.store(), &ours).await?;
    let rest: Vec<String> = rest.into_iter().map(|entry| entry.id).collect();
    if !rest.is_empty() {
        let accept = Decision::Accept { giving_up: vec![] };
        adjustment::decide_all(desk(ledger).await?, &rest, &accept).await?;
    }
    release(ledger, organ, TAKEN_FROM).await
}

/// A district says what it adds of its own.
async fn adapt(ledger: &Ledger, ours: &str, changed: &str) -> Result<(), Failure> {
    let version = Version::released(ledger.store(), ours).await?;
    let version = version.ok_or_else(|| missing("区级目录"))?;
    let mut item = row_called(ledger, &version.id, SUBSIDY).await?.item;
    item.elements =
        ["资金补助标准", "分类补助标准", "区级配套补助标准（演示）"].map(Into::into).into();
    let adapt = Decision::Adapt { item: Box::new(item) };
    adjustment::decide(desk(ledger).await?, changed, &adapt).await?;
    Ok(())
}

/// The key of what a catalogue has to decide on a row above.
async fn special(ledger: &Ledger, ours: &str, name: &str) -> Result<String, Failure> {
    let city = catalogue(ledger, CITY, DOMAIN).await?;
    let above = Version::released(ledger.store(), &city).await?;
    let above = above.ok_or_else(|| missing("市级目录"))?;
    let key = row_called(ledger, &above.id, name).await?.key;
    let open = AdjustmentEntry::open(ledger.store(), ours).await?;
    let found = open.into_iter().find(|entry| entry.item == key);
    found.map(|entry| entry.id).ok_or_else(|| missing(name))
}
