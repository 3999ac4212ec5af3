//! `/gongzuo/shenqing/{id}`: 案卷, the file with its clock, steps, letters and history; what may be done now.

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Html;
use serde::Deserialize;
use web::components::{Meta, Tag};
use web::workbench::Workbench;
use web::{Clerk, Fault, Visit};

use super::acting;
use super::bar::Bar;
use super::file::File;
use super::history::{self, Line};
use super::list::state_tag;
use super::steps::{self, Step};
use super::{LIST, titled};
use crate::store::{Case, CaseFile, Filing, IssuedLetter};

#[derive(Template)]
#[template(path = "workbench/case.html")]
struct CasePage {
    desk: Workbench,
    number: String,
    title: String,
    tag: Tag,
    unreceived: Option<String>,
    bar: Option<Bar>,
    steps: Vec<Step>,
    offers: Vec<Offer>,
    letters: Vec<LetterLine>,
    files: Vec<String>,
    wanted: Meta,
    identity: Option<String>,
    history: Vec<Line>,
}

/// Something that may be done now.
pub(super) struct Offer {
    pub href: String,
    pub words: &'static str,
    pub first: bool,
}

struct LetterLine {
    title: &'static str,
    number: String,
    on: String,
    href: String,
}

/// What was done just now.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    done: String,
}

const SAID: &[(&str, &str)] = &[("banli", "已经办理，记录在下面。")];

/// Shows the file.
pub async fn show(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Html<String>, Fault> {
    let file = File::read_by(&visit, &clerk, &id).await?;
    let (case, letters) = (&file.case, &file.letters);
    let files = CaseFile::of(visit.house.store(), &id).await?;
    let today = visit.house.ledger().clock().today();
    let calendar = visit.house.ledger().calendar();
    let may_know = clerk.has_power("foi.read_identity") && case.filing.nameless_on.is_none();
    let base = format!("{LIST}/{id}");
    let page = CasePage {
        number: case.filing.number.clone(),
        title: titled(&case.filing),
        tag: state_tag(&case.filing, today),
        unreceived: unreceived(case),
        bar: Bar::of(case, today, &calendar).map_err(Fault::inside)?,
        steps: steps::of(case, letters),
        offers: offers(&visit, &clerk, &file, &base),
        letters: letters.iter().map(|letter| line(&visit, letter)).collect(),
        files: files.iter().map(|file| file.purpose.name().to_owned()).collect(),
        wanted: wanted(&case.filing),
        identity: may_know.then(|| visit.site.link(&format!("{base}/shenfen"))),
        history: history::of(&case.events),
        desk: Workbench::of(&visit, clerk, "shenqing", format!("申请 {}", case.filing.number))
            .await?
            .under("依申请公开", LIST)
            .saying(&asked.done, SAID),
    };
    web::page::answer(&page)
}

/// What may be done to the file now, by whoever looks at it.
fn offers(visit: &Visit, clerk: &Clerk, file: &File, base: &str) -> Vec<Offer> {
    let may = |act: &&acting::Acting| {
        File::is_offered(clerk, act.power, &super::act::tie(file, clerk, act).because("查看"))
    };
    let mut ways: Vec<(&str, &'static str)> = Vec::new();
    if acting::answers(file) && clerk.may("foi.draft_reply", &file.tie(clerk)).is_ok() {
        ways.push(("dafu", "拟答复"));
    }
    if file.answer.is_some() {
        ways.push(("shencha", "审查和签发"));
    }
    ways.extend(acting::offered(file).filter(may).map(|act| (act.path, act.words)));
    let offer = |(at, (path, words)): (usize, (&str, &'static str))| Offer {
        href: visit.site.link(&format!("{base}/{path}")),
        words,
        first: at == 0,
    };
    ways.into_iter().enumerate().map(offer).collect()
}

fn line(visit: &Visit, letter: &IssuedLetter) -> LetterLine {
    let path = format!("{LIST}/{}/wenshu/{}", letter.request, letter.id);
    LetterLine {
        title: letter.kind.title(),
        number: letter.number.clone(),
        on: letter.issued_on.to_string(),
        href: visit.site.link(&path),
    }
}

fn unreceived(case: &Case) -> Option<String> {
    let filing = &case.filing;
    if filing.received_on.is_some() {
        return None;
    }
    let by = filing.confirm_by.map(|day| format!("，最迟 {day} 与申请人联系确认"));
    Some(format!("还没有收到之日：等待双方确认{}。确认之日是收到之日。", by.unwrap_or_default()))
}

/// What is asked for, with the applicant masked.
pub(super) fn wanted(filing: &Filing) -> Meta {
    let said = |text: &Option<String>| text.clone().unwrap_or_default();
    let wide = |text: String| web::components::MetaValue::Text(text);
    let mut meta = Meta::default();
    for (term, text) in [
        ("信息名称", said(&filing.wanted.title)),
        ("文号", said(&filing.wanted.number)),
        ("其他描述", said(&filing.wanted.description)),
    ] {
        if !text.is_empty() {
            meta = meta.with_wide(term, wide(text));
        }
    }
    let applicant = match (filing.nameless_on, filing.has_agent) {
        (Some(_), _) => format!("{}（已去标识）", filing.class.name()),
        (None, true) => format!("{}（有代理人）", filing.class.name()),
        (None, false) => filing.class.name().to_owned(),
    };
    let confirmed = filing.arrival.confirmed.map(|day| day.to_string());
    meta.text("申请人", applicant)
        .text("件数", filing.items.to_string())
        .text("提供方式", filing.form.map(|form| form.to_string()).unwrap_or_default())
        .text("获取途径", filing.by.map(|way| way.name().to_owned()).unwrap_or_default())
        .text("渠道", filing.arrival.channel.name())
        .date("提交", Some(filing.arrival.submitted.to_string()))
        .date("确认", confirmed)
        .date("收到之日", filing.received_on.map(|day| day.to_string()))
        .text("无障碍协助", if filing.asks_help { "需要" } else { "不需要" })
        .text("经办人", if filing.officer.is_empty() { "未分办" } else { &filing.officer_name })
}
