//! `/dingyue`: what is to be followed, and how.

use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use serde::Deserialize;
use web::address::with_query;
use web::components::{Choice, ErrorSummary, Field, Picker, Radios};
use web::layout::{Frame, Link};
use web::page::Page;
use web::{Fault, FromWhere, OwnUpload, Visit};

use super::choosing::{Chosen, Offer, Typed, Wrong, place, topics};
use super::said::SaidPage;
use super::{GIVING, START, desk, fresh, offered, onward, returned, slowed, too_fast, wechat};
use crate::acts::ActError;
use crate::acts::subscription::{self, Wanted};
use crate::contact::Way;
use crate::pass::Pass;
use crate::rhythm::Rhythm;
use crate::topic::{Kind, Topic};

/// The page's name.
pub(super) const TITLE: &str = "订阅";

#[derive(Template)]
#[template(path = "portal/choose.html")]
struct ChoosePage {
    frame: Frame,
    action: String,
    errors: ErrorSummary,
    whole: bool,
    place: String,
    domains: Vec<(Topic, bool)>,
    domain_error: Option<String>,
    organs: Picker,
    village: Field,
    villages: Option<Radios>,
    words: Field,
    item: Option<(String, String)>,
    groups: Vec<(Topic, bool)>,
    /// How; nothing where no way is open.
    ways: Option<Radios>,
    address: Field,
    rhythms: Radios,
    agreed: bool,
    agreed_error: Option<String>,
    /// Why some ways are not offered.
    missing: Vec<&'static str>,
    feeds: String,
    days: Vec<Link>,
    own: String,
    privacy: String,
}

/// What the address chooses beforehand.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Wish {
    lingyu: String,
    jigou: String,
    cun: String,
    shixiang: String,
    q: String,
}

/// Shows what can be chosen.
pub(super) async fn show(visit: Visit, Query(wish): Query<Wish>) -> Result<Response, Fault> {
    let chosen = [wish.lingyu].into_iter().filter(|slug| !slug.is_empty()).collect();
    let typed = Typed {
        domains: chosen,
        organ: wish.jigou,
        village_code: wish.cun,
        item: wish.shixiang,
        words: wish.q.trim().chars().take(60).collect(),
        rhythm: Rhythm::Daily.word().into(),
        ..Typed::default()
    };
    let offer = Offer::of(&visit).await?;
    page(&visit, &typed, offer, Wrong::default()).await
}

/// Takes what was chosen.
pub(super) async fn send(
    visit: Visit,
    from: FromWhere,
    sent: OwnUpload,
) -> Result<Response, Fault> {
    let OwnUpload::Form(form) = sent else { return Ok(onward(&visit, START)) };
    let (typed, offer, mut wrong) =
        (Typed::read(&form), Offer::of(&visit).await?, Wrong::default());
    if let Err(slow) = visit.house.pace(GIVING, &from) {
        wrong.errors.push(too_fast(slow, "fangshi"));
        return Ok(slowed(slow, page(&visit, &typed, offer, wrong).await?));
    }
    let topics = topics(&visit, &typed, &offer, &mut wrong).await?;
    let placed = place(&visit, &typed, &mut wrong);
    let (Some((way, contact, rhythm)), true) = (placed, wrong.errors.is_empty()) else {
        return page(&visit, &typed, offer, wrong).await;
    };
    keep(&visit, Chosen { topics, way, contact, rhythm }).await
}

async fn keep(visit: &Visit, chosen: Chosen) -> Result<Response, Fault> {
    let sealer = visit.house.sealer().map_err(Fault::inside)?;
    let way = chosen.way;
    let wanted = Wanted {
        way,
        contact: chosen.contact,
        rhythm: chosen.rhythm,
        topics: chosen.topics,
        site: visit.site.base().to_owned(),
        range: visit.site.range.clone(),
    };
    let asked = subscription::keep(desk(visit).await?, sealer, wanted).await;
    let id = asked.map_err(ActError::into_fault)?;
    match way {
        Way::Email => sent_page(visit, "请查收邮件", EMAIL),
        Way::Webhook => sent_page(visit, "正在核对接收地址", WEBHOOK),
        Way::Sms => {
            let pass = Pass::Enter.made(sealer, &id).map_err(Fault::inside)?;
            Ok(onward(visit, &format!("/dingyue/yanzhengma/{pass}")))
        }
        Way::Wechat => wechat::way_in(visit, &id),
    }
}

const EMAIL: &[&str] = &[
    "我们给您填的邮箱发了一封确认邮件。打开里面的链接，订阅才生效。",
    "几分钟还没有收到的，看一看垃圾邮件；地址填错了的，重新订阅一次。",
    "7 日内没有确认的，我们删除这个地址。同一个地址一天最多发 3 次确认。",
];

const WEBHOOK: &[&str] = &[
    "我们向您填的地址发一次 type 为 confirm 的请求，里面的 secret 是签名密钥，请保存。在应答里原样给回 challenge：{\"challenge\": \"…\"}，应答 200，订阅就生效。",
    "以后每次推送里都有管理（manage）和退订（unsubscribe）的链接；密钥丢了，在管理页换一个。",
    "没有答回的，过几分钟再试，一共 8 次；7 日内没有确认的，我们删除这个地址。",
];

fn sent_page(visit: &Visit, heading: &str, lines: &[&str]) -> Result<Response, Fault> {
    fresh(&SaidPage {
        frame: super::frame(visit, heading),
        heading: heading.to_owned(),
        lines: lines.iter().map(|line| (*line).to_owned()).collect(),
        secret: String::new(),
        ways: vec![Link::new("回到订阅", visit.site.link(START))],
    })
}

async fn page(visit: &Visit, typed: &Typed, offer: Offer, wrong: Wrong) -> Result<Response, Fault> {
    let errors = !wrong.errors.is_empty();
    let of = |field: &str| {
        let found = wrong.errors.iter().find(|error| error.field == field);
        found.map(|error| error.message.clone())
    };
    let offered = offered(visit);
    let mut frame = super::frame(visit, TITLE);
    frame.has_errors = errors;
    let link = |path: &str| visit.site.link(path);
    let page = ChoosePage {
        action: link(START),
        whole: typed.whole,
        place: visit.site.place.clone(),
        domains: marked(offer.domains, &typed.domains),
        domain_error: of("lingyu"),
        organs: organs(offer.organs, typed, of("jigou")),
        village: village(typed, of("cun")),
        villages: chosen_villages(visit, typed, &wrong).await?,
        words: words(typed, of("q")),
        item: item(visit, typed).await?,
        groups: marked(offer.groups, &typed.groups),
        ways: ways(&offered, typed, of("fangshi")),
        address: address(&offered, typed, of("dizhi")),
        rhythms: rhythms(typed, of("pinci")),
        agreed: typed.agreed,
        agreed_error: of("tongyi"),
        missing: missing(&offered),
        feeds: with_query(&link("/dingyue/atom"), &[("q", &typed.words)]),
        days: vec![
            Link::new("征求意见截止、年报公布的日子", link("/dingyue/riqi.ics")),
            Link::new("对外办公的日子和时间", link("/dingyue/bangong.ics")),
        ],
        own: link("/dingyue/lianjie"),
        privacy: link("/yinsi"),
        errors: ErrorSummary(wrong.errors),
        frame,
    };
    Ok(returned(fresh(&page)?, errors))
}

/// Topics, each with whether it was chosen.
fn marked(all: Vec<Topic>, chosen: &[String]) -> Vec<(Topic, bool)> {
    let marked = |topic: Topic| {
        let on = chosen.contains(&topic.key);
        (topic, on)
    };
    all.into_iter().map(marked).collect()
}

fn organs(choices: Vec<Choice>, typed: &Typed, error: Option<String>) -> Picker {
    Picker {
        name: "jigou".into(),
        label: "机关".into(),
        choices,
        chosen: typed.organ.clone(),
        error,
        ..Picker::default()
    }
}

fn village(typed: &Typed, error: Option<String>) -> Field {
    Field {
        name: "cun".into(),
        label: "村（社区）".into(),
        hint: "写名称，或者其中两个字，例如 厝垵。".into(),
        value: typed.village.clone(),
        error,
        optional: true,
        ..Field::default()
    }
}

fn words(typed: &Typed, error: Option<String>) -> Field {
    Field {
        name: "q".into(),
        label: "检索词".into(),
        hint: "新公开的信息里同时有这些词，就告诉您。几个词用空格隔开，例如 老年人 补贴。".into(),
        value: typed.words.clone(),
        error,
        optional: true,
        ..Field::default()
    }
}

fn address(offered: &[Way], typed: &Typed, error: Option<String>) -> Field {
    let label = match offered {
        [Way::Email] => "电子邮箱",
        [Way::Webhook] => "接收地址",
        [Way::Sms] => "手机号",
        _ => "邮箱、手机号或者接收地址",
    };
    let hint = match offered.contains(&Way::Wechat) {
        true => "只用来发您订阅的内容，加密保存，随时可以导出、删除。选微信的不用填。",
        false => "只用来发您订阅的内容，加密保存，随时可以导出、删除。",
    };
    Field {
        name: "dizhi".into(),
        label: label.into(),
        hint: hint.into(),
        value: typed.address.clone(),
        error,
        ..Field::default()
    }
}

fn rhythms(typed: &Typed, error: Option<String>) -> Radios {
    let choice = |(_, word, name): &(Rhythm, &str, &str)| Choice {
        value: (*word).into(),
        words: (*name).into(),
    };
    Radios {
        name: "pinci".into(),
        label: "多久一次".into(),
        choices: Rhythm::ALL.iter().map(choice).collect(),
        chosen: typed.rhythm.clone(),
        error,
        ..Radios::default()
    }
}

/// The ways that are open; none where there is none.
pub(super) fn ways(offered: &[Way], typed: &Typed, error: Option<String>) -> Option<Radios> {
    let choice = |way: &Way| Choice { value: way.word().into(), words: way.name().into() };
    let first = offered.first()?;
    let chosen = if typed.way.is_empty() { first.word().to_owned() } else { typed.way.clone() };
    Some(Radios {
        name: "fangshi".into(),
        label: "怎样接收".into(),
        choices: offered.iter().map(choice).collect(),
        chosen,
        error,
        ..Radios::default()
    })
}

/// What is not offered, in words.
fn missing(offered: &[Way]) -> Vec<&'static str> {
    let said = [
        (Way::Email, "本站还没有设置邮件服务，暂时不能用邮件接收。"),
        (Way::Sms, "短信还没有开通。"),
        (Way::Wechat, "微信还没有开通。"),
    ];
    said.into_iter().filter(|(way, _)| !offered.contains(way)).map(|(_, words)| words).collect()
}

/// An item that the address chose.
async fn item(visit: &Visit, typed: &Typed) -> Result<Option<(String, String)>, Fault> {
    let Some((domain, key)) = typed.item.split_once('/') else { return Ok(None) };
    let Some(themes) = visit.house.themes() else { return Ok(None) };
    let name = (themes.item)(&visit.house, &visit.site, domain, key).await?;
    Ok(name.map(|name| (typed.item.clone(), name)))
}

/// Villages of which one is to be chosen, or the one that is.
async fn chosen_villages(
    visit: &Visit,
    typed: &Typed,
    wrong: &Wrong,
) -> Result<Option<Radios>, Fault> {
    let mut choices = wrong.villages.clone();
    if choices.is_empty() && !typed.village_code.is_empty() {
        let found = identity::Division::find(visit.house.store(), &typed.village_code).await?;
        choices.extend(found.map(|one| Choice { value: one.code, words: one.name }));
    }
    if choices.is_empty() {
        return Ok(None);
    }
    let error = wrong.errors.iter().find(|error| error.field == "cunma");
    Ok(Some(Radios {
        name: "cunma".into(),
        label: "是哪一个村（社区）".into(),
        choices,
        chosen: typed.village_code.clone(),
        error: error.map(|error| error.message.clone()),
        ..Radios::default()
    }))
}

impl Page for ChoosePage {
    fn samples() -> Vec<(&'static str, Self)> {
        let all = [Way::Email, Way::Sms, Way::Wechat, Way::Webhook];
        let wrong = "电子邮箱的格式不对，核对一下";
        vec![
            ("都开通", Self::sample(&all, None)),
            ("都没有开通", Self::sample(&[], None)),
            ("地址不对", Self::sample(&[Way::Email], Some(wrong.into()))),
        ]
    }
}

impl ChoosePage {
    fn sample(open: &[Way], error: Option<String>) -> Self {
        let wrong = error
            .clone()
            .map(|message| web::components::FieldError { field: "dizhi".into(), message });
        let typed = Typed { rhythm: "daily".into(), ..Typed::default() };
        let topic = |kind, key: &str, words: &str| (Topic::new(kind, key, words), false);
        let none = Choice { value: String::new(), words: "不选机关".into() };
        Self {
            frame: Frame::sample(TITLE).at(TITLE),
            action: "/linhu/dingyue".into(),
            errors: ErrorSummary(wrong.into_iter().collect()),
            whole: false,
            place: "临湖区".into(),
            domains: vec![topic(Kind::Domain, "jiuye", "就业")],
            domain_error: None,
            organs: organs(vec![none], &typed, None),
            village: village(&typed, None),
            villages: None,
            words: words(&typed, None),
            item: Some(("jiuye/1".into(), "就业信息".into())),
            groups: vec![topic(Kind::Group, "laonianren", "老年人")],
            ways: ways(open, &typed, None),
            address: address(open, &typed, error),
            rhythms: rhythms(&typed, None),
            agreed: true,
            agreed_error: None,
            missing: missing(open),
            feeds: "/linhu/dingyue/atom".into(),
            days: vec![Link::new("日子", "/linhu/dingyue/riqi.ics")],
            own: "/linhu/dingyue/lianjie".into(),
            privacy: "/linhu/yinsi".into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ChoosePage;

    #[test]
    fn the_page_is_sound_whatever_is_open() {
        assert_eq!(web::page::faults::<ChoosePage>(), Vec::<String>::new());
    }
}
