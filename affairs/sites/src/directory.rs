//! The sites as every page needs them: what each is called, whom it speaks for, and what stands
//! around its pages.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use identity::{Division, Level};
use web::layout::{Contact, Emblem, FootGroup, Link, SiteFrame};
use web::{Fault, House, Later, Site, SiteDirectory};

use crate::portal::FIVE_PARTS;
use crate::store::{self, KeptSite};

/// Reads all sites anew.
pub fn read(house: &House) -> Later<'_, SiteDirectory> {
    Box::pin(async move {
        let emblem = match emblem_file(house) {
            Some(_) => Emblem::Image("/guohui".into()),
            None => Emblem::Place,
        };
        let mut sites: Vec<Site> = Vec::new();
        for kept in store::all(house.store()).await.map_err(Fault::from)? {
            let mut path = path_above(&sites, &kept);
            let own = if kept.base.is_empty() { "/" } else { &kept.base };
            path.push(Link::new(&kept.place, own));
            sites.push(site(kept, path, house, &emblem));
        }
        Ok(SiteDirectory::of(sites))
    })
}

/// Where the emblem's file lies, if the deployment has put it into the data folder.
pub fn emblem_file(house: &House) -> Option<PathBuf> {
    emblem_in(house.folder())
}

/// The same in a data folder.
pub(crate) fn emblem_in(folder: &Path) -> Option<PathBuf> {
    let names = ["guohui.svg", "guohui.png"];
    names.iter().map(|name| folder.join(name)).find(|file| file.is_file())
}

/// The sites above one, outermost first; they were read before it. From a host of its own they are reached at
/// theirs.
fn path_above(sites: &[Site], kept: &KeptSite) -> Vec<Link> {
    let inside = |site: &&Site| kept.base.starts_with(&format!("{}/", site.base()));
    let Some(above) = sites.iter().rev().find(inside) else { return vec![] };
    let mut path = above.frame.path.clone();
    if let (Some(_), Some(origin)) = (&kept.host, &above.frame.origin) {
        let inside = path.iter_mut().filter(|link| link.href.starts_with('/'));
        inside.for_each(|link| link.href = format!("{origin}{}", link.href));
    }
    path
}

fn site(kept: KeptSite, path: Vec<Link>, house: &House, emblem: &Emblem) -> Site {
    let level = Level::parse(&kept.level).unwrap_or(Level::Township);
    let (host, place) = (kept.host.clone(), kept.place.clone());
    let (division, organ) = (kept.division.clone(), kept.organ.clone());
    let frame = SiteFrame {
        path,
        emblem: match level <= Level::District && kept.emblem != 0 {
            true => emblem.clone(),
            false => Emblem::None,
        },
        nav: house.nav(),
        foot: foot(house),
        ..frame(kept)
    };
    let range = Division::range_of(&division, level);
    Site { frame: Arc::new(frame), host, place, division, level, range, organ }
}

fn frame(kept: KeptSite) -> SiteFrame {
    SiteFrame {
        name: kept.name,
        subtitle: kept.subtitle.unwrap_or_else(|| "政务公开平台".into()),
        palette: kept.palette,
        mark: kept.mark.map(|mark| (mark, None)),
        base: kept.base,
        origin: kept.origin,
        domain: kept.domain,
        id_code: kept.id_code,
        host_unit: kept.sponsor,
        undertaker: kept.operator,
        contact: Contact {
            hotline: "12345".into(),
            office: kept.office,
            phone: kept.phone,
            hours: kept.hours,
            address: kept.address,
            postcode: kept.postcode,
        },
        icp: kept.icp,
        police_record: kept.police,
        error_report: kept.error_report,
        demo: kept.demo != 0,
        ..SiteFrame::default()
    }
}

/// The footer: the five parts of 政府信息公开, the other entries, help, and the site itself. 找错 and
/// 站点地图 stand below it already.
fn foot(house: &House) -> Vec<FootGroup> {
    let nav = house.nav();
    let others = nav.iter().filter(|item| !matches!(item.key, "home" | "gongkai" | "shenqing"));
    let others = others.map(|item| (item.words, item.path));
    let own = [("隐私说明", "/yinsi"), ("无障碍声明", "/wuzhangai")];
    let group = |heading, links| FootGroup { heading, links };
    vec![
        group("政府信息公开", FIVE_PARTS.to_vec()),
        group("栏目", others.chain([("机构职能", "/gongkai/jigou")]).collect()),
        group("帮助", vec![("使用帮助", "/bangzhu"), ("订阅", "/dingyue")]),
        group("关于本站", own.into_iter().chain(house.about()).collect()),
    ]
}
