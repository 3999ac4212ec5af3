//! 国办秘函〔2019〕19号 as tables: a sound site, one fault after another, and what each comes to.

#[path = "inspection/counted.rs"]
mod counted;

use jiff::Timestamp;
use jiff::civil::Date;
use law::day;
use sites_rules::Freshness;
use sites_rules::inspection::{
    Account, Consultation, DayOfVisits, DeadLink, Element, FooterPart, Guide, InspectedColumn,
    Inspection, Logged, Material, Message, PageKind, PageRead, PageTag, PublishedDay, Rule,
    ScoreItem, SeenPage, Unread, Veto, Worded, inspect,
};

const TODAY: Date = day(2026, 11, 25);

fn at(text: &str) -> Timestamp {
    text.parse().expect("a moment")
}

const FOOTER: &str = "<p>主办：厦门市人民政府办公厅 联系电话：0592-0000000 <a href=\"/jiucuo\">我为政府网站找错</a>\
    <a href=\"/ditu\">站点地图</a></p><p><a href=\"https://x.gov.cn\">党政机关网站标识</a> 网站标识码 \
    <span>3502000001</span> 闽ICP备06004296号-1 闽公网安备35020302032660号</p>";

const SITE: &str = "<meta name=\"SiteName\" content=\"厦门市人民政府\">\
    <meta name=\"SiteDomain\" content=\"www.xm.gov.cn\"><meta name=\"SiteIDCode\" content=\"3502000001\">";

const COLUMN: &str = "<meta name=\"ColumnName\" content=\"首页\"><meta name=\"ColumnDescription\" content=\"首页\">\
    <meta name=\"ColumnKeywords\" content=\"公开\"><meta name=\"ColumnType\" content=\"首页\">";

const ARTICLE: &str = "<meta name=\"ArticleTitle\" content=\"通知\">\
    <meta name=\"PubDate\" content=\"2026-11-24 10:00\"><meta name=\"ContentSource\" content=\"市民政局\">";

fn page(address: &str, kind: PageKind, html: &str) -> SeenPage {
    SeenPage { address: address.into(), kind, read: PageRead::of(html) }
}

fn pages(head: &str, article: &str, footer: &str) -> Vec<SeenPage> {
    let whole = |head: &str| format!("<head>{head}</head><footer>{footer}</footer>");
    vec![
        page("/", PageKind::Column, &whole(head)),
        page("/wenjian/1", PageKind::Article, &whole(&format!("{head}{article}"))),
        page("/bangzhu", PageKind::Plain, &whole(SITE)),
    ]
}

fn column(id: &str, class: Freshness, newest: &str) -> InspectedColumn {
    InspectedColumn {
        id: id.into(),
        name: id.into(),
        address: format!("/gongkai/fading/{id}"),
        class,
        own_days: None,
        count: i64::from(!newest.is_empty()),
        newest: newest.parse().ok(),
    }
}

fn guide(id: &str, lacks: usize) -> Guide {
    Guide {
        id: id.into(),
        name: id.into(),
        address: format!("/banshi/{id}"),
        says: Element::ALL.into_iter().skip(lacks).collect(),
    }
}

fn message(id: &str, received: Date, due: Option<Date>) -> Message {
    Message { id: id.into(), address: format!("/gongzuo/x/{id}"), received, due, answered: None }
}

/// A site at which nothing is at fault and everything can be looked at.
fn sound() -> Material {
    let week = (18..25).map(|one| DayOfVisits { day: day(2026, 11, one), asked: 100, failed: 4 });
    Material {
        now: at("2026-11-25T02:00:00Z"),
        today: TODAY,
        home: "/".into(),
        newest: Some(day(2026, 11, 24)),
        columns: vec![
            column("yaowen", Freshness::News, "2026-11-20"),
            column("zhengce", Freshness::Documents, "2026-08-01"),
            column("caizheng", Freshness::Other, "2026-01-05"),
        ],
        published: vec![PublishedDay {
            id: "1".into(),
            title: "通知".into(),
            address: "/wenjian/1".into(),
            published_at: at("2026-11-24T02:00:00Z"),
            made_on: Some(day(2026, 11, 20)),
            logged: Logged::At(at("2026-11-24T02:00:00Z")),
        }],
        wording: vec![],
        consultation: Some(Consultation {
            channel: Some("/zixun".into()),
            messages: vec![message("z1", day(2026, 11, 20), Some(day(2026, 12, 1)))],
        }),
        messages: vec![message("m1", day(2026, 11, 24), Some(day(2026, 12, 3)))],
        guides: Some((0..6).map(|one| guide(&format!("g{one}"), 0)).collect()),
        accounts: Some(vec![Account {
            id: "wx".into(),
            name: "公众号".into(),
            address: "https://mp.example/".into(),
            newest: Some(day(2026, 11, 20)),
            answers: true,
        }]),
        visits: week.collect(),
        pages: pages(&format!("{SITE}{COLUMN}"), ARTICLE, FOOTER),
        dead_links: vec![],
        links_inside: 12,
        links_outside: 5,
        tried_outside: true,
        unread: Unread::default(),
    }
}

fn found(material: &Material) -> Inspection {
    inspect(material)
}

/// The rule ids and places of what was found.
fn told(inspection: &Inspection) -> Vec<(String, &str, &str)> {
    let spot = |one: &'_ sites_rules::inspection::Spot| one.rule.id();
    inspection.spots.iter().map(|one| (spot(one), one.id.as_str(), one.address.as_str())).collect()
}

/// What no room shows and no rule reads.
const NEVER: [&str; 3] = ["M1", "statistics", "messages"];

fn unlooked(inspection: &Inspection) -> Vec<&str> {
    inspection.unlooked.iter().map(|one| one.id).collect()
}

#[test]
fn at_a_sound_site_nothing_is_found_and_what_cannot_be_looked_at_is_said() {
    let inspection = found(&sound());
    assert_eq!(told(&inspection), []);
    assert_eq!(unlooked(&inspection), NEVER);
    assert!(inspection.passes);
    assert_eq!(inspection.points(), "100.0");
}

/// One fault, and where it must be named: what is done, the rule's id, the id and the address of the spot, and
/// the veto it comes to by itself.
type Case =
    (&'static str, fn(&mut Material), &'static str, &'static str, &'static str, Option<Veto>);

const CASES: &[Case] = &[
    (
        "severe wording",
        |site| {
            site.wording.push(Worded {
                id: "9".into(),
                address: "/wenjian/9".into(),
                what: "“x”（国家和地区）".into(),
            });
        },
        "V1.wording",
        "9",
        "/wenjian/9",
        Some(Veto::Safety),
    ),
    (
        "a day still to come",
        |site| {
            site.published[0].published_at = at("2026-11-26T02:00:00Z");
            site.published[0].logged = Logged::At(at("2026-11-24T02:00:00Z"));
        },
        "V1.date.future",
        "1",
        "/wenjian/1",
        Some(Veto::Safety),
    ),
    (
        "a day before the log's",
        |site| site.published[0].published_at = at("2026-11-20T02:00:00Z"),
        "V1.date.log",
        "1",
        "/wenjian/1",
        Some(Veto::Safety),
    ),
    (
        "a day moved forward, so that what is old looks new",
        |site| {
            let head = format!("{SITE}{COLUMN}");
            site.published[0].logged = Logged::At(at("2026-11-24T01:00:00Z"));
            site.pages = pages(&head, &ARTICLE.replace("10:00", "09:00"), FOOTER);
        },
        "V1.date.log",
        "1",
        "/wenjian/1",
        Some(Veto::Safety),
    ),
    (
        "nothing in the log",
        |site| site.published[0].logged = Logged::Nowhere,
        "V1.date.unlogged",
        "1",
        "/wenjian/1",
        Some(Veto::Safety),
    ),
    (
        "another day on the page",
        |site| {
            let head = format!("{SITE}{COLUMN}");
            let forged = ARTICLE.replace("2026-11-24 10:00", "2026-11-14 10:00");
            site.pages = pages(&head, &forged, FOOTER);
        },
        "V1.date.shown",
        "1",
        "/wenjian/1",
        Some(Veto::Safety),
    ),
    (
        "made after it was published",
        |site| site.published[0].made_on = Some(day(2026, 11, 25)),
        "V1.date.made",
        "1",
        "/wenjian/1",
        None,
    ),
    (
        "not reached",
        |site| site.visits[3].failed = 12,
        "V2.unreachable",
        "site",
        "/",
        Some(Veto::Unreachable),
    ),
    (
        "a home page without news",
        |site| site.newest = Some(day(2026, 11, 10)),
        "V3.home",
        "home",
        "/",
        Some(Veto::HomeStale),
    ),
    (
        "a news column not kept up",
        |site| site.columns[0].newest = Some(day(2026, 11, 10)),
        "V4.stale",
        "yaowen",
        "/gongkai/fading/yaowen",
        None,
    ),
    (
        "another column long not kept up",
        |site| site.columns[2].newest = Some(day(2025, 11, 1)),
        "V4.long",
        "caizheng",
        "/gongkai/fading/caizheng",
        None,
    ),
    (
        "a blank column",
        |site| {
            site.columns[2].count = 0;
            site.columns[2].newest = None;
        },
        "V4.blank",
        "caizheng",
        "/gongkai/fading/caizheng",
        None,
    ),
    (
        "a column below its owner's promise",
        |site| site.columns[2].own_days = Some(30),
        "column.own",
        "caizheng",
        "/gongkai/fading/caizheng",
        None,
    ),
    (
        "no way to ask",
        |site| site.consultation = Some(Consultation::default()),
        "V5.channel",
        "site",
        "/",
        Some(Veto::NoAnswer),
    ),
    (
        "asked and never answered",
        |site| {
            let asked = message("z2", day(2026, 8, 20), Some(day(2026, 8, 31)));
            site.consultation.as_mut().expect("kept").messages.push(asked);
        },
        "V5.unanswered",
        "z2",
        "/gongzuo/x/z2",
        Some(Veto::NoAnswer),
    ),
    (
        "a report answered late",
        |site| site.messages.push(message("m2", day(2026, 11, 2), Some(day(2026, 11, 11)))),
        "answer.late",
        "m2",
        "/gongzuo/x/m2",
        None,
    ),
    (
        "no services",
        |site| site.guides = Some(vec![]),
        "V6.none",
        "site",
        "/",
        Some(Veto::Unusable),
    ),
    (
        "an account not kept up",
        |site| site.accounts.as_mut().expect("kept")[0].newest = Some(day(2026, 11, 1)),
        "M2.stale",
        "wx",
        "https://mp.example/",
        Some(Veto::MediaStale),
    ),
    (
        "an account one cannot write to",
        |site| site.accounts.as_mut().expect("kept")[0].answers = false,
        "M3.channel",
        "wx",
        "https://mp.example/",
        Some(Veto::MediaNoAnswer),
    ),
    (
        "a dead link inside",
        |site| {
            site.dead_links.push(DeadLink {
                on: "/".into(),
                to: "/meiyou".into(),
                outside: false,
                why: "打不开（404）".into(),
            });
        },
        "link.inside",
        "/meiyou",
        "/",
        None,
    ),
    (
        "a dead link outside",
        |site| {
            site.dead_links.push(DeadLink {
                on: "/bangzhu".into(),
                to: "https://a.example/".into(),
                outside: true,
                why: "打不开（404）".into(),
            });
        },
        "link.outside",
        "https://a.example/",
        "/bangzhu",
        None,
    ),
];

#[test]
fn each_fault_is_named_with_its_id_and_its_address_and_nothing_else_is() {
    for (what, spoil, rule, id, address, veto) in CASES {
        let mut site = sound();
        spoil(&mut site);
        let inspection = found(&site);
        assert_eq!(told(&inspection), [((*rule).to_owned(), *id, *address)], "{what}");
        let vetoes: Vec<Veto> = veto.iter().copied().collect();
        assert_eq!(inspection.vetoes, vetoes, "{what}");
        assert_eq!(inspection.passes, veto.is_none(), "{what}");
    }
}

#[test]
fn every_tag_that_is_missing_is_named_at_its_page() {
    let with = |tag: PageTag, page: &str| {
        let mark = format!("<meta name=\"{}\"", tag.name());
        let from = page.find(&mark).expect("the tag");
        let end = from + page[from..].find('>').expect("its end") + 1;
        format!("{}{}", &page[..from], &page[end..])
    };
    for tag in PageTag::SITE.into_iter().chain(PageTag::COLUMN) {
        let mut site = sound();
        let head = with(tag, &format!("{SITE}{COLUMN}"));
        site.pages = pages(&head, ARTICLE, FOOTER);
        let rules: Vec<_> = told(&found(&site))
            .iter()
            .map(|(rule, id, _)| (rule.clone(), (*id).to_owned()))
            .collect();
        let rule = format!("tag.{}", tag.name());
        assert!(rules.contains(&(rule.clone(), "/".to_owned())), "{rule}: {rules:?}");
        assert!(rules.iter().all(|(other, _)| *other == rule), "{rules:?}");
    }
    for tag in PageTag::ARTICLE {
        let mut site = sound();
        site.pages = pages(&format!("{SITE}{COLUMN}"), &with(tag, ARTICLE), FOOTER);
        let rule = format!("tag.{}", tag.name());
        assert_eq!(told(&found(&site)), [(rule, "/wenjian/1", "/wenjian/1")]);
    }
    let mut site = sound();
    let placeholder = SITE.replace("3502000001", "0000000000");
    site.pages = pages(&format!("{placeholder}{COLUMN}"), ARTICLE, FOOTER);
    let all = found(&site);
    assert_eq!(told(&all)[0], ("tag.SiteIDCode".to_owned(), "/", "/"), "a placeholder is no code");
}

#[test]
fn every_part_of_the_footer_that_is_missing_is_named_once() {
    for (part, said, instead) in [
        (FooterPart::Mark, "党政机关网站标识", "党政机关网站标识（部署时填写）"),
        (FooterPart::ErrorReport, "我为政府网站找错", "帮助"),
        (FooterPart::IdCode, "3502000001", "0000000000"),
        (FooterPart::Sponsor, "主办：厦门市人民政府办公厅", "厦门市人民政府办公厅"),
        (FooterPart::Contact, "联系电话：0592-0000000", ""),
        (FooterPart::Icp, "闽ICP备06004296号-1", "ICP备案号（部署时填写）"),
        (FooterPart::Police, "闽公网安备35020302032660号", "公安备案号（部署时填写）"),
        (FooterPart::Map, "站点地图", "首页"),
    ] {
        let mut site = sound();
        site.pages = pages(&format!("{SITE}{COLUMN}"), ARTICLE, &FOOTER.replace(said, instead));
        let inspection = found(&site);
        assert_eq!(told(&inspection), [(Rule::Footer(part).id(), "/", "/")], "{}", part.name());
    }
}

#[test]
fn every_element_that_a_guide_lacks_is_named_with_the_guide() {
    for element in Element::ALL {
        let mut site = sound();
        let guide = &mut site.guides.as_mut().expect("kept")[2];
        guide.says.retain(|own| *own != element);
        let inspection = found(&site);
        assert_eq!(
            told(&inspection),
            [(Rule::GuideElement(element).id(), "g2", "/banshi/g2")],
            "{}",
            element.name()
        );
        assert!(inspection.passes);
    }
}

#[test]
fn a_veto_of_numbers_falls_at_the_number_and_not_before() {
    type Spoil = fn(&mut Material, usize);
    let stale: Spoil = |site, times| {
        let one = |at| column(&format!("c{at}"), Freshness::Documents, "2026-05-01");
        site.columns.extend((0..times).map(one));
    };
    let long: Spoil = |site, times| {
        let one = |at| column(&format!("c{at}"), Freshness::Other, "2025-05-01");
        site.columns.extend((0..times).map(one));
    };
    let blank: Spoil = |site, times| {
        site.columns.extend((0..times).map(|at| column(&format!("c{at}"), Freshness::Other, "")));
    };
    let poor: Spoil = |site, times| {
        site.guides = Some(
            (0..8).map(|at| guide(&format!("g{at}"), if at < times { 4 } else { 3 })).collect(),
        );
    };
    for (what, spoil, least, veto) in [
        ("stale", stale, 5, Veto::ColumnsStale),
        ("long", long, 10, Veto::ColumnsStale),
        ("blank", blank, 5, Veto::ColumnsStale),
        ("poor guides", poor, 5, Veto::Unusable),
    ] {
        for (times, falls) in [(least - 1, false), (least, true)] {
            let mut site = sound();
            spoil(&mut site, times);
            assert_eq!(found(&site).vetoes.contains(&veto), falls, "{what} {times}");
        }
    }
    // Fewer than five guides: all of them must be poor.
    for (poor, falls) in [(2, false), (3, true)] {
        let mut site = sound();
        site.guides = Some(
            (0..3).map(|at| guide(&format!("g{at}"), if at < poor { 4 } else { 0 })).collect(),
        );
        assert_eq!(found(&site).vetoes.contains(&Veto::Unusable), falls, "{poor} of 3");
    }
}

#[test]
fn every_rule_is_told_once_and_has_an_id_of_its_own() {
    // The indicators count columns of news and of documents together.
    let apart = Rule::all().filter(|rule| *rule != Rule::NewsStale);
    let ids: std::collections::BTreeSet<String> = apart.map(Rule::id).collect();
    assert_eq!(ids.len() + 1, Rule::all().count());
    assert!(ids.contains(&Rule::NewsStale.id()));
    let cases: std::collections::BTreeSet<_> = CASES.iter().map(|(_, _, rule, ..)| *rule).collect();
    assert!(cases.iter().all(|rule| ids.contains(*rule)));
    assert_eq!(ids.len(), cases.len() + Element::ALL.len() + 10 + FooterPart::ALL.len());
}

#[test]
fn an_item_loses_no_more_than_it_has_and_below_sixty_a_site_fails() {
    let mut site = sound();
    site.dead_links = (0..700)
        .map(|at| DeadLink {
            on: "/".into(),
            to: format!("/meiyou/{at}"),
            outside: false,
            why: String::new(),
        })
        .collect();
    let inspection = found(&site);
    assert_eq!(inspection.points(), "95.0", "700 dead links cost what the item has");
    assert!(inspection.passes);
    let late = |at: usize| message(&format!("l{at}"), day(2026, 11, 2), Some(day(2026, 11, 11)));
    site.messages = (0..5).map(late).collect();
    site.guides = Some((0..10).map(|at| guide(&format!("g{at}"), 1)).collect());
    site.columns[1].newest = Some(day(2026, 5, 1));
    let long = |at: usize| column(&format!("c{at}"), Freshness::Other, "2025-05-01");
    site.columns.extend((0..4).map(long));
    site.pages = pages(SITE, "", "");
    site.pages.extend((0..20).map(|at| page(&format!("/p{at}"), PageKind::Column, SITE)));
    let inspection = found(&site);
    assert_eq!(inspection.vetoes, []);
    assert_eq!((inspection.points().as_str(), inspection.passes), ("57.0", false));
    assert_eq!(inspection.words(), "不合格（得分低于 60 分）");
}

#[test]
fn what_nobody_offers_is_said_not_to_have_been_looked_at() {
    let site = Material {
        consultation: None,
        guides: None,
        accounts: None,
        visits: vec![],
        tried_outside: false,
        ..sound()
    };
    let inspection = found(&site);
    let ids = unlooked(&inspection);
    let never = ["V2", "V5", "V6", "M1", "M2", "M3", "statistics", "messages", "link.outside"];
    assert_eq!(ids, never);
    assert!(inspection.unlooked.iter().all(|one| !one.why.is_empty()));
    assert!(inspection.passes && inspection.spots.is_empty());
}

#[test]
fn what_had_no_turn_today_is_said_with_its_number() {
    let site = Material { unread: Unread { pages: 7, inside: 120, outside: 3 }, ..sound() };
    let inspection = found(&site);
    let left = [("pages", "7 个页面"), ("link.inside", "120 条站内"), ("link.outside", "3 条站外")];
    for (id, words) in left {
        let one = inspection.unlooked.iter().find(|one| one.id == id).expect("said");
        assert!(one.why.contains(words), "{}", one.why);
    }
    assert!(inspection.passes && inspection.spots.is_empty());
}

#[test]
fn seven_days_in_a_row_are_asked_and_a_day_without_a_count_breaks_them() {
    for (missing, looked) in [(None, true), (Some(18), false), (Some(21), false), (Some(24), true)]
    {
        let mut site = sound();
        let days = (16..25).filter(|one| Some(*one) != missing && (missing.is_some() || *one > 17));
        let day_of = |one| DayOfVisits { day: day(2026, 11, one), asked: 100, failed: 50 };
        site.visits = days.map(day_of).collect();
        let inspection = found(&site);
        assert_eq!(!unlooked(&inspection).contains(&"V2"), looked, "{missing:?}");
        assert_eq!(inspection.vetoes.contains(&Veto::Unreachable), looked, "{missing:?}");
    }
}

#[test]
fn a_column_that_is_not_kept_up_costs_the_item_of_its_class() {
    for (class, item) in [
        (Freshness::News, ScoreItem::News),
        (Freshness::Documents, ScoreItem::Policies),
        (Freshness::Other, ScoreItem::OtherColumns),
    ] {
        let mut site = sound();
        site.columns.push(column("jiu", class, "2024-05-01"));
        let items: Vec<_> = found(&site).deductions.iter().map(|one| one.item).collect();
        assert_eq!(items, [item], "{class:?}");
    }
    let mut site = sound();
    let mixed = [Freshness::News, Freshness::Documents, Freshness::News];
    let five = mixed.into_iter().cycle().take(5).enumerate();
    site.columns.extend(five.map(|(at, class)| column(&format!("c{at}"), class, "2024-05-01")));
    assert_eq!(found(&site).vetoes, [Veto::ColumnsStale], "five of both together are a veto");
}

#[test]
fn a_quiet_site_is_not_said_to_be_out_of_reach() {
    let mut site = sound();
    for one in &mut site.visits {
        (one.asked, one.failed) = (19, 19);
    }
    let inspection = found(&site);
    assert!(inspection.vetoes.is_empty());
    assert!(inspection.unlooked.iter().any(|one| one.id == "V2"));
}
