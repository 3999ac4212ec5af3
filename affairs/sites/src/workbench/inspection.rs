//! `/gongzuo/wangzhan`: what the last inspection has found, and asking for one now.

use askama::Template;
use axum::extract::Query;
use axum::response::{Html, Response};
use identity::powers::Tie;
use sites_rules::inspection::{Veto, are_enough};
use web::components::{Empty, Figure, Strip, Tag, Tone};
use web::workbench::{Submitted, Workbench};
use web::{Clerk, Fault, Visit};

use super::{CHECK, Done, desk_of, sent_to, site_of};
use crate::acts::{ActError, inspection};
use crate::inspecting;
use crate::store::{KeptInspection, KeptSpot, KeptUnlooked, Turn};

/// Its address below a site.
pub(super) const PATH: &str = "/gongzuo/wangzhan";
/// Where an inspection is begun.
pub(super) const NOW: &str = "/gongzuo/wangzhan/jiancha";

/// Earlier inspections that are shown.
const SHOWN: i64 = 14;

/// Spots of one rule that are shown.
const OF_A_RULE: usize = 20;

const SAID: &[(&str, &str)] = &[("jiancha", "已经排上。检查在后台做，做完以后结果出现在这一页。")];

#[derive(Template)]
#[template(path = "workbench/inspection.html")]
struct InspectionPage {
    desk: Workbench,
    place: String,
    /// Why it is not inspected by itself.
    within: Option<String>,
    newest: Option<Newest>,
    before: Vec<Before>,
    now: String,
    /// That somebody waits for an inspection, or that one broke off.
    turn: Option<String>,
}

struct Newest {
    at: String,
    tag: Tag,
    strip: Strip,
    vetoes: Vec<VetoRow>,
    groups: Vec<Group>,
    unlooked: Vec<KeptUnlooked>,
    hidden: i64,
}

struct VetoRow {
    id: &'static str,
    name: &'static str,
    tag: Tag,
    words: String,
}

struct Group {
    rule: String,
    name: String,
    basis: String,
    count: usize,
    spots: Vec<KeptSpot>,
}

struct Before {
    at: String,
    tag: Tag,
    vetoes: String,
    points: String,
    found: i64,
}

/// Shows it.
pub(super) async fn show(
    visit: Visit,
    clerk: Clerk,
    Query(done): Query<Done>,
) -> Result<Html<String>, Fault> {
    let site = site_of(&visit, &clerk);
    let (newest, before) = match inspecting::is_inspected(&site) {
        true => (
            KeptInspection::newest(visit.house.store(), site.base()).await?,
            KeptInspection::of_site(visit.house.store(), site.base(), SHOWN).await?,
        ),
        false => (None, vec![]),
    };
    let within = (!inspecting::is_inspected(&site))
        .then(|| format!("{}是频道，随所在区的网站一起检查，结果在区的检查里。", site.place));
    let turn = Turn::of(visit.house.store(), site.base()).await?.and_then(|turn| told(&turn));
    let desk = Workbench::of(&visit, clerk, "wangzhan", "日常检查").await?;
    web::page::answer(&InspectionPage {
        desk: desk.saying(&done.done, SAID),
        place: site.frame.name.clone(),
        within,
        newest: newest.map(read),
        before: before.iter().skip(1).map(earlier).collect(),
        now: visit.site.link(NOW),
        turn,
    })
}

/// What is said of an inspection to come.
fn told(turn: &Turn) -> Option<String> {
    if let Some(at) = &turn.asked_at {
        let at = web::moments::minute(at);
        return Some(format!("{at} 要求的检查正在做或者马上做，一般一两分钟。刷新本页看结果。"));
    }
    let at = web::moments::minute(turn.failed_at.as_ref()?);
    Some(format!(
        "{at} 的检查没有做完，夜里再查。也可以现在再要求一次；还是不行的，请运行人员查看日志。"
    ))
}

/// Asks for an inspection now: it takes longer than anybody should wait for a page.
pub(super) async fn now(visit: Visit, clerk: Clerk, _: Submitted) -> Result<Response, Fault> {
    clerk.may(CHECK, &Tie::to(&clerk.organ.code))?;
    let site = site_of(&visit, &clerk);
    if !inspecting::is_inspected(&site) {
        let words = "这里是频道，随所在区的网站一起检查。请到区的工作台检查。";
        return Err(Fault::Refused(words.into()));
    }
    let desk = desk_of(&visit, &clerk).await?;
    inspection::ask(desk, &site).await.map_err(ActError::into_fault)?;
    Ok(sent_to(&visit, &format!("{PATH}?done=jiancha")))
}

fn tag_of(verdict: &str) -> Tag {
    if verdict == "合格" {
        Tag::good("预测合格")
    } else {
        Tag::over(format!("预测{verdict}"))
    }
}

fn points(tenths: i64) -> String {
    format!("{}.{}", tenths / 10, tenths % 10)
}

fn earlier(one: &KeptInspection) -> Before {
    let none = one.vetoes.is_empty();
    Before {
        at: web::moments::minute(&one.made_at),
        tag: tag_of(&one.verdict),
        vetoes: if none { "没有".into() } else { one.vetoes.join("、") },
        points: points(one.tenths),
        found: one.found,
    }
}

fn read(one: KeptInspection) -> Newest {
    let tone = |bad: bool| if bad { Tone::Over } else { Tone::Good };
    let shown = i64::try_from(one.spots.len()).unwrap_or_default();
    let enough = one.day.parse().is_ok_and(|day| are_enough(one.tenths, day));
    Newest {
        at: web::moments::minute(&one.made_at),
        tag: tag_of(&one.verdict),
        strip: Strip(vec![
            Figure::new(points(one.tenths), "扣分指标得分").meant(tone(!enough)),
            Figure::new(one.vetoes.len(), "项单项否决").meant(tone(!one.vetoes.is_empty())),
            Figure::new(one.found, "处问题").meant(tone(one.found > 0)),
            Figure::new(one.pages, "个页面读过"),
            Figure::new(one.links, "条链接试过"),
        ]),
        vetoes: Veto::ALL.into_iter().map(|veto| veto_row(veto, &one)).collect(),
        groups: groups(&one.spots),
        hidden: one.found - shown,
        unlooked: one.unlooked,
    }
}

fn veto_row(veto: Veto, one: &KeptInspection) -> VetoRow {
    let falls = one.vetoes.iter().any(|id| id == veto.id());
    let unlooked = one.unlooked.iter().find(|other| other.id == veto.id());
    let spots = one.spots.iter().filter(|spot| spot.veto.as_deref() == Some(veto.id())).count();
    let (tag, words) = match (falls, unlooked) {
        (true, _) => (Tag::over("否决"), format!("{spots} 处")),
        (false, Some(unlooked)) => (Tag::plain("没有可查的"), unlooked.why.clone()),
        (false, None) if spots > 0 => {
            (Tag::warn("未到否决"), format!("{spots} 处，达到规定数量就否决"))
        }
        (false, None) => (Tag::good("没有问题"), String::new()),
    };
    VetoRow { id: veto.id(), name: veto.name(), tag, words }
}

fn groups(spots: &[KeptSpot]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for spot in spots {
        match groups.iter_mut().find(|group| group.rule == spot.rule) {
            Some(group) => {
                group.count += 1;
                if group.spots.len() < OF_A_RULE {
                    group.spots.push(spot.clone());
                }
            }
            None => groups.push(Group {
                rule: spot.rule.clone(),
                name: spot.name.clone(),
                basis: spot.basis.clone(),
                count: 1,
                spots: vec![spot.clone()],
            }),
        }
    }
    groups
}

impl InspectionPage {
    fn empty() -> Empty {
        Empty::new("还没有检查过")
            .because("每天夜里自动检查一次；也可以点“现在检查”，一般一两分钟以后有结果。")
    }
}
