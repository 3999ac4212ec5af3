//! How the sites of the demo city are cared for: what their footers say, who keeps which column, what visitors
//! have reported, short links, and visits of the last weeks; all invented (演示数据).

use std::collections::BTreeSet;

use identity::{Organ, Role};
use jiff::Span;
use ledger::{Actor, Ledger};
use secrets::Sealer;
use sites::column::{self, Settled};
use sites::handling::{self, By, Handling};
use sites::message::{self, Receipt, Reported};
use sites::store::{Particulars, Registered, RegisteredKind, SiteKey, SiteMessage, Written};
use sites::{ActError, particulars, register, short_link, visits};
use sites_rules::inspection::Element;
use sites_rules::{FaultSubject, Freshness, MessageKind};
use web::VisitCount;

use super::city::actor;
use super::signing::{Staff, desk_of};
use crate::failure::{Exit, Failure};

/// What is read most, and how often on an ordinary day.
const READ: [(&str, i64); 7] = [
    ("/", 180),
    ("/wenjian", 240),
    ("/mulu", 130),
    ("/gongkai", 70),
    ("/sousuo", 95),
    ("/cunju", 60),
    ("/shenqing", 25),
];

/// Days of visits.
const DAYS: i64 = 28;

/// Marks that were given, and how often.
const STARS: [(i64, usize); 4] = [(5, 3), (4, 2), (3, 1), (2, 1)];

/// 办事指南 that stand on the platform for services.
const GUIDES: [&str; 6] = [
    "最低生活保障申请",
    "临时救助申请",
    "公共租赁住房申请",
    "义务教育入学登记",
    "个体工商户设立登记",
    "社会保障卡补领",
];

/// An account of each website.
const ACCOUNT: &str = "政务微信公众号（演示）";

/// Where it is found.
const WECHAT: &str = "https://mp.demo.gov.cn/";

/// Cares for all sites; reports come to the site of the example's district.
pub(super) async fn load(ledger: &Ledger, sealer: &Sealer, organ: &Organ) -> Result<(), Failure> {
    let sites = SiteKey::all(ledger.store()).await?;
    for site in &sites {
        footer(ledger, site).await?;
    }
    visited(ledger, &sites).await?;
    for site in sites.iter().filter(|site| is_website(site)) {
        registered(ledger, site).await?;
    }
    let own = sites.iter().find(|site| site.division == organ.division);
    let Some(site) = own else { return Ok(()) };
    columns(ledger, site, organ).await?;
    for (path, words) in [
        ("/gongkai/fading/shehuijiuzhu", "社区公示栏：社会救助"),
        ("/shenqing", "政务大厅桌牌：申请公开"),
    ] {
        let desk = ledger.desk(actor()).await?;
        let path = format!("{}{path}", site.base);
        let made = short_link::make(desk, (&site.base, &site.organ), (&path, words)).await;
        made.map_err(refused)?;
    }
    reported(ledger, sealer, site, organ).await
}

/// A footer that lacks nothing, with numbers that nobody has.
async fn footer(ledger: &Ledger, site: &SiteKey) -> Result<(), Failure> {
    let kept = Particulars::of(ledger.store(), &site.base).await?.unwrap_or_default();
    let new = Particulars {
        icp: Some("闽ICP备00000000号-1（演示）".into()),
        police: Some("闽公网安备35029900000000号（演示）".into()),
        mark: Some("https://bszs.demo.gov.cn/".into()),
        ..kept
    };
    let desk = ledger.desk(actor()).await?;
    let set = particulars::set(desk, (&site.base, &site.organ), new, "演示").await;
    set.map_err(refused)
}

/// Two columns with an owner and a promise of their own.
async fn columns(ledger: &Ledger, site: &SiteKey, organ: &Organ) -> Result<(), Failure> {
    let settled = |name: &str, owner: &str, class, days| Settled {
        name: name.into(),
        owner: owner.into(),
        class,
        days,
        opened: false,
    };
    for one in [
        settled("P20-05", &organ.code, Freshness::Other, Some(90)),
        settled("P20-11", &site.organ, Freshness::Other, None),
    ] {
        let desk = ledger.desk(actor()).await?;
        let kept = column::define(desk, (&site.base, &site.organ), &one, "明确责任机关").await;
        kept.map_err(refused)?;
    }
    Ok(())
}

/// Visits of the last weeks, fewer at the weekend, and fewer on smaller sites.
async fn visited(ledger: &Ledger, sites: &[SiteKey]) -> Result<(), Failure> {
    let today = ledger.clock().today();
    let mut counts = Vec::new();
    for site in sites.iter().filter(|site| is_website(site)) {
        let share = if site.base.is_empty() { 10 } else { 3 };
        for back in 1..=DAYS {
            let day = today.saturating_sub(Span::new().days(back));
            let weekend = day.weekday().to_monday_zero_offset() >= 5;
            for (at, (kind, usual)) in READ.into_iter().enumerate() {
                let wave = (i64::try_from(at).unwrap_or_default() * 7 + back * 5) % 11 + 95;
                let times = usual * share * wave / 1000;
                let times = if weekend { times / 3 } else { times };
                counts.push(VisitCount {
                    day,
                    site: site.base.clone(),
                    kind: kind.into(),
                    times: times.max(4),
                    failed: 0,
                });
            }
        }
    }
    visits::keep(ledger, &counts).await.map_err(refused)
}

/// The city's and the districts'; towns are parts of them.
fn is_website(site: &SiteKey) -> bool {
    site.base.matches('/').count() < 2
}

/// What each website has on other platforms: where one asks, what was asked lately, guides, and its accounts.
async fn registered(ledger: &Ledger, site: &SiteKey) -> Result<(), Failure> {
    let today = ledger.clock().today();
    let ago = |days: i64| Some(today.saturating_sub(Span::new().days(days)));
    let entry = |kind, id: String, name: &str, address: String| Registered {
        kind,
        id,
        name: name.into(),
        address,
        says: vec![],
        received_on: None,
        answered_on: None,
        newest_on: None,
        answers: false,
    };
    let asking = "https://12345.demo.gov.cn/";
    let channel = "12345政务服务便民热线网上平台（演示）";
    let mut entries = vec![entry(RegisteredKind::Channel, "12345".into(), channel, asking.into())];
    for (at, (came, answered)) in [(40, ago(36)), (12, ago(9)), (2, None)].into_iter().enumerate() {
        let number = format!("ZX{:04}", at + 1);
        let address = format!("{asking}chaxun/{number}");
        entries.push(Registered {
            received_on: ago(came),
            answered_on: answered,
            ..entry(RegisteredKind::Question, number, "", address)
        });
    }
    let says: Vec<String> = Element::ALL.map(|element| element.key().to_owned()).to_vec();
    for (at, name) in GUIDES.into_iter().enumerate() {
        let number = format!("BS{:04}", at + 1);
        let address = format!("https://zwfw.demo.gov.cn/zhinan/{number}");
        let guide = entry(RegisteredKind::Guide, number, name, address);
        entries.push(Registered { says: says.clone(), ..guide });
    }
    let account = entry(RegisteredKind::Account, "wx-1".into(), ACCOUNT, WECHAT.into());
    entries.push(Registered { newest_on: ago(1), answers: true, ..account });
    let desk = ledger.desk(actor()).await?;
    let of = (site.base.as_str(), site.organ.as_str());
    register::hand_in(desk, of, &entries, "演示登记表.csv").await.map_err(refused)
}

/// What visitors have reported: one answered, one with the organ whose page it is, one just come; and marks.
async fn reported(
    ledger: &Ledger,
    sealer: &Sealer,
    site: &SiteKey,
    organ: &Organ,
) -> Result<(), Failure> {
    let faults = [
        (FaultSubject::Wording, "/wenjian", "演示：通知里“截止”写成了“截至”。"),
        (FaultSubject::Outdated, "/gongkai/jigou", "演示：办公电话打不通，号码好像换了。"),
        (FaultSubject::DeadLink, "/mulu", "演示：手机上点“全表”，右边的几列看不到。"),
    ];
    for (at, (subject, page, words)) in faults.into_iter().enumerate() {
        let one = Reported {
            kind: MessageKind::Fault,
            subject: Some(subject),
            stars: None,
            page: format!("{}{page}", site.base),
            written: written(words),
            key: format!("demo-fault-{at}"),
            demo: true,
        };
        receive(ledger, sealer, site, &one).await?;
    }
    for (stars, times) in STARS {
        for time in 0..times {
            let words = if stars == 2 { "演示：字体能不能再大一点。" } else { "" };
            let one = Reported {
                kind: MessageKind::Rating,
                subject: None,
                stars: Some(stars),
                page: String::new(),
                written: written(words),
                key: format!("demo-rating-{stars}-{time}"),
                demo: true,
            };
            receive(ledger, sealer, site, &one).await?;
        }
    }
    let staff = Staff::of(ledger).await?;
    let publisher = staff.someone(&site.organ, Role::Publisher, &mut BTreeSet::new());
    let by = By {
        person: &publisher.person,
        name: &publisher.name,
        organ: &site.organ,
        organ_name: "主办单位",
    };
    let waiting =
        SiteMessage::waiting(ledger.store(), std::slice::from_ref(&site.base), 10).await?;
    let doings = [
        Handling::Answer("已经改正，谢谢您指出。".into()),
        Handling::Transfer(organ.code.clone(), "涉及贵单位的办公电话".into()),
    ];
    for (message, doing) in waiting.into_iter().zip(doings) {
        let handled = handling::settle(desk_of(ledger, &publisher).await?, by, &message.id, doing);
        handled.await.map_err(refused)?;
    }
    Ok(())
}

fn written(words: &str) -> Written {
    Written { words: words.into(), contact: String::new() }
}

async fn receive(
    ledger: &Ledger,
    sealer: &Sealer,
    site: &SiteKey,
    one: &Reported,
) -> Result<Receipt, Failure> {
    let desk = ledger.desk(Actor::Visitor).await?;
    message::receive(desk, sealer, (&site.base, &site.organ), one).await.map_err(refused)
}

/// The data of the demo do not fit the program.
fn refused(error: ActError) -> Failure {
    let message = format!("演示资料没有通过: {error}");
    Failure::new(Exit::Failure, message, "请重新取得程序").because(error)
}
