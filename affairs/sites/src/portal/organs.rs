//! `/gongkai/jigou` and `/gongkai/jigou/{unit}`: 机构职能.

use askama::Template;
use axum::extract::Path;
use axum::response::Html;
use identity::Organ;
use serde_json::json;
use web::components::{Empty, Meta, MetaValue, Phone, Tag, Tools, Tree};
use web::layout::{Frame, Link};
use web::page::Page;
use web::{Fault, House, Later, Place, Site, Visit};

use super::tree::{tally, tree};
use super::{scoped, tags};

#[derive(Template)]
#[template(path = "portal/organs.html")]
struct OrgansPage {
    frame: Frame,
    tree: Tree,
    groups: Vec<Group>,
    former: Vec<Former>,
    /// Documents published in the statutory column of this name.
    documents: i64,
    empty: Empty,
}

struct Group {
    heading: &'static str,
    organs: Vec<Listed>,
}

struct Listed {
    name: String,
    href: String,
    phone: Phone,
    address: String,
}

struct Former {
    name: String,
    href: String,
    until: String,
}

/// Shows the organs of a site's division.
pub async fn all(visit: Visit) -> Result<Html<String>, Fault> {
    let site = &visit.site;
    let today = visit.house.ledger().clock().today();
    let counts = tally(&visit).await?;
    let organs = Organ::serving(visit.house.store(), &site.division).await?;
    let (standing, gone): (Vec<Organ>, Vec<Organ>) =
        organs.into_iter().partition(|organ| organ.stands_on(today));
    let description = format!("{}各机关的办公地址、办公时间、联系电话和职能", site.place);
    let page = OrgansPage {
        frame: frame(&visit, "机构职能", description).at("机构职能"),
        tree: tree(site, &counts, "/gongkai/jigou"),
        documents: counts.get("P20-02").map_or(0, |tally| tally.count),
        groups: groups(site, standing),
        former: gone.into_iter().map(|organ| former(site, organ)).collect(),
        empty: Empty::new("尚未录入本级机构")
            .because("机构资料录入后列在这里。")
            .way("回首页", site.link("/")),
    };
    web::page::answer(&page)
}

/// The frame of both pages, up to the last step of the way.
fn frame(visit: &Visit, title: &str, description: String) -> Frame {
    visit
        .frame()
        .titled(title)
        .described(description)
        .within("gongkai")
        .under("政府信息公开", "/gongkai")
        .column(tags(
            "机构职能",
            "机关职能、机构设置、办公地址、办公时间、联系方式",
            "机构职能,政府机构",
            "机构职能",
        ))
}

fn former(site: &Site, organ: Organ) -> Former {
    Former {
        href: page_of(site, &organ),
        until: organ.valid_to.map(|day| day.to_string()).unwrap_or_default(),
        name: organ.name,
    }
}

fn page_of(site: &Site, organ: &Organ) -> String {
    site.link(&format!("/gongkai/jigou/{}", organ.code))
}

fn groups(site: &Site, organs: Vec<Organ>) -> Vec<Group> {
    const HEADINGS: [(&str, &[&str]); 5] = [
        ("政府和办公机构", &["government", "office", "town", "subdistrict", "statistical_unit"]),
        ("工作部门", &["department"]),
        ("事业单位", &["institution"]),
        ("公共企事业单位", &[identity::PUBLIC_SERVICE]),
        ("其他机构", &[]),
    ];
    let heading_of = |organ: &Organ| {
        HEADINGS
            .iter()
            .position(|(_, kinds)| kinds.contains(&organ.kind.as_str()))
            .unwrap_or(HEADINGS.len() - 1)
    };
    let mut groups: Vec<Group> =
        HEADINGS.iter().map(|(heading, _)| Group { heading, organs: vec![] }).collect();
    for organ in organs {
        let at = heading_of(&organ);
        let listed = Listed {
            href: page_of(site, &organ),
            phone: Phone::of(organ.phone.unwrap_or_else(|| "未提供".into())),
            address: organ.address.unwrap_or_else(|| "未提供".into()),
            name: organ.name,
        };
        if let Some(group) = groups.get_mut(at) {
            group.organs.push(listed);
        }
    }
    groups.retain(|group| !group.organs.is_empty());
    groups
}

#[derive(Template)]
#[template(path = "portal/organ.html")]
struct OrganPage {
    frame: Frame,
    name: String,
    tag: Option<Tag>,
    meta: Meta,
    heir: Option<Link>,
    note: Option<String>,
    /// What the rooms show of it.
    panels: Vec<String>,
    /// Its page of 政府信息公开, in five parts.
    parts: Vec<Link>,
    tools: Tools,
}

/// Shows one organ.
pub async fn one(visit: Visit, Path(code): Path<String>) -> Result<Html<String>, Fault> {
    let (house, site) = (&visit.house, &visit.site);
    let organ = Organ::find(house.store(), &code).await?.ok_or(Fault::NotFound)?;
    let (low, high) = &site.range;
    if !(low..=high).contains(&&organ.division) {
        return Err(Fault::NotFound);
    }
    let today = house.ledger().clock().today();
    let stands = organ.stands_on(today);
    let heir = organ.clone().heir(house.store(), today).await?;
    let description = format!("{}的办公地址、办公时间、联系电话、职能和已公开信息", organ.name);
    let page = OrganPage {
        frame: frame(&visit, &organ.name, description)
            .under("机构职能", "/gongkai/jigou")
            .at(&organ.short_name)
            .json_ld(&structured(&organ, &page_address(site, &organ))),
        tag: (!stands).then(|| Tag::void("已撤销或更名")),
        meta: meta(&organ),
        heir: (heir.code != organ.code).then(|| Link::new(&heir.name, page_of(site, &heir))),
        panels: house.panels(Place::Organ, site, &organ.code).await?,
        parts: scoped::parts_of(site, &organ),
        tools: Tools { copied: organ.name.clone(), ..Tools::default() },
        note: organ.note,
        name: organ.name,
    };
    web::page::answer(&page)
}

fn page_address(site: &Site, organ: &Organ) -> String {
    site.frame.address(&format!("/gongkai/jigou/{}", organ.code))
}

/// schema.org GovernmentOrganization as JSON: what is not known is left out.
fn structured(organ: &Organ, address: &str) -> String {
    let day = |day: Option<law::Date>| day.map(|day| day.to_string());
    let place = organ.address.as_ref().map(|street| {
        json!({
            "@type": "PostalAddress",
            "streetAddress": street,
            "postalCode": organ.postcode,
            "addressCountry": "CN",
        })
    });
    let mut told = json!({
        "@context": "https://schema.org",
        "@type": "GovernmentOrganization",
        "name": organ.name,
        "alternateName": organ.short_name,
        "identifier": organ.code,
        "url": address,
        "telephone": organ.phone,
        "address": place,
        "foundingDate": day(organ.valid_from),
        "dissolutionDate": day(organ.valid_to),
    });
    if let Some(told) = told.as_object_mut() {
        told.retain(|_, value| !value.is_null());
    }
    told.to_string()
}

/// The page of some organ at the root site, for tests that open every type of page.
pub fn sample(house: &House) -> Later<'_, Option<String>> {
    Box::pin(async move {
        let organs = Organ::all(house.store()).await?;
        Ok(organs.first().map(|organ| format!("/gongkai/jigou/{}", organ.code)))
    })
}

/// 条例第二十条第（二）项, field by field.
fn meta(organ: &Organ) -> Meta {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let mut meta = Meta::default()
        .text("机构名称", organ.name.clone())
        .text("简称", organ.short_name.clone())
        .with_wide("机关职能", MetaValue::Missing)
        .with_wide("办公地址", organ.address.clone().map_or(MetaValue::Missing, MetaValue::Text))
        .text("办公时间", text(&organ.hours))
        .phone("联系电话", organ.phone.as_deref())
        .text("邮政编码", text(&organ.postcode))
        .text("负责人姓名", String::new());
    if let Some(from) = organ.valid_from {
        meta = meta.date("设立日期", Some(from.to_string()));
    }
    if let Some(to) = organ.valid_to {
        meta = meta.date("截止日期", Some(to.to_string()));
    }
    meta
}

impl Page for OrgansPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let page = |groups: Vec<Group>| OrgansPage {
            frame: Frame::sample("机构职能").within("gongkai").at("机构职能"),
            tree: Tree { heading: "政府信息公开栏目".into(), nodes: vec![] },
            groups,
            former: vec![Former {
                name: "区扶贫办".into(),
                href: "/linhu/gongkai/jigou/LH09".into(),
                until: "2021-05-31".into(),
            }],
            documents: 2,
            empty: Empty::new("尚未录入本级机构")
                .because("录入后列在这里。")
                .way("回首页", "/linhu"),
        };
        let organ = Listed {
            name: "临湖区民政局".into(),
            href: "/linhu/gongkai/jigou/LH01".into(),
            phone: Phone::of("未提供"),
            address: "临湖路1号".into(),
        };
        vec![
            ("有机构", page(vec![Group { heading: "工作部门", organs: vec![organ] }])),
            ("没有机构", page(vec![])),
        ]
    }
}

impl Page for OrganPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let page = |tag, heir| OrganPage {
            frame: Frame::sample("临湖区民政局")
                .within("gongkai")
                .under("机构职能", "/gongkai/jigou")
                .at("区民政局"),
            name: "临湖区民政局".into(),
            tag,
            meta: Meta::default().text("办公地址", ""),
            heir,
            note: Some("演示数据".into()),
            panels: vec![],
            parts: vec![Link::new("政府信息公开指南", "/linhu/gongkai/jigou/LH01/zhinan")],
            tools: Tools::default(),
        };
        vec![
            ("现有", page(None, None)),
            (
                "更名",
                page(
                    Some(Tag::void("已撤销或更名")),
                    Some(Link::new("临湖区数据局", "/linhu/gongkai/jigou/LH02")),
                ),
            ),
        ]
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_organs_pages_are_sound() {
        assert_eq!(web::page::faults::<super::OrgansPage>(), Vec::<String>::new());
        assert_eq!(web::page::faults::<super::OrganPage>(), Vec::<String>::new());
    }
}
