//! `/cunju` and `/cunju/{id}`: find one's village by town or by name.

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Html;
use identity::{Division, Level};
use serde::Deserialize;
use web::address::with_query;
use web::components::{Empty, Entry, Index, Phone};
use web::layout::Frame;
use web::page::Page;
use web::{Fault, House, Later, Visit};

use super::tags;

/// Villages shown for a name at most.
const MOST: i64 = 60;

/// What the visitor chose.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Choice {
    /// A district's or town's code.
    at: String,
    /// A part of a name.
    q: String,
}

#[derive(Template)]
#[template(path = "portal/villages.html")]
struct VillagesPage {
    frame: Frame,
    action: String,
    q: String,
    /// Each place with what lies below it.
    groups: Vec<Group>,
    /// What the groups' entries are: 镇街 or 村（居）.
    question: &'static str,
    back: Option<String>,
    empty: Option<Empty>,
}

struct Group {
    heading: String,
    index: Index,
}

/// Shows districts and towns, the villages of one town, or the villages with a name.
pub async fn find(visit: Visit, Query(choice): Query<Choice>) -> Result<Html<String>, Fault> {
    let site = &visit.site;
    let store = visit.house.store();
    let own = Division::find(store, &site.division).await?.ok_or(Fault::NotFound)?;
    let q = choice.q.trim().to_owned();
    let at = if choice.at.is_empty() { own.clone() } else { within(&visit, &choice.at).await? };
    let action = site.link("/cunju");
    let (groups, question) = if !q.is_empty() {
        (named(&visit, &own, &q).await?, "选您的村（社区）")
    } else {
        match at.level {
            Level::City | Level::District => {
                (towns(&visit, &at, &action).await?, "选您所在的镇（街）")
            }
            Level::Township | Level::Village => {
                (vec![villages(&visit, &at).await?], "选您的村（社区）")
            }
        }
    };
    let none = groups.iter().all(|group| group.index.0.is_empty());
    let empty = none.then(|| {
        Empty::new("没有找到这个村（社区）")
            .because("可以只输入名称中的两个字，例如“曾厝垵”输“厝垵”。")
            .because("村（社区）可能已经合并或更名，也可以从所在镇（街）里找。")
            .way("按镇（街）找", action.clone())
    });
    let frame = frame(&visit, &at, &q);
    let back = (!q.is_empty() || at.code != own.code).then(|| action.clone());
    web::page::answer(&VillagesPage { frame, action, q, groups, question, back, empty })
}

fn frame(visit: &Visit, at: &Division, q: &str) -> Frame {
    let frame = visit
        .frame()
        .titled(if at.code == visit.site.division {
            "找我们村（居）".to_owned()
        } else {
            format!("{}的村（社区）", at.name)
        })
        .described(format!("按镇（街）或者名称查找{}的村和社区", visit.site.place))
        .within("cunju")
        .column(tags(
            "村居公开",
            "按镇（街）或者名称查找村和社区",
            "村务公开,居务公开,村,社区",
            "信息公开目录",
        ));
    if q.is_empty() && at.code == visit.site.division {
        return frame.at("村居公开");
    }
    let last = if q.is_empty() { at.name.clone() } else { format!("搜索“{q}”") };
    frame.under("村居公开", "/cunju").at(last)
}

/// A division that the visitor named, if it lies within the site.
async fn within(visit: &Visit, code: &str) -> Result<Division, Fault> {
    let (low, high) = &visit.site.range;
    let found = Division::find(visit.house.store(), code).await?;
    found.filter(|division| (low..=high).contains(&&division.code)).ok_or(Fault::NotFound)
}

async fn towns(visit: &Visit, at: &Division, action: &str) -> Result<Vec<Group>, Fault> {
    let store = visit.house.store();
    let below = Division::below(store, &at.code).await?;
    let districts = if at.level == Level::City { below } else { vec![at.clone()] };
    let mut groups = vec![];
    for district in districts {
        let towns = Division::below(store, &district.code).await?;
        let entry = |town: Division| Entry {
            href: with_query(action, &[("at", &town.code)]),
            words: town.name,
            count: None,
        };
        groups.push(Group {
            heading: district.name,
            index: Index(towns.into_iter().map(entry).collect()),
        });
    }
    Ok(groups)
}

async fn villages(visit: &Visit, town: &Division) -> Result<Group, Fault> {
    let villages = Division::below(visit.house.store(), &town.code).await?;
    let index = Index(villages.into_iter().map(|village| entry(visit, village)).collect());
    Ok(Group { heading: town.name.clone(), index })
}

async fn named(visit: &Visit, own: &Division, q: &str) -> Result<Vec<Group>, Fault> {
    let store = visit.house.store();
    let mut groups: Vec<Group> = vec![];
    let mut town = String::new();
    for village in own.villages_named(store, q, MOST).await? {
        let above = village.parent.clone().unwrap_or_default();
        if groups.is_empty() || above != town {
            let heading =
                Division::find(store, &above).await?.map_or_else(String::new, |town| town.name);
            groups.push(Group { heading, index: Index(vec![]) });
            town = above;
        }
        if let Some(group) = groups.last_mut() {
            group.index.0.push(entry(visit, village));
        }
    }
    Ok(groups)
}

fn entry(visit: &Visit, village: Division) -> Entry {
    Entry {
        href: visit.site.link(&format!("/cunju/{}", village.code)),
        words: village.name,
        count: None,
    }
}

#[derive(Template)]
#[template(path = "portal/village.html")]
struct VillagePage {
    frame: Frame,
    name: String,
    town: String,
    town_phone: Option<String>,
    town_address: Option<String>,
    siblings: String,
    /// Where this village is followed.
    follow: String,
}

/// Shows one village. Its own disclosure comes with its room; the page says so and whom to ask.
pub async fn one(visit: Visit, Path(code): Path<String>) -> Result<Html<String>, Fault> {
    let village = within(&visit, &code).await?;
    if village.level != Level::Village {
        return Err(Fault::NotFound);
    }
    let store = visit.house.store();
    let today = visit.house.ledger().clock().today();
    let parent = village.parent.clone().unwrap_or_default();
    let town = Division::find(store, &parent).await?.ok_or(Fault::NotFound)?;
    let organ = identity::Organ::with_role(store, &town.code, "town", today).await?;
    let siblings = with_query("/cunju", &[("at", &town.code)]);
    let page = VillagePage {
        frame: frame_of_one(&visit, &village, &town, &siblings),
        siblings: visit.site.link(&siblings),
        follow: visit.site.link(&with_query("/dingyue", &[("cun", &village.code)])),
        name: village.name,
        town: town.name,
        town_phone: organ.as_ref().and_then(|organ| organ.phone.clone()),
        town_address: organ.and_then(|organ| organ.address),
    };
    web::page::answer(&page)
}

fn frame_of_one(visit: &Visit, village: &Division, town: &Division, siblings: &str) -> Frame {
    visit
        .frame()
        .titled(format!("{}公开", village.name))
        .described(format!("{}{}的村（居）务公开", town.name, village.name))
        .within("cunju")
        .under("村居公开", "/cunju")
        .under(&town.name, siblings)
        .at(&village.name)
        .column(tags(
            "村居公开",
            &format!("{}的村（居）务公开", village.name),
            "村务公开,居务公开",
            "信息公开目录",
        ))
}

/// The page of some village, for tests that open every type of page.
pub fn sample(house: &House) -> Later<'_, Option<String>> {
    Box::pin(async move {
        let divisions = Division::down_to(house.store(), Level::Village).await?;
        let village = divisions.into_iter().find(|division| division.level == Level::Village);
        Ok(village.map(|village| format!("/cunju/{}", village.code)))
    })
}

impl Page for VillagesPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let page = |groups: Vec<Group>, empty| VillagesPage {
            frame: Frame::sample("找我们村（居）").within("cunju").at("村居公开"),
            action: "/linhu/cunju".into(),
            q: String::new(),
            groups,
            question: "选您所在的镇（街）",
            back: Some("/linhu/cunju".into()),
            empty,
        };
        let town = Entry {
            words: "临湖镇".into(),
            href: "/linhu/cunju?at=990101001000".into(),
            count: None,
        };
        let empty =
            Empty::new("没有找到").because("换两个字试试。").way("按镇（街）找", "/linhu/cunju");
        vec![
            (
                "按镇找",
                page(vec![Group { heading: "临湖区".into(), index: Index(vec![town]) }], None),
            ),
            ("没有找到", page(vec![], Some(empty))),
        ]
    }
}

impl Page for VillagePage {
    fn samples() -> Vec<(&'static str, Self)> {
        vec![(
            "尚未开通",
            VillagePage {
                frame: Frame::sample("湖边村公开")
                    .within("cunju")
                    .under("村居公开", "/cunju")
                    .at("湖边村"),
                name: "湖边村".into(),
                town: "临湖镇".into(),
                town_phone: Some("0599-0000001".into()),
                town_address: None,
                siblings: "/linhu/cunju?at=990101001000".into(),
                follow: "/linhu/dingyue?cun=990101001001".into(),
            },
        )]
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_village_pages_are_sound() {
        assert_eq!(web::page::faults::<super::VillagesPage>(), Vec::<String>::new());
        assert_eq!(web::page::faults::<super::VillagePage>(), Vec::<String>::new());
    }
}
