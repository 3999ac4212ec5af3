//! 登记: what a site offers on other platforms (咨询、办事指南、政务新媒体), handed in as one table, so that the
//! daily inspection can hold it against V5, V6, M2 and M3 (docs/readings/248).

use std::collections::{BTreeMap, BTreeSet};

use law::{Date, Provision, document};
use ledger::{Desk, Entry};
use sites_rules::inspection::Element;
use store::moment;

use super::ActError;
use crate::store::{Registered, RegisteredKind};

const BASIS: Provision = document("国办秘函〔2019〕19号");

/// The columns of the table, in any order.
pub const HEAD: [&str; 10] = [
    "网站",
    "类别",
    "编号",
    "名称",
    "地址",
    "写明的要素",
    "收到日期",
    "答复日期",
    "最近更新",
    "能否留言",
];

/// So many faults are told at once.
const TOLD: usize = 20;

/// A register as it was read: for each site, by its address prefix, what it has.
pub type Registers = BTreeMap<String, Vec<Registered>>;

/// Reads a table (CSV in UTF-8).
///
/// # Errors
/// What is wrong, line by line, for whoever made the table.
pub fn read(text: &str) -> Result<Registers, Vec<String>> {
    let text = text.trim_start_matches('\u{feff}');
    let mut table = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let head = table.headers().cloned().unwrap_or_default();
    let lacks: Vec<&str> =
        HEAD.into_iter().filter(|name| !head.iter().any(|own| own.trim() == *name)).collect();
    if !lacks.is_empty() {
        return Err(vec![format!("第 1 行缺列: {}", lacks.join("、"))]);
    }
    let (mut registers, mut faults) = (Registers::new(), Vec::new());
    let mut known = BTreeSet::new();
    for (at, row) in table.records().enumerate() {
        let line = at + 2;
        let read = row.map_err(|_| "读不懂，请核对逗号和引号".to_owned()).and_then(|row| {
            let cell = |name: &str| {
                let place = head.iter().position(|own| own.trim() == name);
                place.and_then(|place| row.get(place)).unwrap_or_default().trim().to_owned()
            };
            entry(&cell)
        });
        match read {
            Ok((base, one)) if known.insert((base.clone(), one.kind, one.id.clone())) => {
                registers.entry(base).or_default().push(one);
            }
            Ok((_, one)) => {
                faults.push(format!("第 {line} 行: {} {} 重复", one.kind.name(), one.id));
            }
            Err(why) => faults.push(format!("第 {line} 行: {why}")),
        }
    }
    faults.truncate(TOLD);
    if faults.is_empty() { Ok(registers) } else { Err(faults) }
}

/// One line: the site and what it has.
fn entry(cell: &dyn Fn(&str) -> String) -> Result<(String, Registered), String> {
    let site = cell("网站");
    if !site.starts_with('/') {
        return Err("“网站”写路径，市级网站写 /，区写 /siming 这样的".into());
    }
    let kind = RegisteredKind::called(&cell("类别"))
        .ok_or("“类别”写咨询渠道、咨询、办事指南或者新媒体")?;
    let (id, name, address) = (cell("编号"), cell("名称"), cell("地址"));
    if id.is_empty() || (name.is_empty() && kind != RegisteredKind::Question) {
        return Err("写明编号和名称".into());
    }
    if !["https://", "http://", "/"].into_iter().any(|start| address.starts_with(start)) {
        return Err("“地址”写网址，以 https:// 或者 / 开头".into());
    }
    let one = Registered {
        kind,
        id,
        name,
        address,
        says: elements(&cell("写明的要素"))?,
        received_on: day("收到日期", &cell("收到日期"))?,
        answered_on: day("答复日期", &cell("答复日期"))?,
        newest_on: day("最近更新", &cell("最近更新"))?,
        answers: cell("能否留言") == "能",
    };
    if kind == RegisteredKind::Question && one.received_on.is_none() {
        return Err("咨询要写“收到日期”".into());
    }
    if kind == RegisteredKind::Account && !["能", "不能"].contains(&cell("能否留言").as_str())
    {
        return Err("新媒体的“能否留言”写能或者不能".into());
    }
    Ok((site.trim_end_matches('/').to_owned(), one))
}

/// The keys of the elements that are named.
fn elements(text: &str) -> Result<Vec<String>, String> {
    let names = text.split(['、', '，', ',', ' ']).filter(|name| !name.is_empty());
    let key = |name: &str| match Element::called(name) {
        Some(element) => Ok(element.key().to_owned()),
        None => {
            let all = Element::ALL.map(Element::name).join("、");
            Err(format!("没有“{name}”这一要素，可以写的是{all}"))
        }
    };
    names.map(key).collect()
}

fn day(name: &str, text: &str) -> Result<Option<Date>, String> {
    match text {
        "" => Ok(None),
        text => {
            let wrong = |_| format!("“{name}”写成 2026-11-25 这样的日期");
            text.parse().map(Some).map_err(wrong)
        }
    }
}

/// Puts a register in the place of a site's last one; `site` is the address prefix and the organ in whose name
/// the site is kept.
///
/// # Errors
/// The database refuses.
pub async fn hand_in(
    mut desk: Desk,
    (base, organ): (&str, &str),
    entries: &[Registered],
    source: &str,
) -> Result<(), ActError> {
    let at = moment(desk.now());
    Registered::hand_in(desk.change(), base, entries, (&at, source)).await?;
    let count = |kind| entries.iter().filter(|one| one.kind == kind).count();
    desk.record(Entry {
        room: "sites",
        act: "register",
        subject: format!("site_register:{base}"),
        organ: organ.to_owned(),
        basis: BASIS.to_string(),
        facts: serde_json::json!({
            "source": source, "channels": count(RegisteredKind::Channel),
            "questions": count(RegisteredKind::Question), "guides": count(RegisteredKind::Guide),
            "accounts": count(RegisteredKind::Account),
        }),
    })
    .await?;
    Ok(desk.seal().await?)
}

#[cfg(test)]
mod tests {
    use super::{HEAD, read};

    fn table(rows: &str) -> String {
        format!("\u{feff}{}\n{rows}", HEAD.join(","))
    }

    #[test]
    fn a_register_is_read_by_site_and_a_guide_by_its_elements() {
        let rows = "/,咨询渠道,z,12345,https://a.example/,,,,,\n\
                    /siming,办事指南,g1,低保,/siming/x,事项名称、联系电话,,,,\n\
                    /siming,新媒体,wx,公众号,https://b.example/,,,,2026-11-20,能\n";
        let read = read(&table(rows)).expect("sound");
        assert_eq!(read.keys().map(String::as_str).collect::<Vec<_>>(), ["", "/siming"]);
        assert_eq!(read["/siming"][0].says, ["name", "phone"]);
        assert!(read["/siming"][1].answers);
    }

    #[test]
    fn what_is_wrong_with_a_register_is_told_by_line() {
        for (row, said) in [
            ("siming,新媒体,wx,a,https://b.example/,,,,,能", "第 2 行: “网站”写路径"),
            ("/,微博,wx,a,https://b.example/,,,,,能", "第 2 行: “类别”写"),
            ("/,新媒体,wx,a,https://b.example/,,,,,", "第 2 行: 新媒体的“能否留言”"),
            ("/,新媒体,wx,a,b.example,,,,,能", "第 2 行: “地址”写网址"),
            ("/,咨询,1,,https://b.example/,,,,,", "第 2 行: 咨询要写“收到日期”"),
            ("/,咨询,1,,https://b.example/,,昨天,,,", "第 2 行: “收到日期”写成"),
            ("/,办事指南,1,a,/b,费用,,,,", "第 2 行: 没有“费用”这一要素"),
            ("/,办事指南,,a,/b,,,,,", "第 2 行: 写明编号和名称"),
            ("/,办事指南,1,a,/b,,,,,\n/,办事指南,1,a,/b,,,,,", "第 3 行: 办事指南 1 重复"),
        ] {
            let faults = read(&table(row)).expect_err(row);
            assert!(faults[0].starts_with(said), "{row}: {faults:?}");
        }
        let faults = read("网站,类别\n").expect_err("no columns");
        assert!(faults[0].contains("编号"), "{faults:?}");
    }
}
